//! A CSV sheet: its columns, and how a cell is written for spreadsheets and for programs.

use std::fmt::{Display, Write as _};
use std::io::{self, Write};

/// For whom a sheet is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Profile {
    /// Excel, LibreOffice, Sheets: a byte-order mark, CRLF, formulas guarded, cells cut at the limit.
    #[default]
    Spreadsheet,
    /// Programs: no mark, LF, nothing guarded, nothing cut.
    Exact,
}

impl Profile {
    /// The name of the option.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Spreadsheet => "spreadsheet",
            Profile::Exact => "exact",
        }
    }
}

/// The sheets of a run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum SheetKind {
    /// A row is an input document, also one that was skipped.
    Documents,
    /// A row is an occurrence of a name.
    Mentions,
    /// A row is a distinct entity of the run.
    Entities,
    /// A row is a name that no dictionary has, with the row that would add it.
    Review,
    /// A row is a date or time expression.
    Times,
    /// A row is a quotation with its speaker.
    Quotations,
    /// A row is a claim.
    Claims,
}

impl SheetKind {
    /// All sheets.
    pub const ALL: [SheetKind; 7] = [
        SheetKind::Documents,
        SheetKind::Mentions,
        SheetKind::Entities,
        SheetKind::Review,
        SheetKind::Times,
        SheetKind::Quotations,
        SheetKind::Claims,
    ];
    /// The sheets whose rows are annotations of a document.
    pub const LAYERS: [SheetKind; 4] =
        [SheetKind::Mentions, SheetKind::Times, SheetKind::Quotations, SheetKind::Claims];

    /// The name of the file.
    pub fn file_name(self) -> &'static str {
        match self {
            SheetKind::Documents => "documents.csv",
            SheetKind::Mentions => "mentions.csv",
            SheetKind::Entities => "entities.csv",
            SheetKind::Review => "review.csv",
            SheetKind::Times => "times.csv",
            SheetKind::Quotations => "quotations.csv",
            SheetKind::Claims => "claims.csv",
        }
    }

    /// The columns, in order.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            SheetKind::Documents => &[
                "document",
                "path",
                "status",
                "message",
                "title",
                "author",
                "source",
                "url",
                "published",
                "published_from",
                "articles",
                "characters",
                "words",
                "mentions",
                "times",
                "quotations",
                "claims",
            ],
            SheetKind::Mentions => &[
                "document",
                "article",
                "id",
                "line",
                "start",
                "end",
                "text",
                "type",
                "entity",
                "canonical",
                "in_dictionary",
                "rule",
            ],
            SheetKind::Entities => &[
                "entity",
                "type",
                "canonical",
                "in_dictionary",
                "mentions",
                "documents",
                "first_published",
                "last_published",
                "forms",
                "homepage",
                "ticker",
            ],
            SheetKind::Review => {
                &["name", "type", "mentions", "documents", "example_1", "example_2", "example_3", "dictionary", "row"]
            }
            SheetKind::Times => {
                &["document", "article", "id", "line", "start", "end", "text", "type", "value", "mod", "rule"]
            }
            SheetKind::Quotations => &[
                "document",
                "article",
                "id",
                "line",
                "start",
                "end",
                "text",
                "kind",
                "speaker_name",
                "speaker_entity",
                "role",
                "affiliation",
                "cue",
                "speaker",
                "date",
                "mentions",
                "before",
                "after",
                "rule",
            ],
            SheetKind::Claims => &[
                "document",
                "article",
                "id",
                "line",
                "start",
                "end",
                "date",
                "type",
                "subject",
                "object",
                "summary",
                "modality",
                "polarity",
                "attribution",
                "amount_low",
                "amount_high",
                "currency",
                "unit",
                "date_text",
                "date_from",
                "date_of",
                "date_inferred",
                "subject_entity",
                "object_entity",
                "roles",
                "quotation",
                "same_as",
                "text",
                "rule",
            ],
        }
    }
}

