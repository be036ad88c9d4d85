//! Values of time expressions, as TIMEX3 writes them.

use super::calendar::{Calendar, Edtf};
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
    /// The types by their names.
    pub const NAMES: [(&'static str, TimexType); 4] = [
        ("DATE", TimexType::Date),
        ("TIME", TimexType::Time),
        ("DURATION", TimexType::Duration),
        ("SET", TimexType::Set),
    ];

    /// The name in TIMEX3.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize].0
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
    /// The modifiers by their names.
    pub const NAMES: [(&'static str, TimexModifier); 10] = [
        ("BEFORE", TimexModifier::Before),
        ("AFTER", TimexModifier::After),
        ("START", TimexModifier::Start),
        ("MID", TimexModifier::Mid),
        ("END", TimexModifier::End),
        ("APPROX", TimexModifier::Approx),
        ("LESS_THAN", TimexModifier::LessThan),
        ("MORE_THAN", TimexModifier::MoreThan),
        ("EQUAL_OR_LESS", TimexModifier::EqualOrLess),
        ("EQUAL_OR_MORE", TimexModifier::EqualOrMore),
    ];

    /// The name in TIMEX3.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize].0
    }
}

/// What a time expression means. `Display` writes it as TIMEX3 does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TimexValue {
    /// A stretch of the calendar: a day, a month, a quarter (`2011-Q3`).
    Date(Calendar),
    /// A time of day, and on which day.
    Time(Calendar, TimeOfDay),
    /// A length of time (`P2Y`).
    Length(Length),
    /// The past, the present or the future, no more said (`PAST_REF`).
    Reference(Reference),
}

impl TimexValue {
    /// The value as `claims.date` writes it (EDTF), a time of day left out. `None` for lengths, references,
    /// and dates of which neither year nor month is known.
    pub fn edtf(&self) -> Option<Edtf> {
        self.calendar().and_then(Calendar::edtf)
    }

    /// The stretch of the calendar, a time of day left out. `None` for lengths and references.
    pub fn calendar(&self) -> Option<Calendar> {
        match *self {
            TimexValue::Date(calendar) | TimexValue::Time(calendar, _) => Some(calendar),
            TimexValue::Length(_) | TimexValue::Reference(_) => None,
        }
    }

    /// The value without its time of day.
    #[must_use]
    pub fn date_only(self) -> TimexValue {
        match self {
            TimexValue::Time(calendar, _) => TimexValue::Date(calendar),
            other => other,
        }
    }

    /// Whether it lies on the calendar, its year known.
    pub fn has_year(&self) -> bool {
        self.calendar().is_some_and(|calendar| calendar.year().is_some())
    }

    /// The same in `year`, where its own is not known and it can have one.
    #[must_use]
    pub fn with_year(self, year: i16) -> TimexValue {
        match self {
            TimexValue::Date(calendar) => TimexValue::Date(calendar.with_year(year)),
            TimexValue::Time(calendar, time) => TimexValue::Time(calendar.with_year(year), time),
            other => other,
        }
    }
}

/// The past, the present or the future.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reference {
    /// Some time before.
    Past,
    /// Now.
    Present,
    /// Some time to come.
    Future,
}

impl Reference {
    /// The references by their names in TIMEX3.
    pub const NAMES: [(&'static str, Reference); 3] =
        [("PAST_REF", Reference::Past), ("PRESENT_REF", Reference::Present), ("FUTURE_REF", Reference::Future)];
}

/// A time of day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TimeOfDay {
    /// By the clock.
    Clock {
        /// 0 to 24.
        hour: u8,
        /// Where given.
        minute: Option<u8>,
        /// Where given.
        second: Option<u8>,
    },
    /// By name.
    Part(DayPart),
}

/// A part of the day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DayPart {
    /// Morning.
    Morning,
    /// Midday.
    Midday,
    /// Afternoon.
    Afternoon,
    /// Evening.
    Evening,
    /// Night.
    Night,
    /// Daytime.
    Daytime,
}

impl DayPart {
    /// The parts by their signs in TIMEX3.
    pub const NAMES: [(&'static str, DayPart); 6] = [
        ("MO", DayPart::Morning),
        ("MI", DayPart::Midday),
        ("AF", DayPart::Afternoon),
        ("EV", DayPart::Evening),
        ("NI", DayPart::Night),
        ("DT", DayPart::Daytime),
    ];
}

/// Units of time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Unit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Weekends.
    Weekend,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Quarters of a year.
    Quarter,
    /// Seasons of the year.
    Season,
    /// Halves of a year.
    Half,
    /// Years.
    Year,
    /// Tens of years.
    Decade,
    /// Hundreds of years.
    Century,
    /// Thousands of years.
    Millennium,
    /// A length that is not told (`a while`).
    Unknown,
}

