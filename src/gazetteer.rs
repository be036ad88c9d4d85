//! The compiled names of companies, products, people and organisations.

use crate::error::Error;
use crate::lexicon::{Row, Source, each_row};
use crate::phrase::{PhraseBuilder, PhraseId};
use crate::slots::{Slots, hash};
use crate::span::Span;
use crate::token::Token;
use crate::vocabulary::Vocabulary;
use jiff::civil::Date;

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
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The row's id, unique over all dictionaries.
    pub id: &'a str,
    /// The canonical name.
    pub name: &'a str,
    /// What it is.
    pub entity_type: EntityType,
    /// The maker of a product, the owner of a company.
    pub parent: Option<EntryId>,
    /// `m` or `f` for a person where known.
    pub gender: Option<char>,
    /// Words of which one in the document speaks for a form of high risk.
    pub context: &'a [PhraseId],
    /// Words that veto a form that they stand beside.
    pub block: &'a [PhraseId],
    /// The homepage, where known.
    pub homepage: Option<&'a str>,
    /// `EXCHANGE:SYMBOL`, where known.
    pub ticker: Option<&'a str>,
    /// Which of the sources that were read holds the row.
    pub source: u32,
    /// Where the row stands in it.
    pub line: u32,
}

/// A name of an entry, with its own rules.
#[derive(Clone, Copy, Debug)]
pub struct Form<'a> {
    /// The thing named.
    pub entry: EntryId,
    /// The name as the dictionary writes it.
    pub text: &'a str,
    /// The tokens of `text`.
    words: &'a [Span],
    /// When it names the thing, and how surely.
    rules: FormRules,
}

/// What a form demands.
#[derive(Clone, Copy, Debug)]
pub struct FormRules {
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

impl std::ops::Deref for Form<'_> {
    type Target = FormRules;

    fn deref(&self) -> &FormRules {
        &self.rules
    }
}

/// All names, by phrase. Texts, words and lists lie one after the other in a few long vectors: a million names are a
/// million rows, not millions of strings.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    /// The texts of all rows.
    letters: String,
    entries: Vec<EntryRow>,
    forms: Vec<FormRow>,
    /// The tokens of all forms, counted from the start of the form.
    words: Vec<Span>,
    /// The context and block words of all entries.
    lists: Vec<PhraseId>,
    /// Forms by phrase, then by rank.
    order: Vec<u32>,
    /// By phrase number: the first of its forms in `order`. The next phrase's is one past its last.
    by_phrase: Vec<u32>,
}

/// An entry; spans are into the letters of the gazetteer, empty ones for what is not known.
#[derive(Clone, Debug)]
struct EntryRow {
    id: Span,
    name: Span,
    homepage: Span,
    ticker: Span,
    /// Where the context words lie in the lists; the block words follow.
    context: (u32, u32),
    /// One past the last block word.
    block_end: u32,
    parent: Option<EntryId>,
    gender: Option<char>,
    entity_type: EntityType,
    source: u32,
    line: u32,
}

