//! Stretches of the calendar, from a day to a century, their year known or not.

use jiff::Span as Step;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use std::fmt;

/// A stretch of the calendar. A year that is `None` is not known, and nothing makes one up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Calendar {
    /// A hundred years, by the first two digits of theirs.
    Century(u8),
    /// Ten years, by the first three digits of theirs.
    Decade(u16),
    /// A year.
    Year(Option<i16>),
    /// A half of a year, 1 or 2.
    Half(Option<i16>, u8),
    /// A quarter of a year, 1 to 4.
    Quarter(Option<i16>, u8),
    /// A season. Winter counts to the year that it begins in, unless the text says otherwise.
    Season(Option<i16>, Season),
    /// A month, 1 to 12.
    Month(Option<i16>, u8),
    /// A week of the ISO calendar: its year and number.
    Week(Option<(i16, u8)>),
    /// The Saturday and Sunday of a week.
    Weekend(Option<(i16, u8)>),
    /// A weekday of an unknown week, 1 (Monday) to 7.
    Weekday(u8),
    /// A day: year, month, day. The day exists in that month (29 February where the year is not known).
    Day(Option<i16>, u8, u8),
    /// Some day.
    Unknown,
}

/// The seasons.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Season {
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Autumn,
    /// December to February.
    Winter,
}

