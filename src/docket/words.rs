//! The words of a line, from closed lists: what a pack says of an act can tell what was denied.

use chrono::NaiveDate;

use super::{Docket, Footing, Kind, Line, Needs, Standing};
use crate::calendar::weekday_date as long;
use crate::diag::count;
use crate::facts::DateName;

/// What a pack's words speak of, first match wins, and what a line calls it.
const THINGS: &[(&str, &str)] = &[
    ("independent medical review", "independent medical review"),
    ("medical review", "medical review"),
    ("external review", "external review"),
    ("administrative review", "administrative review"),
    ("reconsider", "reconsideration"),
    ("redetermination", "redetermination"),
    ("hearing", "hearing"),
    ("grievance", "grievance"),
    ("complain", "complaint"),
    ("disagreement", "notice of disagreement"),
    ("appeal", "appeal"),
    ("review", "review"),
    ("claim", "claim"),
];

/// Facts whose names say nothing of anybody's health.
const PLAIN: &[&str] = &[
    "acknowledged",
    "answer",
    "appeal-level",
    "carried-out",
    "complaint",
    "decided-by",
    "funding",
    "grandfathered",
    "grievance",
    "ground",
    "hearing",
    "issued-in",
    "latest-receipt",
    "levels",
    "outcome",
    "program",
    "regulator",
    "request",
    "sponsor",
];

fn thing(words: &str) -> Option<&'static str> {
    let words = words.to_lowercase();
    THINGS.iter().find(|(said, _)| words.contains(said)).map(|(_, called)| *called)
}

/// Returns what is to be done, from the kind of act and a pack's words: `file the grievance`.
pub(super) fn title(act: &str, action: &str) -> String {
    let thing = thing(action).unwrap_or("request");
    match act {
        "accept" => format!("accept or reject the {thing}"),
        "acknowledge" | "answer" | "decide" => format!("{act} the {thing}"),
        "exhausted" => "decide in writing".to_owned(),
        "file" => file(thing),
        "implement" => "carry out the decision".to_owned(),
        "keep-service" => format!("{}, and that things go on until then", file(thing)),
        "notice" | "tell" => format!("give notice of the {thing}"),
        "opens" => "the way to the agency".to_owned(),
        "outer" => format!("answer the {thing} at the latest"),
        "pass" => format!("pass on the {thing}"),
        "pay" => format!("pay, contest or deny the {thing}"),
        _ => format!("act on the {thing}"),
    }
}

fn file(thing: &str) -> String {
    let verb = match thing {
        "appeal" | "complaint" | "grievance" => "file",
        "claim" | "notice of disagreement" | "request" => "send",
        _ => "ask for",
    };
    format!("{verb} the {thing}")
}

/// Returns what opens, from the title of a stage.
pub(super) fn opens(title: &str) -> String {
    thing(title).map_or_else(|| "the next step".to_owned(), |thing| format!("the {thing}"))
}

/// Returns the name of a missing fact, unless the name tells of health.
pub(super) fn known(fact: &str) -> &str {
    let plain = PLAIN.contains(&fact) || DateName::find(fact).is_some();
    if plain { fact } else { "a fact of the case" }
}

/// Returns what a line says, without its date.
pub(super) fn says(line: &Line) -> String {
    let Line { title, actor, .. } = line;
    match (line.kind, line.standing) {
        (Kind::FileBy, Standing::Open | Standing::Overdue) => format!("last day to {title}"),
        (Kind::FileBy, Standing::Arguable) => {
            format!("passed: the last day to {title}; a later reading may still hold")
        }
        (Kind::FileBy, Standing::Late) => {
            format!("late: the last day to {title}, on every reading")
        }
        (Kind::LastWorkingDay, _) => format!("last working day to {title}"),
        (Kind::ArguableUntil, _) => {
            format!("not to be relied on: the arguable last day to {title}")
        }
        (Kind::Opens, _) if line.days == 0 => format!("opens today: {title}"),
        (Kind::Opens, _) if line.days < 0 => format!("open since this day: {title}"),
        (Kind::Opens, _) => format!("opens: {title}"),
        (Kind::Overdue, _) => format!("overdue: the {actor} had to {title}"),
        (Kind::Due, _) if line.days < 0 => {
            format!("passed, not held against anyone: the {actor} was to {title}")
        }
        (Kind::Due, _) => format!("the {actor} must {title}"),
    }
}

