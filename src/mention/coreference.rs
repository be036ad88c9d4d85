//! The same thing again: surnames, short company names, acronyms.

use super::MentionRule;
use super::context::Context;
use super::found::{Found, Taken, name_span};
use crate::gazetteer::EntityType;
use crate::reading::Reading;
use std::collections::BTreeMap;

/// The short forms of the names found, each with the place of the fuller name.
type Shorts<'t> = BTreeMap<&'t str, usize>;

/// Finds shorter forms of the names in `found`, by article first: surnames, first words of companies, acronyms in brackets.
pub(super) fn find_short_forms(context: &Context<'_>, taken: &Taken, found: &[Found]) -> Vec<Found> {
    let reading = context.reading;
    let (people, others) = collect(context, found);
    let mut names = Vec::new();
    for at in 0..reading.tokens.len() {
        let token = reading.tokens[at];
        if taken.holds(at) || !token.is_word() || !(token.is_capitalized() || token.has_inner_upper()) {
            continue;
        }
        // `Stone-Tannehill` is one surname.
        let double = reading.letters(at + 1) == "-"
            && reading.tokens.get(at + 2).is_some_and(|next| next.is_capitalized() && !next.is_spaced());
        let whole = name_span(reading, at, at + 3).of(reading.text);
        let doubled = double && people.contains_key(whole);
        let (letters, end) =
            if doubled { (whole, at + 3) } else { (token.stem(reading.text).of(reading.text), at + 1) };
        let person = people.get(letters).filter(|_| may_be_surname(context, taken, at));
        let other = others.get(letters).filter(|place| may_be_short(context, taken, at, &found[**place]));
        if let Some(full) = person.or(other) {
            let of = found[*full];
            let mut short = Found::new(reading, at, end, of.entity_type, MentionRule::ShortForm);
            short.full = of.full.or(Some(of.span));
            short.entry = of.entry;
            short.gender = of.gender;
            names.push(short);
        }
    }
    names
}

/// Makes a company's name a surname where the article names a person of it in full before it names the company.
pub(super) fn prefer_people(context: &Context<'_>, found: &mut [Found]) {
    let reading = context.reading;
    let mut people: BTreeMap<&str, usize> = BTreeMap::new();
    let mut companies: BTreeMap<&str, usize> = BTreeMap::new();
    for place in 0..found.len() {
        let name = found[place];
        if name.entity_type == EntityType::Person && name.end - name.first > 1 {
            let surname = reading.tokens[name.end - 1].stem(reading.text).of(reading.text);
            people.entry(surname).or_insert(place);
        } else if name.entity_type == EntityType::Company && !context.in_heading(name.first) {
            let letters = reading.tokens[name.first].stem(reading.text).of(reading.text);
            match people.get(letters).filter(|_| name.end == name.first + 1 && !companies.contains_key(letters)) {
                Some(person) => {
                    let of = found[*person];
                    found[place] = Found { rule: MentionRule::ShortForm, full: of.full.or(Some(of.span)), ..of };
                    found[place].first = name.first;
                    found[place].end = name.end;
                    found[place].span = name.span;
                }
                None => {
                    companies.entry(letters).or_insert(place);
                }
            }
        }
    }
}

/// Tells names of one word whose fuller name stands elsewhere what they are short for: `Mr Stone`, `Quillon`.
pub(super) fn link_short_names(context: &Context<'_>, found: &mut [Found]) {
    let reading = context.reading;
    let (people, others) = collect(context, found);
    for place in 0..found.len() {
        let name = found[place];
        let shorts = if name.entity_type == EntityType::Person { &people } else { &others };
        let one_word = (name.first + 1..name.end).all(|i| !reading.tokens[i].is_spaced());
        let lone = name.entry.is_none() && name.full.is_none() && one_word;
        let full = shorts.get(name.span.of(reading.text)).filter(|full| **full != place);
        let longer =
            |of: &Found| lone && of.end - of.first > name.end - name.first && of.entity_type == name.entity_type;
        if let Some(of) = full.map(|full| found[*full]).filter(longer) {
            found[place].full = of.full.or(Some(of.span));
            found[place].entry = of.entry;
            found[place].gender = name.gender.or(of.gender);
        }
    }
}

fn collect<'t>(context: &Context<'t>, found: &[Found]) -> (Shorts<'t>, Shorts<'t>) {
    let reading = context.reading;
    let mut people = Shorts::new();
    let mut others = Shorts::new();
    for (place, name) in found.iter().enumerate() {
        match name.entity_type {
            EntityType::Person => add_person(context, place, name, &mut people),
            EntityType::Company => add_company(context, place, name, &mut others),
            EntityType::Product | EntityType::Organization => {}
        }
        if let Some(acronym) = acronym_after(reading, name) {
            others.entry(acronym).or_insert(place);
        }
    }
    (people, others)
}

