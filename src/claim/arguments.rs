//! What follows a verb or noun: its object, lists of phrases, and what hangs on prepositions.

use super::clause::{Arguments, Clause, Group, Phrase, REACH};
use super::inflect::Forms;
use super::rules::class;
use super::units::Tag;
use crate::token::WordId;

impl Clause<'_, '_> {
    /// Where the arguments of the verb that ends before `from` begin: `bought and renamed Foo` shares them.
    fn shared(&self, from: usize) -> usize {
        let Some(verb) = from.checked_sub(1).filter(|verb| self.tag(*verb) == Some(Tag::Verb)) else { return from };
        let joined = self.tag(from) == Some(Tag::Coordinator) && self.tag(from + 1) == Some(Tag::Verb);
        let form = self.units[verb].form;
        if joined && self.units[from + 1].form.has(form) { from + 2 } else { from }
    }

    /// What follows the verb or noun that ends before `from`: an object where `object` wants one, and prepositions.
    pub fn arguments(&self, from: usize, object: bool) -> Arguments {
        let from = self.shared(from);
        let mut found = Arguments { end: from, ..Arguments::default() };
        let limit = self.units.len().min(from + REACH);
        let mut at = from;
        let mut preposition: Option<WordId> = None;
        let mut first = object;
        while at < limit {
            let tag = self.units[at].tag;
            match tag {
                Tag::Adverb | Tag::Time | Tag::Not if !self.is_nominal(at) => at += 1,
                Tag::Verb if self.is_leading(at) => {
                    preposition = Some(self.units[at].word);
                    first = false;
                    at += 2;
                }
                Tag::Preposition => {
                    preposition = Some(self.units[at].word);
                    first = false;
                    at += 1;
                }
                Tag::To => {
                    if self.tag(at + 1).is_none_or(|next| next == Tag::Verb || !next.begins_phrase()) {
                        break;
                    }
                    preposition = Some(self.units[at].word);
                    first = false;
                    at += 1;
                }
                Tag::Comma => {
                    match self.tag(at + 1) {
                        Some(Tag::Preposition | Tag::Time) if found.object.is_some() || !object => at += 1,
                        // `was sold, in 2011, to Foo`
                        Some(Tag::To) if !object && self.tag(at - 1) == Some(Tag::Time) => at += 1,
                        _ => break,
                    };
                }
                Tag::Determiner
                | Tag::Possessive
                | Tag::Pronoun
                | Tag::Noun
                | Tag::Mention
                | Tag::Figure
                | Tag::Time => {
                    if !first
                        && preposition.is_none()
                        && found.object.is_some()
                        && !tag.is_nominal()
                        && tag != Tag::Determiner
                    {
                        break;
                    }
                    let Some((phrases, end)) = self.list_at(at, limit) else {
                        at += 1;
                        continue;
                    };
                    // `said Foo would …`, `said it was`: the subject of a clause, no object.
                    let subject = first
                        && match self.tag(end) {
                            Some(Tag::Auxiliary) => true,
                            Some(Tag::Verb) => tag == Tag::Pronoun && self.is_finite(end),
                            _ => false,
                        };
                    if subject {
                        break;
                    }
                    at = end.max(at + 1);
                    match preposition.take() {
                        Some(word) => found.attached.push((word, phrases)),
                        None if first => {
                            found.object = Some(Group { phrases, attached: Vec::new() });
                            first = false;
                        }
                        None => {}
                    }
                }
                _ => break,
            }
            found.end = at;
        }
        if let Some(object) = &mut found.object {
            object.attached = found.attached.clone();
        }
        found
    }

