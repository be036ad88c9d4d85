//! A folder of hostile files: every one has its row, with what must become of it, and none harms the others.
#![cfg(unix)]

mod files;
#[path = "../support/place.rs"]
mod place;

use files::{Expect, Hostile, Kind, files};
use place::{Place, Row};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;

/// What is to be held open: a socket is there as long as somebody listens.
fn make(root: &Path, file: &Hostile, open: &mut Vec<UnixListener>) {
    let path = root.join(OsStr::from_bytes(&file.path));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let made = match &file.kind {
        Kind::Bytes(bytes) => fs::write(&path, bytes),
        Kind::Sparse(len) => fs::File::create(&path).and_then(|file| file.set_len(*len)),
        Kind::Folder => fs::create_dir_all(&path),
        Kind::Fifo => std::process::Command::new("mkfifo").arg(&path).status().map(|status| assert!(status.success())),
        Kind::Socket => UnixListener::bind(&path).map(|socket| open.push(socket)),
        Kind::Link(target) => symlink(target, &path),
        Kind::Locked => {
            fs::write(&path, files::PLAIN).and_then(|()| fs::set_permissions(&path, Permissions::from_mode(0o0)))
        }
        Kind::LockedFolder => {
            fs::create_dir(&path).and_then(|()| fs::set_permissions(&path, Permissions::from_mode(0o0)))
        }
    };
    made.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// A path as the output spells it.
fn spelled(path: &[u8]) -> String {
    let mut text = "in/".to_string();
    for chunk in path.utf8_chunks() {
        text.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| text.push_str(&format!("\\x{byte:02X}")));
    }
    text
}

#[test]
fn nothing_is_lost_and_nothing_harmed() {
    let place = Place::new();
    let files = files();
    assert!(files.len() >= 60, "{} files", files.len());
    let mut open = Vec::new();
    let mut expected: BTreeMap<String, Expect> = BTreeMap::new();
    for file in &files {
        make(&place.path("in"), file, &mut open);
        if !matches!(file.expect, Expect::NoRow) {
            assert!(expected.insert(spelled(&file.path), file.expect).is_none(), "{} twice", spelled(&file.path));
        }
    }
    let ended = place.run(&["in", "--published", "2012-02-15"]);
    let _ = fs::set_permissions(place.path("in/locked"), Permissions::from_mode(0o755));
    assert_eq!(ended.code, 1, "{}", ended.stderr);

    let rows: BTreeMap<String, Row> =
        place.rows("output/documents.csv").into_iter().map(|row| (row["path"].clone(), row)).collect();
    assert_eq!(rows.len(), place.rows("output/documents.csv").len(), "a row stands twice");
    assert_eq!(rows.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (path, expect) in &expected {
        let (status, words) = match expect {
            Expect::Annotated => ("annotated", ""),
            Expect::Noted(words) => ("annotated", *words),
            Expect::Skipped(words) => ("skipped", *words),
            Expect::Failed(words) => ("failed", *words),
            Expect::NoRow => continue,
        };
        let row = &rows[path];
        *counts.entry(status).or_default() += 1;
        let message = &row["message"];
        let is_so = row["status"] == status
            && message.contains(words)
            && message.is_empty() == matches!(expect, Expect::Annotated)
            && !message.contains("a bug in dateline");
        if !is_so {
            wrong.push(format!("{path:?} is {}: {message}; it should be {status}: {words}", row["status"]));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let record: Value = serde_json::from_str(&place.read("output/run.json")).unwrap();
    for (status, count) in &counts {
        assert_eq!(record["counts"][status], *count, "{status}");
    }
    assert_eq!(record["inputs"]["listed"], expected.len());

    assert_safe_for_terminals(&ended.stderr);
    let told = ended.stderr.lines().filter(|line| line.contains(": skipped: ") || line.contains(": failed: ")).count();
    assert_eq!(told as u64, counts["skipped"] + counts["failed"]);
    assert_eq!(place.dateline(&["verify", "output"]).code, 0);
    assert_rows_point_at_their_words(&place, counts["annotated"]);

    assert_eq!(place.dateline(&["run", "in", "-o", "sheets"]).code, 1);
    for name in ["documents", "mentions", "entities", "times", "quotations", "claims"] {
        for cell in place.rows(&format!("sheets/{name}.csv")).iter().flat_map(Row::values) {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']), "{name}: {cell:?}");
            assert!(cell.encode_utf16().count() <= 32_767, "{name}: a cell of {} bytes", cell.len());
        }
    }
}

/// No control reaches the terminal but the end of a line, and nothing that turns the direction of writing.
fn assert_safe_for_terminals(said: &str) {
    let is_bad = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!said.contains(is_bad), "{said:?}");
}

/// Every line is JSON, and every annotation's offsets point at its text.
fn assert_rows_point_at_their_words(place: &Place, documents: u64) {
    let mut lines = 0;
    for line in place.read("output/annotations.jsonl").lines() {
        let object: Value = serde_json::from_str(line).unwrap();
        let text: Vec<char> = object["text"].as_str().unwrap().chars().collect();
        for layer in ["mentions", "times", "quotations", "claims"] {
            for item in object[layer].as_array().unwrap() {
                let [start, end] = ["start", "end"].map(|key| item[key].as_u64().unwrap() as usize);
                let words: String = text[start..end].iter().collect();
                assert_eq!(words, item["text"].as_str().unwrap(), "{} {layer}", object["path"]);
            }
        }
        lines += 1;
    }
    assert_eq!(lines, documents);
}
