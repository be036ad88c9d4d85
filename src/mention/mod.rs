//! Mentions of companies, products, people and organisations: dictionary names, names by rule, short forms.

mod context;
mod coreference;
mod dictionary;
mod found;
mod given;
mod names;
mod organization;
mod person;
mod tag;
mod unknown;

pub use given::{GivenName, add_given_names};
pub use names::{GIVEN_NAME_COLUMNS, NameRules, NameSources, PLACE_COLUMNS};
pub use tag::tag_mentions;

use crate::gazetteer::{EntityType, EntryId, Gazetteer};
use crate::span::Span;
use std::borrow::Cow;

/// The number of an entity within its document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EntityId(pub u32);

impl EntityId {
    /// The place in [`Mentions::entities`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// An occurrence of a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mention {
    /// The name alone: no article, possessive, title or role.
    pub span: Span,
    /// The thing named.
    pub entity: EntityId,
    /// Why it is a name.
    pub rule: MentionRule,
}

/// A thing that the document names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entity {
    /// What it is.
    pub entity_type: EntityType,
    /// The dictionary's entry, where it has one.
    pub entry: Option<EntryId>,
    /// The fullest form of the name in the text.
    pub name: Span,
    /// `m` or `f`, for a person whose gender names or titles tell.
    pub gender: Option<char>,
}

/// Why a stretch is a mention.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MentionRule {
    /// A name of the dictionaries.
    Dictionary,
    /// A legal form ends it: `Foo Widgets Inc.`
    LegalForm,
    /// A head noun makes it a public body: `University of Foo`.
    HeadNoun,
    /// A title stands before it: `Mr Stone`.
    Title,
    /// It begins with a given name: `Mara Stone`.
    GivenName,
    /// A role stands beside it: `analyst Xao Qellis`.
    Role,
    /// Cues beside its occurrences tell the type: `shares of Foo`.
    Cue,
    /// A version follows a product's name: `Foo 3.1`.
    Version,
    /// It is short for a name elsewhere in the text: `Stone`, `AWS`.
    ShortForm,
    /// The caller marked it.
    Given,
}

impl MentionRule {
    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            MentionRule::Dictionary => "mention.dictionary",
            MentionRule::LegalForm => "mention.legal-form",
            MentionRule::HeadNoun => "mention.head-noun",
            MentionRule::Title => "mention.title",
            MentionRule::GivenName => "mention.given-name",
            MentionRule::Role => "mention.role",
            MentionRule::Cue => "mention.cue",
            MentionRule::Version => "mention.version",
            MentionRule::ShortForm => "mention.short-form",
            MentionRule::Given => "mention.given",
        }
    }
}

/// The names of a document.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    /// Sorted; no two overlap.
    pub mentions: Vec<Mention>,
    /// By first mention.
    pub entities: Vec<Entity>,
}

impl Mentions {
    /// The entity of a mention.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.index()]
    }

    /// The mentions that lie inside `span`.
    pub fn within(&self, span: Span) -> &[Mention] {
        let from = self.mentions.partition_point(|mention| mention.span.start() < span.start());
        let to = self.mentions.partition_point(|mention| mention.span.end() <= span.end());
        &self.mentions[from..to.max(from)]
    }
}

impl Entity {
    /// The fullest usual name.
    pub fn canonical<'a>(&self, text: &'a str, gazetteer: &'a Gazetteer) -> Cow<'a, str> {
        match self.entry {
            Some(entry) => Cow::Borrowed(gazetteer.entry(entry).name),
            None => one_line(self.name.of(text)),
        }
    }
}

/// A name with every run of white space in it made one blank.
pub fn one_line(name: &str) -> Cow<'_, str> {
    if name.contains(|c: char| c.is_whitespace() && c != ' ') || name.contains("  ") {
        Cow::Owned(name.split_whitespace().collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(name)
    }
}
