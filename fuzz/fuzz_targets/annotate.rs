//! Any text has well-formed annotations, the same twice, and they can be written.
#![no_main]

#[path = "../../tests/support/well_formed.rs"]
mod well_formed;

use dateline::emit::{EntityCounts, Findings, Profile, Sheet, SheetKind, write_document, write_json, write_layer};
use dateline::ingest::Ingested;
use dateline::offsets::OffsetUnit;
use dateline::{Document, Pipeline, Resources};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use well_formed::assert_well_formed;

static PIPELINE: LazyLock<Pipeline> =
    LazyLock::new(|| Pipeline::new(&Resources::built_in()).unwrap_or_else(|error| panic!("{error}")));

fuzz_target!(|text: &str| {
    // A publication date in half of all cases, each unit of offsets in a third: the length decides.
    let published = if text.len() % 2 == 0 { None } else { "2012-02-15".parse().ok() };
    let unit = [OffsetUnit::CodePoint, OffsetUnit::Byte, OffsetUnit::Utf16][text.len() % 3];
    let Ok(document) = Document::new(text, published) else { return };
    let annotations = PIPELINE.annotate(&document);
    assert_well_formed(text, &annotations);
    let first = written(text, &annotations, unit);
    assert!(first == written(text, &PIPELINE.annotate(&document), unit), "not the same twice");
});

/// Every row of the document, and its JSON.
fn written(text: &str, annotations: &dateline::Annotations, unit: OffsetUnit) -> Vec<u8> {
    let ingested = Ingested { text: text.to_string(), ..Ingested::default() };
    let findings = Findings::new("a.txt", &ingested, annotations, &PIPELINE, unit);
    let mut bytes = Vec::new();
    write_json(&findings, &mut bytes).expect("memory can be written");
    let mut sheet = Sheet::new(&mut bytes, Profile::Spreadsheet);
    write_document(&findings, &findings.counts(), &mut sheet).expect("memory can be written");
    sheet.finish().expect("memory can be written");
    for kind in SheetKind::LAYERS {
        let mut sheet = Sheet::new(&mut bytes, Profile::Spreadsheet);
        write_layer(kind, &findings, &mut sheet).expect("memory can be written");
        sheet.finish().expect("memory can be written");
    }
    bytes.extend(format!("{:?}", EntityCounts::of(&findings)).bytes());
    bytes
}
