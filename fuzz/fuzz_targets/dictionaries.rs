//! Any dictionary compiles or has a mistake with its file and line; one that compiles annotates.
#![no_main]

#[path = "../../tests/support/well_formed.rs"]
mod well_formed;

use dateline::{Document, ErrorKind, Pipeline, Resources};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use well_formed::assert_well_formed;

/// The built-in dictionaries, each cut as short as the others allow: compiling them is what a run costs. Those of
/// names refer to each other, and are cut to their headers together.
static SHORT: LazyLock<Vec<(&str, String)>> = LazyLock::new(|| {
    let whole = |name| Resources::built_in().contents(name).collect::<String>();
    let header = |whole: &str| whole[..whole.find('\n').map_or(0, |at| at + 1)].to_string();
    let of_names =
        ["companies.csv", "products.csv", "organizations.csv", "people.csv", "given_names.csv", "places.csv"];
    let mut short: Vec<(&str, String)> = of_names.map(|name| (name, header(&whole(name)))).into();
    for name in Resources::names().filter(|name| !of_names.contains(name)) {
        let whole = whole(name);
        let border = if name.ends_with(".toml") { "\n\n[" } else { "\n" };
        let cut = [32, 8, 4, 2].into_iter().map(|part| {
            let at = whole[whole.len() / part..].find(border).map_or(whole.len(), |at| whole.len() / part + at + 1);
            whole[..at].to_string()
        });
        let is_legal = |text: &String| {
            let mut resources = Resources::built_in();
            for (name, text) in &short {
                resources.replace(name, text);
            }
            resources.replace(name, text);
            Pipeline::new(&resources).is_ok()
        };
        let chosen = std::iter::once(header(&whole)).chain(cut).find(is_legal).unwrap_or_else(|| whole.clone());
        short.push((name, chosen));
    }
    short
});

const TEXT: &str = "Larkspur Networks Inc. said on July 12, 2011, that it had bought Quillon Systems for $200 million. \
                    “It is a good day,” said Mara Stone, chief executive of Larkspur.\n";

// The first byte says which dictionary the rest is, and whether it takes the place of the built-in one.
fuzz_target!(|bytes: &[u8]| {
    let Some((choice, rest)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let names: Vec<&str> = Resources::names().collect();
    let name = names[*choice as usize / 2 % names.len()];
    let mut resources = Resources::built_in();
    for (known, short) in SHORT.iter() {
        resources.replace(known, short);
    }
    if choice.is_multiple_of(2) {
        resources.add(name, text);
    } else {
        resources.replace(name, text);
    }
    let checked = resources.check_names();
    match Pipeline::new(&resources) {
        Ok(pipeline) => {
            let document = Document::new(TEXT, "2012-02-15".parse().ok()).expect("a short text");
            assert_well_formed(TEXT, &pipeline.annotate(&document));
        }
        Err(error) => {
            assert!(checked.is_err() || name.ends_with(".toml") || name == "cues.csv" || name == "abbreviations.csv");
            match error.kind() {
                ErrorKind::Dictionary { file, message, .. } => {
                    assert!(names.contains(&file.as_str()) && !message.is_empty());
                }
                other => panic!("{other:?}"),
            }
        }
    }
});