impl Unit {
    /// The units by their names in the dictionary.
    pub const NAMES: [(&'static str, Unit); 15] = [
        ("second", Unit::Second),
        ("minute", Unit::Minute),
        ("hour", Unit::Hour),
        ("day", Unit::Day),
        ("weekend", Unit::Weekend),
        ("week", Unit::Week),
        ("month", Unit::Month),
        ("quarter", Unit::Quarter),
        ("season", Unit::Season),
        ("half", Unit::Half),
        ("year", Unit::Year),
        ("decade", Unit::Decade),
        ("century", Unit::Century),
        ("millennium", Unit::Millennium),
        ("unknown", Unit::Unknown),
    ];
}

/// A length of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Length {
    /// How many; `None` where it is not told (`several`).
    pub count: Option<u32>,
    /// Tenths beside the whole count: 5 in `two and a half years`.
    pub tenths: u8,
    /// Of what.
    pub unit: Unit,
}

impl Length {
    /// A whole number of units.
    pub fn new(count: Option<u32>, unit: Unit) -> Length {
        Length { count, tenths: 0, unit }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (times, sign) = match self.unit {
            Unit::Second => (1, "S"),
            Unit::Minute => (1, "M"),
            Unit::Hour => (1, "H"),
            Unit::Day => (1, "D"),
            Unit::Weekend => (1, "WE"),
            Unit::Week => (1, "W"),
            Unit::Month => (1, "M"),
            Unit::Quarter => (1, "Q"),
            Unit::Season => (3, "M"),
            Unit::Half => (6, "M"),
            Unit::Year => (1, "Y"),
            Unit::Decade => (10, "Y"),
            Unit::Century => (100, "Y"),
            Unit::Millennium => (1000, "Y"),
            Unit::Unknown => (1, "X"),
        };
        f.write_str(if self.unit < Unit::Day { "PT" } else { "P" })?;
        let Some(count) = self.count else {
            return match self.unit {
                Unit::Decade => f.write_str("XE"),
                Unit::Century => f.write_str("XC"),
                Unit::Millennium => f.write_str("XL"),
                _ => write!(f, "X{sign}"),
            };
        };
        let count = u64::from(count) * times;
        let half = match self.unit {
            Unit::Year => "6M",
            Unit::Hour => "30M",
            Unit::Minute => "30S",
            Unit::Day => "T12H",
            _ => "",
        };
        match self.tenths {
            0 => write!(f, "{count}{sign}"),
            5 if times > 1 => write!(f, "{}{sign}", count + times / 2),
            5 if !half.is_empty() && count == 0 => f.write_str(half),
            5 if !half.is_empty() => write!(f, "{count}{sign}{half}"),
            tenths => write!(f, "{count}.{tenths}{sign}"),
        }
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            TimeOfDay::Part(part) => write!(f, "T{}", DayPart::NAMES[part as usize].0),
            TimeOfDay::Clock { hour, minute, second } => {
                write!(f, "T{hour:02}")?;
                if let Some(minute) = minute {
                    write!(f, ":{minute:02}")?;
                }
                match second {
                    Some(second) => write!(f, ":{second:02}"),
                    None => Ok(()),
                }
            }
        }
    }
}

impl fmt::Display for TimexValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TimexValue::Date(calendar) => calendar.fmt(f),
            TimexValue::Time(calendar, time) => {
                calendar.fmt(f)?;
                time.fmt(f)
            }
            TimexValue::Length(length) => length.fmt(f),
            TimexValue::Reference(reference) => f.write_str(Reference::NAMES[*reference as usize].0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_timex3() {
        let length = |count, tenths, unit| TimexValue::Length(Length { count, tenths, unit });
        let clock = |hour, minute| TimeOfDay::Clock { hour, minute, second: None };
        let day = Calendar::Day(Some(2012), 2, 13);
        for (value, expected) in [
            (length(Some(2), 0, Unit::Year), "P2Y"),
            (length(Some(2), 5, Unit::Year), "P2Y6M"),
            (length(Some(1), 5, Unit::Minute), "PT1M30S"),
            (length(Some(1), 5, Unit::Decade), "P15Y"),
            (length(Some(1), 5, Unit::Week), "P1.5W"),
            (length(None, 0, Unit::Minute), "PTXM"),
            (length(None, 0, Unit::Month), "PXM"),
            (length(None, 0, Unit::Unknown), "PXX"),
            (length(Some(4), 0, Unit::Decade), "P40Y"),
            (TimexValue::Time(day, clock(15, Some(0))), "2012-02-13T15:00"),
            (TimexValue::Time(day, TimeOfDay::Part(DayPart::Night)), "2012-02-13TNI"),
            (TimexValue::Reference(Reference::Future), "FUTURE_REF"),
        ] {
            assert_eq!(value.to_string(), expected);
        }
    }

    #[test]
    fn names_stand_at_their_numbers() {
        assert!(Unit::NAMES.iter().enumerate().all(|(at, (_, unit))| *unit as usize == at));
        assert!(TimexModifier::NAMES.iter().enumerate().all(|(at, (_, modifier))| *modifier as usize == at));
        assert!(DayPart::NAMES.iter().enumerate().all(|(at, (_, part))| *part as usize == at));
    }
}
