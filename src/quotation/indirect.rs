//! Reported clauses without marks: which reporting words report, and `CLAUSE, X said`, `according to X, CLAUSE`.

use super::QuotationKind;
use super::frame::{Frame, Shape};
use super::marked::Draft;
use super::rules::WordKind;
use super::scene::{Bounds, Scene};
use crate::cue::CueClass;
use crate::span::Span;

/// A reported clause has at least so many words.
const SHORTEST: usize = 3;
/// The words between a reporting verb and its clause (addressee, time, place) are at most so many.
pub(super) const BETWEEN: usize = 18;

/// Finds reported clauses. `marked` are the quotations between marks: a clause that holds one is theirs.
pub(super) fn find_indirect(scene: &Scene<'_>, frames: &[Frame], marked: &[Draft]) -> Vec<Draft> {
    let finder = Finder { scene, frames, marked };
    let mut drafts: Vec<Draft> = Vec::new();
    for (index, frame) in frames.iter().enumerate() {
        if frame.negative || frame.bounds.within != 0 {
            continue;
        }
        if frame.shape == Shape::Passive {
            finder.passive(index, frame, &mut drafts);
            continue;
        }
        // `attributed to PERSON` goes with marks only.
        let beside = scene.rules.ends_before(scene.reading, frame.cue.1, WordKind::CloseCue) > 1;
        if !finder.can_report(frame) || frame.classes.holds(CueClass::Source) && beside {
            continue;
        }
        // `asked whether`, `recommended that`.
        let clause = matches!(scene.letters(frame.cue.1), "that" | "whether" | "if")
            || scene.is(frame.cue.0, WordKind::AddresseeVerb);
        let named = frame.speaker.is_some_and(|speaker| {
            scene.is_capitalized(speaker.end - 1)
                || scene.is_noun_like(speaker.end - 1)
                || scene.is(speaker.first, WordKind::Pronoun)
        });
        // `CLAUSE, the report forecasts.`
        let behind = named && frame.shape == Shape::Before && finder.trails(frame) && finder.ends_with(frame);
        let reports = frame.classes.holds(CueClass::Say)
            && (!scene.is(frame.cue.0, WordKind::CloseCue)
                || scene.is(frame.cue.0, WordKind::BareClauseVerb)
                || behind && frame.cue.0 > frame.first);
        let noun = scene.is(frame.cue.0, WordKind::CloseCue)
            && !named
            && (frame.classes.is_base() || frame.classes.is_third());
        let that = clause && !noun && (frame.classes.holds(CueClass::Quote) || frame.classes.holds(CueClass::Say));
        if !(reports || that || frame.classes.holds(CueClass::Source)) {
            continue;
        }
        finder.clause_of(index, frame, &mut drafts);
    }
    for verb in 0..scene.reading.tokens.len() {
        if scene.is(verb, WordKind::QuestionVerb) {
            finder.question(verb, &mut drafts);
        }
    }
    drafts
}

pub(super) struct Finder<'a> {
    pub scene: &'a Scene<'a>,
    pub frames: &'a [Frame],
    pub marked: &'a [Draft],
}

