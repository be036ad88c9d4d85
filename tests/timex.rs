//! The rules of `timex.toml` by their examples, and hard cases where the measuring data is there.

use dateline::lexicon::Source;
use dateline::timex::{DateOrder, TimeExpr, TimexRules};
use dateline::{Document, Pipeline, Resources};
use std::path::Path;

/// Dictionaries of names, their headers only: dates are tested without names.
const NAMES: [(&str, &str); 4] = [
    ("companies.csv", "id,name,aliases,parent,risk,context,block,rank,from,until,ticker,cik,homepage\n"),
    ("products.csv", "id,name,aliases,parent,risk,context,block,rank,from,until,homepage\n"),
    ("organizations.csv", "id,name,aliases,parent,risk,context,block,rank,from,until,homepage\n"),
    ("people.csv", "id,name,aliases,gender,risk,context,block,rank,from,until\n"),
];

fn pipeline() -> Pipeline {
    let mut resources = Resources::built_in();
    for (name, header) in NAMES {
        assert!(resources.replace(name, header), "{name}");
    }
    Pipeline::new(&resources).unwrap()
}

fn times(pipeline: &Pipeline, text: &str, published: Option<&str>) -> Vec<TimeExpr> {
    let published = published.map(|date| date.parse().unwrap());
    pipeline.annotate(&Document::new(text, published).unwrap()).times
}

#[test]
fn every_rule_makes_its_examples() {
    let pipeline = pipeline();
    let rules = pipeline.timex_rules();
    let text = include_str!("../dictionaries/timex.toml");
    let examples = TimexRules::examples(Source { name: "timex.toml", text }).unwrap();
    let mut failures = Vec::new();
    for example in &examples {
        let found = times(&pipeline, &example.text, example.published.as_deref());
        let written: Vec<(&str, String, &str)> = found
            .iter()
            .map(|time| (time.span.of(&example.text), time.value.to_string(), rules.rule_name(time.rule)))
            .collect();
        let right = match &example.span {
            None => written.is_empty(),
            Some(span) => written
                .iter()
                .any(|(text, value, rule)| text == span && *value == example.value && *rule == example.rule),
        };
        if !right {
            let wanted = (&example.span, &example.value);
            failures.push(format!(
                "timex.toml:{}: {}: {:?} gives {written:?} and not {wanted:?}",
                example.line, example.rule, example.text
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn dates_in_figures_follow_the_order() {
    for (order, text, expected) in [
        (DateOrder::MonthDayYear, "10/12/2011", "2011-10-12"),
        (DateOrder::DayMonthYear, "10/12/2011", "2011-12-10"),
        (DateOrder::MonthDayYear, "25/12/2011", "2011-12-25"),
        (DateOrder::YearMonthDay, "11/12/10", "2011-12-10"),
        (DateOrder::DayMonthYear, "2011/12/10", "2011-12-10"),
    ] {
        let pipeline = pipeline().with_date_order(order);
        let found = times(&pipeline, &format!("It was read on {text} there."), None);
        let values: Vec<String> = found.iter().map(|time| time.value.to_string()).collect();
        assert_eq!(values, [expected], "{order:?} {text}");
    }
}

#[test]
fn hard_cases() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/timex/tricky.jsonl");
    let Ok(data) = std::fs::read_to_string(&path) else {
        eprintln!("{} is not there: the hard cases are left out", path.display());
        return;
    };
    let pipeline = pipeline();
    let (mut right, mut all, mut report) = (0, 0, String::new());
    for line in data.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = case["text"].as_str().unwrap();
        let place = |byte: usize| text[..byte].chars().count() as u64;
        let mut found: Vec<(u64, u64, String, String)> = times(&pipeline, text, case["dct"].as_str())
            .iter()
            .map(|time| {
                let (start, end) = (place(time.span.start()), place(time.span.end()));
                (start, end, time.timex_type.name().to_string(), time.value.to_string())
            })
            .collect();
        let string = |value: &serde_json::Value| value.as_str().unwrap().to_string();
        let mut expected: Vec<(u64, u64, String, String)> = case["timexes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|time| {
                let (start, end) = (time["start"].as_u64().unwrap(), time["end"].as_u64().unwrap());
                (start, end, string(&time["type"]), string(&time["value"]))
            })
            .collect();
        expected.sort();
        found.sort();
        all += 1;
        if found == expected {
            right += 1;
        } else {
            report += &format!("{}: {text}\n  expected {expected:?}\n  found    {found:?}\n", case["doc"]);
        }
    }
    assert!(right + 2 >= all, "{right} of {all} right\n{report}");
}

/// Where the gold of the sample article has no year for a phrase, neither have we.
#[test]
fn no_year_is_invented() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold/sample");
    let read = |name: &str| std::fs::read_to_string(folder.join(name));
    let (Ok(text), Ok(gold)) = (read("sample.txt"), read("sample.json")) else {
        eprintln!("{} is not there: its phrases without a year are left out", folder.display());
        return;
    };
    let gold: serde_json::Value = serde_json::from_str(&gold).unwrap();
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let found = times(&pipeline(), &text, None);
    let (mut phrases, mut wrong) = (0, String::new());
    for claim in gold["claims"].as_array().unwrap() {
        let (Some(phrase), date) = (claim["date_text"].as_str(), claim["date"].as_str()) else { continue };
        if date.is_some_and(|date| !date.starts_with("XXXX")) {
            continue;
        }
        let place = |key: &str| bytes[claim[key].as_u64().unwrap() as usize];
        let (start, end) = (place("start"), place("end"));
        for (at, _) in text[start..end].match_indices(phrase) {
            phrases += 1;
            let span = start + at..start + at + phrase.len();
            for time in found.iter().filter(|time| time.span.start() < span.end && span.start < time.span.end()) {
                let value = time.value.to_string();
                if value.starts_with(|c: char| c.is_ascii_digit()) {
                    wrong += &format!("{phrase}: {value}\n");
                }
            }
        }
    }
    assert!(phrases > 10, "the sample has its phrases");
    assert!(wrong.is_empty(), "{wrong}");
}
