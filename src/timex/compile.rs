//! Compiles `timex.toml`: expands its patterns and puts them into one trie over tokens.

use super::lex::Lex;
use super::rules::{ClassPhrase, Edge, GUARDS, MAKES, Node, Rule, TimexExample, TimexRules};
use super::slots::{Slot, Slots};
use super::value::TimexType;
use crate::error::Error;
use crate::lexicon::{Source, line_at, read_toml};
use crate::token::WordId;
use crate::vocabulary::{Vocabulary, WordSet};
use serde::Deserialize;
use std::collections::BTreeMap;

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

/// The examples of the rules in a file.
pub(super) fn examples(source: Source<'_>) -> Result<Vec<TimexExample>, Error> {
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

/// Rules being compiled.
#[derive(Default)]
pub(super) struct Compiler {
    rules: TimexRules,
    classes: BTreeMap<String, (u8, Option<Slot>)>,
    class_words: Vec<WordId>,
    parts: BTreeMap<String, String>,
    lists: BTreeMap<String, Vec<String>>,
}

impl Compiler {
    /// Nothing compiled yet but the root.
    pub(super) fn new() -> Compiler {
        let mut compiler = Compiler::default();
        compiler.rules.nodes.push(Node::new());
        compiler
    }

    /// Adds the words and rules of a file.
    pub(super) fn read(&mut self, source: Source<'_>, vocabulary: &mut Vocabulary) -> Result<(), Error> {
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
            let start = rule.span().start;
            self.rule(rule.into_inner(), vocabulary)
                .map_err(|message| Error::dictionary(source.name, line_at(source.text, start), message))?;
        }
        Ok(())
    }

    fn fill_lists(&mut self, vocabulary: &mut Vocabulary) {
        let lists = &mut self.rules.lists;
        for (name, list) in [
            ("prepositions", &mut lists.prepositions),
            ("before-figures", &mut lists.before_figures),
            ("before-seasons", &mut lists.before_seasons),
            ("before-months", &mut lists.before_months),
            ("before-units", &mut lists.before_units),
            ("months-that-are-names", &mut lists.months_that_are_names),
            ("year-nouns", &mut lists.year_nouns),
            ("definite", &mut lists.definite),
            ("past", &mut lists.past),
            ("future", &mut lists.future),
            ("present", &mut lists.present),
            ("future-participles", &mut lists.future_participles),
            ("weak", &mut lists.weak),
            ("as", &mut lists.as_),
            ("deadline", &mut lists.deadline),
            ("was", &mut lists.was),
            ("be", &mut lists.be),
            ("had", &mut lists.had),
            ("infinitive", &mut lists.infinitive),
            ("review", &mut lists.review),
            ("clause", &mut lists.clause),
            ("to", &mut lists.to),
            ("to-verb", &mut lists.to_verb),
            ("and", &mut lists.and),
            ("between", &mut lists.between),
            ("article", &mut lists.article),
            ("half", &mut lists.half),
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
                    entry.opens |= 1 << number;
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

    /// The rules, ready to match.
    pub(super) fn finish(mut self) -> TimexRules {
        let class = |name: &str| self.classes.get(name).map_or(u8::MAX, |(number, _)| *number);
        self.rules.cardinal = class("CARDINAL");
        self.rules.ordinal = class("ORDINAL");
        self.rules.outside = class("OUTSIDE");
        for node in &mut self.rules.nodes {
            node.words.sort_by_key(|(word, _)| *word);
            node.mask = node.classes.iter().fold(0, |mask, (class, _)| mask | 1u64 << class);
        }
        let bit = |class: u8| 1u64.checked_shl(u32::from(class)).unwrap_or(0);
        let numbers = bit(self.rules.cardinal) | bit(self.rules.ordinal);
        let mut numeric = self.rules.lists.article.clone();
        let mut starts = WordSet::default();
        if let Some(root) = self.rules.nodes.first() {
            root.words.iter().for_each(|(word, _)| starts.insert(*word));
            for word in &self.class_words {
                let Some(entry) = self.rules.words.get(*word) else { continue };
                if entry.classes & numbers != 0 {
                    numeric.insert(*word);
                }
                if (entry.classes & (root.mask | numbers)) | (entry.opens & root.mask) != 0 {
                    starts.insert(*word);
                }
            }
        }
        self.rules.starts = starts;
        self.rules.numeric = numeric;
        self.rules
    }
}

fn find<T: Copy>(names: &[(&str, T)], name: &str) -> Option<T> {
    names.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}
