//! The names that the output gives to entities, claims and their dates.

use crate::claim::{ClaimKindId, Party};
use crate::gazetteer::{EntityType, Entry, Gazetteer};
use crate::mention::{Mentions, one_line};
use crate::pipeline::Pipeline;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// An entity as the output names it.
#[derive(Clone, Debug)]
pub(super) struct EntityLabel<'a> {
    /// The dictionary's id, or `type:folded-canonical`.
    pub id: Cow<'a, str>,
    /// The fullest usual name.
    pub canonical: Cow<'a, str>,
    /// A company or organisation as the document itself names it in full; for all else the fullest usual name.
    pub told: Cow<'a, str>,
    /// What it is.
    pub entity_type: EntityType,
    /// Its row of the dictionary.
    pub entry: Option<Entry<'a>>,
}

/// Labels the entities of a document, in their order.
pub(super) fn label_entities<'a>(
    text: &'a str,
    mentions: &'a Mentions,
    gazetteer: &'a Gazetteer,
) -> Vec<EntityLabel<'a>> {
    let label = |entity: &'a crate::mention::Entity| {
        let canonical = entity.canonical(text, gazetteer);
        let entry = entity.entry.map(|entry| gazetteer.entry(entry));
        let id = match entry {
            Some(entry) => Cow::Borrowed(entry.id),
            None => Cow::Owned(unknown_id(entity.entity_type, &canonical)),
        };
        // `EFF` and `IBM` tell less than the usual name.
        let full = one_line(entity.name.of(text));
        let body = matches!(entity.entity_type, EntityType::Company | EntityType::Organization);
        let told = if body && full.contains(char::is_lowercase) { full } else { canonical.clone() };
        EntityLabel { id, canonical, told, entity_type: entity.entity_type, entry }
    };
    mentions.entities.iter().map(label).collect()
}

/// The id of an entity that no dictionary has: its type, and the letters and digits of its name.
pub(super) fn unknown_id(entity_type: EntityType, canonical: &str) -> String {
    let mut id = String::with_capacity(canonical.len() + 14);
    id.push_str(entity_type.name());
    id.push(':');
    let start = id.len();
    let mut gap = false;
    let mut push = |c: char, id: &mut String| {
        if c.is_ascii_alphanumeric() {
            if gap && id.len() > start {
                id.push('-');
            }
            id.push(c.to_ascii_lowercase());
            gap = false;
        } else {
            // An accent comes off its letter; what else is no letter parts words.
            gap |= !unicode_normalization::char::is_combining_mark(c);
        }
    };
    if canonical.is_ascii() {
        canonical.chars().for_each(|c| push(c, &mut id));
    } else {
        canonical.nfkd().for_each(|c| push(c, &mut id));
    }
    if id.len() == start {
        // A name without Latin letters keeps apart from others by its code points.
        let points: Vec<String> = canonical.chars().map(|c| format!("{:x}", c as u32)).collect();
        id.push_str(&points.join("-"));
    }
    id
}

/// The type of a claim, as `claims.toml` names it.
pub(super) fn claim_kind(pipeline: &Pipeline, kind: ClaimKindId) -> &str {
    pipeline.claim_rules().kind_name(kind)
}

/// The roles of a type of claim, in their order.
pub(super) fn role_names(pipeline: &Pipeline, kind: ClaimKindId) -> &[String] {
    pipeline.claim_rules().role_names(kind)
}

/// The frame that made a claim.
pub(super) fn claim_rule(pipeline: &Pipeline, rule: u16) -> &str {
    pipeline.claim_rules().rule_name(rule)
}

/// The words that name participants, joined with `; `. `None` where there is no participant.
pub(super) fn names<'t>(text: &'t str, parties: &[Party]) -> Option<Cow<'t, str>> {
    match parties {
        [] => None,
        [party] => Some(one_line(party.span.of(text))),
        _ => {
            let names: Vec<_> = parties.iter().map(|party| one_line(party.span.of(text))).collect();
            Some(Cow::Owned(names.join("; ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_unknown_names() {
        for (entity_type, name, expected) in [
            (EntityType::Company, "Acme", "company:acme"),
            (EntityType::Person, "Lydia Leong", "person:lydia-leong"),
            (EntityType::Company, "  Foo & Bar, Inc. ", "company:foo-bar-inc"),
            (EntityType::Company, "Société Générale", "company:societe-generale"),
            (EntityType::Product, "Über-Tool 3.1", "product:uber-tool-3-1"),
            (EntityType::Company, "Газ", "company:413-430-437"),
            (EntityType::Company, "", "company:"),
        ] {
            assert_eq!(unknown_id(entity_type, name), expected);
        }
    }
}
