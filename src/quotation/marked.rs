//! Quotations between marks: which marks hold speech, and which reporting words they belong to.

use super::QuotationKind;
use super::frame::{Frame, Shape};
use super::rules::WordKind;
use super::scene::{Bounds, Phrase, Scene};
use crate::cue::CueClass;
use crate::marks::Closing;
use crate::span::Span;
use crate::structure::ParagraphKind;

/// A quotation whose speaker is not yet known by name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft {
    pub content: Span,
    pub kind: QuotationKind,
    /// Tokens of the reporting word.
    pub cue: Option<(usize, usize)>,
    pub speaker: Option<Phrase>,
    pub rule: &'static str,
}

/// A pair of marks on its way to a draft.
struct Pair {
    /// Its first token (the mark), and one past its last.
    open: usize,
    close: usize,
    bounds: Bounds,
    /// Its place among the pairs of the scene.
    index: usize,
    /// Where the sentence, or what belongs to it behind the marks, ends.
    right: usize,
    /// Nothing but marks stands before or behind it in its sentence.
    alone: bool,
    last: char,
    clause: bool,
}

/// Finds the quotations between marks.
pub(super) fn find_marked(scene: &Scene<'_>, frames: &[Frame]) -> Vec<Draft> {
    let mut finder = Finder { scene, frames, drafts: Vec::new(), previous: None };
    for index in 0..scene.pairs.len() {
        finder.pair(index);
    }
    finder.drafts
}

/// The quotation before, for those that carry its speaker on.
#[derive(Clone, Copy)]
struct Previous {
    paragraph: u32,
    index: usize,
    draft: Draft,
    /// Whether it is closed at the next paragraph only.
    continues: bool,
}

struct Finder<'a> {
    scene: &'a Scene<'a>,
    frames: &'a [Frame],
    drafts: Vec<Draft>,
    previous: Option<Previous>,
}

