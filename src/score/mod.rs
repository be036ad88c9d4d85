//! Annotations against gold: precision, recall and F1 of every layer.

mod names;
mod table;

pub use table::{Figure, Score, Table};

use names::{fold, same_name, same_party};
use serde::Deserialize;
use std::collections::BTreeSet;
use table::{Tally, found};

/// A gold file by the annotation guide, or the same layers of a predicted document.
///
/// Only what is scored is read. Offsets are code points.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Layers {
    /// The name of the article's file: gold only. A file without one is no gold.
    pub file: Option<String>,
    /// The path of the document: predictions only.
    pub path: Option<String>,
    /// The names.
    #[serde(default, alias = "mentions")]
    entities: Vec<Name>,
    #[serde(default)]
    quotations: Vec<Quote>,
    #[serde(default)]
    claims: Vec<Event>,
}

#[derive(Clone, Debug, Deserialize)]
struct Name {
    start: i64,
    end: i64,
    text: String,
    r#type: String,
    canonical: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct Quote {
    start: i64,
    end: i64,
    text: String,
    kind: String,
    speaker_name: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct Event {
    start: i64,
    end: i64,
    text: String,
    r#type: String,
    subject: Option<String>,
    object: Option<String>,
    date: Option<String>,
    date_text: Option<String>,
    modality: Option<String>,
    polarity: Option<String>,
    attribution: Option<String>,
    amount: Option<Figures>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
struct Figures {
    low: Option<f64>,
    high: Option<f64>,
    currency: Option<String>,
}

impl Event {
    fn date(&self) -> Option<&str> {
        self.date.as_deref().filter(|date| !date.is_empty())
    }

    fn figures(&self) -> Option<&Figures> {
        self.amount.as_ref().filter(|amount| amount.low.is_some() || amount.high.is_some())
    }
}

/// Something with a place in the text.
trait Placed {
    fn place(&self) -> (i64, i64);
}

macro_rules! placed {
    ($($name:ident),*) => { $(impl Placed for $name {
        fn place(&self) -> (i64, i64) { (self.start, self.end) }
    })* };
}
placed!(Name, Quote, Event);

/// Shared length over joint length.
fn overlap(a: &impl Placed, b: &impl Placed) -> f64 {
    let ((a, a_end), (b, b_end)) = (a.place(), b.place());
    let shared = a_end.min(b_end) - a.max(b);
    if shared <= 0 { 0.0 } else { shared as f64 / (a_end.max(b_end) - a.min(b)) as f64 }
}

/// Which errors to list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ErrorLayer {
    /// Names missed and names too many.
    Entities,
    /// Direct and mixed quotations.
    Quoted,
    /// Block quotations.
    Block,
    /// Indirect quotations.
    Indirect,
    /// Claims missed and claims too many.
    Claims,
    /// Dates of matched claims.
    Dates,
}

impl ErrorLayer {
    /// The layer called `name`.
    pub fn of(name: &str) -> Option<ErrorLayer> {
        Some(match name {
            "entities" => ErrorLayer::Entities,
            "quoted" => ErrorLayer::Quoted,
            "block" => ErrorLayer::Block,
            "indirect" => ErrorLayer::Indirect,
            "claims" => ErrorLayer::Claims,
            "dates" => ErrorLayer::Dates,
            _ => return None,
        })
    }
}

/// Compares predicted documents with gold, one after the other, and adds up.
#[derive(Clone, Debug, Default)]
pub struct Scorer {
    types: bool,
    listed: Option<ErrorLayer>,
    files: usize,
    tally: Tally,
    shares: Tally,
    false_resolves: usize,
    errors: Vec<String>,
}

const ENTITY_TYPES: [&str; 4] = ["company", "product", "person", "organization"];

impl Scorer {
    /// A scorer that also scores every type of claim (`types`), and lists the errors of a layer.
    pub fn new(types: bool, listed: Option<ErrorLayer>) -> Scorer {
        Scorer { types, listed, ..Scorer::default() }
    }

    /// Compares the layers of one gold file with those predicted for it, none where it was not predicted.
    pub fn add(&mut self, gold: &Layers, predicted: Option<&Layers>) {
        let nothing = Layers::default();
        let predicted = predicted.unwrap_or(&nothing);
        self.files += 1;
        let file = gold.file.as_deref().unwrap_or("");
        self.add_entities(file, gold, predicted);
        self.add_quotations(file, gold, predicted);
        self.add_claims(file, gold, predicted);
    }

    /// The table of everything added, for a run of `predicted` documents.
    pub fn table(&self, predicted: usize) -> Table {
        let mut scores: Vec<_> = self.tally.rows().map(|(name, count)| (name.clone(), found(*count))).collect();
        scores.extend(self.shares.rows().map(|(name, count)| {
            let share = Figure(Some(100.0 * count.right as f64 / count.gold as f64));
            (name.clone(), Score::Share(share, count.gold))
        }));
        scores.push(("false_resolves".to_string(), Score::Count(self.false_resolves)));
        Table { files: self.files, predicted, scores }
    }

    /// The errors of the layer asked for, cells parted by tabs.
    pub fn errors(&self) -> &[String] {
        &self.errors
    }

    fn rate(&mut self, name: &str, right: bool) {
        self.shares.add(name, usize::from(right), 0, 1);
    }

    fn list<const N: usize>(&mut self, cells: [&str; N]) {
        self.errors.push(cells.join("\t"));
    }

    fn add_entities(&mut self, file: &str, gold: &Layers, predicted: &Layers) {
        let names: Vec<&Name> =
            predicted.entities.iter().filter(|name| ENTITY_TYPES.contains(&name.r#type.as_str())).collect();
        let gold: Vec<&Name> = gold.entities.iter().collect();
        let same_span = |a: &Name, b: &Name| a.place() == b.place();
        let same = |a: &Name, b: &Name| same_span(a, b) && a.r#type == b.r#type;
        let pairs = pair(&gold, &names, same, overlap_of);
        self.tally.add("entities", pairs.len(), names.len(), gold.len());
        if self.listed == Some(ErrorLayer::Entities) {
            for name in missed(&gold, &pairs) {
                self.list(["MISS", file, &name.r#type, &name.text]);
            }
            for name in too_many(&names, &pairs) {
                self.list(["FALSE", file, &name.r#type, &name.text]);
            }
        }
        let pairs = pair(&gold, &names, same_span, overlap_of);
        self.tally.add("entities_span", pairs.len(), names.len(), gold.len());
        for (i, j) in pairs {
            let canonical = |name: &Name| fold(name.canonical.as_deref().unwrap_or(""));
            self.rate("canonical", canonical(gold[i]) == canonical(names[j]));
        }
        for entity_type in ENTITY_TYPES {
            let of_type = |names: &[&'_ Name]| names.iter().filter(|name| name.r#type == entity_type).count();
            let typed = |a: &Name, b: &Name| a.r#type == entity_type && same(a, b);
            let right = pair(&gold, &names, typed, overlap_of).len();
            self.tally.add(&format!("entities_{entity_type}"), right, of_type(&names), of_type(&gold));
        }
    }

    fn add_quotations(&mut self, file: &str, gold: &Layers, predicted: &Layers) {
        for (name, kinds, least, layer) in [
            ("quoted", &["direct", "mixed"][..], 0.8, ErrorLayer::Quoted),
            ("block", &["block"], 0.8, ErrorLayer::Block),
            ("indirect", &["indirect"], 0.5, ErrorLayer::Indirect),
        ] {
            let of_kind = |quotes: &'_ [Quote]| -> Vec<Quote> {
                quotes.iter().filter(|quote| kinds.contains(&quote.kind.as_str())).cloned().collect()
            };
            let (gold, predicted) = (of_kind(&gold.quotations), of_kind(&predicted.quotations));
            let (gold, predicted): (Vec<&Quote>, Vec<&Quote>) = (gold.iter().collect(), predicted.iter().collect());
            let pairs = pair(&gold, &predicted, |a, b| overlap(a, b) >= least, overlap_of);
            let same = |(i, j): &(usize, usize)| {
                same_name(gold[*i].speaker_name.as_deref(), predicted[*j].speaker_name.as_deref())
            };
            self.tally.add(name, pairs.len(), predicted.len(), gold.len());
            let right = pairs.iter().filter(|pair| same(pair)).count();
            self.tally.add(&format!("{name}_e2e"), right, predicted.len(), gold.len());
            if self.listed != Some(layer) {
                continue;
            }
            for quote in missed(&gold, &pairs) {
                self.list(["MISS", file, head(&quote.text, 90), or_none(&quote.speaker_name)]);
            }
            for quote in too_many(&predicted, &pairs) {
                self.list(["FALSE", file, head(&quote.text, 90), or_none(&quote.speaker_name)]);
            }
            for (i, j) in pairs.iter().filter(|pair| !same(pair)) {
                let (gold, found) = (gold[*i], predicted[*j]);
                let speakers = (or_none(&gold.speaker_name), or_none(&found.speaker_name));
                self.list(["SPEAKER", file, head(&gold.text, 60), speakers.0, "got", speakers.1]);
            }
        }
    }

    fn add_claims(&mut self, file: &str, gold: &Layers, predicted: &Layers) {
        let (gold, predicted): (Vec<&Event>, Vec<&Event>) =
            (gold.claims.iter().collect(), predicted.claims.iter().collect());
        let same = |a: &Event, b: &Event| a.r#type == b.r#type && overlap(a, b) >= 0.5;
        let weight = |a: &Event, b: &Event| overlap(a, b) + f64::from(u8::from(same_subject(a, b)));
        let pairs = pair(&gold, &predicted, same, weight);
        let matched: Vec<(&Event, &Event)> = pairs.iter().map(|(i, j)| (gold[*i], predicted[*j])).collect();
        let (all, of) = (predicted.len(), gold.len());
        self.tally.add("claims", pairs.len(), all, of);
        self.tally.add("claims_subject", matched.iter().filter(|(a, b)| same_subject(a, b)).count(), all, of);
        self.tally.add("claims_roles", matched.iter().filter(|(a, b)| same_roles(a, b)).count(), all, of);
        if self.types {
            let mut types: Vec<&str> = gold.iter().chain(&predicted).map(|event| event.r#type.as_str()).collect();
            types.sort_unstable();
            types.dedup();
            for of_type in types {
                let count = |events: &[&Event]| events.iter().filter(|event| event.r#type == of_type).count();
                let right = matched.iter().filter(|(a, _)| a.r#type == of_type).count();
                self.tally.add(&format!("claims_{of_type}"), right, count(&predicted), count(&gold));
            }
        }
        let dated = |events: &[&'_ Event]| events.iter().filter(|event| event.date().is_some()).count();
        let same_date = |a: &Event, b: &Event| a.date().is_some() && a.date() == b.date() && same(a, b);
        let right = pair(&gold, &predicted, same_date, overlap_of).len();
        self.tally.add("claims_dated", right, dated(&predicted), dated(&gold));
        for (a, b) in &matched {
            self.rate("modality_accuracy", a.modality == b.modality);
            if a.date().is_some() {
                self.rate("date_accuracy", a.date() == b.date());
            }
            self.false_resolves += usize::from(is_false_resolve(a.date(), b.date()));
            let polarity = |event: &Event| -> String {
                event.polarity.clone().filter(|word| !word.is_empty()).unwrap_or_else(|| "positive".into())
            };
            self.rate("polarity_accuracy", polarity(a) == polarity(b));
            self.rate("attribution_accuracy", same_name(a.attribution.as_deref(), b.attribution.as_deref()));
        }
        let figures = |events: &mut dyn Iterator<Item = &Event>| events.filter(|it| it.figures().is_some()).count();
        let right = matched.iter().filter(|(a, b)| a.figures().is_some() && a.figures() == b.figures()).count();
        self.tally.add(
            "amount",
            right,
            figures(&mut matched.iter().map(|pair| pair.1)),
            figures(&mut matched.iter().map(|pair| pair.0)),
        );
        if self.listed == Some(ErrorLayer::Claims) {
            for it in missed(&gold, &pairs) {
                self.list(["MISS", file, &it.r#type, or_none(&it.subject), or_none(&it.date), head(&it.text, 110)]);
            }
            for it in too_many(&predicted, &pairs) {
                self.list(["FALSE", file, &it.r#type, or_none(&it.subject), or_none(&it.date), head(&it.text, 110)]);
            }
        }
        if self.listed == Some(ErrorLayer::Dates) {
            for (a, b) in matched.iter().filter(|(a, b)| a.date().is_some() && a.date() != b.date()) {
                self.list(["DATE", file, or_none(&a.date), "got", or_none(&b.date), or_none(&a.date_text)]);
            }
        }
    }
}

/// The subject is right, or the object given as the subject.
fn same_subject(gold: &Event, predicted: &Event) -> bool {
    let subject = predicted.subject.as_deref();
    same_party(gold.subject.as_deref(), subject)
        || subject.is_some_and(|subject| !subject.is_empty()) && same_party(gold.object.as_deref(), subject)
}

fn same_roles(gold: &Event, predicted: &Event) -> bool {
    same_party(gold.subject.as_deref(), predicted.subject.as_deref())
        && same_party(gold.object.as_deref(), predicted.object.as_deref())
}

/// Whether a calendar year is predicted where the gold has no date or an unknown year.
fn is_false_resolve(gold: Option<&str>, predicted: Option<&str>) -> bool {
    let has_year = |date: &str| {
        let year: Vec<char> = date.chars().take(4).collect();
        !year.is_empty() && year.iter().all(|c| c.is_numeric())
    };
    has_year(predicted.unwrap_or("")) && !has_year(gold.unwrap_or("XXXX")) && !gold.unwrap_or("").starts_with("..")
}

fn overlap_of<T: Placed>(a: &T, b: &T) -> f64 {
    overlap(a, b)
}

/// Pairs gold and predicted one to one, the heaviest pairs first, among those that `same` allows.
fn pair<T>(
    gold: &[&T],
    predicted: &[&T],
    same: impl Fn(&T, &T) -> bool,
    weight: impl Fn(&T, &T) -> f64,
) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (i, a) in gold.iter().enumerate() {
        for (j, b) in predicted.iter().enumerate() {
            if same(a, b) {
                pairs.push((weight(a, b), i, j));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut taken, mut used) = (vec![false; gold.len()], vec![false; predicted.len()]);
    let free = |(_, i, j): &(f64, usize, usize)| {
        let free = !taken[*i] && !used[*j];
        if free {
            taken[*i] = true;
            used[*j] = true;
        }
        free
    };
    pairs.into_iter().filter(free).map(|(_, i, j)| (i, j)).collect()
}

/// The gold rows that have no partner.
fn missed<'g, T>(gold: &[&'g T], pairs: &[(usize, usize)]) -> Vec<&'g T> {
    let paired: BTreeSet<usize> = pairs.iter().map(|(i, _)| *i).collect();
    gold.iter().enumerate().filter(|(i, _)| !paired.contains(i)).map(|(_, row)| *row).collect()
}

/// The predicted rows that have no partner.
fn too_many<'p, T>(predicted: &[&'p T], pairs: &[(usize, usize)]) -> Vec<&'p T> {
    let paired: BTreeSet<usize> = pairs.iter().map(|(_, j)| *j).collect();
    predicted.iter().enumerate().filter(|(j, _)| !paired.contains(j)).map(|(_, row)| *row).collect()
}

/// The first `count` characters.
fn head(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end])
}

fn or_none(cell: &Option<String>) -> &str {
    cell.as_deref().unwrap_or("None")
}
