//! What the dictionaries know about names in general: given names, titles, heads, cues.

use crate::error::Error;
use crate::gazetteer::EntityType;
use crate::lexicon::{Source, line_at, read_rows, read_toml};
use crate::lint::Ordinary;
use crate::phrase::{PhraseBuilder, PhraseMap};
use crate::token::WordId;
use crate::vocabulary::{Vocabulary, WordMap, WordSet};
use crate::words::WordLists;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A given name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Given {
    /// `m`, `f`, or `None` where both bear it.
    pub gender: Option<char>,
    /// Whether it is also an ordinary word, a place, a month or a company.
    pub doubtful: bool,
}

/// On which side of a name a cue stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Side {
    Before,
    After,
}

/// The types that a cue speaks for, by side.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct CueTypes {
    before: u8,
    after: u8,
}

impl CueTypes {
    /// Whether the phrase, standing on `side` of a name, speaks for `entity_type`.
    pub fn speak_for(self, entity_type: EntityType, side: Side) -> bool {
        let bits = match side {
            Side::Before => self.before,
            Side::After => self.after,
        };
        bits >> entity_type as u8 & 1 == 1
    }
}

/// Words about names, compiled from `names.toml`, `given_names.csv`, `places.csv` and `words.toml`.
#[derive(Clone, Debug, Default)]
pub struct NameRules {
    given: WordMap<Given>,
    given_words: WordSet,
    pub(super) titles: WordMap<Option<char>>,
    pub(super) roles: WordSet,
    pub(super) role_modifiers: WordSet,
    pub(super) suffixes: WordSet,
    /// Legal forms that are written in lower case too.
    pub(super) lower_suffixes: WordSet,
    /// Legal forms that are written with a full stop.
    pub(super) stopped_suffixes: WordSet,
    pub(super) company_heads: WordSet,
    pub(super) organization_heads: WordSet,
    pub(super) connectors: WordSet,
    pub(super) conjunctions: WordSet,
    pub(super) articles: WordSet,
    pub(super) prepositions: WordSet,
    pub(super) generations: WordSet,
    pub(super) scales: WordSet,
    /// As written: a surname goes on with a capital after one.
    pub(super) surname_prefixes: Vec<String>,
    pub(super) particles: WordSet,
    pub(super) not_names: WordSet,
    pub(super) place_heads: WordSet,
    pub(super) event_heads: WordSet,
    pub(super) platform_prepositions: WordSet,
    /// Finite verbs that follow a subject.
    pub(super) verbs: WordSet,
    pub(super) starters: WordSet,
    /// Ordinary words.
    pub(super) common: WordSet,
    /// Words of which each is a place by itself.
    pub(super) places: WordSet,
    /// Places of several words.
    pub(super) place_phrases: PhraseMap<()>,
    pub(super) demonyms: WordSet,
    word_cues: WordMap<CueTypes>,
    phrase_cues: PhraseMap<CueTypes>,
    /// By type: words that speak for an ordinary word as a name of the type.
    proposal_context: [Vec<String>; 4],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    lists: BTreeMap<String, List>,
    #[serde(default)]
    cue: Vec<toml::Spanned<Cue>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[allow(dead_code)]
    gloss: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cue {
    r#type: String,
    side: String,
    phrases: Vec<String>,
    example: String,
}

/// The columns of `given_names.csv`.
pub const GIVEN_NAME_COLUMNS: [&str; 3] = ["name", "gender", "also"];
/// The columns of `places.csv`.
pub const PLACE_COLUMNS: [&str; 3] = ["name", "kind", "demonym"];

/// The sources that [`NameRules::read`] takes.
#[derive(Clone, Copy, Debug)]
pub struct NameSources<'a> {
    /// `names.toml`.
    pub names: &'a [Source<'a>],
    /// `given_names.csv`.
    pub given: &'a [Source<'a>],
    /// `places.csv`.
    pub places: &'a [Source<'a>],
}

impl NameRules {
    /// Reads the files about names.
    ///
    /// # Errors
    /// An unknown list, type or side, or a cue without an example in braces: with its file and line.
    pub fn read(
        sources: NameSources<'_>,
        words: &WordLists,
        vocabulary: &mut Vocabulary,
        phrases: &mut PhraseBuilder,
    ) -> Result<NameRules, Error> {
        let mut rules = NameRules {
            starters: words.set("starters", vocabulary)?,
            common: words.set("common", vocabulary)?,
            ..NameRules::default()
        };
        for source in sources.names {
            let file: File = read_toml(*source)?;
            for (name, list) in &file.lists {
                if !rules.add_list(name, &list.words, vocabulary) {
                    return Err(Error::dictionary(source.name, 1, format!("no list of names is called `{name}`")));
                }
            }
            for cue in &file.cue {
                let line = || line_at(source.text, cue.span().start);
                rules
                    .add_cue(cue.get_ref(), vocabulary, phrases)
                    .map_err(|message| Error::dictionary(source.name, line(), message))?;
            }
        }
        for (source, row) in read_rows(sources.given, &GIVEN_NAME_COLUMNS)? {
            let gender = match row.cell(1) {
                "m" => Some('m'),
                "f" => Some('f'),
                "u" | "" => None,
                other => return Err(Error::dictionary(source.name, row.line, format!("`{other}` is no gender"))),
            };
            let word = vocabulary.intern(row.cell(0));
            rules.given_words.insert(word);
            rules.given.insert(word, Given { gender, doubtful: !row.cell(2).is_empty() });
        }
        for (_, row) in read_rows(sources.places, &PLACE_COLUMNS)? {
            let name = row.cell(0);
            match vocabulary.intern_phrase(name)[..] {
                [word] => rules.places.insert(word),
                _ => {
                    if let Some(phrase) = phrases.add(vocabulary, name) {
                        rules.place_phrases.insert(phrase, ());
                    }
                }
            }
            for demonym in row.list(2) {
                if let [word] = vocabulary.intern_phrase(demonym)[..] {
                    rules.demonyms.insert(word);
                }
            }
        }
        Ok(rules)
    }

