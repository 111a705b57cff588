//! The mutants that nothing finds out, each with the reason: `fixtures/mutation/survivors.toml`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use serde::Deserialize;

use super::judge::Killer;
use super::mutants::Mutant;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default)]
    survivor: Vec<Survivor>,
}

/// Mutants that survive for one reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Survivor {
    /// `equivalent`: no date and no word can change; `missing`: what would find it out is not there yet.
    why: Why,
    /// The reason, for a lawyer.
    reason: String,
    mutants: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Why {
    Equivalent,
    Missing,
}

/// Every listed mutant with its kind of reason.
pub(super) fn listed() -> BTreeMap<String, Why> {
    let text = fs::read_to_string("fixtures/mutation/survivors.toml").expect("the list");
    let list: List = toml::from_str(&text).unwrap_or_else(|e| panic!("survivors.toml: {e}"));
    let mut listed = BTreeMap::new();
    for survivor in list.survivor {
        assert!(survivor.reason.len() > 20, "a reason that says nothing: {}", survivor.reason);
        for mutant in survivor.mutants {
            assert!(
                listed.insert(mutant.clone(), survivor.why).is_none(),
                "{mutant}: listed twice"
            );
        }
    }
    listed
}

/// What the list and the outcome do not share.
pub(super) fn differences(mutants: &[Mutant], found: &[Option<Killer>]) -> String {
    let mut listed = listed();
    let mut out = String::new();
    for (mutant, found) in mutants.iter().zip(found) {
        let name = mutant.name();
        match (found, listed.remove(&name)) {
            (None, None) => {
                let _ = writeln!(out, "survives, and is not listed: {name:?}");
            }
            (Some(killer), Some(_)) => {
                let _ = writeln!(out, "listed, and killed by {killer:?}: {name:?}");
            }
            (None, Some(_)) | (Some(_), None) => {}
        }
    }
    for name in listed.keys() {
        let _ = writeln!(out, "listed, and no mutant: {name:?}");
    }
    out
}
