//! Phrases of the dictionaries, of one word or more, found in a text by one Aho-Corasick automaton over word numbers.
//!
//! The automaton reads words, not letters: every token is three bytes that spell its number in the vocabulary.
//! So a phrase matches whole words only, whatever white space, line break, accent or apostrophe the text has between
//! and in them, and one pass finds the names, cues and triggers of all dictionaries.

use crate::token::{Token, WordId};
use crate::vocabulary::Vocabulary;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::collections::BTreeMap;

/// The number of a phrase.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PhraseId(u32);

/// A phrase found: some tokens of the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PhraseHit {
    /// The first token.
    pub first: u32,
    /// How many tokens.
    pub len: u32,
    /// Which phrase.
    pub phrase: PhraseId,
}

/// Phrases being collected, before the automaton is built.
#[derive(Clone, Debug, Default)]
pub struct PhraseBuilder {
    ids: BTreeMap<Vec<WordId>, PhraseId>,
    phrases: Vec<Vec<WordId>>,
}

impl PhraseBuilder {
    /// The number of `phrase`, added where it is new. `None` where no word of it can be held.
    pub fn add(&mut self, vocabulary: &mut Vocabulary, phrase: &str) -> Option<PhraseId> {
        let words = vocabulary.intern_phrase(phrase);
        if words.is_empty() || words.iter().any(|word| !word.is_known()) {
            return None;
        }
        if let Some(id) = self.ids.get(&words) {
            return Some(*id);
        }
        let id = PhraseId(self.phrases.len() as u32);
        self.phrases.push(words.clone());
        self.ids.insert(words, id);
        Some(id)
    }

    /// Compiles the automaton.
    pub fn build(self) -> Phrases {
        let patterns = self.phrases.iter().map(|words| {
            let mut bytes = Vec::with_capacity(words.len() * WIDTH);
            words.iter().for_each(|word| encode(*word, &mut bytes));
            bytes
        });
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .prefilter(false)
            .build(patterns)
            .ok();
        Phrases { automaton }
    }
}

/// All phrases, compiled.
#[derive(Clone, Debug)]
pub struct Phrases {
    /// `None` only where the dictionaries are beyond what the automaton can number.
    automaton: Option<AhoCorasick>,
}

impl Phrases {
    /// Appends every phrase that stands in `tokens`, overlapping ones too, sorted by first token, then the longer first.
    ///
    /// `breaks` are the tokens that begin a paragraph, sorted: no phrase runs over one.
    pub fn find(&self, tokens: &[Token], breaks: impl Iterator<Item = u32>, hits: &mut Vec<PhraseHit>) {
        let Some(automaton) = &self.automaton else { return };
        let mut stream = Vec::new();
        let mut start = 0;
        for end in breaks.chain(std::iter::once(tokens.len() as u32)) {
            let end = (end as usize).min(tokens.len());
            if end <= start {
                continue;
            }
            stream.clear();
            tokens[start..end].iter().for_each(|token| encode(token.word(), &mut stream));
            let first = hits.len();
            hits.extend(automaton.find_overlapping_iter(&stream).map(|found| PhraseHit {
                first: (start + found.start() / WIDTH) as u32,
                len: (found.len() / WIDTH) as u32,
                phrase: PhraseId(found.pattern().as_u32()),
            }));
            hits[first..].sort_unstable_by_key(|hit| (hit.first, u32::MAX - hit.len));
            start = end;
        }
    }
}

/// Values of some phrases.
#[derive(Clone, Debug)]
pub struct PhraseMap<T> {
    values: BTreeMap<PhraseId, T>,
}

impl<T> Default for PhraseMap<T> {
    fn default() -> Self {
        PhraseMap { values: BTreeMap::new() }
    }
}

impl<T> PhraseMap<T> {
    /// Says `value` of `phrase`, in place of what was said before.
    pub fn insert(&mut self, phrase: PhraseId, value: T) {
        self.values.insert(phrase, value);
    }

    /// What is known of `phrase`.
    pub fn get(&self, phrase: PhraseId) -> Option<&T> {
        self.values.get(&phrase)
    }

    /// What is known of `phrase`, to be changed; the default where nothing was known.
    pub fn entry(&mut self, phrase: PhraseId) -> &mut T
    where
        T: Default,
    {
        self.values.entry(phrase).or_default()
    }
}

/// Bytes a word takes in the stream that the automaton reads.
const WIDTH: usize = 3;

/// Spells a word's number: a byte below 0x80 and two above, so that no match begins inside a word.
fn encode(word: WordId, bytes: &mut Vec<u8>) {
    let id = word.0;
    bytes.extend_from_slice(&[(id >> 14) as u8 & 0x7f, 0x80 | (id >> 7 & 0x7f) as u8, 0x80 | (id & 0x7f) as u8]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenize;

    #[test]
    fn finds_overlapping_phrases_longest_first() {
        let mut vocabulary = Vocabulary::default();
        let mut builder = PhraseBuilder::default();
        let names = ["Apache Software Foundation", "Apache", "Red Hat", "AT&T"];
        let ids: Vec<PhraseId> = names.iter().map(|name| builder.add(&mut vocabulary, name).unwrap()).collect();
        assert_eq!(builder.add(&mut vocabulary, "apache"), Some(ids[1]));
        let phrases = builder.build();
        for (text, expected) in [
            ("The Apache Software Foundation and Red\nHat", &[0usize, 1, 2][..]),
            ("AT&T’s Red\u{a0}Hat", &[3, 2]),
            ("Redhat Hat Red", &[]),
        ] {
            let mut tokens = Vec::new();
            tokenize(text, 0, text.len(), &mut tokens);
            vocabulary.tag(text, &mut tokens);
            let mut hits = Vec::new();
            phrases.find(&tokens, std::iter::empty(), &mut hits);
            let found: Vec<PhraseId> = hits.iter().map(|hit| hit.phrase).collect();
            assert_eq!(found, expected.iter().map(|i| ids[*i]).collect::<Vec<_>>(), "{text}");
        }
    }

    #[test]
    fn no_phrase_runs_over_a_break() {
        let mut vocabulary = Vocabulary::default();
        let mut builder = PhraseBuilder::default();
        builder.add(&mut vocabulary, "Red Hat");
        let phrases = builder.build();
        let text = "Red\n\nHat";
        let mut tokens = Vec::new();
        tokenize(text, 0, text.len(), &mut tokens);
        vocabulary.tag(text, &mut tokens);
        let mut hits = Vec::new();
        phrases.find(&tokens, [0, 1].into_iter(), &mut hits);
        assert!(hits.is_empty());
    }
}
