//! The sentences inside a quotation: each states claims of its own.

use crate::reading::Reading;
use crate::sentence::Sentence;
use crate::token::TokenKind;

/// A word before a full stop that is capitalized and at most so long may be an abbreviation (`Corp.`).
const ABBREVIATION: usize = 5;
/// A piece has at least so many tokens.
const SHORTEST: usize = 3;

/// Cuts a sentence that holds a quotation of several sentences into those. One piece where there are none.
pub(super) fn pieces(reading: &Reading<'_>, sentence: &Sentence, pieces: &mut Vec<Sentence>) {
    pieces.clear();
    let range = sentence.range();
    let mut first = range.start;
    for at in range.start..range.end {
        if at + 1 < range.end && at >= first + SHORTEST && range.end - at > SHORTEST && ends_sentence(reading, at) {
            let mut end = at + 1;
            // The closing mark goes with the sentence that it closes.
            while end < range.end && is_mark(reading, end) && !reading.tokens[end].is_spaced() {
                end += 1;
            }
            if end - first >= SHORTEST && begins_sentence(reading, end, range.end) {
                pieces.push(piece(reading, sentence, first, end));
                first = end;
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

/// Whether the token at `at` is a stop that no abbreviation explains.
fn ends_sentence(reading: &Reading<'_>, at: usize) -> bool {
    match reading.letters(at) {
        "!" | "?" => true,
        "." => {
            let Some(before) = at.checked_sub(1).map(|before| reading.tokens[before]) else { return false };
            let letters = before.span.of(reading.text);
            let inner = letters.contains('.') && before.kind() == TokenKind::Word;
            let short = before.is_capitalized() && letters.len() <= ABBREVIATION && !before.is_caps();
            before.span.end() == reading.tokens[at].span.start() && !short && !inner && letters.len() > 1
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
