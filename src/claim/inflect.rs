//! The forms of English verbs.

/// Which forms of a verb a word can be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Forms(u8);

impl Forms {
    pub const BASE: Forms = Forms(1);
    pub const S: Forms = Forms(2);
    pub const PAST: Forms = Forms(4);
    pub const PARTICIPLE: Forms = Forms(8);
    pub const ING: Forms = Forms(16);

    /// Whether one of the forms of `other` is among them.
    pub fn has(self, other: Forms) -> bool {
        self.0 & other.0 != 0
    }

    /// Both together.
    pub fn with(self, other: Forms) -> Forms {
        Forms(self.0 | other.0)
    }
}

/// The forms of `entry`: a regular verb by its base, or `base|past|participle|ing` with those that differ.
///
/// A form left blank is the regular one; without a participle the past is the participle.
pub(super) fn inflect(entry: &str) -> Vec<(String, Forms)> {
    let mut given = entry.split('|').map(str::trim);
    let base = given.next().unwrap_or_default();
    let mut irregular = || given.next().filter(|form| !form.is_empty()).map(str::to_string);
    let past = irregular().unwrap_or_else(|| past(base));
    let participle = irregular().unwrap_or_else(|| past.clone());
    let ing = irregular().unwrap_or_else(|| ing(base, &past));
    let mut forms: Vec<(String, Forms)> = Vec::new();
    for (form, kind) in [
        (base.to_string(), Forms::BASE),
        (third(base), Forms::S),
        (past, Forms::PAST),
        (participle, Forms::PARTICIPLE),
        (ing, Forms::ING),
    ] {
        match forms.iter_mut().find(|(known, _)| *known == form) {
            Some((_, kinds)) => *kinds = kinds.with(kind),
            None => forms.push((form, kind)),
        }
    }
    forms
}

fn is_vowel(c: char) -> bool {
    "aeiou".contains(c)
}

fn third(base: &str) -> String {
    match base {
        "have" => return "has".into(),
        "be" => return "is".into(),
        _ => {}
    }
    if let Some(stem) = base.strip_suffix('y').filter(|stem| !stem.ends_with(is_vowel)) {
        return format!("{stem}ies");
    }
    if ["s", "x", "z", "ch", "sh", "o"].iter().any(|ending| base.ends_with(ending)) {
        return format!("{base}es");
    }
    format!("{base}s")
}

fn past(base: &str) -> String {
    if base.ends_with('e') {
        return format!("{base}d");
    }
    if let Some(stem) = base.strip_suffix('y').filter(|stem| !stem.ends_with(is_vowel)) {
        return format!("{stem}ied");
    }
    format!("{base}ed")
}

/// The form in -ing; a consonant that `past` doubles is doubled here too.
fn ing(base: &str, past: &str) -> String {
    if let Some(stem) = past.strip_suffix("ed")
        && stem.len() == base.len() + 1
        && stem.starts_with(base)
    {
        return format!("{stem}ing");
    }
    if let Some(stem) = base.strip_suffix("ie") {
        return format!("{stem}ying");
    }
    match base.strip_suffix('e').filter(|stem| !stem.ends_with(['e', 'o', 'y'])) {
        Some(stem) => format!("{stem}ing"),
        None => format!("{base}ing"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_have_their_forms() {
        for (entry, expected) in [
            ("acquire", "acquire acquires acquired acquiring"),
            ("buy|bought", "buy buys bought buying"),
            ("take|took|taken", "take takes took taken taking"),
            ("ship|shipped", "ship ships shipped shipping"),
            ("cut|cut||cutting", "cut cuts cutting"),
            ("supply", "supply supplies supplied supplying"),
            ("deploy", "deploy deploys deployed deploying"),
            ("launch", "launch launches launched launching"),
            ("agree", "agree agrees agreed agreeing"),
        ] {
            let forms: Vec<String> = inflect(entry).into_iter().map(|(form, _)| form).collect();
            assert_eq!(forms.join(" "), expected, "{entry}");
        }
        assert!(inflect("buy|bought")[2].1.has(Forms::PARTICIPLE));
    }
}
