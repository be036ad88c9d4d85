//! Quotations: the words, the reporting word, and who said them.

mod block;
mod clause;
mod complement;
mod frame;
mod indirect;
mod marked;
mod noun;
mod rules;
mod scene;
mod sieve;
mod source;

pub use rules::{QuotationRules, WordKind, WordKinds};

use crate::cue::Cues;
use crate::mention::{EntityId, Mentions, NameRules};
use crate::reading::Reading;
use crate::reference::References;
use crate::span::Span;
use crate::timex::{TimeExpr, TimexType};
use block::find_blocks;
use frame::find_frames;
use indirect::find_indirect;
use marked::{Draft, find_marked};
use scene::Scene;
use source::Sources;

/// The four kinds of quotation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum QuotationKind {
    /// A clause or more between marks.
    Direct,
    /// A fragment between marks inside a reporting sentence.
    Mixed,
    /// Paragraphs of a source without marks, after a lead-in.
    Block,
    /// A reported clause.
    Indirect,
}

impl QuotationKind {
    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            QuotationKind::Direct => "direct",
            QuotationKind::Mixed => "mixed",
            QuotationKind::Block => "block",
            QuotationKind::Indirect => "indirect",
        }
    }
}

/// Words of somebody in the text.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Quotation {
    /// The words, marks left out.
    pub content: Span,
    /// Which kind.
    pub kind: QuotationKind,
    /// The reporting word or phrase.
    pub cue: Option<Span>,
    /// Who says so, as written nearest to the words (`he`, `the company`, `Citrix's press release`).
    pub speaker: Option<Span>,
    /// Whom that names.
    pub entity: Option<EntityId>,
    /// A name that is no mention, where there is one.
    pub name: Option<Span>,
    /// The speaker's role, from anywhere in the document.
    pub role: Option<Span>,
    /// The speaker's affiliation: a company or organisation.
    pub affiliation: Option<EntityId>,
    /// When it was said: the index of a time expression.
    pub time: Option<u32>,
    /// The rule that found the speaker.
    pub rule: &'static str,
}

/// What the layer reads.
#[derive(Clone, Copy)]
pub struct QuotationInput<'a> {
    /// The text with its lower layers.
    pub reading: &'a Reading<'a>,
    /// Names.
    pub mentions: &'a Mentions,
    /// Dates and times.
    pub times: &'a [TimeExpr],
    /// Reporting words.
    pub cues: &'a Cues,
    /// Words about names.
    pub names: &'a NameRules,
    /// Words of this layer.
    pub rules: &'a QuotationRules,
    /// Pronouns and what they stand for.
    pub references: &'a References<'a>,
}

/// Finds the quotations of a document, sorted by their words.
pub fn find_quotations(input: &QuotationInput<'_>) -> Vec<Quotation> {
    let scene = Scene::new(input.reading, input.mentions, input.rules, input.names, input.cues);
    let frames = find_frames(&scene);
    let marked = find_marked(&scene, &frames);
    let mut drafts = find_indirect(&scene, &frames, &marked);
    drafts.extend(find_blocks(&scene, &frames));
    drafts.extend(marked);
    drafts.sort_by_key(|draft| (draft.content, draft.kind as u8));
    let sources = Sources::new(&scene, input.references);
    let mut quotations: Vec<Quotation> = Vec::with_capacity(drafts.len());
    // A pronoun that no name of the document fits takes up the last name that no layer knows.
    let mut stranger: Option<Span> = None;
    for draft in &drafts {
        let mut quotation = finish(&scene, &sources, input, draft);
        let pronoun = quotation.speaker.is_some_and(|span| input.references.is_personal(span));
        if quotation.entity.is_none() && quotation.name.is_none() && pronoun {
            quotation.name = stranger.or_else(|| draft.speaker.and_then(|phrase| sources.stranger_before(phrase)));
        } else if quotation.name.is_some() || quotation.entity.is_some() {
            stranger = quotation.name;
        }
        quotations.push(quotation);
    }
    quotations
}

fn finish(scene: &Scene<'_>, sources: &Sources<'_>, input: &QuotationInput<'_>, draft: &Draft) -> Quotation {
    let source = draft.speaker.map(|phrase| sources.of(phrase)).unwrap_or_default();
    let cue = draft.cue.map(|(from, to)| scene.reading.span(from, to));
    Quotation {
        content: draft.content,
        kind: draft.kind,
        cue,
        speaker: source.speaker,
        entity: source.entity,
        name: source.name,
        role: source.role,
        affiliation: source.affiliation,
        time: cue.and_then(|cue| time_of(input, cue, draft.content)),
        rule: draft.rule,
    }
}

/// The date that stands by the reporting word, outside the words reported: `said on Tuesday`.
fn time_of(input: &QuotationInput<'_>, cue: Span, content: Span) -> Option<u32> {
    const NEAR: usize = 60;
    let at = input.times.partition_point(|time| time.span.end() <= cue.start().saturating_sub(NEAR));
    let near = |time: &&(usize, &TimeExpr)| {
        let gap = time.1.span.start().max(cue.start()) - time.1.span.start().min(cue.start());
        gap <= NEAR && !content.overlaps(time.1.span) && matches!(time.1.timex_type, TimexType::Date | TimexType::Time)
    };
    let same = |time: &&(usize, &TimeExpr)| {
        input.reading.sentence_at(time.1.span.start()) == input.reading.sentence_at(cue.start())
    };
    let times: Vec<(usize, &TimeExpr)> = input.times.iter().enumerate().skip(at).take(4).collect();
    times.iter().filter(near).find(same).map(|(index, _)| *index as u32)
}
