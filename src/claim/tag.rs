//! The part of every unit in its clause: verbs are told from nouns by what stands beside them.

use super::inflect::Forms;
use super::rules::class;
use super::units::{Tag, Unit};

/// Gives every unit its part. Verbs are told from nouns by what stands beside them.
pub(super) fn tag_units(units: &mut [Unit<'_>]) {
    for unit in units.iter_mut() {
        if unit.tag == Tag::Noun {
            unit.tag = closed_tag(unit);
        }
    }
    for at in 0..units.len() {
        if units[at].is(class::THAT) {
            units[at].tag = that_tag(units, at);
        } else if units[at].is(class::POINTING) && is_verbal(units.get(at + 1)) {
            // `This went down`
            units[at].tag = Tag::Pronoun;
        }
    }
    for at in 0..units.len() {
        if matches!(units[at].tag, Tag::Noun) && units[at].forms() != Forms::default() {
            if let Some(form) = verb_form(units, at) {
                units[at].tag = Tag::Verb;
                units[at].form = form;
            }
        } else if units[at].tag == Tag::Noun && units[at].past && !units[at].joined && at > 0 && is_name(&units[at - 1])
        {
            // A past tense that no list holds, behind a name.
            units[at].tag = Tag::Verb;
            units[at].form = Forms::PAST;
        } else if units[at].tag == Tag::Auxiliary && !is_auxiliary(units, at) {
            units[at].tag = Tag::Verb;
            let forms = units[at].forms();
            units[at].form = if forms == Forms::default() { Forms::S } else { forms };
        }
    }
    // `after the results on Thursday`: without a verb it opens no clause.
    for at in 0..units.len() {
        if units[at].tag == Tag::Subordinator && units[at].is(class::EITHER) {
            let ahead = units[at + 1..].iter().take(10).take_while(|unit| {
                !matches!(unit.tag, Tag::Comma | Tag::Stop | Tag::Dash | Tag::Subordinator | Tag::Relative)
            });
            if ahead.into_iter().all(|unit| !matches!(unit.tag, Tag::Verb | Tag::Auxiliary)) {
                units[at].tag = Tag::Preposition;
            }
        }
    }
}

fn is_name(unit: &Unit<'_>) -> bool {
    matches!(unit.tag, Tag::Mention | Tag::Pronoun) && !unit.possessive
}

/// Whether no other word of the clause around `at` is surely a verb with a tense.
fn is_alone(units: &[Unit<'_>], at: usize) -> bool {
    let border = |unit: &Unit<'_>| matches!(unit.tag, Tag::Comma | Tag::Coordinator | Tag::Stop | Tag::Dash);
    let from = units[..at].iter().rposition(border).map_or(0, |border| border + 1);
    let to = units[at..].iter().position(border).map_or(units.len(), |border| at + border);
    units[from..to].iter().enumerate().all(|(place, unit)| {
        let past = unit.tag == Tag::Noun && unit.forms().has(Forms::PAST) && !unit.forms().has(Forms::BASE);
        let third = unit.tag == Tag::Noun && unit.forms().has(Forms::S) && !unit.is(class::NOUN_FIRST);
        from + place == at || !(matches!(unit.tag, Tag::Auxiliary | Tag::Verb) || past || third)
    })
}

/// The part of a word of a closed class; noun for the rest.
fn closed_tag(unit: &Unit<'_>) -> Tag {
    let Some(entry) = unit.entry else { return Tag::Noun };
    let classes = entry.classes;
    for (wanted, tag) in [
        (class::BE | class::HAVE | class::DO | class::MODAL, Tag::Auxiliary),
        (class::DETERMINER, Tag::Determiner),
        (class::NOT, Tag::Not),
        (class::TO, Tag::To),
        (class::POSSESSIVE, Tag::Possessive),
        (class::THING | class::PERSON | class::THEY | class::WE, Tag::Pronoun),
        (class::RELATIVE, Tag::Relative),
        (class::SUBORDINATOR, Tag::Subordinator),
        (class::COORDINATOR, Tag::Coordinator),
        (class::PREPOSITION, Tag::Preposition),
        (class::ADVERB, Tag::Adverb),
    ] {
        if classes & wanted != 0 {
            return tag;
        }
    }
    Tag::Noun
}

/// The part of `that`: before a noun of its own a determiner, behind a noun and before a verb a relative pronoun.
fn that_tag(units: &[Unit<'_>], at: usize) -> Tag {
    let before = at.checked_sub(1).map(|before| &units[before]);
    let next = units.get(at + 1);
    let verbal = is_verbal(next);
    let clause =
        next.is_some_and(|next| matches!(next.tag, Tag::Mention | Tag::Pronoun | Tag::Determiner | Tag::Possessive));
    match before.map(|before| before.tag) {
        Some(Tag::Preposition) if clause => Tag::Subordinator,
        None | Some(Tag::Coordinator | Tag::Stop) => {
            if verbal {
                Tag::Pronoun
            } else {
                Tag::Determiner
            }
        }
        Some(Tag::Preposition | Tag::To) => Tag::Determiner,
        Some(Tag::Mention | Tag::Noun | Tag::Figure) if verbal => {
            // `said that has …` has a verb before it, `a system that has …` a noun.
            if before.is_some_and(|before| before.forms() != Forms::default() && !before.is(class::NOUN_FIRST)) {
                Tag::Subordinator
            } else {
                Tag::Relative
            }
        }
        // `a service called Foo that Bar rolled out`
        Some(Tag::Mention | Tag::Noun) if clause && at >= 2 && units[at - 2].is(class::NAMING) => Tag::Relative,
        Some(Tag::Comma | Tag::Dash) if verbal => Tag::Pronoun,
        Some(Tag::Noun)
            if before.is_some_and(|before| {
                before.is(class::COMPANY_NOUN | class::PRODUCT_NOUN) && before.forms() == Forms::default()
            }) =>
        {
            Tag::Relative
        }
        _ => Tag::Subordinator,
    }
}

/// Whether a unit can only be an auxiliary or a verb with a tense.
fn is_verbal(unit: Option<&Unit<'_>>) -> bool {
    unit.is_some_and(|unit| {
        unit.tag == Tag::Auxiliary
            || unit.tag == Tag::Noun && unit.forms().has(Forms::PAST.with(Forms::S)) && !unit.is(class::NOUN_FIRST)
    })
}

/// Whether an auxiliary stands with a verb: another follows, adverbs between.
fn is_auxiliary(units: &[Unit<'_>], at: usize) -> bool {
    if units[at].is(class::MODAL) {
        return true;
    }
    let next = units[at + 1..].iter().take(6).find(|unit| !matches!(unit.tag, Tag::Adverb | Tag::Not | Tag::Time));
    let Some(next) = next else { return false };
    match next.tag {
        Tag::Auxiliary | Tag::To => true,
        Tag::Noun => {
            let forms = next.forms();
            if units[at].is(class::BE) {
                forms.has(Forms::ING) || forms.has(Forms::PARTICIPLE)
            } else if units[at].is(class::HAVE) {
                forms.has(Forms::PARTICIPLE)
            } else {
                forms.has(Forms::BASE)
            }
        }
        _ => false,
    }
}

/// The form in which the word at `at` is a verb; `None` where it is a noun or an adjective.
fn verb_form(units: &[Unit<'_>], at: usize) -> Option<Forms> {
    let unit = &units[at];
    let forms = unit.forms();
    let hyphen = unit.joined || units.get(at + 1).is_some_and(|next| next.joined && next.tag == Tag::Noun);
    if unit.possessive || hyphen {
        return None;
    }
    let heading = units.last().is_some_and(|last| last.tag != Tag::Stop);
    let before = units[..at].iter().rposition(|unit| !matches!(unit.tag, Tag::Adverb | Tag::Not));
    let previous = before.map(|before| &units[before]);
    let tag = previous.map(|previous| previous.tag);
    let mut from = at + 1;
    while units.get(from).is_some_and(|unit| unit.tag == Tag::Adverb) {
        from += 1;
    }
    let next = units.get(from).map(|unit| unit.tag);
    let dated = next == Some(Tag::Time) && units.get(from + 1).is_some_and(|unit| unit.tag == Tag::Noun);
    let object = next.is_some_and(Tag::begins_phrase) || dated;
    // `it's adding`
    let short = previous.is_some_and(|previous| previous.possessive && previous.tag == Tag::Pronoun);
    if short && forms.has(Forms::ING) {
        return Some(Forms::ING);
    }
    let owned = previous.is_some_and(|previous| previous.possessive) && !short;
    let modifier = matches!(tag, Some(Tag::Determiner | Tag::Possessive)) || owned;
    let helper =
        units[..at].iter().rposition(|unit| !matches!(unit.tag, Tag::Adverb | Tag::Not | Tag::Time | Tag::Determiner));
    if let Some(previous) =
        helper.map(|helper| &units[helper]).filter(|helper| helper.tag == Tag::Auxiliary && !modifier)
    {
        let close = helper.is_some_and(|helper| at - helper <= 4);
        if close && previous.is(class::BE) && forms.has(Forms::ING) {
            return Some(Forms::ING);
        }
        if close && previous.is(class::BE | class::HAVE) && forms.has(Forms::PARTICIPLE) {
            return Some(Forms::PARTICIPLE);
        }
        if close && previous.is(class::MODAL | class::DO) && forms.has(Forms::BASE) {
            return Some(Forms::BASE);
        }
    }
    let owner = owner_of(units, before);
    let subject = owner.map(|owner| owner.tag);
    if forms.has(Forms::BASE) && tag == Some(Tag::To) {
        return Some(Forms::BASE);
    }
    let adjective = unit.is(class::ADJECTIVE) && matches!(next, Some(Tag::Noun | Tag::Mention));
    if adjective {
        return None;
    }
    if forms.has(Forms::ING) && !modifier {
        let verb = match tag {
            None | Some(Tag::Comma | Tag::Dash | Tag::Coordinator | Tag::Stop | Tag::To) => true,
            // `started selling`, but `won backing`.
            Some(Tag::Verb) => object || previous.is_some_and(|previous| previous.control().is_some()),
            Some(Tag::Preposition | Tag::Subordinator) => {
                object
                    || next == Some(Tag::To) && unit.entry.is_some_and(|entry| !entry.controls.is_empty())
                    || unit.entry.is_some_and(|entry| entry.verbs.iter().any(|verb| verb.frame.is_some()))
                        && next != Some(Tag::Noun)
            }
            Some(Tag::Noun) => object && next != Some(Tag::Noun),
            Some(Tag::Mention | Tag::Figure | Tag::Time) => {
                object || next == Some(Tag::Preposition) && tag == Some(Tag::Mention)
            }
            _ => false,
        };
        if verb {
            return Some(Forms::ING);
        }
    }
    if modifier {
        return None;
    }
    if forms.has(Forms::PAST.with(Forms::PARTICIPLE)) {
        return past_form(units, at, forms, subject, next, object);
    }
    if forms.has(Forms::S) {
        let strict = unit.is(class::NOUN_FIRST);
        let open = object || matches!(next, Some(Tag::To | Tag::Relative | Tag::Subordinator));
        // `the service launches next year`
        let dated = strict
            && next == Some(Tag::Time)
            && unit.entry.is_some_and(|entry| entry.verbs.iter().any(|verb| verb.frame.is_some()));
        let follows = if dated || strict && subject == Some(Tag::Relative) {
            true
        } else if strict {
            open && next != Some(Tag::Noun) || next == Some(Tag::To)
        } else {
            open || matches!(next, Some(Tag::Preposition | Tag::Time | Tag::Adverb | Tag::Comma | Tag::Stop) | None)
        };
        let finite_next = units.get(from).is_some_and(|unit| unit.tag == Tag::Auxiliary);
        let headline = heading
            && !units.iter().any(|unit| matches!(unit.tag, Tag::Auxiliary | Tag::Verb))
            && matches!(next, Some(Tag::Noun | Tag::Preposition | Tag::Figure | Tag::Adverb) | None);
        let verb = match subject {
            Some(Tag::Mention | Tag::Noun) if headline => true,
            Some(Tag::Mention)
                if strict
                    && next == Some(Tag::Noun)
                    && units[from].forms() == Forms::default()
                    && is_alone(units, at) =>
            {
                true
            }
            Some(Tag::Mention | Tag::Pronoun | Tag::Relative) => follows && !finite_next,
            Some(Tag::Noun) => follows && !finite_next && (!(strict && next == Some(Tag::Noun)) || is_alone(units, at)),
            Some(Tag::Comma | Tag::Coordinator | Tag::Dash) => open && (next != Some(Tag::Noun) || !strict),
            _ => false,
        };
        if verb && !(subject == Some(Tag::Noun) && next_is_verb(units, from)) {
            return Some(Forms::S);
        }
    }
    if forms.has(Forms::BASE) {
        let open = matches!(
            next,
            Some(
                Tag::Determiner
                    | Tag::Possessive
                    | Tag::Mention
                    | Tag::Figure
                    | Tag::To
                    | Tag::Pronoun
                    | Tag::Relative
                    | Tag::Subordinator
            )
        );
        let verb = match subject {
            Some(Tag::Pronoun) => owner.is_some_and(|owner| owner.is(class::THEY | class::WE)) && (object || open),
            Some(Tag::Coordinator) => (object || open) && earlier_base(units, at),
            Some(Tag::Mention) => open && (coordinated(units, before) || next == Some(Tag::To)),
            Some(Tag::Noun) => {
                let plain = object && (!unit.is(class::NOUN_FIRST) || is_alone(units, at));
                (open || plain || heading && next.is_none()) && plural_noun(owner)
            }
            Some(Tag::Relative) => object,
            Some(Tag::Verb) => previous.is_some_and(|previous| previous.control().is_some()),
            _ => false,
        };
        let late = !unit.is(class::NOUN_FIRST)
            && open
            && matches!(subject, Some(Tag::Mention | Tag::Noun | Tag::Comma | Tag::Figure | Tag::Time))
            && !has_finite(&units[..at]);
        if verb || late {
            return Some(Forms::BASE);
        }
    }
    None
}

fn plural_noun(unit: Option<&Unit<'_>>) -> bool {
    unit.is_some_and(|unit| unit.tag == Tag::Noun && (unit.plural || unit.is(class::GENERIC)))
}

/// Whether the clause that `units` end has a verb with a tense.
fn has_finite(units: &[Unit<'_>]) -> bool {
    let clause = units
        .iter()
        .rev()
        .take(16)
        .take_while(|unit| !matches!(unit.tag, Tag::Stop | Tag::Subordinator | Tag::Relative));
    let mut empty = true;
    for unit in clause {
        empty = false;
        let finite = unit.tag == Tag::Verb && !unit.form.has(Forms::ING) && unit.form != Forms::PARTICIPLE;
        if finite || unit.tag == Tag::Auxiliary {
            return true;
        }
    }
    empty
}

fn next_is_verb(units: &[Unit<'_>], at: usize) -> bool {
    units
        .get(at)
        .is_some_and(|unit| unit.tag == Tag::Noun && unit.forms().has(Forms::PAST) && !unit.forms().has(Forms::BASE))
}

/// Whether the name at `at` ends a list of names.
fn coordinated(units: &[Unit<'_>], at: Option<usize>) -> bool {
    let Some(at) = at else { return false };
    at >= 2 && units[at - 1].tag == Tag::Coordinator && units[at - 2].tag.is_nominal()
}

/// The unit before a verb that its subject ends with, a date between left out: `sales in the second quarter rose`.
fn owner_of<'u, 'r>(units: &'u [Unit<'r>], before: Option<usize>) -> Option<&'u Unit<'r>> {
    let mut at = before?;
    if units[at].tag == Tag::Time {
        at = at.checked_sub(1)?;
        if units[at].tag == Tag::Preposition {
            at = units[..at].iter().rposition(|unit| !matches!(unit.tag, Tag::Adverb | Tag::Not))?;
        }
    }
    units.get(at)
}

/// Whether an infinitive stands before, for `to build and sell`.
fn earlier_base(units: &[Unit<'_>], at: usize) -> bool {
    units[at.saturating_sub(14)..at]
        .iter()
        .rev()
        .find(|unit| unit.tag == Tag::Verb)
        .is_some_and(|unit| unit.form.has(Forms::BASE))
}

/// The form of a word that is a past tense or a participle.
fn past_form(
    units: &[Unit<'_>],
    at: usize,
    forms: Forms,
    subject: Option<Tag>,
    next: Option<Tag>,
    object: bool,
) -> Option<Forms> {
    let unit = &units[at];
    let by = units.get(at + 1).is_some_and(|unit| unit.tag == Tag::Preposition && is_by(unit));
    let both = forms.has(Forms::PAST) && forms.has(Forms::BASE);
    match subject {
        Some(Tag::Preposition | Tag::Subordinator) if !matches!(subject, Some(Tag::Subordinator)) => None,
        Some(
            Tag::Mention
            | Tag::Noun
            | Tag::Figure
            | Tag::Pronoun
            | Tag::Relative
            | Tag::Comma
            | Tag::Dash
            | Tag::Coordinator
            | Tag::Stop,
        )
        | None => {
            if both && !matches!(subject, Some(Tag::Mention | Tag::Pronoun | Tag::Relative | Tag::Noun)) {
                return None;
            }
            if both && unit.is(class::NOUN_FIRST) && !object && next != Some(Tag::Preposition) {
                return None;
            }
            let company = at > 0 && units[at - 1].is(class::COMPANY_NOUN);
            if both
                && subject == Some(Tag::Noun)
                && (!object || next == Some(Tag::Noun) && unit.is(class::NOUN_FIRST))
                && !company
            {
                return None;
            }
            if subject.is_none() || subject == Some(Tag::Stop) {
                return (forms.has(Forms::PARTICIPLE) && !object).then_some(Forms::PARTICIPLE);
            }
            if forms.has(Forms::PARTICIPLE) && (by || !forms.has(Forms::PAST)) && subject != Some(Tag::Pronoun) {
                return Some(Forms::PARTICIPLE);
            }
            if !forms.has(Forms::PAST) {
                return None;
            }
            // `predicted there would be growth`
            let there = matches!(units.get(at + 1), Some(unit) if unit.tag == Tag::Adverb)
                && matches!(units.get(at + 2), Some(unit) if unit.is(class::MODAL));
            let open = object || there || matches!(next, Some(Tag::To | Tag::Relative));
            if !open
                && forms.has(Forms::PARTICIPLE)
                && !matches!(subject, Some(Tag::Pronoun | Tag::Relative))
                && is_reduced(units, at)
            {
                return Some(Forms::PARTICIPLE);
            }
            Some(Forms::PAST)
        }
        Some(Tag::Subordinator) => {
            (object && forms.has(Forms::PAST) || forms.has(Forms::PARTICIPLE)).then_some(Forms::PARTICIPLE)
        }
        Some(Tag::Verb) if next != Some(Tag::Noun) => forms.has(Forms::PARTICIPLE).then_some(Forms::PARTICIPLE),
        _ => None,
    }
}

fn is_by(unit: &Unit<'_>) -> bool {
    unit.is(class::BY)
}

/// Whether a finite verb follows that wants the same subject: then the word is a participle behind its noun.
fn is_reduced(units: &[Unit<'_>], at: usize) -> bool {
    let after_comma = at > 0 && matches!(units[at - 1].tag, Tag::Comma | Tag::Dash);
    let mut commas = 0;
    for (place, unit) in units.iter().enumerate().skip(at + 1).take(18) {
        match unit.tag {
            Tag::Comma | Tag::Dash => commas += 1,
            Tag::Relative | Tag::Subordinator | Tag::Coordinator | Tag::Stop | Tag::Pronoun if commas == 0 => {
                return false;
            }
            Tag::Auxiliary => return commas == usize::from(after_comma) || commas == 0,
            Tag::Verb => return true,
            Tag::Noun if unit.forms().has(Forms::PAST) && !unit.forms().has(Forms::BASE) => {
                let previous = &units[place - 1];
                let modifier =
                    matches!(previous.tag, Tag::Determiner | Tag::Possessive | Tag::Preposition) || previous.possessive;
                if !modifier {
                    return commas == usize::from(after_comma) || commas == 0;
                }
            }
            _ => {}
        }
        if commas > usize::from(after_comma) {
            return false;
        }
    }
    false
}
