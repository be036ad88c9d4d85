//! Claims from triggers: each verb, noun or predicate of a frame, its roles filled, its circumstances read.

use super::attribution::attribute;
use super::clause::{Arguments, Clause, Group, Phrase};
use super::date::{Found, Passage, claim_time};
use super::inflect::Forms;
use super::modality::{Chain, follow, heavier};
use super::roles::{Filler, Focus, Scene};
use super::rules::{ClaimRules, FigureKind, Frame, Layout, Selection, Slot, class};
use super::same::mark_same;
use super::units::{Layers, Tag, Unit};
use super::{Claim, Modality, Party};
use crate::amount::{Amount, AmountUnit};
use crate::cue::Cues;
use crate::gazetteer::EntityType;
use crate::mention::Mentions;
use crate::quotation::Quotation;
use crate::reading::Reading;
use crate::sentence::Sentence;
use crate::structure::ParagraphKind;
use crate::timex::TimeExpr;
use std::cell::RefCell;

/// What claims are read from.
#[derive(Clone, Copy)]
pub struct ClaimInput<'a, 't> {
    /// The document.
    pub reading: &'a Reading<'t>,
    /// Its names.
    pub mentions: &'a Mentions,
    /// Its dates.
    pub times: &'a [TimeExpr],
    /// Its quotations.
    pub quotations: &'a [Quotation],
    /// Its figures.
    pub amounts: &'a [Amount],
    /// Reporting words.
    pub cues: &'a Cues,
}

/// Finds the claims of a document. Sorted by sentence, then by trigger.
pub fn find_claims(input: &ClaimInput<'_, '_>, rules: &ClaimRules) -> Vec<Claim> {
    read_claims(input, rules, None)
}

/// What was looked at on the way to the claims of a document, in words: the units of each sentence with their parts,
/// and every trigger with what became of it.
pub fn trace_claims(input: &ClaimInput<'_, '_>, rules: &ClaimRules) -> String {
    let log = RefCell::new(String::new());
    read_claims(input, rules, Some(&log));
    log.into_inner()
}

fn read_claims(input: &ClaimInput<'_, '_>, rules: &ClaimRules, log: Option<&RefCell<String>>) -> Vec<Claim> {
    let layers =
        Layers { reading: input.reading, mentions: input.mentions, times: input.times, amounts: input.amounts, rules };
    let mut claims = Vec::new();
    let mut focus = Focus::default();
    let mut units = Vec::new();
    let mut article = None;
    let mut passage = Passage::default();
    for (index, sentence) in input.reading.sentences.iter().enumerate() {
        let paragraph = input.reading.paragraph_of(sentence);
        if article != Some(paragraph.article) {
            article = Some(paragraph.article);
            focus = Focus { main: main_company(input, sentence), ..Focus::default() };
            passage = Passage::default();
        }
        layers.units(sentence, &mut units);
        focus.fresh &= index > 0 && input.reading.sentences[index - 1].paragraph == sentence.paragraph;
        focus.speaker = speaker(input, sentence);
        let first = claims.len();
        {
            let scene = Scene { layers, clause: Clause { units: &units }, focus: &focus };
            let heading = paragraph.kind == ParagraphKind::Heading;
            let finder = Finder { input, scene, sentence, index: index as u32, heading, log };
            finder.log_units();
            let mut found = Vec::new();
            finder.find(&mut found);
            passage.carry(input, sentence, rules, &mut found);
            claims.extend(found.into_iter().map(|found| found.claim));
        }
        let scene = Scene { layers, clause: Clause { units: &units }, focus: &focus };
        let next = shift_focus(&scene, &claims[first..]);
        focus = next;
    }
    mark_same(input.reading.text, &mut claims);
    claims
}

