//! `dateline run`: from the inputs to the files of the output.

use crate::Outcome;
use crate::args::{DateOrderArg, Format, RunArgs};
use crate::batch::{Batch, DOCUMENTS, JSON, Job, PARTS, quiet_guarded_panics, render};
use crate::corpus::Corpus;
use crate::dictionaries::Dictionaries;
use crate::lanes;
use crate::metadata::MetadataTable;
use crate::output::{ANNOTATIONS, HashedFile, Inputs, Output, Pending, Record};
use crate::report::{self, Progress, count, grouped};
use crate::resume::{Earlier, STATE, State, run_key};
use anyhow::{bail, ensure};
use dateline::Pipeline;
use dateline::emit::{Counts, Entities, Profile, Sheet, SheetKind, Status, write_entities, write_review};
use dateline::offsets::OffsetUnit;
use dateline::timex::DateOrder;
use serde_json::json;
use std::ops::Range;
use std::time::Instant;

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
        && &*only.path == "corpus"
    {
        bail!("there is no folder `corpus` here: name the files and folders to read");
    }
    let paths: Vec<&str> = corpus.inputs.iter().map(|input| &*input.path).collect();
    let rows = metadata.rows_of(&paths);
    complain(&metadata, &paths);
    drop(paths);
    let output = Output::open(&args.output)?;
    quiet_guarded_panics();

    let run = run_key(&facts(args, &dictionaries).each_ref().map(String::as_str));
    let names = part_names(args);
    let earlier = run.filter(|_| !args.fresh).and_then(|run| Earlier::open(&args.output, run, names));
    let job = Job {
        pipeline: &pipeline,
        profile: Profile::from(args.csv),
        unit: OffsetUnit::from(args.offset_unit),
        csv: args.format.contains(&Format::Csv),
        jsonl: args.format.contains(&Format::Jsonl),
        max_bytes: args.max_bytes,
        published: args.published,
        date_order: order,
        earlier: earlier.as_ref(),
    };
    let sizes: Vec<u64> = corpus.inputs.iter().map(|input| input.bytes).collect();
    let progress = Progress::new(sizes.iter().sum());
    let mut writer = Writer::new(output, names, run, job.profile)?;
    let make = |piece: Range<usize>| {
        let mut batch = Batch::default();
        for at in piece.clone() {
            render(&job, &corpus.inputs[at], rows[at], &mut batch);
        }
        progress.advance(sizes[piece.clone()].iter().sum());
        (piece, batch)
    };
    let take = |(piece, batch): (Range<usize>, Batch)| -> anyhow::Result<()> {
        for (input, rendered) in corpus.inputs[piece].iter().zip(&batch.documents) {
            if rendered.status != Status::Annotated {
                progress.say(&format!("{}: {}: {}", input.path, rendered.status.name(), rendered.message));
            }
        }
        writer.write(batch)
    };
    let written = lanes::in_order(&sizes, threads(args.jobs), make, take);
    progress.finish();
    written?;
    // The files of the earlier run are closed: they are about to be replaced.
    drop(earlier);
    let totals = writer.totals.clone();
    let accounted = totals.annotated + totals.skipped + totals.failed;
    ensure!(
        accounted == corpus.inputs.len() as u64,
        "a bug in dateline lost documents: {} listed, {accounted} accounted for",
        corpus.inputs.len()
    );
    let record = record(args, &dictionaries, &metadata, &totals);
    writer.commit(record, &pipeline)?;
    summarize(args, &corpus, &totals, started);
    Ok(if totals.skipped + totals.failed == 0 { Outcome::Done } else { Outcome::Partly })
}

/// How many threads `--jobs` asks for.
fn threads(jobs: u16) -> usize {
    match jobs {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        jobs => usize::from(jobs),
    }
}

/// The files that hold rows of documents, those that are not asked for left out.
fn part_names(args: &RunArgs) -> [Option<&'static str>; PARTS] {
    let (csv, jsonl) = (args.format.contains(&Format::Csv), args.format.contains(&Format::Jsonl));
    std::array::from_fn(|part| match part {
        DOCUMENTS => Some(SheetKind::Documents.file_name()),
        JSON => jsonl.then_some(ANNOTATIONS),
        layer => csv.then(|| SheetKind::LAYERS[layer - DOCUMENTS - 1].file_name()),
    })
}

