//! Names of the dictionaries: what Aho-Corasick proposes, compared word by word and judged by risk.

use super::MentionRule;
use super::context::Context;
use super::found::Found;
use crate::gazetteer::{Form, Gazetteer, Risk};
use crate::phrase::{PhraseHit, PhraseId};
use std::collections::BTreeSet;

/// Finds the dictionaries' names. At each place the longest acceptable one; where it is refused, the next shorter.
pub(super) fn find_dictionary_names(context: &Context<'_>, gazetteer: &Gazetteer) -> Vec<Found> {
    let reading = context.reading;
    let present: BTreeSet<PhraseId> = reading.hits.iter().map(|hit| hit.phrase).collect();
    let judge = Judge { context, gazetteer, present };
    // Forms of low and medium risk first: they speak for those of high risk.
    let mut sure = BTreeSet::new();
    for hit in &reading.hits {
        if let Some(form) = judge.forms(*hit).find(|form| form.risk != Risk::High && judge.accepts(form, *hit, None)) {
            sure.insert(form.entry);
        }
    }
    let mut names: Vec<Found> = Vec::new();
    let mut next_free = 0;
    for hit in &reading.hits {
        let first = hit.first as usize;
        if first < next_free {
            continue;
        }
        if let Some(form) = judge.forms(*hit).find(|form| judge.accepts(form, *hit, Some(&sure))) {
            let entry = gazetteer.entry(form.entry);
            let end = first + hit.len as usize;
            let mut found = Found::new(reading, first, end, entry.entity_type, MentionRule::Dictionary);
            found.entry = Some(form.entry);
            found.gender = entry.gender;
            names.push(found);
            next_free = end;
        }
    }
    names
}

struct Judge<'a> {
    context: &'a Context<'a>,
    gazetteer: &'a Gazetteer,
    present: BTreeSet<PhraseId>,
}

impl Judge<'_> {
    /// The forms whose words are these, in this case and at this date.
    fn forms(&self, hit: PhraseHit) -> impl Iterator<Item = &Form> {
        let reading = self.context.reading;
        let tokens = &reading.tokens[hit.first as usize..(hit.first + hit.len) as usize];
        let last = tokens.len() - 1;
        self.gazetteer.forms(hit.phrase).filter(move |form| {
            let keeps_ending = form.text.ends_with("'s");
            let words = tokens.iter().enumerate().map(|(i, token)| {
                let span = if i == last && !keeps_ending { token.stem(reading.text) } else { token.span };
                (span, token.is_spaced())
            });
            form.holds_on(reading.published) && form.matches(reading.text, words)
        })
    }

    /// Whether the form names its entry here. `sure` are the entries that names of less risk showed.
    fn accepts(&self, form: &Form, hit: PhraseHit, sure: Option<&BTreeSet<crate::gazetteer::EntryId>>) -> bool {
        let (first, end) = (hit.first as usize, (hit.first + hit.len) as usize);
        if form.risk == Risk::Low {
            return !self.is_blocked(form, first, end);
        }
        if self.is_blocked(form, first, end) {
            return false;
        }
        if form.risk == Risk::Medium {
            return true;
        }
        let Some(sure) = sure else { return false };
        let entry = self.gazetteer.entry(form.entry);
        let reading = self.context.reading;
        let capitalized = reading.tokens[first].is_capitalized() || reading.tokens[first].has_inner_upper();
        if !capitalized && form.text.starts_with(char::is_uppercase) {
            return false;
        }
        // A word that may only be capitalized for its place says nothing by itself.
        let bare = self.context.begins_sentence(first) && hit.len == 1 && !reading.tokens[first].is_caps();
        let cued = self.context.is_cued(first, end, entry.entity_type);
        if sure.contains(&form.entry) {
            return !bare || cued || self.context.is_subject(end);
        }
        let known = entry.context.iter().any(|phrase| self.present.contains(phrase))
            || entry.parent.is_some_and(|parent| sure.contains(&parent));
        if bare { known && (cued || self.context.is_subject(end)) } else { known || cued }
    }

    /// Whether a block word of the entry stands directly before or after.
    fn is_blocked(&self, form: &Form, first: usize, end: usize) -> bool {
        let block = &self.gazetteer.entry(form.entry).block;
        if block.is_empty() {
            return false;
        }
        let reading = self.context.reading;
        let after = reading.hits_at(end).iter().any(|hit| block.contains(&hit.phrase));
        after || self.context.hits_ending(first).any(|hit| block.contains(&hit.phrase))
    }
}
