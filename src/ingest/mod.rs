//! Bytes to documents: decoding, front matter, and when a text was published. No file system.

mod date;
mod decode;
mod front;

pub use date::{date_in_name, find_published, read_date};
pub use decode::{Encoding, Refusal, decode};
pub use front::{FrontMatter, read_front_matter};

use crate::timex::DateOrder;
use jiff::civil::Date;

/// Which source gave the publication date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PublishedFrom {
    /// The metadata table.
    Metadata,
    /// YAML or TOML above the text.
    FrontMatter,
    /// The elements of a web page.
    Html,
    /// `SAN FRANCISCO, April 3, 2012 —`.
    Dateline,
    /// A byline, a line `Published:` or `Updated:`, a date alone on a line.
    Byline,
    /// `2012-04-03-title.md`.
    FileName,
    /// The option for all documents.
    Option,
}

impl PublishedFrom {
    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            PublishedFrom::Metadata => "metadata",
            PublishedFrom::FrontMatter => "front matter",
            PublishedFrom::Html => "html",
            PublishedFrom::Dateline => "dateline",
            PublishedFrom::Byline => "byline",
            PublishedFrom::FileName => "file name",
            PublishedFrom::Option => "option",
        }
    }
}

/// What is known of a document from outside its bytes.
#[derive(Clone, Debug, Default)]
pub struct Outside<'a> {
    /// The name of its file, without folders.
    pub file_name: &'a str,
    /// Its row of the metadata table.
    pub metadata: Option<&'a Metadata>,
    /// The publication date to take where there is no other.
    pub published: Option<Date>,
    /// How to read dates of numbers alone.
    pub date_order: Option<DateOrder>,
}

/// A row of the metadata table. A blank cell is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// When the document was published.
    pub published: Option<Date>,
    /// Its title.
    pub title: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Where it was published.
    pub source: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
}

/// A text ready to be annotated, with what is known of it.
#[derive(Clone, Debug, Default)]
pub struct Ingested {
    /// The text, front matter and byte-order mark left out, otherwise as it was.
    pub text: String,
    /// From the metadata or the front matter. The headings of the text are another layer's.
    pub title: Option<String>,
    /// From the metadata or the front matter.
    pub author: Option<String>,
    /// From the metadata or the front matter.
    pub source: Option<String>,
    /// From the metadata or the front matter.
    pub url: Option<String>,
    /// When it was published, and how that is known.
    pub published: Option<(Date, PublishedFrom)>,
    /// What a user should know of how it was read.
    pub note: Option<String>,
}

/// Reads a document from its bytes.
///
/// # Errors
/// Those of [`decode`]; and where nothing follows the front matter.
pub fn ingest(bytes: Vec<u8>, outside: &Outside<'_>) -> Result<Ingested, Refusal> {
    let (mut text, encoding) = decode(bytes)?;
    let front = read_front_matter(&text).unwrap_or_default();
    if front.end > 0 {
        text.drain(..front.end);
        if text.trim().is_empty() {
            return Err(Refusal::Blank);
        }
    }
    let metadata = outside.metadata;
    let field = |cell: Option<&String>, keys: &[&str]| cell.cloned().or_else(|| front.value(keys).map(str::to_string));
    let mut notes = Vec::new();
    if encoding == Encoding::Windows1252 {
        notes.push("read as Windows-1252: it is no valid UTF-8".to_string());
    }
    notes.extend(front.mistake.clone());
    Ok(Ingested {
        title: field(metadata.and_then(|row| row.title.as_ref()), &["title"]),
        author: field(metadata.and_then(|row| row.author.as_ref()), &["author", "authors", "byline"]),
        source: field(metadata.and_then(|row| row.source.as_ref()), &["source", "publisher", "publication"]),
        url: field(metadata.and_then(|row| row.url.as_ref()), &["url", "canonical_url", "link"]),
        published: published(&text, &front, outside),
        note: (!notes.is_empty()).then(|| notes.join("; ")),
        text,
    })
}

/// The publication date by the first source that has one.
fn published(text: &str, front: &FrontMatter, outside: &Outside<'_>) -> Option<(Date, PublishedFrom)> {
    const KEYS: [&str; 6] = ["date", "published", "publishdate", "pubdate", "publication_date", "published_at"];
    let order = outside.date_order;
    let metadata = outside.metadata.and_then(|row| row.published).map(|date| (date, PublishedFrom::Metadata));
    let in_front = || {
        let dates = KEYS.iter().filter_map(|key| front.value(&[key]));
        dates.filter_map(|value| read_date(value, order)).next().map(|date| (date, PublishedFrom::FrontMatter))
    };
    metadata
        .or_else(in_front)
        .or_else(|| find_published(text, order))
        .or_else(|| date_in_name(outside.file_name).map(|date| (date, PublishedFrom::FileName)))
        .or_else(|| outside.published.map(|date| (date, PublishedFrom::Option)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_first_source_of_a_date_wins() {
        let row = Metadata { published: Some(date(2001, 1, 1)), ..Metadata::default() };
        let undated = Metadata { title: Some("T".into()), ..Metadata::default() };
        let option = Some(date(2009, 9, 9));
        let dateline = "---\ntitle: x\ndate: 2002-02-02\n---\nPARIS, March 3, 2003 — Text.\n";
        for (text, metadata, file_name, expected) in [
            (dateline, Some(&row), "2005-05-05.md", ("2001-01-01", "metadata")),
            (dateline, Some(&undated), "2005-05-05.md", ("2002-02-02", "front matter")),
            (&dateline[32..], None, "2005-05-05.md", ("2003-03-03", "dateline")),
            ("Published: 2004-04-04\n\nText.", None, "2005-05-05.md", ("2004-04-04", "byline")),
            ("Text.", None, "2005-05-05.md", ("2005-05-05", "file name")),
            ("Text.", None, "a.md", ("2009-09-09", "option")),
        ] {
            let outside = Outside { file_name, metadata, published: option, date_order: None };
            let (date, from) = ingest(text.into(), &outside).unwrap().published.unwrap();
            assert_eq!((date.to_string().as_str(), from.name()), expected, "{text:?}");
        }
    }

    #[test]
    fn front_matter_is_no_text() {
        let outside = Outside::default();
        let ingested = ingest(b"---\ntitle: A\nauthor: Kit\n---\nText.".to_vec(), &outside).unwrap();
        assert_eq!((ingested.text.as_str(), ingested.title.as_deref()), ("Text.", Some("A")));
        assert_eq!(ingested.author.as_deref(), Some("Kit"));
        assert_eq!(ingest(b"---\ntitle: A\n---\n\n".to_vec(), &outside).unwrap_err(), Refusal::Blank);
        let ingested = ingest(b"caf\xe9".to_vec(), &outside).unwrap();
        assert!(ingested.note.unwrap().contains("Windows-1252"));
    }
}
