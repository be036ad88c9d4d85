//! What holds for the annotations of any text. Shared by the property tests and the fuzz targets.

use dateline::{Annotations, Span};

/// Spans lie inside the text, on character borders, and are not empty.
fn assert_span(text: &str, span: Span, layer: &str) {
    assert!(span.end() <= text.len() && !span.is_empty(), "{layer} {span:?} in {text:?}");
    assert!(text.is_char_boundary(span.start()) && text.is_char_boundary(span.end()), "{layer} {span:?} in {text:?}");
}

fn assert_sorted(spans: impl Iterator<Item = Span>, layer: &str, text: &str) {
    let spans: Vec<Span> = spans.collect();
    assert!(spans.is_sorted(), "{layer} is not sorted: {spans:?} in {text:?}");
}

/// Every layer is sorted, its spans lie in the text, and what it refers to exists.
pub fn assert_well_formed(text: &str, found: &Annotations) {
    for mention in &found.mentions.mentions {
        assert_span(text, mention.span, "mention");
        assert!(!mention.span.of(text).contains("\n\n"), "a mention over a paragraph break in {text:?}");
        assert!(mention.entity.index() < found.mentions.entities.len());
    }
    for span in found.times.iter().map(|time| time.span).chain(found.sentences.iter().map(|sentence| sentence.span)) {
        assert!(!span.of(text).contains("\n\n"), "a time or sentence over a paragraph break in {text:?}");
    }
    for article in &found.articles {
        assert!(article.span.end() <= text.len() && text.is_char_boundary(article.span.start()), "article in {text:?}");
        article.title.iter().for_each(|title| assert_span(text, *title, "title"));
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
    for (i, claim) in found.claims.iter().enumerate() {
        assert!((claim.sentence as usize) < found.sentences.len());
        assert_span(text, claim.span, "claim");
        assert_span(text, claim.trigger, "trigger");
        assert!(claim.span.covers(claim.trigger), "a trigger outside its sentence in {text:?}");
        let parties = claim.subject.iter().chain(&claim.object).chain(claim.roles.iter().map(|(_, party)| party));
        for party in parties.chain(&claim.attribution) {
            assert_span(text, party.span, "party");
            assert!(party.entity.is_none_or(|id| id.index() < found.mentions.entities.len()));
        }
        claim.amount.iter().for_each(|amount| assert_span(text, amount.span, "amount"));
        claim.time.iter().for_each(|time| assert_span(text, time.text, "date of a claim"));
        let time = claim.time.and_then(|time| time.time);
        assert!(time.is_none_or(|time| (time as usize) < found.times.len()));
        assert!(claim.quotation.is_none_or(|quotation| (quotation as usize) < found.quotations.len()));
        assert!(claim.same_as.is_none_or(|first| (first as usize) < i));
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
