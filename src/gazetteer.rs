//! The compiled names of companies, products, people and organisations.

use crate::error::Error;
use crate::lexicon::{Row, Source, read_csv};
use crate::phrase::{PhraseBuilder, PhraseId};
use crate::span::Span;
use crate::token::tokenize;
use crate::vocabulary::{Vocabulary, WordSet};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What a named thing is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum EntityType {
    /// A business.
    Company,
    /// A product, service, project, language, device.
    Product,
    /// A human being.
    Person,
    /// Any other named body.
    Organization,
}

impl EntityType {
    /// All types, in the order of their dictionaries.
    pub const ALL: [EntityType; 4] =
        [EntityType::Company, EntityType::Product, EntityType::Person, EntityType::Organization];

    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            EntityType::Company => "company",
            EntityType::Product => "product",
            EntityType::Person => "person",
            EntityType::Organization => "organization",
        }
    }
}

/// How likely a form names something else.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Risk {
    /// Distinctive: accepted.
    #[default]
    Low,
    /// Accepted unless a block word stands beside it.
    Medium,
    /// An ordinary word or name: accepted with context only.
    High,
}

/// The number of a dictionary entry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EntryId(u32);

impl EntryId {
    /// The entry at a place in the gazetteer.
    pub(crate) fn new(index: usize) -> EntryId {
        EntryId(index as u32)
    }

    /// The place in the gazetteer.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A dictionary row: a thing with names.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The row's id, unique over all dictionaries.
    pub id: String,
    /// The canonical name.
    pub name: String,
    /// What it is.
    pub entity_type: EntityType,
    /// The maker of a product, the owner of a company.
    pub parent: Option<EntryId>,
    /// `m` or `f` for a person where known.
    pub gender: Option<char>,
    /// Words of which one in the document speaks for a form of high risk.
    pub context: Vec<PhraseId>,
    /// Words that veto a form that they stand beside.
    pub block: Vec<PhraseId>,
    /// The homepage, where known.
    pub homepage: Option<String>,
    /// `EXCHANGE:SYMBOL`, where known.
    pub ticker: Option<String>,
    /// Which of the sources that were read holds the row.
    pub source: u32,
    /// Where the row stands in it.
    pub line: u64,
}

/// A name of an entry, with its own rules.
#[derive(Clone, Debug)]
pub struct Form {
    /// The thing named.
    pub entry: EntryId,
    /// The name as the dictionary writes it.
    pub text: String,
    /// The tokens of `text`.
    words: Vec<FormWord>,
    /// Whether only this case counts.
    pub exact: bool,
    /// How likely it names something else.
    pub risk: Risk,
    /// The lower wins where nothing else decides.
    pub rank: u8,
    /// The first day that the form names the thing.
    pub from: Option<Date>,
    /// The first day that it no longer does.
    pub until: Option<Date>,
}

#[derive(Clone, Copy, Debug)]
struct FormWord {
    span: Span,
    spaced: bool,
}

/// All names, by phrase.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    forms: Vec<Form>,
    /// By phrase number: the first of its forms in `order`, and one past the last.
    by_phrase: BTreeMap<PhraseId, Vec<u32>>,
    /// First words of the names of people, to tell a given name.
    person_words: WordSet,
}

/// The columns of `companies.csv`.
pub const COMPANY_COLUMNS: [&str; 13] = [
    "id", "name", "aliases", "parent", "risk", "context", "block", "rank", "from", "until", "ticker", "cik", "homepage",
];
/// The columns of `products.csv` and `organizations.csv`.
pub const PRODUCT_COLUMNS: [&str; 11] =
    ["id", "name", "aliases", "parent", "risk", "context", "block", "rank", "from", "until", "homepage"];
/// The columns of `people.csv`.
pub const PERSON_COLUMNS: [&str; 10] =
    ["id", "name", "aliases", "gender", "risk", "context", "block", "rank", "from", "until"];

