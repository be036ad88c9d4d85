//! Publication dates: in cells and front matter, at the head of a text, in a file's name.

use super::PublishedFrom;
use crate::timex::DateOrder;
use jiff::civil::Date;
use regex::{Captures, Regex};
use std::borrow::Cow;
use std::sync::LazyLock;
use unicode_normalization::char::is_combining_mark;

/// A full date, as calendars and mail headers write it. Its groups are read by [`date_of`]. Like all patterns here it
/// reads a line that [`plain`] has made ASCII: without Unicode's classes it compiles in a hundredth of the time.
const DATE: &str = r"(?i:(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]*\s+)?(?:(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})|(?P<day_first>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?P<month_next>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?,?[\s-]+(?P<year_last>\d{4})|(?P<iso>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})|(?P<numbers>\d{1,2}[-/.]\d{1,2}[-/.]\d{4})))";

/// A time of day and its zone, after a date.
const TIME: &str = r"(?:(?:T|,?\s+(?:at\s+)?)\d{1,2}[:.]\d{2}[\x00-\x40\x5B-\x60\x7B-\x7F]{0,16}(?:\s?[A-Za-z.]{1,5})?(?:\s?\(?[A-Z]{1,5}\)?)?)?";

/// What [`plain`] puts in the place of a dash longer than a hyphen.
const DASH: char = '\x01';
/// What [`plain`] puts in the place of a dot in the middle of the line.
const BULLET: char = '\x02';
/// What [`plain`] puts in the place of anything else that is no letter.
const OTHER: char = '\x03';

/// A pattern over plain lines.
fn pattern(pattern: &str) -> Option<Regex> {
    Regex::new(&format!("(?-u){pattern}")).ok()
}

static WHOLE: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(&format!(r"^{DATE}{TIME}$")));

static DATELINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let shouted = r"[A-Z]{2}[A-Z.' -]{0,40}(?:,\s?[A-Z][A-Za-z.' ]{1,24}){0,2}\s*[,(:\x01-]*\s*";
    let spoken = r"[A-Z][A-Za-z.'-]*(?:\s[A-Za-z][A-Za-z.'-]*){0,3}(?:,\s?[A-Z][A-Za-z.' ]{1,24}){0,2}\s*[,(\x01]+\s*";
    let agency = r"\)?\s*(?:[/(][\x00-\x28\x2A-\x2E\x30-\x7F]{1,40}[/)])?\s*";
    pattern(&format!(r"^[\s*_>]*(?:(?P<shouted>{shouted})|{spoken}){DATE}{agency}(?P<mark>[\x01:]|--|-)"))
});

static LABELLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let label = r"(?i:(?P<changed>(?:last\s+)?(?:updated|modified))|(?:first\s+|originally\s+)?(?:published|posted)|(?:publication\s+)?date)";
    pattern(&format!(r"^[\s*_>]*{label}\b(?:[:*_\s]|(?i:on)\b){{0,8}}{DATE}\b"))
});

static BYLINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let name = r"[A-Z][\x00-\x20\x22-\x2D\x2F\x3A-\x3E\x40-\x7F]{1,80}(?:[.][\x00-\x20\x22-\x2D\x2F\x3A-\x3E\x40-\x7F]{1,60})?";
    pattern(&format!(r"^[\s*_>]*(?i:by)\s+{name}[\s,|\x01\x02(-]+(?i:on\s+)?{DATE}\)?{TIME}[\s*_.|]*$"))
});

static ALONE: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(&format!(r"^[\s*_>]*{DATE}{TIME}[\s*_.]*$")));

/// The line in ASCII, a character for a character: other letters as `A` or `a`, white space as a blank.
fn plain(line: &str) -> Cow<'_, str> {
    if line.is_ascii() {
        return Cow::Borrowed(line);
    }
    let plain = |c: char| match c {
        c if c.is_ascii() => c,
        '–' | '—' => DASH,
        '•' | '·' => BULLET,
        '’' => '\'',
        c if c.is_whitespace() => ' ',
        c if c.is_uppercase() => 'A',
        c if c.is_alphabetic() || is_combining_mark(c) => 'a',
        _ => OTHER,
    };
    Cow::Owned(line.chars().map(plain).collect())
}

