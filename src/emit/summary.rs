//! A claim in plain words, and its figures as people write them.

use super::Findings;
use super::label::claim_verb;
use crate::amount::Amount;
use crate::claim::{Claim, Modality, Party};
use crate::mention::one_line;

/// What stands where a clause has room for a name and none is there.
const MISSING: &str = "(name missing in the text)";

/// Where a verb phrase has room for an object that need not be there: `raises funds (…)`, with its blank before.
const OPTIONAL: &str = " (…)";

/// The claim in one short line: who does what to whom, for how much, and whether it happened.
///
/// The verb phrase of the type stands between subject and object. An object that is not there is told as missing,
/// unless the phrase ends in `(…)`.
pub(super) fn summarize(findings: &Findings<'_>, claim: &Claim) -> String {
    let mut summary = String::new();
    push_names(findings, &claim.subject, &mut summary);
    summary.push(' ');
    let verb = claim_verb(findings.pipeline, claim.kind);
    let (verb, optional) = verb.strip_suffix(OPTIONAL).map_or((verb, false), |verb| (verb, true));
    summary.push_str(verb);
    if !claim.object.is_empty() || !optional {
        summary.push(' ');
        push_names(findings, &claim.object, &mut summary);
    }
    let parties = claim.subject.iter().chain(&claim.object);
    let is_named = |amount: &Amount| parties.clone().any(|party| party.span.overlaps(amount.span));
    if let Some(amount) = claim.amount.as_ref().filter(|amount| !is_named(amount)) {
        let words = amount_in_words(findings.text(), amount);
        if !words.is_empty() {
            summary.push_str(", ");
            summary.push_str(&words);
        }
    }
    let modality = (claim.modality != Modality::Asserted).then(|| claim.modality.name());
    let denied = claim.negative.then_some("not so");
    let notes: Vec<&str> = [denied, modality].into_iter().flatten().collect();
    if !notes.is_empty() {
        summary.push_str(&format!(" ({})", notes.join(", ")));
    }
    summary
}

fn push_names(findings: &Findings<'_>, parties: &[Party], summary: &mut String) {
    if parties.is_empty() {
        summary.push_str(MISSING);
    }
    for (i, party) in parties.iter().enumerate() {
        if i > 0 {
            summary.push_str(if i + 1 == parties.len() { " and " } else { ", " });
        }
        match party.entity.and_then(|id| findings.entity(id)) {
            Some(entity) => summary.push_str(&entity.canonical),
            None => summary.push_str(&one_line(party.span.of(findings.text()))),
        }
    }
}

/// `USD 200–250 million`, `more than 1,200 jobs`, `up to 5 percent`.
pub(super) fn amount_in_words(text: &str, amount: &Amount) -> String {
    let largest = amount.low.unwrap_or(0.0).abs().max(amount.high.unwrap_or(0.0).abs());
    let scales = [(1e12, " trillion"), (1e9, " billion"), (1e6, " million")];
    let (scale, word) = scales.into_iter().find(|(scale, _)| largest >= *scale).unwrap_or((1.0, ""));
    let number = |value: f64| grouped(value / scale);
    let figure = match (amount.low, amount.high) {
        (Some(low), Some(high)) if low == high => ("", number(low)),
        (Some(low), Some(high)) => ("", format!("{}–{}", number(low), number(high))),
        (Some(low), None) => ("more than ", number(low)),
        (None, Some(high)) => ("up to ", number(high)),
        (None, None) => return String::new(),
    };
    let currency = amount.currency.as_ref().and_then(|code| std::str::from_utf8(code).ok());
    let mut words = figure.0.to_string();
    if let Some(currency) = currency {
        words.push_str(currency);
        words.push(' ');
    }
    words.push_str(&figure.1);
    words.push_str(word);
    if let Some(unit) = amount.unit {
        words.push(' ');
        words.push_str(&one_line(unit.of(text)));
    }
    words
}

/// A number with commas at the thousands and at most three decimals.
fn grouped(value: f64) -> String {
    let plain = format!("{value:.3}");
    let plain = plain.trim_end_matches('0').trim_end_matches('.');
    let (sign, plain) = plain.strip_prefix('-').map_or(("", plain), |rest| ("-", rest));
    let (whole, decimals) = plain.split_once('.').map_or((plain, None), |(whole, decimals)| (whole, Some(decimals)));
    let mut number = sign.to_string();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            number.push(',');
        }
        number.push(digit);
    }
    if let Some(decimals) = decimals {
        number.push('.');
        number.push_str(decimals);
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amount::AmountUnit;
    use crate::span::Span;

    #[test]
    fn amounts() {
        let text = "jobs";
        let (jobs, percent) = (Some(AmountUnit::Things(Span::new(0, 4))), Some(AmountUnit::Percent));
        let usd = Some(*b"USD");
        for (low, high, currency, unit, expected) in [
            (Some(200e6), Some(250e6), usd, None, "USD 200–250 million"),
            (Some(28e6), Some(28e6), usd, None, "USD 28 million"),
            (Some(2.31e9), Some(2.31e9), usd, None, "USD 2.31 billion"),
            (Some(1200.0), Some(1200.0), None, jobs, "1,200 jobs"),
            (Some(1200.0), None, None, jobs, "more than 1,200 jobs"),
            (None, Some(340e6), usd, None, "up to USD 340 million"),
            (Some(0.55), Some(0.55), usd, None, "USD 0.55"),
            (Some(4.5), Some(4.5), None, percent, "4.5 percent"),
            (Some(-1234567.0), Some(-1234567.0), usd, None, "USD -1.235 million"),
            (Some(31_000.0), Some(31_000.0), None, None, "31,000"),
            (None, None, usd, None, ""),
        ] {
            let amount = Amount { span: Span::default(), low, high, currency, unit };
            assert_eq!(amount_in_words(text, &amount), expected);
        }
    }
}
