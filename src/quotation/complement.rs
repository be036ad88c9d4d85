//! Clauses behind a reporting word: `X said (that) CLAUSE`, `it was revealed that CLAUSE`.

use super::frame::{Frame, Shape};
use super::indirect::{BETWEEN, Finder};
use super::marked::Draft;
use super::rules::WordKind;
use super::scene::Bounds;
use crate::cue::CueClass;
use std::ops::Range;

impl Finder<'_> {
    /// `it was revealed that CLAUSE`, `PERSON was told that CLAUSE`: whoever says so is behind `by`, or nobody.
    pub fn passive(&self, index: usize, frame: &Frame, drafts: &mut Vec<Draft>) {
        let scene = self.scene;
        let subject = scene.skip_back(frame.cue.0, frame.bounds.first).checked_sub(1);
        let impersonal = subject.is_some_and(|at| scene.letters(at).eq_ignore_ascii_case("it"));
        let told = scene.is(frame.cue.0, WordKind::ObjectVerb) && frame.classes.holds(CueClass::Say);
        if !(told || impersonal && frame.classes.holds(CueClass::Say)) {
            return;
        }
        let reach = frame.cue.1..frame.bounds.end.min(frame.cue.1 + BETWEEN);
        let Some((start, _)) = self.that_behind(frame, reach) else { return };
        let frame = Frame { speaker: frame.speaker.filter(|speaker| speaker.first < start), ..*frame };
        let end = self.clause_end(index + 1, &frame, start);
        self.push(&frame, start, end, "quotation.reported-passive", drafts);
    }

    pub fn is_that(&self, at: usize) -> bool {
        self.scene.letters(at) == "that"
    }

    /// `X said (that) CLAUSE`.
    pub fn complement(&self, index: usize, frame: &Frame, drafts: &mut Vec<Draft>) {
        let scene = self.scene;
        let Some((start, sure)) = self.clause_start(frame) else { return };
        let end = self.clause_end(index + 1, frame, start);
        if end <= start {
            return;
        }
        let said = scene.is(frame.cue.0, WordKind::PlainSay);
        if !sure && (self.has_spoken(frame) || !said && !scene.has_verb_soon(start, end)) {
            return;
        }
        self.push(frame, start, end, "quotation.reported", drafts);
    }

    /// Whether the words in marks before the frame are its quotation: `“It works,” X said aboard the plane.`
    fn has_spoken(&self, frame: &Frame) -> bool {
        let at = self.scene.reading.tokens[frame.first].span.start();
        let until = self.marked.partition_point(|draft| draft.content.start() < at);
        self.marked[..until].iter().rev().take(2).any(|draft| draft.cue == Some(frame.cue))
    }

    /// Where the clause begins, and whether a `that` makes it one.
    pub fn clause_start(&self, frame: &Frame) -> Option<(usize, bool)> {
        let scene = self.scene;
        let bounds = frame.bounds;
        let from = frame.cue.1;
        if from >= bounds.end || scene.inside(from) != bounds.within {
            return None;
        }
        // `promised to ship` reports a deed, `wrote to the office that` an addressee.
        let addressed = scene.letters(from) == "to"
            && (scene.is_capitalized(from + 1)
                || scene.kinds(from + 1).is_any(&[WordKind::Determiner, WordKind::ObjectPronoun, WordKind::RelayNoun]));
        if scene.letters(from) == "to" && !addressed {
            return None;
        }
        let to = bounds.end.min(from + BETWEEN);
        let mut at = from;
        let takes_addressee = scene.is(frame.cue.0, WordKind::AddresseeVerb);
        if let Some(that) = self.that_behind(frame, from..to) {
            return Some(that);
        }
        if addressed {
            return None;
        }
        if takes_addressee {
            let asks = scene.kinds(at);
            if asks.is(WordKind::Pronoun)
                && !asks.is(WordKind::ObjectPronoun)
                && !matches!(scene.letters(at), "you" | "it")
            {
                return Some((at, false));
            }
            let addressee = if asks.is_any(&[WordKind::ObjectPronoun, WordKind::RelayNoun]) {
                at + 1
            } else {
                scene.phrase_after(at, bounds).map_or(at, |phrase| phrase.end)
            };
            // `said the plan was`: no addressee, but a subject.
            let verb_follows = scene.is(addressee, WordKind::Auxiliary) && !scene.is(frame.cue.0, WordKind::ObjectVerb);
            if !verb_follows {
                at = addressee;
            }
        }
        // Time, place and occasion: `said on Tuesday in a statement`.
        while at < to && scene.inside(at) == bounds.within {
            let kinds = scene.kinds(at);
            // `there was no plan`, `now is the time`: the clause has begun.
            let subject = scene.is(at + 1, WordKind::Auxiliary)
                || scene.letters(at) == "there" && scene.is_adverb(at + 1) && scene.is(at + 2, WordKind::Auxiliary);
            if (kinds.is(WordKind::Time) || scene.is_adverb(at) && !scene.is_capitalized(at)) && !subject {
                at += 1;
            } else if kinds.is(WordKind::Preposition)
                && !kinds.is(WordKind::Subordinator)
                && scene.letters(at + 1) != "-"
            {
                at = self.after_adjunct(at, bounds)?;
            } else {
                break;
            }
        }
        if at >= bounds.end || scene.inside(at) != bounds.within {
            return None;
        }
        match scene.letters(at) {
            ":" => return (scene.is_word(at + 1) && scene.inside(at + 1) == bounds.within).then_some((at + 1, true)),
            "," | "." | ";" | "—" | "–" | "-" | "!" | "?" | ")" => return None,
            _ => {}
        }
        let kinds = scene.kinds(at);
        // `said reported`: no clause begins with a verb of saying.
        if scene.verb_classes(at).holds(CueClass::Say) && scene.is_past(at) && !scene.is_capitalized(at) {
            return None;
        }
        // `a plan that analysts say might fail`: the subject of the clause stands before.
        let bare = scene.is(frame.cue.0, WordKind::BareClauseVerb) && frame.shape == Shape::Before;
        let inside = at == from && frame.first > bounds.first && bare && !scene.is_comma(frame.first - 1);
        let relative = inside && scene.is(frame.first - 1, WordKind::Relative);
        let gap = relative || inside && scene.is_word(frame.first - 1);
        let finite = kinds.is_any(&[WordKind::Auxiliary, WordKind::Verb]) && !kinds.is(WordKind::Pronoun);
        if gap && finite || relative && scene.is_inflected(at) {
            return Some((at, true));
        }
        let auxiliary =
            kinds.is(WordKind::Auxiliary) && !kinds.is(WordKind::Pronoun) && !scene.letters(at).ends_with("ing");
        if kinds.is(WordKind::AdjunctSubordinator)
            || kinds.is(WordKind::Conjunction)
            || auxiliary
            || kinds.is(WordKind::ObjectPronoun) && !kinds.is(WordKind::Determiner)
        {
            return None;
        }
        let asked = kinds.is(WordKind::Subordinator) && kinds.is(WordKind::QuestionWord);
        Some((at, asked))
    }

    /// Where a clause begins behind a `that` within reach, with nothing but an addressee, time, place or an aside
    /// between commas or dashes before it.
    fn that_behind(&self, frame: &Frame, reach: Range<usize>) -> Option<(usize, bool)> {
        let scene = self.scene;
        let (from, within) = (reach.start, frame.bounds.within);
        // A title in marks may stand between: `said on “Morning Relay” that`.
        let that = reach
            .take_while(|i| !matches!(scene.letters(*i), ":" | ";"))
            .find(|i| self.is_that(*i) && scene.inside(*i) == within)?;
        let between = from..that;
        let next = scene.kinds(that + 1);
        // `said that was natural`: the pronoun.
        if between.is_empty()
            && next.is(WordKind::Auxiliary)
            && !next.is_any(&[WordKind::Pronoun, WordKind::Determiner])
        {
            return Some((that, true));
        }
        let stop = |i: usize| scene.is_comma(i) || matches!(scene.letters(i), "—" | "–" | "-");
        let aside = stop(from) && that > from + 1 && stop(that - 1);
        let verbal = between.clone().any(|i| {
            let kinds = scene.kinds(i);
            scene.inside(i) == within
                && !aside
                && (kinds.is(WordKind::Auxiliary) || kinds.is(WordKind::Pronoun) && i > from)
        });
        let adjunct = between.is_empty()
            || aside
            || scene.is(frame.cue.0, WordKind::AddresseeVerb)
            || scene.is(from, WordKind::Preposition)
            || scene.is(from, WordKind::Time)
            || scene.is_adverb(from)
            || scene.is_adverb(from) && stop(that - 1);
        let relative = !between.is_empty()
            && next.is_any(&[WordKind::Auxiliary, WordKind::Verb])
            && !next.is_any(&[WordKind::Determiner, WordKind::Pronoun]);
        let held = that > from && scene.is(that - 1, WordKind::Preposition);
        (adjunct && !verbal && !relative && !held && (aside || !scene.is_comma(from))).then_some((that + 1, true))
    }

    /// One past a prepositional phrase: before `it`, `the`, `that` or a clause.
    fn after_adjunct(&self, from: usize, bounds: Bounds) -> Option<usize> {
        let scene = self.scene;
        let mut at = from + 1;
        let mut nouns = 0;
        while at < bounds.end && at < from + 12 {
            if scene.inside(at) != bounds.within {
                return None;
            }
            let kinds = scene.kinds(at);
            let begins =
                kinds.is_any(&[WordKind::Pronoun, WordKind::Determiner, WordKind::Time, WordKind::Preposition])
                    || self.is_that(at)
                    || !scene.is_word(at) && scene.letters(at) != "-";
            if nouns > 0 && begins {
                return Some(at);
            }
            nouns += usize::from(scene.is_word(at) && !kinds.is(WordKind::Determiner));
            at += 1;
        }
        Some(at)
    }

    /// Where the clause ends: the sentence's end, or before another reporting clause.
    pub fn clause_end(&self, from: usize, frame: &Frame, start: usize) -> usize {
        let scene = self.scene;
        let mut end = frame.bounds.end;
        // `While X said that A, B`: the clause ends with the one that it stands in.
        let first = scene.kinds(frame.bounds.first);
        let subordinate = first.is(WordKind::Subordinator)
            && !first.is(WordKind::Determiner)
            && (frame.bounds.first..frame.first).all(|i| !scene.is_comma(i));
        // `Shares rose after X said A, B`.
        let led = frame.first > frame.bounds.first
            && scene.is(frame.first - 1, WordKind::AdjunctSubordinator)
            && frame.shape == Shape::Before;
        if subordinate || led {
            end = (start..end).find(|i| scene.is_comma(*i) && scene.inside(*i) == frame.bounds.within).unwrap_or(end);
        }
        end = (start..end).find(|i| scene.letters(*i) == ";").unwrap_or(end);
        // `Noting that A, PERSON left`.
        if let Some(speaker) = frame.speaker.filter(|speaker| speaker.first > start) {
            end = end.min(speaker.first);
        }
        // `PERSON, who said that A, left`: the main verb goes on behind the comma.
        let before = scene.skip_back(frame.cue.0, frame.bounds.first);
        let relative = before > frame.bounds.first && scene.is(before - 1, WordKind::Relative);
        let aside = relative || scene.is(frame.first.max(1) - 1, WordKind::Relative);
        if aside {
            let verb = |i: usize| {
                scene.is(i, WordKind::Auxiliary) && !scene.is(i, WordKind::Pronoun)
                    || scene.is(i, WordKind::Verb)
                    || scene.verb_classes(i).is_verb() && scene.is_past(i)
                    || scene.is_adverb(i) && scene.is(i + 1, WordKind::Verb)
            };
            end = (start..end)
                .find(|i| scene.is_comma(*i) && scene.inside(*i) == frame.bounds.within && verb(i + 1))
                .unwrap_or(end);
        }
        for next in self.frames[from..].iter().take_while(|next| next.cue.0 < frame.bounds.end).take(6) {
            let everyday = scene.is(next.cue.0, WordKind::CloseCue) && !scene.is(next.cue.0, WordKind::BareClauseVerb);
            if next.bounds.within != frame.bounds.within || next.cue.0 <= start || everyday {
                continue;
            }
            let reports = next.classes.holds(CueClass::Say)
                || next.classes.holds(CueClass::Source)
                || next.classes.holds(CueClass::Quote);
            let before = next.first.checked_sub(1);
            let set_off = before
                .is_some_and(|at| at >= start && (scene.is_comma(at) || matches!(scene.letters(at), "—" | "–" | ";")));
            let joined =
                before.is_some_and(|at| at > start && scene.is(at, WordKind::Conjunction) && scene.is_comma(at - 1));
            match next.shape {
                Shape::Shared if reports && scene.is_comma(next.cue.0 - 1) => {
                    end = next.cue.0 - 1;
                    break;
                }
                Shape::Shared
                    if reports && scene.is(next.cue.0 - 1, WordKind::Conjunction) && next.cue.0 > start + 2 =>
                {
                    end = next.cue.0 - 1;
                    break;
                }
                Shape::Before if reports && joined => {
                    end = next.first - 2;
                    break;
                }
                Shape::Before if reports && set_off && scene.is_comma(next.first - 1) && self.trails(next) => {
                    end = next.first - 1;
                    break;
                }
                Shape::According | Shape::Inverted if set_off => {
                    end = next.first - 1;
                    break;
                }
                _ => {}
            }
        }
        while end > start
            && (!scene.is_word(end - 1) && !matches!(scene.letters(end - 1), "%" | ")" | "\"" | "”" | "$")
                || scene.is(end - 1, WordKind::Conjunction))
        {
            end -= 1;
        }
        end
    }

    /// `Asked whether CLAUSE, PERSON smiled`, `PERSON was asked why CLAUSE`: the question of whoever stands behind `by`.
    pub fn question(&self, verb: usize, drafts: &mut Vec<Draft>) {
        let scene = self.scene;
        let bounds = scene.bounds(verb);
        let before = scene.skip_back(verb, bounds.first);
        let passive = (before..verb).any(|i| scene.is(i, WordKind::Be));
        let lone = before <= bounds.first + 1
            && (bounds.first..before)
                .all(|i| scene.is(i, WordKind::Subordinator) || scene.is(i, WordKind::Conjunction));
        if bounds.within != 0 || !(passive || lone) {
            return;
        }
        let reach = verb + 1..bounds.end.min(verb + BETWEEN);
        let ends = |i: &usize| scene.is_comma(*i) || scene.inside(*i) != 0 || scene.is(*i, WordKind::Auxiliary);
        let start = reach.take_while(|i| !ends(i)).find(|i| scene.is(*i, WordKind::QuestionWord));
        let Some(start) = start else { return };
        let by = (verb + 1..start).find(|i| scene.letters(*i) == "by");
        let frame = Frame {
            cue: (verb, verb + 1),
            classes: Default::default(),
            shape: Shape::Passive,
            speaker: by.and_then(|by| scene.phrase_after(by + 1, Bounds { end: start, ..bounds })),
            first: verb,
            end: start,
            negative: false,
            bounds,
        };
        let index = self.frames.partition_point(|other| other.cue.0 <= verb);
        let mut end = self.clause_end(index, &frame, start);
        if lone {
            end = (start..end).find(|i| scene.is_comma(*i)).unwrap_or(end);
        }
        self.push(&frame, start, end, "quotation.question", drafts);
    }
}
