//! Finds the words of a text that are a date or a time.

use super::guard::Around;
use super::lex::Numbers;
use super::rules::{Edge, Make, Node, TimexRules};
use super::slots::{Slot, Slots};
use crate::reading::Reading;
use crate::span::Span;
use crate::token::WordId;

/// A stretch that reads as a time expression, not yet resolved.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Candidate {
    /// Where it stands.
    pub span: Span,
    /// The rule that found it.
    pub rule: u16,
    /// The first of its tokens, and one past the last.
    pub(super) tokens: (u32, u32),
    /// What its words say.
    pub(super) slots: Slots,
}

/// No pattern takes more steps.
const MAX_STEPS: usize = 16;

/// Finds time expressions. Sorted; no two overlap.
pub fn recognize_times(reading: &Reading<'_>, rules: &TimexRules) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for paragraph in &reading.structure.paragraphs {
        let (mut at, limit) = (paragraph.tokens.0 as usize, paragraph.tokens.1 as usize);
        let matcher = Matcher { reading, rules, numbers: Numbers { reading, rules, limit }, first: at, limit };
        while at < limit {
            let Some(found) = matcher.longest(at) else {
                at += 1;
                continue;
            };
            if let Some(candidate) = matcher.candidate(at, found) {
                candidates.push(candidate);
            }
            at = found.end;
        }
    }
    candidates
}

/// A pattern that matched.
#[derive(Clone, Copy, Debug)]
struct Match {
    end: usize,
    /// How far it looked.
    seen: usize,
    rule: u16,
    slots: Slots,
}

/// How far a walk has come.
#[derive(Clone, Copy, Debug)]
struct State {
    start: usize,
    at: usize,
    /// Where the expression ended, when what must follow is being read.
    end: Option<usize>,
    steps: usize,
    slots: Slots,
}

struct Matcher<'a> {
    reading: &'a Reading<'a>,
    rules: &'a TimexRules,
    numbers: Numbers<'a>,
    first: usize,
    limit: usize,
}

