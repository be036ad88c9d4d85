//! Every row of behaviour runs its own example.

mod support;

use dateline::Document;
use std::path::Path;

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionaries").join(name);
    std::fs::read_to_string(path).expect("a dictionary")
}

/// The example of each cue of names has a name in braces that gets the cue's type.
#[test]
fn cues_of_names_type_their_examples() {
    let file: toml::Table = read("names.toml").parse().expect("TOML");
    let pipeline = support::pipeline();
    let cues = file["cue"].as_array().expect("cues");
    assert!(!cues.is_empty());
    for cue in cues {
        let (example, wanted) = (cue["example"].as_str().expect("an example"), cue["type"].as_str().expect("a type"));
        let (open, close) = (example.find('{').expect("a brace"), example.find('}').expect("a brace"));
        let name = &example[open + 1..close];
        let text = example.replace(['{', '}'], "");
        let found = pipeline.annotate(&Document::new(&text, None).expect("a short text")).mentions;
        let right = found
            .mentions
            .iter()
            .any(|mention| mention.span.of(&text) == name && found.entity(mention.entity).entity_type.name() == wanted);
        assert!(right, "`{name}` is no {wanted} in `{text}`");
    }
}

/// No sentence ends at the full stop of an abbreviation in its example.
#[test]
fn abbreviations_do_not_end_their_examples() {
    let pipeline = support::pipeline();
    let text = read("abbreviations.csv");
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let (mut count, mut wrong) = (0, Vec::new());
    for row in rows.records().map(|row| row.expect("a row")) {
        count += 1;
        let found = pipeline.annotate(&Document::new(&row[2], None).expect("a short text"));
        let at = row[2].find(&row[0]).expect("the abbreviation") + row[0].len();
        if found.sentences.iter().any(|sentence| sentence.span.end() == at && at < row[2].trim_end().len()) {
            wrong.push(row[2].to_string());
        }
    }
    assert!(count > 100);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Rows are sorted, so that a change shows where it belongs.
#[test]
fn rows_are_sorted() {
    for name in ["companies.csv", "products.csv", "organizations.csv", "people.csv"] {
        let text = read(name);
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let ids: Vec<String> = rows.records().map(|row| row.expect("a row")[0].to_string()).collect();
        let unsorted = ids.windows(2).find(|pair| pair[0] >= pair[1]);
        assert!(unsorted.is_none(), "{name}: {unsorted:?}");
    }
}