impl Gazetteer {
    /// An entry.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.index()]
    }

    /// All entries, in the order of the dictionaries.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// All forms, in the order of the dictionaries.
    pub fn all_forms(&self) -> &[Form] {
        &self.forms
    }

    /// The forms that a phrase may be, by rank.
    pub fn forms(&self, phrase: PhraseId) -> impl Iterator<Item = &Form> {
        self.by_phrase.get(&phrase).into_iter().flatten().map(|form| &self.forms[*form as usize])
    }

    /// Reads the dictionaries of names, each with the type of its rows.
    ///
    /// # Errors
    /// A doubled id, an unknown risk, attribute, date or parent, a name without words: with the file and line.
    pub fn read(
        sources: &[(EntityType, Source<'_>)],
        vocabulary: &mut Vocabulary,
        phrases: &mut PhraseBuilder,
    ) -> Result<Gazetteer, Error> {
        let mut gazetteer = Gazetteer::default();
        let mut ids: BTreeMap<String, EntryId> = BTreeMap::new();
        let mut parents = Vec::new();
        for (number, (entity_type, source)) in sources.iter().enumerate() {
            for row in read_csv(*source, columns(*entity_type))? {
                let id = EntryId(gazetteer.entries.len() as u32);
                let reader = RowReader { source: *source, number: number as u32, row: &row, entity_type: *entity_type };
                let entry = reader.entry(vocabulary, phrases)?;
                if ids.insert(entry.id.clone(), id).is_some() {
                    return Err(reader.error(format!("the id `{}` stands twice", entry.id)));
                }
                let parent = reader.optional("parent");
                if let Some(parent) = parent {
                    parents.push((id, parent.to_string(), source.name.to_string(), row.line));
                }
                gazetteer.entries.push(entry);
                reader.forms(id, vocabulary, phrases, &mut gazetteer)?;
            }
        }
        for (id, parent, file, line) in parents {
            match ids.get(&parent) {
                Some(parent) => gazetteer.entries[id.index()].parent = Some(*parent),
                None => {
                    return Err(Error::dictionary(&file, line, format!("no row has the id `{parent}` of the parent")));
                }
            }
        }
        for forms in gazetteer.by_phrase.values_mut() {
            forms.sort_by_key(|form| (gazetteer.forms[*form as usize].rank, *form));
        }
        Ok(gazetteer)
    }

    /// Whether the word begins a person's name in the dictionary.
    pub fn begins_person(&self, word: crate::token::WordId) -> bool {
        self.person_words.holds(word)
    }
}

impl Form {
    /// Whether the form holds on a day; without a day only forms that still hold, or never had an end, do.
    pub fn holds_on(&self, day: Option<Date>) -> bool {
        match day {
            Some(day) => self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until),
            None => true,
        }
    }

    /// Compares the form with words of a text (`spans`, one for each word of the form), case and spacing considered.
    pub fn matches(&self, text: &str, spans: impl Iterator<Item = (Span, bool)>) -> bool {
        let mut count = 0;
        for ((span, spaced), word) in spans.zip(&self.words) {
            count += 1;
            if count > 1 && spaced != word.spaced {
                return false;
            }
            if is_possessive(span.of(text)) != is_possessive(word.span.of(&self.text)) {
                return false;
            }
            if !same_word(span.of(text), word.span.of(&self.text), self.exact) {
                return false;
            }
        }
        count == self.words.len()
    }
}

fn is_possessive(word: &str) -> bool {
    word.ends_with("'s") || word.ends_with("’s")
}

/// Whether a word of a text is the dictionary's: accents and apostrophes apart, in a case that the form allows.
fn same_word(text: &str, form: &str, exact: bool) -> bool {
    if text == form {
        return true;
    }
    if exact && text.is_ascii() && form.is_ascii() {
        return false;
    }
    // The letters are equal when folded (the phrase matched); what is left is the case.
    let upper = |word: &str| word.chars().filter(|c| c.is_alphabetic()).all(|c| !c.is_lowercase());
    let first = |word: &str| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    if exact {
        return upper(text) == upper(form) && first(text) == first(form);
    }
    upper(text) && text.len() > 1 || first(text) || !first(form) && !form.chars().any(char::is_uppercase)
}

