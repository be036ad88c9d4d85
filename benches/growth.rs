//! Does the cost of hostile texts grow no faster than the texts? Three sizes of each, and the stage that takes most.
//!
//! `cargo bench --bench growth -- [KILOBYTES]`: the largest size, 4,000 where none is given. A line whose last factor is
//! well over 2 (cost a byte, largest against smallest) grows faster than its text.

#![allow(clippy::print_stdout)]

use dateline::{Document, Pipeline, Resources};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

#[path = "../tests/support/hostile_texts.rs"]
mod hostile_texts;

fn main() {
    let largest = std::env::args().filter_map(|it| it.parse::<usize>().ok()).next_back().unwrap_or(4_000) * 1_000;
    let only = std::env::args().skip(1).find(|it| !it.starts_with("--") && it.parse::<usize>().is_err());
    let pipeline = Pipeline::new(&Resources::built_in()).expect("the built-in dictionaries are sound");
    println!(
        "| text | ns a byte, {} kB | {} kB | {} kB | most in | × |",
        largest / 4_000,
        largest / 2_000,
        largest / 1_000
    );
    println!("| --- | --- | --- | --- | --- | --- |");
    for (name, piece) in
        hostile_texts::KINDS.iter().filter(|(name, _)| only.as_ref().is_none_or(|only| name.contains(only.as_str())))
    {
        let mut costs = Vec::new();
        let mut worst = "";
        for size in [largest / 4, largest / 2, largest] {
            let text = hostile_texts::text(*piece, size);
            let (took, stage) = annotate(&pipeline, &text);
            costs.push(took.as_secs_f64() * 1e9 / text.len() as f64);
            worst = stage;
        }
        println!(
            "| {name} | {:.0} | {:.0} | {:.0} | {worst} | {:.1} |",
            costs[0],
            costs[1],
            costs[2],
            costs[2] / costs[0]
        );
    }
}

/// How long the text takes, and the stage that takes most of it.
fn annotate(pipeline: &Pipeline, text: &str) -> (Duration, &'static str) {
    let Ok(document) = Document::new(text, None) else { return (Duration::ZERO, "") };
    let start = Instant::now();
    let mut at = start;
    let mut took: BTreeMap<&str, Duration> = BTreeMap::new();
    black_box(pipeline.annotate_by_stage(&document, |stage| {
        let now = Instant::now();
        *took.entry(stage).or_default() += now - at;
        at = now;
    }));
    (start.elapsed(), took.into_iter().max_by_key(|(_, took)| *took).map_or("", |(stage, _)| stage))
}
