//! Whether an event happened: auxiliaries, governing words and negation, from the trigger left to the clause's edge.

use super::Modality;
use super::clause::{Clause, Group, Phrase};
use super::inflect::Forms;
use super::rules::{ClaimRules, Control, class};
use super::units::Tag;

/// A verb with all that governs it: `had agreed to start selling`.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    /// Where the outermost group begins.
    pub start: usize,
    /// The outermost verb.
    pub verb: usize,
    /// What the governing words say; `None` where they say nothing.
    pub modality: Option<Modality>,
    pub negative: bool,
    /// The subject, where it stands elsewhere than before the outermost group.
    pub subject: Option<Group>,
    /// Whether the outermost verb is one of announcing.
    pub announced: bool,
}

/// The heavier word decides: what is called off is no plan, what may be is not yet planned.
fn weight(modality: Modality) -> u8 {
    match modality {
        Modality::Asserted => 0,
        Modality::Planned => 1,
        Modality::Possible => 2,
        Modality::Denied => 3,
        Modality::Cancelled => 4,
    }
}

/// The heavier of two.
pub(super) fn heavier(a: Option<Modality>, b: Option<Modality>) -> Option<Modality> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if weight(b) > weight(a) { b } else { a }),
        (a, b) => a.or(b),
    }
}

impl Chain {
    fn say(&mut self, modality: Option<Modality>) {
        self.modality = heavier(self.modality, modality);
    }
}

/// Follows the verb at `verb` up through what governs it.
pub(super) fn follow(clause: &Clause<'_, '_>, rules: &ClaimRules, verb: usize) -> Chain {
    let start = clause.group_start(verb);
    let mut chain = Chain { start, verb, modality: None, negative: false, subject: None, announced: false };
    own_group(clause, start, verb, &mut chain);
    for _ in 0..6 {
        if !climb(clause, rules, &mut chain) {
            break;
        }
    }
    chain
}

/// What auxiliaries and adverbs in a verb's own group say.
fn own_group(clause: &Clause<'_, '_>, start: usize, verb: usize, chain: &mut Chain) {
    for unit in &clause.units[start..verb] {
        if unit.tag == Tag::Not || unit.is(class::NOT) {
            chain.negative = !chain.negative;
        }
        if unit.is(class::PLANNED) {
            chain.say(Some(Modality::Planned));
        } else if unit.is(class::POSSIBLE | class::LIKELY) {
            chain.say(Some(Modality::Possible));
        } else if unit.is(class::CANCELLED) {
            chain.say(Some(Modality::Cancelled));
        }
    }
}

/// Goes up by one governing word. Whether there was one.
fn climb(clause: &Clause<'_, '_>, rules: &ClaimRules, chain: &mut Chain) -> bool {
    let Some(before) = chain.start.checked_sub(1) else { return false };
    let form = clause.units[chain.verb].form;
    match clause.units[before].tag {
        Tag::To => {
            let Some(mut at) = before.checked_sub(1) else { return false };
            while matches!(clause.units[at].tag, Tag::Not | Tag::Adverb | Tag::Time)
                && at > 0
                && clause.units[at].control().is_none()
            {
                if clause.units[at].tag == Tag::Not {
                    chain.negative = !chain.negative;
                }
                at -= 1;
            }
            govern(clause, rules, chain, at, true)
        }
        Tag::Preposition if form.has(Forms::ING) => match before.checked_sub(1) {
            Some(at) if !matches!(clause.units[at].tag, Tag::Comma) => govern(clause, rules, chain, at, false),
            _ => false,
        },
        Tag::Verb if form.has(Forms::ING) || form == Forms::BASE => govern(clause, rules, chain, before, false),
        _ => false,
    }
}

/// Applies the governing word at `at`. Whether it governs.
fn govern(clause: &Clause<'_, '_>, rules: &ClaimRules, chain: &mut Chain, at: usize, infinitive: bool) -> bool {
    let unit = &clause.units[at];
    let control = unit.control().and_then(|control| rules.controls.get(control.control as usize));
    match unit.tag {
        Tag::Verb => {
            let Some(control) = control else { return false };
            apply(clause, control, chain, at);
            true
        }
        Tag::Auxiliary if infinitive => {
            // `is to launch`, `has to pay`
            chain.say(Some(Modality::Planned));
            chain.start = clause.group_start(at);
            chain.verb = at;
            own_group(clause, chain.start, at, chain);
            true
        }
        _ if control.is_some_and(|control| !control.raising) => {
            let Some(control) = control else { return false };
            chain.say(control.modality);
            chain.negative ^= control.negative;
            under_noun(clause, chain, at, control)
        }
        tag if infinitive && (tag.is_nominal() || tag == Tag::Pronoun) => raise(clause, rules, chain, at),
        _ => false,
    }
}

