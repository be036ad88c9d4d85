//! Figures that one verb tells of together: `expects revenue of $5 billion and earnings of 40 cents a share`.

use super::clause::Phrase;
use super::date::Found;
use super::find::Finder;
use super::rules::class;
use super::units::Tag;

/// How far behind its name a figure stands, in units.
const REACH: usize = 10;

impl Finder<'_, '_, '_> {
    /// Adds a claim for each further figure that the verb of the last claim of figures tells of.
    pub fn beside(&self, claims: &mut Vec<Found>) {
        let figures = |found: &&Found| {
            let period = self.rules().kinds[found.claim.kind.0 as usize].period;
            period && found.claim.amount.is_some() && !found.stock
        };
        let Some(base) = claims.iter().rev().find(figures).cloned() else { return };
        let units = self.clause().units;
        let start = |at: usize| self.scene.span(at, at + 1).start();
        let Some(verb) = (0..units.len()).find(|at| start(*at) == base.claim.trigger.start()) else { return };
        if units[verb].tag != Tag::Verb {
            return;
        }
        for (at, unit) in units.iter().enumerate().skip(verb + 1) {
            let ends = matches!(unit.tag, Tag::Stop | Tag::Dash | Tag::Subordinator | Tag::Relative | Tag::Auxiliary)
                || unit.tag == Tag::Verb && self.clause().is_finite(at)
                || unit.is(class::COMPARING);
            if ends {
                break;
            }
            let head = unit.tag == Tag::Noun && unit.is(class::METRIC) && !unit.is(class::STOCK);
            if !head || self.clause().tag(at + 1).is_some_and(|next| next == Tag::Noun) {
                continue;
            }
            if let Some(found) = self.further(&base, claims, at) {
                self.note(|| {
                    format!(
                        "  {} `{}`: beside",
                        self.rules().rule_name(base.claim.rule),
                        found.claim.trigger.of(self.input.reading.text)
                    )
                });
                claims.push(found);
            }
        }
    }

    /// The claim of the figure whose name is the unit at `at`, where none has told it.
    fn further(&self, base: &Found, claims: &[Found], at: usize) -> Option<Found> {
        let units = self.clause().units;
        let mut behind = (at + 1..units.len().min(at + REACH)).take_while(|i| {
            let unit = &units[*i];
            !unit.is(class::COMPARING | class::METRIC) && !matches!(unit.tag, Tag::Verb | Tag::Stop | Tag::Comma)
                || unit.tag == Tag::Preposition
        });
        let figure = behind.find(|i| units[*i].tag == Tag::Figure && units[*i].price)?;
        let amount = *self.input.amounts.get(units[figure].index as usize)?;
        let known = |found: &Found| {
            found.claim.amount.is_some_and(|known| known.span == amount.span)
                || found.claim.amount.is_some_and(|known| (known.low, known.high) == (amount.low, amount.high))
        };
        if claims.iter().any(known) {
            return None;
        }
        let phrase = self.clause().phrase_ending(at).unwrap_or(Phrase { first: at, end: at + 1 });
        // `a profit of 5 cents a share on revenue of …` is one figure and what it is of.
        if phrase.first.checked_sub(1).is_some_and(|before| self.clause().is(before, class::OWNING)) {
            return None;
        }
        let metric = self.scene.plain_party(phrase)?;
        let mut found = base.clone();
        found.claim.trigger = self.scene.span(at, at + 1);
        found.claim.amount = Some(amount);
        for (_, party) in found.claim.roles.iter_mut().filter(|(_, party)| party.entity.is_none()) {
            *party = metric;
        }
        for party in found.claim.object.iter_mut().filter(|party| party.entity.is_none()) {
            *party = metric;
        }
        Some(found)
    }
}