    /// Whether the word ends a role: `analyst`, `officer`.
    pub fn is_role(&self, word: WordId) -> bool {
        self.roles.holds(word)
    }

    /// Whether the word stands before the last word of a role: `chief`, `senior`.
    pub fn is_role_modifier(&self, word: WordId) -> bool {
        self.role_modifiers.holds(word)
    }

    /// Whether the word is a title before a surname; the gender that it tells.
    pub fn title(&self, word: WordId) -> Option<Option<char>> {
        self.titles.get(word).copied()
    }

    /// Whether the word is the legal form at the end of a company's name.
    pub fn is_suffix(&self, word: WordId) -> bool {
        self.suffixes.holds(word)
    }

    /// Words that are names and something else too.
    pub(crate) fn ordinary(&self) -> Ordinary<'_> {
        Ordinary { words: &self.common, given: &self.given_words, places: &self.places }
    }

    /// By type: the context words of a row that is proposed for an ordinary word.
    pub(crate) fn proposal_context(&self) -> &[Vec<String>; 4] {
        &self.proposal_context
    }

    /// What is known of a word as a given name.
    pub(super) fn given(&self, word: WordId) -> Option<Given> {
        self.given.get(word).copied()
    }

    /// What a word says of a name beside it.
    pub(super) fn word_cue(&self, word: WordId) -> CueTypes {
        self.word_cues.get(word).copied().unwrap_or_default()
    }

    /// What a phrase of several words says of a name beside it.
    pub(super) fn phrase_cue(&self, phrase: crate::phrase::PhraseId) -> CueTypes {
        self.phrase_cues.get(phrase).copied().unwrap_or_default()
    }

    fn add_list(&mut self, name: &str, words: &[String], vocabulary: &mut Vocabulary) -> bool {
        let gender = match name {
            "titles_male" => Some('m'),
            "titles_female" => Some('f'),
            _ => None,
        };
        if let Some(entity_type) = name.strip_prefix("proposal_context_") {
            let Some(known) = EntityType::ALL.into_iter().find(|known| known.name() == entity_type) else {
                return false;
            };
            self.proposal_context[known as usize].extend(words.iter().cloned());
            return true;
        }
        let set = match name {
            "surname_prefixes" => {
                self.surname_prefixes.extend(words.iter().cloned());
                return true;
            }
            "titles" | "titles_male" | "titles_female" => {
                words.iter().for_each(|word| self.titles.insert(vocabulary.intern(word), gender));
                return true;
            }
            "roles" => &mut self.roles,
            "role_modifiers" => &mut self.role_modifiers,
            "company_suffixes" => &mut self.suffixes,
            "lower_company_suffixes" => &mut self.lower_suffixes,
            "stopped_company_suffixes" => &mut self.stopped_suffixes,
            "company_heads" => &mut self.company_heads,
            "organization_heads" => &mut self.organization_heads,
            "connectors" => &mut self.connectors,
            "conjunctions" => &mut self.conjunctions,
            "articles" => &mut self.articles,
            "prepositions" => &mut self.prepositions,
            "generations" => &mut self.generations,
            "scales" => &mut self.scales,
            "particles" => &mut self.particles,
            "not_names" => &mut self.not_names,
            "place_heads" => &mut self.place_heads,
            "event_heads" => &mut self.event_heads,
            "platform_prepositions" => &mut self.platform_prepositions,
            "verbs" => &mut self.verbs,
            _ => return false,
        };
        words.iter().for_each(|word| set.insert(vocabulary.intern(word)));
        true
    }

    fn add_cue(&mut self, cue: &Cue, vocabulary: &mut Vocabulary, phrases: &mut PhraseBuilder) -> Result<(), String> {
        let Some(entity_type) = EntityType::ALL.into_iter().find(|known| known.name() == cue.r#type) else {
            return Err(format!("no type of names is called `{}`", cue.r#type));
        };
        if !(cue.example.contains('{') && cue.example.contains('}')) {
            return Err("the example names nothing in braces".into());
        }
        let bit = 1 << entity_type as u8;
        let (before, after) = match cue.side.as_str() {
            "before" => (bit, 0),
            "after" => (0, bit),
            other => return Err(format!("a cue stands before or after, not `{other}`")),
        };
        let with = |types: CueTypes| CueTypes { before: types.before | before, after: types.after | after };
        for text in &cue.phrases {
            if let [word] = vocabulary.intern_phrase(text)[..] {
                self.word_cues.insert(word, with(self.word_cue(word)));
            } else if let Some(phrase) = phrases.add(vocabulary, text) {
                let types = self.phrase_cues.entry(phrase);
                *types = with(*types);
            }
        }
        Ok(())
    }
}
