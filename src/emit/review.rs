//! `review.csv`: the most frequent names that no dictionary has, each with the row that would add it.

use super::entities::{Entities, Unknown};
use super::sheet::Sheet;
use crate::gazetteer::dictionary_file;
use crate::proposal::Proposals;
use std::io::{self, Write};

/// How many names are worth a person's look.
const MOST: usize = 2_000;

/// Writes the rows of the sheet, the most mentioned name first.
///
/// # Errors
/// Those of the writer.
pub fn write_review<W: Write>(
    entities: &Entities,
    mut proposals: Proposals<'_>,
    sheet: &mut Sheet<W>,
) -> io::Result<()> {
    let unknown = entities.unknown();
    let new: Vec<_> = unknown.iter().filter(|name| !proposals.is_version(name.canonical)).take(MOST).collect();
    new.into_iter().try_for_each(|name| write_name(name, &mut proposals, sheet))
}

fn write_name<W: Write>(name: &Unknown<'_>, proposals: &mut Proposals<'_>, sheet: &mut Sheet<W>) -> io::Result<()> {
    sheet.text(name.canonical)?;
    sheet.text(name.entity_type.name())?;
    sheet.number(name.mentions)?;
    sheet.number(name.documents)?;
    for i in 0..3 {
        sheet.option(name.examples.get(i))?;
    }
    sheet.text(dictionary_file(name.entity_type))?;
    let row = proposals.row(name.entity_type, name.canonical, name.forms(), None);
    sheet.option(row.map(|cells| csv_line(&cells)).transpose()?)?;
    sheet.end_row()
}

/// The cells as a line of a dictionary, without its end.
fn csv_line(cells: &[String]) -> io::Result<String> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(cells)?;
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8_lossy(&bytes).trim_end().to_string())
}
