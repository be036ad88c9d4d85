//! What an earlier run has left in the output folder, so that only what changed is annotated.
//!
//! Beside the output lies a state file. It says of every annotated document what its rows depended on (its key), and
//! where in the files of the output they stand. A document with the same key has the same rows: they are copied.
//! The state is used only where it is whole, made by this very program with the same options and dictionaries, and
//! where the files of the output are those that it was written with. Without it everything is done anew.

use crate::batch::PARTS;
use crate::output::Pending;
use blake3::{Hash, Hasher};
use dateline::Pipeline;
use dateline::emit::{Counts, EntityCounts};
use dateline::ingest::Metadata;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// The name of the state file in the folder of the output.
pub const STATE: &str = ".dateline-state";

/// The first bytes of a state file.
const MAGIC: &[u8; 16] = b"dateline state 1";
/// In place of the length of an entry: there is none more.
const END: u32 = u32::MAX;
/// The counts of a document.
const COUNTS: usize = 8;
/// The numbers that an entry begins with: where its rows begin and how long they are in each part, and its counts.
const NUMBERS: usize = 2 * PARTS + COUNTS;

/// What the rows of a document depend on beside what is the same for the whole run: a hash.
pub type Key = u128;

/// The key of a document: its path, its content, its row of the metadata table.
pub fn document_key(path: &str, content: Hash, metadata: Option<&Metadata>) -> Key {
    let mut hasher = Hasher::new();
    hasher.update(content.as_bytes());
    hasher.update(&(path.len() as u64).to_le_bytes());
    hasher.update(path.as_bytes());
    hasher.update(format!("{metadata:?}").as_bytes());
    let hash = hasher.finalize();
    Key::from_le_bytes(*hash.as_bytes().first_chunk().unwrap_or(&[0; 16]))
}

/// What all rows of a run depend on: the program to its last byte, and `facts`, such as options and dictionaries.
///
/// `None` where the program can't be read; nothing is kept then.
pub fn run_key(facts: &[&str]) -> Option<Hash> {
    let mut hasher = Hasher::new();
    hasher.update_reader(File::open(std::env::current_exe().ok()?).ok()?).ok()?;
    for fact in facts {
        hasher.update(&(fact.len() as u64).to_le_bytes());
        hasher.update(fact.as_bytes());
    }
    Some(hasher.finalize())
}

/// The earlier run's documents by their keys.
#[derive(Debug)]
pub struct Earlier {
    /// Sorted: the key of a document, and where its entry stands in the state.
    entries: Vec<(Key, u64, u32)>,
    state: Mutex<File>,
    /// The files of the output with their lengths, where they are written.
    parts: [Option<(Mutex<File>, u64)>; PARTS],
}

impl Earlier {
    /// Opens what a run with this key has left. `None` where there is nothing that can be used.
    pub fn open(folder: &Path, run: Hash, parts: [Option<&str>; PARTS]) -> Option<Earlier> {
        let mut state = Hashing { inner: BufReader::new(File::open(folder.join(STATE)).ok()?), hasher: Hasher::new() };
        let mut at = 0;
        let mut entries = Vec::new();
        if state.array::<16>()? != *MAGIC || state.array::<32>()? != *run.as_bytes() {
            return None;
        }
        at += 16 + 32;
        loop {
            let len = u32::from_le_bytes(state.array()?);
            if len == END {
                break;
            }
            let key = Key::from_le_bytes(state.array()?);
            at += 4 + 16;
            state.skip(u64::from(len))?;
            entries.push((key, at, len));
            at += u64::from(len);
        }
        let files: [u8; 32] = state.array()?;
        let whole = state.hasher.finalize();
        if state.array::<32>()? != *whole.as_bytes() || !state.inner.fill_buf().ok()?.is_empty() {
            return None;
        }
        let mut opened = [const { None }; PARTS];
        let mut hashes = Vec::new();
        for (slot, name) in opened.iter_mut().zip(parts) {
            let Some(name) = name else { continue };
            let mut file = File::open(folder.join(name)).ok()?;
            let mut hasher = Hasher::new();
            hasher.update_reader(&mut file).ok()?;
            hashes.push(hasher.finalize());
            let len = hasher.count();
            *slot = Some((Mutex::new(file), len));
        }
        if files != *hash_of_hashes(&hashes).as_bytes() {
            return None;
        }
        entries.sort_unstable();
        Some(Earlier { entries, state: Mutex::new(state.inner.into_inner()), parts: opened })
    }

    /// Appends the rows of the document with this key and text, and tells its counts. `None`, and nothing appended, where the
    /// earlier run had no such document.
    pub fn copy(
        &self,
        key: Key,
        text: &str,
        pipeline: &Pipeline,
        parts: &mut [Vec<u8>; PARTS],
    ) -> Option<(Counts, EntityCounts)> {
        let found = self.entries.binary_search_by_key(&key, |(key, ..)| *key).ok()?;
        let (_, at, len) = self.entries[found];
        let mut entry = Vec::new();
        append(&self.state, at, u64::from(len), &mut entry)?;
        let (numbers, entities) = entry.split_at_checked(8 * NUMBERS)?;
        let numbers: Vec<u64> =
            numbers.as_chunks().0.iter().map(|number: &[u8; 8]| u64::from_le_bytes(*number)).collect();
        let (places, counts) = numbers.split_at_checked(2 * PARTS)?;
        let counts = counts_of(counts.try_into().ok()?);
        let entities = EntityCounts::decode(entities, text, pipeline.gazetteer())?;
        let before: [usize; PARTS] = std::array::from_fn(|part| parts[part].len());
        let copied = places.as_chunks().0.iter().zip(&self.parts).zip(parts.iter_mut()).all(|((place, file), rows)| {
            let [at, len] = *place;
            let Some((file, end)) = file else { return len == 0 };
            at.checked_add(len).is_some_and(|last| last <= *end) && append(file, at, len, rows).is_some()
        });
        if !copied {
            parts.iter_mut().zip(before).for_each(|(part, len)| part.truncate(len));
            return None;
        }
        Some((counts, entities))
    }
}

