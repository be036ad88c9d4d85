//! Numbers in time expressions: counts, years, days and clock times, in figures and in words.

use super::rules::TimexRules;
use super::slots::{Slot, Slots};
use crate::reading::Reading;
use crate::vocabulary::WordSet;

/// The kinds of numbers that patterns ask for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Lex {
    /// A count: `24`, `twenty-four`, `2 1/2`, `two and a half`.
    Num,
    /// A year in full: `2011`, `nineteen ninety-six`.
    Year,
    /// Two figures of a year.
    ShortYear,
    /// A day of a month: `12`, `12th`, `twelfth`.
    Day,
    /// An ordinal: `third`, `3rd`.
    Ord,
    /// A decade in figures: `1990s`, `90s`.
    Decade,
    /// An hour: `3`, `15`, `three`.
    Hour,
    /// Two figures of minutes or seconds.
    Minute,
    /// Minutes with the half of the day: `30pm` of `5:30pm`.
    HalfMinute,
    /// Hours and minutes in four figures: `0735`.
    HourMinute,
    /// An hour in one word with its half of the day: `3pm`, `4.30pm`.
    Clock,
    /// A quarter or a half in one word: `Q3`, `3Q12`, `H1`.
    Quarter,
    /// A fiscal year in one word: `FY12`.
    Fiscal,
    /// A figure of a date: one, two or four digits.
    Figure,
    /// A date in one word: `12.07.2011`.
    Dotted,
    /// The two digits of a month in an ISO date.
    IsoMonth,
    /// The two digits of a day in an ISO date.
    IsoDay,
}

const NAMES: [(&str, Lex); 17] = [
    ("NUM", Lex::Num),
    ("YEAR", Lex::Year),
    ("YY", Lex::ShortYear),
    ("DAY", Lex::Day),
    ("ORD", Lex::Ord),
    ("DECADE", Lex::Decade),
    ("HOUR", Lex::Hour),
    ("MINUTE", Lex::Minute),
    ("HALFMINUTE", Lex::HalfMinute),
    ("HHMM", Lex::HourMinute),
    ("CLOCK", Lex::Clock),
    ("QUARTER", Lex::Quarter),
    ("FISCAL", Lex::Fiscal),
    ("FIGURE", Lex::Figure),
    ("DOTTED", Lex::Dotted),
    ("MM", Lex::IsoMonth),
    ("DD", Lex::IsoDay),
];

/// Years in figures outside of these are counts.
const YEARS: std::ops::RangeInclusive<u32> = 1000..=2100;

/// A number in words has at most so many tokens.
const MAX_NUMBER: usize = 12;

impl Lex {
    pub(super) fn named(name: &str) -> Option<Lex> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, lex)| *lex)
    }

    /// Whether the kind can begin with a word that has no digit.
    fn takes_words(self) -> bool {
        matches!(self, Lex::Num | Lex::Year | Lex::Day | Lex::Ord | Lex::Hour)
    }
}

/// A reader of numbers at tokens of a text.
pub(super) struct Numbers<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) rules: &'a TimexRules,
    /// No number goes over this token.
    pub(super) limit: usize,
}

