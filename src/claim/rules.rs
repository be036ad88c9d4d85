//! The rules of `claims.toml`, compiled: types, frames, verbs, nouns, word classes.

use super::inflect::Forms;
use super::wording::{Blank, Verb, Wording, Words};
use super::{Claim, ClaimKindId, Modality};
use crate::gazetteer::EntityType;
use crate::phrase::{PhraseHit, PhraseMap};
use crate::token::WordId;
use crate::vocabulary::{WordMap, WordSet};
use serde::Deserialize;

/// A set of word classes.
pub(super) type Classes = u128;

/// The classes that the clause reader knows by name. Others are the rules' own.
pub(super) mod class {
    use super::Classes;
    macro_rules! classes {
        ($($name:ident),* $(,)?) => {
            #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
            enum Place { $($name,)* END }
            $(pub const $name: Classes = 1 << Place::$name as u32;)*
            pub const NAMES: &[(&str, Classes)] = &[$((stringify!($name), $name)),*];
            /// The first bit of the rules' own classes.
            pub const FIRST_OWN: u32 = Place::END as u32;
        };
    }
    // Those of closed classes come first: `CLOSED` counts them.
    classes! {
        BE, HAVE, DO, MODAL, NOT, ADVERB, DETERMINER, POSSESSIVE, THING, PERSON, THEY, WE, RELATIVE, SUBORDINATOR,
        COORDINATOR, PREPOSITION, TO, NOUN_FIRST, ACTOR, COMPANY_NOUN, PRODUCT_NOUN, PERSON_NOUN, ORGANIZATION_NOUN,
        SUPPORT, ANNOUNCE, CANCEL, DENY, PLANNED, POSSIBLE, CANCELLED, HYPOTHESIS, LIKELY, GENERIC, POINTING, NAMING,
        OTHER_PARTY, BY, DEFINITE, ACCORDING, PAST_MODAL, AGAINST, SINCE, UNTIL, BEFORE, AS, FULL_YEAR, STOCK,
        EITHER, THAT, METRIC, OWNING, MAKER_NOUN, PART_NOUN, FOR, ADJECTIVE, EFFORT_NOUN, LEADING, LISTING,
        GATHERING, HOLDING, HAVING, ABSOLUTE, GENERAL, COMPARING, STAFF, SOURCE_NOUN, MEANS,
    }
    /// Classes of words that stand alone: a phrase does not take them from its last word.
    pub const CLOSED: Classes = (1 << 18) - 1;
}

/// A verb's use of a word.
#[derive(Clone, Debug)]
pub(super) struct VerbUse {
    /// The frame that it triggers; `None` for a verb that only parts clauses.
    pub frame: Option<u16>,
    /// The forms that the word can be.
    pub forms: Forms,
    /// The words that must follow: `up` of `team up`.
    pub particle: Vec<WordId>,
    /// The verb itself, by its place in [`ClaimRules::verbs`]; 0 where it is of no frame.
    pub verb: u16,
}

/// What is known of a word or phrase.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    pub classes: Classes,
    pub verbs: Vec<VerbUse>,
    /// The frames that it triggers as a noun.
    pub nouns: Vec<u16>,
    /// The frames that it triggers as a predicate (`up`).
    pub predicates: Vec<u16>,
    pub controls: Vec<ControlUse>,
}

impl Entry {
    /// Whether some claim may hang on it.
    pub fn is_trigger(&self) -> bool {
        !self.nouns.is_empty() || !self.predicates.is_empty() || self.verbs.iter().any(|verb| verb.frame.is_some())
    }
}

/// A word that governs an infinitive or a gerund.
#[derive(Clone, Debug)]
pub(super) struct ControlUse {
    pub control: u16,
    /// The forms, for a verb; none for a noun or phrase.
    pub forms: Forms,
}

/// What a governing word says of the event under it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Control {
    pub modality: Option<Modality>,
    /// What it says after `had`.
    pub had: Option<Modality>,
    pub negative: bool,
    /// Whether the subject of the infinitive stands between (`expects Google to earn`).
    pub raising: bool,
}