impl Finder<'_> {
    fn pair(&mut self, index: usize) {
        let scene = self.scene;
        let marks = scene.pairs[index];
        let content = marks.content.trim(scene.text());
        if content.is_empty() || !content.of(scene.text()).contains(char::is_alphanumeric) {
            return;
        }
        let pair = self.look(index, content);
        let Some(draft) = self.source(&pair, content) else { return };
        self.drafts.push(draft);
        if marks.depth == 0 {
            let continues = marks.closing == Closing::Continued;
            self.previous = Some(Previous { paragraph: marks.paragraph, index, draft, continues });
        }
    }

    fn look(&self, index: usize, content: Span) -> Pair {
        let scene = self.scene;
        let (open, close) = scene.extents[index];
        // The context of the pair is what holds it.
        let within = enclosing(scene, index);
        let (mut first, mut end) = sentence_range(scene, open, close);
        if within > 0 {
            let (from, to) = scene.extents[within as usize - 1];
            first = first.max(from + 1);
            end = end.min(to);
        }
        let bounds = Bounds { first: first.min(open), end: end.max(close), within };
        let last = content.of(scene.text()).chars().next_back().unwrap_or(' ');
        // A question or exclamation may end the sentence for the splitter, with `X asked` still to come.
        let mut right = bounds.end;
        if right == close && matches!(last, '?' | '!' | ',' | '—' | '-' | '…') && within == 0 {
            if let Some(token) = scene.reading.tokens.get(close) {
                let same =
                    scene.reading.paragraph_at(token.span.start()) == Some(scene.pairs[index].paragraph as usize);
                if let Some(sentence) = scene.reading.sentence_at(token.span.start()).filter(|_| same) {
                    right = scene.reading.sentences[sentence].range().end;
                }
            }
        }
        let blank = |from: usize, to: usize| (from..to).all(|i| scene.inside(i) != within || !scene.is_word(i));
        let apart = matches!(last, '.' | '?' | '!') && scene.is_capitalized(close);
        let alone = blank(bounds.first, open) && (apart || blank(close, right));
        Pair { open, close, bounds, index, right, alone, last, clause: is_clause(scene, index, content) }
    }

    /// The sieves, in the order of how often each is right.
    fn source(&self, pair: &Pair, content: Span) -> Option<Draft> {
        let scene = self.scene;
        let marks = scene.pairs[pair.index];
        let kind = self.kind(pair, content);
        let draft = |cue: Option<(usize, usize)>, speaker: Option<Phrase>, rule| {
            Some(Draft { content, kind, cue, speaker, rule })
        };
        if self.is_refused(pair, content) {
            return None;
        }
        // `PERSON's claim of “…”`: a noun right before the marks is nearer than any verb.
        if let Some((noun, speaker)) =
            self.noun_frame(pair).filter(|(noun, _)| noun + 2 == pair.open && scene.letters(noun + 1) == "of")
        {
            return draft(Some((noun, noun + 1)), Some(speaker), "quotation.noun");
        }
        let from_frame = |frame: &Frame, rule| draft(Some(frame.cue), frame.speaker, rule);
        // The next paragraph of the same speech.
        if let Some(previous) = self.previous.filter(|previous| {
            previous.continues
                && previous.index < pair.index
                && previous.paragraph + 1 == marks.paragraph
                && marks.depth == 0
        }) {
            if self.begins_paragraph(pair) && self.right_frame(pair).is_none() {
                return draft(None, previous.draft.speaker, "quotation.continued");
            }
        }
        if let Some(frame) = self.right_frame(pair) {
            return from_frame(
                frame,
                if frame.shape == Shape::Inverted { "quotation.inverted" } else { "quotation.after" },
            );
        }
        if let Some(frame) = self.left_frame(pair) {
            // The narrator's own words for things are no quotation.
            let own = frame.speaker.is_some_and(|speaker| {
                speaker.end == speaker.first + 1
                    && matches!(scene.letters(speaker.first), "I" | "we" | "We" | "you" | "You")
            });
            if own && !pair.clause && !frame.classes.holds(CueClass::Say) && marks.depth == 0 {
                return None;
            }
            return from_frame(frame, "quotation.before");
        }
        if let Some(frame) = self.trailing_frame(pair).filter(|_| !pair.alone) {
            return from_frame(frame, "quotation.trailing");
        }
        if let Some((cue, speaker)) = self.phrase_frame(pair) {
            return draft(Some(cue), Some(speaker), "quotation.phrase");
        }
        if let Some((noun, speaker)) = self.noun_frame(pair) {
            return draft(Some((noun, noun + 1)), Some(speaker), "quotation.noun");
        }
        if let Some(speaker) = self.colon_name(pair) {
            return draft(None, Some(speaker), "quotation.colon");
        }
        if let Some(speaker) = self.dash_name(pair) {
            return draft(None, Some(speaker), "quotation.dash");
        }
        if let Some(speaker) = self.bare_name(pair) {
            return draft(None, Some(speaker), "quotation.name");
        }
        let follows = self.previous.is_some_and(|previous| previous.paragraph == marks.paragraph);
        let stops = matches!(pair.last, '.' | '?' | '!') && scene.is_capitalized(pair.open + 1);
        if pair.alone && (pair.clause || self.begins_paragraph(pair) || follows && stops) {
            return self.carried(pair).map_or_else(
                || draft(None, None, "quotation.alone"),
                |(cue, speaker, rule)| draft(cue, speaker, rule),
            );
        }
        if pair.clause || self.is_predicate(pair) {
            let subject = scene.first_subject(pair.bounds, pair.open);
            if pair.clause {
                return draft(None, subject, "quotation.subject");
            }
        }
        None
    }

    fn kind(&self, pair: &Pair, content: Span) -> QuotationKind {
        let scene = self.scene;
        let first = pair.open + 1;
        let begins = content.of(scene.text()).chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
        // A clause without its subject is a fragment: `will take years`, `to the last man`.
        let headless = scene.kinds(first).is_any(&[
            WordKind::Auxiliary,
            WordKind::Verb,
            WordKind::Preposition,
            WordKind::Conjunction,
        ]) && !scene.is(first, WordKind::Pronoun)
            || scene.is_adverb(first);
        let set_off = matches!(pair.last, ',' | '?' | '!');
        let sentence = begins && matches!(pair.last, '.' | '?' | '!' | ',') && pair.open == pair.bounds.first;
        if pair.clause && (begins || pair.alone || set_off || !headless) || sentence {
            QuotationKind::Direct
        } else {
            QuotationKind::Mixed
        }
    }

    /// Whether the marks hold a name, a title or a term.
    fn is_refused(&self, pair: &Pair, content: Span) -> bool {
        let scene = self.scene;
        if scene.pairs[pair.index].closing != Closing::Mark {
            return false;
        }
        let tokens = scene.reading.tokens_in(content);
        let words: Vec<usize> = tokens.clone().filter(|i| scene.is_word(*i)).take(12).collect();
        let paragraph = scene.reading.structure.paragraphs.get(scene.pairs[pair.index].paragraph as usize);
        if paragraph.is_some_and(|paragraph| paragraph.kind == ParagraphKind::Heading) && !pair.clause {
            return false;
        }
        if words.len() > 8 {
            return false;
        }
        if scene.rules.ends_before(scene.reading, pair.open, WordKind::ScareIntroducer) > 0 {
            return true;
        }
        // A nickname: `Andrew “bunnie” Huang`.
        let spaced = |at: usize| scene.reading.tokens.get(at).is_some_and(|token| token.is_spaced());
        if words.len() <= 2
            && pair.open > pair.bounds.first
            && scene.is_capitalized(pair.open - 1)
            && scene.is_capitalized(pair.close)
            && spaced(pair.close)
            && !matches!(pair.last, ',' | '.')
        {
            return true;
        }
        // A title or a product's name: capitals throughout, and more than one word or a noun beside it.
        let big = words.iter().filter(|i| scene.is_capitalized(**i) || scene.reading.tokens[**i].is_number()).count();
        let small_connectors = words
            .iter()
            .filter(|i| {
                !scene.is_capitalized(**i)
                    && scene.kinds(**i).is_any(&[WordKind::Preposition, WordKind::Determiner, WordKind::Conjunction])
            })
            .count();
        let title = !words.is_empty()
            && big + small_connectors == words.len()
            && scene.is_capitalized(words[0])
            && (big >= 2 || words.len() == 1);
        let led_in = pair.open > pair.bounds.first && matches!(scene.letters(pair.open - 1), ":" | ",");
        let told = led_in && self.left_frame(pair).is_some_and(|frame| frame.cue.1 + 1 == pair.open);
        if title && !pair.alone && !told {
            let next_word = scene.is_word(pair.close)
                && scene.inside(pair.close) == pair.bounds.within
                && !scene.verb_classes(pair.close).is_verb()
                && !scene.is_capitalized(pair.close);
            let right = self.right_frame(pair).is_some();
            if !right && (words.len() >= 2 || next_word) && !matches!(pair.last, '?' | '!') {
                return true;
            }
        }
        false
    }

    /// `“…,” said PERSON`, `“…,” PERSON said`: the frame that begins where the marks end.
    fn right_frame(&self, pair: &Pair) -> Option<&Frame> {
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
    fn left_frame(&self, pair: &Pair) -> Option<&Frame> {
        let until = self.frames.partition_point(|frame| frame.cue.0 < pair.open);
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
        } else if frame.classes.holds(CueClass::Say) || frame.classes.holds(CueClass::Source) {
            3
        } else if frame.classes.holds(CueClass::Quote) && gap <= 10 {
            3
        } else if frame.classes.holds(CueClass::Belief) && beside {
            2
        } else {
            1
        };
        if spoken { weight } else { weight.min(1) }
    }

    /// `A plan to “…” is on the table, PERSON said.`
    fn trailing_frame(&self, pair: &Pair) -> Option<&Frame> {
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
    fn dash_name(&self, pair: &Pair) -> Option<Phrase> {
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
    fn phrase_frame(&self, pair: &Pair) -> Option<((usize, usize), Phrase)> {
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
    fn noun_frame(&self, pair: &Pair) -> Option<(usize, Phrase)> {
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
    fn bare_name(&self, pair: &Pair) -> Option<Phrase> {
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
    fn colon_name(&self, pair: &Pair) -> Option<Phrase> {
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

    fn begins_paragraph(&self, pair: &Pair) -> bool {
        let paragraph = &self.scene.reading.structure.paragraphs[self.scene.pairs[pair.index].paragraph as usize];
        paragraph.tokens.0 as usize == pair.open
    }

    /// Whether the marks hold what `X is` or `called` says of something.
    fn is_predicate(&self, pair: &Pair) -> bool {
        pair.open > pair.bounds.first && self.scene.verb_classes(pair.open - 1).holds(CueClass::Quote)
    }

    /// The speaker of a quotation that stands alone, from what goes before.
    fn carried(&self, pair: &Pair) -> Option<(Option<(usize, usize)>, Option<Phrase>, &'static str)> {
        let scene = self.scene;
        let paragraph = scene.pairs[pair.index].paragraph;
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

    fn can_speak(&self, phrase: Phrase) -> bool {
        let scene = self.scene;
        (phrase.first..phrase.end).any(|i| {
            let kinds = scene.kinds(i);
            scene.is_capitalized(i) && !kinds.is(WordKind::Determiner)
                || kinds.is_any(&[WordKind::Pronoun, WordKind::SpeakerNoun, WordKind::SpeakerBody])
        })
    }
}

/// The pair that holds another, as in [`Bounds::within`].
fn enclosing(scene: &Scene<'_>, index: usize) -> u32 {
    let (open, _) = scene.extents[index];
    let depth = scene.pairs[index].depth;
    if depth == 0 {
        return 0;
    }
    (0..index)
        .rev()
        .take(64)
        .find(|i| scene.pairs[*i].depth < depth && scene.extents[*i].0 <= open && open < scene.extents[*i].1)
        .map_or(0, |i| i as u32 + 1)
}

/// The sentence or sentences that the tokens `open..close` stand in.
fn sentence_range(scene: &Scene<'_>, open: usize, close: usize) -> (usize, usize) {
    let sentence = |at: usize| {
        let token = scene.reading.tokens.get(at)?;
        scene.reading.sentence_at(token.span.start()).map(|index| scene.reading.sentences[index].range())
    };
    let first = sentence(open).map_or(open, |range| range.start);
    let end = sentence(close.saturating_sub(1)).map_or(close, |range| range.end);
    (first.max(open.saturating_sub(super::scene::FAR * 2)), end.min(close + super::scene::FAR * 2))
}

/// Whether the words are a clause or more: a finite verb with something before it, or a sentence by itself.
fn is_clause(scene: &Scene<'_>, index: usize, content: Span) -> bool {
    let tokens = scene.reading.tokens_in(content);
    let words = tokens.clone().take(60).filter(|i| scene.is_word(*i)).count();
    let verb = tokens.clone().skip(1).take(60).any(|i| scene.is_finite(i));
    let begins = scene.is_capitalized(tokens.start);
    let ends = content.of(scene.text()).ends_with(['.', '?', '!', ',', '…']);
    let _ = index;
    let nominal = scene.is(tokens.start, WordKind::Determiner);
    words >= 2 && verb && (begins || nominal || scene.is(tokens.start, WordKind::Pronoun) || words >= 5)
        || begins && ends && words >= 4
}
