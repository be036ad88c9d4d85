//! The inputs of a run: files named, folders walked, standard input.

use crate::report::count;
use dateline::emit::Status;
use std::collections::BTreeMap;
use std::fs::{self, FileType, Metadata};
use std::path::{Path, PathBuf};

/// An input, which gets its row in documents.csv whatever becomes of it. Small: a corpus has many.
#[derive(Debug)]
pub struct Input {
    /// The name of the document: its path as given, `/` between the parts.
    pub path: Box<str>,
    /// Its path to the system, where that is spelled in another way.
    raw: Option<Box<Path>>,
    /// How many bytes it has, as far as that is known.
    pub bytes: u64,
    /// Where it is read from.
    pub origin: Origin,
}

/// Where an input is read from.
#[derive(Debug)]
pub enum Origin {
    /// A regular file.
    File,
    /// Standard input.
    StandardInput,
    /// Nowhere: it can't be read, or must not be opened. Why.
    Nowhere(Box<(Status, String)>),
}

impl Input {
    fn new(raw: &Path, bytes: u64, origin: Origin) -> Input {
        let path = spell(raw);
        let raw = (raw.as_os_str() != &*path).then(|| raw.into());
        Input { path, raw, bytes, origin }
    }

    /// Its path to the system.
    pub fn raw(&self) -> &Path {
        self.raw.as_deref().unwrap_or(Path::new(&*self.path))
    }

    fn raw_bytes(&self) -> &[u8] {
        self.raw().as_os_str().as_encoded_bytes()
    }
}

/// The inputs in the order of the output, and what lay beside them.
#[derive(Debug, Default)]
pub struct Corpus {
    pub inputs: Vec<Input>,
    pub passed_over: PassedOver,
}

/// What a folder held that is no input, counted.
#[derive(Debug, Default)]
pub struct PassedOver {
    readme: u64,
    dot: u64,
    links: u64,
    other: BTreeMap<String, u64>,
}

/// The extensions of inputs in a folder, lower case.
const EXTENSIONS: [&str; 4] = ["markdown", "md", "text", "txt"];

