//! The pattern report: what a clinic's cases have in common, for its attorney and its funders.
//!
//! Counts cases by who decides, stage, plan, reason and missed duty. A group of few cases is a group of
//! people whom somebody may know, so none is shown alone, and none can be had by subtraction.

mod chart;
mod csv;
mod fold;
mod markdown;
mod tables;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub use chart::chart;
pub use csv::csv;
pub use fold::LEAST;
pub use markdown::markdown;

use tables::{dates, duties, forums, grounds, plans};

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
