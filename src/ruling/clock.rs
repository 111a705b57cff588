//! Events: from the dates of a record to the dates that follow from them, and what rules ask of both.

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Deadline;
use crate::calendar::{Holidays, Period, ShortMonth, count};
use crate::facts::{DateName, Facts, Moment};
use crate::law::{ClockState, Cond, EventRule, Law, Pack, Truth, View};

/// The dates of one pack for one set of facts on one day.
pub(super) struct Clocks<'a> {
    pub(super) law: &'a Law,
    pub(super) pack: &'a Pack,
    pub(super) facts: &'a Facts,
    pub(super) as_of: NaiveDate,
    events: RefCell<BTreeMap<String, Option<Dated>>>,
    deadlines: BTreeMap<String, Deadline>,
    asks: Vec<String>,
}

/// An event with its date, and how the date was found.
#[derive(Clone, Debug)]
pub(super) struct Dated {
    pub(super) moment: Moment,
    pub(super) how: String,
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
            if let Some((deadline, asks)) = clocks.run(name, rule) {
                clocks.deadlines.insert(name.clone(), deadline);
                clocks.asks.extend(asks);
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

    pub(super) fn holds(&self, cond: &Cond) -> bool {
        cond.holds(self.facts, self) == Truth::Yes
    }

    pub(super) fn event(&self, name: &str) -> Option<Dated> {
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
        let from = (start.moment.date, start.moment.time);
        let end = count(from, period, Some(ShortMonth::LastDay), self.calendar()).ok()?;
        let moment = Moment { date: end.date, time: end.time };
        Some(Dated { moment, how: format!("{}; {period} later: {moment}", start.how) })
    }

    pub(super) fn calendar(&self) -> Option<&'a Holidays> {
        self.law.calendars().get(self.pack.pack.calendar.as_ref()?)
    }

    pub(super) fn calendar_against(&self) -> Option<&'a Holidays> {
        self.law.calendars().get(self.pack.pack.calendar_against.as_ref()?)
    }

    /// What an event is, in words.
    pub(super) fn says(&self, event: &str) -> String {
        match (self.pack.event.get(event), DateName::find(event)) {
            (Some(rule), _) => rule.says.clone(),
            (None, Some(date)) => date.means().to_owned(),
            (None, None) => event.to_owned(),
        }
    }
}