/// Where a role's filler stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Slot {
    Subject,
    Object,
    /// Before the noun, with `'s` or as a possessive pronoun.
    Genitive,
    /// Before the noun, as a part of its name (`the Cactus release`).
    Compound,
    /// The subject of the verb that governs the noun.
    Governor,
    /// The subject of the sentence's main verb.
    Main,
    /// The whole that the metric belongs to: a genitive, a compound, `of`, `in`, `at`, else what the passage is about.
    Owner,
    /// The company in the phrase of the product (`Foo's new phone`); for a product without a name what the passage is about.
    Maker,
    /// Who says it.
    Source,
    /// What the passage is about.
    Topic,
    /// Behind a preposition.
    Preposition(WordId),
}

/// What may fill a role.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Selection {
    Entity(EntityType),
    /// A noun of a class.
    Class(Classes),
    /// Nothing where the noun is of a class.
    Not(Classes),
    /// Money, a percentage or a count.
    Figure,
    /// A name that no layer below knows.
    Proper,
    /// A pronoun, whatever it stands for.
    Pronoun,
    /// Any noun phrase.
    Any,
}

/// How a trigger's roles are laid out.
pub(super) type Layout = Vec<(Slot, u8)>;

/// A clause that a verb governs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Embedded {
    /// One of what is to come: `that sales will fall`, `sales to fall`.
    Planned,
    /// Any that `that` opens.
    That,
}

/// A kind of figure that can belong to an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum FigureKind {
    Money,
    Percent,
    /// Any count.
    Count,
    /// A count of things of a class.
    CountOf(Classes),
}

/// A way in which a type of claim is put into words.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub kind: ClaimKindId,
    pub name: String,
    pub active: Option<Layout>,
    pub passive: Option<Layout>,
    pub intransitive: Option<Layout>,
    pub nominal: Option<Layout>,
    /// By role of the type: what may fill it.
    pub select: Vec<Vec<Selection>>,
    /// The roles that must be filled.
    pub require: Vec<u8>,
    /// The roles of which one must be a name.
    pub named: Vec<u8>,
    /// The kinds of figures that belong to it.
    pub amount: Vec<FigureKind>,
    /// Whether there is no claim without such a figure.
    pub needs_amount: bool,
    /// The type that it turns into when it is planned or possible.
    pub planned: Option<ClaimKindId>,
    /// Whether it tells of shares: its date is the day of trading.
    pub session: bool,
    /// What it is where nothing says otherwise.
    pub modality: Modality,
    /// Whether it counts only where it is planned or possible.
    pub ahead: bool,
    /// Whether it takes several to do it.
    pub several: bool,
    /// Whether it is negative by itself.
    pub negative: bool,
    /// Whether the verb or preposition right before the noun must be of one of these classes; 0 for any.
    pub governed_by: Classes,
    /// What clause the verb must govern.
    pub clause: Option<Embedded>,
    /// Words that must stand in the clause: one of these classes; 0 for none.
    pub context: Classes,
    /// Words of which one must stand in the noun's own phrase; 0 for none.
    pub inside: Classes,
    /// Whether it counts only where the sentence makes no other claim of figures.
    pub fallback: bool,
    /// Whether its verb is one of telling: who does it says so.
    pub telling: bool,
    /// Words that must not stand in the clause.
    pub unless: Classes,
    /// Whether the trigger counts in headings only without a plain object.
    pub examples: Vec<Example>,
    pub counterexamples: Vec<String>,
    /// The lines that tell a claim of it, before those of its type.
    pub wording: Wording,
    pub line: u64,
}

/// A type of claim.
#[derive(Clone, Debug)]
pub(super) struct Kind {
    pub name: String,
    /// The lines that tell a claim of it.
    pub wording: Wording,
    pub roles: Vec<String>,
    /// How many of the roles the output knows. Those behind (`partners.with`) are told as the one before the dot.
    pub public: usize,
    pub subject: Vec<u8>,
    pub object: Vec<u8>,
    /// Whether its object is told only where it is a name: a figure is a role, but takes no part.
    pub named_object: bool,
    /// Whether the object is the subject where there is no other.
    pub promote: bool,
    /// Whether its date is the period that the passage reports on.
    pub period: bool,
}

/// An example of a frame, as the dictionary gives it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// The publication date, where the example needs one.
    #[serde(default)]
    pub published: Option<String>,
    /// Who does it.
    #[serde(default)]
    pub subject: Option<String>,
    /// To whom or what.
    #[serde(default)]
    pub object: Option<String>,
    /// When, where it is checked.
    #[serde(default)]
    pub date: Option<String>,
    /// Whether it happened, where it is checked.
    #[serde(default)]
    pub modality: Option<String>,
    /// `negative`, where it is checked.
    #[serde(default)]
    pub polarity: Option<String>,
}

