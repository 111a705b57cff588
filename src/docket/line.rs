//! What one line of the docket holds.

use chrono::{NaiveDate, NaiveTime};

use crate::ruling::Status;

/// One date of one case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// The day.
    pub date: NaiveDate,
    /// What kind of day it is.
    pub kind: Kind,
    /// The id of the case.
    pub case_id: String,
    /// Whose case it is.
    pub owner: Option<String>,
    /// What is to be done, as `file the grievance`; of a stage that opens, what opens.
    pub title: String,
    /// Who must act: `member`, `plan`, `agency`, `reviewer`.
    pub actor: String,
    /// Where the date stands.
    pub standing: Standing,
    /// The hour, for a clock of hours.
    pub time: Option<NaiveTime>,
    /// Days from the day of the docket; negative once it has passed.
    pub days: i64,
    /// The last day on the earliest reading, on the lines that belong to one.
    pub file_by: Option<NaiveDate>,
    /// The last working day before it, where it is none.
    pub last_working_day: Option<NaiveDate>,
    /// The last day on a later reading; not to be relied on.
    pub arguable_until: Option<NaiveDate>,
    /// Another's duty is called late only after this day.
    pub late_after: Option<NaiveDate>,
    /// Whether the day is only about right.
    pub about: bool,
    /// How far the date can be trusted.
    pub footing: Footing,
    /// A name of this date that stays the same from day to day, and says nothing.
    pub key: u64,
}

/// What kind of day a line stands for, in the order of one day's lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The member's last day, on the earliest reading.
    FileBy,
    /// The last working day before a last day that is none.
    LastWorkingDay,
    /// The member's last day on a later reading: not to be relied on.
    ArguableUntil,
    /// The day a stage opens.
    Opens,
    /// Another's duty, missed on every reading.
    Overdue,
    /// Another's duty.
    Due,
}

impl Kind {
    /// Returns the word, as CSV and JSON write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Kind::FileBy => "file-by",
            Kind::LastWorkingDay => "last-working-day",
            Kind::ArguableUntil => "arguable-until",
            Kind::Opens => "opens",
            Kind::Overdue => "overdue",
            Kind::Due => "due",
        }
    }

    /// Returns whether the day is one for the member to keep.
    #[must_use]
    pub fn is_the_members(self) -> bool {
        matches!(self, Kind::FileBy | Kind::LastWorkingDay | Kind::ArguableUntil)
    }
}

/// Where a date stands on the day of the docket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// On time.
    Open,
    /// Past the earliest reading; a later one may hold.
    Arguable,
    /// Past every reading.
    Late,
    /// Another's duty, missed on every reading.
    Overdue,
}

impl Standing {
    /// Returns the word, as CSV and JSON write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Standing::Open => "open",
            Standing::Arguable => "arguable",
            Standing::Late => "late",
            Standing::Overdue => "overdue",
        }
    }

    /// Returns where a deadline stands; none for one that is over or has not begun.
    pub(super) fn of(status: Status) -> Option<Standing> {
        match status {
            Status::Open => Some(Standing::Open),
            Status::Arguable | Status::Unsettled => Some(Standing::Arguable),
            Status::Late => Some(Standing::Late),
            Status::Overdue => Some(Standing::Overdue),
            Status::Met | Status::NotRunning => None,
        }
    }
}

/// How far a date can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Footing {
    /// Law that was read, or is confirmed by others who read it.
    Law,
    /// An agency's habit, not law.
    Practice,
    /// Nobody has confirmed it at source.
    Unconfirmed,
}

impl Footing {
    /// Returns the word, as CSV and JSON write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Footing::Law => "law",
            Footing::Practice => "practice",
            Footing::Unconfirmed => "unconfirmed",
        }
    }
}

/// A case that waits for facts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Needs {
    /// The id of the case.
    pub case_id: String,
    /// Whose case it is.
    pub owner: Option<String>,
    /// Names of the facts, as a record and `appeal explain` have them; those of health are not named.
    pub facts: Vec<String>,
    /// As [`Line::key`].
    pub key: u64,
}

/// A record whose dates are not on the docket, or not for sure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unread {
    /// Where it stands.
    pub place: String,
    /// What is the matter, without a word of the record.
    pub why: String,
}