/// Applies the governing verb at `at`.
fn apply(clause: &Clause<'_, '_>, control: &Control, chain: &mut Chain, at: usize) {
    let start = clause.group_start(at);
    let past = clause.units[start..at]
        .iter()
        .any(|unit| unit.tag == Tag::Auxiliary && unit.is(class::HAVE) && unit.is(class::PAST_MODAL));
    chain.say(if past { control.had.or(control.modality) } else { control.modality });
    chain.negative ^= control.negative;
    chain.start = start;
    chain.verb = at;
    chain.announced |= clause.is(at, class::ANNOUNCE);
    own_group(clause, start, at, chain);
}

/// Goes on from a governing noun (`plans to`, `its bid to`): to its owner, or to the verb that it is the object of.
fn under_noun(clause: &Clause<'_, '_>, chain: &mut Chain, at: usize, control: &Control) -> bool {
    let phrase = clause.phrase_ending(at).unwrap_or(Phrase { first: at, end: at + 1 });
    chain.start = phrase.first;
    // `no plans to`, `no promises about`
    chain.negative ^= clause.is(phrase.first, class::NOT);
    let owner =
        (phrase.first..at).rev().find(|i| clause.units[*i].possessive || clause.units[*i].tag == Tag::Possessive);
    if let Some(owner) = owner {
        let first = if clause.units[owner].tag == Tag::Possessive { owner } else { phrase.first };
        chain.subject = Some(Group::of(Phrase { first, end: owner + 1 }));
    }
    let Some(before) = phrase.first.checked_sub(1) else { return false };
    match clause.units[before].tag {
        Tag::Verb => {
            let verb = &clause.units[before];
            if verb.is(class::CANCEL) {
                chain.say(Some(Modality::Cancelled));
            } else if verb.is(class::DENY) {
                chain.say(Some(Modality::Denied));
            }
            chain.announced |= verb.is(class::ANNOUNCE);
            let start = clause.group_start(before);
            own_group(clause, start, before, chain);
            let had = clause.units[start..before].iter().any(|unit| unit.is(class::PAST_MODAL) && unit.is(class::HAVE));
            if had && !verb.is(class::ANNOUNCE) {
                chain.say(control.had);
            }
            chain.start = start;
            chain.verb = before;
            chain.subject.is_none()
        }
        Tag::Auxiliary => {
            chain.start = clause.group_start(before + 1);
            chain.verb = before;
            own_group(clause, chain.start, before + 1, chain);
            false
        }
        _ => false,
    }
}

/// The subject between a verb of expecting and the infinitive: `expects Google to earn`.
fn raise(clause: &Clause<'_, '_>, rules: &ClaimRules, chain: &mut Chain, at: usize) -> bool {
    // `the reason for Foo to leave`
    if let Some(phrase) = clause.phrase_ending(at)
        && phrase.first.checked_sub(1).is_some_and(|before| clause.is(before, class::FOR))
    {
        chain.subject = Some(Group::of(phrase));
        return false;
    }
    // `a bid by Foo to buy Bar`
    if let Some(phrase) = clause.phrase_ending(at)
        && let Some(by) = phrase.first.checked_sub(1).filter(|by| *by > 0 && clause.is(*by, class::BY))
        && let Some(control) = clause.units[by - 1].control().and_then(|used| rules.controls.get(used.control as usize))
        && clause.units[by - 1].tag == Tag::Noun
    {
        chain.say(control.modality);
        chain.negative ^= control.negative;
        chain.subject = Some(Group::of(phrase));
        return false;
    }
    let start = clause.region_start(at + 1);
    let Some(verb) = start.checked_sub(1) else {
        // A headline: `Foo to buy Bar`.
        let headline = clause.units.last().is_some_and(|last| last.tag != Tag::Stop);
        if headline && !clause.units[..at].iter().any(|unit| unit.tag == Tag::Verb) {
            chain.say(Some(Modality::Planned));
            chain.subject = clause.region_group(at + 1);
        }
        return false;
    };
    let unit = &clause.units[verb];
    if unit.tag != Tag::Verb {
        return false;
    }
    let Some(control) = unit.control().and_then(|control| rules.controls.get(control.control as usize)) else {
        return false;
    };
    if !control.raising {
        return false;
    }
    let subject = clause.region_group(at + 1);
    apply(clause, control, chain, verb);
    chain.subject = subject;
    false
}