/// Reads a stretch of a file to the end of `bytes`.
fn append(file: &Mutex<File>, at: u64, len: u64, bytes: &mut Vec<u8>) -> Option<()> {
    if len == 0 {
        return Some(());
    }
    let start = bytes.len();
    bytes.resize(start + usize::try_from(len).ok()?, 0);
    let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
    file.seek(SeekFrom::Start(at)).ok()?;
    file.read_exact(&mut bytes[start..]).ok()
}

/// The state of the run that is being written.
#[derive(Debug)]
pub struct State {
    file: Pending,
    entry: Vec<u8>,
}

impl State {
    /// Begins the state of a run with this key.
    pub fn new(mut file: Pending, run: Hash) -> anyhow::Result<State> {
        file.append(MAGIC)?;
        file.append(run.as_bytes())?;
        Ok(State { file, entry: Vec::new() })
    }

    /// Adds a document: where its rows begin and how long they are in each part, and what it adds to the counts.
    pub fn add(
        &mut self,
        key: Key,
        places: &[(u64, usize); PARTS],
        counts: &Counts,
        entities: &EntityCounts,
    ) -> anyhow::Result<()> {
        self.entry.clear();
        self.entry.extend([0; 4]);
        self.entry.extend(key.to_le_bytes());
        for (at, len) in places {
            self.entry.extend(at.to_le_bytes());
            self.entry.extend((*len as u64).to_le_bytes());
        }
        numbers_of(counts).iter().for_each(|number| self.entry.extend(number.to_le_bytes()));
        entities.encode(&mut self.entry);
        // A document of so many names that its entry is too long is annotated anew each time.
        let Some(len) = u32::try_from(self.entry.len() - 20).ok().filter(|len| *len < END) else { return Ok(()) };
        self.entry[..4].copy_from_slice(&len.to_le_bytes());
        self.file.append(&self.entry)
    }

    /// Ends the state: it belongs to parts with these hashes.
    pub fn done(mut self, parts: &[Hash]) -> anyhow::Result<()> {
        self.file.append(&END.to_le_bytes())?;
        self.file.append(hash_of_hashes(parts).as_bytes())?;
        let whole = self.file.hash();
        self.file.append(whole.as_bytes())?;
        self.file.done()?;
        Ok(())
    }
}

fn hash_of_hashes(hashes: &[Hash]) -> Hash {
    let mut hasher = Hasher::new();
    hashes.iter().for_each(|hash| {
        hasher.update(hash.as_bytes());
    });
    hasher.finalize()
}

fn numbers_of(counts: &Counts) -> [u64; COUNTS] {
    [
        counts.articles,
        counts.characters,
        counts.words,
        counts.mentions,
        counts.times,
        counts.quotations,
        counts.claims,
        counts.dated,
    ]
}

fn counts_of(numbers: [u64; COUNTS]) -> Counts {
    let [articles, characters, words, mentions, times, quotations, claims, dated] = numbers;
    Counts { articles, characters, words, mentions, times, quotations, claims, dated }
}

/// A file that is read from its beginning and hashed.
struct Hashing {
    inner: BufReader<File>,
    hasher: Hasher,
}

impl Hashing {
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let mut bytes = [0; N];
        self.read_exact(&mut bytes).ok()?;
        Some(bytes)
    }

    /// Reads over so many bytes.
    fn skip(&mut self, len: u64) -> Option<()> {
        let skipped = io::copy(&mut self.take(len), &mut io::sink()).ok()?;
        (skipped == len).then_some(())
    }
}

impl Read for Hashing {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(bytes)?;
        self.hasher.update(&bytes[..read]);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_depends_on_path_content_and_metadata() {
        let row = |title: &str| Metadata { title: Some(title.to_string()), ..Metadata::default() };
        let (a, b) = (blake3::hash(b"a"), blake3::hash(b"b"));
        let keys = [
            document_key("x", a, None),
            document_key("y", a, None),
            document_key("x", b, None),
            document_key("x", a, Some(&row("T"))),
            document_key("x", a, Some(&row("U"))),
            document_key("x", a, Some(&Metadata::default())),
        ];
        for (i, key) in keys.iter().enumerate() {
            assert_eq!(keys.iter().position(|other| other == key), Some(i));
        }
        assert_eq!(document_key("x", a, Some(&row("T"))), keys[3]);
    }

    #[test]
    fn counts_as_numbers() {
        let counts = counts_of([1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(numbers_of(&counts), [1, 2, 3, 4, 5, 6, 7, 8]);
    }
}
