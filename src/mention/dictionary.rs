//! Names of the dictionaries: what the trie of phrases proposes, compared word by word and judged by risk.

use super::MentionRule;
use super::context::Context;
use super::found::Found;
use crate::gazetteer::{EntityType, EntryId, Form, Gazetteer, Risk};
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
        if let Some(form) = judge.forms(*hit).find(|form| form.risk != Risk::High && judge.accepts(*form, *hit, None)) {
            sure.insert(form.entry);
        }
    }
    let mut names: Vec<Found> = Vec::new();
    // Names of high risk that nothing but a list can speak for.
    let mut doubtful: Vec<Found> = Vec::new();
    let mut next_free = 0;
    for hit in &reading.hits {
        let first = hit.first as usize;
        if first < next_free {
            continue;
        }
        match judge.best(*hit, &sure) {
            Some(form) => {
                let found = judge.found(form, *hit);
                next_free = found.end;
                names.push(found);
            }
            None => doubtful.extend(judge.listed(*hit)),
        }
    }
    accept_listed(context, doubtful, &mut names);
    names
}

/// Accepts doubtful names that stand in a list beside an accepted one of their type: `in Go and Rust`.
fn accept_listed(context: &Context<'_>, doubtful: Vec<Found>, names: &mut Vec<Found>) {
    let reading = context.reading;
    let joint =
        |at: usize| matches!(reading.letters(at), "," | "/") || context.rules.conjunctions.holds(reading.word(at));
    let mut accepted = Vec::new();
    for name in doubtful {
        let place = names.partition_point(|known| known.first < name.first);
        let alike = |known: &Found| known.entity_type == name.entity_type;
        let before = place.checked_sub(1).and_then(|i| names.get(i)).filter(|known| alike(known));
        let after = names.get(place).filter(|known| alike(known));
        let joined = |from: usize, to: usize| from < to && to - from <= 2 && (from..to).all(joint);
        if before.is_some_and(|known| joined(known.end, name.first))
            || after.is_some_and(|known| joined(name.end, known.first))
        {
            accepted.push(name);
        }
    }
    names.extend(accepted);
    names.sort_by_key(|name| (name.first, usize::MAX - name.end));
    names.dedup_by(|later, kept| later.first < kept.end);
}

struct Judge<'a> {
    context: &'a Context<'a>,
    gazetteer: &'a Gazetteer,
    present: BTreeSet<PhraseId>,
}

impl Judge<'_> {
    /// The forms whose words are these, in this case and at this date.
    fn forms(&self, hit: PhraseHit) -> impl Iterator<Item = Form<'_>> {
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

    /// The form that names its entry here: of several the one that the cues beside it speak for, then that of lowest rank.
    fn best(&self, hit: PhraseHit, sure: &BTreeSet<EntryId>) -> Option<Form<'_>> {
        let (first, end) = (hit.first as usize, (hit.first + hit.len) as usize);
        // What hangs on a full stop is a stock exchange's symbol or a file's ending.
        let reading = self.context.reading;
        if first > 0 && !reading.tokens[first].is_spaced() && reading.letters(first - 1) == "." {
            return None;
        }
        let mut accepted = self.forms(hit).filter(|form| self.accepts(*form, hit, Some(sure)));
        let mut best = accepted.next()?;
        let platform = first > 0
            && (self.context.rules.platform_prepositions.holds(reading.word(first - 1))
                || reading.tokens[first - 1].is_possessive());
        for form in accepted {
            let strength = |form: Form<'_>| {
                let entity_type = self.gazetteer.entry(form.entry).entity_type;
                let used = platform && entity_type == EntityType::Product;
                self.context.cue_strength(first, end, entity_type) + u32::from(used)
            };
            if strength(form) > strength(best) {
                best = form;
            }
        }
        Some(best)
    }

    fn found(&self, form: Form<'_>, hit: PhraseHit) -> Found {
        let entry = self.gazetteer.entry(form.entry);
        let (first, end) = (hit.first as usize, (hit.first + hit.len) as usize);
        let mut found = Found::new(self.context.reading, first, end, entry.entity_type, MentionRule::Dictionary);
        found.entry = Some(form.entry);
        found.gender = entry.gender;
        found
    }

    /// A capitalised form of high risk in the middle of a sentence, for lists to speak for.
    fn listed(&self, hit: PhraseHit) -> Option<Found> {
        let (first, end) = (hit.first as usize, (hit.first + hit.len) as usize);
        let token = self.context.reading.tokens[first];
        let shown = token.is_capitalized() && !self.context.begins_sentence(first) && !self.context.in_heading(first);
        let form = self.forms(hit).find(|form| !self.is_blocked(*form, first, end)).filter(|_| shown)?;
        Some(self.found(form, hit))
    }

    /// Whether the form names its entry here. `sure` are the entries that names of less risk showed.
    fn accepts(&self, form: Form<'_>, hit: PhraseHit, sure: Option<&BTreeSet<EntryId>>) -> bool {
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
        let caps = reading.tokens[first].is_caps();
        let bare = self.context.begins_sentence(first) && hit.len == 1 && !caps;
        let cued = self.context.is_cued(first, end, entry.entity_type);
        // Whoever says something is no ordinary word; nor are capitals that the dictionary asks for.
        if self.context.speaks(end) || form.exact && caps && !self.context.in_heading(first) {
            return true;
        }
        if sure.contains(&form.entry) {
            return !bare || cued || self.context.is_subject(end);
        }
        let known = entry.context.iter().any(|phrase| self.present.contains(phrase))
            || entry.parent.is_some_and(|parent| sure.contains(&parent));
        if bare { cued || known && self.context.is_subject(end) } else { known || cued }
    }

    /// Whether a block word of the entry stands directly before or after.
    fn is_blocked(&self, form: Form<'_>, first: usize, end: usize) -> bool {
        let block = self.gazetteer.entry(form.entry).block;
        if block.is_empty() {
            return false;
        }
        let reading = self.context.reading;
        let after = reading.hits_at(end).iter().any(|hit| block.contains(&hit.phrase));
        after || self.context.hits_ending(first).any(|hit| block.contains(&hit.phrase))
    }
}
