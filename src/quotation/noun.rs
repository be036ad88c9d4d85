//! Noun phrases and subjects, read from the words around a verb without a parser.

use super::rules::WordKind;
use super::scene::{Bounds, FAR, Phrase, Scene};
use crate::cue::CueClass;

/// A noun phrase has at most so many tokens.
const LONGEST_PHRASE: usize = 24;

impl Scene<'_> {
    /// The subject that ends before the verb at `verb`, appositives and brackets stepped over.
    pub fn subject_before(&self, verb: usize, bounds: Bounds) -> Option<Phrase> {
        let floor = bounds.first.max(verb.saturating_sub(FAR));
        let mut end = self.skip_back(verb, floor);
        // `PERSON, an engineer who has worked there since 2001, said`: step over what stands between commas.
        let mut steps = 0;
        while end > floor && steps < 8 {
            steps += 1;
            let last = end - 1;
            if self.inside(last) != bounds.within {
                // A nickname or title in marks inside the subject, or the end of a quotation; but
                // `PERSON, citing “the plan,” said` goes on to the left.
                end = self.before_marked_participle(last, floor, bounds)?;
                continue;
            }
            if matches!(self.letters(last), ")" | "]") {
                let open = (floor..last).rev().find(|i| matches!(self.letters(*i), "(" | "["))?;
                end = open;
                continue;
            }
            let closer = self.letters(last);
            if !matches!(closer, "," | "—" | "–" | "-") {
                break;
            }
            let opener = (floor..last).rev().find(|i| {
                self.inside(*i) != bounds.within
                    || (self.letters(*i) == closer || closer != "," && matches!(self.letters(*i), "—" | "–"))
                    || matches!(self.letters(*i), ";" | ":")
            });
            let Some(opener) =
                opener.filter(|opener| self.inside(*opener) == bounds.within && self.letters(*opener) == closer)
            else {
                // `PERSON from Acme, told`: a comma too many.
                let start = opener.map_or(floor, |opener| opener + 1);
                let phrase = self.phrase_before(last, floor, bounds.within)?;
                return (phrase.first == start && self.is_capitalized(start) && self.begins_name(start))
                    .then_some(phrase);
            };
            // `one attendee, PERSON, said`: the name is the subject.
            let named = (opener + 1..last)
                .all(|i| self.is_capitalized(i) || self.letters(i) == "." || self.is(i, WordKind::Conjunction))
                && last - opener <= 6;
            if named
                && opener > floor
                && !self.is_capitalized(opener - 1)
                && closer == ","
                && self.is_noun_like_or_plain(opener - 1)
            {
                let first = self.phrase_before(opener, floor, bounds.within).map_or(opener + 1, |noun| noun.first);
                return Some(Phrase { first, end: last, full: last });
            }
            end = opener;
            // Another appositive before it: `PERSON, the chairman of Acme, a maker of pumps, said`.
            while let Some(start) = (floor..end)
                .rev()
                .find(|i| self.is_comma(*i) || self.inside(*i) != bounds.within || self.is_hard_stop(*i))
            {
                if !self.is_comma(start) || !self.is_appositive(start + 1, end) || !self.ends_name(start) {
                    break;
                }
                end = start;
            }
            break;
        }
        if let Some(noun) = self.before_relative(end, floor, bounds.within) {
            return Some(noun);
        }
        let phrase = self.phrase_before(end, floor, bounds.within)?;
        Some(self.name_before(phrase, floor, bounds.within).unwrap_or(phrase))
    }

    /// `engineers who have left the firm say`: the noun before a relative clause that ends at `end`.
    pub fn before_relative(&self, end: usize, floor: usize, within: u32) -> Option<Phrase> {
        const LONGEST: usize = 14;
        if end <= floor || self.is(end - 1, WordKind::Pronoun) {
            return None;
        }
        let plain = |i: &usize| !self.is_comma(*i) && !self.is_hard_stop(*i) && self.inside(*i) == within;
        let relative = (floor..end).rev().take(LONGEST).take_while(plain).find(|i| self.is(*i, WordKind::Relative))?;
        let noun = relative.checked_sub(1).filter(|noun| *noun >= floor && self.inside(*noun) == within)?;
        // The relative clause has its verb, and nothing but its object stands before the verb of saying.
        let acts = self.is(relative + 1, WordKind::Auxiliary)
            || self.is(relative + 1, WordKind::Verb)
            || self.is_past(relative + 1)
            || self.letters(relative) == "whose";
        let speaks = self.is_noun_like(noun) && !self.verb_classes(noun).is_verb();
        if !(acts && speaks && relative + 2 < end) {
            return None;
        }
        let phrase = self.phrase_before(relative, floor, within)?;
        Some(Phrase { full: end, ..phrase })
    }

    /// The comma before a participle whose object stands in marks that end at `last`.
    fn before_marked_participle(&self, last: usize, floor: usize, bounds: Bounds) -> Option<usize> {
        const LONGEST: usize = 8;
        let open = self.extents.get(self.inside(last).checked_sub(1)? as usize)?.0;
        let comma = (floor..open).rev().take(LONGEST).find(|i| self.is_comma(*i))?;
        let participle = self.letters(comma + 1).ends_with("ing") && self.inside(comma) == bounds.within;
        (participle && comma + 1 < open && self.is_word(open - 1)).then_some(comma)
    }

    /// `PERSON, president of Acme says`: a role without its second comma belongs to the name before it.
    fn name_before(&self, phrase: Phrase, floor: usize, within: u32) -> Option<Phrase> {
        let comma = (floor..=phrase.first)
            .rev()
            .take(16)
            .find(|i| self.is_comma(*i) || self.is_hard_stop(*i) || self.inside(*i) != within)?;
        let from = comma + 1;
        let role = self.names.is_role(self.reading.word(from))
            || self.is(from, WordKind::Rank)
            || self.is(from, WordKind::SpeakerNoun)
            || matches!(self.letters(from), "a" | "an");
        // `PERSON, Acme's head of sales said`: with an owner only behind a known name.
        let owned = self.begins_name(from) && comma > floor && self.begins_name(comma - 1);
        if !self.is_comma(comma)
            || !(role || owned)
            || self.is_possessive(from) && !owned
            || !(from..phrase.full).any(|i| self.is_noun_like(i))
        {
            return None;
        }
        let name = self.phrase_before(comma, floor, within)?;
        let led_in = self.is(self.clause_first(comma, floor, within), WordKind::Preposition);
        (self.is_capitalized(name.end - 1) && !led_in).then_some(name)
    }

    /// The first token of the stretch before `at` that no comma or mark interrupts.
    fn clause_first(&self, at: usize, floor: usize, within: u32) -> usize {
        let stop = (floor..at)
            .rev()
            .take(20)
            .find(|i| self.is_comma(*i) || self.is_hard_stop(*i) || self.inside(*i) != within);
        stop.map_or(floor.max(at.saturating_sub(20)), |stop| stop + 1)
    }

    /// A common noun: lower case, and no verb, preposition or the like.
    fn is_noun_like_or_plain(&self, at: usize) -> bool {
        let kinds = self.kinds(at);
        self.is_word(at)
            && !kinds.is_any(&[
                WordKind::Preposition,
                WordKind::Auxiliary,
                WordKind::Conjunction,
                WordKind::Time,
                WordKind::Pronoun,
            ])
            && !self.is_adverb(at)
            && !self.verb_classes(at).is_verb()
    }

    /// Where the comma stands that the one before `verb` closes behind a noun: `PERSON, an engineer, said`.
    pub fn closes_appositive(&self, verb: usize, bounds: Bounds) -> Option<usize> {
        let floor = bounds.first.max(verb.saturating_sub(FAR));
        let last = verb.checked_sub(1).filter(|last| *last > floor && self.is_comma(*last))?;
        let opener = (floor..last)
            .rev()
            .find(|i| self.inside(*i) != bounds.within || self.is_comma(*i) || self.is_hard_stop(*i));
        opener.filter(|opener| {
            self.is_comma(*opener)
                && *opener > floor
                && self.inside(*opener) == bounds.within
                && self.is_appositive(*opener + 1, last)
                && (self.is_word(*opener - 1) || matches!(self.letters(*opener - 1), "." | ")"))
        })
    }

    /// Whether the part of the sentence before the comma has no verb: `PERSON, an engineer, said` has its subject there.
    pub fn is_bare_subject(&self, comma: usize, bounds: Bounds) -> bool {
        let first = (bounds.first..comma)
            .rev()
            .find(|i| self.is_comma(*i) || self.inside(*i) != bounds.within)
            .map_or(bounds.first, |before| before + 1);
        first < comma && !self.has_verb(first, comma) && !self.is(first, WordKind::Preposition)
    }

    /// Whether a word of a name ends just before the token.
    fn ends_name(&self, at: usize) -> bool {
        at > 0 && self.is_capitalized(at - 1)
    }

    /// Whether a stretch between commas is something said of the name before it.
    fn is_appositive(&self, from: usize, to: usize) -> bool {
        let kinds = self.kinds(from);
        from < to
            && (kinds.is_any(&[WordKind::Determiner, WordKind::Relative, WordKind::Rank, WordKind::SpeakerNoun])
                || self.names.is_role(self.reading.word(from))
                || self.reading.tokens[from].is_number()
                || self.is_possessive(from)
                || !self.is_capitalized(from))
    }

    /// The noun phrase whose last token is the one before `end`.
    pub fn phrase_before(&self, end: usize, floor: usize, within: u32) -> Option<Phrase> {
        if end <= floor {
            return None;
        }
        let last = end - 1;
        let kinds = self.kinds(last);
        let object =
            last > floor && self.is(last - 1, WordKind::Preposition) && matches!(self.letters(last), "it" | "you");
        // `an article that claimed`.
        let relative = kinds.is(WordKind::Relative)
            && (!kinds.is(WordKind::Determiner) || last > floor && self.is_noun_like(last - 1));
        if kinds.is(WordKind::Pronoun) && !object || relative {
            return Some(Phrase { first: last, end, full: end });
        }
        if !self.is_word(last) && !matches!(self.letters(last), "." | "%" | "'" | "’")
            || kinds.is(WordKind::Conjunction)
        {
            return None;
        }
        // `a source close to him`.
        if kinds.is(WordKind::ObjectPronoun) && !(last > floor && self.is(last - 1, WordKind::Preposition)) {
            return None;
        }
        let lowest = floor.max(end.saturating_sub(LONGEST_PHRASE));
        let mut first = last;
        while first > lowest {
            let at = first - 1;
            if self.inside(at) != within {
                // A nickname in marks: `Andrew “bunnie” Huang`.
                let (open, close) = self.extents[self.inside(at).max(1) as usize - 1];
                if self.inside(at) > 0
                    && close == first
                    && first - open <= 5
                    && open > lowest
                    && self.is_capitalized(open - 1)
                    && self.is_capitalized(first)
                {
                    first = open;
                    continue;
                }
                break;
            }
            if self.stops_phrase(at, first) {
                break;
            }
            first = at;
        }
        // Leading adverbs, times and prepositional phrases are not the subject's.
        while first < last && self.is_lead_in(first) {
            first += 1;
        }
        if self.is(first, WordKind::Preposition) && !self.is(first, WordKind::Determiner) && !self.begins_name(first) {
            let noun = (first + 1..end).rev().find(|i| {
                let kinds = self.kinds(*i);
                kinds.is(WordKind::Pronoun)
                    || kinds.is(WordKind::Determiner) && !self.is(*i - 1, WordKind::Preposition)
                    || kinds.is(WordKind::Time) && *i + 1 < end && !self.begins_name(*i)
            });
            first = match noun {
                Some(noun) if self.is(noun, WordKind::Time) => noun + 1,
                Some(noun) => noun,
                None if self.is_capitalized(last) => self.run_before(end, first),
                None => last,
            };
        }
        let single = first + 1 == end;
        let article = matches!(self.letters(first), "the" | "The" | "a" | "A" | "an" | "An");
        let no_noun = single && (self.is_lead_in(first) || self.is(first, WordKind::Preposition) || article);
        (!no_noun).then(|| self.with_core(first, end))
    }

    /// The first token of the run of capitalised words that ends before `end`.
    fn run_before(&self, end: usize, floor: usize) -> usize {
        let mut first = end - 1;
        while first > floor
            && (self.is_capitalized(first - 1) || self.letters(first - 1) == ".")
            && !self.is(first - 1, WordKind::Preposition)
        {
            first -= 1;
        }
        first
    }

    /// Words before a subject that do not belong to it: `But`, `On Tuesday`, `Recently`.
    fn is_lead_in(&self, at: usize) -> bool {
        let kinds = self.kinds(at);
        if self.begins_name(at) {
            return false;
        }
        kinds.is(WordKind::Conjunction)
            || kinds.is(WordKind::Subordinator) && !kinds.is(WordKind::Determiner)
            || self.is_adverb(at) && !kinds.is(WordKind::Determiner)
            || kinds.is(WordKind::Time) && !self.begins_name(at)
            || !self.is_word(at) && self.letters(at) != "$"
    }

    /// Whether a noun phrase that reaches from `first` rightwards can't go on to the token at `at` before it.
    fn stops_phrase(&self, at: usize, first: usize) -> bool {
        let kinds = self.kinds(at);
        let letters = self.letters(at);
        if self.is_comma(at) {
            // `Acme, Inc.`, `Robert Stone, Jr.`
            return !(self.is_capitalized(first) && self.names.is_suffix(self.reading.word(first)));
        }
        if letters == "." {
            // The stop of an abbreviation or an initial.
            return !(at > 0 && self.is_capitalized(at - 1));
        }
        if self.is_hard_stop(at) || matches!(letters, "\"" | "“" | "”") {
            return true;
        }
        if kinds.is(WordKind::Conjunction) {
            let joins = matches!(letters, "and" | "or" | "&");
            let alike = self.is_capitalized(first) && at > 0 && self.is_capitalized(at - 1)
                || at > 0 && self.is_noun_like(at - 1) && (self.is_noun_like(first) || self.is_capitalized(first));
            // `current and former officials`.
            let adjectives = joins
                && at > 1
                && self.is_word(at - 1)
                && !self.is_capitalized(first)
                && self.inside(at - 2) == self.inside(at)
                && (self.is_comma(at - 2) || self.ends_sentence(at - 2))
                && !self.verb_classes(at - 1).is_verb();
            return !(joins && alike || adjectives);
        }
        if kinds.is(WordKind::Relative) && !kinds.is(WordKind::Determiner) {
            return letters != "who";
        }
        if kinds.is_any(&[WordKind::Pronoun, WordKind::ObjectPronoun]) && !kinds.is(WordKind::Determiner) {
            return true;
        }
        if kinds.is(WordKind::Preposition) && !kinds.is(WordKind::Subordinator) {
            return false;
        }
        if kinds.is(WordKind::Subordinator) {
            return true;
        }
        if kinds.is(WordKind::Auxiliary) && !(self.is_capitalized(at) && self.is_capitalized(first)) {
            // `providers who have tested both`: inside a relative clause it goes on.
            return !(at > 0 && self.letters(at - 1) == "who");
        }
        // A finite verb with its object behind it: `He criticized the plan` ends before `the plan`.
        let led = at > 0 && self.letters(at - 1) == "who";
        // `the Ohio state press`: between a determiner and a noun.
        let inner = at > 1 && self.is_capitalized(at - 1) && self.is(at - 2, WordKind::Determiner);
        let verb = !led
            && !inner
            && !self.is_capitalized(at)
            && !self.is_noun_like(at)
            && !self.is_noun_use(at)
            && (self.verb_classes(at).is_verb() || kinds.is(WordKind::Verb));
        let object = self.is_capitalized(at + 1)
            || self.kinds(at + 1).is_any(&[
                WordKind::Determiner,
                WordKind::Pronoun,
                WordKind::ObjectPronoun,
                WordKind::SpeakerNoun,
            ]);
        verb && (object || self.verb_classes(at).holds(CueClass::Say) && !letters.ends_with("ed"))
    }

    /// Whether a word that can be a verb of saying stands as a noun or an adjective: `the stated aim`, `a report`.
    pub fn is_noun_use(&self, at: usize) -> bool {
        at > 0
            && (self.is(at - 1, WordKind::Determiner) && !self.is(at - 1, WordKind::Relative)
                || self.is_possessive(at - 1)
                || self.letters(at - 1) == "-")
    }

    /// Whether the token is a finite verb, as far as its form and the word before it tell.
    pub fn is_finite(&self, at: usize) -> bool {
        let kinds = self.kinds(at);
        if kinds.is_any(&[WordKind::Auxiliary, WordKind::Verb]) {
            return true;
        }
        let before = at.checked_sub(1).filter(|_| kinds.is(WordKind::BaseVerb));
        before.is_some_and(|before| {
            let letters = self.letters(before);
            self.is(before, WordKind::Pronoun)
                || self.is(before, WordKind::PluralNoun)
                || letters == "to"
                || self.is(before, WordKind::Negation)
                || letters.ends_with('s') && letters.len() > 3 && !self.is_possessive(before)
        })
    }

    pub fn is_noun_like(&self, at: usize) -> bool {
        self.kinds(at).is_any(&[WordKind::SpeakerNoun, WordKind::SpeakerBody, WordKind::StatementNoun])
            || self.names.is_role(self.reading.word(at))
    }

    /// Cuts `first..end` where something hangs on its core: `a lawyer | for the engineers`.
    fn with_core(&self, first: usize, end: usize) -> Phrase {
        let cut = (first + 1..end).find(|i| {
            let kinds = self.kinds(*i);
            kinds.is(WordKind::Preposition) && !self.is_capitalized(*i) && !self.begins_name(*i)
                || kinds.is(WordKind::Relative) && self.letters(*i) != "that"
        });
        Phrase { first, end: cut.unwrap_or(end), full: end }
    }

    /// The noun phrase that begins at `first`.
    pub fn phrase_after(&self, first: usize, bounds: Bounds) -> Option<Phrase> {
        let to = bounds.end.min(first + LONGEST_PHRASE);
        if first >= to || self.inside(first) != bounds.within || self.letters(first) == "that" {
            return None;
        }
        let kinds = self.kinds(first);
        if kinds.is(WordKind::Pronoun) {
            return Some(Phrase { first, end: first + 1, full: first + 1 });
        }
        let mut end = first;
        while end < to && self.inside(end) == bounds.within && !self.ends_phrase(end, first, bounds) {
            end += 1;
        }
        while end > first && !self.is_word(end - 1) && self.letters(end - 1) != "." {
            end -= 1;
        }
        if end == first {
            return None;
        }
        // What hangs on it: `a lawyer for the three engineers`, `people familiar with the plan`.
        let mut full = end;
        // `a report published by`, but not `PERSON continued to`.
        if full + 1 < to
            && self.letters(full).ends_with("ed")
            && !self.is_capitalized(full - 1)
            && self.letters(full + 1) != "to"
            && self.is(full + 1, WordKind::NounPreposition)
            && self.inside(full) == bounds.within
        {
            full += 1;
        }
        let start = full;
        if full < to && (self.is(full, WordKind::NounPreposition) || self.is(full, WordKind::Relative)) {
            while full < to
                && (self.inside(full) == bounds.within && !self.is_comma(full) && !self.is_hard_stop(full)
                    || self.inside(full) != bounds.within && full > end + 1)
                && !(self.is(full, WordKind::Preposition) && self.is(full + 1, WordKind::Time))
                && !self.is(full, WordKind::Time)
                && !self.is(full, WordKind::Subordinator)
                && !(self.letters(full) == "." && full + 1 >= bounds.end)
            {
                full += 1;
            }
        }
        if full == start {
            full = end;
        }
        Some(Phrase { first, end, full: full.max(end) })
    }

    fn ends_phrase(&self, at: usize, first: usize, bounds: Bounds) -> bool {
        let kinds = self.kinds(at);
        let letters = self.letters(at);
        if letters == "." {
            return at + 1 >= bounds.end || !(at > first && self.is_capitalized(at - 1));
        }
        if self.is_comma(at) {
            return !(self.is_capitalized(at + 1) && self.names.is_suffix(self.reading.word(at + 1)));
        }
        if self.is_hard_stop(at) {
            return true;
        }
        if kinds.is(WordKind::Conjunction) {
            let alike = at > first
                && (self.is_capitalized(at - 1) && self.is_capitalized(at + 1)
                    || self.is_noun_like(at - 1) && self.is_noun_like(at + 1));
            return !(matches!(letters, "and" | "or" | "&") && alike);
        }
        if at == first {
            if self.begins_name(at) || self.is_capitalized(at) && at > bounds.first && !kinds.is(WordKind::Time) {
                return false;
            }
            return kinds.is_any(&[
                WordKind::Preposition,
                WordKind::Auxiliary,
                WordKind::Relative,
                WordKind::ObjectPronoun,
            ]) && !kinds.is(WordKind::Determiner)
                || self.is(at, WordKind::Time) && !self.begins_name(at)
                || kinds.is(WordKind::Subordinator) && !kinds.is(WordKind::Determiner)
                || self.is_adverb(at) && !kinds.is(WordKind::Determiner);
        }
        let name = self.is_capitalized(at) || self.begins_name(at);
        // `Acme released a statement`: a verb behind a name ends the phrase.
        let verbal = !name
            && self.letters(at).ends_with("ed")
            && self.letters(at).len() > 4
            && (self.is_capitalized(at - 1) || self.is_noun_like(at - 1));
        verbal
            || kinds.is(WordKind::Preposition) && !name
            || kinds.is(WordKind::Auxiliary) && !name
            || kinds.is_any(&[WordKind::Relative, WordKind::Pronoun, WordKind::ObjectPronoun])
                && !self.is(at - 1, WordKind::Preposition)
            || kinds.is(WordKind::Subordinator) && !name
            || kinds.is(WordKind::Time) && !self.begins_name(at) && !self.is(at - 1, WordKind::Determiner)
            || kinds.is(WordKind::Determiner) && !name && !self.is(at - 1, WordKind::Determiner)
            || self.is_adverb(at) && !name
            || self.is_capitalized(at - 1)
                && !name
                && (self.verb_classes(at).is_verb() || kinds.is(WordKind::Verb))
                && !self.is_noun_like(at)
    }

    /// Whether a participle begins the sentence, and a comma ends its clause before any finite verb:
    /// `Facing new charges, PERSON`.
    fn is_participial(&self, at: usize, bounds: Bounds) -> bool {
        const LONGEST: usize = 24;
        at == bounds.first
            && (at + 1..bounds.end.min(at + LONGEST))
                .find(|i| self.is_comma(*i) || self.is(*i, WordKind::Auxiliary) || self.is(*i, WordKind::Verb))
                .is_some_and(|stop| self.is_comma(stop))
    }

    /// The subject of the sentence or clause that begins at the bounds, read from the left.
    pub fn first_subject(&self, bounds: Bounds, before: usize) -> Option<Phrase> {
        let mut at = bounds.first;
        for _ in 0..4 {
            while at < before
                && self.inside(at) == bounds.within
                && (self.is_lead_in(at) && !self.is(at, WordKind::Subordinator))
                && !self.is(at, WordKind::Determiner)
            {
                at += 1;
            }
            if at >= before || self.inside(at) != bounds.within {
                return None;
            }
            // `On Tuesday the firm`.
            if self.is(at, WordKind::Preposition)
                && self.is(at + 1, WordKind::Time)
                && self.is(at + 2, WordKind::Determiner)
            {
                at += 2;
                break;
            }
            let kinds = self.kinds(at);
            let adverbial = kinds.is(WordKind::Preposition)
                || kinds.is(WordKind::Subordinator) && !kinds.is(WordKind::Determiner)
                || {
                    let letters = self.letters(at);
                    letters.len() > 4
                        && (letters.ends_with("ing") || letters.ends_with("ed"))
                        && self.cues.of_word(self.reading.word(at)).is_verb()
                        || letters.len() > 4
                            && letters.ends_with("ing")
                            && !self.is_capitalized(at + 1)
                            && (self.is(at + 1, WordKind::Preposition) || self.is_participial(at, bounds))
                };
            if !adverbial {
                break;
            }
            let comma = (at..before.min(at + 40)).find(|i| self.is_comma(*i) && self.inside(*i) == bounds.within)?;
            at = comma + 1;
        }
        let phrase = self.phrase_after(at, Bounds { end: before.max(at), ..bounds })?;
        // `one of these groups, the Open Lattice Foundation, said`: the name is meant.
        let common = !(phrase.first..phrase.full).any(|i| self.is_capitalized(i) && i > bounds.first);
        let comma = phrase.full;
        if common && self.is_comma(comma) && !self.is(phrase.first, WordKind::Pronoun) {
            let next = if self.is(comma + 1, WordKind::Determiner) { comma + 2 } else { comma + 1 };
            if self.begins_name(next) && next < before {
                return self.phrase_after(comma + 1, Bounds { end: before, ..bounds });
            }
        }
        Some(phrase)
    }
}
