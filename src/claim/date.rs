//! When it happened: the date of the claim's own clause, of the sentence's opening, of the passage.

use super::find::ClaimInput;
use super::inflect::Forms;
use super::roles::Scene;
use super::rules::class;
use super::units::Tag;
use super::{Claim, ClaimRules, ClaimTime, DateFrom, DateOf, Modality};
use crate::cue::CueClass;
use crate::mention::EntityId;
use crate::sentence::Sentence;
use crate::timex::{Granularity, TimeExpr, TimexType, TimexValue};

/// Where a claim's trigger stands among the units of its sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Where its outermost verb group begins.
    pub start: usize,
    /// The trigger.
    pub first: usize,
    pub end: usize,
    /// Its clause.
    pub region: (usize, usize),
    /// The phrase of a nominal trigger.
    pub phrase: Option<(usize, usize)>,
    pub announced: bool,
    /// Whether its verb is in the perfect: `has risen`.
    pub perfect: bool,
    /// Whether it is negated: what does not happen until a day happens then.
    pub negative: bool,
    /// Whether it tells of a period to come.
    pub ahead: bool,
    /// Where its subject begins.
    pub subject: Option<usize>,
}

/// A claim with what its date hangs on.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub claim: Claim,
    /// Whether it tells of shares.
    pub stock: bool,
    /// Whether it takes no date from the passage: it is told of now, or of all the time up to now.
    pub settled: bool,
}

/// The dates that a passage has given once, for the claims that share them.
#[derive(Clone, Debug, Default)]
pub(super) struct Passage {
    /// The day of trading.
    session: Option<ClaimTime>,
    /// The period reported on.
    period: Option<ClaimTime>,
    /// The period looked forward to.
    ahead: Option<ClaimTime>,
    /// The date that opened a sentence of a paragraph, and those it was told of.
    opening: Option<(u32, ClaimTime, Vec<EntityId>)>,
    /// How many sentences have gone by.
    sentences: u32,
}

/// A quarter is reported on so many days after its beginning.
const REPORTED: i32 = 60;
/// The day of trading may be told in one of so many sentences at the beginning.
const LEAD: u32 = 3;

impl Passage {
    /// Gives the claims of a sentence that lack a date the one of the passage, and notes those that it gives.
    pub fn carry(&mut self, input: &ClaimInput<'_, '_>, sentence: &Sentence, rules: &ClaimRules, found: &mut [Found]) {
        self.sentences += 1;
        if self.sentences <= LEAD && self.session.is_none() {
            self.session = lead_day(input, sentence, rules);
        }
        for found in found.iter() {
            let Some(time) = found.claim.time.filter(|time| time.from == DateFrom::Sentence && time.until.is_none())
            else {
                continue;
            };
            let Some(calendar) =
                time.value.and_then(|value| value.calendar()).filter(|calendar| calendar.year().is_some())
            else {
                continue;
            };
            let period = rules.kinds[found.claim.kind.0 as usize].period;
            match calendar.granularity() {
                Granularity::Day if found.stock && later(time, self.session) => self.session = Some(time),
                Granularity::Quarter
                    if period && found.claim.modality == Modality::Asserted && is_over(input, time) =>
                {
                    self.period = Some(time);
                }
                Granularity::Quarter if period => self.ahead = Some(time),
                _ => {}
            }
        }
        self.carry_opening(sentence, rules, found);
        for found in found.iter_mut() {
            if found.claim.time.is_some() || found.settled || !rules.kinds[found.claim.kind.0 as usize].period {
                continue;
            }
            let asserted = found.claim.modality == Modality::Asserted;
            let carried = match (found.stock, asserted) {
                (true, true) => self.session,
                (true, false) => None,
                (false, true) => self.period,
                (false, false) => self.ahead,
            };
            let carried = carried.filter(|_| found.claim.amount.is_some());
            found.claim.time = carried.map(|time| ClaimTime { from: DateFrom::Passage, ..time });
        }
    }
}

