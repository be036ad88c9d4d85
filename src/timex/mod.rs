//! Dates, times, durations and sets (TIMEX3): recognised in the text, resolved against the publication date.

mod anchor;
mod calendar;
mod compile;
mod guard;
mod lex;
mod making;
mod recognize;
pub mod resolve;
mod rules;
mod slots;
mod tense;
mod value;

pub use calendar::{Calendar, Edtf, Granularity, Season};
pub use recognize::{Candidate, recognize_times};
pub use resolve::resolve_times;
pub use rules::{TimexExample, TimexRules};
pub use value::{DayPart, Length, Reference, TimeOfDay, TimexModifier, TimexType, TimexValue, Unit};

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
    /// Where a length begins that lies on the calendar (`the past two years`).
    pub begin: Option<TimexValue>,
    /// Where a range ends, or such a length.
    pub end: Option<TimexValue>,
    /// The rule that made it: its place in `timex.toml`.
    pub rule: u16,
}

/// How dates in figures are read (`10/12/2011`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum DateOrder {
    /// Month, day, year.
    #[default]
    MonthDayYear,
    /// Day, month, year.
    DayMonthYear,
    /// Year, month, day.
    YearMonthDay,
}

impl DateOrder {
    /// The orders by the names of the option `--date-order`.
    pub const NAMES: [(&'static str, DateOrder); 3] =
        [("mdy", DateOrder::MonthDayYear), ("dmy", DateOrder::DayMonthYear), ("ymd", DateOrder::YearMonthDay)];
}
