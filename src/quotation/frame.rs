//! Reporting words with their speakers: `PERSON said`, `said PERSON`, `according to PERSON`.

use super::rules::WordKind;
use super::scene::{Bounds, Phrase, Scene};
use crate::cue::{CueClass, CueClasses};

/// How speaker and reporting word stand to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// `PERSON said`.
    Before,
    /// `said PERSON`.
    Inverted,
    /// `according to PERSON`.
    According,
    /// `saying`, `and said`, `to say`: the speaker is the subject of what goes before.
    Shared,
    /// `was called`, `is said`: whoever says so is not told, or after `by`.
    Passive,
}

/// A reporting word with its speaker.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Frame {
    /// The tokens of the reporting word or phrase.
    pub cue: (usize, usize),
    pub classes: CueClasses,
    pub shape: Shape,
    pub speaker: Option<Phrase>,
    /// The tokens of speaker and reporting word together.
    pub first: usize,
    pub end: usize,
    /// Whether it says that nothing was said: `declined to say`.
    pub negative: bool,
    pub bounds: Bounds,
}

/// Finds all frames, by reporting word.
pub(super) fn find_frames(scene: &Scene<'_>) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    let mut at = 0;
    while at < scene.reading.tokens.len() {
        let Some((len, classes)) = cue_at(scene, at) else {
            at += 1;
            continue;
        };
        if let Some(frame) = frame_at(scene, at, len, classes, &frames) {
            frames.push(frame);
        }
        at += len;
    }
    frames
}

/// The reporting word or phrase at a token: its length and classes.
fn cue_at(scene: &Scene<'_>, at: usize) -> Option<(usize, CueClasses)> {
    if !scene.is_word(at) {
        return None;
    }
    let phrase = scene.reading.hits_at(at).iter().find_map(|hit| {
        let classes = scene.cues.of_phrase(*hit);
        (classes.is_verb() || classes.holds(CueClass::Source)).then_some((hit.len as usize, classes))
    });
    let word = scene.cues.of_word(scene.reading.word(at));
    let single = (word.is_verb() || word.holds(CueClass::Source)).then_some((1, word));
    phrase.or(single)
}

