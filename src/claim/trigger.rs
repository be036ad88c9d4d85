//! Triggers: verbs by their voice, nouns with what carries them, predicates; and what stands around each.

use super::Modality;
use super::clause::{Group, Phrase};
use super::date::Found;
use super::find::{Finder, Trigger};
use super::inflect::Forms;
use super::modality::{Chain, follow, heavier};
use super::rules::{Embedded, Layout, Slot, class};
use super::units::{Tag, Unit};
use super::wording::Voice;

/// A governed clause is at most so long, in units.
const EMBEDDED: usize = 32;

impl<'a> Finder<'a, '_, '_> {
    pub fn verb_trigger(&self, at: usize) -> Option<Found> {
        let clause = self.clause();
        let unit: &Unit<'a> = &clause.units[at];
        let entry = unit.entry?;
        let mut uses: Vec<_> =
            entry.verbs.iter().filter(|verb| verb.frame.is_some() && verb.forms.has(unit.form)).collect();
        uses.sort_by_key(|verb| usize::MAX - verb.particle.len());
        let mut around: Option<(bool, Chain, Option<Group>)> = None;
        uses.into_iter().find_map(|verb| {
            let frame = verb.frame?;
            let rules = &self.rules().frames[frame as usize];
            if !self.may_hold(rules) {
                return None;
            }
            let (from, end) = self.after_particle(at, &verb.particle)?;
            // What stands before the verb is the same for all its frames.
            let (passive, chain, subject) = around
                .get_or_insert_with(|| {
                    let chain = follow(&clause, self.rules(), at);
                    let subject = chain.subject.clone().or_else(|| clause.subject(chain.start, chain.verb, 0));
                    (clause.is_passive(at), chain, subject)
                })
                .clone();
            let bare = chain.start == at && !passive;
            let takes = |layout: &Option<Layout>| {
                layout.as_ref().is_some_and(|layout| layout.iter().any(|(slot, _)| *slot == Slot::Object))
            };
            let mut arguments = clause.arguments(from, !passive || takes(&rules.passive));
            // `took the company private`: the particle behind the object is none of it.
            if from < end
                && let Some(object) = &mut arguments.object
            {
                let longer = object.phrases.iter_mut().filter(|phrase| phrase.end == end && phrase.first + 1 < end);
                longer.for_each(|phrase| phrase.end -= 1);
            }
            // A participle behind its noun is passive (`software acquired over the years`) where the verb has a passive.
            let never = rules.passive.is_none() && rules.intransitive.is_some();
            let reduced = bare && unit.form == Forms::PARTICIPLE && !never;
            let (voice, layout) = if passive || reduced {
                (Voice::Passive, rules.passive.as_ref()?)
            } else {
                let figure = arguments
                    .object
                    .as_ref()
                    .is_some_and(|object| clause.tag(object.phrases[0].head()) == Some(Tag::Figure));
                if arguments.object.is_none() || figure {
                    arguments.object = self.relative_object(chain.start, subject.as_ref()).or(arguments.object);
                }
                match (&arguments.object, &rules.intransitive) {
                    (None, Some(layout)) => (Voice::Intransitive, layout),
                    _ => (Voice::Active, rules.active.as_ref()?),
                }
            };
            if let Some(embedded) = rules.clause {
                arguments.end = self.embedded_end(from, embedded)?;
            }
            self.claim(Trigger {
                frame,
                voice,
                verb: Some(verb.verb),
                layout,
                first: at,
                end,
                chain,
                subject,
                arguments,
                genitive: None,
                compound: None,
                governor: None,
                phrase: None,
            })
        })
    }

    /// Where the clause ends that the verb before `from` governs, where there is one of the kind.
    fn embedded_end(&self, from: usize, embedded: Embedded) -> Option<usize> {
        let clause = self.clause();
        let limit = clause.units.len().min(from + EMBEDDED);
        let stop = (from..limit).find(|at| clause.tag(*at) == Some(Tag::Stop)).unwrap_or(limit);
        let opens = match embedded {
            Embedded::Planned => (from + 1..stop).any(|at| match clause.units[at].tag {
                Tag::Auxiliary => clause.is(at, class::PLANNED | class::POSSIBLE),
                Tag::To => clause.units[at - 1].tag.is_nominal() && clause.tag(at + 1) == Some(Tag::Verb),
                _ => false,
            }),
            Embedded::That => {
                let that = (from..stop.min(from + 8)).find(|at| clause.tag(*at) == Some(Tag::Subordinator));
                that.is_some_and(|at| clause.units[at].entry.is_some_and(|entry| entry.classes & class::THAT != 0))
            }
        };
        opens.then_some(stop)
    }

