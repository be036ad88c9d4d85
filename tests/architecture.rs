//! The floors: a module uses modules of lower floors only, and no two of one floor know each other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Every module of the library, floor by floor, the lowest first. ARCHITECTURE.md draws the same list.
const FLOORS: &[&[&str]] = &[
    &["span", "error", "slots"],
    &["document", "offsets", "token", "lexicon"],
    &["vocabulary", "structure"],
    &["phrase", "words", "marks"],
    &["gazetteer", "cue"],
    &["sentence", "lint"],
    &["reading", "proposal"],
    &["timex", "amount"],
    &["mention"],
    &["reference"],
    &["quotation"],
    &["claim"],
    &["pipeline"],
    &["ingest"],
    &["emit", "score"],
];

fn floor_of(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("src can be read").flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("bin") {
            sources(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The module of a file: `src/claim/roles.rs` belongs to `claim`.
fn module_of(file: &Path, root: &Path) -> String {
    let inside = file.strip_prefix(root).expect("inside src");
    let first = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_string()
}

/// The names after `crate::` in the code of a file, its tests left out.
fn uses(code: &str) -> Vec<&str> {
    let code = code.split("#[cfg(test)]").next().unwrap_or(code);
    let code_lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    code_lines
        .flat_map(|line| line.match_indices("crate::").map(move |(at, found)| &line[at + found.len()..]))
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(rest))
        .collect()
}

#[test]
fn modules_use_lower_floors_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut wrong = Vec::new();
    let mut seen = BTreeMap::new();
    for file in files {
        let module = module_of(&file, &root);
        if module == "lib" {
            continue;
        }
        let Some(floor) = floor_of(&module) else {
            wrong.push(format!("{module} has no floor"));
            continue;
        };
        let code = std::fs::read_to_string(&file).expect("a source file");
        for used in uses(&code) {
            if used == module || used.chars().next().is_some_and(char::is_uppercase) || used.is_empty() {
                continue;
            }
            seen.insert((module.clone(), used.to_string()), ());
            match floor_of(used) {
                Some(below) if below < floor => {}
                Some(_) => wrong.push(format!("{module} uses {used}, which is not below it")),
                None => wrong.push(format!("{module} uses {used}, which has no floor")),
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(seen.len() > 20, "the test no longer sees what modules use");
}

/// The library opens no file, has no clock and prints nothing: clippy.toml forbids it, and this looks for the words.
#[test]
fn the_library_does_not_touch_the_world() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    for file in files {
        let code = std::fs::read_to_string(&file).expect("a source file");
        let code = code.split("#[cfg(test)]").next().unwrap_or(&code);
        for word in ["std::fs", "std::env", "std::time", "std::thread", "HashMap", "HashSet", "println!", "Zoned::now"]
        {
            assert!(!code.contains(word), "{} uses {word}", file.display());
        }
    }
}
