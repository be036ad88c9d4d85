//! Half-open stretches of text in UTF-8 bytes.

use std::cmp::Ordering;
use std::ops::Range;

/// A half-open stretch `start..end` of a document's text, in UTF-8 bytes.
///
/// Spans order by start, then the longer first, so that in a sorted layer a span comes before
/// those that it holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The stretch from `start` up to, not including, `end`. A reversed pair gives the empty span at `start`.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end.max(start) as u32 }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same stretch as a range of `usize`.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text that it covers.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Whether the byte at `at` lies inside; the end does not.
    pub fn holds(self, at: usize) -> bool {
        self.start() <= at && at < self.end()
    }

    /// Whether `inner` lies inside, borders included.
    pub fn covers(self, inner: Span) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span without white space at either end of the text that it covers.
    pub fn trim(self, text: &str) -> Span {
        let inside = self.of(text);
        let left = inside.len() - inside.trim_start().len();
        let trimmed = inside.trim().len();
        Span::new(self.start() + left, self.start() + left + trimmed)
    }
}

/// How far back a look into a layer goes: no more spans than these hold one place, in any text that people wrote.
const DEEPEST: usize = 64;

/// The places in a sorted layer of those that may overlap `span`; those far before it, however long, are left out, so that
/// a look costs the same in any text.
pub(crate) fn near<T>(layer: &[T], span: Span, span_of: impl Fn(&T) -> Span) -> Range<usize> {
    let to = layer.partition_point(|item| span_of(item).start() < span.end().max(span.start() + 1));
    to.saturating_sub(DEEPEST)..to
}

impl Ord for Span {
    fn cmp(&self, other: &Self) -> Ordering {
        self.start.cmp(&other.start).then(other.end.cmp(&self.end))
    }
}

impl PartialOrd for Span {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl std::fmt::Debug for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    /// Every relation of small spans agrees with the set of bytes that each holds.
    #[test]
    fn relations_agree_with_sets_of_bytes() {
        for a in 0..5usize {
            for b in a..5 {
                for c in 0..5 {
                    for d in c..5 {
                        let (x, y) = (Span::new(a, b), Span::new(c, d));
                        let shared = (a..b).any(|i| (c..d).contains(&i));
                        assert_eq!(x.overlaps(y) && !x.is_empty() && !y.is_empty(), shared, "{x:?} {y:?}");
                        if !y.is_empty() {
                            assert_eq!(x.covers(y), (c..d).all(|i| (a..b).contains(&i)), "{x:?} {y:?}");
                        }
                        for at in 0..6 {
                            assert_eq!(x.holds(at), (a..b).contains(&at), "{x:?} {at}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn order_is_by_start_then_longer_first() {
        let mut spans = [Span::new(4, 5), Span::new(0, 2), Span::new(0, 9)];
        spans.sort();
        assert_eq!(spans, [Span::new(0, 9), Span::new(0, 2), Span::new(4, 5)]);
    }

    #[test]
    fn trim_takes_white_space_of_both_ends() {
        let text = "  ab \u{a0}";
        assert_eq!(Span::new(0, text.len()).trim(text).of(text), "ab");
        assert!(Span::new(0, 2).trim(text).is_empty());
    }
}
