//! Texts that would cost more than their length in a program that looks too far.

/// Makes the `i`-th piece of a text.
pub type Piece = fn(usize) -> String;

/// A kind of text: its name, and its `i`-th piece. The pieces are put one after the other.
pub type Kind = (&'static str, Piece);

/// What people and machines put into files, one thing over and over.
pub const KINDS: &[Kind] = &[
    ("plain sentences", |i| format!("Quillon Networks said on Monday that it bought Tarnholt {i} for $5 million. ")),
    ("plain paragraphs", |i| format!("Quillon Networks said on Monday that it bought Tarnholt {i}.\n\n")),
    ("straight quotation marks", |_| "\"".to_string()),
    ("straight marks, spaced", |_| "\" ".to_string()),
    ("curly openers", |_| "“a ".to_string()),
    ("curly closers", |_| "a” ".to_string()),
    ("single quotation marks", |_| "' ".to_string()),
    ("short quoted sentences", |i| format!("\"It is {i},\" said Mara Stone. ")),
    ("quoted sentences, no speaker", |i| format!("\"We bought Tarnholt {i}.\" ")),
    ("cue words between unclosed marks", |_| "“said ".to_string()),
    ("cue words", |_| "said ".to_string()),
    ("cues with speakers", |_| "Stone said he said ".to_string()),
    ("one word", |_| "x".to_string()),
    ("one capitalized word", |_| "X".to_string()),
    ("one accented word", |_| "é".to_string()),
    ("a line without a stop", |i| format!("word{i} ")),
    ("names of two words", |i| format!("Mara Stone{} ", i % 977)),
    ("capitalized words", |i| format!("Quill{} ", i % 9973)),
    ("names in a list", |i| format!("Microsoft, Quill{} Inc., ", i % 9973)),
    ("people of one surname", |_| "Mara Stone and Stone, ".to_string()),
    ("dictionary words", |_| "Microsoft ".to_string()),
    ("dates", |_| "July 12, 2011 ".to_string()),
    ("dates without a year", |_| "on Monday, a day earlier, ".to_string()),
    ("numbers", |i| format!("{i} ")),
    ("number words", |_| "twenty ".to_string()),
    ("money", |_| "between $200 and $250 million ".to_string()),
    ("open brackets", |_| "(".to_string()),
    ("nested brackets with words", |_| "(a [b ".to_string()),
    ("commas", |_| ", ".to_string()),
    ("full stops", |_| ".".to_string()),
    ("abbreviations", |_| "Mr. U.S. Inc. ".to_string()),
    ("hyphens", |_| "a-".to_string()),
    ("colons and paragraphs", |_| "He wrote as follows:\n\nWe won.\n\n".to_string()),
    ("headings", |i| format!("# Heading {i}\n\n")),
    ("list items", |i| format!("- In May, Quillon launched Tarnholt {i}\n")),
    ("block quotations", |_| "> We won.\n\n".to_string()),
    ("blank lines", |_| "\n".to_string()),
    ("spaces", |_| " ".to_string()),
    ("zero-width joiners", |_| "\u{200d}".to_string()),
    ("flags", |_| "🇩🇪".to_string()),
    ("addresses", |i| format!("https://example.com/{i} ")),
    ("claims in one sentence", |_| "Quillon bought Tarnholt and Tarnholt sued Quillon and ".to_string()),
    ("acronyms in brackets", |i| format!("Quill Works Unit {i} (QWU) ")),
    ("pronouns", |_| "he said she told it that they ".to_string()),
    ("code fences", |_| "```\n".to_string()),
];

/// A text of at least so many bytes: the pieces one after another.
pub fn text(piece: Piece, bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 100);
    (0..)
        .take_while(|i| {
            text.push_str(&piece(*i));
            text.len() < bytes
        })
        .for_each(drop);
    text
}
