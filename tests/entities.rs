//! Hard cases of names, where the evaluation data beside the project is there.

mod support;

use dateline::Document;
use std::path::Path;

/// By number of the case: the day to read it on, and the names that the guide asks for, with their types.
type Answer = (u32, Option<&'static str>, &'static [(&'static str, &'static str)]);

const ANSWERS: &[Answer] = &[
    (1, None, &[("Amazon", "company")]),
    (2, None, &[("Amazon Web Services", "company"), ("Eucalyptus", "company")]),
    (3, None, &[]),
    (4, None, &[("Citrix CloudStack 3", "product")]),
    (5, None, &[("Citrix", "company"), ("CloudStack", "product")]),
    (6, None, &[]),
    (
        7,
        None,
        &[("Datapipe", "company"), ("IDC Frontier", "company"), ("Nokia Research", "company"), ("Zynga", "company")],
    ),
    (8, None, &[("Nova", "product"), ("Object Storage", "product"), ("Glance", "product")]),
    (9, None, &[("Swift", "product"), ("iOS", "product")]),
    (10, None, &[("OpenStack Swift", "product")]),
    (11, None, &[("Taylor Swift", "person")]),
    (12, None, &[("SWIFT", "organization")]),
    (13, None, &[]),
    (14, None, &[("Go", "product"), ("Rust", "product")]),
    (15, None, &[("Oracle", "company")]),
    (16, None, &[("Buffett", "person")]),
    (17, None, &[("Oracle 11g", "product")]),
    (18, Some("2021-11-10"), &[("Meta", "company")]),
    (19, Some("2016-05-01"), &[]),
    (20, Some("2014-05-01"), &[("Facebook", "company"), ("WhatsApp", "product")]),
    (21, None, &[("Box", "company")]),
    (22, None, &[]),
    (23, None, &[("Slack", "company")]),
    (24, None, &[("Apache Spark", "product"), ("Cisco Spark", "product")]),
    (25, None, &[("Spark", "product"), ("Hadoop", "product")]),
    (26, None, &[("Zoom", "product")]),
    (27, None, &[("Square", "company"), ("Cash App", "product"), ("Block", "company")]),
    (28, None, &[]),
    (29, None, &[("Michael Dell", "person"), ("Dell", "company")]),
    (30, Some("2006-05-01"), &[("Sun", "company"), ("Java 6", "product")]),
    (31, None, &[("The Sun", "company")]),
    (32, None, &[]),
    (33, None, &[("Canonical", "company"), ("Ubuntu", "product")]),
    (34, Some("2015-11-02"), &[("HP", "company"), ("HP Enterprise", "company")]),
    (35, None, &[("AT&T", "company"), ("Yahoo!", "company"), ("Toys R Us", "company")]),
    (36, None, &[("Foo Widgets Inc.", "company")]),
    (37, None, &[("Citrix", "company"), ("OpenStack", "product")]),
    (38, None, &[("Sameer Dholakia", "person"), ("Dholakia", "person")]),
    (39, None, &[("James Staten", "person"), ("Forrester Research", "company")]),
    (
        40,
        None,
        &[
            ("Société Générale", "company"),
            ("Societe Generale", "company"),
            ("Zoë Baird", "person"),
            ("İşbank", "company"),
        ],
    ),
];

#[test]
fn hard_cases_of_names() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/entities/tricky.csv");
    let Ok(cases) = std::fs::read_to_string(path) else {
        println!("the evaluation data is not beside the project: nothing to check");
        return;
    };
    let pipeline = support::pipeline();
    let mut rows = csv::Reader::from_reader(cases.as_bytes());
    let mut wrong = Vec::new();
    for row in rows.records().map(|row| row.expect("a row")) {
        let number: u32 = row[0].parse().expect("a number");
        let (_, published, names) = ANSWERS.iter().find(|answer| answer.0 == number).expect("an answer");
        let text = row[1].strip_suffix(" (2016 article)").or(row[1].strip_suffix(" (2014 article)")).unwrap_or(&row[1]);
        let document = Document::new(text, published.and_then(|day| day.parse().ok())).expect("a short text");
        let found = pipeline.annotate(&document).mentions;
        let found: Vec<(&str, &str)> = found
            .mentions
            .iter()
            .map(|mention| (mention.span.of(text), found.entity(mention.entity).entity_type.name()))
            .collect();
        if found != *names {
            wrong.push(format!("{number}: {found:?}, not {names:?}"));
        }
    }
    println!("{} of {} right\n{}", ANSWERS.len() - wrong.len(), ANSWERS.len(), wrong.join("\n"));
    assert!(wrong.len() <= 6, "{}", wrong.join("\n"));
}
