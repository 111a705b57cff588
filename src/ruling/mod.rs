//! What follows from the facts: the stage, the recipient, the dates, the law, and why.

mod clock;
mod count;
mod decide;
mod json;
mod merge;
mod outcome;
mod text;
mod timeline;

use chrono::{NaiveDate, NaiveTime};

use crate::law::Law;

pub use decide::{Conflict, decide};
pub use json::json;
pub use text::text;

/// Where a deadline stands.
pub use crate::law::ClockState as Status;

/// The answer of the law to one set of facts on one day. Complete without any letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// The day the ruling speaks of.
    pub as_of: NaiveDate,
    /// Id of the pack that governs, as `us-ca-dmhc`.
    pub track: String,
    /// The regulator's word, or `unknown`.
    pub regulator: String,
    /// What letters call the other side: `plan`, `insurer`, or the word of the forum.
    pub side: String,
    /// What letters call the papers that say what is covered; none for the words of commercial plans.
    pub contract: Option<String>,
    /// Who decides the stage: `plan`, or the id of an outside body.
    pub forum: String,
    /// The stage to take first, or `wait`, `needs-facts`, `other-forum`, `no-letter`.
    pub stage: String,
    /// The stage's title, for headings and messages.
    pub title: String,
    /// What the stage's letter is called within a sentence.
    pub called: String,
    /// Name of the template that writes the stage's letter; none where no letter is written.
    pub letter: Option<String>,
    /// Stages whose letters go the same day, in order.
    pub also: Vec<Stage>,
    /// Stages that are merely allowed now.
    pub open: Vec<Stage>,
    /// Whether the expedited (imminent and serious threat) path applies.
    pub expedited: bool,
    /// Whether every reading of the law makes the stage late.
    pub late: bool,
    /// What else colours the letter: `experimental`, `extension`, `combined`, `federal-window`, `cancellation` …
    pub marks: Vec<String>,
    /// What this outcome means, in one or two plain sentences.
    pub says: String,
    /// Whom the letter goes to, or whom to call.
    pub recipient: Recipient,
    /// Every date that the facts start, and the plan's own duties.
    pub deadlines: Vec<Deadline>,
    /// Rights that the facts of this case call up, in the words a letter uses.
    pub rights: Vec<Right>,
    /// Every authority that the ruling rests on.
    pub authorities: Vec<Authority>,
    /// What the reader must be warned of.
    pub warnings: Vec<Warning>,
    /// Changes of the law that are known and not on file, and that start before the last of its dates.
    pub ahead: Vec<Ahead>,
    /// Facts that are missing or contradicted, and how to find them.
    pub needs: Vec<Need>,
    /// The stages that come next.
    pub next: Vec<Next>,
    /// The dates of the record that have come, each with what happened.
    pub happened: Vec<(NaiveDate, String)>,
    /// Each rule considered, in order: applied, or what said no.
    pub trace: Vec<TraceLine>,
    /// When the law was last reviewed for this track.
    pub law_reviewed: NaiveDate,
}

/// A stage that goes along with the first one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The stage's id, as `dmhc-imr`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What its letter is called within a sentence.
    pub called: String,
    /// Who decides it.
    pub forum: String,
    /// The template of its letter.
    pub letter: Option<String>,
    /// Whom it goes to.
    pub recipient: Recipient,
}

/// Where a letter goes. For a plan the record's own papers fill in the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recipient {
    /// Whether this is the plan itself, whose address is in the record.
    pub plan: bool,
    /// Name of the body and unit; empty for the plan.
    pub name: String,
    /// Address lines.
    pub address: Vec<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Text telephone.
    pub tty: Option<String>,
    /// Fax.
    pub fax: Option<String>,
    /// Web address.
    pub url: Option<String>,
    /// Form that the body asks for.
    pub form: Option<String>,
    /// What to check before relying on this contact.
    pub note: Option<String>,
    /// A word of caution, where nobody has confirmed this contact.
    pub caution: Option<&'static str>,
}

