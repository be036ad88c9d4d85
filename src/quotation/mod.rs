//! Quotations: the words, the reporting word, and who said them.

use crate::mention::EntityId;
use crate::span::Span;

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