/// The company that the article of a sentence names at least twice as often as any other.
fn main_company(input: &ClaimInput<'_, '_>, sentence: &Sentence) -> Option<Party> {
    let paragraph = input.reading.paragraph_of(sentence);
    let article = input.reading.structure.articles.get(paragraph.article as usize)?;
    let mut counts: std::collections::BTreeMap<crate::mention::EntityId, (usize, Party)> =
        std::collections::BTreeMap::new();
    for mention in input.mentions.within(article.span) {
        if matches!(input.mentions.entity(mention.entity).entity_type, EntityType::Company | EntityType::Organization) {
            let party = Party { span: mention.span, entity: Some(mention.entity) };
            counts.entry(mention.entity).or_insert((0, party)).0 += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_values().collect();
    counts.sort_by_key(|(count, party)| (usize::MAX - count, party.span));
    let (first, party) = *counts.first()?;
    let second = counts.get(1).map_or(0, |(count, _)| *count);
    (first >= 4 && first >= 2 * second).then_some(party)
}

/// Whom `we` stands for in a sentence: the affiliation of the speaker of a quotation that covers it.
fn speaker(input: &ClaimInput<'_, '_>, sentence: &Sentence) -> Option<Party> {
    let quotation = input.quotations.iter().find(|quotation| quotation.content.overlaps(sentence.span))?;
    let entity = quotation.affiliation?;
    Some(Party { span: input.mentions.entity(entity).name, entity: Some(entity) })
}

/// What the passage is about after a sentence.
fn shift_focus(scene: &Scene<'_, '_, '_>, claims: &[Claim]) -> Focus {
    let mut focus = *scene.focus;
    let clause = scene.clause;
    let mut set = |party: Party, entity_type: EntityType, subject: bool| {
        match entity_type {
            EntityType::Company | EntityType::Organization => {
                if subject || focus.company.is_none() {
                    focus.company = Some(party);
                }
            }
            EntityType::Product => focus.product = Some(party),
            EntityType::Person => focus.person = Some(party),
        }
        if subject && entity_type != EntityType::Person {
            focus.last = Some(party);
        }
    };
    for at in 0..clause.units.len() {
        if let Some((party, entity_type)) = scene.mention(at) {
            set(party, entity_type, false);
        }
    }
    for claim in claims {
        for party in claim.object.iter().chain(&claim.subject) {
            if let Some(entity) = party.entity {
                let entity_type = scene.entity_type(entity);
                set(*party, entity_type, claim.subject.contains(party));
            }
        }
    }
    let last = claims.iter().rev().find(|claim| scene.layers.rules.kinds[claim.kind.0 as usize].period);
    let metric =
        last.and_then(|claim| claim.roles.iter().map(|(_, party)| *party).find(|party| party.entity.is_none()));
    focus.metric = metric;
    let verb = (0..clause.units.len()).find(|at| clause.units[*at].tag == Tag::Verb && clause.is_finite(*at));
    let group = verb.and_then(|verb| clause.subject(clause.group_start(verb), verb, 0));
    if let Some(group) = group {
        let found = group.phrases.iter().find_map(|phrase| {
            scene.mention(phrase.head()).or_else(|| (phrase.first..phrase.end).find_map(|at| scene.mention(at)))
        });
        if let Some((party, entity_type)) = found {
            set(party, entity_type, true);
        }
    }
    focus.fresh |= focus.company != scene.focus.company;
    focus
}

struct Finder<'a, 'u, 't> {
    input: &'a ClaimInput<'a, 't>,
    scene: Scene<'a, 'u, 't>,
    sentence: &'a Sentence,
    index: u32,
    #[allow(dead_code)]
    heading: bool,
    /// Where decisions are written down, for those who ask.
    log: Option<&'a RefCell<String>>,
}

/// A trigger with what was read around it.
struct Reading1<'f> {
    frame: u16,
    layout: &'f Layout,
    /// The units of the trigger.
    first: usize,
    end: usize,
    chain: Chain,
    subject: Option<Group>,
    arguments: Arguments,
    genitive: Option<Group>,
    compound: Option<Group>,
    governor: Option<Group>,
    /// The phrase of a nominal trigger.
    phrase: Option<Phrase>,
}

