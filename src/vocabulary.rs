//! The words that the dictionaries know, numbered; text words are compared by number.

use crate::error::Error;
use crate::slots::{Slots, hash};
use crate::span::Span;
use crate::token::{MAX_WORDS, Token, WordId, tokenize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest folded word, in bytes, that a dictionary can hold.
const MAX_WORD: usize = 96;

/// Every word that some dictionary holds, folded, with its number.
///
/// Folded means: lower case, accents taken off, curly apostrophes straight, a possessive `'s` left out.
/// Folding happens here only, when a word is looked up; the text never changes.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    letters: String,
    /// Where word `i` lies in `letters`; word 0 is the unknown one.
    words: Vec<Span>,
    slots: Slots,
    /// Whether a word found no room.
    full: bool,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Vocabulary { letters: String::new(), words: vec![Span::default()], slots: Slots::default(), full: false }
    }
}

impl Vocabulary {
    /// How many words it holds, the unknown one counted.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether it holds no known word.
    pub fn is_empty(&self) -> bool {
        self.words.len() == 1
    }

    /// The folded letters of a word.
    pub fn letters(&self, word: WordId) -> &str {
        self.words[word.index()].of(&self.letters)
    }

    /// The number of `word` (one token), added where it is new. Unknown where it is too long or the vocabulary is full.
    pub fn intern(&mut self, word: &str) -> WordId {
        let mut buffer = [0; MAX_WORD];
        let Some(folded) = fold(word, &mut buffer) else { return WordId::UNKNOWN };
        let hashed = hash(folded);
        let known = self.number(hashed, folded);
        if known != 0 {
            return WordId(known);
        }
        let id = self.words.len() as u32;
        if id >= MAX_WORDS {
            self.full = true;
            return WordId::UNKNOWN;
        }
        let start = self.letters.len();
        self.letters.push_str(std::str::from_utf8(folded).unwrap_or_default());
        self.words.push(Span::new(start, self.letters.len()));
        let (letters, words) = (self.letters.as_bytes(), &self.words);
        self.slots.insert(hashed, id, |id| hash(&letters[words[id as usize].range()]));
        WordId(id)
    }

    /// Whether every word so far found room.
    ///
    /// # Errors
    /// Where one did not: the dictionaries hold too many different words. `file` and `line` say where that was seen.
    pub fn check_room(&self, file: &str, line: u64) -> Result<(), Error> {
        if !self.full {
            return Ok(());
        }
        let message =
            format!("the dictionaries have more than {} different words, and no room for these", MAX_WORDS - 1);
        Err(Error::dictionary(file, line, message))
    }

    /// The numbers of all tokens of `phrase`, added where they are new.
    pub fn intern_phrase(&mut self, phrase: &str) -> Vec<WordId> {
        let mut tokens = Vec::new();
        tokenize(phrase, 0, phrase.len(), &mut tokens);
        tokens.iter().map(|token| self.intern(token.span.of(phrase))).collect()
    }

    /// The number of `word` as written in a text.
    pub fn find(&self, word: &str) -> WordId {
        let mut buffer = [0; MAX_WORD];
        match fold(word, &mut buffer) {
            Some(folded) => WordId(self.number(hash(folded), folded)),
            None => WordId::UNKNOWN,
        }
    }

    /// Gives every token its word.
    pub fn tag(&self, text: &str, tokens: &mut [Token]) {
        for token in tokens {
            token.set_word(self.find(token.span.of(text)));
        }
    }

    fn number(&self, hashed: u32, folded: &[u8]) -> u32 {
        self.slots.find(hashed, |id| self.letters.as_bytes()[self.words[id as usize].range()] == *folded)
    }
}

/// A set of words, for questions of the kind "is this a month?".
#[derive(Clone, Debug, Default)]
pub struct WordSet {
    bits: Vec<u64>,
}

impl WordSet {
    /// The set of the given words, added to the vocabulary where they are new. Each must be one token.
    pub fn new<'a>(vocabulary: &mut Vocabulary, words: impl IntoIterator<Item = &'a str>) -> WordSet {
        let mut set = WordSet::default();
        for word in words {
            set.insert(vocabulary.intern(word));
        }
        set
    }

    /// Adds a word. The unknown word is never in a set.
    pub fn insert(&mut self, word: WordId) {
        if !word.is_known() {
            return;
        }
        let block = word.index() / 64;
        if self.bits.len() <= block {
            self.bits.resize(block + 1, 0);
        }
        self.bits[block] |= 1 << (word.index() % 64);
    }

    /// Whether the word is in the set.
    pub fn holds(&self, word: WordId) -> bool {
        self.bits.get(word.index() / 64).is_some_and(|block| block >> (word.index() % 64) & 1 == 1)
    }
}

/// What a layer knows of single words: a value for some of them.
#[derive(Clone, Debug)]
pub struct WordMap<T> {
    /// By word: 0, or one more than the place in `values`.
    places: Vec<u32>,
    values: Vec<T>,
}

impl<T> Default for WordMap<T> {
    fn default() -> Self {
        WordMap { places: Vec::new(), values: Vec::new() }
    }
}

