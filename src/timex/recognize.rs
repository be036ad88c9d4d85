//! Finds the words of a text that are a date or a time.

use crate::error::Error;
use crate::lexicon::Source;
use crate::phrase::PhraseBuilder;
use crate::reading::Reading;
use crate::span::Span;
use crate::vocabulary::Vocabulary;

/// The rules of `timex.toml`, compiled.
#[derive(Clone, Debug, Default)]
pub struct TimexRules {
    names: Vec<String>,
}

impl TimexRules {
    /// Reads `timex.toml`.
    ///
    /// # Errors
    /// A mistake in a table, with its file and line.
    pub fn read(
        _sources: &[Source<'_>],
        _vocabulary: &mut Vocabulary,
        _phrases: &mut PhraseBuilder,
    ) -> Result<TimexRules, Error> {
        Ok(TimexRules::default())
    }

    /// The name of a rule.
    pub fn rule_name(&self, rule: u16) -> &str {
        self.names.get(rule as usize).map_or("", String::as_str)
    }
}

/// A stretch that reads as a time expression, not yet resolved.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Candidate {
    /// Where it stands.
    pub span: Span,
    /// The rule that found it.
    pub rule: u16,
}

/// Finds time expressions. Sorted; no two overlap.
pub fn recognize_times(_reading: &Reading<'_>, _rules: &TimexRules) -> Vec<Candidate> {
    Vec::new()
}
