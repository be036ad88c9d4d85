//! Arithmetic from a day that is known: units away, the nearest month, weekday or holiday.

use super::calendar::Calendar;
use super::tense::Tense;
use super::value::Unit;
use jiff::Span as Step;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Which of the years around is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Which {
    /// The last one before.
    Last,
    /// That of this year.
    This,
    /// The first one after.
    Next,
    /// As the tense has it.
    Told(Tense),
}

/// `count` units from `date`; `None` where the calendar ends or the unit is none of days.
pub(super) fn away(date: Date, count: i64, unit: Unit) -> Option<Date> {
    let times = |factor: i64| count.checked_mul(factor).filter(|days| days.abs() < 4_000_000);
    let step = match unit {
        Unit::Day => Step::new().days(times(1)?),
        Unit::Week | Unit::Weekend => Step::new().days(times(7)?),
        Unit::Month => Step::new().months(times(1)?.clamp(-100_000, 100_000)),
        Unit::Quarter | Unit::Season => Step::new().months(times(3)?.clamp(-100_000, 100_000)),
        Unit::Half => Step::new().months(times(6)?.clamp(-100_000, 100_000)),
        Unit::Year => Step::new().years(times(1)?.clamp(-9_000, 9_000)),
        Unit::Decade => Step::new().years(times(10)?.clamp(-9_000, 9_000)),
        Unit::Century => Step::new().years(times(100)?.clamp(-9_000, 9_000)),
        Unit::Second | Unit::Minute | Unit::Hour => Step::new(),
        Unit::Millennium | Unit::Unknown => return None,
    };
    date.checked_add(step).ok()
}

/// The stretch of `unit` that holds `date`.
pub(super) fn holding(date: Date, unit: Unit) -> Option<Calendar> {
    Some(match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Calendar::day(date),
        Unit::Weekend => Calendar::weekend(date),
        Unit::Week => Calendar::week(date),
        Unit::Month => Calendar::month(date),
        Unit::Quarter => Calendar::quarter(date),
        Unit::Half => Calendar::half(date),
        Unit::Year => Calendar::Year(Some(date.year())),
        Unit::Decade => Calendar::Decade(u16::try_from(date.year() / 10).ok()?),
        Unit::Century => Calendar::Century(u8::try_from(date.year() / 100).ok()?),
        Unit::Season | Unit::Millennium | Unit::Unknown => return None,
    })
}

/// `calendar`, whose year is not known, in the year that is meant, seen from `date`.
pub(super) fn in_year(calendar: Calendar, date: Date, which: Which) -> Calendar {
    let year = date.year();
    let of = |year: i16| Some(calendar.with_year(year)).filter(|dated| dated.year().is_some());
    let starts = |year: i16| of(year).and_then(Calendar::first_day);
    let ends = |year: i16| of(year).and_then(Calendar::last_day);
    let around = || (year - 4..=year + 4).rev();
    let latest = |strict: bool| {
        let fits = |at: &i16| {
            if strict { ends(*at).is_some_and(|end| end < date) } else { starts(*at).is_some_and(|s| s <= date) }
        };
        around().find(fits)
    };
    let earliest = |strict: bool| {
        let fits = |at: &i16| {
            if strict { starts(*at).is_some_and(|start| start > date) } else { ends(*at).is_some_and(|e| e >= date) }
        };
        around().rev().find(fits)
    };
    let (before, after) = (latest(false), earliest(false));
    let days = |from: Option<Date>, to: Option<Date>| match (from, to) {
        (Some(from), Some(to)) => (to - from).get_days(),
        _ => i32::MAX,
    };
    let passed = days(before.and_then(starts), Some(date));
    let ahead = days(Some(date), after.and_then(starts));
    let chosen = match which {
        Which::Last => latest(true),
        Which::This => Some(year),
        Which::Next => earliest(true),
        Which::Told(Tense::Past) if passed > FAR && ahead < NEAR => after,
        Which::Told(Tense::Past) => before,
        Which::Told(Tense::Future | Tense::Weak) if ahead > FAR && passed < NEAR => before,
        Which::Told(Tense::Future | Tense::Weak) => after,
        // The one before, unless the one after is much nearer.
        Which::Told(Tense::Unknown) if ahead < passed / 6 => after,
        Which::Told(Tense::Unknown) => before.or(after),
    };
    chosen.and_then(of).unwrap_or(calendar)
}

/// Days: of two dates the one nearby is meant, whatever the tense, where the other is far (`had until Jan. 14`).
const FAR: i32 = 290;
const NEAR: i32 = 60;

