//! Who a speaker is: the entity, the name, the role and the affiliation.

use super::rules::WordKind;
use super::scene::{Phrase, Scene};
use crate::gazetteer::EntityType;
use crate::mention::{EntityId, Mention};
use crate::reference::References;
use crate::span::Span;

/// A speaker with all that the document tells of it.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Source {
    /// The words nearest to the quotation.
    pub speaker: Option<Span>,
    pub entity: Option<EntityId>,
    /// The name, where no layer knows it.
    pub name: Option<Span>,
    pub role: Option<Span>,
    pub affiliation: Option<EntityId>,
}

/// What the document says of an entity as a person.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Facts {
    role: Option<Span>,
    affiliation: Option<EntityId>,
}

/// Reads speakers.
pub(super) struct Sources<'a> {
    scene: &'a Scene<'a>,
    references: &'a References<'a>,
    /// By entity.
    facts: Vec<Facts>,
}

impl<'a> Sources<'a> {
    pub fn new(scene: &'a Scene<'a>, references: &'a References<'a>) -> Sources<'a> {
        let mut facts = vec![Facts::default(); scene.mentions.entities.len()];
        for mention in &scene.mentions.mentions {
            let entity = scene.mentions.entity(mention.entity);
            if entity.entity_type != EntityType::Person {
                continue;
            }
            let found = facts_beside(scene, mention);
            let known = &mut facts[mention.entity.index()];
            known.role = known.role.or(found.role);
            known.affiliation = known.affiliation.or(found.affiliation);
        }
        Sources { scene, references, facts }
    }

    /// Who the noun phrase names.
    pub fn of(&self, phrase: Phrase) -> Source {
        let scene = self.scene;
        let reading = scene.reading;
        let core = self.span(phrase.first, phrase.end);
        let full = self.span(phrase.first, phrase.full);
        let pronoun = phrase.end == phrase.first + 1 && scene.is(phrase.first, WordKind::Pronoun);
        if pronoun {
            let entity = self.references.resolve(core);
            return self.known(core, entity);
        }
        let within = scene.mentions.within(core);
        let typed = |mention: &&Mention, entity_type| scene.mentions.entity(mention.entity).entity_type == entity_type;
        if let Some(person) =
            within.iter().rev().find(|mention| typed(mention, EntityType::Person) && !self.is_possessive(mention.span))
        {
            let speaker = Span::new(core.start(), person.span.end().max(core.start()));
            let speaker = self.without_owner(speaker, person.span);
            return self.known(speaker, Some(person.entity));
        }
        // `Former US Ambassador to the United Nations PERSON`.
        if let Some(person) =
            scene.mentions.within(full).iter().rev().find(|mention| typed(mention, EntityType::Person))
        {
            let tokens = reading.tokens_in(person.span);
            let own = tokens.end == phrase.full
                && tokens.start > 0
                && scene.is_capitalized(tokens.start - 1)
                && !scene.is(tokens.start - 1, WordKind::Preposition);
            if own && !self.is_possessive(person.span) {
                return self.known(full, Some(person.entity));
            }
        }
        // `a report published by`: what the noun before a participle says.
        let mut last = phrase.end - 1;
        if last > phrase.first
            && scene.letters(last).ends_with("ed")
            && !scene.is_noun_like(last)
            && scene.is_noun_like(last - 1)
        {
            last -= 1;
        }
        let head_is = |kind| scene.is(last, kind);
        // `Citrix's press release`, `a report by PERSON`: whoever made it speaks.
        if head_is(WordKind::StatementNoun) && !scene.is_capitalized(last) {
            let inside = scene.mentions.within(full);
            let made_by = inside
                .iter()
                .filter(|mention| mention.span.start() >= core.end())
                .find(|mention| typed(mention, EntityType::Person))
                .or_else(|| inside.iter().find(|mention| typed(mention, EntityType::Person)))
                .or_else(|| {
                    inside
                        .iter()
                        .find(|mention| typed(mention, EntityType::Company) || typed(mention, EntityType::Organization))
                });
            if let Some(mention) = made_by {
                return self.known(full, Some(mention.entity));
            }
            // A maker that no layer knows: the capitals behind `by` or `from`.
            let tie = (phrase.end..phrase.full).find(|i| matches!(scene.letters(*i), "by" | "from"));
            let name = tie.and_then(|tie| {
                let last = (tie + 1..phrase.full).rev().find(|i| scene.is_capitalized(*i))?;
                let first = (tie + 1..=last).rev().take_while(|i| scene.is_capitalized(*i)).last()?;
                Some(self.span(first, last + 1))
            });
            let entity = if name.is_none() { self.maker_before(last) } else { None };
            return Source { name, ..self.known(full, entity) };
        }
        let at_end = within.iter().rev().find(|mention| {
            !typed(mention, EntityType::Product)
                && reading.tokens_in(mention.span).end == phrase.end
                && !self.is_possessive(mention.span)
        });
        if let Some(mention) = at_end {
            return self.known(core, Some(mention.entity));
        }
        // A capital that only begins its sentence makes no name.
        let begins = |at: usize| scene.bounds(at).first == at;
        let common = !scene.is_capitalized(last)
            || scene.is(last, WordKind::Determiner) && begins(last)
            || scene.is_noun_like(last)
                && (begins(last)
                    || phrase.first == last
                    || !scene.is_capitalized(last - 1)
                    || scene.is(last - 1, WordKind::Determiner)
                    || begins(last - 1));
        if common {
            let definite = matches!(scene.letters(phrase.first), "the" | "The" | "this" | "This" | "that");
            let entity = if definite && phrase.end - phrase.first <= 3 { self.references.resolve(core) } else { None };
            if entity.is_some() {
                return self.known(core, entity);
            }
            let role = (phrase.first..phrase.end)
                .rev()
                .find(|i| scene.is_noun_like(*i))
                .filter(|_| scene.is(last, WordKind::SpeakerNoun));
            let affiliation = scene
                .mentions
                .within(full)
                .iter()
                .find(|mention| typed(mention, EntityType::Company) || typed(mention, EntityType::Organization));
            return Source {
                speaker: Some(full),
                role: role.map(|at| reading.tokens[at].span),
                affiliation: affiliation
                    .filter(|_| scene.is(last, WordKind::SpeakerNoun))
                    .map(|mention| mention.entity),
                ..Source::default()
            };
        }
        // A name that no layer knows: the capitals at the end, titles and roles left out.
        let mut first = last;
        while first > phrase.first
            && (scene.is_capitalized(first - 1) || matches!(scene.letters(first - 1), "." | "-" | "&"))
            && !scene.is_possessive(first - 1)
        {
            first -= 1;
        }
        while first < last
            && (scene.names.title(reading.word(first)).is_some()
                || scene.is_noun_like(first)
                || scene.names.is_role_modifier(reading.word(first))
                || !scene.is_word(first))
        {
            first += 1;
        }
        // `Acme Inc Chief Executive Officer PERSON`: what stands behind the role.
        if let Some(role) = (first..last).rev().find(|at| scene.is_noun_like(*at)) {
            first = role + 1;
        }
        let name = self.span(first, phrase.end);
        Source { speaker: Some(core), name: Some(name), ..Source::default() }
    }

    /// The name that no layer knows in the sentence before a pronoun: its only capitals but for its first word.
    pub fn stranger_before(&self, pronoun: Phrase) -> Option<Span> {
        let scene = self.scene;
        let own = scene.reading.sentence_at(scene.reading.tokens.get(pronoun.first)?.span.start())?;
        let sentence = scene.reading.sentences.get(own.checked_sub(1)?)?.range();
        let first = (sentence.start + 1..sentence.end).find(|at| {
            scene.is_capitalized(*at)
                && !scene.begins_name(*at)
                && !scene.is(*at, WordKind::Time)
                && scene.inside(*at) == 0
        })?;
        let end = (first..sentence.end).take_while(|at| scene.is_capitalized(*at)).last()? + 1;
        let acts = scene.kinds(end).is_any(&[WordKind::Auxiliary, WordKind::Verb]);
        (acts && !scene.is(first, WordKind::Pronoun)).then(|| self.span(first, end))
    }

    /// `the report` alone: who made the report that was named before.
    fn maker_before(&self, noun: usize) -> Option<EntityId> {
        const BEFORE: usize = 500;
        const BESIDE: usize = 6;
        let scene = self.scene;
        let word = scene.reading.word(noun);
        (noun.saturating_sub(BEFORE)..noun).rev().filter(|at| scene.reading.word(*at) == word).take(4).find_map(|at| {
            let after = matches!(scene.letters(at + 1), "by" | "from");
            let span = if after {
                scene.reading.span(at + 1, (at + BESIDE).min(noun))
            } else {
                scene.reading.span(at.saturating_sub(3), at)
            };
            let made = scene
                .mentions
                .within(span)
                .iter()
                .rev()
                .find(|mention| scene.mentions.entity(mention.entity).entity_type != EntityType::Product);
            made.map(|mention| mention.entity)
        })
    }

    /// A speaker known as an entity.
    fn known(&self, speaker: Span, entity: Option<EntityId>) -> Source {
        let facts = entity.and_then(|entity| self.facts.get(entity.index())).copied().unwrap_or_default();
        Source { speaker: Some(speaker), entity, name: None, role: facts.role, affiliation: facts.affiliation }
    }

    fn is_possessive(&self, span: Span) -> bool {
        let end = self.scene.reading.tokens_in(span).end;
        end > 0 && self.scene.is_possessive(end - 1)
    }

    /// The speaker without an owner before it: `Citrix's PERSON` is PERSON.
    fn without_owner(&self, speaker: Span, person: Span) -> Span {
        let tokens = self.scene.reading.tokens_in(speaker);
        let start = self.scene.reading.tokens_in(person).start;
        let owner = tokens.clone().take_while(|at| *at < start).filter(|at| self.scene.is_possessive(*at)).last();
        match owner {
            Some(owner) if owner + 1 == start => person,
            _ => speaker,
        }
    }

    fn span(&self, from: usize, to: usize) -> Span {
        let span = self.scene.reading.span(from, to);
        // Without a possessive ending.
        match self.scene.reading.tokens.get(to.saturating_sub(1)) {
            Some(token) if token.is_possessive() => Span::new(span.start(), token.stem(self.scene.text()).end()),
            _ => span,
        }
    }
}

