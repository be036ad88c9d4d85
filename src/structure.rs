//! Paragraphs, headings, list items, and the articles within one text.

use crate::span::Span;

/// What a paragraph is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ParagraphKind {
    /// Running text.
    Body,
    /// A title or a heading over a section.
    Heading,
    /// An item of a list.
    ListItem,
    /// A Markdown block quotation (`>`).
    Quote,
    /// Preformatted text: holds nothing to be found.
    Code,
}

/// A stretch of text that no name, date or sentence runs out of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Paragraph {
    /// Where its words stand: without list or heading marks, line breaks at its ends left out.
    pub span: Span,
    /// What it is.
    pub kind: ParagraphKind,
    /// Which article of the text it belongs to, from 0.
    pub article: u32,
    /// The first of its tokens, and one past the last. Empty until the text is tokenized.
    pub tokens: (u32, u32),
}

/// One of the pieces in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Article {
    /// From its title to the next article.
    pub span: Span,
    /// The heading that names it.
    pub title: Option<Span>,
}

/// The skeleton of a text.
#[derive(Clone, Debug, Default)]
pub struct Structure {
    /// Sorted; no two overlap.
    pub paragraphs: Vec<Paragraph>,
    /// Sorted; together they cover all paragraphs. Never empty where there is a paragraph.
    pub articles: Vec<Article>,
    /// Stretches that are addresses and no words: link targets, URLs. Sorted.
    pub addresses: Vec<Span>,
}

/// A heading line of an article has at most this many bytes.
const MAX_HEADING: usize = 150;
/// Lines are parts of a wrapped paragraph only where the longest of its block has a width like these.
const WRAPS: std::ops::RangeInclusive<usize> = 50..=120;
/// A title that starts another article within a text has at least so many words.
const MIN_TITLE_WORDS: usize = 5;
/// The paragraph after such a title has at least so many bytes.
const MIN_ARTICLE_BODY: usize = 160;

/// A link target is at most so many bytes long.
const MAX_ADDRESS: usize = 2_048;

/// Finds the skeleton of `text`. Linear in its length.
pub fn find_structure(text: &str) -> Structure {
    let lines = lines(text);
    let mut paragraphs = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if lines[at].kind == LineKind::Blank {
            at += 1;
            continue;
        }
        let end = (at..lines.len()).find(|i| lines[*i].kind == LineKind::Blank).unwrap_or(lines.len());
        read_block(text, &lines[at..end], &mut paragraphs);
        at = end;
    }
    mark_headings(text, &mut paragraphs);
    let articles = split_articles(text, &mut paragraphs);
    let addresses = find_addresses(text);
    Structure { paragraphs, articles, addresses }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum LineKind {
    Blank,
    Text,
    Heading,
    Item,
    Quote,
    Code,
}

/// A line: its span without the line break, and where its words begin.
#[derive(Clone, Copy, Debug)]
struct Line {
    span: Span,
    words: usize,
    kind: LineKind,
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    let is_fence = |line: &str| line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
    // An odd fence at the end opens nothing.
    let mut fences = text.split('\n').filter(|line| is_fence(line)).count() / 2 * 2;
    let mut inside = false;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        let span = Span::new(start, start + bare.len());
        start += line.len();
        let kind = if is_fence(bare) && fences > 0 {
            fences -= 1;
            inside = !inside;
            LineKind::Code
        } else if inside {
            LineKind::Code
        } else {
            lines.push(classify(bare, span));
            continue;
        };
        lines.push(Line { span, words: span.start(), kind });
    }
    lines
}

fn classify(line: &str, span: Span) -> Line {
    let body = line.trim_start();
    let indent = line.len() - body.len();
    let line = |kind, mark: usize| Line { span, words: span.start() + indent + mark, kind };
    let Some(first) = body.chars().next() else { return line(LineKind::Blank, 0) };
    let after = |mark: usize| body[mark..].chars().next().is_some_and(char::is_whitespace);
    let skip = |mark: usize| mark + body[mark..].len() - body[mark..].trim_start().len();
    match first {
        '#' => {
            let hashes = body.bytes().take_while(|b| *b == b'#').count();
            if hashes <= 6 && after(hashes) { line(LineKind::Heading, skip(hashes)) } else { line(LineKind::Text, 0) }
        }
        '>' => {
            let marks = body.len() - body.trim_start_matches(['>', ' ']).len();
            line(if marks < body.len() { LineKind::Quote } else { LineKind::Blank }, marks)
        }
        '•' | '·' | '▪' | '●' | '◦' => line(LineKind::Item, skip(first.len_utf8())),
        '-' | '*' | '+' | '–' if after(first.len_utf8()) => {
            // A line of marks alone is a rule, which separates like a blank line.
            let kind = if body.chars().any(char::is_alphanumeric) { LineKind::Item } else { LineKind::Blank };
            line(kind, skip(first.len_utf8()))
        }
        '-' | '*' | '_' | '=' | '~' if body.len() >= 3 && body.chars().all(|c| c == first || c.is_whitespace()) => {
            line(LineKind::Blank, 0)
        }
        '0'..='9' => {
            let digits = body.bytes().take_while(u8::is_ascii_digit).count();
            let stop = body[digits..].starts_with(['.', ')']);
            if digits <= 2 && stop && after(digits + 1) {
                line(LineKind::Item, skip(digits + 1))
            } else {
                line(LineKind::Text, 0)
            }
        }
        _ => line(LineKind::Text, 0),
    }
}

