//! What a passage is about, for pronouns and for figures that name no company.

use super::find::ClaimInput;
use super::roles::{Focus, Scene};
use super::units::Tag;
use super::{Claim, Party};
use crate::gazetteer::EntityType;
use crate::sentence::Sentence;

/// The company that the article of a sentence names at least twice as often as any other.
pub(super) fn main_company(input: &ClaimInput<'_, '_>, sentence: &Sentence) -> Option<Party> {
    let paragraph = input.reading.paragraph_of(sentence);
    let article = input.reading.structure.articles.get(paragraph.article as usize)?;
    let mut counts: std::collections::BTreeMap<crate::mention::EntityId, (usize, Party)> =
        std::collections::BTreeMap::new();
    for mention in input.mentions.within(article.span) {
        if matches!(input.mentions.entity(mention.entity).entity_type, EntityType::Company | EntityType::Organization) {
            let party = Party { span: mention.span, entity: Some(mention.entity) };
            counts.entry(mention.entity).or_insert((0, party)).0 += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_values().collect();
    counts.sort_by_key(|(count, party)| (usize::MAX - count, party.span));
    let (first, party) = *counts.first()?;
    let second = counts.get(1).map_or(0, |(count, _)| *count);
    (first >= 4 && first >= 2 * second).then_some(party)
}

/// Whom `we` stands for in a sentence: the affiliation of the speaker of a quotation that covers it.
pub(super) fn speaker(input: &ClaimInput<'_, '_>, sentence: &Sentence) -> Option<Party> {
    let quotation = input.quotations.iter().find(|quotation| quotation.content.overlaps(sentence.span))?;
    let entity = quotation.affiliation?;
    Some(Party { span: input.mentions.entity(entity).name, entity: Some(entity) })
}

/// What the passage is about after a sentence.
pub(super) fn shift_focus(scene: &Scene<'_, '_, '_>, claims: &[Claim]) -> Focus {
    let mut focus = *scene.focus;
    let clause = scene.clause;
    let mut set = |party: Party, entity_type: EntityType, subject: bool| {
        match entity_type {
            EntityType::Company | EntityType::Organization => {
                if subject || focus.company.is_none() {
                    focus.company = Some(party);
                }
            }
            EntityType::Product => focus.product = Some(party),
            EntityType::Person => focus.person = Some(party),
        }
        if subject && entity_type != EntityType::Person {
            focus.last = Some(party);
        }
    };
    for at in 0..clause.units.len() {
        if let Some((party, entity_type)) = scene.mention(at) {
            set(party, entity_type, false);
        }
    }
    for claim in claims {
        for party in claim.object.iter().chain(&claim.subject) {
            if let Some(entity) = party.entity {
                let entity_type = scene.entity_type(entity);
                set(*party, entity_type, claim.subject.contains(party));
            }
        }
    }
    let last = claims.iter().rev().find(|claim| scene.layers.rules.kinds[claim.kind.0 as usize].period);
    let metric =
        last.and_then(|claim| claim.roles.iter().map(|(_, party)| *party).find(|party| party.entity.is_none()));
    focus.metric = metric;
    let verb = (0..clause.units.len()).find(|at| clause.units[*at].tag == Tag::Verb && clause.is_finite(*at));
    let group = verb.and_then(|verb| clause.subject(clause.group_start(verb), verb, 0));
    if let Some(group) = group {
        let found = group.phrases.iter().find_map(|phrase| {
            scene.mention(phrase.head()).or_else(|| (phrase.first..phrase.end).find_map(|at| scene.mention(at)))
        });
        if let Some((party, entity_type)) = found {
            set(party, entity_type, true);
        }
    }
    focus.fresh |= focus.company != scene.focus.company;
    focus
}