impl Numbers<'_> {
    /// Reads a number of kind `lex` at the token `at`, writes it into `slots`, into `slot` where one is given.
    /// How many tokens it takes.
    pub(super) fn read(&self, lex: Lex, at: usize, slot: Option<Slot>, slots: &mut Slots) -> Option<usize> {
        let token = self.reading.tokens.get(at).filter(|_| at < self.limit)?;
        if !token.has_digit() {
            return if lex.takes_words() && token.is_word() { self.words(lex, at, slot, slots) } else { None };
        }
        let text = token.span.of(self.reading.text);
        let digits = plain(text);
        let mut put = |own: Slot, value: u32| slots.set(slot.unwrap_or(own), i16::try_from(value).unwrap_or(i16::MAX));
        match lex {
            Lex::Num => return self.count(at, slot, slots),
            Lex::Year => put(Slot::Year, digits.filter(|year| text.len() == 4 && YEARS.contains(year))?),
            Lex::ShortYear => put(Slot::ShortYear, digits.filter(|_| text.len() == 2)?),
            Lex::Day => {
                let day = digits.filter(|_| text.len() <= 2).or_else(|| ordinal(text))?;
                put(Slot::Day, Some(day).filter(|day| (1..=31).contains(day))?);
            }
            Lex::Ord => put(Slot::Ordinal, ordinal(text)?),
            Lex::Decade => {
                if let Some(decade) = decade(text) {
                    put(Slot::Decade, decade);
                } else {
                    // `1990's` is three tokens.
                    let apostrophe = matches!(self.reading.letters(at + 1), "'" | "’");
                    if at + 2 >= self.limit || !apostrophe || self.reading.letters(at + 2) != "s" {
                        return None;
                    }
                    put(Slot::Decade, ten_years(text)?);
                    return Some(3);
                }
            }
            Lex::Hour => put(Slot::Hour, digits.filter(|hour| text.len() <= 2 && *hour <= 24)?),
            Lex::Minute => {
                let bare = text.strip_suffix('Z').unwrap_or(text);
                put(Slot::Minute, plain(bare).filter(|minute| bare.len() == 2 && *minute < 60)?);
            }
            Lex::HalfMinute => {
                let (figures, half) = half_of_day(text)?;
                put(Slot::Minute, plain(figures).filter(|minute| figures.len() == 2 && *minute < 60)?);
                slots.set(Slot::Meridiem, half);
            }
            Lex::HourMinute => {
                let number = digits.filter(|number| text.len() == 4 && number / 100 < 24 && number % 100 < 60)?;
                slots.set(Slot::Hour, (number / 100) as i16);
                slots.set(Slot::Minute, (number % 100) as i16);
            }
            Lex::Clock => clock(text, slots)?,
            Lex::Quarter => quarter(text, slots)?,
            Lex::Fiscal => fiscal(text, slots)?,
            Lex::Figure => put(Slot::First, digits.filter(|_| text.len() <= 2 || text.len() == 4)?),
            Lex::Dotted => dotted(text, slots)?,
            Lex::IsoMonth => put(Slot::Month, digits.filter(|month| text.len() == 2 && (1..=12).contains(month))?),
            Lex::IsoDay => {
                let (day, hour) = text.split_once('T').map_or((text, None), |(day, hour)| (day, Some(hour)));
                put(Slot::Day, plain(day).filter(|number| day.len() == 2 && (1..=31).contains(number))?);
                if let Some(hour) = hour {
                    let number = plain(hour).filter(|number| hour.len() == 2 && *number <= 24)?;
                    slots.set(Slot::Hour, number as i16);
                }
            }
        }
        Some(1)
    }

    /// A count that begins with a digit.
    fn count(&self, at: usize, slot: Option<Slot>, slots: &mut Slots) -> Option<usize> {
        let text = self.reading.letters(at);
        let (whole, tenths) = match text.split_once('.') {
            Some((whole, tenths)) => (grouped(whole)?, plain(tenths).filter(|_| tenths.len() == 1)?),
            None => (grouped(text)?, 0),
        };
        let mut len = 1;
        let mut half = tenths;
        let next = |step: usize| if at + step < self.limit { self.reading.letters(at + step) } else { "" };
        if next(1) == "1" && next(2) == "/" && next(3) == "2" {
            (len, half) = (4, 5);
        } else if next(1) == "-" && next(2) == "1" && next(3) == "/" && next(4) == "2" {
            (len, half) = (5, 5);
        } else if next(1) == "½" {
            (len, half) = (2, 5);
        }
        put_count(whole, slot, slots);
        if half > 0 {
            slots.set(Slot::Tenths, half as i16);
        }
        Some(len + self.scale(at + len, slot, slots))
    }

    /// `hundred`, `thousand` or `million` behind a count. How many tokens they take.
    fn scale(&self, at: usize, slot: Option<Slot>, slots: &mut Slots) -> usize {
        let slot = slot.unwrap_or(Slot::Count);
        match (self.cardinal(at), slots.get(slot)) {
            (Some(scale), Some(count)) if scale >= 100 => {
                slots.set(slot, count.saturating_mul(scale));
                1
            }
            _ => 0,
        }
    }

    fn class_value(&self, at: usize, class: u8) -> Option<i16> {
        if at >= self.limit || class == u8::MAX {
            return None;
        }
        let entry = self.rules.words.get(self.reading.word(at))?;
        (entry.classes >> class & 1 == 1).then(|| entry.value(class))
    }

    fn cardinal(&self, at: usize) -> Option<i16> {
        self.class_value(at, self.rules.cardinal)
    }

    fn holds(&self, words: &WordSet, at: usize) -> bool {
        at < self.limit && words.holds(self.reading.word(at))
    }

    fn is(&self, at: usize, letters: &str) -> bool {
        at < self.limit && self.reading.letters(at) == letters
    }

    /// A number in words.
    fn words(&self, lex: Lex, at: usize, slot: Option<Slot>, slots: &mut Slots) -> Option<usize> {
        match lex {
            Lex::Num => {
                let (count, mut len) = self.cardinal_words(at)?;
                put_count(count, slot, slots);
                let lists = &self.rules.lists;
                let a_half = [&lists.and, &lists.article, &lists.half];
                // `two and a half`, `two-and-a-half`.
                if (0..3).all(|i| self.holds(a_half[i], at + len + i)) {
                    len += 3;
                    slots.set(Slot::Tenths, 5);
                } else if (0..3).all(|i| self.is(at + len + 2 * i, "-") && self.holds(a_half[i], at + len + 2 * i + 1))
                {
                    len += 6;
                    slots.set(Slot::Tenths, 5);
                }
                Some(len)
            }
            Lex::Year => {
                let century = self.cardinal(at).filter(|century| (17..=20).contains(century))?;
                if century == 20 || self.cardinal(at + 1) == Some(100) {
                    return None;
                }
                let (rest, len) = self.cardinal_words(at + 1).filter(|(rest, _)| (10..100).contains(rest))?;
                slots.set(slot.unwrap_or(Slot::Year), century * 100 + rest as i16);
                Some(1 + len)
            }
            Lex::Hour => {
                let hour = self.cardinal(at).filter(|hour| (1..=12).contains(hour))?;
                slots.set(slot.unwrap_or(Slot::Hour), hour);
                Some(1)
            }
            Lex::Day | Lex::Ord => {
                let tens = self.cardinal(at).filter(|tens| *tens >= 20 && tens % 10 == 0 && *tens < 100);
                let (value, len) = match tens {
                    Some(tens) => {
                        let hyphen = usize::from(self.is(at + 1, "-"));
                        let ones = self.class_value(at + 1 + hyphen, self.rules.ordinal);
                        (tens + ones.filter(|ones| (1..10).contains(ones))?, 2 + hyphen)
                    }
                    None => (self.class_value(at, self.rules.ordinal)?, 1),
                };
                if lex == Lex::Day {
                    slots.set(slot.unwrap_or(Slot::Day), Some(value).filter(|day| (1..=31).contains(day))?);
                } else {
                    slots.set(slot.unwrap_or(Slot::Ordinal), value);
                }
                Some(len)
            }
            _ => None,
        }
    }

    /// A cardinal of several words: `twenty-four`, `two thousand`, `a hundred`, `five hundred and ten`.
    fn cardinal_words(&self, at: usize) -> Option<(u32, usize)> {
        let mut at_now = at;
        let (mut total, mut group) = (0u32, None::<u32>);
        if self.holds(&self.rules.lists.article, at) && self.cardinal(at + 1).is_some_and(|scale| scale >= 100) {
            group = Some(1);
            at_now += 1;
        }
        let mut room = 100;
        while at_now - at < MAX_NUMBER {
            // A hyphen joins tens and ones; `and` stands after hundreds.
            let joined = group.is_some() && room < 100;
            let skip = usize::from(
                (joined && self.is(at_now, "-"))
                    || (group.is_some_and(|g| g >= 100) && self.holds(&self.rules.lists.and, at_now)),
            );
            let Some(value) = self.cardinal(at_now + skip).and_then(|value| u32::try_from(value).ok()) else { break };
            match (group, value) {
                (Some(known), 100) if known < 100 && skip == 0 => group = Some(known * 100),
                (Some(known), 1000) if skip == 0 => {
                    total = total.saturating_add(known.saturating_mul(1000));
                    group = Some(0);
                }
                (None, _) => group = Some(value),
                (Some(known), _)
                    if value < room && (known == 0 || known % 100 == 0 || (room == 10 && known % 10 == 0)) =>
                {
                    group = Some(known + value);
                }
                _ => break,
            }
            room = if value >= 100 {
                100
            } else if value >= 20 && value % 10 == 0 {
                10
            } else {
                0
            };
            at_now += skip + 1;
        }
        group.map(|group| (total.saturating_add(group), at_now - at)).filter(|(_, len)| *len > 0)
    }
}

