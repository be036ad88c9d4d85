//! Does the work grow no faster than the text? Counted in looks at words, not by the clock.

#[path = "support/hostile_texts.rs"]
mod hostile_texts;

use dateline::{Document, Pipeline, Resources};

#[test]
fn work_is_linear_in_the_text() {
    let pipeline = Pipeline::new(&Resources::built_in()).unwrap();
    let mut wrong = String::new();
    let mut counted = 0;
    for (name, piece) in hostile_texts::KINDS {
        let looks = |bytes: usize| {
            let text = hostile_texts::text(*piece, bytes);
            pipeline.count_looks(&Document::new(&text, None).unwrap())
        };
        let (small, large) = (looks(15_000), looks(60_000));
        counted += large;
        // Four times the text: a little more than four times the work, for what is done once.
        if large > small * 5 + 20_000 {
            wrong += &format!("{name}: {small} looks, then {large} in four times the text\n");
        }
    }
    assert!(counted > 0 || !cfg!(debug_assertions), "the layers count their looks");
    assert!(wrong.is_empty(), "{wrong}");
}
