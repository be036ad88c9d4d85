//! `entities.csv`: the distinct entities of a run, counted.

use super::Findings;
use super::sheet::Sheet;
use crate::gazetteer::{EntityType, EntryId, Gazetteer};
use crate::mention::one_line;
use crate::span::Span;
use jiff::civil::Date;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The entities of one document, to be added to those of the run.
#[derive(Clone, Debug, Default)]
pub struct EntityCounts {
    published: Option<Date>,
    counts: Vec<EntityCount>,
}

#[derive(Clone, Debug)]
struct EntityCount {
    key: EntityKey,
    /// The fullest name in the document, for one that no dictionary has.
    canonical: Option<String>,
    /// Its names as written, with how often each stands.
    forms: Vec<(String, u64)>,
    /// Sentences that name it, for one that no dictionary has.
    examples: Vec<Example>,
}

#[derive(Clone, Debug)]
struct Example {
    span: Span,
    /// On one line, cut where it is long.
    line: String,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum EntityKey {
    /// A row of a dictionary.
    Entry(EntryId),
    /// The id of a name that no dictionary has.
    Unknown(EntityType, String),
}

impl EntityCounts {
    /// Counts the entities of a document.
    pub fn of(findings: &Findings<'_>) -> EntityCounts {
        let mentions = &findings.annotations.mentions;
        let mut forms: Vec<Vec<(Cow<'_, str>, u64)>> = vec![Vec::new(); mentions.entities.len()];
        let mut places: Vec<Vec<usize>> = vec![Vec::new(); mentions.entities.len()];
        for mention in &mentions.mentions {
            let id = mention.entity.index();
            let (Some(forms), Some(places)) = (forms.get_mut(id), places.get_mut(id)) else { continue };
            if mentions.entities[id].entry.is_none() && places.len() < EXAMPLES {
                places.extend(findings.sentence(mention.span.start()).filter(|place| places.last() != Some(place)));
            }
            let form = one_line(mention.span.of(findings.text()));
            match forms.iter_mut().find(|(known, _)| *known == form) {
                Some((_, count)) => *count += 1,
                None => forms.push((form, 1)),
            }
        }
        let counted = mentions.entities.iter().zip(&findings.entities).zip(forms.into_iter().zip(places));
        let counts = counted.filter(|(_, (forms, _))| !forms.is_empty()).map(|((entity, label), (forms, places))| {
            let forms = forms.into_iter().map(|(form, count)| (form.into_owned(), count)).collect();
            let (key, canonical) = match entity.entry {
                Some(entry) => (EntityKey::Entry(entry), None),
                None => {
                    let key = EntityKey::Unknown(entity.entity_type, label.id.to_string());
                    (key, Some(label.canonical.to_string()))
                }
            };
            let sentence = |place: usize| example(findings.text(), findings.annotations.sentences[place].span);
            EntityCount { key, canonical, forms, examples: places.into_iter().map(sentence).collect() }
        });
        EntityCounts { published: findings.published(), counts: counts.collect() }
    }

    /// Appends the counts to `bytes`, for a later run of the same program with the same dictionaries.
    pub fn encode(&self, bytes: &mut Vec<u8>) {
        push_text(&self.published.map_or(String::new(), |date| date.to_string()), bytes);
        push_number(self.counts.len(), bytes);
        for count in &self.counts {
            match &count.key {
                EntityKey::Entry(entry) => push_number(entry.index(), bytes),
                EntityKey::Unknown(entity_type, id) => {
                    push_number(UNKNOWN - *entity_type as usize, bytes);
                    push_text(id, bytes);
                    push_text(count.canonical.as_deref().unwrap_or(""), bytes);
                }
            }
            push_number(count.forms.len(), bytes);
            for (form, number) in &count.forms {
                push_text(form, bytes);
                push_number(*number as usize, bytes);
            }
            push_number(count.examples.len(), bytes);
            for example in &count.examples {
                push_number(example.span.start(), bytes);
                push_number(example.span.end(), bytes);
            }
        }
    }

    /// Reads what [`EntityCounts::encode`] has written of a document with this text. `None` where the bytes are
    /// anything else.
    pub fn decode(mut bytes: &[u8], text: &str, gazetteer: &Gazetteer) -> Option<EntityCounts> {
        let rest = &mut bytes;
        let published = take_text(rest)?;
        let published = if published.is_empty() { None } else { Some(published.parse().ok()?) };
        let entries = gazetteer.entries().len();
        let number = take_number(rest)?;
        let mut counts = Vec::new();
        for _ in 0..number {
            let key = take_number(rest)?;
            let (key, canonical) = match EntityType::ALL.get(UNKNOWN - key.min(UNKNOWN)) {
                Some(entity_type) => {
                    (EntityKey::Unknown(*entity_type, take_text(rest)?.to_string()), Some(take_text(rest)?.to_string()))
                }
                None if key < entries => (EntityKey::Entry(EntryId::new(key)), None),
                None => return None,
            };
            let mut forms = Vec::new();
            for _ in 0..take_number(rest)? {
                forms.push((take_text(rest)?.to_string(), take_number(rest)? as u64));
            }
            let mut examples = Vec::new();
            for _ in 0..take_number(rest)? {
                let (start, end) = (take_number(rest)?, take_number(rest)?);
                text.get(start..end)?;
                examples.push(example(text, Span::new(start, end)));
            }
            counts.push(EntityCount { key, canonical, forms, examples });
        }
        rest.is_empty().then_some(EntityCounts { published, counts })
    }
}

/// In place of the number of an entry: a name that no dictionary has, less the number of its type.
const UNKNOWN: usize = u32::MAX as usize;

/// Numbers are below 2³²: a text has no more bytes, and so no more of anything.
fn push_number(number: usize, bytes: &mut Vec<u8>) {
    bytes.extend((number as u32).to_le_bytes());
}

fn push_text(text: &str, bytes: &mut Vec<u8>) {
    push_number(text.len(), bytes);
    bytes.extend(text.as_bytes());
}

fn take_number(bytes: &mut &[u8]) -> Option<usize> {
    let (number, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(u32::from_le_bytes(*number) as usize)
}

fn take_text<'b>(bytes: &mut &'b [u8]) -> Option<&'b str> {
    let len = take_number(bytes)?;
    let (text, rest) = bytes.split_at_checked(len)?;
    *bytes = rest;
    std::str::from_utf8(text).ok()
}

/// How many example sentences are kept of a name that no dictionary has.
const EXAMPLES: usize = 3;

fn example(text: &str, span: Span) -> Example {
    const LONGEST: usize = 300;
    let line = one_line(span.of(text));
    let line = match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} …", line[..end].trim_end()),
        None => line.into_owned(),
    };
    Example { span, line }
}

