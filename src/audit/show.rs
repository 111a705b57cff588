//! Entries and packs as text for a terminal.

use super::entries::{Entry, Kind, entries};
use super::tested::{Test, Tests};
use crate::diag::fold;
use crate::law::Law;

/// Returns one entry with its authorities, where it is used, and the tests that name it.
#[must_use]
pub fn show(all: &[Entry], entry: &Entry, tests: &Tests) -> String {
    let mut out = format!("{} {}, in pack {}\n", entry.kind.word(), entry.name(all), entry.pack);
    out.push_str(&fold("  ", 2, &entry.says));
    out.push('\n');
    parts(entry, &mut out);
    for authority in all.iter().filter(|e| e.kind == Kind::Authority) {
        if entry.authorities.contains(&authority.id) {
            out.push_str(&format!("\nauthority {}\n", authority.id));
            out.push_str(&fold("  ", 2, &authority.says));
            out.push('\n');
            parts(authority, &mut out);
        }
    }
    let users: Vec<&Entry> = match entry.kind {
        Kind::Authority => all.iter().filter(|e| e.authorities.contains(&entry.id)).collect(),
        Kind::Pack => Vec::new(),
        Kind::Row
        | Kind::Deadline
        | Kind::Right
        | Kind::Stage
        | Kind::Event
        | Kind::Contact
        | Kind::Doubt => vec![entry],
    };
    if entry.kind == Kind::Authority {
        let used: Vec<&str> = users.iter().map(|e| e.id.as_str()).collect();
        out.push_str(&fold("  used by: ", 4, &used.join(", ")));
        out.push('\n');
    }
    if matches!(entry.kind, Kind::Row | Kind::Deadline | Kind::Authority) {
        let mut naming: Vec<&Test> = Vec::new();
        for test in users.iter().flat_map(|e| e.tests(tests)) {
            if !naming.contains(&test) {
                naming.push(test);
            }
        }
        out.push_str(&format!("\ntests that hold it: {}\n", naming.len()));
        for test in naming {
            out.push_str(&fold("- ", 2, &format!("{} ({})", test.name, test.file)));
            out.push('\n');
        }
    }
    out
}

fn parts(entry: &Entry, out: &mut String) {
    for part in &entry.parts {
        out.push_str(&fold(&format!("  {}: ", part.label), 4, &part.text));
        out.push('\n');
    }
}

/// Returns the packs, or the entries of one of them; nothing where there is no such pack.
#[must_use]
pub fn list(law: &Law, pack: Option<&str>, tests: &Tests) -> Option<String> {
    let mut out = String::new();
    let Some(id) = pack else {
        for pack in law.packs() {
            let head = &pack.pack;
            let counts: Vec<String> = [
                (Kind::Row, pack.row.len()),
                (Kind::Deadline, pack.deadline.len()),
                (Kind::Right, pack.right.len()),
                (Kind::Authority, pack.authority.len()),
            ]
            .into_iter()
            .filter(|(_, n)| *n > 0)
            .map(|(kind, n)| kind.count(n))
            .collect();
            let counts = counts.join(", ");
            let text = format!("{}; {counts}; reviewed {}", head.name, head.reviewed);
            out.push_str(&fold(&format!("{:<28}", head.id), 28, &text));
            out.push('\n');
        }
        return Some(out);
    };
    law.pack(id)?;
    let all = entries(law);
    let of = |kind| all.iter().filter(move |e: &&Entry| e.pack == id && e.kind == kind);
    for kind in Kind::ALL {
        for (n, entry) in of(kind).enumerate() {
            if n == 0 {
                out.push_str(&format!("\n{}\n", kind.heading()));
            }
            let tested = match kind {
                Kind::Row | Kind::Deadline => {
                    format!(" [{} tests]", entry.tests(tests).len())
                }
                Kind::Pack
                | Kind::Right
                | Kind::Stage
                | Kind::Event
                | Kind::Contact
                | Kind::Authority
                | Kind::Doubt => String::new(),
            };
            out.push_str(&fold(
                &format!("  {}  ", entry.id),
                6,
                &format!("{}{tested}", entry.says),
            ));
            out.push('\n');
        }
    }
    Some(out.trim_start().to_owned())
}