impl Passage {
    /// Gives the date that opened a sentence to the claims behind it in its paragraph that are of the same parties:
    /// `In May, Foo launched Bar. Bar runs …`.
    fn carry_opening(&mut self, sentence: &Sentence, rules: &ClaimRules, found: &mut [Found]) {
        let shares = |known: &[EntityId], claim: &Claim| entities(claim).any(|entity| known.contains(&entity));
        for found in found.iter_mut().filter(|found| !rules.kinds[found.claim.kind.0 as usize].period) {
            let claim = &mut found.claim;
            match (&mut self.opening, claim.time) {
                (Some((paragraph, time, known)), None)
                    if *paragraph == sentence.paragraph
                        && !found.settled
                        && !claim.negative
                        && claim.modality == Modality::Asserted
                        && shares(known, claim) =>
                {
                    claim.time = Some(ClaimTime { from: DateFrom::Passage, ..*time });
                    known.extend(entities(claim));
                }
                (opening, Some(time)) if time.from == DateFrom::Sentence => {
                    let before = time.text.start() < claim.trigger.start() && time.of == DateOf::Event;
                    let opens = before && time.edtf().is_some() && time.until != Some(None);
                    *opening = opens.then(|| (sentence.paragraph, time, entities(claim).collect()));
                }
                _ => {}
            }
        }
    }
}

/// The parties of a claim that are mentions.
fn entities(claim: &Claim) -> impl Iterator<Item = EntityId> {
    claim.subject.iter().chain(&claim.object).filter_map(|party| party.entity)
}

/// Whether a time begins after another, where there is one.
fn later(time: ClaimTime, other: Option<ClaimTime>) -> bool {
    let day = |time: ClaimTime| time.value.and_then(|value| value.calendar()).and_then(|calendar| calendar.first_day());
    other.is_none_or(|other| day(time) > day(other))
}

/// Whether a period can have been reported on at publication: it began long enough before.
fn is_over(input: &ClaimInput<'_, '_>, time: ClaimTime) -> bool {
    let first = time.value.and_then(|value| value.calendar()).and_then(|calendar| calendar.first_day());
    let (Some(first), Some(published)) = (first, input.reading.published) else { return true };
    first.until(published).is_ok_and(|span| span.get_days() >= REPORTED)
}

/// A day of the week before publication that a sentence of shares names.
fn lead_day(input: &ClaimInput<'_, '_>, sentence: &Sentence, rules: &ClaimRules) -> Option<ClaimTime> {
    let published = input.reading.published?;
    let of_stock = |at| rules.word(input.reading.word(at)).is_some_and(|entry| entry.classes & class::STOCK != 0);
    if !sentence.range().any(of_stock) {
        return None;
    }
    let from = input.times.partition_point(|time| time.span.start() < sentence.span.start());
    let inside = input.times[from..].iter().enumerate().take_while(|(_, time)| time.span.end() <= sentence.span.end());
    for (index, time) in inside {
        let Some(calendar) = time.value.calendar().filter(|calendar| calendar.granularity() == Granularity::Day) else {
            continue;
        };
        let Some(day) = calendar.first_day() else { continue };
        let before = day.until(published).map_or(i32::MAX, |span| span.get_days());
        if (0..=4).contains(&before) && time.timex_type == TimexType::Date {
            let value = Some(time.value.date_only());
            return Some(ClaimTime {
                text: time.span,
                time: Some((from + index) as u32),
                value,
                until: None,
                from: DateFrom::Sentence,
                of: DateOf::Event,
            });
        }
    }
    None
}