/// Role and affiliation from the words around a person's name.
fn facts_beside(scene: &Scene<'_>, mention: &Mention) -> Facts {
    let reading = scene.reading;
    let tokens = reading.tokens_in(mention.span);
    let Some(sentence) = reading.sentence_at(mention.span.start()) else { return Facts::default() };
    let sentence = reading.sentences[sentence].range();
    let after = after_name(scene, tokens.end, sentence.end.min(tokens.end + 40));
    let before = before_name(scene, tokens.start, sentence.start.max(tokens.start.saturating_sub(16)));
    Facts { role: after.role.or(before.role), affiliation: after.affiliation.or(before.affiliation) }
}

/// `PERSON, vice president of hardware at Zephyr Motors`; `PERSON of Forrester Research`.
fn after_name(scene: &Scene<'_>, at: usize, to: usize) -> Facts {
    let mut facts = Facts::default();
    let body = |from: usize, to: usize| body_in(scene, from, to);
    if matches!(scene.letters(at), "of" | "at" | "from" | "with") {
        let end = (at..to)
            .find(|i| scene.is_comma(*i) || scene.verb_classes(*i).is_verb() || scene.is(*i, WordKind::Auxiliary))
            .unwrap_or(to);
        facts.affiliation = body(at, end.min(at + 8));
        return facts;
    }
    let bracket = scene.letters(at) == "(";
    if !scene.is_comma(at) && !bracket {
        return facts;
    }
    let from = at + 1;
    // The appositive ends at the next comma that no name or list goes over, or at a verb.
    let role_end = (from..to).take_while(|i| scene.inside(*i) == scene.inside(at)).find(|i| {
        matches!(scene.letters(*i), "," | ")" | ";" | ":" | "—" | "–" | "(")
            || scene.letters(*i) == "." && *i + 1 >= to
            || scene.verb_classes(*i).is_verb()
                && !scene.is_noun_like(*i)
                && !scene.is_capitalized(*i)
                && !scene.is_noun_use(*i)
            || scene.is(*i, WordKind::Relative) && scene.letters(*i) != "that"
            || scene.is(*i, WordKind::Auxiliary) && !scene.is_capitalized(*i)
    });
    let end = role_end.unwrap_or(to);
    if from >= end {
        return facts;
    }
    let head = (from..end).find(|i| is_role_head(scene, *i));
    let Some(_) = head.filter(|head| head - from <= 8) else {
        return facts;
    };
    let (mut first, mut last) = (from, end);
    while first < last && (scene.is(first, WordKind::Determiner) || scene.reading.tokens[first].is_number()) {
        first += 1;
    }
    // `Citrix's vice president`: the owner is the affiliation.
    let owner = (first..last.min(first + 6)).rfind(|i| scene.is_possessive(*i));
    if let Some(owner) = owner {
        facts.affiliation = body(first, owner + 1);
        first = owner + 1;
    }
    let tie = (first..last).rev().find(|i| {
        matches!(scene.letters(*i), "of" | "at" | "for" | "with" | "in")
            && scene.is_capitalized(next_noun(scene, *i + 1))
    });
    if let Some(tie) = tie {
        let organisation = body(tie, last.min(tie + 10));
        if organisation.is_some() || matches!(scene.letters(tie), "at" | "with") {
            facts.affiliation = facts.affiliation.or(organisation);
            last = tie;
        }
    }
    if facts.affiliation.is_none() {
        // `PERSON, Gartner analyst`; `PERSON, an analyst who has worked at Yahoo`; `PERSON, head of sales, Acme`.
        let named = body(first, last).or_else(|| {
            let far = (last..to).find(|i| scene.verb_classes(*i).is_verb() && !scene.is_capitalized(*i)).unwrap_or(to);
            (scene.is_comma(last) || scene.is(last, WordKind::Relative)).then(|| body(last, far)).flatten()
        });
        facts.affiliation = named;
    }
    // A company in front of the role is its affiliation and no part of it.
    while let Some(mention) = scene.mentions.within(scene.reading.span(first, last)).first() {
        let tokens = scene.reading.tokens_in(mention.span);
        let role = tokens.clone().last().is_some_and(|at| scene.names.is_role_modifier(scene.reading.word(at)));
        if tokens.start != first || tokens.end >= last || role {
            break;
        }
        first = tokens.end;
    }
    while last > first && !scene.is_word(last - 1) {
        last -= 1;
    }
    if first < last && (first..last).any(|i| is_role_head(scene, i)) && last - first <= 14 {
        facts.role = Some(scene.reading.span(first, last));
    }
    facts
}

