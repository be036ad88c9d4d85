//! `dateline eval`: the table of scores of a run against gold.

use crate::args::EvalArgs;
use crate::{Outcome, print};
use anyhow::{Context, bail};
use dateline::score::{ErrorLayer, Layers, Scorer};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;

/// So many errors are listed where no number is given.
const LISTED: usize = 60;

/// Scores a file of annotations against a folder of gold files and prints the table.
pub fn eval(args: &EvalArgs) -> anyhow::Result<Outcome> {
    let layer = match args.errors.first() {
        Some(name) => match ErrorLayer::of(name) {
            Some(layer) => Some(layer),
            None => bail!("--errors: no layer is called `{name}`"),
        },
        None => None,
    };
    let limit = match args.errors.get(1) {
        Some(number) => number.parse().with_context(|| format!("--errors: `{number}` is no number"))?,
        None => LISTED,
    };
    let predicted = read_predicted(&args.annotations)?;
    let mut scorer = Scorer::new(args.types, layer);
    let mut files = 0;
    for path in gold_files(&args.gold)? {
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let gold: Layers =
            serde_json::from_str(&text).with_context(|| format!("{} is no gold file", path.display()))?;
        let Some(file) = &gold.file else { continue };
        scorer.add(&gold, predicted.get(file));
        files += 1;
    }
    if files == 0 {
        bail!("{}: no gold file is there", args.gold.display());
    }
    let mut answer = scorer.table(predicted.len()).to_string();
    for error in scorer.errors().iter().take(limit) {
        answer.push_str(error);
        answer.push('\n');
    }
    print(&answer)?;
    Ok(Outcome::Done)
}

/// The JSON files of a folder, by name.
fn gold_files(folder: &Path) -> anyhow::Result<Vec<std::path::PathBuf>> {
    let reading = || format!("cannot read {}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(reading)? {
        let path = entry.with_context(reading)?.path();
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if path.extension().is_some_and(|extension| extension == "json") && !hidden {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The predicted documents by the names of their files.
fn read_predicted(path: &Path) -> anyhow::Result<BTreeMap<String, Layers>> {
    let reading = || format!("cannot read {}", path.display());
    let mut documents = BTreeMap::new();
    for (number, line) in BufReader::new(File::open(path).with_context(reading)?).lines().enumerate() {
        let line = line.with_context(reading)?;
        if line.trim().is_empty() {
            continue;
        }
        let place = || format!("{}:{}: no document of annotations.jsonl", path.display(), number + 1);
        let document: Layers = serde_json::from_str(&line).with_context(place)?;
        let name = document.path.as_deref().map(crate::metadata::file_name).with_context(place)?;
        documents.insert(name.to_string(), document);
    }
    Ok(documents)
}
