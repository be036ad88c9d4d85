//! The rules of `timex.toml`: word classes, patterns over them, compiled into one trie over tokens.

use super::DateOrder;
use super::lex::Lex;
use super::slots::{Slot, Slots};
use super::value::TimexType;
use crate::error::Error;
use crate::lexicon::{Source, line_at, read_toml};
use crate::token::WordId;
use crate::vocabulary::{Vocabulary, WordMap, WordSet};
use serde::Deserialize;
use std::collections::BTreeMap;

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

const MAKES: [(&str, Make); 8] = [
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
    /// A unit after `the`: no part of a longer word.
    Unit,
}

const GUARDS: [(&str, Guard); 10] = [
    ("month", Guard::Month),
    ("year", Guard::Year),
    ("season", Guard::Season),
    ("weekday", Guard::Weekday),
    ("figures", Guard::Figures),
    ("clock", Guard::Clock),
    ("article", Guard::Article),
    ("count", Guard::Count),
    ("word-count", Guard::WordCount),
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
    pub(super) months_that_are_names: WordSet,
    pub(super) year_nouns: WordSet,
    pub(super) definite: WordSet,
    pub(super) past: WordSet,
    pub(super) future: WordSet,
    pub(super) present: WordSet,
    pub(super) future_participles: WordSet,
    pub(super) was: WordSet,
    pub(super) be: WordSet,
    pub(super) had: WordSet,
    pub(super) infinitive: WordSet,
    pub(super) review: WordSet,
    pub(super) clause: WordSet,
}

