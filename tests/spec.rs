//! Runs `tests/spec/*.md`: prose that says why, a `text` block, and an `expect` block with what must be found.
//!
//! A line of `expect` is one of
//!
//! ```text
//! mention TYPE "text" [-> canonical]
//! time "text" TYPE VALUE [MOD]
//! quotation KIND "text" speaker="…" [cue="…"] [role="…"] [affiliation="…"]
//! claim TYPE subject="…" object="…" [date=…] [modality=…] [polarity=negative] [attribution="…"] [amount="LOW..HIGH CUR"]
//! no mention|time|quotation|claim "text"
//! ```
//!
//! and only what a line names is checked; `\n` in a text is a line break.

mod support;

use std::path::Path;
use support::{Case, check, read_cases};

#[test]
fn every_case_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec");
    let mut files: Vec<_> =
        std::fs::read_dir(&folder).expect("tests/spec").flatten().map(|entry| entry.path()).collect();
    files.sort();
    let pipeline = support::pipeline();
    let (mut count, mut wrong) = (0, Vec::new());
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "md")) {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(file).expect("a spec file");
        let cases: Vec<Case> = read_cases(&name, &text);
        assert!(!cases.is_empty(), "{name} holds no case");
        for case in cases {
            count += 1;
            wrong.extend(check(&pipeline, &case));
        }
    }
    assert!(count > 0, "no specification was read");
    assert!(wrong.is_empty(), "{} of {count} cases fail:\n{}", wrong.len(), wrong.join("\n"));
}
