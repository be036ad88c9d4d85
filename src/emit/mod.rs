//! Layers to bytes: the CSV sheets and the JSON Lines of a run, into any writer.

mod csv;
mod entities;
mod json;
mod label;
mod review;
mod sheet;
mod summary;

pub use self::csv::{write_document, write_layer, write_refused};
pub use self::entities::{Entities, EntityCounts, write_entities};
pub use self::json::write_json;
pub use self::review::write_review;
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
        let dated = layers.claims.iter().filter(|claim| claim.time.and_then(|time| time.edtf()).is_some()).count();
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

    /// The sentence that holds the byte at `at`, by index.
    fn sentence(&self, at: usize) -> Option<usize> {
        let sentences = &self.annotations.sentences;
        let place = sentences.partition_point(|sentence| sentence.span.end() <= at);
        sentences.get(place).filter(|sentence| sentence.span.start() <= at).map(|_| place)
    }

    /// The 1-based number of the article that holds the byte at `at`.
    fn article(&self, at: usize) -> usize {
        self.annotations.articles.partition_point(|article| article.span.start() <= at).max(1)
    }

    fn entity(&self, id: EntityId) -> Option<&EntityLabel<'a>> {
        self.entities.get(id.index())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amount::{Amount, AmountUnit};
    use crate::claim::{Claim, ClaimKindId, ClaimTime, DateFrom, DateOf, Modality, Party};
    use crate::document::Document;
    use crate::pipeline::Resources;
    use crate::quotation::{Quotation, QuotationKind};
    use serde_json::{Value, json};
    use std::collections::BTreeMap;

    const TEXT: &str = "Café News of the Day\n\nMicrosoft bought Nokia for $5 million on July 12, 2011. Then it rested.\n\n“It is good\nnews,” Satya\u{a0}Nadella of Microsoft said. “Nokia agrees,” he said. Nobody else spoke.\n";

    fn span(words: &str) -> Span {
        let at = TEXT.find(words).expect(words);
        Span::new(at, at + words.len())
    }

    /// The layers of the text, quotations and claims made by hand.
    fn annotations(pipeline: &Pipeline) -> Annotations {
        let mut annotations = pipeline.annotate(&Document::new(TEXT, None).unwrap());
        let entity = |words: &str| {
            let mentions = &annotations.mentions.mentions;
            mentions.iter().find(|mention| mention.span == span(words)).map(|mention| mention.entity)
        };
        let party = |words: &str| Party { span: span(words), entity: entity(words) };
        let time = annotations.times.iter().position(|time| time.span == span("July 12, 2011"));
        let time = time.expect("the date is found");
        let value = annotations.times[time].value;
        let direct = Quotation {
            content: span("It is good\nnews,"),
            kind: QuotationKind::Direct,
            cue: Some(span("said")),
            speaker: Some(span("Satya\u{a0}Nadella")),
            entity: entity("Satya\u{a0}Nadella"),
            name: None,
            role: Some(span("good\nnews")),
            affiliation: entity("Microsoft"),
            time: Some(time as u32),
            rule: "quotation.test",
        };
        let named = Quotation {
            content: span("Nokia agrees,"),
            cue: None,
            speaker: None,
            entity: None,
            name: Some(span("Satya\u{a0}Nadella")),
            role: None,
            affiliation: None,
            time: None,
            ..direct
        };
        let claim = Claim {
            sentence: 0,
            span: span("Microsoft bought Nokia for $5 million on July 12, 2011."),
            kind: ClaimKindId(u16::MAX),
            trigger: span("bought"),
            subject: vec![party("Microsoft"), party("Nokia")],
            object: Vec::new(),
            roles: Vec::new(),
            voice: crate::claim::Voice::Active,
            verb: None,
            modality: Modality::Planned,
            negative: true,
            attribution: Some(party("Satya\u{a0}Nadella")),
            amount: Some(Amount {
                span: span("$5 million"),
                low: Some(5e6),
                high: Some(5.5),
                currency: Some(*b"USD"),
                unit: Some(AmountUnit::Things(span("Day"))),
            }),
            time: Some(ClaimTime {
                text: span("July 12, 2011"),
                time: Some(time as u32),
                value: Some(value),
                until: Some(None),
                from: DateFrom::Sentence,
                of: DateOf::Event,
            }),
            quotation: Some(1),
            inferred: None,
            same_as: None,
            rule: u16::MAX,
        };
        let mut bare = Claim { subject: Vec::new(), attribution: None, amount: None, time: None, ..claim.clone() };
        bare.quotation = None;
        bare.same_as = Some(0);
        annotations.quotations = vec![direct, named];
        annotations.claims = vec![claim, bare];
        annotations
    }

    fn rows(kind: SheetKind, findings: &Findings<'_>) -> Vec<BTreeMap<String, String>> {
        let mut bytes = Vec::new();
        Sheet::write_header(&mut bytes, kind, Profile::Exact).unwrap();
        let mut sheet = Sheet::new(&mut bytes, Profile::Exact);
        write_layer(kind, findings, &mut sheet).unwrap();
        sheet.finish().unwrap();
        let mut reader = ::csv::Reader::from_reader(bytes.as_slice());
        let header = reader.headers().unwrap().clone();
        let row = |record: ::csv::StringRecord| {
            header.iter().zip(&record).map(|(name, cell)| (name.to_string(), cell.to_string())).collect()
        };
        reader.records().map(|record| row(record.unwrap())).collect()
    }

    #[test]
    fn entity_counts_come_back_as_they_were() {
        let pipeline = Pipeline::new(&Resources::built_in()).unwrap();
        let gazetteer = pipeline.gazetteer();
        let text = "Microsoft met Vossbury Inc. in “café”. Vossbury Inc. and Microsoft agreed.";
        let annotations = pipeline.annotate(&Document::new(text, None).unwrap());
        for published in [None, Some((jiff::civil::date(2011, 7, 12), PublishedFrom::Option))] {
            let ingested = Ingested { text: text.to_string(), published, ..Ingested::default() };
            let findings = Findings::new("a.txt", &ingested, &annotations, &pipeline, OffsetUnit::CodePoint);
            let counts = EntityCounts::of(&findings);
            let mut bytes = Vec::new();
            counts.encode(&mut bytes);
            let decoded = EntityCounts::decode(&bytes, text, gazetteer).unwrap();
            assert_eq!(format!("{decoded:?}"), format!("{counts:?}"));
            assert!(format!("{counts:?}").contains("Unknown") && format!("{counts:?}").contains("Entry("));
            assert!(EntityCounts::decode(&bytes, "another text", gazetteer).is_none());
            for end in 0..bytes.len() {
                assert!(EntityCounts::decode(&bytes[..end], text, gazetteer).is_none());
            }
            bytes.push(0);
            assert!(EntityCounts::decode(&bytes, text, gazetteer).is_none());
        }
        let beyond = [0, 1, gazetteer.entries().len() as u32, 0, 0].map(u32::to_le_bytes).concat();
        assert!(EntityCounts::decode(&beyond, text, gazetteer).is_none());
    }

    #[test]
    fn layers_as_rows_and_as_json() {
        let pipeline = Pipeline::new(&Resources::built_in()).unwrap();
        let annotations = annotations(&pipeline);
        let ingested = Ingested { text: TEXT.to_string(), ..Ingested::default() };
        let findings = Findings::new("a.txt", &ingested, &annotations, &pipeline, OffsetUnit::CodePoint);
        let mut bytes = Vec::new();
        write_json(&findings, &mut bytes).unwrap();
        assert!(bytes.ends_with(b"}\n") && bytes.iter().filter(|byte| **byte == b'\n').count() == 1);
        let object: Value = serde_json::from_slice(&bytes).unwrap();
        for (kind, row, cells) in [
            (
                SheetKind::Mentions,
                0,
                &[
                    ("id", "m1"),
                    ("article", "1"),
                    ("line", "3"),
                    ("start", "22"),
                    ("end", "31"),
                    ("text", "Microsoft"),
                    ("type", "company"),
                    ("entity", "microsoft"),
                    ("in_dictionary", "true"),
                ][..],
            ),
            (
                SheetKind::Times,
                0,
                &[("id", "t1"), ("text", "July 12, 2011"), ("type", "DATE"), ("value", "2011-07-12"), ("mod", "")],
            ),
            (
                SheetKind::Quotations,
                0,
                &[
                    ("id", "q1"),
                    ("line", "5"),
                    ("text", "It is good\nnews,"),
                    ("kind", "direct"),
                    ("speaker_name", "Satya Nadella"),
                    ("speaker_entity", "satya-nadella"),
                    ("role", "good news"),
                    ("affiliation", "Microsoft"),
                    ("cue", "said"),
                    ("speaker", "Satya\u{a0}Nadella"),
                    ("date", "2011-07-12"),
                    ("mentions", ""),
                    ("before", "Then it rested."),
                    ("rule", "quotation.test"),
                ],
            ),
            (
                SheetKind::Quotations,
                1,
                &[
                    ("id", "q2"),
                    ("speaker_name", "Satya Nadella"),
                    ("speaker_entity", ""),
                    ("cue", ""),
                    ("speaker", ""),
                    ("date", ""),
                    ("mentions", "nokia"),
                    ("after", "Nobody else spoke."),
                ],
            ),
            (
                SheetKind::Claims,
                0,
                &[
                    ("id", "c1"),
                    ("date", "2011-07-12/.."),
                    ("subject", "Microsoft; Nokia"),
                    ("object", ""),
                    ("modality", "planned"),
                    ("polarity", "negative"),
                    ("attribution", "Satya Nadella"),
                    ("amount_low", "5000000"),
                    ("amount_high", "5.5"),
                    ("currency", "USD"),
                    ("unit", "Day"),
                    ("date_text", "July 12, 2011"),
                    ("date_from", "sentence"),
                    ("date_of", "event"),
                    ("date_inferred", ""),
                    ("subject_entity", "microsoft; nokia"),
                    ("object_entity", ""),
                    ("quotation", "q2"),
                    ("same_as", ""),
                    ("text", "Microsoft bought Nokia for $5 million on July 12, 2011."),
                ],
            ),
            (
                SheetKind::Claims,
                1,
                &[
                    ("id", "c2"),
                    ("date", ""),
                    ("subject", ""),
                    ("attribution", ""),
                    ("amount_low", ""),
                    ("currency", ""),
                    ("date_from", ""),
                    ("quotation", ""),
                    ("same_as", "c1"),
                ],
            ),
        ] {
            let rows = rows(kind, &findings);
            for (column, expected) in cells {
                assert_eq!(rows[row][*column], *expected, "{kind:?} {row} {column}");
            }
        }
        for (pointer, expected) in [
            ("/document", json!("a.txt")),
            ("/path", json!("a.txt")),
            ("/title", json!("Café News of the Day")),
            ("/published", json!(null)),
            ("/published_from", json!(null)),
            ("/offset_unit", json!("codepoint")),
            ("/text", json!(TEXT)),
            (
                "/articles/0",
                json!({"start": 0, "end": TEXT.chars().count(), "title": "Café News of the Day", "published": null}),
            ),
            ("/quotations/0/cue/text", json!("said")),
            ("/quotations/1/cue", json!(null)),
            ("/quotations/1/role", json!(null)),
            ("/claims/0/trigger/text", json!("bought")),
            ("/claims/0/subject", json!("Microsoft; Nokia")),
            ("/claims/0/object", json!(null)),
            ("/claims/0/date", json!("2011-07-12/..")),
            ("/claims/0/time", json!("t1")),
            ("/claims/0/quotation", json!("q2")),
            ("/claims/0/same_as", json!(null)),
            ("/claims/0/polarity", json!("negative")),
            ("/claims/0/amount", json!({"low": 5_000_000, "high": 5.5, "currency": "USD", "unit": "Day"})),
            ("/claims/1/same_as", json!("c1")),
            ("/claims/1/date", json!(null)),
            ("/claims/1/amount", json!(null)),
        ] {
            assert_eq!(object.pointer(pointer), Some(&expected), "{pointer}");
        }
        let counts = findings.counts();
        assert_eq!((counts.claims, counts.dated, counts.quotations, counts.articles), (2, 1, 2, 1));
        assert_eq!(counts.characters, TEXT.chars().count() as u64);
    }

    #[test]
    fn entities_of_a_run() {
        let pipeline = Pipeline::new(&Resources::built_in()).unwrap();
        let annotations = annotations(&pipeline);
        let mut entities = Entities::default();
        for published in [jiff::civil::date(2012, 1, 1), jiff::civil::date(2011, 1, 1)] {
            let published = Some((published, PublishedFrom::Option));
            let ingested = Ingested { text: TEXT.to_string(), published, ..Ingested::default() };
            let findings = Findings::new("a.txt", &ingested, &annotations, &pipeline, OffsetUnit::Byte);
            entities.add(EntityCounts::of(&findings));
        }
        let mut bytes = Vec::new();
        let mut sheet = Sheet::new(&mut bytes, Profile::Exact);
        write_entities(&entities, pipeline.gazetteer(), &mut sheet).unwrap();
        sheet.finish().unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let first = text.lines().next().unwrap();
        assert!(first.starts_with("microsoft,company,Microsoft,true,4,2,2011-01-01,2012-01-01,Microsoft,"), "{text}");
        assert_eq!(text.lines().count(), entities.len());
    }
}
