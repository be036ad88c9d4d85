//! The sieves that find the source of words between marks, each by one sign.

use super::block::signature;
use super::frame::{Frame, Shape};
use super::marked::{Carried, Finder, Pair};
use super::rules::WordKind;
use super::scene::{Bounds, Phrase};
use crate::cue::CueClass;
use crate::structure::ParagraphKind;

impl Finder<'_> {
    /// `“…,” said PERSON`, `“…,” PERSON said`: the frame that begins where the marks end.
    pub fn right_frame(&self, pair: &Pair) -> Option<&Frame> {
        let scene = self.scene;
        let mut at = pair.close;
        let mut comma = matches!(pair.last, ',' | '?' | '!' | '—' | '–' | '-' | '…');
        while at < pair.right && scene.inside(at) == pair.bounds.within && !scene.is_word(at) {
            match scene.letters(at) {
                "," | "—" | "–" | "-" => comma = true,
                ")" | "]" | "." | "…" | "*" => {}
                _ => return None,
            }
            at += 1;
        }
        let adverbs = (at..pair.right.min(at + 3))
            .take_while(|i| scene.is_adverb(*i) && !scene.is(*i, WordKind::Determiner))
            .count();
        let frame = self.frame_starting(at, pair).or_else(|| self.frame_starting(at + adverbs, pair))?;
        let relative = frame.speaker.is_some_and(|speaker| scene.is(speaker.first, WordKind::Relative));
        let everyday = scene.is(frame.cue.0, WordKind::CloseCue)
            && frame.shape == Shape::Before
            && !self.is_final(frame, pair.right);
        if frame.cue.0 >= pair.right || relative || everyday {
            return None;
        }
        let fits = match frame.shape {
            Shape::Inverted => {
                let everyday = scene.is(frame.cue.0, WordKind::CloseCue);
                let speaks =
                    frame.speaker.is_some_and(|speaker| self.can_speak(speaker) || scene.is_noun_like(speaker.end - 1));
                (pair.last != '.' || !scene.is_capitalized(frame.cue.0)) && (speaks || !everyday)
            }
            Shape::Before => comma || pair.last != '.' && pair.clause && pair.open == pair.bounds.first,
            Shape::According => true,
            Shape::Shared | Shape::Passive => false,
        };
        fits.then_some(frame)
    }

    fn frame_starting(&self, at: usize, pair: &Pair) -> Option<&Frame> {
        let from = self.frames.partition_point(|frame| frame.cue.0 < at);
        self.frames[from..].iter().take(4).find(|frame| frame.first == at && frame.bounds.within == pair.bounds.within)
    }

    /// The best frame before the marks in their sentence: of those that weigh alike the nearest.
    pub fn left_frame(&self, pair: &Pair) -> Option<&Frame> {
        let until = self.frames.partition_point(|frame| frame.cue.0 < pair.open);
        if let Some(frame) = self.outer_frame(pair, until).filter(|_| !pair.clause) {
            return Some(frame);
        }
        let mut best: Option<(&Frame, u8)> = None;
        let before = self.frames[..until].iter().rev().take_while(|frame| frame.cue.0 >= pair.bounds.first).take(8);
        for frame in before.filter(|frame| frame.bounds.within == pair.bounds.within && frame.cue.1 <= pair.open) {
            let weight = self.weight(frame, pair);
            if weight > 0 && best.is_none_or(|(_, known)| weight > known) {
                best = Some((frame, weight));
            }
        }
        best.map(|(frame, _)| frame)
    }

    /// The frame whose reported clause holds a fragment: the outermost verb of saying, until another clause is joined.
    fn outer_frame(&self, pair: &Pair, until: usize) -> Option<&Frame> {
        const MOST: usize = 8;
        let scene = self.scene;
        let from = self.frames.partition_point(|frame| frame.cue.0 < pair.bounds.first).max(until.saturating_sub(MOST));
        let mut held: Option<&Frame> = None;
        for frame in &self.frames[from..until] {
            let belief = !(frame.classes.holds(CueClass::Say) || frame.classes.holds(CueClass::Quote));
            if frame.bounds.within != pair.bounds.within
                || frame.cue.1 > pair.open
                || belief
                || frame.shape == Shape::Inverted
            {
                continue;
            }
            let says = frame.classes.holds(CueClass::Say)
                && !scene.is(frame.cue.0, WordKind::CloseCue)
                && frame.speaker.is_some();
            let joined = frame.first.checked_sub(1).is_some_and(|at| {
                at >= pair.bounds.first && (scene.is(at, WordKind::Conjunction) || scene.is_hard_stop(at))
            });
            let relative = scene.letters(frame.cue.0.saturating_sub(1)) == "who";
            match held {
                None if says => held = Some(frame),
                // `After A argued that …, B said that …`: the first clause hangs on the second.
                Some(known) if says && self.hangs(known, frame) => held = Some(frame),
                Some(_) if says && frame.cue.1 == pair.open && frame.shape == Shape::Before => held = Some(frame),
                Some(_) if frame.shape == Shape::Shared && says || joined || relative && says => held = Some(frame),
                _ => {}
            }
        }
        held
    }

    /// Whether the clause of `frame` is a subordinate one before that of `main`.
    fn hangs(&self, frame: &Frame, main: &Frame) -> bool {
        let scene = self.scene;
        let first = frame.bounds.first;
        let subordinate = scene.is(first, WordKind::Subordinator) && !scene.is(first, WordKind::Determiner);
        subordinate
            && main.first > frame.cue.1
            && scene.is_comma(main.first - 1)
            && (first..frame.first).all(|i| !scene.is_comma(i))
    }

    /// How well a frame before the marks fits them; 0 where it does not.
    fn weight(&self, frame: &Frame, pair: &Pair) -> u8 {
        let scene = self.scene;
        let gap = pair.open - frame.cue.1;
        let everyday = scene.is(frame.cue.0, WordKind::CloseCue);
        let beside = gap == 0 || gap == 1 && !scene.is_word(pair.open - 1);
        let spoken = frame.speaker.is_some();
        let weight = if beside && !frame.classes.holds(CueClass::Belief) {
            4
        } else if everyday {
            u8::from(gap <= 8)
        } else if frame.classes.holds(CueClass::Say)
            || frame.classes.holds(CueClass::Source)
            || frame.classes.holds(CueClass::Quote) && gap <= 10
        {
            3
        } else if frame.classes.holds(CueClass::Belief) && beside {
            2
        } else {
            1
        };
        if spoken { weight } else { weight.min(1) }
    }

    /// `A plan to “…” is on the table, PERSON said.`
    pub fn trailing_frame(&self, pair: &Pair) -> Option<&Frame> {
        let from = self.frames.partition_point(|frame| frame.cue.0 < pair.close);
        self.frames[from..].iter().take_while(|frame| frame.cue.0 < pair.right).take(4).find(|frame| {
            frame.bounds.within == pair.bounds.within
                && frame.first >= pair.close
                && !self.scene.is(frame.cue.0, WordKind::CloseCue)
                && match frame.shape {
                    Shape::Inverted | Shape::According => true,
                    Shape::Before => {
                        frame.first > 0 && self.scene.is_comma(frame.first - 1) && self.is_final(frame, pair.right)
                    }
                    Shape::Shared | Shape::Passive => false,
                }
        })
    }

    /// Whether a frame ends its sentence, words of time and place apart.
    fn is_final(&self, frame: &Frame, right: usize) -> bool {
        let scene = self.scene;
        let mut at = frame.cue.1.max(frame.end.min(frame.cue.1));
        let mut words = 0;
        while at < right && words < 12 {
            if scene.inside(at) != frame.bounds.within || scene.is_comma(at) {
                return scene.inside(at) == frame.bounds.within;
            }
            let kinds = scene.kinds(at);
            if kinds.is(WordKind::Subordinator) && !kinds.is(WordKind::Preposition) || kinds.is(WordKind::Pronoun) {
                return false;
            }
            words += usize::from(scene.is_word(at));
            at += 1;
        }
        words < 12
    }

    /// `“…” — PERSON`.
    pub fn dash_name(&self, pair: &Pair) -> Option<Phrase> {
        let scene = self.scene;
        let mut at = pair.close;
        let mut dash = false;
        while scene.reading.tokens.get(at).is_some_and(|token| token.is_mark()) && at < pair.close + 3 {
            dash |= matches!(scene.letters(at), "—" | "–" | "-" | "―");
            at += 1;
        }
        if !dash || !scene.is_capitalized(at) || !matches!(pair.last, '.' | '?' | '!' | '…' | ',') && !pair.clause {
            return None;
        }
        let bounds = scene.bounds(at);
        let phrase = scene.phrase_after(at, bounds)?;
        (phrase.end >= bounds.end.saturating_sub(1) || scene.is_comma(phrase.end)).then_some(phrase)
    }

    /// `PERSON became, in her own words, “…”`: a fixed phrase right before the marks.
    pub fn phrase_frame(&self, pair: &Pair) -> Option<((usize, usize), Phrase)> {
        const LONGEST: usize = 6;
        let scene = self.scene;
        let mut end = pair.open;
        while end > pair.bounds.first && !scene.is_word(end - 1) {
            end -= 1;
        }
        let first = (end.saturating_sub(LONGEST).max(pair.bounds.first)..end).find(|at| {
            let hits = scene.reading.hits_at(*at).iter();
            hits.filter(|hit| (hit.first + hit.len) as usize == end)
                .any(|hit| scene.cues.of_phrase(*hit).holds(CueClass::Phrase))
        })?;
        let subject = scene.first_subject(pair.bounds, first).filter(|subject| self.can_speak(*subject))?;
        Some(((first, end), subject))
    }

    /// `PERSON's claim that it was “…”`; `“…” was the verdict of PERSON`: a noun of saying with its owner or author.
    pub fn noun_frame(&self, pair: &Pair) -> Option<(usize, Phrase)> {
        const NEAR: usize = 14;
        let scene = self.scene;
        let is_noun = |at: &usize| {
            scene.inside(*at) == pair.bounds.within && scene.cues.of_word(scene.reading.word(*at)).holds(CueClass::Noun)
        };
        let before = (pair.bounds.first.max(pair.open.saturating_sub(NEAR))..pair.open).rev().filter(is_noun).take(3);
        let after = (pair.close..pair.right.min(pair.close + NEAR)).filter(is_noun).take(3);
        before.chain(after).find_map(|noun| self.author(noun, pair).map(|speaker| (noun, speaker)))
    }

    /// Who owns or made the saying that the noun at a token names.
    fn author(&self, noun: usize, pair: &Pair) -> Option<Phrase> {
        let scene = self.scene;
        let bounds = pair.bounds;
        let end = noun + 1;
        if matches!(scene.letters(end), "by" | "from" | "of") && scene.inside(end) == bounds.within {
            let right = Bounds { end: pair.right.max(bounds.end), ..bounds };
            let author = scene.phrase_after(end + 1, right).filter(|phrase| self.can_speak(*phrase));
            if author.is_some() {
                return author;
            }
        }
        let mut before = (bounds.first.max(noun.saturating_sub(4))..noun).rev();
        if let Some(owner) = before.find(|at| scene.is_possessive(*at)) {
            let phrase = scene.phrase_before(owner + 1, bounds.first, bounds.within)?;
            return self.can_speak(phrase).then_some(phrase);
        }
        // `PERSON made an allusion to “…”`.
        let made = noun > bounds.first + 1 && matches!(scene.letters(noun - 1), "a" | "an") && noun < pair.open;
        let subject = if made { scene.first_subject(bounds, noun - 1) } else { None };
        subject.filter(|subject| self.can_speak(*subject))
    }

    /// `“…,” Acme's PERSON.` without a verb; `PERSON, ANALYST, ACME RESEARCH “…”`.
    pub fn bare_name(&self, pair: &Pair) -> Option<Phrase> {
        let scene = self.scene;
        let named = |phrase: &Phrase| {
            (phrase.first..phrase.end).all(|i| scene.is_capitalized(i) || !scene.is_word(i))
                && phrase.end - phrase.first >= 2
        };
        if pair.last == ',' && scene.is_capitalized(pair.close) {
            let phrase = scene.phrase_after(pair.close, pair.bounds).filter(named)?;
            return (phrase.full + 1 >= pair.bounds.end).then_some(phrase);
        }
        let start =
            (pair.bounds.first..pair.open).rev().take(24).find(|i| scene.letters(*i) == ":" && *i + 1 < pair.open);
        let label = start.map_or(pair.bounds.first, |start| start + 1)..pair.open;
        let caps = |i: usize| {
            scene.reading.tokens.get(i).is_some_and(|token| token.is_caps() || token.is_mark() || token.span.len() == 1)
        };
        if label.len() < 3 || !label.clone().all(caps) {
            return None;
        }
        let end = label.clone().find(|i| scene.is_comma(*i)).unwrap_or(label.end);
        let phrase = Phrase { first: label.start, end, full: end };
        named(&phrase).then_some(phrase)
    }

    /// `PERSON: “…”`, also at the end of the paragraph before.
    pub fn colon_name(&self, pair: &Pair) -> Option<Phrase> {
        let scene = self.scene;
        let mut colon = pair.open.checked_sub(1)?;
        if scene.letters(colon) != ":" {
            return None;
        }
        let bounds = scene.bounds(colon);
        if colon <= bounds.first {
            return None;
        }
        while colon > bounds.first && !scene.is_word(colon) {
            colon -= 1;
        }
        scene.phrase_before(colon + 1, bounds.first, bounds.within).filter(|phrase| {
            (phrase.first..phrase.end)
                .any(|i| scene.is_capitalized(i) || scene.is_noun_like(i) || scene.is(i, WordKind::Pronoun))
        })
    }

    pub fn begins_paragraph(&self, pair: &Pair) -> bool {
        let paragraph = &self.scene.reading.structure.paragraphs[self.scene.pairs[pair.index].paragraph as usize];
        paragraph.tokens.0 as usize == pair.open
    }

    /// The speaker of a quotation that stands alone, from what goes before.
    pub fn carried(&self, pair: &Pair) -> Option<Carried> {
        let scene = self.scene;
        let paragraph = scene.pairs[pair.index].paragraph;
        // The next paragraph signs it: `— PERSON`.
        let signed = scene.reading.structure.paragraphs.get(paragraph as usize + 1);
        let ends = scene.reading.structure.paragraphs[paragraph as usize].tokens.1 as usize <= pair.close + 1;
        if let Some(speaker) = signed.filter(|_| ends).and_then(|next| signature(scene, next)) {
            return Some((None, Some(speaker), "quotation.dash"));
        }
        if let Some(speaker) = self.reported_before(pair) {
            return Some((None, Some(speaker), "quotation.sentence-before"));
        }
        if let Some(previous) = self.previous.filter(|previous| previous.paragraph == paragraph) {
            return Some((None, previous.draft.speaker, "quotation.carried"));
        }
        // A later attribution in the same paragraph: `“A.” “B,” PERSON said.`
        let before = pair.bounds.first;
        let paragraphs = &scene.reading.structure.paragraphs;
        let own = paragraphs[paragraph as usize];
        if before > own.tokens.0 as usize {
            // The sentence before in the same paragraph.
            let bounds = scene.bounds(before - 1);
            if let Some(subject) = scene.first_subject(bounds, bounds.end).filter(|subject| self.can_speak(*subject)) {
                return Some((None, Some(subject), "quotation.sentence"));
            }
        }
        let next = self.frames.partition_point(|frame| frame.cue.0 < pair.close);
        if let Some(frame) = self.frames.get(next).filter(|frame| {
            frame.cue.0 < own.tokens.1 as usize
                && matches!(frame.shape, Shape::Before | Shape::Inverted)
                && frame.bounds.within == 0
        }) {
            return Some((None, frame.speaker, "quotation.paragraph"));
        }
        let above =
            paragraphs[..paragraph as usize].iter().rev().take(1).find(|above| above.kind != ParagraphKind::Code)?;
        let last = (above.tokens.1 as usize).checked_sub(1)?;
        if scene.letters(last) == ":" {
            let bounds = scene.bounds(last);
            let until = self.frames.partition_point(|frame| frame.cue.0 < last);
            let frame = self.frames[..until]
                .iter()
                .rev()
                .take(3)
                .find(|frame| frame.cue.0 >= bounds.first && frame.speaker.is_some());
            if let Some(frame) = frame {
                return Some((Some(frame.cue), frame.speaker, "quotation.lead-in"));
            }
            let subject = scene.first_subject(bounds, last);
            return Some((None, subject, "quotation.lead-in"));
        }
        if let Some(previous) = self.previous.filter(|previous| previous.paragraph + 1 == paragraph) {
            return Some((None, previous.draft.speaker, "quotation.previous-paragraph"));
        }
        let bounds = scene.bounds(last);
        let subject = scene.first_subject(bounds, bounds.end).filter(|subject| self.can_speak(*subject));
        Some((None, subject, "quotation.previous-sentence"))
    }

    /// The speaker of the sentence before in the same paragraph, where that reports.
    fn reported_before(&self, pair: &Pair) -> Option<Phrase> {
        let scene = self.scene;
        let paragraph = &scene.reading.structure.paragraphs[scene.pairs[pair.index].paragraph as usize];
        let last = pair.bounds.first.checked_sub(1).filter(|last| *last >= paragraph.tokens.0 as usize)?;
        if scene.inside(last) != pair.bounds.within {
            return None;
        }
        let bounds = scene.bounds(last);
        let from = self.frames.partition_point(|frame| frame.cue.0 < bounds.first);
        let frame = self.frames[from..].iter().take_while(|frame| frame.cue.0 < bounds.end).find(|frame| {
            frame.bounds.within == 0
                && matches!(frame.shape, Shape::Before | Shape::Inverted)
                && frame.classes.holds(CueClass::Say)
                && !frame.negative
        })?;
        frame.speaker.filter(|speaker| self.can_speak(*speaker) && !scene.is(speaker.first, WordKind::Relative))
    }

    pub fn can_speak(&self, phrase: Phrase) -> bool {
        let scene = self.scene;
        (phrase.first..phrase.end).any(|i| {
            let kinds = scene.kinds(i);
            scene.is_capitalized(i) && !kinds.is(WordKind::Determiner)
                || kinds.is_any(&[WordKind::Pronoun, WordKind::SpeakerNoun, WordKind::SpeakerBody])
        })
    }
}
