//! The year that a document suggests for an event that it does not date.

use super::find::ClaimInput;
use super::{Claim, DateFrom, Inferred, Modality};
use crate::span::Span;
use crate::structure::ParagraphKind;
use std::collections::BTreeSet;

/// Gives the claims of the article at `span` that lack a year the one that the article suggests.
///
/// An event with a date without a year takes the year of the headings, of publication, or the only one that the article
/// names; one without any date that of the headings or of publication, where it is told as done.
pub(super) fn infer_years(input: &ClaimInput<'_, '_>, span: Span, claims: &mut [Claim]) {
    let heading = only_year(input, span, true).map(|year| Inferred { year, from: DateFrom::Heading });
    let published = input.reading.published.map(|date| Inferred { year: date.year(), from: DateFrom::Document });
    let told = heading.or(published);
    let only = || only_year(input, span, false).map(|year| Inferred { year, from: DateFrom::Document });
    let from = claims.partition_point(|claim| claim.span.start() < span.start());
    let to = claims.partition_point(|claim| claim.span.start() < span.end());
    for claim in &mut claims[from..to.max(from)] {
        claim.inferred = match claim.time {
            Some(time) if time.has_year() => None,
            Some(_) => told.or_else(only),
            None => told.filter(|_| claim.modality == Modality::Asserted),
        };
    }
}

/// The year of all dates of an article, or of those in its headings, where they have only one.
fn only_year(input: &ClaimInput<'_, '_>, span: Span, headings: bool) -> Option<i16> {
    let from = input.times.partition_point(|time| time.span.start() < span.start());
    let times = input.times[from..].iter().take_while(|time| time.span.end() <= span.end());
    let paragraphs = &input.reading.structure.paragraphs;
    let in_heading = |at: usize| {
        let after = paragraphs.partition_point(|paragraph| paragraph.span.end() <= at);
        paragraphs.get(after).is_some_and(|paragraph| paragraph.kind == ParagraphKind::Heading)
    };
    let years: BTreeSet<i16> = times
        .filter(|time| !headings || in_heading(time.span.start()))
        .filter_map(|time| time.value.calendar()?.year())
        .collect();
    years.first().copied().filter(|_| years.len() == 1)
}
