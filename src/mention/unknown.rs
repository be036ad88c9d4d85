//! Names that no dictionary and no form tells: what the whole article shows of them decides.

use super::MentionRule;
use super::context::Context;
use super::found::{Found, Taken};
use crate::gazetteer::EntityType;
use std::collections::BTreeMap;

/// A run of capitalised words has at most so many tokens.
const LONGEST_RUN: usize = 6;
/// Points that a type needs.
const ENOUGH: u32 = 2;

/// A run of capitalised words that nobody knows.
#[derive(Clone, Copy, Debug)]
struct Run {
    first: usize,
    end: usize,
}

/// Types runs of capitalised words by the cues beside all their occurrences. Headings tell nothing but are told.
pub(super) fn find_unknown_names(context: &Context<'_>, taken: &Taken, found: &[Found]) -> Vec<Found> {
    let reading = context.reading;
    let runs = collect_runs(context, taken);
    let mut votes: BTreeMap<&str, [u32; 4]> = BTreeMap::new();
    for run in &runs {
        if context.in_heading(run.first) {
            continue;
        }
        let name = super::found::name_span(reading, run.first, run.end).of(reading.text);
        let tally = votes.entry(name).or_default();
        for entity_type in EntityType::ALL {
            tally[entity_type as usize] += points(context, *run, entity_type, found, taken);
        }
    }
    runs.iter()
        .filter_map(|run| {
            let name = super::found::name_span(reading, run.first, run.end).of(reading.text);
            let tally = votes.get(name)?;
            let best = EntityType::ALL.into_iter().max_by_key(|t| (tally[*t as usize], usize::MAX - *t as usize))?;
            (tally[best as usize] >= ENOUGH).then(|| Found::new(reading, run.first, run.end, best, MentionRule::Cue))
        })
        .collect()
}

/// What stands beside one occurrence, in points for a type: two for a clear cue, one for a faint one.
fn points(context: &Context<'_>, run: Run, entity_type: EntityType, found: &[Found], taken: &Taken) -> u32 {
    let reading = context.reading;
    let rules = context.rules;
    let last = reading.word(run.end - 1);
    let mut points = 2 * context.cue_strength(run.first, run.end, entity_type);
    let words = (run.first..run.end).filter(|i| !reading.tokens[*i].is_mark()).count();
    match entity_type {
        EntityType::Company => {
            if words >= 2 && rules.company_heads.holds(last) {
                points += 2;
            }
            // A list of companies makes its other members companies.
            points += neighbours(reading, run, found, taken, EntityType::Company);
            if context.is_subject(run.end) && context.cues.of_word(reading.word(run.end)).is_verb() {
                points += 1;
            }
        }
        EntityType::Product => {
            let camel = (run.first..run.end).any(|i| reading.tokens[i].has_inner_upper());
            let versioned = reading.tokens[run.end - 1].has_digit();
            points += u32::from(camel) + u32::from(versioned) * 2;
            points += neighbours(reading, run, found, taken, EntityType::Product);
            // `Acme's Thicket`, `Acme Thicket`: a maker before it.
            let maker = run.first > 0
                && taken
                    .at(run.first - 1)
                    .and_then(|place| found.get(place))
                    .is_some_and(|name| name.entity_type == EntityType::Company);
            if maker {
                points += 2;
            }
        }
        EntityType::Person => {
            if words != 2 || !(run.first..run.end).all(|i| reading.tokens[i].is_word() && !reading.tokens[i].is_caps())
            {
                points = 0;
            }
        }
        EntityType::Organization => {}
    }
    points
}

/// One where a known name of the type stands beside the run in a list.
fn neighbours(
    reading: &crate::reading::Reading<'_>,
    run: Run,
    found: &[Found],
    taken: &Taken,
    entity_type: EntityType,
) -> u32 {
    let is = |token: usize| {
        taken.at(token).and_then(|place| found.get(place)).is_some_and(|name| name.entity_type == entity_type)
    };
    let joint = |at: usize| matches!(reading.letters(at), "," | "and" | "or" | "&");
    let before = run.first >= 2
        && joint(run.first - 1)
        && (is(run.first - 2) || run.first >= 3 && joint(run.first - 2) && is(run.first - 3));
    let after = joint(run.end) && (is(run.end + 1) || joint(run.end + 1) && is(run.end + 2));
    u32::from(before) + u32::from(after)
}

fn collect_runs(context: &Context<'_>, taken: &Taken) -> Vec<Run> {
    let reading = context.reading;
    let mut runs = Vec::new();
    for sentence in &reading.sentences {
        let range = sentence.range();
        let mut at = range.start;
        while at < range.end {
            if !begins_run(context, taken, at) {
                at += 1;
                continue;
            }
            let first = at;
            let mut end = at + 1;
            while end < range.end && end - first < LONGEST_RUN && !reading.tokens[end - 1].is_possessive() {
                if continues_run(context, taken, end) {
                    end += 1;
                } else if matches!(reading.letters(end), "-" | "&")
                    && end + 1 < range.end
                    && continues_run(context, taken, end + 1)
                    && reading.tokens[end].is_spaced() == reading.tokens[end + 1].is_spaced()
                {
                    end += 2;
                } else {
                    break;
                }
            }
            let place = context.rules.places.holds(reading.word(first)) && end == first + 1;
            let whole_place = reading.hits_at(first).iter().any(|hit| {
                context.rules.place_phrases.get(hit.phrase).is_some() && (hit.first + hit.len) as usize >= end
            });
            // A single word at a sentence's beginning is capitalised for its place, unless its shape is a name's.
            let shaped = reading.tokens[first].has_inner_upper()
                || reading.tokens[first].is_caps()
                || reading.tokens[first].has_digit();
            let bare = context.begins_sentence(first) && end == first + 1 && !shaped;
            if !place && !whole_place && !bare {
                runs.push(Run { first, end });
            }
            at = end;
        }
    }
    runs
}

fn is_name_word(context: &Context<'_>, taken: &Taken, at: usize) -> bool {
    let reading = context.reading;
    let rules = context.rules;
    let token = reading.tokens[at];
    let word = reading.word(at);
    !taken.holds(at)
        && token.is_word()
        && (token.is_capitalized() || token.has_inner_upper())
        && !rules.demonyms.holds(word)
        && !rules.not_names.holds(word)
        && !(rules.roles.holds(word) || rules.titles.get(word).is_some())
}

fn begins_run(context: &Context<'_>, taken: &Taken, at: usize) -> bool {
    is_name_word(context, taken, at) && !context.rules.starters.holds(context.reading.word(at))
}

fn continues_run(context: &Context<'_>, taken: &Taken, at: usize) -> bool {
    let token = context.reading.tokens[at];
    token.is_spaced() == !matches!(context.reading.letters(at - 1), "-")
        && is_name_word(context, taken, at)
        && !context.rules.starters.holds(context.reading.word(at))
        || token.is_number() && token.is_spaced() && token.span.len() <= 4 && !taken.holds(at)
}