fn frame_at(scene: &Scene<'_>, at: usize, len: usize, classes: CueClasses, known: &[Frame]) -> Option<Frame> {
    let bounds = scene.bounds(at);
    let end = at + len;
    if classes.holds(CueClass::Source) {
        return according(scene, at, len, classes, bounds);
    }
    if scene.is_possessive(at) {
        return None;
    }
    let starts = at == bounds.first;
    // A capital inside a sentence is a name, except in a headline: `Zephyr Says It Will Close Its Plant`.
    let headline = || classes.holds(CueClass::Say) && classes.is_third() && scene.is_headline(bounds);
    if scene.is_capitalized(at) && !starts && !headline() {
        return None;
    }
    let letters = scene.letters(at);
    let participle = letters.len() > 4 && letters.ends_with("ing");
    let previous = (at > bounds.first).then(|| at - 1);
    if let Some(previous) = previous.filter(|previous| scene.inside(*previous) == bounds.within) {
        let kinds = scene.kinds(previous);
        // `why telling him mattered`, `a court ruling that`: no participle of anybody.
        if participle
            && (kinds.is(WordKind::Subordinator)
                && !scene.is(previous, WordKind::Preposition)
                && !kinds.is(WordKind::AdjunctSubordinator)
                && previous > bounds.first
                || scene.is_word(previous) && is_compound(scene, previous, bounds))
        {
            return None;
        }
        if scene.is_noun_use(at)
            && !kinds.is(WordKind::Pronoun)
            && !kinds.is(WordKind::Time)
            && !is_lone_subject(scene, previous, at, classes)
        {
            return None;
        }
        // `his disparaging remarks`, `the October report`: a noun with what describes it.
        let described = classes.holds(CueClass::Noun)
            && (classes.is_base() || classes.is_third())
            && scene.is_word(previous)
            && !scene.is_noun_like(previous)
            && !scene.is_adverb(previous)
            && previous > bounds.first
            && (scene.is(previous - 1, WordKind::Determiner) || scene.is_possessive(previous - 1));
        if described && !scene.begins_name(previous) {
            return None;
        }
        if kinds.is(WordKind::Preposition)
            && !kinds.is(WordKind::Adverb)
            && !participle
            && scene.letters(previous) != "to"
        {
            return None;
        }
    }
    let make = |shape, speaker: Option<Phrase>, negative| {
        let behind = shape == Shape::Shared && speaker.is_some_and(|phrase| phrase.first > at);
        let first = speaker.map_or(at, |phrase| phrase.first.min(at));
        let last = speaker.filter(|_| !behind).map_or(end, |phrase| phrase.full.max(end));
        Some(Frame { cue: (at, end), classes, shape, speaker, first, end: last, negative, bounds })
    };
    let before = scene.skip_back(at, bounds.first);
    let group = before..at;
    let negative = group.clone().any(|i| scene.is(i, WordKind::Negation));
    let passive = group.clone().any(|i| scene.is(i, WordKind::Be)) && !participle && scene.is_past(at);
    // `asked about the plan, PERSON said`, `when asked`: a participle, and nobody's word.
    let lone = before <= bounds.first
        || scene.is(before - 1, WordKind::Subordinator)
        || scene.is_comma(before - 1) && scene.is_past(at);
    if lone && scene.is_past(at) && scene.is(at, WordKind::AddresseeVerb) && !scene.is_comma(before.saturating_sub(1)) {
        return None;
    }
    if disagrees(scene, at, before, classes, bounds) {
        return None;
    }
    // `was quoted as saying`, `is said to have said`: the subject's own words.
    let relayed = passive && relays(scene, at, end, bounds);
    if relayed && let Some(subject) = scene.subject_before(at, bounds) {
        return make(Shape::Before, Some(subject), negative);
    }
    if passive {
        let by =
            (end..bounds.end.min(end + 12)).find(|i| scene.letters(*i) == "by" && scene.inside(*i) == bounds.within);
        let speaker = by.and_then(|by| scene.phrase_after(by + 1, bounds));
        return make(Shape::Passive, speaker, negative);
    }
    // `according to state law`: the preposition of another word.
    let source =
        at >= 2 && scene.reading.hits_at(at - 2).iter().any(|hit| scene.cues.of_phrase(*hit).holds(CueClass::Source));
    if source {
        return None;
    }
    // `declined to say`, `went on to say`.
    if previous.is_some_and(|previous| scene.letters(previous) == "to") && at >= bounds.first + 2 {
        let governor = at - 2;
        // `allowed PERSON to claim`: the object of the first verb speaks.
        if scene.is_capitalized(governor) && scene.inside(governor) == bounds.within {
            let speaker = scene.phrase_before(governor + 1, bounds.first, bounds.within);
            return make(Shape::Before, speaker, true);
        }
        let negative = !scene.is(governor, WordKind::SpeechGovernor)
            || scene.is(governor - usize::from(governor > bounds.first), WordKind::Negation);
        let speaker = shared_speaker(scene, at, bounds, known);
        return make(Shape::Shared, speaker, negative);
    }
    if inverts(scene, at, end, bounds) && !participle {
        let after_marks = at == bounds.first
            || scene.inside(at - 1) != bounds.within
            || at >= 2 && scene.inside(at - 2) != bounds.within;
        let opener = if after_marks { None } else { scene.closes_appositive(at, bounds) };
        let appositive = opener.is_some();
        let subject = opener.is_some_and(|opener| scene.is_bare_subject(opener, bounds));
        let speaker =
            scene.phrase_after(end, bounds).filter(|_| after_marks || classes.holds(CueClass::Say) && !subject);
        let fits = |phrase: &Phrase| {
            // `a source, said she remembers`: a pronoun behind the verb begins what was said.
            let pronoun = phrase.end == phrase.first + 1 && scene.is(phrase.first, WordKind::Pronoun);
            stands_after(scene, *phrase, bounds)
                && (after_marks || !pronoun || ends_clause(scene, *phrase, bounds))
                && (after_marks || can_speak(scene, *phrase))
                && (!appositive || ends_clause(scene, *phrase, bounds))
        };
        if let Some(phrase) = speaker.filter(fits).map(|phrase| name_after(scene, phrase, bounds)) {
            return make(Shape::Inverted, Some(phrase), negative);
        }
    }
    // `quoted PERSON as saying`: the object of the verb before speaks.
    if participle && at > bounds.first + 1 && scene.letters(at - 1) == "as" {
        let end = at - 1;
        let speaker = if scene.verb_classes(end - 1).is_verb() || scene.letters(end - 1).ends_with("ed") {
            scene.subject_before(end - 1, bounds)
        } else {
            scene.phrase_before(end, bounds.first, bounds.within)
        };
        return make(Shape::Before, speaker, negative);
    }
    let is_ing = participle && !group.clone().any(|i| scene.is(i, WordKind::Be));
    if is_ing {
        if let Some(speaker) = with_subject(scene, before, bounds) {
            return make(Shape::Before, Some(speaker), false);
        }
        // `with PERSON saying`, `PERSON saying he was glad`.
        if before > bounds.first
            && scene.inside(before - 1) == bounds.within
            && scene.is_capitalized(before - 1)
            && !scene.is_possessive(before - 1)
        {
            let name = scene.phrase_before(before, bounds.first, bounds.within);
            let set_off = name.is_some_and(|name| {
                name.first > bounds.first
                    && (scene.letters(name.first - 1) == "with"
                        || !scene.is_word(name.first - 1)
                        || scene.is(name.first - 1, WordKind::Conjunction))
            });
            if set_off {
                return make(Shape::Before, name, false);
            }
        }
        let speaker = shared_speaker(scene, at, bounds, known).or_else(|| subject_behind(scene, at, bounds));
        return make(Shape::Shared, speaker, false);
    }
    let modal = group.clone().any(|i| scene.is(i, WordKind::Modal));
    match scene.subject_before(at, bounds) {
        Some(subject) if subject.first < subject.end => {
            // `PERSON, who said`: the pronoun stands for the name before it.
            let relative = scene.is(subject.first, WordKind::Relative) && subject.end == subject.first + 1;
            let speaker =
                if relative { antecedent(scene, subject.first, bounds).or(Some(subject)) } else { Some(subject) };
            make(Shape::Before, speaker, negative || modal)
        }
        _ => {
            let joined = before > bounds.first
                && (scene.is(before - 1, WordKind::Conjunction)
                    || scene.is_comma(before - 1)
                    || scene.letters(before - 1) == "—");
            if !joined {
                return None;
            }
            make(Shape::Shared, shared_speaker(scene, before, bounds, known), negative || modal)
        }
    }
}

