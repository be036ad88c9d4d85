//! Figures: money, counts, percentages, with scale and range.

use crate::span::Span;

/// A figure of the text.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Amount {
    /// Where it stands.
    pub span: Span,
    /// The lower bound; `None` for `up to`.
    pub low: Option<f64>,
    /// The upper bound; `None` for `more than`.
    pub high: Option<f64>,
    /// The ISO 4217 code, for money.
    pub currency: Option<[u8; 3]>,
    /// What is counted (`jobs`), or `percent`.
    pub unit: Option<Span>,
}
