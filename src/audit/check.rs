//! What is wrong with law that loads all the same, and what needs a fresh look.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::entries::{Kind, entries};
use super::tested::Tests;
use crate::law::{DeadlineRule, Law, Pack};

/// Something to mend.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Id of the entry.
    pub id: String,
    /// What is wrong.
    pub says: String,
}

/// An entry that nobody has looked at for long.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stale {
    /// The day somebody last looked.
    pub checked: NaiveDate,
    /// Id of the entry.
    pub id: String,
    /// What it is, in words.
    pub says: String,
}

/// Returns everything wrong with the law on file beyond what keeps it from loading: days on which no value of a
/// deadline is in force, authorities, contacts and dates that nothing uses, and rows and deadlines that no
/// test holds.
#[must_use]
pub fn check(law: &Law, tests: &Tests) -> Vec<Finding> {
    let mut findings = Vec::new();
    for pack in law.packs() {
        for (id, deadline) in &pack.deadline {
            for (from, to) in gaps(deadline) {
                let says = format!("no value is in force from {from} to {to}, exclusive");
                findings.push(Finding { id: format!("{}.{id}", pack.pack.id), says });
            }
        }
    }
    let entries = entries(law);
    let users = entries.iter().filter(|e| e.kind != Kind::Doubt);
    let mut cited: BTreeSet<&str> =
        users.flat_map(|e| e.authorities.iter().map(String::as_str)).collect();
    cited.extend(law.registry().iter().filter_map(|(_, a)| a.through.as_deref()));
    let bodies: BTreeSet<&str> =
        law.packs().flat_map(|p| p.stage.values()).map(|s| s.recipient.as_str()).collect();
    for entry in &entries {
        let says = match entry.kind {
            Kind::Authority if !cited.contains(entry.id.as_str()) => "nothing cites it",
            Kind::Contact if !bodies.contains(entry.id.as_str()) => "no letter goes there",
            Kind::Row | Kind::Deadline if entry.tests(tests).is_empty() => "no test holds it",
            Kind::Pack
            | Kind::Row
            | Kind::Deadline
            | Kind::Right
            | Kind::Stage
            | Kind::Event
            | Kind::Contact
            | Kind::Authority
            | Kind::Doubt => continue,
        };
        findings.push(Finding { id: entry.id.clone(), says: says.to_owned() });
    }
    for pack in law.packs() {
        let used = dates_used(pack);
        for event in pack.event.keys().filter(|e| !used.contains(e.as_str())) {
            let id = format!("{}.event.{event}", pack.pack.id);
            findings.push(Finding { id, says: "nothing goes by this date".to_owned() });
        }
    }
    findings.sort();
    findings
}

/// Names of the dates that something in a pack goes by.
fn dates_used(pack: &Pack) -> BTreeSet<&str> {
    let events = pack.event.values();
    let sources = events
        .flat_map(|e| e.from.iter().chain(&e.earliest_of).chain(&e.latest_of).chain(&e.after));
    let conds = pack.conds();
    let asked = conds
        .iter()
        .flat_map(|c| c.has.iter().chain(&c.lacks).chain(&c.reached).chain(&c.unreached));
    let clocks = pack.deadline.values().flat_map(|d| {
        let later = d.later.iter().map(|l| &l.trigger);
        std::iter::once(&d.trigger).chain(later).chain(&d.met_by).chain(&d.governed_by)
    });
    let opens = pack.stage.values().flat_map(|s| &s.next).filter_map(|n| n.opens.as_ref());
    let until = pack.row.iter().filter_map(|r| r.until.as_ref());
    sources.chain(asked).chain(clocks).chain(opens).chain(until).map(String::as_str).collect()
}

/// Days between two values of a deadline on which neither is in force.
fn gaps(deadline: &DeadlineRule) -> Vec<(NaiveDate, NaiveDate)> {
    let mut spans: Vec<(NaiveDate, Option<NaiveDate>)> =
        deadline.value.iter().map(|v| (v.from, v.to)).collect();
    spans.sort_unstable();
    let pairs = spans.iter().zip(spans.iter().skip(1));
    pairs
        .filter_map(|((_, to), (from, _))| Some(((*to)?, *from)).filter(|(to, from)| to < from))
        .collect()
}

/// Returns the authorities, contacts and packs last looked at more than some days before a day, the oldest
/// first.
#[must_use]
pub fn stale(law: &Law, as_of: NaiveDate, days: u64) -> Vec<Stale> {
    let Some(limit) = as_of.checked_sub_days(Days::new(days)) else { return Vec::new() };
    let registry = law.registry();
    let mut all: Vec<Stale> = Vec::new();
    for pack in law.packs() {
        let (id, head) = (pack.pack.id.clone(), &pack.pack);
        all.push(Stale { checked: head.reviewed, id, says: head.name.clone() });
        for (id, contact) in &pack.contact {
            all.push(Stale {
                checked: contact.checked,
                id: id.clone(),
                says: contact.name.clone(),
            });
        }
        for (id, authority) in &pack.authority {
            let says = registry.citation(id).unwrap_or_default();
            all.push(Stale { checked: authority.checked, id: id.clone(), says });
        }
    }
    all.retain(|s| s.checked < limit);
    all.sort();
    all
}