/// `with the American Federation of Labor calling`: the phrase between the preposition and the participle.
fn with_subject(scene: &Scene<'_>, participle: usize, bounds: Bounds) -> Option<Phrase> {
    const LONGEST: usize = 10;
    let with = (bounds.first..participle)
        .rev()
        .take(LONGEST)
        .take_while(|i| !scene.is_comma(*i) && scene.inside(*i) == bounds.within)
        .find(|i| scene.letters(*i) == "with")?;
    let phrase = scene.phrase_after(with + 1, bounds)?;
    (phrase.full == participle && can_speak(scene, phrase)).then_some(phrase)
}

/// `Noting that X, PERSON left`, `While admitting that X, PERSON left`: the subject behind the comma.
fn subject_behind(scene: &Scene<'_>, at: usize, bounds: Bounds) -> Option<Phrase> {
    const LONGEST: usize = 40;
    if at > bounds.first + 1 {
        return None;
    }
    let comma = (at..bounds.end.min(at + LONGEST)).find(|i| scene.is_comma(*i) && scene.inside(*i) == bounds.within)?;
    scene.phrase_after(comma + 1, bounds).filter(|phrase| can_speak(scene, *phrase))
}

/// Whether a passive verb hands on what its subject said: `quoted as saying`, `said to have said`, `quoted in`.
fn relays(scene: &Scene<'_>, at: usize, end: usize, bounds: Bounds) -> bool {
    let cue = |i: usize| i < bounds.end && scene.verb_classes(i).holds(CueClass::Say);
    let phrase = scene.reading.hits_at(at).iter().any(|hit| scene.cues.of_phrase(*hit).holds(CueClass::Phrase));
    phrase
        || scene.letters(end) == "as" && cue(end + 1)
        || scene.letters(end) == "to" && scene.letters(end + 1) == "have" && cue(end + 2)
}

