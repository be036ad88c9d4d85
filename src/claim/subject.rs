//! The subject of a verb: before it, of the main clause, of the verb that it is joined to, of a relative pronoun.

use super::clause::{Clause, Group, Phrase, REACH};
use super::inflect::Forms;
use super::rules::class;
use super::units::Tag;

/// How many verbs a subject is passed on through.
const DEPTH: usize = 5;

impl Clause<'_, '_> {
    /// The verb before `at`, nearest first, that `wanted` accepts, not past a stop.
    fn verb_before(&self, at: usize, wanted: impl Fn(usize) -> bool) -> Option<usize> {
        let from = at.saturating_sub(REACH);
        (from..at)
            .rev()
            .take_while(|i| self.units[*i].tag != Tag::Stop)
            .find(|i| self.units[*i].tag == Tag::Verb && wanted(*i))
    }

    /// The subject of the sentence's main clause, seen from `at`: of the finite verb before, else of the one after.
    pub fn main_subject(&self, at: usize, depth: usize) -> Option<Group> {
        if let Some(verb) = self.verb_before(at, |verb| self.is_finite(verb)) {
            return self.subject(self.group_start(verb), verb, depth + 1);
        }
        let to = self.units.len().min(at + REACH);
        let comma = (at..to).find(|i| matches!(self.units[*i].tag, Tag::Comma | Tag::Dash))?;
        let verb = (comma..to).find(|i| self.units[*i].tag == Tag::Verb && self.is_finite(*i))?;
        self.subject(self.group_start(verb), verb, depth + 1)
    }

    /// The subject of the verb group that starts at `start` with the verb at `verb`.
    pub fn subject(&self, start: usize, verb: usize, depth: usize) -> Option<Group> {
        if depth > DEPTH {
            return None;
        }
        // `we've added`: the subject is a part of the auxiliary.
        let mut own = self.units[start..verb].iter();
        let joined = own.position(|unit| unit.tag == Tag::Auxiliary).map(|at| start + at);
        let pronoun = class::WE | class::THEY | class::THING | class::PERSON;
        if let Some(at) = joined.filter(|at| self.is(*at, pronoun)) {
            return Some(Group::of(Phrase { first: at, end: at + 1 }));
        }
        let form = self.units[verb].form;
        let bare = !self.units[start..verb].iter().any(|unit| unit.tag == Tag::Auxiliary);
        let having = self.units[start..verb].iter().find(|unit| unit.tag == Tag::Auxiliary);
        let having = having.is_some_and(|unit| unit.is(class::HAVING));
        let participle =
            having || bare && (form.has(Forms::ING) || form.has(Forms::PARTICIPLE) && !form.has(Forms::PAST));
        let at = self.before_adverbials(start);
        let Some(last) = at.checked_sub(1) else {
            return if participle { self.main_subject(verb, depth) } else { None };
        };
        match self.units[last].tag {
            Tag::Relative => self.antecedent(last),
            Tag::Comma | Tag::Dash if participle && !having && form.has(Forms::PARTICIPLE) => self.antecedent(at),
            Tag::Comma | Tag::Dash if participle => self.main_subject(last, depth),
            Tag::Comma | Tag::Dash => self.before_interpolation(last),
            Tag::Coordinator => self.coordinated_subject(last, verb, depth),
            Tag::Verb => {
                let outer = self.group_start(last);
                match self.relative_of(last).filter(|_| self.is_finite(verb)) {
                    Some(relative) => self.region_group(relative),
                    None => self.subject(outer, last, depth + 1),
                }
            }
            Tag::Preposition | Tag::Subordinator | Tag::To => self.main_subject(last, depth),
            tag if tag.is_nominal() || tag == Tag::Pronoun => {
                if participle && form.has(Forms::PARTICIPLE) {
                    return self.phrase_ending(last).map(Group::of);
                }
                // `Foo built a phone using Bar`
                if participle && self.is(verb, class::MEANS) {
                    return self.main_subject(last, depth);
                }
                let border = self.region_start(last + 1).checked_sub(1);
                // `the service that Foo sells grew`: behind a relative clause.
                let inner = border.filter(|border| self.units[*border].tag == Tag::Verb && self.is_finite(verb));
                if let Some(relative) = inner.and_then(|inner| self.relative_of(inner)) {
                    return self.region_group(relative);
                }
                // `sales, or revenue, in Europe rose`
                self.region_group(last + 1).or_else(|| {
                    let comma = border.filter(|border| self.units[*border].tag == Tag::Comma)?;
                    self.before_interpolation(comma)
                })
            }
            _ => None,
        }
    }