/// The date of a claim, from its sentence.
pub(super) fn claim_time(
    scene: &Scene<'_, '_, '_>,
    input: &ClaimInput<'_, '_>,
    period: bool,
    place: &Place,
) -> Option<ClaimTime> {
    let dates = Dates { scene, input };
    if place.perfect
        && let Some(since) = dates.since(place)
    {
        return Some(since);
    }
    let inside = place.phrase.and_then(|(first, end)| dates.nearest(dates.joined(first)..end, place.first));
    let of = if place.announced { DateOf::Announcement } else { DateOf::Event };
    if let Some(own) = inside.or_else(|| dates.of_clause(place, period)) {
        return dates.time(own, of, place);
    }
    if period && let Some(opening) = dates.of_period_ahead() {
        return dates.time(opening, of, place);
    }
    if let Some(main) = dates.of_main(place).filter(|_| !period) {
        return dates.time(main, of, place);
    }
    if let Some(announced) = dates.of_announcement(place) {
        return dates.time(announced, DateOf::Announcement, place);
    }
    if period && let Some(year) = dates.of_full_year(place) {
        return Some(year);
    }
    dates.time(dates.of_opening(place)?, of, place)
}

/// How far a look for `since` and its date goes, in units.
const SINCE_REACH: usize = 14;

/// How far the period of what is expected stands behind the verb, in units.
const AHEAD: usize = 24;

struct Dates<'a, 'b, 'u, 't> {
    scene: &'a Scene<'b, 'u, 't>,
    input: &'a ClaimInput<'a, 't>,
}

impl Dates<'_, '_, '_, '_> {
    fn expr(&self, at: usize) -> Option<&TimeExpr> {
        let unit = self.scene.clause.units.get(at).filter(|unit| unit.tag == Tag::Time)?;
        self.input.times.get(unit.index as usize)
    }

    /// Where the phrases begin that are joined to the one at `first`: `its 2007 sales and earnings outlook`.
    fn joined(&self, first: usize) -> usize {
        let clause = self.scene.clause;
        let joint = first.checked_sub(2).filter(|_| clause.tag(first - 1) == Some(Tag::Coordinator));
        joint.and_then(|last| clause.phrase_ending(last)).map_or(first, |phrase| phrase.first)
    }

    /// Whether the unit at `at` is a date, not a length or a set.
    fn is_date(&self, at: usize) -> bool {
        let owner = self.scene.clause.units.get(at).is_some_and(|unit| unit.possessive);
        self.expr(at).is_some_and(|time| match time.timex_type {
            TimexType::Date | TimexType::Time => true,
            TimexType::Duration => time.begin.is_some() && !owner,
            TimexType::Set => false,
        })
    }

    /// Whether a date is what a figure is compared with: `a year earlier`.
    fn is_comparison(&self, at: usize) -> bool {
        let unit = &self.scene.clause.units[at];
        let reading = self.scene.layers.reading;
        (unit.first..unit.end).any(|token| {
            self.scene.layers.rules.word(reading.word(token)).is_some_and(|entry| entry.classes & class::AGAINST != 0)
        })
    }

    fn is_known(&self, at: usize) -> bool {
        self.expr(at).is_some_and(|time| time.value.edtf().is_some() || time.begin.is_some())
    }

    /// The date nearest to `from` among some units: one on the calendar before one that is not.
    fn nearest(&self, units: std::ops::Range<usize>, from: usize) -> Option<usize> {
        let dates = || units.clone().filter(|at| self.is_date(*at));
        let near = |at: &usize| at.abs_diff(from);
        dates().filter(|at| self.is_known(*at)).min_by_key(near).or_else(|| dates().min_by_key(near))
    }

    /// The date of what a figure has moved since: `has risen since it hit a low in November`.
    fn since(&self, place: &Place) -> Option<ClaimTime> {
        let clause = self.scene.clause;
        let ends = |at: usize| matches!(clause.tag(at), None | Some(Tag::Stop | Tag::Comma));
        let behind = (place.end..place.end + SINCE_REACH).take_while(|at| !ends(*at));
        let opening = (clause.is(0, class::SINCE)).then_some(0);
        let since = opening.into_iter().chain(behind).find(|at| clause.is(*at, class::SINCE))?;
        let date = (since + 1..since + SINCE_REACH)
            .take_while(|at| !ends(*at))
            .find(|at| self.is_known(*at) && self.is_date(*at))?;
        let time = self.time(date, DateOf::Event, place)?;
        Some(ClaimTime { until: Some(None), ..time })
    }

