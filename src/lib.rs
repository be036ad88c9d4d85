//! Reads tech articles and finds who did what, when, according to whom, and in whose words.
//!
//! ```
//! use dateline::{Document, Pipeline, Resources};
//!
//! let pipeline = Pipeline::new(&Resources::built_in())?;
//! let document = Document::new("On July 12, 2011, Citrix Systems announced an acquisition.", None)?;
//! let annotations = pipeline.annotate(&document);
//! assert_eq!(annotations.words, 9);
//! # Ok::<(), dateline::Error>(())
//! ```

pub mod amount;
pub mod claim;
pub mod cue;
mod document;
pub mod emit;
mod error;
pub mod gazetteer;
pub mod ingest;
pub mod lexicon;
pub mod lint;
pub mod marks;
pub mod mention;
pub mod offsets;
pub mod phrase;
mod pipeline;
pub mod proposal;
pub mod quotation;
pub mod reading;
pub mod reference;
pub mod score;
pub mod sentence;
mod slots;
mod span;
pub mod structure;
pub mod timex;
pub mod token;
pub mod vocabulary;
pub mod words;

pub use document::Document;
pub use error::{Error, ErrorKind};
pub use pipeline::{Annotations, Pipeline, Resources};
pub use span::Span;