/// Whether a year in full may stand in the line: four digits in a row.
fn has_year(line: &str) -> bool {
    line.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit))
}

/// The words that a labelled date begins with.
const LABELS: [&str; 9] =
    ["date", "first", "last", "modified", "originally", "posted", "publication", "published", "updated"];

/// A date with its weekday, time and zone has no more bytes.
const LONGEST_DATE: usize = 120;
/// So many lines with words are searched for a byline or a labelled date.
const HEAD_LINES: usize = 8;
/// No more bytes than these are read for the head.
const HEAD_BYTES: usize = 8_192;
/// A line is looked at no further than this.
const LINE_BYTES: usize = 240;

/// Reads a text that is a date and nothing else but a time of day: a cell, a front-matter value, an option.
pub fn read_date(text: &str, order: Option<DateOrder>) -> Option<Date> {
    let text = text.trim();
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return date(text.get(..4)?, text.get(4..6)?, text.get(6..)?);
    }
    if text.len() > LINE_BYTES {
        return None;
    }
    date_of(&WHOLE.as_ref()?.captures(&plain(text))?, order)
}

/// Finds the publication date that the head of a text states: a dateline before a byline, a labelled date or a date
/// alone on its line; and among those a first publication before an update.
pub fn find_published(text: &str, order: Option<DateOrder>) -> Option<(Date, PublishedFrom)> {
    let mut byline = None;
    let mut updated = None;
    let mut in_body = false;
    for line in head_lines(text) {
        let above = !in_body;
        in_body |= is_body(line);
        if !has_year(line) {
            continue;
        }
        let line = &*plain(line);
        let bare = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '>'));
        let word = &bare[..bare.bytes().take_while(u8::is_ascii_alphabetic).count()];
        let is = |label: &&str| word.eq_ignore_ascii_case(label);
        // The patterns are looked at, and compiled, only where they can match: most texts need none of them.
        let may_be_dateline = above && bare.starts_with(char::is_uppercase) && bare.contains([DASH, '-', ':']);
        if may_be_dateline && let Some(found) = find_dateline(line, order) {
            return Some((found, PublishedFrom::Dateline));
        }
        let labelled = if LABELS.iter().any(is) { LABELLED.as_ref() } else { None };
        if let Some(captures) = labelled.and_then(|regex| regex.captures(line)) {
            let slot = if captures.name("changed").is_some() { &mut updated } else { &mut byline };
            *slot = slot.or(date_of(&captures, order));
        }
        if above && byline.is_none() {
            byline = match is(&"by") {
                true => find(&BYLINE, line, order),
                false if bare.len() <= LONGEST_DATE => find(&ALONE, line, order),
                false => None,
            };
        }
    }
    byline.or(updated).map(|found| (found, PublishedFrom::Byline))
}

