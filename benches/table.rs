//! One table in one run on one text: what each stage costs beside the standard word segmentation of the same text.
//!
//! `cargo bench --bench table -- [FOLDER] [--megabytes N]`. The text is the folder's articles (`corpus` where none is
//! named), repeated to N megabytes (32). Times are the least of several runs on one thread; read the ratios, not the times.

#![allow(clippy::print_stdout)]

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use dateline::{Document, Pipeline, Resources};
use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use unicode_segmentation::UnicodeSegmentation;

const RUNS: usize = 3;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let option = arguments.iter().position(|it| it == "--megabytes");
    let megabytes = option.and_then(|at| arguments.get(at + 1)).and_then(|it| it.parse().ok()).unwrap_or(32);
    let folder = arguments.first().filter(|it| !it.starts_with("--")).map_or("corpus", String::as_str);
    let mut articles = Vec::new();
    read_articles(Path::new(folder), &mut articles);
    assert!(!articles.is_empty(), "{folder} has no .txt or .md file");
    let documents = repeated(&articles, megabytes << 20);
    let bytes: usize = documents.iter().map(String::len).sum();
    println!(
        "text: {} articles of `{folder}`, as {} documents, {:.1} MB\n",
        articles.len(),
        documents.len(),
        bytes as f64 / 1e6
    );

    start_up();
    let words = least(|| documents.iter().for_each(|text| count(text.unicode_word_indices())));
    let table = Table { bytes, words };
    println!("| pass over the text, one thread | MB/s | × `unicode_word_indices` |\n| --- | --- | --- |");
    table.row("`unicode_word_indices`", words);
    automata(&table, &documents);
    let pipeline = Pipeline::new(&Resources::built_in()).expect("the built-in dictionaries are sound");
    let found = stages(&table, &documents, &pipeline);
    println!(
        "\n{:.2} annotations a kilobyte (mentions, times, quotations, claims)\n",
        found as f64 / bytes as f64 * 1e3
    );
    commands(&table, &documents);
    growth(&documents, &pipeline);
}

/// The figures of the text that all rows are set beside.
struct Table {
    bytes: usize,
    words: Duration,
}

impl Table {
    fn row(&self, what: &str, took: Duration) {
        let speed = self.bytes as f64 / 1e6 / took.as_secs_f64();
        println!("| {what} | {speed:.1} | {:.2} |", self.words.as_secs_f64() / took.as_secs_f64());
    }
}

fn read_articles(folder: &Path, articles: &mut Vec<String>) {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("the folder can be read").flatten().map(|it| it.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            read_articles(&path, articles);
        } else if !name.starts_with("README") && (name.ends_with(".txt") || name.ends_with(".md")) {
            articles.extend(fs::read_to_string(&path));
        }
    }
}

/// The articles again and again until there are so many bytes, the paragraphs of each round in another order.
fn repeated(articles: &[String], bytes: usize) -> Vec<String> {
    let mut documents = Vec::new();
    let mut total = 0;
    for round in 0.. {
        for article in articles {
            let mut paragraphs: Vec<&str> = article.split("\n\n").collect();
            let count = paragraphs.len();
            paragraphs.rotate_left(round % count);
            let document = paragraphs.join("\n\n");
            total += document.len();
            documents.push(document);
            if total >= bytes {
                return documents;
            }
        }
    }
    documents
}

fn count<T>(items: impl Iterator<Item = T>) {
    black_box(items.count());
}

fn least(mut work: impl FnMut()) -> Duration {
    let mut took = || {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..RUNS).map(|_| took()).min().unwrap_or_default()
}

/// What it takes from the dictionaries to a pipeline.
fn start_up() {
    let before = resident();
    let pipeline = Pipeline::new(&Resources::built_in()).expect("the built-in dictionaries are sound");
    let grown = resident().zip(before).map(|(after, before)| after.saturating_sub(before));
    let took = (0..7).map(|_| {
        let start = Instant::now();
        black_box(Pipeline::new(&Resources::built_in()).ok());
        start.elapsed()
    });
    let took = took.min().unwrap_or_default();
    let memory = grown.map_or(String::new(), |kilobytes| format!(", {:.1} MB resident", kilobytes as f64 / 1e3));
    let entries = pipeline.gazetteer().entries().len();
    println!("dictionaries to pipeline: {:.1} ms, {entries} entries{memory}\n", took.as_secs_f64() * 1e3);
}

/// Kilobytes of memory that this process holds, where the system tells.
fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find(|line| line.starts_with("VmRSS:"))?.split_whitespace().nth(1)?.parse().ok()
}

