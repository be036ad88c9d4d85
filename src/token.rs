//! Words, numbers and marks: UAX #29 word boundaries, with a path of its own for ASCII.

use crate::span::Span;
use unicode_segmentation::UnicodeSegmentation;

/// The number of a word in the vocabulary; 0 is every word that no dictionary holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct WordId(pub(crate) u32);

impl WordId {
    /// A word that no dictionary holds.
    pub const UNKNOWN: WordId = WordId(0);

    /// Whether some dictionary holds the word.
    pub fn is_known(self) -> bool {
        self != WordId::UNKNOWN
    }

    /// The number, for tables indexed by word.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a token is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum TokenKind {
    /// Letters, with digits, apostrophes or full stops inside (`iPhone`, `don't`, `Node.js`, `U.S`).
    Word = 0,
    /// Begins with a digit (`2011`, `4,500`, `3.5`, `11g`).
    Number = 1,
    /// An ASCII punctuation mark or symbol.
    Mark = 2,
    /// Anything else: typographic marks, symbols, emoji, other scripts' signs.
    Other = 3,
}

/// A word, number or mark of the text. White space makes no token.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Bits 0–1 kind, 2–8 shape, 11–31 word.
    bits: u32,
}

const _: () = assert!(size_of::<Token>() == 12);

const UPPER: u32 = 1 << 2;
const CAPS: u32 = 1 << 3;
const DIGIT: u32 = 1 << 4;
const POSSESSIVE: u32 = 1 << 5;
const SPACED: u32 = 1 << 6;
const INNER_UPPER: u32 = 1 << 7;
const NON_ASCII: u32 = 1 << 8;
const WORD_SHIFT: u32 = 11;

/// How many words a vocabulary may hold.
pub(crate) const MAX_WORDS: u32 = 1 << (32 - WORD_SHIFT);

impl Token {
    /// What it is made of.
    pub fn kind(self) -> TokenKind {
        match self.bits & 3 {
            0 => TokenKind::Word,
            1 => TokenKind::Number,
            2 => TokenKind::Mark,
            _ => TokenKind::Other,
        }
    }

    /// Whether it is made of letters.
    pub fn is_word(self) -> bool {
        self.bits & 3 == 0
    }

    /// Whether it begins with a digit.
    pub fn is_number(self) -> bool {
        self.bits & 3 == 1
    }

    /// Whether it is punctuation, ASCII or not.
    pub fn is_mark(self) -> bool {
        self.bits & 2 != 0
    }

    /// Whether its first letter is upper case.
    pub fn is_capitalized(self) -> bool {
        self.bits & UPPER != 0
    }

    /// Whether it has two letters or more, all of them upper case.
    pub fn is_caps(self) -> bool {
        self.bits & CAPS != 0
    }

    /// Whether a digit stands in it.
    pub fn has_digit(self) -> bool {
        self.bits & DIGIT != 0
    }

    /// Whether an upper-case letter follows a lower-case one (`iPhone`, `OpenStack`).
    pub fn has_inner_upper(self) -> bool {
        self.bits & INNER_UPPER != 0
    }

    /// Whether it ends in `'s` or `’s`. Its word is then the one before the apostrophe.
    pub fn is_possessive(self) -> bool {
        self.bits & POSSESSIVE != 0
    }

    /// Whether white space, or the start of the text, stands before it.
    pub fn is_spaced(self) -> bool {
        self.bits & SPACED != 0
    }

    /// Whether it is all ASCII.
    pub fn is_ascii(self) -> bool {
        self.bits & NON_ASCII == 0
    }

    /// Its word in the vocabulary that the tokens were read with.
    pub fn word(self) -> WordId {
        WordId(self.bits >> WORD_SHIFT)
    }

    /// The span without a possessive ending.
    pub fn stem(self, text: &str) -> Span {
        if self.is_possessive() {
            let tail = if text.as_bytes()[self.span.end() - 2] == b'\'' { 2 } else { 4 };
            Span::new(self.span.start(), self.span.end() - tail)
        } else {
            self.span
        }
    }

