//! Who fills a role: names, what stands for a name, and nouns of a class.

use super::Party;
use super::clause::{Clause, Group, Phrase};
use super::rules::{Selection, class};
use super::units::{Layers, Tag};
use crate::gazetteer::EntityType;
use crate::mention::EntityId;
use crate::span::Span;

/// What a role is filled with.
#[derive(Clone, Debug, Default)]
pub(super) struct Filler {
    pub parties: Vec<Party>,
    /// Whether a name is among them.
    pub named: bool,
}

impl Filler {
    fn add(&mut self, party: Party, named: bool) {
        if !self.parties.contains(&party) {
            self.parties.push(party);
        }
        self.named |= named;
    }
}

/// What the passage is about, for pronouns and ellipsis.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Focus {
    /// The last company in a subject's place.
    pub company: Option<Party>,
    /// The last body in a subject's place.
    pub organization: Option<Party>,
    pub product: Option<Party>,
    pub person: Option<Party>,
    /// Who says `we`.
    pub speaker: Option<Party>,
    /// Who says `I`.
    pub voice: Option<Party>,
    /// The figure that the sentence before told of.
    pub metric: Option<Party>,
    /// The company that the article is about, where one is named far more often than others.
    pub main: Option<Party>,
    /// Who says `we` outside quotations: the body, else the product, that the article names most.
    pub we: Option<Party>,
    /// Whether `company` is of the paragraph at hand.
    pub fresh: bool,
    /// The last of any type: what `it` stands for first.
    pub last: Option<Party>,
}

/// At most so many bytes of a phrase without a name fill a role.
const MAX_UNNAMED: usize = 90;

/// A sentence's clauses with the layers below.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a, 'u, 't> {
    pub layers: Layers<'a, 't>,
    pub clause: Clause<'u, 'a>,
    pub focus: &'u Focus,
}

