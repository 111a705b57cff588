//! The report as CSV.

use std::borrow::Cow;

use super::Report;
use crate::docket::{cell, row};

/// Returns a report as CSV (RFC 4180): a line for each row of each table, the number of all cases first.
/// An empty number is one that is not shown.
#[must_use]
pub fn csv(report: &Report) -> String {
    let mut out = String::new();
    row(&mut out, &["table", "group", "part", "count", "folded_groups"].map(Cow::Borrowed));
    let all = report.cases.map(|n| n.to_string()).unwrap_or_default();
    row(&mut out, &["cases".into(), "all".into(), "".into(), all.into(), "".into()]);
    for table in &report.tables {
        for line in &table.rows {
            let name = line.name();
            let (group, part) = match &line.within {
                Some(group) => (group.as_str(), name.as_str()),
                None => (name.as_str(), ""),
            };
            let number = |n: Option<usize>| n.map(|n| n.to_string()).unwrap_or_default();
            row(
                &mut out,
                &[
                    table.id.into(),
                    cell(group),
                    cell(part),
                    number(line.count).into(),
                    number(line.folded).into(),
                ],
            );
        }
    }
    out
}
