//! A document read once: its tokens, paragraphs, quotation marks, sentences and dictionary phrases.

use crate::document::Document;
use crate::marks::MarkPair;
use crate::phrase::{Hits, PhraseHit};
use crate::sentence::Sentence;
use crate::span::Span;
use crate::structure::{Paragraph, Structure};
use crate::token::{Token, WordId};
use jiff::civil::Date;
use std::ops::Range;

/// What every later layer reads. All parts are sorted and refer to each other by index.
#[derive(Clone, Debug)]
pub struct Reading<'t> {
    /// The text, unchanged.
    pub text: &'t str,
    /// The publication date, where known.
    pub published: Option<Date>,
    /// Paragraphs and articles.
    pub structure: Structure,
    /// Words, numbers and marks. Addresses and code have none.
    pub tokens: Vec<Token>,
    /// Quotation marks in pairs.
    pub marks: Vec<MarkPair>,
    /// Sentences. Code has none.
    pub sentences: Vec<Sentence>,
    /// Phrases of the dictionaries.
    pub hits: Hits,
    /// How often a layer has looked at a word, in builds with debug assertions.
    #[cfg(debug_assertions)]
    looks: std::cell::Cell<u64>,
}

impl<'t> Reading<'t> {
    /// A reading of nothing yet but the text.
    pub fn new(document: &Document<'t>) -> Reading<'t> {
        Reading {
            text: document.text(),
            published: document.published(),
            structure: Structure::default(),
            tokens: Vec::new(),
            marks: Vec::new(),
            sentences: Vec::new(),
            hits: Hits::default(),
            #[cfg(debug_assertions)]
            looks: std::cell::Cell::new(0),
        }
    }

    /// How often a layer has looked at a word or phrase so far; 0 in builds without debug assertions.
    pub fn looks(&self) -> u64 {
        #[cfg(debug_assertions)]
        return self.looks.get();
        #[cfg(not(debug_assertions))]
        0
    }

    #[inline]
    fn look(&self) {
        #[cfg(debug_assertions)]
        self.looks.set(self.looks.get() + 1);
    }

    /// The word of the token at `at`; unknown past the end.
    pub fn word(&self, at: usize) -> WordId {
        self.look();
        self.tokens.get(at).map_or(WordId::UNKNOWN, |token| token.word())
    }

    /// The letters of the token at `at`; empty past the end.
    pub fn letters(&self, at: usize) -> &'t str {
        self.look();
        self.tokens.get(at).map_or("", |token| token.span.of(self.text))
    }

    /// The tokens that begin inside `span`.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let from = self.tokens.partition_point(|token| token.span.start() < span.start());
        let to = self.tokens.partition_point(|token| token.span.start() < span.end());
        from..to.max(from)
    }

    /// The span from token `from` up to, not including, token `to`.
    pub fn span(&self, from: usize, to: usize) -> Span {
        if from >= to || to > self.tokens.len() {
            return Span::default();
        }
        self.tokens[from].span.join(self.tokens[to - 1].span)
    }

    /// The index of the sentence that holds the byte at `at`.
    pub fn sentence_at(&self, at: usize) -> Option<usize> {
        let index = self.sentences.partition_point(|sentence| sentence.span.end() <= at);
        self.sentences.get(index).filter(|sentence| sentence.span.start() <= at).map(|_| index)
    }

    /// The index of the paragraph that holds the byte at `at`.
    pub fn paragraph_at(&self, at: usize) -> Option<usize> {
        let paragraphs = &self.structure.paragraphs;
        let index = paragraphs.partition_point(|paragraph| paragraph.span.end() <= at);
        paragraphs.get(index).filter(|paragraph| paragraph.span.start() <= at).map(|_| index)
    }

    /// The paragraph of a sentence.
    pub fn paragraph_of(&self, sentence: &Sentence) -> &Paragraph {
        &self.structure.paragraphs[sentence.paragraph as usize]
    }

    /// The phrases that begin at the token `at`, the longer first.
    #[inline]
    pub fn hits_at(&self, at: usize) -> &[PhraseHit] {
        self.look();
        self.hits.at(at)
    }
}
