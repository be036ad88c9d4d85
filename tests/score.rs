//! Are scores what the annotation guide's own scorer says? Where it lies beside the project, both print the same.

use assert_cmd::Command;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// The folder with the guide's scorer and gold, where there is one.
fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    folder.join("tools/score_gold.py").exists().then_some(folder)
}

/// Predictions made from gold files: some rows left out, some spoiled in every way that is scored.
fn spoiled(gold: &Path) -> String {
    let mut lines = String::new();
    let mut files: Vec<PathBuf> = fs::read_dir(gold).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for (i, path) in files.iter().filter(|path| path.extension().is_some_and(|it| it == "json")).enumerate() {
        let mut document: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        if i % 11 == 10 || document["file"].is_null() {
            continue;
        }
        document["path"] = json!(format!("some/folder/{}", document["file"].as_str().unwrap()));
        document["mentions"] = document.as_object_mut().unwrap().remove("entities").unwrap();
        for layer in ["mentions", "quotations", "claims"] {
            let rows = document[layer].as_array_mut().unwrap();
            let mut kept: Vec<Value> = Vec::new();
            for (j, row) in rows.drain(..).enumerate() {
                let mut row = row;
                match (i + j) % 13 {
                    0 => continue,
                    1 => row["end"] = json!(row["end"].as_i64().unwrap() + 2),
                    2 => row["start"] = json!((row["start"].as_i64().unwrap() - 30).max(0)),
                    3 => row["type"] = json!("product"),
                    4 => row["kind"] = json!("mixed"),
                    5 => row["canonical"] = json!("The Wrong Thing Inc."),
                    6 => row["speaker_name"] = Value::Null,
                    7 => row["subject"] = json!("Dell; HP's; Someone Else"),
                    8 => row["date"] = json!("2011"),
                    9 => row["modality"] = json!("denied"),
                    10 => row["amount"] = json!({"low": 5.0, "high": 10, "currency": "USD"}),
                    11 => row["attribution"] = json!("A Spokesman"),
                    _ => kept.push(row.clone()),
                }
                kept.push(row);
            }
            *rows = kept;
        }
        lines.push_str(&document.to_string());
        lines.push('\n');
    }
    lines
}

#[test]
fn the_table_is_that_of_the_guides_scorer() {
    let Some(shared) = shared() else { return };
    if std::process::Command::new("python3").arg("--version").output().is_err() {
        return;
    }
    let place = tempfile::tempdir().unwrap();
    for gold in ["gold/dev", "gold/sample"] {
        let gold = shared.join(gold);
        let predicted = place.path().join("annotations.jsonl");
        fs::write(&predicted, spoiled(&gold)).unwrap();
        for options in [
            &[][..],
            &["--types"],
            &["--errors", "entities", "5000"],
            &["--errors", "quoted", "5000"],
            &["--errors", "block"],
            &["--errors", "indirect", "5000"],
            &["--errors", "claims", "5000", "--types"],
            &["--errors", "dates", "7"],
        ] {
            let ours =
                Command::cargo_bin("dateline").unwrap().arg("eval").args([&gold, &predicted]).args(options).output();
            let theirs = std::process::Command::new("python3")
                .arg(shared.join("tools/score_gold.py"))
                .args([&gold, &predicted])
                .args(options)
                .env("PYTHONIOENCODING", "utf-8")
                .output();
            let (ours, theirs) = (ours.unwrap(), theirs.unwrap());
            assert!(ours.status.success(), "{}", String::from_utf8_lossy(&ours.stderr));
            let (ours, theirs) = (ours.stdout, theirs.stdout);
            let (ours, theirs) = (String::from_utf8(ours).unwrap(), String::from_utf8(theirs).unwrap());
            assert!(theirs.lines().count() > 20, "{options:?}: {theirs}");
            for (ours, theirs) in ours.lines().zip(theirs.lines()) {
                assert_eq!(ours, theirs, "{options:?}");
            }
            assert_eq!(ours.lines().count(), theirs.lines().count(), "{options:?}");
        }
    }
}

