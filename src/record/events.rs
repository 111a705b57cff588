//! Events that cannot have happened as told.

use super::check::Places;
use super::timeline::before;
use super::{Event, Record};
use crate::diag::Diagnostic;

/// Each kind, the kind that must come before it, and how to say so.
const AFTER: &[(&str, &str, &str)] = &[
    ("grievance-acknowledged", "grievance-filed", "an acknowledgement has no grievance before it"),
    ("grievance-decided", "grievance-filed", "an answer has no grievance before it"),
    ("imr-papers-complete", "imr-filed", "review papers have no application before them"),
    ("imr-decided", "imr-filed", "a review decision has no application before it"),
    ("complaint-decided", "complaint-filed", "an agency's answer has no complaint before it"),
];

/// Pairs where the first may be left out, but not come later.
const NOT_BEFORE: &[(&str, &str)] =
    &[("hearing-held", "hearing-requested"), ("extension-answered", "extension-noticed")];

/// Kinds whose outcome decides what follows.
const DECIDES: &[&str] = &["grievance-decided", "imr-decided"];

/// Returns every event that cannot be.
pub(super) fn faults(record: &Record, places: &Places<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (i, event) in record.events.iter().enumerate() {
        let path = |name: &str| format!("event[{i}].{name}");
        if event.received.is_some_and(|received| before(received, event.date)) {
            let told = Diagnostic::error("record::order", "it arrived before it was sent");
            let told = places.at(told, &path("received"), "arrived earlier");
            found.push(places.also(told, &path("date"), "sent"));
        }
        let kind = event.kind.as_str();
        if DECIDES.contains(&kind) && event.outcome.is_none() {
            let told = Diagnostic::error("record::event", format!("`{kind}` has no outcome"));
            found.push(
                places.at(told, &path("kind"), "what was decided?").help(
                    "add outcome = \"upheld\" (still no), \"partly\" or \"overturned\" (yes)",
                ),
            );
        }
        if !kind.ends_with("-decided") && event.outcome.is_some() {
            let told =
                Diagnostic::warning("record::event", format!("`{kind}` has no outcome of its own"));
            found.push(places.at(told, &path("outcome"), "belongs to an answer").help(
                "write the answer as an [[event]] of its own, as kind = \"grievance-decided\"",
            ));
        }
        for (_, first, said) in AFTER.iter().filter(|(k, ..)| *k == kind) {
            found.extend(preceded(record, (i, event), first, said, places));
        }
        for (_, first) in NOT_BEFORE.iter().filter(|(k, _)| *k == kind) {
            if earliest(record, first).is_some() {
                found.extend(preceded(record, (i, event), first, "", places));
            }
        }
        if kind == "grievance-filed" {
            found.extend(filed_before_denial(record, (i, event), places));
        }
    }
    found
}

/// Reports an event whose beginning is missing, or comes after it.
fn preceded(
    record: &Record,
    (i, event): (usize, &Event),
    first: &str,
    said: &str,
    places: &Places<'_>,
) -> Option<Diagnostic> {
    let Some((at, beginning)) = earliest(record, first) else {
        let told = Diagnostic::error("record::event", said);
        return Some(
            places
                .at(told, &format!("event[{i}].kind"), &format!("no `{first}` in the record"))
                .help(format!("add an [[event]] with kind = \"{first}\" and its date")),
        );
    };
    if !before(event.date, beginning.date) {
        return None;
    }
    let told =
        Diagnostic::error("record::order", format!("`{}` comes before `{first}`", event.kind));
    let told = places.at(told, &format!("event[{i}].date"), "earlier");
    Some(places.also(told, &format!("event[{at}].date"), &format!("the day of `{first}`")))
}

fn earliest<'a>(record: &'a Record, kind: &str) -> Option<(usize, &'a Event)> {
    record.events.iter().enumerate().filter(|(_, e)| e.kind == kind).min_by_key(|(_, e)| e.date)
}

/// A grievance against a denial that had not been written; possible after an oral refusal.
fn filed_before_denial(
    record: &Record,
    (i, event): (usize, &Event),
    places: &Places<'_>,
) -> Option<Diagnostic> {
    let notice = record.denial.notice_date?;
    if event.date.date >= notice || record.denial.incident.is_some() {
        return None;
    }
    let told = Diagnostic::warning(
        "record::order",
        "the grievance was filed before the denial was written",
    );
    let told = places.at(told, &format!("event[{i}].date"), "filed earlier");
    Some(places.also(told, "denial.notice_date", "date on the notice").help(
        "where it answered a refusal by telephone, add denial.incident with the day of that refusal",
    ))
}
