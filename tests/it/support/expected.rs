//! Expected rulings, typed from the law sheets, and how a ruling differs from them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use appeal::ruling::{Deadline, Ruling, StepKind};
use chrono::NaiveDate;
use serde::Deserialize;
use toml::Value;
use toml::value::Datetime;

/// What a lawyer typed: facts in, where the fixture states facts, and the ruling that must come out.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Expected {
    /// The sheet and row, then what happens; in `fixtures/rulings`.
    #[serde(default)]
    pub(crate) name: String,
    /// The provision or row that decides; in `fixtures/cases`.
    #[serde(default)]
    pub(crate) why: String,
    #[serde(default)]
    pub(crate) rules: Vec<String>,
    #[serde(rename = "as_of")]
    pub(crate) as_of: Option<Datetime>,
    #[serde(default)]
    pub(crate) facts: BTreeMap<String, Value>,
    #[serde(default)]
    pub(crate) dates: BTreeMap<String, Value>,
    stage: Option<String>,
    also: Option<Vec<String>>,
    open: Option<Vec<String>>,
    forum: Option<String>,
    regulator: Option<String>,
    expedited: Option<bool>,
    late: Option<bool>,
    marks: Option<Vec<String>>,
    needs: Option<Vec<String>>,
    recipient: Option<String>,
    phone: Option<String>,
    track: Option<String>,
    opens: Option<Datetime>,
    /// Rights that a letter may call up, by id: at least these.
    rights: Option<Vec<String>>,
    /// Rights that must not be among them.
    lacks_rights: Option<Vec<String>>,
    /// Letters of stages that are merely open, which the case writes as well; in `fixtures/cases`.
    #[serde(default)]
    pub(crate) writes: Vec<String>,
    #[serde(default)]
    pub(crate) deadlines: Vec<ExpectedDate>,
}

/// One deadline, as typed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExpectedDate {
    pub(crate) rule: String,
    id: Option<String>,
    file_by: Option<Datetime>,
    last_working_day: Option<Datetime>,
    arguable_until: Option<Datetime>,
    due: Option<Datetime>,
    late_after: Option<Datetime>,
    time: Option<Datetime>,
    /// No hour may be shown: the period counts days.
    #[serde(default)]
    no_time: bool,
    status: Option<String>,
    /// A part of the words of each later reading that moves the date, in order.
    readings: Option<Vec<String>>,
    /// The deadline must not be in the ruling at all.
    #[serde(default)]
    absent: bool,
}

/// A day of a fixture.
pub(crate) fn day(value: &Datetime) -> NaiveDate {
    let d = value.date.expect("a date");
    NaiveDate::from_ymd_opt(d.year.into(), d.month.into(), d.day.into()).expect("a day")
}

