//! `dateline run`: from the inputs to the files of the output.

use crate::Outcome;
use crate::args::{DateOrderArg, Format, RunArgs};
use crate::batch::{Job, Rendered, quiet_guarded_panics, render};
use crate::corpus::{Corpus, Input};
use crate::dictionaries::Dictionaries;
use crate::metadata::MetadataTable;
use crate::output::{ANNOTATIONS, HashedFile, Inputs, Output, Pending, Record};
use crate::report::{self, Progress, count, grouped};
use anyhow::{Context, bail, ensure};
use dateline::Pipeline;
use dateline::emit::{Counts, Entities, Profile, Sheet, SheetKind, Status, write_entities, write_review};
use dateline::ingest::Metadata;
use dateline::offsets::OffsetUnit;
use dateline::timex::DateOrder;
use rayon::prelude::*;
use serde_json::json;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Instant;

/// The threads share out so many bytes of input at a time; what is in memory is bounded by it.
const CHUNK_BYTES: u64 = 4 << 20;
/// Nor more documents than these.
const CHUNK_DOCUMENTS: usize = 1_024;

/// Annotates the inputs and writes the output.
pub fn run(args: &RunArgs) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let order = args.date_order.map(DateOrder::from);
    let dictionaries = Dictionaries::read(&args.dictionaries)?;
    let pipeline = dictionaries.pipeline()?.with_date_order(order.unwrap_or_default());
    let metadata = match &args.metadata {
        Some(path) => MetadataTable::read(path, order)?,
        None => MetadataTable::default(),
    };
    let corpus = Corpus::list(&args.inputs);
    if let ([only], true) = (corpus.inputs.as_slice(), args.inputs == ["corpus".into()] as [std::path::PathBuf; 1])
        && only.path == "corpus"
    {
        bail!("there is no folder `corpus` here: name the files and folders to read");
    }
    let paths: Vec<&str> = corpus.inputs.iter().map(|input| input.path.as_str()).collect();
    let rows = metadata.rows_of(&paths);
    complain(&metadata, &paths);
    let output = Output::open(&args.output)?;
    let pool =
        rayon::ThreadPoolBuilder::new().num_threads(usize::from(args.jobs)).build().context("cannot start threads")?;
    quiet_guarded_panics();

    let job = Job {
        pipeline: &pipeline,
        profile: Profile::from(args.csv),
        unit: OffsetUnit::from(args.offset_unit),
        csv: args.format.contains(&Format::Csv),
        jsonl: args.format.contains(&Format::Jsonl),
        max_bytes: args.max_bytes,
        published: args.published,
        date_order: order,
    };
    let progress = Progress::new(corpus.inputs.iter().map(|input| input.bytes).sum());
    let mut writer = Writer::new(output, &job, &progress)?;
    let inputs: Vec<(&Input, Option<&Metadata>)> = corpus.inputs.iter().zip(rows).collect();
    let written: anyhow::Result<()> = std::thread::scope(|scope| {
        let (send, receive) = sync_channel(1);
        let writing = scope.spawn(|| writer.write(receive));
        for chunk in chunks(&inputs) {
            let render = |(input, row): &(&Input, Option<&Metadata>)| {
                let rendered = render(&job, input, *row);
                progress.advance(input.bytes);
                rendered
            };
            let rendered: Vec<Rendered> = pool.install(|| chunk.par_iter().map(render).collect());
            let rendered: Vec<_> = chunk.iter().map(|(input, _)| input.path.as_str()).zip(rendered).collect();
            if send.send(rendered).is_err() {
                break;
            }
        }
        drop(send);
        writing.join().unwrap_or_else(|_| bail!("a bug in dateline stopped the writing"))
    });
    progress.finish();
    written?;
    let totals = writer.totals.clone();
    ensure!(
        totals.annotated + totals.skipped + totals.failed == corpus.inputs.len() as u64,
        "a bug in dateline lost documents: {} listed, {} accounted for",
        corpus.inputs.len(),
        totals.annotated + totals.skipped + totals.failed
    );
    let record = record(args, &dictionaries, &metadata, &totals);
    writer.commit(record, &pipeline)?;
    summarize(args, &corpus, &totals, started);
    Ok(if totals.skipped + totals.failed == 0 { Outcome::Done } else { Outcome::Partly })
}

