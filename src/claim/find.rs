//! Claims: the sentences one after another, each trigger in them, and what the passage lends them.

use super::clause::{Arguments, Clause, Group, Phrase};
use super::date::{Found, Passage};
use super::focus::{main_names, shift_focus, speaker, voice};
use super::infer::infer_years;
use super::modality::Chain;
use super::piece::pieces;
use super::roles::{Focus, Scene};
use super::rules::{ClaimRules, Classes, Frame, Layout, class};
use super::same::mark_same;
use super::units::{Layers, Tag};
use super::wording::Voice;
use super::{Claim, Party};
use crate::amount::Amount;
use crate::cue::Cues;
use crate::mention::Mentions;
use crate::quotation::Quotation;
use crate::reading::Reading;
use crate::sentence::Sentence;
use crate::span::{Span, near};
use crate::timex::TimeExpr;
use std::cell::RefCell;

/// What claims are read from.
#[derive(Clone, Copy)]
pub struct ClaimInput<'a, 't> {
    /// The document.
    pub reading: &'a Reading<'t>,
    /// Its names.
    pub mentions: &'a Mentions,
    /// Its dates.
    pub times: &'a [TimeExpr],
    /// Its quotations.
    pub quotations: &'a [Quotation],
    /// Its figures.
    pub amounts: &'a [Amount],
    /// Reporting words.
    pub cues: &'a Cues,
}

/// Finds the claims of a document. Sorted by sentence, then by trigger.
pub fn find_claims(input: &ClaimInput<'_, '_>, rules: &ClaimRules) -> Vec<Claim> {
    read_claims(input, rules, None)
}

/// What was looked at on the way to the claims of a sentence, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trace {
    /// The sentence.
    pub span: Span,
    /// Its units with their parts in the clause.
    pub units: String,
    /// Every trigger with what became of it.
    pub triggers: Vec<String>,
}

/// What was looked at on the way to the claims of a document, sentence by sentence.
pub fn trace_claims(input: &ClaimInput<'_, '_>, rules: &ClaimRules) -> Vec<Trace> {
    let log = RefCell::new(Vec::new());
    read_claims(input, rules, Some(&log));
    log.into_inner()
}

fn read_claims(input: &ClaimInput<'_, '_>, rules: &ClaimRules, log: Option<&RefCell<Vec<Trace>>>) -> Vec<Claim> {
    let layers =
        Layers { reading: input.reading, mentions: input.mentions, times: input.times, amounts: input.amounts, rules };
    let mut claims = Vec::new();
    let mut focus = Focus::default();
    let mut units = Vec::new();
    let mut parts = Vec::new();
    let mut article = None;
    let mut passage = Passage::default();
    for (index, sentence) in input.reading.sentences.iter().enumerate() {
        let paragraph = input.reading.paragraph_of(sentence);
        if article != Some(paragraph.article) {
            article = Some(paragraph.article);
            let (main, we) = main_names(input, sentence);
            focus = Focus { main, we, ..Focus::default() };
            passage = Passage::default();
        }
        focus.fresh &= index > 0 && input.reading.sentences[index - 1].paragraph == sentence.paragraph;
        pieces(input.reading, sentence, &mut parts);
        for part in &parts {
            // Nothing that a claim could hang on, and nobody to remember.
            let silent = input.mentions.within(part.span).is_empty()
                && !input.reading.tokens[part.range()].iter().any(|token| rules.triggers.holds(token.word()));
            if silent && log.is_none() {
                passage.carry(input, part, rules, &mut Vec::new());
                focus.metric = None;
                continue;
            }
            layers.units(part, &mut units);
            focus.speaker = speaker(input, part);
            focus.voice = voice(input, part);
            let first = claims.len();
            {
                let scene = Scene { layers, clause: Clause { units: &units }, focus: &focus };
                let present = units.iter().fold(0, |all, unit| all | unit.classes());
                let figures = units.iter().any(|unit| unit.tag == Tag::Figure);
                let finder = Finder { input, scene, sentence: part, index: index as u32, present, figures, log };
                finder.log_units();
                let mut found = Vec::new();
                finder.find(&mut found);
                passage.carry(input, part, rules, &mut found);
                claims.extend(found.into_iter().map(|found| found.claim));
            }
            let scene = Scene { layers, clause: Clause { units: &units }, focus: &focus };
            focus = shift_focus(&scene, &claims[first..]);
        }
    }
    for article in &input.reading.structure.articles {
        infer_years(input, article.span, &mut claims);
    }
    mark_same(input.reading.text, &mut claims);
    for claim in claims.iter_mut().filter(|claim| rules.kinds[claim.kind.0 as usize].named_object) {
        claim.object.retain(|party| party.entity.is_some());
    }
    claims
}

