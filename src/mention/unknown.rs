//! Names that no dictionary and no form tells: what the whole article shows of them decides.

use super::MentionRule;
use super::context::Context;
use super::found::{Found, Taken};
use super::names::NameRules;
use crate::gazetteer::EntityType;
use crate::reading::Reading;
use crate::token::WordId;
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
    /// The known company or product straight before it, a part of the name: `Acme` in `Acme Insider`.
    maker: Option<EntityType>,
}

/// Types runs of capitalised words by the cues beside all their occurrences. Headings tell nothing but are told.
pub(super) fn find_unknown_names(context: &Context<'_>, taken: &Taken, found: &[Found]) -> Vec<Found> {
    let reading = context.reading;
    let runs = collect_runs(context, taken, found);
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
    if let Some(maker) = run.maker {
        let listed = neighbours(context, run, found, taken, EntityType::Company) > 0;
        let head = (rules.company_heads.holds(last) || listed) && maker == EntityType::Company;
        let made = if head { EntityType::Company } else { EntityType::Product };
        return if entity_type == made { points + 2 } else { 0 };
    }
    let words = (run.first..run.end).filter(|i| !reading.tokens[*i].is_mark()).count();
    match entity_type {
        EntityType::Company => {
            if words >= 2 && rules.company_heads.holds(last) {
                points += 2;
            }
            // A list of companies makes its other members companies.
            points += neighbours(context, run, found, taken, EntityType::Company);
            if context.is_subject(run.end) && context.cues.of_word(reading.word(run.end)).is_verb() {
                points += 1;
            }
        }
        EntityType::Product => {
            // A word in capitals alone is more often a term than a product.
            if words == 1 && is_acronym(reading, run.first) {
                return 0;
            }
            let camel = (run.first..run.end).any(|i| reading.tokens[i].has_inner_upper());
            let versioned = reading.tokens[run.end - 1].has_digit();
            points += u32::from(camel) + u32::from(versioned) * 2;
            points += neighbours(context, run, found, taken, EntityType::Product);
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

/// `OCSP`, `SLAs`: capitals alone, with a plural's ending.
fn is_acronym(reading: &Reading<'_>, at: usize) -> bool {
    let letters = reading.tokens[at].stem(reading.text).of(reading.text);
    let stem = letters.strip_suffix('s').unwrap_or(letters);
    stem.len() > 1 && stem.chars().all(|c| c.is_uppercase())
}

/// One where a known name of the type stands beside the run in a list.
fn neighbours(context: &Context<'_>, run: Run, found: &[Found], taken: &Taken, entity_type: EntityType) -> u32 {
    let reading = context.reading;
    let is = |token: usize| {
        taken.at(token).and_then(|place| found.get(place)).is_some_and(|name| name.entity_type == entity_type)
    };
    let joint = |at: usize| reading.letters(at) == "," || context.rules.conjunctions.holds(reading.word(at));
    let before = run.first >= 2
        && joint(run.first - 1)
        && (is(run.first - 2) || run.first >= 3 && joint(run.first - 2) && is(run.first - 3));
    let after = joint(run.end) && (is(run.end + 1) || joint(run.end + 1) && is(run.end + 2));
    u32::from(before) + u32::from(after)
}

fn collect_runs(context: &Context<'_>, taken: &Taken, found: &[Found]) -> Vec<Run> {
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
            at = run_end(context, taken, first, range.end);
            let run = Run { first, end: at, maker: None };
            if may_be_name(context, taken, run) {
                runs.push(with_maker(context, taken, found, run, range.start));
            }
        }
    }
    runs
}

fn run_end(context: &Context<'_>, taken: &Taken, first: usize, to: usize) -> usize {
    let reading = context.reading;
    let mut end = first + 1;
    while end < to && end - first < LONGEST_RUN && !reading.tokens[end - 1].is_possessive() {
        let joint = matches!(reading.letters(end), "-" | "&");
        if is_version(reading, taken, end) {
            return end + 1;
        } else if continues_run(context, taken, end) {
            end += 1;
        } else if joint
            && end + 1 < to
            && continues_run(context, taken, end + 1)
            && reading.tokens[end].is_spaced() == reading.tokens[end + 1].is_spaced()
        {
            end += 2;
        } else {
            break;
        }
    }
    end
}

/// Whether a run can be a name at all: no place, event or address, and capitalised for more than its place.
fn may_be_name(context: &Context<'_>, taken: &Taken, run: Run) -> bool {
    let reading = context.reading;
    let rules = context.rules;
    let Run { first, end, .. } = run;
    let last = reading.word(end - 1);
    let place = rules.places.holds(reading.word(first)) && end == first + 1
        || rules.place_heads.holds(last)
        || reading
            .hits_at(first)
            .iter()
            .any(|hit| rules.place_phrases.get(hit.phrase).is_some() && (hit.first + hit.len) as usize >= end);
    // A single word at a sentence's beginning is capitalised for its place, unless its shape is a name's.
    let token = reading.tokens[first];
    let shaped = token.has_inner_upper() || token.is_caps() || token.has_digit();
    let words = (first..end).filter(|i| reading.tokens[*i].is_word()).count();
    let bare = context.begins_sentence(first) && words == 1 && !shaped && is_ordinary(rules, reading.word(first));
    // What hangs on something before it is only a part of a word: `S&P 500`, `.NET`.
    let hangs = first > 0
        && !token.is_spaced()
        && !matches!(reading.letters(first - 1), "(" | "\"" | "“" | "‘" | "'" | "[" | "/");
    let part = taken.holds(end) && reading.tokens.get(end).is_some_and(|next| !next.is_spaced());
    !place && !bare && !hangs && !part && !rules.event_heads.holds(last)
}

/// Whether a word by itself is more likely none of the names that nobody knows.
fn is_ordinary(rules: &NameRules, word: WordId) -> bool {
    word.is_known()
        && (rules.common.holds(word)
            || rules.given(word).is_some()
            || rules.verbs.holds(word)
            || rules.not_names.holds(word))
}

/// A known company or product straight before a run belongs to its name.
fn with_maker(context: &Context<'_>, taken: &Taken, found: &[Found], run: Run, sentence: usize) -> Run {
    let reading = context.reading;
    let before = run.first.checked_sub(1).and_then(|at| taken.at(at)).and_then(|place| found.get(place));
    let joins = |name: &Found| {
        matches!(name.entity_type, EntityType::Company | EntityType::Product)
            && name.first >= sentence
            && !reading.tokens[name.end - 1].is_possessive()
            && reading.tokens[run.first].is_spaced()
            && !context.in_heading(run.first)
    };
    match before.filter(|name| joins(name)) {
        Some(name) => Run { first: name.first, maker: Some(name.entity_type), ..run },
        None => run,
    }
}

/// A version number or one of a series, at the end of a name.
fn is_version(reading: &Reading<'_>, taken: &Taken, at: usize) -> bool {
    let token = reading.tokens[at];
    let ends = reading.tokens.get(at + 1).is_none_or(|next| {
        next.is_mark() && !matches!(reading.letters(at + 1), "%" | "$" | "/" | "-")
            || next.is_word() && next.is_capitalized()
    });
    token.is_number() && token.is_spaced() && token.span.len() <= 4 && !taken.holds(at) && ends
}

fn is_name_word(context: &Context<'_>, taken: &Taken, at: usize) -> bool {
    let reading = context.reading;
    let rules = context.rules;
    let token = reading.tokens[at];
    let word = reading.word(at);
    // `ACME.O` in brackets is a stock exchange's symbol.
    let symbol = token.is_caps() && reading.letters(at).contains('.');
    !taken.holds(at)
        && token.is_word()
        && !symbol
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
}
