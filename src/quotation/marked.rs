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
pub(super) struct Pair {
    /// Its first token (the mark), and one past its last.
    pub open: usize,
    pub close: usize,
    pub bounds: Bounds,
    /// Its place among the pairs of the scene.
    pub index: usize,
    /// Where the sentence, or what belongs to it behind the marks, ends.
    pub right: usize,
    /// Nothing but marks stands before or behind it in its sentence.
    pub alone: bool,
    pub last: char,
    pub clause: bool,
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
pub(super) struct Previous {
    pub paragraph: u32,
    pub index: usize,
    pub draft: Draft,
    /// Whether it is closed at the next paragraph only.
    pub continues: bool,
}

/// Reporting word, speaker and rule of a quotation that stands alone.
pub(super) type Carried = (Option<(usize, usize)>, Option<Phrase>, &'static str);

pub(super) struct Finder<'a> {
    pub scene: &'a Scene<'a>,
    pub frames: &'a [Frame],
    pub drafts: Vec<Draft>,
    pub previous: Option<Previous>,
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
        // A mark that closes a quotation inside it tells nothing.
        let closers = ['\'', '’', '"', '”'];
        let last = content.of(scene.text()).trim_end_matches(closers).chars().next_back().unwrap_or(' ');
        // A question or exclamation may end the sentence for the splitter, with `X asked` still to come.
        let mut right = bounds.end;
        if right == close
            && matches!(last, '?' | '!' | ',' | '—' | '-' | '…')
            && within == 0
            && let Some(token) = scene.reading.tokens.get(close)
        {
            let same = scene.reading.paragraph_at(token.span.start()) == Some(scene.pairs[index].paragraph as usize);
            if let Some(sentence) = scene.reading.sentence_at(token.span.start()).filter(|_| same) {
                right = scene.reading.sentences[sentence].range().end;
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
        }) && self.begins_paragraph(pair)
            && self.right_frame(pair).is_none()
        {
            return draft(None, previous.draft.speaker, "quotation.continued");
        }
        if let Some(frame) = self.right_frame(pair) {
            return from_frame(
                frame,
                if frame.shape == Shape::Inverted { "quotation.inverted" } else { "quotation.after" },
            );
        }
        if let Some(frame) = self.left_frame(pair) {
            // The narrator's own words for things are no quotation.
            let own = frame
                .speaker
                .is_some_and(|speaker| speaker.end == speaker.first + 1 && scene.is(speaker.first, WordKind::Narrator));
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
        if pair.clause {
            let subject = scene.first_subject(pair.bounds, pair.open).filter(|subject| self.can_speak(*subject));
            // `Then, “…”` goes on with whoever spoke before.
            let previous = self.previous.filter(|previous| previous.paragraph == marks.paragraph && marks.depth == 0);
            return match (subject, previous) {
                (None, Some(previous)) => draft(None, previous.draft.speaker, "quotation.carried"),
                (subject, _) => draft(None, subject, "quotation.subject"),
            };
        }
        // So many words behind `that` or `which`, and no title, are somebody's.
        const LONG: usize = 6;
        let tokens = scene.reading.tokens_in(content);
        let long = tokens.clone().filter(|i| scene.is_word(*i)).take(LONG).count() == LONG;
        let small = tokens.clone().take(LONG).filter(|i| scene.is_word(*i) && !scene.is_capitalized(*i)).count();
        let led = pair.open > pair.bounds.first && scene.is(pair.open - 1, WordKind::Relative);
        if long && small * 2 > LONG && led && !scene.is_capitalized(tokens.start) {
            return draft(None, None, "quotation.fragment");
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
