//! Front matter: the title, date and author above a Markdown text, in YAML or TOML.

use std::collections::BTreeMap;

/// What front matter says, and where the text after it begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    values: BTreeMap<String, String>,
    /// The first byte of the text after it.
    pub end: usize,
    /// What is wrong with it.
    pub mistake: Option<String>,
}

/// Front matter ends within so many bytes, or it is none.
const MAX_BYTES: usize = 65_536;

impl FrontMatter {
    /// The first of `keys` that has a value. Keys are compared in lower case.
    pub fn value(&self, keys: &[&str]) -> Option<&str> {
        keys.iter().find_map(|key| self.values.get(*key)).map(String::as_str)
    }
}

/// Reads the front matter at the beginning of `text`: between lines `---` (YAML) or `+++` (TOML).
///
/// `None` where there is none, it has no end, or the lines between are something else.
/// Of YAML only flat keys with plain, quoted or listed scalars are read. Anchors, aliases, tags and nested values
/// are passed over, so that nothing can grow.
pub fn read_front_matter(text: &str) -> Option<FrontMatter> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let fence = match first.trim_end() {
        fence @ ("---" | "+++") => fence,
        _ => return None,
    };
    let start = first.len();
    let mut at = start;
    for line in lines {
        let bare = line.trim_end();
        if bare == fence || fence == "---" && bare == "..." {
            let block = &text[start..at];
            let end = at + line.len();
            return if fence == "+++" { Some(read_toml(block, end)) } else { read_yaml(block, end) };
        }
        at += line.len();
        if at > MAX_BYTES {
            return None;
        }
    }
    None
}

fn read_toml(block: &str, end: usize) -> FrontMatter {
    let mut front = FrontMatter { end, ..FrontMatter::default() };
    match block.parse::<toml::Table>() {
        Ok(table) => {
            for (key, value) in table {
                if let Some(value) = toml_scalar(&value) {
                    front.values.insert(key.to_lowercase(), value);
                }
            }
        }
        Err(error) => front.mistake = Some(format!("front matter is no TOML: {}", error.message())),
    }
    front
}

fn toml_scalar(value: &toml::Value) -> Option<String> {
    let scalar = match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Datetime(datetime) => datetime.to_string(),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Array(items) => {
            items.iter().filter_map(toml::Value::as_str).map(str::trim).collect::<Vec<_>>().join("; ")
        }
        _ => return None,
    };
    Some(scalar.trim().to_string()).filter(|scalar| !scalar.is_empty())
}

fn read_yaml(block: &str, end: usize) -> Option<FrontMatter> {
    let mut front = FrontMatter { end, ..FrontMatter::default() };
    // The key whose value is a list on the following lines.
    let mut open: Option<String> = None;
    let mut keys = 0;
    for line in block.lines() {
        let bare = line.trim();
        if bare.is_empty() || bare.starts_with('#') {
            continue;
        }
        if let Some(item) = bare.strip_prefix("- ").or(if bare == "-" { Some("") } else { None }) {
            if let (Some(key), Some(item)) = (&open, yaml_scalar(item)) {
                let value = front.values.entry(key.clone()).or_default();
                if !value.is_empty() {
                    value.push_str("; ");
                }
                value.push_str(&item);
            }
            continue;
        }
        if line.starts_with([' ', '\t']) {
            open = None;
            continue;
        }
        let (key, value) = key_and_value(bare)?;
        keys += 1;
        open = None;
        if value.is_empty() || value.starts_with('#') {
            open = Some(key);
        } else if let Some(value) = yaml_value(value) {
            front.values.entry(key).or_insert(value);
        }
    }
    (keys > 0).then_some(front)
}

/// Splits `key: value`. `None` where the line is no such pair, which front matter has not.
fn key_and_value(line: &str) -> Option<(String, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim().trim_matches(['"', '\'']);
    let is_key = !key.is_empty()
        && key.len() <= 64
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '<' | '/' | '@'));
    (is_key && (value.is_empty() || value.starts_with([' ', '\t']))).then(|| (key.to_lowercase(), value.trim()))
}

/// A scalar, or the scalars of a list on one line.
fn yaml_value(value: &str) -> Option<String> {
    let Some(list) = value.strip_prefix('[') else { return yaml_scalar(value) };
    let list = list.split_once(']').map_or(list, |(list, _)| list);
    let items: Vec<String> = list.split(',').filter_map(|item| yaml_scalar(item.trim())).collect();
    (!items.is_empty()).then(|| items.join("; "))
}