impl Finder<'_> {
    /// Whether the speaker is somebody other than the narrator, and can speak where the verb fits things too.
    fn can_report(&self, frame: &Frame) -> bool {
        let scene = self.scene;
        let Some(speaker) = frame.speaker else { return false };
        let own = speaker.end == speaker.first + 1 && scene.is(speaker.first, WordKind::Narrator);
        let evidence = scene.is(frame.cue.0, WordKind::EvidenceVerb);
        let speaks = |i: usize| {
            let kinds = scene.kinds(i);
            scene.begins_name(i)
                || scene.is_capitalized(i) && i > frame.bounds.first
                || scene.is_noun_like(i)
                || kinds.is(WordKind::LoneSubject) && i == speaker.first
                || scene.letters(i) == "who"
                || kinds.is(WordKind::Pronoun) && scene.letters(i) != "it" && scene.letters(i) != "It"
        };
        // `CLAUSE, it predicts.`
        let behind = frame.first > frame.bounds.first && scene.is_comma(frame.first - 1) && self.ends_with(frame);
        !own && (!evidence || behind || (speaker.first..speaker.full).any(speaks))
    }

    fn clause_of(&self, index: usize, frame: &Frame, drafts: &mut Vec<Draft>) {
        let scene = self.scene;
        match frame.shape {
            Shape::According => self.according(frame, drafts),
            Shape::Inverted => {
                self.trailing(frame, drafts);
                self.resumed(index, frame, drafts);
            }
            Shape::Before
                if frame.first > frame.bounds.first
                    && matches!(scene.letters(frame.first - 1), "as" | "As")
                    && scene.letters(frame.cue.1) != "that"
                    && !(frame.first > frame.bounds.first + 2
                        && scene.letters(frame.first - 3).eq_ignore_ascii_case("as")) =>
            {
                self.remarked(index, frame, drafts)
            }
            Shape::Before if self.trails(frame) => {
                self.trailing(frame, drafts);
                self.resumed(index, frame, drafts);
            }
            Shape::Before | Shape::Shared => self.complement(index, frame, drafts),
            Shape::Passive => {}
        }
    }

    /// Whether a comma stands before the frame and nothing but time and place behind it: `CLAUSE, X said on Monday.`
    pub fn trails(&self, frame: &Frame) -> bool {
        let scene = self.scene;
        frame.first > frame.bounds.first
            && matches!(scene.letters(frame.first - 1), "," | "—" | "–" | "-")
            && !scene.is(frame.cue.0 - 1, WordKind::Relative)
            && self.rest_is_adjunct(frame.cue.1, frame.bounds)
    }

    /// Whether the clause goes on with its verb behind the frame: `The deal, X said, will close.`
    fn goes_on(&self, frame: &Frame) -> bool {
        let scene = self.scene;
        let comma = (frame.cue.1..frame.bounds.end.min(frame.cue.1 + BETWEEN)).find(|i| scene.is_comma(*i));
        comma.is_some_and(|comma| {
            scene.kinds(comma + 1).is_any(&[WordKind::Auxiliary, WordKind::Verb])
                || scene.letters(comma + 1).ends_with("ed")
        })
    }

    /// Whether nothing but the end of the sentence stands behind the frame: `The plan dies in committee, X said.`
    fn ends_with(&self, frame: &Frame) -> bool {
        let rest = frame.end..frame.bounds.end;
        rest.clone().all(|i| !self.scene.is_word(i))
            || self.scene.is_comma(rest.start) && !self.scene.has_verb(rest.start, rest.end)
    }

    fn rest_is_adjunct(&self, from: usize, bounds: Bounds) -> bool {
        let scene = self.scene;
        let mut at = from;
        let mut prepositional = false;
        // `pledged to close the plant`: an infinitive is what was said.
        let noun = scene.is_capitalized(from + 1)
            || scene.kinds(from + 1).is_any(&[WordKind::Determiner, WordKind::ObjectPronoun, WordKind::RelayNoun]);
        if scene.letters(from) == "to" && !noun {
            return false;
        }
        while at < bounds.end && at < from + BETWEEN {
            if scene.inside(at) != bounds.within {
                // A title in marks: `on “Morning Relay”`.
                if !prepositional {
                    return false;
                }
                at += 1;
                continue;
            }
            let kinds = scene.kinds(at);
            if scene.is_comma(at)
                || scene.letters(at) == ";"
                || matches!(scene.letters(at), "—" | "–")
                || scene.letters(at) == "." && at + 1 >= bounds.end
            {
                return true;
            }
            if scene.letters(at) == ":" {
                return false;
            }
            prepositional |= kinds.is(WordKind::Preposition);
            let addressee = at == from
                && scene.is(from - 1, WordKind::AddresseeVerb)
                && (kinds.is_any(&[WordKind::RelayNoun, WordKind::ObjectPronoun, WordKind::Determiner])
                    || scene.is_capitalized(at));
            // `CLAUSE, X said while leaving`.
            let told = at > from && scene.is(from - 1, WordKind::AddresseeVerb);
            if kinds.is(WordKind::AdjunctSubordinator) && (told || at == from) {
                return true;
            }
            if kinds.is(WordKind::Pronoun) && !addressee
                || self.is_that(at) && !prepositional
                || kinds.is(WordKind::Auxiliary) && !scene.is(at - 1, WordKind::Relative)
            {
                return false;
            }
            if !prepositional && !addressee && !kinds.is(WordKind::Time) && !scene.is_adverb(at) && at == from {
                return false;
            }
            at += 1;
        }
        prepositional || at >= bounds.end
    }

    /// `CLAUSE, X said.`
    fn trailing(&self, frame: &Frame, drafts: &mut Vec<Draft>) {
        let scene = self.scene;
        let mut end = frame.first;
        if end <= frame.bounds.first || !matches!(scene.letters(end - 1), "," | "—" | "–" | "-") {
            return;
        }
        while end > frame.bounds.first
            && !scene.is_word(end - 1)
            && scene.inside(end - 1) == frame.bounds.within
            && !matches!(scene.letters(end - 1), "%" | ")")
        {
            end -= 1;
        }
        if end <= frame.bounds.first || scene.inside(end - 1) != frame.bounds.within {
            return;
        }
        let start = frame.bounds.first;
        let head = if scene.is(start, WordKind::Conjunction) { start + 1 } else { start };
        let kinds = scene.kinds(head);
        let subordinate = kinds.is(WordKind::Subordinator)
            && !kinds.is_any(&[WordKind::Determiner, WordKind::Preposition])
            && !(kinds.is(WordKind::Adverb) && !scene.is(start + 1, WordKind::Subordinator));
        let commas = (start..end).any(|i| scene.is_comma(i));
        // A noun phrase alone is the subject of what follows the attribution, an adverbial no part of it.
        let nominal = kinds.is(WordKind::Determiner)
            || subordinate
            || scene.is_capitalized(head)
                && !kinds.is_any(&[WordKind::Preposition, WordKind::Conjunction, WordKind::Subordinator])
                && !scene.is_adverb(head);
        let clause = scene.has_verb(start, end) || nominal && (self.goes_on(frame) || self.ends_with(frame));
        let main = !scene.is_adverbial(start) || self.goes_on(frame) || scene.has_main_clause(start, end);
        if subordinate && !commas && !self.goes_on(frame)
            || !clause
            || !main
            || scene.is_adverb(start) && end <= start + 3
        {
            return;
        }
        // Another speaker's words before it in the sentence are not these.
        let from = self.frames.partition_point(|other| other.cue.0 < start);
        let other = self.frames[from..].iter().take_while(|other| other.cue.0 < end).find(|other| {
            other.bounds.within == frame.bounds.within
                && matches!(other.shape, Shape::Before | Shape::Shared)
                && other.classes.holds(CueClass::Say)
                && !other.negative
                && !scene.is(other.cue.0 - 1, WordKind::Relative)
                && other.cue.1 < end
                && self.clause_start(other).is_some_and(|(_, sure)| sure)
        });
        if other.is_some() {
            return;
        }
        self.push(frame, start, end, "quotation.reported-before", drafts);
    }

    /// `As X noted, CLAUSE`; `CLAUSE, as X noted.`
    fn remarked(&self, index: usize, frame: &Frame, drafts: &mut Vec<Draft>) {
        let scene = self.scene;
        let bounds = frame.bounds;
        // `However, as X noted, CLAUSE`; `A, and as X noted, CLAUSE`.
        let before = frame.first.checked_sub(2).filter(|before| *before > bounds.first);
        let lead = before.is_none_or(|before| {
            scene.is(before, WordKind::Conjunction) || scene.is_comma(before) && before <= bounds.first + 2
        });
        if !self.rest_is_adjunct(frame.cue.1, bounds) {
            return;
        }
        if lead {
            self.resumed(index, frame, drafts);
        } else if frame.first >= bounds.first + 2 && scene.is_comma(frame.first - 2) {
            let end = frame.first - 2;
            if scene.has_verb(bounds.first, end) {
                self.push(frame, bounds.first, end, "quotation.reported-before", drafts);
            }
        }
    }

    /// `The deal, X said, will close.`; `In the long run, X said, prices rise.`: what follows.
    fn resumed(&self, index: usize, frame: &Frame, drafts: &mut Vec<Draft>) {
        let scene = self.scene;
        let bounds = frame.bounds;
        let mut commas = (frame.cue.1..bounds.end.min(frame.cue.1 + BETWEEN))
            .filter(|i| scene.is_comma(*i) && scene.inside(*i) == bounds.within);
        let Some(comma) = commas.next() else { return };
        let mut start = comma + 1;
        // `says PERSON, a geophysicist, is the ground itself`.
        if scene.is(start, WordKind::Determiner)
            && let Some(next) = commas.next()
            && !scene.has_verb(start, next)
        {
            start = next + 1;
        }
        if start >= bounds.end || scene.inside(start) != bounds.within {
            return;
        }
        let kinds = scene.kinds(start);
        let verb = kinds.is_any(&[WordKind::Auxiliary, WordKind::Verb]) || scene.letters(start).ends_with("ed");
        // Behind a whole clause only the narrator goes on.
        let subordinate =
            scene.is(bounds.first, WordKind::Subordinator) && !scene.is(bounds.first, WordKind::Determiner);
        let one = frame.first > bounds.first + 1
            && !(bounds.first..frame.first - 1).any(|i| scene.is_comma(i) && scene.inside(i) == bounds.within);
        let lead = frame.first <= bounds.first + 2 || subordinate && one || !scene.has_verb(bounds.first, frame.first);
        if !lead
            || kinds.is(WordKind::Conjunction)
            || !verb && scene.verb_classes(start).is_verb()
            || kinds.is(WordKind::AdjunctSubordinator)
        {
            return;
        }
        // Behind an adverbial the clause is certain: `In the end, X said, prices rise.`
        let nominal = !kinds.is_any(&[WordKind::Preposition, WordKind::Subordinator])
            && !scene.letters(start).ends_with("ing")
            && scene.is_adverbial(bounds.first);
        let end = self.clause_end(index + 1, frame, start);
        if end > start && (verb || nominal && end > start + 3 || scene.is_clause(start, end, true)) {
            if scene.is_adverbial(bounds.first) && frame.first > bounds.first + 3 && scene.is_comma(frame.first - 1) {
                self.push(frame, bounds.first, frame.first - 1, "quotation.reported-before", drafts);
            }
            self.push(frame, start, end, "quotation.resumed", drafts);
        }
    }

    /// `According to X, CLAUSE`; `CLAUSE, according to X`.
    fn according(&self, frame: &Frame, drafts: &mut Vec<Draft>) {
        let scene = self.scene;
        let bounds = frame.bounds;
        let lead = frame.first <= bounds.first + 2 || scene.is_hard_stop(frame.first - 1);
        if lead {
            let comma = (frame.cue.1..bounds.end).find(|i| {
                scene.is_comma(*i)
                    && scene.inside(*i) == bounds.within
                    && *i >= frame.speaker.map_or(0, |speaker| speaker.end)
            });
            if let Some(comma) = comma {
                let mut start = comma + 1;
                // `According to PERSON, the chairman of Acme, CLAUSE`
                if scene.is(start, WordKind::Determiner)
                    && let Some(next) = (start..bounds.end.min(start + 14)).find(|i| scene.is_comma(*i))
                    && !scene.has_verb(start, next)
                {
                    start = next + 1;
                }
                let mut end = bounds.end;
                while end > start && !scene.is_word(end - 1) && !matches!(scene.letters(end - 1), "%" | ")") {
                    end -= 1;
                }
                self.push(frame, start, end, "quotation.according", drafts);
            }
            return;
        }
        let mut end = frame.first;
        while end > bounds.first && !scene.is_word(end - 1) && !matches!(scene.letters(end - 1), "%" | ")") {
            if scene.inside(end - 1) != bounds.within {
                return;
            }
            end -= 1;
        }
        if end <= bounds.first || scene.inside(end - 1) != bounds.within {
            return;
        }
        // `Since May, according to X, prices rose.`
        let head = bounds.first + usize::from(scene.is(bounds.first, WordKind::Conjunction));
        let adverbial = scene.is_adverbial(head) || scene.is(head, WordKind::Determiner);
        let comma = (frame.end..bounds.end.min(frame.end + BETWEEN)).find(|i| scene.is_comma(*i));
        if let Some(comma) = comma.filter(|_| adverbial && !scene.has_verb(bounds.first, end)) {
            let until = (comma..bounds.end).rev().find(|i| scene.is_word(*i)).map_or(comma, |last| last + 1);
            if scene.has_verb(comma + 1, until) {
                self.push(frame, bounds.first, end, "quotation.according", drafts);
                self.push(frame, comma + 1, until, "quotation.resumed", drafts);
                return;
            }
        }
        // `The culprit, according to X, is the adaptor.`
        let rest = frame.end;
        if scene.is_comma(rest) && scene.is_comma(frame.first - 1) && scene.is(rest + 1, WordKind::Auxiliary) {
            let mut until = bounds.end;
            while until > rest && !scene.is_word(until - 1) {
                until -= 1;
            }
            self.push(frame, rest + 1, until, "quotation.resumed", drafts);
        }
        self.push(frame, bounds.first, end, "quotation.according", drafts);
    }

    pub fn push(&self, frame: &Frame, start: usize, end: usize, rule: &'static str, drafts: &mut Vec<Draft>) {
        let scene = self.scene;
        let start = (start..end).find(|i| !matches!(scene.letters(*i), "," | "—" | "–" | "-" | ":")).unwrap_or(end);
        let end = (start..end).rev().find(|i| !scene.is(*i, WordKind::Relative) || scene.is(*i, WordKind::Determiner));
        let end = end.map_or(start, |last| last + 1);
        let words = (start..end).filter(|i| scene.is_word(*i)).take(SHORTEST).count();
        let verbal = scene.is(start + 1, WordKind::Auxiliary) && scene.is(start, WordKind::Pronoun)
            || scene.is(start, WordKind::Verb);
        if words < SHORTEST && !(words == 2 && verbal) {
            return;
        }
        let content = scene.reading.span(start, end);
        let from = self.marked.partition_point(|draft| draft.content.end() <= content.start());
        let mut content = content;
        if let Some(draft) = self.marked.get(from).filter(|draft| draft.content.overlaps(content)) {
            // The clause before a fragment in marks stands by itself, or there is none.
            match scene.clause_before_marks(start, draft.content) {
                Some(end) => content = scene.reading.span(start, end),
                None => return,
            }
        }
        let overlaps = drafts.iter().rev().take(4).any(|draft| draft.content == content);
        if overlaps || content == Span::default() {
            return;
        }
        drafts.push(Draft {
            content,
            kind: QuotationKind::Indirect,
            cue: Some(frame.cue),
            speaker: frame.speaker,
            rule,
        });
    }
}
