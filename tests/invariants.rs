//! What holds for any text.

mod support;

use dateline::token::tokenize;
use dateline::{Annotations, Document, Pipeline, Span};
use proptest::prelude::*;
use std::sync::LazyLock;
use unicode_segmentation::UnicodeSegmentation;

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

/// Spans lie inside the text, on character borders, and are not empty.
fn assert_span(text: &str, span: Span, layer: &str) {
    assert!(span.end() <= text.len() && !span.is_empty(), "{layer} {span:?} in {text:?}");
    assert!(text.is_char_boundary(span.start()) && text.is_char_boundary(span.end()), "{layer} {span:?} in {text:?}");
}

fn assert_sorted(spans: impl Iterator<Item = Span>, layer: &str, text: &str) {
    let spans: Vec<Span> = spans.collect();
    assert!(spans.is_sorted(), "{layer} is not sorted: {spans:?} in {text:?}");
}

fn assert_invariants(text: &str, found: &Annotations) {
    for mention in &found.mentions.mentions {
        assert_span(text, mention.span, "mention");
        assert!(!mention.span.of(text).contains("\n\n"), "a mention over a paragraph break in {text:?}");
        assert!(mention.entity.index() < found.mentions.entities.len());
    }
    found.mentions.entities.iter().for_each(|entity| assert_span(text, entity.name, "entity"));
    found.times.iter().for_each(|time| assert_span(text, time.span, "time"));
    found.sentences.iter().for_each(|sentence| assert_span(text, sentence.span, "sentence"));
    for quotation in &found.quotations {
        assert_span(text, quotation.content, "quotation");
        for part in [quotation.cue, quotation.speaker, quotation.name, quotation.role].into_iter().flatten() {
            assert_span(text, part, "part of a quotation");
        }
        assert!(quotation.time.is_none_or(|time| (time as usize) < found.times.len()));
        let entities = [quotation.entity, quotation.affiliation].into_iter().flatten();
        entities.for_each(|id| assert!(id.index() < found.mentions.entities.len()));
    }
    for claim in &found.claims {
        assert_span(text, claim.span, "claim");
        assert_span(text, claim.trigger, "trigger");
        assert!(claim.span.covers(claim.trigger), "a trigger outside its sentence in {text:?}");
        let parties = claim.subject.iter().chain(&claim.object).chain(claim.roles.iter().map(|(_, party)| party));
        parties.chain(&claim.attribution).for_each(|party| assert_span(text, party.span, "party"));
        assert!(claim.quotation.is_none_or(|quotation| (quotation as usize) < found.quotations.len()));
        assert!(claim.same_as.is_none_or(|first| (first as usize) < found.claims.len()));
    }
    assert_sorted(found.mentions.mentions.iter().map(|mention| mention.span), "mentions", text);
    assert_sorted(found.times.iter().map(|time| time.span), "times", text);
    assert_sorted(found.sentences.iter().map(|sentence| sentence.span), "sentences", text);
    assert_sorted(found.quotations.iter().map(|quotation| quotation.content), "quotations", text);
    assert_sorted(found.claims.iter().map(|claim| claim.span), "claims", text);
    for pair in found.mentions.mentions.windows(2) {
        assert!(!pair[0].span.overlaps(pair[1].span), "mentions overlap in {text:?}");
    }
    for pair in found.times.windows(2) {
        assert!(!pair[0].span.overlaps(pair[1].span), "times overlap in {text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn annotations_are_well_formed(text in any_text()) {
        assert_invariants(&text, &annotate(&text));
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
