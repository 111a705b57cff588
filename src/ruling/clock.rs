//! Events and clocks: from the dates of a record to the dates the law sets, with every step taken.

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

use super::{Deadline, Status, Trigger};
use crate::calendar::{End, Holidays, Period, ShortMonth, Unit, count};
use crate::facts::{DateName, Facts, Moment};
use crate::law::{
    Actor, ClockState, Cond, DatedPeriod, DeadlineRule, EventRule, Law, Mark, Missing, Pack, Part,
    Surface, Truth, View, gate,
};

/// The dates of one pack for one set of facts on one day.
pub(super) struct Clocks<'a> {
    law: &'a Law,
    pack: &'a Pack,
    facts: &'a Facts,
    as_of: NaiveDate,
    events: RefCell<BTreeMap<String, Option<Dated>>>,
    deadlines: BTreeMap<String, Deadline>,
    asks: Vec<String>,
}

/// An event with its date, and how the date was found.
#[derive(Clone, Debug)]
struct Dated {
    moment: Moment,
    how: String,
}

impl View for Clocks<'_> {
    fn has(&self, event: &str) -> bool {
        self.event(event).is_some()
    }

    fn reached(&self, event: &str) -> bool {
        self.event(event).is_some_and(|d| d.moment.date <= self.as_of)
    }

    fn clock(&self, deadline: &str) -> Option<ClockState> {
        self.deadlines.get(deadline).map(|d| d.status)
    }
}

impl<'a> Clocks<'a> {
    pub(super) fn new(law: &'a Law, pack: &'a Pack, facts: &'a Facts, as_of: NaiveDate) -> Self {
        let mut clocks = Clocks {
            law,
            pack,
            facts,
            as_of,
            events: RefCell::new(BTreeMap::new()),
            deadlines: BTreeMap::new(),
            asks: Vec::new(),
        };
        for (name, rule) in &pack.deadline {
            if let Some(deadline) = clocks.run(name, rule) {
                clocks.deadlines.insert(name.clone(), deadline);
            }
        }
        clocks
    }

    /// Returns the date of an event.
    pub(super) fn date(&self, event: &str) -> Option<NaiveDate> {
        self.event(event).map(|d| d.moment.date)
    }

    /// Returns the first day on which a wait is over: the date of an event, or the day after every
    /// reading of another's deadline has passed.
    pub(super) fn over(&self, name: &str) -> Option<NaiveDate> {
        match self.deadlines.get(name) {
            Some(deadline) => deadline.late_after.or(deadline.due)?.succ_opt(),
            None => self.date(name),
        }
    }

    /// Returns the deadlines, soonest first, those that do not run last.
    pub(super) fn into_deadlines(self) -> Vec<Deadline> {
        let mut all: Vec<Deadline> = self.deadlines.into_values().collect();
        all.sort_by_key(|d| (d.file_by.or(d.due).unwrap_or(NaiveDate::MAX), d.id.clone()));
        all
    }

    /// Returns the dates that a deadline waits for.
    pub(super) fn asks(&self) -> &[String] {
        &self.asks
    }

    fn holds(&self, cond: &Cond) -> bool {
        cond.holds(self.facts, self) == Truth::Yes
    }

    fn event(&self, name: &str) -> Option<Dated> {
        if let Some(known) = self.events.borrow().get(name) {
            return known.clone();
        }
        let found = match self.pack.event.get(name) {
            Some(rule) => self.follow(rule),
            None => DateName::find(name).and_then(|date| self.typed(date, false)),
        };
        self.events.borrow_mut().insert(name.to_owned(), found.clone());
        found
    }

    fn typed(&self, name: DateName, latest: bool) -> Option<Dated> {
        let dates = self.facts.dates(name);
        let moment = *(if latest { dates.last() } else { dates.first() })?;
        let how = match self.facts.why(name) {
            Some(why) => format!("{}: {moment} ({why})", name.means()),
            None => format!("{}: {moment}", name.means()),
        };
        Some(Dated { moment, how })
    }

    fn follow(&self, rule: &EventRule) -> Option<Dated> {
        if !self.holds(&rule.cond) {
            return None;
        }
        let one = |name: &String| match DateName::find(name) {
            Some(date) if !self.pack.event.contains_key(name) => self.typed(date, rule.latest),
            _ => self.event(name),
        };
        if let Some(first) = rule.from.iter().find_map(one) {
            return Some(first);
        }
        if !rule.earliest_of.is_empty() {
            return rule.earliest_of.iter().filter_map(one).min_by_key(|d| d.moment);
        }
        if !rule.latest_of.is_empty() {
            return rule.latest_of.iter().filter_map(one).max_by_key(|d| d.moment);
        }
        let start = self.event(rule.after.as_ref()?)?;
        let period: Period = rule.period.as_ref()?.parse().ok()?;
        let end = self.count(start.moment, period, Some(ShortMonth::LastDay), self.calendar())?;
        let moment = Moment { date: end.date, time: end.time };
        Some(Dated { moment, how: format!("{}; {period} later: {moment}", start.how) })
    }

