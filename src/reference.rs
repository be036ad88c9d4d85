//! Whom a pronoun or a phrase such as `the company` stands for: by gender, number, subject and nearness.

use crate::cue::Cues;
use crate::error::Error;
use crate::gazetteer::EntityType;
use crate::mention::{EntityId, Mention, Mentions, NameRules};
use crate::reading::Reading;
use crate::span::Span;
use crate::vocabulary::{Vocabulary, WordSet};
use crate::words::WordLists;

/// The words of reference, from `words.toml`.
#[derive(Clone, Debug, Default)]
pub struct ReferenceRules {
    masculine: WordSet,
    feminine: WordSet,
    neuter: WordSet,
    plural: WordSet,
    company_nouns: WordSet,
    oblique: WordSet,
}

impl ReferenceRules {
    /// Takes the lists of reference.
    ///
    /// # Errors
    /// Where a list is missing.
    pub fn read(words: &WordLists, vocabulary: &mut Vocabulary) -> Result<ReferenceRules, Error> {
        Ok(ReferenceRules {
            masculine: words.set("masculine", vocabulary)?,
            feminine: words.set("feminine", vocabulary)?,
            neuter: words.set("neuter", vocabulary)?,
            plural: words.set("plural_pronouns", vocabulary)?,
            company_nouns: words.set("company_nouns", vocabulary)?,
            oblique: words.set("oblique", vocabulary)?,
        })
    }
}

/// What a referring expression asks of its antecedent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wanted {
    Man,
    Woman,
    Body,
    Several,
}

/// An antecedent lies at most so many sentences before.
const SENTENCES: usize = 12;
/// And at most so many mentions before.
const MENTIONS: usize = 60;

/// The names of a document as antecedents.
pub struct References<'a> {
    reading: &'a Reading<'a>,
    mentions: &'a Mentions,
    names: &'a NameRules,
    rules: &'a ReferenceRules,
    /// By mention: its sentence, whether it is a subject, whether it stands between marks.
    places: Vec<Place>,
}

#[derive(Clone, Copy)]
struct Place {
    sentence: usize,
    article: u32,
    subject: bool,
    quoted: bool,
}

