//! What stands around a name: sentence starts, headings, cues.

use super::names::{CueTypes, NameRules, Side};
use crate::cue::{CueClass, Cues};
use crate::gazetteer::EntityType;
use crate::phrase::PhraseHit;
use crate::reading::Reading;
use crate::structure::ParagraphKind;

/// How many words a cue before a name has at most.
const LONGEST_CUE: usize = 6;

/// A reading with what is known of names in general.
pub(super) struct Context<'a> {
    pub reading: &'a Reading<'a>,
    pub rules: &'a NameRules,
    pub cues: &'a Cues,
    /// By token: whether a sentence begins there.
    starts: Vec<bool>,
    /// By token: whether it stands in a heading, or in a stretch set in capitals.
    headings: Vec<bool>,
}

impl<'a> Context<'a> {
    pub fn new(reading: &'a Reading<'a>, rules: &'a NameRules, cues: &'a Cues) -> Context<'a> {
        let mut starts = vec![false; reading.tokens.len()];
        let mut headings = vec![false; reading.tokens.len()];
        for sentence in &reading.sentences {
            // Marks before the first word do not count.
            if let Some(first) = sentence.range().find(|i| !reading.tokens[*i].is_mark()) {
                starts[first] = true;
            }
            for i in sentence.range().skip(1) {
                let opens = matches!(reading.letters(i - 1), "\"" | "“" | "‘" | ":" | "•");
                if opens && !reading.tokens[i].is_mark() {
                    starts[i] = true;
                }
            }
        }
        for paragraph in &reading.structure.paragraphs {
            if paragraph.kind == ParagraphKind::Heading {
                headings[paragraph.tokens.0 as usize..paragraph.tokens.1 as usize].fill(true);
            }
        }
        for sentence in &reading.sentences {
            if is_title_case(reading, rules, sentence.range()) {
                headings[sentence.range()].fill(true);
            }
        }
        Context { reading, rules, cues, starts, headings }
    }

    /// Whether the token's capital may be owed to its place.
    pub fn begins_sentence(&self, token: usize) -> bool {
        self.starts.get(token).copied().unwrap_or(true)
    }

    /// Whether the token stands in a heading.
    pub fn in_heading(&self, token: usize) -> bool {
        self.headings.get(token).copied().unwrap_or(false)
    }

    /// The phrases that end just before `token`.
    pub fn hits_ending(&self, token: usize) -> impl Iterator<Item = &PhraseHit> {
        let from = token.saturating_sub(LONGEST_CUE);
        (from..token).flat_map(|at| self.reading.hits_at(at)).filter(move |hit| (hit.first + hit.len) as usize == token)
    }

    /// Whether a cue beside the tokens `first..end` speaks for the type.
    pub fn is_cued(&self, first: usize, end: usize, entity_type: EntityType) -> bool {
        self.cue_strength(first, end, entity_type) > 0
    }

    /// How many sides of the tokens `first..end` have a cue for the type.
    pub fn cue_strength(&self, first: usize, end: usize, entity_type: EntityType) -> u32 {
        let words = self.reading;
        let before = first > 0
            && (self.rules.word_cue(words.word(first - 1)).speak_for(entity_type, Side::Before)
                && !words.tokens[first - 1].is_possessive()
                || self
                    .hits_ending(first)
                    .any(|hit| self.rules.phrase_cue(hit.phrase).speak_for(entity_type, Side::Before)));
        u32::from(before) + u32::from(self.cued_after(end, entity_type))
    }

    /// Whether a cue for the type follows at `end`.
    fn cued_after(&self, end: usize, entity_type: EntityType) -> bool {
        let speaks = |types: CueTypes| types.speak_for(entity_type, Side::After);
        speaks(self.rules.word_cue(self.reading.word(end)))
            || self.reading.hits_at(end).iter().any(|hit| speaks(self.rules.phrase_cue(hit.phrase)))
    }

    /// Whether a verb of saying follows at `end`.
    pub fn speaks(&self, end: usize) -> bool {
        let Some(next) = self.reading.tokens.get(end) else { return false };
        self.cues.of_word(next.word()).holds(CueClass::Say)
            && next.is_word()
            && !next.is_capitalized()
            && next.is_spaced()
    }

    /// Whether what ends before `end` seems to be a subject: a reporting or finite verb follows.
    pub fn is_subject(&self, end: usize) -> bool {
        let Some(next) = self.reading.tokens.get(end) else { return false };
        self.reading.tokens[end - 1].is_possessive()
            || self.cues.of_word(next.word()).is_verb() && !next.is_capitalized()
            || self.rules.verbs.holds(next.word()) && !next.is_capitalized()
    }
}

/// Whether it is a headline: nearly all longer words capitalised, a small word among them, no full stop.
fn is_title_case(reading: &Reading<'_>, rules: &NameRules, tokens: std::ops::Range<usize>) -> bool {
    const LONG: usize = 4;
    const ENOUGH: usize = 4;
    let words = || reading.tokens[tokens.clone()].iter().filter(|token| token.is_word() && token.span.len() >= LONG);
    let upper = words().filter(|token| token.is_capitalized() || token.has_inner_upper()).count();
    let small = |i: &usize| reading.tokens[*i].is_capitalized() && rules.starters.holds(reading.word(*i));
    words().count() >= ENOUGH
        && upper * 10 >= words().count() * 9
        && !tokens.clone().last().is_some_and(|last| matches!(reading.letters(last), "." | ")" | "”" | "\""))
        && tokens.clone().skip(1).any(|i| small(&i))
}
