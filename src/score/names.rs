//! When two names of gold and prediction are the same.

/// Words that tell nothing in a name.
const STOP: [&str; 11] = ["inc", "corp", "ltd", "co", "llc", "plc", "the", "company", "group", "jr", "sr"];

/// The words of a name, lower case, possessives off, suffixes left out.
pub(super) fn words(name: &str) -> Vec<String> {
    let lower = without_possessives(&name.to_lowercase());
    let mut words = Vec::new();
    let bytes = lower.as_bytes();
    let begins = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let goes_on = |byte: u8| begins(byte) || matches!(byte, b'.' | b'&' | b'+' | b'-');
    let mut at = 0;
    while at < bytes.len() {
        if !begins(bytes[at]) {
            at += 1;
            continue;
        }
        let end = (at..bytes.len()).find(|i| !goes_on(bytes[*i])).unwrap_or(bytes.len());
        let word = &lower[at..end];
        if !STOP.contains(&word.trim_matches('.')) {
            words.push(word.to_string());
        }
        at = end;
    }
    words
}

/// The text without each `'s` that ends a word.
fn without_possessives(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\'', '’']) {
        let mark = rest[at..].chars().next().map_or(0, char::len_utf8);
        let after = &rest[at + mark..];
        let ends = |after: &str| !after.chars().next().is_some_and(is_word);
        match after.strip_prefix('s').filter(|after| ends(after)) {
            Some(after) => {
                plain.push_str(&rest[..at]);
                rest = after;
            }
            None => {
                plain.push_str(&rest[..at + mark]);
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// A name as letters and digits only.
pub(super) fn fold(name: &str) -> String {
    let folded = words(name).concat().replace('.', "");
    if folded.is_empty() { name.to_lowercase().chars().filter(|c| is_word(*c)).collect() } else { folded }
}

fn last(name: &str) -> String {
    words(name).last().map_or(String::new(), |word| word.trim_matches('.').to_string())
}

fn initials(name: &str) -> String {
    words(name).iter().filter_map(|word| word.chars().next()).collect()
}

/// Equal in the last word, or one the other's initials (IBM), or the other without its domain (Amazon.com).
pub(super) fn same_name(a: Option<&str>, b: Option<&str>) -> bool {
    let (a, b) = (a.unwrap_or(""), b.unwrap_or(""));
    if a.trim().is_empty() || b.trim().is_empty() {
        return a.trim().is_empty() && b.trim().is_empty();
    }
    let (last_a, last_b) = (last(a), last(b));
    let domain = |word: &str| word.split('.').next().unwrap_or("").to_string();
    last_a == last_b || fold(a) == initials(b) || fold(b) == initials(a) || domain(&last_a) == domain(&last_b)
}

fn heads(names: &str) -> Vec<String> {
    names.split(';').flat_map(|part| words(part).into_iter().take(3)).collect()
}

/// A participant field is right: none = none, or a shared head word with no more parts than the gold has, plus one.
pub(super) fn same_party(gold: Option<&str>, predicted: Option<&str>) -> bool {
    let (gold, predicted) = (gold.unwrap_or(""), predicted.unwrap_or(""));
    if gold.trim().is_empty() || predicted.trim().is_empty() {
        return gold.trim().is_empty() && predicted.trim().is_empty();
    }
    let heads_of_gold = heads(gold);
    let parts = |names: &str| names.matches(';').count();
    heads(predicted).iter().any(|head| heads_of_gold.contains(head)) && parts(predicted) <= parts(gold) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (a, b, same) in [
            ("Citrix Systems", "citrix systems inc.", true),
            ("IBM", "International Business Machines", true),
            ("Amazon", "Amazon.com", true),
            ("Mr Jobs's", "Steve Jobs", true),
            ("Citrix’s", "Citrix", true),
            ("", " ", true),
            ("", "Citrix", false),
            ("Dell", "HP", false),
        ] {
            assert_eq!(same_name(Some(a), Some(b)), same, "{a} {b}");
        }
    }

    #[test]
    fn parties() {
        for (gold, predicted, same) in [
            (None, None, true),
            (Some("Dell; HP"), Some("HP"), true),
            (Some("HP"), Some("Dell; HP"), true),
            (Some("HP"), Some("Dell; HP; IBM"), false),
            (Some("HP"), None, false),
            (Some("Red Hat"), Some("Hat"), true),
        ] {
            assert_eq!(same_party(gold, predicted), same, "{gold:?} {predicted:?}");
        }
    }

    #[test]
    fn folded() {
        for (name, expected) in [
            ("Verio Inc.", "verio"),
            ("J. P. Morgan", "jpmorgan"),
            ("The Company", "thecompany"),
            ("O'Reilly's", "oreilly"),
        ] {
            assert_eq!(fold(name), expected, "{name}");
        }
    }
}
