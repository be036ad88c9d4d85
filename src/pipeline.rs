//! The whole of it: resources in, a pipeline out; a document in, its annotations out. Read this first.

use crate::amount::{AmountRules, find_amounts};
use crate::claim::{Claim, ClaimInput, ClaimRules, find_claims, trace_claims};
use crate::cue::Cues;
use crate::document::Document;
use crate::error::Error;
use crate::gazetteer::{EntityType, Gazetteer, dictionary_file};
use crate::lexicon::Source;
use crate::lint::check_names;
use crate::marks::pair_marks;
use crate::mention::{GivenName, Mentions, NameRules, NameSources, add_given_names, tag_mentions};
use crate::phrase::{PhraseBuilder, Phrases};
use crate::proposal::Proposals;
use crate::quotation::{Quotation, QuotationInput, QuotationRules, find_quotations};
use crate::reading::Reading;
use crate::reference::{ReferenceRules, References};
use crate::sentence::{Sentence, SentenceRules, split_sentences};
use crate::structure::{Article, find_structure};
use crate::timex::{DateOrder, TimeExpr, TimexRules, recognize_times, resolve_times};
use crate::token::tokenize;
use crate::vocabulary::Vocabulary;
use crate::words::WordLists;

/// The dictionary files by name, with their contents.
#[derive(Clone, Debug)]
pub struct Resources<'a> {
    sources: Vec<Source<'a>>,
}

macro_rules! built_in {
    ($($name:literal),* $(,)?) => {
        &[$(Source { name: $name, text: include_str!(concat!("../dictionaries/", $name)) }),*]
    };
}

/// The dictionaries that are compiled in.
const BUILT_IN: &[Source<'static>] = built_in![
    "abbreviations.csv",
    "amounts.toml",
    "claims.toml",
    "companies.csv",
    "cues.csv",
    "given_names.csv",
    "names.toml",
    "organizations.csv",
    "people.csv",
    "places.csv",
    "products.csv",
    "quotations.toml",
    "timex.toml",
    "words.toml",
];

impl<'a> Resources<'a> {
    /// The dictionaries that are compiled in.
    pub fn built_in() -> Resources<'a> {
        Resources { sources: BUILT_IN.to_vec() }
    }

    /// The names of all dictionary files.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|source| source.name)
    }

    /// Puts `text` in the place of the file called `name`. Whether there is such a file.
    pub fn replace(&mut self, name: &str, text: &'a str) -> bool {
        let Some(known) = BUILT_IN.iter().find(|source| source.name == name) else { return false };
        self.sources.retain(|source| source.name != name);
        self.sources.push(Source { name: known.name, text });
        true
    }

    /// Adds the rows of `text` to the file called `name`. Whether there is such a file.
    pub fn add(&mut self, name: &str, text: &'a str) -> bool {
        let Some(known) = BUILT_IN.iter().find(|source| source.name == name) else { return false };
        self.sources.push(Source { name: known.name, text });
        true
    }

    /// Checks the dictionaries of names for what is legal but unwise, each with its file and line.
    ///
    /// # Errors
    /// What [`Pipeline::new`] would say.
    pub fn check_names(&self) -> Result<Vec<Error>, Error> {
        let mut vocabulary = Vocabulary::default();
        let mut builder = PhraseBuilder::default();
        let words = WordLists::read(&self.of("words.toml"))?;
        let names = self.names_by_type();
        let gazetteer = Gazetteer::read(&names, &mut vocabulary, &mut builder)?;
        let rules = self.name_rules(&words, &mut vocabulary, &mut builder)?;
        check_names(&names, &gazetteer, &vocabulary, rules.ordinary())
    }

    /// The dictionaries of names, each with the type of its rows.
    fn names_by_type(&self) -> Vec<(EntityType, Source<'a>)> {
        let sources = |entity_type| {
            let sources = self.of(dictionary_file(entity_type));
            sources.into_iter().map(move |source| (entity_type, source))
        };
        EntityType::ALL.into_iter().flat_map(sources).collect()
    }

    fn name_rules(
        &self,
        words: &WordLists,
        vocabulary: &mut Vocabulary,
        phrases: &mut PhraseBuilder,
    ) -> Result<NameRules, Error> {
        let sources = NameSources {
            names: &self.of("names.toml"),
            given: &self.of("given_names.csv"),
            places: &self.of("places.csv"),
        };
        NameRules::read(sources, words, vocabulary, phrases)
    }

    /// The texts of the file called `name`: its own, then what was added.
    pub fn contents<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'a str> + 's {
        self.sources.iter().filter(move |source| source.name == name).map(|source| source.text)
    }

    /// The contents of the file called `name`: its own, then what was added.
    fn of(&self, name: &str) -> Vec<Source<'a>> {
        self.sources.iter().filter(|source| source.name == name).copied().collect()
    }
}