    fn calendar(&self) -> Option<&'a Holidays> {
        self.law.calendars().get(self.pack.pack.calendar.as_ref()?)
    }

    fn calendar_against(&self) -> Option<&'a Holidays> {
        self.law.calendars().get(self.pack.pack.calendar_against.as_ref()?)
    }

    fn count(
        &self,
        from: Moment,
        period: Period,
        short: Option<ShortMonth>,
        holidays: Option<&Holidays>,
    ) -> Option<End> {
        count((from.date, from.time), period, short, holidays).ok()
    }

    /// The length in force on the date that governs the deadline.
    fn value(&self, rule: &'a DeadlineRule) -> Option<&'a DatedPeriod> {
        let governed = rule.governed_by.as_ref().and_then(|e| self.date(e));
        let notice = || {
            [DateName::NoticeDated, DateName::NoticeReceived, DateName::Incident]
                .into_iter()
                .find_map(|d| Some(self.facts.dates(d).first()?.date))
        };
        let on = match &rule.governed_by {
            Some(_) => governed.unwrap_or(self.as_of),
            None => notice().unwrap_or(self.as_of),
        };
        rule.value.iter().find(|v| v.from <= on && v.to.is_none_or(|to| on < to))
    }

    fn run(&mut self, name: &str, rule: &'a DeadlineRule) -> Option<Deadline> {
        if !self.holds(&rule.cond) {
            return None;
        }
        let value = self.value(rule)?;
        let period: Period = value.period.parse().ok()?;
        let short = rule.short_month.map(ShortMonth::from);
        let mut deadline = self.blank(name, rule, value, period);
        let Some(start) = self.event(&rule.trigger) else {
            // A member's own clock is never supposed to start: only what the other side owes is.
            if rule.actor != Actor::Member {
                let today = Moment::from(self.as_of);
                deadline.if_today =
                    self.count(today, period, short, self.calendar()).map(|e| e.date);
            }
            deadline.steps.push(format!(
                "not running: there is no date yet for {}",
                self.says(&rule.trigger)
            ));
            self.finish(&mut deadline, rule);
            return Some(deadline);
        };
        deadline.trigger = Some(Trigger { event: rule.trigger.clone(), date: start.moment.date });
        deadline.steps.push(start.how.clone());
        let missing = if rule.actor == Actor::Member {
            self.member(&mut deadline, rule, start.moment, period, short)?
        } else {
            self.other(&mut deadline, rule, start.moment, period, short)?;
            Vec::new()
        };
        self.finish(&mut deadline, rule);
        if deadline.status != Status::Met {
            self.asks.extend(missing);
        }
        Some(deadline)
    }

    fn blank(
        &self,
        name: &str,
        rule: &DeadlineRule,
        value: &DatedPeriod,
        period: Period,
    ) -> Deadline {
        let registry = self.law.registry();
        let cite = value.authorities.iter().find_map(|id| registry.letter(id));
        let family =
            value.authorities.first().and_then(|id| registry.get(id)).map(|a| registry.family(a));
        let number = family.is_some_and(|family| {
            gate(Mark::counting(&value.mark), family, Surface::Letter).allows(Part::Number)
        });
        let mut authorities = value.authorities.clone();
        authorities.extend(rule.roll.iter().cloned());
        Deadline {
            id: format!("{}.{name}", self.pack.pack.id),
            rules: rule.rules.clone(),
            stage: rule.stage.clone(),
            actor: rule.actor.word().to_owned(),
            act: name.split('.').nth(1).unwrap_or_default().to_owned(),
            action: rule.action.clone(),
            says: rule.says.clone(),
            file_by: None,
            last_working_day: None,
            arguable_until: None,
            due: None,
            late_after: None,
            about: rule.actor != Actor::Member
                && period.unit == Unit::BusinessDays
                && self.calendar_against().is_none(),
            time: None,
            status: Status::NotRunning,
            days_left: None,
            trigger: None,
            if_today: None,
            period: period.to_string(),
            printable: number && cite.is_some() && !rule.advisory,
            advisory: rule.advisory,
            missed: rule.missed.clone(),
            authorities,
            cite,
            steps: Vec::new(),
        }
    }

    /// A member's date: the earliest reading is the date; every later one is only arguable. Returns
    /// the dates that a later reading waits for.
    fn member(
        &self,
        deadline: &mut Deadline,
        rule: &DeadlineRule,
        start: Moment,
        period: Period,
        short: Option<ShortMonth>,
    ) -> Option<Vec<String>> {
        let calendar = self.calendar();
        let end = self.count(start, period, short, calendar)?;
        deadline.steps.push(format!("plus {period}, the first day not counted: {}", day(end.date)));
        deadline.file_by = Some(end.date);
        deadline.time = end.time;
        if let Some(calendar) = calendar
            && calendar.is_business_day(end.date) == Some(false)
            && let Some(last) = calendar.last_business_day_on_or_before(end.date)
        {
            deadline.last_working_day = Some(last);
            deadline
                .steps
                .push(format!("that is no working day; the last one before it: {}", day(last)));
        }
        let mut latest = end.date;
        let mut still_open = false;
        let mut missing = Vec::new();
        for later in &rule.later {
            if !self.holds(&later.cond) {
                continue;
            }
            let period = later.period.as_deref().and_then(|p| p.parse().ok()).unwrap_or(period);
            match (self.event(&later.trigger), later.missing) {
                (Some(start), _) => {
                    let end = self.count(start.moment, period, short, calendar)?;
                    if end.date > latest {
                        latest = end.date;
                        deadline.steps.push(format!(
                            "later reading, {}: {}",
                            later.says,
                            day(end.date)
                        ));
                        deadline.authorities.extend(later.authorities.iter().cloned());
                    }
                }
                (None, Missing::Ask) => missing.push(later.trigger.clone()),
                (None, Missing::Open) => still_open = true,
                (None, Missing::Ignore) => {}
            }
        }
        if rule.roll.is_some() {
            let calendar = match &rule.roll_calendar {
                Some(id) => self.law.calendars().get(id),
                None => calendar,
            };
            let rolled = calendar.and_then(|c| c.next_business_day_on_or_after(latest));
            if let Some(rolled) = rolled
                && rolled > latest
            {
                let by = rule.roll.as_deref().and_then(|id| self.law.registry().citation(id));
                deadline.steps.push(format!(
                    "{} is no working day; moved to {}{}: not to be relied on",
                    latest,
                    day(rolled),
                    by.map(|by| format!(" ({by})")).unwrap_or_default()
                ));
                latest = rolled;
            }
        }
        if latest > end.date {
            deadline.arguable_until = Some(latest);
        }
        deadline.status = if self.as_of <= end.date {
            Status::Open
        } else if self.as_of <= latest || still_open {
            Status::Arguable
        } else if !missing.is_empty() {
            Status::Unsettled
        } else {
            Status::Late
        };
        Some(missing)
    }

    /// Another's date: the day it is due, and the day after which every reading makes it late.
    fn other(
        &self,
        deadline: &mut Deadline,
        rule: &DeadlineRule,
        start: Moment,
        period: Period,
        short: Option<ShortMonth>,
    ) -> Option<()> {
        let end = self.count(start, period, short, self.calendar())?;
        deadline.due = Some(end.date);
        deadline.time = end.time;
        let time = end.time.map(|t| t.format(" at %H:%M").to_string()).unwrap_or_default();
        deadline
            .steps
            .push(format!("plus {period}, the first day not counted: {}{time}", day(end.date)));
        deadline.late_after = self.late_after(rule, start, period, short);
        match deadline.late_after {
            Some(late) if late > end.date => deadline.steps.push(format!(
                "every holiday and extension given to the other side: {}",
                day(late)
            )),
            Some(_) => {}
            None => {
                let list = match self.calendar_against() {
                    Some(_) => "no list of holidays for that year",
                    None => "no list of the holidays that the other side may count",
                };
                deadline.steps.push(format!("{list}: no lateness is claimed"));
            }
        }
        let held = rule.duty && self.holds(&rule.overdue_if);
        deadline.status = match deadline.late_after {
            Some(late) if self.as_of > late && held => Status::Overdue,
            // Past due, and no list of holidays to give the other side: not a case to wait for.
            None if self.as_of > end.date => Status::Unsettled,
            Some(_) | None => Status::Open,
        };
        Some(())
    }

    fn late_after(
        &self,
        rule: &DeadlineRule,
        start: Moment,
        period: Period,
        short: Option<ShortMonth>,
    ) -> Option<NaiveDate> {
        let against = self.calendar_against();
        let mut end = self.count(start, period, short, against)?;
        if let Some(extension) = &rule.extension {
            let extension = extension.parse().ok()?;
            end =
                self.count(Moment { date: end.date, time: end.time }, extension, short, against)?;
        }
        if period.unit == Unit::Hours {
            return Some(end.date);
        }
        against?.next_business_day_on_or_after(end.date)
    }

    fn finish(&self, deadline: &mut Deadline, rule: &DeadlineRule) {
        let done =
            rule.met_by.iter().find_map(|e| self.event(e)).filter(|d| d.moment.date <= self.as_of);
        if let Some(done) = done {
            deadline.status = Status::Met;
            deadline.steps.push(format!("done: {}", done.how));
        }
        let day = deadline.file_by.or(deadline.due);
        deadline.days_left = day.map(|d| (d - self.as_of).num_days());
        deadline.authorities.dedup();
    }

    fn says(&self, event: &str) -> String {
        match (self.pack.event.get(event), DateName::find(event)) {
            (Some(rule), _) => rule.says.clone(),
            (None, Some(date)) => date.means().to_owned(),
            (None, None) => event.to_owned(),
        }
    }
}

/// A date with its weekday, as the steps show it.
fn day(date: NaiveDate) -> String {
    let weekday = match date.weekday() {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    };
    format!("{weekday} {date}")
}
