//! The rules of `claims.toml`, compiled: types, frames, verbs, nouns, word classes.

use super::inflect::{Forms, inflect};
use super::{ClaimKindId, Modality};
use crate::error::Error;
use crate::gazetteer::EntityType;
use crate::lexicon::{Source, read_toml};
use crate::phrase::{PhraseBuilder, PhraseHit, PhraseMap};
use crate::token::WordId;
use crate::vocabulary::{Vocabulary, WordMap};
use serde::Deserialize;
use std::collections::BTreeMap;

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
        GATHERING, HOLDING, HAVING, ABSOLUTE, GENERAL, COMPARING, STAFF,
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
    /// Words that must not stand in the clause.
    pub unless: Classes,
    /// Whether the trigger counts in headings only without a plain object.
    pub examples: Vec<Example>,
    pub counterexamples: Vec<String>,
    pub line: u64,
}

/// A type of claim.
#[derive(Clone, Debug)]
pub(super) struct Kind {
    pub name: String,
    pub summary: String,
    pub roles: Vec<String>,
    /// How many of the roles the output knows. Those behind (`partners.with`) are told as the one before the dot.
    pub public: usize,
    pub subject: Vec<u8>,
    pub object: Vec<u8>,
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    class: BTreeMap<String, ClassRow>,
    #[serde(default)]
    control: Vec<ControlRow>,
    #[serde(default, rename = "type")]
    kind: Vec<KindRow>,
    #[serde(default)]
    frame: Vec<toml::Spanned<FrameRow>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassRow {
    #[allow(dead_code)]
    gloss: String,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    verbs: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ControlRow {
    #[allow(dead_code)]
    gloss: String,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    modality: Option<String>,
    #[serde(default)]
    had: Option<String>,
    #[serde(default)]
    negative: bool,
    #[serde(default)]
    raising: bool,
    #[allow(dead_code)]
    example: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindRow {
    name: String,
    #[allow(dead_code)]
    gloss: String,
    summary: String,
    roles: Vec<String>,
    subject: Vec<String>,
    object: Vec<String>,
    #[serde(default)]
    promote: bool,
    #[serde(default)]
    period: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameRow {
    #[serde(rename = "type")]
    kind: String,
    name: String,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    predicates: Vec<String>,
    #[serde(default)]
    active: Option<BTreeMap<String, String>>,
    #[serde(default)]
    passive: Option<BTreeMap<String, String>>,
    #[serde(default)]
    intransitive: Option<BTreeMap<String, String>>,
    #[serde(default)]
    nominal: Option<BTreeMap<String, String>>,
    #[serde(default)]
    select: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    require: Vec<String>,
    #[serde(default)]
    named: Vec<String>,
    #[serde(default)]
    amount: Vec<String>,
    #[serde(default)]
    needs_amount: bool,
    #[serde(default)]
    session: bool,
    #[serde(default)]
    planned: Option<String>,
    #[serde(default)]
    modality: Option<String>,
    #[serde(default)]
    ahead: bool,
    #[serde(default)]
    several: bool,
    #[serde(default)]
    negative: bool,
    #[serde(default)]
    governed_by: Vec<String>,
    #[serde(default)]
    clause: Option<String>,
    #[serde(default)]
    context: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    examples: Vec<Example>,
    counterexamples: Vec<String>,
}

/// The rules of claims, compiled.
#[derive(Clone, Debug, Default)]
pub struct ClaimRules {
    pub(super) kinds: Vec<Kind>,
    pub(super) frames: Vec<Frame>,
    pub(super) controls: Vec<Control>,
    words: WordMap<Entry>,
    phrases: PhraseMap<Entry>,
}

impl ClaimRules {
    /// Reads `claims.toml` and what is added to it.
    ///
    /// # Errors
    /// A mistake in a table, with its file and line.
    pub fn read(
        sources: &[Source<'_>],
        vocabulary: &mut Vocabulary,
        phrases: &mut PhraseBuilder,
    ) -> Result<ClaimRules, Error> {
        let mut files = Vec::new();
        for source in sources {
            files.push((*source, read_toml::<File>(*source)?));
        }
        let names = files.iter().flat_map(|(_, file)| file.class.keys().cloned());
        let mut reader = Reader {
            rules: ClaimRules::default(),
            classes: class_names(names),
            vocabulary,
            phrases,
            file: "",
            line: 1,
        };
        for (source, file) in &files {
            reader.file = source.name;
            reader.kinds(&file.kind)?;
        }
        for (source, file) in files {
            reader.file = source.name;
            reader.line = 1;
            reader.classes(&file.class)?;
            reader.controls(&file.control)?;
            for frame in &file.frame {
                reader.line = crate::lexicon::line_at(source.text, frame.span().start);
                reader.frame(frame.get_ref())?;
            }
        }
        Ok(reader.rules)
    }

    /// The name of a type of claim.
    pub fn kind_name(&self, kind: ClaimKindId) -> &str {
        self.kinds.get(kind.0 as usize).map_or("", |kind| &kind.name)
    }

    /// The verb phrase, in the present tense, that tells a claim of the type: `acquires`.
    pub fn summary(&self, kind: ClaimKindId) -> &str {
        self.kinds.get(kind.0 as usize).map_or("", |kind| &kind.summary)
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

/// The classes by name: those that the clause reader knows, then the rules' own.
fn class_names(own: impl Iterator<Item = String>) -> BTreeMap<String, Classes> {
    let mut classes: BTreeMap<String, Classes> =
        class::NAMES.iter().map(|(name, bit)| (name.to_lowercase(), *bit)).collect();
    let mut next = class::FIRST_OWN;
    for name in own {
        if !classes.contains_key(&name) && next < Classes::BITS {
            classes.insert(name, 1 << next);
            next += 1;
        }
    }
    classes
}

struct Reader<'a> {
    rules: ClaimRules,
    classes: BTreeMap<String, Classes>,
    vocabulary: &'a mut Vocabulary,
    phrases: &'a mut PhraseBuilder,
    file: &'a str,
    line: u64,
}

const MODALITIES: [Modality; 5] =
    [Modality::Asserted, Modality::Planned, Modality::Possible, Modality::Denied, Modality::Cancelled];

impl Reader<'_> {
    fn error(&self, message: impl Into<String>) -> Error {
        Error::dictionary(self.file, self.line, message)
    }

    fn kinds(&mut self, rows: &[KindRow]) -> Result<(), Error> {
        for row in rows {
            let place = |names: &[String]| -> Result<Vec<u8>, Error> {
                names
                    .iter()
                    .map(|name| {
                        role_place(&row.roles, name)
                            .ok_or_else(|| self.error(format!("`{}` has no role `{name}`", row.name)))
                    })
                    .collect()
            };
            let kind = Kind {
                name: row.name.clone(),
                summary: row.summary.clone(),
                subject: place(&row.subject)?,
                object: place(&row.object)?,
                public: row.roles.iter().position(|role| role.contains('.')).unwrap_or(row.roles.len()),
                roles: row.roles.clone(),
                promote: row.promote,
                period: row.period,
            };
            self.rules.kinds.push(kind);
        }
        Ok(())
    }

    fn class(&self, name: &str) -> Result<Classes, Error> {
        self.classes.get(name).copied().ok_or_else(|| self.error(format!("no class of words is called `{name}`")))
    }

    fn class_union(&self, names: &[String]) -> Result<Classes, Error> {
        names.iter().try_fold(0, |all, name| Ok(all | self.class(name)?))
    }

    fn modality(&self, name: &str) -> Result<Modality, Error> {
        let modality = MODALITIES.into_iter().find(|modality| modality.name() == name);
        modality.ok_or_else(|| self.error(format!("no modality is called `{name}`")))
    }

    /// The entry of a word or phrase, to be added to.
    fn entry(&mut self, form: &str, add: impl FnOnce(&mut Entry)) {
        let words = self.vocabulary.intern_phrase(form);
        if let [word] = words[..] {
            let mut entry = self.rules.words.get(word).cloned().unwrap_or_default();
            add(&mut entry);
            self.rules.words.insert(word, entry);
        } else if let Some(phrase) = self.phrases.add(self.vocabulary, form) {
            add(self.rules.phrases.entry(phrase));
        }
    }

    /// Adds every form of a verb, with its particle, by `add`.
    fn verb(&mut self, verb: &str, mut add: impl FnMut(&mut Entry, Forms, Vec<WordId>)) {
        let (head, particle) = match verb.split_once(' ') {
            Some((head, particle)) => (head, self.vocabulary.intern_phrase(particle)),
            None => (verb, Vec::new()),
        };
        for (form, forms) in inflect(head) {
            // `open_source` is one verb of two words.
            let form = form.replace('_', " ");
            self.entry(&form, |entry| add(entry, forms, particle.clone()));
        }
    }

    fn classes(&mut self, rows: &BTreeMap<String, ClassRow>) -> Result<(), Error> {
        for (name, row) in rows {
            let class = self.class(name)?;
            for word in &row.words {
                self.entry(word, |entry| entry.classes |= class);
            }
            for verb in &row.verbs {
                self.verb(verb, |entry, forms, particle| {
                    if particle.is_empty() {
                        entry.classes |= class;
                    }
                    entry.verbs.push(VerbUse { frame: None, forms, particle });
                });
            }
        }
        Ok(())
    }

    fn controls(&mut self, rows: &[ControlRow]) -> Result<(), Error> {
        for row in rows {
            let modality = row.modality.as_deref().map(|name| self.modality(name)).transpose()?;
            let had = row.had.as_deref().map(|name| self.modality(name)).transpose()?;
            let control = self.rules.controls.len() as u16;
            self.rules.controls.push(Control { modality, had, negative: row.negative, raising: row.raising });
            for word in &row.words {
                self.entry(word, |entry| entry.controls.push(ControlUse { control, forms: Forms::default() }));
            }
            for verb in &row.verbs {
                self.verb(verb, |entry, forms, particle| {
                    entry.controls.push(ControlUse { control, forms });
                    entry.verbs.push(VerbUse { frame: None, forms, particle });
                });
            }
        }
        Ok(())
    }

    fn frame(&mut self, row: &FrameRow) -> Result<(), Error> {
        let kind = self.kind_place(&row.kind)?;
        let roles = self.rules.kinds[kind.0 as usize].roles.clone();
        let number = self.rules.frames.len() as u16;
        if row.examples.is_empty() {
            return Err(self.error(format!("the frame `{}` of `{}` has no example", row.name, row.kind)));
        }
        let role = |name: &str| {
            role_place(&roles, name).ok_or_else(|| self.error(format!("`{}` has no role `{name}`", row.kind)))
        };
        let mut select = vec![Vec::new(); roles.len()];
        for (name, selections) in &row.select {
            for selection in selections {
                select[role(name)? as usize].push(self.selection(selection)?);
            }
        }
        let require = row.require.iter().map(|name| role(name)).collect::<Result<Vec<u8>, Error>>()?;
        let named = row.named.iter().map(|name| role(name)).collect::<Result<Vec<u8>, Error>>()?;
        let amount = row.amount.iter().map(|name| self.figure_kind(name)).collect::<Result<Vec<_>, Error>>()?;
        let planned = row.planned.as_deref().map(|name| self.kind_place(name)).transpose()?;
        let modality = row.modality.as_deref().map_or(Ok(Modality::Asserted), |name| self.modality(name))?;
        let governed_by = self.class_union(&row.governed_by)?;
        let clause = match row.clause.as_deref() {
            None => None,
            Some("planned") => Some(Embedded::Planned),
            Some("that") => Some(Embedded::That),
            Some(other) => return Err(self.error(format!("no kind of clause is called `{other}`"))),
        };
        let context = self.class_union(&row.context)?;
        let unless = self.class_union(&row.unless)?;
        let frame = Frame {
            kind,
            name: format!("claim.{}.{}", row.kind, row.name),
            active: self.layout(row.active.as_ref(), &roles)?,
            passive: self.layout(row.passive.as_ref(), &roles)?,
            intransitive: self.layout(row.intransitive.as_ref(), &roles)?,
            nominal: self.layout(row.nominal.as_ref(), &roles)?,
            select,
            require,
            named,
            amount,
            needs_amount: row.needs_amount,
            session: row.session,
            planned,
            modality,
            ahead: row.ahead,
            several: row.several,
            negative: row.negative,
            governed_by,
            clause,
            context,
            unless,
            examples: row.examples.clone(),
            counterexamples: row.counterexamples.clone(),
            line: self.line,
        };
        self.rules.frames.push(frame);
        for verb in &row.verbs {
            self.verb(verb, |entry, forms, particle| {
                entry.verbs.push(VerbUse { frame: Some(number), forms, particle });
            });
        }
        for noun in &row.nouns {
            self.entry(noun, |entry| entry.nouns.push(number));
        }
        for predicate in &row.predicates {
            self.entry(predicate, |entry| entry.predicates.push(number));
        }
        Ok(())
    }

    fn kind_place(&self, name: &str) -> Result<ClaimKindId, Error> {
        let place = self.rules.kinds.iter().position(|kind| kind.name == name);
        place
            .map(|place| ClaimKindId(place as u16))
            .ok_or_else(|| self.error(format!("no type of claim is called `{name}`")))
    }

    fn selection(&self, name: &str) -> Result<Selection, Error> {
        if let Some(entity_type) = EntityType::ALL.into_iter().find(|entity_type| entity_type.name() == name) {
            return Ok(Selection::Entity(entity_type));
        }
        match name {
            "any" => Ok(Selection::Any),
            "name" => Ok(Selection::Proper),
            "figure" => Ok(Selection::Figure),
            _ if name.starts_with("!@") => Ok(Selection::Not(self.class(&name[2..])?)),
            _ => match name.strip_prefix('@') {
                Some(class) => Ok(Selection::Class(self.class(class)?)),
                None => Err(self.error(format!("`{name}` selects nothing"))),
            },
        }
    }

    fn figure_kind(&self, name: &str) -> Result<FigureKind, Error> {
        match name {
            "money" => Ok(FigureKind::Money),
            "percent" => Ok(FigureKind::Percent),
            "count" => Ok(FigureKind::Count),
            _ => match name.strip_prefix('@') {
                Some(class) => Ok(FigureKind::CountOf(self.class(class)?)),
                None => Err(self.error(format!("no kind of figures is called `{name}`"))),
            },
        }
    }

    fn layout(&mut self, row: Option<&BTreeMap<String, String>>, roles: &[String]) -> Result<Option<Layout>, Error> {
        let Some(row) = row else { return Ok(None) };
        let mut layout = Vec::new();
        for (slot, name) in row {
            let place = role_place(roles, name).ok_or_else(|| self.error(format!("no role is called `{name}`")))?;
            let slot = match slot.as_str() {
                "subject" => Slot::Subject,
                "object" => Slot::Object,
                "genitive" => Slot::Genitive,
                "compound" => Slot::Compound,
                "governor" => Slot::Governor,
                "main" => Slot::Main,
                "owner" => Slot::Owner,
                "maker" => Slot::Maker,
                "source" => Slot::Source,
                "topic" => Slot::Topic,
                preposition => Slot::Preposition(self.vocabulary.intern(preposition)),
            };
            layout.push((slot, place));
        }
        Ok(Some(layout))
    }
}

fn role_place(roles: &[String], name: &str) -> Option<u8> {
    roles.iter().position(|role| role == name).map(|place| place as u8)
}
