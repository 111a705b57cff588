//! Every rule of the sheets that counts time, typed from them: the amount, day 0, and whose act it is.

mod california;
mod federal;
mod states;

use jiff::civil::date;

use super::days::Amount::{self, BusinessDays, Days, Hours, MonthsClamped, MonthsOver, Years};
use super::oracle::{Act, Clock, Event, Force, Late, Roll, Rule, Since};

/// Finds the rules under an id that a deadline counts: those whose case its id ends with, the longest
/// case first.
pub(super) fn rules(id: &str, deadline: &str) -> Vec<&'static Rule> {
    let of_id = || all().filter(|r| r.id == id && deadline.ends_with(r.case));
    let longest = of_id().map(|r| r.case.len()).max();
    of_id().filter(|r| Some(r.case.len()) == longest).collect()
}

pub(super) fn all() -> impl Iterator<Item = &'static Rule> {
    [california::DMHC, california::CDI, california::PUBLIC, federal::RULES, states::RULES]
        .into_iter()
        .flatten()
}

/// Ids that the sheets of the five states give to rules without a day to count to.
pub(in crate::second) use states::UNCOUNTED;

// The words of the table.

const fn on(event: Event, amount: Amount) -> Clock {
    Clock { since: Since::On(event), amount }
}

const fn since(since: Since, amount: Amount) -> Clock {
    Clock { since, amount }
}

/// A member's act with one reading.
const fn member(id: &'static str, earliest: Clock, roll: Roll) -> Rule {
    member_or(id, earliest, &[], roll)
}

/// A member's act with later readings.
const fn member_or(id: &'static str, earliest: Clock, later: &'static [Clock], roll: Roll) -> Rule {
    let act = Act::Member { earliest, later, roll };
    Rule { id, case: "", act, force: Force::Always }
}

/// Another's duty, late after the same period from the same day.
const fn duty(id: &'static str, clock: Clock) -> Rule {
    duty_late(id, clock, Late::After { clock, extension: None })
}

/// Another's duty, with more time that may be taken once.
const fn duty_more(id: &'static str, clock: Clock, extension: Amount) -> Rule {
    duty_late(id, clock, Late::After { clock, extension: Some(extension) })
}

/// Another's duty that no day makes late.
const fn duty_open(id: &'static str, clock: Clock) -> Rule {
    duty_late(id, clock, Late::Never)
}

const fn duty_late(id: &'static str, clock: Clock, late: Late) -> Rule {
    Rule { id, case: "", act: Act::Duty { clock, late }, force: Force::Always }
}

impl Rule {
    /// One of several numbers of the same rule.
    const fn case(self, case: &'static str) -> Rule {
        Rule { case, ..self }
    }

    const fn from(self, year: i16, month: i8, day: i8) -> Rule {
        Rule { force: Force::From(date(year, month, day)), ..self }
    }

    const fn before(self, year: i16, month: i8, day: i8) -> Rule {
        Rule { force: Force::Before(date(year, month, day)), ..self }
    }
}
