//! Names that the caller knows, in the place of those found.

use super::{Entity, EntityId, Mention, MentionRule, Mentions};
use crate::gazetteer::EntityType;
use crate::span::Span;

/// A name that the caller marks in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GivenName {
    /// The name alone. A pronoun or a phrase such as `the company` may be marked too.
    pub span: Span,
    /// What it names.
    pub entity_type: EntityType,
}

/// Puts the given names among those found.
///
/// A given name inside a longer one that was found grows to it; any other found name that a given one overlaps is
/// left out. Of two given names that overlap the first holds. Those that are spelled alike are one entity.
pub fn add_given_names(text: &str, found: &mut Mentions, given: &[GivenName]) {
    let mut given = given.to_vec();
    for name in &mut given {
        let first = found.mentions.partition_point(|mention| mention.span.end() <= name.span.start());
        if let Some(mention) = found.mentions.get(first).filter(|mention| mention.span.covers(name.span)) {
            name.span = mention.span;
        }
    }
    given.sort_by_key(|name| name.span);
    given.dedup_by(|next, name| next.span.overlaps(name.span));
    found.mentions.retain(|mention| {
        let next = given.partition_point(|name| name.span.end() <= mention.span.start());
        !given.get(next).is_some_and(|name| name.span.overlaps(mention.span))
    });
    let known = found.entities.len();
    for name in &given {
        let alike =
            |entity: &Entity| entity.entity_type == name.entity_type && entity.name.of(text) == name.span.of(text);
        let place = found.entities[known..].iter().position(alike).map_or(found.entities.len(), |at| known + at);
        if place == found.entities.len() {
            found.entities.push(Entity { entity_type: name.entity_type, entry: None, name: name.span, gender: None });
        }
        let entity = EntityId(place as u32);
        found.mentions.push(Mention { span: name.span, entity, rule: MentionRule::Given });
    }
    found.mentions.sort_by_key(|mention| mention.span);
}