/// Whether a determiner and nouns lead up to the token, so that what follows belongs to the same noun phrase.
fn is_compound(scene: &Scene<'_>, last: usize, bounds: Bounds) -> bool {
    let plain = |i: usize| {
        scene.is_word(i)
            && !scene.is_capitalized(i)
            && !scene.kinds(i).is_any(&[
                WordKind::Preposition,
                WordKind::Auxiliary,
                WordKind::Conjunction,
                WordKind::Pronoun,
                WordKind::SpeakerNoun,
                WordKind::StatementNoun,
                WordKind::SpeakerBody,
            ])
            && !scene.verb_classes(i).is_verb()
            && !scene.is_adverb(i)
    };
    let first = (bounds.first..=last).rev().take(3).take_while(|i| plain(*i)).last();
    first.is_some_and(|first| first > bounds.first && scene.is(first - 1, WordKind::Determiner))
}

/// `said the miner, PERSON.`: the name behind the noun.
fn name_after(scene: &Scene<'_>, phrase: Phrase, bounds: Bounds) -> Phrase {
    let common = !scene.is_capitalized(phrase.end - 1)
        && phrase.full == phrase.end
        && !scene.is(phrase.first, WordKind::Pronoun);
    if !common || !scene.is_comma(phrase.end) {
        return phrase;
    }
    match scene.phrase_after(phrase.end + 1, bounds) {
        Some(name)
            if scene.is_capitalized(name.first)
                && scene.is_capitalized(name.end - 1)
                && ends_clause(scene, name, bounds) =>
        {
            name
        }
        _ => phrase,
    }
}

/// Whether the head of a phrase is a name, a pronoun or a noun for somebody who speaks.
fn can_speak(scene: &Scene<'_>, phrase: Phrase) -> bool {
    let head = phrase.end - 1;
    scene.is_capitalized(head)
        || scene.is_noun_like(head)
        || scene.is(head, WordKind::Pronoun)
        || (phrase.first..phrase.full).any(|i| scene.begins_name(i) || scene.is(i, WordKind::SpeakerNoun))
}

/// Whether an inverted subject is followed by the end of its clause.
fn ends_clause(scene: &Scene<'_>, phrase: Phrase, bounds: Bounds) -> bool {
    let next = phrase.full;
    next >= bounds.end || scene.is_comma(next) || scene.letters(next) == "." && next + 1 >= bounds.end
}

