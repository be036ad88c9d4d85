//! Does the cost of hostile texts grow no faster than the texts? Three sizes of each, and the stage that takes most.
//!
//! `cargo bench --bench growth -- [KILOBYTES]`: the largest size, 4,000 where none is given. A line whose last factor is
//! well over 2 (cost a byte, largest against smallest) grows faster than its text.

#![allow(clippy::print_stdout)]

use dateline::{Document, Pipeline, Resources};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// A kind of text: its name, and its `i`-th piece. The pieces are put one after the other.
type Kind = (&'static str, fn(usize) -> String);

const KINDS: &[Kind] = &[
    ("plain sentences", |i| format!("Quillon Networks said on Monday that it bought Tarnholt {i} for $5 million. ")),
    ("plain paragraphs", |i| format!("Quillon Networks said on Monday that it bought Tarnholt {i}.\n\n")),
    ("straight quotation marks", |_| "\"".to_string()),
    ("straight marks, spaced", |_| "\" ".to_string()),
    ("curly openers", |_| "“a ".to_string()),
    ("curly closers", |_| "a” ".to_string()),
    ("single quotation marks", |_| "' ".to_string()),
    ("short quoted sentences", |i| format!("\"It is {i},\" said Mara Stone. ")),
    ("quoted sentences, no speaker", |i| format!("\"We bought Tarnholt {i}.\" ")),
    ("cue words between unclosed marks", |_| "“said ".to_string()),
    ("cue words", |_| "said ".to_string()),
    ("cues with speakers", |_| "Stone said he said ".to_string()),
    ("one word", |_| "x".to_string()),
    ("one capitalized word", |_| "X".to_string()),
    ("one accented word", |_| "é".to_string()),
    ("a line without a stop", |i| format!("word{i} ")),
    ("names of two words", |i| format!("Mara Stone{} ", i % 977)),
    ("capitalized words", |i| format!("Quill{} ", i % 9973)),
    ("names in a list", |i| format!("Microsoft, Quill{} Inc., ", i % 9973)),
    ("people of one surname", |_| "Mara Stone and Stone, ".to_string()),
    ("dictionary words", |_| "Microsoft ".to_string()),
    ("dates", |_| "July 12, 2011 ".to_string()),
    ("dates without a year", |_| "on Monday, a day earlier, ".to_string()),
    ("numbers", |i| format!("{i} ")),
    ("number words", |_| "twenty ".to_string()),
    ("money", |_| "between $200 and $250 million ".to_string()),
    ("open brackets", |_| "(".to_string()),
    ("nested brackets with words", |_| "(a [b ".to_string()),
    ("commas", |_| ", ".to_string()),
    ("full stops", |_| ".".to_string()),
    ("abbreviations", |_| "Mr. U.S. Inc. ".to_string()),
    ("hyphens", |_| "a-".to_string()),
    ("colons and paragraphs", |_| "He wrote as follows:\n\nWe won.\n\n".to_string()),
    ("headings", |i| format!("# Heading {i}\n\n")),
    ("list items", |i| format!("- In May, Quillon launched Tarnholt {i}\n")),
    ("block quotations", |_| "> We won.\n\n".to_string()),
    ("blank lines", |_| "\n".to_string()),
    ("spaces", |_| " ".to_string()),
    ("zero-width joiners", |_| "\u{200d}".to_string()),
    ("flags", |_| "🇩🇪".to_string()),
    ("addresses", |i| format!("https://example.com/{i} ")),
    ("claims in one sentence", |_| "Quillon bought Tarnholt and Tarnholt sued Quillon and ".to_string()),
    ("acronyms in brackets", |i| format!("Quill Works Unit {i} (QWU) ")),
    ("pronouns", |_| "he said she told it that they ".to_string()),
    ("code fences", |_| "```\n".to_string()),
];

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
    for (name, piece) in KINDS.iter().filter(|(name, _)| only.as_ref().is_none_or(|only| name.contains(only.as_str())))
    {
        let mut costs = Vec::new();
        let mut worst = "";
        for size in [largest / 4, largest / 2, largest] {
            let mut text = String::with_capacity(size + 100);
            let mut i = 0;
            while text.len() < size {
                text.push_str(&piece(i));
                i += 1;
            }
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
