//! Documents from their bytes to their rows, in memory: what the threads do.

use crate::corpus::{Input, Origin};
use crate::metadata::file_name;
use crate::report;
use crate::resume::{Earlier, Key, document_key};
use dateline::emit::{
    Counts, EntityCounts, Findings, Profile, Sheet, SheetKind, Status, write_document, write_json, write_layer,
    write_refused,
};
use dateline::ingest::{Metadata, Outside, ingest};
use dateline::offsets::OffsetUnit;
use dateline::timex::DateOrder;
use dateline::{Document, Pipeline};
use jiff::civil::Date;
use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What is the same for all documents of a run.
pub struct Job<'a> {
    pub pipeline: &'a Pipeline,
    pub profile: Profile,
    pub unit: OffsetUnit,
    pub csv: bool,
    pub jsonl: bool,
    pub max_bytes: u64,
    pub published: Option<Date>,
    pub date_order: Option<DateOrder>,
    /// What an earlier run has left.
    pub earlier: Option<&'a Earlier>,
}

/// How many files of the output hold rows of documents.
pub const PARTS: usize = 2 + SheetKind::LAYERS.len();

/// The place of documents.csv among the parts; the sheets of layers follow in their order.
pub const DOCUMENTS: usize = 0;
/// The place of annotations.jsonl among the parts.
pub const JSON: usize = PARTS - 1;

/// What some documents add to every file of the output. This is all that is kept of them.
#[derive(Debug, Default)]
pub struct Batch {
    /// Rows of the documents, one after the other.
    pub parts: [Vec<u8>; PARTS],
    pub documents: Vec<Rendered>,
}

/// What became of a document.
#[derive(Debug)]
pub struct Rendered {
    pub status: Status,
    /// Why it was not annotated.
    pub message: String,
    /// How many bytes of each part are its own.
    pub lens: [usize; PARTS],
    pub entities: EntityCounts,
    pub counts: Counts,
    /// How many bytes were read.
    pub bytes: u64,
    /// A hash of them.
    pub hash: Option<blake3::Hash>,
    /// What its rows depend on.
    pub key: Option<Key>,
    /// Whether its rows are those of the earlier run.
    pub is_kept: bool,
}

/// Why a document has no annotations.
struct Refused {
    status: Status,
    message: String,
}

impl Refused {
    fn failed(message: String) -> Refused {
        Refused { status: Status::Failed, message }
    }

    fn skipped(message: String) -> Refused {
        Refused { status: Status::Skipped, message }
    }
}

/// Reads, annotates and renders one input into the batch. Whatever is wrong with it is in its row.
pub fn render(job: &Job<'_>, input: &Input, metadata: Option<&Metadata>, batch: &mut Batch) {
    let mut rendered = Rendered {
        status: Status::Annotated,
        message: String::new(),
        lens: [0; PARTS],
        entities: EntityCounts::default(),
        counts: Counts::default(),
        bytes: 0,
        hash: None,
        key: None,
        is_kept: false,
    };
    let parts = &mut batch.parts;
    let before: [usize; PARTS] = std::array::from_fn(|part| parts[part].len());
    let done = read(job, input).and_then(|bytes| {
        let hash = blake3::hash(&bytes);
        let key = document_key(&input.path, hash, metadata);
        rendered.bytes = bytes.len() as u64;
        (rendered.hash, rendered.key) = (Some(hash), Some(key));
        guard(|| annotate(job, input, metadata, bytes, key, &mut rendered, parts))
            .unwrap_or_else(|bug| Err(Refused::failed(format!("a bug in dateline stopped it: {bug}"))))
    });
    if let Err(refused) = done {
        // Of a document that a bug stopped half-way, nothing stays.
        parts.iter_mut().zip(before).for_each(|(part, len)| part.truncate(len));
        rendered.entities = EntityCounts::default();
        rendered.counts = Counts::default();
        rendered.status = refused.status;
        let mut sheet = Sheet::new(&mut parts[DOCUMENTS], job.profile);
        // Writing into memory doesn't fail.
        let _ = write_refused(&input.path, refused.status, &refused.message, &mut sheet);
        let _ = sheet.finish();
        rendered.message = refused.message;
    }
    rendered.lens = std::array::from_fn(|part| parts[part].len() - before[part]);
    batch.documents.push(rendered);
}

