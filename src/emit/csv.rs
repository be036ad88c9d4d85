//! Rows of the CSV sheets: those of documents and their layers.

use super::json::{polarity, speaker_name};
use super::label::{claim_kind, claim_rule, names, role_names};
use super::sheet::{Sheet, SheetKind};
use super::summary::summarize;
use super::{Counts, Findings, Status};
use crate::claim::{Claim, Party};
use crate::mention::one_line;
use crate::quotation::Quotation;
use crate::span::Span;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Writes the row of a document that was annotated.
///
/// # Errors
/// Those of the writer.
pub fn write_document<W: Write>(findings: &Findings<'_>, counts: &Counts, sheet: &mut Sheet<W>) -> io::Result<()> {
    let ingested = findings.ingested;
    sheet.text(findings.path)?;
    sheet.text(findings.path)?;
    sheet.text(Status::Annotated.name())?;
    sheet.option(ingested.note.as_ref())?;
    sheet.option(findings.title().map(one_line))?;
    sheet.option(ingested.author.as_ref())?;
    sheet.option(ingested.source.as_ref())?;
    sheet.option(ingested.url.as_ref())?;
    sheet.shown(findings.published())?;
    sheet.option(findings.published_from().map(|from| from.name()))?;
    for count in [
        counts.articles,
        counts.characters,
        counts.words,
        counts.mentions,
        counts.times,
        counts.quotations,
        counts.claims,
    ] {
        sheet.number(count)?;
    }
    sheet.end_row()
}

/// Writes the row of an input that was not annotated.
///
/// # Errors
/// Those of the writer.
pub fn write_refused<W: Write>(path: &str, status: Status, message: &str, sheet: &mut Sheet<W>) -> io::Result<()> {
    for cell in [path, path, status.name(), message] {
        sheet.text(cell)?;
    }
    for _ in 4..SheetKind::Documents.columns().len() {
        sheet.text("")?;
    }
    sheet.end_row()
}

/// Writes the rows of one layer of a document. The sheets of the run as a whole have no rows here.
///
/// # Errors
/// Those of the writer.
pub fn write_layer<W: Write>(kind: SheetKind, findings: &Findings<'_>, sheet: &mut Sheet<W>) -> io::Result<()> {
    match kind {
        SheetKind::Documents | SheetKind::Entities | SheetKind::Review => Ok(()),
        SheetKind::Mentions => write_mentions(findings, sheet),
        SheetKind::Times => write_times(findings, sheet),
        SheetKind::Quotations => {
            let mut quotations = findings.annotations.quotations.iter().enumerate();
            quotations.try_for_each(|(i, quotation)| write_quotation(findings, i, quotation, sheet))
        }
        SheetKind::Claims => {
            let mut claims = findings.annotations.claims.iter().enumerate();
            claims.try_for_each(|(i, claim)| write_claim(findings, i, claim, sheet))
        }
    }
}

/// Writes the cells that every annotation begins with: document, article, id, line, start, end.
fn write_place<W: Write>(
    findings: &Findings<'_>,
    letter: char,
    i: usize,
    span: Span,
    sheet: &mut Sheet<W>,
) -> io::Result<()> {
    let (start, end) = findings.offsets(span);
    sheet.text(findings.path)?;
    sheet.number(findings.article(span.start()) as u64)?;
    sheet.shown(Some(format_args!("{letter}{}", i + 1)))?;
    sheet.number(findings.offsets.line(span.start()) as u64)?;
    sheet.number(start as u64)?;
    sheet.number(end as u64)
}

fn write_mentions<W: Write>(findings: &Findings<'_>, sheet: &mut Sheet<W>) -> io::Result<()> {
    for (i, mention) in findings.annotations.mentions.mentions.iter().enumerate() {
        let Some(entity) = findings.entity(mention.entity) else { continue };
        write_place(findings, 'm', i, mention.span, sheet)?;
        sheet.text(mention.span.of(findings.text()))?;
        sheet.text(entity.entity_type.name())?;
        sheet.text(&entity.id)?;
        sheet.text(&entity.canonical)?;
        sheet.flag(entity.entry.is_some())?;
        sheet.text(mention.rule.name())?;
        sheet.end_row()?;
    }
    Ok(())
}

fn write_times<W: Write>(findings: &Findings<'_>, sheet: &mut Sheet<W>) -> io::Result<()> {
    for (i, time) in findings.annotations.times.iter().enumerate() {
        write_place(findings, 't', i, time.span, sheet)?;
        sheet.text(time.span.of(findings.text()))?;
        sheet.text(time.timex_type.name())?;
        sheet.shown(Some(time.value))?;
        sheet.option(time.modifier.map(|modifier| modifier.name()))?;
        sheet.text(findings.pipeline.timex_rules().rule_name(time.rule))?;
        sheet.end_row()?;
    }
    Ok(())
}

