//! The folder of the output: files written aside and renamed when whole, run.json last.

use crate::resume::STATE;
use anyhow::{Context, bail};
use dateline::emit::SheetKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// The name of the record of a run.
pub const RECORD: &str = "run.json";

/// The file of JSON Lines.
pub const ANNOTATIONS: &str = "annotations.jsonl";
/// Every file that a run may write.
fn files() -> impl Iterator<Item = &'static str> {
    [ANNOTATIONS, RECORD].into_iter().chain(SheetKind::ALL.map(SheetKind::file_name))
}

/// What made an output, and what it holds. No clock, no absolute path: the same run gives the same bytes.
#[derive(Debug, Serialize, Deserialize)]
pub struct Record {
    pub program: String,
    pub version: String,
    pub options: serde_json::Value,
    /// A hash of the metadata table.
    pub metadata: Option<String>,
    pub dictionaries: Vec<HashedFile>,
    pub inputs: Inputs,
    pub counts: serde_json::Value,
    pub files: Vec<HashedFile>,
}

/// A file with the hash of its contents.
#[derive(Debug, Serialize, Deserialize)]
pub struct HashedFile {
    pub file: String,
    pub blake3: String,
}

/// What was read.
#[derive(Debug, Serialize, Deserialize)]
pub struct Inputs {
    pub listed: u64,
    pub bytes: u64,
    /// A hash of the hashes of all inputs in their order.
    pub blake3: String,
}

/// An output folder that is being written. Dropped before [`Output::commit`], it leaves the folder as it was.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    /// The files of the run before, by its record.
    earlier: Vec<String>,
    /// Files that are written aside.
    aside: BTreeSet<String>,
    /// Held to the end, that no two runs write at once. The system frees it, however a run ends.
    _lock: Option<File>,
}

impl Output {
    /// Makes the folder where it is missing, locks it, and tries whether it can be written.
    pub fn open(folder: &Path) -> anyhow::Result<Output> {
        let writing = || format!("cannot write into the output folder {}", folder.display());
        fs::create_dir_all(folder).with_context(writing)?;
        let lock = lock(folder)?;
        let record = read_record(folder).ok();
        let earlier = record.map_or(Vec::new(), |record| record.files.into_iter().map(|file| file.file).collect());
        let mut output = Output { folder: folder.to_path_buf(), earlier, aside: BTreeSet::new(), _lock: lock };
        output.sweep().with_context(writing)?;
        output.create(RECORD).with_context(writing)?.done().with_context(writing)?;
        Ok(output)
    }

    /// Removes what a run that was killed has left.
    fn sweep(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let is_aside = |known: &str| name.as_encoded_bytes() == aside(known).as_bytes();
            if files().chain([STATE]).any(is_aside) && entry.file_type()?.is_file() {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    /// Begins a file, beside its final name.
    pub fn create(&mut self, name: &str) -> anyhow::Result<Pending> {
        let path = self.folder.join(aside(name));
        let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        self.aside.insert(name.to_string());
        let shown = self.folder.join(name).display().to_string();
        Ok(Pending {
            name: name.to_string(),
            shown,
            out: BufWriter::with_capacity(1 << 16, file),
            hash: blake3::Hasher::new(),
        })
    }

    /// Gives all files their final names, removes those of the run before that this one has not, and writes the
    /// record last: until then the record there tells that the folder is mixed.
    pub fn commit(mut self, mut record: Record, files: Vec<HashedFile>) -> anyhow::Result<()> {
        record.files = files;
        let mut pending = self.create(RECORD)?;
        serde_json::to_writer_pretty(&mut pending, &record).context("cannot write run.json")?;
        pending.write_all(b"\n")?;
        pending.done()?;
        for file in &record.files {
            self.rename(&file.file)?;
        }
        let kept: BTreeSet<&str> = record.files.iter().map(|file| file.file.as_str()).collect();
        for name in self.earlier.iter().filter(|name| is_plain(name) && !kept.contains(name.as_str())) {
            match fs::remove_file(self.folder.join(name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(error).with_context(|| format!("cannot remove {name} of the earlier run"));
                }
                _ => {}
            }
        }
        match self.aside.contains(STATE) {
            true => self.rename(STATE)?,
            // What is there tells of other files than these.
            false => drop(fs::remove_file(self.folder.join(STATE))),
        }
        self.rename(RECORD)
    }

    fn rename(&mut self, name: &str) -> anyhow::Result<()> {
        let path = self.folder.join(name);
        fs::rename(self.folder.join(aside(name)), &path).with_context(|| format!("cannot write {}", path.display()))?;
        self.aside.remove(name);
        Ok(())
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        for name in &self.aside {
            // What can't be removed now is swept away by the next run.
            let _ = fs::remove_file(self.folder.join(aside(name)));
        }
    }
}

/// The end of the name of a file that is not whole yet.
const ASIDE: &str = ".partial";

/// What a file is called until it is whole.
fn aside(name: &str) -> String {
    format!(".{}{ASIDE}", name.trim_start_matches('.'))
}

/// Locks the folder for this run. `None` where the file system has no locks: two runs at once are not told apart there.
fn lock(folder: &Path) -> anyhow::Result<Option<File>> {
    // On Unix the folder itself can be locked, and nothing is left behind.
    let opened = match cfg!(unix) {
        true => File::open(folder),
        false => File::create(folder.join(".dateline-lock")),
    };
    let Ok(file) = opened else { return Ok(None) };
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => bail!(
            "another run is writing into {}: wait until it is done, or name another folder with --output",
            folder.display()
        ),
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

/// Whether a name is that of a file in the folder itself, as all of ours are.
pub fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':', '\0'])
}

/// A file that is being written and hashed.
#[derive(Debug)]
pub struct Pending {
    name: String,
    shown: String,
    out: BufWriter<File>,
    hash: blake3::Hasher,
}

impl Pending {
    /// Ends the file: everything is handed to the system.
    pub fn done(mut self) -> anyhow::Result<HashedFile> {
        self.out.flush().with_context(|| format!("cannot write {}", self.shown))?;
        Ok(HashedFile { blake3: self.hash().to_hex().to_string(), file: self.name })
    }

    /// Appends bytes; an error names the file.
    pub fn append(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        self.write_all(bytes).with_context(|| format!("cannot write {}", self.shown))
    }

    /// How many bytes were appended.
    pub fn len(&self) -> u64 {
        self.hash.count()
    }

    /// A hash of them.
    pub fn hash(&self) -> blake3::Hash {
        self.hash.finalize()
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Reads the record of a folder.
pub fn read_record(folder: &Path) -> anyhow::Result<Record> {
    let path = folder.join(RECORD);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let record: Record =
        serde_json::from_str(&text).with_context(|| format!("{} is no record of a run", path.display()))?;
    match record.files.iter().find(|file| !is_plain(&file.file)) {
        Some(file) => bail!("{} names a file outside its folder: {}", path.display(), file.file),
        None => Ok(record),
    }
}
