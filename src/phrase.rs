//! Phrases of the dictionaries, of one word or more, found in a text by one trie over word numbers.
//!
//! The trie reads words, not letters. So a phrase matches whole words only, whatever white space, line break, accent or
//! apostrophe the text has between and in them, and one pass finds the names, cues and triggers of all dictionaries.
//! At each word the walk ends where no phrase goes on, most often at once: links for failures, as Aho and Corasick's
//! automaton has them, would save nothing and cost most of the time to build.

use crate::slots::{Slots, hash_pair};
use crate::token::{Token, WordId, tokenize};
use crate::vocabulary::Vocabulary;

/// The number of a phrase.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PhraseId(u32);

impl PhraseId {
    /// The number, for tables indexed by phrase.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

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

/// Phrases being collected.
#[derive(Clone, Debug, Default)]
pub struct PhraseBuilder {
    phrases: Phrases,
    /// The tokens and words of the phrase at hand. Reused.
    tokens: Vec<Token>,
    words: Vec<WordId>,
}

impl PhraseBuilder {
    /// The number of `phrase`, added where it is new. `None` where it has no word, or one that cannot be held.
    pub fn add(&mut self, vocabulary: &mut Vocabulary, phrase: &str) -> Option<PhraseId> {
        self.add_tokens(vocabulary, phrase, |_| ())
    }

    /// Like [`PhraseBuilder::add`]; `see` is shown the tokens.
    pub(crate) fn add_tokens(
        &mut self,
        vocabulary: &mut Vocabulary,
        phrase: &str,
        see: impl FnOnce(&[Token]),
    ) -> Option<PhraseId> {
        self.tokens.clear();
        self.words.clear();
        tokenize(phrase, 0, phrase.len(), &mut self.tokens);
        self.words.extend(self.tokens.iter().map(|token| vocabulary.intern(token.span.of(phrase))));
        see(&self.tokens);
        if self.words.is_empty() || self.words.iter().any(|word| !word.is_known()) {
            return None;
        }
        Some(self.phrases.add(&self.words))
    }

    /// The phrases, ready to be found.
    pub fn build(self) -> Phrases {
        self.phrases
    }
}

/// All phrases, in a trie over word numbers.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    /// By word: the node that it leads to from the root, or 0.
    roots: Vec<u32>,
    /// Node 0 is the root.
    nodes: Vec<Node>,
    /// The nodes below the first floor, by the node before and the word.
    below: Slots,
    /// How many phrases there are.
    count: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Node {
    before: u32,
    word: WordId,
    /// One more than the number of the phrase that ends here, or 0.
    phrase: u32,
    /// Whether some phrase goes on from here.
    goes_on: bool,
}

impl Phrases {
    fn add(&mut self, words: &[WordId]) -> PhraseId {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let node = words.iter().fold(0, |node, word| match self.step(node, *word) {
            0 => self.grow(node, *word),
            next => next,
        });
        let end = &mut self.nodes[node as usize];
        if end.phrase == 0 {
            self.count += 1;
            end.phrase = self.count;
        }
        PhraseId(end.phrase - 1)
    }

    /// The node that `word` leads to from `node`; 0 where no phrase goes on with it.
    fn step(&self, node: u32, word: WordId) -> u32 {
        if node == 0 {
            return self.roots.get(word.index()).copied().unwrap_or(0);
        }
        self.below.find(hash_pair(node, word.0), |next| {
            let next = self.nodes[next as usize];
            next.before == node && next.word == word
        })
    }

    fn grow(&mut self, before: u32, word: WordId) -> u32 {
        let next = self.nodes.len() as u32;
        self.nodes.push(Node { before, word, phrase: 0, goes_on: false });
        self.nodes[before as usize].goes_on = true;
        if before == 0 {
            if self.roots.len() <= word.index() {
                self.roots.resize(word.index() + 1, 0);
            }
            self.roots[word.index()] = next;
        } else {
            let nodes = &self.nodes;
            self.below.insert(hash_pair(before, word.0), next, |node| {
                let node = nodes[node as usize];
                hash_pair(node.before, node.word.0)
            });
        }
        next
    }

