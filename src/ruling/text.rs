//! A ruling as text for a person, or for a lawyer who checks every step.

use super::{Deadline, Recipient, Ruling, Status};
use crate::calendar::weekday_date as long;
use crate::diag;

/// Returns a ruling as plain text: what to do, the dates with their steps, the law, and why.
#[must_use]
pub fn text(case_id: &str, plan: &str, ruling: &Ruling) -> String {
    let mut out = String::new();
    line(&mut out, &format!("Case {case_id}, as of {}", long(ruling.as_of)));
    line(&mut out, "");
    line(&mut out, &format!("{}  [{}]", headline(ruling), ruling.stage));
    fold(&mut out, "  ", &ruling.says);
    recipient(&mut out, plan, &ruling.recipient);
    for stage in &ruling.also {
        line(&mut out, &format!("  The same day: {}  [{}]", stage.title, stage.id));
        recipient(&mut out, plan, &stage.recipient);
    }
    if !ruling.open.is_empty() {
        let open: Vec<String> =
            ruling.open.iter().map(|s| format!("{} [{}]", s.title, s.id)).collect();
        fold(&mut out, "  ", &format!("Also allowed now: {}", open.join("; ")));
    }
    timeline(&mut out, ruling);
    section(&mut out, "Facts that are missing", ruling.needs.is_empty());
    for need in &ruling.needs {
        fold(&mut out, "  ", &format!("{}: {}", need.fact, need.how));
    }
    section(&mut out, "Take care", ruling.warnings.is_empty());
    for warning in &ruling.warnings {
        fold(&mut out, "  ", &format!("{} [{}]", warning.message, warning.code));
    }
    section(&mut out, "Changes of the law that are coming", ruling.ahead.is_empty());
    for ahead in &ruling.ahead {
        fold(&mut out, "  ", &format!("From {}: {}", long(ahead.from), ahead.says));
    }
    dates(&mut out, ruling);
    section(&mut out, "What comes next", ruling.next.is_empty());
    for next in &ruling.next {
        let opens = next.opens.map(|d| format!(" Opens {}.", long(d))).unwrap_or_default();
        let phone = next.telephone();
        fold(
            &mut out,
            "  ",
            &format!("{} [{}]: {}{opens}{phone}", next.title, next.stage, next.when),
        );
    }
    section(&mut out, "The law this rests on", ruling.authorities.is_empty());
    for authority in &ruling.authorities {
        fold(&mut out, "  ", &format!("{}: {}", authority.citation, authority.says));
        let printed = match &authority.letter {
            Some(printed) => format!("a letter prints: {printed}"),
            None => "no letter prints it".to_owned(),
        };
        fold(
            &mut out,
            "      ",
            &format!("{}; last looked at {}; {printed}", authority.confidence, authority.checked),
        );
    }
    section(&mut out, "Why", ruling.trace.is_empty());
    for step in &ruling.trace {
        let mark = if step.applied { "applies" } else { "no" };
        fold(&mut out, "  ", &format!("{} {mark}: {}", step.rule, step.because));
    }
    line(&mut out, "");
    line(
        &mut out,
        &format!(
            "Law of {} as reviewed on {}. Legal information, not legal advice.",
            ruling.track, ruling.law_reviewed
        ),
    );
    out
}

fn timeline(out: &mut String, ruling: &Ruling) {
    section(out, "Timeline", false);
    for entry in ruling.timeline() {
        let date = entry.date.map_or_else(|| "no date yet".to_owned(), long);
        // As wide as the longest word and the longest date.
        let first = format!("  {:<8}  {date:<29}  ", entry.place.word());
        line(out, &diag::fold(&first, first.len(), &entry.says));
    }
}

fn headline(ruling: &Ruling) -> String {
    let mut head = ruling.title.clone();
    for (on, word) in [(ruling.expedited, "expedited"), (ruling.late, "late")] {
        if on {
            head.push_str(", ");
            head.push_str(word);
        }
    }
    head
}

fn recipient(out: &mut String, plan: &str, to: &Recipient) {
    if to.plan {
        let plan = if plan.is_empty() { "the plan" } else { plan };
        fold(out, "  ", &format!("To: {plan}, at the address for appeals that its papers print"));
        return;
    }
    if to.name.is_empty() {
        return;
    }
    let mut parts = vec![to.name.clone()];
    parts.extend(to.address.iter().cloned());
    fold(out, "  ", &format!("To: {}", parts.join(", ")));
    let mut reach = Vec::new();
    for (word, value) in
        [("telephone", &to.phone), ("TTY", &to.tty), ("fax", &to.fax), ("web", &to.url)]
    {
        if let Some(value) = value {
            reach.push(format!("{word} {value}"));
        }
    }
    if !reach.is_empty() {
        let caution = to.caution.map(|c| format!(" ({c})")).unwrap_or_default();
        fold(out, "      ", &format!("{}{caution}", reach.join(", ")));
    }
    for more in [&to.form, &to.note].into_iter().flatten() {
        fold(out, "      ", more);
    }
}

