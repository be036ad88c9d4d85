//! A document as the quotation layer sees it: tokens with the quotation that each stands in, and noun phrases.

use super::rules::{QuotationRules, WordKind, WordKinds};
use crate::cue::{CueClass, CueClasses, Cues};
use crate::marks::{Closing, MarkPair};
use crate::mention::{Mentions, NameRules};
use crate::reading::Reading;
use crate::span::Span;

/// How far noun phrases and clauses are looked for, in tokens.
pub(super) const FAR: usize = 70;

/// A noun phrase: tokens `first..end`, and with what hangs on it up to `full`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Phrase {
    pub first: usize,
    pub end: usize,
    pub full: usize,
}

/// The stretch of tokens that a cue or a quotation can look around in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Bounds {
    pub first: usize,
    pub end: usize,
    /// The pair of marks that holds it: 0 for none, else one more than its index.
    pub within: u32,
}

/// What every part of the layer reads.
pub(super) struct Scene<'a> {
    pub reading: &'a Reading<'a>,
    pub mentions: &'a Mentions,
    pub rules: &'a QuotationRules,
    pub names: &'a NameRules,
    pub cues: &'a Cues,
    /// The pairs of marks, those without a closing mark cut where their words end.
    pub pairs: Vec<MarkPair>,
    /// By token: the innermost pair that holds it, as in [`Bounds::within`].
    inside: Vec<u32>,
    /// By pair: its first token (the mark) and one past its last.
    pub extents: Vec<(usize, usize)>,
}

