//! What another version of the law would change: entries, and for given cases dates and words.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use similar::{ChangeTag, TextDiff};

use super::entries::{Entry, Kind, Part, entries};
use crate::law::Law;
use crate::packet::{self, Dispute, Press};
use crate::record::Case;
use crate::ruling::{self, Deadline};

/// An entry that two versions of the law have not in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryChange {
    /// Id of the entry.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// What only the old version says; nothing where the entry is new.
    pub was: Vec<Part>,
    /// What only the new version says; nothing where the entry is gone.
    pub is: Vec<Part>,
}

/// Returns the entries that differ between two versions of the law.
#[must_use]
pub fn law(old: &Law, new: &Law) -> Vec<EntryChange> {
    // Several rows may bear one id: they are told apart by their place among those.
    let by_id = |law| {
        let mut found = BTreeMap::new();
        let mut seen = BTreeMap::<_, usize>::new();
        for entry in entries(law) {
            let key = (entry.pack.clone(), entry.kind, entry.id.clone());
            let place = seen.entry(key.clone()).or_default();
            *place += 1;
            found.insert((key.0, key.1, key.2, *place), entry);
        }
        found
    };
    let (old, new) = (by_id(old), by_id(new));
    let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    let lines = |entry: Option<&Entry>| -> Vec<Part> {
        let Some(entry) = entry else { return Vec::new() };
        let says = Part { label: "says", text: entry.says.clone() };
        std::iter::once(says).chain(entry.parts.iter().cloned()).collect()
    };
    let mut changes = Vec::new();
    for key in keys {
        let (was, is) = (lines(old.get(key)), lines(new.get(key)));
        if was != is {
            let only = |a: &[Part], b: &[Part]| -> Vec<Part> {
                a.iter().filter(|p| !b.contains(p)).cloned().collect()
            };
            let (id, kind) = (key.2.clone(), key.1);
            changes.push(EntryChange { id, kind, was: only(&was, &is), is: only(&is, &was) });
        }
    }
    changes
}

/// What changes for one case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseChange {
    /// Dates that are not the same.
    pub dates: Vec<DateChange>,
    /// Lines of its papers and of its explanation that are not the same.
    pub words: Vec<WordChange>,
}

/// A date of a deadline that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateChange {
    /// Id of the deadline.
    pub id: String,
    /// Which of its dates: `file by`, `arguable until` …
    pub what: &'static str,
    /// The old date, if there was one.
    pub was: Option<NaiveDate>,
    /// The new date, if there is one.
    pub is: Option<NaiveDate>,
}

/// Lines of one paper that change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordChange {
    /// Name of its file without ending, or `explanation`.
    pub paper: String,
    /// Each line that goes (`-`) or comes (`+`), with that sign before it, in order.
    pub lines: Vec<String>,
}

/// Returns what changes for a case from one version of the law to another; nothing where every date
/// and every word stays.
#[must_use]
pub fn case(
    case: &Case,
    old: &Law,
    new: &Law,
    as_of: NaiveDate,
    press: &Press<'_>,
) -> Option<CaseChange> {
    let was = packet::rule(case, old, as_of);
    let is = packet::rule(case, new, as_of);
    if let (Ok(was), Ok(is)) = (&was, &is) {
        // Letters and explanation are made of record and ruling alone.
        if was.iter().map(|d| &d.ruling).eq(is.iter().map(|d| &d.ruling)) {
            return None;
        }
    }
    let dates =
        dates(&days(was.as_deref().unwrap_or_default()), &days(is.as_deref().unwrap_or_default()));
    let papers = |ruled: Result<Vec<Dispute>, ruling::Conflict>| match ruled {
        Ok(disputes) => papers(case, &disputes, press),
        Err(conflict) => BTreeMap::from([("explanation".to_owned(), conflict.to_string())]),
    };
    let words = words(&papers(was), &papers(is));
    let change = CaseChange { dates, words };
    (change != CaseChange::default()).then_some(change)
}

type Day = (String, &'static str);

/// Every date of every deadline, by the deadline's id and the word for the date.
fn days(disputes: &[Dispute]) -> BTreeMap<Day, NaiveDate> {
    let mut days = BTreeMap::new();
    for deadline in disputes.iter().flat_map(|d| &d.ruling.deadlines) {
        let Deadline { file_by, last_working_day, arguable_until, due, late_after, .. } = deadline;
        let each = [
            ("file by", file_by),
            ("last working day", last_working_day),
            ("arguable until", arguable_until),
            ("due", due),
            ("late after", late_after),
        ];
        for (what, date) in each {
            days.extend(date.map(|date| ((deadline.id.clone(), what), date)));
        }
    }
    days
}

fn dates(old: &BTreeMap<Day, NaiveDate>, new: &BTreeMap<Day, NaiveDate>) -> Vec<DateChange> {
    let keys: BTreeSet<&Day> = old.keys().chain(new.keys()).collect();
    keys.into_iter()
        .map(|key| DateChange {
            id: key.0.clone(),
            what: key.1,
            was: old.get(key).copied(),
            is: new.get(key).copied(),
        })
        .filter(|change| change.was != change.is)
        .collect()
}

/// Everything that a case prints, by name.
fn papers(case: &Case, disputes: &[Dispute], press: &Press<'_>) -> BTreeMap<String, String> {
    let explanation = packet::text(&case.record, disputes);
    let mut texts = BTreeMap::from([("explanation".to_owned(), explanation)]);
    let due: Vec<_> = disputes.iter().map(|d| (d, packet::due(&d.ruling))).collect();
    match packet::written(&case.record, &due, press) {
        Ok(papers) => texts.extend(papers.into_iter().map(|p| (p.stem, p.markdown))),
        Err(error) => {
            texts.insert("letters".to_owned(), error.to_string());
        }
    }
    texts
}

fn words(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Vec<WordChange> {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let text =
        |of: &BTreeMap<String, String>, name: &String| of.get(name).cloned().unwrap_or_default();
    let mut changes = Vec::new();
    for name in names {
        let (was, is) = (text(old, name), text(new, name));
        if was != is {
            let diff = TextDiff::from_lines(&was, &is);
            let lines = diff.iter_all_changes().filter_map(|change| {
                let line = change.value().trim_end();
                match change.tag() {
                    ChangeTag::Equal => None,
                    ChangeTag::Delete => Some(format!("- {line}")),
                    ChangeTag::Insert => Some(format!("+ {line}")),
                }
            });
            changes.push(WordChange { paper: name.clone(), lines: lines.collect() });
        }
    }
    changes
}
