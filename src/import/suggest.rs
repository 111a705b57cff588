//! Proposes a map from the headings of a table. A person reads it, and puts it right.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{Cursor, Read as _};

use super::form::FRONT;
use super::map::{Map, plain};
use super::table::{Cell, Row, column_name, csv, xlsx};
use super::{Entry, Form, Input, Sources, bytes, refused, unreadable};
use crate::diag::{Diagnostic, nearest};
use crate::record::keys::{self, KEYS, Key, Kind, TABLES};

/// Headings that tables have, and the keys they belong to.
const USUAL: &[(&str, &str)] = &[
    ("id", "case_id"),
    ("matter id", "case_id"),
    ("matter case id", "case_id"),
    ("case number", "case_id"),
    ("case no", "case_id"),
    ("matter number", "case_id"),
    ("file number", "case_id"),
    ("client name", "member.name"),
    ("full name", "member.name"),
    ("patient name", "member.name"),
    ("enrollee", "member.name"),
    ("date of birth", "member.birth_date"),
    ("dob", "member.birth_date"),
    ("birthdate", "member.birth_date"),
    ("member number", "member.member_id"),
    ("insurance id", "member.member_id"),
    ("group number", "member.group"),
    ("street address", "member.address"),
    ("mailing address", "member.address"),
    ("phone number", "member.phone"),
    ("mobile phone", "member.phone"),
    ("email address", "member.email"),
    ("preferred language", "member.language"),
    ("insurer", "coverage.plan"),
    ("insurance company", "coverage.plan"),
    ("health plan", "coverage.plan"),
    ("plan name", "coverage.plan"),
    ("coverage type", "coverage.program"),
    ("insurance type", "coverage.program"),
    ("state", "coverage.issued_in"),
    ("type of service", "service.kind"),
    ("event", "event.kind"),
    ("event type", "event.kind"),
    ("service type", "service.kind"),
    ("service", "service.description"),
    ("denied service", "service.description"),
    ("claim no", "service.claim_number"),
    ("amount billed", "service.amount_billed"),
    ("denial date", "denial.notice_date"),
    ("denied on", "denial.notice_date"),
    ("date of denial", "denial.notice_date"),
    ("date of notice", "denial.notice_date"),
    ("notice received", "denial.received"),
    ("date received", "denial.received"),
    ("denial outcome", "denial.outcome"),
    ("denial reason", "denial.ground"),
    ("reason for denial", "denial.ground"),
    ("reference number", "denial.reference"),
    ("icd 10", "condition.icd10"),
    ("advocate", "clinic.owner"),
    ("assigned to", "clinic.owner"),
    ("attorney", "clinic.owner"),
    ("supervising attorney", "clinic.supervisor"),
    ("notes", "statement.what_happened"),
];

/// Proposes a map for a table, as TOML.
///
/// `map` may say how the table is read: its separator, its encoding, its sheet and its heading row.
///
/// # Errors
///
/// Gives the entry that says why the headings cannot be read.
pub fn suggest(name: &str, mut input: Input, sources: &Sources) -> Result<String, Box<Entry>> {
    let mut front = Vec::new();
    let failed = (&mut input).take(FRONT).read_to_end(&mut front);
    failed.map_err(|e| unreadable(name, &e))?;
    let form = sources.form.unwrap_or_else(|| Form::of_content(&front, true));
    let input = Cursor::new(front).chain(input);
    let settings = match &sources.map {
        Some(map) => Map::clone(map),
        None => Map::read(b"map = 1", "").map_err(|e| refuse_all(name, e.faults))?,
    };
    // The columns that a map names already do not decide how the headings are read.
    let settings = Map { groups: Vec::new(), ..settings };
    let wanted = settings.settings.heading_row;
    let rows: Box<dyn Iterator<Item = Row>> = match form {
        Form::Csv => {
            let input = std::io::BufReader::new(input);
            Box::new(csv::Csv::open(input, &settings, sources.encoding))
        }
        Form::Xlsx => {
            let bytes = bytes(Box::new(input), xlsx::LARGEST).map_err(|e| unreadable(name, &e))?;
            Box::new(xlsx::rows(bytes, &settings).into_iter())
        }
        Form::Toml | Form::Jsonl => {
            let told = Diagnostic::error("import::map", "only a table needs a map")
                .help("a map says which column of a CSV or XLSX file holds what");
            return Err(Box::new(refused(name, told)));
        }
    };
    for row in rows {
        match row {
            Row::Cells(number, cells) if wanted.is_none_or(|w| w == number) => {
                let headings: Vec<String> = cells.iter().map(heading).collect();
                if headings.iter().any(|h| !h.is_empty()) {
                    return Ok(propose(name, &headings));
                }
            }
            Row::Refused(number, told) if wanted.is_none_or(|w| Some(w) == number) => {
                return Err(Box::new(refused(name, *told)));
            }
            Row::Cells(..) | Row::Empty(_) | Row::Refused(..) => {}
        }
    }
    let told = Diagnostic::error("import::headings", "the table has no heading row");
    Err(Box::new(refused(name, told)))
}

