//! People: by given name, by title, by role, by surname.

use super::MentionRule;
use super::context::Context;
use super::found::{Found, Taken};
use super::names::NameRules;
use crate::gazetteer::EntityType;
use crate::reading::Reading;
use crate::token::Token;

/// A person's name has at most so many tokens.
const LONGEST_NAME: usize = 7;

/// Finds people named in full or with a title. Title-case headings tell nothing new.
pub(super) fn find_people(context: &Context<'_>, names: &Taken, dictionary: &[Found]) -> Vec<Found> {
    let finder = Finder { context, reading: context.reading, taken: names, dictionary };
    let mut people = Vec::new();
    for sentence in &context.reading.sentences {
        let range = sentence.range();
        if context.in_heading(range.start) {
            continue;
        }
        let mut at = range.start;
        while at < range.end {
            match finder.person_at(at, range.end) {
                Some(found) => {
                    at = found.end;
                    people.push(found);
                }
                None => at += 1,
            }
        }
    }
    people
}

struct Finder<'a> {
    context: &'a Context<'a>,
    reading: &'a Reading<'a>,
    taken: &'a Taken,
    dictionary: &'a [Found],
}

impl Finder<'_> {
    fn token(&self, at: usize) -> Option<Token> {
        self.reading.tokens.get(at).copied()
    }

    fn person_at(&self, at: usize, to: usize) -> Option<Found> {
        let token = self.token(at)?;
        if !token.is_word() || !token.is_capitalized() {
            return None;
        }
        self.by_title(at, to).or_else(|| self.by_given_name(at, to)).or_else(|| self.by_role(at, to))
    }

    /// `Mr Stone`, `Judge Mara Stone`: the title is no part of the name.
    fn by_title(&self, at: usize, to: usize) -> Option<Found> {
        let rules = self.context.rules;
        let gender = *rules.titles.get(self.reading.word(at))?;
        let mut first = at + 1;
        if self.reading.letters(first) == "." {
            first += 1;
        }
        // `Attorney General Mara Stone`, `Lt. Col. Stone`.
        while first < to && rules.titles.get(self.reading.word(first)).is_some() && self.token(first)?.is_capitalized()
        {
            first += if self.reading.letters(first + 1) == "." { 2 } else { 1 };
        }
        let spelled_title = gender.is_some() || self.reading.letters(at).len() <= 3;
        let end = self.name_end(first, to)?;
        // `President of`, `General Motors`: a title that a name begins with needs more than one word after it.
        let sure = spelled_title || end - first >= 2 || !self.taken.holds(first);
        let word = self.reading.word(first);
        let plain = rules.organization_heads.holds(word) || rules.roles.holds(word) || rules.company_heads.holds(word);
        if !sure || plain || !self.is_free_for_person(first, end) || self.token(at)?.is_possessive() {
            return None;
        }
        Some(self.found(first, end, MentionRule::Title, gender))
    }

    /// `Mara Stone`, `Mara J. van Stone`.
    fn by_given_name(&self, at: usize, to: usize) -> Option<Found> {
        let rules = self.context.rules;
        let given = rules.given(self.reading.word(at))?;
        let token = self.token(at)?;
        if token.is_possessive() || token.is_caps() && token.span.len() > 1 && !self.shouts(at) {
            return None;
        }
        let end = self.name_end(at, to)?;
        if end - at < 2 || !self.is_free_for_person(at, end) || self.is_place(at, end) {
            return None;
        }
        if given.doubtful {
            // `Will Stone said`: an ordinary word needs another sign that it is a name.
            let known = self.context.cue_strength(at, end, EntityType::Person) > 0 || self.role_before(at);
            if self.context.begins_sentence(at) && !known || rules.places.holds(self.reading.word(end - 1)) {
                return None;
            }
        }
        Some(self.found(at, end, MentionRule::GivenName, given.gender))
    }

    /// `analyst Xao Qellis`, `chief executive Xao Qellis`; `Xao Qellis, an analyst at`.
    fn by_role(&self, at: usize, to: usize) -> Option<Found> {
        let rules = self.context.rules;
        if rules.not_names.holds(self.reading.word(at)) || rules.starters.holds(self.reading.word(at)) {
            return None;
        }
        let end = self.name_end(at, to)?;
        let count = (at..end).filter(|i| self.token(*i).is_some_and(|token| token.is_word())).count();
        if !(2..=4).contains(&count) || !(at..end).all(|i| !self.taken.holds(i)) {
            return None;
        }
        let heads = (at..end).any(|i| {
            let word = self.reading.word(i);
            rules.organization_heads.holds(word)
                || rules.company_heads.holds(word)
                || rules.suffixes.holds(word)
                || rules.roles.holds(word)
                || rules.demonyms.holds(word)
                || rules.places.holds(word)
        });
        if heads || self.is_place(at, end) {
            return None;
        }
        let role_after = self.reading.letters(end) == "," && self.role_within(end + 1, to);
        let reported = self.context.cues.of_word(self.reading.word(end)).is_verb()
            && self.token(end).is_some_and(|token| !token.is_capitalized());
        let reporting = at > 0
            && self.context.cues.of_word(self.reading.word(at - 1)).is_verb()
            && (matches!(self.reading.letters(end), "," | ".") || rules.prepositions.holds(self.reading.word(end)));
        if self.role_before(at) || role_after || (reported || reporting) && !self.context.begins_sentence(at) {
            return Some(self.found(at, end, MentionRule::Role, None));
        }
        None
    }

    /// Whether the stretch names a place: `Hong Kong`, `Stone Island`.
    fn is_place(&self, first: usize, end: usize) -> bool {
        let rules = self.context.rules;
        rules.place_heads.holds(self.reading.word(end - 1))
            || rules.event_heads.holds(self.reading.word(end - 1))
            || self
                .reading
                .hits_at(first)
                .iter()
                .any(|hit| rules.place_phrases.get(hit.phrase).is_some() && (hit.first + hit.len) as usize >= end)
    }

    /// Whether a role ends just before `at`.
    fn role_before(&self, at: usize) -> bool {
        let role =
            |i: usize| self.context.rules.roles.holds(self.reading.word(i)) && !self.reading.tokens[i].is_possessive();
        // `her lawyer, Mara Stone`.
        at > 0 && role(at - 1) || at > 1 && self.reading.letters(at - 1) == "," && role(at - 2)
    }

    /// Whether a role follows within a few words: `an analyst at`, `Acme's chief financial officer`.
    fn role_within(&self, from: usize, to: usize) -> bool {
        const FAR: usize = 6;
        let stretch = from..to.min(from + FAR);
        stretch
            .take_while(|i| !matches!(self.reading.letters(*i), "," | "." | ";" | ":"))
            .any(|i| self.context.rules.roles.holds(self.reading.word(i)))
    }

    /// One past the last token of a name that begins at `first`: capitalised words, initials, particles.
    fn name_end(&self, first: usize, to: usize) -> Option<usize> {
        let rules = self.context.rules;
        let mut at = first;
        let mut end = None;
        while at < to.min(first + LONGEST_NAME) {
            let token = self.token(at)?;
            let letters = self.reading.letters(at);
            let word = self.reading.word(at);
            if at > first
                && !token.is_spaced()
                && letters != "-"
                && self.reading.letters(at - 1) != "-"
                && letters != "."
            {
                break;
            }
            if token.is_word() && token.is_capitalized() {
                let refused = at > first
                    && (rules.starters.holds(word)
                        || rules.not_names.holds(word)
                        || rules.suffixes.holds(word)
                        || rules.roles.holds(word)
                        || rules.titles.get(word).is_some()
                        || rules.organization_heads.holds(word)
                        || rules.demonyms.holds(word)
                        || token.has_inner_upper() && !is_mac(rules, letters));
                if refused || at == first && token.has_inner_upper() && !is_mac(rules, letters) {
                    break;
                }
                at += 1;
                end = Some(at);
                // An initial's full stop.
                if letters.chars().count() <= 3
                    && letters.len() <= 3
                    && self.is_initial(at - 1)
                    && self.reading.letters(at) == "."
                {
                    at += 1;
                }
                if token.is_possessive() {
                    break;
                }
            } else if letters == "-"
                && at > first
                && !token.is_spaced()
                && self
                    .token(at + 1)
                    .is_some_and(|t| t.is_word() && !t.is_spaced() && (t.is_capitalized() || at > first + 1))
            {
                // `Jean-Marie`, `Kun-hee`.
                at += 2;
                end = Some(at);
            } else if at > first
                && token.is_word()
                && rules.particles.holds(word)
                && self.token(at + 1).is_some_and(|t| t.is_capitalized() || rules.particles.holds(t.word()))
            {
                at += 1;
            } else {
                break;
            }
        }
        end.filter(|end| *end > first)
    }

    fn is_initial(&self, at: usize) -> bool {
        let letters = self.reading.letters(at);
        letters.chars().filter(|c| c.is_alphabetic()).count() <= 2
            && letters.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
            || self.context.rules.generations.holds(self.reading.word(at))
    }

    /// Whether the stretch is set in capitals, as in `MARA STONE SAID`.
    fn shouts(&self, at: usize) -> bool {
        self.token(at + 1).is_some_and(Token::is_caps)
    }

    /// Whether no other name of more weight holds a part of the stretch.
    ///
    /// A dictionary name at its end gives way to a person (`Michael Dell`), one at its beginning does not.
    fn is_free_for_person(&self, first: usize, end: usize) -> bool {
        (first..end).all(|i| match self.taken.at(i).and_then(|place| self.dictionary.get(place)) {
            None => true,
            Some(name) => {
                name.entity_type == EntityType::Person
                    || name.first > first && name.end <= end && name.end - name.first == 1
            }
        })
    }

    fn found(&self, first: usize, end: usize, rule: MentionRule, gender: Option<char>) -> Found {
        let mut found = Found::new(self.reading, first, end, EntityType::Person, rule);
        found.gender = gender;
        found
    }
}

/// A capital inside a surname: `McStone`, `O'Stone`.
fn is_mac(rules: &NameRules, letters: &str) -> bool {
    rules.surname_prefixes.iter().any(|prefix| {
        letters
            .strip_prefix(prefix.as_str())
            .is_some_and(|rest| rest.starts_with(char::is_uppercase) && rest.chars().skip(1).all(|c| !c.is_uppercase()))
    })
}
