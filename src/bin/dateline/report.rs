//! What the user sees on standard error.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write as _};

/// Says a line on standard error. Control characters in it are shown, never sent: names of files are anybody's.
pub fn say(line: &str) {
    // Where nobody can be told, there is nothing to do about it.
    let _ = writeln!(io::stderr().lock(), "{}", visible(line));
}

/// The line with every control character, and every mark that turns the direction of writing, spelled out.
pub fn visible(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '\n' => shown.push_str("\\n"),
            '\t' => shown.push_str("\\t"),
            c => push_visible(c, &mut shown),
        }
    }
    shown
}

/// A text of many lines and columns, all but those spelled out as in [`visible`].
pub fn visible_lines(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => shown.push(c),
            c => push_visible(c, &mut shown),
        }
    }
    shown
}

fn push_visible(c: char, shown: &mut String) {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    match c {
        '\r' => shown.push_str("\\r"),
        c if c.is_control() || turns => {
            let _ = write!(shown, "\\u{{{:x}}}", c as u32);
        }
        c => shown.push(c),
    }
}

/// The bar of a run, and the lines that are said above it. Drawn only on a terminal.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar over so many bytes of input.
    pub fn new(bytes: u64) -> Progress {
        let target = match io::stderr().is_terminal() {
            true => ProgressDrawTarget::stderr(),
            false => ProgressDrawTarget::hidden(),
        };
        let bar = ProgressBar::with_draw_target(Some(bytes), target);
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes}  {bytes_per_sec}  {eta}") {
            bar.set_style(style);
        }
        Progress { bar }
    }

    /// So many more bytes are done.
    pub fn advance(&self, bytes: u64) {
        self.bar.inc(bytes);
    }

    /// Says a line, the bar out of the way.
    pub fn say(&self, line: &str) {
        self.bar.suspend(|| say(line));
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// A number with commas at the thousands.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// `1 document`, `2,000 documents`.
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// A number of bytes as people say it.
pub fn size(bytes: u64) -> String {
    let scales = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    match scales.into_iter().find(|(scale, _)| bytes >= *scale) {
        Some((scale, unit)) if bytes.is_multiple_of(scale) => format!("{} {unit}", bytes / scale),
        Some((scale, unit)) => format!("{:.1} {unit}", bytes as f64 / scale as f64),
        None => count(bytes, "byte", "bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_raw_reaches_the_terminal() {
        for (line, expected) in [
            ("plain é 💡", "plain é 💡"),
            ("a\nb\tc\rd", "a\\nb\\tc\\rd"),
            ("\x1b[31m", "\\u{1b}[31m"),
            ("\u{202e}x\u{9b}", "\\u{202e}x\\u{9b}"),
        ] {
            assert_eq!(visible(line), expected);
        }
        assert_eq!(visible_lines("a\tb\r\n\x1b[31m\n"), "a\tb\\r\n\\u{1b}[31m\n");
    }

    #[test]
    fn numbers() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(count(1, "claim", "claims"), "1 claim");
        assert_eq!((size(64 << 20), size(1536), size(10)), ("64 MiB".into(), "1.5 KiB".into(), "10 bytes".into()));
    }
}
