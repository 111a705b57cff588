//! The second implementation: what a rule's dates are, from the law sheets alone.
//!
//! It shares nothing with the program: another library of dates, its own holidays, its own table of
//! rules. Only what happened goes in, and only days come out.

use jiff::civil::{Date, Time};

use super::days::{Amount, List, count};

/// What can happen in a case, as far as a clock may start from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Event {
    /// The date on the denial notice.
    Notice,
    /// The notice arrived.
    NoticeArrived,
    /// The event complained of.
    Incident,
    /// The plan received the request for the service.
    Request,
    /// The plan had all the information that it had asked for.
    Information,
    /// The plan received the complete claim.
    Claim,
    /// The grievance or appeal was sent.
    AppealSent,
    /// The plan received the grievance or appeal.
    Appeal,
    /// The date on the plan's answer.
    Answer,
    /// The answer arrived.
    AnswerArrived,
    /// Outside review was asked for.
    ReviewAsked,
    /// The reviewers had the application and the papers.
    Papers,
    /// The date of the reviewers' decision.
    ReviewDecided,
    /// The regulator received the complaint.
    Complaint,
    /// The day on which coverage ends, or a service that goes on is cut.
    Effective,
    /// The plan asked for more information or more time.
    MoreAsked,
}

/// Every event, in the order of the list.
const EVENTS: [Event; 16] = [
    Event::Notice,
    Event::NoticeArrived,
    Event::Incident,
    Event::Request,
    Event::Information,
    Event::Claim,
    Event::AppealSent,
    Event::Appeal,
    Event::Answer,
    Event::AnswerArrived,
    Event::ReviewAsked,
    Event::Papers,
    Event::ReviewDecided,
    Event::Complaint,
    Event::Effective,
    Event::MoreAsked,
];

/// What happened in one case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Story {
    days: [Option<(Date, Option<Time>)>; EVENTS.len()],
    /// Waiting is an imminent and serious threat: the plan's process counts three days, not thirty.
    pub(super) urgent: bool,
    /// The denial calls the treatment experimental.
    pub(super) experimental: bool,
    /// The notice is about eligibility, not about care.
    pub(super) eligibility: bool,
    /// Nothing was decided.
    pub(super) undecided: bool,
}

impl Story {
    pub(super) fn set(&mut self, event: Event, day: Date) {
        self.set_at(event, day, None);
    }

    pub(super) fn set_at(&mut self, event: Event, day: Date, time: Option<Time>) {
        self.days[event as usize] = Some((day, time));
    }

    pub(super) fn day(&self, event: Event) -> Option<Date> {
        self.days[event as usize].map(|(day, _)| day)
    }

    fn silence(&self) -> bool {
        let letter = [Event::Notice, Event::NoticeArrived];
        self.undecided && letter.into_iter().all(|e| self.day(e).is_none())
    }

    fn time(&self, event: Event) -> Option<Time> {
        self.days[event as usize].and_then(|(_, time)| time)
    }

    /// Everything that happened, in the order of the list of events.
    pub(super) fn happened(&self) -> impl Iterator<Item = (Event, Date, Option<Time>)> {
        EVENTS.into_iter().filter_map(|e| self.days[e as usize].map(|(day, time)| (e, day, time)))
    }
}

