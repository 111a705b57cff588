//! The docket as CSV that no spreadsheet takes for formulas.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::words::{asks, notes, says};
use super::{Docket, Line};

const HEADS: [&str; 12] = [
    "date",
    "time",
    "days_left",
    "kind",
    "status",
    "case_id",
    "owner",
    "what",
    "file_by",
    "last_working_day",
    "arguable_until",
    "notes",
];

/// Returns a docket as CSV (RFC 4180). What has no date comes first: cases that need facts, as
/// `needs-facts`, and records to look at, as `not-read`, with their place under `what`.
#[must_use]
pub fn csv(docket: &Docket) -> String {
    let mut out = String::new();
    row(&mut out, &HEADS.map(Cow::Borrowed));
    for unread in &docket.unread {
        let mut cells = HEADS.map(|_| Cow::Borrowed(""));
        cells[3] = "not-read".into();
        cells[7] = cell(&unread.place);
        cells[11] = cell(&unread.why);
        row(&mut out, &cells);
    }
    for needs in &docket.needs {
        let mut cells = HEADS.map(|_| Cow::Borrowed(""));
        cells[3] = "needs-facts".into();
        cells[5] = cell(&needs.case_id);
        cells[6] = cell(needs.owner.as_deref().unwrap_or_default());
        cells[7] = asks(needs).into();
        row(&mut out, &cells);
    }
    for line in &docket.lines {
        row(&mut out, &cells(line));
    }
    out
}

fn cells(line: &Line) -> [Cow<'_, str>; 12] {
    [
        line.date.to_string().into(),
        line.time.map(|t| t.format("%H:%M").to_string()).unwrap_or_default().into(),
        line.days.to_string().into(),
        line.kind.word().into(),
        line.standing.word().into(),
        cell(&line.case_id),
        cell(line.owner.as_deref().unwrap_or_default()),
        says(line).into(),
        date(line.file_by).into(),
        date(line.last_working_day).into(),
        date(line.arguable_until).into(),
        notes(line).join("; ").into(),
    ]
}

fn date(date: Option<NaiveDate>) -> String {
    date.map(|d| d.to_string()).unwrap_or_default()
}

/// Returns a text as a cell that a spreadsheet shows and never computes: behind an apostrophe where its
/// first character could start a formula, in ASCII or full width, or could hide one that does.
#[must_use]
pub fn cell(text: &str) -> Cow<'_, str> {
    let starts = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    let hides = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}' || c == '\u{200b}';
    let first = text.chars().next();
    let shown = text.chars().find(|c| !hides(*c));
    let breaks = first.is_some_and(|c| matches!(c, '\t' | '\r' | '\n'));
    if breaks || shown.is_some_and(starts) {
        return format!("'{text}").into();
    }
    text.into()
}

/// Writes one line of CSV; what comes from a person goes through [`cell`] first.
pub fn row(out: &mut String, cells: &[Cow<'_, str>]) {
    for (n, cell) in cells.iter().enumerate() {
        if n > 0 {
            out.push(',');
        }
        // Semicolons and tabs part cells where a spreadsheet is set to another country.
        if cell.contains(['"', ',', ';', '\n', '\r', '\t']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    out.push_str("\r\n");
}
