//! Reporting words with their speakers: `PERSON said`, `said PERSON`, `according to PERSON`.

use super::rules::WordKind;
use super::scene::{Bounds, Phrase, Scene};
use crate::cue::{CueClass, CueClasses};

/// How speaker and reporting word stand to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// `PERSON said`.
    Before,
    /// `said PERSON`.
    Inverted,
    /// `according to PERSON`.
    According,
    /// `saying`, `and said`, `to say`: the speaker is the subject of what goes before.
    Shared,
    /// `was called`, `is said`: whoever says so is not told, or after `by`.
    Passive,
}

/// A reporting word with its speaker.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Frame {
    /// The tokens of the reporting word or phrase.
    pub cue: (usize, usize),
    pub classes: CueClasses,
    pub shape: Shape,
    pub speaker: Option<Phrase>,
    /// The tokens of speaker and reporting word together.
    pub first: usize,
    pub end: usize,
    /// Whether it says that nothing was said: `declined to say`.
    pub negative: bool,
    pub bounds: Bounds,
}

/// Finds all frames, by reporting word.
pub(super) fn find_frames(scene: &Scene<'_>) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    let mut at = 0;
    while at < scene.reading.tokens.len() {
        let Some((len, classes)) = cue_at(scene, at) else {
            at += 1;
            continue;
        };
        if let Some(frame) = frame_at(scene, at, len, classes, &frames) {
            frames.push(frame);
        }
        at += len;
    }
    frames
}

/// The reporting word or phrase at a token: its length and classes.
fn cue_at(scene: &Scene<'_>, at: usize) -> Option<(usize, CueClasses)> {
    if !scene.is_word(at) {
        return None;
    }
    let phrase = scene.reading.hits_at(at).iter().find_map(|hit| {
        let classes = scene.cues.of_phrase(*hit);
        (classes.is_verb() || classes.holds(CueClass::Source)).then_some((hit.len as usize, classes))
    });
    let word = scene.cues.of_word(scene.reading.word(at));
    let single = (word.is_verb() || word.holds(CueClass::Source)).then_some((1, word));
    phrase.or(single)
}

fn frame_at(scene: &Scene<'_>, at: usize, len: usize, classes: CueClasses, known: &[Frame]) -> Option<Frame> {
    let bounds = scene.bounds(at);
    let end = at + len;
    if classes.holds(CueClass::Source) {
        return according(scene, at, len, classes, bounds);
    }
    if scene.is_possessive(at) {
        return None;
    }
    let starts = at == bounds.first;
    // A capital inside a sentence is a name or a heading.
    if scene.is_capitalized(at) && !starts {
        return None;
    }
    let letters = scene.letters(at);
    let participle = letters.len() > 4 && letters.ends_with("ing");
    let previous = (at > bounds.first).then(|| at - 1);
    if let Some(previous) = previous.filter(|previous| scene.inside(*previous) == bounds.within) {
        let kinds = scene.kinds(previous);
        if scene.is_noun_use(at)
            && !kinds.is(WordKind::Pronoun)
            && !kinds.is(WordKind::Time)
            && !is_plural_subject(scene, previous)
        {
            return None;
        }
        if kinds.is(WordKind::Preposition) && !participle && scene.letters(previous) != "to" {
            return None;
        }
    }
    let make = |shape, speaker: Option<Phrase>, negative| {
        let first = speaker.map_or(at, |phrase| phrase.first.min(at));
        let last = speaker.map_or(end, |phrase| phrase.full.max(end));
        Some(Frame { cue: (at, end), classes, shape, speaker, first, end: last, negative, bounds })
    };
    let before = scene.skip_back(at, bounds.first);
    let group = before..at;
    let negative = group.clone().any(|i| scene.is(i, WordKind::Negation));
    let passive = group.clone().any(|i| scene.is(i, WordKind::Be)) && !participle && is_past(letters);
    if passive {
        let by =
            (end..bounds.end.min(end + 12)).find(|i| scene.letters(*i) == "by" && scene.inside(*i) == bounds.within);
        let speaker = by.and_then(|by| scene.phrase_after(by + 1, bounds));
        return make(Shape::Passive, speaker, negative);
    }
    // `declined to say`, `went on to say`.
    if previous.is_some_and(|previous| scene.letters(previous) == "to") && at >= bounds.first + 2 {
        let governor = at - 2;
        let negative = scene.is(governor, WordKind::NotSpeech)
            || scene.is(governor, WordKind::Negation)
            || scene.is(governor, WordKind::ObjectPronoun)
            || scene.is_capitalized(governor);
        let speaker = shared_speaker(scene, at, bounds, known);
        return make(Shape::Shared, speaker, negative);
    }
    if inverts(scene, at, end, bounds) && !participle {
        let speaker = scene.phrase_after(end, bounds);
        if let Some(phrase) = speaker.filter(|phrase| stands_after(scene, *phrase, bounds)) {
            return make(Shape::Inverted, Some(phrase), negative);
        }
    }
    let is_ing = participle && !group.clone().any(|i| scene.is(i, WordKind::Be));
    if is_ing {
        return make(Shape::Shared, shared_speaker(scene, at, bounds, known), false);
    }
    let modal = group.clone().any(|i| scene.is(i, WordKind::Modal));
    match scene.subject_before(at, bounds) {
        Some(subject) if subject.first < subject.end => {
            // `PERSON, who said`: the pronoun stands for the name before it.
            let relative = scene.is(subject.first, WordKind::Relative) && subject.end == subject.first + 1;
            let speaker =
                if relative { antecedent(scene, subject.first, bounds).or(Some(subject)) } else { Some(subject) };
            make(Shape::Before, speaker, negative || modal)
        }
        _ => {
            let joined = before > bounds.first
                && (scene.is(before - 1, WordKind::Conjunction)
                    || scene.is_comma(before - 1)
                    || scene.letters(before - 1) == "—");
            if !joined {
                return None;
            }
            make(Shape::Shared, shared_speaker(scene, before, bounds, known), negative || modal)
        }
    }
}

