//! What the quotation layer knows of words, compiled from `quotations.toml`.

use crate::error::Error;
use crate::lexicon::{Source, read_toml};
use crate::phrase::{PhraseBuilder, PhraseMap};
use crate::reading::Reading;
use crate::vocabulary::{Vocabulary, WordMap};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A list of `quotations.toml`: what a word in it does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum WordKind {
    /// `he`, `they`.
    Pronoun,
    /// `who`, `which`.
    Relative,
    /// `him`, `us`.
    ObjectPronoun,
    /// `the`, `one`.
    Determiner,
    /// `of`, `at`.
    Preposition,
    /// Prepositions inside a noun phrase.
    NounPreposition,
    /// `and`, `but`.
    Conjunction,
    /// `that`, `because`.
    Subordinator,
    /// `has`, `will`.
    Auxiliary,
    /// `was`, `been`.
    Be,
    /// `will`, `could`.
    Modal,
    /// `not`, `didn't`.
    Negation,
    /// `also`, `later`.
    Adverb,
    /// `Tuesday`, `week`.
    Time,
    /// `spokesman`, `analysts`.
    SpeakerNoun,
    /// `company`, `court`.
    SpeakerBody,
    /// `report`, `statement`.
    StatementNoun,
    /// `so-called`, `the term`.
    ScareIntroducer,
    /// `novel`, `film`.
    Work,
    /// `declined` before `to say`.
    NotSpeech,
    /// `told`, `informed`.
    AddresseeVerb,
    /// `reporters` after `told`.
    RelayNoun,
    /// Finite verbs.
    Verb,
    /// Verbs that are nouns as well.
    BaseVerb,
    /// `as follows`.
    BlockLead,
    /// `features` before a colon.
    NotBlock,
    /// `Q`, `A`.
    InterviewTurn,
    /// `senior`, `former`.
    Rank,
    /// `hold`, `open`: cues only beside the marks.
    CloseCue,
    /// `told`: nothing is inverted behind it.
    ObjectVerb,
    /// `suggests`: things do it too.
    EvidenceVerb,
    /// `as` after `said`.
    AdjunctSubordinator,
    /// `rules` after `according to`.
    NotSource,
    /// `we` outside marks.
    Narrator,
    /// `family`.
    NotAdverb,
    /// `people`, `police`.
    PluralNoun,
    /// `some`, `others` as subjects.
    LoneSubject,
    /// `told`, `written`.
    PastForm,
    /// `said`.
    PlainSay,
    /// `whether`, `why`.
    QuestionWord,
    /// `said` before a clause without `that`.
    BareClauseVerb,
    /// `continued` before `to say`.
    SpeechGovernor,
    /// `asked` before a question that nobody is named for.
    QuestionVerb,
}

const LISTS: [(&str, WordKind); 43] = [
    ("pronouns", WordKind::Pronoun),
    ("relatives", WordKind::Relative),
    ("object_pronouns", WordKind::ObjectPronoun),
    ("determiners", WordKind::Determiner),
    ("prepositions", WordKind::Preposition),
    ("noun_prepositions", WordKind::NounPreposition),
    ("conjunctions", WordKind::Conjunction),
    ("subordinators", WordKind::Subordinator),
    ("auxiliaries", WordKind::Auxiliary),
    ("be", WordKind::Be),
    ("modals", WordKind::Modal),
    ("negations", WordKind::Negation),
    ("adverbs", WordKind::Adverb),
    ("times", WordKind::Time),
    ("speaker_nouns", WordKind::SpeakerNoun),
    ("speaker_bodies", WordKind::SpeakerBody),
    ("statement_nouns", WordKind::StatementNoun),
    ("scare_introducers", WordKind::ScareIntroducer),
    ("works", WordKind::Work),
    ("not_speech", WordKind::NotSpeech),
    ("addressee_verbs", WordKind::AddresseeVerb),
    ("relay_nouns", WordKind::RelayNoun),
    ("verbs", WordKind::Verb),
    ("base_verbs", WordKind::BaseVerb),
    ("block_leads", WordKind::BlockLead),
    ("not_block", WordKind::NotBlock),
    ("interview_turns", WordKind::InterviewTurn),
    ("ranks", WordKind::Rank),
    ("close_cues", WordKind::CloseCue),
    ("object_verbs", WordKind::ObjectVerb),
    ("evidence_verbs", WordKind::EvidenceVerb),
    ("adjunct_subordinators", WordKind::AdjunctSubordinator),
    ("not_sources", WordKind::NotSource),
    ("narrator", WordKind::Narrator),
    ("not_adverbs", WordKind::NotAdverb),
    ("plural_nouns", WordKind::PluralNoun),
    ("lone_subjects", WordKind::LoneSubject),
    ("past_forms", WordKind::PastForm),
    ("plain_say", WordKind::PlainSay),
    ("question_words", WordKind::QuestionWord),
    ("bare_clause_verbs", WordKind::BareClauseVerb),
    ("speech_governors", WordKind::SpeechGovernor),
    ("question_verbs", WordKind::QuestionVerb),
];

