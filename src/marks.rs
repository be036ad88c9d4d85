//! Quotation marks, paired inside their paragraph.
//!
//! Two passes over a paragraph: the first collects what may be a mark, with what stands beside it; the second pairs
//! them with a stack. All that lies ahead is known from one sweep backwards, so the whole is linear in the text.

use crate::span::Span;
use crate::structure::{Paragraph, ParagraphKind};

/// What closes a pair.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Closing {
    /// A mark of the same kind.
    Mark,
    /// The paragraph's end, where the next paragraph opens again: the convention for several paragraphs of one speaker.
    Continued,
    /// For want of a mark: the next opening mark of its kind, or the paragraph's end.
    Missing,
}

/// A stretch between quotation marks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MarkPair {
    /// The stretch with its marks.
    pub outer: Span,
    /// The words between the marks.
    pub content: Span,
    /// How it ends.
    pub closing: Closing,
    /// 0 for a pair that no other holds, 1 for one inside another, and so on.
    pub depth: u8,
    /// Its paragraph.
    pub paragraph: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Style {
    Double,
    Single,
    Angle,
}

/// A character that may be a quotation mark.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    style: Style,
    span: Span,
    /// Whether it can open, and whether it can close, by its shape and its neighbours.
    opens: bool,
    closes: bool,
    /// Whether it stands like a plural's apostrophe: `users’ data`.
    plural: bool,
}

/// Deeper nesting is no prose.
const MAX_DEPTH: usize = 8;

/// A single mark has its closing one within so many bytes.
const MAX_SINGLE: usize = 1_500;

/// Words that begin with an apostrophe.
const ELISIONS: [&str; 9] = ["n", "em", "til", "tis", "twas", "twere", "cause", "bout", "cos"];

/// Pairs the marks of all paragraphs. Sorted by the opening mark.
pub fn pair_marks(text: &str, paragraphs: &[Paragraph]) -> Vec<MarkPair> {
    let mut pairs = Vec::new();
    let mut pairing =
        Pairing { text, candidates: Vec::new(), closer_after: Vec::new(), unclosed: Vec::new(), stack: Vec::new() };
    for (index, paragraph) in paragraphs.iter().enumerate() {
        if paragraph.kind == ParagraphKind::Code {
            continue;
        }
        let first = pairs.len();
        pairing.paragraph(paragraph.span, index as u32, &mut pairs);
        let found = &mut pairs[first..];
        let next = paragraphs.get(index + 1);
        let continues = next.is_some_and(|next| opens_with_mark(text, next.span));
        for pair in found.iter_mut() {
            if pair.closing == Closing::Missing && pair.outer.end() == paragraph.span.end() && continues {
                pair.closing = Closing::Continued;
            }
        }
        found.sort_by_key(|pair| pair.outer);
        set_depths(found);
    }
    pairs
}

fn opens_with_mark(text: &str, span: Span) -> bool {
    span.of(text).starts_with(['"', '“', '‘', '«', '„', '\''])
}

/// Gives sorted pairs, of which no two cross, their depths.
fn set_depths(pairs: &mut [MarkPair]) {
    let mut ends: Vec<usize> = Vec::new();
    for pair in pairs {
        while ends.last().is_some_and(|end| *end <= pair.outer.start()) {
            ends.pop();
        }
        pair.depth = ends.len().min(255) as u8;
        ends.push(pair.outer.end());
    }
}

struct Pairing<'t> {
    text: &'t str,
    candidates: Vec<Candidate>,
    /// For each candidate, where the next single mark after it stands that can close; `usize::MAX` for none.
    closer_after: Vec<usize>,
    /// Marks given up as never closed.
    unclosed: Vec<Open>,
    /// The marks that are open.
    stack: Vec<Open>,
}

#[derive(Clone, Copy)]
struct Open {
    style: Style,
    span: Span,
    /// Where the next mark of the same style opened above it; the end of the paragraph where none did.
    limit: usize,
}