/// Whether verb and subject differ in number, so that the verb is a noun: `the party chairs, state officials`.
fn disagrees(scene: &Scene<'_>, at: usize, before: usize, classes: CueClasses, bounds: Bounds) -> bool {
    if before != at
        || at <= bounds.first
        || !(classes.is_base() || classes.is_third())
        || scene.inside(at - 1) != bounds.within
    {
        return false;
    }
    let last = at - 1;
    let letters = scene.letters(last);
    if !scene.is_word(last) || scene.is(last, WordKind::Relative) || scene.letters(last) == "to" {
        return false;
    }
    let kinds = scene.kinds(last);
    if kinds.is(WordKind::Pronoun) {
        let singular = matches!(letters.to_ascii_lowercase().as_str(), "he" | "she" | "it");
        return if classes.is_base() { singular } else { !singular };
    }
    if kinds.is(WordKind::Conjunction) {
        // `agencies and blogs`: a noun, unless a verb goes before.
        return !(bounds.first..last).any(|i| {
            scene.is_finite(i) || scene.letters(i).ends_with("ed") || scene.verb_classes(i).holds(CueClass::Say)
        });
    }
    if kinds.is_any(&[WordKind::Auxiliary, WordKind::Adverb, WordKind::Time]) {
        return false;
    }
    // The head of the phrase tells: `people close to Acme say`.
    let phrase = scene
        .before_relative(at, bounds.first, bounds.within)
        .or_else(|| scene.phrase_before(at, bounds.first, bounds.within));
    let core = phrase.map_or(last..at, |phrase| phrase.first..phrase.end);
    let is_plural = |i: usize| {
        let letters = scene.letters(i);
        let formed = letters.ends_with('s') && !letters.ends_with("ss") && !scene.is_possessive(i);
        let counted = scene.reading.tokens[i].is_number() && i == last;
        scene.is_word(i) && (formed || counted || scene.is(i, WordKind::PluralNoun))
    };
    let head = core.end - 1;
    if classes.is_base() {
        // `one in five say`, `12% of owners say`.
        let counted = kinds.is(WordKind::PluralNoun) && kinds.is(WordKind::Determiner)
            || scene.letters(head) == "%"
            || scene.reading.tokens[head].is_number();
        if counted {
            return false;
        }
        let near = core.end.saturating_sub(2).max(core.start)..core.end;
        let several = core.clone().any(|i| matches!(scene.letters(i), "and" | "&"));
        return !(near.clone().any(is_plural) || several || scene.is_comma(last));
    }
    // A name may end in `s`; `data` and `staff` go with either number.
    !scene.is_capitalized(head) && is_plural(head) && scene.letters(head).ends_with('s')
}

/// `some say`, `one in five said`: a determiner that is the subject itself, where `both states` and
/// `two reported cases` are none.
fn is_lone_subject(scene: &Scene<'_>, subject: usize, verb: usize, classes: CueClasses) -> bool {
    let kinds = scene.kinds(subject);
    let next = scene.kinds(verb + 1);
    let participle = scene.letters(verb).ends_with("ed")
        && scene.is_word(verb + 1)
        && !scene.is_capitalized(verb + 1)
        && !next.is_any(&[WordKind::Determiner, WordKind::Pronoun, WordKind::Subordinator, WordKind::Preposition]);
    kinds.is(WordKind::LoneSubject) && !(classes.is_third() && kinds.is(WordKind::PluralNoun)) && !participle
}

/// `according to PERSON`, `in the words of PERSON`.
fn according(scene: &Scene<'_>, at: usize, len: usize, classes: CueClasses, bounds: Bounds) -> Option<Frame> {
    // `70 cents per share`: a preposition alone wants a name behind it.
    if len == 1 && !scene.is_capitalized(at + 1) {
        return None;
    }
    let adverbs = (at + len..bounds.end.min(at + len + 2))
        .take_while(|i| scene.is_adverb(*i) && !scene.is(*i, WordKind::Determiner))
        .count();
    // `according to early results`.
    let from = at + len + adverbs;
    let dated = scene.is(from, WordKind::Time) && scene.is_word(from + 1) && !scene.is(from + 1, WordKind::Time);
    let speaker = match scene.phrase_after(from, bounds) {
        None if dated => scene.phrase_after(from + 1, bounds).map(|phrase| Phrase { first: from, ..phrase }),
        phrase => phrase,
    }?;
    // `according to the rules`: nobody says so.
    let head = speaker.end - 1;
    if scene.is(head, WordKind::NotSource) && !scene.is_capitalized(head) {
        return None;
    }
    Some(Frame {
        cue: (at, at + len),
        classes,
        shape: Shape::According,
        speaker: Some(speaker),
        first: at,
        end: speaker.full,
        negative: false,
        bounds,
    })
}

