//! The report as Markdown, with a place for each chart.

use std::fmt::Write as _;

use super::{LEAST, Report, Table};
use crate::calendar::long_date;

/// Returns a report as Markdown. `charts` says whether the charts stand beside it, as `<table>.svg`.
#[must_use]
pub fn markdown(report: &Report, charts: bool) -> String {
    let as_of = long_date(report.as_of);
    let Some(cases) = report.cases else {
        return format!(
            "# Patterns in the cases as of {as_of}\n\nThere are fewer than {LEAST} cases. Any count of so \
             few could point at somebody.\n"
        );
    };
    let mut out = format!(
        "# Patterns in {cases} cases as of {as_of}\n\n\
         Every number counts cases on file on that day, as the law and the records stood then; it says \
         nothing of cases that are not on file, and nothing of what other cases will come to.\n\n\
         No group of fewer than {LEAST} is shown alone. Such groups are put together as “fewer than \
         {LEAST}”, and the next smallest with them where a subtraction would give them away; the number \
         beside them is that of all of them.\n"
    );
    for table in &report.tables {
        section(&mut out, table, charts);
    }
    out
}

fn section(out: &mut String, table: &Table, charts: bool) {
    let _ = write!(out, "\n## {}\n\n{}\n\n", table.title, table.says);
    let unit = if table.id == "dates" { "Dates" } else { "Cases" };
    match table.parts {
        Some(parts) => {
            let _ = writeln!(out, "| {} | {parts} | {unit} |\n|---|---|---:|", table.groups);
        }
        None => {
            let _ = writeln!(out, "| {} | {unit} |\n|---|---:|", table.groups);
        }
    }
    for row in &table.rows {
        let name = escape(&row.name());
        let number = row.number();
        let _ = match (table.parts, &row.within) {
            (None, _) => writeln!(out, "| {name} | {number} |"),
            (Some(_), None) => writeln!(out, "| **{name}** | | {number} |"),
            (Some(_), Some(_)) => writeln!(out, "| | {name} | {number} |"),
        };
    }
    if charts {
        let _ =
            writeln!(out, "\n![Chart: {}, as in the table above]({}.svg)", table.title, table.id);
    }
}

/// Writes a text so that it comes out as typed, within a cell.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '#' | '!' | '$' => {
                out.extend(['\\', c]);
            }
            c if c.is_control() || c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
