//! Reporting words: the verbs, phrases and nouns that say that somebody said something.

use crate::error::Error;
use crate::lexicon::{Source, read_rows};
use crate::phrase::{PhraseBuilder, PhraseHit, PhraseMap};
use crate::token::WordId;
use crate::vocabulary::{Vocabulary, WordMap};

/// How a reporting word reports.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum CueClass {
    /// A verb of saying or writing, with words in marks or a reported clause.
    Say,
    /// A verb that goes with words in marks only.
    Quote,
    /// A verb of believing: with marks a quotation, without none.
    Belief,
    /// A fixed phrase with its speaker behind it: `according to`.
    Source,
    /// A phrase that stands with a reporting verb or for one: `in a statement`, `put it`.
    Phrase,
    /// A noun: `statement`, `comment`.
    Noun,
}

impl CueClass {
    /// The classes by the names that the dictionary gives them.
    pub const NAMES: [(&'static str, CueClass); 6] = [
        ("say", CueClass::Say),
        ("quote", CueClass::Quote),
        ("belief", CueClass::Belief),
        ("source", CueClass::Source),
        ("phrase", CueClass::Phrase),
        ("noun", CueClass::Noun),
    ];
}

/// A set of classes: a form can belong to several (`claim`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CueClasses(u8);

impl CueClasses {
    /// Whether the class is in the set.
    pub fn holds(self, class: CueClass) -> bool {
        self.0 >> class as u8 & 1 == 1
    }

    /// Whether it holds a class of verbs.
    pub fn is_verb(self) -> bool {
        self.holds(CueClass::Say) || self.holds(CueClass::Quote) || self.holds(CueClass::Belief)
    }

    /// Whether the form is the verb's base (`say`): it wants a subject in the plural.
    pub fn is_base(self) -> bool {
        self.0 & BASE != 0
    }

    /// Whether the form ends in the `-s` of the third person.
    pub fn is_third(self) -> bool {
        self.0 & THIRD != 0
    }

    fn with(self, class: CueClass) -> CueClasses {
        CueClasses(self.0 | 1 << class as u8)
    }
}

/// The bit of a base form, and that of a third person.
const BASE: u8 = 1 << 6;
const THIRD: u8 = 1 << 7;

/// All reporting words.
#[derive(Clone, Debug, Default)]
pub struct Cues {
    words: WordMap<CueClasses>,
    phrases: PhraseMap<CueClasses>,
}

/// The columns of `cues.csv`.
pub const CUE_COLUMNS: [&str; 5] = ["lemma", "class", "forms", "example", "speaker"];

impl Cues {
    /// Reads `cues.csv`.
    ///
    /// # Errors
    /// An unknown class, a row without forms or an example without one of them.
    pub fn read(
        sources: &[Source<'_>],
        vocabulary: &mut Vocabulary,
        phrases: &mut PhraseBuilder,
    ) -> Result<Cues, Error> {
        let mut cues = Cues::default();
        for (source, row) in read_rows(sources, &CUE_COLUMNS)? {
            let error = |message: String| Error::dictionary(source.name, row.line, message);
            let class = row.cell(1);
            let Some((_, class)) = CueClass::NAMES.iter().find(|(name, _)| *name == class) else {
                return Err(error(format!("no class of cues is called `{class}`")));
            };
            if row.list(2).next().is_none() {
                return Err(error("a cue without forms".into()));
            }
            let example = row.cell(3).to_lowercase();
            if !row.list(2).any(|form| example.contains(&form.to_lowercase())) {
                return Err(error("the example holds none of the forms".into()));
            }
            let verb = CueClasses::default().with(*class).is_verb();
            // A verb without a past of its own (`read`, `put`) tells no number.
            let forms: Vec<&str> = row.list(2).collect();
            let past = forms.len() >= 4;
            for (place, form) in forms.iter().enumerate() {
                let bits = match place {
                    0 if verb && past && *form == row.cell(0) => BASE,
                    1 if verb && form.split(' ').next().is_some_and(|word| word.ends_with('s')) => THIRD,
                    _ => 0,
                };
                let words = vocabulary.intern_phrase(form);
                if let [word] = words[..] {
                    let known = cues.words.get(word).copied().unwrap_or_default();
                    cues.words.insert(word, CueClasses(known.with(*class).0 | bits));
                } else if let Some(phrase) = phrases.add(vocabulary, form) {
                    let known = cues.phrases.entry(phrase);
                    *known = CueClasses(known.with(*class).0 | bits);
                }
            }
        }
        Ok(cues)
    }

    /// The classes of a single word. Empty where it is no cue.
    pub fn of_word(&self, word: WordId) -> CueClasses {
        self.words.get(word).copied().unwrap_or_default()
    }

    /// The classes of a phrase of several words. Empty where it is no cue.
    pub fn of_phrase(&self, hit: PhraseHit) -> CueClasses {
        self.phrases.get(hit.phrase).copied().unwrap_or_default()
    }
}
