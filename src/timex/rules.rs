//! The rules of `timex.toml`: word classes, patterns over them, compiled into one trie over tokens.

use super::DateOrder;
use super::compile::{Compiler, examples};
use super::lex::Lex;
use super::slots::{Slot, Slots};
use super::value::TimexType;
use crate::error::Error;
use crate::lexicon::Source;
use crate::token::WordId;
use crate::vocabulary::{Vocabulary, WordMap, WordSet};

/// How a rule makes its value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Make {
    /// It makes none: the words are no time expression.
    Nothing,
    /// A place on the calendar: year, month, day, quarter, season, weekday, holiday.
    Calendar,
    /// Units from now: `last week`.
    Unit,
    /// A number of units before now or after it: `two years ago`.
    Away,
    /// A place seen from the date before: `a day earlier`, `the following month`.
    Anaphor,
    /// A length.
    Length,
    /// What recurs.
    Recurring,
    /// Past, present or future.
    Reference,
}

pub(super) const MAKES: [(&str, Make); 8] = [
    ("nothing", Make::Nothing),
    ("calendar", Make::Calendar),
    ("unit", Make::Unit),
    ("away", Make::Away),
    ("anaphor", Make::Anaphor),
    ("length", Make::Length),
    ("recurring", Make::Recurring),
    ("reference", Make::Reference),
];

/// What must hold around the words of a match.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Guard {
    /// A month alone: no name, no modal verb.
    Month,
    /// A year alone: no count, price, model or version.
    Year,
    /// A season alone: no verb, no waterfall.
    Season,
    /// A decade in figures alone: of four figures, no seconds.
    Decade,
    /// A weekday alone: no name.
    Weekday,
    /// Two figures with a slash: no fraction.
    Figures,
    /// A clock time without a.m. or p.m.: no score.
    Clock,
    /// `a week`: a length, no rate.
    Article,
    /// A number of units: no count of something else.
    Count,
    /// A number in words beside a unit in the singular.
    WordCount,
    /// Units without a number: a length, no units of something else.
    Untold,
    /// A unit after `the`: no part of a longer word.
    Unit,
}

pub(super) const GUARDS: [(&str, Guard); 12] = [
    ("month", Guard::Month),
    ("year", Guard::Year),
    ("season", Guard::Season),
    ("decade", Guard::Decade),
    ("weekday", Guard::Weekday),
    ("figures", Guard::Figures),
    ("clock", Guard::Clock),
    ("article", Guard::Article),
    ("count", Guard::Count),
    ("word-count", Guard::WordCount),
    ("untold", Guard::Untold),
    ("unit", Guard::Unit),
];

/// A rule, less its patterns.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) name: String,
    pub(super) timex_type: TimexType,
    pub(super) make: Make,
    pub(super) guard: Option<Guard>,
    pub(super) slots: Slots,
}

/// Lists of words that guards and the resolver ask for.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    pub(super) prepositions: WordSet,
    pub(super) before_figures: WordSet,
    pub(super) before_seasons: WordSet,
    pub(super) before_months: WordSet,
    pub(super) before_units: WordSet,
    pub(super) months_that_are_names: WordSet,
    pub(super) year_nouns: WordSet,
    pub(super) definite: WordSet,
    pub(super) past: WordSet,
    pub(super) future: WordSet,
    pub(super) present: WordSet,
    pub(super) future_participles: WordSet,
    pub(super) weak: WordSet,
    pub(super) as_: WordSet,
    pub(super) deadline: WordSet,
    pub(super) was: WordSet,
    pub(super) be: WordSet,
    pub(super) had: WordSet,
    pub(super) infinitive: WordSet,
    pub(super) review: WordSet,
    pub(super) clause: WordSet,
    pub(super) to: WordSet,
    pub(super) to_verb: WordSet,
    pub(super) and: WordSet,
    pub(super) between: WordSet,
    pub(super) article: WordSet,
    pub(super) half: WordSet,
}

