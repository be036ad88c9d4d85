//! What is legal in a dictionary of names but unwise: found before it spoils a run.

use crate::error::Error;
use crate::gazetteer::{EntityType, Entry, EntryId, Form, Gazetteer, Risk, columns};
use crate::lexicon::{Source, read_csv};
use crate::vocabulary::{Vocabulary, WordSet};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Words that a name of low risk may not be.
#[derive(Clone, Copy, Debug)]
pub struct Ordinary<'a> {
    /// Ordinary words of the language.
    pub words: &'a WordSet,
    /// Given names.
    pub given: &'a WordSet,
    /// Places.
    pub places: &'a WordSet,
}

impl Ordinary<'_> {
    /// What else a name of one word is, in words. `None` where its letters say that it is a name: `iBox`.
    pub fn kind(&self, vocabulary: &Vocabulary, name: &str) -> Option<&'static str> {
        if name.contains(|c: char| c.is_whitespace() || c == '\'') || name.chars().skip(1).any(char::is_uppercase) {
            return None;
        }
        let word = vocabulary.find(name);
        let kinds = [(self.words, "an ordinary word"), (self.given, "a given name"), (self.places, "a place")];
        kinds.into_iter().find(|(words, _)| words.holds(word)).map(|(_, kind)| kind)
    }
}

/// Checks the dictionaries of names. The gazetteer must have been read from the same sources.
///
/// Found are: cells that are blank inside a list, padded, curly-quoted or a formula to a spreadsheet; cycles of parents;
/// ends of validity before their beginnings; forms of one or two characters that any case or context may match; ordinary
/// words, given names and places without a risk; forms of high risk without context; two things with one name at one time
/// and nothing that ranks them.
///
/// # Errors
/// Those of reading the files, which [`crate::Pipeline::new`] gives too.
pub fn check_names(
    sources: &[(EntityType, Source<'_>)],
    gazetteer: &Gazetteer,
    vocabulary: &Vocabulary,
    ordinary: Ordinary<'_>,
) -> Result<Vec<Error>, Error> {
    let mut found = Vec::new();
    for (entity_type, source) in sources {
        check_cells(*entity_type, *source, &mut found)?;
    }
    let lint = Lint { sources, gazetteer, vocabulary, ordinary };
    for (index, entry) in gazetteer.entries().enumerate() {
        lint.check_parents(EntryId::new(index), entry, &mut found);
    }
    for form in gazetteer.all_forms() {
        lint.check_form(form, &mut found);
    }
    lint.check_clashes(&mut found);
    Ok(found)
}

/// What is wrong with a cell as it is written.
fn check_cells(entity_type: EntityType, source: Source<'_>, found: &mut Vec<Error>) -> Result<(), Error> {
    let header = columns(entity_type);
    for row in read_csv(source, header)? {
        for (column, name) in header.iter().enumerate() {
            let cell = row.raw(column);
            let mut wrong = |message: String| found.push(Error::dictionary(source.name, row.line, message));
            if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
                wrong(format!("a spreadsheet runs `{cell}` in the column {name}"));
            }
            if cell.trim() != cell {
                wrong(format!("`{cell}` in the column {name} is padded"));
            }
            if cell.contains(['‘', '’', '“', '”']) {
                wrong(format!("`{cell}` in the column {name} has curly quotes; straight ones match both"));
            }
            let list = matches!(*name, "aliases" | "context" | "block");
            if list && !cell.is_empty() && cell.split('|').any(|entry| entry.trim() != entry || entry.is_empty()) {
                wrong(format!("the list in the column {name} has a blank or padded entry"));
            }
        }
    }
    Ok(())
}

struct Lint<'a> {
    sources: &'a [(EntityType, Source<'a>)],
    gazetteer: &'a Gazetteer,
    vocabulary: &'a Vocabulary,
    ordinary: Ordinary<'a>,
}

