//! The law of a letter: only what the ruling lends to letters, under names that fit any forum.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use crate::ruling::{self, Ruling, Status, StepKind};

/// A deadline that a letter may print.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Deadline {
    /// Full id.
    pub id: String,
    /// Who must act: `member`, `plan`, `agency`, `reviewer`.
    pub actor: String,
    /// What must be done.
    pub action: String,
    /// The rule in one plain sentence.
    pub says: String,
    /// The rule as a sentence with its citation.
    pub sentence: String,
    /// The period in words.
    pub period: String,
    /// How a letter says that the duty was missed, with its citation; empty where none may be accused.
    pub missed: String,
    /// Citation.
    pub cite: String,
    /// The date that matters: the due day, or, where the clock has not started, the day it would end
    /// if the letter arrived on its own date; for the member the earliest last day. Empty for business
    /// days of someone whose holidays are not on file.
    pub date: String,
    /// The hour, where the clock counts hours from a known one.
    pub time: String,
    /// Whether `date` supposes that the letter arrives on its own date.
    pub if_today: bool,
    /// For the member: the last day on a later reading that a letter may print.
    pub arguable_until: String,
    /// The provision of that day, where it is not the deadline's own.
    pub arguable_cite: String,
    /// The day that starts the clock, once it runs.
    pub from: String,
    /// `open`, `arguable`, `unsettled`, `late`, `met`, `overdue`, `not-running`.
    pub status: &'static str,
    /// For another's duty that is overdue on every reading: days since it was due.
    pub days_over: Option<i64>,
}

/// A right that a letter may print.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Right {
    /// Id in the pack.
    pub id: String,
    /// `answer`, `request`, `process`, `standard`, `regulator`.
    pub topic: String,
    /// The right in words.
    pub says: String,
    /// Citation.
    pub cite: String,
    /// The right as a sentence with its citation: "The plan must … (…)."
    pub sentence: String,
}

/// An authority of the ruling.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Authority {
    /// Id in the registry.
    pub id: String,
    /// What a letter may print of it; empty when it is held back.
    pub cite: String,
    /// What it says, in our own words.
    pub says: String,
}

/// A stage that follows.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Next {
    /// Its id.
    pub stage: String,
    /// Its title.
    pub title: String,
    /// The first day it is open.
    pub opens: String,
    /// When it opens, in words.
    pub when: String,
    /// What its letter is called within a sentence.
    pub called: String,
    /// Who decides it, by name; empty for the plan.
    pub body: String,
    /// Telephone of the body; empty where a letter may not print it.
    pub phone: String,
}

/// A fact still to be found.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Need {
    /// Its name.
    pub fact: String,
    /// How to find it.
    pub how: String,
}

/// All of it.
pub(super) struct Law {
    pub(super) deadlines: BTreeMap<String, Deadline>,
    pub(super) file_by: Option<Deadline>,
    pub(super) filings: Vec<Deadline>,
    pub(super) keep_by: Option<Deadline>,
    pub(super) ack_due: Option<Deadline>,
    pub(super) answers: Vec<Deadline>,
    pub(super) overdue: Vec<Deadline>,
    pub(super) days_late: Option<i64>,
    pub(super) rights: Vec<Right>,
    pub(super) standards: Vec<Right>,
    pub(super) backing: BTreeMap<String, Right>,
    pub(super) authorities: BTreeMap<String, Authority>,
    pub(super) next: Vec<Next>,
    pub(super) needs: Vec<Need>,
}

