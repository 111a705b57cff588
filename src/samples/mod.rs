//! Cases to try things on: those that the program ships with, and records of an author's own, each with
//! every letter that can be written for it.
//!
//! Who looks at templates (coverage, lint, gallery, preview) and who asks what holds a rule of law goes
//! through the same cases.

use std::fmt;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::diag::Diagnostic;
use crate::law::Law;
use crate::letter::Input;
use crate::packet::{self, Dispute};
use crate::record::{self, Case, Loaded};
use crate::ruling::{Conflict, Stage};

/// As `build.rs` read them from `fixtures/cases`.
static CASES: &str = include_str!(concat!(env!("OUT_DIR"), "/cases.json"));
/// As `build.rs` put them together from `fixtures/coverage`.
static SCENES: &str = include_str!(concat!(env!("OUT_DIR"), "/scenes.json"));

/// A record, and the day it is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Sample {
    /// Its short name: the folder of a shipped case, the file name of an author's record.
    pub name: String,
    /// The file it was read from.
    pub file: String,
    /// Why it is ruled as it is, as somebody typed it from the law sheets; empty for an author's record.
    #[serde(default)]
    pub why: String,
    /// Ids of the rules that it is expected to show.
    #[serde(default)]
    pub rules: Vec<String>,
    /// The day that letters are dated with; none where whoever asks decides it.
    pub as_of: Option<NaiveDate>,
    /// The text of the record.
    pub record: String,
}

/// Returns the cases that the program ships with, in the order of their names.
#[must_use]
pub fn shipped() -> Vec<Sample> {
    // Those that cannot be read are missing, which a test rules out.
    serde_json::from_str(CASES).unwrap_or_default()
}

/// Returns the scenes: cases with some of their facts changed, which bring into print what no case does.
/// Nobody has typed what their rulings or letters should be.
#[must_use]
pub fn scenes() -> Vec<Sample> {
    serde_json::from_str(SCENES).unwrap_or_default()
}

/// Returns the cases and the scenes.
#[must_use]
pub fn all() -> Vec<Sample> {
    let mut all = shipped();
    all.extend(scenes());
    all
}

/// A sample that was ruled on.
#[derive(Clone, Debug)]
pub struct Posed {
    /// The record, checked.
    pub case: Case,
    /// What the law says of its services.
    pub disputes: Vec<Dispute>,
    /// The day it was ruled on.
    pub as_of: NaiveDate,
}

/// Why a sample has no ruling.
#[derive(Debug)]
pub enum Unposed {
    /// The record has faults.
    Faults(Vec<Diagnostic>),
    /// The law on file contradicts itself.
    Conflict(Conflict),
}

/// When a letter goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// Now, and before the others.
    First,
    /// The same day as the first.
    SameDay,
    /// Whenever the member wants.
    Open,
}

/// A letter that can be written for a sample.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// The case.
    pub case: &'a Case,
    /// The dispute it belongs to.
    pub dispute: &'a Dispute,
    /// The stage that the letter is for.
    pub stage: Stage,
    /// When it goes out.
    pub when: When,
}

impl Sample {
    /// Returns a record of somebody's own.
    #[must_use]
    pub fn of(name: &str, file: &str, record: &str) -> Sample {
        Sample {
            name: name.to_owned(),
            file: file.to_owned(),
            why: String::new(),
            rules: Vec::new(),
            as_of: None,
            record: record.to_owned(),
        }
    }

    /// Reads the record.
    #[must_use]
    pub fn load(&self) -> Loaded {
        record::read(self.record.as_bytes(), &self.file)
    }

    /// Rules on the sample: on its own day, or on the one given where it has none.
    ///
    /// # Errors
    ///
    /// When the record has faults that leave no case, or the law cannot rule on it.
    pub fn pose(&self, law: &Law, otherwise: NaiveDate) -> Result<Posed, Unposed> {
        self.pose_on(law, self.as_of.unwrap_or(otherwise))
    }

    /// Rules on the sample on a day.
    ///
    /// # Errors
    ///
    /// As [`Sample::pose`].
    pub fn pose_on(&self, law: &Law, as_of: NaiveDate) -> Result<Posed, Unposed> {
        Posed::of(&self.load(), law, as_of)
    }
}

impl Posed {
    /// Rules on a record that was read, on a day.
    ///
    /// # Errors
    ///
    /// As [`Sample::pose`].
    pub fn of(loaded: &Loaded, law: &Law, as_of: NaiveDate) -> Result<Posed, Unposed> {
        let (case, faults) = loaded.check(as_of);
        let case = case.ok_or(Unposed::Faults(faults))?;
        let disputes = packet::rule(&case, law, as_of).map_err(Unposed::Conflict)?;
        Ok(Posed { case, disputes, as_of })
    }

    /// Returns every letter that can be written for it: what goes out now, then what is merely open.
    #[must_use]
    pub fn letters(&self) -> Vec<Asked<'_>> {
        let mut letters = Vec::new();
        for dispute in &self.disputes {
            let ruling = &dispute.ruling;
            let also = ruling.also.iter().cloned().map(|s| (s, When::SameDay));
            let open = ruling.open.iter().cloned().map(|s| (s, When::Open));
            let all = std::iter::once((ruling.first(), When::First)).chain(also).chain(open);
            letters.extend(
                all.filter(|(stage, _)| stage.letter.is_some()).map(|(stage, when)| Asked {
                    case: &self.case,
                    dispute,
                    stage,
                    when,
                }),
            );
        }
        letters
    }
}

impl Asked<'_> {
    /// Returns what the letter is written from. Blanks are marked, as in a draft.
    #[must_use]
    pub fn input(&self) -> Input<'_> {
        Input {
            record: &self.case.record,
            services: &self.dispute.services,
            ruling: &self.dispute.ruling,
            stage: &self.stage.id,
            final_: false,
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            When::First => "goes first",
            When::SameDay => "goes the same day",
            When::Open => "open",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scene_can_be_ruled_on_and_has_a_letter() {
        let law = Law::builtin().expect("it ships");
        let scenes = scenes();
        let mut names = std::collections::BTreeSet::new();
        for scene in &scenes {
            let as_of = scene.as_of.expect("a scene has the day of its case");
            let posed = scene.pose(&law, as_of).unwrap_or_else(|e| panic!("{}: {e:?}", scene.name));
            assert!(!posed.letters().is_empty(), "{} has no letter", scene.name);
            assert!(names.insert(&scene.name), "{} is there twice", scene.name);
        }
        assert!(scenes.len() > 40, "{}", scenes.len());
    }

    #[test]
    fn every_shipped_case_can_be_ruled_on_and_most_have_a_letter() {
        let law = Law::builtin().expect("it ships");
        let samples = shipped();
        let mut letters = 0;
        for sample in &samples {
            let as_of = sample.as_of.expect("a shipped case has its day");
            let posed =
                sample.pose(&law, as_of).unwrap_or_else(|e| panic!("{}: {e:?}", sample.name));
            letters += posed.letters().len();
        }
        assert!(samples.len() > 100 && letters > samples.len(), "{} {letters}", samples.len());
    }
}
