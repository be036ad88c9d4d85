//! Companies by legal form, and public bodies by head noun.

use super::MentionRule;
use super::context::Context;
use super::found::{Found, Taken};
use crate::gazetteer::EntityType;
use crate::reading::Reading;

/// A name before a legal form or around a head noun has at most so many tokens.
const LONGEST_NAME: usize = 9;

/// After a comma, only forms that are no longer than this end a name: `Foo, Inc.`, not `Foo, Company`.
const LONGEST_FORM: usize = 5;

/// Finds `Foo Widgets Inc.`, `Bar GmbH`.
pub(super) fn find_companies_by_form(context: &Context<'_>, taken: &Taken) -> Vec<Found> {
    let reading = context.reading;
    let rules = context.rules;
    let mut names = Vec::new();
    for sentence in &reading.sentences {
        let range = sentence.range();
        let mut at = range.start + 1;
        while at < range.end {
            let token = reading.tokens[at];
            let word = reading.word(at);
            let is_form = rules.suffixes.holds(word) && (token.is_capitalized() || rules.lower_suffixes.holds(word));
            let comma = at > range.start + 1 && reading.letters(at - 1) == ",";
            let name_end = if comma { at - 1 } else { at };
            if !is_form || !token.is_spaced() || reading.tokens[name_end - 1].is_possessive() {
                at += 1;
                continue;
            }
            let first = name_start(context, taken, range.start, name_end);
            let mut end = at + 1;
            // `Co. Ltd.`, `Group Holdings plc`, and the full stop of the form.
            loop {
                if reading.letters(end) == "."
                    && end < range.end
                    && rules.stopped_suffixes.holds(reading.word(end - 1))
                    && !reading.tokens[end].is_spaced()
                {
                    end += 1;
                }
                let follows = end < range.end
                    && rules.suffixes.holds(reading.word(end))
                    && (reading.tokens[end].is_capitalized() || rules.lower_suffixes.holds(reading.word(end)));
                let after_comma = end + 1 < range.end
                    && reading.letters(end) == ","
                    && reading.letters(end + 1).len() <= LONGEST_FORM
                    && rules.suffixes.holds(reading.word(end + 1));
                if follows {
                    end += 1;
                } else if after_comma {
                    end += 2;
                } else {
                    break;
                }
            }
            // `the Company`, `Limited` by itself, is no name.
            let lone_start = first + 1 == name_end && rules.starters.holds(reading.word(first));
            if first < name_end && !lone_start {
                names.push(Found::new(reading, first, end, EntityType::Company, MentionRule::LegalForm));
            }
            at = end;
        }
    }
    names
}

/// Where the capitalised words before `end` begin.
fn name_start(context: &Context<'_>, taken: &Taken, from: usize, end: usize) -> usize {
    let reading = context.reading;
    let rules = context.rules;
    let mut first = end;
    while first > from && end - first < LONGEST_NAME {
        let at = first - 1;
        let token = reading.tokens[at];
        let letters = reading.letters(at);
        if token.is_possessive() {
            // `McDonald's Corp` is in the dictionary; `Acme's Foo Inc.` begins at Foo.
            break;
        }
        let word = reading.word(at);
        let named = (token.is_capitalized() || token.has_inner_upper() || token.is_number() && first < end)
            && !token.is_mark()
            && !(rules.starters.holds(word) && context.begins_sentence(at))
            && !(rules.roles.holds(word) || rules.not_names.holds(word) && !token.is_caps());
        let joins = first < end
            && (letters == "-"
                || rules.conjunctions.holds(reading.word(at))
                || rules.prepositions.holds(reading.word(at)) && first > from + 1)
            && at > from
            && (reading.tokens[at - 1].is_capitalized() && !reading.tokens[at - 1].is_possessive())
            && (letters == "&"
                || !rules.conjunctions.holds(reading.word(at))
                || !list_before(reading, from, at)
                    && !taken.holds(at - 1)
                    && !rules.suffixes.holds(reading.word(at - 1)));
        let dot = letters == "."
            && at > from
            && !token.is_spaced()
            && reading.letters(at - 1).len() <= 3
            && reading.tokens[at - 1].is_capitalized();
        if named || joins || dot {
            first = at;
        } else {
            break;
        }
    }
    // A name begins with a word, not with what joins two.
    while first < end
        && (reading.tokens[first].is_mark()
            || rules.starters.holds(reading.word(first)) && first + 1 < end
            || !reading.tokens[first].is_capitalized()
                && !reading.tokens[first].has_inner_upper()
                && !reading.tokens[first].is_number())
    {
        first += 1;
    }
    first
}

/// Whether `and` at `at` ends a list (`Acme, Bolt and Foo Inc.`) or joins two names of things.
fn list_before(reading: &Reading<'_>, from: usize, at: usize) -> bool {
    (from.max(at.saturating_sub(4))..at).any(|i| reading.letters(i) == ",") || at < from + 2
}

/// Finds `University of Foo`, `Foo Commission`, `U.S. District Court for the District of Foo`.
pub(super) fn find_bodies(context: &Context<'_>, taken: &Taken) -> Vec<Found> {
    let reading = context.reading;
    let rules = context.rules;
    let mut names = Vec::new();
    for sentence in &reading.sentences {
        let range = sentence.range();
        if context.in_heading(range.start) {
            continue;
        }
        let mut at = range.start;
        while at < range.end {
            let token = reading.tokens[at];
            if !(token.is_capitalized() && rules.organization_heads.holds(reading.word(at))) {
                at += 1;
                continue;
            }
            let first = name_start(context, taken, range.start, at);
            let mut end = at + 1;
            if !token.is_possessive() {
                end = body_tail(context, end, range.end);
            }
            // A head alone, or with only a role or an article, names nothing.
            let bare = end - first < 2 || first == at && end == at + 1;
            let caps = reading.tokens[first..end].iter().all(|token| token.is_caps() || token.is_mark());
            if !bare && !caps {
                names.push(Found::new(reading, first, end, EntityType::Organization, MentionRule::HeadNoun));
            }
            at = end.max(at + 1);
        }
    }
    names
}

/// Where `of Foo and Bar` after a head noun ends; `end` where there is none.
fn body_tail(context: &Context<'_>, end: usize, to: usize) -> usize {
    let reading = context.reading;
    let rules = context.rules;
    let mut last = end;
    let mut at = end;
    while at < to && at - end < LONGEST_NAME {
        let token = reading.tokens[at];
        if token.is_word()
            && token.is_capitalized()
            && token.is_spaced()
            && !(rules.roles.holds(reading.word(at)) && at == end)
        {
            if rules.starters.holds(reading.word(at)) || at == end && !rules.organization_heads.holds(reading.word(at))
            {
                // `Commission Stone`: a capitalised word straight after the head is somebody else.
                break;
            }
            at += 1;
            last = at;
            if token.is_possessive() {
                break;
            }
        } else if rules.connectors.holds(reading.word(at))
            && (rules.prepositions.holds(reading.word(at)) || at > end)
            && !token.is_capitalized()
        {
            let conjunction = rules.conjunctions.holds(reading.word(at));
            let joins_two = conjunction && last == at;
            let next = reading.tokens.get(at + 1);
            let capital = next.is_some_and(|next| next.is_capitalized())
                || rules.articles.holds(reading.word(at + 1))
                    && reading.tokens.get(at + 2).is_some_and(|next| next.is_capitalized());
            // `and the Foo Federation` is a second body.
            let second = conjunction && rules.articles.holds(reading.word(at + 1));
            if !capital || second || joins_two && at == end {
                break;
            }
            at += 1;
        } else {
            break;
        }
    }
    last
}
