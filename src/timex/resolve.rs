//! Gives time expressions their values: by the publication date, tense, heading and the dates before.

use super::anchor::{self, Which};
use super::calendar::{Calendar, Granularity};
use super::rules::{Make, Rule};
use super::slots::{Slot, Slots};
use super::tense::{Tense, only_past, tense};
use super::value::{Length, Reference, TimeOfDay, TimexModifier, TimexType, TimexValue, Unit};
use super::{Candidate, DateOrder, TimeExpr, TimexRules};
use crate::reading::Reading;
use crate::span::Span;
use crate::structure::ParagraphKind;
use jiff::civil::{Date, Weekday};

/// Resolves candidates in the order of the text. Those that overlap a span of `names` (sorted) are names and no dates.
pub fn resolve_times(
    reading: &Reading<'_>,
    rules: &TimexRules,
    candidates: &[Candidate],
    names: &[Span],
) -> Vec<TimeExpr> {
    let mut resolver = Resolver::new(reading, rules);
    let mut times = Vec::with_capacity(candidates.len());
    let mut tokens = Vec::with_capacity(candidates.len());
    let (mut last_slots, mut last_tokens) = (Slots::default(), (0, 0));
    let mut name = 0;
    for (at, candidate) in candidates.iter().enumerate() {
        while name < names.len() && names[name].end() <= candidate.span.start() {
            name += 1;
        }
        if names.get(name).is_some_and(|name| name.overlaps(candidate.span)) {
            continue;
        }
        resolver.enter(candidate.span.start());
        resolver.range_from = match times.last() {
            Some(TimeExpr { value: TimexValue::Date(before), .. })
                if alike(&last_slots, &candidate.slots) && joined(reading, last_tokens, candidate.tokens) =>
            {
                before.first_day()
            }
            _ => None,
        };
        (last_slots, last_tokens) = (candidate.slots, candidate.tokens);
        let slots = resolver.with_year_of_partner(candidate, candidates.get(at + 1));
        if let Some(time) = resolver.resolve(candidate, slots) {
            resolver.remember(&time, candidate);
            times.push(time);
            tokens.push(candidate.tokens);
        }
    }
    join_ranges(reading, &mut times, &tokens);
    times
}

struct Resolver<'a> {
    reading: &'a Reading<'a>,
    rules: &'a TimexRules,
    paragraph: usize,
    article: Option<u32>,
    /// The year that a heading gives to what stands under it.
    section_year: Option<i16>,
    /// The last date on the calendar, and the last day.
    last: Option<Calendar>,
    last_day: Option<Date>,
    /// Where the range begins that the expression ends.
    range_from: Option<Date>,
    /// The last quarter, and its paragraph.
    last_quarter: Option<(Calendar, usize)>,
}

/// How many paragraphs back a quarter is still the one that figures are compared with.
const QUARTER_REACH: usize = 12;
/// Headings up to so many tokens that hold a year are about that year.
const SHORT_HEADING: usize = 3;

