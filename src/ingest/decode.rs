//! Bytes to text: the encodings that are read, and what is refused.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::fmt;

/// How the bytes of a document spelled its text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    /// UTF-8, with or without a byte-order mark.
    Utf8,
    /// UTF-16 with a byte-order mark.
    Utf16,
    /// Windows-1252: what is no valid UTF-8.
    Windows1252,
}

/// Why bytes are no document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// There are none.
    Empty,
    /// There is white space only.
    Blank,
    /// They begin as files of this kind do.
    Binary(&'static str),
    /// There is a NUL at this byte.
    Nul(usize),
    /// So many control characters stand in so many bytes.
    Controls(usize, usize),
    /// There is a mark of UTF-32, which is not read.
    Utf32,
    /// There is a mark of UTF-16, but the rest is no UTF-16.
    BrokenUtf16,
    /// 32-bit offsets can't address so many bytes.
    TooLong(usize),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Empty => write!(f, "the file is empty"),
            Refusal::Blank => write!(f, "the file holds white space only"),
            Refusal::Binary(kind) => write!(f, "the file is {kind}, not text"),
            Refusal::Nul(at) => {
                write!(f, "binary content: a NUL at byte {at} (UTF-16 is read with a byte-order mark only)")
            }
            Refusal::Controls(count, of) => write!(f, "binary content: {count} control characters in {of} bytes"),
            Refusal::Utf32 => write!(f, "UTF-32 is not read: save the file as UTF-8"),
            Refusal::BrokenUtf16 => write!(f, "the byte-order mark says UTF-16, but the content is not valid UTF-16"),
            Refusal::TooLong(len) => write!(f, "the text has {len} bytes, more than can be annotated"),
        }
    }
}

impl std::error::Error for Refusal {}

/// How files begin that are no text and often lie among texts.
const SIGNATURES: [(&[u8], &str); 12] = [
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
];

/// More control characters than one in so many bytes is no text.
const BYTES_PER_CONTROL: usize = 200;

/// Reads bytes as text. A byte-order mark is no part of it; nothing else is changed.
///
/// # Errors
/// What is empty, blank or binary, and what its byte-order mark is wrong about.
pub fn decode(bytes: Vec<u8>) -> Result<(String, Encoding), Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Err(Refusal::Utf32);
    }
    if let Some((_, kind)) = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(Refusal::Binary(kind));
    }
    let (text, encoding) = match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => (decode_utf16(UTF_16LE, rest)?, Encoding::Utf16),
        [0xfe, 0xff, rest @ ..] => (decode_utf16(UTF_16BE, rest)?, Encoding::Utf16),
        _ => {
            refuse_nul(&bytes)?;
            decode_bytes(bytes)
        }
    };
    refuse_nul(text.as_bytes())?;
    let controls = count_controls(&text);
    if controls * BYTES_PER_CONTROL > text.len() && controls > 1 {
        return Err(Refusal::Controls(controls, text.len()));
    }
    if text.trim().is_empty() {
        return Err(Refusal::Blank);
    }
    if text.len() >= u32::MAX as usize {
        return Err(Refusal::TooLong(text.len()));
    }
    Ok((text, encoding))
}

fn decode_utf16(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Result<String, Refusal> {
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok(text.into_owned()),
        None => Err(Refusal::BrokenUtf16),
    }
}

fn decode_bytes(mut bytes: Vec<u8>) -> (String, Encoding) {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, Encoding::Utf8),
        Err(error) => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(error.as_bytes());
            (text.into_owned(), Encoding::Windows1252)
        }
    }
}

fn refuse_nul(bytes: &[u8]) -> Result<(), Refusal> {
    // `contains` looks at many bytes at once, which `position` does not.
    match bytes.contains(&0) {
        true => Err(Refusal::Nul(bytes.iter().position(|byte| *byte == 0).unwrap_or(0))),
        false => Ok(()),
    }
}

/// Counts characters that no text has: controls but for white space and the escape of terminal colours.
fn count_controls(text: &str) -> usize {
    let bytes = text.as_bytes();
    let low = bytes.iter().filter(|byte| **byte < 0x20 && !matches!(byte, 0x09..=0x0d | 0x1b)).count();
    // Those of U+0080 to U+009F are spelled in two bytes, the first of them C2; U+0085 is the end of a line.
    let is_high = |(first, second): &(&u8, &u8)| **first == 0xc2 && **second < 0xa0 && **second != 0x85;
    low + bytes.iter().zip(bytes.get(1..).unwrap_or_default()).filter(is_high).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        for (bytes, text, encoding) in [
            (&b"plain"[..], "plain", Encoding::Utf8),
            (b"\xef\xbb\xbfmarked", "marked", Encoding::Utf8),
            ("Zoë — “yes”".as_bytes(), "Zoë — “yes”", Encoding::Utf8),
            (b"Zo\xeb \x97 \x93yes\x94 \x80", "Zoë — “yes” €", Encoding::Windows1252),
            (b"\xff\xfeh\0i\0\x3d\xd8\xa1\xdc", "hi💡", Encoding::Utf16),
            (b"\xfe\xff\0h\0i", "hi", Encoding::Utf16),
            (b"one stray \x07 bell", "one stray \x07 bell", Encoding::Utf8),
            (b"\x1b[31mred\x1b[0m", "\x1b[31mred\x1b[0m", Encoding::Utf8),
        ] {
            assert_eq!(decode(bytes.to_vec()), Ok((text.to_string(), encoding)), "{bytes:?}");
        }
    }

    #[test]
    fn controls() {
        for (text, expected) in [
            ("", 0),
            ("a\tb\n\r\x0b\x0c\x1b[0m", 0),
            ("\x01a\x07\x1f", 3),
            ("\u{80}\u{84}é\u{86}\u{9f}", 4),
            ("\u{85}\u{a0}Â\u{7f}\u{c0}\u{2028}", 0),
        ] {
            assert_eq!(count_controls(text), expected, "{text:?}");
        }
    }

    #[test]
    fn refusals() {
        for (bytes, refusal) in [
            (&b""[..], Refusal::Empty),
            (b" \r\n\t", Refusal::Blank),
            (b"\xef\xbb\xbf", Refusal::Blank),
            (b"\xff\xfe", Refusal::Blank),
            (b"%PDF-1.4\n\xe2", Refusal::Binary("a PDF")),
            (b"text\0", Refusal::Nul(4)),
            (b"h\0i\0", Refusal::Nul(1)),
            (b"\xff\xfeh\0\0\0", Refusal::Nul(1)),
            (b"\xff\xfe\x00\xd8x\0", Refusal::BrokenUtf16),
            (b"\xff\xfeh", Refusal::BrokenUtf16),
            (b"\xff\xfe\0\0h\0\0\0", Refusal::Utf32),
            (b"\x01\x02\x03 text", Refusal::Controls(3, 8)),
            (b"\x81\x8d\x9d\xff", Refusal::Controls(3, 8)),
        ] {
            assert_eq!(decode(bytes.to_vec()), Err(refusal), "{bytes:?}");
        }
    }
}
