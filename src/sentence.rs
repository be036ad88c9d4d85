//! Sentences: cut at stops that end one, quotations masked, abbreviations known.

use crate::cue::Cues;
use crate::error::Error;
use crate::lexicon::{Source, read_rows};
use crate::marks::{Closing, MarkPair};
use crate::span::Span;
use crate::structure::{Paragraph, ParagraphKind};
use crate::token::Token;
use crate::vocabulary::{Vocabulary, WordMap, WordSet};

/// A sentence, a heading or a list item without a stop.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sentence {
    /// From its first token to its last.
    pub span: Span,
    /// The first of its tokens, and one past the last.
    pub tokens: (u32, u32),
    /// Its paragraph.
    pub paragraph: u32,
}

impl Sentence {
    /// Its tokens as a range.
    pub fn range(self) -> std::ops::Range<usize> {
        self.tokens.0 as usize..self.tokens.1 as usize
    }
}

/// How an abbreviation's full stop behaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Abbreviation {
    /// Never ends a sentence (`Mr.`).
    Never,
    /// Ends one where a word that begins sentences follows (`Inc. The`).
    Perhaps,
}

/// What the splitter knows: abbreviations, and words that begin sentences.
#[derive(Clone, Debug, Default)]
pub struct SentenceRules {
    abbreviations: WordMap<Abbreviation>,
    starters: WordSet,
}

/// The columns of `abbreviations.csv`.
pub const ABBREVIATION_COLUMNS: [&str; 3] = ["abbreviation", "kind", "example"];

/// The kinds of abbreviations, and how each behaves.
const KINDS: [(&str, Abbreviation); 8] = [
    ("title", Abbreviation::Never),
    ("latin", Abbreviation::Never),
    ("other", Abbreviation::Never),
    ("month", Abbreviation::Perhaps),
    ("unit", Abbreviation::Perhaps),
    ("corporate", Abbreviation::Perhaps),
    ("place", Abbreviation::Perhaps),
    ("time", Abbreviation::Perhaps),
];

impl SentenceRules {
    /// Reads `abbreviations.csv`; `starters` are words that begin sentences when capitalized.
    ///
    /// # Errors
    /// An unknown kind, an abbreviation without its stop, or an example without it.
    pub fn read(
        sources: &[Source<'_>],
        starters: WordSet,
        vocabulary: &mut Vocabulary,
    ) -> Result<SentenceRules, Error> {
        let mut rules = SentenceRules { abbreviations: WordMap::default(), starters };
        for (source, row) in read_rows(sources, &ABBREVIATION_COLUMNS)? {
            let error = |message: String| Error::dictionary(source.name, row.line, message);
            let Some(stem) = row.cell(0).strip_suffix('.') else {
                return Err(error("an abbreviation must end in its full stop".into()));
            };
            let Some((_, kind)) = KINDS.iter().find(|(name, _)| *name == row.cell(1)) else {
                return Err(error(format!("no kind of abbreviation is called `{}`", row.cell(1))));
            };
            if !row.cell(2).contains(row.cell(0)) {
                return Err(error("the example does not hold the abbreviation".into()));
            }
            // Only the last word stands before the stop (`Ph.D.` is one word, `et al.` two).
            if let Some(word) = vocabulary.intern_phrase(stem).last() {
                rules.abbreviations.insert(*word, *kind);
            }
        }
        Ok(rules)
    }
}

/// Cuts every paragraph into sentences.
pub fn split_sentences(
    text: &str,
    tokens: &[Token],
    paragraphs: &[Paragraph],
    marks: &[MarkPair],
    rules: &SentenceRules,
    cues: &Cues,
) -> Vec<Sentence> {
    let mut splitter = Splitter { text, tokens, rules, cues, sentences: Vec::new() };
    let mut mark = 0;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let first = mark;
        while mark < marks.len() && marks[mark].paragraph as usize == index {
            mark += 1;
        }
        if paragraph.kind != ParagraphKind::Code {
            splitter.paragraph(index as u32, *paragraph, &marks[first..mark]);
        }
    }
    splitter.sentences
}

struct Splitter<'a> {
    text: &'a str,
    tokens: &'a [Token],
    rules: &'a SentenceRules,
    cues: &'a Cues,
    sentences: Vec<Sentence>,
}