fn write_quotation<W: Write>(
    findings: &Findings<'_>,
    i: usize,
    quotation: &Quotation,
    sheet: &mut Sheet<W>,
) -> io::Result<()> {
    let text = findings.text();
    let layers = findings.annotations;
    let time = quotation.time.and_then(|time| layers.times.get(time as usize));
    let affiliation = quotation.affiliation.and_then(|id| findings.entity(id));
    let (before, after) = neighbours(findings, quotation.content);
    write_place(findings, 'q', i, quotation.content, sheet)?;
    sheet.text(quotation.content.of(text))?;
    sheet.text(quotation.kind.name())?;
    sheet.option(speaker_name(findings, quotation))?;
    sheet.option(quotation.entity.and_then(|id| findings.entity(id)).map(|entity| &entity.id))?;
    sheet.option(quotation.role.map(|role| one_line(role.of(text))))?;
    sheet.option(affiliation.map(|entity| &entity.canonical))?;
    sheet.option(quotation.cue.map(|cue| cue.of(text)))?;
    sheet.option(quotation.speaker.map(|speaker| speaker.of(text)))?;
    sheet.shown(time.map(|time| time.value))?;
    sheet.list(mentioned(findings, quotation.content).into_iter())?;
    sheet.option(before.map(|span| span.of(text)))?;
    sheet.option(after.map(|span| span.of(text)))?;
    sheet.text(quotation.rule)?;
    sheet.end_row()
}

/// The ids of the entities that a stretch mentions, each once, in the order of the text.
fn mentioned<'f>(findings: &'f Findings<'_>, span: Span) -> Vec<&'f str> {
    let mut ids: Vec<&str> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for mention in findings.annotations.mentions.within(span) {
        if let Some(entity) = findings.entity(mention.entity).filter(|_| seen.insert(mention.entity)) {
            ids.push(&entity.id);
        }
    }
    ids
}

/// The sentences before and after the ones that a stretch lies in, of the same article.
fn neighbours(findings: &Findings<'_>, span: Span) -> (Option<Span>, Option<Span>) {
    let sentences = &findings.annotations.sentences;
    let first = sentences.partition_point(|sentence| sentence.span.end() <= span.start());
    let after = sentences.partition_point(|sentence| sentence.span.start() < span.end()).max(first);
    let article = findings.article(span.start());
    let near = |i: Option<usize>| {
        i.and_then(|i| sentences.get(i)).map(|it| it.span).filter(|it| findings.article(it.start()) == article)
    };
    (near(first.checked_sub(1)), near(Some(after)))
}

fn write_claim<W: Write>(findings: &Findings<'_>, i: usize, claim: &Claim, sheet: &mut Sheet<W>) -> io::Result<()> {
    let text = findings.text();
    let amount = claim.amount.as_ref();
    let currency = amount.and_then(|amount| amount.currency);
    write_place(findings, 'c', i, claim.span, sheet)?;
    sheet.option(claim.time.and_then(|time| time.edtf()))?;
    sheet.text(claim_kind(findings.pipeline, claim.kind))?;
    sheet.option(names(text, &claim.subject))?;
    sheet.option(names(text, &claim.object))?;
    sheet.text(&summarize(findings, claim))?;
    sheet.text(claim.modality.name())?;
    sheet.text(polarity(claim))?;
    sheet.option(claim.attribution.map(|party| one_line(party.span.of(text))))?;
    sheet.shown(amount.and_then(|amount| amount.low))?;
    sheet.shown(amount.and_then(|amount| amount.high))?;
    sheet.option(currency.as_ref().and_then(|code| std::str::from_utf8(code).ok()))?;
    sheet.option(amount.and_then(|amount| amount.unit).map(|unit| one_line(unit.of(text))))?;
    sheet.option(claim.time.map(|time| time.text.of(text)))?;
    // Where a year is inferred, the basis is that of the year.
    let from = claim.inferred.map(|year| year.from).or(claim.time.map(|time| time.from));
    sheet.option(from.map(|from| from.name()))?;
    sheet.option(claim.time.map(|time| time.of.name()))?;
    sheet.shown(claim.inferred.map(|inferred| inferred.year))?;
    sheet.list(entity_ids(findings, &claim.subject))?;
    sheet.list(entity_ids(findings, &claim.object))?;
    sheet.text(&roles(findings, claim))?;
    sheet.shown(claim.quotation.map(|quotation| format!("q{}", quotation + 1)))?;
    sheet.shown(claim.same_as.map(|claim| format!("c{}", claim + 1)))?;
    sheet.text(claim.span.of(text))?;
    sheet.text(claim_rule(findings.pipeline, claim.rule))?;
    sheet.end_row()
}

/// The ids of those participants that are mentions.
fn entity_ids<'f>(findings: &'f Findings<'_>, parties: &'f [Party]) -> impl Iterator<Item = &'f str> {
    parties.iter().filter_map(|party| findings.entity(party.entity?)).map(|entity| &*entity.id)
}

/// `acquirer=Citrix Systems; target=…`, the roles that are filled.
fn roles(findings: &Findings<'_>, claim: &Claim) -> String {
    let names = role_names(findings.pipeline, claim.kind);
    let mut roles = String::new();
    for (role, party) in &claim.roles {
        let Some(name) = names.get(*role as usize) else { continue };
        if !roles.is_empty() {
            roles.push_str("; ");
        }
        let _ = write!(roles, "{name}={}", one_line(party.span.of(findings.text())));
    }
    roles
}
