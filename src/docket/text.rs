//! The docket as text for a terminal.

use super::words::{asks, day, foot, heading, lacks, notes, says};
use super::{Docket, Line};
use crate::calendar::weekday_date as long;
use crate::diag::{fold, visible};

/// Returns a docket as plain text, at most 92 columns wide: what lacks a date first, then day by day.
#[must_use]
pub fn text(docket: &Docket) -> String {
    let mut out = String::new();
    put(&mut out, "", &format!("Docket as of {}: {}", long(docket.as_of), heading(docket)));
    if !docket.needs.is_empty() {
        put(&mut out, "", "");
        put(&mut out, "", "Facts are missing, and dates with them");
        for needs in &docket.needs {
            case(&mut out, &needs.case_id, needs.owner.as_deref(), &asks(needs));
        }
    }
    let mut last = None;
    for line in &docket.lines {
        if last != Some(line.date) {
            put(&mut out, "", "");
            put(&mut out, "", &day(line.date, line.days));
        }
        last = Some(line.date);
        case(&mut out, &line.case_id, line.owner.as_deref(), &full(line));
    }
    if let Some(lacks) = lacks(docket) {
        put(&mut out, "", "");
        put(&mut out, "", &lacks);
        for unread in &docket.unread {
            put(&mut out, "  ", &format!("{}: {}", visible(&unread.place), visible(&unread.why)));
        }
    }
    put(&mut out, "", "");
    for told in foot(docket) {
        put(&mut out, "", &told);
    }
    out
}

fn full(line: &Line) -> String {
    let mut all = vec![says(line)];
    all.extend(notes(line));
    all.join("; ")
}

fn case(out: &mut String, id: &str, owner: Option<&str>, says: &str) {
    let owner = owner.map(|o| format!(" ({o})")).unwrap_or_default();
    out.push_str(&fold("  ", 4, &format!("{id}{owner}: {says}")));
    out.push('\n');
}

fn put(out: &mut String, indent: &str, text: &str) {
    out.push_str(&fold(indent, indent.len() + 2, text));
    out.push('\n');
}