/// The lists that a word or phrase is in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct WordKinds(u64);

impl WordKinds {
    /// Whether the word is in the list.
    pub fn is(self, kind: WordKind) -> bool {
        self.0 >> kind as u8 & 1 == 1
    }

    /// Whether the word is in any of the lists.
    pub fn is_any(self, kinds: &[WordKind]) -> bool {
        kinds.iter().any(|kind| self.is(*kind))
    }
}

/// The lists of `quotations.toml`, compiled.
#[derive(Clone, Debug, Default)]
pub struct QuotationRules {
    words: WordMap<WordKinds>,
    phrases: PhraseMap<WordKinds>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    gloss: String,
    example: String,
    words: Vec<String>,
}

impl QuotationRules {
    /// Reads `quotations.toml` and what is added to it: lists of one name are joined.
    ///
    /// # Errors
    /// A list of another name, without words, gloss or example: with its file and line.
    pub fn read(
        sources: &[Source<'_>],
        vocabulary: &mut Vocabulary,
        phrases: &mut PhraseBuilder,
    ) -> Result<QuotationRules, Error> {
        let mut rules = QuotationRules::default();
        for source in sources {
            for (name, list) in read_toml::<BTreeMap<String, List>>(*source)? {
                let Some((_, kind)) = LISTS.iter().find(|(known, _)| *known == name) else {
                    return Err(Error::dictionary(source.name, 1, format!("no list of words is called `{name}`")));
                };
                if list.words.is_empty() || list.gloss.is_empty() || list.example.is_empty() {
                    let message = format!("the list `{name}` needs words, a gloss and an example");
                    return Err(Error::dictionary(source.name, 1, message));
                }
                for entry in &list.words {
                    rules.add(entry, *kind, vocabulary, phrases);
                }
            }
        }
        Ok(rules)
    }

    fn add(&mut self, entry: &str, kind: WordKind, vocabulary: &mut Vocabulary, phrases: &mut PhraseBuilder) {
        let bit = 1 << kind as u8;
        if let [word] = vocabulary.intern_phrase(entry)[..] {
            let known = self.words.get(word).copied().unwrap_or_default();
            self.words.insert(word, WordKinds(known.0 | bit));
        } else if let Some(phrase) = phrases.add(vocabulary, entry) {
            self.phrases.entry(phrase).0 |= bit;
        }
    }

    /// The lists that hold the word of the token at `at`; none past the end.
    pub fn kinds(&self, reading: &Reading<'_>, at: usize) -> WordKinds {
        self.words.get(reading.word(at)).copied().unwrap_or_default()
    }

    /// Whether the token at `at` is in the list.
    pub fn is(&self, reading: &Reading<'_>, at: usize, kind: WordKind) -> bool {
        self.kinds(reading, at).is(kind)
    }

    /// How many tokens of a phrase of the list, or a word of it, end just before token `at`; 0 where none does.
    pub fn ends_before(&self, reading: &Reading<'_>, at: usize, kind: WordKind) -> usize {
        const LONGEST: usize = 5;
        let longest = (2..=LONGEST.min(at)).rev().find(|len| {
            let hits = reading.hits_at(at - len);
            hits.iter()
                .any(|hit| hit.len as usize == *len && self.phrases.get(hit.phrase).is_some_and(|kinds| kinds.is(kind)))
        });
        match longest {
            Some(len) => len,
            None => usize::from(at > 0 && self.is(reading, at - 1, kind)),
        }
    }
}
