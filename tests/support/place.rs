//! A folder to work in with the built command. Shared by the tests that run the program.

#![allow(dead_code)]

use assert_cmd::Command;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// The file in which a run leaves what the next one need not do again.
pub const STATE: &str = ".dateline-state";

/// A folder to work in, gone at the end.
pub struct Place {
    pub root: TempDir,
}

/// How a command ended.
pub struct Ended {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

pub type Row = BTreeMap<String, String>;

impl Place {
    pub fn new() -> Place {
        Place { root: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    pub fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> &Place {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
        self
    }

    pub fn read(&self, name: &str) -> String {
        String::from_utf8(self.read_bytes(name)).unwrap()
    }

    pub fn read_bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn dateline(&self, arguments: &[&str]) -> Ended {
        self.dateline_fed(arguments, b"")
    }

    pub fn dateline_fed(&self, arguments: &[&str], stdin: &[u8]) -> Ended {
        let output = Command::cargo_bin("dateline")
            .unwrap()
            .args(arguments)
            .current_dir(self.root.path())
            .write_stdin(stdin)
            .output()
            .unwrap();
        Ended {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs with `--csv exact` into `output`.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.dateline(&[&["run", "--csv", "exact"], arguments].concat())
    }

    pub fn rows(&self, name: &str) -> Vec<Row> {
        let text = self.read(name);
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let header = reader.headers().unwrap().clone();
        let pairs = |record: csv::StringRecord| {
            header.iter().zip(record.iter()).map(|(name, cell)| (name.to_string(), cell.to_string())).collect()
        };
        reader.records().map(|record| pairs(record.unwrap())).collect()
    }

    /// The row of documents.csv for a path.
    pub fn document(&self, path: &str) -> Row {
        let rows = self.rows("output/documents.csv");
        rows.into_iter().find(|row| row["path"] == path).unwrap_or_else(|| panic!("no row for {path}"))
    }

    pub fn objects(&self) -> Vec<Value> {
        self.read("output/annotations.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Every file of a folder with its bytes, but the state.
    pub fn snapshot(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let entries = fs::read_dir(self.path(folder)).unwrap().map(|entry| entry.unwrap().path());
        let files = entries.filter(|path| !path.ends_with(STATE));
        files.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap())).collect()
    }
}

/// An article that every layer finds something in.
pub const ARTICLE: &str = "Acme Widgets Inc. Opens a Depot\n\nMicrosoft and Acme Widgets Inc. opened a depot in Oslo. “We like it,” said Mara Stone, an analyst at Gartner.\n";
