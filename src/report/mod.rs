//! The pattern report: what a clinic's cases have in common, for its attorney and its funders.
//!
//! Counts cases by who decides, stage, plan, reason and missed duty. A group of few cases is a group of
//! people whom somebody may know, so none is shown alone, and none can be had by subtraction.

mod chart;
mod csv;
mod fold;
mod markdown;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::facts::entities;

pub use chart::chart;
pub use csv::csv;
pub use fold::LEAST;
pub use markdown::markdown;

use fold::fold;

/// What is counted of one case.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Case {
    /// Its id; a case counts once.
    pub id: String,
    /// The pack that governs it, as `us-ca-dmhc`.
    pub track: String,
    /// Who decides the stage: `plan`, or the id of an outside body.
    pub forum: String,
    /// The stage to take first.
    pub stage: String,
    /// The plan or insurer, as the record has it.
    pub plan: Option<String>,
    /// The reasons given for the denial.
    pub grounds: Vec<String>,
    /// The duties that others have missed on every reading.
    pub missed: Vec<Duty>,
    /// How many of others' duties were done.
    pub done: usize,
    /// How many of the member's dates were met.
    pub met: usize,
    /// How many of the member's dates are past on every reading.
    pub late: usize,
}

/// A duty of a plan, an agency or a reviewer.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duty {
    /// Id of the rule in the law sheets, as `dmhc.G3`.
    pub rule: String,
    /// Who must do what, as `the plan must decide the grievance`; may be empty.
    pub says: String,
}

/// Counts that can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The day it speaks of.
    pub as_of: NaiveDate,
    /// How many cases it counts; none where they are too few to be counted.
    pub cases: Option<usize>,
    /// The tables, none where the cases are too few.
    pub tables: Vec<Table>,
}

/// One table of counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// A short name, for files and CSV.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What is counted in it.
    pub says: &'static str,
    /// What the groups are.
    pub groups: &'static str,
    /// What the parts of a group are, where they have parts.
    pub parts: Option<&'static str>,
    /// Its rows, largest first, what is folded last; parts stand after their group.
    pub rows: Vec<Row>,
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The group that a part belongs to; none for a group itself.
    pub within: Option<String>,
    /// The group or part; none for those that are folded.
    pub label: Option<String>,
    /// How many; none where even the sum would give something away.
    pub count: Option<usize>,
    /// How many groups are folded, where that may be told.
    pub folded: Option<usize>,
}

impl Row {
    /// Returns what the row is called.
    #[must_use]
    pub fn name(&self) -> String {
        match (&self.label, self.folded) {
            (Some(label), _) => label.clone(),
            (None, Some(1)) => format!("fewer than {LEAST} (1 group)"),
            (None, Some(n)) => format!("fewer than {LEAST} ({n} groups)"),
            (None, None) => format!("fewer than {LEAST}"),
        }
    }

    /// Returns the number, or a dash.
    #[must_use]
    pub fn number(&self) -> String {
        self.count.map_or_else(|| "–".to_owned(), |n| n.to_string())
    }
}

/// Counts some cases. Of two under one id only one is counted.
#[must_use]
pub fn report(cases: impl IntoIterator<Item = Case>, as_of: NaiveDate) -> Report {
    let mut once: BTreeMap<String, Case> = BTreeMap::new();
    for case in cases {
        match once.get(&case.id) {
            // Whichever comes first, the same one stays.
            Some(other) if *other <= case => {}
            Some(_) | None => drop(once.insert(case.id.clone(), case)),
        }
    }
    let cases: Vec<Case> = once.into_values().collect();
    if cases.len() < LEAST {
        return Report { as_of, cases: None, tables: Vec::new() };
    }
    let mut tables =
        vec![forums(&cases), plans(&cases), grounds(&cases), duties(&cases), dates(&cases)];
    tables.retain(|t| !t.rows.is_empty());
    Report { as_of, cases: Some(cases.len()), tables }
}

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
fn forums(cases: &[Case]) -> Table {
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

fn plans(cases: &[Case]) -> Table {
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

fn grounds(cases: &[Case]) -> Table {
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

fn duties(cases: &[Case]) -> Table {
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
fn dates(cases: &[Case]) -> Table {
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
