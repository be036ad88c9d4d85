//! Figures: money, counts, percentages, with scale and range.

use crate::error::Error;
use crate::lexicon::{Source, read_toml};
use crate::phrase::{PhraseBuilder, PhraseMap};
use crate::reading::Reading;
use crate::span::Span;
use crate::vocabulary::{Vocabulary, WordMap, WordSet};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a figure measures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AmountUnit {
    /// Hundredths.
    Percent,
    /// Money for each share.
    PerShare,
    /// Things, named by these words (`jobs`).
    Things(Span),
}

impl AmountUnit {
    /// The unit as the output writes it.
    pub fn of(self, text: &str) -> &str {
        match self {
            AmountUnit::Percent => "percent",
            AmountUnit::PerShare => "per share",
            AmountUnit::Things(span) => span.of(text),
        }
    }
}

/// A figure of the text.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Amount {
    /// Where it stands: the bounds, the sign and the scale; the things counted left out.
    pub span: Span,
    /// The lower bound; `None` for `up to`.
    pub low: Option<f64>,
    /// The upper bound; `None` for `more than`.
    pub high: Option<f64>,
    /// The ISO 4217 code, for money.
    pub currency: Option<[u8; 3]>,
    /// What is counted (`jobs`), or `percent`.
    pub unit: Option<AmountUnit>,
}

