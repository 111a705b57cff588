//! Conditions: tables of closed words with three answers, never an expression language.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::pack::ClockState;
use crate::facts::{Fact, Facts, Known};

/// When a rule holds. Every entry must hold; several words of one entry are alternatives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Cond {
    /// Facts that must be one of these words; `unknown` and `contradicted` may be named as words.
    #[serde(default)]
    pub when: BTreeMap<String, Words>,
    /// Facts that must be none of these words.
    #[serde(default)]
    pub unless: BTreeMap<String, Words>,
    /// Events that must have a date.
    #[serde(default)]
    pub has: Vec<String>,
    /// Events that must have none.
    #[serde(default)]
    pub lacks: Vec<String>,
    /// Events whose date must have come.
    #[serde(default)]
    pub reached: Vec<String>,
    /// Events that must not have come, or have no date.
    #[serde(default)]
    pub unreached: Vec<String>,
    /// Deadlines that must stand in one of these states.
    #[serde(default)]
    pub clock: BTreeMap<String, Vec<ClockState>>,
}

/// One word or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words(pub Vec<String>);

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Words;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a word or a list of words")
            }
            fn visit_str<E>(self, word: &str) -> Result<Words, E> {
                Ok(Words(vec![word.to_owned()]))
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut seq: A,
            ) -> Result<Words, A::Error> {
                let mut words = Vec::new();
                while let Some(word) = seq.next_element()? {
                    words.push(word);
                }
                Ok(Words(words))
            }
        }
        input.deserialize_any(Visitor)
    }
}

/// The answer to a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    Yes,
    /// It does not, and this is what says so.
    No(String),
    /// It turns on facts that are unknown or contradicted.
    Unknown(Vec<Fact>),
}

/// What a condition can see besides the facts.
pub trait View {
    /// Whether an event has a date.
    fn has(&self, event: &str) -> bool;
    /// Whether an event's date has come.
    fn reached(&self, event: &str) -> bool;
    /// Where a deadline stands.
    fn clock(&self, deadline: &str) -> Option<ClockState>;
}

impl Cond {
    /// Replaces `@name` by the words of that name in a pack.
    pub(super) fn expand(
        &mut self,
        lists: &BTreeMap<String, Vec<String>>,
        pack: &str,
        faults: &mut Vec<String>,
    ) {
        for words in self.when.values_mut().chain(self.unless.values_mut()) {
            if !words.0.iter().any(|w| w.starts_with('@')) {
                continue;
            }
            let mut plain = Vec::new();
            for word in std::mem::take(&mut words.0) {
                match word.strip_prefix('@') {
                    None => plain.push(word),
                    Some(name) => match lists.get(name) {
                        Some(list) => plain.extend(list.iter().cloned()),
                        None => faults.push(format!("{pack}: no list of words `{name}`")),
                    },
                }
            }
            words.0 = plain;
        }
    }

    /// Asks the facts and the clocks whether the condition holds.
    ///
    /// One certain *no* outweighs any number of unknown facts, so that a rule which cannot apply is
    /// passed over without asking the member anything.
    pub fn holds(&self, facts: &Facts, view: &impl View) -> Truth {
        let mut unknown = Vec::new();
        for (name, words) in &self.when {
            let Some(fact) = Fact::find(name) else { continue };
            match any(facts, fact, &words.0) {
                Some(true) => {}
                Some(false) => return Truth::No(format!("{name} is {}", told(facts, fact))),
                None => unknown.push(fact),
            }
        }
        for (name, words) in &self.unless {
            let Some(fact) = Fact::find(name) else { continue };
            match any(facts, fact, &words.0) {
                Some(false) => {}
                Some(true) => return Truth::No(format!("{name} is {}", told(facts, fact))),
                None => unknown.push(fact),
            }
        }
        let missing = |event: &String| format!("there is no date for {event}");
        if let Some(event) = self.has.iter().find(|e| !view.has(e)) {
            return Truth::No(missing(event));
        }
        if let Some(event) = self.lacks.iter().find(|e| view.has(e)) {
            return Truth::No(format!("there is a date for {event}"));
        }
        if let Some(event) = self.reached.iter().find(|e| !view.reached(e)) {
            return Truth::No(format!("{event} has not come"));
        }
        if let Some(event) = self.unreached.iter().find(|e| view.reached(e)) {
            return Truth::No(format!("{event} has come"));
        }
        for (deadline, states) in &self.clock {
            let state = view.clock(deadline).unwrap_or(ClockState::NotRunning);
            if !states.contains(&state) {
                return Truth::No(format!("{deadline} is {}", state.word()));
            }
        }
        if unknown.is_empty() { Truth::Yes } else { Truth::Unknown(unknown) }
    }

    /// Returns whether the condition names nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Cond::default()
    }
}

/// States of a fact that a condition may name among its words.
pub(super) const STATES: [&str; 2] = ["unknown", "contradicted"];

/// Whether a fact is one of the words: yes, no, or not to be told.
fn any(facts: &Facts, fact: Fact, words: &[String]) -> Option<bool> {
    let state = match facts.get(fact) {
        Known::Is(known) => return Some(known.iter().any(|k| words.iter().any(|w| w == k))),
        Known::Unknown => STATES[0],
        Known::Contradicted(_) => STATES[1],
    };
    if words.iter().any(|w| w == state) {
        return Some(true);
    }
    // Against a list of states alone the answer is certain; against words of the fact it is not.
    words.iter().all(|w| STATES.contains(&w.as_str())).then_some(false)
}

fn told(facts: &Facts, fact: Fact) -> String {
    match facts.get(fact) {
        Known::Is(words) => words.join(" and "),
        Known::Unknown => "unknown".to_owned(),
        Known::Contradicted(_) => "contradicted".to_owned(),
    }
}
