//! The facts a rule may ask about: the vocabulary that records and packs of law share.
//!
//! A record is turned into [`Facts`]; a pack of law states its conditions in them. Neither knows the
//! other. Every fact is known, unknown, or contradicted by two sources of the record; none is ever
//! filled in silently.

mod dates;
pub mod entities;
mod states;
mod table;

use std::collections::BTreeMap;

pub use dates::{DateName, Moment};
pub use states::{STATE_CODES, state};
pub use table::{Fact, FactDef};

/// What is known of one fact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Known {
    /// Nothing in the record says.
    #[default]
    Unknown,
    /// One word, or for a fact that may hold several (a denial with two grounds) every one of them.
    Is(Vec<&'static str>),
    /// Two sources of the record say different things; each word with the source that says it.
    Contradicted(Vec<(&'static str, String)>),
}

/// Everything a ruling may turn on, for one service of one denial.
///
/// Holds no name, no diagnosis and no address: a ruling is the same for two people whose facts are
/// the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    known: BTreeMap<Fact, Known>,
    dates: BTreeMap<DateName, Vec<Moment>>,
    steps: BTreeMap<DateName, String>,
}

impl Facts {
    /// States a fact. The word must be one of the fact's own.
    ///
    /// # Panics
    ///
    /// In debug builds, when `word` is not a word of `fact`: the callers pass literals and words that
    /// were read through the table of keys.
    pub fn set(&mut self, fact: Fact, word: &str) {
        let word = fact.word(word);
        debug_assert!(word.is_some(), "not a word of {}: {word:?}", fact.name());
        let Some(word) = word else { return };
        match self.known.entry(fact).or_default() {
            Known::Is(words) if fact.def().several => {
                if !words.contains(&word) {
                    words.push(word);
                    words.sort_by_key(|w| fact.rank(w));
                }
            }
            slot @ (Known::Is(_) | Known::Unknown | Known::Contradicted(_)) => {
                *slot = Known::Is(vec![word]);
            }
        }
    }

    /// States that two sources of the record disagree on a fact.
    pub fn contradict(&mut self, fact: Fact, sources: &[(&str, &str)]) {
        let told = sources
            .iter()
            .filter_map(|(word, source)| Some((fact.word(word)?, (*source).to_owned())))
            .collect();
        self.known.insert(fact, Known::Contradicted(told));
    }

    /// Returns what is known of a fact.
    #[must_use]
    pub fn get(&self, fact: Fact) -> &Known {
        self.known.get(&fact).unwrap_or(&Known::Unknown)
    }

    /// Returns the single known word of a fact.
    #[must_use]
    pub fn word(&self, fact: Fact) -> Option<&'static str> {
        match self.get(fact) {
            Known::Is(words) => words.first().copied(),
            Known::Unknown | Known::Contradicted(_) => None,
        }
    }

    /// Adds a date under its name; a name may hold several, kept in order.
    pub fn add_date(&mut self, name: DateName, moment: Moment) {
        let dates = self.dates.entry(name).or_default();
        dates.push(moment);
        dates.sort_unstable();
        dates.dedup();
    }

    /// Adds a date that was concluded rather than typed, with the reason.
    pub fn conclude_date(&mut self, name: DateName, moment: Moment, why: impl Into<String>) {
        self.add_date(name, moment);
        self.steps.insert(name, why.into());
    }

    /// Returns every date under a name, earliest first.
    #[must_use]
    pub fn dates(&self, name: DateName) -> &[Moment] {
        self.dates.get(&name).map_or(&[], Vec::as_slice)
    }

    /// Returns why a concluded date stands where it does.
    #[must_use]
    pub fn why(&self, name: DateName) -> Option<&str> {
        self.steps.get(&name).map(String::as_str)
    }
}
