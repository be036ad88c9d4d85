//! Layers to bytes: the CSV sheets and the JSON Lines of a run, into any writer.

mod csv;
mod entities;
mod json;
mod label;
mod sheet;
mod summary;

pub use self::csv::{write_document, write_layer, write_refused};
pub use self::entities::{Entities, EntityCounts, write_entities};
pub use self::json::write_json;
pub use self::sheet::{Profile, Sheet, SheetKind};

use self::label::{EntityLabel, label_entities};
use crate::ingest::{Ingested, PublishedFrom};
use crate::mention::EntityId;
use crate::offsets::{OffsetUnit, Offsets, code_points};
use crate::pipeline::{Annotations, Pipeline};
use crate::span::Span;
use jiff::civil::Date;

/// How an input of the run ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// It has its rows.
    Annotated,
    /// Its content is no text that can be read.
    Skipped,
    /// It could not be read, or a bug stopped it.
    Failed,
}

impl Status {
    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            Status::Annotated => "annotated",
            Status::Skipped => "skipped",
            Status::Failed => "failed",
        }
    }
}

/// How many of everything a document or a run has.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Pieces.
    pub articles: u64,
    /// Code points.
    pub characters: u64,
    /// Words.
    pub words: u64,
    /// Mentions.
    pub mentions: u64,
    /// Time expressions.
    pub times: u64,
    /// Quotations.
    pub quotations: u64,
    /// Claims.
    pub claims: u64,
    /// Claims with a date.
    pub dated: u64,
}

impl Counts {
    /// Adds the counts of another document.
    pub fn add(&mut self, other: &Counts) {
        self.articles += other.articles;
        self.characters += other.characters;
        self.words += other.words;
        self.mentions += other.mentions;
        self.times += other.times;
        self.quotations += other.quotations;
        self.claims += other.claims;
        self.dated += other.dated;
    }
}

/// A document with its layers, as the writers see them: offsets in the unit asked for, entities with their ids.
#[derive(Clone, Debug)]
pub struct Findings<'a> {
    /// The path that names the document.
    pub path: &'a str,
    /// The document as it was read.
    pub ingested: &'a Ingested,
    /// Its layers.
    pub annotations: &'a Annotations,
    /// What found them.
    pipeline: &'a Pipeline,
    unit: OffsetUnit,
    offsets: Offsets<'a>,
    /// By the document's entity number.
    entities: Vec<EntityLabel<'a>>,
}

impl<'a> Findings<'a> {
    /// The view of a document's layers for writing.
    pub fn new(
        path: &'a str,
        ingested: &'a Ingested,
        annotations: &'a Annotations,
        pipeline: &'a Pipeline,
        unit: OffsetUnit,
    ) -> Findings<'a> {
        let offsets = Offsets::new(&ingested.text, unit);
        let entities = label_entities(&ingested.text, &annotations.mentions, pipeline.gazetteer());
        Findings { path, ingested, annotations, pipeline, unit, offsets, entities }
    }

    /// How many of everything there is.
    pub fn counts(&self) -> Counts {
        let layers = self.annotations;
        let dated = layers.claims.iter().filter(|claim| label::claim_date(claim).is_some()).count();
        let characters = match self.unit {
            OffsetUnit::CodePoint => self.offsets.total(),
            OffsetUnit::Byte | OffsetUnit::Utf16 => code_points(self.text()),
        };
        Counts {
            articles: layers.articles.len() as u64,
            characters: characters as u64,
            words: layers.words as u64,
            mentions: layers.mentions.mentions.len() as u64,
            times: layers.times.len() as u64,
            quotations: layers.quotations.len() as u64,
            claims: layers.claims.len() as u64,
            dated: dated as u64,
        }
    }

    fn text(&self) -> &'a str {
        &self.ingested.text
    }

    /// From the metadata or front matter, else the heading of the first article.
    fn title(&self) -> Option<&'a str> {
        let heading = || self.annotations.articles.first()?.title.map(|title| title.of(self.text()));
        self.ingested.title.as_deref().or_else(heading)
    }

    fn published(&self) -> Option<Date> {
        self.ingested.published.map(|(date, _)| date)
    }

    fn published_from(&self) -> Option<PublishedFrom> {
        self.ingested.published.map(|(_, from)| from)
    }

    /// The start and end of a span in the unit of the output.
    fn offsets(&self, span: Span) -> (usize, usize) {
        (self.offsets.offset(span.start()), self.offsets.offset(span.end()))
    }

    /// The 1-based number of the article that holds the byte at `at`.
    fn article(&self, at: usize) -> usize {
        self.annotations.articles.partition_point(|article| article.span.start() <= at).max(1)
    }

    fn entity(&self, id: EntityId) -> Option<&EntityLabel<'a>> {
        self.entities.get(id.index())
    }
}