impl<'a> Scene<'a> {
    pub fn new(
        reading: &'a Reading<'a>,
        mentions: &'a Mentions,
        rules: &'a QuotationRules,
        names: &'a NameRules,
        cues: &'a Cues,
    ) -> Scene<'a> {
        let mut scene = Scene {
            reading,
            mentions,
            rules,
            names,
            cues,
            pairs: reading.marks.clone(),
            inside: vec![0; reading.tokens.len()],
            extents: Vec::new(),
        };
        for index in 0..scene.pairs.len() {
            if scene.pairs[index].closing == Closing::Missing {
                scene.cut_unclosed(index);
            }
            let range = reading.tokens_in(scene.pairs[index].outer);
            scene.extents.push((range.start, range.end));
        }
        // Pairs are sorted with the outer first; each writes over the one that holds it.
        // A token is written at most once for each level, and levels are few.
        for index in 0..scene.pairs.len() {
            let (first, end) = scene.extents[index];
            scene.inside[first..end].fill(index as u32 + 1);
        }
        scene
    }

    /// Ends a quotation without closing mark at its attribution: `“We are not for sale, said Tom.`
    fn cut_unclosed(&mut self, index: usize) {
        let pair = self.pairs[index];
        let range = self.reading.tokens_in(pair.content);
        let to = range.end.min(range.start + FAR * 2);
        for at in range.start + 1..to {
            if !matches!(self.letters(at - 1), "," | "?" | "!") {
                continue;
            }
            let cue = (at..to.min(at + 6)).find(|i| self.verb_classes(*i).holds(CueClass::Say));
            let Some(cue) = cue else { continue };
            let between = at..cue;
            let plain = between.clone().all(|i| {
                let kinds = self.kinds(i);
                self.reading.tokens[i].is_capitalized() || kinds.is(WordKind::Pronoun) || kinds.is(WordKind::Determiner)
            });
            let inverted = cue == at && self.reading.tokens.get(cue + 1).is_some_and(|next| next.is_capitalized());
            if inverted || cue > at && plain {
                let end = self.reading.tokens[at - 1].span.end();
                self.pairs[index].outer = Span::new(pair.outer.start(), end);
                self.pairs[index].content = Span::new(pair.content.start(), end);
                return;
            }
        }
    }

    pub fn text(&self) -> &'a str {
        self.reading.text
    }

    pub fn letters(&self, at: usize) -> &'a str {
        self.reading.letters(at)
    }

    pub fn kinds(&self, at: usize) -> WordKinds {
        self.rules.kinds(self.reading, at)
    }

    pub fn is(&self, at: usize, kind: WordKind) -> bool {
        self.kinds(at).is(kind)
    }

    pub fn is_capitalized(&self, at: usize) -> bool {
        self.reading
            .tokens
            .get(at)
            .is_some_and(|token| token.is_word() && (token.is_capitalized() || token.has_inner_upper()))
    }

    pub fn is_word(&self, at: usize) -> bool {
        self.reading.tokens.get(at).is_some_and(|token| token.is_word() || token.is_number())
    }

    pub fn is_possessive(&self, at: usize) -> bool {
        self.reading.tokens.get(at).is_some_and(|token| token.is_possessive())
    }

    /// The pair that holds the token, as in [`Bounds::within`].
    pub fn inside(&self, at: usize) -> u32 {
        self.inside.get(at).copied().unwrap_or(0)
    }

    /// What the word at `at` is as a reporting verb; nothing where it is capitalised inside a sentence of running text.
    pub fn verb_classes(&self, at: usize) -> CueClasses {
        let classes = self.cues.of_word(self.reading.word(at));
        if classes.is_verb() && !self.is_possessive(at) { classes } else { CueClasses::default() }
    }

    /// Whether the word ends in `-ly`.
    pub fn is_adverb(&self, at: usize) -> bool {
        let letters = self.letters(at);
        let kinds = self.kinds(at);
        let formed = letters.len() > 4 && letters.ends_with("ly") && !self.is_capitalized(at);
        kinds.is(WordKind::Adverb) || formed && !kinds.is(WordKind::NotAdverb)
    }

    pub fn is_comma(&self, at: usize) -> bool {
        self.letters(at) == ","
    }

    /// A mark that ends a clause for good.
    pub fn is_hard_stop(&self, at: usize) -> bool {
        matches!(self.letters(at), ";" | ":" | "—" | "–" | "?" | "!" | "…" | "(" | ")" | "[" | "]" | "•" | "|")
            || self.letters(at) == "-" && self.reading.tokens.get(at).is_some_and(|token| token.is_spaced())
    }

    /// The sentence around the token at `at`, cut to the pair of marks that holds it.
    pub fn bounds(&self, at: usize) -> Bounds {
        let within = self.inside(at);
        let (mut first, mut end) =
            match self.reading.tokens.get(at).and_then(|token| self.reading.sentence_at(token.span.start())) {
                Some(sentence) => {
                    let range = self.reading.sentences[sentence].range();
                    (range.start, range.end)
                }
                None => (at, (at + 1).min(self.reading.tokens.len())),
            };
        if within > 0 {
            let (open, close) = self.extents[within as usize - 1];
            first = first.max(open + 1);
            end = end.min(close);
        }
        first = first.max(at.saturating_sub(FAR * 2)).min(at);
        end = end.min(at + FAR * 2).max(at);
        if within > 0 {
            // Sentences are not cut inside marks: a stop before a capital is enough here.
            first = (first..at)
                .rev()
                .find(|i| self.inside(*i) == within && self.ends_sentence(*i))
                .map_or(first, |i| i + 1);
            end = (at..end).find(|i| self.inside(*i) == within && self.ends_sentence(*i)).map_or(end, |i| i + 1);
        }
        Bounds { first, end, within }
    }

    pub fn ends_sentence(&self, at: usize) -> bool {
        matches!(self.letters(at), "." | "?" | "!" | "…")
            && self
                .reading
                .tokens
                .get(at + 1)
                .is_some_and(|next| next.is_spaced() && (next.is_capitalized() || next.is_mark()))
            && !(at > 0 && self.is_capitalized(at - 1) && self.letters(at - 1).len() <= 3)
    }

    /// Skips adverbs, auxiliaries and words of time leftwards from `end`.
    pub fn skip_back(&self, end: usize, floor: usize) -> usize {
        let mut at = end;
        while at > floor && end - at < 8 {
            let kinds = self.kinds(at - 1);
            let skips = self.inside(at - 1) == self.inside(end)
                && !self.is_possessive(at - 1)
                && (kinds.is(WordKind::Auxiliary) && !kinds.is(WordKind::Pronoun) && !self.is_capitalized(at - 1)
                    || self.is_adverb(at - 1)
                    || kinds.is(WordKind::Negation)
                    || kinds.is(WordKind::Time) && !self.begins_name(at - 1));
            if !skips {
                break;
            }
            at -= 1;
            // `on Tuesday`, `in March`: the preposition goes with it.
            if kinds.is(WordKind::Time) && at > floor && self.is(at - 1, WordKind::Preposition) {
                at -= 1;
            }
        }
        at
    }

    /// Whether a known name begins at the token (`May` in `Theresa May`).
    pub fn begins_name(&self, at: usize) -> bool {
        let Some(token) = self.reading.tokens.get(at) else { return false };
        let place = self.mentions.mentions.partition_point(|mention| mention.span.end() <= token.span.start());
        self.mentions.mentions.get(place).is_some_and(|mention| mention.span.holds(token.span.start()))
    }
}
