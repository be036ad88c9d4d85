//! Dates, times, durations and sets (TIMEX3): recognised in the text, resolved against the publication date.

mod recognize;
pub mod resolve;
mod value;

pub use recognize::{Candidate, TimexRules, recognize_times};
pub use resolve::resolve_times;
pub use value::{TimexModifier, TimexType, TimexValue};

use crate::span::Span;

/// A date or time expression of the text.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct TimeExpr {
    /// Where it stands.
    pub span: Span,
    /// DATE, TIME, DURATION or SET.
    pub timex_type: TimexType,
    /// What it means, as TIMEX3 writes it.
    pub value: TimexValue,
    /// START, MID, END, APPROX, …
    pub modifier: Option<TimexModifier>,
    /// Where a range ends, for an expression that is one.
    pub end: Option<TimexValue>,
    /// The rule that made it: its place in `timex.toml`.
    pub rule: u16,
}
