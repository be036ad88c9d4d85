//! Every example and counterexample of `claims.toml`, and the tricky cases where they are there.

use dateline::claim::{Claim, Example};
use dateline::emit::{Findings, Profile, Sheet, SheetKind, write_layer};
use dateline::ingest::Ingested;
use dateline::offsets::OffsetUnit;
use dateline::{Annotations, Document, Pipeline, Resources};
use std::path::Path;

fn pipeline() -> Pipeline {
    match Pipeline::new(&Resources::built_in()) {
        Ok(pipeline) => pipeline,
        Err(error) => panic!("{error}"),
    }
}

fn annotate(pipeline: &Pipeline, text: &str, published: Option<&str>) -> Annotations {
    let published = published.map(|date| date.parse().expect("a date"));
    pipeline.annotate(&Document::new(text, published).expect("a short text"))
}

/// A claim in the words of the output.
#[derive(Debug, PartialEq)]
struct Row {
    kind: String,
    subject: String,
    object: String,
    date: String,
    modality: String,
    polarity: String,
}

fn names(text: &str, parties: &[dateline::claim::Party]) -> String {
    parties.iter().map(|party| party.span.of(text)).collect::<Vec<_>>().join("; ")
}

fn date(claim: &Claim) -> String {
    claim.time.and_then(|time| time.edtf()).unwrap_or_default()
}

fn rows(pipeline: &Pipeline, text: &str, published: Option<&str>) -> Vec<Row> {
    let rules = pipeline.claim_rules();
    let layers = annotate(pipeline, text, published);
    let row = |claim: &Claim| Row {
        kind: rules.kind_name(claim.kind).into(),
        subject: names(text, &claim.subject),
        object: names(text, &claim.object),
        date: date(claim),
        modality: claim.modality.name().into(),
        polarity: if claim.negative { "negative" } else { "positive" }.into(),
    };
    layers.claims.iter().map(row).collect()
}

/// Whether a row of the type has what the example asks for.
fn shows(row: &Row, kind: &str, example: &Example) -> bool {
    let is = |wanted: &Option<String>, found: &str| wanted.as_ref().is_none_or(|wanted| wanted == found);
    row.kind == kind
        && is(&example.subject, &row.subject)
        && is(&example.object, &row.object)
        && is(&example.date, &row.date)
        && is(&example.modality, &row.modality)
        && is(&example.polarity, &row.polarity)
}

#[test]
fn every_frame_finds_its_examples_and_not_its_counterexamples() {
    let pipeline = pipeline();
    let mut wrong = Vec::new();
    for (rule, kind, line, examples, counterexamples) in pipeline.claim_rules().examples() {
        for example in examples {
            let rows = rows(&pipeline, &example.text, example.published.as_deref());
            if !rows.iter().any(|row| shows(row, kind, example)) {
                wrong.push(format!("claims.toml:{line}: {rule}: {:?} is not shown by {rows:?}", example));
            }
        }
        assert!(!counterexamples.is_empty(), "claims.toml:{line}: {rule} has no counterexample");
        for text in counterexamples {
            let layers = annotate(&pipeline, text, None);
            if layers.claims.iter().any(|claim| pipeline.claim_rules().rule_name(claim.rule) == rule) {
                wrong.push(format!("claims.toml:{line}: {rule} finds a claim in {text:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The summaries of the claims of a text, as the output has them.
fn summaries(pipeline: &Pipeline, text: &str) -> Vec<String> {
    let layers = annotate(pipeline, text, None);
    let ingested = Ingested { text: text.to_string(), ..Ingested::default() };
    let findings = Findings::new("a.txt", &ingested, &layers, pipeline, OffsetUnit::CodePoint);
    let mut bytes = Vec::new();
    Sheet::write_header(&mut bytes, SheetKind::Claims, Profile::Exact).expect("a header");
    let mut sheet = Sheet::new(&mut bytes, Profile::Exact);
    write_layer(SheetKind::Claims, &findings, &mut sheet).expect("rows");
    sheet.finish().expect("rows");
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let column = reader.headers().expect("a header").iter().position(|name| name == "summary").expect("a column");
    reader.records().map(|row| row.expect("a row")[column].to_string()).collect()
}

#[test]
fn every_line_of_words_tells_its_example() {
    let pipeline = pipeline();
    let mut wrong = Vec::new();
    for (line, text, told) in pipeline.claim_rules().told() {
        let found = summaries(&pipeline, text);
        if !found.contains(told) {
            wrong.push(format!("claims.toml:{line}: {text:?} is told as {found:?}, not {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// How many of the tricky cases must be right in every field.
const TRICKY: usize = 34;

#[test]
fn tricky_cases_are_right() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/claims/tricky.json");
    let Ok(cases) = std::fs::read_to_string(&path) else { return };
    let cases: serde_json::Value = serde_json::from_str(&cases).expect("JSON");
    let pipeline = pipeline();
    let mut right = 0;
    let mut wrong = Vec::new();
    for case in cases.as_array().expect("a list") {
        let text = case["text"].as_str().expect("a text");
        let field = |claim: &serde_json::Value, name: &str| claim[name].as_str().unwrap_or_default().to_string();
        let mut expected: Vec<Row> = case["claims"]
            .as_array()
            .expect("claims")
            .iter()
            .map(|claim| Row {
                kind: field(claim, "type"),
                subject: field(claim, "subject"),
                object: field(claim, "object"),
                date: field(claim, "date"),
                modality: field(claim, "modality"),
                polarity: field(claim, "polarity"),
            })
            .collect();
        let mut found = rows(&pipeline, text, case["published"].as_str());
        let key = |row: &Row| format!("{row:?}");
        expected.sort_by_key(key);
        found.sort_by_key(key);
        if expected == found {
            right += 1;
        } else {
            wrong.push(format!("{}: {text}\n  want {expected:?}\n  have {found:?}", case["n"]));
        }
    }
    assert!(right >= TRICKY, "{right} right\n{}", wrong.join("\n"));
}
