//! When it happened: the date of the claim's own clause, of the sentence's opening, of the passage.

use super::ClaimTime;
use super::roles::Scene;
use crate::sentence::Sentence;

/// Where a claim's trigger stands among the units of its sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Where its outermost verb group begins.
    pub start: usize,
    /// The trigger.
    pub first: usize,
    pub end: usize,
    /// Its clause.
    pub region: (usize, usize),
    /// The phrase of a nominal trigger.
    pub phrase: Option<(usize, usize)>,
    pub announced: bool,
}

/// The date of a claim.
pub(super) fn claim_time(_scene: &Scene<'_, '_, '_>, _sentence: &Sentence, _period: bool, _place: &Place) -> Option<ClaimTime> {
    None
}