/// Whether the verb can have its subject behind it: at the start, after marks, after a comma or a dash.
fn inverts(scene: &Scene<'_>, at: usize, end: usize, bounds: Bounds) -> bool {
    if end >= bounds.end || scene.inside(end) != bounds.within || scene.is(at, WordKind::ObjectVerb) {
        return false;
    }
    if at == bounds.first {
        return true;
    }
    let previous = at - 1;
    scene.inside(previous) != bounds.within
        || matches!(scene.letters(previous), "," | "—" | "–" | "-" | "?" | "!" | "…")
}

/// Whether what follows an inverted subject leaves it one: the end, a comma, a time or a preposition, but no verb.
fn stands_after(scene: &Scene<'_>, phrase: Phrase, bounds: Bounds) -> bool {
    let first = phrase.first;
    let kinds = scene.kinds(first);
    let named = scene.is_capitalized(first);
    let plausible = named
        || kinds.is_any(&[
            WordKind::Pronoun,
            WordKind::Determiner,
            WordKind::SpeakerNoun,
            WordKind::SpeakerBody,
            WordKind::Rank,
        ])
        || scene.reading.tokens.get(first).is_some_and(|token| token.is_number())
        || (phrase.first..phrase.full).any(|i| scene.is_noun_like(i) || scene.is_capitalized(i));
    if !plausible || kinds.is(WordKind::RelayNoun) && kinds.is(WordKind::ObjectPronoun) {
        return false;
    }
    // A finite verb that no relative pronoun leads in makes it the subject of another clause.
    let relative = (phrase.end..phrase.full).any(|i| scene.is(i, WordKind::Relative));
    if !relative && (phrase.end..phrase.full).any(|i| scene.is(i, WordKind::Auxiliary) && !scene.is_capitalized(i)) {
        return false;
    }
    let next = phrase.full;
    if next >= bounds.end || scene.inside(next) != bounds.within {
        return true;
    }
    let kinds = scene.kinds(next);
    let verbal = kinds.is(WordKind::Auxiliary) || kinds.is(WordKind::Verb) && !kinds.is(WordKind::Preposition);
    !verbal
}

/// The noun phrase before `, who`.
fn antecedent(scene: &Scene<'_>, relative: usize, bounds: Bounds) -> Option<Phrase> {
    let mut end = relative;
    if end > bounds.first && scene.is_comma(end - 1) {
        end -= 1;
    }
    // `comment beyond the blog post on Saturday, which said`: the nearest thing that can speak.
    if scene.letters(relative) != "who" {
        let thing = (bounds.first.max(end.saturating_sub(8))..end).rev().find(|i| {
            scene.is(*i, WordKind::StatementNoun) || scene.is(*i, WordKind::SpeakerBody) || scene.begins_name(*i)
        });
        if let Some(thing) = thing {
            let first = (bounds.first.max(thing.saturating_sub(6))..thing).rev().find(|i| {
                scene.is(*i, WordKind::Determiner) || scene.is(*i, WordKind::Preposition) || scene.is_possessive(*i)
            });
            let first =
                first.map_or(thing, |first| if scene.is(first, WordKind::Preposition) { first + 1 } else { first });
            return Some(Phrase { first, end: thing + 1, full: thing + 1 });
        }
    }
    scene.phrase_before(end, bounds.first, bounds.within)
}

/// The speaker of a verb without subject of its own: that of the frame before it in the sentence, else the subject.
fn shared_speaker(scene: &Scene<'_>, at: usize, bounds: Bounds, known: &[Frame]) -> Option<Phrase> {
    let before = known.iter().rev().take(4).find(|frame| {
        frame.bounds.within == bounds.within
            && bounds.first <= frame.first
            && frame.shape != Shape::Passive
            && frame.speaker.is_some()
    });
    match before {
        Some(frame) => frame.speaker,
        None => scene.first_subject(bounds, at),
    }
}
