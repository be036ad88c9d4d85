//! Quotation marks, paired inside their paragraph.

use crate::span::Span;
use crate::structure::{Paragraph, ParagraphKind};

/// What closes a pair.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Closing {
    /// A mark of the same kind.
    Mark,
    /// The paragraph's end, where the next paragraph opens again: the convention for several paragraphs of one speaker.
    Continued,
    /// The paragraph's end, for want of a mark.
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

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Open,
    Close,
    Either,
}

/// Pairs the marks of all paragraphs. Sorted by the opening mark.
pub fn pair_marks(text: &str, paragraphs: &[Paragraph]) -> Vec<MarkPair> {
    let mut pairs = Vec::new();
    let mut stack: Vec<(Style, Span)> = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        if paragraph.kind == ParagraphKind::Code {
            continue;
        }
        let first = pairs.len();
        pair_paragraph(text, *paragraph, index as u32, &mut stack, &mut pairs);
        let next = paragraphs.get(index + 1);
        for pair in &mut pairs[first..] {
            if pair.closing == Closing::Missing && next.is_some_and(|next| opens(text, next.span)) {
                pair.closing = Closing::Continued;
            }
        }
        pairs[first..].sort_by_key(|pair| pair.outer);
    }
    pairs
}

fn opens(text: &str, span: Span) -> bool {
    span.of(text).starts_with(['"', '“', '‘', '«', '„'])
}

fn pair_paragraph(
    text: &str,
    paragraph: Paragraph,
    index: u32,
    stack: &mut Vec<(Style, Span)>,
    pairs: &mut Vec<MarkPair>,
) {
    stack.clear();
    let bytes = text.as_bytes();
    let (from, to) = (paragraph.span.start(), paragraph.span.end());
    let mut at = from;
    while at < to {
        // The first bytes of the marks: " ' ` and those of typographic ones.
        let step = match bytes[at] {
            b'"' | b'\'' | b'`' | 0xe2 | 0xc2 => text[at..].chars().next().map_or(1, char::len_utf8),
            _ => {
                at += 1;
                continue;
            }
        };
        let Some((style, side, len)) = classify(text, from, at, to, stack) else {
            at += step;
            continue;
        };
        let mark = Span::new(at, at + len);
        at += len;
        let open = stack.iter().rposition(|(s, _)| *s == style);
        let closes = match side {
            Side::Open => None,
            Side::Close => open,
            Side::Either => open,
        };
        match closes {
            Some(place) => {
                let (_, opener) = stack[place];
                stack.truncate(place);
                let (outer, content) = (opener.join(mark), Span::new(opener.end(), mark.start()));
                pairs.push(MarkPair {
                    outer,
                    content,
                    closing: Closing::Mark,
                    depth: stack.len().min(255) as u8,
                    paragraph: index,
                });
            }
            None if side != Side::Close && stack.len() < MAX_DEPTH => stack.push((style, mark)),
            None => {}
        }
    }
    // What is still open runs to the paragraph's end; only the outermost double mark is believed.
    if let Some((Style::Double, opener)) = stack.first().copied() {
        let content = Span::new(opener.end(), to);
        pairs.push(MarkPair {
            outer: Span::new(opener.start(), to),
            content,
            closing: Closing::Missing,
            depth: 0,
            paragraph: index,
        });
    }
}

/// Deeper nesting is no prose.
const MAX_DEPTH: usize = 8;

