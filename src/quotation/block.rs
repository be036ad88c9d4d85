//! Quotations set off as paragraphs of their own: after a lead-in, as Markdown quotations, as turns of an interview.

use super::QuotationKind;
use super::frame::Frame;
use super::marked::Draft;
use super::rules::WordKind;
use super::scene::{Phrase, Scene};
use crate::cue::CueClass;
use crate::span::Span;
use crate::structure::{Paragraph, ParagraphKind};
use std::collections::BTreeMap;

/// Finds block quotations.
pub(super) fn find_blocks(scene: &Scene<'_>, frames: &[Frame]) -> Vec<Draft> {
    let paragraphs = &scene.reading.structure.paragraphs;
    let mut drafts = Vec::new();
    let turns = find_turns(scene, paragraphs);
    let mut at = 0;
    while at < paragraphs.len() {
        if let Some(turn) = turns.get(&at) {
            let mut end = at;
            while end + 1 < paragraphs.len()
                && !turns.contains_key(&(end + 1))
                && paragraphs[end + 1].kind == ParagraphKind::Body
                && paragraphs[end + 1].article == paragraphs[at].article
                && turns.range(end + 1..).next().is_some()
            {
                end += 1;
            }
            let content = Span::new(turn.start, paragraphs[end].span.end()).trim(scene.text());
            drafts.push(Draft {
                content,
                kind: QuotationKind::Block,
                cue: None,
                speaker: turn.speaker,
                rule: "quotation.turn",
            });
            at = end + 1;
            continue;
        }
        if paragraphs[at].kind == ParagraphKind::Quote {
            let mut end = at;
            while paragraphs.get(end + 1).is_some_and(|next| next.kind == ParagraphKind::Quote) {
                end += 1;
            }
            let content = paragraphs[at].span.join(paragraphs[end].span);
            let from = scene.pairs.partition_point(|pair| pair.outer.start() < content.start());
            let inside = scene.pairs[from..].iter().take_while(|pair| pair.outer.start() < content.end());
            let marked = inside.into_iter().any(|pair| pair.content.len() * 2 > content.len());
            if !marked {
                let (cue, speaker) = lead_in(scene, frames, at).unwrap_or((None, None));
                drafts.push(Draft { content, kind: QuotationKind::Block, cue, speaker, rule: "quotation.block-mark" });
            }
            at = end + 1;
            continue;
        }
        if at > 0
            && is_plain(paragraphs[at])
            && leads_in(scene, paragraphs[at - 1])
            && !opens_with_mark(scene, paragraphs[at])
            && let Some((cue, speaker)) =
                lead_in(scene, frames, at).or_else(|| Some((None, Some(signature(scene, paragraphs.get(at + 1)?)?))))
        {
            let mut end = at;
            while paragraphs.get(end + 1).is_some_and(|next| goes_on(scene, frames, *next)) {
                end += 1;
            }
            let content = paragraphs[at].span.join(paragraphs[end].span);
            drafts.push(Draft { content, kind: QuotationKind::Block, cue, speaker, rule: "quotation.block" });
            at = end + 1;
            continue;
        }
        at += 1;
    }
    drafts
}

/// `— PERSON`: a short paragraph that signs the one before it.
pub(super) fn signature(scene: &Scene<'_>, paragraph: &Paragraph) -> Option<Phrase> {
    const LONGEST: usize = 10;
    let (first, end) = (paragraph.tokens.0 as usize, paragraph.tokens.1 as usize);
    // A hyphen before a name alone reads as a list item.
    let item = paragraph.kind == ParagraphKind::ListItem
        && end > first
        && (first..end).all(|i| scene.is_capitalized(i) || !scene.is_word(i));
    let dash = matches!(scene.letters(first), "—" | "–" | "-" | "―");
    let name = first + usize::from(dash);
    if !(dash || item) || end - first > LONGEST || !scene.is_capitalized(name) {
        return None;
    }
    scene.phrase_after(name, scene.bounds(name))
}

fn is_plain(paragraph: Paragraph) -> bool {
    paragraph.kind == ParagraphKind::Body && paragraph.tokens.1 > paragraph.tokens.0 + 4
}

fn opens_with_mark(scene: &Scene<'_>, paragraph: Paragraph) -> bool {
    matches!(scene.letters(paragraph.tokens.0 as usize), "\"" | "“" | "‘" | "'" | "«" | "„" | "`")
}

/// Whether a paragraph ends in a colon.
fn leads_in(scene: &Scene<'_>, paragraph: Paragraph) -> bool {
    paragraph.kind == ParagraphKind::Body
        && paragraph.tokens.1 > paragraph.tokens.0
        && scene.letters(paragraph.tokens.1 as usize - 1) == ":"
}

/// The reporting word and speaker of the sentence that leads in the paragraph at `at`.
type LeadIn = (Option<(usize, usize)>, Option<Phrase>);