/// Cuts lines that no blank line divides into paragraphs: at marks, and where a line break is no wrapping.
fn read_block(text: &str, lines: &[Line], paragraphs: &mut Vec<Paragraph>) {
    let width = lines.iter().map(|line| line.span.len()).max().unwrap_or(0);
    let mut open: Option<(LineKind, Span)> = None;
    let mut previous: Option<&Line> = None;
    for line in lines {
        let words = Span::new(line.words, line.span.end());
        let joins = open.is_some_and(|(kind, _)| match (kind, line.kind) {
            (LineKind::Code, LineKind::Code) | (LineKind::Quote, LineKind::Quote) => true,
            (LineKind::Text | LineKind::Item | LineKind::Quote, LineKind::Text) => {
                previous.is_some_and(|before| is_wrapped(text, *before, words, width))
            }
            _ => false,
        });
        match &mut open {
            Some((_, span)) if joins => *span = span.join(words),
            _ => {
                push_paragraph(text, open, paragraphs);
                open = Some((line.kind, words));
            }
        }
        previous = Some(line);
    }
    push_paragraph(text, open, paragraphs);
}

/// Whether the break after `before` only wraps a paragraph: the next line's first word would not have fitted, or the
/// line stops in the middle of a sentence.
fn is_wrapped(text: &str, before: Line, next: Span, width: usize) -> bool {
    let word = next.of(text).split_whitespace().next().map_or(0, str::len);
    let continues = next.of(text).chars().next().is_some_and(char::is_lowercase);
    let line = before.span.of(text).trim_end();
    let open =
        WRAPS.contains(&line.len()) && !line.ends_with(['.', '?', '!', ':', '"', '”', '’']) && !is_title_case(line);
    WRAPS.contains(&width)
        && (before.span.len() + 1 + word > width || continues && before.span.len() * 2 > width || open)
}

fn push_paragraph(text: &str, open: Option<(LineKind, Span)>, paragraphs: &mut Vec<Paragraph>) {
    let Some((kind, span)) = open else { return };
    let kind = match kind {
        LineKind::Heading => ParagraphKind::Heading,
        LineKind::Item => ParagraphKind::ListItem,
        LineKind::Quote => ParagraphKind::Quote,
        LineKind::Code => ParagraphKind::Code,
        LineKind::Text | LineKind::Blank => ParagraphKind::Body,
    };
    let span = span.trim(text);
    if !span.is_empty() {
        paragraphs.push(Paragraph { span, kind, article: 0, tokens: (0, 0) });
    }
}

/// Turns body paragraphs that are titles into headings.
fn mark_headings(text: &str, paragraphs: &mut [Paragraph]) {
    for i in 0..paragraphs.len() {
        let words = paragraphs[i].span.of(text);
        if paragraphs[i].kind != ParagraphKind::Body || words.len() > MAX_HEADING || words.contains('\n') {
            continue;
        }
        let stops = words.ends_with(['.', ':', ';', ',', '…', '"', '”', '’', ')']);
        let asks = words.ends_with(['?', '!']);
        let count = words.split_whitespace().count();
        let follows = paragraphs.get(i + 1).is_some_and(|next| next.span.len() > words.len());
        let title = is_title_case(words);
        let spelled = words.contains(char::is_alphanumeric);
        if spelled
            && !stops
            && count <= 22
            && follows
            && (title || !asks && (i == 0 || count <= 9 && !words.starts_with("By ")))
        {
            paragraphs[i].kind = ParagraphKind::Heading;
        }
    }
}

/// Whether nearly all longer words begin with an upper-case letter, and there are two words or more.
fn is_title_case(line: &str) -> bool {
    let (mut words, mut upper) = (0, 0);
    for word in line.split(|c: char| c.is_whitespace() || c == '-' || c == '/') {
        let letters = word.trim_matches(|c: char| !c.is_alphanumeric());
        if letters.chars().count() >= 4 {
            words += 1;
            upper += usize::from(letters.chars().any(|c| c.is_uppercase() || c.is_numeric()));
        }
    }
    words >= 2 && upper * 10 >= words * 9
}

