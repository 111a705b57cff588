//! The expected rulings that hold each rule: by the ids that they name, and by what they reach when they
//! are ruled on again.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::facts::{DateName, Fact, Facts, Moment};
use crate::law::Law;
use crate::ruling::{Ruling, decide};
use crate::samples::{self, Sample};

/// As `build.rs` read them from `fixtures`.
static TESTS: &str = include_str!(concat!(env!("OUT_DIR"), "/tests.json"));

/// An expected ruling or a golden case, typed from the law sheets.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Test {
    /// What happens in it, with the sheet it was typed from.
    pub name: String,
    /// The file it stands in.
    pub file: String,
    /// Ids of the rules that it holds.
    pub rules: Vec<String>,
    as_of: Option<String>,
    #[serde(default)]
    facts: Option<Map<String, Value>>,
    #[serde(default)]
    dates: Option<Map<String, Value>>,
    /// What is ruled on, where it is a golden case.
    #[serde(skip)]
    sample: Option<Sample>,
}

/// Every expected ruling that the program was released with.
#[derive(Clone, Debug, Default)]
pub struct Tests {
    tests: Vec<Test>,
    named: BTreeMap<String, BTreeSet<usize>>,
    /// Rows by id and words, because several rows may refine one row of a sheet.
    applied: BTreeMap<(String, String), BTreeSet<usize>>,
    /// Deadlines that a ruling shows, by id, because several packs may encode one rule.
    shown: BTreeMap<String, BTreeSet<usize>>,
}

impl Tests {
    /// Reads those that ship, and rules on each again by the law given.
    #[must_use]
    pub fn of(law: &Law) -> Tests {
        // One that cannot be read is missing, which a test rules out.
        let mut tests: Vec<Test> = serde_json::from_str(TESTS).unwrap_or_default();
        tests.extend(samples::shipped().into_iter().map(Test::from));
        let mut all = Tests::default();
        for (at, test) in tests.iter().enumerate() {
            for rule in &test.rules {
                all.named.entry(rule.clone()).or_default().insert(at);
            }
            for ruling in test.rulings(law) {
                for line in ruling.trace.into_iter().filter(|l| l.applied) {
                    all.applied.entry((line.rule, line.because)).or_default().insert(at);
                }
                for deadline in ruling.deadlines {
                    all.shown.entry(deadline.id).or_default().insert(at);
                }
            }
        }
        Tests { tests, ..all }
    }

    /// Returns the tests that name any of some rules and show the deadline that encodes them, each once, in
    /// the order of the files.
    #[must_use]
    pub fn counting(&self, deadline: &str, rules: &[String]) -> Vec<&Test> {
        let naming: BTreeSet<usize> =
            rules.iter().filter_map(|r| self.named.get(r)).flatten().copied().collect();
        let shown = self.shown.get(deadline).into_iter().flatten();
        shown.filter(|at| naming.contains(at)).map(|at| &self.tests[*at]).collect()
    }

    /// Returns the tests in which a row applies, by its id and words.
    #[must_use]
    pub fn applying(&self, row: &str, says: &str) -> Vec<&Test> {
        let places = self.applied.get(&(row.to_owned(), says.to_owned()));
        places.into_iter().flatten().map(|at| &self.tests[*at]).collect()
    }

    /// Returns how many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.tests.len()
    }
}

impl From<Sample> for Test {
    fn from(sample: Sample) -> Test {
        Test {
            name: sample.why.clone(),
            file: sample.file.trim_end_matches("/record.toml").to_owned(),
            rules: sample.rules.clone(),
            as_of: sample.as_of.map(|day| day.to_string()),
            facts: None,
            dates: None,
            sample: Some(sample),
        }
    }
}

impl Test {
    /// Rules on it; nothing where the law given does not rule on it.
    fn rulings(&self, law: &Law) -> Vec<Ruling> {
        let Some(as_of) = self.as_of.as_deref().and_then(|day| day.parse::<NaiveDate>().ok())
        else {
            return Vec::new();
        };
        match &self.sample {
            None => decide(&self.facts(), law, as_of).into_iter().collect(),
            Some(sample) => {
                let posed = sample.pose(law, as_of).into_iter();
                posed.flat_map(|p| p.disputes).map(|d| d.ruling).collect()
            }
        }
    }

    fn facts(&self) -> Facts {
        let mut facts = Facts::default();
        for (name, value) in self.facts.iter().flatten() {
            let Some(fact) = Fact::find(name) else { continue };
            if let Some(words) = value.get("contradicted").and_then(Value::as_array) {
                let words: Vec<(&str, &str)> =
                    words.iter().filter_map(Value::as_str).map(|w| (w, "the record")).collect();
                facts.contradict(fact, &words);
            } else {
                one_or_several(value).filter_map(Value::as_str).for_each(|w| facts.set(fact, w));
            }
        }
        for (name, value) in self.dates.iter().flatten() {
            let Some(date) = DateName::find(name) else { continue };
            let moments = one_or_several(value).filter_map(Value::as_str).filter_map(moment);
            moments.for_each(|m| facts.add_date(date, m));
        }
        facts
    }
}

fn one_or_several(value: &Value) -> impl Iterator<Item = &Value> {
    let list = value.as_array().map(Vec::as_slice);
    list.unwrap_or(std::slice::from_ref(value)).iter()
}

/// Reads a day, or a day with a local time.
fn moment(text: &str) -> Option<Moment> {
    match text.parse::<NaiveDateTime>() {
        Ok(both) => Some(Moment { date: both.date(), time: Some(both.time()) }),
        Err(_) => Some(Moment { date: text.parse().ok()?, time: None }),
    }
}