/// A form, its text in the letters of the gazetteer.
#[derive(Clone, Debug)]
struct FormRow {
    entry: EntryId,
    text: Span,
    /// Where its tokens lie in the words of the gazetteer.
    words: (u32, u32),
    rules: FormRules,
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
    pub fn entry(&self, id: EntryId) -> Entry<'_> {
        let row = &self.entries[id.index()];
        let known = |span: Span| Some(span.of(&self.letters)).filter(|text| !text.is_empty());
        let list = |from: u32, to: u32| &self.lists[from as usize..to as usize];
        Entry {
            id: row.id.of(&self.letters),
            name: row.name.of(&self.letters),
            entity_type: row.entity_type,
            parent: row.parent,
            gender: row.gender,
            context: list(row.context.0, row.context.1),
            block: list(row.context.1, row.block_end),
            homepage: known(row.homepage),
            ticker: known(row.ticker),
            source: row.source,
            line: row.line,
        }
    }

    /// All entries, in the order of the dictionaries.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = Entry<'_>> {
        (0..self.entries.len()).map(|index| self.entry(EntryId::new(index)))
    }

    /// All forms, in the order of the dictionaries.
    pub fn all_forms(&self) -> impl ExactSizeIterator<Item = Form<'_>> {
        (0..self.forms.len()).map(|index| self.form(index))
    }

    /// The forms that a phrase may be, by rank.
    pub fn forms(&self, phrase: PhraseId) -> impl Iterator<Item = Form<'_>> {
        let place = |phrase: usize| self.by_phrase.get(phrase).map_or(self.order.len(), |place| *place as usize);
        let order = &self.order[place(phrase.index())..place(phrase.index() + 1)];
        order.iter().map(|form| self.form(*form as usize))
    }

    fn form(&self, index: usize) -> Form<'_> {
        let row = &self.forms[index];
        let words = &self.words[row.words.0 as usize..row.words.1 as usize];
        Form { entry: row.entry, text: row.text.of(&self.letters), words, rules: row.rules }
    }

    /// Reads the dictionaries of names, each with the type of its rows.
    ///
    /// # Errors
    /// A doubled id, an unknown risk, attribute, date or parent, a name without words, or more than can be numbered: with
    /// the file and line.
    pub fn read(
        sources: &[(EntityType, Source<'_>)],
        vocabulary: &mut Vocabulary,
        phrases: &mut PhraseBuilder,
    ) -> Result<Gazetteer, Error> {
        let mut reader = Reader {
            gazetteer: Gazetteer::default(),
            vocabulary,
            phrases,
            ids: Slots::default(),
            parents: Vec::new(),
            form_phrases: Vec::new(),
        };
        for (number, (entity_type, source)) in sources.iter().enumerate() {
            let layout = Layout::of(*entity_type);
            each_row(*source, columns(*entity_type), |row| {
                let row =
                    RowReader { name: source.name, number: number as u32, row, entity_type: *entity_type, layout };
                reader.add(&row)
            })?;
        }
        reader.link_parents(sources)?;
        Ok(reader.done())
    }
}

impl Form<'_> {
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
        let mut end = 0;
        for ((span, spaced), word) in spans.zip(self.words) {
            // Between the words of a name is nothing but white space.
            if count > 0 && spaced != (end < word.start()) {
                return false;
            }
            (count, end) = (count + 1, word.end());
            if is_possessive(span.of(text)) != is_possessive(word.of(self.text)) {
                return false;
            }
            if !same_word(span.of(text), word.of(self.text), self.exact) {
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

/// The file of the dictionary of a type.
pub fn dictionary_file(entity_type: EntityType) -> &'static str {
    match entity_type {
        EntityType::Company => "companies.csv",
        EntityType::Product => "products.csv",
        EntityType::Person => "people.csv",
        EntityType::Organization => "organizations.csv",
    }
}

/// The columns of the dictionary of a type.
pub fn columns(entity_type: EntityType) -> &'static [&'static str] {
    match entity_type {
        EntityType::Company => &COMPANY_COLUMNS,
        EntityType::Person => &PERSON_COLUMNS,
        EntityType::Product | EntityType::Organization => &PRODUCT_COLUMNS,
    }
}

/// Where the columns of a type's dictionary stand.
#[derive(Clone, Copy)]
struct Layout {
    parent: Option<usize>,
    gender: Option<usize>,
    risk: Option<usize>,
    context: Option<usize>,
    block: Option<usize>,
    rank: Option<usize>,
    from: Option<usize>,
    until: Option<usize>,
    ticker: Option<usize>,
    homepage: Option<usize>,
}

impl Layout {
    fn of(entity_type: EntityType) -> Layout {
        let place = |column: &str| columns(entity_type).iter().position(|name| *name == column);
        Layout {
            parent: place("parent"),
            gender: place("gender"),
            risk: place("risk"),
            context: place("context"),
            block: place("block"),
            rank: place("rank"),
            from: place("from"),
            until: place("until"),
            ticker: place("ticker"),
            homepage: place("homepage"),
        }
    }
}

/// A row of a dictionary of names, and where it comes from. The first columns are id, name and aliases in all of them.
struct RowReader<'a> {
    name: &'a str,
    number: u32,
    row: &'a Row,
    entity_type: EntityType,
    layout: Layout,
}

impl<'a> RowReader<'a> {
    fn error(&self, message: impl Into<String>) -> Error {
        Error::dictionary(self.name, self.row.line, message)
    }

