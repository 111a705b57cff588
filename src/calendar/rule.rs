//! One holiday as a rule, and the days it falls on.

use std::collections::BTreeSet;

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

/// A holiday as a list of holidays states it.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) name: String,
    pub(super) falls: Falls,
    /// Whether a Saturday is kept on the Friday before and a Sunday on the Monday after.
    pub(super) observed: bool,
    /// Whether the day before counts too, because the almanac's day is not certain.
    pub(super) day_before: bool,
    /// First and last year, both included.
    pub(super) from: Option<i32>,
    pub(super) to: Option<i32>,
    /// Calendars that have it.
    pub(super) calendars: BTreeSet<String>,
}

/// When a holiday falls.
#[derive(Clone, Debug)]
pub(super) enum Falls {
    /// The same day of every year.
    On { month: u32, day: u32 },
    /// The nth such weekday of a month, and so many days after it.
    Nth { month: u32, weekday: Weekday, nth: u8, plus: u8 },
    /// The last such weekday of a month.
    Last { month: u32, weekday: Weekday },
    /// So many days before Easter Sunday of the Gregorian calendar.
    BeforeEaster(u8),
    /// On listed days only; a year without one has no list.
    Listed(BTreeSet<NaiveDate>),
}

impl Rule {
    /// Whether the holiday exists in a year.
    pub(super) fn holds_in(&self, year: i32) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }

    /// Whether it can be told on which day of `year` it falls.
    pub(super) fn is_known_in(&self, year: i32) -> bool {
        match &self.falls {
            Falls::On { .. } | Falls::Nth { .. } | Falls::Last { .. } | Falls::BeforeEaster(_) => {
                true
            }
            Falls::Listed(days) => !self.holds_in(year) || days.iter().any(|d| d.year() == year),
        }
    }

    /// Returns the days of a year on which it falls, before any shift.
    pub(super) fn actual(&self, year: i32) -> Vec<NaiveDate> {
        if !self.holds_in(year) {
            return Vec::new();
        }
        match &self.falls {
            Falls::On { month, day } => {
                NaiveDate::from_ymd_opt(year, *month, *day).into_iter().collect()
            }
            Falls::Nth { month, weekday, nth, plus } => {
                NaiveDate::from_weekday_of_month_opt(year, *month, *weekday, *nth)
                    .and_then(|day| day.checked_add_days(Days::new(u64::from(*plus))))
                    .into_iter()
                    .collect()
            }
            // A month has five of a weekday or four.
            Falls::Last { month, weekday } => [5, 4]
                .iter()
                .find_map(|nth| NaiveDate::from_weekday_of_month_opt(year, *month, *weekday, *nth))
                .into_iter()
                .collect(),
            Falls::BeforeEaster(days) => easter(year)
                .and_then(|day| day.checked_sub_days(Days::new(u64::from(*days))))
                .into_iter()
                .collect(),
            Falls::Listed(days) => days.iter().copied().filter(|d| d.year() == year).collect(),
        }
    }

    /// Returns the day on which offices close for a holiday that falls on `day`.
    pub(super) fn observed(&self, day: NaiveDate) -> Option<NaiveDate> {
        match day.weekday() {
            Weekday::Sat if self.observed => day.pred_opt(),
            Weekday::Sun if self.observed => day.succ_opt(),
            Weekday::Mon
            | Weekday::Tue
            | Weekday::Wed
            | Weekday::Thu
            | Weekday::Fri
            | Weekday::Sat
            | Weekday::Sun => Some(day),
        }
    }
}

/// Returns Easter Sunday of a Gregorian year, by the computation of Meeus, Jones and Butcher.
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(n / 31).ok()?, u32::try_from(n % 31 + 1).ok()?)
}
