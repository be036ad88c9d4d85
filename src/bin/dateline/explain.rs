//! `dateline explain`: why a row is there. The document's text is read again, with the decisions written down.

use crate::args::ExplainArgs;
use crate::dictionaries::Dictionaries;
use crate::{Outcome, print, report};
use anyhow::{Context, bail};
use dateline::claim::{Claim, Party};
use dateline::mention::one_line;
use dateline::{Annotations, Document, Pipeline, Span};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead, BufReader};

/// Prints how a row of a run came about.
pub fn explain(args: &ExplainArgs) -> anyhow::Result<Outcome> {
    let row = find_document(args)?;
    let text = row["text"].as_str().context("the line of the document has no text")?;
    let published = row["published"].as_str().and_then(|date| date.parse().ok());
    let (letter, number) = args.id.split_at(args.id.chars().next().map_or(0, char::len_utf8));
    let place = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let layer = match letter {
        "m" => "mentions",
        "t" => "times",
        "q" => "quotations",
        "c" => "claims",
        _ => bail!("`{}` is no id: they are m1, t1, q1, c1, …", args.id),
    };
    let Some(found) = place.and_then(|place| row[layer].get(place)) else {
        report::say(&format!("{} has no {} in its {layer}", args.document, args.id));
        return Ok(Outcome::Partly);
    };
    let mut answer = format!("{} of {}\n", args.id, args.document);
    for (key, value) in found.as_object().into_iter().flatten() {
        if !matches!(key.as_str(), "id" | "start" | "end") && !value.is_null() {
            let _ = writeln!(answer, "  {key}: {}", shown(value));
        }
    }
    let pipeline = Dictionaries::read(&args.dictionaries)?.pipeline()?;
    let document = Document::new(text, published)?;
    if let (Some(place), "claims") = (place, layer) {
        let layers = pipeline.annotate(&document);
        match layers.claims.get(place) {
            Some(claim) if pipeline.claim_rules().kind_name(claim.kind) == found["type"] => {
                let told = Told { pipeline: &pipeline, layers: &layers, text };
                told.claim(claim, &document, &mut answer);
            }
            _ => answer.push_str("The dictionaries and options in force now give another row; run again to see it.\n"),
        }
    }
    print(&report::visible_lines(&answer))?;
    Ok(Outcome::Done)
}

/// The line of the document that was asked for, by its name or its path.
fn find_document(args: &ExplainArgs) -> anyhow::Result<Value> {
    let shown = args.annotations.display();
    let file = File::open(&args.annotations).with_context(|| format!("cannot read {shown}"))?;
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let line = line.with_context(|| format!("cannot read {shown}"))?;
        let row: Value =
            serde_json::from_str(&line).with_context(|| format!("{shown}:{}: no JSON object", number + 1))?;
        if row["document"] == args.document || row["path"] == args.document {
            return Ok(row);
        }
    }
    bail!("{shown} has no document `{}`", args.document)
}

/// A value of a row in words: the text of a span, the items of a list.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => one_line(text).into_owned(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => match fields.get("text") {
            Some(Value::String(text)) => one_line(text).into_owned(),
            _ => {
                let known = fields.iter().filter(|(_, value)| !value.is_null() && **value != Value::Array(Vec::new()));
                known.map(|(key, value)| format!("{key} {}", shown(value))).collect::<Vec<_>>().join(", ")
            }
        },
        other => other.to_string(),
    }
}

/// What a claim is told from.
struct Told<'a> {
    pipeline: &'a Pipeline,
    layers: &'a Annotations,
    text: &'a str,
}

impl Told<'_> {
    fn claim(&self, claim: &Claim, document: &Document<'_>, answer: &mut String) {
        let rules = self.pipeline.claim_rules();
        let _ = writeln!(answer, "how");
        let _ = writeln!(
            answer,
            "  trigger: `{}`, line {}, by the frame {}",
            self.words(claim.trigger),
            self.line(claim.trigger),
            rules.rule_name(claim.rule)
        );
        let names = rules.role_names(claim.kind);
        for (role, party) in &claim.roles {
            let name = names.get(*role as usize).map_or("", String::as_str);
            let _ = writeln!(answer, "  {name}: {}", self.party(claim, *party));
        }
        if let Some(time) = claim.time {
            let rule = time.time.and_then(|time| self.layers.times.get(time as usize));
            let rule = rule.map_or("no rule", |time| self.pipeline.timex_rules().rule_name(time.rule));
            let _ = writeln!(
                answer,
                "  date: `{}`, line {}, read by {rule}; from the {}, of the {}; anchor {}",
                self.words(time.text),
                self.line(time.text),
                time.from.name(),
                time.of.name(),
                document.published().map_or("none".to_string(), |date| date.to_string())
            );
        }
        if let Some(party) = claim.attribution {
            let _ = writeln!(answer, "  attribution: {}", self.party(claim, party));
        }
        if let Some(amount) = &claim.amount {
            let _ = writeln!(answer, "  amount: `{}`, line {}", self.words(amount.span), self.line(amount.span));
        }
        for trace in self.pipeline.trace_claims(document, &[]) {
            if trace.span.overlaps(claim.trigger) {
                let _ = writeln!(answer, "considered in the sentence\n  {}", one_line(&trace.units));
                for trigger in &trace.triggers {
                    let _ = writeln!(answer, "  {}", one_line(trigger));
                }
            }
        }
    }

    /// The words of a participant, whom they name, and where they stand.
    fn party(&self, claim: &Claim, party: Party) -> String {
        let mut told = format!("`{}`", self.words(party.span));
        if let Some(entity) = party.entity.map(|id| self.layers.mentions.entity(id)) {
            let canonical = entity.canonical(self.text, self.pipeline.gazetteer());
            let _ = write!(told, " ({} {canonical})", entity.entity_type.name());
        }
        if claim.span.covers(party.span) {
            told.push_str(", in the sentence");
        } else {
            let _ =
                write!(told, ", from line {}, for a word of the sentence that stands for it", self.line(party.span));
        }
        told
    }

    fn words(&self, span: Span) -> String {
        one_line(span.of(self.text)).into_owned()
    }

    fn line(&self, span: Span) -> usize {
        1 + self.text.as_bytes()[..span.start()].iter().filter(|byte| **byte == b'\n').count()
    }
}