    /// The date of the clause that a participle goes on from: `It grew last month, opening two offices.`
    fn of_main(&self, place: &Place) -> Option<usize> {
        let clause = self.scene.clause;
        let comma = place.start.checked_sub(1).filter(|before| clause.tag(*before) == Some(Tag::Comma))?;
        let verb = clause.units.get(place.first).filter(|unit| unit.tag == Tag::Verb && unit.form.has(Forms::ING));
        verb.filter(|_| place.first == place.start)?;
        let ends = |at: &usize| {
            matches!(clause.tag(*at), Some(Tag::Stop | Tag::Relative | Tag::Subordinator | Tag::Dash | Tag::Verb))
        };
        (0..comma).rev().take_while(|at| !ends(at)).find(|at| self.is_date(*at) && self.is_known(*at))
    }

    /// The period that opens the sentence: `For the third quarter, Foo said it expects …`.
    fn of_period_ahead(&self) -> Option<usize> {
        let clause = self.scene.clause;
        let first = (0..clause.units.len().min(3)).find(|at| self.is_date(*at))?;
        let long = self.expr(first)?.value.calendar().is_some_and(|calendar| {
            matches!(calendar.granularity(), Granularity::Quarter | Granularity::Half | Granularity::Year)
        });
        let opens = (0..first).all(|at| matches!(clause.tag(at), Some(Tag::Preposition | Tag::Determiner)));
        (long && opens && clause.tag(first + 1) == Some(Tag::Comma)).then_some(first)
    }

    /// The date in the trigger's clause: behind it, else before it.
    fn of_clause(&self, place: &Place, period: bool) -> Option<usize> {
        let clause = self.scene.clause;
        let (start, end) = place.region;
        let mut limit = self.end_of_clause(place.end, end, place.phrase.is_some());
        if place.ahead {
            let far = clause.units.len().min(place.end + AHEAD);
            let stops = |at: &usize| matches!(clause.tag(*at), Some(Tag::Stop | Tag::Dash));
            limit = limit.max((place.end..far).find(stops).unwrap_or(far));
        }
        if period && let Some(other) = (place.end..limit).find(|at| clause.is(*at, class::COMPARING)) {
            limit = other;
        }
        let behind = self.behind(place.end, limit).filter(|at| !period || !self.is_comparison(*at));
        let before = (start..place.start).rev().filter(|at| {
            self.is_date(*at) && !self.is_of_report(*at, start, place) && !(period && self.is_comparison(*at))
        });
        let mut before: Vec<usize> = before.collect();
        before.sort_by_key(|at| !self.is_known(*at));
        if period {
            // The period of a figure often stands before its name: `second-quarter revenue`.
            let modifier =
                before.iter().copied().find(|at| clause.tag(at + 1).is_some_and(Tag::is_nominal) && self.is_known(*at));
            if modifier.is_some() {
                return modifier;
            }
        }
        let known = behind.filter(|at| self.is_known(*at));
        known
            .or_else(|| before.first().copied().filter(|at| self.is_known(*at)))
            .or(behind)
            .or_else(|| before.first().copied())
    }

