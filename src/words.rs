//! Word lists that several layers use, by name.

use crate::error::Error;
use crate::lexicon::{Source, read_toml};
use crate::vocabulary::{Vocabulary, WordSet};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The lists of `words.toml`.
#[derive(Clone, Debug, Default)]
pub struct WordLists {
    lists: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[allow(dead_code)]
    gloss: String,
    words: Vec<String>,
}

impl WordLists {
    /// Reads `words.toml` and what is added to it: lists of one name are joined.
    ///
    /// # Errors
    /// A mistake in a table, with its file and line.
    pub fn read(sources: &[Source<'_>]) -> Result<WordLists, Error> {
        let mut lists = WordLists::default();
        for source in sources {
            for (name, list) in read_toml::<BTreeMap<String, List>>(*source)? {
                lists.lists.entry(name).or_default().extend(list.words);
            }
        }
        Ok(lists)
    }

    /// The words of a list.
    ///
    /// # Errors
    /// Where no list has the name.
    pub fn list(&self, name: &str) -> Result<&[String], Error> {
        match self.lists.get(name) {
            Some(words) => Ok(words),
            None => Err(Error::dictionary("words.toml", 1, format!("the list `{name}` is missing"))),
        }
    }

    /// The words of a list as a set.
    ///
    /// # Errors
    /// Where no list has the name.
    pub fn set(&self, name: &str, vocabulary: &mut Vocabulary) -> Result<WordSet, Error> {
        Ok(WordSet::new(vocabulary, self.list(name)?.iter().map(String::as_str)))
    }
}