impl<'a> Finder<'a, '_, '_> {
    fn rules(&self) -> &'a ClaimRules {
        self.scene.layers.rules
    }

    fn clause(&self) -> Clause<'_, 'a> {
        self.scene.clause
    }

    fn note(&self, line: impl FnOnce() -> String) {
        if let Some(log) = self.log {
            let mut log = log.borrow_mut();
            log.push_str(&line());
            log.push('\n');
        }
    }

    fn log_units(&self) {
        self.note(|| {
            let mut line = String::from("\n");
            for unit in self.clause().units {
                let words = self.input.reading.span(unit.first, unit.end).of(self.input.reading.text);
                line.push_str(&format!("{words}/{:?} ", unit.tag));
            }
            line
        });
    }

    fn log_refusal(&self, reading: &Reading1<'_>, why: &str) {
        self.note(|| {
            let frame = &self.rules().frames[reading.frame as usize];
            let words = |group: &Option<Group>| {
                let spans = group.iter().flat_map(|group| &group.phrases);
                spans
                    .map(|phrase| self.scene.span(phrase.first, phrase.end).of(self.input.reading.text))
                    .collect::<Vec<_>>()
                    .join("; ")
            };
            let trigger = self.scene.span(reading.first, reading.end).of(self.input.reading.text);
            format!(
                "  {} `{trigger}` subject `{}` object `{}`: {why}",
                frame.name,
                words(&reading.subject),
                words(&reading.arguments.object)
            )
        });
    }

    fn find(&self, claims: &mut Vec<Found>) {
        let clause = self.clause();
        if self.is_question() || self.is_counterfactual() {
            return;
        }
        let first = claims.len();
        for at in 0..clause.units.len() {
            let unit = &clause.units[at];
            let Some(entry) = unit.entry else { continue };
            let found = match unit.tag {
                Tag::Verb => self.verb_trigger(at),
                _ => None,
            };
            let found = found
                .or_else(|| entry.predicates.iter().find_map(|frame| self.predicate_trigger(*frame, at)))
                .or_else(|| {
                    if unit.tag == Tag::Noun {
                        entry.nouns.iter().find_map(|frame| self.noun_trigger(*frame, at))
                    } else {
                        None
                    }
                });
            if let Some(claim) = found {
                let again = claims[first..].iter().any(|known| repeats(&known.claim, &claim.claim));
                self.note(|| {
                    let trigger = claim.claim.trigger.of(self.input.reading.text);
                    format!(
                        "  {} `{trigger}`: {}",
                        self.rules().rule_name(claim.claim.rule),
                        if again { "told already" } else { "a claim" }
                    )
                });
                if !again {
                    claims.push(claim);
                }
            }
        }
    }

    fn is_question(&self) -> bool {
        let last = self.sentence.range().end;
        let asks = (last.saturating_sub(2)..last).any(|at| self.input.reading.letters(at) == "?");
        asks && !self.input.reading.marks.iter().any(|pair| pair.content.covers(self.sentence.span))
    }

    /// `Had Foo bought Bar, …`
    fn is_counterfactual(&self) -> bool {
        let units = self.clause().units;
        units.first().is_some_and(|unit| unit.is(class::PAST_MODAL) && unit.is(class::HAVE))
            && units.get(1).is_some_and(|unit| unit.tag.begins_phrase())
    }

    fn verb_trigger(&self, at: usize) -> Option<Found> {
        let clause = self.clause();
        let unit: &Unit<'a> = &clause.units[at];
        let entry = unit.entry?;
        let mut uses: Vec<_> =
            entry.verbs.iter().filter(|verb| verb.frame.is_some() && verb.forms.has(unit.form)).collect();
        uses.sort_by_key(|verb| usize::MAX - verb.particle.len());
        uses.into_iter().find_map(|verb| {
            let frame = verb.frame?;
            let (from, end) = self.after_particle(at, &verb.particle)?;
            let rules = &self.rules().frames[frame as usize];
            let passive = clause.is_passive(at);
            let chain = follow(&clause, self.rules(), at);
            let bare = chain.start == at && !passive;
            let mut arguments = clause.arguments(from, !passive);
            let subject = chain.subject.clone().or_else(|| clause.subject(chain.start, chain.verb, 0));
            // A participle behind its noun is passive: `software acquired over the years`.
            let reduced = bare && unit.form == Forms::PARTICIPLE;
            let layout = if passive || reduced {
                rules.passive.as_ref()?
            } else {
                let figure = arguments
                    .object
                    .as_ref()
                    .is_some_and(|object| clause.tag(object.phrases[0].head()) == Some(Tag::Figure));
                if arguments.object.is_none() || figure {
                    arguments.object = self.relative_object(chain.start).or(arguments.object);
                }
                match (&arguments.object, &rules.intransitive) {
                    (None, Some(layout)) => layout,
                    _ => rules.active.as_ref()?,
                }
            };
            self.claim(Reading1 {
                frame,
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
            let object = units[at + 1..found].iter().all(|unit| unit.tag.begins_phrase());
            return object.then_some((at + 1, found + 1));
        }
        None
    }

    /// The object that a relative clause leaves out: `the phone that Foo launched`.
    fn relative_object(&self, start: usize) -> Option<Group> {
        let clause = self.clause();
        let region = clause.region_start(start);
        let relative = region.checked_sub(1)?;
        if clause.tag(relative) != Some(Tag::Relative) || relative + 1 >= start {
            return None;
        }
        clause.antecedent(relative)
    }

    fn predicate_trigger(&self, frame: u16, at: usize) -> Option<Found> {
        let clause = self.clause();
        let rules = &self.rules().frames[frame as usize];
        let layout = rules.active.as_ref()?;
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
                (chain, clause.region_group(start))
            }
            _ => return None,
        };
        let arguments = clause.arguments(at + 1, true);
        self.claim(Reading1 {
            frame,
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

    fn noun_trigger(&self, frame: u16, at: usize) -> Option<Found> {
        let clause = self.clause();
        let rules = &self.rules().frames[frame as usize];
        let layout = rules.nominal.as_ref()?;
        let phrase = clause.phrase_ending(at)?;
        let whole = clause.phrase_at(phrase.first)?;
        let head = whole.end > at + 1;
        let arguments = clause.arguments(whole.end.max(at + 1), false);
        let mut before = phrase.first.checked_sub(1);
        while let Some(joint) = before.filter(|before| clause.tag(*before) == Some(Tag::Coordinator)) {
            // `raised its sales and earnings forecast`
            let other = joint.checked_sub(1).and_then(|last| clause.phrase_ending(last));
            before = other.and_then(|other| other.first.checked_sub(1));
        }
        let governing = before.filter(|before| clause.units[*before].tag == Tag::Verb);
        if rules.governed_by != 0 && !governing.is_some_and(|verb| clause.is(verb, rules.governed_by)) {
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
                let _ = verb;
                subject
            }
            _ => None,
        };
        let _ = head;
        self.claim(Reading1 {
            frame,
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

    /// The claim that a trigger makes, where its roles can be filled.
    fn claim(&self, reading: Reading1<'_>) -> Option<Found> {
        let frame = &self.rules().frames[reading.frame as usize];
        let kind = &self.rules().kinds[frame.kind.0 as usize];
        let mut fillers: Vec<Option<Filler>> = vec![None; kind.roles.len()];
        let mut metric: Option<Group> = None;
        for order in 0..8 {
            for (slot, role) in reading.layout.iter().filter(|(slot, _)| slot_order(*slot) == order) {
                let place = *role as usize;
                if fillers[place].is_some() {
                    if *slot == Slot::Genitive {
                        self.genitive_of_target(&reading, frame, &mut fillers);
                    }
                    continue;
                }
                fillers[place] = self.slot(*slot, &frame.select[place], &reading, metric.as_ref());
                if fillers[place].is_some()
                    && frame.select[place]
                        .iter()
                        .any(|selection| matches!(selection, Selection::Class(_) | Selection::Figure))
                    && metric.is_none()
                {
                    metric = self.group_of(*slot, &reading).cloned();
                }
            }
        }
        if let Some(role) = frame.require.iter().find(|role| fillers[**role as usize].is_none()) {
            self.log_refusal(&reading, &format!("no {}", kind.roles[*role as usize]));
            return None;
        }
        let is_named = |role: &u8| fillers[*role as usize].as_ref().is_some_and(|filler| filler.named);
        let named = if frame.named.is_empty() {
            (0..fillers.len() as u8).any(|role| is_named(&role))
        } else {
            frame.named.iter().any(is_named)
        };
        if !named {
            self.log_refusal(&reading, "nobody is named");
            return None;
        }
        let clause = self.clause();
        let region = self.region(&reading);
        let stands = |classes| clause.units[region.0..region.1].iter().any(|unit| unit.is(classes));
        if frame.context != 0 && !stands(frame.context) || frame.unless != 0 && stands(frame.unless) {
            self.log_refusal(&reading, "the clause lacks a word, or holds one too many");
            return None;
        }
        if self.is_hypothesis(&reading) {
            return None;
        }
        let amount = self.amount(frame, &reading);
        if frame.needs_amount && amount.is_none() {
            self.log_refusal(&reading, "no figure");
            return None;
        }
        let modality = self.modality(frame, &reading);
        let planned = matches!(modality, Modality::Planned | Modality::Possible);
        let kind_id = frame.planned.filter(|_| planned).unwrap_or(frame.kind);
        let kind = &self.rules().kinds[kind_id.0 as usize];
        let gather = |roles: &[u8]| -> Vec<Party> {
            roles
                .iter()
                .filter_map(|role| fillers.get(*role as usize)?.as_ref())
                .flat_map(|filler| filler.parties.iter().copied())
                .collect()
        };
        let mut subject = gather(&kind.subject);
        let mut object = gather(&kind.object);
        object.retain(|party| !subject.contains(party));
        if subject.is_empty() && kind.promote {
            std::mem::swap(&mut subject, &mut object);
        }
        let roles = fillers
            .iter()
            .enumerate()
            .flat_map(|(role, filler)| {
                filler.iter().flat_map(move |filler| filler.parties.iter().map(move |party| (role as u8, *party)))
            })
            .map(|(role, party)| (self.rules().public_role(kind_id, role), party))
            .collect();
        let trigger = self.scene.span(reading.first, reading.end);
        let attribution = attribute(&self.scene, self.input, trigger, reading.chain.start, reading.chain.announced);
        let time = claim_time(
            &self.scene,
            self.input,
            kind.period,
            &super::date::Place {
                start: reading.chain.start,
                first: reading.first,
                end: reading.end,
                region,
                phrase: reading.phrase.map(|phrase| (phrase.first, phrase.end)),
                announced: reading.chain.announced,
            },
        );
        let stock = frame.session
            || metric
                .as_ref()
                .is_some_and(|group| group.phrases.iter().any(|phrase| clause.is(phrase.head(), class::STOCK)));
        let claim = Claim {
            sentence: self.index,
            span: self.sentence.span,
            kind: kind_id,
            trigger,
            subject,
            object,
            roles,
            modality,
            negative: reading.chain.negative != frame.negative,
            attribution: attribution.party,
            amount,
            time,
            quotation: attribution.quotation,
            same_as: None,
            rule: reading.frame,
        };
        Some(Found { claim, stock })
    }

    /// The group that stands in a slot.
    fn group_of<'r>(&self, slot: Slot, reading: &'r Reading1<'_>) -> Option<&'r Group> {
        match slot {
            Slot::Subject => reading.subject.as_ref(),
            Slot::Object => reading.arguments.object.as_ref(),
            Slot::Genitive => reading.genitive.as_ref(),
            Slot::Compound => reading.compound.as_ref(),
            Slot::Governor => reading.governor.as_ref(),
            _ => None,
        }
    }

    /// Fills a role from a slot.
    fn slot(
        &self,
        slot: Slot,
        selections: &[Selection],
        reading: &Reading1<'_>,
        metric: Option<&Group>,
    ) -> Option<Filler> {
        let acting = !matches!(slot, Slot::Object | Slot::Compound);
        match slot {
            Slot::Preposition(word) => {
                let phrases = reading.arguments.attached.iter().filter(|(preposition, _)| *preposition == word);
                for (_, phrases) in phrases {
                    if let Some(filler) =
                        self.scene.fill(selections, &Group { phrases: phrases.clone(), attached: Vec::new() }, acting)
                    {
                        return Some(filler);
                    }
                }
                None
            }
            Slot::Main => {
                let group = self.clause().main_subject(reading.chain.start, 0)?;
                self.scene.fill(selections, &group, true)
            }
            Slot::Owner => {
                let own;
                let group = match (metric, reading.phrase) {
                    (Some(group), _) => group,
                    (None, Some(phrase)) => {
                        own = Group { phrases: vec![phrase], attached: reading.arguments.attached.clone() };
                        &own
                    }
                    (None, None) => return None,
                };
                let party = self.scene.owner(group, selections)?;
                Some(Filler { parties: vec![party], named: true })
            }
            Slot::Source => None,
            _ => self.scene.fill(selections, self.group_of(slot, reading)?, acting),
        }
    }

    /// `Foo's purchase by Bar`: the genitive is what a name before the noun would be.
    fn genitive_of_target(&self, reading: &Reading1<'_>, frame: &Frame, fillers: &mut [Option<Filler>]) {
        let Some(group) = &reading.genitive else { return };
        let target =
            reading.layout.iter().find(|(slot, role)| *slot == Slot::Compound && fillers[*role as usize].is_none());
        if let Some((_, role)) = target {
            fillers[*role as usize] = self.scene.fill(&frame.select[*role as usize], group, false);
        }
    }

    /// The units of the trigger's clause.
    fn region(&self, reading: &Reading1<'_>) -> (usize, usize) {
        let clause = self.clause();
        let start = clause.region_start(reading.chain.start.min(reading.first));
        (start, reading.arguments.end.max(reading.end).min(clause.units.len()))
    }

    /// Whether the trigger's clause is under an `if`.
    fn is_hypothesis(&self, reading: &Reading1<'_>) -> bool {
        let clause = self.clause();
        let start = clause.region_start(reading.chain.start);
        start.checked_sub(1).is_some_and(|before| clause.is(before, class::HYPOTHESIS))
    }

    fn modality(&self, frame: &Frame, reading: &Reading1<'_>) -> Modality {
        let mut modality = reading.chain.modality;
        if frame.modality != Modality::Asserted {
            modality = modality.or(Some(frame.modality));
        }
        if self.is_denied(reading.chain.start) {
            modality = heavier(modality, Some(Modality::Denied));
        }
        modality.unwrap_or(Modality::Asserted)
    }

    /// Whether a verb of denying governs the clause that starts before `at`.
    fn is_denied(&self, at: usize) -> bool {
        let clause = self.clause();
        let start = clause.region_start(at);
        let Some(mut place) = start.checked_sub(1) else { return false };
        if !matches!(clause.tag(place), Some(Tag::Subordinator | Tag::Relative | Tag::Verb)) {
            return false;
        }
        for _ in 0..6 {
            if clause.tag(place) == Some(Tag::Verb) {
                return clause.is(place, class::DENY);
            }
            match place.checked_sub(1) {
                Some(before) => place = before,
                None => return false,
            }
        }
        false
    }

    /// The figure that belongs to the event.
    fn amount(&self, frame: &Frame, reading: &Reading1<'_>) -> Option<Amount> {
        if frame.amount.is_empty() {
            return None;
        }
        let clause = self.clause();
        let (start, end) = self.region(reading);
        let from = reading.phrase.map_or(reading.first, |phrase| phrase.first);
        let behind = (from..end).filter(|at| clause.units[*at].tag == Tag::Figure);
        let before = (start..from).rev().filter(|at| clause.units[*at].tag == Tag::Figure);
        let fits = |at: usize| {
            let amount = *self.input.amounts.get(clause.units[at].index as usize)?;
            frame.amount.iter().any(|kind| self.is_kind(*kind, &amount, at)).then_some(amount)
        };
        let behind: Vec<usize> = behind.collect();
        let target = behind.iter().copied().find(|at| {
            at.checked_sub(1).is_some_and(|before| clause.tag(before) == Some(Tag::To)) && fits(*at).is_some()
        });
        target
            .and_then(fits)
            .or_else(|| behind.into_iter().find_map(fits))
            .or_else(|| before.into_iter().find_map(fits))
    }

    fn is_kind(&self, kind: FigureKind, amount: &Amount, at: usize) -> bool {
        match kind {
            FigureKind::Money => amount.currency.is_some(),
            FigureKind::Percent => amount.unit == Some(AmountUnit::Percent),
            FigureKind::Count => amount.currency.is_none() && amount.unit != Some(AmountUnit::Percent),
            FigureKind::CountOf(classes) => {
                let units = self.clause().units;
                let plain = amount.currency.is_none() && amount.unit != Some(AmountUnit::Percent);
                plain
                    && units[at + 1..units.len().min(at + 5)]
                        .iter()
                        .take_while(|unit| unit.tag.is_nominal())
                        .any(|unit| unit.is(classes))
            }
        }
    }
}

/// The order in which slots are filled: what stands with the trigger first.
fn slot_order(slot: Slot) -> u8 {
    match slot {
        Slot::Object => 0,
        Slot::Preposition(_) => 1,
        Slot::Subject => 2,
        Slot::Genitive => 3,
        Slot::Compound => 4,
        Slot::Governor => 5,
        Slot::Owner => 6,
        Slot::Main | Slot::Source => 7,
    }
}

/// Whether two claims of a sentence tell one event.
fn repeats(known: &Claim, claim: &Claim) -> bool {
    if known.kind != claim.kind || known.trigger.overlaps(claim.trigger) && known.kind == claim.kind {
        return known.kind == claim.kind;
    }
    let same = |a: &[Party], b: &[Party]| {
        a.iter().any(|a| b.iter().any(|b| a.span == b.span || a.entity.is_some() && a.entity == b.entity))
    };
    let metric = |claim: &Claim| claim.roles.iter().any(|(_, party)| party.entity.is_none());
    let subjects = same(&known.subject, &claim.subject) || known.subject.is_empty() || claim.subject.is_empty();
    let objects = same(&known.object, &claim.object) || known.object.is_empty() || claim.object.is_empty();
    subjects && objects && !(metric(known) && metric(claim) && known.amount != claim.amount)
}
