//! What a passage is about, for pronouns and for figures that name no company.

use super::find::ClaimInput;
use super::roles::{Focus, Scene};
use super::units::Tag;
use super::{Claim, Party};
use crate::gazetteer::EntityType;
use crate::mention::EntityId;
use crate::quotation::Quotation;
use crate::sentence::Sentence;
use crate::span::near;
use std::collections::BTreeMap;

/// What the article of a sentence names most: the company, where it is named twice as often as any other, and
/// who speaks where the article says `we`.
pub(super) fn main_names(input: &ClaimInput<'_, '_>, sentence: &Sentence) -> (Option<Party>, Option<Party>) {
    let paragraph = input.reading.paragraph_of(sentence);
    let Some(article) = input.reading.structure.articles.get(paragraph.article as usize) else { return (None, None) };
    let mut counts: BTreeMap<EntityId, (usize, Party)> = BTreeMap::new();
    for mention in input.mentions.within(article.span) {
        let party = Party { span: mention.span, entity: Some(mention.entity) };
        counts.entry(mention.entity).or_insert((0, party)).0 += 1;
    }
    let of = |types: &[EntityType]| {
        let is_of = |entity: &EntityId| types.contains(&input.mentions.entity(*entity).entity_type);
        let mut counts: Vec<_> = counts.iter().filter(|(entity, _)| is_of(entity)).map(|(_, count)| *count).collect();
        counts.sort_by_key(|(count, party)| (usize::MAX - count, party.span));
        counts
    };
    let bodies = of(&[EntityType::Company, EntityType::Organization]);
    let second = bodies.get(1).map_or(0, |(count, _)| *count);
    let main = bodies.first().filter(|(count, _)| *count >= 4 && *count >= 2 * second).map(|(_, party)| *party);
    let products = of(&[EntityType::Product]);
    // A public body that a text names is seldom the one that wrote it.
    let speaks = |body: &(usize, Party)| {
        let of = body.1.entity.map(|entity| input.mentions.entity(entity).entity_type);
        of == Some(EntityType::Company)
    };
    let we = match (bodies.first(), products.first()) {
        (Some(body), Some(product)) if product.0 > 3 * body.0 || !speaks(body) && 5 * product.0 > 4 * body.0 => {
            Some(product.1)
        }
        (Some(body), _) => Some(body.1),
        (None, product) => product.map(|(_, party)| *party),
    };
    (main, we)
}

/// Whom `we` stands for in a sentence: the affiliation of the speaker of a quotation that covers it.
pub(super) fn speaker(input: &ClaimInput<'_, '_>, sentence: &Sentence) -> Option<Party> {
    let entity = quotation_of(input, sentence)?.affiliation?;
    Some(Party { span: input.mentions.entity(entity).name, entity: Some(entity) })
}

/// The first quotation that shares words with a sentence.
fn quotation_of<'a>(input: &ClaimInput<'a, '_>, sentence: &Sentence) -> Option<&'a Quotation> {
    let near = near(input.quotations, sentence.span, |quotation| quotation.content);
    input.quotations[near].iter().find(|quotation| quotation.content.overlaps(sentence.span))
}

/// Whom `I` stands for in a sentence: the speaker of a quotation that covers it.
pub(super) fn voice(input: &ClaimInput<'_, '_>, sentence: &Sentence) -> Option<Party> {
    let quotation = quotation_of(input, sentence)?;
    let entity = quotation.entity.filter(|entity| input.mentions.entity(*entity).entity_type == EntityType::Person)?;
    Some(Party { span: input.mentions.entity(entity).name, entity: Some(entity) })
}

/// What the passage is about after a sentence.
pub(super) fn shift_focus(scene: &Scene<'_, '_, '_>, claims: &[Claim]) -> Focus {
    let mut focus = *scene.focus;
    let clause = scene.clause;
    let mut set = |party: Party, entity_type: EntityType, subject: bool| {
        match entity_type {
            EntityType::Company => {
                if subject || focus.company.is_none() {
                    focus.company = Some(party);
                }
            }
            EntityType::Organization => {
                if subject || focus.organization.is_none() {
                    focus.organization = Some(party);
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
