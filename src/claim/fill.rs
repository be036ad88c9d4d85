//! The claim that a trigger makes: its roles filled, its modality, figure, date and source read.

use super::attribution::{attribute, source};
use super::clause::Group;
use super::date::{Found, Place, claim_time};
use super::find::{Finder, Trigger};
use super::inflect::Forms;
use super::modality::heavier;
use super::roles::Filler;
use super::rules::{FigureKind, Frame, Selection, Slot, class};
use super::units::Tag;
use super::{Claim, Modality, Party};
use crate::amount::{Amount, AmountUnit};

impl Finder<'_, '_, '_> {
    /// The claim that a trigger makes, where its roles can be filled.
    pub fn claim(&self, reading: Trigger<'_>) -> Option<Found> {
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
        // A pronoun that is acted on names nobody.
        let object = reading.arguments.object.as_ref().filter(|object| clause_is_pronoun(self, object));
        let stands = |role: &u8| {
            object.is_some() && reading.layout.iter().any(|(slot, filled)| *slot == Slot::Object && filled == role)
        };
        let is_named = |role: &u8| fillers[*role as usize].as_ref().is_some_and(|filler| filler.named) && !stands(role);
        let named = if frame.named.is_empty() {
            (0..fillers.len() as u8).any(|role| is_named(&role))
        } else {
            frame.named.iter().any(is_named)
        };
        let parties = |role: &u8| fillers[*role as usize].as_ref().map_or(0, |filler| filler.parties.len());
        if frame.several && frame.require.iter().map(parties).max().is_none_or(|most| most < 2) {
            self.log_refusal(&reading, "one alone");
            return None;
        }
        if !named {
            self.log_refusal(&reading, "nobody is named");
            return None;
        }
        let clause = self.clause();
        let region = self.region(&reading);
        let ahead = (region.1 + 1).min(clause.units.len());
        let stands = |end: usize, classes| clause.units[region.0..end].iter().any(|unit| unit.is(classes));
        // What follows a noun says nothing against it.
        let close = reading.phrase.map_or(ahead, |phrase| phrase.end.clamp(region.0, ahead));
        if frame.context != 0 && !stands(ahead, frame.context) || frame.unless != 0 && stands(close, frame.unless) {
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
        if frame.ahead && !planned {
            self.log_refusal(&reading, "nothing to come");
            return None;
        }
        let kind_id = frame.planned.filter(|_| planned).unwrap_or(frame.kind);
        let kind = &self.rules().kinds[kind_id.0 as usize];
        let gather = |roles: &[u8]| -> Vec<Party> {
            roles
                .iter()
                .filter_map(|role| fillers.get(*role as usize)?.as_ref())
                .flat_map(|filler| filler.parties.iter().copied())
                .collect()
        };
        let acting = gather(&kind.subject);
        let mut subject = acting.clone();
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
            // Nobody acts on himself: a pronoun that comes back to the subject stands for something else.
            .filter(|(role, party)| {
                kind.subject.contains(role) || !kind.object.contains(role) || !acting.contains(party)
            })
            .map(|(role, party)| (self.rules().public_role(kind_id, role), party))
            .collect();
        let trigger = self.scene.span(reading.first, reading.end);
        let mut attribution = attribute(&self.scene, self.input, trigger, reading.chain.start, reading.chain.announced);
        if frame.telling && attribution.party.is_none() {
            attribution.party = reading.subject.as_ref().and_then(|group| source(&self.scene, group.phrases[0]));
        }
        let group = reading.chain.start..reading.first.max(reading.chain.start);
        let perfect = clause.units[group].iter().any(|unit| unit.tag == Tag::Auxiliary && unit.is(class::HAVE));
        let time = claim_time(
            &self.scene,
            self.input,
            kind.period,
            &Place {
                start: reading.chain.start,
                first: reading.first,
                end: reading.end,
                region,
                phrase: reading.phrase.map(|phrase| (phrase.first, phrase.end)),
                announced: reading.chain.announced,
                perfect,
                negative: reading.chain.negative,
                subject: reading.subject.as_ref().map(|group| group.phrases[0].first),
                ahead: kind.period && modality != Modality::Asserted,
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
            voice: reading.voice,
            verb: reading.verb,
            subject,
            object,
            roles,
            modality,
            negative: reading.chain.negative != frame.negative,
            attribution: attribution.party,
            amount,
            time,
            inferred: None,
            quotation: attribution.quotation,
            same_as: None,
            rule: reading.frame,
        };
        let present = clause.tag(reading.first) == Some(Tag::Verb) && clause.units[reading.first].form.has(Forms::S);
        let settled = perfect || present || frame.fallback || reading.phrase.is_some() && !kind.period;
        Some(Found { claim, stock, settled })
    }

    /// The group that stands in a slot.
    fn group_of<'r>(&self, slot: Slot, reading: &'r Trigger<'_>) -> Option<&'r Group> {
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
        reading: &Trigger<'_>,
        metric: Option<&Group>,
    ) -> Option<Filler> {
        let owning = |word| self.rules().word(word).is_some_and(|entry| entry.classes & class::OWNING != 0);
        let acting = match slot {
            Slot::Object | Slot::Compound => false,
            Slot::Preposition(word) => !owning(word),
            _ => true,
        };
        match slot {
            Slot::Preposition(word) => {
                let attached = &reading.arguments.attached;
                let places = (0..attached.len()).filter(|place| attached[*place].0 == word);
                places.into_iter().find_map(|place| {
                    let group = Group { phrases: attached[place].1.clone(), attached: attached[place + 1..].to_vec() };
                    self.scene.fill(selections, &group, acting)
                })
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
            Slot::Source => {
                let trigger = self.scene.span(reading.first, reading.end);
                let source = attribute(&self.scene, self.input, trigger, reading.chain.start, false).party?;
                let entity_type = self.scene.entity_type(source.entity?);
                let fits = selections.contains(&Selection::Entity(entity_type));
                fits.then(|| Filler { parties: vec![source], named: true })
            }
            Slot::Topic => {
                let party = self.scene.topic(selections, reading.first)?;
                Some(Filler { parties: vec![party], named: true })
            }
            Slot::Maker => {
                let made = [&reading.arguments.object, &reading.subject, &reading.compound, &reading.genitive];
                let party = made.into_iter().flatten().find_map(|group| self.scene.maker(group, selections))?;
                Some(Filler { parties: vec![party], named: true })
            }
            _ => self.scene.fill(selections, self.group_of(slot, reading)?, acting),
        }
    }

    /// `Foo's purchase by Bar`: the genitive is what a name before the noun would be.
    fn genitive_of_target(&self, reading: &Trigger<'_>, frame: &Frame, fillers: &mut [Option<Filler>]) {
        let Some(group) = &reading.genitive else { return };
        let target =
            reading.layout.iter().find(|(slot, role)| *slot == Slot::Compound && fillers[*role as usize].is_none());
        if let Some((_, role)) = target {
            fillers[*role as usize] = self.scene.fill(&frame.select[*role as usize], group, false);
        }
    }

    /// The units of the trigger's clause.
    fn region(&self, reading: &Trigger<'_>) -> (usize, usize) {
        let clause = self.clause();
        let start = clause.region_start(reading.chain.start.min(reading.first));
        (start, reading.arguments.end.max(reading.end).min(clause.units.len()))
    }

    /// Whether the trigger's clause is under an `if`.
    fn is_hypothesis(&self, reading: &Trigger<'_>) -> bool {
        let clause = self.clause();
        let start = clause.region_start(reading.chain.start);
        start.checked_sub(1).is_some_and(|before| clause.is(before, class::HYPOTHESIS))
    }

    fn modality(&self, frame: &Frame, reading: &Trigger<'_>) -> Modality {
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
    fn amount(&self, frame: &Frame, reading: &Trigger<'_>) -> Option<Amount> {
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

/// Whether a group is a pronoun alone.
fn clause_is_pronoun(finder: &Finder<'_, '_, '_>, group: &Group) -> bool {
    matches!(group.phrases[..], [phrase] if finder.clause().tag(phrase.head()) == Some(Tag::Pronoun))
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
        Slot::Owner | Slot::Maker => 6,
        Slot::Main | Slot::Source | Slot::Topic => 7,
    }
}
