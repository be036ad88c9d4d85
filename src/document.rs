//! A document as the pipeline takes it.

use crate::error::Error;
use jiff::civil::Date;

/// A text with what is known of it from outside.
#[derive(Clone, Copy, Debug)]
pub struct Document<'t> {
    text: &'t str,
    published: Option<Date>,
}

impl<'t> Document<'t> {
    /// A document over `text`, published on `published` where that is known.
    ///
    /// # Errors
    /// [`crate::ErrorKind::TextTooLong`] where 32-bit offsets can't address the text.
    pub fn new(text: &'t str, published: Option<Date>) -> Result<Document<'t>, Error> {
        if text.len() >= u32::MAX as usize {
            return Err(Error::text_too_long(text.len()));
        }
        Ok(Document { text, published })
    }

    /// The text, as it was given.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The publication date, the anchor of relative dates.
    pub fn published(&self) -> Option<Date> {
        self.published
    }
}