/// The longest cell that spreadsheets hold, in UTF-16 units.
const MAX_CELL: usize = 32_767;
/// The end of a cell that was cut.
const CUT: &str = " […cut]";

/// A sheet that is being written, cell by cell.
#[derive(Debug)]
pub struct Sheet<W: Write> {
    out: csv::Writer<W>,
    profile: Profile,
    /// Where cells are put together. Reused.
    cell: String,
}

impl<W: Write> Sheet<W> {
    /// A sheet on `out`, without a header.
    pub fn new(out: W, profile: Profile) -> Sheet<W> {
        let terminator = match profile {
            Profile::Spreadsheet => csv::Terminator::CRLF,
            Profile::Exact => csv::Terminator::Any(b'\n'),
        };
        Sheet { out: csv::WriterBuilder::new().terminator(terminator).from_writer(out), profile, cell: String::new() }
    }

    /// Writes the beginning of the file: the byte-order mark where the profile has one, and the header.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_header(mut out: W, kind: SheetKind, profile: Profile) -> io::Result<()> {
        if profile == Profile::Spreadsheet {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut sheet = Sheet::new(out, profile);
        sheet.out.write_record(kind.columns())?;
        sheet.finish()
    }

    /// Hands everything to the writer.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }

    pub(super) fn end_row(&mut self) -> io::Result<()> {
        Ok(self.out.write_record(None::<&[u8]>)?)
    }

    /// Writes a cell, guarded and cut as the profile asks.
    pub(super) fn text(&mut self, cell: &str) -> io::Result<()> {
        if self.profile == Profile::Exact || !runs(cell) && cell.len() <= MAX_CELL {
            return Ok(self.out.write_field(cell)?);
        }
        Ok(self.out.write_field(guarded(cell))?)
    }

    pub(super) fn option(&mut self, cell: Option<impl AsRef<str>>) -> io::Result<()> {
        self.text(cell.as_ref().map_or("", AsRef::as_ref))
    }

    pub(super) fn number(&mut self, number: u64) -> io::Result<()> {
        // A number begins with a digit: no spreadsheet runs it. Formatting it by hand costs a fifth of `Display`.
        const LONGEST: usize = 20;
        let mut digits = [b'0'; LONGEST];
        let (mut rest, mut first) = (number, LONGEST);
        while rest > 0 || first == LONGEST {
            first -= 1;
            digits[first] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        Ok(self.out.write_field(&digits[first..])?)
    }

    pub(super) fn flag(&mut self, flag: bool) -> io::Result<()> {
        self.text(if flag { "true" } else { "false" })
    }

    /// Writes a value as it is shown; a blank cell where there is none.
    pub(super) fn shown(&mut self, value: Option<impl Display>) -> io::Result<()> {
        let mut cell = std::mem::take(&mut self.cell);
        cell.clear();
        if let Some(value) = value {
            let _ = write!(cell, "{value}");
        }
        let written = self.text(&cell);
        self.cell = cell;
        written
    }

    /// Writes a list into one cell.
    pub(super) fn list<'i>(&mut self, items: impl Iterator<Item = &'i str>) -> io::Result<()> {
        let mut cell = std::mem::take(&mut self.cell);
        cell.clear();
        for item in items {
            if !cell.is_empty() {
                cell.push_str("; ");
            }
            cell.push_str(item);
        }
        let written = self.text(&cell);
        self.cell = cell;
        written
    }
}

/// Whether a spreadsheet would run the cell, or take its first character for the guard.
fn runs(cell: &str) -> bool {
    matches!(cell.as_bytes().first(), Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | 0 | b'\''))
}

