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
        let joined = self.is_comma(boundary) || self.is_comma(end) && self.is(end + 1, WordKind::Conjunction);
        (end >= start + 4 && (joined && self.has_verb(start, end) || self.is_clause(start, end, false))).then_some(end)
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
                || i == from + 1
                    && self.is_capitalized(from)
                    && self.kinds(from) == Default::default()
                    && self.is_inflected(i)
                    && self.is_word(i + 1)
        })
    }

    /// Whether a part between commas is a clause of its own: `In June, when it rained` has none.
    pub fn has_main_clause(&self, from: usize, to: usize) -> bool {
        const MOST: usize = 12;
        let mut first = from;
        for _ in 0..MOST {
            let end = (first..to).find(|i| self.is_comma(*i)).unwrap_or(to);
            let head = if self.is(first, WordKind::Conjunction) { first + 1 } else { first };
            let kinds = self.kinds(head);
            let hangs = kinds.is_any(&[WordKind::Subordinator, WordKind::Relative])
                && !kinds.is_any(&[WordKind::Determiner, WordKind::Preposition])
                || kinds.is(WordKind::AdjunctSubordinator)
                || self.is_adverb(head) && self.is_past(head + 1)
                || self.letters(head).len() > 4 && self.letters(head).ends_with("ing");
            if !hangs && self.has_verb(head, end) {
                return true;
            }
            if end >= to {
                return false;
            }
            first = end + 1;
        }
        true
    }

    /// Whether a finite verb stands in the stretch before a comma or a relative clause cuts its first words off:
    /// `announced his return, and the town cheered` has none.
    pub fn has_verb_soon(&self, from: usize, to: usize) -> bool {
        let stop = (from + 1..to)
            .find(|i| self.is_comma(*i) || self.is(*i, WordKind::Relative) && !self.is(*i, WordKind::Determiner));
        self.has_verb(from, stop.unwrap_or(to))
            // `the board, which met in June, had agreed`
            || stop.is_some_and(|stop| {
                let next = (stop + 1..to).find(|i| self.is_comma(*i));
                next.is_some_and(|next| self.is(next + 1, WordKind::Auxiliary) || self.is(next + 1, WordKind::Verb))
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
