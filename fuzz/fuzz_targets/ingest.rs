//! Any bytes are a text or a refusal; and what is read of a text is text.
#![no_main]

use dateline::ingest::{Outside, date_in_name, find_published, ingest, read_date, read_front_matter};
use dateline::timex::DateOrder;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let order = match bytes.len() % 4 {
        0 => None,
        1 => Some(DateOrder::MonthDayYear),
        2 => Some(DateOrder::DayMonthYear),
        _ => Some(DateOrder::YearMonthDay),
    };
    let name = String::from_utf8_lossy(&bytes[..bytes.len().min(24)]);
    let outside = Outside { file_name: &name, metadata: None, published: None, date_order: order };
    let first = ingest(bytes.to_vec(), &outside);
    let again = ingest(bytes.to_vec(), &outside);
    assert_eq!(format!("{first:?}"), format!("{again:?}"));
    match first {
        Ok(ingested) => {
            assert!(!ingested.text.trim().is_empty() && !ingested.text.contains('\0'));
            let fields = [&ingested.title, &ingested.author, &ingested.source, &ingested.url];
            fields.into_iter().flatten().for_each(|field| assert!(!field.is_empty()));
        }
        Err(refusal) => assert!(!refusal.to_string().is_empty()),
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = (read_date(text, order), date_in_name(text), find_published(text, order));
        if let Some(front) = read_front_matter(text) {
            assert!(text.is_char_boundary(front.end));
        }
    }
});