/// Day 0 of a clock.
#[derive(Clone, Copy, Debug)]
pub(super) enum Since {
    On(Event),
    /// The first of these that is known, in this order.
    FirstKnown(&'static [Since]),
    /// The earliest of those that are known.
    Earliest(&'static [Since]),
    /// The end of another period.
    After(&'static Since, Amount),
    /// Only in an urgent case.
    Urgent(&'static Since),
    /// Only in a case that is not urgent.
    Standard(&'static Since),
    /// Only where the denial calls the treatment experimental.
    Experimental(&'static Since),
    /// Only where the notice is about eligibility.
    Eligibility(&'static Since),
    /// Only where nothing was decided and no letter came.
    Silence(&'static Since),
}

impl Since {
    fn day(self, story: &Story) -> Option<Date> {
        let known = |of: &[Since]| of.iter().filter_map(|s| s.day(story)).collect::<Vec<_>>();
        match self {
            Since::On(event) => story.day(event),
            Since::FirstKnown(of) => known(of).first().copied(),
            Since::Earliest(of) => known(of).into_iter().min(),
            Since::After(since, amount) => count(since.day(story)?, amount, List::Candidates),
            Since::Urgent(since) => story.urgent.then(|| since.day(story)).flatten(),
            Since::Standard(since) => (!story.urgent).then(|| since.day(story)).flatten(),
            Since::Experimental(since) => story.experimental.then(|| since.day(story)).flatten(),
            Since::Eligibility(since) => story.eligibility.then(|| since.day(story)).flatten(),
            Since::Silence(since) => story.silence().then(|| since.day(story)).flatten(),
        }
    }

    /// The hour, where the clock starts from one event whose hour is known.
    fn time(self, story: &Story) -> Option<Time> {
        match self {
            Since::On(event) => story.time(event),
            Since::FirstKnown(of) => {
                of.iter().find(|s| s.day(story).is_some()).and_then(|s| s.time(story))
            }
            // The first named of those that fall on the earliest day.
            Since::Earliest(of) => {
                let day = self.day(story);
                of.iter().find(|s| s.day(story) == day).and_then(|s| s.time(story))
            }
            Since::After(..) => None,
            Since::Urgent(since)
            | Since::Standard(since)
            | Since::Experimental(since)
            | Since::Eligibility(since)
            | Since::Silence(since) => since.time(story),
        }
    }
}

/// Day 0 and how long from there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    pub(super) since: Since,
    pub(super) amount: Amount,
}

impl Clock {
    fn end(self, story: &Story, list: List) -> Option<Date> {
        count(self.since.day(story)?, self.amount, list)
    }
}

/// The provision that moves a last day off a weekend or holiday. Arguable only, whoever wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Roll {
    /// No weekend rule is written.
    None,
    /// Code of Civil Procedure 12a, or a regulation to the same effect: Saturdays too.
    California,
    /// The federal text itself.
    Federal,
}

/// When another's duty is late on every reading.
#[derive(Clone, Copy, Debug)]
pub(super) enum Late {
    /// No day makes it late: more time may be taken, or the day that counts is in no record.
    Never,
    /// Everything counted for the other side: its latest day 0, every extension, its own roll.
    After { clock: Clock, extension: Option<Amount> },
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Act {
    /// The member must act: the earliest reading, the later ones, and what moves the last day.
    Member { earliest: Clock, later: &'static [Clock], roll: Roll },
    /// Another must act.
    Duty { clock: Clock, late: Late },
}

/// On which day 0 an amount is in force.
#[derive(Clone, Copy, Debug)]
pub(super) enum Force {
    Always,
    From(Date),
    Before(Date),
}

/// One rule of the sheets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub(super) id: &'static str,
    /// Which of the rule's numbers: how the ids of deadlines that count it end. Empty: all others.
    pub(super) case: &'static str,
    pub(super) act: Act,
    pub(super) force: Force,
}

/// What a rule, or several rules on one act, come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Days {
    pub(super) file_by: Option<Date>,
    pub(super) last_working_day: Option<Date>,
    pub(super) arguable_until: Option<Date>,
    pub(super) due: Option<Date>,
    pub(super) late_after: Option<Date>,
    pub(super) time: Option<Time>,
}

/// Whose days off count on a track.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lists {
    /// The ordinary working days of whoever acts.
    pub(super) office: List,
    /// The days that the other side is given before it is late.
    pub(super) given: List,
}

/// Computes what rules on the same act come to.
pub(super) fn days(rules: &[&Rule], story: &Story, lists: Lists) -> Days {
    let Lists { office, given } = lists;
    let mut days = Days::default();
    // The latest reading, before and after it is moved.
    let mut arguable: Option<Date> = None;
    for rule in rules.iter().filter(|r| r.in_force(story)) {
        match rule.act {
            Act::Member { earliest, later, roll } => {
                let Some(first) = earliest.end(story, office) else { continue };
                let last = later.iter().filter_map(|c| c.end(story, office)).fold(first, Date::max);
                days.file_by = Some(days.file_by.map_or(first, |d| d.min(first)));
                let moved = roll.of(last).unwrap_or(last);
                arguable = Some(arguable.map_or(moved, |d| d.max(moved)));
            }
            Act::Duty { clock, late } => {
                let Some(due) = clock.end(story, office) else { continue };
                if days.due.is_none_or(|d| due < d) {
                    days.due = Some(due);
                    if matches!(clock.amount, Amount::Hours(_)) {
                        days.time = clock.since.time(story);
                    }
                }
                if let Late::After { clock, extension } = late {
                    let end = late_after(clock, extension, story, given);
                    days.late_after = days.late_after.max(end);
                }
            }
        }
    }
    if let (Some(file_by), Some(latest)) = (days.file_by, arguable) {
        days.arguable_until = (latest > file_by).then_some(latest);
        days.last_working_day = office.on_or_before(file_by).filter(|d| *d < file_by);
    }
    days
}

fn late_after(clock: Clock, extension: Option<Amount>, story: &Story, given: List) -> Option<Date> {
    let mut end = clock.end(story, given)?;
    if let Some(extension) = extension {
        end = count(end, extension, given)?;
    }
    // Hours run on through weekends (counting-days.md 5).
    if matches!(clock.amount, Amount::Hours(_)) {
        return Some(end);
    }
    given.on_or_after(end)
}

impl Rule {
    fn in_force(&self, story: &Story) -> bool {
        let (Act::Member { earliest: clock, .. } | Act::Duty { clock, .. }) = self.act;
        let Some(start) = clock.since.day(story) else { return false };
        match self.force {
            Force::Always => true,
            Force::From(day) => start >= day,
            Force::Before(day) => start < day,
        }
    }
}

impl Roll {
    fn of(self, day: Date) -> Option<Date> {
        match self {
            Roll::None => None,
            Roll::California => List::California.on_or_after(day),
            Roll::Federal => List::Federal.on_or_after(day),
        }
    }
}
