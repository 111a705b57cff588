//! The timeline of a case: done, now, next, last day.

use chrono::NaiveDate;

use super::{Deadline, Entry, Place, Ruling, Status};
use crate::facts::{DateName, Facts};

/// The dates of the record that have come, each with what happened.
pub(super) fn happened(facts: &Facts, as_of: NaiveDate) -> Vec<(NaiveDate, String)> {
    DateName::ALL
        .iter()
        // What only follows from another date did not happen on its own.
        .filter(|name| facts.why(**name).is_none())
        .flat_map(|name| facts.dates(*name).iter().map(move |m| (m.date, name.means().to_owned())))
        .filter(|(date, _)| *date <= as_of)
        .collect()
}

impl Ruling {
    /// Returns what has been done, what is to be done now, what follows and by when, in order of
    /// time; what has no day yet comes last.
    #[must_use]
    pub fn timeline(&self) -> Vec<Entry> {
        let mut all: Vec<Entry> = Vec::new();
        let mut put = |place, date, says: String| all.push(Entry { place, date, says });
        for (date, says) in &self.happened {
            put(Place::Done, Some(*date), says.clone());
        }
        for title in std::iter::once(&self.title).chain(self.also.iter().map(|s| &s.title)) {
            put(Place::Now, Some(self.as_of), title.clone());
        }
        for deadline in self.deadlines.iter().filter(|d| d.status == Status::Open && !d.advisory) {
            // When a body opens is told by the stages that come next.
            let owed = deadline.due.filter(|due| *due >= self.as_of && deadline.act != "opens");
            if let Some(due) = owed {
                let about = if deadline.about { ", about this day" } else { "" };
                let says = format!("the {} must {}{about}", deadline.actor, deadline.action);
                put(Place::Next, Some(due), says);
            }
            if let Some(by) = deadline.file_by.filter(|_| self.may_take(&deadline.stage)) {
                let same = |d: &&Deadline| {
                    (&d.stage, &d.act) == (&deadline.stage, &deadline.act)
                        && d.status == Status::Open
                        && !d.advisory
                        && d.file_by.is_some_and(|other| other < by)
                };
                // Of several days for one act, as a time that good cause makes longer, only the first.
                if self.deadlines.iter().any(|d| same(&d)) {
                    continue;
                }
                let working = deadline.last_working_day;
                let working = working.map(|w| format!(" (the last working day is {w})"));
                let sure = if deadline.printable { "" } else { "; not confirmed at source" };
                let says = format!("{}{}{sure}", deadline.action, working.unwrap_or_default());
                put(Place::LastDay, Some(by), says);
            }
        }
        for next in self.next.iter().filter(|n| n.opens.is_none_or(|opens| opens > self.as_of)) {
            put(Place::Next, next.opens, next.when.clone());
        }
        all.sort_by_key(|e| (e.date.unwrap_or(NaiveDate::MAX), e.place));
        all.dedup();
        all
    }

    /// Whether a stage may be taken on the day of the ruling.
    fn may_take(&self, stage: &str) -> bool {
        // Where no letter is written, every date is for the member to keep without one.
        let described = matches!(self.stage.as_str(), "other-forum" | "needs-facts");
        let open = self.also.iter().chain(&self.open).any(|s| s.id == stage);
        described || self.stage == stage || open
    }
}
