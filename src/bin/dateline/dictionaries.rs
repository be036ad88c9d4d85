//! The dictionaries of a run: built in, replaced or added to by files of a folder.

use crate::args::DictionaryArgs;
use anyhow::{Context, bail};
use dateline::{Pipeline, Resources};
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