impl Pairing<'_> {
    fn paragraph(&mut self, span: Span, index: u32, pairs: &mut Vec<MarkPair>) {
        self.collect(span);
        if self.candidates.is_empty() {
            return;
        }
        self.look_ahead();
        self.stack.clear();
        self.unclosed.clear();
        let first = pairs.len();
        for at in 0..self.candidates.len() {
            let mark = self.candidates[at];
            let open = self.stack.iter().rposition(|open| open.style == mark.style);
            // A mark that can do both closes what is open; a typed opener, or one that can only open, opens.
            if let Some(place) = open.filter(|_| mark.closes && self.may_close(at)) {
                let opener = self.stack[place].span;
                self.stack.truncate(place);
                pairs.push(MarkPair {
                    outer: opener.join(mark.span),
                    content: Span::new(opener.end(), mark.span.start()),
                    closing: Closing::Mark,
                    depth: 0,
                    paragraph: index,
                });
            } else if mark.opens && self.may_open(at) {
                if self.stack.len() == MAX_DEPTH {
                    // So many open marks nest no more: the oldest lacks its closer.
                    self.unclosed.push(self.stack.remove(0));
                }
                let open = self.stack.iter().rposition(|open| open.style == mark.style);
                if let Some(place) = open {
                    let limit = &mut self.stack[place].limit;
                    *limit = (*limit).min(mark.span.start());
                }
                self.stack.push(Open { style: mark.style, span: mark.span, limit: span.end() });
            }
        }
        // What is still open runs to the next opener or the end; a lone single mark is an apostrophe.
        // Stretches between openers do not overlap, so that each pair is looked at once.
        pairs[first..].sort_by_key(|pair| pair.outer);
        let closed = pairs.len();
        for open in self.unclosed.iter().chain(&self.stack).filter(|open| open.style == Style::Double) {
            let from = first + pairs[first..closed].partition_point(|pair| pair.outer.start() < open.span.start());
            let inside = pairs[from..closed].iter().map(|pair| pair.outer).take_while(|pair| pair.start() < open.limit);
            let limit =
                inside.filter(|pair| pair.end() > open.limit).map(|pair| pair.start()).min().unwrap_or(open.limit);
            let end = Span::new(open.span.end(), limit).trim(self.text).end();
            if end > open.span.end() {
                pairs.push(MarkPair {
                    outer: Span::new(open.span.start(), end),
                    content: Span::new(open.span.end(), end),
                    closing: Closing::Missing,
                    depth: 0,
                    paragraph: index,
                });
            }
        }
    }

    /// Collects everything in `span` that may be a mark.
    fn collect(&mut self, span: Span) {
        self.candidates.clear();
        let (text, bytes) = (self.text, self.text.as_bytes());
        let (from, to) = (span.start(), span.end());
        let mut at = from;
        while at < to {
            // The first bytes of the marks: " ' ` and those of typographic ones.
            if !matches!(bytes[at], b'"' | b'\'' | b'`' | 0xe2 | 0xc2) {
                at += 1;
                continue;
            }
            let len = match self.candidate(from, at, to) {
                Some(candidate) => {
                    self.candidates.push(candidate);
                    candidate.span.len()
                }
                None => text[at..].chars().next().map_or(1, char::len_utf8),
            };
            at += len;
        }
    }

    /// What the character at `at` may be as a mark; `None` where it is none.
    fn candidate(&self, from: usize, at: usize, to: usize) -> Option<Candidate> {
        let rest = &self.text[at..to];
        let mark = rest.chars().next()?;
        let doubled = rest.starts_with("``") || rest.starts_with("''");
        let len = if doubled { 2 } else { mark.len_utf8() };
        let before = self.text[from..at].chars().next_back();
        let after = rest[len..].chars().next();
        let opening_place = before.is_none_or(|c| c.is_whitespace() || "([{-–—/“‘\"'…:".contains(c))
            && after.is_some_and(|c| !c.is_whitespace());
        let closing_place = before.is_some_and(|c| !c.is_whitespace());
        let candidate = |style, opens, closes| {
            Some(Candidate { style, span: Span::new(at, at + len), opens, closes, plural: false })
        };
        match mark {
            // An opening mark behind a word and before none closes: `“big“ plans`.
            '“' => {
                let closes = !opening_place && closing_place && !after.is_some_and(char::is_alphanumeric);
                candidate(Style::Double, !closes, closes)
            }
            '„' => candidate(Style::Double, true, false),
            // A closing mark in an opening mark's place is a slip of the typesetter.
            '”' => candidate(Style::Double, opening_place, true),
            '«' => candidate(Style::Angle, true, false),
            '»' => candidate(Style::Angle, false, true),
            '`' if doubled => candidate(Style::Double, true, false),
            '\'' if doubled => candidate(Style::Double, opening_place, true),
            '"' => {
                let inches = before.is_some_and(|c| c.is_ascii_digit());
                let closes = closing_place || after.is_none_or(char::is_whitespace);
                let opens = opening_place && !inches;
                candidate(Style::Double, opens, closes)
            }
            '‘' | '’' | '\'' => self.single(mark, before, after, &rest[len..], Span::new(at, at + len)),
            _ => None,
        }
    }

    /// A single mark; most are apostrophes.
    fn single(
        &self,
        mark: char,
        before: Option<char>,
        after: Option<char>,
        rest: &str,
        span: Span,
    ) -> Option<Candidate> {
        let letter_before = before.is_some_and(char::is_alphanumeric);
        let letter_after = after.is_some_and(char::is_alphanumeric);
        if letter_before && letter_after {
            return None;
        }
        let word = rest.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
        let elided = after.is_some_and(|c| c.is_ascii_digit())
            || ELISIONS.iter().any(|elision| word.eq_ignore_ascii_case(elision)) && !letter_before;
        let opening_place = before.is_none_or(|c| c.is_whitespace() || "([{-–—/“‘\"'…:".contains(c));
        let opens =
            opening_place && !elided && after.is_some_and(|c| c.is_alphanumeric() || "[($.…“\"£€#@".contains(c));
        let closes = mark != '‘' && before.is_some_and(|c| !c.is_whitespace()) && !letter_after;
        let plural = closes
            && before == Some('s')
            && rest.starts_with(' ')
            && rest[1..].starts_with(|c: char| c.is_lowercase() || c.is_numeric());
        (opens || closes).then_some(Candidate { style: Style::Single, span, opens, closes, plural })
    }

    /// Notes for each candidate where the next single mark that can close stands.
    fn look_ahead(&mut self) {
        self.closer_after.clear();
        self.closer_after.resize(self.candidates.len(), usize::MAX);
        let mut next = usize::MAX;
        for at in (0..self.candidates.len()).rev() {
            self.closer_after[at] = next;
            let mark = self.candidates[at];
            if mark.style == Style::Single && mark.closes {
                next = mark.span.start();
            }
        }
    }

    /// Whether a closing single mark follows soon.
    fn is_closed_later(&self, at: usize) -> bool {
        self.closer_after[at] != usize::MAX && self.closer_after[at] - self.candidates[at].span.end() <= MAX_SINGLE
    }

    fn may_open(&self, at: usize) -> bool {
        let mark = self.candidates[at];
        mark.style != Style::Single || self.is_closed_later(at)
    }

    /// Whether the mark closes, where one of its style is open.
    fn may_close(&self, at: usize) -> bool {
        let mark = self.candidates[at];
        if mark.style == Style::Single {
            return !(mark.plural && self.is_closed_later(at));
        }
        // `"... "` before a word and after a blank opens again: the mark before it lacks its closer.
        let before = self.text[..mark.span.start()].chars().next_back();
        !mark.opens || before.is_some_and(|c| !c.is_whitespace() && !"([{".contains(c))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::find_structure;

    fn contents(text: &str) -> Vec<(&str, u8, Closing)> {
        let structure = find_structure(text);
        let pairs = pair_marks(text, &structure.paragraphs);
        pairs.iter().map(|pair| (pair.content.of(text), pair.depth, pair.closing)).collect()
    }

    #[test]
    fn pairs_of_every_kind() {
        use Closing::{Continued, Mark, Missing};
        for (text, expected) in [
            ("“We ship,” she said.", &[("We ship,", 0, Mark)][..]),
            ("\"We ship,\" she said. \"Now.\"", &[("We ship,", 0, Mark), ("Now.", 0, Mark)]),
            (
                "‘It’s the users’ data, and they’re it,’ said Dana.",
                &[("It’s the users’ data, and they’re it,", 0, Mark)],
            ),
            ("Rock 'n' roll in the '90s didn't need iPods' wheels.", &[]),
            ("“He said ‘go’ twice,” she said.", &[("He said ‘go’ twice,", 0, Mark), ("go", 1, Mark)]),
            ("“We will,\" said one.", &[("We will,", 0, Mark)]),
            ("”We hire,” Park said.", &[("We hire,", 0, Mark)]),
            ("a “big“ plan and a “small” one", &[("big", 0, Mark), ("small", 0, Mark)]),
            ("a 19\" screen and a \"big\" one", &[("big", 0, Mark)]),
            ("``We do,'' he said.", &[("We do,", 0, Mark)]),
            ("“One.\n\n“Two.”", &[("One.", 0, Continued), ("Two.", 0, Mark)]),
            ("“One. He left.\n\nNext.", &[("One. He left.", 0, Missing)]),
            ("\"One, he said. \"Two,\" she said.", &[("One, he said.", 0, Missing), ("Two,", 0, Mark)]),
            ("“A “b” c,” he said.", &[("A “b” c,", 0, Mark), ("b", 1, Mark)]),
            (
                "\"He said 'no way,' and left,\" she said.",
                &[("He said 'no way,' and left,", 0, Mark), ("no way,", 1, Mark)],
            ),
            ("('big' or \"small\")", &[("big", 0, Mark), ("small", 0, Mark)]),
            ("«Oui», dit-il.", &[("Oui", 0, Mark)]),
            ("\"", &[]),
            ("He said: \"Yes\"-", &[("Yes", 0, Mark)]),
        ] {
            assert_eq!(contents(text), expected, "{text}");
        }
    }

    #[test]
    fn no_two_pairs_cross() {
        let marks = ["“", "”", "\"", "'", "‘", "’", "a", " ", "s' a", "1\"", "«", "»", "''", " \"b"];
        let mut state = 7u64;
        for _ in 0..2000 {
            let mut text = String::from("x");
            for _ in 0..30 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push_str(marks[(state >> 33) as usize % marks.len()]);
            }
            let structure = find_structure(&text);
            let pairs = pair_marks(&text, &structure.paragraphs);
            for a in &pairs {
                for b in &pairs {
                    let crosses = a.outer.overlaps(b.outer) && !a.outer.covers(b.outer) && !b.outer.covers(a.outer);
                    assert!(!crosses, "{text:?} {a:?} {b:?}");
                }
            }
        }
    }
}