/// Says what is wrong with the metadata table and stops nothing.
fn complain(metadata: &MetadataTable, paths: &[&str]) {
    const SHOWN: usize = 10;
    for complaint in metadata.complaints.iter().take(SHOWN) {
        report::say(complaint);
    }
    if let Some(more) = metadata.complaints.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        report::say(&format!("and {more} more dates of the metadata that are no full dates"));
    }
    let unused = metadata.unused(paths) as u64;
    if unused > 0 {
        let rows = count(unused, "row of the metadata belongs", "rows of the metadata belong");
        report::say(&format!("{rows} to no document, or to several of that name"));
    }
}

/// Cuts the inputs into chunks of bounded size. One over the bound is a chunk of its own.
fn chunks<'c, 'i>(
    inputs: &'c [(&'i Input, Option<&'i Metadata>)],
) -> impl Iterator<Item = &'c [(&'i Input, Option<&'i Metadata>)]> {
    let mut rest = inputs;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let fits = |(input, _): &&(&Input, _)| {
            bytes += input.bytes;
            bytes <= CHUNK_BYTES
        };
        let end = rest.iter().take(CHUNK_DOCUMENTS).take_while(fits).count().max(1).min(rest.len());
        let (chunk, after) = rest.split_at(end);
        rest = after;
        (!chunk.is_empty()).then_some(chunk)
    })
}

/// What a run has done.
#[derive(Clone, Debug, Default)]
struct Totals {
    annotated: u64,
    skipped: u64,
    failed: u64,
    bytes: u64,
    entities: u64,
    counts: Counts,
    inputs: blake3::Hasher,
}

/// Puts the rendered documents into the files, in their order.
struct Writer<'a> {
    output: Output,
    job: &'a Job<'a>,
    progress: &'a Progress,
    documents: Pending,
    layers: Vec<Pending>,
    json: Option<Pending>,
    entities: Entities,
    totals: Totals,
}