fn refuse_all(name: &str, faults: Vec<Diagnostic>) -> Entry {
    let none = Diagnostic::error("import::map", "the map cannot be used");
    refused(name, faults.into_iter().next().unwrap_or(none))
}

fn heading(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Empty | Cell::Number(_) | Cell::Bool(_) | Cell::Day(..) | Cell::Refused(..) => {
            String::new()
        }
    }
}

/// A heading as it is compared: letters and digits, in words.
fn words(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    plain(&spaced)
}

/// Finds the key that a heading most likely means, among those that are still free.
fn key_of(heading: &str, taken: &BTreeSet<String>) -> Option<&'static Key> {
    let heading = words(heading);
    if heading.is_empty() {
        return None;
    }
    let free = |k: &&Key| k.name != "schema" && !taken.contains(&k.path());
    let exact = |text: String| text == heading;
    let usual = || {
        let (_, path) = USUAL.iter().find(|(h, _)| *h == heading)?;
        keys::find_path(path).filter(free)
    };
    let names = |k: &Key| [words(&k.path()), words(k.name)];
    usual().or_else(|| KEYS.iter().filter(free).find(|k| names(k).into_iter().any(exact))).or_else(
        || {
            let known: Vec<(String, &'static Key)> = USUAL
                .iter()
                .filter_map(|(h, path)| Some(((*h).to_owned(), keys::find_path(path)?)))
                .chain(KEYS.iter().flat_map(|k| names(k).into_iter().map(move |n| (n, k))))
                .filter(|(_, k)| free(k))
                .collect();
            let near = nearest(&heading, known.iter().map(|(n, _)| n.as_str()))?;
            // "Last name" is near "plan name", but none of its words is near "plan".
            let mut pairs = heading.split(' ').zip(near.split(' '));
            let alike = pairs.all(|(a, b)| nearest(a, [b]).is_some());
            let same = heading.split(' ').count() == near.split(' ').count();
            if !alike || !same {
                return None;
            }
            known.iter().find(|(n, _)| n == near).map(|(_, k)| *k)
        },
    )
}