/// Everything that annotation needs, compiled from the dictionaries. A value: two pipelines share nothing.
#[derive(Clone, Debug)]
pub struct Pipeline {
    vocabulary: Vocabulary,
    amount_rules: AmountRules,
    claim_rules: ClaimRules,
    phrases: Phrases,
    cues: Cues,
    gazetteer: Gazetteer,
    name_rules: NameRules,
    sentence_rules: SentenceRules,
    timex_rules: TimexRules,
    reference_rules: ReferenceRules,
    quotation_rules: QuotationRules,
}

/// The layers of a document, each sorted by span.
#[derive(Clone, Debug, Default)]
pub struct Annotations {
    /// The pieces in the text.
    pub articles: Vec<Article>,
    /// Sentences.
    pub sentences: Vec<Sentence>,
    /// How many words the text has.
    pub words: usize,
    /// Names, and what they name.
    pub mentions: Mentions,
    /// Dates and times.
    pub times: Vec<TimeExpr>,
    /// Quotations.
    pub quotations: Vec<Quotation>,
    /// Claims.
    pub claims: Vec<Claim>,
}

impl Pipeline {
    /// Compiles the dictionaries. The only step that can fail.
    ///
    /// # Errors
    /// The first mistake in a dictionary, as `file:line: message`.
    pub fn new(resources: &Resources<'_>) -> Result<Pipeline, Error> {
        let mut vocabulary = Vocabulary::default();
        let mut builder = PhraseBuilder::default();
        let words = WordLists::read(&resources.of("words.toml"))?;
        let starters = words.set("starters", &mut vocabulary)?;
        let cues = Cues::read(&resources.of("cues.csv"), &mut vocabulary, &mut builder)?;
        let names = resources.names_by_type();
        let gazetteer = Gazetteer::read(&names, &mut vocabulary, &mut builder)?;
        let name_rules = resources.name_rules(&words, &mut vocabulary, &mut builder)?;
        let sentence_rules = SentenceRules::read(&resources.of("abbreviations.csv"), starters, &mut vocabulary)?;
        let amount_rules = AmountRules::read(&resources.of("amounts.toml"), &mut vocabulary, &mut builder)?;
        let claim_rules = ClaimRules::read(&resources.of("claims.toml"), &mut vocabulary, &mut builder)?;
        let reference_rules = ReferenceRules::read(&words, &mut vocabulary)?;
        let quotation_rules = QuotationRules::read(&resources.of("quotations.toml"), &mut vocabulary, &mut builder)?;
        let timex_rules = TimexRules::read(&resources.of("timex.toml"), &mut vocabulary)?;
        let phrases = builder.build();
        Ok(Pipeline {
            vocabulary,
            amount_rules,
            claim_rules,
            phrases,
            cues,
            gazetteer,
            name_rules,
            sentence_rules,
            timex_rules,
            reference_rules,
            quotation_rules,
        })
    }

    /// Reads dates in figures (`10/12/2011`) in the given order: month, day, year where nothing is said.
    #[must_use]
    pub fn with_date_order(mut self, order: DateOrder) -> Pipeline {
        self.timex_rules.set_date_order(order);
        self
    }

