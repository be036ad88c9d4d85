//! Byte offsets in other units: code points, UTF-16 units, lines and columns. For the rim only.

/// What an offset of the output counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum OffsetUnit {
    /// Unicode code points, by which Python slices.
    #[default]
    CodePoint,
    /// UTF-8 bytes.
    Byte,
    /// UTF-16 units, by which JavaScript, Java and C# slice.
    Utf16,
}

impl OffsetUnit {
    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            OffsetUnit::CodePoint => "codepoint",
            OffsetUnit::Byte => "byte",
            OffsetUnit::Utf16 => "utf16",
        }
    }
}

/// A question costs at most the counting of so many bytes.
const BLOCK: usize = 512;

/// The table that answers for one text. Built in one pass; an answer reads less than a block.
#[derive(Clone, Debug)]
pub struct Offsets<'t> {
    text: &'t str,
    unit: OffsetUnit,
    /// Whether a byte is a unit, so that nothing need be counted.
    plain: bool,
    /// Units before each block.
    units: Vec<u32>,
    /// Line feeds before each block.
    lines: Vec<u32>,
}

impl<'t> Offsets<'t> {
    /// The table of `text`, for offsets in `unit`.
    pub fn new(text: &'t str, unit: OffsetUnit) -> Offsets<'t> {
        let plain = unit == OffsetUnit::Byte || text.is_ascii();
        let mut offsets = Offsets { text, unit, plain, units: Vec::new(), lines: Vec::new() };
        let (mut units, mut lines) = (0, 0);
        for block in text.as_bytes().chunks(BLOCK) {
            offsets.lines.push(lines);
            lines += count_lines(block);
            if !plain {
                offsets.units.push(units);
                units += offsets.count(block);
            }
        }
        offsets
    }

    /// The offset of the byte at `at`, in the unit of the table.
    pub fn offset(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        if self.plain {
            return at;
        }
        let block = (at / BLOCK).min(self.units.len().saturating_sub(1));
        let before = self.units.get(block).copied().unwrap_or(0);
        (before + self.count(&self.text.as_bytes()[block * BLOCK..at])) as usize
    }

    /// The 1-based line of the byte at `at`.
    pub fn line(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let block = (at / BLOCK).min(self.lines.len().saturating_sub(1));
        let before = self.lines.get(block).copied().unwrap_or(0);
        1 + (before + count_lines(&self.text.as_bytes()[block * BLOCK..at])) as usize
    }

    /// How many units the whole text has.
    pub fn total(&self) -> usize {
        self.offset(self.text.len())
    }

    /// How many units begin in `bytes`.
    fn count(&self, bytes: &[u8]) -> u32 {
        match self.unit {
            OffsetUnit::Byte => bytes.len() as u32,
            OffsetUnit::CodePoint => bytes.iter().map(|byte| u32::from(is_lead(*byte))).sum(),
            // A character of four bytes is a surrogate pair.
            OffsetUnit::Utf16 => bytes.iter().map(|byte| u32::from(is_lead(*byte)) + u32::from(*byte >= 0xf0)).sum(),
        }
    }
}

/// How many code points `text` has.
pub fn code_points(text: &str) -> usize {
    text.as_bytes().iter().filter(|byte| is_lead(**byte)).count()
}

/// Whether a byte begins a character.
fn is_lead(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

fn count_lines(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| u32::from(*byte == b'\n')).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting_from_the_start() {
        let texts = [
            String::new(),
            "plain\nASCII\n".into(),
            "é\n".into(),
            "naïve — “quoted” 💡 text\r\nand more\n".repeat(60),
            "x".repeat(BLOCK),
            format!("{}é\n💡", "x".repeat(BLOCK - 1)),
        ];
        for text in &texts {
            for unit in [OffsetUnit::CodePoint, OffsetUnit::Byte, OffsetUnit::Utf16] {
                let offsets = Offsets::new(text, unit);
                for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                    let before = &text[..at];
                    let expected = match unit {
                        OffsetUnit::CodePoint => before.chars().count(),
                        OffsetUnit::Byte => at,
                        OffsetUnit::Utf16 => before.encode_utf16().count(),
                    };
                    assert_eq!(offsets.offset(at), expected, "{unit:?} at {at} of {text:?}");
                    assert_eq!(offsets.line(at), 1 + before.matches('\n').count(), "line at {at} of {text:?}");
                }
                assert_eq!(offsets.total(), offsets.offset(text.len()));
            }
            assert_eq!(code_points(text), text.chars().count());
        }
    }
}
