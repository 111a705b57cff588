//! The docket: every open date of every case, soonest first.
//!
//! Takes the rulings of one case at a time and keeps only the lines they make, so that a night's run
//! over thousands of records stays small. A line holds a date, the id of the case, whose case it is, and
//! a short title from closed lists of words: whoever sees a calendar or a printout over somebody's
//! shoulder learns nothing of the member or of their health.

mod csv;
mod html;
mod ics;
mod json;
mod line;
mod lines;
mod owners;
mod text;
mod words;

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};

use crate::packet::Dispute;

pub use csv::{cell, csv, row};
pub use html::html;
pub use ics::{Calendar, calendars, ics};
pub use json::json;
pub use line::{Footing, Kind, Line, Needs, Standing, Unread};
pub use text::text;

/// Every open date of some cases on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Docket {
    /// The day it speaks of.
    pub as_of: NaiveDate,
    /// How many cases were ruled on.
    pub cases: usize,
    /// For how many of them the law on file has changed since, or was reviewed too long ago.
    pub doubtful: usize,
    /// The dates, by date, kind and case.
    pub lines: Vec<Line>,
    /// How many of the cases wait for facts.
    pub waiting: usize,
    /// Those cases, by id; none where only near dates are kept.
    pub needs: Vec<Needs>,
    /// Records whose dates are not here, or not for sure, by place.
    pub unread: Vec<Unread>,
    /// Where only the member's own dates up to so many days ahead are kept.
    pub within: Option<u32>,
    /// The places of each case id.
    places: BTreeMap<String, Vec<String>>,
}

/// One case, ruled on.
#[derive(Clone, Copy, Debug)]
pub struct Ruled<'a> {
    /// Where its record stands.
    pub place: &'a str,
    /// The id of the case.
    pub case_id: &'a str,
    /// Whose case it is.
    pub owner: Option<&'a str>,
    /// The rulings as of the docket's day.
    pub today: &'a [Dispute],
    /// The rulings as of the day before, which tell what has just opened; may be empty.
    pub before: &'a [Dispute],
}

impl Docket {
    /// Starts a docket for a day.
    #[must_use]
    pub fn new(as_of: NaiveDate) -> Self {
        Docket {
            as_of,
            cases: 0,
            doubtful: 0,
            lines: Vec::new(),
            waiting: 0,
            needs: Vec::new(),
            unread: Vec::new(),
            within: None,
            places: BTreeMap::new(),
        }
    }

    /// Takes in the dates of a case; of its rulings nothing else is kept.
    pub fn add(&mut self, ruled: &Ruled<'_>) {
        self.cases += 1;
        let stale = |code: &str| matches!(code, "law-not-reviewed" | "law-changed");
        let warned = |d: &Dispute| d.ruling.warnings.iter().any(|w| stale(&w.code));
        self.doubtful += usize::from(ruled.today.iter().any(warned));
        self.lines.extend(lines::lines(ruled, self.as_of));
        self.needs.extend(lines::needs(ruled));
        self.places.entry(ruled.case_id.to_owned()).or_default().push(ruled.place.to_owned());
    }

    /// Notes a record that could not be read or ruled on.
    pub fn lack(&mut self, place: impl Into<String>, why: impl Into<String>) {
        self.unread.push(Unread { place: place.into(), why: why.into() });
    }

    /// Puts everything in order, whatever the order in which it came. What two records under one id say
    /// is listed for both, and the records among those to look at.
    #[must_use]
    pub fn finish(mut self) -> Docket {
        for (_, mut places) in std::mem::take(&mut self.places) {
            places.sort();
            let Some((first, others)) = places.split_first() else { continue };
            for place in others {
                self.lack(place.clone(), format!("it has the same case_id as {first}"));
            }
        }
        self.lines.sort();
        // One act can be owed under two rules: to a reader it is one line.
        self.lines.dedup_by(|b, a| {
            let doubtful = a.kind == Kind::ArguableUntil && b.kind == a.kind;
            let told = |l: &Line| (l.date, l.case_id.clone(), l.title.clone());
            (doubtful && told(a) == told(b)) || Line { key: a.key, ..b.clone() } == *a
        });
        self.needs.sort();
        self.needs.dedup();
        self.waiting = self.needs.len();
        self.unread.sort();
        self.unread.dedup();
        let mut seen: BTreeMap<(String, u64), u64> = BTreeMap::new();
        for line in &mut self.lines {
            let again = seen.entry((line.case_id.clone(), line.key)).or_default();
            line.key = line.key.wrapping_add(*again);
            *again += 1;
        }
        self
    }

    /// Keeps the member's own dates that have passed or are at most so many days ahead.
    #[must_use]
    pub fn within(mut self, days: u32) -> Docket {
        let last = self.as_of.checked_add_signed(TimeDelta::days(days.into()));
        let near = |date: NaiveDate| last.is_none_or(|last| date <= last);
        self.lines.retain(|l| l.kind.is_the_members() && near(l.date));
        self.needs.clear();
        self.within = Some(days);
        self
    }
}