    /// The names that the pipeline knows.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// A maker of rows for names that no dictionary has.
    pub fn proposals(&self) -> Proposals<'_> {
        let rules = &self.name_rules;
        Proposals::new(&self.vocabulary, &self.phrases, &self.gazetteer, rules.ordinary(), rules.proposal_context())
    }

    /// The rules of claims.
    pub fn claim_rules(&self) -> &ClaimRules {
        &self.claim_rules
    }

    /// The rules of time expressions.
    pub fn timex_rules(&self) -> &TimexRules {
        &self.timex_rules
    }

    /// Annotates a document. Any text has annotations; none makes this panic.
    pub fn annotate(&self, document: &Document<'_>) -> Annotations {
        self.annotate_by_stage(document, |_| ())
    }

    /// Annotates a document in which the caller knows some names: they hold in the place of what would be found there.
    pub fn annotate_named(&self, document: &Document<'_>, names: &[GivenName]) -> Annotations {
        self.layers(document, names, |_| ())
    }

    /// Annotates a document. `done` is called with the name of each stage when it ends.
    pub fn annotate_by_stage(&self, document: &Document<'_>, done: impl FnMut(&'static str)) -> Annotations {
        self.layers(document, &[], done)
    }

    fn layers(&self, document: &Document<'_>, names: &[GivenName], mut done: impl FnMut(&'static str)) -> Annotations {
        let reading = self.read_by_stage(document, &mut done);
        let layers = self.annotate_reading(&reading, names, done);
        Annotations { articles: reading.structure.articles, sentences: reading.sentences, ..layers }
    }

    /// How often the layers look at a word or phrase of a document, for tests that cost grows no faster than texts.
    /// 0 in builds without debug assertions.
    pub fn count_looks(&self, document: &Document<'_>) -> u64 {
        let reading = self.read(document);
        self.annotate_reading(&reading, &[], |_| ());
        reading.looks()
    }

    /// All layers above the reading.
    fn annotate_reading(
        &self,
        reading: &Reading<'_>,
        names: &[GivenName],
        mut done: impl FnMut(&'static str),
    ) -> Annotations {
        let candidates = recognize_times(reading, &self.timex_rules);
        done("timex: recognise");
        let mut mentions = tag_mentions(reading, &self.gazetteer, &self.name_rules, &self.cues, &candidates);
        if !names.is_empty() {
            add_given_names(reading.text, &mut mentions, names);
        }
        done("mention");
        let names: Vec<_> = mentions.mentions.iter().map(|mention| mention.span).collect();
        let times = resolve_times(reading, &self.timex_rules, &candidates, &names);
        done("timex: resolve");
        let references = References::new(reading, &mentions, &self.name_rules, &self.cues, &self.reference_rules);
        done("reference");
        let quotations = find_quotations(&QuotationInput {
            reading,
            mentions: &mentions,
            times: &times,
            cues: &self.cues,
            names: &self.name_rules,
            rules: &self.quotation_rules,
            references: &references,
        });
        done("quotation");
        let amounts = find_amounts(reading, &self.amount_rules);
        done("amount");
        let input = ClaimInput {
            reading,
            mentions: &mentions,
            times: &times,
            quotations: &quotations,
            amounts: &amounts,
            cues: &self.cues,
        };
        let claims = find_claims(&input, &self.claim_rules);
        done("claim");
        Annotations {
            words: reading.tokens.iter().filter(|token| !token.is_mark()).count(),
            mentions,
            times,
            quotations,
            claims,
            ..Annotations::default()
        }
    }

    /// What was looked at on the way to the claims of a document, in words; `names` as in [`Pipeline::annotate_named`].
    pub fn trace_claims(&self, document: &Document<'_>, names: &[GivenName]) -> String {
        let reading = self.read(document);
        let layers = self.annotate_named(document, names);
        let amounts = find_amounts(&reading, &self.amount_rules);
        let input = ClaimInput {
            reading: &reading,
            mentions: &layers.mentions,
            times: &layers.times,
            quotations: &layers.quotations,
            amounts: &amounts,
            cues: &self.cues,
        };
        trace_claims(&input, &self.claim_rules)
    }

    /// The lower layers: structure, tokens, marks, sentences, dictionary phrases.
    pub fn read<'t>(&self, document: &Document<'t>) -> Reading<'t> {
        self.read_by_stage(document, &mut |_| ())
    }

    fn read_by_stage<'t>(&self, document: &Document<'t>, done: &mut impl FnMut(&'static str)) -> Reading<'t> {
        let mut reading = Reading::new(document);
        let text = reading.text;
        reading.structure = find_structure(text);
        done("structure");
        tokenize_paragraphs(&mut reading);
        done("token");
        self.vocabulary.tag(text, &mut reading.tokens);
        done("vocabulary");
        let paragraphs = &reading.structure.paragraphs;
        reading.marks = pair_marks(text, paragraphs);
        done("marks");
        reading.sentences =
            split_sentences(text, &reading.tokens, paragraphs, &reading.marks, &self.sentence_rules, &self.cues);
        done("sentence");
        let breaks = paragraphs.iter().map(|paragraph| paragraph.tokens.0);
        reading.hits = self.phrases.find(&reading.tokens, breaks);
        done("phrase");
        reading
    }
}

/// Cuts the paragraphs into tokens, code and addresses left out.
fn tokenize_paragraphs(reading: &mut Reading<'_>) {
    let text = reading.text;
    let mut address = 0;
    let addresses = &reading.structure.addresses;
    for paragraph in &mut reading.structure.paragraphs {
        let first = reading.tokens.len() as u32;
        let mut at = paragraph.span.start();
        if paragraph.kind != crate::structure::ParagraphKind::Code {
            while address < addresses.len() && addresses[address].start() < paragraph.span.end() {
                tokenize(text, at, addresses[address].start().max(at), &mut reading.tokens);
                at = addresses[address].end().max(at);
                address += 1;
            }
            tokenize(text, at, paragraph.span.end().max(at), &mut reading.tokens);
        }
        paragraph.tokens = (first, reading.tokens.len() as u32);
    }
}
