//! The whole of `corpus/`, read and drawn so that a person can follow it: each sentence with its findings under it.
//!
//! `DATELINE_BLESS=1 cargo test --test golden` writes `tests/golden/` anew; the diff is the review.

mod support;

use dateline::Document;
use dateline::ingest::{Outside, ingest};
use std::fmt::Write as _;
use std::path::Path;
use support::{Found, Row};

#[test]
fn the_corpus_is_read_as_before() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bless = std::env::var_os("DATELINE_BLESS").is_some();
    let pipeline = support::pipeline();
    let mut files: Vec<_> =
        std::fs::read_dir(root.join("corpus")).expect("corpus").flatten().map(|it| it.path()).collect();
    files.retain(|file| !file.ends_with("README.md"));
    files.sort();
    assert!(files.len() >= 8, "the corpus has eight articles or more");
    let mut changed = Vec::new();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let outside = Outside { file_name: &name, ..Outside::default() };
        let read = ingest(std::fs::read(&file).expect("an article"), &outside).expect("a text");
        let document = Document::new(&read.text, read.published.map(|(date, _)| date)).expect("a short text");
        let found = Found { pipeline: &pipeline, text: &read.text, annotations: pipeline.annotate(&document) };
        let published =
            read.published.map_or("unknown".to_string(), |(date, from)| format!("{date}, from {}", from.name()));
        let drawn = format!("published: {published}\n{}", draw(&found));
        let golden = root.join("tests/golden").join(format!("{name}.golden"));
        if bless {
            std::fs::write(&golden, drawn).expect("tests/golden can be written");
        } else if std::fs::read_to_string(&golden).unwrap_or_default() != drawn {
            changed.push(format!("{name}: {}", first_difference(&golden, &drawn)));
        }
    }
    assert!(
        changed.is_empty(),
        "findings changed; look, then DATELINE_BLESS=1 cargo test --test golden\n{}",
        changed.join("\n")
    );
}

/// Each sentence on a line, its findings under it.
fn draw(found: &Found<'_>) -> String {
    let mut drawn = String::new();
    let rows = found.rows();
    let mut told = 0;
    for sentence in &found.annotations.sentences {
        let _ = writeln!(drawn, "\n| {}", one_line(sentence.span.of(found.text)));
        let here: Vec<&Row> = rows.iter().filter(|row| sentence.span.holds(row.span.start())).collect();
        told += here.len();
        for row in here {
            let says: Vec<String> = row
                .says
                .iter()
                .filter(|(_, value)| !value.is_empty())
                .map(|(key, value)| if *key == "type" { value.clone() } else { format!("{key}={}", one_line(value)) })
                .collect();
            let text = if row.layer == "claim" { String::new() } else { format!("\"{}\" ", one_line(&row.text)) };
            let _ = writeln!(drawn, "    {} {text}{}", row.layer, says.join(" | "));
        }
    }
    // What stands outside every sentence, such as the date of a dateline.
    for row in rows.iter().filter(|row| !found.annotations.sentences.iter().any(|it| it.span.holds(row.span.start()))) {
        told += 1;
        let _ = writeln!(drawn, "\noutside: {} \"{}\"", row.layer, one_line(&row.text));
    }
    assert_eq!(told, rows.len(), "every finding is drawn once");
    drawn
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn first_difference(golden: &Path, drawn: &str) -> String {
    let old = std::fs::read_to_string(golden).unwrap_or_default();
    let pair = old.lines().zip(drawn.lines()).find(|(old, new)| old != new);
    pair.map_or("more or fewer lines".to_string(), |(old, new)| format!("\n  - {old}\n  + {new}"))
}