/// One date that the law sets, with everything that led to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Full id, `<pack>.<stage>.<action>[.<variant>]`.
    pub id: String,
    /// Ids in the law sheets that this encodes, as `dmhc.I1`.
    pub rules: Vec<String>,
    /// Stage it belongs to.
    pub stage: String,
    /// Who must act: `member`, `plan`, `agency`, `reviewer`.
    pub actor: String,
    /// The kind of act, from the id: `file`, `acknowledge`, `decide` …
    pub act: String,
    /// What must be done.
    pub action: String,
    /// The rule in one plain sentence.
    pub says: String,
    /// Member: the last day on the earliest reading, never rolled.
    pub file_by: Option<NaiveDate>,
    /// Member: the last ordinary business day on or before `file_by`, when that is not one.
    pub last_working_day: Option<NaiveDate>,
    /// Member: the last day on a later reading or after a roll; not to be relied on.
    pub arguable_until: Option<NaiveDate>,
    /// Another actor: the day the act is due.
    pub due: Option<NaiveDate>,
    /// Another actor: after this day every reading makes it late.
    pub late_after: Option<NaiveDate>,
    /// Whether another's day is only about right: it counts business days, and the other side's holidays
    /// are not on file. No letter prints such a day.
    pub about: bool,
    /// The hour on `file_by` or `due`, for a clock of hours whose start is known to the minute.
    pub time: Option<NaiveTime>,
    /// Where the date stands on the day of the ruling.
    pub status: Status,
    /// Days from the day of the ruling to `file_by` or `due`.
    pub days_left: Option<i64>,
    /// The event that starts the clock, and its date.
    pub trigger: Option<Trigger>,
    /// Where the clock has not started: when it would end if it started on the day of the ruling.
    pub if_today: Option<NaiveDate>,
    /// The period in words, as `6 months`.
    pub period: String,
    /// Whether a letter may print the period and the date as law.
    pub printable: bool,
    /// An agency's practice, not law.
    pub advisory: bool,
    /// How a letter says that the duty was missed, once every reading makes it so.
    pub missed: Option<String>,
    /// Ids of the authorities.
    pub authorities: Vec<String>,
    /// Citation as a letter prints it; none where the gate holds it back.
    pub cite: Option<String>,
    /// How the dates were found, step by step.
    pub steps: Vec<Step>,
}

impl Deadline {
    /// Returns the word for where the date stands, as reports and JSON give it. Only a member's date can
    /// be arguable; another's duty is open until every reading makes it late.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match (self.status, self.file_by) {
            (Status::Unsettled, None) => Status::Open.word(),
            (status, _) => status.public_word(),
        }
    }
}

/// One step of the way to a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What the step does.
    pub kind: StepKind,
    /// The date it arrives at.
    pub date: Option<NaiveDate>,
    /// The provision it goes by, as `explain` cites it.
    pub by: Option<String>,
    /// The same, as a letter prints it; none where the gate holds it back or the step has no
    /// provision of its own.
    pub letter: Option<String>,
    /// The step in words.
    pub says: String,
}

impl Step {
    fn new(kind: StepKind, date: Option<NaiveDate>, says: String) -> Step {
        Step { kind, date, by: None, letter: None, says }
    }

    fn under(self, law: &Law, authority: Option<&String>) -> Step {
        let registry = law.registry();
        let by = authority.and_then(|id| registry.citation(id));
        let letter = authority.and_then(|id| registry.letter(id));
        Step { by, letter, ..self }
    }
}

/// What a step on the way to a date does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// The clock starts with an event.
    Event,
    /// The period is counted: `file_by` or `due`.
    Count,
    /// Back to the last working day: `last_working_day`.
    WorkingDay,
    /// A later reading of event or period: `arguable_until`, unless it is moved.
    LaterReading,
    /// Off a weekend or holiday, under the rule that says so: `arguable_until`.
    Roll,
    /// Every holiday and extension given to another: `late_after`.
    Allowance,
    /// No list of holidays covers the year, so nobody is called late.
    NoList,
    /// The act was done.
    Done,
    /// The clock has not started.
    NotRunning,
}

impl StepKind {
    /// Returns the word, as the JSON writes it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            StepKind::Event => "event",
            StepKind::Count => "count",
            StepKind::WorkingDay => "working-day",
            StepKind::LaterReading => "later-reading",
            StepKind::Roll => "roll",
            StepKind::Allowance => "allowance",
            StepKind::NoList => "no-list",
            StepKind::Done => "done",
            StepKind::NotRunning => "not-running",
        }
    }
}

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands.
    pub place: Place,
    /// The day; none where nobody can tell it yet.
    pub date: Option<NaiveDate>,
    /// What happens, in words.
    pub says: String,
}

