//! The docket as JSON, versioned by its `schema` number.

use chrono::NaiveDate;
use serde_json::{Value, json as object};

use super::words::{notes, says};
use super::{Docket, Line};

/// Returns a docket in the public form.
#[must_use]
pub fn json(docket: &Docket) -> Value {
    object!({
        "schema": 1,
        "as_of": docket.as_of.to_string(),
        "within": docket.within,
        "cases": docket.cases,
        "cases_that_need_facts": docket.waiting,
        "law_in_doubt": docket.doubtful,
        "needs": docket.needs.iter().map(|n| object!({
            "case_id": n.case_id, "owner": n.owner, "facts": n.facts,
        })).collect::<Vec<_>>(),
        "dates": docket.lines.iter().map(line).collect::<Vec<_>>(),
        "unread": docket.unread.iter().map(|u| object!({
            "place": u.place, "why": u.why,
        })).collect::<Vec<_>>(),
    })
}

fn line(line: &Line) -> Value {
    object!({
        "date": line.date.to_string(),
        "time": line.time.map(|t| t.format("%H:%M").to_string()),
        "days_left": line.days,
        "kind": line.kind.word(),
        "status": line.standing.word(),
        "case_id": line.case_id,
        "owner": line.owner,
        "actor": line.actor,
        "title": line.title,
        "says": says(line),
        "notes": notes(line),
        "file_by": date(line.file_by),
        "last_working_day": date(line.last_working_day),
        "arguable_until": date(line.arguable_until),
        "late_after": date(line.late_after),
        "about": line.about,
        "footing": line.footing.word(),
        "key": format!("{:016x}", line.key),
    })
}

fn date(date: Option<NaiveDate>) -> Option<String> {
    date.map(|d| d.to_string())
}