    /// The coordinated phrases from `at`, appositions left out, and where they end.
    pub fn list_at(&self, at: usize, limit: usize) -> Option<(Vec<Phrase>, usize)> {
        let mut phrases = vec![self.phrase_at(at)?];
        let mut end = phrases[0].end;
        while end < limit {
            match self.units[end].tag {
                Tag::Coordinator => {
                    let next = end + 1;
                    let Some(phrase) = self.phrase_at(next) else { break };
                    // A clause of its own: `launched X and Y released Z`.
                    let after =
                        (phrase.end..phrase.end + 3).find(|at| !matches!(self.tag(*at), Some(Tag::Adverb | Tag::Time)));
                    let clause = after.is_some_and(|after| match self.tag(after) {
                        Some(Tag::Auxiliary) => true,
                        Some(Tag::Verb) => self.is_finite(after),
                        _ => false,
                    });
                    if clause {
                        break;
                    }
                    phrases.push(phrase);
                    end = phrase.end;
                }
                Tag::Comma | Tag::Dash => {
                    let next = end + 1;
                    if self.is_list_ahead(next, limit) {
                        let Some(phrase) = self.phrase_at(next) else { break };
                        phrases.push(phrase);
                        end = phrase.end;
                        continue;
                    }
                    // `its next game, Spore`: the apposition is the name.
                    let last = phrases.len() - 1;
                    if let Some(name) = self.phrase_at(self.naming(next)) {
                        let generic = self.units[phrases[last].head()].tag == Tag::Noun;
                        if generic
                            && self.units[name.head()].tag == Tag::Mention
                            && self.units[end].tag == Tag::Comma
                            && name.end - name.first <= 2
                            && !matches!(self.tag(name.end), Some(Tag::Verb | Tag::Auxiliary))
                        {
                            phrases[last] = name;
                            end = name.end;
                        } else if matches!(self.tag(next), Some(Tag::Determiner | Tag::Possessive | Tag::Noun))
                            && let Some(close) = self.apposition_end(name.end, limit)
                        {
                            end = close;
                        }
                    }
                    break;
                }
                Tag::Verb if self.is(end, class::NAMING) && self.units[end].forms().has(Forms::PARTICIPLE) => {
                    // `a service called Foo`
                    let last = phrases.len() - 1;
                    match self.phrase_at(end + 1).filter(|name| self.units[name.head()].tag == Tag::Mention) {
                        Some(name) => {
                            phrases[last] = name;
                            end = name.end;
                        }
                        None => break,
                    }
                }
                _ => break,
            }
        }
        Some((phrases, end))
    }

    /// The unit behind a word of naming (`called`) at `at`, else `at`.
    fn naming(&self, at: usize) -> usize {
        if self.is(at, class::NAMING) && self.tag(at) == Some(Tag::Verb) { at + 1 } else { at }
    }

    /// The comma that ends an apposition, where a preposition or date follows it.
    fn apposition_end(&self, from: usize, limit: usize) -> Option<usize> {
        for at in from..limit {
            match self.units[at].tag {
                Tag::Comma | Tag::Dash => {
                    return matches!(self.tag(at + 1), Some(Tag::Preposition | Tag::Time)).then_some(at + 1);
                }
                Tag::Verb | Tag::Auxiliary | Tag::Stop | Tag::Subordinator => return None,
                _ => {}
            }
        }
        None
    }

    /// Whether a list of phrases goes on at `at`: phrases and commas up to a conjunction and one more.
    fn is_list_ahead(&self, at: usize, limit: usize) -> bool {
        let mut place = at;
        for _ in 0..30 {
            let Some(phrase) = self.phrase_at(place).filter(|phrase| phrase.end <= limit) else { return false };
            match self.tag(phrase.end) {
                Some(Tag::Comma) => {
                    place = phrase.end + 1;
                    if self.tag(place) == Some(Tag::Coordinator) {
                        return self
                            .phrase_at(place + 1)
                            .is_some_and(|last| !matches!(self.tag(last.end), Some(Tag::Verb | Tag::Auxiliary)));
                    }
                }
                Some(Tag::Coordinator) => {
                    return self
                        .phrase_at(phrase.end + 1)
                        .is_some_and(|last| !matches!(self.tag(last.end), Some(Tag::Verb | Tag::Auxiliary)));
                }
                _ => return false,
            }
        }
        false
    }
}