/// The surname, and the given name alone where it is no other word.
fn add_person<'t>(context: &Context<'t>, place: usize, name: &Found, people: &mut Shorts<'t>) {
    let reading = context.reading;
    let word = |i: usize| reading.tokens[i].stem(reading.text).of(reading.text);
    let end = (name.first..name.end)
        .rev()
        .find(|i| reading.tokens[*i].is_word() && !context.rules.generations.holds(reading.word(*i)));
    let Some(last) = end else { return };
    // Behind a hyphen the whole is the surname.
    let surname = if last > name.first + 1 && reading.letters(last - 1) == "-" && reading.tokens[last].is_capitalized()
    {
        name_span(reading, last - 2, last + 1).of(reading.text)
    } else {
        word(last)
    };
    // A full name counts before a surname with a title.
    if name.end - name.first > 1 {
        people.insert(surname, place);
    } else {
        people.entry(surname).or_insert(place);
    }
    if last > name.first {
        let given = word(name.first);
        let rules = context.rules;
        let plain = rules.given(reading.word(name.first)).is_some_and(|given| !given.doubtful);
        // Family name first: `Lee Kun-hee`.
        if plain || reading.letters(last - 1) == "-" {
            people.entry(given).or_insert(place);
        }
    }
}

/// The first word of a company's name of several words, or the name without its legal form.
fn add_company<'t>(context: &Context<'t>, place: usize, name: &Found, others: &mut Shorts<'t>) {
    let reading = context.reading;
    let rules = context.rules;
    let first = reading.word(name.first);
    let token = reading.tokens[name.first];
    if name.end - name.first < 2 || !token.is_word() || token.span.len() < 3 {
        return;
    }
    let common = rules.starters.holds(first)
        || rules.not_names.holds(first)
        || rules.places.holds(first)
        || rules.demonyms.holds(first)
        || rules.role_modifiers.holds(first)
        || rules.company_heads.holds(first)
        || rules.organization_heads.holds(first)
        || rules.given(first).is_some();
    let second = reading.word(name.first + 1);
    let formal = rules.suffixes.holds(second) || reading.letters(name.first + 1) == ",";
    if !common || formal && !rules.starters.holds(first) {
        others.entry(token.stem(reading.text).of(reading.text)).or_insert(place);
    }
}

/// `Amazon Web Services (AWS)`: the word in brackets after a name, where its letters are the name's initials.
fn acronym_after<'t>(reading: &Reading<'t>, name: &Found) -> Option<&'t str> {
    let token = reading.tokens.get(name.end + 1)?;
    let closed = reading.letters(name.end) == "(" && reading.letters(name.end + 2) == ")";
    if !closed || !token.is_caps() {
        return None;
    }
    let acronym = token.span.of(reading.text);
    let letters: String = (name.first..name.end)
        .filter(|i| reading.tokens[*i].is_word())
        .flat_map(|i| reading.letters(i).chars())
        .flat_map(char::to_uppercase)
        .collect();
    // Its letters stand in the name in their order, the first at its beginning.
    let mut rest = letters.chars();
    let inside = acronym.chars().all(|c| rest.any(|letter| letter == c));
    let alike = inside && letters.starts_with(acronym.chars().next()?) && name.end - name.first >= 2;
    alike.then_some(acronym)
}

/// A surname alone: no capitalised stranger before or after it (`Staten Island`).
fn may_be_surname(context: &Context<'_>, taken: &Taken, at: usize) -> bool {
    let reading = context.reading;
    let rules = context.rules;
    let stranger = |i: usize| {
        let token = reading.tokens[i];
        let word = reading.word(i);
        token.is_word()
            && token.is_capitalized()
            && !taken.holds(i)
            && !rules.starters.holds(word)
            && rules.titles.get(word).is_none()
            && !rules.roles.holds(word)
            && !rules.demonyms.holds(word)
            && !context.in_heading(i)
    };
    let spaced_after = reading.tokens.get(at + 1).is_some_and(|next| next.is_spaced());
    let after = spaced_after && !reading.tokens[at].is_possessive() && stranger(at + 1);
    let before = at > 0
        && reading.tokens[at].is_spaced()
        && !context.begins_sentence(at)
        && stranger(at - 1)
        && !context.begins_sentence(at - 1)
        && !reading.tokens[at - 1].is_possessive();
    !after && !before
}

fn may_be_short(context: &Context<'_>, taken: &Taken, at: usize, full: &Found) -> bool {
    let reading = context.reading;
    let next = reading.tokens.get(at + 1);
    let stranger = next
        .is_some_and(|next| next.is_capitalized() && next.is_spaced() && next.is_word() && !taken.holds(at + 1))
        && !context.in_heading(at)
        && !context.rules.roles.holds(reading.word(at + 1))
        && !reading.tokens[at].is_possessive();
    let acronym = reading.tokens[at].is_caps();
    acronym || full.first != at && !stranger
}