/// The day with a weekday (1 Monday to 7) that is meant, seen from `date`.
pub(super) fn weekday(number: u8, date: Date, which: Which) -> Option<Date> {
    let today = date.weekday().to_monday_one_offset();
    let wanted = number as i8;
    let back = i64::from((today - wanted).rem_euclid(7));
    let forth = i64::from((wanted - today).rem_euclid(7));
    let days = match which {
        Which::Told(Tense::Past | Tense::Unknown) => -back,
        Which::Told(Tense::Weak) if back < forth => -back,
        Which::Told(Tense::Future | Tense::Weak) => forth,
        Which::Last if back == 0 => -7,
        Which::Last => -back,
        Which::This => i64::from(wanted - today),
        Which::Next => i64::from(wanted - today) + 7,
    };
    date.checked_add(days.days()).ok()
}

/// The day of a holiday in `year`: month and day in one number (1225), or one of those that move.
pub(super) fn holiday(code: i16, year: i16) -> Option<Date> {
    if code > 0 {
        return Date::new(year, (code / 100) as i8, (code % 100) as i8).ok();
    }
    let nth =
        |month: i8, n: i8, weekday: Weekday| Date::new(year, month, 1).ok()?.nth_weekday_of_month(n, weekday).ok();
    let shifted = |date: Option<Date>, days: i64| date?.checked_add(days.days()).ok();
    match code {
        -1 => nth(11, 4, Weekday::Thursday),
        -2 => easter(year),
        -3 => nth(5, -1, Weekday::Monday),
        -4 => nth(9, 1, Weekday::Monday),
        -5 => nth(1, 3, Weekday::Monday),
        -6 => nth(2, 3, Weekday::Monday),
        -7 => shifted(nth(11, 4, Weekday::Thursday), 1),
        -8 => shifted(nth(11, 4, Weekday::Thursday), 4),
        -9 => nth(5, 2, Weekday::Sunday),
        -10 => nth(6, 3, Weekday::Sunday),
        -11 => shifted(easter(year), -2),
        -12 => shifted(nth(11, 1, Weekday::Monday), 1),
        -13 => nth(10, 2, Weekday::Monday),
        -14 => shifted(easter(year), 1),
        _ => None,
    }
}

/// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    Date::new(year, (sum / 31) as i8, (sum % 31 + 1) as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_year_is_the_one_that_is_meant() {
        let today = date(2012, 2, 15);
        let may = Calendar::Month(None, 5);
        for (calendar, which, expected) in [
            (may, Which::Told(Tense::Past), "2011-05"),
            (may, Which::Told(Tense::Future), "2012-05"),
            (may, Which::Told(Tense::Unknown), "2011-05"),
            (Calendar::Month(None, 3), Which::Told(Tense::Unknown), "2012-03"),
            (may, Which::Last, "2011-05"),
            (may, Which::This, "2012-05"),
            (Calendar::Month(None, 2), Which::Told(Tense::Past), "2012-02"),
            (Calendar::Month(None, 2), Which::Last, "2011-02"),
            (Calendar::Month(None, 2), Which::Next, "2013-02"),
            (Calendar::Day(None, 2, 29), Which::Last, "2008-02-29"),
            (Calendar::Day(None, 12, 31), Which::Told(Tense::Unknown), "2011-12-31"),
        ] {
            assert_eq!(in_year(calendar, today, which).to_string(), expected, "{calendar} {which:?}");
        }
    }

    #[test]
    fn weekdays_are_the_nearest_ones() {
        let wednesday = date(2012, 2, 15);
        for (day, which, expected) in [
            (2, Which::Told(Tense::Past), date(2012, 2, 14)),
            (3, Which::Told(Tense::Past), date(2012, 2, 15)),
            (4, Which::Told(Tense::Past), date(2012, 2, 9)),
            (4, Which::Told(Tense::Future), date(2012, 2, 16)),
            (3, Which::Last, date(2012, 2, 8)),
            (5, Which::This, date(2012, 2, 17)),
            (5, Which::Next, date(2012, 2, 24)),
        ] {
            assert_eq!(weekday(day, wednesday, which), Some(expected), "{day} {which:?}");
        }
    }

    #[test]
    fn holidays_move() {
        for (code, year, expected) in [
            (1225, 2011, date(2011, 12, 25)),
            (-1, 1999, date(1999, 11, 25)),
            (-2, 2000, date(2000, 4, 23)),
            (-2, 2024, date(2024, 3, 31)),
            (-7, 2011, date(2011, 11, 25)),
            (-12, 1998, date(1998, 11, 3)),
        ] {
            assert_eq!(holiday(code, year), Some(expected), "{code} {year}");
        }
    }
}