/// A plain or quoted scalar. What is none, or null, has no value.
fn yaml_scalar(value: &str) -> Option<String> {
    let value = value.trim();
    let scalar = match value.chars().next()? {
        '"' => double_quoted(&value[1..])?,
        '\'' => single_quoted(&value[1..])?,
        // Anchors, aliases, tags, block scalars, maps, reserved marks.
        '&' | '*' | '!' | '|' | '>' | '{' | '[' | '@' | '`' | '%' => return None,
        _ => {
            let end = value.find(" #").or_else(|| value.find("\t#")).unwrap_or(value.len());
            value[..end].trim_end().to_string()
        }
    };
    let null = matches!(scalar.as_str(), "" | "~" | "null" | "Null" | "NULL");
    (!null).then(|| scalar.trim().to_string()).filter(|scalar| !scalar.is_empty())
}

fn single_quoted(rest: &str) -> Option<String> {
    let mut scalar = String::new();
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\'' if chars.peek() == Some(&'\'') => {
                chars.next();
                scalar.push('\'');
            }
            '\'' => return Some(scalar),
            _ => scalar.push(c),
        }
    }
    None
}

fn double_quoted(rest: &str) -> Option<String> {
    let mut scalar = String::new();
    let mut chars = rest.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => return Some(scalar),
            '\\' => match chars.next()? {
                'n' => scalar.push('\n'),
                't' => scalar.push('\t'),
                mark @ ('x' | 'u' | 'U') => {
                    let digits = match mark {
                        'x' => 2,
                        'u' => 4,
                        _ => 8,
                    };
                    let mut code = 0;
                    for _ in 0..digits {
                        code = code * 16 + chars.next()?.to_digit(16)?;
                    }
                    scalar.push(char::from_u32(code)?);
                }
                other => scalar.push(other),
            },
            _ => scalar.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values() {
        for (text, key, expected) in [
            ("---\ntitle: A plain one\n---\n", "title", "A plain one"),
            ("---\ntitle: \"A: quoted \\\"one\\\" \\u00e9\"\n---\n", "title", "A: quoted \"one\" é"),
            ("---\ntitle: 'It''s one' # so\n---\n", "title", "It's one"),
            ("---\nTitle: One # a comment\n---\n", "title", "One"),
            ("---\r\ntitle: One\r\n---\r\nText", "title", "One"),
            ("---\n\"date\": 2015-09-16\n...\n", "date", "2015-09-16"),
            ("---\nauthor: [Kit, \"Jo\"]\n---\n", "author", "Kit; Jo"),
            ("---\nauthor:\n  - Kit\n  - Jo\ntitle: x\n---\n", "author", "Kit; Jo"),
            ("---\nauthor:\n  name: Kit\ntitle: x\n---\n", "author", ""),
            ("---\na: &a [x, x]\ntitle: *a\n---\n", "title", ""),
            ("---\ntitle: |\n  Folded\n---\n", "title", ""),
            ("---\ntitle: ~\n---\n", "title", ""),
            ("---\ntitle: \"no end\n---\n", "title", ""),
            ("+++\ntitle = \"One\"\ndate = 2013-11-20\n+++\n", "date", "2013-11-20"),
            ("+++\nauthor = [\"Kit\", \"Jo\"]\n+++\n", "author", "Kit; Jo"),
        ] {
            let front = read_front_matter(text).unwrap();
            assert_eq!(front.value(&[key]).unwrap_or(""), expected, "{text:?}");
        }
    }

    #[test]
    fn the_text_begins_after_it() {
        for (text, rest) in [
            ("---\ntitle: One\n---\nText", "Text"),
            ("---\r\ntitle: One\r\n---\r\n\r\nText", "\r\nText"),
            ("+++\nno toml\n+++\nText", "Text"),
            ("---\ntitle: One\n---", ""),
        ] {
            assert_eq!(&text[read_front_matter(text).unwrap().end..], rest, "{text:?}");
        }
        assert!(read_front_matter("+++\nno toml\n+++\n").unwrap().mistake.is_some());
    }

    #[test]
    fn what_is_no_front_matter() {
        for text in [
            "",
            "---",
            "---\ntitle: no end\n",
            "---\n\nA section between rules.\n\n---\n",
            "---\nHe said: this is text, and it has: colons\n---\n",
            "---\n---\n",
            " ---\ntitle: x\n---\n",
            "Text\n---\ntitle: x\n---\n",
        ] {
            assert_eq!(read_front_matter(text), None, "{text:?}");
        }
        let long = format!("---\n{}---\n", "key: value\n".repeat(10_000));
        assert_eq!(read_front_matter(&long), None);
    }
}