/// Every difference between what a lawyer typed and what the program says.
pub(crate) fn differences(expected: &Expected, got: &Ruling) -> String {
    let mut out = String::new();
    let mut differ = |what: &str, want: String, is: String| {
        if want != is {
            let _ = writeln!(out, "    {what}: the sheet says {want}, the program {is}");
        }
    };
    let text = |o: &Option<String>, is: &str| o.clone().unwrap_or_else(|| is.to_owned());
    differ("stage", text(&expected.stage, &got.stage), got.stage.clone());
    differ("forum", text(&expected.forum, &got.forum), got.forum.clone());
    differ("regulator", text(&expected.regulator, &got.regulator), got.regulator.clone());
    differ("track", text(&expected.track, &got.track), got.track.clone());
    let also: Vec<String> = got.also.iter().map(|s| s.id.clone()).collect();
    differ("also", format!("{:?}", expected.also.as_ref().unwrap_or(&also)), format!("{also:?}"));
    if let Some(expected) = &expected.open {
        let open: BTreeSet<&str> = got.open.iter().map(|s| s.id.as_str()).collect();
        let typed: BTreeSet<&str> = expected.iter().map(String::as_str).collect();
        differ("open", format!("{typed:?}"), format!("{open:?}"));
    }
    differ(
        "expedited",
        format!("{:?}", expected.expedited.unwrap_or(got.expedited)),
        format!("{:?}", got.expedited),
    );
    differ("late", format!("{:?}", expected.late.unwrap_or(got.late)), format!("{:?}", got.late));
    for mark in expected.marks.iter().flatten().filter(|m| *m != "late") {
        differ(
            "marks",
            format!("{mark} among them"),
            if got.marks.contains(mark) {
                format!("{mark} among them")
            } else {
                format!("{:?}", got.marks)
            },
        );
    }
    let needs: Vec<String> = got.needs.iter().map(|n| n.fact.clone()).collect();
    for need in expected.needs.iter().flatten() {
        differ(
            "needs",
            format!("{need} among them"),
            if needs.contains(need) { format!("{need} among them") } else { format!("{needs:?}") },
        );
    }
    if let Some(name) = &expected.recipient {
        differ(
            "recipient",
            format!("…{name}…"),
            if got.recipient.name.contains(name.as_str()) {
                format!("…{name}…")
            } else {
                got.recipient.name.clone()
            },
        );
    }
    if let Some(phone) = &expected.phone {
        let shown = format!("{:?} {} {:?} {:?}", got.recipient, got.says, got.next, got.needs);
        differ(
            "phone",
            phone.clone(),
            if shown.contains(phone.as_str()) { phone.clone() } else { "not shown".to_owned() },
        );
    }
    if let Some(opens) = &expected.opens {
        let first = got.next.iter().find_map(|n| n.opens);
        differ("opens", day(opens).to_string(), first.map_or("none".to_owned(), |d| d.to_string()));
    }
    let has = |id: &str| if got.rights.iter().any(|r| r.id == id) { "there" } else { "not there" };
    for right in expected.rights.iter().flatten() {
        differ(&format!("right {right}"), "there".to_owned(), has(right).to_owned());
    }
    for right in expected.lacks_rights.iter().flatten() {
        differ(&format!("right {right}"), "not there".to_owned(), has(right).to_owned());
    }
    for date in &expected.deadlines {
        deadline(date, got, &mut differ);
    }
    out
}

fn deadline(want: &ExpectedDate, got: &Ruling, differ: &mut dyn FnMut(&str, String, String)) {
    let of_rule = |d: &&Deadline| {
        d.rules.contains(&want.rule)
            && want.id.as_ref().is_none_or(|id| d.id.ends_with(id.as_str()))
    };
    let Some(is) = got.deadlines.iter().find(of_rule) else {
        if !want.absent {
            differ(&want.rule, "a deadline".to_owned(), "none".to_owned());
        }
        return;
    };
    if want.absent {
        differ(&want.rule, "no deadline".to_owned(), is.id.clone());
        return;
    }
    let mut date = |what: &str, want_date: &Option<Datetime>, is_date: Option<NaiveDate>| {
        if let Some(d) = want_date {
            let shown = is_date.map_or("none".to_owned(), |d| d.to_string());
            differ(&format!("{} {what}", want.rule), day(d).to_string(), shown);
        }
    };
    date("file_by", &want.file_by, is.file_by);
    date("last_working_day", &want.last_working_day, is.last_working_day.or(is.file_by));
    date("arguable_until", &want.arguable_until, is.arguable_until.or(is.file_by));
    date("due", &want.due, is.due);
    date("late_after", &want.late_after, is.late_after);
    if let Some(time) = want.time.and_then(|t| t.time) {
        let shown = is.time.map_or("none".to_owned(), |t| t.format("%H:%M").to_string());
        differ(
            &format!("{} time", want.rule),
            format!("{:02}:{:02}", time.hour, time.minute),
            shown,
        );
    }
    if want.no_time
        && let Some(time) = is.time
    {
        differ(&format!("{} time", want.rule), "none".to_owned(), time.to_string());
    }
    if let Some(readings) = &want.readings {
        let is = is.steps.iter().filter(|s| s.kind == StepKind::LaterReading);
        let is: Vec<&str> = is.map(|s| s.says.as_str()).collect();
        let same = is.len() == readings.len()
            && is.iter().zip(readings).all(|(is, want)| is.contains(want.as_str()));
        if !same {
            differ(&format!("{} readings", want.rule), format!("{readings:?}"), format!("{is:?}"));
        }
    }
    if let Some(status) = &want.status {
        differ(&format!("{} status", want.rule), status.clone(), is.status.word().to_owned());
    }
}