/// The style, side and length of the mark at `at`, or `None` where it is an apostrophe, inches or no mark at all.
fn classify(text: &str, from: usize, at: usize, to: usize, stack: &[(Style, Span)]) -> Option<(Style, Side, usize)> {
    let rest = &text[at..to];
    let mark = rest.chars().next()?;
    let before = text[from..at].chars().next_back();
    let after = rest[mark.len_utf8()..].chars().next();
    let opening_place = before.is_none_or(|c| c.is_whitespace() || "([{-–—/“‘\"'…".contains(c));
    let open_after = after.is_some_and(|c| !c.is_whitespace());
    let closing_place = before.is_some_and(|c| !c.is_whitespace());
    let single_open = stack.iter().any(|(style, _)| *style == Style::Single);
    let double_open = stack.iter().any(|(style, _)| *style == Style::Double);
    match mark {
        '“' | '„' => Some((Style::Double, Side::Open, mark.len_utf8())),
        '”' if !double_open && opening_place && open_after => Some((Style::Double, Side::Open, mark.len_utf8())),
        '”' => Some((Style::Double, Side::Close, mark.len_utf8())),
        '«' => Some((Style::Angle, Side::Open, mark.len_utf8())),
        '»' => Some((Style::Angle, Side::Close, mark.len_utf8())),
        '"' => {
            let inches = before.is_some_and(|c| c.is_ascii_digit()) && !double_open;
            let side = match (opening_place && open_after, closing_place) {
                (true, false) => Side::Open,
                (true, true) => Side::Either,
                _ => Side::Close,
            };
            let side =
                if side == Side::Open && double_open && !closing_place && after.is_none() { Side::Close } else { side };
            (!inches).then_some((Style::Double, side, 1))
        }
        '`' if rest.starts_with("``") => Some((Style::Double, Side::Open, 2)),
        '\'' if rest.starts_with("''") => {
            Some((Style::Double, if double_open { Side::Close } else { Side::Either }, 2))
        }
        '‘' | '\'' | '’' => {
            let len = mark.len_utf8();
            let inside_word = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
            if inside_word {
                return None;
            }
            if single_open && closing_place && mark != '‘' && !after.is_some_and(char::is_alphanumeric) {
                // `users’ data`: a plural's apostrophe before a lower-case word is no closing mark, unless a stop stands before.
                let plural = before == Some('s')
                    && rest[len..].starts_with(' ')
                    && rest[len + 1..].starts_with(char::is_lowercase)
                    && rest[len..].contains([mark_closing(mark), '\'']);
                return (!plural).then_some((Style::Single, Side::Close, len));
            }
            let elided = rest[len..].starts_with(|c: char| c.is_ascii_digit())
                || ["n' ", "n’ ", "em ", "til ", "tis ", "twas "].iter().any(|word| rest[len..].starts_with(word));
            let opens = opening_place
                && open_after
                && !elided
                && after.is_some_and(|c| c.is_alphanumeric() || "[($.…".contains(c));
            // Only what is closed again is a quotation: a lone apostrophe is none.
            let closes = opens && closes_later(&rest[len..], mark);
            closes.then_some((Style::Single, Side::Open, len))
        }
        _ => None,
    }
}

fn mark_closing(mark: char) -> char {
    if mark == '‘' { '’' } else { mark }
}

/// How far a single mark looks for its closing one, in bytes.
const MAX_SINGLE: usize = 1_500;

/// Whether a closing single mark stands in what follows.
fn closes_later(rest: &str, mark: char) -> bool {
    let close = mark_closing(mark);
    let mut previous = ' ';
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if at > MAX_SINGLE {
            return false;
        }
        if (c == close || c == '\'') && !previous.is_whitespace() {
            let next = chars.peek().map(|(_, c)| *c);
            if next.is_none_or(|c| !c.is_alphanumeric()) {
                return true;
            }
        }
        previous = c;
    }
    false
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
            ("a 19\" screen and a \"big\" one", &[("big", 0, Mark)]),
            ("``We do,'' he said.", &[("We do,", 0, Mark)]),
            ("“One.\n\n“Two.”", &[("One.", 0, Continued), ("Two.", 0, Mark)]),
            ("“One. He left.\n\nNext.", &[("One. He left.", 0, Missing)]),
        ] {
            assert_eq!(contents(text), expected, "{text}");
        }
    }
}