impl Scene<'_, '_, '_> {
    /// The party and type of the mention that is the unit at `at`.
    pub fn mention(&self, at: usize) -> Option<(Party, EntityType)> {
        let unit = self.clause.units.get(at).filter(|unit| unit.tag == Tag::Mention)?;
        let mention = self.layers.mentions.mentions.get(unit.index as usize)?;
        let entity = self.layers.mentions.entity(mention.entity);
        Some((Party { span: mention.span, entity: Some(mention.entity) }, entity.entity_type))
    }

    pub fn entity_type(&self, entity: EntityId) -> EntityType {
        self.layers.mentions.entity(entity).entity_type
    }

    /// Fills a role from a group. `None` where its first phrase does not fit.
    pub fn fill(&self, selections: &[Selection], group: &Group, acting: bool) -> Option<Filler> {
        let mut filler = Filler::default();
        for (place, phrase) in group.phrases.iter().enumerate() {
            if let Some(members) = self.members(selections, *phrase, group) {
                for party in members {
                    filler.add(party, true);
                }
                continue;
            }
            match self.select(selections, *phrase, group, acting) {
                Some((party, named)) => filler.add(party, named),
                // `Xyzzy and Foo`: a name that nobody knows does not hide the one that is known.
                None if place == 0 && !self.clause.units[phrase.head()].proper && !self.is_title(selections, group) => {
                    return None;
                }
                None => {}
            }
        }
        (!filler.parties.is_empty()).then_some(filler)
    }

    /// The names that a phrase gathers: `a consortium led by Foo`, `studios such as Foo and Bar`.
    fn members(&self, selections: &[Selection], phrase: Phrase, group: &Group) -> Option<Vec<Party>> {
        let head = &self.clause.units[phrase.head()];
        if head.tag != Tag::Noun || head.proper {
            return None;
        }
        let gathers = head.is(class::GATHERING);
        let lists = |word: crate::token::WordId| {
            let classes = self.layers.rules.word(word).map_or(0, |entry| entry.classes);
            classes & class::LISTING != 0 || gathers && classes & (class::LEADING | class::OWNING) != 0
        };
        let named = |phrase: &Phrase| {
            let (party, entity_type) = self.mention(phrase.head())?;
            selections.contains(&Selection::Entity(entity_type)).then_some(party)
        };
        let lists = group.attached.iter().filter(|(word, _)| lists(*word));
        let mut members = lists.map(|(_, phrases)| phrases.iter().filter_map(named).collect::<Vec<Party>>());
        members.find(|members| !members.is_empty())
    }

    /// Whether a group of phrases is a person's title with the name at its end: `former chief and veteran Bo Lind`.
    fn is_title(&self, selections: &[Selection], group: &Group) -> bool {
        let last = group.phrases.last().map(|phrase| phrase.head());
        let person = matches!(last.and_then(|last| self.mention(last)), Some((_, EntityType::Person)));
        let nouns = group.phrases.len() == 2 && self.clause.units[group.phrases[0].head()].tag == Tag::Noun;
        person && nouns && selections.contains(&Selection::Entity(EntityType::Person))
    }

    /// The party that a phrase is by the first selection that it fits, and whether it is a name.
    fn select(&self, selections: &[Selection], phrase: Phrase, group: &Group, acting: bool) -> Option<(Party, bool)> {
        let head = &self.clause.units[phrase.head()];
        let refused = |selection: &Selection| matches!(selection, Selection::Not(classes) if head.is(*classes));
        if selections.iter().any(refused) {
            return None;
        }
        selections.iter().find_map(|selection| match selection {
            Selection::Not(_) => None,
            Selection::Entity(entity_type) => {
                self.entity(*entity_type, phrase, group, acting).map(|party| (party, true))
            }
            Selection::Class(_) if head.tag == Tag::Pronoun => {
                let stands = head.is(class::THING | class::POINTING)
                    || head.entry.is_some_and(|entry| entry.classes & class::THAT != 0);
                let wanted = stands && *selection == Selection::Class(class::METRIC);
                let metric = || self.metric_before(phrase.first).or(self.focus.metric);
                wanted.then(metric).flatten().map(|party| (party, false))
            }
            Selection::Class(classes) => {
                let figure = *classes & (class::METRIC | class::STOCK) != 0;
                // `version 3`
                let counted = head.tag == Tag::Figure && phrase.head() > phrase.first && !figure;
                let head = if counted { &self.clause.units[phrase.head() - 1] } else { head };
                let fits = head.is(*classes) && head.tag == Tag::Noun;
                fits.then(|| if figure { self.plain(phrase) } else { self.whole(phrase) }).flatten()
            }
            Selection::Figure => (phrase.first..phrase.end)
                .any(|at| self.clause.units[at].tag == Tag::Figure)
                .then(|| self.plain(phrase))
                .flatten(),
            Selection::Proper => {
                let plain = (head.proper && head.tag == Tag::Noun).then(|| self.plain(phrase)).flatten();
                plain.map(|(party, _)| (party, true))
            }
            Selection::Pronoun => (head.tag == Tag::Pronoun).then(|| self.plain(phrase)).flatten(),
            Selection::Any => {
                if self.clause.units[phrase.head()].tag == Tag::Pronoun {
                    return None;
                }
                let found = (phrase.first..phrase.end)
                    .find(|at| matches!(self.clause.units[*at].tag, Tag::Noun | Tag::Mention));
                found.and_then(|_| self.plain(phrase))
            }
        })
    }

    /// The phrase itself as a party, its determiner left out.
    pub fn plain_party(&self, phrase: Phrase) -> Option<Party> {
        self.plain(phrase).map(|(party, _)| party)
    }

    /// The phrase itself, its determiner left out.
    fn plain(&self, phrase: Phrase) -> Option<(Party, bool)> {
        let units = self.clause.units;
        if let Some((party, _)) = self.mention(phrase.head()).filter(|_| !units[phrase.head()].possessive) {
            return Some((party, true));
        }
        let mut first = phrase.first;
        while first + 1 < phrase.end && matches!(units[first].tag, Tag::Determiner | Tag::Adverb) {
            first += 1;
        }
        self.unnamed(first, phrase.end)
    }

    /// The phrase with the name of what it is a part of.
    fn whole(&self, phrase: Phrase) -> Option<(Party, bool)> {
        let (party, named) = self.plain(phrase)?;
        match self.held(phrase) {
            Some(end) => {
                let first = self.clause.units[phrase.first..]
                    .iter()
                    .position(|unit| self.layers.reading.span(unit.first, unit.end).start() >= party.span.start());
                self.unnamed(phrase.first + first.unwrap_or(0), end)
            }
            None => Some((party, named)),
        }
    }

    /// The units `first..end` as a party without a name of its own, and whether a name is in it.
    fn unnamed(&self, first: usize, end: usize) -> Option<(Party, bool)> {
        let units = self.clause.units;
        let span = self.layers.reading.span(units[first].first, units[end - 1].end);
        let named = (first..end).any(|at| units[at].tag == Tag::Mention);
        (span.len() <= MAX_UNNAMED && !span.is_empty()).then_some((Party { span, entity: None }, named))
    }

    /// Where the name ends that tells of what the phrase is a part: `the assets of Foo`, `a stake in Foo`.
    fn held(&self, phrase: Phrase) -> Option<usize> {
        let units = self.clause.units;
        let owning = units.get(phrase.end).is_some_and(|unit| unit.tag == Tag::Preposition && unit.is(class::OWNING));
        if !owning || !units[phrase.head()].is(class::HOLDING) {
            return None;
        }
        let whole = self.clause.phrase_at(phrase.end + 1)?;
        let first = (whole.first..whole.end).find(|at| units[*at].tag == Tag::Mention)?;
        Some(if units[first].possessive { whole.end } else { first + 1 })
    }

    /// The entity of a type that a phrase names or stands for.
    fn entity(&self, wanted: EntityType, phrase: Phrase, group: &Group, acting: bool) -> Option<Party> {
        let units = self.clause.units;
        let head = &units[phrase.head()];
        if let Some((party, entity_type)) = self.mention(phrase.head()) {
            return (entity_type == wanted).then_some(party);
        }
        // `we've` is a pronoun too.
        if matches!(head.tag, Tag::Pronoun | Tag::Possessive | Tag::Auxiliary) {
            return self.pronoun(wanted, phrase.head());
        }
        if head.tag != Tag::Noun {
            return None;
        }
        // `Foo Trans Australia`, `Foo v2.0`: a name that goes on past what is known of it.
        if head.proper {
            let known = (phrase.first..phrase.head()).rev().find(|at| !units[*at].proper);
            return known
                .filter(|at| !units[*at].possessive)
                .and_then(|at| self.mention(at))
                .and_then(|(party, entity_type)| (entity_type == wanted).then_some(party));
        }
        // `Google executives`, `Dell's board`, `executives at Google`
        if acting && wanted != EntityType::Person && head.is(class::ACTOR) {
            let inside = (phrase.first..phrase.head()).rev().find_map(|at| self.mention(at));
            if let Some((party, entity_type)) = inside {
                return (entity_type == wanted).then_some(party);
            }
            if units[phrase.first].tag == Tag::Possessive {
                return self.pronoun(wanted, phrase.first);
            }
            let hung =
                group.attached.iter().flat_map(|(_, phrases)| phrases).find_map(|phrase| self.mention(phrase.head()));
            if let Some((party, entity_type)) = hung {
                return (entity_type == wanted).then_some(party);
            }
            // `executives showed off …`: of the company that the passage is about.
            let bare = units[phrase.first].is(class::DEFINITE) || phrase.first == phrase.head();
            if wanted == EntityType::Company && bare && head.is(class::STAFF) {
                return self.in_focus(wanted);
            }
        }
        // `the ROKR handset`
        if wanted == EntityType::Product && head.is(class::PRODUCT_NOUN) {
            let inside =
                (phrase.first..phrase.head()).rev().filter(|at| !units[*at].possessive).find_map(|at| self.mention(at));
            if let Some((party, EntityType::Product)) = inside {
                return Some(party);
            }
        }
        // `the beta version of Foo`
        if wanted == EntityType::Product && head.is(class::PART_NOUN) {
            let hung =
                group.attached.iter().flat_map(|(_, phrases)| phrases).find_map(|phrase| self.mention(phrase.head()));
            if let Some((party, EntityType::Product)) = hung {
                return Some(party);
            }
        }
        // `the efforts of the Foo Foundation`, `Foo's offices`, `the company's offices`
        if matches!(wanted, EntityType::Organization | EntityType::Company) && head.is(class::EFFORT_NOUN) {
            let owner = (phrase.first..phrase.head()).rev().find(|at| units[*at].possessive);
            if let Some(owner) = owner {
                let party = self.mention(owner).filter(|(_, entity_type)| *entity_type == wanted);
                if let Some((party, _)) = party {
                    return Some(party);
                }
                if units[owner].is(class::COMPANY_NOUN) && units[phrase.first].is(class::DEFINITE) {
                    return self.before(wanted, phrase.first).or_else(|| self.in_focus(wanted));
                }
            }
            let hung =
                group.attached.iter().flat_map(|(_, phrases)| phrases).find_map(|phrase| self.mention(phrase.head()));
            if let Some((party, _)) = hung.filter(|(_, entity_type)| *entity_type == wanted) {
                return Some(party);
            }
        }
        // `the Foo group`
        if wanted == EntityType::Company && head.is(class::COMPANY_NOUN) && phrase.head() > phrase.first {
            let before = phrase.head() - 1;
            if let Some((party, EntityType::Company)) = self.mention(before).filter(|_| !units[before].possessive) {
                return Some(party);
            }
        }
        // `Cloud.com software`
        if wanted == EntityType::Company && head.is(class::MAKER_NOUN) {
            let inside =
                (phrase.first..phrase.head()).rev().filter(|at| !units[*at].possessive).find_map(|at| self.mention(at));
            if let Some((party, EntityType::Company)) = inside {
                return Some(party);
            }
        }
        // `the company`, `the search giant`
        let own = units[phrase.first].tag == Tag::Possessive && units[phrase.first].is(class::PERSON);
        let definite = units[phrase.first].is(class::DEFINITE) || own && wanted == EntityType::Company;
        let inside = (phrase.first..phrase.end).any(|at| units[at].tag == Tag::Mention);
        if definite && !inside && !head.possessive {
            let noun = match wanted {
                EntityType::Company => class::COMPANY_NOUN,
                EntityType::Product => class::PRODUCT_NOUN,
                EntityType::Person => class::PERSON_NOUN,
                EntityType::Organization => class::ORGANIZATION_NOUN,
            };
            if head.is(noun) {
                return self.before(wanted, phrase.first).or_else(|| self.in_focus(wanted));
            }
        }
        None
    }

    /// What a pronoun stands for.
    pub fn pronoun(&self, wanted: EntityType, at: usize) -> Option<Party> {
        let unit = &self.clause.units[at];
        // `our release` is one of what the speakers make, not they themselves.
        if unit.is(class::WE) && unit.tag == Tag::Possessive && wanted == EntityType::Product {
            return None;
        }
        if unit.is(class::WE) && wanted == EntityType::Person {
            return self.focus.voice;
        }
        if unit.is(class::WE) {
            return self.focus.speaker.or(self.focus.we).filter(|party| self.is_type(*party, wanted));
        }
        if unit.is(class::PERSON) {
            return self
                .before(wanted, at)
                .or_else(|| self.in_focus(EntityType::Person))
                .filter(|_| wanted == EntityType::Person);
        }
        if unit.is(class::THING) {
            let last = self.focus.last.filter(|party| self.is_type(*party, wanted));
            return self
                .before(wanted, at)
                .or(last)
                .or_else(|| self.in_focus(wanted))
                .filter(|_| wanted != EntityType::Person);
        }
        if unit.is(class::THEY) && wanted == EntityType::Product {
            return self.focus.last.filter(|party| self.is_type(*party, wanted));
        }
        if unit.is(class::THEY) {
            return self.before(wanted, at).or_else(|| self.in_focus(wanted)).filter(|_| wanted != EntityType::Person);
        }
        None
    }

    /// The subject, of a type, of a verb before the unit `at` in its sentence, the nearest first.
    fn before(&self, wanted: EntityType, at: usize) -> Option<Party> {
        let units = self.clause.units;
        for verb in (0..at.min(units.len())).rev().filter(|verb| units[*verb].tag == Tag::Verb) {
            let start = self.clause.group_start(verb);
            let Some(group) = self.clause.subject(start, verb, 0) else { continue };
            let phrases = group.phrases.iter().chain(group.attached.iter().flat_map(|(_, phrases)| phrases));
            let mut mentions = phrases
                .flat_map(|phrase| (phrase.first..phrase.end.min(at)).rev())
                .filter_map(|unit| self.mention(unit));
            if let Some((party, _)) = mentions.find(|(_, entity_type)| *entity_type == wanted) {
                return Some(party);
            }
        }
        if matches!(wanted, EntityType::Product | EntityType::Person) {
            let mut mentions = (0..at.min(units.len())).rev().filter_map(|unit| self.mention(unit));
            return mentions.find(|(_, entity_type)| *entity_type == wanted).map(|(party, _)| party);
        }
        None
    }

    /// The figure that a verb before the unit `at` has as its subject.
    fn metric_before(&self, at: usize) -> Option<Party> {
        let units = self.clause.units;
        let verbs = (0..at.min(units.len())).rev().filter(|verb| units[*verb].tag == Tag::Verb);
        let mut subjects = verbs.filter_map(|verb| self.clause.subject(self.clause.group_start(verb), verb, 0));
        let phrase = subjects.find_map(|group| {
            group.phrases.into_iter().find(|phrase| units[phrase.head()].is(class::METRIC | class::STOCK))
        })?;
        self.plain(phrase).map(|(party, _)| party)
    }

    fn is_type(&self, party: Party, wanted: EntityType) -> bool {
        party.entity.is_some_and(|entity| self.entity_type(entity) == wanted)
    }

    /// What the passage is about, of a type.
    pub fn in_focus(&self, wanted: EntityType) -> Option<Party> {
        match wanted {
            EntityType::Company => self.focus.company,
            EntityType::Organization => self.focus.organization,
            EntityType::Product => self.focus.product,
            EntityType::Person => self.focus.person,
        }
    }

    /// Whose the phrase is: a genitive, a name before its noun, a name behind `of`, `in`, `at`; else the passage's subject.
    pub fn owner(&self, group: &Group, selections: &[Selection]) -> Option<Party> {
        let fits = |party: Party, entity_type: EntityType| {
            selections.contains(&Selection::Entity(entity_type)).then_some(party)
        };
        let phrase = group.phrases.first()?;
        let inside = (phrase.first..phrase.end).rev().filter_map(|at| self.mention(at));
        if let Some(party) = inside.filter_map(|(party, entity_type)| fits(party, entity_type)).next() {
            return Some(party);
        }
        let possessive = (phrase.first..phrase.end).find(|at| self.clause.units[*at].tag == Tag::Possessive);
        if let Some(at) = possessive {
            return selections.iter().find_map(|selection| match selection {
                Selection::Entity(wanted) => self.pronoun(*wanted, at),
                _ => None,
            });
        }
        let owning = |word: crate::token::WordId| {
            self.layers.rules.word(word).is_some_and(|entry| entry.classes & class::OWNING != 0)
        };
        for phrase in group.attached.iter().filter(|(word, _)| owning(*word)).flat_map(|(_, phrases)| phrases) {
            for at in (phrase.first..phrase.end).rev() {
                if let Some(party) = self.mention(at).and_then(|(party, entity_type)| fits(party, entity_type)) {
                    return Some(party);
                }
            }
        }
        (!self.is_general(*phrase)).then(|| self.topic(selections, phrase.first)).flatten()
    }

    /// Whether a figure is nobody's in the passage: `world demand`, `2 billion shares`, `builders' shares`.
    fn is_general(&self, phrase: Phrase) -> bool {
        let units = self.clause.units;
        let head = phrase.head();
        let many = units[head].is(class::STOCK) && units[head].plural;
        (phrase.first..head).any(|at| {
            let unit = &units[at];
            let noun = unit.tag == Tag::Noun && !unit.is(class::COMPANY_NOUN);
            let owner = noun && unit.possessive;
            owner || unit.is(class::GENERAL) || many && (noun || unit.tag == Tag::Figure)
        })
    }

    /// Who makes what the phrase names: a name or possessive pronoun in it; where it names nothing, the passage's subject.
    pub fn maker(&self, group: &Group, selections: &[Selection]) -> Option<Party> {
        let phrase = group.phrases.first()?;
        let units = self.clause.units;
        let mut names = (phrase.first..phrase.end).filter_map(|at| self.mention(at));
        if let Some((party, _)) =
            names.find(|(_, made)| *made != EntityType::Product && selections.contains(&Selection::Entity(*made)))
        {
            return Some(party);
        }
        let named = (phrase.first..phrase.end).any(|at| units[at].tag == Tag::Mention || units[at].proper);
        let head = &units[phrase.head()];
        let wanted = selections.iter().filter_map(|selection| match selection {
            Selection::Entity(wanted) => Some(*wanted),
            _ => None,
        });
        if let Some(owner) = (phrase.first..phrase.end).find(|at| units[*at].tag == Tag::Possessive) {
            return wanted.into_iter().find_map(|wanted| self.pronoun(wanted, owner));
        }
        let definite = units[phrase.first].is(class::DEFINITE) && head.tag == Tag::Noun;
        if named || !definite { None } else { self.topic(selections, phrase.first) }
    }

    /// What the passage is about, of the types that may fill the role.
    pub fn topic(&self, selections: &[Selection], at: usize) -> Option<Party> {
        selections.iter().find_map(|selection| match selection {
            Selection::Entity(wanted) => {
                let main = self.focus.main.filter(|party| self.is_type(*party, *wanted) && !self.focus.fresh);
                self.before(*wanted, at).or(main).or_else(|| self.in_focus(*wanted))
            }
            _ => None,
        })
    }

    /// The span of some units.
    pub fn span(&self, first: usize, end: usize) -> Span {
        match (self.clause.units.get(first), end.checked_sub(1).and_then(|last| self.clause.units.get(last))) {
            (Some(from), Some(to)) => self.layers.reading.span(from.first, to.end),
            _ => Span::default(),
        }
    }
}
