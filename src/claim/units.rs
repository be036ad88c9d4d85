//! A sentence as units: names, figures, dates, phrases and words, each with its part in the clause.

use super::inflect::Forms;
use super::rules::{ClaimRules, Classes, ControlUse, Entry, class};
use super::tag::tag_units;
use crate::amount::{Amount, AmountUnit};
use crate::mention::Mentions;
use crate::reading::Reading;
use crate::sentence::Sentence;
use crate::span::Span;
use crate::timex::TimeExpr;
use crate::token::WordId;

/// What a unit is to its clause.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tag {
    Noun,
    Mention,
    Figure,
    Time,
    Determiner,
    Possessive,
    Pronoun,
    Verb,
    Auxiliary,
    Not,
    Adverb,
    To,
    Preposition,
    Relative,
    Subordinator,
    Coordinator,
    Comma,
    /// A dash that stands apart.
    Dash,
    /// A colon, semicolon or stop.
    Stop,
}

impl Tag {
    /// Whether a noun phrase can hold it, its determiner left out.
    pub fn is_nominal(self) -> bool {
        matches!(self, Tag::Noun | Tag::Mention | Tag::Figure)
    }

    /// Whether a noun phrase can begin with it.
    pub fn begins_phrase(self) -> bool {
        self.is_nominal() || matches!(self, Tag::Determiner | Tag::Possessive | Tag::Pronoun)
    }
}

/// A unit of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit<'r> {
    /// Its tokens.
    pub first: usize,
    pub end: usize,
    pub tag: Tag,
    pub entry: Option<&'r Entry>,
    /// What is known of the last word of a phrase.
    pub tail: Option<&'r Entry>,
    /// The index of the mention, figure or date that it is.
    pub index: u32,
    pub possessive: bool,
    /// The form in which it is a verb.
    pub form: Forms,
    /// Whether its last word looks like a plural.
    pub plural: bool,
    /// Whether a hyphen joins it to the word before.
    pub joined: bool,
    /// Whether it is a sum of money or a percentage.
    pub price: bool,
    /// Whether it is written like a name, capitalized or with a digit, and no rule knows anything of it.
    pub proper: bool,
    /// Whether it is in lower case and ends like a past tense.
    pub past: bool,
    pub word: WordId,
}

impl<'r> Unit<'r> {
    pub fn is(&self, classes: Classes) -> bool {
        self.entry.is_some_and(|entry| entry.classes & classes != 0)
            || self.tail.is_some_and(|entry| entry.classes & classes & !class::CLOSED != 0)
    }

    /// All classes that it is of, as [`Unit::is`] sees them.
    pub fn classes(&self) -> Classes {
        let own = self.entry.map_or(0, |entry| entry.classes);
        own | self.tail.map_or(0, |entry| entry.classes & !class::CLOSED)
    }

    /// The control that it is, as a verb in `form` or as a noun.
    pub fn control(&self) -> Option<&'r ControlUse> {
        let verb = self.tag == Tag::Verb;
        self.entry?
            .controls
            .iter()
            .find(|control| control.forms.has(self.form) == verb && (verb || control.forms == Forms::default()))
    }

    pub fn forms(&self) -> Forms {
        let uses = self.entry.map_or(&[][..], |entry| &entry.verbs);
        uses.iter().fold(Forms::default(), |all, verb| all.with(verb.forms))
    }
}

/// The layers below a claim.
#[derive(Clone, Copy)]
pub(super) struct Layers<'a, 't> {
    pub reading: &'a Reading<'t>,
    pub mentions: &'a Mentions,
    pub times: &'a [TimeExpr],
    pub amounts: &'a [Amount],
    pub rules: &'a ClaimRules,
}

