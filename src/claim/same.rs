//! The same claim told again in a document.

use super::{Claim, Party};

/// Gives every claim that repeats an earlier one that one's index.
pub(super) fn mark_same(text: &str, claims: &mut [Claim]) {
    let mut first: std::collections::BTreeMap<(u16, String), u32> = std::collections::BTreeMap::new();
    for (index, claim) in claims.iter_mut().enumerate() {
        if claim.subject.is_empty() && claim.object.is_empty() {
            continue;
        }
        let mut key = String::new();
        let mut add = |parties: &[Party]| {
            let mut names: Vec<String> = parties.iter().map(|party| name(text, *party)).collect();
            names.sort();
            key.push_str(&names.join(";"));
            key.push('|');
        };
        add(&claim.subject);
        add(&claim.object);
        let figure = claim.amount.map(|amount| (amount.low.or(amount.high), amount.currency));
        key.push_str(&format!("{figure:?}{}{:?}", claim.negative, claim.modality));
        match first.entry((claim.kind.0, key)) {
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(index as u32);
            }
            std::collections::btree_map::Entry::Occupied(entry) => claim.same_as = Some(*entry.get()),
        }
    }
}

fn name(text: &str, party: Party) -> String {
    match party.entity {
        Some(entity) => format!("#{}", entity.0),
        None => party.span.of(text).to_lowercase(),
    }
}