    /// Where the trigger's clause ends: before the next verb, pronoun or stop. What follows `as` may belong to it.
    fn end_of_clause(&self, from: usize, end: usize, nominal: bool) -> usize {
        let clause = self.scene.clause;
        let mut at = end.max(from);
        // `The purchase of Foo closed on Monday`: the verb is the noun's own.
        if nominal && clause.tag(at) == Some(Tag::Verb) && clause.is(at, class::SUPPORT) {
            at += 1;
        }
        while let Some(unit) = clause.units.get(at) {
            match unit.tag {
                Tag::Verb if unit.is(class::NAMING) => {}
                Tag::Verb | Tag::Auxiliary | Tag::Relative | Tag::Stop | Tag::Dash | Tag::Pronoun => break,
                Tag::Preposition if unit.is(class::SINCE) && clause.tag(at + 1) != Some(Tag::Time) => break,
                Tag::Subordinator if !(unit.is(class::AS) && clause.tag(at + 1).is_some_and(Tag::begins_phrase)) => {
                    break;
                }
                Tag::Coordinator
                    if !matches!(clause.tag(at + 1), Some(Tag::Time))
                        && clause.units[at..clause.units.len().min(at + 8)]
                            .iter()
                            .any(|unit| unit.tag == Tag::Verb) =>
                {
                    break;
                }
                _ => {}
            }
            at += 1;
        }
        // A subject of the next clause may stand before its verb.
        if matches!(clause.tag(at), Some(Tag::Verb | Tag::Auxiliary)) {
            let comma = (from..at).rev().find(|i| matches!(clause.units[*i].tag, Tag::Comma | Tag::Subordinator));
            return comma.filter(|comma| *comma >= end.min(at)).unwrap_or(at).max(end);
        }
        at
    }

    /// The date of the announcing verb that governs the clause: `announced today that Foo has joined`.
    fn of_announcement(&self, place: &Place) -> Option<usize> {
        let clause = self.scene.clause;
        let start = place.region.0;
        let verb = (start.saturating_sub(4)..start).rev().find(|at| clause.units[*at].tag == Tag::Verb)?;
        if !clause.is(verb, class::ANNOUNCE) {
            return None;
        }
        let close = clause.units[verb + 1..start]
            .iter()
            .all(|unit| matches!(unit.tag, Tag::Subordinator | Tag::Time | Tag::Preposition | Tag::Adverb));
        if !close {
            return None;
        }
        let group = clause.group_start(verb);
        let near = (group.saturating_sub(2)..start).filter(|at| self.is_date(*at));
        near.into_iter().find(|at| self.is_known(*at))
    }

    /// `its full-year forecast`: the year of publication.
    fn of_full_year(&self, place: &Place) -> Option<ClaimTime> {
        let clause = self.scene.clause;
        let (start, end) = place.region;
        let rules = self.scene.layers.rules;
        let full = |at: usize| {
            let entry = rules.word(self.input.reading.word(at));
            entry.is_some_and(|entry| entry.classes & class::FULL_YEAR != 0)
        };
        let unit = clause
            .units
            .get(start..end)?
            .iter()
            .find(|unit| unit.is(class::FULL_YEAR) || (unit.first..unit.end).any(full))?;
        let year = self.input.reading.published?.year();
        let value = TimexValue::Date(crate::timex::Calendar::Year(Some(year)));
        let text = self.input.reading.span(unit.first, unit.end);
        Some(ClaimTime {
            text,
            time: None,
            value: Some(value),
            until: None,
            from: DateFrom::Document,
            of: DateOf::Event,
        })
    }

    /// The first date behind the trigger, up to the next one's own words.
    fn behind(&self, from: usize, end: usize) -> Option<usize> {
        let clause = self.scene.clause;
        let mut vague = None;
        for at in from..end.max(from) {
            if clause.tag(at) == Some(Tag::Time) && self.is_date(at) {
                // `compared with 2009`, `up from 2010`: what it is set against.
                let against = at.checked_sub(1).is_some_and(|before| {
                    clause.is(before, class::AGAINST)
                        || at >= 2 && clause.tag(before) == Some(Tag::Determiner) && clause.is(at - 2, class::AGAINST)
                });
                if against {
                    continue;
                }
                if self.is_known(at) {
                    return Some(at);
                }
                vague = vague.or(Some(at));
            }
        }
        vague
    }

