//! What a sentence holds more than one of, each of which states claims of its own: the sentences of a quotation, the
//! items of a list that runs on, a heading in capitals before its text.

use crate::reading::Reading;
use crate::sentence::Sentence;
use crate::token::TokenKind;

/// A word before a full stop that is capitalized and at most so long may be an abbreviation (`Corp.`).
const ABBREVIATION: usize = 5;
/// A piece has at least so many tokens.
const SHORTEST: usize = 3;

/// A heading in capitals has at least so many words.
const HEADING: usize = 3;

/// Cuts a sentence that holds several into those. One piece where there are none.
pub(super) fn pieces(reading: &Reading<'_>, sentence: &Sentence, pieces: &mut Vec<Sentence>) {
    pieces.clear();
    let range = sentence.range();
    let mut first = range.start;
    if let Some(end) = heading_end(reading, range.start, range.end) {
        pieces.push(piece(reading, sentence, first, end));
        first = end;
    }
    let start = first;
    for at in start..range.end {
        if at + 1 < range.end && at >= first + SHORTEST && range.end - at > SHORTEST && ends_sentence(reading, at) {
            let mut end = at + 1;
            // The closing mark goes with the sentence that it closes.
            while end < range.end && is_mark(reading, end) && !reading.tokens[end].is_spaced() {
                end += 1;
            }
            let bullet = is_bullet(reading, end);
            if reading.letters(at) == ":" && !bullet {
                continue;
            }
            let next = end + usize::from(bullet);
            if end - first >= SHORTEST && begins_sentence(reading, next, range.end) {
                pieces.push(piece(reading, sentence, first, end));
                first = next;
            }
        }
    }
    pieces.push(piece(reading, sentence, first, range.end));
}

fn piece(reading: &Reading<'_>, sentence: &Sentence, first: usize, end: usize) -> Sentence {
    Sentence { span: reading.span(first, end), tokens: (first as u32, end as u32), ..*sentence }
}

fn is_mark(reading: &Reading<'_>, at: usize) -> bool {
    matches!(reading.letters(at), "\"" | "”" | "’" | "'" | "»")
}

/// Where a heading in capitals ends that a sentence follows without a break: `MARGINS WIDEN AGAIN After the close, …`.
fn heading_end(reading: &Reading<'_>, start: usize, limit: usize) -> Option<usize> {
    let mut words = 0;
    for at in start..limit {
        let token = reading.tokens[at];
        let letters = reading.letters(at);
        if token.is_caps() {
            words += 1;
        } else if !matches!(letters, "," | "." | "-" | "'" | "’" | "&" | "/") && !token.is_number() {
            let quotation = matches!(letters, "\"" | "“") && token.is_spaced();
            let word = if quotation { at + 1 } else { at };
            let begins =
                reading.tokens.get(word).is_some_and(|token| token.is_capitalized() && token.is_spaced() != quotation);
            let lower = reading.tokens.get(word + 1).is_some_and(|token| token.is_spaced() && !token.is_capitalized());
            return (words >= HEADING && begins && (quotation || lower)).then_some(at);
        }
    }
    None
}

/// Whether the token at `at` is the mark of an item that a list runs on with: `… . - May 3: …`.
fn is_bullet(reading: &Reading<'_>, at: usize) -> bool {
    matches!(reading.letters(at), "-" | "–" | "—" | "*" | "•") && reading.tokens[at].is_spaced()
}

/// Whether the token at `at` is a stop that no abbreviation explains.
fn ends_sentence(reading: &Reading<'_>, at: usize) -> bool {
    match reading.letters(at) {
        "!" | "?" => true,
        // Before the first item of a list.
        ":" => true,
        "." => {
            let Some(before) = at.checked_sub(1).map(|before| reading.tokens[before]) else { return false };
            let letters = before.span.of(reading.text);
            let inner = letters.contains('.') && before.kind() == TokenKind::Word;
            let short = before.is_capitalized() && (2..=ABBREVIATION).contains(&letters.len()) && !before.is_caps();
            let initial = letters.len() == 1 && !before.is_mark() && !(at >= 2 && reading.letters(at - 2) == "/");
            let closed = is_mark(reading, at + 1) && !reading.tokens[at + 1].is_spaced();
            before.span.end() == reading.tokens[at].span.start() && (closed || !short && !inner && !initial)
        }
        _ => false,
    }
}

/// Whether a sentence can begin with the token at `at`: behind white space, capitalized, an opening mark before it left out.
fn begins_sentence(reading: &Reading<'_>, at: usize, end: usize) -> bool {
    if at >= end || !reading.tokens[at].is_spaced() {
        return false;
    }
    let opening = matches!(reading.letters(at), "\"" | "“" | "‘" | "'" | "[" | "(");
    let word = if opening { at + 1 } else { at };
    reading.tokens.get(word).is_some_and(|token| token.is_capitalized() || token.is_number())
}
