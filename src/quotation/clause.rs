//! Whether a stretch of words is a clause, and where one ends before words in marks.

use super::rules::WordKind;
use super::scene::{Bounds, Scene};
use crate::span::Span;

impl Scene<'_> {
    /// Whether a subject and a finite verb begin the stretch.
    pub fn is_clause(&self, from: usize, to: usize, said: bool) -> bool {
        if self.is(from, WordKind::Pronoun) {
            return true;
        }
        let reach = if said { 40 } else { 12 };
        (from + 1..to.min(from + reach))
            .take_while(|i| said || !(self.is(*i, WordKind::Relative) || self.letters(*i) == "to" || self.is_comma(*i)))
            .any(|i| {
                let noun = self.is(i - 1, WordKind::Determiner)
                    || self.is_possessive(i - 1)
                    || self.is(i - 1, WordKind::Preposition);
                !noun
                    && (self.is_finite(i) || self.is(i, WordKind::Auxiliary) || said && self.letters(i).ends_with("ed"))
            })
    }

    /// Where a clause that begins at `start` ends by itself before words in marks.
    pub fn clause_before_marks(&self, start: usize, marks: Span) -> Option<usize> {
        let open = self.reading.tokens_in(marks).start.saturating_sub(1);
        let boundary = (start + 4..open).rev().take(12).find(|i| {
            let kinds = self.kinds(*i);
            self.is_comma(*i)
                || kinds.is(WordKind::Conjunction)
                || kinds.is(WordKind::Subordinator) && !kinds.is(WordKind::Determiner)
                || self.letters(*i) == "to"
        })?;
        let mut end = boundary;
        while end > start && (!self.is_word(end - 1) || self.is(end - 1, WordKind::Conjunction)) {
            end -= 1;
        }
        (end >= start + 4 && self.is_clause(start, end, false)).then_some(end)
    }

    /// Whether the stretch holds a finite verb.
    pub fn has_verb(&self, from: usize, to: usize) -> bool {
        if self.begins_clause(from, to) {
            return true;
        }
        (from + 1..to).take(40).any(|i| {
            let kinds = self.kinds(i);
            let noun = self.letters(i - 1) == "to"
                || self.is(i - 1, WordKind::Determiner)
                || i > from + 1
                    && self.is(i - 2, WordKind::Determiner)
                    && !self.is_noun_like(i - 1)
                    && self.kinds(i - 1) == Default::default();
            kinds.is(WordKind::Auxiliary)
                || self.is_finite(i) && !noun
                || self.letters(i).ends_with("ed") && !self.is(i - 1, WordKind::Determiner)
                || self.begins_clause(i, to)
                || self.takes_object(i)
        })
    }

    /// Whether a pronoun that is only ever a subject stands at the token, with words behind it: `he operates`.
    fn begins_clause(&self, at: usize, to: usize) -> bool {
        let kinds = self.kinds(at);
        kinds.is(WordKind::Pronoun)
            && !kinds.is_any(&[WordKind::ObjectPronoun, WordKind::RelayNoun])
            && at + 1 < to
            && self.is_word(at + 1)
    }

    /// Whether what begins at the token is an adverbial: `In the end`, `Instead`, `When it rains`.
    pub fn is_adverbial(&self, at: usize) -> bool {
        let at = if self.is(at, WordKind::Conjunction) { at + 1 } else { at };
        let kinds = self.kinds(at);
        kinds.is_any(&[WordKind::Preposition, WordKind::Adverb, WordKind::Time])
            || kinds.is(WordKind::Subordinator) && !kinds.is(WordKind::Determiner)
            || self.letters(at).len() > 4 && self.letters(at).ends_with("ly")
    }

    /// Whether the sentence is a headline that writes its words with capitals.
    pub fn is_headline(&self, bounds: Bounds) -> bool {
        const LONGEST: usize = 24;
        const SHORT: usize = 3;
        if bounds.end - bounds.first > LONGEST || bounds.within != 0 {
            return false;
        }
        let long = (bounds.first..bounds.end).filter(|i| self.is_word(*i) && self.letters(*i).len() > SHORT);
        let (mut big, mut small) = (0, 0);
        long.for_each(|i| if self.is_capitalized(i) { big += 1 } else { small += 1 });
        big >= 4 && small <= 1
    }

    /// Whether the form is a past participle or a past tense.
    pub fn is_past(&self, at: usize) -> bool {
        self.letters(at).ends_with("ed") || self.is(at, WordKind::PastForm)
    }

    /// Whether the word has the ending of a past tense or of a third person, and no noun's place.
    pub fn is_inflected(&self, at: usize) -> bool {
        let letters = self.letters(at);
        letters.len() > 3
            && letters.starts_with(|c: char| c.is_lowercase())
            && (letters.ends_with("ed") || letters.ends_with('s') && !letters.ends_with("ss"))
            && !self.is_possessive(at)
            && !self.is_noun_like(at)
    }

    /// Whether a word in `-s` has an object of its own behind it, which no plural has: `favors the rich`; or a word
    /// without it behind a plural: `factors impact the cost`.
    fn takes_object(&self, at: usize) -> bool {
        let letters = self.letters(at);
        let third = letters.ends_with('s') && !letters.ends_with("ss");
        let before = self.letters(at - 1);
        let base = before.len() > 3
            && before.ends_with('s')
            && !before.ends_with("ss")
            && before.starts_with(|c: char| c.is_lowercase())
            && !self.is_possessive(at - 1)
            && self.kinds(at) == Default::default()
            && !self.is_noun_like(at);
        letters.len() > 3
            && (third || base)
            && letters.starts_with(|c: char| c.is_lowercase())
            && !self.is_possessive(at)
            && self.is_word(at - 1)
            && !self.kinds(at).is_any(&[WordKind::Preposition, WordKind::Pronoun, WordKind::Determiner, WordKind::Time])
            && self.kinds(at + 1).is_any(&[WordKind::Determiner, WordKind::ObjectPronoun])
            && !self.is(at + 1, WordKind::Relative)
    }
}
