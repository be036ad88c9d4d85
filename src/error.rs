//! What can be wrong with a dictionary or a document, and where.

use std::fmt;

/// Something wrong with a resource or a document. Small: one pointer.
#[derive(Debug)]
pub struct Error(Box<ErrorKind>);

/// The kinds of [`Error`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A mistake in a dictionary file. Shown as `file:line: message`.
    Dictionary {
        /// The file's name, such as `companies.csv`.
        file: String,
        /// The 1-based line.
        line: u64,
        /// What is wrong, in words.
        message: String,
    },
    /// A text too long for 32-bit offsets; its length in bytes.
    TextTooLong(usize),
}

impl Error {
    /// A mistake at a line of a dictionary file.
    pub fn dictionary(file: &str, line: u64, message: impl Into<String>) -> Error {
        Error(Box::new(ErrorKind::Dictionary { file: file.into(), line, message: message.into() }))
    }

    /// A text of `len` bytes, more than 32-bit offsets can address.
    pub fn text_too_long(len: usize) -> Error {
        Error(Box::new(ErrorKind::TextTooLong(len)))
    }

    /// Which kind of error this is.
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            ErrorKind::Dictionary { file, line, message } => write!(f, "{file}:{line}: {message}"),
            ErrorKind::TextTooLong(len) => write!(f, "the text has {len} bytes; at most {} can be annotated", u32::MAX),
        }
    }
}

impl std::error::Error for Error {}
