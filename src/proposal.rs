//! Rows for the dictionaries of names, proposed for names that none of them has.

use crate::gazetteer::{EntityType, Form, Gazetteer, columns};
use crate::lint::Ordinary;
use crate::phrase::Phrases;
use crate::token::tokenize;
use crate::vocabulary::Vocabulary;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Makes rows that pass the checks of a dictionary: ids that no row has, a risk for ordinary words.
#[derive(Clone, Debug)]
pub struct Proposals<'a> {
    vocabulary: &'a Vocabulary,
    phrases: &'a Phrases,
    gazetteer: &'a Gazetteer,
    ordinary: Ordinary<'a>,
    /// By type: the context words of a row whose name is an ordinary word.
    context: &'a [Vec<String>; 4],
    /// The ids of all rows, and of those proposed.
    ids: BTreeSet<String>,
}

/// A name as a dictionary would hold it.
struct Proposed {
    text: String,
    /// Whether it is too short to match in any case.
    short: bool,
    /// Whether it is an ordinary word too.
    ordinary: bool,
}

impl Proposed {
    fn risk(&self) -> &'static str {
        if self.short || self.ordinary { "high" } else { "low" }
    }

    /// The name as an alias in a row of the given risk.
    fn alias(&self, row_risk: &str) -> String {
        let risk = (self.risk() != row_risk).then_some(self.risk());
        let attributes: Vec<&str> = self.short.then_some("exact").into_iter().chain(risk).collect();
        if attributes.is_empty() { self.text.clone() } else { format!("{} [{}]", self.text, attributes.join("; ")) }
    }
}