/// Reads the bytes of an input, no more than the limit.
fn read(job: &Job<'_>, input: &Input) -> Result<Vec<u8>, Refused> {
    let limit = job.max_bytes;
    let over = |bytes: &str| {
        Refused::skipped(format!("it has {bytes}, more than the limit of {} (--max-bytes)", report::size(limit)))
    };
    let read = |from: &mut dyn Read, len: u64| -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(len.min(limit) as usize + 1);
        from.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = match &input.origin {
        Origin::Nowhere(why) => return Err(Refused { status: why.0, message: why.1.clone() }),
        Origin::File if input.bytes > limit => return Err(over(&report::size(input.bytes))),
        Origin::File => File::open(input.raw()).and_then(|mut file| read(&mut file, input.bytes)),
        Origin::StandardInput => read(&mut io::stdin().lock(), 0),
    };
    let bytes = bytes.map_err(|error| Refused::failed(format!("cannot be read: {error}")))?;
    if bytes.len() as u64 > limit { Err(over("more bytes")) } else { Ok(bytes) }
}

fn annotate(
    job: &Job<'_>,
    input: &Input,
    metadata: Option<&Metadata>,
    bytes: Vec<u8>,
    key: Key,
    rendered: &mut Rendered,
    parts: &mut [Vec<u8>; PARTS],
) -> Result<(), Refused> {
    let outside =
        Outside { file_name: file_name(&input.path), metadata, published: job.published, date_order: job.date_order };
    let ingested = ingest(bytes, &outside).map_err(|refusal| Refused::skipped(refusal.to_string()))?;
    let copied = job.earlier.and_then(|earlier| earlier.copy(key, &ingested.text, job.pipeline, parts));
    if let Some((counts, entities)) = copied {
        (rendered.counts, rendered.entities, rendered.is_kept) = (counts, entities, true);
        return Ok(());
    }
    let published = ingested.published.map(|(date, _)| date);
    let document = Document::new(&ingested.text, published).map_err(|error| Refused::skipped(error.to_string()))?;
    let annotations = job.pipeline.annotate(&document);
    let findings = Findings::new(&input.path, &ingested, &annotations, job.pipeline, job.unit);
    rendered.counts = findings.counts();
    rendered.entities = EntityCounts::of(&findings);
    write(job, &findings, &rendered.counts, parts).map_err(|error| Refused::failed(error.to_string()))
}

fn write(job: &Job<'_>, findings: &Findings<'_>, counts: &Counts, parts: &mut [Vec<u8>; PARTS]) -> io::Result<()> {
    let mut sheet = Sheet::new(&mut parts[DOCUMENTS], job.profile);
    write_document(findings, counts, &mut sheet)?;
    sheet.finish()?;
    if job.csv {
        for (kind, rows) in SheetKind::LAYERS.into_iter().zip(&mut parts[DOCUMENTS + 1..]) {
            let mut sheet = Sheet::new(rows, job.profile);
            write_layer(kind, findings, &mut sheet)?;
            sheet.finish()?;
        }
    }
    if job.jsonl {
        write_json(findings, &mut parts[JSON])?;
    }
    Ok(())
}

thread_local! {
    /// Whether a panic of this thread is caught and told in a document's row.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    /// What the last such panic said.
    static BUG: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Makes panics inside [`guard`] silent, so that they are told once and in order. Others are shown as ever.
pub fn quiet_guarded_panics() {
    let shown = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !GUARDED.get() {
            return shown(panic);
        }
        let payload = panic.payload();
        let owned = payload.downcast_ref::<String>().map(String::as_str);
        let message = owned.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("panic");
        let place = panic.location().map_or(String::new(), |place| format!(" ({}:{})", place.file(), place.line()));
        BUG.set(format!("{message}{place}"));
    }));
}

/// Runs `work`. A panic in it becomes an error that says what it was.
fn guard<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    GUARDED.set(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(false);
    done.map_err(|_| BUG.take())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_with_its_place() {
        quiet_guarded_panics();
        assert_eq!(guard(|| 1), Ok(1));
        let bug = guard(|| panic!("out of {}", "luck")).unwrap_err();
        assert!(bug.starts_with("out of luck (") && bug.contains("batch.rs:"), "{bug}");
    }
}