    pub(crate) fn set_word(&mut self, word: WordId) {
        self.bits = (self.bits & ((1 << WORD_SHIFT) - 1)) | (word.0 << WORD_SHIFT);
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}{:?}", self.kind(), self.span)
    }
}

/// Classes of ASCII characters for word boundaries (UAX #29).
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Class {
    Letter,
    Digit,
    Underscore,
    MidLetter,
    MidNum,
    MidBoth,
    Space,
    Other,
    High,
}

const CLASSES: [Class; 256] = {
    let mut table = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'_' => Class::Underscore,
            b':' => Class::MidLetter,
            b',' | b';' => Class::MidNum,
            b'.' | b'\'' => Class::MidBoth,
            b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => Class::Space,
            0x80..=0xff => Class::High,
            _ => Class::Other,
        };
        byte += 1;
    }
    table
};

/// Appends the tokens of `text[from..to]` to `tokens`, with spans into `text`.
///
/// The boundaries are those of UAX #29 (Unicode's default word boundaries, as `unicode-segmentation`
/// gives them), less white space. `from` and `to` must stand beside ASCII white space or at an end of the text.
pub fn tokenize(text: &str, from: usize, to: usize, tokens: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < to {
        if CLASSES[bytes[at] as usize] == Class::Space {
            at += 1;
            continue;
        }
        let start = at;
        let mut high = false;
        while at < to && CLASSES[bytes[at] as usize] != Class::Space {
            high |= bytes[at] >= 0x80;
            at += 1;
        }
        if high {
            unicode_chunk(text, start, at, tokens);
        } else {
            ascii_chunk(bytes, start, at, tokens);
        }
    }
}

/// Cuts a stretch of ASCII without white space.
fn ascii_chunk(bytes: &[u8], from: usize, to: usize, tokens: &mut Vec<Token>) {
    let mut at = from;
    let mut spaced = SPACED;
    while at < to {
        let start = at;
        let first = CLASSES[bytes[at] as usize];
        at += 1;
        if !matches!(first, Class::Letter | Class::Digit | Class::Underscore) {
            tokens.push(Token { span: Span::new(start, at), bits: TokenKind::Mark as u32 | spaced });
            spaced = 0;
            continue;
        }
        let mut last = first;
        while at < to {
            let next = CLASSES[bytes[at] as usize];
            match next {
                Class::Letter | Class::Digit | Class::Underscore => {}
                Class::MidLetter if last == Class::Letter => {}
                Class::MidNum if last == Class::Digit => {}
                Class::MidBoth if last == Class::Letter || last == Class::Digit => {}
                _ => break,
            }
            if matches!(next, Class::MidLetter | Class::MidNum | Class::MidBoth) {
                // A mark inside joins only what stands on both sides of it and is alike.
                if at + 1 < to && CLASSES[bytes[at + 1] as usize] == last {
                    at += 2;
                } else {
                    break;
                }
            } else {
                last = next;
                at += 1;
            }
        }
        tokens.push(Token { span: Span::new(start, at), bits: shape(&bytes[start..at]) | spaced });
        spaced = 0;
    }
}

/// Cuts a stretch without ASCII white space that holds other than ASCII.
fn unicode_chunk(text: &str, from: usize, to: usize, tokens: &mut Vec<Token>) {
    // The white space before belongs to the context: a combining mark joins it.
    let mut start = from;
    if from > 0 && text.as_bytes()[from - 1].is_ascii_whitespace() {
        start -= 1;
    }
    let mut spaced = SPACED;
    for (offset, segment) in text[start..to].split_word_bound_indices() {
        let trimmed = segment.trim_start();
        if trimmed.is_empty() {
            spaced = SPACED;
            continue;
        }
        if trimmed.len() < segment.len() {
            spaced = SPACED;
        }
        let end = start + offset + segment.len();
        let bits = if trimmed.is_ascii() { shape(trimmed.as_bytes()) } else { shape_unicode(trimmed) };
        tokens.push(Token { span: Span::new(end - trimmed.len(), end), bits: bits | spaced });
        spaced = 0;
    }
}