/// The cell with its guard, cut where it is longer than a spreadsheet's cell may be.
fn guarded(cell: &str) -> String {
    let guard = if runs(cell) { "'" } else { "" };
    let units = |text: &str| -> usize { text.chars().map(char::len_utf16).sum() };
    if units(cell) + guard.len() <= MAX_CELL {
        return format!("{guard}{cell}");
    }
    let mut room = MAX_CELL - guard.len() - units(CUT);
    let fits = |(_, c): &(usize, char)| {
        let fits = c.len_utf16() <= room;
        room = room.saturating_sub(c.len_utf16());
        !fits
    };
    let end = cell.char_indices().find(fits).map_or(cell.len(), |(at, _)| at);
    format!("{guard}{}{CUT}", &cell[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(profile: Profile, cells: &[&str]) -> String {
        let mut bytes = Vec::new();
        let mut sheet = Sheet::new(&mut bytes, profile);
        cells.iter().for_each(|cell| sheet.text(cell).unwrap());
        sheet.end_row().unwrap();
        sheet.finish().unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn cells_by_profile() {
        for (cell, spreadsheet, exact) in [
            ("plain", "plain", "plain"),
            ("", "\"\"", "\"\""),
            ("a,b", "\"a,b\"", "\"a,b\""),
            ("a \"b\"", "\"a \"\"b\"\"\"", "\"a \"\"b\"\"\""),
            ("two\nlines", "\"two\nlines\"", "\"two\nlines\""),
            ("=1+1", "'=1+1", "=1+1"),
            ("+1", "'+1", "+1"),
            ("-1", "'-1", "-1"),
            ("@sum", "'@sum", "@sum"),
            ("\tx", "'\tx", "\tx"),
            ("\rx", "\"'\rx\"", "\"\rx\""),
            ("\0x", "'\0x", "\0x"),
            ("'quoted'", "''quoted'", "'quoted'"),
            (" =1", " =1", " =1"),
            ("a=1", "a=1", "a=1"),
        ] {
            assert_eq!(written(Profile::Spreadsheet, &[cell]), format!("{spreadsheet}\r\n"), "{cell:?}");
            assert_eq!(written(Profile::Exact, &[cell]), format!("{exact}\n"), "{cell:?}");
        }
        assert_eq!(written(Profile::Exact, &["a", "", "b"]), "a,,b\n");
    }

    /// Taking one `'` off each cell that begins with one gives every cell back.
    #[test]
    fn the_guard_can_be_undone() {
        for cell in ["=x", "'=x", "''=x", "'", "'x", "x'", "-", "@"] {
            let guarded = if runs(cell) { guarded(cell) } else { cell.to_string() };
            assert_eq!(guarded.strip_prefix('\'').unwrap_or(&guarded), cell);
        }
    }

    #[test]
    fn long_cells_are_cut_and_marked_for_spreadsheets() {
        let units = |text: &str| text.encode_utf16().count();
        for (cell, is_cut) in [
            ("x".repeat(MAX_CELL), false),
            ("é".repeat(MAX_CELL), false),
            ("x".repeat(MAX_CELL + 1), true),
            ("💡".repeat(MAX_CELL), true),
            (format!("={}", "x".repeat(MAX_CELL - 2)), false),
            (format!("={}", "x".repeat(MAX_CELL - 1)), true),
        ] {
            let line = written(Profile::Spreadsheet, &[&cell]);
            let found = line.trim_end_matches("\r\n");
            assert_eq!(found.ends_with(CUT), is_cut);
            assert!(units(found) <= MAX_CELL && units(found) >= MAX_CELL - 1, "{}", units(found));
            assert_eq!(written(Profile::Exact, &[&cell]).trim_end(), cell);
        }
    }

    #[test]
    fn headers() {
        for kind in SheetKind::ALL {
            let (mut spreadsheet, mut exact) = (Vec::new(), Vec::new());
            Sheet::write_header(&mut spreadsheet, kind, Profile::Spreadsheet).unwrap();
            Sheet::write_header(&mut exact, kind, Profile::Exact).unwrap();
            let columns = kind.columns().join(",");
            assert_eq!(String::from_utf8(spreadsheet).unwrap(), format!("\u{feff}{columns}\r\n"));
            assert_eq!(String::from_utf8(exact).unwrap(), format!("{columns}\n"));
        }
    }
}