/// The date that a file's name begins with: `2012-04-03-title.md`.
pub fn date_in_name(name: &str) -> Option<Date> {
    let digits = |from: usize, to: usize| name.get(from..to).filter(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let is_digit = |at: usize| name.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let year = digits(0, 4)?;
    match name.as_bytes().get(4)? {
        mark @ (b'-' | b'_' | b'.') if name.as_bytes().get(7) == Some(mark) && !is_digit(10) => {
            date(year, digits(5, 7)?, digits(8, 10)?)
        }
        b'0'..=b'9' if !is_digit(8) => date(year, digits(4, 6)?, digits(6, 8)?),
        _ => None,
    }
}

/// Whether a line is a paragraph of the body: below it, a date on a line of its own is an entry of a chronicle.
fn is_body(line: &str) -> bool {
    line.len() > 120 || line.len() > 50 && line.trim_end().ends_with(['.', '!', '?', '"', '”', ':'])
}

/// The first lines with words, each no longer than what is looked at.
fn head_lines(text: &str) -> impl Iterator<Item = &str> {
    cut(text, HEAD_BYTES)
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(HEAD_LINES)
        .map(|line| cut(line, LINE_BYTES))
}

/// The beginning of `text`, of at most `len` bytes.
fn cut(text: &str, len: usize) -> &str {
    let end = (0..=len.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    &text[..end]
}

/// A place in capitals, a date, a dash; or a place, a date and a dash that is no hyphen.
fn find_dateline(line: &str, order: Option<DateOrder>) -> Option<Date> {
    let captures = DATELINE.as_ref()?.captures(line)?;
    let mark = captures.name("mark")?.as_str();
    let sure = captures.name("shouted").is_some() || matches!(mark, "\x01" | "--");
    if sure { date_of(&captures, order) } else { None }
}

fn find(regex: &LazyLock<Option<Regex>>, line: &str, order: Option<DateOrder>) -> Option<Date> {
    date_of(&regex.as_ref()?.captures(line)?, order)
}

/// The date in the groups of [`DATE`]. One of numbers alone that can be read in two ways is none.
fn date_of(captures: &Captures<'_>, order: Option<DateOrder>) -> Option<Date> {
    let group = |name: &str| captures.name(name).map(|group| group.as_str());
    if let (Some(month), Some(day), Some(year)) = (group("month"), group("day"), group("year")) {
        return date(year, &month_number(month)?.to_string(), day);
    }
    if let (Some(day), Some(month), Some(year)) = (group("day_first"), group("month_next"), group("year_last")) {
        return date(year, &month_number(month)?.to_string(), day);
    }
    let parts = |group: &str| -> Option<[String; 3]> {
        group.split(['-', '/', '.']).map(str::to_string).collect::<Vec<_>>().try_into().ok()
    };
    if let Some(iso) = group("iso") {
        let [year, month, day] = parts(iso)?;
        return date(&year, &month, &day);
    }
    let [first, second, year] = parts(group("numbers")?)?;
    let (month_first, day_first) = (date(&year, &first, &second), date(&year, &second, &first));
    match order {
        Some(DateOrder::MonthDayYear) => month_first,
        Some(DateOrder::DayMonthYear) => day_first,
        _ if month_first.is_none() || month_first == day_first => day_first,
        _ if day_first.is_none() => month_first,
        _ => None,
    }
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let year: i16 = year.parse().ok().filter(|year| (1000..=2999).contains(year))?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

fn month_number(name: &str) -> Option<usize> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    MONTHS.iter().position(|month| name.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(month))).map(|i| i + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_compile() {
        for regex in [&WHOLE, &DATELINE, &LABELLED, &BYLINE, &ALONE] {
            assert!(regex.is_some());
        }
    }

    #[test]
    fn cells() {
        for (text, expected) in [
            ("2012-04-03", "2012-04-03"),
            (" 2012-4-3 ", "2012-04-03"),
            ("2012/04/03", "2012-04-03"),
            ("20120403", "2012-04-03"),
            ("2012-04-03T10:00:00Z", "2012-04-03"),
            ("2012-04-03 10:00:00 +0100", "2012-04-03"),
            ("2012-04-03T10:00:00.000+01:00", "2012-04-03"),
            ("Tue, 3 Apr 2012 10:00:00 GMT", "2012-04-03"),
            ("April 3, 2012", "2012-04-03"),
            ("Apr. 3rd, 2012 at 10:15 am", "2012-04-03"),
            ("3 April 2012", "2012-04-03"),
            ("3-Apr-2012", "2012-04-03"),
            ("13/04/2012", "2012-04-13"),
            ("04/13/2012", "2012-04-13"),
            ("04/04/2012", "2012-04-04"),
            ("03/04/2012", ""),
            ("2012-13-03", ""),
            ("2011-02-29", ""),
            ("2012-04", ""),
            ("2012", ""),
            ("soon", ""),
            ("", ""),
        ] {
            let found = read_date(text, None).map_or(String::new(), |date| date.to_string());
            assert_eq!(found, expected, "{text:?}");
        }
        let ambiguous = |order| read_date("03/04/2012", Some(order)).map(|date| date.to_string());
        assert_eq!(ambiguous(DateOrder::MonthDayYear).as_deref(), Some("2012-03-04"));
        assert_eq!(ambiguous(DateOrder::DayMonthYear).as_deref(), Some("2012-04-03"));
    }

    #[test]
    fn heads() {
        use PublishedFrom::{Byline, Dateline};
        for (text, expected) in [
            ("SAN FRANCISCO, April 3, 2012 — Acme said.", Some(("2012-04-03", Dateline))),
            ("A Title\n\nBRUSSELS, November 14, 2017 – Acme said.", Some(("2017-11-14", Dateline))),
            (
                "Acme, which makes anvils of all sizes, said so.\n\nPARIS, May 7, 2025 — Acme said.",
                Some(("2025-05-07", Dateline)),
            ),
            ("Acme, which makes anvils of all sizes, said so on Monday.\n\nPARIS, May 7, 2025 — Acme said.", None),
            ("LISBON, 9 June 2016 — Acme said.", Some(("2016-06-09", Dateline))),
            ("NEW YORK, Jan. 5, 2010 (Farthing Wire) - Acme said.", Some(("2010-01-05", Dateline))),
            ("LONDON--(FARTHING WIRE)--Acme said.", None),
            ("LONDON (Farthing Wire) - Acme said on April 3, 2012.", None),
            ("REDMOND, Wash. — April 3, 2012 — Acme said.", Some(("2012-04-03", Dateline))),
            ("Armonk, N.Y., April 3, 2012 -- Acme said.", Some(("2012-04-03", Dateline))),
            ("On April 3, 2012 — a Tuesday — Acme said.", None),
            ("In Paris on April 3, 2012 Acme said.", None),
            ("By Kit Farrowdale, May 16, 2018\n\nText.", Some(("2018-05-16", Byline))),
            ("Title\nBy Kit J. Farrowdale | 16 May 2018 10:00 am\n\nText.", Some(("2018-05-16", Byline))),
            ("By April 3, 2012, Acme had sold it.", None),
            ("By the time it closed, Acme had spent a year. That was May 16, 2018", None),
            ("Published: Friday, 9 October 2015\nText.", Some(("2015-10-09", Byline))),
            ("**Posted on** October 9, 2015 by Kit\nText.", Some(("2015-10-09", Byline))),
            ("Updated: 10 October 2015\nPublished: 9 October 2015", Some(("2015-10-09", Byline))),
            ("Updated: 10 October 2015\n", Some(("2015-10-10", Byline))),
            ("Title\n\nThursday, September 12, 2019\n\nText.", Some(("2019-09-12", Byline))),
            (
                "Title\n\nAcme told its customers today what will end, and when it will end:\n\nMay 7, 2025\n\nIt ends.",
                None,
            ),
            ("Title\n\nText of 2019 and more, in September 12.", None),
            ("A\n\nB\n\nC\n\nD\n\nE\n\nF\n\nG\n\nH\n\nPublished: 9 October 2015", None),
        ] {
            let found = find_published(text, None);
            let found = found.map(|(date, from)| (date.to_string(), from));
            assert_eq!(found, expected.map(|(date, from)| (date.to_string(), from)), "{text:?}");
        }
    }

    #[test]
    fn names() {
        for (name, expected) in [
            ("2012-04-03-title.md", "2012-04-03"),
            ("2012_04_03.txt", "2012-04-03"),
            ("20120403-title.txt", "2012-04-03"),
            ("2012-04-031.txt", ""),
            ("201204031.txt", ""),
            ("2012-04-title.txt", ""),
            ("title-2012-04-03.txt", ""),
            ("2012-13-03.txt", ""),
            ("éééé", ""),
        ] {
            assert_eq!(date_in_name(name).map_or(String::new(), |date| date.to_string()), expected, "{name}");
        }
    }
}