impl<'a> References<'a> {
    /// Looks at every mention once.
    pub fn new(
        reading: &'a Reading<'a>,
        mentions: &'a Mentions,
        names: &'a NameRules,
        cues: &Cues,
        rules: &'a ReferenceRules,
    ) -> References<'a> {
        let mut places: Vec<Place> = Vec::with_capacity(mentions.mentions.len());
        let mut pair = 0;
        let mut until = 0;
        for mention in &mentions.mentions {
            let start = mention.span.start();
            while pair < reading.marks.len() && reading.marks[pair].outer.start() <= start {
                until = until.max(reading.marks[pair].outer.end());
                pair += 1;
            }
            let sentence = reading.sentence_at(start).unwrap_or(usize::MAX);
            let article = reading.paragraph_at(start).map_or(0, |index| reading.structure.paragraphs[index].article);
            let tokens = reading.tokens_in(mention.span);
            let quoted = start < until;
            let first = places.last().is_none_or(|last| last.sentence != sentence || last.quoted && !quoted);
            let before = tokens.start.checked_sub(1);
            let oblique = before.is_some_and(|at| {
                let behind_article =
                    at > 0 && !reading.tokens[at].is_capitalized() && rules.oblique.holds(reading.word(at - 1));
                rules.oblique.holds(reading.word(at)) || behind_article
            });
            let verb = |at: usize| cues.of_word(reading.word(at)).is_verb();
            let speaks = verb(tokens.end)
                || before.is_some_and(verb) && before.is_some_and(|at| at == 0 || reading.tokens[at - 1].is_mark());
            let possessive =
                tokens.end > 0 && reading.tokens.get(tokens.end - 1).is_some_and(|token| token.is_possessive());
            places.push(Place { sentence, article, subject: speaks || first && !oblique && !possessive, quoted });
        }
        References { reading, mentions, names, rules, places }
    }

    /// The entity that the pronoun or definite noun phrase at `span` stands for.
    pub fn resolve(&self, span: Span) -> Option<EntityId> {
        let tokens = self.reading.tokens_in(span);
        let head = tokens.clone().rev().find(|at| self.reading.tokens[*at].is_word())?;
        let word = self.reading.word(head);
        let single = tokens.len() == 1;
        let wanted = if single && self.rules.masculine.holds(word) {
            Wanted::Man
        } else if single && self.rules.feminine.holds(word) {
            Wanted::Woman
        } else if single && self.rules.neuter.holds(word) || !single && self.rules.company_nouns.holds(word) {
            Wanted::Body
        } else if single && self.rules.plural.holds(word) {
            Wanted::Several
        } else if !single && self.names.is_role(word) {
            return self.subject_before(span).or_else(|| self.by_role(span, word));
        } else {
            return None;
        };
        self.nearest(span, wanted)
    }

    /// Whether the words are a pronoun for one person: `he`, `she`.
    pub fn is_personal(&self, span: Span) -> bool {
        let tokens = self.reading.tokens_in(span);
        let word = self.reading.word(tokens.start);
        tokens.len() == 1 && (self.rules.masculine.holds(word) || self.rules.feminine.holds(word))
    }

    fn nearest(&self, span: Span, wanted: Wanted) -> Option<EntityId> {
        let sentence = self.reading.sentence_at(span.start()).unwrap_or(usize::MAX);
        let article =
            self.reading.paragraph_at(span.start()).map_or(0, |index| self.reading.structure.paragraphs[index].article);
        let until = self.mentions.mentions.partition_point(|mention| mention.span.end() <= span.start());
        let mut best: Option<(i32, EntityId)> = None;
        for at in (until.saturating_sub(MENTIONS)..until).rev() {
            let place = self.places[at];
            if place.article != article || place.sentence == usize::MAX {
                break;
            }
            let far = sentence.saturating_sub(place.sentence);
            if far > SENTENCES {
                break;
            }
            let mention = &self.mentions.mentions[at];
            let Some(fit) = self.fits(mention, wanted) else { continue };
            let mut score = fit - 2 * far as i32;
            score += if place.subject { 5 } else { 0 };
            score -= if place.quoted { 8 } else { 0 };
            if wanted == Wanted::Several && !(place.subject && far <= 1) {
                continue;
            }
            if best.is_none_or(|(known, _)| score > known) {
                best = Some((score, mention.entity));
            }
        }
        best.map(|(_, entity)| entity)
    }

    /// How well the mention fits, or `None` where it can't be meant.
    fn fits(&self, mention: &Mention, wanted: Wanted) -> Option<i32> {
        let entity = self.mentions.entity(mention.entity);
        match (wanted, entity.entity_type, entity.gender) {
            (Wanted::Man, EntityType::Person, Some('m')) | (Wanted::Woman, EntityType::Person, Some('f')) => Some(1),
            (Wanted::Man | Wanted::Woman, EntityType::Person, None) => Some(0),
            (Wanted::Body | Wanted::Several, EntityType::Company, _) => Some(2),
            (Wanted::Body | Wanted::Several, EntityType::Organization, _) => Some(0),
            _ => None,
        }
    }

    /// The person who is the subject of the sentence before.
    fn subject_before(&self, span: Span) -> Option<EntityId> {
        let sentence = self.reading.sentence_at(span.start())?;
        let until = self.mentions.mentions.partition_point(|mention| mention.span.end() <= span.start());
        (until.saturating_sub(MENTIONS)..until).rev().find_map(|at| {
            let place = self.places[at];
            let mention = &self.mentions.mentions[at];
            let person = self.mentions.entity(mention.entity).entity_type == EntityType::Person;
            (person && place.subject && !place.quoted && place.sentence < sentence && place.sentence + 2 >= sentence)
                .then_some(mention.entity)
        })
    }

    /// `the analyst`: the nearest person beside whom the role stands.
    fn by_role(&self, span: Span, role: crate::token::WordId) -> Option<EntityId> {
        const BESIDE: usize = 8;
        let until = self.mentions.mentions.partition_point(|mention| mention.span.end() <= span.start());
        (until.saturating_sub(MENTIONS)..until).rev().find_map(|at| {
            let mention = &self.mentions.mentions[at];
            let person = self.mentions.entity(mention.entity).entity_type == EntityType::Person;
            let tokens = self.reading.tokens_in(mention.span);
            let sentence = self.reading.sentences.get(self.places[at].sentence)?.range();
            let beside =
                tokens.start.saturating_sub(BESIDE).max(sentence.start)..(tokens.end + BESIDE).min(sentence.end);
            let own = self.reading.tokens_in(span).start;
            (person && beside.clone().any(|i| i < own && self.reading.word(i) == role)).then_some(mention.entity)
        })
    }
}
