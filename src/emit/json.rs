//! `annotations.jsonl`: one JSON object a document, with all its layers and its text.

use super::Findings;
use super::label::{claim_kind, claim_rule, names, role_names};
use crate::amount::Amount;
use crate::claim::{Claim, Party};
use crate::mention::{EntityId, one_line};
use crate::quotation::Quotation;
use crate::span::Span;
use serde::ser::{SerializeMap, SerializeStruct};
use serde::{Serialize, Serializer};
use std::io::{self, Write};

/// Writes the object of a document and a line feed. Values are raw: nothing is guarded or cut.
///
/// | key | what it holds |
/// | --- | --- |
/// | `document`, `path` | the path of the input |
/// | `title`, `author`, `source`, `url` | from the metadata or front matter; the title else from the first heading |
/// | `published`, `published_from` | the publication date and how it is known |
/// | `offset_unit` | what `start` and `end` count, everywhere |
/// | `text` | the text that they point into, end exclusive |
/// | `articles` | the pieces in the text |
/// | `mentions`, `times`, `quotations`, `claims` | the layers, with ids `m1`, `t1`, `q1`, `c1` by which they refer to each other |
///
/// What is not known is null.
///
/// # Errors
/// Those of the writer.
pub fn write_json<W: Write>(findings: &Findings<'_>, mut out: W) -> io::Result<()> {
    serde_json::to_writer(&mut out, &Object(findings))?;
    out.write_all(b"\n")
}

struct Object<'f, 'a>(&'f Findings<'a>);

impl Serialize for Object<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let findings = self.0;
        let layers = findings.annotations;
        let mut object = serializer.serialize_struct("Document", 15)?;
        object.serialize_field("document", findings.path)?;
        object.serialize_field("path", findings.path)?;
        object.serialize_field("title", &findings.title().map(one_line))?;
        object.serialize_field("author", &findings.ingested.author)?;
        object.serialize_field("source", &findings.ingested.source)?;
        object.serialize_field("url", &findings.ingested.url)?;
        object.serialize_field("published", &findings.published().map(Shown))?;
        object.serialize_field("published_from", &findings.published_from().map(|from| from.name()))?;
        object.serialize_field("offset_unit", findings.unit.name())?;
        object.serialize_field("text", findings.text())?;
        let articles = || {
            layers.articles.iter().map(|article| {
                let (start, end) = findings.offsets(article.span);
                let title = article.title.map(|title| one_line(title.of(findings.text())));
                Article { start, end, title, published: None }
            })
        };
        object.serialize_field("articles", &Each(articles))?;
        object.serialize_field("mentions", &Each(|| mentions(findings)))?;
        object.serialize_field("times", &Each(|| times(findings)))?;
        let quotations = || layers.quotations.iter().enumerate().map(|(i, it)| quotation(findings, i, it));
        object.serialize_field("quotations", &Each(quotations))?;
        let claims = || layers.claims.iter().enumerate().map(|(i, it)| claim(findings, i, it));
        object.serialize_field("claims", &Each(claims))?;
        object.end()
    }
}

#[derive(Serialize)]
struct Article<'a> {
    start: usize,
    end: usize,
    title: Option<std::borrow::Cow<'a, str>>,
    published: Option<&'a str>,
}

#[derive(Serialize)]
struct MentionRow<'a> {
    id: Id,
    start: usize,
    end: usize,
    text: &'a str,
    r#type: &'static str,
    entity: &'a str,
    canonical: &'a str,
    in_dictionary: bool,
    rule: &'static str,
}

fn mentions<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = MentionRow<'f>> {
    findings.annotations.mentions.mentions.iter().enumerate().filter_map(|(i, mention)| {
        let entity = findings.entity(mention.entity)?;
        let (start, end) = findings.offsets(mention.span);
        Some(MentionRow {
            id: Id('m', i),
            start,
            end,
            text: mention.span.of(findings.text()),
            r#type: entity.entity_type.name(),
            entity: &entity.id,
            canonical: &entity.canonical,
            in_dictionary: entity.entry.is_some(),
            rule: mention.rule.name(),
        })
    })
}

