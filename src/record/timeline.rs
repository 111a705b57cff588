//! Dates that cannot be: in the future, long past, or in the wrong order.

use chrono::NaiveDate;

use super::Record;
use super::check::Places;
use crate::diag::Diagnostic;
use crate::facts::Moment;

/// Dates that a paper may well set in the future.
const AHEAD: &[&str] = &["denial.printed_deadline", "denial.cancellation_effective"];

/// Dates that may lie a lifetime back.
const LIFETIME: &[&str] = &["member.birth_date", "coverage.policy_issued", "exhibit.date"];

/// Returns every date of a record with the path of its key.
pub(super) fn dates(record: &Record) -> Vec<(String, Moment)> {
    let mut all: Vec<(String, Option<Moment>)> = Vec::new();
    let day = |date: Option<NaiveDate>| date.map(Moment::from);
    let Record { member, coverage, services, condition, denial, events, exhibits, .. } = record;
    let mut put = |path: String, moment| all.push((path, moment));
    put("member.birth_date".into(), day(member.birth_date));
    put("coverage.policy_issued".into(), day(coverage.policy_issued));
    for (i, service) in services.iter().enumerate() {
        put(format!("service[{i}].requested"), service.requested);
        put(format!("service[{i}].request_received"), service.request_received);
        put(format!("service[{i}].information_received"), service.information_received);
        for date in &service.dates {
            put(format!("service[{i}].dates"), day(Some(*date)));
        }
        put(format!("service[{i}].claim_received"), day(service.claim_received));
        put(format!("service[{i}].recommended_on"), day(service.recommended_on));
    }
    put("condition.certified_on".into(), day(condition.certified_on));
    let certified = condition.certification.as_ref().and_then(|c| c.date);
    put("condition.certification.date".into(), day(certified));
    put("denial.notice_date".into(), day(denial.notice_date));
    put("denial.received".into(), day(denial.received));
    put("denial.incident".into(), day(denial.incident));
    put("denial.printed_deadline".into(), day(denial.printed_deadline));
    put("denial.cancellation_effective".into(), day(denial.cancellation_effective));
    for (i, event) in events.iter().enumerate() {
        put(format!("event[{i}].date"), Some(event.date));
        put(format!("event[{i}].received"), event.received);
    }
    for (i, exhibit) in exhibits.iter().enumerate() {
        put(format!("exhibit[{i}].date"), day(exhibit.date));
    }
    all.into_iter().filter_map(|(path, moment)| Some((path, moment?))).collect()
}

/// Returns a path without its numbers: `event[0].date` is the key `event.date`.
pub(super) fn key_of(path: &str) -> String {
    let mut key = String::with_capacity(path.len());
    let mut inside = false;
    for c in path.chars() {
        match c {
            '[' => inside = true,
            ']' => inside = false,
            _ if !inside => key.push(c),
            _ => {}
        }
    }
    key
}

/// Returns whether one moment is certainly before another.
pub(super) fn before(a: Moment, b: Moment) -> bool {
    match (a.time, b.time) {
        (Some(from), Some(to)) if a.date == b.date => from < to,
        _ => a.date < b.date,
    }
}

/// Returns every date that cannot be.
pub(super) fn faults(record: &Record, as_of: NaiveDate, places: &Places<'_>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut told: Vec<String> = Vec::new();
    for (path, moment) in dates(record) {
        let key = key_of(&path);
        let oldest = if LIFETIME.contains(&key.as_str()) { 1900 } else { 1990 };
        let fault = if moment.date > as_of && !AHEAD.contains(&key.as_str()) {
            let told = Diagnostic::error("record::future", format!("`{key}` is in the future"));
            places
                .at(told, &path, &format!("after {as_of}, the day this is checked for"))
                .help("check the year and the month; what has not happened yet is left out")
        } else if NaiveDate::from_ymd_opt(oldest, 1, 1).is_some_and(|limit| moment.date < limit) {
            let told = Diagnostic::error("record::past", format!("`{key}` is too long ago"));
            places.at(told, &path, &format!("before {oldest}")).help("check the year")
        } else {
            continue;
        };
        // One fault for a list of days.
        if !told.contains(&path) {
            told.push(path);
            found.push(fault);
        }
    }
    found.extend(order(record, places));
    found
}

fn order(record: &Record, places: &Places<'_>) -> Vec<Diagnostic> {
    let Record { member, services, denial, .. } = record;
    let mut found = Vec::new();
    let day = |date: Option<NaiveDate>| date.map(Moment::from);
    let mut pair = |error: bool,
                    said: &str,
                    late: (&str, Option<Moment>),
                    early: (&str, Option<Moment>),
                    labels: (&str, &str)| {
        let (Some(later), Some(earlier)) = (late.1, early.1) else { return };
        if !before(later, earlier) {
            return;
        }
        let told = if error {
            Diagnostic::error("record::order", said)
        } else {
            Diagnostic::warning("record::order", said)
        };
        let days = (earlier.date - later.date).num_days();
        let label = match days {
            0 => format!("{} earlier the same day", labels.0),
            _ => format!(
                "{} {} earlier",
                labels.0,
                crate::diag::count(usize::try_from(days).unwrap_or(0), "day")
            ),
        };
        found.push(places.also(places.at(told, late.0, &label), early.0, labels.1));
    };
    let notice = ("denial.notice_date", day(denial.notice_date));
    pair(
        true,
        "the denial notice arrived before it was written",
        ("denial.received", day(denial.received)),
        notice,
        ("arrived", "date on the notice"),
    );
    pair(
        true,
        "the denial is dated before the member was born",
        notice,
        ("member.birth_date", day(member.birth_date)),
        ("dated", "date of birth"),
    );
    for (i, service) in services.iter().enumerate() {
        let path = |name: &str| format!("service[{i}].{name}");
        let (requested, received) = (path("requested"), path("request_received"));
        pair(
            true,
            "the plan received the request before it was made",
            (&received, service.request_received),
            (&requested, service.requested),
            ("received", "requested"),
        );
        pair(
            true,
            "the plan had all the information before the request was made",
            (&path("information_received"), service.information_received),
            (&requested, service.requested),
            ("received", "requested"),
        );
        pair(
            false,
            "the plan received the claim before the service was given",
            (&path("claim_received"), day(service.claim_received)),
            (&path("dates"), day(service.dates.iter().min().copied())),
            ("received", "first day of the service"),
        );
        if denial.outcome != "no-decision" {
            pair(
                false,
                "the service was denied before it was requested",
                notice,
                (&requested, service.requested),
                ("dated", "requested"),
            );
        }
    }
    found
}
