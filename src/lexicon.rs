//! Reading dictionary files: CSV rows and TOML tables, each with its line.

use crate::error::Error;

/// A dictionary file: its name for messages, and its contents.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The file's name, such as `companies.csv`.
    pub name: &'a str,
    /// Its contents, UTF-8.
    pub text: &'a str,
}

/// A row of a CSV dictionary.
#[derive(Clone, Debug)]
pub struct Row {
    /// The 1-based line that it starts on.
    pub line: u64,
    cells: csv::StringRecord,
}

impl Row {
    /// The cell of the `column`th of the columns asked for, trimmed. Empty where blank.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or("").trim()
    }

    /// The cell as it is written.
    pub fn raw(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or("")
    }

    /// The entries of a cell that holds a list joined with `|`. Blank entries are left out.
    pub fn list(&self, column: usize) -> impl Iterator<Item = &str> {
        self.cell(column).split('|').map(str::trim).filter(|entry| !entry.is_empty())
    }
}

/// Reads a CSV dictionary whose header must be exactly `header`, and shows each row to `see`.
///
/// # Errors
/// Another header, a row with too many or too few cells, or what is no CSV: the file and line with it. What `see` says.
pub fn each_row(
    source: Source<'_>,
    header: &[&str],
    mut see: impl FnMut(&Row) -> Result<(), Error>,
) -> Result<(), Error> {
    let text = source.text.strip_prefix('\u{feff}').unwrap_or(source.text);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut row = Row { line: 0, cells: csv::StringRecord::new() };
    let mut headed = false;
    loop {
        let more = reader.read_record(&mut row.cells).map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            Error::dictionary(source.name, line, error.to_string())
        })?;
        if !headed && !(more && row.cells.iter().map(str::trim).eq(header.iter().copied())) {
            let message = format!("the header must be `{}`", header.join(","));
            return Err(Error::dictionary(source.name, 1, message));
        }
        if !more {
            return Ok(());
        }
        row.line = row.cells.position().map_or(0, |position| line_of_record(text.as_bytes(), position));
        if row.cells.len() != header.len() {
            let message = format!("{} cells where the header has {}", row.cells.len(), header.len());
            return Err(Error::dictionary(source.name, row.line, message));
        }
        if headed {
            see(&row)?;
        }
        headed = true;
    }
}

/// Reads a CSV dictionary whose header must be exactly `header`.
///
/// # Errors
/// Those of [`each_row`].
pub fn read_csv(source: Source<'_>, header: &[&str]) -> Result<Vec<Row>, Error> {
    let mut rows = Vec::new();
    each_row(source, header, |row| {
        rows.push(row.clone());
        Ok(())
    })?;
    Ok(rows)
}

/// Reads the rows of several sources of one dictionary, each with where it comes from.
///
/// # Errors
/// Those of [`read_csv`].
pub fn read_rows<'a>(sources: &[Source<'a>], header: &[&str]) -> Result<Vec<(Source<'a>, Row)>, Error> {
    let mut rows = Vec::new();
    for source in sources {
        rows.extend(read_csv(*source, header)?.into_iter().map(|row| (*source, row)));
    }
    Ok(rows)
}

/// Reads a TOML dictionary into `T`.
///
/// # Errors
/// What is no TOML or does not fit `T`: the file and line with it.
pub fn read_toml<T: serde::de::DeserializeOwned>(source: Source<'_>) -> Result<T, Error> {
    toml::from_str(source.text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_at(source.text, span.start));
        Error::dictionary(source.name, line, error.message())
    })
}

/// The 1-based line that a CSV record starts on. Its position may still lie before line breaks: those of CRLF, and of
/// blank lines.
pub fn line_of_record(text: &[u8], position: &csv::Position) -> u64 {
    let before = text.get(position.byte() as usize..).unwrap_or_default();
    let breaks = before.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    position.line() + breaks.filter(|byte| **byte == b'\n').count() as u64
}

/// Where the lines of a file begin, for the lines of many places in it.
#[derive(Clone, Debug)]
pub struct Lines {
    /// The places of all line ends.
    ends: Vec<usize>,
}

impl Lines {
    /// The lines of a text.
    pub fn of(text: &str) -> Lines {
        Lines { ends: text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect() }
    }

    /// The 1-based line of the byte at `at`.
    pub fn at(&self, at: usize) -> u64 {
        1 + self.ends.partition_point(|end| *end < at) as u64
    }
}

/// The 1-based line of the byte at `at`.
pub fn line_at(text: &str, at: usize) -> u64 {
    1 + text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_name_their_line() {
        let file = |text| Source { name: "x.csv", text };
        assert_eq!(read_csv(file("a,b\n1,2\n"), &["a", "b"]).unwrap()[0].cell(1), "2");
        for (text, expected) in [
            ("a,c\n1,2\n", "x.csv:1: the header must be `a,b`"),
            ("", "x.csv:1: the header must be `a,b`"),
            ("a,b\n1,2\n1\n", "x.csv:3: 1 cells where the header has 2"),
            ("a,b\r\n1,2\r\n1\r\n", "x.csv:3: 1 cells where the header has 2"),
            ("a,b\n1,2\n\n\n1\n", "x.csv:5: 1 cells where the header has 2"),
        ] {
            assert_eq!(read_csv(file(text), &["a", "b"]).unwrap_err().to_string(), expected, "{text:?}");
        }
        #[derive(serde::Deserialize, Debug)]
        struct T {
            #[allow(dead_code)]
            n: u8,
        }
        let error = read_toml::<T>(Source { name: "x.toml", text: "\nn = 'a'\n" }).unwrap_err();
        assert!(error.to_string().starts_with("x.toml:2: "), "{error}");
    }

    #[test]
    fn lists_leave_out_blanks() {
        let rows = read_csv(Source { name: "x.csv", text: "a\n one | two || \n" }, &["a"]).unwrap();
        assert_eq!(rows[0].list(0).collect::<Vec<_>>(), ["one", "two"]);
    }
}
