//! Whether the clause around an expression speaks of the past or of what is to come.

use super::rules::TimexRules;
use crate::reading::Reading;
use crate::token::WordId;

/// What the nearest verb tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tense {
    Past,
    Future,
    Unknown,
}

/// How many tokens to look left, and right.
const LEFT: usize = 40;
const RIGHT: usize = 25;

/// The tense at the tokens `from..to`: of the nearest telling word before them in the sentence, else behind them.
pub(super) fn tense(reading: &Reading<'_>, rules: &TimexRules, from: usize, to: usize) -> Tense {
    let Some(first) = reading.tokens.get(from) else { return Tense::Unknown };
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
    let Some(first) = reading.tokens.get(from) else { return false };
    let sentence = reading.sentence_at(first.span.start()).and_then(|at| reading.sentences.get(at));
    let Some(sentence) = sentence else { return false };
    let range = sentence.range();
    let (start, end) = (range.start.max(from.saturating_sub(LEFT)), range.end.min(from + LEFT));
    (start..end).all(|at| word_tense(reading, rules, at) != Some(Tense::Future))
        && (start..end).any(|at| rules.lists.had.holds(reading.word(at)))
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
    if lists.future.holds(word) || letters.ends_with("'ll") || letters.ends_with("’ll") {
        return Some(Tense::Future);
    }
    // `is due`, but `had been due`.
    if lists.future_participles.holds(word) {
        let was = lists.was.holds(before(1)) || lists.was.holds(before(2));
        return Some(if was { Tense::Past } else { Tense::Future });
    }
    // `is to`, `are to`, `expects to`, `plans to`.
    if letters.eq_ignore_ascii_case("to") {
        return lists.infinitive.holds(before(1)).then_some(Tense::Future);
    }
    let past = lists.past.holds(word)
        || (letters.len() > 4 && letters.ends_with("ed") && !token.is_capitalized() && !lists.present.holds(word));
    // `to be completed`, `an unspecified date`.
    let no_verb = lists.be.holds(before(1)) || lists.definite.holds(before(1));
    (past && !no_verb).then_some(Tense::Past)
}
