//! The days on which an office is closed, year by year.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::rule::Rule;

/// The holidays of one calendar, for the years that it covers.
///
/// Past those years it answers nothing: a year without a list gives no roll and no count of business
/// days.
#[derive(Clone, Debug)]
pub struct Holidays {
    id: String,
    name: String,
    years: BTreeSet<i32>,
    days: BTreeMap<NaiveDate, String>,
}

impl Holidays {
    /// Works out the days of a calendar; `both` keeps a shifted holiday's own day beside the
    /// observed one.
    pub(super) fn work_out(
        id: &str,
        name: &str,
        (from, to): (i32, i32),
        both: bool,
        rules: &[&Rule],
    ) -> Holidays {
        let years: BTreeSet<i32> =
            (from..=to).filter(|year| rules.iter().all(|r| r.is_known_in(*year))).collect();
        let mut days: BTreeMap<NaiveDate, String> = BTreeMap::new();
        let mut add = |day: NaiveDate, name: &str| {
            if years.contains(&day.year()) {
                let names = days.entry(day).or_default();
                if !names.split("; ").any(|n| n == name) {
                    if !names.is_empty() {
                        names.push_str("; ");
                    }
                    names.push_str(name);
                }
            }
        };
        // A holiday of the next year can be observed in this one: New Year's Day on a Saturday.
        for year in from.saturating_sub(1)..=to.saturating_add(1) {
            for rule in rules {
                for actual in rule.actual(year) {
                    let observed = rule.observed(actual);
                    if let Some(day) = observed {
                        add(day, &rule.name);
                    }
                    if both && observed != Some(actual) {
                        add(actual, &rule.name);
                    }
                    if rule.day_before
                        && let Some(day) = actual.pred_opt()
                    {
                        add(day, &format!("the day before {}", rule.name));
                    }
                }
            }
        }
        Holidays { id: id.to_owned(), name: name.to_owned(), years, days }
    }

    /// Returns the calendar's id, as `us-ca`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the calendar's name, as a sentence uses it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether there is a list for the year of `date`.
    #[must_use]
    pub fn covers(&self, date: NaiveDate) -> bool {
        self.years.contains(&date.year())
    }

    /// Returns the years that have a list, in order.
    pub fn years(&self) -> impl Iterator<Item = i32> + '_ {
        self.years.iter().copied()
    }

    /// Returns the name of the holiday on which offices close on `date`.
    #[must_use]
    pub fn holiday(&self, date: NaiveDate) -> Option<&str> {
        self.days.get(&date).map(String::as_str)
    }

    /// Returns the holidays of a year in order, each with its name.
    pub fn days(&self, year: i32) -> impl Iterator<Item = (NaiveDate, &str)> {
        self.days.iter().filter(move |(d, _)| d.year() == year).map(|(d, n)| (*d, n.as_str()))
    }

    /// Whether `date` is a weekday and no holiday; none in a year without a list.
    #[must_use]
    pub fn is_business_day(&self, date: NaiveDate) -> Option<bool> {
        if !self.covers(date) {
            return None;
        }
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        Some(!weekend && !self.days.contains_key(&date))
    }

    /// Returns `date`, or the first business day after it; none where that reaches a year without a
    /// list.
    #[must_use]
    pub fn next_business_day_on_or_after(&self, date: NaiveDate) -> Option<NaiveDate> {
        self.walk(date, |day| day.succ_opt())
    }

    /// Returns `date`, or the last business day before it; none where that reaches a year without a
    /// list.
    #[must_use]
    pub fn last_business_day_on_or_before(&self, date: NaiveDate) -> Option<NaiveDate> {
        self.walk(date, |day| day.pred_opt())
    }

    fn walk(
        &self,
        mut day: NaiveDate,
        step: impl Fn(NaiveDate) -> Option<NaiveDate>,
    ) -> Option<NaiveDate> {
        while !self.is_business_day(day)? {
            day = step(day)?;
        }
        Some(day)
    }
}

/// Every calendar of a file of holidays, by id.
#[derive(Clone, Debug, Default)]
pub struct Calendars {
    pub(super) by_id: BTreeMap<String, Holidays>,
}

impl Calendars {
    /// Returns a calendar by its id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Holidays> {
        self.by_id.get(id)
    }

    /// Returns every calendar, by id in order.
    pub fn iter(&self) -> impl Iterator<Item = &Holidays> {
        self.by_id.values()
    }
}
