//! Clauses without a parser: noun phrases, verb groups, and where a clause ends.

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
pub(super) const REACH: usize = 48;

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

    pub fn is_nominal(&self, at: usize) -> bool {
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
    pub fn is_leading(&self, at: usize) -> bool {
        let behind = at > 0 && self.units[at - 1].tag.is_nominal();
        behind && self.is(at, class::LEADING) && self.tag(at + 1) == Some(Tag::Preposition)
    }

    /// Whether the comma at `at` parts members of a list that ends before `end`.
    pub fn is_list_comma(&self, at: usize, end: usize) -> bool {
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
    pub fn name_behind(&self, phrase: Phrase) -> Option<usize> {
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
}