/// Returns what has to be known besides, in order.
pub(super) fn notes(line: &Line) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(time) = line.time {
        notes.push(format!("by {}", time.format("%H:%M")));
    }
    if line.about {
        notes.push("about this day".to_owned());
    }
    match (line.kind, line.file_by) {
        (Kind::FileBy, _) => {
            let ahead = line.last_working_day.filter(|_| line.days >= 0);
            notes.extend(ahead.map(|d| format!("the last working day is {}", long(d))));
            let until = line.arguable_until.filter(|_| line.standing != Standing::Late);
            notes.extend(until.map(|d| format!("arguable until {}: do not rely on it", long(d))));
        }
        (Kind::LastWorkingDay, Some(by)) => {
            notes.push(format!("the last day is {}", long(by)));
        }
        (Kind::ArguableUntil, Some(by)) => {
            notes.push(format!("the day to keep is {}", long(by)));
        }
        (Kind::LastWorkingDay | Kind::ArguableUntil, None)
        | (Kind::Opens | Kind::Overdue | Kind::Due, _) => {}
    }
    if let Some(late) = line.late_after.filter(|d| line.kind == Kind::Due && *d != line.date) {
        notes.push(format!("called late only after {}", long(late)));
    }
    match line.footing {
        Footing::Law => {}
        Footing::Practice => notes.push("practice, not law".to_owned()),
        Footing::Unconfirmed => notes.push("not confirmed at source".to_owned()),
    }
    notes
}

/// Returns how far off a day is: `today`, `in 3 days`, `1 day ago`.
pub(super) fn away(days: i64) -> String {
    let number = |days: i64| count(usize::try_from(days.abs()).unwrap_or(usize::MAX), "day");
    match days {
        0 => "today".to_owned(),
        1.. => format!("in {}", number(days)),
        _ => format!("{} ago", number(days)),
    }
}

/// Returns a day with how far off it is.
pub(super) fn day(date: NaiveDate, days: i64) -> String {
    format!("{} ({})", long(date), away(days))
}

/// Returns the line of a case that waits for facts.
pub(super) fn asks(needs: &Needs) -> String {
    match needs.facts.as_slice() {
        [] => "needs facts".to_owned(),
        facts => format!("needs facts: {}", facts.join(", ")),
    }
}

/// Returns what the docket is, in one line.
pub(super) fn heading(docket: &Docket) -> String {
    let dates = count(docket.lines.len(), "date");
    let cases = count(docket.cases, "case");
    match docket.within {
        None => format!("{dates} of {cases}"),
        Some(0) => format!("{dates} to keep today, or passed, of {cases}"),
        Some(days) => {
            let days = count(usize::try_from(days).unwrap_or(usize::MAX), "day");
            format!("{dates} to keep within {days}, or passed, of {cases}")
        }
    }
}

/// What stands under every docket.
pub(super) const FOOT: &str = "A last day is counted on the earliest reading of the law, and never \
    moved past a weekend. Check every date against the papers of the case. Legal information, not \
    legal advice.";

/// Returns what the reader must be told of the docket as a whole, the standing advice last.
pub(super) fn foot(docket: &Docket) -> Vec<String> {
    let mut told = Vec::new();
    if docket.waiting > docket.needs.len() {
        let cases = count(docket.waiting, "case");
        told.push(format!("Facts are missing in {cases}, and perhaps dates with them."));
    }
    if docket.doubtful > 0 {
        let cases = count(docket.doubtful, "case");
        told.push(format!(
            "The law on file may be out of date for {cases}; `appeal explain` says why."
        ));
    }
    told.push(FOOT.to_owned());
    told
}

/// Returns what is not on the docket, where there is such a record.
pub(super) fn lacks(docket: &Docket) -> Option<String> {
    let records = count(docket.unread.len(), "record");
    (!docket.unread.is_empty()).then(|| {
        format!("{records} to look at: dates may be missing here. `appeal check` says more.")
    })
}
