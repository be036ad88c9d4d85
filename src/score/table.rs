//! The table of scores, as it is printed.

use std::fmt;

/// Counts by name, in the order that they were first named.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    counts: Vec<(String, Count)>,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Count {
    pub right: usize,
    pub predicted: usize,
    pub gold: usize,
}

impl Tally {
    pub fn add(&mut self, name: &str, right: usize, predicted: usize, gold: usize) {
        let at = match self.counts.iter().position(|(known, _)| known == name) {
            Some(at) => at,
            None => {
                self.counts.push((name.to_string(), Count::default()));
                self.counts.len() - 1
            }
        };
        let count = &mut self.counts[at].1;
        count.right += right;
        count.predicted += predicted;
        count.gold += gold;
    }

    pub fn rows(&self) -> impl Iterator<Item = &(String, Count)> {
        self.counts.iter()
    }
}

/// A figure of the table.
#[derive(Clone, PartialEq, Debug)]
pub enum Score {
    /// Precision, recall and F1 in per cent, and how many gold rows there are.
    Found {
        /// Precision.
        precision: Figure,
        /// Recall.
        recall: Figure,
        /// Their harmonic mean.
        f1: Figure,
        /// Rows of the gold.
        gold: usize,
    },
    /// A share in per cent, and of how many.
    Share(Figure, usize),
    /// A count.
    Count(usize),
}

/// A percentage; `None` where there is nothing to divide by, which counts as 0.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Figure(pub Option<f64>);

impl Figure {
    /// The percentage, 0 where there is none.
    pub fn value(self) -> f64 {
        self.0.unwrap_or(0.0)
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(value) => f.pad(&format!("{value:.1}")),
            None => f.pad("0"),
        }
    }
}

pub(super) fn found(count: Count) -> Score {
    let share = |of: usize| (of > 0).then(|| count.right as f64 / of as f64);
    let (precision, recall) = (share(count.predicted), share(count.gold));
    let (p, r) = (precision.unwrap_or(0.0), recall.unwrap_or(0.0));
    let f1 = (p + r > 0.0).then(|| 2.0 * p * r / (p + r));
    let percent = |share: Option<f64>| Figure(share.map(|share| 100.0 * share));
    Score::Found { precision: percent(precision), recall: percent(recall), f1: percent(f1), gold: count.gold }
}

/// All scores of a run against a folder of gold. Shown, it is a table with a line a score.
#[derive(Clone, PartialEq, Debug)]
pub struct Table {
    /// How many gold files there were.
    pub files: usize,
    /// How many documents were predicted.
    pub predicted: usize,
    /// The scores with their names.
    pub scores: Vec<(String, Score)>,
}

impl Table {
    /// The score called `name`.
    pub fn score(&self, name: &str) -> Option<&Score> {
        self.scores.iter().find(|(known, _)| known == name).map(|(_, score)| score)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} gold files, {} predicted", self.files, self.predicted)?;
        writeln!(f, "{:24}{:>7}{:>7}{:>7}{:>7}", "", "P", "R", "F1", "gold")?;
        for (name, score) in &self.scores {
            match score {
                Score::Found { precision, recall, f1, gold } => {
                    writeln!(f, "{name:24}{precision:>7}{recall:>7}{f1:>7}{gold:>7}")?;
                }
                Score::Share(share, of) => writeln!(f, "{name:24}{share:>21}{of:>7}")?,
                Score::Count(count) => writeln!(f, "{name:24}{count:>21}{:>7}", 0)?,
            }
        }
        Ok(())
    }
}