pub(super) struct Finder<'a, 'u, 't> {
    pub input: &'a ClaimInput<'a, 't>,
    pub scene: Scene<'a, 'u, 't>,
    pub sentence: &'a Sentence,
    pub index: u32,
    /// The classes of all words of the sentence.
    present: Classes,
    /// Whether a figure stands in it.
    figures: bool,
    /// Where decisions are written down, for those who ask.
    pub log: Option<&'a RefCell<Vec<Trace>>>,
}

/// A trigger with what was read around it.
pub(super) struct Trigger<'f> {
    pub frame: u16,
    pub voice: Voice,
    pub verb: Option<u16>,
    pub layout: &'f Layout,
    /// The units of the trigger.
    pub first: usize,
    pub end: usize,
    pub chain: Chain,
    pub subject: Option<Group>,
    pub arguments: Arguments,
    pub genitive: Option<Group>,
    pub compound: Option<Group>,
    pub governor: Option<Group>,
    /// The phrase of a nominal trigger.
    pub phrase: Option<Phrase>,
}

impl<'a> Finder<'a, '_, '_> {
    pub fn rules(&self) -> &'a ClaimRules {
        self.scene.layers.rules
    }

    pub fn clause(&self) -> Clause<'_, 'a> {
        self.scene.clause
    }

    /// Whether the sentence has the words that a frame asks for: what costs little to see before its clause is read.
    /// For those who ask why, every frame is read.
    pub fn may_hold(&self, frame: &Frame) -> bool {
        let has = |classes| classes == 0 || self.present & classes != 0;
        self.log.is_some()
            || has(frame.context)
                && has(frame.inside)
                && has(frame.governed_by)
                && (self.figures || !frame.needs_amount)
    }

    /// Writes down what became of a trigger of the sentence at hand.
    pub fn note(&self, line: impl FnOnce() -> String) {
        if let Some(log) = self.log
            && let Some(trace) = log.borrow_mut().last_mut()
        {
            trace.triggers.push(line());
        }
    }

    /// Begins to write down what is looked at in the sentence at hand.
    pub fn log_units(&self) {
        let Some(log) = self.log else { return };
        let units = self.clause().units.iter().map(|unit| {
            let words = self.input.reading.span(unit.first, unit.end).of(self.input.reading.text);
            format!("{words}/{:?}", unit.tag)
        });
        let units = units.collect::<Vec<_>>().join(" ");
        log.borrow_mut().push(Trace { span: self.sentence.span, units, triggers: Vec::new() });
    }

    pub fn log_refusal(&self, reading: &Trigger<'_>, why: &str) {
        self.note(|| {
            let frame = &self.rules().frames[reading.frame as usize];
            let words = |group: &Option<Group>| {
                let spans = group.iter().flat_map(|group| &group.phrases);
                spans
                    .map(|phrase| self.scene.span(phrase.first, phrase.end).of(self.input.reading.text))
                    .collect::<Vec<_>>()
                    .join("; ")
            };
            let trigger = self.scene.span(reading.first, reading.end).of(self.input.reading.text);
            format!(
                "{} `{trigger}` subject `{}` object `{}`: {why}",
                frame.name,
                words(&reading.subject),
                words(&reading.arguments.object)
            )
        });
    }

    fn find(&self, claims: &mut Vec<Found>) {
        let clause = self.clause();
        if self.is_question() || self.is_counterfactual() {
            return;
        }
        for at in 0..clause.units.len() {
            let unit = &clause.units[at];
            let Some(entry) = unit.entry else { continue };
            let found = match unit.tag {
                Tag::Verb => self.verb_trigger(at),
                _ => None,
            };
            let found = found
                .or_else(|| entry.predicates.iter().find_map(|frame| self.predicate_trigger(*frame, at)))
                .or_else(|| self.noun(at, false));
            self.tell(found, claims);
        }
        let figures = |found: &Found| self.rules().kinds[found.claim.kind.0 as usize].period;
        for at in 0..clause.units.len() {
            if claims.iter().any(figures) {
                break;
            }
            self.tell(self.noun(at, true), claims);
        }
        self.beside(claims);
    }

    /// The claim of the noun at `at`, by the frames that count everywhere or by those that fill in.
    fn noun(&self, at: usize, fallback: bool) -> Option<Found> {
        let unit = &self.clause().units[at];
        let entry = unit.entry.filter(|_| unit.tag == Tag::Noun)?;
        let mut frames = entry.nouns.iter().filter(|frame| self.rules().frames[**frame as usize].fallback == fallback);
        frames.find_map(|frame| self.noun_trigger(*frame, at))
    }

    /// Adds a claim to those of the sentence, unless it is among them.
    fn tell(&self, found: Option<Found>, claims: &mut Vec<Found>) {
        let Some(found) = found else { return };
        let again = claims.iter().any(|known| repeats(&known.claim, &found.claim));
        self.note(|| {
            let text = self.input.reading.text;
            let names =
                |parties: &[Party]| parties.iter().map(|party| party.span.of(text)).collect::<Vec<_>>().join("; ");
            format!(
                "  {} `{}` subject `{}` object `{}`: {}",
                self.rules().rule_name(found.claim.rule),
                found.claim.trigger.of(text),
                names(&found.claim.subject),
                names(&found.claim.object),
                if again { "told already" } else { "a claim" }
            )
        });
        if !again {
            claims.push(found);
        }
    }

    fn is_question(&self) -> bool {
        let last = self.sentence.range().end;
        let reading = self.input.reading;
        let asks = (last.saturating_sub(2)..last).any(|at| reading.letters(at) == "?");
        let span = self.sentence.span;
        let around = near(&reading.marks, span, |pair| pair.outer);
        asks && !reading.marks[around].iter().any(|pair| pair.content.covers(span))
    }

    /// `Had Foo bought Bar, …`
    fn is_counterfactual(&self) -> bool {
        let units = self.clause().units;
        units.first().is_some_and(|unit| unit.is(class::PAST_MODAL) && unit.is(class::HAVE))
            && units.get(1).is_some_and(|unit| unit.tag.begins_phrase())
    }
}

/// Whether two claims of a sentence tell one event.
fn repeats(known: &Claim, claim: &Claim) -> bool {
    if known.kind != claim.kind {
        return false;
    }
    if known.trigger.overlaps(claim.trigger) {
        return true;
    }
    // `was shown in May, and its launch is expected in June`
    if let (Some(one), Some(other)) = (known.time, claim.time)
        && one.text != other.text
        && known.time.and_then(|time| time.time) != claim.time.and_then(|time| time.time)
    {
        return false;
    }
    let same = |a: &[Party], b: &[Party]| {
        a.iter().any(|a| b.iter().any(|b| a.span == b.span || a.entity.is_some() && a.entity == b.entity))
    };
    let metric = |claim: &Claim| claim.roles.iter().any(|(_, party)| party.entity.is_none());
    let subjects = same(&known.subject, &claim.subject) || known.subject.is_empty() || claim.subject.is_empty();
    let objects = same(&known.object, &claim.object) || known.object.is_empty() || claim.object.is_empty();
    let figures = metric(known) && metric(claim);
    let dates = matches!((known.time, claim.time), (Some(a), Some(b)) if a.text != b.text);
    subjects && objects && !(figures && (known.amount != claim.amount || dates))
}