/// The columns of the dictionary of a type.
pub fn columns(entity_type: EntityType) -> &'static [&'static str] {
    match entity_type {
        EntityType::Company => &COMPANY_COLUMNS,
        EntityType::Person => &PERSON_COLUMNS,
        EntityType::Product | EntityType::Organization => &PRODUCT_COLUMNS,
    }
}

struct RowReader<'a> {
    source: Source<'a>,
    number: u32,
    row: &'a Row,
    entity_type: EntityType,
}

impl<'a> RowReader<'a> {
    fn error(&self, message: impl Into<String>) -> Error {
        Error::dictionary(self.source.name, self.row.line, message)
    }

    fn cell(&self, column: &str) -> &'a str {
        columns(self.entity_type).iter().position(|name| *name == column).map_or("", |i| self.row.cell(i))
    }

    fn optional(&self, column: &str) -> Option<&'a str> {
        Some(self.cell(column)).filter(|cell| !cell.is_empty())
    }

    fn list(&self, column: &str) -> impl Iterator<Item = &'a str> {
        self.cell(column).split('|').map(str::trim).filter(|entry| !entry.is_empty())
    }

    fn entry(&self, vocabulary: &mut Vocabulary, phrases: &mut PhraseBuilder) -> Result<Entry, Error> {
        if self.cell("id").is_empty() || self.cell("name").is_empty() {
            return Err(self.error("a row needs an id and a name"));
        }
        let owned = |column: &str| self.optional(column).map(str::to_string);
        Ok(Entry {
            id: self.cell("id").to_string(),
            name: self.cell("name").to_string(),
            entity_type: self.entity_type,
            parent: None,
            gender: self.cell("gender").chars().next(),
            context: self.list("context").filter_map(|words| phrases.add(vocabulary, words)).collect(),
            block: self.list("block").filter_map(|words| phrases.add(vocabulary, words)).collect(),
            homepage: owned("homepage"),
            ticker: owned("ticker"),
            source: self.number,
            line: self.row.line,
        })
    }

    fn forms(
        &self,
        entry: EntryId,
        vocabulary: &mut Vocabulary,
        phrases: &mut PhraseBuilder,
        gazetteer: &mut Gazetteer,
    ) -> Result<(), Error> {
        let mut row = Form {
            entry,
            text: String::new(),
            words: Vec::new(),
            exact: false,
            risk: Risk::Low,
            rank: 1,
            from: None,
            until: None,
        };
        for (column, word) in [("risk", ""), ("rank", "rank "), ("from", "from "), ("until", "until ")] {
            if let Some(value) = self.optional(column) {
                self.attribute(&format!("{word}{value}"), &mut row)?;
            }
        }
        for alias in std::iter::once(self.cell("name")).chain(self.list("aliases")) {
            let (text, attributes) = match alias.strip_suffix(']').and_then(|open| open.rsplit_once(" [")) {
                Some((text, attributes)) => (text.trim(), attributes),
                None => (alias, ""),
            };
            let mut form = Form { text: text.to_string(), ..row.clone() };
            for attribute in attributes.split(';').map(str::trim).filter(|attribute| !attribute.is_empty()) {
                self.attribute(attribute, &mut form)?;
            }
            let mut tokens = Vec::new();
            tokenize(text, 0, text.len(), &mut tokens);
            form.words = tokens.iter().map(|token| FormWord { span: token.span, spaced: token.is_spaced() }).collect();
            let Some(phrase) = phrases.add(vocabulary, text) else {
                return Err(self.error(format!("`{text}` has no word to match")));
            };
            if self.entity_type == EntityType::Person {
                gazetteer.person_words.insert(vocabulary.intern(tokens[0].span.of(text)));
            }
            gazetteer.by_phrase.entry(phrase).or_default().push(gazetteer.forms.len() as u32);
            gazetteer.forms.push(form);
        }
        Ok(())
    }

    /// Applies one attribute of a form: `exact`, a risk, `from DATE`, `until DATE` or `rank N`.
    fn attribute(&self, attribute: &str, form: &mut Form) -> Result<(), Error> {
        let bad = || self.error(format!("`{attribute}` is no attribute of a name"));
        match attribute.split_once(' ') {
            None => match attribute {
                "exact" => form.exact = true,
                "low" => form.risk = Risk::Low,
                "medium" => form.risk = Risk::Medium,
                "high" => form.risk = Risk::High,
                _ => return Err(bad()),
            },
            Some(("from", date)) => form.from = Some(self.date(date)?),
            Some(("until", date)) => form.until = Some(self.date(date)?),
            Some(("rank", rank)) => form.rank = rank.trim().parse().map_err(|_| bad())?,
            Some(_) => return Err(bad()),
        }
        Ok(())
    }

    /// The first day of an ISO date, month or year.
    fn date(&self, text: &str) -> Result<Date, Error> {
        let text = text.trim();
        let full = match text.len() {
            4 => format!("{text}-01-01"),
            7 => format!("{text}-01"),
            _ => text.to_string(),
        };
        full.parse().map_err(|_| self.error(format!("`{text}` is no date")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &str) -> Result<Gazetteer, Error> {
        let text = format!("{}\n{rows}\n", COMPANY_COLUMNS.join(","));
        let sources = [(EntityType::Company, Source { name: "companies.csv", text: &text })];
        Gazetteer::read(&sources, &mut Vocabulary::default(), &mut PhraseBuilder::default())
    }

    #[test]
    fn mistakes_name_their_line() {
        for (rows, expected) in [
            ("a,Acme,,,,,,,,,,,\na,Bolt,,,,,,,,,,,", "companies.csv:3: the id `a` stands twice"),
            ("a,Acme,,b,,,,,,,,,", "companies.csv:2: no row has the id `b` of the parent"),
            ("a,Acme,,,odd,,,,,,,,", "companies.csv:2: `odd` is no attribute of a name"),
            ("a,Acme,Ac [until never],,,,,,,,,,", "companies.csv:2: `never` is no date"),
            ("a,,,,,,,,,,,,", "companies.csv:2: a row needs an id and a name"),
        ] {
            assert_eq!(read(rows).unwrap_err().to_string(), expected, "{rows}");
        }
    }

    #[test]
    fn forms_carry_their_attributes() {
        let gazetteer =
            read("meta,Meta Platforms,Facebook [until 2021-10-28]|Meta [from 2021; high; rank 2],,medium,,,,,,,,")
                .unwrap();
        let forms = &gazetteer.forms;
        assert_eq!(forms[0].risk, Risk::Medium);
        assert_eq!(forms[1].until, Some("2021-10-28".parse().unwrap()));
        assert_eq!((forms[2].risk, forms[2].rank, forms[2].from), (Risk::High, 2, Some("2021-01-01".parse().unwrap())));
        assert!(!forms[1].holds_on(Some("2021-10-28".parse().unwrap())));
    }

    #[test]
    fn words_are_compared_with_their_case() {
        for (text, form, exact, expected) in [
            ("eBay", "eBay", false, true),
            ("EBay", "eBay", false, true),
            ("EBAY", "eBay", false, true),
            ("ebay", "eBay", false, true),
            ("slack", "Slack", false, false),
            ("SLACK", "Slack", false, true),
            ("Swift", "SWIFT", true, false),
            ("Nestlé", "Nestle", false, true),
            ("Etcd", "etcd", false, true),
        ] {
            // A brand that begins in lower case is not known from an ordinary word by its case.
            let expected = expected && !(text == "ebay" && form == "eBay");
            assert_eq!(same_word(text, form, exact), expected, "{text} {form}");
        }
    }
}