impl<'a> Resolver<'a> {
    fn new(reading: &'a Reading<'a>, rules: &'a TimexRules) -> Resolver<'a> {
        Resolver {
            reading,
            rules,
            paragraph: 0,
            article: None,
            section_year: None,
            last: None,
            last_day: None,
            last_quarter: None,
            range_from: None,
        }
    }

    /// Goes on to the paragraph that holds the byte at `at`, past headings.
    fn enter(&mut self, at: usize) {
        let paragraphs = &self.reading.structure.paragraphs;
        while let Some(paragraph) = paragraphs.get(self.paragraph) {
            if self.article != Some(paragraph.article) {
                self.article = Some(paragraph.article);
                (self.section_year, self.last, self.last_day, self.last_quarter) = (None, None, None, None);
            }
            if paragraph.kind == ParagraphKind::Heading
                && let Some(year) = self.year_of_heading(paragraph.tokens.0 as usize, paragraph.tokens.1 as usize)
            {
                self.section_year = Some(year);
            }
            if at < paragraph.span.end() {
                break;
            }
            self.paragraph += 1;
        }
    }

    /// The year that a heading is about: the only one in a short heading or one that looks back on a year.
    fn year_of_heading(&self, from: usize, to: usize) -> Option<i16> {
        let mut found = None;
        let mut review = to - from <= SHORT_HEADING;
        for at in from..to {
            review |= self.rules.lists.review.holds(self.reading.word(at));
            let letters = self.reading.letters(at);
            if letters.len() == 4
                && let Ok(year @ 1900..=2100) = letters.parse()
            {
                if found.is_some() {
                    return None;
                }
                found = Some(year);
            }
        }
        found.filter(|_| review)
    }

    fn published(&self) -> Option<Date> {
        self.reading.published
    }

    /// A month or day without a year takes that of the date it is joined with (`May and July 2011`).
    fn with_year_of_partner(&self, candidate: &Candidate, next: Option<&Candidate>) -> Slots {
        let mut slots = candidate.slots;
        let lacks = !slots.has(Slot::Year) && !slots.has(Slot::ShortYear) && !slots.has(Slot::YearShift);
        let named =
            slots.has(Slot::Month) || slots.has(Slot::Quarter) || slots.has(Slot::Season) || slots.has(Slot::Half);
        if let Some(next) = next
            && lacks
            && named
            && !slots.has(Slot::Shift)
            && next.tokens.0.saturating_sub(candidate.tokens.1) == 1
            && self.rules.lists.clause.holds(self.reading.word(candidate.tokens.1 as usize))
            && next.slots.has(Slot::Month) == slots.has(Slot::Month)
            && let Some(year) = next.slots.get(Slot::Year)
            && !self.backwards(&slots, &next.slots)
        {
            slots.set(Slot::Year, year);
        }
        slots
    }

    /// Whether the first of two joined dates comes later in the year than the second.
    fn backwards(&self, first: &Slots, second: &Slots) -> bool {
        matches!((first.get(Slot::Month), second.get(Slot::Month)), (Some(a), Some(b)) if a > b)
    }

    fn remember(&mut self, time: &TimeExpr, candidate: &Candidate) {
        // Figures of nine months are compared with those of a year before, not with a quarter's.
        if let TimexValue::Length(Length { count: Some(3..), unit: Unit::Month, .. }) = time.value {
            self.last_quarter = None;
        }
        let Some(calendar) = time.value.calendar() else { return };
        if time.timex_type == TimexType::Set {
            return;
        }
        let compared = candidate.slots.has(Slot::Anaphor) || candidate.slots.has(Slot::Direction);
        let rule = self.rules.rules.get(candidate.rule as usize);
        if calendar.granularity() == Granularity::Quarter
            && !compared
            && rule.is_some_and(|rule| rule.make == Make::Calendar)
        {
            self.last_quarter = Some((calendar, self.paragraph));
        }
        let explicit = candidate.slots.has(Slot::Month)
            || candidate.slots.has(Slot::Year)
            || candidate.slots.has(Slot::Weekday)
            || candidate.slots.has(Slot::DayShift)
            || candidate.slots.has(Slot::Anaphor)
            || candidate.slots.has(Slot::First)
            || candidate.slots.has(Slot::Holiday);
        if explicit || self.last.is_none() {
            self.last = Some(calendar);
        }
        if calendar.granularity() == Granularity::Day && calendar.first_day().is_some() {
            self.last_day = calendar.first_day();
        }
    }

    fn resolve(&self, candidate: &Candidate, slots: Slots) -> Option<TimeExpr> {
        let rule = self.rules.rules.get(candidate.rule as usize)?;
        let slots = filled(slots, &rule.slots);
        let make = Making { resolver: self, candidate, slots };
        let (mut begin, mut end) = (None, None);
        let mut timex_type = rule.timex_type;
        let mut span = candidate.span;
        let value = match rule.make {
            Make::Nothing => return None,
            Make::Reference => TimexValue::Reference(slots.reference()?),
            Make::Calendar if slots.has(Slot::DayShift) && self.published().is_none() => {
                make.unknown_unit(Unit::Day, slots.get(Slot::DayShift).unwrap_or(0))?
            }
            Make::Calendar => {
                let calendar = make.calendar()?;
                end = make.end_of_range(calendar);
                TimexValue::Date(calendar)
            }
            Make::Unit => make.unit()?,
            Make::Away => make.away()?,
            Make::Anaphor => match make.anaphor() {
                Some(value) => value,
                None => {
                    timex_type = TimexType::Duration;
                    span = self.without_last(candidate);
                    make.length()?
                }
            },
            Make::Length => {
                (begin, end) = make.ends_of_length();
                make.length()?
            }
            Make::Recurring => make.recurring()?,
        };
        let value = match (value, make.time_of_day()) {
            (TimexValue::Date(calendar), Some(time)) if timex_type != TimexType::Set => {
                timex_type = TimexType::Time;
                TimexValue::Time(calendar, time)
            }
            (value, _) => value,
        };
        Some(TimeExpr { span, timex_type, value, modifier: modifier(&slots, rule), begin, end, rule: candidate.rule })
    }
}

impl Resolver<'_> {
    /// The span without its last word: `three days` of `three days later`.
    fn without_last(&self, candidate: &Candidate) -> Span {
        let (from, to) = (candidate.tokens.0 as usize, candidate.tokens.1 as usize);
        if to > from + 1 { self.reading.span(from, to - 1) } else { candidate.span }
    }
}

