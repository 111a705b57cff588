//! From the rulings of a case to its lines.

use chrono::NaiveDate;

use super::owners::owner;
use super::words::{known, opens, title};
use super::{Footing, Kind, Line, Needs, Ruled, Standing};
use crate::packet::Dispute;
use crate::ruling::{Deadline, Stage};

/// Every line of a case, in no order; what several disputes say alike comes more than once.
pub(super) fn lines(ruled: &Ruled<'_>, as_of: NaiveDate) -> Vec<Line> {
    let mut lines = Vec::new();
    let deadlines = || ruled.today.iter().flat_map(|d| &d.ruling.deadlines);
    for deadline in deadlines() {
        // Where two rules give a last day for one act, the first is the one to keep.
        let same = deadlines().filter(|d| d.stage == deadline.stage && d.act == deadline.act);
        let first = same.filter(|d| Standing::of(d.status).is_some()).filter_map(|d| d.file_by);
        match first.min().filter(|first| deadline.file_by.is_some_and(|own| own > *first)) {
            Some(first) => {
                let later = of_deadline(ruled, deadline, as_of);
                let kept = later.into_iter().filter(|l| l.kind != Kind::LastWorkingDay);
                lines.extend(kept.map(|l| Line {
                    kind: if l.kind == Kind::FileBy { Kind::ArguableUntil } else { l.kind },
                    file_by: Some(first),
                    ..l
                }));
            }
            None => lines.extend(of_deadline(ruled, deadline, as_of)),
        }
    }
    for (stage, title, date) in opening(ruled, as_of) {
        let key = key(ruled.case_id, &stage, Kind::Opens);
        lines.push(Line {
            date,
            kind: Kind::Opens,
            title: opens(&title),
            key,
            ..bare(ruled, as_of, date)
        });
    }
    lines
}

/// The line of a case whose rulings ask for facts.
pub(super) fn needs(ruled: &Ruled<'_>) -> Option<Needs> {
    let asked = ruled.today.iter().flat_map(|d| &d.ruling.needs);
    let mut facts: Vec<String> = asked.map(|n| known(&n.fact).to_owned()).collect();
    facts.sort();
    facts.dedup();
    // A ruling can ask without naming a fact.
    let asks = ruled.today.iter().any(|d| d.ruling.stage == "needs-facts");
    (asks || !facts.is_empty()).then(|| Needs {
        case_id: ruled.case_id.to_owned(),
        owner: owner(ruled.owner),
        facts,
        key: hash(&[ruled.case_id, "needs"]),
    })
}

fn bare(ruled: &Ruled<'_>, as_of: NaiveDate, date: NaiveDate) -> Line {
    Line {
        date,
        kind: Kind::Due,
        case_id: ruled.case_id.to_owned(),
        owner: owner(ruled.owner),
        title: String::new(),
        actor: "member".to_owned(),
        standing: Standing::Open,
        time: None,
        days: (date - as_of).num_days(),
        file_by: None,
        last_working_day: None,
        arguable_until: None,
        late_after: None,
        about: false,
        footing: Footing::Law,
        key: 0,
    }
}

/// The lines of one deadline: its day; the working day before it while that lies ahead; and the day on
/// a later reading while that lies ahead.
fn of_deadline(ruled: &Ruled<'_>, deadline: &Deadline, as_of: NaiveDate) -> Vec<Line> {
    let (Some(standing), Some(date)) =
        (Standing::of(deadline.status), deadline.file_by.or(deadline.due))
    else {
        return Vec::new();
    };
    let kind = match (standing, deadline.file_by) {
        _ if deadline.act == "opens" => Kind::Opens,
        (Standing::Overdue, _) => Kind::Overdue,
        (Standing::Open | Standing::Arguable | Standing::Late, Some(_)) => Kind::FileBy,
        (Standing::Open | Standing::Arguable | Standing::Late, None) => Kind::Due,
    };
    let line = |kind, date| Line {
        kind,
        title: title(&deadline.act, &deadline.action),
        actor: deadline.actor.clone(),
        // Only a member's date can be arguable; another's is open until every reading makes it late.
        standing: if matches!(kind, Kind::Due | Kind::Opens) { Standing::Open } else { standing },
        time: deadline.time.filter(|_| Some(date) == deadline.file_by.or(deadline.due)),
        file_by: deadline.file_by,
        last_working_day: deadline.last_working_day,
        arguable_until: deadline.arguable_until,
        late_after: deadline.late_after,
        about: deadline.about,
        footing: match (deadline.advisory, deadline.printable) {
            (true, _) => Footing::Practice,
            (false, true) => Footing::Law,
            (false, false) => Footing::Unconfirmed,
        },
        key: key(ruled.case_id, &deadline.id, kind),
        ..bare(ruled, as_of, date)
    };
    let mut lines = vec![line(kind, date)];
    let ahead = |date: &NaiveDate| *date >= as_of;
    if kind == Kind::FileBy {
        let working = deadline.last_working_day.filter(ahead);
        lines.extend(working.map(|date| line(Kind::LastWorkingDay, date)));
        let until = deadline.arguable_until.filter(ahead);
        lines.extend(until.map(|date| line(Kind::ArguableUntil, date)));
    }
    lines
}

/// The stages that open on or after a day: id, title, date.
fn opening(ruled: &Ruled<'_>, as_of: NaiveDate) -> Vec<(String, String, NaiveDate)> {
    let mut found = Vec::new();
    let ahead = ruled.today.iter().flat_map(|d| &d.ruling.next);
    for next in ahead {
        if let Some(opens) = next.opens.filter(|opens| *opens >= as_of) {
            found.push((next.stage.clone(), next.title.clone(), opens));
        }
    }
    let takes =
        |disputes: &[Dispute], id: &str| disputes.iter().any(|d| now(d).any(|s| s.id == id));
    // A wait that has ended: what can be taken today and could not yesterday.
    if ruled.before.iter().any(|d| d.ruling.stage == "wait") {
        let fresh = ruled.today.iter().flat_map(now).filter(|s| !takes(ruled.before, &s.id));
        found.extend(fresh.map(|s| (s.id, s.title, as_of)));
    }
    // What yesterday was to open today, unless something has come between.
    for next in ruled.before.iter().flat_map(|d| &d.ruling.next) {
        let stays = takes(ruled.today, &next.stage)
            || ruled.today.iter().any(|d| d.ruling.next.iter().any(|n| n.stage == next.stage));
        if next.opens == Some(as_of) && stays {
            found.push((next.stage.clone(), next.title.clone(), as_of));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The stages that a dispute can take, with a letter or where the way is only described.
fn now(dispute: &Dispute) -> impl Iterator<Item = Stage> {
    let ruling = &dispute.ruling;
    let none = matches!(ruling.stage.as_str(), "wait" | "needs-facts" | "no-letter");
    let first = (!none).then(|| ruling.first());
    first.into_iter().chain(ruling.also.iter().cloned()).chain(ruling.open.iter().cloned())
}

fn key(case_id: &str, id: &str, kind: Kind) -> u64 {
    hash(&[case_id, id, kind.word()])
}

/// FNV-1a: the same on every machine and in every version, and it hides the id of the rule, which can
/// tell what was denied.
fn hash(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|p| p.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
