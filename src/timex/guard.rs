//! What must hold around the words of a time expression for it to be one.

use super::rules::{Guard, TimexRules};
use crate::reading::Reading;
use crate::token::{Token, WordId};

/// The surroundings of a match.
pub(super) struct Around<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) rules: &'a TimexRules,
    /// The tokens of its paragraph.
    pub(super) paragraph: (usize, usize),
    /// Its own tokens.
    pub(super) tokens: (usize, usize),
}

impl Around<'_> {
    /// Whether the guard lets the match through.
    pub(super) fn allow(&self, guard: Guard) -> bool {
        match guard {
            Guard::Month => self.month(),
            Guard::Year => self.year(),
            Guard::Season => self.season(),
            Guard::Decade => self.reading.letters(self.tokens.0).len() >= 5,
            Guard::Weekday => self.weekday(),
            Guard::Figures => self.rules.lists.before_figures.holds(self.before_word()) && !self.touches_figures(),
            Guard::Clock => self.before_in_prepositions() || self.before_is_bracket(),
            Guard::Article => self.article(),
            Guard::Count => !self.touches_figures() && !self.is_price(),
            Guard::WordCount => self.word_count(),
            Guard::Untold => self.untold(),
            Guard::Unit => !self.is_hyphenated(),
        }
    }

    fn before(&self) -> Option<&Token> {
        let at = self.tokens.0.checked_sub(1).filter(|at| *at >= self.paragraph.0)?;
        self.reading.tokens.get(at)
    }

    fn after(&self) -> Option<&Token> {
        self.reading.tokens.get(self.tokens.1).filter(|_| self.tokens.1 < self.paragraph.1)
    }

    fn before_word(&self) -> WordId {
        self.before().map_or(WordId::UNKNOWN, |token| token.word())
    }

    fn before_in_prepositions(&self) -> bool {
        self.rules.lists.prepositions.holds(self.before_word())
    }

    fn before_is_bracket(&self) -> bool {
        self.before().is_some_and(|token| token.span.of(self.reading.text) == "(")
    }

    /// Whether the match begins its sentence.
    fn begins_sentence(&self) -> bool {
        let Some(first) = self.reading.tokens.get(self.tokens.0) else { return true };
        let sentence = self.reading.sentence_at(first.span.start()).and_then(|at| self.reading.sentences.get(at));
        sentence.is_none_or(|sentence| sentence.tokens.0 as usize >= self.tokens.0)
    }

    /// A capitalized word right before that does not only begin its sentence.
    fn name_before(&self) -> bool {
        self.before().is_some_and(|token| {
            token.is_word() && token.is_capitalized() && !self.is_time_word(token.word()) && !self.begins_sentence()
        }) && !self.before_in_prepositions()
    }

    /// A capitalized word right behind.
    fn name_after(&self) -> bool {
        self.after().is_some_and(|token| token.is_word() && token.is_capitalized() && !self.is_time_word(token.word()))
    }

    fn is_time_word(&self, word: WordId) -> bool {
        self.rules.words.get(word).is_some()
    }

    /// A figure, or a mark that figures are written with, right before or behind without a blank.
    fn touches_figures(&self) -> bool {
        let joins = |token: Option<&Token>| {
            token.is_some_and(|token| {
                matches!(token.span.of(self.reading.text), "-" | "/" | "." | ":" | "+" | "%" | "#")
            })
        };
        let tight = |at: usize| self.reading.tokens.get(at).is_some_and(|token| !token.is_spaced());
        let before = joins(self.before()) && tight(self.tokens.0);
        let digit =
            |at: usize| self.reading.tokens.get(at).is_some_and(|token| token.is_number() && !token.is_spaced());
        let after = joins(self.after()) && tight(self.tokens.1) && digit(self.tokens.1 + 1);
        let number = |at: usize| self.reading.tokens.get(at).is_some_and(|token| token.is_number());
        (before && self.tokens.0.checked_sub(2).is_some_and(number)) || after
    }

    /// A currency sign right before.
    fn is_price(&self) -> bool {
        self.before().is_some_and(|token| {
            let letters = token.span.of(self.reading.text);
            matches!(letters, "$" | "€" | "£" | "¥" | "#" | "US$" | "EUR" | "USD" | "GBP" | "Rs")
        })
    }

    fn month(&self) -> bool {
        let Some(first) = self.reading.tokens.get(self.tokens.0) else { return false };
        // `Jan-Frederik`.
        let name_joined = self.reading.tokens.get(self.tokens.1 + 1);
        if self.is_hyphenated() && name_joined.is_some_and(|token| token.is_word() && token.is_capitalized()) {
            return false;
        }
        let named = self.rules.lists.months_that_are_names.holds(first.word()) && self.name_after();
        if self.before_in_prepositions() && !named {
            return true;
        }
        if named {
            return self.rules.lists.before_months.holds(self.before_word());
        }
        if !self.rules.lists.months_that_are_names.holds(first.word()) {
            return !(self.name_before() && self.name_after());
        }
        let definite = self.rules.lists.definite.holds(self.before_word());
        !self.name_before() && !self.name_after() && (definite || self.before().is_some_and(|token| token.is_mark()))
    }

    fn year(&self) -> bool {
        if self.is_price() || self.touches_figures() || self.is_setting() {
            return false;
        }
        if self.year_is_far() && !self.rules.lists.before_months.holds(self.before_word()) {
            return false;
        }
        let definite = self.rules.lists.definite.holds(self.before_word())
            || self.before().is_some_and(|token| token.is_possessive());
        if let Some(after) = self.after()
            && after.is_word()
            && after.is_spaced()
        {
            let letters = after.span.of(self.reading.text);
            let lists = &self.rules.lists;
            let plural =
                letters.ends_with('s') && letters.len() > 3 && !letters.ends_with("ss") && !after.is_possessive();
            let known = lists.year_nouns.holds(after.word())
                || lists.prepositions.holds(after.word())
                || lists.past.holds(after.word())
                || lists.present.holds(after.word());
            if plural && !after.is_capitalized() && !definite && !known {
                return false;
            }
        }
        if let Some(after) = self.after()
            && matches!(after.span.of(self.reading.text), "%" | "°")
        {
            return false;
        }
        let in_words = self.reading.tokens.get(self.tokens.0).is_some_and(|token| token.is_word());
        in_words || self.before_in_prepositions() || definite || !self.name_before()
    }

    /// A mark of program text right before (`limit=2000`).
    fn is_setting(&self) -> bool {
        let tight = self.reading.tokens.get(self.tokens.0).is_some_and(|token| !token.is_spaced());
        let mark = self.before().map_or("", |token| token.span.of(self.reading.text));
        tight && matches!(mark, "=" | ":" | "_" | "@" | "<" | ">" | "*" | "+" | "\\" | "/" | "~")
    }

    /// A figure that is seldom a year in news.
    fn year_is_far(&self) -> bool {
        let last = self.tokens.1.checked_sub(1).map_or("", |at| self.reading.letters(at));
        last.len() == 4 && !("1800".."2060").contains(&last) && last.bytes().all(|b| b.is_ascii_digit())
    }

    fn season(&self) -> bool {
        let lists = &self.rules.lists;
        let before = self.before_word();
        (lists.before_seasons.holds(before) || lists.definite.holds(before)) && !self.name_after()
    }

    fn weekday(&self) -> bool {
        if self.before_in_prepositions() {
            return true;
        }
        let definite = self.rules.lists.definite.holds(self.before_word());
        !(self.name_after() && (definite || self.name_before()))
    }

    fn article(&self) -> bool {
        let before = self.before_word();
        if self.is_hyphenated() {
            return false;
        }
        let first = self.reading.tokens.get(self.tokens.0).map_or(WordId::UNKNOWN, |token| token.word());
        let about = self.rules.words.get(first).is_some_and(|entry| !entry.phrases.is_empty() || entry.classes > 0);
        if about && !self.rules.lists.definite.holds(first) {
            return true;
        }
        self.before().is_none_or(|token| token.is_mark() && !token.is_number())
            || self.before_in_prepositions()
            || self.rules.lists.past.holds(before)
            || self.rules.lists.present.holds(before)
    }

    /// `two day`, `1 year`, but not the `6 month` of a schedule.
    fn word_count(&self) -> bool {
        let first = self.reading.tokens.get(self.tokens.0);
        first.is_some_and(|token| token.is_word() || token.span.of(self.reading.text) == "1") && !self.is_hyphenated()
    }

    /// `for years`, `the days before`: no units of something else.
    fn untold(&self) -> bool {
        let after = self.after().map_or(WordId::UNKNOWN, |token| token.word());
        let lists = &self.rules.lists;
        !self.is_hyphenated()
            && (lists.before_units.holds(self.before_word())
                || (lists.definite.holds(self.before_word()) && lists.before_figures.holds(after)))
    }

    /// A hyphen right behind.
    fn is_hyphenated(&self) -> bool {
        self.after().is_some_and(|token| !token.is_spaced() && token.span.of(self.reading.text) == "-")
    }
}