    /// Where the verb's arguments begin, past its particle, and where the trigger ends.
    ///
    /// A particle of one word may also stand behind a short object: `shut the service down`.
    fn after_particle(&self, at: usize, particle: &[crate::token::WordId]) -> Option<(usize, usize)> {
        if particle.is_empty() {
            return Some((at + 1, at + 1));
        }
        let units = self.clause().units;
        let tokens = &self.input.reading.tokens;
        let first = units[at].end;
        let matches = |from: usize| {
            particle.iter().enumerate().all(|(i, word)| tokens.get(from + i).is_some_and(|token| token.word() == *word))
        };
        if matches(first) {
            let end = first + particle.len();
            let next = units.iter().position(|unit| unit.first >= end).unwrap_or(units.len());
            return Some((next, next));
        }
        if let [word] = particle {
            let found = (at + 2..units.len().min(at + 6))
                .find(|i| units[*i].word == *word && units[*i].end == units[*i].first + 1)?;
            let object = units[at + 1..found].iter().all(|unit| unit.tag.begins_phrase())
                && units.get(found + 1).is_none_or(|next| !next.tag.begins_phrase());
            return object.then_some((at + 1, found + 1));
        }
        None
    }

    /// The object that a relative clause leaves out: `the phone that Foo launched`, `the phone Foo launched`.
    fn relative_object(&self, start: usize, subject: Option<&Group>) -> Option<Group> {
        let clause = self.clause();
        let first = subject.and_then(|subject| subject.phrases.first()).copied();
        let region = clause.region_start(first.map_or(start, |phrase| phrase.first.min(start)));
        let relative = region.checked_sub(1);
        let behind_noun = |at: usize| at > 0 && clause.tag(at - 1) == Some(Tag::Noun);
        if let Some(relative) = relative.filter(|at| at + 1 < start)
            && (clause.tag(relative) == Some(Tag::Relative)
                || clause.units[relative].is(class::THAT) && behind_noun(relative))
        {
            return clause.antecedent(relative);
        }
        // A noun with an article right before the name that is the subject, and no apposition of it.
        let phrase = first.filter(|phrase| clause.tag(phrase.head()) == Some(Tag::Mention))?;
        let noun = phrase.first.checked_sub(1)?;
        let title = class::COMPANY_NOUN | class::PERSON_NOUN | class::ORGANIZATION_NOUN | class::ACTOR;
        if clause.tag(noun) != Some(Tag::Noun) || clause.is(noun, title) {
            return None;
        }
        let before = clause.phrase_ending(noun)?;
        (clause.tag(before.first) == Some(Tag::Determiner)).then(|| Group::of(before))
    }

    pub fn predicate_trigger(&self, frame: u16, at: usize) -> Option<Found> {
        let clause = self.clause();
        let rules = &self.rules().frames[frame as usize];
        let layout = rules.active.as_ref().filter(|_| self.may_hold(rules))?;
        let next = (at + 1..clause.units.len()).find(|i| clause.units[*i].tag != Tag::Adverb)?;
        if clause.units[next].tag != Tag::Figure && rules.needs_amount {
            return None;
        }
        let mut start = at;
        while start > 0 && matches!(clause.units[start - 1].tag, Tag::Adverb | Tag::Time) {
            start -= 1;
        }
        let before = start.checked_sub(1)?;
        let (chain, subject) = match clause.units[before].tag {
            Tag::Verb if clause.is(before, class::BE) => {
                let chain = follow(&clause, self.rules(), before);
                let subject = chain.subject.clone().or_else(|| clause.subject(chain.start, chain.verb, 0));
                (chain, subject)
            }
            tag if tag.is_nominal() => {
                let chain = Chain { start, verb: at, modality: None, negative: false, subject: None, announced: false };
                let region = clause.region_start(start);
                // `with sales up 5 percent`
                let with = (region..start).rev().find(|at| clause.is(*at, class::ABSOLUTE));
                (chain, clause.parse_group(with.map_or(region, |with| with + 1), start))
            }
            _ => return None,
        };
        let arguments = clause.arguments(at + 1, true);
        self.claim(Trigger {
            frame,
            voice: Voice::Nominal,
            verb: None,
            layout,
            first: at,
            end: at + 1,
            chain,
            subject,
            arguments,
            genitive: None,
            compound: None,
            governor: None,
            phrase: None,
        })
    }