/// The entities of a run. Grows with the number of distinct names only.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    documents: u64,
    rows: BTreeMap<EntityKey, EntityRow>,
}

#[derive(Clone, Debug, Default)]
struct EntityRow {
    mentions: u64,
    documents: u64,
    /// The number of the last document that was counted.
    counted: u64,
    first: Option<Date>,
    last: Option<Date>,
    /// Full names, for one that no dictionary has, with how often each is meant.
    canonical: BTreeMap<String, u64>,
    forms: BTreeMap<String, u64>,
    examples: Vec<String>,
}

/// A name that no dictionary has, as the run saw it.
pub(super) struct Unknown<'a> {
    pub entity_type: EntityType,
    pub canonical: &'a str,
    pub mentions: u64,
    pub documents: u64,
    /// Sentences that name it, the first of the run.
    pub examples: &'a [String],
    forms: &'a BTreeMap<String, u64>,
}

impl Unknown<'_> {
    /// Its names as written, the most frequent first.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        by_frequency(self.forms)
    }
}

impl Entities {
    /// Adds the entities of the next document.
    pub fn add(&mut self, document: EntityCounts) {
        self.documents += 1;
        for count in document.counts {
            let row = self.rows.entry(count.key).or_default();
            let mentions: u64 = count.forms.iter().map(|(_, number)| number).sum();
            row.mentions += mentions;
            if row.counted != self.documents {
                row.documents += 1;
                row.counted = self.documents;
            }
            if let Some(date) = document.published {
                row.first = Some(row.first.map_or(date, |first| first.min(date)));
                row.last = Some(row.last.map_or(date, |last| last.max(date)));
            }
            if let Some(canonical) = count.canonical {
                *row.canonical.entry(canonical).or_default() += mentions;
            }
            for (form, number) in count.forms {
                *row.forms.entry(form).or_default() += number;
            }
            let room = EXAMPLES - row.examples.len();
            row.examples.extend(count.examples.into_iter().take(room).map(|example| example.line));
        }
    }