impl Season {
    /// The seasons by their signs in TIMEX3.
    pub const NAMES: [(&'static str, Season); 4] =
        [("SP", Season::Spring), ("SU", Season::Summer), ("FA", Season::Autumn), ("WI", Season::Winter)];
}

/// How fine a date is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Granularity {
    /// A day.
    Day,
    /// A weekend.
    Weekend,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A season.
    Season,
    /// A half-year.
    Half,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

impl Calendar {
    /// The day of a civil date.
    pub fn day(date: Date) -> Calendar {
        Calendar::Day(Some(date.year()), date.month() as u8, date.day() as u8)
    }

    /// The ISO week of a civil date.
    pub fn week(date: Date) -> Calendar {
        let week = date.iso_week_date();
        Calendar::Week(Some((week.year(), week.week() as u8)))
    }

    /// The weekend of the ISO week of a civil date.
    pub fn weekend(date: Date) -> Calendar {
        let week = date.iso_week_date();
        Calendar::Weekend(Some((week.year(), week.week() as u8)))
    }

    /// The month of a civil date.
    pub fn month(date: Date) -> Calendar {
        Calendar::Month(Some(date.year()), date.month() as u8)
    }

    /// The quarter of a civil date.
    pub fn quarter(date: Date) -> Calendar {
        Calendar::Quarter(Some(date.year()), (date.month() as u8).div_ceil(3))
    }

    /// The half-year of a civil date.
    pub fn half(date: Date) -> Calendar {
        Calendar::Half(Some(date.year()), (date.month() as u8).div_ceil(6))
    }

    /// How fine it is.
    pub fn granularity(self) -> Granularity {
        match self {
            Calendar::Century(_) => Granularity::Century,
            Calendar::Decade(_) => Granularity::Decade,
            Calendar::Year(_) => Granularity::Year,
            Calendar::Half(..) => Granularity::Half,
            Calendar::Quarter(..) => Granularity::Quarter,
            Calendar::Season(..) => Granularity::Season,
            Calendar::Month(..) => Granularity::Month,
            Calendar::Week(_) => Granularity::Week,
            Calendar::Weekend(_) => Granularity::Weekend,
            Calendar::Weekday(_) | Calendar::Day(..) | Calendar::Unknown => Granularity::Day,
        }
    }

    /// Its year, where it has one and it is known. Decades and centuries have none.
    pub fn year(self) -> Option<i16> {
        match self {
            Calendar::Year(year)
            | Calendar::Half(year, _)
            | Calendar::Quarter(year, _)
            | Calendar::Season(year, _)
            | Calendar::Month(year, _)
            | Calendar::Day(year, ..) => year,
            Calendar::Week(week) | Calendar::Weekend(week) => week.map(|(year, _)| year),
            Calendar::Century(_) | Calendar::Decade(_) | Calendar::Weekday(_) | Calendar::Unknown => None,
        }
    }

    /// The same in `year`, where its own is not known and it can have one.
    #[must_use]
    pub fn with_year(self, year: i16) -> Calendar {
        match self {
            Calendar::Year(None) => Calendar::Year(Some(year)),
            Calendar::Half(None, half) => Calendar::Half(Some(year), half),
            Calendar::Quarter(None, quarter) => Calendar::Quarter(Some(year), quarter),
            Calendar::Season(None, season) => Calendar::Season(Some(year), season),
            Calendar::Month(None, month) => Calendar::Month(Some(year), month),
            Calendar::Day(None, month, day) if Date::new(year, month as i8, day as i8).is_ok() => {
                Calendar::Day(Some(year), month, day)
            }
            other => other,
        }
    }

    /// Its first day, where its year is known.
    pub fn first_day(self) -> Option<Date> {
        let date = |year: i16, month: u8| Date::new(year, month as i8, 1).ok();
        match self {
            Calendar::Century(century) => date(i16::from(century) * 100, 1),
            Calendar::Decade(decade) => date(i16::try_from(decade).ok()?.checked_mul(10)?, 1),
            Calendar::Year(year) => date(year?, 1),
            Calendar::Half(year, half) => date(year?, half.saturating_sub(1) * 6 + 1),
            Calendar::Quarter(year, quarter) => date(year?, quarter.saturating_sub(1) * 3 + 1),
            Calendar::Season(year, season) => date(year?, season as u8 * 3 + 3),
            Calendar::Month(year, month) => date(year?, month),
            Calendar::Week(week) => monday(week?),
            Calendar::Weekend(week) => monday(week?)?.checked_add(Step::new().days(5)).ok(),
            Calendar::Day(year, month, day) => Date::new(year?, month as i8, day as i8).ok(),
            Calendar::Weekday(_) | Calendar::Unknown => None,
        }
    }

    /// Its last day, where its year is known.
    pub fn last_day(self) -> Option<Date> {
        let step = match self.granularity() {
            Granularity::Day => return self.first_day(),
            Granularity::Weekend => Step::new().days(2),
            Granularity::Week => Step::new().days(7),
            Granularity::Month => Step::new().months(1),
            Granularity::Quarter | Granularity::Season => Step::new().months(3),
            Granularity::Half => Step::new().months(6),
            Granularity::Year => Step::new().months(12),
            Granularity::Decade => Step::new().years(10),
            Granularity::Century => Step::new().years(100),
        };
        self.first_day()?.checked_add(step).ok()?.checked_add(Step::new().days(-1)).ok()
    }

    /// It as `claims.date` writes it. `None` where neither year nor month is known.
    pub fn edtf(self) -> Option<Edtf> {
        match self {
            Calendar::Year(None)
            | Calendar::Week(None)
            | Calendar::Weekend(None)
            | Calendar::Weekday(_)
            | Calendar::Unknown => None,
            known => Some(Edtf(known)),
        }
    }
}

/// The Monday of an ISO week.
fn monday((year, week): (i16, u8)) -> Option<Date> {
    ISOWeekDate::new(year, week as i8, Weekday::Monday).ok().map(Date::from)
}

/// A year, or `XXXX` for one that is not known.
struct YearDigits(Option<i16>);

impl fmt::Display for YearDigits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(year) => write!(f, "{year:04}"),
            None => f.write_str("XXXX"),
        }
    }
}

