//! A claim in one plain line: which words of `claims.toml` tell it, by its voice, its roles and its modality.

use super::inflect::{Forms, inflect};
use super::rules::role_place;
use super::{Claim, Modality};

/// How the words that state a claim are built.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Voice {
    /// A verb with an object: `Foo bought Bar`.
    Active,
    /// A verb in the passive: `Bar was bought`.
    Passive,
    /// A verb without an object: `Bar shut down`.
    Intransitive,
    /// A noun or predicate: `the purchase of Bar`.
    Nominal,
}

/// What a blank of a line stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Blank {
    /// All that fill a role, by its place in the type.
    Role(u8),
    /// The subjects of the claim.
    Subject,
    /// The subjects, where there are several.
    Subjects,
    /// The objects of the claim.
    Object,
    /// The figure.
    Amount,
}

/// The words for a blank.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Words {
    /// The words.
    pub text: String,
    /// Whether they name more than one.
    pub several: bool,
}

/// A verb as lines tell it: `acquire`, `shut down`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Verb {
    pub base: String,
    third: String,
    past: String,
    participle: String,
    /// What follows the verb itself, with a blank before.
    particle: String,
}

impl Verb {
    /// A verb by its base and irregular forms, with its particle, as frames list it.
    pub fn new(entry: &str) -> Verb {
        let (head, particle) = entry.split_once(' ').unwrap_or((entry, ""));
        let particle = if particle.is_empty() { String::new() } else { format!(" {particle}") };
        let mut verb = Verb { particle, ..Verb::default() };
        for (form, forms) in inflect(head) {
            let form = form.replace('_', "-");
            if forms.has(Forms::BASE) {
                verb.base.clone_from(&form);
            }
            if forms.has(Forms::S) {
                verb.third.clone_from(&form);
            }
            if forms.has(Forms::PAST) {
                verb.past.clone_from(&form);
            }
            if forms.has(Forms::PARTICIPLE) {
                verb.participle = form;
            }
        }
        verb
    }
}

/// A part of a line.
#[derive(Clone, PartialEq, Debug)]
enum Piece {
    Text(String),
    Blank(Blank),
    Verb(Told),
    /// Left out where one of its blanks has no words.
    Group(Vec<Piece>),
}

/// A verb of a line.
#[derive(Clone, PartialEq, Debug)]
struct Told {
    verb: Verb,
    /// Whether the verb that states the claim takes its place, where one does.
    own: bool,
    passive: bool,
    /// Whether it stays in the present tense: what is planned is its very sense (`expect`).
    fixed: bool,
    /// Whether it is told in the past tense.
    past: bool,
}

/// A way to put a claim into words.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Line {
    pieces: Vec<Piece>,
    /// Whether the line itself tells of what is to come.
    pub ahead: bool,
}

/// The lines of a type or frame, by voice.
#[derive(Clone, Debug, Default)]
pub(super) struct Wording {
    pub passive: Vec<Line>,
    pub intransitive: Vec<Line>,
    pub any: Vec<Line>,
}

impl Wording {
    /// The lines for a voice, the better first.
    pub fn lines(&self, voice: Voice) -> impl Iterator<Item = &Line> {
        let own = match voice {
            Voice::Passive => &self.passive[..],
            Voice::Intransitive => &self.intransitive[..],
            Voice::Active | Voice::Nominal => &[],
        };
        own.iter().chain(&self.any)
    }
}

