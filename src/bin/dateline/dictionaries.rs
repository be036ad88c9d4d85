//! The dictionaries of a run: built in, replaced or added to by files of a folder.

use crate::args::DictionaryArgs;
use crate::{Outcome, print, report};
use anyhow::{Context, bail};
use dateline::gazetteer::{Form, Risk};
use dateline::{Document, Pipeline, Resources};
use std::fmt::Write as _;
use std::path::Path;

/// The dictionary files that the user brings.
#[derive(Debug, Default)]
pub struct Dictionaries {
    replaced: Vec<(String, String)>,
    added: Vec<(String, String)>,
}

impl Dictionaries {
    /// Reads the files of the folders that are given.
    pub fn read(args: &DictionaryArgs) -> anyhow::Result<Dictionaries> {
        Ok(Dictionaries {
            replaced: args.dictionaries.as_deref().map_or(Ok(Vec::new()), read_folder)?,
            added: args.add_dictionaries.as_deref().map_or(Ok(Vec::new()), read_folder)?,
        })
    }

    /// All dictionary files as they are in force.
    pub fn resources(&self) -> Resources<'_> {
        let mut resources = Resources::built_in();
        for (name, text) in &self.replaced {
            resources.replace(name, text);
        }
        for (name, text) in &self.added {
            resources.add(name, text);
        }
        resources
    }

    /// The pipeline that they make.
    pub fn pipeline(&self) -> anyhow::Result<Pipeline> {
        Ok(Pipeline::new(&self.resources())?)
    }

    /// A hash of each file, those that were replaced or added to with the user's contents.
    pub fn hashes(&self) -> Vec<(String, String)> {
        let hash = |name: &str| {
            let mut hasher = blake3::Hasher::new();
            for part in self.resources().contents(name) {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part.as_bytes());
            }
            hasher.finalize().to_hex().to_string()
        };
        Resources::names().map(|name| (name.to_string(), hash(name))).collect()
    }
}

/// The dictionary files in a folder. Another CSV or TOML file there is a mistake in its name.
fn read_folder(folder: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let reading = || format!("cannot read the dictionaries in {}", folder.display());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(reading)? {
        let path = entry.with_context(reading)?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if !matches!(path.extension().and_then(|it| it.to_str()), Some("csv" | "toml")) || name.starts_with('.') {
            continue;
        }
        if !Resources::names().any(|known| known == name) {
            let known: Vec<&str> = Resources::names().collect();
            bail!("{}: no dictionary has this name; they are {}", path.display(), known.join(", "));
        }
        let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        match String::from_utf8(bytes) {
            Ok(text) => files.push((name, text)),
            Err(error) => {
                let line = 1 + error.as_bytes()[..error.utf8_error().valid_up_to()]
                    .iter()
                    .filter(|byte| **byte == b'\n')
                    .count();
                bail!("{name}:{line}: not valid UTF-8");
            }
        }
    }
    if files.is_empty() {
        bail!("{}: no dictionary file is there", folder.display());
    }
    files.sort();
    Ok(files)
}

/// `dateline dict check`: loads the dictionaries and says the first mistake, or all that is unwise in them.
pub fn check(folder: Option<&Path>, added: Option<&Path>) -> anyhow::Result<Outcome> {
    let args =
        DictionaryArgs { dictionaries: folder.map(Path::to_path_buf), add_dictionaries: added.map(Path::to_path_buf) };
    let dictionaries = Dictionaries::read(&args)?;
    let checked = dictionaries.pipeline().and_then(|pipeline| Ok((pipeline, dictionaries.resources().check_names()?)));
    match checked {
        Ok((_, unwise)) if !unwise.is_empty() => {
            unwise.iter().for_each(|mistake| report::say(&mistake.to_string()));
            Ok(Outcome::Partly)
        }
        Ok((pipeline, _)) => {
            let entries = pipeline.gazetteer().entries().len() as u64;
            let files = Resources::names().count() as u64;
            report::say(&format!(
                "{} with {}: no mistake found.",
                report::count(files, "dictionary", "dictionaries"),
                report::count(entries, "entry", "entries")
            ));
            Ok(Outcome::Done)
        }
        Err(mistake) => {
            report::say(&format!("{mistake:#}"));
            Ok(Outcome::Partly)
        }
    }
}

/// `dateline dict find`: what the names in a text would match.
pub fn find(name: &str, args: &DictionaryArgs) -> anyhow::Result<Outcome> {
    let dictionaries = Dictionaries::read(args)?;
    let pipeline = dictionaries.pipeline()?;
    let document = Document::new(name, None)?;
    let reading = pipeline.read(&document);
    let mut answer = String::new();
    for hit in &reading.hits {
        let (from, to) = (hit.first as usize, (hit.first + hit.len) as usize);
        for form in pipeline.gazetteer().forms(hit.phrase) {
            describe(&pipeline, form, reading.span(from, to).of(name), &mut answer);
        }
    }
    if answer.is_empty() {
        report::say(&format!("no dictionary has `{name}`"));
        return Ok(Outcome::Partly);
    }
    print(&answer)?;
    Ok(Outcome::Done)
}

fn describe(pipeline: &Pipeline, form: Form<'_>, words: &str, answer: &mut String) {
    let entry = pipeline.gazetteer().entry(form.entry);
    let mut conditions = Vec::new();
    match form.risk {
        Risk::Low => {}
        Risk::Medium => conditions.push("unless a block word stands beside it".to_string()),
        Risk::High => conditions.push("with context only".to_string()),
    }
    if form.exact {
        conditions.push("in this case only".to_string());
    }
    if let Some(from) = form.from {
        conditions.push(format!("from {from}"));
    }
    if let Some(until) = form.until {
        conditions.push(format!("until {until}"));
    }
    if form.rank > 1 {
        conditions.push(format!("rank {}", form.rank));
    }
    let conditions = if conditions.is_empty() { "always".to_string() } else { conditions.join(", ") };
    let _ = writeln!(
        answer,
        "{words}\t{} {} ({}), as `{}`: {conditions}",
        entry.entity_type.name(),
        entry.id,
        entry.name,
        form.text
    );
}
