//! What holds for any text.

mod support;
#[path = "support/well_formed.rs"]
mod well_formed;

use dateline::ingest::{Outside, ingest};
use dateline::token::tokenize;
use dateline::{Annotations, Document, Pipeline};
use proptest::prelude::*;
use std::sync::LazyLock;
use unicode_segmentation::UnicodeSegmentation;
use well_formed::assert_well_formed;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(support::pipeline);

/// Pieces that the layers look for, so that random texts reach them.
const PIECES: &[&str] = &[
    "Citrix",
    " said ",
    "“",
    "”",
    "\"",
    "'",
    "‘",
    "’s",
    " on July 12, 2011",
    " acquired ",
    "Acme Inc.",
    ". ",
    "\n\n",
    "\n",
    "• ",
    "# ",
    "> ",
    "$200 million",
    "Mr Stone",
    "according to ",
    "the company",
    " it ",
    "U.S.",
    "e.g. ",
    "...",
    "…",
    "(",
    ")",
    "[",
    "]",
    " — ",
    "- ",
    ", ",
    ";",
    ":",
    "?",
    "!",
    "é",
    "İ",
    "ß",
    "\u{a0}",
    "\u{301}",
    "🎉",
    "中文",
    "\t",
    "\r\n",
    "\u{0}",
    "\u{202e}",
    "2010-2011",
    "Q3 FY12",
    "12/07/2011",
    "```",
    "](",
    "://",
    "iPhone 4S",
    "AT&T",
    "Windows 7",
    " plans to ",
    "launch",
    " last week",
    "-based",
    " who ",
    " by ",
    "Dell, HP and ",
    "said: ",
    " in May",
    "'90s",
    "1,200 jobs",
    "5 percent",
    "CEO ",
    "Jean-Marie ",
    "O'Brien",
    "University of ",
    "Tuesday",
    "20",
    "11",
];

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(str::to_string),
        1 => "[a-zA-Z]{1,8} ",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn annotate(text: &str) -> Annotations {
    let document = Document::new(text, "2012-02-15".parse().ok()).expect("a short text");
    PIPELINE.annotate(&document)
}

/// Reading bytes gives a text with words, or a reason.
fn assert_ingested(bytes: &[u8]) {
    let outside = Outside { file_name: "2012-04-03.md", ..Outside::default() };
    match ingest(bytes.to_vec(), &outside) {
        Ok(ingested) => assert!(!ingested.text.trim().is_empty() && !ingested.text.contains('\0'), "{bytes:?}"),
        Err(refusal) => assert!(!refusal.to_string().is_empty(), "{bytes:?}"),
    }
}

/// The seeds that fuzzing starts from hold without it.
#[test]
fn the_seeds_of_the_fuzz_targets_hold() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    let files = |name: &str| std::fs::read_dir(folder.join(name)).unwrap().map(|entry| entry.unwrap().path());
    let mut seen = 0;
    for path in files("annotate").chain(files("ingest")) {
        let bytes = std::fs::read(&path).unwrap();
        assert_ingested(&bytes);
        if let Ok(text) = str::from_utf8(&bytes) {
            assert_well_formed(text, &annotate(text));
        }
        seen += 1;
    }
    assert!(seen > 40, "{seen} seeds");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn annotations_are_well_formed(text in any_text()) {
        assert_well_formed(&text, &annotate(&text));
    }

    #[test]
    fn any_bytes_are_a_text_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), start in 0..7_usize) {
        let starts: [&[u8]; 7] = [b"", b"---\n", b"+++\n", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"By Kit, "];
        assert_ingested(&[starts[start], &bytes].concat());
    }

    #[test]
    fn twice_is_the_same(text in any_text()) {
        prop_assert_eq!(format!("{:?}", annotate(&text)), format!("{:?}", annotate(&text)));
    }

    /// The ASCII path cuts where the standard does.
    #[test]
    fn tokens_are_the_words_of_uax_29(text in any_text()) {
        let mut tokens = Vec::new();
        tokenize(&text, 0, text.len(), &mut tokens);
        let ours: Vec<&str> = tokens.iter().map(|token| token.span.of(&text)).collect();
        let standard: Vec<&str> = text.split_word_bounds().map(str::trim_start).filter(|word| !word.is_empty()).collect();
        prop_assert_eq!(ours, standard);
    }

    #[test]
    fn ascii_tokens_are_the_words_of_uax_29(text in "[ -~\n\t]{0,80}") {
        let mut tokens = Vec::new();
        tokenize(&text, 0, text.len(), &mut tokens);
        let ours: Vec<&str> = tokens.iter().map(|token| token.span.of(&text)).collect();
        let standard: Vec<&str> = text.split_word_bounds().map(str::trim_start).filter(|word| !word.is_empty()).collect();
        prop_assert_eq!(ours, standard);
    }
}