#[derive(Serialize)]
struct TimeRow<'a> {
    id: Id,
    start: usize,
    end: usize,
    text: &'a str,
    r#type: &'static str,
    value: Shown<crate::timex::TimexValue>,
    r#mod: Option<&'static str>,
    rule: &'a str,
}

fn times<'f>(findings: &'f Findings<'_>) -> impl Iterator<Item = TimeRow<'f>> {
    findings.annotations.times.iter().enumerate().map(|(i, time)| {
        let (start, end) = findings.offsets(time.span);
        TimeRow {
            id: Id('t', i),
            start,
            end,
            text: time.span.of(findings.text()),
            r#type: time.timex_type.name(),
            value: Shown(time.value),
            r#mod: time.modifier.map(|modifier| modifier.name()),
            rule: findings.pipeline.timex_rules().rule_name(time.rule),
        }
    })
}

#[derive(Serialize)]
struct QuotationRow<'a> {
    id: Id,
    start: usize,
    end: usize,
    text: &'a str,
    kind: &'static str,
    cue: Option<Place<'a>>,
    speaker: Option<Place<'a>>,
    speaker_name: Option<std::borrow::Cow<'a, str>>,
    speaker_entity: Option<&'a str>,
    role: Option<std::borrow::Cow<'a, str>>,
    affiliation: Option<&'a str>,
    date: Option<Shown<crate::timex::TimexValue>>,
    rule: &'static str,
}

fn quotation<'f>(findings: &'f Findings<'_>, i: usize, quotation: &Quotation) -> QuotationRow<'f> {
    let (start, end) = findings.offsets(quotation.content);
    let text = findings.text();
    let time = quotation.time.and_then(|time| findings.annotations.times.get(time as usize));
    QuotationRow {
        id: Id('q', i),
        start,
        end,
        text: quotation.content.of(text),
        kind: quotation.kind.name(),
        cue: quotation.cue.map(|span| place(findings, span)),
        speaker: quotation.speaker.map(|span| place(findings, span)),
        speaker_name: speaker_name(findings, quotation),
        speaker_entity: quotation.entity.and_then(|id| entity_id(findings, id)),
        role: quotation.role.map(|role| one_line(role.of(text))),
        affiliation: quotation.affiliation.and_then(|id| findings.entity(id)).map(|entity| &*entity.canonical),
        date: time.map(|time| Shown(time.value)),
        rule: quotation.rule,
    }
}

/// Who says it, in full as far as the document tells: the entity's name, else the words of a name that is no mention.
pub(super) fn speaker_name<'f>(findings: &'f Findings<'_>, quotation: &Quotation) -> Option<std::borrow::Cow<'f, str>> {
    match quotation.entity.and_then(|id| findings.entity(id)) {
        Some(entity) => Some(std::borrow::Cow::Borrowed(&entity.told)),
        None => quotation.name.map(|name| one_line(name.of(findings.text()))),
    }
}

#[derive(Serialize)]
struct ClaimRow<'a> {
    id: Id,
    start: usize,
    end: usize,
    text: &'a str,
    r#type: &'a str,
    trigger: Place<'a>,
    subject: Option<std::borrow::Cow<'a, str>>,
    object: Option<std::borrow::Cow<'a, str>>,
    roles: Roles<'a>,
    date: Option<String>,
    date_text: Option<&'a str>,
    date_from: Option<&'static str>,
    date_of: Option<&'static str>,
    time: Option<Id>,
    quotation: Option<Id>,
    same_as: Option<Id>,
    modality: &'static str,
    polarity: &'static str,
    attribution: Option<std::borrow::Cow<'a, str>>,
    amount: Option<AmountRow<'a>>,
    rule: &'a str,
}

