//! Relations between companies, the names given: who buys whom, and what else the types of claims cover.
//!
//! Measured on sentences that lie beside the project, each with two marked names and the relation between them.

mod support;

use dateline::claim::{Claim, Party};
use dateline::gazetteer::EntityType;
use dateline::mention::GivenName;
use dateline::{Annotations, Document, Pipeline, Span};
use std::collections::BTreeMap;
use std::path::Path;

/// A sentence with the names of its two parties and the relation that holds from the one to the other.
struct Sentence {
    text: String,
    /// The relation, `undefined` for none.
    relation: String,
    head: Span,
    tail: Span,
}

/// What a claim says of two roles, as a relation from the first to the second.
struct Meaning {
    relation: &'static str,
    kind: &'static str,
    head: &'static str,
    tail: &'static str,
    /// Whether it holds both ways.
    mutual: bool,
}

const fn one_way(relation: &'static str, kind: &'static str, head: &'static str, tail: &'static str) -> Meaning {
    Meaning { relation, kind, head, tail, mutual: false }
}

const MEANINGS: &[Meaning] = &[
    one_way("acquired_by", "acquisition", "target", "acquirer"),
    one_way("acquired_by", "divestiture", "asset", "buyer"),
    one_way("shareholder_of", "funding", "investor", "company"),
    one_way("client_of", "customer", "customer", "vendor"),
    Meaning { relation: "collaboration", kind: "partnership", head: "partners", tail: "partners", mutual: true },
];

/// A relation is found in so many of a hundred sentences, and so often from the right one to the right one.
const FLOORS: &[(&str, f64, f64)] = &[("acquired_by", 68.0, 98.0)];

/// A name without the mark or the genitive that the data leave at its end.
fn bare(text: &str, start: usize, end: usize) -> Span {
    let mut span = Span::new(start, end).trim(text);
    for tail in [",", ".", ";", ":", "'s", "’s", "'", "’"] {
        if let Some(shorter) = span.of(text).strip_suffix(tail).filter(|shorter| shorter.ends_with(' ')) {
            span = Span::new(span.start(), span.start() + shorter.len()).trim(text);
        }
    }
    span
}

fn sentences(path: &Path) -> Option<Vec<Sentence>> {
    let rows = std::fs::read_to_string(path).ok()?;
    let sentence = |row: &str| {
        let row: serde_json::Value = serde_json::from_str(row).expect("JSON");
        let text = row["text"].as_str().expect("a text").to_string();
        let byte = |at: &serde_json::Value| {
            let point = at.as_u64().expect("a number") as usize;
            text.char_indices().nth(point).map_or(text.len(), |(byte, _)| byte)
        };
        let relation = &row["relations"][0];
        let span = |id: &serde_json::Value| {
            let spans = row["spans"].as_array().expect("a list");
            let span = spans.iter().find(|span| span["id"] == *id).expect("a name");
            bare(&text, byte(&span["start"]), byte(&span["end"]))
        };
        let (head, tail) = (span(&relation["head"]), span(&relation["tail"]));
        let relation = relation["type"].as_str().expect("a type").to_string();
        Sentence { text, relation, head, tail }
    };
    Some(rows.lines().filter(|row| !row.trim().is_empty()).map(sentence).collect())
}

/// The relation that the claims state between the two names, and whether it goes from the head to the tail.
fn stated(pipeline: &Pipeline, layers: &Annotations, sentence: &Sentence) -> Vec<(&'static str, bool)> {
    let rules = pipeline.claim_rules();
    let is = |party: &Party, name: Span| {
        let entity = layers.mentions.mentions.iter().find(|mention| mention.span.overlaps(name));
        party.span.overlaps(name) || party.entity.is_some() && party.entity == entity.map(|mention| mention.entity)
    };
    let fills = |claim: &Claim, role: &str, name: Span| {
        let names = rules.role_names(claim.kind);
        claim.roles.iter().any(|(place, party)| names[*place as usize] == role && is(party, name))
    };
    let mut found = Vec::new();
    for claim in layers.claims.iter().filter(|claim| !claim.negative) {
        for meaning in MEANINGS.iter().filter(|meaning| meaning.kind == rules.kind_name(claim.kind)) {
            let joins = |head: Span, tail: Span| fills(claim, meaning.head, head) && fills(claim, meaning.tail, tail);
            let merged = rules.rule_name(claim.rule) == "claim.acquisition.merge";
            let relation = if merged { "merged_with" } else { meaning.relation };
            let forward = joins(sentence.head, sentence.tail);
            let backward = joins(sentence.tail, sentence.head);
            if forward || backward {
                found.push((relation, forward || meaning.mutual || merged));
            }
        }
    }
    found.sort_unstable();
    found.dedup_by_key(|(relation, _)| *relation);
    found
}

#[test]
fn companies_stand_in_the_right_relation() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/claims/core_train.jsonl");
    let Some(sentences) = sentences(&path) else { return };
    let pipeline = support::pipeline();
    // By relation: gold, found, found rightly, of these in the right direction.
    let mut counts: BTreeMap<String, [u32; 4]> = BTreeMap::new();
    let wanted = std::env::var("DATELINE_SHOW").unwrap_or_default();
    for sentence in &sentences {
        let document = Document::new(&sentence.text, None).expect("a short text");
        let name = |span| GivenName { span, entity_type: EntityType::Company };
        let names = [name(sentence.head), name(sentence.tail)];
        let layers = pipeline.annotate_named(&document, &names);
        let found = stated(&pipeline, &layers, sentence);
        counts.entry(sentence.relation.clone()).or_default()[0] += 1;
        for (relation, forward) in &found {
            let count = counts.entry(relation.to_string()).or_default();
            count[1] += 1;
            if sentence.relation == *relation {
                count[2] += 1;
                count[3] += u32::from(*forward);
            }
        }
        let is_found = found.iter().any(|(relation, forward)| *relation == wanted && *forward);
        if !wanted.is_empty() && is_found != (sentence.relation == wanted) {
            let (head, tail) = (sentence.head.of(&sentence.text), sentence.tail.of(&sentence.text));
            let fault = if is_found { "FALSE" } else { "MISSED" };
            eprintln!("{fault} [{}] {head} -> {tail} {found:?}: {}", sentence.relation, sentence.text);
            for trace in pipeline.trace_claims(&document, &names) {
                eprintln!("{}\n  {}", trace.units, trace.triggers.join("\n  "));
            }
        }
    }
    let share = |part: u32, whole: u32| if whole == 0 { 0.0 } else { 100.0 * f64::from(part) / f64::from(whole) };
    eprintln!("{:24}{:>7}{:>7}{:>7}{:>7}{:>11}", "", "P", "R", "F1", "gold", "direction");
    let mut low = Vec::new();
    for (relation, [gold, found, right, forward]) in &counts {
        let (precision, recall) = (share(*right, *found), share(*right, *gold));
        let f1 = if *right == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
        let direction = share(*forward, *right);
        eprintln!("{relation:24}{precision:7.1}{recall:7.1}{f1:7.1}{gold:7}{direction:11.1}");
        let floor = FLOORS.iter().find(|(name, ..)| name == relation);
        if floor.is_some_and(|(_, least, way)| f1 < *least || direction < *way) {
            low.push(format!("{relation}: F1 {f1:.1}, direction {direction:.1}"));
        }
    }
    assert!(low.is_empty(), "below the floor: {}", low.join("; "));
}
