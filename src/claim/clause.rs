//! Clauses without a parser: noun phrases, the subject of a verb, its object and what hangs on prepositions.

use super::inflect::Forms;
use super::rules::class;
use super::units::{Tag, Unit};
use crate::token::WordId;

/// A noun phrase without what hangs on it: units `first..end`, its determiner among them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Phrase {
    pub first: usize,
    pub end: usize,
}

impl Phrase {
    /// The last unit: the noun that the phrase is about.
    pub fn head(self) -> usize {
        self.end - 1
    }
}

/// Noun phrases that share a place: coordinated ones, and those behind prepositions.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Group {
    pub phrases: Vec<Phrase>,
    pub attached: Vec<(WordId, Vec<Phrase>)>,
}

impl Group {
    pub fn of(phrase: Phrase) -> Group {
        Group { phrases: vec![phrase], attached: Vec::new() }
    }
}

/// What follows a verb.
#[derive(Clone, Debug, Default)]
pub(super) struct Arguments {
    pub object: Option<Group>,
    pub attached: Vec<(WordId, Vec<Phrase>)>,
    /// One past the last unit that belongs to the clause.
    pub end: usize,
}

/// How far a look to either side goes, in units.
const REACH: usize = 48;
/// How many verbs a subject is passed on through.
const DEPTH: usize = 5;

/// The units of a sentence, read as clauses.
#[derive(Clone, Copy)]
pub(super) struct Clause<'u, 'r> {
    pub units: &'u [Unit<'r>],
}

impl<'u, 'r> Clause<'u, 'r> {
    pub fn tag(&self, at: usize) -> Option<Tag> {
        self.units.get(at).map(|unit| unit.tag)
    }

    pub fn is(&self, at: usize, classes: super::rules::Classes) -> bool {
        self.units.get(at).is_some_and(|unit| unit.is(classes))
    }