impl PassedOver {
    /// What was passed over, in words. `None` where nothing was.
    pub fn in_words(&self) -> Option<String> {
        let mut parts = Vec::new();
        let mut push = |number: u64, one: &str, many: &str| {
            if number > 0 {
                parts.push(count(number, one, many));
            }
        };
        push(self.readme, "README", "READMEs");
        push(self.dot, "dot file or folder", "dot files and folders");
        push(self.links, "link to a folder", "links to folders");
        for (extension, number) in &self.other {
            let kind = if extension.is_empty() { "without extension".into() } else { format!("*.{extension}") };
            push(*number, &format!("file {kind}"), &format!("files {kind}"));
        }
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

impl Corpus {
    /// Lists the inputs: in the order given, the files of a folder in byte order of their paths, each path once.
    pub fn list(arguments: &[PathBuf]) -> Corpus {
        let mut corpus = Corpus::default();
        for argument in arguments {
            if argument.as_os_str() == "-" {
                corpus.inputs.push(Input::new(argument, 0, Origin::StandardInput));
                continue;
            }
            match fs::metadata(argument) {
                Ok(metadata) if metadata.is_dir() => corpus.walk(argument),
                Ok(metadata) => corpus.inputs.push(input(argument, &metadata)),
                Err(error) => corpus.inputs.push(unreadable(argument, &error)),
            }
        }
        if arguments.len() > 1 {
            corpus.keep_first();
        }
        corpus
    }

    /// Keeps the first of the inputs that have the same path.
    fn keep_first(&mut self) {
        let mut order: Vec<usize> = (0..self.inputs.len()).collect();
        order.sort_by_key(|at| (self.inputs[*at].raw_bytes(), *at));
        let is_again = |pair: &&[usize]| self.inputs[pair[0]].raw_bytes() == self.inputs[pair[1]].raw_bytes();
        let mut again: Vec<usize> = order.windows(2).filter(is_again).map(|pair| pair[1]).collect();
        again.sort_unstable();
        let mut again = again.into_iter().peekable();
        let mut at = 0;
        self.inputs.retain(|_| {
            at += 1;
            again.next_if_eq(&(at - 1)).is_none()
        });
    }

    /// Adds the inputs under a folder. Links to folders are not followed, so that no loop can be walked.
    fn walk(&mut self, folder: &Path) {
        let first = self.inputs.len();
        let mut open = vec![folder.to_path_buf()];
        // In the folder where we are, files are called by their names alone.
        let shown = |path: &Path| match path.strip_prefix(".") {
            Ok(inner) if folder == Path::new(".") && inner != Path::new("") => inner.to_path_buf(),
            _ => path.to_path_buf(),
        };
        while let Some(folder) = open.pop() {
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) => {
                    self.inputs.push(unreadable(&shown(&folder), &error));
                    continue;
                }
            };
            for entry in entries {
                let entry = match entry {
                    Ok(entry) => entry,
                    Err(error) => {
                        self.inputs.push(unreadable(&shown(&folder), &error));
                        break;
                    }
                };
                let path = entry.path();
                let name = entry.file_name();
                let name = name.as_encoded_bytes();
                if name.starts_with(b".") {
                    self.passed_over.dot += 1;
                    continue;
                }
                // Of a link, what it leads to; of what can't be asked, what it is said to be.
                let metadata = fs::metadata(&path);
                let is_link = entry.file_type().is_ok_and(|kind: FileType| kind.is_symlink());
                match &metadata {
                    Ok(metadata) if metadata.is_dir() && is_link => self.passed_over.links += 1,
                    Ok(metadata) if metadata.is_dir() => open.push(path),
                    _ if name.get(..6).is_some_and(|start| start.eq_ignore_ascii_case(b"readme")) => {
                        self.passed_over.readme += 1;
                    }
                    _ => match (extension(&path), &metadata) {
                        (extension, _) if !EXTENSIONS.contains(&extension.as_str()) => {
                            *self.passed_over.other.entry(extension).or_default() += 1;
                        }
                        (_, Ok(metadata)) => self.inputs.push(input(&shown(&path), metadata)),
                        (_, Err(error)) => self.inputs.push(unreadable(&shown(&path), error)),
                    },
                }
            }
        }
        self.inputs[first..].sort_unstable_by(|a, b| a.raw_bytes().cmp(b.raw_bytes()));
    }
}

/// The extension of a path in lower case; empty where it has none.
fn extension(path: &Path) -> String {
    path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

/// A file, or what is none and must not be opened: a FIFO would wait for ever, a device has no end.
fn input(path: &Path, metadata: &Metadata) -> Input {
    if metadata.is_file() {
        return Input::new(path, metadata.len(), Origin::File);
    }
    let message = format!("it is {}, not a regular file; nothing was read", special(metadata.file_type()));
    Input::new(path, 0, Origin::Nowhere(Box::new((Status::Skipped, message))))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Input {
    Input::new(path, 0, Origin::Nowhere(Box::new((Status::Failed, format!("cannot be read: {error}")))))
}

#[cfg(unix)]
fn special(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_fifo() {
        "a FIFO"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn special(_kind: FileType) -> &'static str {
    "a device"
}

/// A path as text. Bytes that are no UTF-8 are spelled `\xFF`, so that two names stay two.
fn spell(path: &Path) -> Box<str> {
    if let (Some(text), false) = (path.to_str(), cfg!(windows)) {
        return text.into();
    }
    let mut text = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| text.push_str(&format!("\\x{byte:02X}")));
    }
    if cfg!(windows) { text.replace('\\', "/").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_passed_over_in_words() {
        let mut passed = PassedOver::default();
        assert_eq!(passed.in_words(), None);
        passed.readme = 1;
        passed.dot = 2;
        passed.other.insert("html".into(), 3);
        passed.other.insert(String::new(), 1);
        assert_eq!(
            passed.in_words().unwrap(),
            "1 README, 2 dot files and folders, 1 file without extension, 3 files *.html"
        );
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_text_are_spelled() {
        use std::os::unix::ffi::OsStrExt;
        let path = Path::new(std::ffi::OsStr::from_bytes(b"caf\xe9.txt"));
        assert_eq!(&*spell(path), "caf\\xE9.txt");
    }
}
