//! The expected rulings that hold each rule, by the ids that they name.

use std::collections::BTreeMap;

use serde::Deserialize;

/// As `build.rs` read them from `fixtures/rulings`.
static TESTS: &str = include_str!(concat!(env!("OUT_DIR"), "/tests.json"));

/// An expected ruling, typed from the law sheets.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Test {
    /// What happens in it, with the sheet it was typed from.
    pub name: String,
    /// The file it stands in.
    pub file: String,
    /// Ids of the rules that it holds.
    pub rules: Vec<String>,
}

/// Every expected ruling that the program was released with.
#[derive(Clone, Debug, Default)]
pub struct Tests {
    tests: Vec<Test>,
    by_rule: BTreeMap<String, Vec<usize>>,
}

impl Tests {
    /// Reads those that ship. One that cannot be read is missing, which a test rules out.
    #[must_use]
    pub fn builtin() -> Tests {
        Tests::of(serde_json::from_str(TESTS).unwrap_or_default())
    }

    /// Puts tests in order by rule.
    #[must_use]
    pub fn of(tests: Vec<Test>) -> Tests {
        let mut by_rule: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, test) in tests.iter().enumerate() {
            for rule in &test.rules {
                let places = by_rule.entry(rule.clone()).or_default();
                if places.last() != Some(&at) {
                    places.push(at);
                }
            }
        }
        Tests { tests, by_rule }
    }

    /// Returns the tests that name any of some rules, each once, in the order of the files.
    #[must_use]
    pub fn naming(&self, rules: &[String]) -> Vec<&Test> {
        let mut places: Vec<usize> =
            rules.iter().filter_map(|r| self.by_rule.get(r)).flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().map(|at| &self.tests[at]).collect()
    }

    /// Returns how many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.tests.len()
    }
}
