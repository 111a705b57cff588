//! Conditions and marks of a pack in words.

use crate::law::{ClockState, Cond, Mark};

/// Returns a condition in words; empty for one that names nothing.
pub(super) fn cond(cond: &Cond) -> String {
    let mut said: Vec<String> = Vec::new();
    for (fact, words) in &cond.when {
        said.push(format!("{fact} is {}", or(&words.0)));
    }
    for (fact, words) in &cond.unless {
        said.push(format!("{fact} is not {}", or(&words.0)));
    }
    let mut dates = |events: &[String], what: &str| {
        said.extend(events.iter().map(|e| format!("{e} {what}")));
    };
    dates(&cond.has, "has a date");
    dates(&cond.lacks, "has no date");
    dates(&cond.reached, "has come");
    dates(&cond.unreached, "has not come");
    for (deadline, states) in &cond.clock {
        let states: Vec<String> = states.iter().map(|s| state(*s).to_owned()).collect();
        said.push(format!("{deadline} is {}", or(&states)));
    }
    said.join("; and ")
}

fn state(state: ClockState) -> &'static str {
    match state {
        ClockState::NotRunning => "not running",
        ClockState::Open
        | ClockState::Arguable
        | ClockState::Unsettled
        | ClockState::Late
        | ClockState::Met
        | ClockState::Overdue => state.word(),
    }
}

/// Returns `a, b or c`.
pub(super) fn or(words: &[String]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// Returns how well a part is confirmed, in words.
pub(super) fn mark(marks: &[Mark]) -> &'static str {
    Mark::counting(marks).words()
}

/// Returns `a, b or c`; nothing for no words.
pub(super) fn or_none(words: &[String]) -> String {
    if words.is_empty() { String::new() } else { or(words) }
}