/// Which of the tokens a step of a pattern takes.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// Sorted by word.
    pub(super) words: Vec<(WordId, Edge)>,
    pub(super) classes: Vec<(u8, Edge)>,
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    list: BTreeMap<String, List>,
    #[serde(default)]
    class: BTreeMap<String, Class>,
    #[serde(default)]
    part: BTreeMap<String, String>,
    #[serde(default)]
    rule: Vec<toml::Spanned<RuleTable>>,
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
struct Class {
    #[allow(dead_code)]
    gloss: String,
    slot: Option<String>,
    /// Words that count only when they are capitalized.
    #[serde(default)]
    capital: Vec<String>,
    /// What each means, and its words.
    words: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleTable {
    name: String,
    #[serde(rename = "type")]
    timex_type: String,
    make: String,
    guard: Option<String>,
    #[serde(default)]
    set: BTreeMap<String, toml::Value>,
    patterns: Vec<String>,
    examples: Vec<ExampleTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleTable {
    text: String,
    published: Option<String>,
    span: Option<String>,
    value: Option<String>,
}

/// A step of a pattern as written.
#[derive(Clone, PartialEq, Debug)]
enum Element {
    Word { word: WordId, capital: bool },
    Class { class: u8, slot: Option<Slot> },
    Lex { lex: Lex, slot: Option<Slot> },
    Ahead,
}

/// A pattern may stand for at most so many sequences.
const MAX_SEQUENCES: usize = 20_000;

impl TimexRules {
    /// Reads `timex.toml`.
    ///
    /// # Errors
    /// A mistake in a table, with its file and line.
    pub fn read(sources: &[Source<'_>], vocabulary: &mut Vocabulary) -> Result<TimexRules, Error> {
        let mut compiler = Compiler::default();
        compiler.rules.nodes.push(Node::new());
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
        let file: File = read_toml(source)?;
        let mut examples = Vec::new();
        for rule in file.rule {
            let line = line_at(source.text, rule.span().start);
            let rule = rule.into_inner();
            examples.extend(rule.examples.into_iter().map(|example| TimexExample {
                rule: rule.name.clone(),
                line,
                text: example.text,
                published: example.published,
                span: example.span,
                value: example.value.unwrap_or_default(),
            }));
        }
        Ok(examples)
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
    fn new() -> Node {
        Node { words: Vec::new(), classes: Vec::new(), lexes: Vec::new(), ahead: None, rule: None }
    }
}

#[derive(Default)]
struct Compiler {
    rules: TimexRules,
    classes: BTreeMap<String, (u8, Option<Slot>)>,
    class_words: Vec<WordId>,
    parts: BTreeMap<String, String>,
    lists: BTreeMap<String, Vec<String>>,
}

impl Compiler {
    fn read(&mut self, source: Source<'_>, vocabulary: &mut Vocabulary) -> Result<(), Error> {
        let file: File = read_toml(source)?;
        let at = |needle: &str| line_at(source.text, source.text.find(needle).unwrap_or(0));
        for (name, list) in file.list {
            self.lists.entry(name).or_default().extend(list.words);
        }
        for (name, class) in file.class {
            let header = format!("[class.{name}]");
            self.class(&name, class, vocabulary)
                .map_err(|message| Error::dictionary(source.name, at(&header), message))?;
        }
        self.parts.extend(file.part);
        self.fill_lists(vocabulary);
        for rule in file.rule {
            let line = line_at(source.text, rule.span().start);
            self.rule(rule.into_inner(), vocabulary)
                .map_err(|message| Error::dictionary(source.name, line, message))?;
        }
        Ok(())
    }

    fn fill_lists(&mut self, vocabulary: &mut Vocabulary) {
        let lists = &mut self.rules.lists;
        for (name, list) in [
            ("prepositions", &mut lists.prepositions),
            ("before-figures", &mut lists.before_figures),
            ("before-seasons", &mut lists.before_seasons),
            ("months-that-are-names", &mut lists.months_that_are_names),
            ("year-nouns", &mut lists.year_nouns),
            ("definite", &mut lists.definite),
            ("past", &mut lists.past),
            ("future", &mut lists.future),
            ("present", &mut lists.present),
            ("future-participles", &mut lists.future_participles),
            ("was", &mut lists.was),
            ("be", &mut lists.be),
            ("had", &mut lists.had),
            ("infinitive", &mut lists.infinitive),
            ("review", &mut lists.review),
            ("clause", &mut lists.clause),
        ] {
            for word in self.lists.get(name).into_iter().flatten() {
                list.insert(vocabulary.intern(word));
            }
        }
    }

    fn class(&mut self, name: &str, class: Class, vocabulary: &mut Vocabulary) -> Result<(), String> {
        let slot = match &class.slot {
            Some(slot) => Some(find(&Slot::NAMES, slot).ok_or(format!("no slot is called `{slot}`"))?),
            None => None,
        };
        let next = self.classes.len() as u8;
        let (number, slot) = *self.classes.entry(name.into()).or_insert((next, slot));
        if number >= 64 {
            return Err("too many classes".into());
        }
        for (value, words) in &class.words {
            let value = match slot {
                Some(slot) => slot.number(value).ok_or(format!("`{value}` is no value of its slot"))?,
                None => 0,
            };
            for written in words {
                let stem = written.strip_suffix('.').unwrap_or(written);
                let numbers = vocabulary.intern_phrase(stem);
                let Some((word, rest)) = numbers.split_first() else { return Err("a word is empty".into()) };
                let mut entry = self.rules.words.get(*word).cloned().unwrap_or_default();
                self.class_words.push(*word);
                if !rest.is_empty() {
                    entry.phrases.push(ClassPhrase { class: number, value, rest: rest.to_vec() });
                    self.rules.words.insert(*word, entry);
                    continue;
                }
                entry.classes |= 1 << number;
                entry.values.retain(|(of, _)| *of != number);
                entry.values.push((number, value));
                entry.dotted |= written.ends_with('.');
                entry.capital |= class.capital.contains(written);
                self.rules.words.insert(*word, entry);
            }
        }
        Ok(())
    }

    fn rule(&mut self, table: RuleTable, vocabulary: &mut Vocabulary) -> Result<(), String> {
        let timex_type = find(&TimexType::NAMES, &table.timex_type)
            .ok_or(format!("no type of time expression is called `{}`", table.timex_type))?;
        let make = find(&MAKES, &table.make).ok_or(format!("no way to make a value is called `{}`", table.make))?;
        let guard = match &table.guard {
            Some(guard) => Some(find(&GUARDS, guard).ok_or(format!("no guard is called `{guard}`"))?),
            None => None,
        };
        if table.examples.is_empty() {
            return Err(format!("the rule `{}` has no example", table.name));
        }
        let mut slots = Slots::default();
        for (name, value) in &table.set {
            let slot = find(&Slot::NAMES, name).ok_or(format!("no slot is called `{name}`"))?;
            let value = match value {
                toml::Value::String(value) => slot.number(value),
                toml::Value::Integer(value) => i16::try_from(*value).ok(),
                _ => None,
            };
            slots.set(slot, value.ok_or(format!("`{name}` can't have this value"))?);
        }
        let number = self.rules.rules.len() as u16;
        self.rules.rules.push(Rule { name: table.name, timex_type, make, guard, slots });
        for pattern in &table.patterns {
            for sequence in self.expand(pattern, vocabulary, 0)? {
                if sequence.is_empty() {
                    return Err(format!("the pattern `{pattern}` can be empty"));
                }
                self.add(&sequence, number);
            }
        }
        Ok(())
    }

    /// Puts a sequence into the trie. Of two rules with one sequence the earlier has it.
    fn add(&mut self, sequence: &[Element], rule: u16) {
        let mut at = 0u32;
        for element in sequence {
            let next = self.rules.nodes.len() as u32;
            let node = &mut self.rules.nodes[at as usize];
            let edge = |slot, capital| Edge { node: next, slot, capital };
            let found = match element {
                Element::Word { word, capital } => node
                    .words
                    .iter()
                    .find(|(of, edge)| of == word && edge.capital == *capital)
                    .map(|(_, edge)| edge.node),
                Element::Class { class, slot } => {
                    node.classes.iter().find(|(of, edge)| of == class && edge.slot == *slot).map(|(_, edge)| edge.node)
                }
                Element::Lex { lex, slot } => {
                    node.lexes.iter().find(|(of, edge)| of == lex && edge.slot == *slot).map(|(_, edge)| edge.node)
                }
                Element::Ahead => node.ahead,
            };
            if let Some(found) = found {
                at = found;
                continue;
            }
            match element {
                Element::Word { word, capital } => node.words.push((*word, edge(None, *capital))),
                Element::Class { class, slot } => node.classes.push((*class, edge(*slot, false))),
                Element::Lex { lex, slot } => node.lexes.push((*lex, edge(*slot, false))),
                Element::Ahead => node.ahead = Some(next),
            }
            self.rules.nodes.push(Node::new());
            at = next;
        }
        let node = &mut self.rules.nodes[at as usize];
        node.rule = Some(node.rule.map_or(rule, |known| known.min(rule)));
    }

    /// All sequences that a pattern stands for.
    fn expand(&self, pattern: &str, vocabulary: &mut Vocabulary, depth: usize) -> Result<Vec<Vec<Element>>, String> {
        if depth > 6 {
            return Err(format!("`{pattern}` stands in itself"));
        }
        let spaced = pattern.replace('(', " ( ").replace(')', " ) ").replace('|', " | ").replace(") ?", ")?");
        let mut words = spaced.split_whitespace().peekable();
        let sequences = self.alternatives(&mut words, vocabulary, depth)?;
        match words.next() {
            None => Ok(sequences),
            Some(_) => Err(format!("`{pattern}` has an odd bracket")),
        }
    }

    fn alternatives<'a>(
        &self,
        words: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>,
        vocabulary: &mut Vocabulary,
        depth: usize,
    ) -> Result<Vec<Vec<Element>>, String> {
        let mut all = Vec::new();
        let mut sequences = vec![Vec::new()];
        while let Some(word) = words.next_if(|word| !word.starts_with(')')) {
            if word == "|" {
                all.append(&mut sequences);
                sequences = vec![Vec::new()];
                continue;
            }
            let (mut tails, optional) = if word == "(" {
                let inside = self.alternatives(words, vocabulary, depth)?;
                let close = words.next().ok_or("a bracket is not closed")?;
                (inside, close == ")?")
            } else if let Some(stem) = word.strip_suffix('?') {
                (self.atom(stem, vocabulary, depth)?, true)
            } else {
                (self.atom(word, vocabulary, depth)?, false)
            };
            if optional {
                tails.push(Vec::new());
            }
            if sequences.len() * tails.len() > MAX_SEQUENCES {
                return Err("a pattern stands for too many sequences".into());
            }
            sequences = sequences
                .iter()
                .flat_map(|head| tails.iter().map(move |tail| [head.as_slice(), tail.as_slice()].concat()))
                .collect();
        }
        all.append(&mut sequences);
        Ok(all)
    }

    fn atom(&self, word: &str, vocabulary: &mut Vocabulary, depth: usize) -> Result<Vec<Vec<Element>>, String> {
        if let Some(part) = word.strip_prefix('{').and_then(|word| word.strip_suffix('}')) {
            let pattern = self.parts.get(part).ok_or(format!("no part is called `{part}`"))?.clone();
            return self.expand(&pattern, vocabulary, depth + 1);
        }
        if word == ">" {
            return Ok(vec![vec![Element::Ahead]]);
        }
        let (name, slot) = match word.split_once(':') {
            Some((name, slot)) if !name.is_empty() && !slot.is_empty() => {
                (name, Some(find(&Slot::NAMES, slot).ok_or(format!("no slot is called `{slot}`"))?))
            }
            _ => (word, None),
        };
        if name.len() > 1 && name.bytes().all(|b| b.is_ascii_uppercase()) {
            if let Some(lex) = Lex::named(name) {
                return Ok(vec![vec![Element::Lex { lex, slot }]]);
            }
            let (class, own) = *self.classes.get(name).ok_or(format!("no class is called `{name}`"))?;
            let slot = slot.or(own);
            return Ok(vec![vec![Element::Class { class, slot }]]);
        }
        let (name, capital) = match word.strip_prefix('^') {
            Some(rest) if !rest.is_empty() => (rest, true),
            _ => (word, false),
        };
        let words = vocabulary.intern_phrase(name);
        Ok(vec![words.into_iter().map(|word| Element::Word { word, capital }).collect()])
    }

    fn finish(mut self) -> TimexRules {
        let class = |name: &str| self.classes.get(name).map_or(u8::MAX, |(number, _)| *number);
        self.rules.cardinal = class("CARDINAL");
        self.rules.ordinal = class("ORDINAL");
        self.rules.outside = class("OUTSIDE");
        for node in &mut self.rules.nodes {
            node.words.sort_by_key(|(word, _)| *word);
        }
        if let Some(root) = self.rules.nodes.first() {
            let mut starts = WordSet::default();
            root.words.iter().for_each(|(word, _)| starts.insert(*word));
            let classes = root.classes.iter().fold(0, |mask, (class, _)| mask | 1u64 << class);
            let numbers = 1u64.checked_shl(u32::from(self.rules.cardinal)).unwrap_or(0)
                | 1u64.checked_shl(u32::from(self.rules.ordinal)).unwrap_or(0);
            for word in &self.class_words {
                let entry = self.rules.words.get(*word);
                let opens = |entry: &WordEntry| {
                    entry.classes & (classes | numbers) != 0
                        || entry.phrases.iter().any(|phrase| classes >> phrase.class & 1 == 1)
                };
                if entry.is_some_and(opens) {
                    starts.insert(*word);
                }
            }
            self.rules.starts = starts;
        }
        self.rules
    }
}

fn find<T: Copy>(names: &[(&str, T)], name: &str) -> Option<T> {
    names.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}
