//! How much memory the command holds at most, by the size of its corpus.
//!
//! `cargo bench --bench memory -- [FOLDER] [--megabytes N]`. The folder's articles (`corpus` where none is named) are
//! repeated to N megabytes (40) and to ten times as much, once in few large files and once as they are. The last row
//! has a name of its own in every file: what grows there is the list of entities. Linux only: the figure is the
//! kernel's, read while the command runs.

#![allow(clippy::print_stdout)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What the files of a corpus are.
#[derive(Clone, Copy)]
enum Files {
    /// A megabyte of articles each.
    Large,
    /// An article each.
    Small,
    /// An article each, with a name that no other has.
    Named,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let option = arguments.iter().position(|it| it == "--megabytes");
    let megabytes = option.and_then(|at| arguments.get(at + 1)).and_then(|it| it.parse().ok()).unwrap_or(40);
    let folder = arguments.first().filter(|it| !it.starts_with("--")).map_or("corpus", String::as_str);
    let mut articles = Vec::new();
    read_articles(Path::new(folder), &mut articles);
    assert!(!articles.is_empty(), "{folder} has no .txt or .md file");
    println!(
        "| corpus | files | threads | peak, MB | × the smaller | time, s |\n| --- | --- | --- | --- | --- | --- |"
    );
    for (files, what) in
        [(Files::Large, "large files"), (Files::Small, "articles"), (Files::Named, "articles with names of their own")]
    {
        let mut smaller = [0; 2];
        for size in [megabytes, 10 * megabytes] {
            let place = tempfile::tempdir().expect("a temporary folder");
            let count = write_corpus(&place.path().join("in"), &articles, size << 20, files);
            for (threads, smaller) in [1, 2].into_iter().zip(&mut smaller) {
                let started = Instant::now();
                let peak = peak(place.path(), threads);
                let times = if *smaller == 0 { 1.0 } else { peak as f64 / *smaller as f64 };
                if *smaller == 0 {
                    *smaller = peak;
                }
                let (peak, seconds) = (peak as f64 / 1e3, started.elapsed().as_secs_f64());
                println!("| {size} MB, {what} | {count} | {threads} | {peak:.1} | {times:.2} | {seconds:.1} |");
            }
        }
    }
}

/// Runs the command; the kilobytes that it held at most.
fn peak(place: &Path, threads: usize) -> u64 {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["run", "in", "--fresh", "-j", &threads.to_string()])
        .current_dir(place)
        .stderr(Stdio::null())
        .spawn()
        .expect("the command runs");
    let mut most = 0;
    loop {
        most = most.max(resident(&child).unwrap_or(0));
        if let Some(status) = child.try_wait().expect("a child") {
            assert!(status.code().is_some_and(|code| code < 2), "the run failed");
            return most;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// The kilobytes that a process has held at most so far.
fn resident(child: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    status.lines().find(|line| line.starts_with("VmHWM:"))?.split_whitespace().nth(1)?.parse().ok()
}

/// Writes a corpus of so many bytes; how many files it has.
fn write_corpus(folder: &Path, articles: &[String], bytes: usize, files: Files) -> usize {
    let (mut written, mut count, mut text) = (0, 0, String::new());
    for (i, article) in articles.iter().cycle().enumerate() {
        if written >= bytes {
            break;
        }
        text.push_str(article);
        text.push_str("\n\n");
        match files {
            Files::Large if text.len() < 1 << 20 => continue,
            Files::Large | Files::Small => {}
            Files::Named => text.push_str(&format!("Zorb{} Systems Inc. said nothing.\n", letters(i))),
        }
        let part = folder.join(format!("{:04}", count / 1_000));
        fs::create_dir_all(&part).expect("a folder");
        fs::write(part.join(format!("{count}.txt")), &text).expect("a file");
        written += text.len();
        count += 1;
        text.clear();
    }
    count
}

/// A number in letters, since figures are no part of a name.
fn letters(number: usize) -> String {
    let digits = number.to_string();
    digits.bytes().map(|digit| char::from(b'a' + (digit - b'0') * 2)).collect()
}

fn read_articles(folder: &Path, articles: &mut Vec<String>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").flatten().map(|it| it.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            read_articles(&path, articles);
        } else if path.extension().is_some_and(|extension| extension == "txt" || extension == "md") {
            articles.extend(fs::read_to_string(&path).ok());
        }
    }
}
