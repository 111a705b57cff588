//! The tables of the report, and what each counts.

use std::collections::BTreeMap;

use super::fold::{LEAST, fold};
use super::{Case, Duty, Row, Table};
use crate::facts::entities;

/// Counts words.
fn tally(words: impl IntoIterator<Item = String>) -> BTreeMap<String, usize> {
    let mut tally = BTreeMap::new();
    for word in words {
        *tally.entry(word).or_default() += 1;
    }
    tally
}

/// Who decides, and below it the stages: a stage belongs to whoever decides it, so that two tables
/// apart would give each other away.
pub(super) fn forums(cases: &[Case]) -> Table {
    let mut rows = Vec::new();
    for forum in fold(tally(cases.iter().map(|c| c.forum.clone())), None) {
        let of = forum.label.clone();
        rows.push(forum);
        let Some(of) = of else { continue };
        let stages = cases.iter().filter(|c| c.forum == of).map(|c| c.stage.clone());
        rows.extend(fold(tally(stages), Some(&of)));
    }
    Table {
        id: "forum",
        title: "Who decides, and at which stage",
        says: "Each case once, under whoever decides the step it is at and the step that comes first.",
        groups: "Who decides",
        parts: Some("Stage"),
        rows,
    }
}

pub(super) fn plans(cases: &[Case]) -> Table {
    let mut named: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for case in cases {
        let typed = case.plan.as_deref().unwrap_or("(not named)");
        let words = typed.split(|c: char| c.is_whitespace() || c.is_control());
        let typed = words.filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
        let name = entities::find(&typed).map_or(typed.as_str(), entities::Entity::name);
        *named.entry(same(name)).or_default().entry(name.to_owned()).or_default() += 1;
    }
    let tally = named.into_values().filter_map(|spellings| {
        let count = spellings.values().sum();
        Some((spellings.into_keys().next()?, count))
    });
    Table {
        id: "plan",
        title: "Plans and insurers",
        says: "Each case once, under the plan or insurer that its papers name.",
        groups: "Plan or insurer",
        parts: None,
        rows: fold(tally.collect(), None),
    }
}

/// What two spellings of one name share.
fn same(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

pub(super) fn grounds(cases: &[Case]) -> Table {
    let each = cases.iter().flat_map(|c| distinct(c.grounds.clone()));
    Table {
        id: "ground",
        title: "Reasons for the denial",
        says: "Each case under every reason that it was given; a case with two reasons counts under both.",
        groups: "Reason",
        parts: None,
        rows: fold(tally(each), None),
    }
}

pub(super) fn duties(cases: &[Case]) -> Table {
    let called = |d: Duty| match d.says.as_str() {
        "" => d.rule,
        says => format!("{}: {says}", d.rule),
    };
    let each = cases.iter().flat_map(|c| distinct(c.missed.iter().cloned().map(called).collect()));
    Table {
        id: "missed",
        title: "Duties that others missed",
        says: "Each case under every duty that a plan, an agency or a reviewer has missed on every reading of \
               the law, with every holiday and extension given to them.",
        groups: "Duty",
        parts: None,
        rows: fold(tally(each), None),
    }
}

/// These four have no common sum, so each stands for itself.
pub(super) fn dates(cases: &[Case]) -> Table {
    let counts = [
        ("members: done", cases.iter().map(|c| c.met).sum::<usize>()),
        ("members: past on every reading", cases.iter().map(|c| c.late).sum()),
        ("others: done", cases.iter().map(|c| c.done).sum()),
        ("others: missed on every reading", cases.iter().map(|c| c.missed.len()).sum()),
    ];
    let row = |(label, count): (&str, usize)| Row {
        within: None,
        label: Some(label.to_owned()),
        count: (count >= LEAST).then_some(count),
        folded: None,
    };
    Table {
        id: "dates",
        title: "Dates kept and missed",
        says: "Dates, not cases: a case can have several. Those still open are not counted. A dash stands for \
               fewer than 11.",
        groups: "Whose date",
        parts: None,
        rows: counts.map(row).to_vec(),
    }
}

fn distinct(mut words: Vec<String>) -> Vec<String> {
    words.sort();
    words.dedup();
    words
}
