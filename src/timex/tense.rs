//! Whether the clause around an expression speaks of the past or of what is to come.

use super::rules::TimexRules;
use crate::reading::Reading;
use crate::token::WordId;

/// What the nearest verb tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tense {
    /// It has happened.
    Past,
    /// It is to come.
    Future,
    /// `would`, `could`: to come, or to come from a time that is over.
    Weak,
    /// Nothing tells.
    Unknown,
}

/// How many tokens to look left, and right.
const LEFT: usize = 40;
const RIGHT: usize = 25;

/// The tense at the tokens `from..to`: of the nearest telling word before them in the sentence, else behind them.
pub(super) fn tense(reading: &Reading<'_>, rules: &TimexRules, from: usize, to: usize) -> Tense {
    let Some(first) = reading.tokens.get(from) else { return Tense::Unknown };
    // `by Friday` is to come, unless it had come.
    if rules.lists.deadline.holds(reading.word(from.wrapping_sub(1))) && from > 0 && !had(reading, rules, from) {
        return Tense::Future;
    }
    let sentence = reading.sentence_at(first.span.start()).and_then(|at| reading.sentences.get(at));
    let (start, end) = sentence.map_or((from, to), |sentence| (sentence.tokens.0 as usize, sentence.tokens.1 as usize));
    let left = (start.max(from.saturating_sub(LEFT))..from)
        .rev()
        .take_while(|at| reading.letters(*at) != ";")
        .find_map(|at| word_tense(reading, rules, at));
    if let Some(tense) = left {
        return tense;
    }
    (to..end.min(to + RIGHT))
        .take_while(|at| reading.letters(*at) != ";")
        .find_map(|at| word_tense(reading, rules, at))
        .unwrap_or(Tense::Unknown)
}

/// Whether the sentence tells of what had happened, and of nothing that is to come.
pub(super) fn only_past(reading: &Reading<'_>, rules: &TimexRules, from: usize) -> bool {
    let tells = |at| matches!(word_tense(reading, rules, at), Some(Tense::Future | Tense::Weak));
    had(reading, rules, from) && !around(reading, from).any(tells)
}

/// Whether `had` or `was` stands in the sentence.
fn had(reading: &Reading<'_>, rules: &TimexRules, from: usize) -> bool {
    around(reading, from).any(|at| rules.lists.had.holds(reading.word(at)))
}

/// The tokens of the sentence near the one at `from`.
fn around(reading: &Reading<'_>, from: usize) -> std::ops::Range<usize> {
    let place = reading.tokens.get(from).map_or(0, |token| token.span.start());
    match reading.sentence_at(place).and_then(|at| reading.sentences.get(at)) {
        Some(sentence) => {
            let range = sentence.range();
            range.start.max(from.saturating_sub(LEFT))..range.end.min(from + LEFT)
        }
        None => from..from,
    }
}

/// What the word at `at` tells, if anything.
fn word_tense(reading: &Reading<'_>, rules: &TimexRules, at: usize) -> Option<Tense> {
    let token = reading.tokens.get(at)?;
    if !token.is_word() {
        return None;
    }
    let word = token.word();
    let lists = &rules.lists;
    let letters = reading.letters(at);
    let before = |steps: usize| at.checked_sub(steps).map_or(WordId::UNKNOWN, |at| reading.word(at));
    if lists.future.holds(word) {
        return Some(Tense::Future);
    }
    if lists.weak.holds(word) {
        return Some(Tense::Weak);
    }
    // `is due`, but `had been due`; `as planned` tells nothing.
    if lists.future_participles.holds(word) {
        let was = lists.was.holds(before(1)) || lists.was.holds(before(2));
        return match was {
            true => Some(Tense::Past),
            false if lists.as_.holds(before(1)) => None,
            false => Some(Tense::Future),
        };
    }
    // `is to`, `are to`, `expects to`, `plans to`, but `had been due to`.
    if lists.to_verb.holds(word) {
        let was =
            lists.future_participles.holds(before(1)) && (lists.was.holds(before(2)) || lists.was.holds(before(3)));
        let tense = if was { Tense::Past } else { Tense::Future };
        return lists.infinitive.holds(before(1)).then_some(tense);
    }
    let past = lists.past.holds(word)
        || (letters.len() > 4 && letters.ends_with("ed") && !token.is_capitalized() && !lists.present.holds(word));
    // `to be completed`, `an unspecified date`.
    let no_verb = lists.be.holds(before(1)) || lists.definite.holds(before(1));
    (past && !no_verb).then_some(Tense::Past)
}