impl Matcher<'_> {
    /// The longest match at `at`, of equally long ones that of the first rule.
    fn longest(&self, at: usize) -> Option<Match> {
        let token = self.reading.tokens.get(at)?;
        let word = token.word();
        if !token.has_digit() && !self.rules.starts.holds(word) {
            return None;
        }
        let mut best = None;
        self.walk(
            self.rules.nodes.first()?,
            State { start: at, at, end: None, steps: 0, slots: Slots::default() },
            &mut best,
        );
        best
    }

    fn walk(&self, node: &Node, state: State, best: &mut Option<Match>) {
        if let Some(rule) = node.rule
            && best.is_none_or(|known| known.seen < state.at || (known.seen == state.at && rule < known.rule))
            && self.guard(rule, &state)
        {
            *best = Some(Match { end: state.end.unwrap_or(state.at), seen: state.at, rule, slots: state.slots });
        }
        if let Some(ahead) = node.ahead.and_then(|ahead| self.rules.nodes.get(ahead as usize))
            && state.at > state.start
        {
            self.walk(ahead, State { end: Some(state.at), ..state }, best);
        }
        self.step(node, state, best);
    }

    /// Takes the next token along every edge that allows it.
    fn step(&self, node: &Node, state: State, best: &mut Option<Match>) {
        let at = state.at;
        if at >= self.limit || state.steps >= MAX_STEPS {
            return;
        }
        let Some(token) = self.reading.tokens.get(at) else { return };
        let word = token.word();
        if word.is_known() {
            let from = node.words.partition_point(|(of, _)| *of < word);
            for (_, edge) in node.words[from..].iter().take_while(|(of, _)| *of == word) {
                if !edge.capital || token.is_capitalized() {
                    self.follow(edge, state, 1, None, best);
                }
            }
            if node.mask != 0
                && let Some(entry) = self.rules.words.get(word)
                && (entry.classes | entry.opens) & node.mask != 0
            {
                let single = !entry.capital || token.is_capitalized();
                for (class, edge) in &node.classes {
                    if single && entry.classes >> class & 1 == 1 {
                        self.follow(edge, state, 1, edge.slot.map(|slot| (slot, entry.value(*class))), best);
                    }
                    for phrase in entry.phrases.iter().filter(|phrase| phrase.class == *class) {
                        if self.stand_at(&phrase.rest, at + 1) {
                            let sets = edge.slot.map(|slot| (slot, phrase.value));
                            self.follow(edge, state, 1 + phrase.rest.len(), sets, best);
                        }
                    }
                }
            }
        }
        let numeric = token.has_digit() || self.rules.numeric.holds(word);
        for (lex, edge) in node.lexes.iter().filter(|_| numeric) {
            let mut after = state;
            if let Some(taken) = self.numbers.read(*lex, at, edge.slot, &mut after.slots) {
                self.follow(edge, after, taken, None, best);
            }
        }
        // The stop of an abbreviation is stepped over (`Jan. 3`).
        if token.is_mark() && at > state.start && self.is_stop_of_abbreviation(at) {
            self.step(node, State { at: at + 1, steps: state.steps + 1, ..state }, best);
        }
    }

    fn follow(&self, edge: &Edge, state: State, taken: usize, sets: Option<(Slot, i16)>, best: &mut Option<Match>) {
        let Some(node) = self.rules.nodes.get(edge.node as usize) else { return };
        let mut slots = state.slots;
        if let Some((slot, value)) = sets {
            slots.set(slot, value);
        }
        self.walk(node, State { at: state.at + taken, steps: state.steps + 1, slots, ..state }, best);
    }

    /// Whether the words stand from the token `at` on.
    fn stand_at(&self, words: &[WordId], at: usize) -> bool {
        at + words.len() <= self.limit && words.iter().enumerate().all(|(i, word)| self.reading.word(at + i) == *word)
    }

    fn guard(&self, rule: u16, state: &State) -> bool {
        let Some(guard) = self.rules.rules.get(rule as usize).and_then(|rule| rule.guard) else { return true };
        let around = Around {
            reading: self.reading,
            rules: self.rules,
            paragraph: (self.first, self.limit),
            tokens: (state.start, state.end.unwrap_or(state.at)),
        };
        around.allow(guard)
    }

    fn is_stop_of_abbreviation(&self, at: usize) -> bool {
        let Some(stop) = self.reading.tokens.get(at).filter(|_| at > self.first && at < self.limit) else {
            return false;
        };
        !stop.is_spaced()
            && stop.is_mark()
            && self.reading.letters(at) == "."
            && self.rules.words.get(self.reading.word(at - 1)).is_some_and(|entry| entry.dotted)
    }

    fn candidate(&self, at: usize, found: Match) -> Option<Candidate> {
        let rule = self.rules.rules.get(found.rule as usize)?;
        if rule.make == Make::Nothing {
            return None;
        }
        let last = self.reading.tokens.get(found.end.checked_sub(1)?)?;
        let mut end = last.stem(self.reading.text).end();
        // The stop of an abbreviation belongs to it where the sentence goes on.
        if self.is_stop_of_abbreviation(found.end)
            && (found.slots.has(Slot::Meridiem) || !self.ends_sentence(found.end))
        {
            end += 1;
        }
        let mut slots = found.slots;
        if !slots.has(Slot::Modifier)
            && !slots.has(Slot::Shift)
            && at > self.first
            && let Some(entry) = self.rules.words.get(self.reading.word(at - 1))
            && self.rules.outside < 64
            && entry.classes >> self.rules.outside & 1 == 1
        {
            slots.set(Slot::Modifier, entry.value(self.rules.outside));
        }
        let start = self.reading.tokens.get(at)?.span.start();
        Some(Candidate { span: Span::new(start, end), rule: found.rule, tokens: (at as u32, found.end as u32), slots })
    }

    /// Whether the token is the last of its sentence.
    fn ends_sentence(&self, at: usize) -> bool {
        let Some(token) = self.reading.tokens.get(at) else { return true };
        let sentence = self.reading.sentence_at(token.span.start()).and_then(|at| self.reading.sentences.get(at));
        sentence.is_none_or(|sentence| at + 1 >= sentence.tokens.1 as usize)
    }
}
