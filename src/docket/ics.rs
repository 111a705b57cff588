//! The docket as iCalendar (RFC 5545), whole or a file for each owner.
//!
//! Written here and not by the `icalendar` package: version 0.17 of that puts the clock and a random
//! identifier into every alarm, counts alarms in seconds, which move with daylight saving, and can fold
//! a line at 76 octets.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::NaiveDate;

use super::owners::{apart, stem};
use super::words::{FOOT, asks, notes, says};
use super::{Docket, Line, Needs};

/// How many days before the member's own dates an alarm rings.
const ALARMS: [u32; 4] = [30, 14, 7, 1];

/// One owner's calendar, to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Whose it is; none for the cases that nobody owns.
    pub owner: Option<String>,
    /// A file name that holds on every system, and stays below its folder.
    pub file: String,
    /// What is in it.
    pub text: String,
}

/// Returns a docket as one calendar.
#[must_use]
pub fn ics(docket: &Docket) -> String {
    calendar(docket, "Docket", |_| true)
}

/// Returns a calendar for each owner, in order of their names, and one for the cases without.
#[must_use]
pub fn calendars(docket: &Docket) -> Vec<Calendar> {
    let owners: BTreeSet<Option<&str>> = docket
        .lines
        .iter()
        .map(|l| l.owner.as_deref())
        .chain(docket.needs.iter().map(|n| n.owner.as_deref()))
        .collect();
    let mut taken = BTreeMap::from([("unassigned".to_owned(), 1_u32)]);
    let mut all = Vec::new();
    for owner in owners {
        let stem = match owner {
            None => "unassigned".to_owned(),
            Some(owner) => apart(&mut taken, stem(owner)),
        };
        let name =
            owner.map_or_else(|| "Docket, unassigned".to_owned(), |o| format!("Docket, {o}"));
        all.push(Calendar {
            owner: owner.map(str::to_owned),
            file: format!("{stem}.ics"),
            text: calendar(docket, &name, |of| of == owner),
        });
    }
    all
}

fn calendar(docket: &Docket, name: &str, takes: impl Fn(Option<&str>) -> bool) -> String {
    let mut out = String::new();
    put(&mut out, "BEGIN:VCALENDAR");
    put(&mut out, "VERSION:2.0");
    put(&mut out, "PRODID:-//appeal//docket//EN");
    put(&mut out, "CALSCALE:GREGORIAN");
    put(&mut out, "METHOD:PUBLISH");
    put(&mut out, &format!("X-WR-CALNAME:{}", escape(name)));
    for needs in docket.needs.iter().filter(|n| takes(n.owner.as_deref())) {
        asking(&mut out, docket.as_of, needs);
    }
    for line in docket.lines.iter().filter(|l| takes(l.owner.as_deref())) {
        event(&mut out, docket.as_of, line);
    }
    put(&mut out, "END:VCALENDAR");
    out
}

/// A case that waits for facts stands on the day of the docket.
fn asking(out: &mut String, as_of: NaiveDate, needs: &Needs) {
    let title = format!("{}: {}", needs.case_id, asks(needs));
    begin(out, as_of, &needs.case_id, needs.key, as_of, &title);
    put(out, "END:VEVENT");
}

fn event(out: &mut String, as_of: NaiveDate, line: &Line) {
    let title = format!("{}: {}", line.case_id, says(line));
    begin(out, as_of, &line.case_id, line.key, line.date, &title);
    let mut told = notes(line);
    told.push(FOOT.to_owned());
    put(out, &format!("DESCRIPTION:{}", escape(&told.join("\n"))));
    put(out, &format!("CATEGORIES:{}", line.kind.word()));
    // What has passed needs no bell, and what others owe is for them to keep.
    if line.kind.is_the_members() && line.days >= 0 {
        for days in ALARMS {
            put(out, "BEGIN:VALARM");
            put(out, "ACTION:DISPLAY");
            put(out, &format!("DESCRIPTION:{}", escape(&title)));
            put(out, &format!("TRIGGER:-P{days}D"));
            put(out, "END:VALARM");
        }
    }
    put(out, "END:VEVENT");
}

/// Begins an event of a whole day. Without DTEND it lasts that day and no longer.
fn begin(out: &mut String, as_of: NaiveDate, case: &str, key: u64, on: NaiveDate, title: &str) {
    put(out, "BEGIN:VEVENT");
    put(out, &format!("UID:{}-{key:016x}@appeal", escape(case)));
    put(out, &format!("DTSTAMP:{}T000000Z", as_of.format("%Y%m%d")));
    put(out, &format!("DTSTART;VALUE=DATE:{}", on.format("%Y%m%d")));
    put(out, &format!("SUMMARY:{}", escape(title)));
    // A date does not make anybody busy.
    put(out, "TRANSP:TRANSPARENT");
    put(out, "CLASS:PRIVATE");
}

/// Writes a text value.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Writes a content line, folded so that no line has more than 75 octets and no character is cut.
fn put(out: &mut String, line: &str) {
    const WIDEST: usize = 75;
    let mut width = 0;
    for c in line.chars() {
        if width + c.len_utf8() > WIDEST {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(c);
        width += c.len_utf8();
    }
    let _ = write!(out, "\r\n");
}

#[cfg(test)]
mod tests {
    use super::put;

    #[test]
    fn a_folded_line_unfolds_to_itself() {
        for n in 0..400 {
            let line = format!("X:{}{}", "é".repeat(n % 7), "ab ".repeat(n));
            let mut out = String::new();
            put(&mut out, &line);
            assert!(out.split("\r\n").all(|l| l.len() <= 75), "{out}");
            assert_eq!(out.replace("\r\n ", ""), format!("{line}\r\n"));
        }
    }
}