    fn cell(&self, column: Option<usize>) -> &'a str {
        column.map_or("", |column| self.row.cell(column))
    }

    fn list(&self, column: Option<usize>) -> impl Iterator<Item = &'a str> {
        self.cell(column).split('|').map(str::trim).filter(|entry| !entry.is_empty())
    }

    /// What the row says of all its forms.
    fn rules(&self) -> Result<FormRules, Error> {
        let mut rules = FormRules { exact: false, risk: Risk::Low, rank: 1, from: None, until: None };
        let layout = self.layout;
        let risk = self.cell(layout.risk);
        if !risk.is_empty() {
            self.attribute(risk, None, &mut rules)?;
        }
        for (column, key) in [(layout.rank, "rank"), (layout.from, "from"), (layout.until, "until")] {
            let value = self.cell(column);
            if !value.is_empty() {
                self.attribute(key, Some(value), &mut rules)?;
            }
        }
        Ok(rules)
    }

    /// Applies one attribute of a form: `exact`, a risk, `from DATE`, `until DATE` or `rank N`.
    fn attribute(&self, key: &str, value: Option<&str>, rules: &mut FormRules) -> Result<(), Error> {
        let bad = || {
            let (gap, value) = value.map_or(("", ""), |value| (" ", value));
            self.error(format!("`{key}{gap}{value}` is no attribute of a name"))
        };
        match (key, value) {
            ("exact", None) => rules.exact = true,
            ("low", None) => rules.risk = Risk::Low,
            ("medium", None) => rules.risk = Risk::Medium,
            ("high", None) => rules.risk = Risk::High,
            ("from", Some(date)) => rules.from = Some(self.date(date)?),
            ("until", Some(date)) => rules.until = Some(self.date(date)?),
            ("rank", Some(rank)) => rules.rank = rank.trim().parse().map_err(|_| bad())?,
            _ => return Err(bad()),
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

/// A gazetteer that is being read.
struct Reader<'a> {
    gazetteer: Gazetteer,
    vocabulary: &'a mut Vocabulary,
    phrases: &'a mut PhraseBuilder,
    /// One more than the number of an entry, by its id.
    ids: Slots,
    /// Entries with the ids of their parents, in the letters of the gazetteer.
    parents: Vec<(EntryId, Span)>,
    /// The phrase of each form.
    form_phrases: Vec<PhraseId>,
}

impl Reader<'_> {
    fn add(&mut self, row: &RowReader<'_>) -> Result<(), Error> {
        let (id, name, layout) = (row.row.cell(0), row.row.cell(1), row.layout);
        if id.is_empty() || name.is_empty() {
            return Err(row.error("a row needs an id and a name"));
        }
        if self.find(id).is_some() {
            return Err(row.error(format!("the id `{id}` stands twice")));
        }
        let number = EntryId::new(self.gazetteer.entries.len());
        let context = self.list(row, layout.context);
        let (_, block_end) = self.list(row, layout.block);
        let entry = EntryRow {
            id: self.hold(id),
            name: self.hold(name),
            homepage: self.hold(row.cell(layout.homepage)),
            ticker: self.hold(row.cell(layout.ticker)),
            context,
            block_end,
            parent: None,
            gender: row.cell(layout.gender).chars().next(),
            entity_type: row.entity_type,
            source: row.number,
            line: row.row.line as u32,
        };
        let parent = row.cell(layout.parent);
        if !parent.is_empty() {
            let parent = self.hold(parent);
            self.parents.push((number, parent));
        }
        let name_span = entry.name;
        self.gazetteer.entries.push(entry);
        let (letters, entries) = (self.gazetteer.letters.as_bytes(), &self.gazetteer.entries);
        self.ids.insert(hash(id.as_bytes()), number.0 + 1, |number| {
            hash(&letters[entries[number as usize - 1].id.range()])
        });
        let rules = row.rules()?;
        self.form(row, number, name, Some(name_span), rules)?;
        row.row.list(2).try_for_each(|alias| self.form(row, number, alias, None, rules))?;
        self.vocabulary.check_room(row.name, row.row.line)?;
        if self.gazetteer.letters.len() > u32::MAX as usize {
            return Err(row.error("the dictionaries of names have more than 4 GiB of letters"));
        }
        Ok(())
    }

    /// Adds a name of an entry: `text`, or `text [attribute; attribute]`. `held` is where it lies already.
    fn form(
        &mut self,
        row: &RowReader<'_>,
        entry: EntryId,
        alias: &str,
        held: Option<Span>,
        mut rules: FormRules,
    ) -> Result<(), Error> {
        let (text, attributes) = match alias.strip_suffix(']').and_then(|open| open.rsplit_once(" [")) {
            Some((text, attributes)) => (text.trim(), attributes),
            None => (alias, ""),
        };
        for attribute in attributes.split(';').map(str::trim).filter(|attribute| !attribute.is_empty()) {
            let (key, value) = attribute.split_once(' ').map_or((attribute, None), |(key, value)| (key, Some(value)));
            row.attribute(key, value, &mut rules)?;
        }
        let words = &mut self.gazetteer.words;
        let first = words.len() as u32;
        let see = |tokens: &[Token]| words.extend(tokens.iter().map(|token| token.span));
        let Some(phrase) = self.phrases.add_tokens(self.vocabulary, text, see) else {
            self.vocabulary.check_room(row.name, row.row.line)?;
            return Err(row.error(format!("`{text}` has no word to match")));
        };
        let words = (first, self.gazetteer.words.len() as u32);
        let text = match held {
            Some(span) if span.len() == text.len() => span,
            _ => self.hold(text),
        };
        self.gazetteer.forms.push(FormRow { entry, text, words, rules });
        self.form_phrases.push(phrase);
        Ok(())
    }

    /// Keeps a text.
    fn hold(&mut self, text: &str) -> Span {
        let start = self.gazetteer.letters.len();
        self.gazetteer.letters.push_str(text);
        Span::new(start, start + text.len())
    }

    /// Keeps the phrases of a list; where they lie.
    fn list(&mut self, row: &RowReader<'_>, column: Option<usize>) -> (u32, u32) {
        let first = self.gazetteer.lists.len() as u32;
        for words in row.list(column) {
            self.gazetteer.lists.extend(self.phrases.add(self.vocabulary, words));
        }
        (first, self.gazetteer.lists.len() as u32)
    }

    fn find(&self, id: &str) -> Option<EntryId> {
        let Gazetteer { letters, entries, .. } = &self.gazetteer;
        let is = |number: u32| entries[number as usize - 1].id.of(letters) == id;
        self.ids.find(hash(id.as_bytes()), is).checked_sub(1).map(EntryId)
    }

    fn link_parents(&mut self, sources: &[(EntityType, Source<'_>)]) -> Result<(), Error> {
        for (id, parent) in std::mem::take(&mut self.parents) {
            let parent = parent.of(&self.gazetteer.letters);
            let Some(found) = self.find(parent) else {
                let row = &self.gazetteer.entries[id.index()];
                let file = sources.get(row.source as usize).map_or("", |(_, source)| source.name);
                let message = format!("no row has the id `{parent}` of the parent");
                return Err(Error::dictionary(file, row.line.into(), message));
            };
            self.gazetteer.entries[id.index()].parent = Some(found);
        }
        Ok(())
    }

    /// Puts the forms in the order of their phrases, and of their ranks within one.
    fn done(self) -> Gazetteer {
        let Reader { mut gazetteer, form_phrases, .. } = self;
        let phrases = form_phrases.iter().max().map_or(0, |last| last.index() + 1);
        // Counted into place: a sort of a million forms would take most of the time.
        let mut places = vec![0; phrases + 1];
        form_phrases.iter().for_each(|phrase| places[phrase.index() + 1] += 1);
        let mut before = 0;
        for place in &mut places {
            before += *place;
            *place = before;
        }
        gazetteer.by_phrase.clone_from(&places);
        let mut order = vec![0; gazetteer.forms.len()];
        for (form, phrase) in form_phrases.iter().enumerate() {
            let place = &mut places[phrase.index()];
            order[*place as usize] = form as u32;
            *place += 1;
        }
        for place in gazetteer.by_phrase.windows(2) {
            let same = &mut order[place[0] as usize..place[1] as usize];
            if same.len() > 1 {
                same.sort_by_key(|form| gazetteer.forms[*form as usize].rules.rank);
            }
        }
        gazetteer.order = order;
        gazetteer
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
        let forms: Vec<Form<'_>> = gazetteer.all_forms().collect();
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
