//! What a person has approved, and what has become of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::reading::Reading;
use crate::batch::sha256;
use crate::diag::nearest;

/// A reading that a person approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approved {
    /// Its name, as `kaiser-outside-surgeon/grievance`.
    pub name: String,
    /// The template it was written from.
    pub template: String,
    /// The day that the letter was dated with.
    pub as_of: NaiveDate,
    /// The day it was approved.
    pub on: NaiveDate,
    /// Who approved it, where they said so.
    pub by: Option<String>,
    /// SHA-256 of its Markdown.
    pub sha256: String,
    /// Its Markdown, where the file is still there.
    pub text: Option<String>,
}

/// Everything that is approved, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Approvals(BTreeMap<String, Approved>);

/// Where a reading stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Approved, and it reads as it did.
    Approved(Approved),
    /// It reads otherwise than it did when it was approved; the second is what was approved.
    Changed(Approved, String),
    /// The text kept of what was approved is gone or was changed by somebody, so it proves nothing.
    Edited(Approved),
    /// Nobody has approved it.
    Never,
    /// It cannot be written; why.
    Faulty(String),
}

/// A reading, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The reading.
    pub reading: Reading,
    /// Where it stands.
    pub state: State,
}

/// A name that is no letter, no case and no reading.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no letter or case here is called `{name}`{}", hint(.near.as_deref()))]
pub struct Unknown {
    /// What was typed.
    pub name: String,
    /// What may have been meant.
    pub near: Option<String>,
}

fn hint(near: Option<&str>) -> String {
    near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

/// What an approval leaves to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Save {
    /// All approvals, the new ones among them.
    pub approvals: Approvals,
    /// What was approved now.
    pub now: Vec<Approved>,
    /// What cannot be written, and so cannot be approved: its name, and why.
    pub refused: Vec<(String, String)>,
}

/// How to approve everything that is shown.
const ALL: &str = "all";

impl Approvals {
    /// Returns approvals by their names; of two with one name the later stands.
    pub(super) fn of(all: impl IntoIterator<Item = Approved>) -> Approvals {
        Approvals(all.into_iter().map(|a| (a.name.clone(), a)).collect())
    }

    /// Returns every approval, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = &Approved> {
        self.0.values()
    }

    /// Returns the day that the approved letters of a case are dated with.
    #[must_use]
    pub fn day(&self, case: &str) -> Option<NaiveDate> {
        let of_case = self.iter().filter(|a| a.name.split('/').next() == Some(case));
        of_case.max_by_key(|a| a.on).map(|a| a.as_of)
    }

    /// Returns where a reading stands.
    pub(super) fn judge(&self, reading: Reading) -> Judged {
        let state = match (&reading.text, self.0.get(&reading.name)) {
            (Err(why), _) => State::Faulty(why.clone()),
            (Ok(_), None) => State::Never,
            (Ok(text), Some(approved)) => match &approved.text {
                Some(kept) if sha256(kept.as_bytes()) != approved.sha256 => {
                    State::Edited(approved.clone())
                }
                None => State::Edited(approved.clone()),
                Some(kept) if kept == text => State::Approved(approved.clone()),
                Some(kept) => State::Changed(approved.clone(), kept.clone()),
            },
        };
        Judged { reading, state }
    }

    /// Returns what is approved and stands in none of some readings.
    pub(super) fn without(&self, readings: &[Reading]) -> Vec<Approved> {
        let shown = |a: &&Approved| readings.iter().all(|r| r.name != a.name);
        self.iter().filter(shown).cloned().collect()
    }

    /// Approves readings as they read now: those of a letter (`letters/grievance.md`, or `grievance`), of a case
    /// (`kaiser-outside-surgeon`), one of them (`kaiser-outside-surgeon/grievance`), or `all`.
    ///
    /// # Errors
    ///
    /// When a name fits nothing that is shown.
    pub fn approve(
        mut self,
        names: &[String],
        shown: &[Judged],
        on: NaiveDate,
        by: Option<&str>,
    ) -> Result<Save, Unknown> {
        if let Some(name) = names.iter().find(|n| shown.iter().all(|j| !fits(n, &j.reading))) {
            return Err(unknown(name, shown));
        }
        let (mut now, mut refused) = (Vec::new(), Vec::new());
        for Judged { reading, .. } in shown {
            if !names.iter().any(|n| fits(n, reading)) {
                continue;
            }
            match &reading.text {
                Err(why) => refused.push((reading.name.clone(), why.clone())),
                Ok(text) => now.push(Approved {
                    name: reading.name.clone(),
                    template: reading.template.clone(),
                    as_of: reading.as_of,
                    on,
                    by: by.map(str::to_owned),
                    sha256: sha256(text.as_bytes()),
                    text: Some(text.clone()),
                }),
            }
        }
        self.0.extend(now.iter().map(|a| (a.name.clone(), a.clone())));
        Ok(Save { approvals: self, now, refused })
    }
}

fn fits(name: &str, reading: &Reading) -> bool {
    let letter = reading.template.strip_suffix(".md").unwrap_or(&reading.template);
    let short = letter.split_once('/').map_or(letter, |(_, short)| short);
    let plain = name.strip_suffix(".md").unwrap_or(name);
    name == ALL
        || [letter, short].contains(&plain)
        || [&reading.case, &reading.name].contains(&&name.to_owned())
}

fn unknown(name: &str, shown: &[Judged]) -> Unknown {
    let readings = shown.iter().map(|j| &j.reading);
    let names = readings.flat_map(|r| [r.template.as_str(), r.case.as_str(), r.name.as_str()]);
    Unknown { name: name.to_owned(), near: nearest(name, names).map(str::to_owned) }
}