/// Gathers the law for one stage of a ruling, whose letter goes to the plan or to an outside body.
pub(super) fn of(ruling: &Ruling, stage: &str, to_plan: bool) -> Law {
    let printable: Vec<(&ruling::Deadline, Deadline)> =
        ruling.deadlines.iter().filter_map(|d| Some((d, deadline(d)?))).collect();
    let pick = |actor: &str, action: &str| -> Vec<&(&ruling::Deadline, Deadline)> {
        let mut found: Vec<_> = printable
            .iter()
            .filter(|(d, _)| d.stage == stage && d.actor == actor)
            .filter(|(d, _)| d.act == action && d.status != Status::Met)
            .filter(|(d, letter)| d.about || !letter.date.is_empty())
            .collect();
        let day = |d: &Deadline| (d.date.is_empty(), d.date.clone(), d.time.clone(), d.id.clone());
        found.sort_by_key(|(_, d)| day(d));
        found
    };
    let first = |found: Vec<&(&ruling::Deadline, Deadline)>| found.first().map(|(_, d)| d.clone());
    let file = pick("member", "file");
    let again = to_plan && ruling.marks.iter().any(|m| m == "not-carried-out");
    // A second letter of the same kind starts its clocks anew: their periods count, not the dates of
    // the first.
    let duties = |action: &str| -> Vec<Deadline> {
        if !again {
            return pick("plan", action).into_iter().map(|(_, d)| d.clone()).collect();
        }
        printable
            .iter()
            .filter(|(d, _)| d.stage == stage && d.actor == "plan" && d.act == action)
            .map(|(_, d)| if d.if_today { d.clone() } else { anew(d) })
            .collect()
    };
    let answers = duties("decide");
    // An acknowledgement that is due after the decision says nothing.
    let is_before =
        |d: &Deadline| answers.first().is_none_or(|a| a.date.is_empty() || d.date <= a.date);
    let ack_due = duties("acknowledge").first().cloned().filter(is_before);
    // What goes out the same day does not come next.
    let is_sent = |id: &str| {
        ruling.stage == id || ruling.also.iter().any(|s| s.id == id && s.letter.is_some())
    };
    let days_late = file.first().filter(|_| ruling.late).and_then(|(d, _)| late(d, ruling.as_of));
    let rights: Vec<Right> = ruling
        .rights
        .iter()
        .filter(|r| r.stages.is_empty() || r.stages.iter().any(|s| s == stage))
        .filter_map(right)
        .collect();
    let of_topic = |topics: &[&str]| -> Vec<Right> {
        rights.iter().filter(|r| topics.contains(&r.topic.as_str())).cloned().collect()
    };
    Law {
        filings: file.iter().map(|(_, d)| d.clone()).collect(),
        file_by: first(file),
        keep_by: first(pick("member", "keep-service")),
        ack_due,
        answers,
        overdue: printable
            .iter()
            .filter(|(d, _)| d.status == Status::Overdue && d.actor == "plan")
            .map(|(_, d)| d.clone())
            .filter(|d| !d.missed.is_empty())
            .collect(),
        days_late,
        rights: if to_plan {
            of_topic(&["answer", "process"])
        } else {
            of_topic(&["answer", "process", "regulator"])
        },
        standards: of_topic(&["standard"]),
        backing: backing(&rights),
        authorities: ruling.authorities.iter().map(|a| (a.id.clone(), authority(a))).collect(),
        next: ruling.next.iter().filter(|n| !is_sent(&n.stage)).map(next).collect(),
        needs: ruling
            .needs
            .iter()
            .map(|n| Need { fact: n.fact.clone(), how: n.how.clone() })
            .collect(),
        deadlines: printable.into_iter().map(|(_, d)| (d.id.clone(), d)).collect(),
    }
}

/// Days after the last day of the latest reading.
fn late(d: &ruling::Deadline, as_of: NaiveDate) -> Option<i64> {
    let last = d.arguable_until.max(d.file_by)?;
    Some((as_of - last).num_days()).filter(|n| *n > 0)
}

fn anew(d: &Deadline) -> Deadline {
    let none = String::new;
    Deadline {
        date: none(),
        time: none(),
        from: none(),
        days_over: None,
        status: "not-running",
        ..d.clone()
    }
}