impl Lint<'_> {
    fn error(&self, entry: Entry<'_>, message: String) -> Error {
        let file = self.sources.get(entry.source as usize).map_or("", |(_, source)| source.name);
        Error::dictionary(file, entry.line.into(), message)
    }

    fn check_parents(&self, id: EntryId, entry: Entry<'_>, found: &mut Vec<Error>) {
        const DEEPEST: usize = 32;
        let mut above = entry.parent;
        for _ in 0..DEEPEST {
            match above {
                None => return,
                Some(parent) if parent == id => break,
                Some(parent) => above = self.gazetteer.entry(parent).parent,
            }
        }
        found.push(self.error(entry, format!("`{}` is its own ancestor", entry.id)));
    }

    fn check_form(&self, form: Form<'_>, found: &mut Vec<Error>) {
        let entry = self.gazetteer.entry(form.entry);
        let mut wrong = |message: String| found.push(self.error(entry, message));
        if let (Some(from), Some(until)) = (form.from, form.until)
            && until <= from
        {
            wrong(format!("`{}` ends on {until}, before it begins on {from}", form.text));
        }
        if form.text.chars().count() <= 2 && !form.exact && form.risk != Risk::High {
            wrong(format!("`{}` is short: it must be exact or of high risk", form.text));
        }
        if form.risk == Risk::Low
            && !form.exact
            && entry.entity_type != EntityType::Person
            && let Some(what) = self.ordinary.kind(self.vocabulary, form.text)
        {
            wrong(format!("`{}` is {what} too: it needs a risk", form.text));
        }
        if form.risk == Risk::High && entry.context.is_empty() {
            wrong(format!("`{}` is of high risk and the row has no context words", form.text));
        }
    }

    /// One name, two things of one type, at one time, with one rank.
    fn check_clashes(&self, found: &mut Vec<Error>) {
        let mut by_text: BTreeMap<&str, Vec<Form<'_>>> = BTreeMap::new();
        for form in self.gazetteer.all_forms() {
            by_text.entry(form.text).or_default().push(form);
        }
        for (text, forms) in by_text {
            for (i, one) in forms.iter().enumerate() {
                for other in &forms[i + 1..] {
                    if one.entry != other.entry && one.rank == other.rank && overlap(*one, *other) {
                        let (first, second) = (self.gazetteer.entry(one.entry), self.gazetteer.entry(other.entry));
                        let message = format!("`{text}` names `{}` and `{}`: one needs a rank", first.id, second.id);
                        found.push(self.error(second, message));
                    }
                }
            }
        }
    }
}

/// Whether two forms hold on a same day.
fn overlap(one: Form<'_>, other: Form<'_>) -> bool {
    let before =
        |until: Option<Date>, from: Option<Date>| matches!((until, from), (Some(until), Some(from)) if until <= from);
    !before(one.until, other.from) && !before(other.until, one.from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::COMPANY_COLUMNS;
    use crate::phrase::PhraseBuilder;

    #[test]
    fn every_mistake_is_found_at_its_line() {
        for (rows, expected) in [
            ("a,Acme,Ac [exact; high],,low,widgets,,,,,,,", None),
            ("a,Acme,Ac,,,,,,,,,,", Some("companies.csv:2: `Ac` is short: it must be exact or of high risk")),
            ("a,Box,,,,,,,,,,,", Some("companies.csv:2: `Box` is an ordinary word too: it needs a risk")),
            (
                "a,Acme,Box [high],,,,,,,,,,",
                Some("companies.csv:2: `Box` is of high risk and the row has no context words"),
            ),
            (
                "a,Acme,Bolt||Nut,,,,,,,,,,",
                Some("companies.csv:2: the list in the column aliases has a blank or padded entry"),
            ),
            ("a, Acme,,,,,,,,,,,", Some("companies.csv:2: ` Acme` in the column name is padded")),
            (
                "a,Acme’s,,,,,,,,,,,",
                Some("companies.csv:2: `Acme’s` in the column name has curly quotes; straight ones match both"),
            ),
            ("a,@Acme,,,,,,,,,,,", Some("companies.csv:2: a spreadsheet runs `@Acme` in the column name")),
            ("a,Acme,,b,,,,,,,,,\nb,Bolt,,a,,,,,,,,,", Some("companies.csv:2: `a` is its own ancestor")),
            (
                "a,Acme,,,,,,,2011,2010,,,",
                Some("companies.csv:2: `Acme` ends on 2010-01-01, before it begins on 2011-01-01"),
            ),
            (
                "a,Acme,,,,,,,,,,,\nb,Acme,,,,,,,,,,,",
                Some("companies.csv:3: `Acme` names `a` and `b`: one needs a rank"),
            ),
            ("a,Acme,,,,,,,,,,,\nb,Acme,,,,,,2,,,,,", None),
            ("a,Acme,,,,,,,,2010,,,\nb,Acme,,,,,,,2010,,,,", None),
        ] {
            let text = format!("{}\n{rows}\n", COMPANY_COLUMNS.join(","));
            let sources = [(EntityType::Company, Source { name: "companies.csv", text: &text })];
            let mut vocabulary = Vocabulary::default();
            let words = WordSet::new(&mut vocabulary, ["box"]);
            let none = WordSet::default();
            let gazetteer = Gazetteer::read(&sources, &mut vocabulary, &mut PhraseBuilder::default()).unwrap();
            let ordinary = Ordinary { words: &words, given: &none, places: &none };
            let found = check_names(&sources, &gazetteer, &vocabulary, ordinary).unwrap();
            assert_eq!(found.first().map(ToString::to_string).as_deref(), expected, "{rows}");
        }
    }
}