/// `Gartner analyst PERSON`, `Chief Executive PERSON`, `Citrix's PERSON`.
fn before_name(scene: &Scene<'_>, at: usize, from: usize) -> Facts {
    let mut facts = Facts::default();
    if at == 0 || at <= from {
        return facts;
    }
    if scene.is_possessive(at - 1) {
        facts.affiliation = body_in(scene, from, at);
        return facts;
    }
    let mut first = at;
    while first > from {
        let i = first - 1;
        let word = scene.reading.word(i);
        let role = is_role_head(scene, i) || scene.names.is_role_modifier(word) || scene.names.title(word).is_some();
        let joint = matches!(scene.letters(i), "-" | "." | "&") || scene.letters(i) == "and" && first < at;
        if !(role || joint && first < at) || scene.is_possessive(i) {
            break;
        }
        first = i;
    }
    while first < at && !scene.is_word(first) {
        first += 1;
    }
    let mut last = at;
    while last > first
        && (!scene.is_word(last - 1)
            || scene.names.title(scene.reading.word(last - 1)).is_some() && !is_role_head(scene, last - 1))
    {
        last -= 1;
    }
    if first == at {
        // `a GigaOm post by PERSON`.
        let near = scene.mentions.within(scene.reading.span(at.saturating_sub(5).max(from), at)).last();
        facts.affiliation = near
            .filter(|mention| {
                let tokens = scene.reading.tokens_in(mention.span);
                let made = (tokens.end..at)
                    .all(|i| scene.is(i, WordKind::StatementNoun) || matches!(scene.letters(i), "by" | "from"));
                made && tokens.end + 1 < at
                    && matches!(
                        scene.mentions.entity(mention.entity).entity_type,
                        EntityType::Company | EntityType::Organization
                    )
            })
            .map(|mention| mention.entity);
        return facts;
    }
    if first < last && (first..last).any(|i| is_role_head(scene, i)) {
        facts.role = Some(scene.reading.span(first, last));
        // The company directly before the role.
        let near = scene.mentions.within(scene.reading.span(first.saturating_sub(6).max(from), first)).last();
        if let Some(mention) = near {
            let tokens = scene.reading.tokens_in(mention.span);
            let body = matches!(
                scene.mentions.entity(mention.entity).entity_type,
                EntityType::Company | EntityType::Organization | EntityType::Product
            );
            // `a Citrix blog post by senior engineer PERSON`.
            let made = (tokens.end..first)
                .all(|i| scene.is(i, WordKind::StatementNoun) || matches!(scene.letters(i), "by" | "from"));
            if body && (tokens.end + 2 >= first || made) {
                facts.affiliation = Some(mention.entity);
            }
        }
    }
    facts
}

fn is_role_head(scene: &Scene<'_>, at: usize) -> bool {
    scene.names.is_role(scene.reading.word(at)) && !scene.is_possessive(at)
}

fn next_noun(scene: &Scene<'_>, at: usize) -> usize {
    if scene.is(at, WordKind::Determiner) { at + 1 } else { at }
}

/// The first company or organisation among the tokens.
fn body_in(scene: &Scene<'_>, from: usize, to: usize) -> Option<EntityId> {
    let span = scene.reading.span(from, to);
    scene
        .mentions
        .within(span)
        .iter()
        .find(|mention| {
            matches!(scene.mentions.entity(mention.entity).entity_type, EntityType::Company | EntityType::Organization)
        })
        .map(|mention| mention.entity)
}