/// The figures that may not fall, a row each: the gold, the figure, its value.
const SCORES: &str = "tests/scores.csv";
/// A figure may fall by so much before the test fails.
const SLACK: f64 = 0.5;

/// Where gold lies, the articles that it annotates, and their metadata. What is outside the project may be missing.
const GOLD: [(&str, &str, &str, Option<&str>); 3] = [
    ("corpus", "tests/gold/corpus", "corpus", None),
    ("dev", "../shared/gold/dev", "../shared/gold/dev/texts", Some("../shared/gold/dev/metadata.csv")),
    ("sample", "../shared/gold/sample", "../shared/gold/sample/sample.txt", None),
];

/// Runs the program on articles and scores it: each figure of the table with its value.
fn figures(gold: &str, articles: &str, metadata: Option<&str>) -> Vec<(String, f64)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let place = tempfile::tempdir().unwrap();
    let mut run = Command::cargo_bin("dateline").unwrap();
    run.current_dir(root).args(["run", articles, "-o"]).arg(place.path());
    run.args(metadata.map(|file| ["--metadata", file]).into_iter().flatten()).assert().success();
    let annotations = place.path().join("annotations.jsonl");
    let eval =
        Command::cargo_bin("dateline").unwrap().current_dir(root).arg("eval").arg(gold).arg(annotations).output();
    let table = String::from_utf8(eval.unwrap().stdout).unwrap();
    let rows = table.lines().skip(2).filter_map(|line| {
        let mut cells = line.split_whitespace();
        let name = cells.next()?.to_string();
        let values: Vec<f64> = cells.map_while(|cell| cell.parse().ok()).collect();
        // Precision, recall, F1 and the gold's count; or a share and a count.
        let value = if values.len() == 4 { values[2] } else { *values.first()? };
        Some((name, value))
    });
    rows.collect()
}

/// No figure falls by more than half a point, and a rise is written down.
#[test]
fn no_score_falls() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bless = std::env::var_os("DATELINE_BLESS").is_some();
    let committed = fs::read_to_string(root.join(SCORES)).unwrap_or_default();
    let known = |gold: &str, name: &str| {
        let row = committed.lines().find_map(|line| line.strip_prefix(&format!("{gold},{name},")));
        row.and_then(|value| value.parse::<f64>().ok())
    };
    let mut written = String::from("gold,figure,value\n");
    let (mut fallen, mut risen) = (Vec::new(), Vec::new());
    for (gold, folder, articles, metadata) in GOLD {
        if !root.join(folder).exists() {
            // Its figures stay as they are.
            committed.lines().filter(|line| line.starts_with(&format!("{gold},"))).for_each(|line| {
                written.push_str(line);
                written.push('\n');
            });
            continue;
        }
        let figures = figures(folder, articles, metadata);
        assert!(figures.len() > 15, "{gold}: the table has only {} figures", figures.len());
        for (name, value) in figures {
            written.push_str(&format!("{gold},{name},{value:.1}\n"));
            let down = if name == "false_resolves" { -1.0 } else { 1.0 };
            let change = known(gold, &name).map_or(f64::INFINITY, |before| (value - before) * down);
            if change < -SLACK {
                fallen.push(format!("{gold} {name}: {value}, was {}", known(gold, &name).unwrap_or_default()));
            } else if change > SLACK {
                risen.push(format!("{gold} {name}: {value}"));
            }
        }
    }
    if bless {
        fs::write(root.join(SCORES), written).unwrap();
        return;
    }
    assert!(fallen.is_empty(), "scores fell:\n{}", fallen.join("\n"));
    assert!(risen.is_empty(), "scores rose: DATELINE_BLESS=1 cargo test --test score\n{}", risen.join("\n"));
}