impl Splitter<'_> {
    fn paragraph(&mut self, index: u32, paragraph: Paragraph, marks: &[MarkPair]) {
        let (from, to) = (paragraph.tokens.0 as usize, paragraph.tokens.1 as usize);
        let mut start = self.after_dateline(from, to);
        let mut at = start;
        let mut mark = 0;
        while at < to {
            let place = self.tokens[at].span.start();
            while mark < marks.len() && (marks[mark].depth > 0 || marks[mark].outer.end() <= place) {
                mark += 1;
            }
            // A quotation that is a part of its sentence is stepped over whole.
            if let Some(pair) = marks.get(mark).filter(|pair| pair.outer.start() == place) {
                let close = at + self.tokens[at..to].partition_point(|token| token.span.start() < pair.outer.end());
                let stands_alone = at == start && pair.closing == Closing::Mark && self.stands_alone(at, close, to);
                if !stands_alone && pair.closing == Closing::Mark {
                    let ends = self.ends_with_stop(close - 1);
                    at = close;
                    if ends && self.may_begin(at, to) && !self.is_attributed(at, to) {
                        self.push(start, at, index);
                        start = at;
                    }
                    continue;
                }
            }
            let end = self.stop_at(at, to);
            at += 1;
            if let Some(end) = end {
                self.push(start, end, index);
                start = end;
                at = end;
            }
        }
        self.push(start, to, index);
    }

    /// Skips a wire dateline: `NEW YORK (Reuters) -`, `PARIS, April 3 —`.
    fn after_dateline(&self, from: usize, to: usize) -> usize {
        const LONGEST: usize = 16;
        let caps = self.tokens.get(from).is_some_and(|first| from < to && first.is_caps());
        let within = &self.tokens[from..to.min(from + LONGEST)];
        for (i, token) in within.iter().enumerate().skip(1) {
            let is_dash = matches!(token.span.of(self.text), "-" | "–" | "—") && token.is_spaced();
            let bracket = within[i - 1].span.of(self.text) == ")";
            let dashes =
                if is_dash && within.get(i + 1).is_some_and(|next| next.span.of(self.text) == "-") { 2 } else { 1 };
            if is_dash && (bracket || caps) {
                return from + i + dashes;
            }
            let spelled = |t: &Token| t.is_capitalized() || t.is_number() || t.is_mark();
            if !spelled(token) {
                break;
            }
        }
        from
    }

    /// Whether the sentence is cut after the stop at `at`; where the next one begins.
    fn stop_at(&self, at: usize, to: usize) -> Option<usize> {
        if !self.is_stop(at) {
            return None;
        }
        // In a longer row of stops, those at its end are seen from a place nearer to it.
        const LONGEST: usize = 32;
        let mut end = at + 1;
        while end < to.min(at + LONGEST) && (self.is_stop(end) || self.is_closer(end)) && !self.tokens[end].is_spaced()
        {
            end += 1;
        }
        if end >= to || !self.may_begin(end, to) {
            return None;
        }
        let plain = self.tokens[at].span.of(self.text) == ".";
        if plain && end == at + 1 && at > 0 && !self.tokens[at].is_spaced() {
            let before = self.tokens[at - 1];
            let word = before.span.of(self.text);
            let initial = before.is_word() && before.is_capitalized() && word.chars().count() == 1;
            let dotted =
                word.contains('.') && before.is_word() && word.rsplit('.').next().is_some_and(|last| last.len() <= 2);
            match self.rules.abbreviations.get(before.word()) {
                Some(Abbreviation::Never) => return None,
                Some(Abbreviation::Perhaps) if !self.is_starter(end) => return None,
                None if (initial || dotted) && !self.is_starter(end) => return None,
                _ => {}
            }
        }
        Some(end)
    }

    fn is_stop(&self, at: usize) -> bool {
        self.is_stop_mark(&self.tokens[at])
    }

    fn is_closer(&self, at: usize) -> bool {
        matches!(self.tokens[at].span.of(self.text), "\"" | "'" | "”" | "’" | ")" | "]" | "»" | "*" | "_")
    }

    fn is_starter(&self, at: usize) -> bool {
        self.tokens[at].is_capitalized() && self.rules.starters.holds(self.tokens[at].word())
            || matches!(self.tokens[at].span.of(self.text), "\"" | "“" | "‘")
    }

    /// Whether a sentence can begin at `at`: after white space, with a capital, a number or an opening mark.
    fn may_begin(&self, at: usize, to: usize) -> bool {
        let Some(token) = self.tokens.get(at).filter(|_| at < to) else { return true };
        if !token.is_spaced() {
            return false;
        }
        if token.is_mark() {
            return !matches!(token.span.of(self.text), "," | ";" | ":" | "-" | "–" | "—" | "." | "%" | "&" | "/");
        }
        token.is_capitalized() || token.is_number() || token.has_inner_upper()
    }

    /// Whether the token before `close` (a closing mark) ends a sentence.
    fn ends_with_stop(&self, close: usize) -> bool {
        close > 0 && (self.is_stop(close) || self.is_stop(close - 1))
    }

    /// Whether the quotation from token `open` up to `close` is a sentence or more by itself.
    fn stands_alone(&self, open: usize, close: usize, to: usize) -> bool {
        close > open + 2
            && self.ends_with_stop(close - 1)
            && self.may_begin(close, to)
            && !self.is_attributed(close, to)
    }

    /// Whether `X said` follows at `at`, as after a question: `"Why?" Stone asked.` Behind a full stop, for which an
    /// attribution would have a comma, the verb has to end its clause.
    fn is_attributed(&self, at: usize, to: usize) -> bool {
        const FAR: usize = 6;
        let plain = self.tokens[..at].iter().rev().take(FAR).find(|token| !token.is_mark() || self.is_stop_mark(token));
        let plain = plain.is_some_and(|token| token.span.of(self.text) == ".");
        for (place, token) in self.tokens[at..to.min(at + FAR)].iter().enumerate() {
            if token.is_mark() {
                return false;
            }
            if self.cues.of_word(token.word()).is_verb() && !token.is_capitalized() {
                let next = self.tokens.get(at + place + 1).filter(|_| at + place + 1 < to);
                let letters = next.map_or(".", |next| next.span.of(self.text));
                let ends = next.is_none_or(|next| next.is_mark()) && !matches!(letters, "\"" | "“" | "‘" | ":");
                return ends || place == 0 || !plain && letters != "that" && !matches!(letters, "\"" | "“" | "‘");
            }
        }
        false
    }

    fn is_stop_mark(&self, token: &Token) -> bool {
        matches!(token.span.of(self.text), "." | "?" | "!" | "…")
    }

    /// Adds a sentence. What is longer than any sentence is cut, so that no work on one grows without bound.
    fn push(&mut self, from: usize, to: usize, paragraph: u32) {
        let mut first = from;
        while first < to {
            let end = to.min(first + MAX_TOKENS);
            let span = self.tokens[first].span.join(self.tokens[end - 1].span);
            self.sentences.push(Sentence { span, tokens: (first as u32, end as u32), paragraph });
            first = end;
        }
    }
}

/// No sentence of prose has more tokens.
const MAX_TOKENS: usize = 600;