/// Divides the text into articles: at its beginning, and at each title-case title over a body of its own.
fn split_articles(text: &str, paragraphs: &mut [Paragraph]) -> Vec<Article> {
    let mut articles: Vec<Article> = Vec::new();
    let plain = paragraphs
        .first()
        .is_some_and(|first| first.kind == ParagraphKind::Heading && !text[..first.span.start()].contains('#'));
    for i in 0..paragraphs.len() {
        let paragraph = paragraphs[i];
        let heading = paragraph.kind == ParagraphKind::Heading;
        let words = paragraph.span.of(text);
        let starts = i == 0
            || plain
                && heading
                && is_title_case(words)
                && !text[..paragraph.span.start()].ends_with("# ")
                && words.split_whitespace().count() >= MIN_TITLE_WORDS
                && paragraphs[i - 1].kind != ParagraphKind::Heading
                && paragraphs.get(i + 1).is_some_and(|next| next.span.len() >= MIN_ARTICLE_BODY);
        if starts {
            if let Some(last) = articles.last_mut() {
                last.span = Span::new(last.span.start(), paragraph.span.start());
            }
            let start = if i == 0 { 0 } else { paragraph.span.start() };
            articles.push(Article { span: Span::new(start, text.len()), title: heading.then_some(paragraph.span) });
        }
        paragraphs[i].article = articles.len() as u32 - 1;
    }
    articles
}

/// Finds Markdown link targets and bare URLs.
fn find_addresses(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut addresses: Vec<Span> = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find("://") {
        let mark = at + found;
        let scheme = bytes[..mark].iter().rev().take_while(|b| b.is_ascii_alphabetic()).take(8).count();
        let mut end = mark + 3;
        while end < bytes.len()
            && !bytes[end].is_ascii_whitespace()
            && !matches!(bytes[end], b')' | b'>' | b'"' | b']' | b'<')
        {
            end += 1;
        }
        while end > mark + 3 && matches!(bytes[end - 1], b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'') {
            end -= 1;
        }
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        if scheme >= 3 {
            addresses.push(Span::new(mark - scheme, end));
        }
        at = end.max(mark + 3);
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    let mut targets = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find("](") {
        let start = at + found + 1;
        let end = bytes[start..]
            .iter()
            .take(MAX_ADDRESS)
            .position(|b| *b == b')' || b.is_ascii_whitespace())
            .map(|i| start + i);
        at = start + 1;
        if let Some(end) = end.filter(|end| bytes[*end] == b')') {
            targets.push(Span::new(start, end + 1));
            at = end + 1;
        }
    }
    addresses.extend(targets);
    addresses.sort();
    addresses.dedup_by(|next, kept| {
        let overlap = kept.overlaps(*next);
        if overlap {
            *kept = kept.join(*next);
        }
        overlap
    });
    addresses
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(ParagraphKind, &str)> {
        find_structure(text).paragraphs.iter().map(|p| (p.kind, p.span.of(text))).collect()
    }

    #[test]
    fn paragraphs_by_kind() {
        use ParagraphKind::{Body, Code, Heading, ListItem, Quote};
        for (text, expected) in [
            (
                "A Title Without Stop\n\nBody of the text goes here.\n",
                &[(Heading, "A Title Without Stop"), (Body, "Body of the text goes here.")][..],
            ),
            ("# Head\nBody.", &[(Heading, "Head"), (Body, "Body.")]),
            ("• One thing\n• Another", &[(ListItem, "One thing"), (ListItem, "Another")]),
            ("1. First\n2) Second", &[(ListItem, "First"), (ListItem, "Second")]),
            ("> said\n> so", &[(Quote, "said\n> so")]),
            ("```\ncode\n```\ntext.", &[(Code, "```\ncode\n```"), (Body, "text.")]),
            ("```\nan odd fence is text.", &[(Body, "```"), (Body, "an odd fence is text.")]),
            ("One.\r\n\r\nTwo.\r\n", &[(Body, "One."), (Body, "Two.")]),
            ("---\n\n***", &[]),
        ] {
            assert_eq!(kinds(text), expected, "{text:?}");
        }
    }

    #[test]
    fn wrapped_lines_are_one_paragraph_and_short_ones_are_not() {
        let wrapped = "The first line of this paragraph is wrapped at about sixty\ncolumns, as mail programs do it, and goes on\nhere.";
        assert_eq!(kinds(wrapped).len(), 1);
        let lines = "A paragraph in one line, with a full stop.\nAnother.\nA third one here.";
        assert_eq!(kinds(lines).len(), 3);
    }

    #[test]
    fn several_articles_in_one_text() {
        let body = "Words of a body that is long enough to be one. ".repeat(5);
        let text = format!(
            "Acme Buys Another Big Company\n\n{body}\n\nNimbus Launches The Third Cloud Service\n\n{body}\n\nWhat next\n\n{body}"
        );
        let structure = find_structure(&text);
        assert_eq!(structure.articles.len(), 2);
        assert_eq!(structure.articles[1].title.unwrap().of(&text), "Nimbus Launches The Third Cloud Service");
        assert_eq!(structure.paragraphs.last().unwrap().article, 1);
    }

    #[test]
    fn addresses_are_found() {
        let text = "See [the page](https://example.com/a_b) or http://example.org/x, now.";
        let found: Vec<&str> = find_structure(text).addresses.iter().map(|a| a.of(text)).collect();
        assert_eq!(found, ["(https://example.com/a_b)", "http://example.org/x"]);
    }
}
