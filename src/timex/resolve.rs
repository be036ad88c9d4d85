//! Gives time expressions their values: by the publication date, tense, heading and the dates before.

use super::calendar::{Calendar, Granularity};
use super::making::Making;
use super::rules::{Make, Rule};
use super::slots::{Slot, Slots};
use super::value::{Length, TimexModifier, TimexType, TimexValue, Unit};
use super::{Candidate, TimeExpr, TimexRules};
use crate::reading::Reading;
use crate::span::Span;
use crate::structure::ParagraphKind;
use crate::token::WordId;
use jiff::civil::Date;

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
                if alike(&last_slots, &candidate.slots)
                    && (joined(reading, rules, last_tokens, candidate.tokens)
                        || (last_slots.has(Slot::Month) && listed(reading, rules, last_tokens, candidate.tokens))) =>
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
    join_ranges(reading, rules, &mut times, &tokens);
    times
}

/// What is known where the resolver has come to.
pub(super) struct Resolver<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) rules: &'a TimexRules,
    pub(super) paragraph: usize,
    article: Option<u32>,
    /// The year that a heading gives to what stands under it.
    pub(super) section_year: Option<i16>,
    /// The last date on the calendar, and the last day.
    pub(super) last: Option<Calendar>,
    pub(super) last_day: Option<Date>,
    /// Where the range begins that the expression ends.
    pub(super) range_from: Option<Date>,
    /// The last quarter, and its paragraph.
    pub(super) last_quarter: Option<(Calendar, usize)>,
}

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

    pub(super) fn published(&self) -> Option<Date> {
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
                None if candidate.slots.has(Slot::Direction) => {
                    timex_type = TimexType::Duration;
                    span = self.without_last(candidate);
                    make.length()?
                }
                None => make.side()?,
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

/// Gives the first of two dates that are a range its end.
fn join_ranges(reading: &Reading<'_>, rules: &TimexRules, times: &mut [TimeExpr], tokens: &[(u32, u32)]) {
    for at in 1..times.len() {
        let dates = times[at].timex_type == TimexType::Date && times[at - 1].timex_type == TimexType::Date;
        if dates && times[at - 1].end.is_none() && joined(reading, rules, tokens[at - 1], tokens[at]) {
            times[at - 1].end = Some(times[at].value);
        }
    }
}

/// Whether only `and` or `or` stands between two expressions: the second follows the first (`April or May`).
fn listed(reading: &Reading<'_>, rules: &TimexRules, before: (u32, u32), after: (u32, u32)) -> bool {
    after.0.saturating_sub(before.1) == 1 && rules.lists.clause.holds(reading.word(before.1 as usize))
}

/// Whether two expressions name dates by the same things.
fn alike(first: &Slots, second: &Slots) -> bool {
    [Slot::Weekday, Slot::Month, Slot::Day, Slot::Season, Slot::First, Slot::Ordinal]
        .into_iter()
        .all(|slot| first.has(slot) == second.has(slot))
}

/// Whether `to` or a dash stands between two expressions, or `and` after `between`: they are a range.
fn joined(reading: &Reading<'_>, rules: &TimexRules, before: (u32, u32), after: (u32, u32)) -> bool {
    if after.0.saturating_sub(before.1) != 1 {
        return false;
    }
    let joint = reading.word(before.1 as usize);
    let opener = before.0.checked_sub(1).map_or(WordId::UNKNOWN, |at| reading.word(at as usize));
    rules.lists.to.holds(joint) || (rules.lists.and.holds(joint) && rules.lists.between.holds(opener))
}