fn propose(name: &str, headings: &[String]) -> String {
    let mut taken = BTreeSet::new();
    let mut found: Vec<(&'static Key, String)> = Vec::new();
    let mut left = Vec::new();
    let mut seen = BTreeSet::new();
    // How often numbered columns stand, by their table.
    let mut repeat: BTreeMap<&str, usize> = BTreeMap::new();
    for (n, heading) in headings.iter().enumerate().filter(|(_, h)| !h.is_empty()) {
        // A heading that stands twice cannot be named by a map.
        let first = seen.insert(plain(heading));
        if let Some((base, number)) = numbered(heading) {
            let known = found.iter().find(|(_, h)| *h == base).map(|(key, _)| *key);
            let new =
                || key_of(&base.replace("{n}", ""), &taken).filter(|k| many(k) && number == 1);
            if let Some(key) = known.or_else(new).filter(|_| first) {
                let times = repeat.entry(key.table).or_default();
                *times = number.max(*times);
                if taken.insert(key.path()) {
                    found.push((key, base));
                }
                continue;
            }
        }
        match key_of(heading, &taken).filter(|_| first) {
            Some(key) => {
                taken.insert(key.path());
                found.push((key, heading.clone()));
            }
            None => left.push((n, heading)),
        }
    }
    let mut out = format!(
        "# Which column of {} holds which key of a record. This is only a proposal: read every line.\n\
         map = 1\n\
         # How the table writes its dates; without this line, only 2026-10-20 is read.\n\
         # date = \"MM/DD/YYYY\"\n\
         # Cells that say nothing.\n\
         # blank = [\"N/A\", \"-\"]\n",
        one_line(name)
    );
    for table in TABLES {
        let keys: Vec<&Key> = keys::of(table.name)
            .filter(|k| k.name != "schema")
            .filter(|k| k.required && needed(table.name) || taken.contains(&k.path()))
            .collect();
        if keys.is_empty() {
            continue;
        }
        out.push('\n');
        match (table.name, table.many) {
            ("", _) => {}
            (name, true) => {
                let _ = writeln!(out, "[[{name}]]");
                if let Some(times) = repeat.get(name) {
                    let _ = writeln!(out, "repeat = {times}   # {{n}} becomes 1, 2, 3 …");
                }
            }
            (name, false) => drop(writeln!(out, "[{name}]")),
        }
        for key in keys {
            let heading = found.iter().find(|(k, _)| *k == key).map(|(_, h)| h.as_str());
            line(&mut out, key, heading);
        }
    }
    if !left.is_empty() {
        out.push_str("\n# Columns that no key was found for:\n");
        for (n, heading) in left {
            let _ = writeln!(out, "# {}: {}", column_name(n), one_line(heading));
        }
    }
    out
}

/// Splits `Event 2 Date` into `Event {n} Date` and 2.
fn numbered(heading: &str) -> Option<(String, usize)> {
    let mut words: Vec<&str> = heading.split_whitespace().collect();
    let at = words.iter().position(|w| w.parse::<usize>().is_ok_and(|n| (1..=50).contains(&n)))?;
    let number = words[at].parse().ok()?;
    words[at] = "{n}";
    Some((words.join(" "), number))
}

fn many(key: &Key) -> bool {
    keys::table(key.table).is_some_and(|t| t.many)
}

/// Whether a table stands in every record.
fn needed(table: &str) -> bool {
    matches!(table, "" | "coverage" | "service" | "denial")
}

/// One key, with what a person must know to put it right.
fn line(out: &mut String, key: &Key, heading: Option<&str>) {
    let _ = writeln!(out, "# {}", one_line(key.means));
    if !key.words().is_empty() {
        let unknown = key.unknown.then_some("unknown");
        let words: Vec<&str> = key.words().iter().copied().chain(unknown).take(24).collect();
        let _ = writeln!(out, "#   one of: {}", words.join(", "));
    }
    let name = key.name;
    match heading {
        Some(heading) => {
            let heading = quoted(heading);
            let _ = match key.kind {
                Kind::Word(_) | Kind::Words(_) => {
                    let split =
                        if matches!(key.kind, Kind::Words(_)) { ", split = \";\"" } else { "" };
                    writeln!(out, "{name} = {{ column = {heading}{split}, values = {{}} }}")
                }
                Kind::Lines | Kind::Dates => {
                    writeln!(out, "{name} = {{ column = {heading}, split = \";\" }}")
                }
                Kind::Text
                | Kind::Narrative
                | Kind::Date
                | Kind::Moment
                | Kind::Bool
                | Kind::Integer(..) => writeln!(out, "{name} = {heading}"),
            };
        }
        None if key.unknown => {
            let _ = writeln!(out, "{name} = {{ value = \"unknown\" }}   # no column was found");
        }
        None => {
            let _ = writeln!(out, "# {name} = \"…\"   # needed, and no column was found");
        }
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in plain_spaces(text).chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn plain_spaces(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn one_line(text: &str) -> String {
    crate::diag::visible(&plain_spaces(text)).chars().take(200).collect()
}
