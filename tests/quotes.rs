//! Quotations: every reporting word finds its own example, and the hard cases that lie beside the project.

mod support;

use dateline::quotation::{Quotation, QuotationKind};
use dateline::{Document, Pipeline, Span};
use std::path::{Path, PathBuf};

fn quotations(pipeline: &Pipeline, text: &str) -> Vec<Quotation> {
    pipeline.annotate(&Document::new(text, None).expect("a short text")).quotations
}

fn name_of(pipeline: &Pipeline, text: &str, quotation: &Quotation) -> Option<String> {
    let annotations = pipeline.annotate(&Document::new(text, None).expect("a short text"));
    let entity =
        quotation.entity.map(|id| annotations.mentions.entity(id).canonical(text, pipeline.gazetteer()).to_string());
    entity.or_else(|| quotation.name.map(|name| name.of(text).to_string()))
}

/// The example of each reporting word gives a quotation whose speaker is the one that its row names;
/// that of a verb or of a phrase before its speaker also has the word as its cue.
#[test]
fn reporting_words_find_their_examples() {
    let pipeline = support::pipeline();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionaries/cues.csv");
    let mut rows = csv::Reader::from_path(path).expect("cues.csv");
    let mut failures: std::collections::BTreeMap<String, (usize, Vec<String>)> = Default::default();
    for row in rows.records().map(|row| row.expect("a row")) {
        let (class, forms, text, speaker) = (&row[1], &row[2], &row[3], &row[4]);
        let entry = failures.entry(class.to_string()).or_default();
        entry.0 += 1;
        let wants_cue = matches!(class, "say" | "quote" | "source");
        // Without marks a belief or a noun reports nothing.
        if matches!(class, "noun" | "belief") && !text.contains(['"', '“', '‘']) {
            continue;
        }
        let right = quotations(&pipeline, text).iter().any(|quotation| {
            let cue = quotation.cue.map(|cue| cue.of(text).to_lowercase());
            let cue = cue.is_some_and(|cue| forms.split('|').any(|form| form.to_lowercase() == cue));
            let named = quotation
                .speaker
                .is_some_and(|span| span.of(text).contains(speaker) || speaker.contains(span.of(text)));
            named && (cue || !wants_cue)
        });
        if !right {
            entry.1.push(format!("{}: {text}", &row[0]));
        }
    }
    for (class, (count, wrong)) in failures {
        assert!(wrong.is_empty(), "{} of {count} examples of class {class} fail:\n{}", wrong.len(), wrong.join("\n"));
    }
}

/// Where the measuring data lie beside the project.
fn shared() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/quotes/tricky.jsonl");
    path.exists().then_some(path)
}

/// The hard cases: the words, their speaker and the speaker's full name.
#[test]
fn hard_cases() {
    const WANTED: usize = 40;
    let Some(path) = shared() else {
        println!("no ../shared/data/quotes/tricky.jsonl here: nothing is measured");
        return;
    };
    let pipeline = support::pipeline();
    let lines = std::fs::read_to_string(path).expect("tricky.jsonl");
    let (mut count, mut wrong) = (0, Vec::new());
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let case: serde_json::Value = serde_json::from_str(line).expect("a case");
        count += 1;
        if let Err(why) = check_case(&pipeline, &case) {
            wrong.push(format!("{}: {why}", case["doc"].as_str().unwrap_or_default()));
        }
    }
    println!("{} of {count} hard cases are right; wrong:\n{}", count - wrong.len(), wrong.join("\n"));
    assert!(count - wrong.len() >= WANTED, "{} of {count} hard cases fail:\n{}", wrong.len(), wrong.join("\n"));
}

fn check_case(pipeline: &Pipeline, case: &serde_json::Value) -> Result<(), String> {
    let text = case["text"].as_str().unwrap_or_default();
    let byte = |at: &serde_json::Value| {
        let at = at.as_u64().unwrap_or_default() as usize;
        text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte)
    };
    let bare =
        |span: Span| span.of(text).trim_matches(|c: char| !c.is_alphanumeric() && c != ']' && c != '[').to_string();
    let found: Vec<Quotation> =
        quotations(pipeline, text).into_iter().filter(|quotation| quotation.kind != QuotationKind::Indirect).collect();
    let mut used = vec![false; found.len()];
    for wanted in case["quotes"].as_array().into_iter().flatten() {
        let content = Span::new(byte(&wanted["start"]), byte(&wanted["end"]));
        let Some(place) = found.iter().position(|quotation| bare(quotation.content) == bare(content)) else {
            return Err(format!("`{}` is not found", content.of(text)));
        };
        used[place] = true;
        let speaker = found[place].speaker.map(&bare);
        let expected = wanted["speaker"]["text"]
            .as_str()
            .map(|text| text.trim_matches(|c: char| !c.is_alphanumeric()).to_string());
        // A statement speaks for whoever made it.
        let within = speaker
            .as_ref()
            .zip(expected.as_ref())
            .is_some_and(|(speaker, expected)| speaker.ends_with(expected.as_str()));
        if speaker != expected && !within {
            return Err(format!("`{}` is said by {speaker:?}, not {expected:?}", content.of(text)));
        }
        let name = name_of(pipeline, text, &found[place]);
        // In full or not, the surname is the same.
        let last = |name: Option<&str>| name.and_then(|name| name.split_whitespace().last()).map(str::to_string);
        if last(wanted["name"].as_str()) != last(name.as_deref()) {
            return Err(format!("`{}` is said by {name:?}, in full {:?}", content.of(text), wanted["name"].as_str()));
        }
    }
    let nested = |quotation: &Quotation| {
        found.iter().any(|other| other.content != quotation.content && other.content.covers(quotation.content))
    };
    match found.iter().zip(&used).find(|(quotation, used)| !**used && !nested(quotation)) {
        Some((quotation, _)) => Err(format!("`{}` is no quotation", quotation.content.of(text))),
        None => Ok(()),
    }
}