fn dates(out: &mut String, ruling: &Ruling) {
    let (running, waiting): (Vec<&Deadline>, Vec<&Deadline>) =
        ruling.deadlines.iter().partition(|d| d.status != Status::NotRunning);
    let (yours, theirs): (Vec<&Deadline>, Vec<&Deadline>) =
        running.into_iter().partition(|d| d.file_by.is_some());
    section(out, "Your dates", yours.is_empty());
    for deadline in yours {
        yours_date(out, deadline);
    }
    section(out, "What others owe you", theirs.is_empty());
    for deadline in theirs {
        their_date(out, deadline);
    }
    section(out, "Clocks that have not started", waiting.is_empty());
    for deadline in waiting {
        let today = deadline
            .if_today
            .map(|d| format!("; started today it would end {}{}", about(deadline), long(d)))
            .unwrap_or_default();
        fold(
            out,
            "  ",
            &format!(
                "{} [{}]: {}{today}",
                deadline.action,
                deadline.rules.join(", "),
                deadline.period
            ),
        );
    }
}

fn yours_date(out: &mut String, deadline: &Deadline) {
    let Some(by) = deadline.file_by else { return };
    let word = match deadline.status {
        Status::Met => "done",
        Status::Late => "late",
        Status::Arguable | Status::Unsettled => "past; a later reading may still hold",
        Status::Open | Status::Overdue | Status::NotRunning => "open",
    };
    let left = match (deadline.status, deadline.days_left) {
        (Status::Open, Some(0)) => ", today is the last day".to_owned(),
        (Status::Open, Some(days)) => format!(", {} left", plural(days, "day")),
        _ => String::new(),
    };
    let practice = match (deadline.advisory, deadline.printable) {
        (true, _) => "; practice, not law",
        (false, false) => "; not confirmed at source",
        (false, true) => "",
    };
    fold(
        out,
        "  ",
        &format!(
            "{}: {} [{}] ({word}{left}{practice})",
            long(by),
            deadline.action,
            deadline.rules.join(", ")
        ),
    );
    if let Some(last) = deadline.last_working_day {
        fold(out, "      ", &format!("last working day before it: {}", long(last)));
    }
    if let Some(until) = deadline.arguable_until {
        fold(
            out,
            "      ",
            &format!("may still be arguable until {}: do not rely on it", long(until)),
        );
    }
    steps(out, deadline);
}

fn their_date(out: &mut String, deadline: &Deadline) {
    let Some(due) = deadline.due else { return };
    let time = deadline.time.map(|t| format!(" at {}", t.format("%H:%M"))).unwrap_or_default();
    let word = match deadline.status {
        Status::Met => "done",
        Status::Overdue => "overdue on every reading",
        Status::Open | Status::Unsettled if deadline.days_left.is_some_and(|d| d < 0) => {
            "past; not held against anyone"
        }
        Status::Open | Status::Arguable | Status::Unsettled | Status::Late | Status::NotRunning => {
            "running"
        }
    };
    fold(
        out,
        "  ",
        &format!(
            "{}{}{time}: the {} must {} [{}] ({word})",
            about(deadline),
            long(due),
            deadline.actor,
            deadline.action,
            deadline.rules.join(", ")
        ),
    );
    if let Some(late) = deadline.late_after.filter(|l| *l != due) {
        fold(out, "      ", &format!("called late only after {}", long(late)));
    }
    steps(out, deadline);
}

fn about(deadline: &Deadline) -> &'static str {
    if deadline.about { "about " } else { "" }
}

fn steps(out: &mut String, deadline: &Deadline) {
    for step in &deadline.steps {
        fold(out, "      ", &step.says);
    }
}

fn section(out: &mut String, title: &str, empty: bool) {
    if !empty {
        line(out, "");
        line(out, title);
    }
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

/// Writes text in lines, later ones two spaces further in.
fn fold(out: &mut String, indent: &str, text: &str) {
    line(out, &diag::fold(indent, indent.len() + 2, text));
}

fn plural(count: i64, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}