/// The latest reading that a letter may print, with its own provision: a day that a rule moves is printed
/// only with that rule.
fn arguable(d: &ruling::Deadline) -> Option<(NaiveDate, &Option<String>)> {
    let may_print = |s: &&ruling::Step| match s.kind {
        StepKind::Roll => s.letter.is_some(),
        StepKind::LaterReading => s.by.is_none() || s.letter.is_some(),
        StepKind::Event
        | StepKind::Count
        | StepKind::WorkingDay
        | StepKind::Allowance
        | StepKind::NoList
        | StepKind::Done
        | StepKind::NotRunning => false,
    };
    let by = d.file_by?;
    let left = chrono::TimeDelta::days(d.days_left.unwrap_or_default());
    let today = by.checked_sub_signed(left)?;
    // What has passed already is no reason to say that a letter is in time.
    let first =
        if d.status == Status::Arguable { today.max(by.succ_opt()?) } else { by.succ_opt()? };
    let readings = d.steps.iter().filter(may_print).filter_map(|s| Some((s.date?, &s.letter)));
    readings.filter(|(date, _)| *date >= first).max_by_key(|(date, _)| *date)
}

fn deadline(d: &ruling::Deadline) -> Option<Deadline> {
    let cite = d.cite.clone().filter(|_| d.printable && !d.advisory)?;
    let running = if d.actor == "member" { d.file_by } else { d.due };
    let arguable = arguable(d);
    let date = running.or(d.if_today).filter(|_| !d.about);
    Some(Deadline {
        id: d.id.clone(),
        actor: d.actor.clone(),
        action: d.action.clone(),
        says: d.says.clone(),
        period: d.period.clone(),
        sentence: sentence(&d.says, &cite),
        missed: d.missed.as_deref().map(|m| sentence(m, &cite)).unwrap_or_default(),
        cite,
        date: date.map(|d| d.to_string()).unwrap_or_default(),
        time: d.time.map(|t| t.format("%H:%M:%S").to_string()).unwrap_or_default(),
        if_today: running.is_none() && date.is_some(),
        arguable_until: arguable.map(|s| s.0.to_string()).unwrap_or_default(),
        arguable_cite: arguable.and_then(|s| s.1.clone()).unwrap_or_default(),
        from: d.trigger.as_ref().map(|t| t.date.to_string()).unwrap_or_default(),
        status: match d.status {
            Status::Open => "open",
            Status::Arguable => "arguable",
            Status::Unsettled => "unsettled",
            Status::Late => "late",
            Status::Met => "met",
            Status::Overdue => "overdue",
            Status::NotRunning => "not-running",
        },
        days_over: d.days_left.filter(|_| d.status == Status::Overdue).map(|n| -n),
    })
}

fn right(r: &ruling::Right) -> Option<Right> {
    let cite = r.cite.clone()?;
    Some(Right {
        id: r.id.clone(),
        topic: r.topic.clone(),
        says: r.says.clone(),
        sentence: sentence(&r.says, &cite),
        cite,
    })
}

fn sentence(says: &str, cite: &str) -> String {
    format!("{} ({cite}).", says.trim().trim_end_matches('.'))
}

/// Any right can back a request; the first of a name counts.
fn backing(rights: &[Right]) -> BTreeMap<String, Right> {
    let mut map = BTreeMap::new();
    for right in rights {
        let name = right.id.rsplit('.').next().unwrap_or(&right.id);
        map.entry(name.replace('-', "_")).or_insert_with(|| right.clone());
    }
    map
}

fn authority(a: &ruling::Authority) -> Authority {
    Authority { id: a.id.clone(), cite: a.letter.clone().unwrap_or_default(), says: a.says.clone() }
}

fn next(n: &ruling::Next) -> Next {
    Next {
        stage: n.stage.clone(),
        title: n.title.clone(),
        opens: n.opens.map(|d| d.to_string()).unwrap_or_default(),
        when: n.when.clone(),
        called: n.called.clone(),
        body: n.body.clone().unwrap_or_default(),
        phone: n.phone.clone().filter(|_| n.printable).unwrap_or_default(),
    }
}