    /// Every phrase that stands in `tokens`, overlapping ones too.
    ///
    /// `breaks` are the tokens that begin a paragraph, sorted: no phrase runs over one.
    pub fn find(&self, tokens: &[Token], breaks: impl Iterator<Item = u32>) -> Hits {
        let mut hits = Hits { all: Vec::with_capacity(tokens.len() / 2), starts: Vec::with_capacity(tokens.len() + 1) };
        let mut start = 0;
        for end in breaks.chain(std::iter::once(tokens.len() as u32)) {
            let end = (end as usize).min(tokens.len());
            for first in start..end {
                let from = hits.all.len();
                hits.starts.push(from as u32);
                let mut node = self.roots.get(tokens[first].word().index()).copied().unwrap_or(0);
                let mut len = 1;
                while node != 0 {
                    let phrase = self.nodes[node as usize].phrase;
                    if phrase != 0 {
                        hits.all.push(PhraseHit { first: first as u32, len, phrase: PhraseId(phrase - 1) });
                    }
                    let Some(next) = tokens[..end].get(first + len as usize) else { break };
                    node = if self.nodes[node as usize].goes_on { self.step(node, next.word()) } else { 0 };
                    len += 1;
                }
                hits.all[from..].reverse();
            }
            start = start.max(end);
        }
        hits.starts.push(hits.all.len() as u32);
        hits
    }
}

/// The phrases of a text, by first token, then the longer first.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    all: Vec<PhraseHit>,
    /// By token: the first of its hits, in `all`. One more than there are tokens.
    starts: Vec<u32>,
}

impl Hits {
    /// The phrases that begin at a token, the longer first.
    #[inline]
    pub fn at(&self, token: usize) -> &[PhraseHit] {
        match self.starts.get(token..token + 2) {
            Some(&[from, to]) => &self.all[from as usize..to as usize],
            _ => &[],
        }
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, PhraseHit> {
        self.all.iter()
    }
}

impl<'a> IntoIterator for &'a Hits {
    type Item = &'a PhraseHit;
    type IntoIter = std::slice::Iter<'a, PhraseHit>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Values of some phrases.
#[derive(Clone, Debug)]
pub struct PhraseMap<T> {
    /// By phrase: 0, or one more than the place in `values`.
    places: Vec<u32>,
    values: Vec<T>,
}

impl<T> Default for PhraseMap<T> {
    fn default() -> Self {
        PhraseMap { places: Vec::new(), values: Vec::new() }
    }
}

impl<T> PhraseMap<T> {
    /// Says `value` of `phrase`, in place of what was said before.
    pub fn insert(&mut self, phrase: PhraseId, value: T) {
        match self.place(phrase) {
            Some(place) => self.values[place] = value,
            None => self.push(phrase, value),
        }
    }

    /// What is known of `phrase`.
    #[inline]
    pub fn get(&self, phrase: PhraseId) -> Option<&T> {
        self.place(phrase).map(|place| &self.values[place])
    }

    /// What is known of `phrase`, to be changed; the default where nothing was known.
    pub fn entry(&mut self, phrase: PhraseId) -> &mut T
    where
        T: Default,
    {
        if self.place(phrase).is_none() {
            self.push(phrase, T::default());
        }
        let place = self.places[phrase.index()] as usize - 1;
        &mut self.values[place]
    }

    #[inline]
    fn place(&self, phrase: PhraseId) -> Option<usize> {
        (*self.places.get(phrase.index())? as usize).checked_sub(1)
    }

    fn push(&mut self, phrase: PhraseId, value: T) {
        if self.places.len() <= phrase.index() {
            self.places.resize(phrase.index() + 1, 0);
        }
        self.values.push(value);
        self.places[phrase.index()] = self.values.len() as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            let hits = phrases.find(&tokens, std::iter::empty());
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
        assert_eq!(phrases.find(&tokens, [0, 1].into_iter()).iter().count(), 0);
    }
}
