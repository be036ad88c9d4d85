//! `dateline dict`: checks the dictionaries, and shows what they know of a name.

use crate::args::DictionaryArgs;
use crate::dictionaries::Dictionaries;
use crate::{Outcome, print, report};
use dateline::gazetteer::{Form, Risk, dictionary_file};
use dateline::{Document, Pipeline, Resources};
use std::cmp::Reverse;
use std::fmt::Write as _;
use std::path::Path;

/// `dateline dict check`: loads the dictionaries and says the first mistake, or all that is unwise in them.
pub fn check(folder: Option<&Path>, added: Option<&Path>) -> anyhow::Result<Outcome> {
    let args =
        DictionaryArgs { dictionaries: folder.map(Path::to_path_buf), add_dictionaries: added.map(Path::to_path_buf) };
    let dictionaries = Dictionaries::read(&args)?;
    let checked = dictionaries.pipeline().and_then(|pipeline| Ok((pipeline, dictionaries.resources().check_names()?)));
    match checked {
        Ok((_, unwise)) if !unwise.is_empty() => {
            unwise.iter().for_each(|mistake| report::say(&mistake.to_string()));
            Ok(Outcome::Partly)
        }
        Ok((pipeline, _)) => {
            let entries = pipeline.gazetteer().entries().len() as u64;
            let files = Resources::names().count() as u64;
            report::say(&format!(
                "{} with {}: no mistake found.",
                report::count(files, "dictionary", "dictionaries"),
                report::count(entries, "entry", "entries")
            ));
            Ok(Outcome::Done)
        }
        Err(mistake) => {
            report::say(&format!("{mistake:#}"));
            Ok(Outcome::Partly)
        }
    }
}

/// `dateline dict find`: which names of the dictionaries stand in a text, under which conditions each counts, and what
/// becomes of the text as it is. Where none does, the names that are written nearly so.
pub fn find(name: &str, args: &DictionaryArgs) -> anyhow::Result<Outcome> {
    let dictionaries = Dictionaries::read(args)?;
    let pipeline = dictionaries.pipeline()?;
    let document = Document::new(name, None)?;
    let reading = pipeline.read(&document);
    let mut answer = String::new();
    for hit in &reading.hits {
        let (from, to) = (hit.first as usize, (hit.first + hit.len) as usize);
        let tokens = &reading.tokens[from..to];
        for form in pipeline.gazetteer().forms(hit.phrase) {
            let words = tokens.iter().map(|token| (token.stem(name), token.is_spaced()));
            let refused = !form.matches(name, words);
            describe(&pipeline, form, reading.span(from, to).of(name), refused, &mut answer);
        }
    }
    if !answer.is_empty() {
        print(&answer)?;
        return Ok(Outcome::Done);
    }
    report::say(&format!("no dictionary has `{name}`"));
    for form in near(&pipeline, name) {
        describe(&pipeline, form, "near it", false, &mut answer);
    }
    print(&answer)?;
    Ok(Outcome::Partly)
}

/// One line of the answer: the words, the thing, and when the form counts.
fn describe(pipeline: &Pipeline, form: Form<'_>, words: &str, refused: bool, answer: &mut String) {
    let entry = pipeline.gazetteer().entry(form.entry);
    let mut conditions = Vec::new();
    if refused {
        conditions.push("not as it is written here".to_string());
    }
    match form.risk {
        Risk::Low => {}
        Risk::Medium => conditions.push("unless a block word stands beside it".to_string()),
        Risk::High => conditions.push("with context only".to_string()),
    }
    if form.exact {
        conditions.push("in this case only".to_string());
    }
    if let Some(from) = form.from {
        conditions.push(format!("from {from}"));
    }
    if let Some(until) = form.until {
        conditions.push(format!("until {until}"));
    }
    if form.rank > 1 {
        conditions.push(format!("rank {}", form.rank));
    }
    let conditions = if conditions.is_empty() { "always".to_string() } else { conditions.join(", ") };
    let kind = entry.entity_type;
    let _ = writeln!(
        answer,
        "{words}\t{} {} ({}), as `{}`: {conditions}\t{}:{}",
        kind.name(),
        entry.id,
        entry.name,
        form.text,
        dictionary_file(kind),
        entry.line
    );
}

/// The names that are most like a name: those that begin with it or that it begins with, and those a slip away.
fn near<'p>(pipeline: &'p Pipeline, name: &str) -> Vec<Form<'p>> {
    const SHOWN: usize = 8;
    const LIKE: f64 = 0.82;
    let fold =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let wanted = fold(name);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut forms: Vec<(f64, Form<'p>)> = Vec::new();
    for form in pipeline.gazetteer().all_forms() {
        let text = fold(form.text);
        let begins = wanted.len() >= 4 && text.starts_with(&wanted) || text.len() >= 4 && wanted.starts_with(&text);
        let alike = strsim::normalized_damerau_levenshtein(&text, &wanted);
        if begins || alike >= LIKE {
            forms.push((alike, form));
        }
    }
    forms.sort_by_key(|(alike, _)| Reverse((alike * 1e6) as u64));
    forms.into_iter().take(SHOWN).map(|(_, form)| form).collect()
}
