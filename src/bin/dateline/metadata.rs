//! The metadata table: what is known of the articles from outside them.

use anyhow::{Context, bail};
use dateline::ingest::{Metadata, read_date};
use dateline::lexicon::line_of_record;
use dateline::timex::DateOrder;
use std::collections::BTreeMap;
use std::path::Path;

/// The rows of the table by path.
#[derive(Debug, Default)]
pub struct MetadataTable {
    rows: BTreeMap<String, Metadata>,
    /// A hash of the file.
    pub hash: Option<String>,
    /// Cells that could not be read, as `file:line: message`.
    pub complaints: Vec<String>,
}

impl MetadataTable {
    /// Reads the table. Its header must have `path`; other columns than those known are passed over.
    pub fn read(path: &Path, order: Option<DateOrder>) -> anyhow::Result<MetadataTable> {
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut table = MetadataTable::parse(&bytes, &path.display().to_string(), order)?;
        table.hash = Some(blake3::hash(&bytes).to_hex().to_string());
        Ok(table)
    }

    fn parse(bytes: &[u8], file: &str, order: Option<DateOrder>) -> anyhow::Result<MetadataTable> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
        let header = reader.headers().with_context(|| format!("{file}:1: no header"))?.clone();
        let column = |name: &str| header.iter().position(|column| column.eq_ignore_ascii_case(name));
        let Some(path) = column("path") else { bail!("{file}:1: the header has no column `path`") };
        let columns = ["published", "title", "url", "source", "author"].map(column);
        let mut table = MetadataTable::default();
        for record in reader.records() {
            let record = record.map_err(|error| {
                let line = error.position().map_or(0, csv::Position::line);
                anyhow::anyhow!("{file}:{line}: {error}")
            })?;
            let line = record.position().map_or(0, |position| line_of_record(bytes, position));
            let cell = |column: Option<usize>| {
                column.and_then(|column| record.get(column)).filter(|cell| !cell.is_empty()).map(str::to_string)
            };
            let Some(path) = cell(Some(path)) else { continue };
            let [published, title, url, source, author] = columns.map(cell);
            let date = published.as_deref().and_then(|published| read_date(published, order));
            if let (Some(published), None) = (published, date) {
                table.complaints.push(format!("{file}:{line}: `{published}` is no full date; passed over"));
            }
            let row = Metadata { published: date, title, url, source, author };
            if table.rows.insert(plain(&path).to_string(), row).is_some() {
                bail!("{file}:{line}: the path `{path}` stands twice");
            }
        }
        Ok(table)
    }

    /// Finds the row of each document: by its path as given, else by its file's name where no other document has it.
    pub fn rows_of(&self, paths: &[&str]) -> Vec<Option<&Metadata>> {
        if self.rows.is_empty() {
            return vec![None; paths.len()];
        }
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        for name in paths.iter().map(|path| file_name(path)).filter(|name| self.rows.contains_key(*name)) {
            *names.entry(name).or_default() += 1;
        }
        let by_name = |name| if names.get(name) == Some(&1) { self.rows.get(name) } else { None };
        paths.iter().map(|path| self.rows.get(plain(path)).or_else(|| by_name(file_name(path)))).collect()
    }

    /// How many rows no document has.
    pub fn unused(&self, paths: &[&str]) -> usize {
        let used = self.rows_of(paths).into_iter().flatten().count();
        self.rows.len().saturating_sub(used)
    }
}

/// A path without `./` before it.
fn plain(path: &str) -> &str {
    let mut path = path;
    while let Some(rest) = path.strip_prefix("./") {
        path = rest.trim_start_matches('/');
    }
    path
}

/// The last part of a path.
pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_by_path_and_by_unique_name() {
        let csv =
            b"\xef\xbb\xbfPath,title,published,other\r\na/x.txt,One,2012-04-03,?\r\ny.txt,Two,,\r\nz.txt,Three\r\n\r\n";
        let table = MetadataTable::parse(csv, "m.csv", None).unwrap();
        let paths = ["./a/x.txt", "b/x.txt", "a/y.txt", "a/z.txt", "b/z.txt"];
        let titles: Vec<_> =
            table.rows_of(&paths).into_iter().map(|row| row.and_then(|row| row.title.as_deref())).collect();
        assert_eq!(titles, [Some("One"), None, Some("Two"), None, None]);
        assert_eq!(table.unused(&paths), 1);
        assert_eq!(table.rows_of(&paths)[0].unwrap().published, read_date("2012-04-03", None));
    }

    #[test]
    fn mistakes() {
        for (csv, expected) in [
            (&b"name\nx\n"[..], "m.csv:1: the header has no column `path`"),
            (b"path\nx\nx\n", "m.csv:3: the path `x` stands twice"),
        ] {
            assert_eq!(MetadataTable::parse(csv, "m.csv", None).unwrap_err().to_string(), expected);
        }
        let table = MetadataTable::parse(b"path,published\nx,soon\n", "m.csv", None).unwrap();
        assert_eq!(table.complaints, ["m.csv:2: `soon` is no full date; passed over"]);
    }
}