impl fmt::Display for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Calendar::Century(century) => write!(f, "{century:02}"),
            Calendar::Decade(decade) => write!(f, "{decade:03}"),
            Calendar::Year(year) => YearDigits(year).fmt(f),
            Calendar::Half(year, half) => write!(f, "{}-H{half}", YearDigits(year)),
            Calendar::Quarter(year, quarter) => write!(f, "{}-Q{quarter}", YearDigits(year)),
            Calendar::Season(year, season) => write!(f, "{}-{}", YearDigits(year), Season::NAMES[season as usize].0),
            Calendar::Month(year, month) => write!(f, "{}-{month:02}", YearDigits(year)),
            Calendar::Week(Some((year, week))) => write!(f, "{year:04}-W{week:02}"),
            Calendar::Week(None) => f.write_str("XXXX-WXX"),
            Calendar::Weekend(Some((year, week))) => write!(f, "{year:04}-W{week:02}-WE"),
            Calendar::Weekend(None) => f.write_str("XXXX-WXX-WE"),
            Calendar::Weekday(day) => write!(f, "XXXX-WXX-{day}"),
            Calendar::Day(year, month, day) => write!(f, "{}-{month:02}-{day:02}", YearDigits(year)),
            Calendar::Unknown => f.write_str("XXXX-XX-XX"),
        }
    }
}

/// A date as `claims.date` writes it: EDTF, with quarters, halves and weeks besides.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Edtf(Calendar);

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Calendar::Season(year, season) => write!(f, "{}-{}", YearDigits(year), 21 + season as u8),
            Calendar::Decade(decade) => write!(f, "{decade:03}X"),
            Calendar::Century(century) => write!(f, "{century:02}XX"),
            other => other.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_are_written_as_timex3_and_edtf() {
        let week = Some((2011, 5));
        for (calendar, timex, edtf) in [
            (Calendar::Century(19), "19", Some("19XX")),
            (Calendar::Decade(199), "199", Some("199X")),
            (Calendar::Year(Some(2011)), "2011", Some("2011")),
            (Calendar::Year(None), "XXXX", None),
            (Calendar::Half(Some(2011), 2), "2011-H2", Some("2011-H2")),
            (Calendar::Quarter(None, 3), "XXXX-Q3", Some("XXXX-Q3")),
            (Calendar::Season(Some(2010), Season::Summer), "2010-SU", Some("2010-22")),
            (Calendar::Month(None, 5), "XXXX-05", Some("XXXX-05")),
            (Calendar::Week(week), "2011-W05", Some("2011-W05")),
            (Calendar::Weekend(week), "2011-W05-WE", Some("2011-W05-WE")),
            (Calendar::Week(None), "XXXX-WXX", None),
            (Calendar::Weekday(1), "XXXX-WXX-1", None),
            (Calendar::Day(None, 7, 12), "XXXX-07-12", Some("XXXX-07-12")),
            (Calendar::Unknown, "XXXX-XX-XX", None),
        ] {
            assert_eq!(calendar.to_string(), timex);
            assert_eq!(calendar.edtf().map(|edtf| edtf.to_string()).as_deref(), edtf, "{timex}");
        }
    }

    #[test]
    fn stretches_have_a_first_and_a_last_day() {
        for (calendar, first, last) in [
            (Calendar::Year(Some(2011)), date(2011, 1, 1), date(2011, 12, 31)),
            (Calendar::Quarter(Some(2011), 3), date(2011, 7, 1), date(2011, 9, 30)),
            (Calendar::Half(Some(2011), 2), date(2011, 7, 1), date(2011, 12, 31)),
            (Calendar::Season(Some(2010), Season::Winter), date(2010, 12, 1), date(2011, 2, 28)),
            (Calendar::Week(Some((2009, 53))), date(2009, 12, 28), date(2010, 1, 3)),
            (Calendar::Weekend(Some((2009, 53))), date(2010, 1, 2), date(2010, 1, 3)),
            (Calendar::Decade(199), date(1990, 1, 1), date(1999, 12, 31)),
        ] {
            assert_eq!((calendar.first_day(), calendar.last_day()), (Some(first), Some(last)), "{calendar}");
        }
        assert_eq!(Calendar::Month(None, 5).first_day(), None);
        assert_eq!(Calendar::Decade(u16::MAX).first_day(), None);
    }

    #[test]
    fn a_year_is_lent_to_what_has_none() {
        assert_eq!(Calendar::Month(None, 5).with_year(2011).to_string(), "2011-05");
        assert_eq!(Calendar::Month(Some(2010), 5).with_year(2011).to_string(), "2010-05");
        assert_eq!(Calendar::Day(None, 2, 29).with_year(2011).to_string(), "XXXX-02-29");
    }
}