impl Amount {
    /// The currency as letters.
    pub fn currency(&self) -> Option<&str> {
        self.currency.as_ref().and_then(|code| std::str::from_utf8(code).ok())
    }
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Role {
    Scale(f64),
    Sign([u8; 3]),
    Currency([u8; 3]),
    Hundredth([u8; 3]),
    Percent,
    Above,
    Below,
    About,
    AboveAfter,
    BelowAfter,
    Between,
    Range,
    Change,
    Share,
    NotCounted,
    Number(f64),
}

/// The words of `amounts.toml`, compiled.
#[derive(Clone, Debug, Default)]
pub struct AmountRules {
    words: WordMap<Vec<Role>>,
    phrases: PhraseMap<Vec<Role>>,
    /// Scales written right behind the digits.
    letters: Vec<(String, f64)>,
    /// Words that a figure without digits, or its sign, begins with.
    starts: WordSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    numbers: BTreeMap<String, u32>,
    #[serde(default)]
    scale: Vec<ScaleRow>,
    #[serde(default)]
    currency: Vec<CurrencyRow>,
    #[serde(default)]
    words: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScaleRow {
    value: f64,
    words: Vec<String>,
    letters: Vec<String>,
    #[allow(dead_code)]
    example: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CurrencyRow {
    code: String,
    signs: Vec<String>,
    words: Vec<String>,
    hundredths: Vec<String>,
    #[allow(dead_code)]
    example: String,
}

/// The lists of `[words]`, and what each says.
const LISTS: [(&str, Role); 11] = [
    ("percent", Role::Percent),
    ("above", Role::Above),
    ("below", Role::Below),
    ("about", Role::About),
    ("above_after", Role::AboveAfter),
    ("below_after", Role::BelowAfter),
    ("between", Role::Between),
    ("range", Role::Range),
    ("change", Role::Change),
    ("share", Role::Share),
    ("not_counted", Role::NotCounted),
];

impl AmountRules {
    /// Reads `amounts.toml`.
    ///
    /// # Errors
    /// A mistake in a table, a currency whose code is not three letters, an unknown list: with the file and line.
    pub fn read(
        sources: &[Source<'_>],
        vocabulary: &mut Vocabulary,
        phrases: &mut PhraseBuilder,
    ) -> Result<AmountRules, Error> {
        let mut rules = AmountRules::default();
        for source in sources {
            let file: File = read_toml(*source)?;
            let mut add = |form: &str, role: Role| rules.add(form, role, vocabulary, phrases);
            for (word, value) in &file.numbers {
                add(word, Role::Number(f64::from(*value)));
            }
            for scale in &file.scale {
                scale.words.iter().for_each(|word| add(word, Role::Scale(scale.value)));
            }
            for currency in &file.currency {
                let Ok(code) = <[u8; 3]>::try_from(currency.code.as_bytes()) else {
                    let message = format!("`{}` is no currency code of three letters", currency.code);
                    return Err(Error::dictionary(source.name, 1, message));
                };
                currency.signs.iter().for_each(|form| add(form, Role::Sign(code)));
                currency.words.iter().for_each(|form| add(form, Role::Currency(code)));
                currency.hundredths.iter().for_each(|form| add(form, Role::Hundredth(code)));
            }
            for (name, forms) in &file.words {
                let Some((_, role)) = LISTS.iter().find(|(list, _)| list == name) else {
                    return Err(Error::dictionary(source.name, 1, format!("no list of words is called `{name}`")));
                };
                forms.iter().for_each(|form| add(form, *role));
            }
            for scale in file.scale {
                rules.letters.extend(scale.letters.into_iter().map(|letters| (letters, scale.value)));
            }
        }
        Ok(rules)
    }

    fn add(&mut self, form: &str, role: Role, vocabulary: &mut Vocabulary, phrases: &mut PhraseBuilder) {
        let words = vocabulary.intern_phrase(form);
        if let (Role::Number(_) | Role::Sign(_), Some(first)) = (role, words.first()) {
            self.starts.insert(*first);
        }
        if let [word] = words[..] {
            let mut roles = self.words.get(word).cloned().unwrap_or_default();
            roles.push(role);
            self.words.insert(word, roles);
        } else if let Some(phrase) = phrases.add(vocabulary, form) {
            self.phrases.entry(phrase).push(role);
        }
    }
}

/// Finds figures. Sorted; no two overlap.
pub fn find_amounts(reading: &Reading<'_>, rules: &AmountRules) -> Vec<Amount> {
    let scan = Scan { reading, rules };
    let mut amounts = Vec::new();
    for sentence in &reading.sentences {
        let range = sentence.range();
        let mut at = range.start;
        while at < range.end {
            let token = reading.tokens[at];
            if !token.is_number() && !rules.starts.holds(token.word()) {
                at += 1;
                continue;
            }
            match scan.amount(at, range.start, range.end) {
                Some((amount, end)) => {
                    amounts.push(amount);
                    at = end.max(at + 1);
                }
                None => at += 1,
            }
        }
    }
    amounts
}

struct Scan<'a, 't> {
    reading: &'a Reading<'t>,
    rules: &'a AmountRules,
}

/// A number with what stands at it: its sign, scale, unit.
#[derive(Clone, Copy, Debug)]
struct Figure {
    first: usize,
    end: usize,
    value: f64,
    /// Whether a scale stands with it.
    scaled: bool,
    currency: Option<[u8; 3]>,
    percent: bool,
    /// Whether the number is in digits.
    digits: bool,
    per_share: bool,
    bound: Option<Role>,
}

impl Scan<'_, '_> {
    /// The figure whose number, or sign, begins at the token `at`, with the tokens that belong to it.
    fn amount(&self, at: usize, start: usize, limit: usize) -> Option<(Amount, usize)> {
        let figure = self.figure(at, limit)?;
        let before = self.before(figure.first, start);
        let mut first = before.map_or(figure.first, |(first, _)| first);
        let bound = before.map(|(_, role)| role);
        let mut end = figure.end;
        let (mut low, mut high) = (figure.value, figure.value);
        let mut last = figure;
        // `$3.0 billion to $3.18 billion`, `between $200 and $250 million`, `$10-25m`.
        if bound != Some(Role::Change)
            && let Some((width, _)) = self.find(end, |role| role == Role::Range)
            && let Some(second) = self.figure(end + width, limit)
            && self.is_range(&figure, &second, end, bound)
        {
            if !figure.scaled && second.scaled && second.value >= figure.value {
                low = figure.value * second.value / self.bare(&second);
            }
            high = second.value;
            end = second.end;
            last = second;
        }
        let range = high != low;
        let currency = figure.currency.or(last.currency);
        let percent = figure.percent || last.percent;
        if currency.is_none() && !percent && !self.is_count(&figure, end) {
            return None;
        }
        if bound == Some(Role::Between) && !range {
            first = figure.first;
        }
        let after = self.find(end, |role| matches!(role, Role::AboveAfter | Role::BelowAfter));
        if let Some((width, _)) = after {
            end += width;
        }
        let bound = after.map(|(_, role)| role).or(bound);
        let (low, high) = match bound {
            Some(Role::Above | Role::AboveAfter) if !range => (Some(low), None),
            Some(Role::Below | Role::BelowAfter) if !range => (None, Some(high)),
            _ => (Some(low), Some(high)),
        };
        let unit = if percent {
            Some(AmountUnit::Percent)
        } else if figure.per_share || last.per_share {
            Some(AmountUnit::PerShare)
        } else if currency.is_some() {
            None
        } else {
            self.things(end, limit)
        };
        Some((Amount { span: self.reading.span(first, end), low, high, currency, unit }, end))
    }

    /// Whether two figures are the ends of one range.
    fn is_range(&self, first: &Figure, second: &Figure, between: usize, bound: Option<Role>) -> bool {
        let and = self.reading.letters(between).eq_ignore_ascii_case("and");
        if and && bound != Some(Role::Between) {
            return false;
        }
        let same = |a: Option<[u8; 3]>, b: Option<[u8; 3]>| a == b || a.is_none() || b.is_none();
        let kinds = same(first.currency, second.currency)
            && (first.percent == second.percent || !first.percent)
            && (first.currency.is_none() || !second.percent);
        let first_value =
            if first.scaled || !second.scaled { first.value } else { first.value * second.value / self.bare(second) };
        kinds && first_value < second.value && second.bound.is_none()
    }

    /// The number of a figure without its scale.
    fn bare(&self, figure: &Figure) -> f64 {
        let mut at = figure.first;
        while at < figure.end {
            if let Some((value, _, scale)) = self.number(at) {
                return value / scale;
            }
            at += 1;
        }
        figure.value
    }

    /// A number with its sign or unit, from the token `at`.
    fn figure(&self, at: usize, limit: usize) -> Option<Figure> {
        let first = at;
        let sign = self.find(at, |role| matches!(role, Role::Sign(_)));
        let (mut at, mut currency) = match sign {
            Some((width, Role::Sign(code))) => (at + width, Some(code)),
            _ => (at, None),
        };
        let glued = |at: usize| self.reading.tokens.get(at).is_some_and(|token| !token.is_spaced());
        if sign.is_none()
            && at > 0
            && glued(at)
            && self.reading.tokens.get(at - 1).is_some_and(|token| !token.is_mark())
        {
            return None;
        }
        let (mut value, digits, scale) = self.number(at)?;
        let mut scaled = scale != 1.0;
        at += 1;
        // A decimal or fraction glued on is no number of ours (`140-2`, `24/7`, `3.0.1`).
        while let Some((width, Role::Scale(scale))) = self.find(at, |role| matches!(role, Role::Scale(_))) {
            // `10 m` is a length, `$10 m` is money.
            if self.reading.letters(at).len() == 1 && currency.is_none() {
                break;
            }
            value *= scale;
            scaled = true;
            at += width;
        }
        if !digits && !scaled && currency.is_none() {
            // A word alone is a number where a unit or a plural follows.
            if self.reading.letters(at - 1).len() < 2 {
                return None;
            }
        }
        let mut percent = false;
        let mut per_share = false;
        let hyphen = |at: usize| usize::from(self.reading.letters(at) == "-" && glued(at) && glued(at + 1));
        let skip = hyphen(at);
        if currency.is_none() {
            match self.find(at + skip, |role| matches!(role, Role::Percent | Role::Currency(_) | Role::Hundredth(_))) {
                Some((width, Role::Percent)) => {
                    percent = true;
                    at += skip + width;
                }
                Some((width, Role::Currency(code))) => {
                    currency = Some(code);
                    at += skip + width;
                }
                Some((width, Role::Hundredth(code))) => {
                    currency = Some(code);
                    value /= 100.0;
                    at += skip + width;
                }
                _ => {}
            }
        }
        if currency.is_some()
            && let Some((width, _)) = self.find(at, |role| role == Role::Share)
        {
            per_share = true;
            at += width;
        }
        if at > limit {
            return None;
        }
        let value = (value * 1e6).round() / 1e6;
        Some(Figure { first, end: at, value, scaled, currency, percent, digits, per_share, bound: None })
    }

    /// The number that the token at `at` is: its value, whether it is in digits, and the scale in its letters.
    fn number(&self, at: usize) -> Option<(f64, bool, f64)> {
        let token = self.reading.tokens.get(at)?;
        if token.is_number() {
            return self.digits(self.reading.letters(at));
        }
        match self.role(at, |role| matches!(role, Role::Number(_)))? {
            Role::Number(value) => Some((value, false, 1.0)),
            _ => None,
        }
    }

    fn digits(&self, letters: &str) -> Option<(f64, bool, f64)> {
        let end = letters.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(letters.len());
        let (digits, tail) = letters.split_at(end);
        let scale = if tail.is_empty() {
            1.0
        } else {
            self.rules
                .letters
                .iter()
                .find(|(letters, _)| letters.eq_ignore_ascii_case(tail))
                .map(|(_, scale)| *scale)?
        };
        let digits = digits.trim_end_matches(['.', ',']);
        if digits.matches('.').count() > 1 || digits.len() > 24 {
            return None;
        }
        // Commas part thousands.
        if let Some((_, groups)) = digits.split_once(',')
            && groups.split(['.']).next().is_some_and(|groups| groups.split(',').any(|group| group.len() != 3))
        {
            return None;
        }
        let plain: String = digits.chars().filter(|c| *c != ',').collect();
        let value: f64 = plain.parse().ok()?;
        Some((value * scale, true, scale))
    }

    /// A bound, a hedge or `from` before the token `first`, and where it begins.
    fn before(&self, first: usize, start: usize) -> Option<(usize, Role)> {
        for width in 1..=3 {
            let Some(from) = first.checked_sub(width).filter(|from| *from >= start) else { break };
            if let Some((found, role)) = self.find(from, |role| {
                matches!(role, Role::Above | Role::Below | Role::About | Role::Between | Role::Change)
            }) && from + found == first
            {
                if role == Role::About || role == Role::Change {
                    let outer = self.before(from, start).filter(|(_, role)| *role != Role::About);
                    return outer.or(Some((from, role)));
                }
                // The longest phrase decides: `no more than`, not `more than`.
                for wider in width + 1..=4 {
                    let Some(from) = first.checked_sub(wider).filter(|from| *from >= start) else { break };
                    if let Some((found, role)) = self.find(from, |role| matches!(role, Role::Above | Role::Below))
                        && from + found == first
                    {
                        return Some((from, role));
                    }
                }
                return Some((from, role));
            }
        }
        None
    }

    /// Whether a bare number counts things: big, or before a word that can be counted.
    fn is_count(&self, figure: &Figure, end: usize) -> bool {
        let Some(next) = self.reading.tokens.get(end) else { return false };
        if figure.first > 0 {
            let before = self.reading.tokens[figure.first - 1];
            // `Windows 7`, `Galaxy S 4`, `v1.4`: a number behind a name belongs to it.
            if !figure.scaled && before.is_word() && before.is_capitalized() && figure.first >= 2 && before.is_spaced()
            {
                let begins = self.reading.tokens[figure.first - 2].is_mark();
                if !begins && self.before(figure.first, 0).is_none() {
                    return false;
                }
            }
            if before.is_mark()
                && !self.reading.tokens[figure.first].is_spaced()
                && "/-.:#".contains(self.reading.letters(figure.first - 1))
            {
                return false;
            }
        }
        let year =
            figure.digits && !figure.scaled && (1900.0..2100.0).contains(&figure.value) && figure.value.fract() == 0.0;
        if year && !self.reading.letters(figure.first).contains(',') {
            return false;
        }
        if !next.is_spaced() && self.reading.letters(end) != "," {
            return figure.scaled && !next.is_word();
        }
        if self.role(end, |role| role == Role::NotCounted).is_some() && !figure.scaled {
            return false;
        }
        figure.scaled || next.is_word() && !next.is_capitalized() || figure.value >= 1000.0
    }

    /// The things counted behind the token `end`: the words up to a plural.
    fn things(&self, end: usize, limit: usize) -> Option<AmountUnit> {
        let tokens = &self.reading.tokens;
        let mut at = end;
        while at < limit.min(end + 4) {
            let token = tokens[at];
            if !token.is_word() {
                break;
            }
            let letters = self.reading.letters(at);
            if letters.len() > 3 && letters.ends_with('s') && !letters.ends_with("ss") && !token.is_possessive()
                || letters == "people"
            {
                return Some(AmountUnit::Things(self.reading.span(at, at + 1)));
            }
            at += 1;
        }
        None
    }

    /// The first role at the token `at` that `wanted` accepts, of a phrase or a word, with its width in tokens.
    fn find(&self, at: usize, wanted: impl Fn(Role) -> bool) -> Option<(usize, Role)> {
        for hit in self.reading.hits_at(at) {
            let roles = self.rules.phrases.get(hit.phrase).into_iter().flatten();
            if let Some(role) = roles.copied().find(|role| wanted(*role)) {
                return Some((hit.len as usize, role));
            }
        }
        self.role(at, wanted).map(|role| (1, role))
    }

    fn role(&self, at: usize, wanted: impl Fn(Role) -> bool) -> Option<Role> {
        self.rules.words.get(self.reading.word(at)).into_iter().flatten().copied().find(|role| wanted(*role))
    }
}