/// The rules of claims, compiled.
#[derive(Clone, Debug, Default)]
pub struct ClaimRules {
    pub(super) kinds: Vec<Kind>,
    pub(super) frames: Vec<Frame>,
    pub(super) controls: Vec<Control>,
    /// The verbs of the frames.
    pub(super) verbs: Vec<Verb>,
    pub(super) told: Vec<(u64, String, String)>,
    pub(super) words: WordMap<Entry>,
    pub(super) phrases: PhraseMap<Entry>,
    /// The first words of all that claims hang on.
    pub(super) triggers: WordSet,
}

impl ClaimRules {
    /// The name of a type of claim.
    pub fn kind_name(&self, kind: ClaimKindId) -> &str {
        self.kinds.get(kind.0 as usize).map_or("", |kind| &kind.name)
    }

    /// The claim in a line of plain words, its blanks filled by `words`, and whether the line tells the figure.
    ///
    /// Without a verb in the line its modality and polarity stand behind it in brackets. `None` where no line fits.
    pub fn tell(&self, claim: &Claim, words: &dyn Fn(Blank) -> Option<Words>) -> Option<(String, bool)> {
        let frame = self.frames.get(claim.rule as usize).filter(|frame| frame.kind == claim.kind);
        let kind = self.kinds.get(claim.kind.0 as usize)?;
        let verb = claim.verb.and_then(|verb| self.verbs.get(verb as usize));
        let own = frame.into_iter().flat_map(|frame| frame.wording.lines(claim.voice));
        own.chain(kind.wording.lines(claim.voice)).find_map(|line| {
            let mut told = line.tell(claim, verb, words)?;
            let noted = match claim.modality {
                Modality::Denied => true,
                Modality::Planned => !line.has_verb() && !line.ahead,
                _ => !line.has_verb(),
            };
            let modality = (noted && claim.modality != Modality::Asserted).then(|| claim.modality.name());
            let denied = (claim.negative && !line.has_verb()).then_some("not so");
            let notes: Vec<&str> = [denied, modality].into_iter().flatten().collect();
            if !notes.is_empty() {
                told.push_str(&format!(" ({})", notes.join(", ")));
            }
            Some((told, line.tells_amount()))
        })
    }

    /// Every line of words with its example: where it stands, the sentence, and the line that tells it.
    pub fn told(&self) -> &[(u64, String, String)] {
        &self.told
    }

    /// The roles of a type of claim, in the order of [`super::Claim::roles`]' numbers.
    pub fn role_names(&self, kind: ClaimKindId) -> &[String] {
        self.kinds.get(kind.0 as usize).map_or(&[], |kind| &kind.roles[..kind.public])
    }

    /// The name of the frame that made a claim: `claim.acquisition.buy`.
    pub fn rule_name(&self, rule: u16) -> &str {
        self.frames.get(rule as usize).map_or("", |frame| &frame.name)
    }

    /// Every frame: its rule name, the name of its type, its line, its examples and counterexamples.
    pub fn examples(&self) -> impl Iterator<Item = (&str, &str, u64, &[Example], &[String])> {
        self.frames.iter().map(|frame| {
            let kind = self.kind_name(frame.kind);
            (frame.name.as_str(), kind, frame.line, frame.examples.as_slice(), frame.counterexamples.as_slice())
        })
    }

    /// The role that the output tells a role as.
    pub(super) fn public_role(&self, kind: ClaimKindId, role: u8) -> u8 {
        let Some(kind) = self.kinds.get(kind.0 as usize) else { return role };
        let name = kind.roles.get(role as usize).and_then(|name| name.split('.').next());
        name.and_then(|name| role_place(&kind.roles, name)).unwrap_or(role)
    }

    pub(super) fn word(&self, word: WordId) -> Option<&Entry> {
        self.words.get(word)
    }

    pub(super) fn phrase(&self, hit: PhraseHit) -> Option<&Entry> {
        self.phrases.get(hit.phrase)
    }
}

/// The place of a role among those of a type.
pub(super) fn role_place(roles: &[String], name: &str) -> Option<u8> {
    roles.iter().position(|role| role == name).map(|place| place as u8)
}
