//! The value of one expression, from what its words say and what is known around it.

use super::anchor::{self, Which};
use super::calendar::Calendar;
use super::resolve::Resolver;
use super::slots::{Slot, Slots};
use super::tense::{Tense, only_past, tense};
use super::value::{DayPart, Length, Reference, TimeOfDay, TimexModifier, TimexValue, Unit};
use super::{Candidate, DateOrder};
use jiff::civil::{Date, Weekday};

/// How many paragraphs back a quarter is still the one that figures are compared with.
const QUARTER_REACH: usize = 12;

/// One expression being resolved.
pub(super) struct Making<'a> {
    pub(super) resolver: &'a Resolver<'a>,
    pub(super) candidate: &'a Candidate,
    pub(super) slots: Slots,
}

impl Making<'_> {
    fn published(&self) -> Option<Date> {
        self.resolver.published()
    }

    /// The day from which the year, the week or the day is reckoned: where the range begins, else the publication date.
    fn base(&self) -> Option<Date> {
        self.resolver.range_from.or(self.published())
    }

    fn tense(&self) -> Tense {
        let (from, to) = self.candidate.tokens;
        tense(self.resolver.reading, self.resolver.rules, from as usize, to as usize)
    }

    fn which(&self) -> Which {
        match self.slots.get(Slot::Shift) {
            Some(shift) if shift < 0 => Which::Last,
            Some(0) => Which::This,
            Some(_) => Which::Next,
            // What a range ends with comes after what it begins with.
            None if self.resolver.range_from.is_some() => Which::Told(Tense::Future),
            // `Wednesday's ruling` has been given.
            None if self.slots.has(Slot::Weekday) && self.is_possessive() => Which::Told(Tense::Past),
            None => Which::Told(self.tense()),
        }
    }

    fn is_possessive(&self) -> bool {
        let last = (self.candidate.tokens.1 as usize).checked_sub(1);
        last.and_then(|at| self.resolver.reading.tokens.get(at)).is_some_and(|token| token.is_possessive())
    }

    /// The year that the words give.
    fn year(&self) -> Option<i16> {
        if let Some(year) = self.slots.get(Slot::Year) {
            return Some(year);
        }
        if let Some(short) = self.slots.get(Slot::ShortYear) {
            let now = self.published().map_or(2030, |date| date.year() + 20);
            let year = now - now.rem_euclid(100) + short;
            return Some(if year > now { year - 100 } else { year });
        }
        let shift = self.slots.get(Slot::YearShift)?;
        self.published().map(|date| date.year() + shift)
    }

    /// A place on the calendar by year, month, day, weekday, quarter, season.
    pub(super) fn calendar(&self) -> Option<Calendar> {
        if self.slots.has(Slot::First) {
            return self.figures();
        }
        let year = self.year();
        if let Some(code) = self.slots.get(Slot::Holiday) {
            return self.holiday(code, year);
        }
        if let Some(shift) = self.slots.get(Slot::DayShift) {
            return Some(match self.published() {
                Some(date) => Calendar::day(anchor::away(date, i64::from(shift), Unit::Day)?),
                None => Calendar::Unknown,
            });
        }
        if let Some(within) = self.within_month(year) {
            return within;
        }
        let bare = self.without_year()?;
        let slots_unit = self.slots.unit();
        Some(match (bare, year) {
            (Calendar::Year(_), year) => Calendar::Year(year),
            (bare, Some(year)) => {
                Some(bare.with_year(year)).filter(|dated| dated.year().is_some() || !takes_year(bare))?
            }
            (Calendar::Weekday(day), None) => match self.base() {
                Some(date) => Calendar::day(anchor::weekday(day, date, self.which())?),
                None => bare,
            },
            (bare, None) => self.with_meant_year(bare),
        })
        .map(|calendar| match (slots_unit, calendar.first_day()) {
            (Some(Unit::Week), Some(day)) => Calendar::week(day),
            (Some(Unit::Weekend), Some(day)) => Calendar::weekend(day),
            _ => calendar,
        })
    }

    /// `the third Friday of July`, `the first week of January`. The outer `None` where the words are no such date.
    fn within_month(&self, year: Option<i16>) -> Option<Option<Calendar>> {
        let (ordinal, month) = (self.slots.get(Slot::Ordinal)?, self.slots.small(Slot::Month)?);
        let bare = Calendar::Month(None, month);
        let month = match year {
            Some(year) => bare.with_year(year),
            None => self.with_meant_year(bare),
        };
        let (Some(first), Some(last)) = (month.first_day(), month.last_day()) else { return Some(Some(month)) };
        let day = match (self.slots.small(Slot::Weekday), self.slots.unit()) {
            (Some(weekday), _) => {
                let weekday = Weekday::from_monday_one_offset(weekday as i8).ok()?;
                first.nth_weekday_of_month(i8::try_from(ordinal).ok()?, weekday).ok().map(Calendar::day)
            }
            (None, Some(unit)) => {
                let day = match ordinal {
                    ..0 => Some(last),
                    _ => anchor::away(first, i64::from(ordinal) - 1, unit).filter(|day| *day <= last),
                };
                day.and_then(|day| anchor::holding(day, unit))
            }
            (None, None) => return None,
        };
        Some(day)
    }

    fn without_year(&self) -> Option<Calendar> {
        let slots = &self.slots;
        if let Some(decade) = slots.get(Slot::Decade) {
            let decade = u16::try_from(decade).ok()?;
            let now = self.published().map_or(2030, |date| date.year()).unsigned_abs() / 10;
            return Some(Calendar::Decade(match decade {
                short @ 0..10 if now / 10 * 10 + short <= now => now / 10 * 10 + short,
                short @ 0..10 => (now / 10).saturating_sub(1) * 10 + short,
                full => full,
            }));
        }
        if slots.unit() == Some(Unit::Century) {
            let ordinal = slots.small(Slot::Ordinal)?;
            return Some(Calendar::Century(ordinal.checked_sub(1)?));
        }
        if let Some(month) = slots.small(Slot::Month).filter(|month| (1..=12).contains(month)) {
            if slots.unit() == Some(Unit::Quarter) {
                return Some(Calendar::Quarter(None, month.div_ceil(3)));
            }
            return match slots.small(Slot::Day) {
                Some(day) => Date::new(2000, month as i8, day as i8).ok().map(|_| Calendar::Day(None, month, day)),
                None => Some(Calendar::Month(None, month)),
            };
        }
        if let Some(quarter) = slots.small(Slot::Quarter) {
            return Some(Calendar::Quarter(None, quarter)).filter(|_| (1..=4).contains(&quarter));
        }
        if let Some(half) = slots.small(Slot::Half) {
            return Some(Calendar::Half(None, half)).filter(|_| (1..=2).contains(&half));
        }
        match slots.unit() {
            Some(Unit::Quarter) => {
                let quarter = slots.get(Slot::Ordinal)?;
                let quarter = if quarter < 0 { 4 } else { u8::try_from(quarter).ok()? };
                return (1..=4).contains(&quarter).then_some(Calendar::Quarter(None, quarter));
            }
            Some(Unit::Half) => {
                let half = slots.get(Slot::Ordinal)?;
                let half = if half < 0 { 2 } else { u8::try_from(half).ok()? };
                return (1..=2).contains(&half).then_some(Calendar::Half(None, half));
            }
            _ => {}
        }
        if let Some(season) = slots.season() {
            return Some(Calendar::Season(None, season));
        }
        if let Some(weekday) = slots.small(Slot::Weekday) {
            return Some(Calendar::Weekday(weekday));
        }
        if slots.has(Slot::Year) || slots.has(Slot::ShortYear) || slots.has(Slot::YearShift) {
            return Some(Calendar::Year(None));
        }
        self.day_of_clock()
    }

    /// The day that a time of day belongs to which has none of its own.
    fn day_of_clock(&self) -> Option<Calendar> {
        self.time_of_day()?;
        let day = self.resolver.last_day.or(self.published());
        Some(day.map_or(Calendar::Unknown, Calendar::day))
    }

    /// Gives a date its year: that of the heading, else by tense from the publication date.
    fn with_meant_year(&self, bare: Calendar) -> Calendar {
        if !takes_year(bare) {
            return bare;
        }
        if let Some(year) = self.resolver.section_year
            && !self.slots.has(Slot::Shift)
        {
            return bare.with_year(year);
        }
        match (self.base(), bare) {
            (None, bare) => bare,
            (Some(date), Calendar::Quarter(..) | Calendar::Half(..)) => {
                let which = match self.which() {
                    // Results come out in the quarter after; the one to come is named long before it begins.
                    Which::Told(tense) => {
                        let Some(this) = bare.with_year(date.year()).first_day() else { return bare };
                        let months = (i32::from(this.month()) - 1) - (i32::from(date.month()) - 1);
                        match tense {
                            _ if months > 6 => Which::Told(Tense::Past),
                            Tense::Past if months > 3 => Which::Told(Tense::Past),
                            Tense::Future | Tense::Weak if months <= -6 => Which::Told(Tense::Future),
                            _ => Which::This,
                        }
                    }
                    which => which,
                };
                anchor::in_year(bare, date, which)
            }
            (Some(date), bare) => anchor::in_year(bare, date, self.which()),
        }
    }

    fn holiday(&self, code: i16, year: Option<i16>) -> Option<Calendar> {
        if let Some(year) = year.or(self.resolver.section_year) {
            return anchor::holiday(code, year).map(Calendar::day);
        }
        let Some(date) = self.published() else {
            let known = Date::new(2000, (code / 100) as i8, (code % 100) as i8).is_ok();
            return Some(if known {
                Calendar::Day(None, (code / 100) as u8, (code % 100) as u8)
            } else {
                Calendar::Unknown
            });
        };
        let days = (-1..=1).filter_map(|step| anchor::holiday(code, date.year() + step));
        let day = match self.which() {
            Which::Last => days.filter(|day| *day < date).max(),
            Which::Told(Tense::Past) => days.filter(|day| *day <= date).max(),
            Which::This => anchor::holiday(code, date.year()),
            Which::Next | Which::Told(Tense::Future | Tense::Weak) => days.filter(|day| *day >= date).min(),
            Which::Told(Tense::Unknown) => days.min_by_key(|day| (*day - date).get_days().unsigned_abs()),
        };
        day.map(Calendar::day)
    }

    /// A date in figures, in the order that is set, or in the only one that makes a date.
    fn figures(&self) -> Option<Calendar> {
        let (first, middle) = (self.slots.get(Slot::First)?, self.slots.get(Slot::Middle)?);
        let date = |year: Option<i16>, month: i16, day: i16| {
            let valid = Date::new(year.unwrap_or(2000), i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
            Some(Calendar::Day(year, valid.month() as u8, valid.day() as u8))
        };
        let Some(third) = self.slots.get(Slot::Third) else {
            let bare = match self.resolver.rules.order {
                DateOrder::DayMonthYear => date(None, middle, first).or_else(|| date(None, first, middle))?,
                _ => date(None, first, middle).or_else(|| date(None, middle, first))?,
            };
            return Some(self.with_meant_year(bare));
        };
        let full = |year: i16| match year {
            1000.. => Some(year),
            0..100 => Some(if year > 60 { 1900 + year } else { 2000 + year }),
            _ => None,
        };
        if first > 99 {
            return date(Some(first), middle, third);
        }
        match self.resolver.rules.order {
            DateOrder::MonthDayYear => date(full(third), first, middle).or_else(|| date(full(third), middle, first)),
            DateOrder::DayMonthYear => date(full(third), middle, first).or_else(|| date(full(third), first, middle)),
            DateOrder::YearMonthDay if third > 99 => date(Some(third), first, middle),
            DateOrder::YearMonthDay => date(full(first), middle, third),
        }
    }

    pub(super) fn end_of_range(&self, calendar: Calendar) -> Option<TimexValue> {
        let end = match (calendar, self.slots.small(Slot::Day2), self.slots.small(Slot::Month2)) {
            (Calendar::Day(year, month, _), Some(day), month2) => Calendar::Day(year, month2.unwrap_or(month), day),
            (Calendar::Month(year, month), None, Some(month2)) if month2 >= month => Calendar::Month(year, month2),
            (Calendar::Month(Some(year), _), None, Some(month2)) => Calendar::Month(Some(year + 1), month2),
            (Calendar::Year(Some(year)), ..) if self.slots.has(Slot::Year2) => {
                Calendar::Year(self.slots.get(Slot::Year2).filter(|end| *end > year))
            }
            (Calendar::Year(Some(year)), ..) if self.slots.has(Slot::ShortYear) => {
                let short = self.slots.get(Slot::ShortYear)?;
                Calendar::Year(Some(year - year.rem_euclid(100) + short))
                    .year()
                    .filter(|end| *end > year)
                    .map(|end| Calendar::Year(Some(end)))?
            }
            _ => return None,
        };
        (end != Calendar::Year(None)).then_some(TimexValue::Date(end))
    }

    pub(super) fn time_of_day(&self) -> Option<TimeOfDay> {
        let Some(hour) = self.slots.small(Slot::Hour) else {
            return self.slots.part().map(TimeOfDay::Part);
        };
        let afternoon = match (self.slots.get(Slot::Meridiem), self.slots.part()) {
            (Some(half), _) => Some(half == 12),
            (None, Some(part)) => Some(part != DayPart::Morning && (hour > 4 || part == DayPart::Afternoon)),
            (None, None) => None,
        };
        let hour = match afternoon {
            Some(true) if hour < 12 => hour + 12,
            Some(false) if hour == 12 => 0,
            _ => hour,
        };
        let minute = Some(self.slots.small(Slot::Minute).unwrap_or(0));
        Some(TimeOfDay::Clock { hour, minute, second: self.slots.small(Slot::Second) })
    }

    /// Units from now: `last week`, `this year`, `the current quarter`.
    pub(super) fn unit(&self) -> Option<TimexValue> {
        let unit = self.slots.unit()?;
        let shift = self.slots.get(Slot::Shift).unwrap_or(0);
        let anaphoric = self.slots.has(Slot::Anaphor);
        let Some(date) = self.resolver.last_day.filter(|_| anaphoric).or(self.published()) else {
            return self.unknown_unit(unit, shift);
        };
        let told = self.slots.has(Slot::Shift);
        let shift = match unit {
            // `by the end of the year it had`: the last year that has ended.
            Unit::Year if !told && self.slots.modifier() == Some(TimexModifier::End) && self.only_past() => -1,
            // `over the weekend`: the last one, in the week until the next.
            Unit::Weekend if !told && self.tense() != Tense::Future && date.weekday() != Weekday::Sunday => -1,
            _ => shift,
        };
        let date = anchor::away(date, i64::from(shift), unit)?;
        anchor::holding(date, unit).map(TimexValue::Date)
    }

    fn only_past(&self) -> bool {
        only_past(self.resolver.reading, self.resolver.rules, self.candidate.tokens.0 as usize)
    }

    /// What is left of `last week` where no day is known. Nothing of `the week`.
    pub(super) fn unknown_unit(&self, unit: Unit, shift: i16) -> Option<TimexValue> {
        if self.slots.has(Slot::Part) || self.time_of_day().is_some() {
            return Some(TimexValue::Date(Calendar::Unknown));
        }
        if unit == Unit::Year
            && shift == 0
            && let Some(year) = self.resolver.section_year
        {
            return Some(TimexValue::Date(Calendar::Year(Some(year))));
        }
        if !self.slots.has(Slot::Shift) && !self.slots.has(Slot::DayShift) && !self.slots.has(Slot::Modifier) {
            return None;
        }
        Some(TimexValue::Reference(match shift {
            ..0 => Reference::Past,
            0 => Reference::Present,
            1.. => Reference::Future,
        }))
    }

    /// So many units before now or after it.
    pub(super) fn away(&self) -> Option<TimexValue> {
        let direction = self.slots.get(Slot::Direction).unwrap_or(-1);
        let vague = Some(TimexValue::Reference(if direction < 0 { Reference::Past } else { Reference::Future }));
        let unit = self.slots.unit()?;
        let count = self.slots.get(Slot::Count).unwrap_or(1);
        if count < 0 {
            return vague;
        }
        if let Some(quarter) = self.quarter_compared(unit, count, direction) {
            return Some(TimexValue::Date(quarter));
        }
        let Some(date) = self.published() else { return vague };
        let steps = i64::from(count) * i64::from(direction);
        let date = anchor::away(date, steps, unit)?;
        if date.year() < 1 {
            return vague;
        }
        let fine = match unit {
            Unit::Decade | Unit::Century => Unit::Year,
            unit => unit,
        };
        anchor::holding(date, fine).map(TimexValue::Date)
    }

    /// `a year ago` beside the figures of a quarter is that quarter of the year before.
    fn quarter_compared(&self, unit: Unit, count: i16, direction: i16) -> Option<Calendar> {
        let (Calendar::Quarter(Some(year), quarter), paragraph) = self.resolver.last_quarter? else { return None };
        let near = self.resolver.paragraph - paragraph <= QUARTER_REACH;
        (unit == Unit::Year && count == 1 && near).then_some(Calendar::Quarter(Some(year + direction), quarter))
    }

    /// A place seen from the date before. `None` where there is none to see it from.
    pub(super) fn anaphor(&self) -> Option<TimexValue> {
        let unit = self.slots.unit()?;
        let count = self.slots.get(Slot::Count).unwrap_or(1);
        let steps = match self.slots.get(Slot::Direction) {
            Some(_) if count < 0 => return None,
            Some(direction) => i64::from(count) * i64::from(direction),
            None => i64::from(self.slots.get(Slot::Anaphor)?),
        };
        if let Some(weekday) = self.slots.small(Slot::Weekday) {
            let from = self.resolver.last_day.or(self.published())?;
            return anchor::weekday(weekday, from, Which::Last).map(Calendar::day).map(TimexValue::Date);
        }
        if let Some(quarter) = self.quarter_compared(unit, 1, steps as i16).filter(|_| steps == -1) {
            return Some(TimexValue::Date(quarter));
        }
        if let (Some(year), Unit::Quarter) = (self.slots.get(Slot::Year), unit) {
            let quarter = match self.resolver.last_quarter {
                Some((Calendar::Quarter(_, quarter), _)) => Calendar::Quarter(Some(year), quarter),
                _ => Calendar::Year(Some(year)),
            };
            return Some(TimexValue::Date(quarter));
        }
        if matches!(unit, Unit::Quarter | Unit::Unknown) {
            return self.quarter_before(steps).map(TimexValue::Date);
        }
        let fine = unit <= Unit::Week;
        let from = if fine { self.resolver.last_day } else { self.resolver.last.and_then(Calendar::first_day) };
        let from = match from {
            Some(from) => from,
            None if self.slots.has(Slot::Direction) && fine => return None,
            None => match self.published() {
                Some(date) => date,
                None => return self.anaphor_without_year(unit, steps),
            },
        };
        anchor::holding(anchor::away(from, steps, unit)?, unit).map(TimexValue::Date)
    }

    /// Before or after what came before, no more known.
    pub(super) fn side(&self) -> Option<TimexValue> {
        let steps = self.slots.get(Slot::Direction).or(self.slots.get(Slot::Anaphor))?;
        match steps {
            ..0 => Some(TimexValue::Reference(Reference::Past)),
            0 => None,
            1.. => Some(TimexValue::Reference(Reference::Future)),
        }
    }

    /// Seen from a date without a year: days and months can still be counted within it.
    fn anaphor_without_year(&self, unit: Unit, steps: i64) -> Option<TimexValue> {
        let (month, day) = match self.resolver.last? {
            Calendar::Day(None, month, day) => (month, day),
            Calendar::Month(None, month) if unit == Unit::Month => (month, 1),
            _ => return None,
        };
        let date = anchor::away(Date::new(2001, month as i8, day as i8).ok()?, steps, unit)?;
        match unit {
            Unit::Day => Some(Calendar::Day(None, date.month() as u8, date.day() as u8)),
            Unit::Month => Some(Calendar::Month(None, date.month() as u8)),
            _ => None,
        }
        .map(TimexValue::Date)
    }

    /// The quarter that figures are about, or one before or after.
    fn quarter_before(&self, steps: i64) -> Option<Calendar> {
        let base = match self.resolver.last_quarter {
            Some((quarter, _)) => quarter.first_day()?,
            None => anchor::away(self.published()?, -1, Unit::Quarter)?,
        };
        anchor::away(base, steps, Unit::Quarter).map(Calendar::quarter)
    }

    pub(super) fn length(&self) -> Option<TimexValue> {
        let unit = self.slots.unit()?;
        let count = self.slots.get(Slot::Count).unwrap_or(1);
        let tenths = self.slots.small(Slot::Tenths).unwrap_or(0);
        let length = match (u32::try_from(count).ok(), unit) {
            (Some(24), Unit::Hour) if tenths == 0 && self.slots.has(Slot::Shift) => Length::new(Some(1), Unit::Day),
            (count, unit) => Length { count, tenths, unit },
        };
        Some(TimexValue::Length(length))
    }

    /// Where a length lies that begins or ends now (`the past two years`).
    pub(super) fn ends_of_length(&self) -> (Option<TimexValue>, Option<TimexValue>) {
        let ends = || {
            let date = self.published()?;
            let shift = self.slots.get(Slot::Shift).filter(|shift| *shift != 0)?;
            let count = self.slots.get(Slot::Count2).or(self.slots.get(Slot::Count)).unwrap_or(1);
            let unit = self.slots.unit().filter(|unit| *unit >= Unit::Day)?;
            let far = anchor::away(date, i64::from(count) * i64::from(shift.signum()), unit)?;
            let fine = match unit {
                Unit::Day | Unit::Weekend | Unit::Week => Unit::Day,
                _ => Unit::Month,
            };
            let (from, to) = if far < date { (far, date) } else { (date, far) };
            Some((anchor::holding(from, fine)?, anchor::holding(to, fine)?))
        };
        match ends() {
            Some((from, to)) => (Some(TimexValue::Date(from)), Some(TimexValue::Date(to))),
            None => (None, None),
        }
    }

    pub(super) fn recurring(&self) -> Option<TimexValue> {
        let calendar = match (self.slots.small(Slot::Weekday), self.slots.small(Slot::Month), self.slots.season()) {
            (Some(weekday), ..) => Calendar::Weekday(weekday),
            (_, Some(month), _) => Calendar::Month(None, month),
            (.., Some(season)) => Calendar::Season(None, season),
            _ if self.slots.has(Slot::Quarter) => Calendar::Quarter(None, self.slots.small(Slot::Quarter)?),
            _ => return self.length(),
        };
        Some(match self.time_of_day() {
            Some(time) => TimexValue::Time(calendar, time),
            None => TimexValue::Date(calendar),
        })
    }
}

/// Whether a year is a part of the date.
fn takes_year(calendar: Calendar) -> bool {
    !matches!(
        calendar,
        Calendar::Decade(_)
            | Calendar::Century(_)
            | Calendar::Weekday(_)
            | Calendar::Unknown
            | Calendar::Week(_)
            | Calendar::Weekend(_)
    )
}
