//! What several tests share: the built-in pipeline, and cases of `tests/spec`.

#![allow(dead_code)]

use dateline::{Annotations, Document, Pipeline, Resources, Span};

/// The pipeline on the dictionaries that are compiled in.
pub fn pipeline() -> Pipeline {
    Pipeline::new(&Resources::built_in()).unwrap_or_else(|error| panic!("{error}"))
}

/// A text, and what must be found in it.
pub struct Case {
    /// `file:line` of the text block.
    pub place: String,
    pub published: Option<String>,
    pub text: String,
    pub expect: Vec<String>,
}

/// Reads the cases of a specification: each a `text` block and an `expect` block after it.
pub fn read_cases(file: &str, markdown: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut block: Option<(&str, Vec<&str>, usize)> = None;
    for (number, line) in markdown.lines().enumerate() {
        match (&mut block, line.strip_prefix("```")) {
            (None, Some(kind)) => block = Some((kind.trim(), Vec::new(), number + 2)),
            (Some(_), Some(_)) => {
                let Some((kind, lines, first)) = block.take() else { continue };
                match kind {
                    "text" => {
                        let published =
                            lines.first().and_then(|line| line.strip_prefix("published: ")).map(str::to_string);
                        let body = if published.is_some() { &lines[2.min(lines.len())..] } else { &lines[..] };
                        let text = body.join("\n");
                        cases.push(Case { place: format!("{file}:{first}"), published, text, expect: Vec::new() });
                    }
                    "expect" => {
                        let case = cases.last_mut().unwrap_or_else(|| panic!("{file}:{first}: expect without a text"));
                        case.expect
                            .extend(lines.iter().filter(|line| !line.trim().is_empty()).map(|line| line.to_string()));
                    }
                    _ => {}
                }
            }
            (Some((_, lines, _)), None) => lines.push(line),
            (None, None) => {}
        }
    }
    for case in &cases {
        assert!(!case.expect.is_empty(), "{}: a text without expectations", case.place);
    }
    cases
}

/// Runs a case; what is wrong with it, a line each.
pub fn check(pipeline: &Pipeline, case: &Case) -> Vec<String> {
    let published = case
        .published
        .as_ref()
        .map(|date| date.parse().unwrap_or_else(|_| panic!("{}: `{date}` is no date", case.place)));
    let document = Document::new(&case.text, published).unwrap_or_else(|error| panic!("{error}"));
    let found = Found { pipeline, text: &case.text, annotations: pipeline.annotate(&document) };
    let wrong = case.expect.iter().filter(|line| !found.holds(line, &case.place));
    wrong.map(|line| format!("{}: {line}\n    found: {}", case.place, found.describe(line))).collect()
}

/// The annotations of a text, told in words.
pub struct Found<'a> {
    pub pipeline: &'a Pipeline,
    pub text: &'a str,
    pub annotations: Annotations,
}

