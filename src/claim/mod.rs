//! Claims: who did what, when, according to whom.

mod arguments;
mod attribution;
mod beside;
mod clause;
mod date;
mod fill;
mod find;
mod focus;
mod infer;
mod inflect;
mod modality;
mod piece;
mod read;
mod roles;
mod rules;
mod same;
mod subject;
mod tag;
mod trigger;
mod units;
mod wording;

pub use find::{ClaimInput, find_claims, trace_claims};
pub use rules::{ClaimRules, Example};
pub use wording::{Blank, Voice, Words};

use crate::amount::Amount;
use crate::mention::EntityId;
use crate::span::Span;
use crate::timex::TimexValue;

/// The number of a type of claim in `claims.toml`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ClaimKindId(pub u16);

/// A participant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Party {
    /// The words that name it: in the sentence, or before it where a pronoun stands for them.
    pub span: Span,
    /// The thing named, where it is a mention.
    pub entity: Option<EntityId>,
}

/// Whether it happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Modality {
    /// Happened, or holds.
    Asserted,
    /// Announced, aimed at, agreed but not done.
    Planned,
    /// May, could, rumoured, in talks.
    Possible,
    /// Denied by those concerned.
    Denied,
    /// Called off.
    Cancelled,
}

impl Modality {
    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            Modality::Asserted => "asserted",
            Modality::Planned => "planned",
            Modality::Possible => "possible",
            Modality::Denied => "denied",
            Modality::Cancelled => "cancelled",
        }
    }
}

/// Where the date of a claim comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DateFrom {
    /// The sentence itself.
    Sentence,
    /// An earlier sentence of the same paragraph or list item.
    Passage,
    /// A heading.
    Heading,
    /// The document's own date.
    Document,
}

impl DateFrom {
    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            DateFrom::Sentence => "sentence",
            DateFrom::Passage => "passage",
            DateFrom::Heading => "heading",
            DateFrom::Document => "document",
        }
    }
}

/// What the date of a claim is the date of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DateOf {
    /// The event.
    Event,
    /// Its announcement.
    Announcement,
    /// The report of it.
    Report,
}

impl DateOf {
    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            DateOf::Event => "event",
            DateOf::Announcement => "announcement",
            DateOf::Report => "report",
        }
    }
}

/// When the event of a claim was, is or will be.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ClaimTime {
    /// The words of the date, without a preposition.
    pub text: Span,
    /// The time expression, by index, where it is one.
    pub time: Option<u32>,
    /// The date, where it can be resolved.
    pub value: Option<TimexValue>,
    /// Its end, for an interval: `None` for none, `Some(None)` for an open one.
    pub until: Option<Option<TimexValue>>,
    /// Where it comes from.
    pub from: DateFrom,
    /// What it is the date of.
    pub of: DateOf,
}

impl ClaimTime {
    /// Whether a year is known.
    fn has_year(&self) -> bool {
        let year =
            |value: TimexValue| value.edtf().is_some() && value.calendar().is_none_or(|date| date.year().is_some());
        self.value.is_some_and(year) || self.until.flatten().is_some_and(year)
    }

    /// The date in EDTF; an interval as `from/until`, an open end as `..`. `None` where it cannot be resolved.
    pub fn edtf(&self) -> Option<String> {
        let edtf = |value: TimexValue| value.edtf().map(|date| date.to_string());
        let value = self.value.and_then(edtf);
        match (value, self.until) {
            (value, None) => value,
            (Some(from), Some(until)) => Some(format!("{from}/{}", until.and_then(edtf).unwrap_or("..".to_string()))),
            (None, Some(until)) => until.and_then(edtf).map(|until| format!("../{until}")),
        }
    }
}

/// A year that the document suggests for an event, but does not state for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Inferred {
    /// The year.
    pub year: i16,
    /// What suggests it.
    pub from: DateFrom,
}

/// An event that a sentence states.
#[derive(Clone, PartialEq, Debug)]
pub struct Claim {
    /// The sentence, by index.
    pub sentence: u32,
    /// The whole sentence; in a quotation of several sentences, the one that states it.
    pub span: Span,
    /// Its type.
    pub kind: ClaimKindId,
    /// The words that say that it is one.
    pub trigger: Span,
    /// How these are built.
    pub voice: Voice,
    /// The verb of the rules that states it, by its number, where one does.
    pub verb: Option<u16>,
    /// Who does it.
    pub subject: Vec<Party>,
    /// To whom or what.
    pub object: Vec<Party>,
    /// Every role that is filled, by the role's place in its type.
    pub roles: Vec<(u8, Party)>,
    /// Whether it happened.
    pub modality: Modality,
    /// Whether it is denied in grammar (`did not acquire`).
    pub negative: bool,
    /// Who says so.
    pub attribution: Option<Party>,
    /// The figure that belongs to the event.
    pub amount: Option<Amount>,
    /// When.
    pub time: Option<ClaimTime>,
    /// The year that the document suggests, where [`Claim::time`] has none.
    pub inferred: Option<Inferred>,
    /// The quotation that it stands in, by index.
    pub quotation: Option<u32>,
    /// The first claim of the document that says the same, by index.
    pub same_as: Option<u32>,
    /// The frame of `claims.toml` that made it.
    pub rule: u16,
}