impl<'a> Proposals<'a> {
    pub(crate) fn new(
        vocabulary: &'a Vocabulary,
        phrases: &'a Phrases,
        gazetteer: &'a Gazetteer,
        ordinary: Ordinary<'a>,
        context: &'a [Vec<String>; 4],
    ) -> Proposals<'a> {
        let ids = gazetteer.entries().map(|entry| entry.id.to_string()).collect();
        Proposals { vocabulary, phrases, gazetteer, ordinary, context, ids }
    }

    /// The forms of the dictionaries that are this name, whatever their case and dates.
    pub fn known(&self, name: &str) -> Vec<Form<'a>> {
        let mut tokens = Vec::new();
        tokenize(name, 0, name.len(), &mut tokens);
        self.vocabulary.tag(name, &mut tokens);
        let hits = self.phrases.find(&tokens, std::iter::empty());
        let whole = hits.at(0).iter().filter(|hit| hit.len as usize == tokens.len());
        whole.flat_map(|hit| self.gazetteer.forms(hit.phrase)).collect()
    }

    /// Whether the name is a known product's with a version behind it, which no row needs.
    pub fn is_version(&self, name: &str) -> bool {
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        stem.len() < name.len() && !self.known(stem).is_empty()
    }

    /// The cells of a row for a name and its other forms, in the order of [`columns`]. `rank` is for a name that another
    /// row has too. `None` where no row can hold the name: it has no letter or digit, or a spreadsheet would run it.
    pub fn row<'f>(
        &mut self,
        entity_type: EntityType,
        name: &str,
        forms: impl Iterator<Item = &'f str>,
        rank: Option<u8>,
    ) -> Option<Vec<String>> {
        const MOST_ALIASES: usize = 8;
        let name = self.propose(entity_type, name)?;
        let mut aliases: Vec<Proposed> = Vec::new();
        for form in forms.filter_map(|form| self.propose(entity_type, form)) {
            // Titles and given names are left off by rule, and a surname alone is many people's.
            let matched = entity_type == EntityType::Person && !form.text.contains(' ');
            let known = |other: &Proposed| other.text.eq_ignore_ascii_case(&form.text);
            if !matched && !known(&name) && !aliases.iter().any(known) && aliases.len() < MOST_ALIASES {
                aliases.push(form);
            }
        }
        let risk = name.risk();
        let any_high = risk == "high" || aliases.iter().any(|alias| alias.risk() == "high");
        let id = self.id(entity_type, &name.text);
        let aliases: Vec<String> = aliases.iter().map(|alias| alias.alias(risk)).collect();
        let cell = |column: &&str| match *column {
            "id" => id.clone(),
            "name" => name.text.clone(),
            "aliases" => aliases.join("|"),
            "risk" => risk.to_string(),
            "context" if any_high => self.context[entity_type as usize].join("|"),
            "rank" => rank.map_or(String::new(), |rank| rank.to_string()),
            _ => String::new(),
        };
        Some(columns(entity_type).iter().map(cell).collect())
    }

    /// The name on one line, with straight quotes and without what means something in a cell.
    fn propose(&self, entity_type: EntityType, name: &str) -> Option<Proposed> {
        let plain = |c: char| match c {
            '‘' | '’' => Some('\''),
            '“' | '”' => Some('"'),
            '|' | '[' | ']' => None,
            c if c.is_control() && !c.is_whitespace() => None,
            c => Some(c),
        };
        let plain: String = name.chars().filter_map(plain).collect();
        let text = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.starts_with(['=', '+', '-', '@']) || !text.contains(char::is_alphanumeric) {
            return None;
        }
        let ordinary = entity_type != EntityType::Person && self.ordinary.kind(self.vocabulary, &text).is_some();
        Some(Proposed { short: text.chars().count() <= 2, ordinary, text })
    }

    /// A slug of the name that is no row's id yet.
    fn id(&mut self, entity_type: EntityType, name: &str) -> String {
        let mut slug = String::with_capacity(name.len());
        for c in name.nfkd().filter(|c| !is_combining_mark(*c)) {
            if c.is_ascii_alphanumeric() {
                slug.push(c.to_ascii_lowercase());
            } else if !slug.is_empty() && !slug.ends_with('-') && c != '\'' {
                slug.push('-');
            }
        }
        let slug = match slug.trim_end_matches('-') {
            "" => entity_type.name(),
            slug => slug,
        };
        let numbered = (2..).map(|number| format!("{slug}-{number}"));
        let typed = [slug.to_string(), format!("{slug}-{}", entity_type.name())];
        let free = typed.into_iter().chain(numbered).find(|id| !self.ids.contains(id)).unwrap_or_default();
        self.ids.insert(free.clone());
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::COMPANY_COLUMNS;
    use crate::lexicon::Source;
    use crate::phrase::PhraseBuilder;
    use crate::vocabulary::WordSet;

    #[test]
    fn rows_that_pass_the_checks() {
        let text = format!("{}\nacme,Acme,,,,,,,,,,,\n", COMPANY_COLUMNS.join(","));
        let sources = [(EntityType::Company, Source { name: "companies.csv", text: &text })];
        let mut vocabulary = Vocabulary::default();
        let mut phrases = PhraseBuilder::default();
        let gazetteer = Gazetteer::read(&sources, &mut vocabulary, &mut phrases).unwrap();
        let phrases = phrases.build();
        let words = WordSet::new(&mut vocabulary, ["box"]);
        let none = WordSet::default();
        let ordinary = Ordinary { words: &words, given: &none, places: &none };
        let context = [vec!["shares".to_string(), "firm".to_string()], vec!["software".to_string()], vec![], vec![]];
        let mut proposals = Proposals::new(&vocabulary, &phrases, &gazetteer, ordinary, &context);
        for (entity_type, name, forms, expected) in [
            (EntityType::Company, "Acme", &[][..], Some("acme-company,Acme,,,low,,,,,,,,")),
            (EntityType::Company, "Acme", &[], Some("acme-2,Acme,,,low,,,,,,,,")),
            (EntityType::Company, "Box", &["Box Labs"], Some("box,Box,Box Labs [low],,high,shares|firm,,,,,,,")),
            (
                EntityType::Company,
                "Quill  Networks",
                &["Quill", "QN", "quill networks", "Box"],
                Some("quill-networks,Quill Networks,Quill|QN [exact; high]|Box [high],,low,shares|firm,,,,,,,"),
            ),
            (EntityType::Person, "Zoë O’Quill", &["O’Quill"], Some("zoe-oquill,Zoë O'Quill,,,low,,,,,")),
            (EntityType::Product, "Газ", &[], Some("product,Газ,,,low,,,,,,")),
            (EntityType::Product, "=1+1", &[], None),
            (EntityType::Product, "[|]", &[], None),
        ] {
            let row = proposals.row(entity_type, name, forms.iter().copied(), None);
            assert_eq!(row.map(|cells| cells.join(",")).as_deref(), expected, "{name}");
        }
        let ranked = proposals.row(EntityType::Product, "Acme", [].into_iter(), Some(2)).unwrap();
        assert_eq!(ranked.join(","), "acme-product,Acme,,,low,,,2,,,");
        for (name, known, version) in [("acme", 1, false), ("Acme 2.1", 0, true), ("Acme Labs", 0, false)] {
            assert_eq!((proposals.known(name).len(), proposals.is_version(name)), (known, version), "{name}");
        }
    }
}