/// A finding in the words of the specifications: its layer, its text, and what is said of it.
pub struct Row {
    pub layer: &'static str,
    /// The stretch that the finding is drawn under.
    pub span: Span,
    pub text: String,
    pub says: Vec<(&'static str, String)>,
}

impl Found<'_> {
    /// All findings, layer by layer.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        let of = |span: Span| span.of(self.text).to_string();
        for mention in &self.annotations.mentions.mentions {
            let entity = self.annotations.mentions.entity(mention.entity);
            let canonical = entity.canonical(self.text, self.pipeline.gazetteer()).into_owned();
            let says = vec![("type", entity.entity_type.name().to_string()), ("canonical", canonical)];
            rows.push(Row { layer: "mention", span: mention.span, text: of(mention.span), says });
        }
        for time in &self.annotations.times {
            let modifier = time.modifier.map_or(String::new(), |modifier| modifier.name().to_string());
            let says = vec![
                ("type", time.timex_type.name().to_string()),
                ("value", time.value.to_string()),
                ("mod", modifier),
            ];
            rows.push(Row { layer: "time", span: time.span, text: of(time.span), says });
        }
        for quotation in &self.annotations.quotations {
            let name = |entity: Option<dateline::mention::EntityId>, span: Option<Span>| match entity {
                Some(id) => {
                    self.annotations.mentions.entity(id).canonical(self.text, self.pipeline.gazetteer()).into_owned()
                }
                None => span.map_or(String::new(), of),
            };
            let says = vec![
                ("type", quotation.kind.name().to_string()),
                ("speaker", name(quotation.entity, quotation.name)),
                ("source", quotation.speaker.map_or(String::new(), of)),
                ("cue", quotation.cue.map_or(String::new(), of)),
                ("role", quotation.role.map_or(String::new(), of)),
                ("affiliation", name(quotation.affiliation, None)),
            ];
            rows.push(Row { layer: "quotation", span: quotation.content, text: of(quotation.content), says });
        }
        rows.extend(self.claim_rows());
        rows
    }

    fn claim_rows(&self) -> Vec<Row> {
        let of = |span: Span| span.of(self.text).to_string();
        let parties = |parties: &[dateline::claim::Party]| {
            parties.iter().map(|party| of(party.span)).collect::<Vec<_>>().join("; ")
        };
        let row = |claim: &dateline::claim::Claim| {
            let amount = claim.amount.map_or(String::new(), |amount| {
                let bound = |bound: Option<f64>| bound.map_or(String::new(), |bound| bound.to_string());
                let currency =
                    amount.currency.map_or(String::new(), |code| String::from_utf8_lossy(&code).into_owned());
                format!("{}..{} {currency}", bound(amount.low), bound(amount.high)).trim_end().to_string()
            });
            let says = vec![
                ("type", self.pipeline.claim_rules().kind_name(claim.kind).to_string()),
                ("subject", parties(&claim.subject)),
                ("object", parties(&claim.object)),
                ("date", claim.time.and_then(|time| time.edtf()).unwrap_or_default()),
                ("modality", claim.modality.name().to_string()),
                ("polarity", if claim.negative { "negative" } else { "positive" }.to_string()),
                ("attribution", claim.attribution.map_or(String::new(), |party| of(party.span))),
                ("amount", amount),
            ];
            Row { layer: "claim", span: claim.span, text: of(claim.span), says }
        };
        self.annotations.claims.iter().map(row).collect()
    }

    fn holds(&self, line: &str, place: &str) -> bool {
        let wanted = Wanted::read(line).unwrap_or_else(|| panic!("{place}: `{line}` is no expectation"));
        let rows = self.rows();
        let found = rows.iter().any(|row| wanted.is_met_by(row));
        found != wanted.absent
    }

    /// What the layer that a line speaks of has.
    fn describe(&self, line: &str) -> String {
        let layer = Wanted::read(line).map_or(String::new(), |wanted| wanted.layer);
        let rows = self.rows();
        let rows = rows.iter().filter(|row| row.layer == layer);
        rows.map(|row| format!("{:?} {:?}", row.text, row.says)).collect::<Vec<_>>().join("\n           ")
    }
}

/// An expectation.
struct Wanted {
    absent: bool,
    layer: String,
    text: Option<String>,
    says: Vec<(String, String)>,
}

impl Wanted {
    fn read(line: &str) -> Option<Wanted> {
        let (absent, rest) = match line.strip_prefix("no ") {
            Some(rest) => (true, rest),
            None => (false, line),
        };
        let mut words = words(rest).into_iter();
        let layer = words.next()?;
        let mut wanted = Wanted { absent, layer: layer.clone(), text: None, says: Vec::new() };
        let positions: &[&str] = match layer.as_str() {
            "time" => &["type", "value", "mod"],
            "mention" | "quotation" | "claim" => &["type"],
            _ => return None,
        };
        let mut position = 0;
        let mut canonical = false;
        for word in words {
            if let Some(text) = word.strip_prefix('"').and_then(|word| word.strip_suffix('"')) {
                wanted.text = Some(text.replace("\\n", "\n"));
            } else if word == "->" {
                canonical = true;
            } else if canonical {
                match wanted.says.iter_mut().find(|(key, _)| key == "canonical") {
                    Some((_, name)) => {
                        name.push(' ');
                        name.push_str(&word);
                    }
                    None => wanted.says.push(("canonical".into(), word)),
                }
            } else if let Some((key, value)) =
                word.split_once('=').filter(|(key, _)| key.chars().all(char::is_alphabetic))
            {
                wanted.says.push((key.into(), value.trim_matches('"').into()));
            } else {
                wanted.says.push(((*positions.get(position)?).to_string(), word));
                position += 1;
            }
        }
        Some(wanted)
    }

    fn is_met_by(&self, row: &Row) -> bool {
        // A claim is told by what it says; a text given for it stands anywhere in its sentence.
        let text = match &self.text {
            Some(text) if self.layer == "claim" => row.text.contains(text.as_str()),
            Some(text) => row.text == *text,
            None => true,
        };
        row.layer == self.layer
            && text
            && self.says.iter().all(|(key, value)| row.says.iter().any(|(known, said)| known == key && said == value))
    }
}

/// The words of a line; what stands between quotation marks is one.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                word.push(c);
            }
            c if c.is_whitespace() && !quoted => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            c => word.push(c),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}
