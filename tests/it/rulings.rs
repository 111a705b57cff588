//! Every table of `fixtures/rulings`: facts in, stage and dates out, typed from the law sheets.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use appeal::law::Law;
use appeal::ruling::{Deadline, StepKind, decide};

use crate::support::expected::{day, differences};
use crate::support::rulings::{facts, read};

#[test]
fn every_ruling_of_the_sheets_is_the_programs_ruling() {
    let law = Law::builtin().unwrap_or_else(|e| panic!("{e}"));
    let mut wrong = String::new();
    let mut count = 0;
    for (file, table) in read() {
        for expected in table {
            count += 1;
            assert!(!expected.name.is_empty(), "{file}: a ruling without a name");
            let as_of = expected.as_of.unwrap_or_else(|| panic!("{}: no as_of", expected.name));
            let differences = match decide(&facts(&expected), &law, day(&as_of)) {
                Ok(ruling) => differences(&expected, &ruling),
                Err(conflict) => format!("    {conflict}\n"),
            };
            if !differences.is_empty() {
                let _ = write!(wrong, "{file}: {}\n{differences}", expected.name);
            }
        }
    }
    assert!(count > 0, "no tables under fixtures/rulings");
    assert!(wrong.is_empty(), "of {count} rulings these differ:\n{wrong}");
}

/// Sees that a date is the one that its own steps arrive at.
fn derived(deadline: &Deadline) -> Result<(), String> {
    let arrives = |kind: StepKind| {
        deadline.steps.iter().filter(|s| s.kind == kind).filter_map(|s| s.date).max()
    };
    let first = deadline.steps.first().map(|s| s.kind);
    let started = deadline.file_by.is_some() || deadline.due.is_some();
    let event = if started { StepKind::Event } else { StepKind::NotRunning };
    if first != Some(event) {
        return Err(format!("it begins with {first:?}"));
    }
    if started && arrives(StepKind::Event) != deadline.trigger.as_ref().map(|t| t.date) {
        return Err("its event is not its trigger".to_owned());
    }
    let counted = deadline.file_by.or(deadline.due);
    let arguable = arrives(StepKind::Roll).or(arrives(StepKind::LaterReading));
    let late = arrives(StepKind::Allowance).or(deadline.late_after.and(deadline.due));
    for (name, date, steps) in [
        ("file by or due", counted, arrives(StepKind::Count)),
        ("last working day", deadline.last_working_day, arrives(StepKind::WorkingDay)),
        ("arguable until", deadline.arguable_until, arguable),
        ("late after", deadline.late_after, late),
    ] {
        if date != steps {
            return Err(format!("{name} is {date:?}, and its steps arrive at {steps:?}"));
        }
    }
    let count = deadline.steps.iter().find(|s| s.kind == StepKind::Count);
    match count {
        Some(step) if step.by.is_none() => Err("the count names no provision".to_owned()),
        _ => Ok(()),
    }
}

#[test]
fn every_date_carries_the_steps_that_lead_to_it() {
    let law = Law::builtin().unwrap_or_else(|e| panic!("{e}"));
    let mut dates = 0;
    for expected in read().into_iter().flat_map(|(_, table)| table) {
        let as_of = day(&expected.as_of.unwrap());
        let Ok(ruling) = decide(&facts(&expected), &law, as_of) else { continue };
        for deadline in &ruling.deadlines {
            dates += 1;
            if let Err(why) = derived(deadline) {
                panic!("{}: {}: {why}: {:#?}", expected.name, deadline.id, deadline.steps);
            }
        }
    }
    assert!(dates > 3_000, "only {dates} dates");
}

/// Named by the row's whole id, as `law check` lists it; `jurisdiction.row.21` also names what a case is about.
#[test]
fn a_ruling_that_names_a_row_of_a_pack_reaches_it() {
    let law = Law::builtin().unwrap_or_else(|e| panic!("{e}"));
    let mut missed = String::new();
    let mut named = 0;
    for expected in read().into_iter().flat_map(|(_, table)| table) {
        let rows = expected.rules.iter().filter(|r| r.starts_with("us-") && r.contains(".row."));
        let rows: Vec<&String> = rows.collect();
        if rows.is_empty() {
            continue;
        }
        named += rows.len();
        let ruling = decide(&facts(&expected), &law, day(&expected.as_of.unwrap()));
        let ruling = ruling.unwrap_or_else(|e| panic!("{}: {e}", expected.name));
        for row in rows {
            if !ruling.trace.iter().any(|t| t.applied && t.rule == *row) {
                let _ = writeln!(missed, "{}: {row}", expected.name);
            }
        }
    }
    assert!(named > 200, "only {named} rows named");
    assert!(missed.is_empty(), "rulings that do not reach a row they name:\n{missed}");
}

#[test]
fn every_deadline_of_the_packs_has_a_ruling() {
    let law = Law::builtin().unwrap_or_else(|e| panic!("{e}"));
    let named: BTreeSet<String> = read()
        .into_iter()
        .flat_map(|(_, table)| table)
        .flat_map(|e| e.rules.into_iter().chain(e.deadlines.into_iter().map(|d| d.rule)))
        .collect();
    let missing: Vec<String> = law
        .packs()
        .flat_map(|p| p.deadline.iter().map(move |(id, d)| (p.pack.id.clone(), id, d)))
        .filter(|(_, _, d)| !d.rules.iter().any(|r| named.contains(r)))
        .map(|(pack, id, d)| format!("{pack}.{id} ({})", d.rules.join(", ")))
        .collect();
    assert!(missing.is_empty(), "deadlines that no ruling names:\n{}", missing.join("\n"));
}