fn put_count(count: u32, slot: Option<Slot>, slots: &mut Slots) {
    slots.set(slot.unwrap_or(Slot::Count), i16::try_from(count).unwrap_or(i16::MAX));
}

/// A number of one to six digits.
fn plain(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 6 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// A number with commas between thousands, at most so large as a count of time units can be.
fn grouped(text: &str) -> Option<u32> {
    match text.split_once(',') {
        None => plain(text),
        Some((head, tail)) if head.len() <= 3 && tail.len() == 3 => Some(plain(head)? * 1000 + plain(tail)?),
        Some(_) => None,
    }
}

/// `3rd`, `11th`.
fn ordinal(text: &str) -> Option<u32> {
    let digits = text.len().checked_sub(2)?;
    let (number, ending) = (text.get(..digits)?, text.get(digits..)?);
    ["st", "nd", "rd", "th"].iter().any(|known| ending.eq_ignore_ascii_case(known)).then(|| plain(number))?
}

/// `1990s` is 199, `90s` is 9.
fn decade(text: &str) -> Option<u32> {
    ten_years(text.strip_suffix('s')?)
}

/// `1990` is 199, `90` is 9.
fn ten_years(digits: &str) -> Option<u32> {
    let number = plain(digits).filter(|number| number % 10 == 0)?;
    match digits.len() {
        4 if YEARS.contains(&number) => Some(number / 10),
        2 => Some(number / 10),
        _ => None,
    }
}

/// The figures before `am` or `pm`, and 0 or 12 for which of them.
fn half_of_day(text: &str) -> Option<(&str, i16)> {
    let split = text.len().checked_sub(2)?;
    let (figures, half) = (text.get(..split)?, text.get(split..)?);
    if half.eq_ignore_ascii_case("pm") {
        Some((figures, 12))
    } else if half.eq_ignore_ascii_case("am") {
        Some((figures, 0))
    } else {
        None
    }
}

/// `3pm`, `10am`, `4.30pm`.
fn clock(text: &str, slots: &mut Slots) -> Option<()> {
    let (figures, half) = half_of_day(text)?;
    let (hour, minute) = match figures.split_once('.') {
        Some((hour, minute)) => (hour, Some(plain(minute).filter(|m| *m < 60 && minute.len() == 2)?)),
        None => (figures, None),
    };
    let hour = plain(hour).filter(|hour| (1..=12).contains(hour))?;
    slots.set(Slot::Hour, hour as i16);
    slots.set(Slot::Meridiem, half);
    if let Some(minute) = minute {
        slots.set(Slot::Minute, minute as i16);
    }
    Some(())
}

/// `Q3`, `3Q`, `3Q12`, `H1`, `1H`, `1H2012`.
fn quarter(text: &str, slots: &mut Slots) -> Option<()> {
    let bytes = text.as_bytes();
    let (letter, digit) = match bytes {
        [letter @ (b'Q' | b'H' | b'q' | b'h'), digit, ..] => (letter, digit),
        [digit, letter @ (b'Q' | b'H' | b'q' | b'h'), ..] => (letter, digit),
        _ => return None,
    };
    let number = i16::from(digit.checked_sub(b'0')?);
    match letter.to_ascii_uppercase() {
        b'Q' if (1..=4).contains(&number) => slots.set(Slot::Quarter, number),
        b'H' if (1..=2).contains(&number) => slots.set(Slot::Half, number),
        _ => return None,
    }
    year_tail(text.get(2..)?, slots)
}

/// `FY12`, `FY2012`.
fn fiscal(text: &str, slots: &mut Slots) -> Option<()> {
    let tail = text.strip_prefix("FY").filter(|tail| !tail.is_empty())?;
    year_tail(tail, slots)
}

/// A year of two or four figures, or nothing.
fn year_tail(tail: &str, slots: &mut Slots) -> Option<()> {
    match tail.len() {
        0 => {}
        2 => slots.set(Slot::ShortYear, plain(tail)? as i16),
        4 => slots.set(Slot::Year, plain(tail).filter(|year| YEARS.contains(year))? as i16),
        _ => return None,
    }
    Some(())
}

/// `12.07.2011`, `12.07.11`: day, month, year.
fn dotted(text: &str, slots: &mut Slots) -> Option<()> {
    let mut figures = text.split('.');
    let (first, second, year, rest) = (figures.next()?, figures.next()?, figures.next()?, figures.next());
    if rest.is_some() || first.len() > 2 || second.len() > 2 || year.len() != 4 {
        return None;
    }
    slots.set(Slot::Day, plain(first).filter(|day| (1..=31).contains(day))? as i16);
    slots.set(Slot::Month, plain(second).filter(|month| (1..=12).contains(month))? as i16);
    slots.set(Slot::Year, plain(year).filter(|year| YEARS.contains(year))? as i16);
    Some(())
}