    /// Whether a date belongs to the reporting verb before the clause: `said on Monday it …`.
    fn is_of_report(&self, at: usize, start: usize, place: &Place) -> bool {
        let clause = self.scene.clause;
        let Some(verb) = start.checked_sub(1) else { return false };
        let unit = &clause.units[verb];
        let says = unit.tag == Tag::Verb
            && self.input.cues.of_word(unit.word).holds(CueClass::Say)
            && !unit.is(class::ANNOUNCE);
        let modifier = clause.tag(at + 1).is_some_and(Tag::is_nominal);
        says && !modifier && !clause.units[start..at].iter().any(|unit| unit.tag.begins_phrase()) && at < place.start
    }

    /// The date that opens the sentence, where the trigger stands in its main clause or is announced in it.
    fn of_opening(&self, place: &Place) -> Option<usize> {
        let clause = self.scene.clause;
        let first = (0..clause.units.len().min(5)).find(|at| self.is_date(*at))?;
        let plain = clause.units[..first].iter().all(|unit| {
            matches!(
                unit.tag,
                Tag::Preposition
                    | Tag::Determiner
                    | Tag::Adverb
                    | Tag::Coordinator
                    | Tag::Time
                    | Tag::Comma
                    | Tag::Noun
            )
        });
        if !plain || first >= place.start {
            return None;
        }
        // `April 2: …`
        if clause.tag(first + 1) == Some(Tag::Stop) {
            return Some(first);
        }
        // Under a reporting verb the opening date is that of the report.
        let clear = place.region.0.min(place.subject.unwrap_or(usize::MAX)).min(clause.units.len());
        for at in first..clear {
            let unit = &clause.units[at];
            if unit.tag == Tag::Verb
                && self.input.cues.of_word(unit.word).holds(CueClass::Say)
                && !unit.is(class::ANNOUNCE)
            {
                return None;
            }
            if matches!(unit.tag, Tag::Subordinator | Tag::Relative) && !clause.is(at, class::THING) {
                let announced =
                    clause.units[first..at].iter().any(|unit| unit.tag == Tag::Verb && unit.is(class::ANNOUNCE));
                if !announced {
                    return None;
                }
            }
        }
        Some(first)
    }

    /// The claim's time from the date at `at`: an interval behind `since`, `until`, or where two dates are joined.
    fn time(&self, at: usize, of: DateOf, place: &Place) -> Option<ClaimTime> {
        let clause = self.scene.clause;
        let expr = self.expr(at)?;
        let index = clause.units[at].index;
        let known = |value: TimexValue| value.edtf().map(|_| value.date_only());
        let before = at
            .checked_sub(1)
            .filter(|before| matches!(clause.units[*before].tag, Tag::Subordinator | Tag::Preposition));
        let mut text = expr.span;
        let mut value = known(expr.value);
        let mut until = expr.end.and_then(known).map(Some);
        if let Some(begin) = expr.begin.and_then(known) {
            value = Some(begin);
        } else if expr.timex_type == TimexType::Duration {
            value = None;
            until = None;
        }
        if before.is_some_and(|before| clause.is(before, class::SINCE)) && value.is_some() && until.is_none() {
            until = Some(None);
        } else if before.is_some_and(|before| clause.is(before, class::UNTIL)) && until.is_none() && !place.negative {
            until = value.map(Some);
            value = None;
        } else if before.is_some_and(|before| clause.is(before, class::BEFORE)) {
            value = None;
            until = None;
        } else if until.is_none()
            && clause.tag(at + 1) == Some(Tag::Coordinator)
            && let Some(second) = self.expr(at + 2)
            && let (Some(_), Some(last)) = (value, known(second.value))
        {
            until = Some(Some(last));
            text = text.join(second.span);
        }
        Some(ClaimTime { text, time: Some(index), value, until, from: DateFrom::Sentence, of })
    }
}