/// `some say`, `many argue`: a determiner that is the subject itself.
fn is_plural_subject(scene: &Scene<'_>, at: usize) -> bool {
    matches!(
        scene.letters(at).to_ascii_lowercase().as_str(),
        "some" | "many" | "others" | "most" | "few" | "both" | "one" | "all" | "several" | "that" | "this" | "another"
    )
}

/// Whether the form is a past participle or a past tense.
fn is_past(letters: &str) -> bool {
    let lower = letters.to_ascii_lowercase();
    lower.ends_with("ed")
        || matches!(
            lower.as_str(),
            "said"
                | "told"
                | "written"
                | "read"
                | "put"
                | "heard"
                | "known"
                | "thought"
                | "seen"
                | "sworn"
                | "shown"
                | "spoken"
                | "sung"
                | "bet"
                | "held"
                | "made"
                | "found"
                | "felt"
                | "cast"
        )
}

/// `according to PERSON`, `in the words of PERSON`.
fn according(scene: &Scene<'_>, at: usize, len: usize, classes: CueClasses, bounds: Bounds) -> Option<Frame> {
    let speaker = scene.phrase_after(at + len, bounds)?;
    Some(Frame {
        cue: (at, at + len),
        classes,
        shape: Shape::According,
        speaker: Some(speaker),
        first: at,
        end: speaker.full,
        negative: false,
        bounds,
    })
}

/// Whether the verb can have its subject behind it: at the start, after marks, after a comma or a dash.
fn inverts(scene: &Scene<'_>, at: usize, end: usize, bounds: Bounds) -> bool {
    if end >= bounds.end || scene.inside(end) != bounds.within {
        return false;
    }
    if at == bounds.first {
        return true;
    }
    let previous = at - 1;
    scene.inside(previous) != bounds.within
        || matches!(scene.letters(previous), "," | "—" | "–" | "-" | "?" | "!" | "…")
}

/// Whether what follows an inverted subject leaves it one: the end, a comma, a time or a preposition, but no verb.
fn stands_after(scene: &Scene<'_>, phrase: Phrase, bounds: Bounds) -> bool {
    let first = phrase.first;
    let kinds = scene.kinds(first);
    let named = scene.is_capitalized(first);
    let plausible = named
        || kinds.is_any(&[
            WordKind::Pronoun,
            WordKind::Determiner,
            WordKind::SpeakerNoun,
            WordKind::SpeakerBody,
            WordKind::Rank,
        ])
        || scene.reading.tokens.get(first).is_some_and(|token| token.is_number())
        || (phrase.first..phrase.end).any(|i| scene.is_noun_like(i) || scene.is_capitalized(i));
    if !plausible || kinds.is(WordKind::RelayNoun) && kinds.is(WordKind::ObjectPronoun) {
        return false;
    }
    let next = phrase.full;
    if next >= bounds.end || scene.inside(next) != bounds.within {
        return true;
    }
    let kinds = scene.kinds(next);
    let verbal = kinds.is(WordKind::Auxiliary) || kinds.is(WordKind::Verb) && !kinds.is(WordKind::Preposition);
    !verbal
}

/// The noun phrase before `, who`.
fn antecedent(scene: &Scene<'_>, relative: usize, bounds: Bounds) -> Option<Phrase> {
    let mut end = relative;
    if end > bounds.first && scene.is_comma(end - 1) {
        end -= 1;
    }
    scene.phrase_before(end, bounds.first, bounds.within)
}

/// The speaker of a verb without subject of its own: that of the frame before it in the sentence, else the subject.
fn shared_speaker(scene: &Scene<'_>, at: usize, bounds: Bounds, known: &[Frame]) -> Option<Phrase> {
    let before = known.iter().rev().take(4).find(|frame| {
        frame.bounds.within == bounds.within
            && bounds.first <= frame.first
            && frame.shape != Shape::Passive
            && frame.speaker.is_some()
    });
    match before {
        Some(frame) => frame.speaker,
        None => scene.first_subject(bounds, at),
    }
}
