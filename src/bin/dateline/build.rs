//! `dateline dict build`: a plain list of names becomes dictionary files.

use crate::Outcome;
use crate::args::{BuildArgs, TypeArg};
use crate::dictionaries::Dictionaries;
use crate::report::{self, count};
use anyhow::{Context, bail};
use dateline::gazetteer::{EntityType, columns, dictionary_file};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;

/// The rows of one dictionary, each its cells.
type Rows = Vec<Vec<String>>;

/// Reads a list of names with their types and writes a dictionary file for each type into the folder.
pub fn build(args: &BuildArgs) -> anyhow::Result<Outcome> {
    let pipeline = Dictionaries::read(&args.dictionaries)?.pipeline()?;
    let mut proposals = pipeline.proposals();
    let mut files: [Rows; 4] = Default::default();
    let mut seen = BTreeSet::new();
    let (mut known, mut doubled, mut refused) = (0, 0, 0);
    let mut list = NameList::open(&args.list, args.entity_type)?;
    while let Some((line, name, entity_type)) = list.next()? {
        let forms = proposals.known(&name);
        let kind = |form: &dateline::gazetteer::Form<'_>| pipeline.gazetteer().entry(form.entry).entity_type;
        if forms.iter().any(|form| kind(form) == entity_type) {
            known += 1;
        } else if !seen.insert((name.to_lowercase(), entity_type)) {
            doubled += 1;
        } else {
            // A name that another type has too comes after that one.
            let before =
                EntityType::ALL.into_iter().filter(|other| seen.contains(&(name.to_lowercase(), *other))).count();
            let taken = forms.iter().map(|form| form.rank).max().unwrap_or(0) as usize + before.saturating_sub(1);
            let rank = (taken > 0).then(|| u8::try_from(taken + 1).unwrap_or(u8::MAX));
            match proposals.row(entity_type, &name, std::iter::empty(), rank) {
                Some(row) => files[entity_type as usize].push(row),
                None => {
                    refused += 1;
                    report::say(&format!("{}:{line}: `{name}` can be no name of a dictionary", args.list.display()));
                }
            }
        }
    }
    let written = write(&args.output, &mut files)?;
    let rows: u64 = files.iter().map(|rows| rows.len() as u64).sum();
    let mut line = format!("Wrote {} into {written}", count(rows, "row", "rows"));
    for (number, what) in [(known, "known already"), (doubled, "listed twice"), (refused, "refused")] {
        if number > 0 {
            line.push_str(&format!("; {} {what}", report::grouped(number)));
        }
    }
    report::say(&format!("{line}."));
    Ok(if refused == 0 { Outcome::Done } else { Outcome::Partly })
}

/// A CSV file of names, in the first column, and types, in the second. A header `name` is passed over.
struct NameList<'a> {
    shown: String,
    records: csv::StringRecordsIntoIter<File>,
    entity_type: Option<TypeArg>,
    path: &'a Path,
}

impl<'a> NameList<'a> {
    fn open(path: &'a Path, entity_type: Option<TypeArg>) -> anyhow::Result<NameList<'a>> {
        let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(file);
        Ok(NameList { shown: path.display().to_string(), records: reader.into_records(), entity_type, path })
    }

    /// The next name with its line and type.
    fn next(&mut self) -> anyhow::Result<Option<(u64, String, EntityType)>> {
        for record in self.records.by_ref() {
            let record = record.with_context(|| format!("{} is no CSV file", self.path.display()))?;
            let line = record.position().map_or(0, csv::Position::line);
            let name = record.get(0).unwrap_or("").trim_start_matches('\u{feff}').trim();
            if name.is_empty() || line == 1 && name.eq_ignore_ascii_case("name") {
                continue;
            }
            let written = record.get(1).unwrap_or("").to_lowercase();
            let entity_type = match (written.as_str(), self.entity_type) {
                ("", Some(entity_type)) => entity_type.into(),
                ("", None) => bail!("{}:{line}: `{name}` has no type; give one to all with --type", self.shown),
                (written, _) => match EntityType::ALL.into_iter().find(|known| known.name() == written) {
                    Some(entity_type) => entity_type,
                    None => bail!(
                        "{}:{line}: `{written}` is no type; they are company, product, person, organization",
                        self.shown
                    ),
                },
            };
            return Ok(Some((line, name.to_string(), entity_type)));
        }
        Ok(None)
    }
}

/// Writes the files that have rows, in the order of ids. Their names, for the message.
fn write(folder: &Path, files: &mut [Rows; 4]) -> anyhow::Result<String> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let mut names = Vec::new();
    for (entity_type, rows) in EntityType::ALL.into_iter().zip(files).filter(|(_, rows)| !rows.is_empty()) {
        let path = folder.join(dictionary_file(entity_type));
        let writing = || format!("cannot write {}", path.display());
        if path.exists() {
            bail!("{} is there already; name another folder with -o", path.display());
        }
        rows.sort();
        let mut writer = csv::Writer::from_path(&path).with_context(writing)?;
        writer.write_record(columns(entity_type)).with_context(writing)?;
        rows.iter().try_for_each(|row| writer.write_record(row)).with_context(writing)?;
        writer.flush().with_context(writing)?;
        names.push(path.display().to_string());
    }
    Ok(if names.is_empty() { format!("{}: nothing", folder.display()) } else { names.join(", ") })
}