    fn is_nominal(&self, at: usize) -> bool {
        match self.tag(at) {
            Some(tag) if tag.is_nominal() => true,
            Some(Tag::Time) => match self.tag(at + 1) {
                Some(Tag::Noun) => true,
                Some(Tag::Mention) => {
                    at > 0
                        && (matches!(self.units[at - 1].tag, Tag::Determiner | Tag::Possessive)
                            || self.units[at - 1].possessive)
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// The phrase that begins at `at`.
    pub fn phrase_at(&self, at: usize) -> Option<Phrase> {
        let mut end = at;
        if self.tag(end) == Some(Tag::Pronoun) {
            return Some(Phrase { first: at, end: at + 1 });
        }
        while matches!(self.tag(end), Some(Tag::Determiner | Tag::Possessive | Tag::Adverb)) && end < at + 4 {
            end += 1;
        }
        let begin = end;
        while self.is_nominal(end) && end < begin + 14 {
            // `its shares 2 percent lower`: the figure is no part of the phrase.
            if end > begin && self.units[end].price && self.tag(end - 1) == Some(Tag::Noun) {
                break;
            }
            end += 1;
            // An adverb or a determiner may stand inside: `the world's second largest maker`.
            if matches!(self.tag(end), Some(Tag::Adverb)) && self.is_nominal(end + 1) && self.units[end - 1].possessive
            {
                end += 1;
            }
        }
        (end > begin).then_some(Phrase { first: at, end })
    }

    /// The phrase that ends with the unit at `last`.
    pub fn phrase_ending(&self, last: usize) -> Option<Phrase> {
        if self.tag(last) == Some(Tag::Pronoun) {
            return Some(Phrase { first: last, end: last + 1 });
        }
        if !self.tag(last)?.is_nominal() {
            return None;
        }
        let mut first = last;
        while first > 0 && first + 14 > last && self.is_nominal(first - 1) {
            first -= 1;
        }
        while first >= 2
            && self.tag(first - 1) == Some(Tag::Adverb)
            && (matches!(self.tag(first - 2), Some(Tag::Determiner | Tag::Possessive))
                || self.units[first - 2].possessive)
        {
            first -= 1;
            // `Foo's long awaited phone`
            while first > 0 && first + 14 > last && self.is_nominal(first - 1) {
                first -= 1;
            }
        }
        if first > 0 && matches!(self.tag(first - 1), Some(Tag::Determiner | Tag::Possessive)) {
            first -= 1;
        }
        Some(Phrase { first, end: last + 1 })
    }

    /// The first unit of the verb group of the verb at `verb`: its auxiliaries and adverbs.
    pub fn group_start(&self, verb: usize) -> usize {
        let mut start = verb;
        let mut at = verb;
        while at > 0 && verb - at < 8 {
            match self.units[at - 1].tag {
                Tag::Auxiliary => start = at - 1,
                Tag::Adverb | Tag::Not | Tag::Time => {}
                Tag::Determiner if at >= 2 && self.units[at - 2].tag == Tag::Auxiliary => {}
                _ => break,
            }
            at -= 1;
        }
        // Adverbs before the first auxiliary belong to the group too.
        while start > 0 && matches!(self.units[start - 1].tag, Tag::Not | Tag::Adverb) {
            start -= 1;
        }
        start
    }

    /// Whether the verb at `verb` is passive.
    pub fn is_passive(&self, verb: usize) -> bool {
        let unit = &self.units[verb];
        if !unit.form.has(Forms::PARTICIPLE) {
            return false;
        }
        let start = self.group_start(verb);
        let auxiliary = self.units[start..verb].iter().rev().find(|unit| unit.tag == Tag::Auxiliary);
        match auxiliary {
            Some(auxiliary) => auxiliary.is(class::BE),
            None => !unit.form.has(Forms::PAST),
        }
    }

    /// Whether the verb at `verb` stands for a clause of its own: it has a tense.
    pub fn is_finite(&self, verb: usize) -> bool {
        let unit = &self.units[verb];
        let start = self.group_start(verb);
        let auxiliary = self.units[start..verb]
            .iter()
            .find(|unit| unit.tag == Tag::Auxiliary && !unit.is(class::TO))
            .is_some_and(|unit| !unit.is(class::HAVING));
        let infinitive = start > 0 && self.units[start - 1].tag == Tag::To;
        !infinitive && (auxiliary || unit.form == Forms::PAST || unit.form.has(Forms::S) || unit.form == Forms::BASE)
    }

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

    /// The noun phrases that end before `end`, back to the clause's border, as a subject.
    pub fn region_group(&self, end: usize) -> Option<Group> {
        let start = self.region_start(end);
        self.parse_group(start, end)
    }

    /// Where the clause that holds the unit before `end` begins.
    pub fn region_start(&self, end: usize) -> usize {
        let floor = end.saturating_sub(REACH);
        let mut at = end;
        while at > floor {
            match self.units[at - 1].tag {
                Tag::Verb if self.is_leading(at - 1) => at -= 1,
                Tag::Verb
                | Tag::Stop
                | Tag::Relative
                | Tag::Subordinator
                | Tag::Dash
                | Tag::Auxiliary
                | Tag::To
                | Tag::Not => break,
                Tag::Comma if !self.is_list_comma(at - 1, end) => break,
                Tag::Coordinator if !self.joins_phrases(at - 1) => break,
                _ => at -= 1,
            }
        }
        at
    }

    /// Whether the unit at `at` is a participle before the members of a body: `a consortium led by Foo`.
    fn is_leading(&self, at: usize) -> bool {
        let behind = at > 0 && self.units[at - 1].tag.is_nominal();
        behind && self.is(at, class::LEADING) && self.tag(at + 1) == Some(Tag::Preposition)
    }

    /// Whether the comma at `at` parts members of a list that ends before `end`.
    fn is_list_comma(&self, at: usize, end: usize) -> bool {
        if at == 0 || !self.units[at - 1].tag.is_nominal() {
            return false;
        }
        let mut seen = false;
        for unit in &self.units[at + 1..end] {
            match unit.tag {
                Tag::Coordinator => {
                    seen = true;
                    break;
                }
                Tag::Comma | Tag::Determiner | Tag::Possessive => {}
                tag if tag.is_nominal() => {}
                _ => return false,
            }
        }
        seen
    }

    /// Whether the conjunction at `at` joins noun phrases, not clauses.
    fn joins_phrases(&self, at: usize) -> bool {
        // `Foo, Bar, and Baz`: a comma before the last of several.
        let serial = at > 1 && self.units[at - 1].tag == Tag::Comma;
        let last = if serial { at - 1 } else { at };
        if last == 0 || !self.units[last - 1].tag.is_nominal() && self.units[last - 1].tag != Tag::Pronoun {
            return false;
        }
        let mut place = last;
        for _ in 0..6 {
            let Some(phrase) = place.checked_sub(1).and_then(|last| self.phrase_ending(last)) else { return true };
            let Some(before) = phrase.first.checked_sub(1) else { return true };
            match self.units[before].tag {
                Tag::Preposition | Tag::Coordinator => place = before,
                Tag::Comma if self.is_list_comma(before, at + 1) => place = before,
                Tag::Verb | Tag::To | Tag::Adverb => return false,
                _ => return !serial || place < last,
            }
        }
        true
    }

    /// The name that ends a phrase which an article opens: `on this date | Foo`, `the phone | Foo launched`.
    fn name_behind(&self, phrase: Phrase) -> Option<usize> {
        let name = phrase.head();
        let parted = name > phrase.first + 1
            && self.tag(phrase.first) == Some(Tag::Determiner)
            && self.tag(name) == Some(Tag::Mention)
            && self.tag(name - 1) == Some(Tag::Noun);
        let alone = self.units[phrase.first..name].iter().all(|unit| unit.tag != Tag::Mention);
        (parted && alone).then_some(name)
    }

    /// Reads the units `start..end` as a subject: an opening adverbial left out, then heads and what hangs on them.
    pub fn parse_group(&self, start: usize, end: usize) -> Option<Group> {
        let mut at = start;
        // An opening: `In 2012,`, `But`, `At the show`.
        loop {
            match self.tag(at) {
                Some(Tag::Adverb | Tag::Coordinator | Tag::Comma | Tag::Subordinator) if at < end => at += 1,
                Some(Tag::Time) if at < end && !(self.is_nominal(at)) => at += 1,
                Some(Tag::Preposition) if at < end => {
                    let comma = (at..end).find(|i| self.units[*i].tag == Tag::Comma);
                    at = match comma {
                        Some(comma) => comma + 1,
                        None => self
                            .phrase_at(at + 1)
                            .map_or(at + 1, |phrase| self.name_behind(phrase).unwrap_or(phrase.end)),
                    };
                }
                _ => break,
            }
        }
        let mut group = Group::default();
        let mut preposition: Option<WordId> = None;
        while at < end {
            match self.units[at].tag {
                Tag::Verb if self.is_leading(at) => {
                    preposition = Some(self.units[at].word);
                    at += 2;
                }
                Tag::Preposition | Tag::To => {
                    preposition = Some(self.units[at].word);
                    at += 1;
                }
                Tag::Coordinator | Tag::Comma | Tag::Adverb | Tag::Time if !self.is_nominal(at) => {
                    if self.units[at].tag == Tag::Comma && !self.is_list_comma(at, end) {
                        break;
                    }
                    at += 1;
                }
                _ => {
                    let Some(mut phrase) = self.phrase_at(at) else {
                        at += 1;
                        continue;
                    };
                    phrase.end = phrase.end.min(end);
                    phrase.first = self.name_behind(phrase).unwrap_or(phrase.first);
                    at = phrase.end.max(at + 1);
                    match preposition.take() {
                        None => match group.attached.last_mut() {
                            // `sales in Italy, Spain and France`
                            Some((_, phrases))
                                if phrase
                                    .first
                                    .checked_sub(1)
                                    .and_then(|joint| self.tag(joint))
                                    .is_some_and(|joint| matches!(joint, Tag::Coordinator | Tag::Comma)) =>
                            {
                                phrases.push(phrase)
                            }
                            _ => {
                                // `later that year it`: no noun of the subject stands right before a pronoun.
                                let pronoun = self.units[phrase.head()].tag == Tag::Pronoun;
                                if pronoun && group.phrases.last().is_some_and(|last| last.end == phrase.first) {
                                    group.phrases.clear();
                                }
                                group.phrases.push(phrase);
                            }
                        },
                        Some(word) if !group.phrases.is_empty() => group.attached.push((word, vec![phrase])),
                        Some(_) => {}
                    }
                }
            }
        }
        (!group.phrases.is_empty()).then_some(group)
    }

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
    fn list_at(&self, at: usize, limit: usize) -> Option<(Vec<Phrase>, usize)> {
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