fn claim<'f>(findings: &'f Findings<'_>, i: usize, claim: &'f Claim) -> ClaimRow<'f> {
    let (start, end) = findings.offsets(claim.span);
    let text = findings.text();
    ClaimRow {
        id: Id('c', i),
        start,
        end,
        text: claim.span.of(text),
        r#type: claim_kind(findings.pipeline, claim.kind),
        trigger: place(findings, claim.trigger),
        subject: names(text, &claim.subject),
        object: names(text, &claim.object),
        roles: Roles {
            names: role_names(findings.pipeline, claim.kind),
            filled: &claim.roles,
            party: Box::new(move |party| RoleRow {
                text: one_line(party.span.of(text)),
                entity: party.entity.and_then(|id| entity_id(findings, id)),
            }),
        },
        date: claim.time.and_then(|time| time.edtf()),
        date_text: claim.time.map(|time| time.text.of(text)),
        date_from: claim.time.map(|time| time.from.name()),
        date_of: claim.time.map(|time| time.of.name()),
        time: claim.time.and_then(|time| time.time).map(|time| Id('t', time as usize)),
        quotation: claim.quotation.map(|quotation| Id('q', quotation as usize)),
        same_as: claim.same_as.map(|claim| Id('c', claim as usize)),
        modality: claim.modality.name(),
        polarity: polarity(claim),
        attribution: claim.attribution.map(|party| one_line(party.span.of(text))),
        amount: claim.amount.as_ref().map(|amount| amount_row(text, amount)),
        rule: claim_rule(findings.pipeline, claim.rule),
    }
}

/// `positive` or `negative`.
pub(super) fn polarity(claim: &Claim) -> &'static str {
    if claim.negative { "negative" } else { "positive" }
}

/// All roles of a claim's type, filled or not.
struct Roles<'a> {
    names: &'a [String],
    filled: &'a [(u8, Party)],
    party: Box<dyn Fn(&Party) -> RoleRow<'a> + 'a>,
}

#[derive(Serialize)]
struct RoleRow<'a> {
    text: std::borrow::Cow<'a, str>,
    entity: Option<&'a str>,
}

impl Serialize for Roles<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.names.len()))?;
        for (i, name) in self.names.iter().enumerate() {
            let filled = || self.filled.iter().filter(move |(role, _)| *role as usize == i);
            map.serialize_entry(name, &Each(|| filled().map(|(_, party)| (self.party)(party))))?;
        }
        map.end()
    }
}

#[derive(Serialize)]
struct AmountRow<'a> {
    low: Option<Number>,
    high: Option<Number>,
    currency: Option<&'a str>,
    unit: Option<std::borrow::Cow<'a, str>>,
}

fn amount_row<'a>(text: &'a str, amount: &'a Amount) -> AmountRow<'a> {
    AmountRow {
        low: amount.low.map(Number),
        high: amount.high.map(Number),
        currency: amount.currency.as_ref().and_then(|code| std::str::from_utf8(code).ok()),
        unit: amount.unit.map(|unit| one_line(unit.of(text))),
    }
}

/// A span with its words.
#[derive(Serialize)]
struct Place<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

fn place<'f>(findings: &'f Findings<'_>, span: Span) -> Place<'f> {
    let (start, end) = findings.offsets(span);
    Place { start, end, text: span.of(findings.text()) }
}

fn entity_id<'f>(findings: &'f Findings<'_>, id: EntityId) -> Option<&'f str> {
    findings.entity(id).map(|entity| &*entity.id)
}

/// The id of an annotation: its layer's letter and its 1-based place.
struct Id(char, usize);

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}{}", self.0, self.1 + 1))
    }
}

/// A value as it is shown.
struct Shown<T>(T);

impl<T: std::fmt::Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// A figure, whole where it is whole.
struct Number(f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.fract() == 0.0 && self.0.abs() < 9e15 {
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

/// A sequence made item by item while it is written.
struct Each<F>(F);

impl<F, I> Serialize for Each<F>
where
    F: Fn() -> I,
    I: Iterator,
    I::Item: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}