impl<'a> Writer<'a> {
    fn new(mut output: Output, job: &'a Job<'a>, progress: &'a Progress) -> anyhow::Result<Writer<'a>> {
        let mut begin = |kind: SheetKind| -> anyhow::Result<Pending> {
            let mut file = output.create(kind.file_name())?;
            Sheet::write_header(&mut file, kind, job.profile)?;
            Ok(file)
        };
        let documents = begin(SheetKind::Documents)?;
        let kinds = if job.csv { &SheetKind::LAYERS[..] } else { &[] };
        let layers = kinds.iter().map(|kind| begin(*kind)).collect::<anyhow::Result<_>>()?;
        let json = if job.jsonl { Some(output.create(ANNOTATIONS)?) } else { None };
        let (entities, totals) = (Entities::default(), Totals::default());
        Ok(Writer { output, job, progress, documents, layers, json, entities, totals })
    }

    fn write(&mut self, chunks: Receiver<Vec<(&str, Rendered)>>) -> anyhow::Result<()> {
        for (path, rendered) in chunks.into_iter().flatten() {
            self.documents.append(&rendered.row)?;
            for (file, rows) in self.layers.iter_mut().zip(&rendered.layers) {
                file.append(rows)?;
            }
            if let Some(json) = &mut self.json {
                json.append(&rendered.json)?;
            }
            match rendered.status {
                Status::Annotated => self.totals.annotated += 1,
                Status::Skipped => self.totals.skipped += 1,
                Status::Failed => self.totals.failed += 1,
            }
            if rendered.status != Status::Annotated {
                self.progress.say(&format!("{path}: {}: {}", rendered.status.name(), rendered.message));
            }
            self.totals.bytes += rendered.bytes;
            self.totals.counts.add(&rendered.counts);
            self.totals.inputs.update(rendered.hash.as_ref().map_or(&[0; 32][..], |hash| hash.as_bytes()));
            self.entities.add(rendered.entities);
            self.totals.entities = self.entities.len() as u64;
        }
        Ok(())
    }

    /// Writes what is known at the end only, and gives all files their names.
    fn commit(mut self, record: Record, pipeline: &Pipeline) -> anyhow::Result<()> {
        let mut files = vec![self.documents.done()?];
        for file in self.layers {
            files.push(file.done()?);
        }
        if self.job.csv {
            for kind in [SheetKind::Entities, SheetKind::Review] {
                let mut file = self.output.create(kind.file_name())?;
                Sheet::write_header(&mut file, kind, self.job.profile)?;
                let mut sheet = Sheet::new(&mut file, self.job.profile);
                match kind {
                    SheetKind::Review => write_review(&self.entities, pipeline.proposals(), &mut sheet)?,
                    _ => write_entities(&self.entities, pipeline.gazetteer(), &mut sheet)?,
                }
                sheet.finish()?;
                files.push(file.done()?);
            }
        }
        if let Some(json) = self.json {
            files.push(json.done()?);
        }
        files.sort_by(|a, b| a.file.cmp(&b.file));
        self.output.commit(record, files)
    }
}

/// What made this output. How many threads there were, and where, makes no difference and is not in it.
fn record(args: &RunArgs, dictionaries: &Dictionaries, metadata: &MetadataTable, totals: &Totals) -> Record {
    let formats: Vec<&str> =
        [Format::Csv, Format::Jsonl].into_iter().filter(|it| args.format.contains(it)).map(Format::name).collect();
    let counts = &totals.counts;
    Record {
        program: "dateline".to_string(),
        version: env!("CARGO_PKG_VERSION").to_string(),
        options: json!({
            "published": args.published.map(|date| date.to_string()),
            "date_order": args.date_order.map(DateOrderArg::name),
            "format": formats,
            "csv": Profile::from(args.csv).name(),
            "offset_unit": OffsetUnit::from(args.offset_unit).name(),
            "max_bytes": args.max_bytes,
        }),
        metadata: metadata.hash.clone(),
        dictionaries: dictionaries.hashes().into_iter().map(|(file, blake3)| HashedFile { file, blake3 }).collect(),
        inputs: Inputs {
            listed: totals.annotated + totals.skipped + totals.failed,
            bytes: totals.bytes,
            blake3: totals.inputs.finalize().to_hex().to_string(),
        },
        counts: json!({
            "annotated": totals.annotated,
            "skipped": totals.skipped,
            "failed": totals.failed,
            "articles": counts.articles,
            "characters": counts.characters,
            "words": counts.words,
            "mentions": counts.mentions,
            "entities": totals.entities,
            "times": counts.times,
            "quotations": counts.quotations,
            "claims": counts.claims,
            "claims_dated": counts.dated,
        }),
        files: Vec::new(),
    }
}

/// Says in words what was found, and what to open first.
fn summarize(args: &RunArgs, corpus: &Corpus, totals: &Totals, started: Instant) {
    let counts = &totals.counts;
    let seconds = started.elapsed().as_secs_f64();
    let speed = totals.bytes as f64 / 1e6 / seconds.max(1e-9);
    let documents = count(totals.annotated, "document", "documents");
    let mut line =
        format!("Annotated {documents}, {} words, in {seconds:.2} s ({speed:.1} MB/s)", grouped(counts.words));
    let left = [(totals.skipped, "skipped"), (totals.failed, "failed")];
    for (number, what) in left.into_iter().filter(|(number, _)| *number > 0) {
        line.push_str(&format!("; {} {what}", grouped(number)));
    }
    report::say(&format!("{line}."));
    if let Some(passed_over) = corpus.passed_over.in_words() {
        report::say(&format!("Passed over: {passed_over}."));
    }
    report::say(&format!(
        "Found {} of {}, {}, {} and {}, {} of them dated.",
        count(counts.mentions, "mention", "mentions"),
        count(totals.entities, "entity", "entities"),
        count(counts.times, "date or time", "dates and times"),
        count(counts.quotations, "quotation", "quotations"),
        count(counts.claims, "claim", "claims"),
        grouped(counts.dated),
    ));
    let csv = args.format.contains(&Format::Csv);
    let (first, why) = match (totals.annotated > 0, csv) {
        (false, _) => (SheetKind::Documents.file_name(), "it says what became of each input"),
        (true, true) if counts.claims > 0 => (SheetKind::Claims.file_name(), "it reads like a ledger"),
        (true, true) => (SheetKind::Mentions.file_name(), "it has every name that was found"),
        (true, false) => (ANNOTATIONS, "it has everything, a document a line"),
    };
    report::say(&format!("Open {} first: {why}.", args.output.join(first).display()));
}