/// What the rows of all documents depend on.
fn facts(args: &RunArgs, dictionaries: &Dictionaries) -> [String; 2] {
    let mut options = options(args);
    // A document within the limit has the same rows whatever the limit is.
    options["max_bytes"] = serde_json::Value::Null;
    let hashes: Vec<String> = dictionaries.hashes().into_iter().map(|(file, hash)| format!("{file} {hash}")).collect();
    [options.to_string(), hashes.join("\n")]
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

/// What a run has done.
#[derive(Clone, Debug, Default)]
struct Totals {
    annotated: u64,
    /// How many of those were copied from the earlier run.
    kept: u64,
    skipped: u64,
    failed: u64,
    bytes: u64,
    entities: u64,
    counts: Counts,
    inputs: blake3::Hasher,
}

/// Puts the rendered documents into the files, in their order.
struct Writer {
    output: Output,
    profile: Profile,
    parts: [Option<Pending>; PARTS],
    state: Option<State>,
    entities: Entities,
    totals: Totals,
}

impl Writer {
    fn new(
        mut output: Output,
        names: [Option<&str>; PARTS],
        run: Option<blake3::Hash>,
        profile: Profile,
    ) -> anyhow::Result<Writer> {
        let mut parts = [const { None }; PARTS];
        for (part, (slot, name)) in parts.iter_mut().zip(names).enumerate() {
            let Some(name) = name else { continue };
            let mut file = output.create(name)?;
            match part {
                JSON => {}
                DOCUMENTS => Sheet::write_header(&mut file, SheetKind::Documents, profile)?,
                layer => Sheet::write_header(&mut file, SheetKind::LAYERS[layer - DOCUMENTS - 1], profile)?,
            }
            *slot = Some(file);
        }
        let state = run.map(|run| State::new(output.create(STATE)?, run)).transpose()?;
        Ok(Writer { output, profile, parts, state, entities: Entities::default(), totals: Totals::default() })
    }

    fn write(&mut self, batch: Batch) -> anyhow::Result<()> {
        let mut ends: [u64; PARTS] = std::array::from_fn(|part| self.parts[part].as_ref().map_or(0, |file| file.len()));
        for (file, rows) in self.parts.iter_mut().zip(&batch.parts) {
            if let Some(file) = file {
                file.append(rows)?;
            }
        }
        for rendered in batch.documents {
            let places = std::array::from_fn(|part| (ends[part], rendered.lens[part]));
            ends.iter_mut().zip(rendered.lens).for_each(|(end, len)| *end += len as u64);
            match rendered.status {
                Status::Annotated => self.totals.annotated += 1,
                Status::Skipped => self.totals.skipped += 1,
                Status::Failed => self.totals.failed += 1,
            }
            if let (Status::Annotated, Some(key), Some(state)) = (rendered.status, rendered.key, &mut self.state) {
                state.add(key, &places, &rendered.counts, &rendered.entities)?;
            }
            self.totals.kept += u64::from(rendered.is_kept);
            self.totals.bytes += rendered.bytes;
            self.totals.counts.add(&rendered.counts);
            self.totals.inputs.update(rendered.hash.as_ref().map_or(&[0; 32][..], |hash| hash.as_bytes()));
            self.entities.add(rendered.entities);
        }
        self.totals.entities = self.entities.len() as u64;
        Ok(())
    }

    /// Writes what is known at the end only, and gives all files their names.
    fn commit(mut self, record: Record, pipeline: &Pipeline) -> anyhow::Result<()> {
        let csv = self.parts[DOCUMENTS + 1].is_some();
        let mut files = Vec::new();
        let mut hashes = Vec::new();
        for file in self.parts.into_iter().flatten() {
            hashes.push(file.hash());
            files.push(file.done()?);
        }
        if let Some(state) = self.state {
            state.done(&hashes)?;
        }
        if csv {
            for kind in [SheetKind::Entities, SheetKind::Review] {
                let mut file = self.output.create(kind.file_name())?;
                Sheet::write_header(&mut file, kind, self.profile)?;
                let mut sheet = Sheet::new(&mut file, self.profile);
                match kind {
                    SheetKind::Review => write_review(&self.entities, pipeline.proposals(), &mut sheet)?,
                    _ => write_entities(&self.entities, pipeline.gazetteer(), &mut sheet)?,
                }
                sheet.finish()?;
                files.push(file.done()?);
            }
        }
        files.sort_by(|a, b| a.file.cmp(&b.file));
        self.output.commit(record, files)
    }
}

/// What made this output. How many threads there were, and where, makes no difference and is not in it.
fn record(args: &RunArgs, dictionaries: &Dictionaries, metadata: &MetadataTable, totals: &Totals) -> Record {
    let counts = &totals.counts;
    Record {
        program: "dateline".to_string(),
        version: env!("CARGO_PKG_VERSION").to_string(),
        options: options(args),
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

/// The options that the output depends on.
fn options(args: &RunArgs) -> serde_json::Value {
    let formats: Vec<&str> =
        [Format::Csv, Format::Jsonl].into_iter().filter(|it| args.format.contains(it)).map(Format::name).collect();
    json!({
        "published": args.published.map(|date| date.to_string()),
        "date_order": args.date_order.map(DateOrderArg::name),
        "format": formats,
        "csv": Profile::from(args.csv).name(),
        "offset_unit": OffsetUnit::from(args.offset_unit).name(),
        "max_bytes": args.max_bytes,
    })
}

/// Says in words what was found, and what to open first.
fn summarize(args: &RunArgs, corpus: &Corpus, totals: &Totals, started: Instant) {
    let counts = &totals.counts;
    let seconds = started.elapsed().as_secs_f64();
    let speed = totals.bytes as f64 / 1e6 / seconds.max(1e-9);
    let documents = count(totals.annotated, "document", "documents");
    let mut line =
        format!("Annotated {documents}, {} words, in {seconds:.2} s ({speed:.1} MB/s)", grouped(counts.words));
    if totals.kept > 0 {
        line.push_str(&format!("; {} unchanged since the earlier run", grouped(totals.kept)));
    }
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