/// Where a line of the timeline stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// It has happened.
    Done,
    /// It is to be done on the day of the ruling.
    Now,
    /// It follows.
    Next,
    /// The last day for something the member may do.
    LastDay,
}

impl Place {
    /// Returns the words of the line, as text and JSON write them.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Place::Done => "done",
            Place::Now => "now",
            Place::Next => "next",
            Place::LastDay => "last day",
        }
    }
}

/// What starts a clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// Name of the pack's event.
    pub event: String,
    /// Its date.
    pub date: NaiveDate,
}

/// A right that the facts call up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Right {
    /// Id in the pack.
    pub id: String,
    /// Where a letter uses it: `answer` (meets the plan's reason), `request` (backs a numbered request),
    /// `process` (how the plan must handle the case), `standard` (what reviewers go by).
    pub topic: String,
    /// The right in the words a letter uses, without citation.
    pub says: String,
    /// Stages whose letters use it; every stage when empty.
    pub stages: Vec<String>,
    /// Citation as a letter prints it; none where the gate holds it back.
    pub cite: Option<String>,
    /// Ids of the authorities.
    pub authorities: Vec<String>,
}

/// An authority, resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// Id in the registry.
    pub id: String,
    /// Full citation with pinpoint, for `explain`.
    pub citation: String,
    /// What the gate lets a letter print of it.
    pub letter: Option<String>,
    /// What it says, in our own words.
    pub says: String,
    /// How well it is confirmed, in words.
    pub confidence: String,
    /// Where the text can be read.
    pub url: Option<String>,
    /// The day a person last looked.
    pub checked: NaiveDate,
}

/// Something the reader must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Short stable code.
    pub code: String,
    /// The sentence.
    pub message: String,
}

/// A change of the law that is coming.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ahead {
    /// The day it starts.
    pub from: NaiveDate,
    /// What to look up.
    pub says: String,
}

/// A fact to find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// Name of the fact or date.
    pub fact: String,
    /// How to find it.
    pub how: String,
}

/// A stage that follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// The stage's id.
    pub stage: String,
    /// Its title.
    pub title: String,
    /// First day it is open, when that can be told.
    pub opens: Option<NaiveDate>,
    /// What its letter is called within a sentence.
    pub called: String,
    /// When it opens, in words.
    pub when: String,
    /// Who decides it, by name; none for the plan.
    pub body: Option<String>,
    /// Telephone of the body.
    pub phone: Option<String>,
    /// A word of caution, where nobody has confirmed the telephone number.
    pub caution: Option<&'static str>,
    /// Whether a letter may print the telephone number.
    pub printable: bool,
}

impl Next {
    /// Returns the sentence with the telephone number and its caution, after a space; empty without one.
    #[must_use]
    pub fn telephone(&self) -> String {
        let caution = self.caution.map(|c| format!(" ({c})")).unwrap_or_default();
        self.phone.as_ref().map(|p| format!(" Telephone {p}{caution}.")).unwrap_or_default()
    }
}

/// One rule considered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceLine {
    /// Row id, as `jurisdiction.22` or `dmhc.8`.
    pub rule: String,
    /// Whether it applied.
    pub applied: bool,
    /// What it says, or the fact that said no.
    pub because: String,
}

impl Ruling {
    /// Returns a deadline by the id of a rule in the law sheets.
    #[must_use]
    pub fn deadline(&self, rule: &str) -> Option<&Deadline> {
        self.deadlines.iter().find(|d| d.rules.iter().any(|r| r == rule))
    }

    /// Returns the first stage in the form of those that go along with it.
    #[must_use]
    pub fn first(&self) -> Stage {
        Stage {
            id: self.stage.clone(),
            title: self.title.clone(),
            called: self.called.clone(),
            forum: self.forum.clone(),
            letter: self.letter.clone(),
            recipient: self.recipient.clone(),
        }
    }

    /// Returns a stage of this ruling that a letter can be written for: the first, one that goes the
    /// same day, or one that is merely allowed.
    #[must_use]
    pub fn stage(&self, id: &str) -> Option<Stage> {
        std::iter::once(self.first())
            .chain(self.also.iter().cloned())
            .chain(self.open.iter().cloned())
            .find(|s| s.id == id && s.letter.is_some())
    }
}
