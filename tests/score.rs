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