impl<T> WordMap<T> {
    /// Says `value` of `word`; a later value replaces an earlier one. Nothing is said of the unknown word.
    pub fn insert(&mut self, word: WordId, value: T) {
        if !word.is_known() {
            return;
        }
        if self.places.len() <= word.index() {
            self.places.resize(word.index() + 1, 0);
        }
        match self.places[word.index()] {
            0 => {
                self.values.push(value);
                self.places[word.index()] = self.values.len() as u32;
            }
            place => self.values[place as usize - 1] = value,
        }
    }

    /// What is known of `word`, to be changed; the default where nothing was known. `None` for the unknown word.
    pub fn entry(&mut self, word: WordId) -> Option<&mut T>
    where
        T: Default,
    {
        if !word.is_known() {
            return None;
        }
        if self.get(word).is_none() {
            self.insert(word, T::default());
        }
        let place = self.places[word.index()] as usize - 1;
        self.values.get_mut(place)
    }

    /// What is known of `word`.
    #[inline]
    pub fn get(&self, word: WordId) -> Option<&T> {
        match self.places.get(word.index()) {
            None | Some(0) => None,
            Some(&place) => self.values.get(place as usize - 1),
        }
    }
}

/// Folds a word into `buffer`; `None` where it is empty or too long to be in any dictionary.
fn fold<'b>(word: &str, buffer: &'b mut [u8; MAX_WORD]) -> Option<&'b [u8]> {
    let bytes = word.as_bytes();
    let mut len = 0;
    if word.is_ascii() {
        let stem = match bytes {
            [stem @ .., b'\'', b's' | b'S'] if !stem.is_empty() => stem,
            _ => bytes,
        };
        if stem.len() > MAX_WORD || stem.is_empty() {
            return None;
        }
        for (to, from) in buffer.iter_mut().zip(stem) {
            *to = from.to_ascii_lowercase();
        }
        len = stem.len();
    } else {
        let stem = word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).filter(|stem| !stem.is_empty());
        for c in stem.unwrap_or(word).nfkd().filter(|c| !is_combining_mark(*c)) {
            let c = if c == '’' || c == '‘' { '\'' } else { c };
            for lower in c.to_lowercase() {
                let plain = plain(lower);
                let size: usize = plain.iter().map(|c| c.len_utf8()).sum();
                if len + size > MAX_WORD {
                    return None;
                }
                for &c in plain.iter() {
                    len += c.encode_utf8(&mut buffer[len..]).len();
                }
            }
        }
        if len == 0 {
            return None;
        }
    }
    Some(&buffer[..len])
}

/// The plain letters for a letter that does not decompose into one and an accent.
fn plain(c: char) -> Plain {
    match c {
        'ø' => Plain::one('o'),
        'ł' => Plain::one('l'),
        'đ' | 'ð' => Plain::one('d'),
        'ı' => Plain::one('i'),
        'ß' => Plain::two('s', 's'),
        'æ' => Plain::two('a', 'e'),
        'œ' => Plain::two('o', 'e'),
        'þ' => Plain::two('t', 'h'),
        other => Plain::one(other),
    }
}

/// One letter or two.
struct Plain {
    letters: [char; 2],
    len: usize,
}

impl Plain {
    fn one(c: char) -> Plain {
        Plain { letters: [c, '\0'], len: 1 }
    }

    fn two(a: char, b: char) -> Plain {
        Plain { letters: [a, b], len: 2 }
    }

    fn iter(&self) -> std::slice::Iter<'_, char> {
        self.letters[..self.len].iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_folded() {
        let mut vocabulary = Vocabulary::default();
        for (a, b) in [
            ("Nestlé", "nestle"),
            ("O’Reilly", "o'reilly"),
            ("ACME's", "acme"),
            ("Acme’s", "acme"),
            ("Zoë", "ZOE"),
            ("Straße", "strasse"),
            ("Øystein", "oystein"),
            ("İşbank", "isbank"),
        ] {
            assert_eq!(vocabulary.intern(a), vocabulary.intern(b), "{a} {b}");
        }
        assert_ne!(vocabulary.intern("c"), vocabulary.intern("d"));
        assert_eq!(vocabulary.find("never-seen"), WordId::UNKNOWN);
        assert_eq!(vocabulary.intern(""), WordId::UNKNOWN);
        assert_eq!(vocabulary.intern(&"x".repeat(200)), WordId::UNKNOWN);
    }

    #[test]
    fn growing_keeps_the_numbers() {
        let mut vocabulary = Vocabulary::default();
        let ids: Vec<WordId> = (0..5000).map(|i| vocabulary.intern(&format!("w{i}"))).collect();
        for (i, id) in ids.iter().enumerate() {
            assert_eq!(vocabulary.find(&format!("W{i}")), *id);
        }
    }

    #[test]
    fn sets_and_maps_answer_for_known_words_only() {
        let mut vocabulary = Vocabulary::default();
        let set = WordSet::new(&mut vocabulary, ["may", "june"]);
        let mut map = WordMap::default();
        map.insert(vocabulary.intern("two"), 2);
        assert!(set.holds(vocabulary.find("June")) && !set.holds(vocabulary.find("two")));
        assert!(!set.holds(WordId::UNKNOWN) && map.get(WordId::UNKNOWN).is_none());
        assert_eq!(map.get(vocabulary.find("TWO")), Some(&2));
    }
}