    /// Where the adverbs and dates that end before `start` begin: `in the second quarter also`.
    fn before_adverbials(&self, start: usize) -> usize {
        let mut at = start;
        while let Some(before) = at.checked_sub(1) {
            match self.units[before].tag {
                Tag::Adverb | Tag::Not | Tag::Time => at = before,
                Tag::Preposition if self.tag(at) == Some(Tag::Time) && before > 0 => at = before,
                _ => break,
            }
        }
        at
    }

    /// The relative pronoun that is the subject of the verb at `verb`.
    fn relative_of(&self, verb: usize) -> Option<usize> {
        let before = self.before_adverbials(self.group_start(verb)).checked_sub(1)?;
        (self.is_finite(verb) && self.units[before].tag == Tag::Relative).then_some(before)
    }

    /// The subject that a verb shares with the verb before `and`.
    fn coordinated_subject(&self, conjunction: usize, verb: usize, depth: usize) -> Option<Group> {
        let form = self.units[verb].form;
        let finite = self.is_finite(verb);
        let alike = |other: usize| {
            if finite { self.is_finite(other) } else { self.units[other].form.has(form) }
        };
        let before = self.verb_before(conjunction, alike).or_else(|| self.verb_before(conjunction, |_| true))?;
        self.subject(self.group_start(before), before, depth + 1)
    }

    /// What the relative pronoun at `relative` stands for.
    pub fn antecedent(&self, relative: usize) -> Option<Group> {
        let mut at = relative;
        while at > 0 && matches!(self.units[at - 1].tag, Tag::Comma | Tag::Dash | Tag::Time) {
            at -= 1;
        }
        let last = at.checked_sub(1)?;
        let phrase = self.phrase_ending(last)?;
        if self.units[phrase.head()].tag == Tag::Mention {
            return match self.region_group(last + 1) {
                Some(group) if group.phrases.contains(&phrase) => Some(group),
                _ => Some(Group::of(phrase)),
            };
        }
        let group = self.region_group(last + 1).filter(|group| self.units[group.phrases[0].head()].tag == Tag::Mention);
        group.or(Some(Group::of(phrase)))
    }

    /// The subject before an interpolation that the comma at `close` ends.
    fn before_interpolation(&self, close: usize) -> Option<Group> {
        let from = close.saturating_sub(REACH);
        let mut fallback = None;
        for open in (from..close).rev() {
            match self.units[open].tag {
                Tag::Stop => break,
                Tag::Comma | Tag::Dash => {
                    let before = open > 0
                        && (self.units[open - 1].tag.is_nominal()
                            || matches!(self.units[open - 1].tag, Tag::Pronoun | Tag::Time));
                    if !before {
                        continue;
                    }
                    let starter = match self.tag(open + 1) {
                        Some(Tag::Relative | Tag::Determiner | Tag::Possessive | Tag::Adverb | Tag::Figure) => true,
                        // `Foo, together with Bar, bought …`
                        Some(Tag::Coordinator) => self.units[open + 1].end > self.units[open + 1].first + 1,
                        Some(Tag::Preposition) => true,
                        Some(Tag::Verb) => {
                            self.units[open + 1].form.has(Forms::ING)
                                || self.units[open + 1].form.has(Forms::PARTICIPLE)
                        }
                        Some(Tag::Auxiliary) => false,
                        _ => false,
                    };
                    // `a smaller service, Foo, was launched`: the name stands between.
                    if let Some(name) = self.phrase_at(open + 1).filter(|name| name.end == close)
                        && self.units[name.head()].tag == Tag::Mention
                        && self.units[open - 1].tag == Tag::Noun
                    {
                        return Some(Group::of(name));
                    }
                    // `sales, or revenue, fell`
                    let other = self.tag(open + 1) == Some(Tag::Coordinator)
                        && self.phrase_at(open + 2).is_some_and(|phrase| phrase.end == close);
                    if starter || other {
                        let mut group = self.region_group(open)?;
                        // `companies, including Foo and Bar, joined`
                        if self.is(open + 1, class::LISTING)
                            && let Some((members, _)) = self.list_at(open + 2, close)
                        {
                            group.attached.push((self.units[open + 1].word, members));
                        }
                        return Some(group);
                    }
                    if fallback.is_none() && self.tag(open + 1).is_some_and(Tag::is_nominal) {
                        fallback = Some(open);
                    }
                }
                _ => {}
            }
        }
        // A comma that parts nothing: `Foo, bought Bar`.
        let stray = !(from..close).any(|at| matches!(self.units[at].tag, Tag::Verb | Tag::Auxiliary | Tag::Comma));
        match fallback {
            Some(open) => self.region_group(open),
            None if stray && from == 0 => self.parse_group(0, close),
            None => None,
        }
    }
}
