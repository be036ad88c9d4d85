//! Reads `claims.toml`: its tables as they are written, and what they are compiled to.

use super::inflect::{Forms, inflect};
use super::rules::{
    ClaimRules, Classes, Control, ControlUse, Embedded, Entry, Example, FigureKind, Frame, Kind, Layout, Selection,
    Slot, VerbUse, class, role_place,
};
use super::wording::{Line, Verb, Wording};
use super::{ClaimKindId, Modality};
use crate::error::Error;
use crate::gazetteer::EntityType;
use crate::lexicon::{Lines, Source, read_toml};
use crate::phrase::PhraseBuilder;
use crate::token::WordId;
use crate::vocabulary::Vocabulary;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

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
    #[serde(default)]
    summary: Vec<toml::Spanned<SummaryRow>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SummaryRow {
    /// A type, or a frame as `type.frame`; several with a comma between.
    of: Vec<String>,
    #[serde(default)]
    lines: Vec<String>,
    #[serde(default)]
    passive: Vec<String>,
    #[serde(default)]
    intransitive: Vec<String>,
    /// Sentences, each with the line that tells its claim.
    examples: Vec<Told>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    text: String,
    told: String,
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
    roles: Vec<String>,
    subject: Vec<String>,
    object: Vec<String>,
    #[serde(default)]
    named_object: bool,
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
    inside: Vec<String>,
    #[serde(default)]
    fallback: bool,
    #[serde(default)]
    telling: bool,
    #[serde(default)]
    unless: Vec<String>,
    examples: Vec<Example>,
    counterexamples: Vec<String>,
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
        let used: BTreeSet<&str> =
            files.iter().flat_map(|(_, file)| &file.frame).flat_map(|frame| frame.get_ref().classes()).collect();
        let names = files.iter().flat_map(|(_, file)| file.class.keys());
        let names = names.map(|name| (name.clone(), used.contains(name.as_str())));
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
            let lines = Lines::of(source.text);
            (reader.file, reader.line) = (source.name, 1);
            reader.classes(&file.class)?;
            reader.controls(&file.control)?;
            for frame in &file.frame {
                reader.line = lines.at(frame.span().start);
                reader.frame(frame.get_ref())?;
            }
            for row in &file.summary {
                reader.line = lines.at(row.span().start);
                reader.summary(row.get_ref())?;
            }
        }
        Ok(reader.rules)
    }
}

impl FrameRow {
    /// The classes of words that it asks for.
    fn classes(&self) -> impl Iterator<Item = &str> {
        let lists = [&self.governed_by, &self.context, &self.inside, &self.unless];
        let asked = self.select.values().flatten().chain(&self.amount);
        let asked = asked.filter_map(|name| name.trim_start_matches('!').strip_prefix('@'));
        lists.into_iter().flatten().map(String::as_str).chain(asked)
    }
}

/// The classes by name: those that the clause reader knows, then the rules' own, of which those that no frame uses have
/// no bit.
fn class_names(own: impl Iterator<Item = (String, bool)>) -> BTreeMap<String, Classes> {
    let mut classes: BTreeMap<String, Classes> =
        class::NAMES.iter().map(|(name, bit)| (name.to_lowercase(), *bit)).collect();
    let mut next = class::FIRST_OWN;
    for (name, used) in own {
        if classes.contains_key(&name) {
            continue;
        }
        if !used {
            classes.insert(name, 0);
        } else if next < Classes::BITS {
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
                wording: Wording::default(),
                subject: place(&row.subject)?,
                object: place(&row.object)?,
                public: row.roles.iter().position(|role| role.contains('.')).unwrap_or(row.roles.len()),
                roles: row.roles.clone(),
                named_object: row.named_object,
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
        let entry = match words[..] {
            [word] => self.rules.words.entry(word),
            _ => self.phrases.add(self.vocabulary, form).map(|phrase| self.rules.phrases.entry(phrase)),
        };
        let Some(entry) = entry else { return };
        add(entry);
        if entry.is_trigger()
            && let Some(first) = words.first()
        {
            self.rules.triggers.insert(*first);
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
                    entry.verbs.push(VerbUse { frame: None, forms, particle, verb: 0 });
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
                    entry.verbs.push(VerbUse { frame: None, forms, particle, verb: 0 });
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
        let inside = self.class_union(&row.inside)?;
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
            inside,
            fallback: row.fallback,
            telling: row.telling,
            unless,
            examples: row.examples.clone(),
            counterexamples: row.counterexamples.clone(),
            wording: Wording::default(),
            line: self.line,
        };
        self.rules.frames.push(frame);
        for verb in &row.verbs {
            let place = self.rules.verbs.len() as u16;
            self.rules.verbs.push(Verb::new(verb));
            self.verb(verb, |entry, forms, particle| {
                entry.verbs.push(VerbUse { frame: Some(number), forms, particle, verb: place });
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

    /// The lines that tell the claims of types and frames.
    fn summary(&mut self, row: &SummaryRow) -> Result<(), Error> {
        if row.examples.is_empty() {
            return Err(self.error(format!("the words of `{}` have no example", row.of.join("`, `"))));
        }
        for of in &row.of {
            let kind = self.kind_place(of.split('.').next().unwrap_or_default())?;
            let roles = &self.rules.kinds[kind.0 as usize].roles;
            let lines = |lines: &[String]| {
                let parse = |line: &String| Line::parse(line, roles).map_err(|message| self.error(message));
                lines.iter().map(parse).collect::<Result<Vec<Line>, Error>>()
            };
            let wording = Wording {
                passive: lines(&row.passive)?,
                intransitive: lines(&row.intransitive)?,
                any: lines(&row.lines)?,
            };
            if of.contains('.') {
                let name = format!("claim.{of}");
                let frame = self.rules.frames.iter().position(|frame| frame.name == name);
                let frame = frame.ok_or_else(|| self.error(format!("no frame is called `{of}`")))?;
                self.rules.frames[frame].wording = wording;
            } else {
                self.rules.kinds[kind.0 as usize].wording = wording;
            }
        }
        let told = row.examples.iter().map(|example| (self.line, example.text.clone(), example.told.clone()));
        self.rules.told.extend(told);
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
            "pronoun" => Ok(Selection::Pronoun),
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
