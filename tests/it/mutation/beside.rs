//! What stands beside a number, a unit or an event: what a tired eye might have typed instead.

use appeal::calendar::{Period, Unit};
use appeal::facts::DateName;
use appeal::law::{Cond, EventRule, Pack};

/// One more, and one less where there is one.
pub(super) fn lengths(period: Period) -> Vec<Period> {
    let less = period.amount.checked_sub(1);
    let more = period.amount.checked_add(1);
    less.into_iter().chain(more).map(|amount| Period { amount, ..period }).collect()
}

/// The same number of the units beside it, and the same length in other words: 72 hours and 3 days, 6
/// months and 180 days.
pub(super) fn units(period: Period) -> Vec<Period> {
    let at = Unit::ALL.iter().position(|u| *u == period.unit).expect("every unit is in the table");
    let sides = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
    let sides = sides.filter_map(|n| Unit::ALL.get(n)).map(|u| Period { unit: *u, ..period });
    let n = period.amount;
    let same = match period.unit {
        Unit::Hours if n.is_multiple_of(24) => vec![(n / 24, Unit::Days)],
        Unit::Hours | Unit::BusinessDays => Vec::new(),
        Unit::Days if n > 0 && n.is_multiple_of(30) => vec![(n / 30, Unit::Months)],
        Unit::Days if (1..=7).contains(&n) => vec![(n * 24, Unit::Hours)],
        Unit::Days => Vec::new(),
        Unit::Months => vec![(n * 30, Unit::Days)],
    };
    let same = same.into_iter().map(|(amount, unit)| Period { amount, unit });
    let mut all: Vec<Period> = sides.chain(same).collect();
    // No days at all are no hours at all.
    all.retain(|p| !(p.amount == 0 && n == 0));
    all
}

/// The events and dates that an event follows from.
pub(super) fn sources(rule: &EventRule) -> impl Iterator<Item = &String> {
    rule.from.iter().chain(&rule.earliest_of).chain(&rule.latest_of).chain(&rule.after)
}

/// The events beside one: what it follows from, what follows from the same, and, for a date of the record,
/// the dates before and after it in the order in which they happen.
pub(super) fn events(pack: &Pack, name: &str) -> Vec<String> {
    let mut beside: Vec<String> = Vec::new();
    let near: Vec<&str> = match pack.event.get(name) {
        Some(rule) => {
            beside.extend(sources(rule).cloned());
            sources(rule).map(String::as_str).collect()
        }
        None => {
            let at = DateName::ALL.iter().position(|d| d.name() == name);
            let sides = at.into_iter().flat_map(|at| [at.checked_sub(1), Some(at + 1)]);
            let sides = sides.flatten().filter_map(|n| DateName::ALL.get(n));
            beside.extend(sides.map(|d| d.name().to_owned()));
            vec![name]
        }
    };
    let kin =
        pack.event.iter().filter(|(_, rule)| sources(rule).any(|s| near.contains(&s.as_str())));
    beside.extend(kin.map(|(id, _)| id.clone()));
    beside.retain(|b| b != name);
    beside.sort();
    beside.dedup();
    beside
}

/// Whether a record can give a date several times: what happens once in each round of a dispute. The dates
/// of the request, the claim and the denial stand in it once.
pub(super) fn several(date: &str) -> bool {
    DateName::find(date).is_some_and(|d| d >= DateName::GrievanceFiled)
        && date != DateName::CancellationEffective.name()
}

/// Whether anything reads the day of an event: a clock, another event, a row that waits for it or asks
/// whether it has come. Of the others only whether they are there counts.
pub(super) fn counted(pack: &Pack, event: &str) -> bool {
    let is = |name: &String| name == event;
    let conds = (pack.row.iter().map(|r| &r.cond))
        .chain(pack.right.iter().map(|r| &r.cond))
        .chain(pack.event.values().map(|e| &e.cond))
        .chain(pack.stage.values().flat_map(|s| &s.next).map(|n| &n.cond))
        .chain(pack.deadline.values().flat_map(|d| [&d.cond, &d.overdue_if]))
        .chain(pack.deadline.values().flat_map(|d| &d.later).map(|l| &l.cond));
    let mut asked = conds.flat_map(|c| c.reached.iter().chain(&c.unreached));
    let opens = pack.stage.values().flat_map(|s| &s.next).filter_map(|n| n.opens.as_ref());
    let mut clocks = pack.deadline.values().flat_map(|d| {
        let later = d.later.iter().map(|l| &l.trigger).filter(|t| !awaited(pack, &d.cond, t));
        std::iter::once(&d.trigger).chain(&d.governed_by).chain(later)
    });
    asked.any(is)
        || clocks.any(is)
        || pack.event.values().flat_map(sources).any(is)
        || pack.row.iter().filter_map(|r| r.until.as_ref()).chain(opens).any(is)
}

/// Whether an event cannot be there while a clock runs, because the two ask other words of one fact: a
/// reading that starts with it is awaited, and no day of it is ever read.
pub(super) fn awaited(pack: &Pack, clock: &Cond, event: &str) -> bool {
    let Some(rule) = pack.event.get(event) else { return false };
    rule.cond.when.iter().any(|(fact, words)| {
        let own = clock.when.get(fact);
        own.is_some_and(|own| own.0.iter().all(|word| !words.0.contains(word)))
    })
}

/// Whether an event follows, through any others or their conditions, from another.
pub(super) fn follows(pack: &Pack, event: &str, from: &str) -> bool {
    let mut open = vec![event];
    let mut seen = vec![event];
    while let Some(one) = open.pop() {
        if one == from {
            return true;
        }
        let Some(rule) = pack.event.get(one) else { continue };
        let cond = &rule.cond;
        let named = cond.has.iter().chain(&cond.lacks).chain(&cond.reached).chain(&cond.unreached);
        for next in sources(rule).chain(named) {
            if !seen.contains(&next.as_str()) {
                seen.push(next);
                open.push(next);
            }
        }
    }
    false
}
