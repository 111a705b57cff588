//! Every letter as it reads in every case, for a lawyer to approve.
//!
//! What is approved is a reading: the words of one letter in one case, on one day. A letter counts as approved when
//! every reading of it does. So a lawyer approves the letter, and reads again only the cases whose words have
//! changed. What no case reads is never shown, and is approved by nobody; coverage tells what that is.

mod align;
mod approvals;
mod file;
mod front;
mod html;
mod key;
mod page;
mod reading;
mod words;

pub use approvals::{Approvals, Approved, Judged, Save, State, Unknown};
pub use file::{FOLDER, Fault, LIST};
pub use page::page;
pub use reading::{Reading, Shown, Stuck, read};

use chrono::NaiveDate;

/// What a gallery shows.
#[derive(Clone, Debug)]
pub struct Gallery {
    /// Every reading, by template, then by case, each with its state.
    pub readings: Vec<Judged>,
    /// Records that have no letter at all, and why.
    pub stuck: Vec<Stuck>,
    /// Letters that no case reads.
    pub unread: Vec<String>,
    /// Approved readings that no case shows any more, by name.
    pub gone: Vec<Approved>,
    /// The day it is made.
    pub as_of: NaiveDate,
    /// What the templates are called: the folder, or the words for those that ship.
    pub source: String,
}

/// How many readings are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Approved as they read now.
    pub approved: usize,
    /// Approved once, and changed since.
    pub changed: usize,
    /// Never approved.
    pub never: usize,
    /// Not to be written, because of a fault.
    pub faulty: usize,
}

impl Gallery {
    /// Holds what was read against what was approved.
    #[must_use]
    pub fn of(shown: Shown, approvals: &Approvals, as_of: NaiveDate, source: &str) -> Gallery {
        let gone = approvals.without(&shown.readings);
        Gallery {
            readings: shown.readings.into_iter().map(|r| approvals.judge(r)).collect(),
            stuck: shown.stuck,
            unread: shown.unread,
            gone,
            as_of,
            source: source.to_owned(),
        }
    }

    /// Counts the readings by their state.
    #[must_use]
    pub fn count(&self) -> Count {
        Count::of(&self.readings)
    }

    /// Returns whether a person has still to look at something.
    #[must_use]
    pub fn is_open(&self) -> bool {
        let Count { approved: _, changed, never, faulty } = self.count();
        changed + never + faulty + self.stuck.len() > 0
    }
}

impl Count {
    /// Counts some readings.
    fn of<'a>(readings: impl IntoIterator<Item = &'a Judged>) -> Count {
        let mut count = Count::default();
        for judged in readings {
            match judged.state {
                State::Approved(_) => count.approved += 1,
                State::Changed(..) | State::Edited(_) => count.changed += 1,
                State::Never => count.never += 1,
                State::Faulty(_) => count.faulty += 1,
            }
        }
        count
    }

    /// Returns all of them.
    #[must_use]
    pub fn all(self) -> usize {
        self.approved + self.changed + self.never + self.faulty
    }
}