fn lead_in(scene: &Scene<'_>, frames: &[Frame], at: usize) -> Option<LeadIn> {
    let above = scene.reading.structure.paragraphs.get(at.checked_sub(1)?)?;
    let last = (above.tokens.1 as usize).checked_sub(1)?;
    let bounds = scene.bounds(last);
    let until = frames.partition_point(|frame| frame.cue.0 < last);
    let mut before =
        frames[..until].iter().rev().take_while(|frame| frame.cue.0 >= bounds.first && frame.bounds.within == 0);
    let plain = |frame: &Frame| {
        let speaker = frame.speaker.map_or(0, |speaker| speaker.first);
        let own = scene.is(speaker, WordKind::Narrator);
        // Words quoted in the lead-in itself are what it leads in.
        let from =
            scene.pairs.partition_point(|pair| pair.outer.start() < scene.reading.tokens[frame.cue.0].span.start());
        let until = scene.reading.tokens[last].span.start();
        let marks = scene.pairs[from..].iter().take_while(|pair| pair.outer.start() < until).any(|pair| {
            let words = pair.content.of(scene.text());
            words.ends_with([',', '.', '?', '!']) || words.split_whitespace().take(4).count() == 4
        });
        !own && !marks && (frame.cue.1 == last || !scene.is(frame.cue.0, WordKind::CloseCue))
    };
    let speaks = |frame: &&Frame| {
        plain(frame)
            && frame.speaker.is_some()
            && !frame.negative
            && (frame.classes.holds(CueClass::Say)
                || frame.classes.holds(CueClass::Quote)
                || frame.classes.holds(CueClass::Source))
    };
    if scene.kinds(last.saturating_sub(1)).is(WordKind::NotBlock) {
        return None;
    }
    // The first verb of the sentence is its own; those after it hang on it.
    let frame = before.clone().filter(speaks).last().or_else(|| before.find(speaks));
    if let Some(frame) = frame {
        return Some((Some(frame.cue), frame.speaker));
    }
    let lead = scene.rules.ends_before(scene.reading, last, WordKind::BlockLead) > 0;
    if !lead {
        return None;
    }
    Some((None, scene.first_subject(bounds, last)))
}

/// Whether a paragraph after a block is still the source's voice: `we`, `I`, and no reporting of the narrator's.
fn goes_on(scene: &Scene<'_>, frames: &[Frame], paragraph: Paragraph) -> bool {
    if !is_plain(paragraph) || opens_with_mark(scene, paragraph) {
        return false;
    }
    let range = paragraph.tokens.0 as usize..paragraph.tokens.1 as usize;
    let first_person = range.clone().any(|at| scene.inside(at) == 0 && scene.is(at, WordKind::Narrator));
    let from = frames.partition_point(|frame| frame.cue.0 < range.start);
    let reported = frames
        .get(from)
        .is_some_and(|frame| frame.cue.0 < range.end && frame.classes.holds(CueClass::Say) && frame.bounds.within == 0);
    first_person && !reported
}

/// A turn of an interview.
struct Turn<'a> {
    /// The last word before its colon.
    label: &'a str,
    speaker: Option<Phrase>,
    /// Where its words begin, in bytes.
    start: usize,
}

/// Turns of an interview, by paragraph: those that begin with `Name:` or `Q:`.
fn find_turns<'a>(scene: &Scene<'a>, paragraphs: &[Paragraph]) -> BTreeMap<usize, Turn<'a>> {
    const LONGEST: usize = 5;
    let mut turns = BTreeMap::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        if !matches!(paragraph.kind, ParagraphKind::Body) {
            continue;
        }
        let mut first = paragraph.tokens.0 as usize;
        let end = paragraph.tokens.1 as usize;
        while first < end && matches!(scene.letters(first), "*" | "_") {
            first += 1;
        }
        let Some(colon) = (first + 1..end.min(first + LONGEST + 1)).find(|at| scene.letters(*at) == ":") else {
            continue;
        };
        let label = colon == first + 1 && scene.is(first, WordKind::InterviewTurn) && scene.is_capitalized(first);
        let named = label
            || (first..colon)
                .all(|at| scene.is_capitalized(at) && !scene.is(at, WordKind::Determiner) || scene.letters(at) == ".");
        let follows = scene.reading.tokens.get(colon + 1).is_some_and(|next| next.is_spaced() || next.is_mark());
        if named && follows && end - colon > 3 {
            let mut start = colon + 1;
            while start < end && matches!(scene.letters(start), "*" | "_") {
                start += 1;
            }
            // `Q:` names nobody.
            let speaker = (!label).then_some(Phrase { first, end: colon, full: colon });
            let start = scene.reading.tokens[start.min(end - 1)].span.start();
            turns.insert(index, Turn { label: scene.letters(colon - 1), speaker, start });
        }
    }
    // One such paragraph is a label; an interview has turns of more than one speaker, and each speaks again.
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for turn in turns.values() {
        *counts.entry(turn.label).or_default() += 1;
    }
    let repeated: usize = counts.values().filter(|count| **count > 1).sum();
    if turns.len() < 3 || repeated < 3 {
        turns.clear();
    }
    turns
}
