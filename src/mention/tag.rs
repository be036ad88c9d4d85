//! The order in which names are found, and the entities that they make.

use super::context::Context;
use super::coreference::{find_short_forms, link_short_names, prefer_people};
use super::dictionary::find_dictionary_names;
use super::found::{Found, Taken, keep_longest, name_span};
use super::organization::{find_bodies, find_companies_by_form};
use super::person::find_people;
use super::unknown::find_unknown_names;
use super::{Entity, EntityId, Mention, MentionRule, Mentions, NameRules};
use crate::cue::Cues;
use crate::gazetteer::{EntityType, EntryId, Gazetteer};
use crate::reading::Reading;
use crate::span::Span;
use crate::timex::Candidate;
use std::collections::BTreeMap;

/// Finds all names of a document.
///
/// `dates` are the stretches that read as dates, sorted: what no dictionary and no form tells is no name there.
pub fn tag_mentions(
    reading: &Reading<'_>,
    gazetteer: &Gazetteer,
    rules: &NameRules,
    cues: &Cues,
    dates: &[Candidate],
) -> Mentions {
    let context = Context::new(reading, rules, cues);
    let tokens = reading.tokens.len();
    let mut dictionary = find_dictionary_names(&context, gazetteer);
    let mut taken = Taken::new(tokens);
    dictionary.iter().enumerate().for_each(|(place, name)| taken.take(name, place));
    add_versions(reading, rules, &taken, &mut dictionary);

    let people = find_people(&context, &taken, &dictionary);
    let formal = find_companies_by_form(&context, &taken);
    let bodies = find_bodies(&context, &taken);
    let mut all = dictionary;
    all.extend(people.into_iter().chain(formal).chain(bodies));
    inherit_entries(&mut all);
    let (mut names, taken) = keep_longest(all, tokens);
    prefer_people(&context, &mut names);
    link_short_names(&context, &mut names);

    // Short forms come before and after the unknown names: a surname is no unknown name, and an unknown name has short forms.
    add_short_forms(&context, taken, &mut names);
    let (mut names, taken) = keep_longest(names, tokens);
    let unknown = find_unknown_names(&context, &taken, &names);
    names.extend(unknown.into_iter().filter(|name| !is_date(name.span, dates)));
    let (mut names, taken) = keep_longest(names, tokens);
    link_short_names(&context, &mut names);
    add_short_forms(&context, taken, &mut names);
    into_mentions(reading, &names)
}

/// Whether a stretch reads as a date.
fn is_date(span: Span, dates: &[Candidate]) -> bool {
    let next = dates.partition_point(|date| date.span.end() <= span.start());
    dates.get(next).is_some_and(|date| date.span.overlaps(span))
}

/// Adds the short forms of the names found so far.
fn add_short_forms(context: &Context<'_>, taken: Taken, names: &mut Vec<Found>) {
    let short = find_short_forms(context, &taken, names);
    names.extend(short);
}

/// Joins a version number to a product's name where it is written with it: `Citrix CloudStack 3`, `Android 4.0.3`.
fn add_versions(reading: &Reading<'_>, rules: &NameRules, taken: &Taken, names: &mut [Found]) {
    for name in names.iter_mut().filter(|name| name.entity_type == EntityType::Product) {
        let Some(next) = reading.tokens.get(name.end) else { continue };
        let letters = next.span.of(reading.text);
        let year = letters.len() == 4 && letters.bytes().all(|b| b.is_ascii_digit()) && letters.starts_with(['1', '2']);
        let long = letters.len() > 6 || letters.contains(',') || year && !letters.starts_with("20");
        let paragraph = reading.paragraph_at(name.span.start()).map(|index| reading.structure.paragraphs[index]);
        let inside = paragraph.is_some_and(|paragraph| name.end < paragraph.tokens.1 as usize);
        let spaced = inside && next.is_spaced() && !reading.tokens[name.end - 1].is_possessive();
        // `Acme 3 million` counts something.
        let counted = rules.scales.holds(reading.word(name.end + 1));
        if next.is_number() && spaced && !long && !counted && !taken.holds(name.end) && !is_ordinal(letters) {
            name.end += 1;
            name.span = name_span(reading, name.first, name.end);
            // A version is a thing of its own: `Windows 7` is not every Windows.
            name.entry = None;
            name.rule = MentionRule::Version;
        }
    }
}

/// `4th`: digits and two letters.
fn is_ordinal(letters: &str) -> bool {
    let tail = letters.trim_start_matches(|c: char| c.is_ascii_digit());
    tail.len() == 2 && tail.bytes().all(|b| b.is_ascii_lowercase())
}

/// A name by rule that only adds a legal form to a dictionary name is the dictionary's: `Citrix Systems Inc.`
fn inherit_entries(names: &mut [Found]) {
    let known: BTreeMap<usize, (usize, Option<EntryId>, EntityType)> = names
        .iter()
        .filter(|name| name.entry.is_some())
        .map(|name| (name.first, (name.end, name.entry, name.entity_type)))
        .collect();
    for name in names.iter_mut().filter(|name| name.entry.is_none()) {
        if let Some((end, entry, entity_type)) = known.get(&name.first) {
            let same = name.rule == MentionRule::LegalForm
                && *entity_type == EntityType::Company
                && name.end.checked_sub(*end).is_some_and(|more| more <= 5)
                || name.end == *end && name.entity_type == *entity_type;
            if same {
                name.entry = *entry;
            }
        }
    }
}

/// Makes entities of names: one an entry, one a folded unknown name, one with its short forms.
fn into_mentions(reading: &Reading<'_>, names: &[Found]) -> Mentions {
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|i| names[*i].span);
    let mut entities: Vec<Entity> = Vec::new();
    let mut by_entry: BTreeMap<EntryId, EntityId> = BTreeMap::new();
    let mut by_name: BTreeMap<(EntityType, String), EntityId> = BTreeMap::new();
    let mut mentions = Vec::with_capacity(names.len());
    let mut last_end = 0;
    for i in order {
        let name = names[i];
        if name.span.is_empty() || name.span.start() < last_end {
            continue;
        }
        last_end = name.span.end();
        let full = name.full.unwrap_or(name.span);
        let id = EntityId(entities.len() as u32);
        let entity = match name.entry {
            Some(entry) => *by_entry.entry(entry).or_insert(id),
            None => *by_name.entry((name.entity_type, fold(full.of(reading.text)))).or_insert(id),
        };
        if entity == id {
            entities.push(Entity { entity_type: name.entity_type, entry: name.entry, name: full, gender: name.gender });
        } else {
            let known = &mut entities[entity.index()];
            known.gender = known.gender.or(name.gender);
            if full.len() > known.name.len() {
                known.name = full;
            }
        }
        mentions.push(Mention { span: name.span, entity, rule: name.rule });
    }
    Mentions { mentions, entities }
}

/// Letters and digits in lower case: names that differ otherwise are one.
fn fold(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