    pub fn noun_trigger(&self, frame: u16, at: usize) -> Option<Found> {
        let clause = self.clause();
        let rules = &self.rules().frames[frame as usize];
        let layout = rules.nominal.as_ref().filter(|_| self.may_hold(rules))?;
        let phrase = clause.phrase_ending(at)?;
        let whole = clause.phrase_at(phrase.first)?;
        if rules.inside != 0 && !clause.units[phrase.first..phrase.end].iter().any(|unit| unit.is(rules.inside)) {
            return None;
        }
        let arguments = clause.arguments(whole.end.max(at + 1), false);
        let mut before = phrase.first.checked_sub(1);
        while let Some(joint) = before.filter(|before| clause.tag(*before) == Some(Tag::Coordinator)) {
            // `raised its sales and earnings forecast`
            let other = joint.checked_sub(1).and_then(|last| clause.phrase_ending(last));
            before = other.and_then(|other| other.first.checked_sub(1));
        }
        let governing = before.filter(|before| clause.units[*before].tag == Tag::Verb);
        if rules.governed_by != 0 && !before.is_some_and(|before| clause.is(before, rules.governed_by)) {
            return None;
        }
        let mut chain = match governing {
            Some(verb) => follow(&clause, self.rules(), verb),
            None => Chain {
                start: phrase.first,
                verb: at,
                modality: None,
                negative: false,
                subject: None,
                announced: false,
            },
        };
        chain.negative ^= clause.is(phrase.first, class::NOT);
        if let Some(verb) = governing {
            if clause.is(verb, class::CANCEL) {
                chain.modality = heavier(chain.modality, Some(Modality::Cancelled));
            } else if clause.is(verb, class::DENY) {
                chain.modality = heavier(chain.modality, Some(Modality::Denied));
            }
        }
        // What governs the noun from further off: `completed talks on the acquisition`.
        for unit in &clause.units[phrase.first..at] {
            if unit.is(class::PLANNED) {
                chain.modality = heavier(chain.modality, Some(Modality::Planned));
            } else if unit.is(class::POSSIBLE) {
                chain.modality = heavier(chain.modality, Some(Modality::Possible));
            } else if unit.is(class::CANCELLED) {
                chain.modality = heavier(chain.modality, Some(Modality::Cancelled));
            }
        }
        let possessive =
            (phrase.first..at).rev().find(|i| clause.units[*i].possessive || clause.units[*i].tag == Tag::Possessive);
        let genitive = possessive.map(|owner| {
            let first = if clause.units[owner].tag == Tag::Possessive { owner } else { phrase.first };
            Group::of(Phrase { first, end: owner + 1 })
        });
        let from = possessive.map_or(phrase.first, |owner| owner + 1);
        let compound = (from..at).rev().find(|i| clause.units[*i].tag == Tag::Mention && !clause.units[*i].possessive);
        let compound = compound.map(|mention| Group::of(Phrase { first: mention, end: mention + 1 }));
        let governor = match governing {
            Some(verb)
                if clause.is(verb, class::SUPPORT | class::ANNOUNCE | class::CANCEL | class::DENY)
                    || rules.governed_by != 0 =>
            {
                let subject = chain.subject.clone().or_else(|| clause.subject(chain.start, chain.verb, 0));
                chain.announced |= clause.is(verb, class::ANNOUNCE);
                subject
            }
            _ => None,
        };
        self.claim(Trigger {
            frame,
            voice: Voice::Nominal,
            verb: None,
            layout,
            first: at,
            end: at + 1,
            chain,
            subject: None,
            arguments,
            genitive,
            compound,
            governor,
            phrase: Some(phrase),
        })
    }
}