/// The slots of the words, with those that the rule sets where the words say nothing.
fn filled(mut slots: Slots, rule: &Slots) -> Slots {
    for (_, slot) in Slot::NAMES {
        if let Some(value) = rule.get(slot)
            && !slots.has(slot)
        {
            slots.set(slot, value);
        }
    }
    slots
}

fn modifier(slots: &Slots, rule: &Rule) -> Option<TimexModifier> {
    slots.modifier().filter(|_| rule.make != Make::Reference)
}

/// One expression being resolved.
struct Making<'a> {
    resolver: &'a Resolver<'a>,
    candidate: &'a Candidate,
    slots: Slots,
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
    fn calendar(&self) -> Option<Calendar> {
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

    fn end_of_range(&self, calendar: Calendar) -> Option<TimexValue> {
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

    fn time_of_day(&self) -> Option<TimeOfDay> {
        let Some(hour) = self.slots.small(Slot::Hour) else {
            return self.slots.part().map(TimeOfDay::Part);
        };
        let afternoon = match (self.slots.get(Slot::Meridiem), self.slots.part()) {
            (Some(half), _) => Some(half == 12),
            (None, Some(part)) => {
                Some(part != super::value::DayPart::Morning && (hour > 4 || part == super::value::DayPart::Afternoon))
            }
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
    fn unit(&self) -> Option<TimexValue> {
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
    fn unknown_unit(&self, unit: Unit, shift: i16) -> Option<TimexValue> {
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
    fn away(&self) -> Option<TimexValue> {
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
    fn anaphor(&self) -> Option<TimexValue> {
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

    fn length(&self) -> Option<TimexValue> {
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
    fn ends_of_length(&self) -> (Option<TimexValue>, Option<TimexValue>) {
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

    fn recurring(&self) -> Option<TimexValue> {
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

/// Gives the first of two dates that are a range its end.
fn join_ranges(reading: &Reading<'_>, times: &mut [TimeExpr], tokens: &[(u32, u32)]) {
    for at in 1..times.len() {
        let dates = times[at].timex_type == TimexType::Date && times[at - 1].timex_type == TimexType::Date;
        if dates && times[at - 1].end.is_none() && joined(reading, tokens[at - 1], tokens[at]) {
            times[at - 1].end = Some(times[at].value);
        }
    }
}

/// Whether two expressions name dates by the same things.
fn alike(first: &Slots, second: &Slots) -> bool {
    [Slot::Weekday, Slot::Month, Slot::Day, Slot::Season, Slot::First, Slot::Ordinal]
        .into_iter()
        .all(|slot| first.has(slot) == second.has(slot))
}

/// Whether `to` or a dash stands between two expressions, or `and` after `between`: they are a range.
fn joined(reading: &Reading<'_>, before: (u32, u32), after: (u32, u32)) -> bool {
    if after.0.saturating_sub(before.1) != 1 {
        return false;
    }
    match reading.letters(before.1 as usize) {
        "to" | "-" | "–" | "—" | "through" | "until" | "till" => true,
        "and" => {
            let opener = before.0.checked_sub(1).map_or("", |at| reading.letters(at as usize));
            opener.eq_ignore_ascii_case("between")
        }
        _ => false,
    }
}