/// The names of the built-in dictionaries by themselves, with the standard automata.
fn automata(table: &Table, documents: &[String]) {
    let pipeline = Pipeline::new(&Resources::built_in()).expect("the built-in dictionaries are sound");
    let names: Vec<&str> = pipeline.gazetteer().all_forms().map(|form| form.text).collect();
    for (what, kind) in [("contiguous NFA", AhoCorasickKind::ContiguousNFA), ("DFA", AhoCorasickKind::DFA)] {
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).kind(Some(kind)).build(&names);
        let Ok(automaton) = automaton else { continue };
        let took = least(|| documents.iter().for_each(|text| count(automaton.find_iter(text))));
        table.row(&format!("Aho-Corasick {what}, {} names", names.len()), took);
    }
}

/// Every stage of `annotate`, and the whole of it. How many annotations there were.
fn stages(table: &Table, documents: &[String], pipeline: &Pipeline) -> usize {
    let parsed: Vec<Document<'_>> = documents.iter().filter_map(|text| Document::new(text, None).ok()).collect();
    let mut found = 0;
    let whole = least(|| {
        found = parsed
            .iter()
            .map(|document| {
                let layers = pipeline.annotate(document);
                layers.mentions.mentions.len() + layers.times.len() + layers.quotations.len() + layers.claims.len()
            })
            .sum();
    });
    let mut took: BTreeMap<&str, Duration> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    for document in &parsed {
        let mut at = Instant::now();
        black_box(pipeline.annotate_by_stage(document, |stage| {
            let now = Instant::now();
            if !took.contains_key(stage) {
                order.push(stage);
            }
            *took.entry(stage).or_default() += now - at;
            at = now;
        }));
    }
    for stage in order {
        table.row(&format!("stage {stage}"), took[stage]);
    }
    table.row("**`annotate`**", whole);
    found
}

/// The whole command: reading, annotating, writing all formats.
fn commands(table: &Table, documents: &[String]) {
    let place = std::env::temp_dir().join(format!("dateline-bench-{}", std::process::id()));
    let (input, output) = (place.join("in"), place.join("out"));
    fs::create_dir_all(&input).expect("a temporary folder");
    for (i, text) in documents.iter().enumerate() {
        fs::write(input.join(format!("{i:06}.txt")), text).expect("a temporary file");
    }
    println!(
        "| the whole command, default formats | wall s | user + system s | × `unicode_word_indices` |\n| --- | --- | --- | --- |"
    );
    let mut walls = Vec::new();
    for threads in ["1", "2"] {
        let mut best = (Duration::MAX, Duration::MAX);
        for _ in 0..RUNS {
            let (start, before) = (Instant::now(), children());
            let status = Command::new(env!("CARGO_BIN_EXE_dateline"))
                .args(["run", "--fresh", "-j", threads, "-o"])
                .arg(&output)
                .arg(&input)
                .stderr(Stdio::null())
                .status()
                .expect("the command runs");
            assert!(status.success(), "the command ended with {status}");
            let wall = start.elapsed();
            let processor = children().zip(before).map_or(wall, |(after, before)| after - before);
            best = (best.0.min(wall), best.1.min(processor));
        }
        let ratio = table.words.as_secs_f64() / best.1.as_secs_f64();
        println!("| {threads} thread(s) | {:.2} | {:.2} | {ratio:.2} |", best.0.as_secs_f64(), best.1.as_secs_f64());
        walls.push(best.0.as_secs_f64());
    }
    println!("\n2 threads ÷ 1 thread, by the clock: {:.2}\n", walls[0] / walls[1]);
    let _ = fs::remove_dir_all(&place);
}

/// Processor time of the children that have ended, where the system tells.
fn children() -> Option<Duration> {
    const TICKS: u64 = 100;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(") ")?.1.split(' ').collect();
    let ticks: u64 = fields.get(13)?.parse::<u64>().ok()? + fields.get(14)?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 1000 / TICKS))
}

/// How the cost grows with the number of documents, and with the length of one.
fn growth(documents: &[String], pipeline: &Pipeline) {
    println!("| text of | ns a byte, many documents | ns a byte, one document |\n| --- | --- | --- |");
    let annotate = |text: &str| {
        if let Ok(document) = Document::new(text, None) {
            black_box(pipeline.annotate(&document));
        }
    };
    for part in [8, 4, 2, 1] {
        let some = &documents[..documents.len() / part];
        let bytes: usize = some.iter().map(String::len).sum();
        let per_byte = |took: Duration| took.as_secs_f64() * 1e9 / bytes as f64;
        let many = per_byte(least(|| some.iter().for_each(|text| annotate(text))));
        let joined = some.join("\n\n");
        let one = per_byte(least(|| annotate(&joined)));
        println!("| {:.1} MB | {many:.0} | {one:.0} |", bytes as f64 / 1e6);
    }
}