fn shape(word: &[u8]) -> u32 {
    let kind = match word[0] {
        b'0'..=b'9' => TokenKind::Number,
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => TokenKind::Word,
        _ => return TokenKind::Mark as u32,
    };
    let mut bits = kind as u32;
    let (mut upper, mut lower, mut digit) = (0u32, 0u32, false);
    let possessive = matches!(word, [.., b'\'', b's' | b'S']);
    let stem = if possessive { &word[..word.len() - 2] } else { word };
    for &byte in stem {
        match byte {
            b'A'..=b'Z' => {
                if lower > 0 {
                    bits |= INNER_UPPER;
                }
                if upper + lower == 0 {
                    bits |= UPPER;
                }
                upper += 1;
            }
            b'a'..=b'z' => lower += 1,
            b'0'..=b'9' => digit = true,
            _ => {}
        }
    }
    if lower == 0 && upper >= 2 {
        bits |= CAPS;
    }
    if digit {
        bits |= DIGIT;
    }
    if possessive {
        bits |= POSSESSIVE;
    }
    bits
}

fn shape_unicode(word: &str) -> u32 {
    let first = word.chars().next().unwrap_or(' ');
    let kind = if first.is_numeric() {
        TokenKind::Number
    } else if first.is_alphabetic() {
        TokenKind::Word
    } else {
        return TokenKind::Other as u32 | NON_ASCII;
    };
    let mut bits = kind as u32 | NON_ASCII;
    let stem = word.strip_suffix("’s").or_else(|| word.strip_suffix("'s"));
    if stem.is_some() {
        bits |= POSSESSIVE;
    }
    let (mut upper, mut lower) = (0u32, 0u32);
    for c in stem.unwrap_or(word).chars() {
        if c.is_uppercase() {
            if lower > 0 {
                bits |= INNER_UPPER;
            }
            if upper + lower == 0 {
                bits |= UPPER;
            }
            upper += 1;
        } else if c.is_lowercase() {
            lower += 1;
        } else if c.is_numeric() {
            bits |= DIGIT;
        }
    }
    if lower == 0 && upper >= 2 {
        bits |= CAPS;
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let mut tokens = Vec::new();
        tokenize(text, 0, text.len(), &mut tokens);
        tokens.iter().map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn cuts_words_numbers_and_marks() {
        for (text, expected) in [
            ("Acme's $4,500.50 deal.", &["Acme's", "$", "4,500.50", "deal", "."][..]),
            ("U.S.-based", &["U.S", ".", "-", "based"]),
            ("don't stop", &["don't", "stop"]),
            ("AT&T and Yahoo!", &["AT", "&", "T", "and", "Yahoo", "!"]),
            ("iOS 5.1, Node.js", &["iOS", "5.1", ",", "Node.js"]),
            ("end.\"", &["end", ".", "\""]),
            ("“It’s 11g”—no", &["“", "It’s", "11g", "”", "—", "no"]),
            ("a_b 3_4", &["a_b", "3_4"]),
            ("Red\u{a0}Hat", &["Red", "Hat"]),
        ] {
            assert_eq!(cut(text), expected, "{text}");
        }
    }

    #[test]
    fn shapes() {
        let text = "Acme’s IBM iPhone 11g OpenStack x Nestlé";
        let mut tokens = Vec::new();
        tokenize(text, 0, text.len(), &mut tokens);
        assert!(tokens[0].is_possessive() && tokens[0].is_capitalized());
        assert_eq!(tokens[0].stem(text).of(text), "Acme");
        assert!(tokens[1].is_caps());
        assert!(tokens[2].has_inner_upper() && !tokens[2].is_capitalized());
        assert!(tokens[3].is_number());
        assert!(tokens[4].has_inner_upper() && tokens[4].is_capitalized());
        assert!(!tokens[5].is_capitalized());
        assert!(tokens[6].is_capitalized() && !tokens[6].is_ascii());
    }
}