    /// The names that no dictionary has, the most mentioned first, then by id.
    pub(super) fn unknown(&self) -> Vec<Unknown<'_>> {
        let mut rows: Vec<_> = self.rows.iter().filter(|(key, _)| matches!(key, EntityKey::Unknown(..))).collect();
        rows.sort_by_key(|(key, row)| (Reverse(row.mentions), *key));
        let unknown = rows.into_iter().filter_map(|(key, row)| match key {
            EntityKey::Entry(_) => None,
            EntityKey::Unknown(entity_type, _) => Some(Unknown {
                entity_type: *entity_type,
                canonical: most_frequent(&row.canonical),
                mentions: row.mentions,
                documents: row.documents,
                examples: &row.examples,
                forms: &row.forms,
            }),
        });
        unknown.collect()
    }

    /// How many distinct entities there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// Writes the rows of the sheet of entities, the most mentioned first, then by id.
///
/// # Errors
/// Those of the writer.
pub fn write_entities<W: Write>(entities: &Entities, gazetteer: &Gazetteer, sheet: &mut Sheet<W>) -> io::Result<()> {
    let id = |key: &EntityKey| match key {
        EntityKey::Entry(entry) => gazetteer.entry(*entry).id.to_string(),
        EntityKey::Unknown(_, id) => id.clone(),
    };
    let mut rows: Vec<(&EntityKey, &EntityRow)> = entities.rows.iter().collect();
    rows.sort_by_cached_key(|(key, row)| (Reverse(row.mentions), id(key)));
    for (key, row) in rows {
        let entry = match key {
            EntityKey::Entry(entry) => Some(gazetteer.entry(*entry)),
            EntityKey::Unknown(..) => None,
        };
        let (entity_type, canonical) = match (entry, key) {
            (Some(entry), _) => (entry.entity_type, entry.name),
            (None, EntityKey::Unknown(entity_type, _)) => (*entity_type, most_frequent(&row.canonical)),
            (None, EntityKey::Entry(_)) => continue,
        };
        sheet.text(&id(key))?;
        sheet.text(entity_type.name())?;
        sheet.text(canonical)?;
        sheet.flag(entry.is_some())?;
        sheet.number(row.mentions)?;
        sheet.number(row.documents)?;
        sheet.shown(row.first)?;
        sheet.shown(row.last)?;
        sheet.list(by_frequency(&row.forms))?;
        sheet.text(entry.and_then(|entry| entry.homepage).unwrap_or(""))?;
        sheet.text(entry.and_then(|entry| entry.ticker).unwrap_or(""))?;
        sheet.end_row()?;
    }
    Ok(())
}

/// The names, the most frequent first, then by their letters.
fn by_frequency(names: &BTreeMap<String, u64>) -> impl Iterator<Item = &str> {
    let mut names: Vec<(&String, &u64)> = names.iter().collect();
    names.sort_by_key(|(_, count)| Reverse(**count));
    names.into_iter().map(|(name, _)| name.as_str())
}

fn most_frequent(names: &BTreeMap<String, u64>) -> &str {
    by_frequency(names).next().unwrap_or("")
}
