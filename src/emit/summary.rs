//! A claim in plain words, and its figures as people write them.

use super::Findings;
use crate::amount::Amount;
use crate::claim::{Blank, Claim, Party, Words};
use crate::mention::one_line;

/// The claim in one short line: who does what to whom, for how much, and whether it happened.
///
/// The lines of `claims.toml` tell it; a figure that they do not tell stands behind.
pub(super) fn summarize(findings: &Findings<'_>, claim: &Claim) -> String {
    let rules = findings.pipeline.claim_rules();
    let roles = |role: u8| {
        let parties = claim.roles.iter().filter(|(place, _)| *place == role).map(|(_, party)| *party);
        names(findings, &parties.collect::<Vec<Party>>())
    };
    let parties = claim.roles.iter().map(|(_, party)| party).chain(&claim.subject).chain(&claim.object);
    let is_named = |amount: &Amount| parties.clone().any(|party| party.span.overlaps(amount.span));
    let amount = claim.amount.as_ref().filter(|amount| !is_named(amount));
    let amount = amount.map(|amount| amount_in_words(findings.text(), amount)).filter(|words| !words.is_empty());
    let words = |blank: Blank| match blank {
        Blank::Role(role) => roles(role),
        Blank::Subject => names(findings, &claim.subject),
        Blank::Subjects => names(findings, &claim.subject).filter(|words| words.several),
        Blank::Object => names(findings, &claim.object),
        Blank::Amount => amount.clone().map(|text| Words { text, several: true }),
    };
    let (mut summary, told) = rules.tell(claim, &words).unwrap_or_else(|| {
        let parts = [names(findings, &claim.subject), names(findings, &claim.object)];
        let parts: Vec<String> = parts.into_iter().flatten().map(|words| words.text).collect();
        (format!("{}: {}", rules.kind_name(claim.kind).replace('_', " "), parts.join(", ")), false)
    });
    if let Some(amount) = amount.filter(|_| !told) {
        summary.push_str(", ");
        summary.push_str(&amount);
    }
    summary
}

/// The names of some parties, joined as people do; `None` where there are none.
fn names(findings: &Findings<'_>, parties: &[Party]) -> Option<Words> {
    let mut text = String::new();
    for (i, party) in parties.iter().enumerate() {
        if i > 0 {
            text.push_str(if i + 1 == parties.len() { " and " } else { ", " });
        }
        match party.entity.and_then(|id| findings.entity(id)) {
            Some(entity) => text.push_str(&entity.canonical),
            None => text.push_str(&one_line(party.span.of(findings.text()))),
        }
    }
    // A phrase without a name is a plural where it ends like one: `hackers`.
    let plural = text.ends_with('s') && !text.ends_with("ss") && parties.iter().all(|party| party.entity.is_none());
    (!text.is_empty()).then_some(Words { text, several: parties.len() > 1 || plural })
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
