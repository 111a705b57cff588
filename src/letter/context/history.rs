//! What has happened since the denial, event by event and path by path.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::mark::Text;
use super::case::{day, hour};
use super::people::text;
use crate::record;

/// Something that happened since the denial.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Happened {
    /// Its kind, as `grievance-filed`.
    pub kind: String,
    /// Its day.
    pub date: String,
    /// Its hour, where the record has it.
    pub time: String,
    /// The day the other side, or for a decision the member, received it.
    pub received: String,
    /// `mail`, `fax`, `portal`, `phone`, `email`, `in-person`.
    pub how: String,
    /// `upheld`, `overturned`, `partly`.
    pub outcome: String,
    /// Whether what was granted has been done.
    pub carried_out: Option<bool>,
    /// The reason given, as printed.
    pub reason: Text,
    /// Reference or case number.
    pub reference: Text,
    /// With whom.
    pub with: Text,
}

pub(super) fn history(events: &[record::Event]) -> Vec<Happened> {
    let mut events: Vec<&record::Event> = events.iter().collect();
    events.sort_by_key(|e| e.date);
    events.into_iter().map(happened).collect()
}

fn happened(e: &record::Event) -> Happened {
    Happened {
        kind: e.kind.clone(),
        date: day(Some(e.date)),
        time: hour(Some(e.date)),
        received: day(e.received),
        how: e.how.clone().unwrap_or_default(),
        outcome: e.outcome.clone().unwrap_or_default(),
        carried_out: e.carried_out,
        reason: text(&e.reason),
        reference: text(&e.reference),
        with: text(&e.with),
    }
}

/// The latest answer that granted everything.
pub(super) fn granted(events: &[record::Event]) -> Option<Happened> {
    let all = history(events);
    let granted = |e: &&Happened| e.kind == "grievance-decided" && e.outcome == "overturned";
    all.iter().rev().find(granted).cloned()
}

/// One path through its steps: the latest event of each kind.
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
pub struct Path {
    /// It was sent.
    pub filed: Option<Happened>,
    /// It was acknowledged.
    pub acknowledged: Option<Happened>,
    /// It was decided.
    pub decided: Option<Happened>,
    /// The reference that any of these carries, the latest first.
    pub reference: Text,
}

pub(super) fn path(events: &[record::Event], what: &str) -> Path {
    let all = history(events);
    let last = |step: &str| {
        let kind = format!("{what}-{step}");
        all.iter().rev().find(|e| e.kind == kind).cloned()
    };
    let steps = [last("decided"), last("acknowledged"), last("filed")];
    let reference = steps.iter().flatten().map(|e| e.reference.clone()).find(|r| !r.is_empty());
    let [decided, acknowledged, filed] = steps;
    Path { filed, acknowledged, decided, reference: reference.unwrap_or_default() }
}
