//! Who says that it is so: the speaker of a quotation, the subject of a reporting verb, `according to`.

use super::Party;
use super::find::ClaimInput;
use super::roles::Scene;
use super::rules::class;
use super::units::Tag;
use crate::cue::CueClass;
use crate::span::{Span, near};

/// Who says a claim.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Attribution {
    pub party: Option<Party>,
    /// The quotation that it stands in.
    pub quotation: Option<u32>,
}

/// The source of the claim whose trigger is `trigger` and whose clause begins before the unit `start`.
pub(super) fn attribute(
    scene: &Scene<'_, '_, '_>,
    input: &ClaimInput<'_, '_>,
    trigger: Span,
    start: usize,
    announced: bool,
) -> Attribution {
    let mut near = near(input.quotations, trigger, |quotation| quotation.content);
    let quotation = near.find(|index| input.quotations[*index].content.covers(trigger));
    if let Some(index) = quotation {
        let quotation = &input.quotations[index];
        let party = match (quotation.speaker, quotation.entity) {
            (_, Some(entity)) => Some(Party { span: input.mentions.entity(entity).name, entity: Some(entity) }),
            (Some(span), None) => Some(Party { span: quotation.name.unwrap_or(span), entity: None }),
            (None, None) => None,
        };
        return Attribution { party, quotation: Some(index as u32) };
    }
    if announced {
        return Attribution::default();
    }
    Attribution { party: before(scene, input, start).or_else(|| after(scene, input, start)), quotation: None }
}

fn is_say(scene: &Scene<'_, '_, '_>, input: &ClaimInput<'_, '_>, at: usize) -> bool {
    let unit = &scene.clause.units[at];
    unit.tag == Tag::Verb && input.cues.of_word(unit.word).holds(CueClass::Say) && !unit.is(class::ANNOUNCE)
}

/// Whether the reporting verb at `at` opens a clause. One that also tells of deeds (`reported a loss`) needs `that`.
fn opens_clause(scene: &Scene<'_, '_, '_>, at: usize) -> bool {
    let clause = scene.clause;
    let deed = clause.units[at].entry.is_some_and(|entry| entry.verbs.iter().any(|verb| verb.frame.is_some()));
    let next = (at + 1..clause.units.len())
        .find(|next| !matches!(clause.units[*next].tag, Tag::Adverb | Tag::Time | Tag::Preposition));
    !deed || next.is_some_and(|next| matches!(clause.units[next].tag, Tag::Subordinator | Tag::Pronoun))
}

/// `X said that …`, `according to X, …`
fn before(scene: &Scene<'_, '_, '_>, input: &ClaimInput<'_, '_>, start: usize) -> Option<Party> {
    let clause = scene.clause;
    let region = clause.region_start(start);
    for at in (0..start.min(clause.units.len())).rev() {
        if clause.units[at].tag == Tag::Stop && at + 1 < region {
            break;
        }
        if at < region && is_say(scene, input, at) && opens_clause(scene, at) {
            let chain = super::modality::follow(&clause, scene.layers.rules, at);
            let group = chain.subject.clone().or_else(|| clause.subject(chain.start, chain.verb, 0))?;
            return source(scene, group.phrases.first().copied()?);
        }
    }
    according(scene, 0, start)
}

/// `…, X said`, `…, according to X`
fn after(scene: &Scene<'_, '_, '_>, input: &ClaimInput<'_, '_>, start: usize) -> Option<Party> {
    let clause = scene.clause;
    for at in start..clause.units.len() {
        if !is_say(scene, input, at) {
            continue;
        }
        let group = clause.group_start(at);
        let region = clause.region_start(group);
        let comma =
            region.checked_sub(1).is_some_and(|before| matches!(clause.units[before].tag, Tag::Comma | Tag::Dash));
        if region > start && comma && region < group {
            let subject = clause.region_group(group)?;
            return source(scene, subject.phrases.first().copied()?);
        }
        if region == group && comma && clause.tag(at + 1).is_some_and(Tag::begins_phrase) {
            let said = source(scene, clause.phrase_at(at + 1)?);
            let deed = !opens_clause(scene, at);
            return said.filter(|party| !deed || party.entity.is_some());
        }
    }
    according(scene, start, clause.units.len())
}

/// The source behind `according to` between two units.
fn according(scene: &Scene<'_, '_, '_>, from: usize, to: usize) -> Option<Party> {
    let clause = scene.clause;
    let at = (from..to).find(|at| clause.is(*at, class::ACCORDING))?;
    source(scene, clause.phrase_at(at + 1)?)
}

/// The party that a phrase names as a source: a name, what stands for one, or one who can speak.
pub(super) fn source(scene: &Scene<'_, '_, '_>, phrase: super::clause::Phrase) -> Option<Party> {
    use crate::gazetteer::EntityType;
    let units = scene.clause.units;
    let head = phrase.head();
    if let Some((party, _)) = scene.mention(head) {
        return Some(party);
    }
    if units[head].tag == Tag::Pronoun {
        let order = if units[head].is(class::PERSON) {
            [EntityType::Person, EntityType::Company]
        } else {
            [EntityType::Company, EntityType::Organization]
        };
        return order.into_iter().find_map(|wanted| scene.pronoun(wanted, head));
    }
    if units[phrase.first].is(class::DEFINITE) && units[head].is(class::COMPANY_NOUN) {
        return scene.in_focus(EntityType::Company);
    }
    // `a Foo report`
    let inside =
        (phrase.first..head).rev().find_map(|at| scene.mention(at)).filter(|_| units[head].is(class::SOURCE_NOUN));
    if let Some((party, EntityType::Company | EntityType::Organization)) = inside {
        return Some(party);
    }
    let speaks = class::ACTOR | class::GENERIC | class::PERSON_NOUN | class::COMPANY_NOUN | class::ORGANIZATION_NOUN;
    if !units[head].is(speaks | class::SOURCE_NOUN) {
        return None;
    }
    let mut first = phrase.first;
    while first < head && units[first].tag == Tag::Determiner {
        first += 1;
    }
    Some(Party { span: scene.span(first, phrase.end), entity: None })
}