impl Line {
    /// Reads a line: `{role}` is a blank, `[verb]` a verb, `(…)` is left out where one of its blanks is empty.
    ///
    /// `[@verb]` is the verb that states the claim, else the one given; `[be verb]` is passive, `[~verb]` in the past;
    /// `[!verb]`, and a line that begins with `!`, tell by themselves that something is to come.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(line: &str, roles: &[String]) -> Result<Line, String> {
        let mut pieces = Vec::new();
        let (ahead, mut rest) = line.strip_prefix('!').map_or((false, line), |rest| (true, rest));
        while let Some(at) = rest.find(['{', '[', '(']) {
            if at > 0 {
                pieces.push(Piece::Text(rest[..at].to_string()));
            }
            let close = match &rest[at..=at] {
                "{" => '}',
                "[" => ']',
                _ => ')',
            };
            let end = rest[at..].find(close).ok_or_else(|| format!("`{line}` lacks a `{close}`"))? + at;
            let inside = &rest[at + 1..end];
            pieces.push(match close {
                '}' => Piece::Blank(blank(inside, roles)?),
                ']' => Piece::Verb(told(inside)),
                _ => Piece::Group(Line::parse(inside, roles)?.pieces),
            });
            rest = &rest[end + 1..];
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_string()));
        }
        Ok(Line { pieces, ahead })
    }

    /// Whether the line has a verb, which tells of modality and negation.
    pub fn has_verb(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Verb(_)))
    }

    /// Whether it tells the figure.
    pub fn tells_amount(&self) -> bool {
        let tells = |piece: &Piece| *piece == Piece::Blank(Blank::Amount);
        self.pieces.iter().any(|piece| match piece {
            Piece::Group(pieces) => pieces.iter().any(tells),
            piece => tells(piece),
        })
    }

    /// The line with its blanks filled by `words`; `None` where a blank outside a group has none.
    pub fn tell(&self, claim: &Claim, own: Option<&Verb>, words: &dyn Fn(Blank) -> Option<Words>) -> Option<String> {
        let mut told = String::new();
        let mut several = None;
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => told.push_str(text),
                Piece::Blank(blank) => {
                    let words = words(*blank)?;
                    several.get_or_insert(words.several);
                    told.push_str(&words.text);
                }
                Piece::Verb(verb) => told.push_str(&verb.conjugate(claim, own, several == Some(true))),
                Piece::Group(pieces) => {
                    let group = Line { pieces: pieces.clone(), ahead: false }.tell(claim, own, words);
                    told.push_str(group.as_deref().unwrap_or_default());
                }
            }
        }
        Some(told)
    }
}

fn blank(name: &str, roles: &[String]) -> Result<Blank, String> {
    match name {
        "subject" => Ok(Blank::Subject),
        "subjects" => Ok(Blank::Subjects),
        "object" => Ok(Blank::Object),
        "amount" => Ok(Blank::Amount),
        _ => role_place(roles, name).map(Blank::Role).ok_or_else(|| format!("no role is called `{name}`")),
    }
}

fn told(inside: &str) -> Told {
    let (fixed, inside) = inside.strip_prefix('!').map_or((false, inside), |rest| (true, rest));
    let (past, inside) = inside.strip_prefix('~').map_or((false, inside), |rest| (true, rest));
    let (passive, inside) = inside.strip_prefix("be ").map_or((false, inside), |rest| (true, rest));
    let (own, inside) = inside.strip_prefix('@').map_or((false, inside), |rest| (true, rest));
    Told { verb: Verb::new(inside), own, passive, fixed, past }
}

impl Told {
    /// The verb group: `acquires`, `is to acquire`, `may not be acquired`.
    fn conjugate(&self, claim: &Claim, own: Option<&Verb>, several: bool) -> String {
        let verb = own.filter(|_| self.own).unwrap_or(&self.verb);
        let is = if several { "are" } else { "is" };
        let (base, finite) = if self.passive {
            (format!("be {}", verb.participle), format!("{is} {}", verb.participle))
        } else {
            (verb.base.clone(), if several { verb.base.clone() } else { verb.third.clone() })
        };
        let not = if claim.negative { " not" } else { "" };
        let modality =
            if self.fixed && claim.modality == Modality::Planned { Modality::Asserted } else { claim.modality };
        let group = match modality {
            Modality::Asserted | Modality::Denied if self.past && !claim.negative => verb.past.clone(),
            Modality::Asserted | Modality::Denied if self.past => format!("did not {base}"),
            Modality::Asserted | Modality::Denied if !claim.negative => finite,
            Modality::Asserted | Modality::Denied if self.passive => format!("{is} not {}", verb.participle),
            Modality::Asserted | Modality::Denied => format!("{} not {base}", if several { "do" } else { "does" }),
            Modality::Planned => format!("{is}{not} to {base}"),
            Modality::Possible => format!("may{not} {base}"),
            Modality::Cancelled => format!("{is} no longer to {base}"),
        };
        format!("{group}{}", verb.particle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_as_lines_tell_them() {
        for (entry, expected) in [
            ("acquire", ["acquire", "acquires", "acquired", ""]),
            ("shut|shut||shutting down", ["shut", "shuts", "shut", " down"]),
            ("open_source", ["open-source", "open-sources", "open-sourced", ""]),
            ("have|had", ["have", "has", "had", ""]),
        ] {
            let verb = Verb::new(entry);
            assert_eq!([&verb.base[..], &verb.third, &verb.participle, &verb.particle], expected);
        }
    }

    #[test]
    fn lines_are_read() {
        let roles = ["company".to_string(), "product".to_string()];
        let line = Line::parse("{company} [@launch] {product}( for {amount})", &roles).unwrap();
        assert!(line.has_verb() && line.tells_amount() && line.pieces.len() == 6);
        assert!(Line::parse("{place}", &roles).is_err());
        assert!(Line::parse("{company", &roles).is_err());
    }
}