impl<'a> Layers<'a, '_> {
    /// Cuts a sentence into units. Quotation marks, joining hyphens and what stands in brackets are left out.
    pub fn units(&self, sentence: &Sentence, units: &mut Vec<Unit<'a>>) {
        units.clear();
        let range = sentence.range();
        let mut at = self.after_dateline(range.start, range.end);
        let mut mention = self.mentions.mentions.partition_point(|mention| mention.span.end() <= sentence.span.start());
        let mut time = self.times.partition_point(|time| time.span.end() <= sentence.span.start());
        let mut amount = self.amounts.partition_point(|amount| amount.span.end() <= sentence.span.start());
        let mut depth = 0;
        while at < range.end {
            let token = self.reading.tokens[at];
            let start = token.span.start();
            while self.mentions.mentions.get(mention).is_some_and(|mention| mention.span.end() <= start) {
                mention += 1;
            }
            while self.times.get(time).is_some_and(|time| time.span.end() <= start) {
                time += 1;
            }
            while self.amounts.get(amount).is_some_and(|amount| amount.span.end() <= start) {
                amount += 1;
            }
            let letters = self.reading.letters(at);
            if matches!(letters, "(" | "[") {
                depth += 1;
            } else if matches!(letters, ")" | "]") {
                depth = (depth - 1).max(0);
                at += 1;
                continue;
            }
            if depth > 0 {
                at += 1;
                continue;
            }
            if is_ticker(letters) && units.last().is_some_and(|last| last.tag == Tag::Mention && last.end == at) {
                at += 1;
                continue;
            }
            // `Foo 's board`: the genitive of a text that was cut into words.
            if token.is_spaced()
                && self.is_genitive(at)
                && let Some(last) = units.last_mut()
            {
                last.possessive = true;
                at += if matches!(letters, "'" | "’") { 2 } else { 1 };
                continue;
            }
            let (end, unit) = self.unit(at, range.end, mention, time, amount);
            if let Some(unit) = unit {
                units.push(unit);
            } else if matches!(letters, "'" | "’") && !token.is_spaced() {
                // `Jobs' health`: the apostrophe of a plural.
                let plural = at > 0 && self.reading.letters(at - 1).ends_with('s');
                if let Some(last) = units.last_mut().filter(|last| plural && last.end == at) {
                    last.possessive = self.reading.tokens.get(at + 1).is_some_and(|next| next.is_spaced());
                }
            }
            at = end.max(at + 1);
        }
        // In title case every word is written like a name.
        let words = units.iter().filter(|unit| unit.tag == Tag::Noun && unit.entry.is_none()).count();
        let proper = units.iter().filter(|unit| unit.proper).count();
        if words >= 3 && 3 * proper > 2 * words {
            units.iter_mut().for_each(|unit| unit.proper = false);
        }
        tag_units(units);
    }

    /// Whether a genitive that stands apart begins at `at`, before another word.
    fn is_genitive(&self, at: usize) -> bool {
        let apart = |end: usize| self.reading.tokens.get(end).is_some_and(|next| next.is_spaced() && next.is_word());
        match self.reading.letters(at) {
            "'s" | "’s" => apart(at + 1),
            "'" | "’" => {
                self.reading.letters(at + 1) == "s" && !self.reading.tokens[at + 1].is_spaced() && apart(at + 2)
            }
            _ => false,
        }
    }

    /// The token behind a wire dateline: `NEW YORK (Reuters) -`.
    fn after_dateline(&self, start: usize, end: usize) -> usize {
        let close = (start..end.min(start + 14)).find(|at| self.reading.letters(*at) == ")");
        let Some(close) = close else { return start };
        let dash = matches!(self.reading.letters(close + 1), "-" | "–" | "—");
        let caps = self.reading.tokens.get(start).is_some_and(|token| token.is_caps());
        if dash && caps && close + 2 < end {
            close + if self.reading.letters(close + 2) == "-" { 3 } else { 2 }
        } else {
            start
        }
    }

    fn unit(&self, at: usize, limit: usize, mention: usize, time: usize, amount: usize) -> (usize, Option<Unit<'a>>) {
        let token = self.reading.tokens[at];
        let start = token.span.start();
        let blank = Unit {
            first: at,
            end: at + 1,
            tag: Tag::Noun,
            entry: None,
            tail: None,
            index: 0,
            possessive: token.is_possessive(),
            form: Forms::default(),
            plural: is_plural(self.reading.letters(at)),
            proper: false,
            past: !token.is_capitalized()
                && self.reading.letters(at).len() > 5
                && self.reading.letters(at).ends_with("ed"),
            joined: at > 0 && !token.is_spaced() && matches!(self.reading.letters(at - 1), "-" | "‑" | "/"),
            word: token.word(),
            price: false,
        };
        let span = |span: Span, tag: Tag, index: usize| {
            let end = self.reading.tokens_in(span).end.clamp(at + 1, limit.max(at + 1));
            let possessive = self.reading.tokens[end - 1].is_possessive();
            (end, Some(Unit { end, tag, index: index as u32, possessive, word: WordId::UNKNOWN, ..blank }))
        };
        if let Some(found) = self.mentions.mentions.get(mention).filter(|found| found.span.start() <= start) {
            return span(found.span, Tag::Mention, mention);
        }
        if let Some(found) = self.times.get(time).filter(|found| found.span.start() <= start) {
            let (end, unit) = span(found.span, Tag::Time, time);
            // `now` says something as a word too.
            let entry = if end == at + 1 { self.rules.word(token.word()) } else { None };
            return (end, unit.map(|unit| Unit { entry, ..unit }));
        }
        if let Some(found) = self.amounts.get(amount).filter(|found| found.span.start() <= start)
            && self.mentions.mentions.get(mention).is_none_or(|mention| mention.span.start() >= found.span.end())
        {
            let (end, unit) = span(found.span, Tag::Figure, amount);
            let price = found.currency.is_some() || found.unit == Some(AmountUnit::Percent);
            return (end, unit.map(|unit| Unit { price, ..unit }));
        }
        for hit in self.reading.hits_at(at) {
            let end = at + hit.len as usize;
            let free = end <= limit
                && self
                    .mentions
                    .mentions
                    .get(mention)
                    .is_none_or(|mention| mention.span.start() >= self.reading.tokens[end - 1].span.end())
                && self
                    .amounts
                    .get(amount)
                    .is_none_or(|amount| amount.span.start() >= self.reading.tokens[end - 1].span.end());
            // `due to safety concerns`, but `due to be shown`.
            let infinitive = |entry: &Entry| {
                let verbal = |next: &Entry| {
                    next.classes & class::BE != 0
                        || next.classes & class::NOUN_FIRST == 0
                            && next.verbs.iter().any(|verb| verb.forms.has(Forms::BASE))
                };
                entry.classes & class::PREPOSITION != 0
                    && self.rules.word(self.reading.word(end - 1)).is_some_and(|last| last.classes & class::TO != 0)
                    && self.rules.word(self.reading.word(end)).is_some_and(verbal)
            };
            if let Some(entry) = self.rules.phrase(*hit).filter(|entry| free && !infinitive(entry)) {
                let possessive = self.reading.tokens[end - 1].is_possessive();
                let tail = self.rules.word(self.reading.word(end - 1));
                let plural = is_plural(self.reading.letters(end - 1));
                return (end, Some(Unit { end, entry: Some(entry), tail, possessive, plural, ..blank }));
            }
        }
        let letters = self.reading.letters(at);
        if token.is_mark() {
            let tag = match letters {
                "," => Tag::Comma,
                // A full stop inside a sentence ends an abbreviation.
                "." if at + 1 < limit => return (at + 1, None),
                ";" | ":" | "." | "!" | "?" | "…" => Tag::Stop,
                "-" | "–" | "—" if token.is_spaced() || letters == "—" => Tag::Dash,
                "-" if at > 0 && self.reading.letters(at - 1) == "-" => return (at + 1, None),
                "-" if self.reading.letters(at + 1) == "-" => Tag::Dash,
                "&" => Tag::Coordinator,
                _ => return (at + 1, None),
            };
            return (at + 1, Some(Unit { tag, ..blank }));
        }
        // `US` and `IT` are no pronouns.
        let entry = self.rules.word(token.word());
        let entry = entry.filter(|entry| !(token.is_caps() && entry.classes & (class::WE | class::THING) != 0));
        let written = token.is_capitalized() || token.has_digit() || letters.trim_matches('.').contains('.');
        let proper = entry.is_none() && written && letters.bytes().any(|letter| !letter.is_ascii_digit());
        (at + 1, Some(Unit { entry, proper, ..blank }))
    }
}

/// Whether a word is a share's sign with its exchange: `ACME.O`.
fn is_ticker(letters: &str) -> bool {
    let caps = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_uppercase());
    letters.split_once('.').is_some_and(|(sign, exchange)| {
        sign.len() > 1 && exchange.len() <= 2 && letters.len() <= 8 && caps(sign) && caps(exchange)
    })
}

fn is_plural(letters: &str) -> bool {
    letters.len() > 3 && letters.ends_with('s') && !letters.ends_with("ss") && !letters.ends_with("us")
}