/// Which of the tokens a step of a pattern takes.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// Sorted by word.
    pub(super) words: Vec<(WordId, Edge)>,
    pub(super) classes: Vec<(u8, Edge)>,
    /// A bit for each of the classes.
    pub(super) mask: u64,
    pub(super) lexes: Vec<(Lex, Edge)>,
    /// Where the words of the expression end and what must follow them begins (`>` in a pattern).
    pub(super) ahead: Option<u32>,
    /// The rule whose pattern ends here.
    pub(super) rule: Option<u16>,
}

/// A step of a pattern.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) node: u32,
    /// Where the number of a class goes.
    pub(super) slot: Option<Slot>,
    /// Whether the word must be capitalized.
    pub(super) capital: bool,
}

/// What a word is in the classes.
#[derive(Clone, Debug, Default)]
pub(super) struct WordEntry {
    /// A bit a class.
    pub(super) classes: u64,
    /// By class.
    pub(super) values: Vec<(u8, i16)>,
    /// A bit for each class that has a phrase beginning with it.
    pub(super) opens: u64,
    /// Phrases of several words that begin with it.
    pub(super) phrases: Vec<ClassPhrase>,
    /// Whether a full stop may follow, as in an abbreviation.
    pub(super) dotted: bool,
    /// Whether it counts only when it is capitalized.
    pub(super) capital: bool,
}

/// A phrase of several words in a class.
#[derive(Clone, Debug)]
pub(super) struct ClassPhrase {
    pub(super) class: u8,
    pub(super) value: i16,
    /// The words after the first.
    pub(super) rest: Vec<WordId>,
}

impl WordEntry {
    pub(super) fn value(&self, class: u8) -> i16 {
        self.values.iter().find(|(of, _)| *of == class).map_or(0, |(_, value)| *value)
    }
}

/// The rules of `timex.toml`, compiled.
#[derive(Clone, Debug, Default)]
pub struct TimexRules {
    pub(super) rules: Vec<Rule>,
    pub(super) words: WordMap<WordEntry>,
    pub(super) nodes: Vec<Node>,
    /// Words that some pattern begins with.
    pub(super) starts: WordSet,
    /// Words that a number in words can begin with.
    pub(super) numeric: WordSet,
    pub(super) lists: Lists,
    pub(super) cardinal: u8,
    pub(super) ordinal: u8,
    pub(super) outside: u8,
    pub(super) order: DateOrder,
}

/// An example of a rule: what a text must give.
#[derive(Clone, PartialEq, Debug)]
pub struct TimexExample {
    /// The rule that it is an example of.
    pub rule: String,
    /// Its 1-based line in the dictionary.
    pub line: u64,
    /// The text.
    pub text: String,
    /// The publication date, ISO.
    pub published: Option<String>,
    /// The words found; `None` where nothing may be found.
    pub span: Option<String>,
    /// Their value.
    pub value: String,
}

impl TimexRules {
    /// Reads `timex.toml`.
    ///
    /// # Errors
    /// A mistake in a table, with its file and line.
    pub fn read(sources: &[Source<'_>], vocabulary: &mut Vocabulary) -> Result<TimexRules, Error> {
        let mut compiler = Compiler::new();
        for source in sources {
            compiler.read(*source, vocabulary)?;
        }
        Ok(compiler.finish())
    }

    /// The examples of all rules.
    ///
    /// # Errors
    /// A mistake in a table, with its file and line.
    pub fn examples(source: Source<'_>) -> Result<Vec<TimexExample>, Error> {
        examples(source)
    }

    /// The name of a rule.
    pub fn rule_name(&self, rule: u16) -> &str {
        self.rules.get(rule as usize).map_or("", |rule| rule.name.as_str())
    }

    /// Reads dates in figures (`10/12/2011`) in the given order.
    pub fn set_date_order(&mut self, order: DateOrder) {
        self.order = order;
    }
}

impl Node {
    pub(super) fn new() -> Node {
        Node { words: Vec::new(), classes: Vec::new(), mask: 0, lexes: Vec::new(), ahead: None, rule: None }
    }
}
