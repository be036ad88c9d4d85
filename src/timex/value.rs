//! Values of time expressions, as TIMEX3 writes them.

use std::fmt;

/// The four types of TIMEX3.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TimexType {
    /// A day or longer, on the calendar.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Something that recurs.
    Set,
}

impl TimexType {
    /// The name in TIMEX3.
    pub fn name(self) -> &'static str {
        match self {
            TimexType::Date => "DATE",
            TimexType::Time => "TIME",
            TimexType::Duration => "DURATION",
            TimexType::Set => "SET",
        }
    }
}

/// The `mod` of TIMEX3.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TimexModifier {
    /// Before.
    Before,
    /// After.
    After,
    /// The first part of it.
    Start,
    /// The middle of it.
    Mid,
    /// The last part of it.
    End,
    /// About.
    Approx,
    /// Less than.
    LessThan,
    /// More than.
    MoreThan,
    /// At most.
    EqualOrLess,
    /// At least.
    EqualOrMore,
}

impl TimexModifier {
    /// The name in TIMEX3.
    pub fn name(self) -> &'static str {
        match self {
            TimexModifier::Before => "BEFORE",
            TimexModifier::After => "AFTER",
            TimexModifier::Start => "START",
            TimexModifier::Mid => "MID",
            TimexModifier::End => "END",
            TimexModifier::Approx => "APPROX",
            TimexModifier::LessThan => "LESS_THAN",
            TimexModifier::MoreThan => "MORE_THAN",
            TimexModifier::EqualOrLess => "EQUAL_OR_LESS",
            TimexModifier::EqualOrMore => "EQUAL_OR_MORE",
        }
    }
}

/// What a time expression means.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum TimexValue {
    /// A year.
    Year(i16),
}

impl fmt::Display for TimexValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TimexValue::Year(year) => write!(f, "{year:04}"),
        }
    }
}
