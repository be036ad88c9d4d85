//! Stretches that may be names, while they are being found.

use super::MentionRule;
use crate::gazetteer::{EntityType, EntryId};
use crate::reading::Reading;
use crate::span::Span;

/// A stretch of tokens read as a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Found {
    /// The first token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// The name alone.
    pub span: Span,
    /// What it names.
    pub entity_type: EntityType,
    /// The dictionary's entry, where it has one.
    pub entry: Option<EntryId>,
    /// Why it is a name.
    pub rule: MentionRule,
    /// `m` or `f`, for a person.
    pub gender: Option<char>,
    /// The fuller name that it is short for, elsewhere in the text.
    pub full: Option<Span>,
}

impl Found {
    /// The tokens `first..end` as a name, a possessive ending left out.
    pub fn new(reading: &Reading<'_>, first: usize, end: usize, entity_type: EntityType, rule: MentionRule) -> Found {
        let span = name_span(reading, first, end);
        Found { first, end, span, entity_type, entry: None, rule, gender: None, full: None }
    }
}

/// The span of the tokens `first..end`, a possessive ending left out.
pub(super) fn name_span(reading: &Reading<'_>, first: usize, end: usize) -> Span {
    if first >= end || end > reading.tokens.len() {
        return Span::default();
    }
    Span::new(reading.tokens[first].span.start(), reading.tokens[end - 1].stem(reading.text).end())
}

/// Which found name holds each token.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken {
    by_token: Vec<u32>,
}

const FREE: u32 = u32::MAX;

impl Taken {
    /// No token taken yet.
    pub fn new(tokens: usize) -> Taken {
        Taken { by_token: vec![FREE; tokens] }
    }

    /// Whether a name holds the token.
    pub fn holds(&self, token: usize) -> bool {
        self.by_token.get(token).is_some_and(|found| *found != FREE)
    }

    /// The place of the name that holds the token.
    pub fn at(&self, token: usize) -> Option<usize> {
        self.by_token.get(token).filter(|found| **found != FREE).map(|found| *found as usize)
    }

    /// Whether no token of the stretch is taken.
    pub fn is_free(&self, first: usize, end: usize) -> bool {
        self.by_token.get(first..end).is_some_and(|tokens| tokens.iter().all(|found| *found == FREE))
    }

    /// Gives the tokens of a name to it.
    pub fn take(&mut self, found: &Found, place: usize) {
        if let Some(tokens) = self.by_token.get_mut(found.first..found.end) {
            tokens.fill(place as u32);
        }
    }
}

/// Keeps, of names that overlap, the longer, and of equally long ones the earlier in the list. Sorted by place.
pub(super) fn keep_longest(found: Vec<Found>, tokens: usize) -> (Vec<Found>, Taken) {
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|i| (usize::MAX - (found[*i].end - found[*i].first), found[*i].first, *i));
    let mut probe = Taken::new(tokens);
    let mut kept: Vec<Found> = Vec::new();
    for i in order {
        if probe.is_free(found[i].first, found[i].end) {
            probe.take(&found[i], i);
            kept.push(found[i]);
        }
    }
    kept.sort_by_key(|name| name.first);
    let mut taken = Taken::new(tokens);
    kept.iter().enumerate().for_each(|(place, name)| taken.take(name, place));
    (kept, taken)
}
