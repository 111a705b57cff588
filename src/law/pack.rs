//! The shape of a pack of law, as it stands in a file.
//!
//! `law/README.md` explains every key for the lawyer who edits a pack. Ids are local to the pack except
//! those of authorities, contacts and codes, which form one register.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::cond::Cond;
use super::gate::Mark;
use super::registry::{Authority, Code, Refused};
use crate::calendar::ShortMonth;

/// One pack: the rules of one forum, or the rows that choose a forum.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Pack {
    /// Version of the schema; `1`.
    pub schema: u32,
    /// What the pack is.
    pub pack: Head,
    /// Codes that this pack adds to the register.
    #[serde(default)]
    pub code: BTreeMap<String, Code>,
    /// Authorities that this pack adds to the register.
    #[serde(default)]
    pub authority: BTreeMap<String, Authority>,
    /// What no letter may cite, and why.
    #[serde(default)]
    pub refused: Vec<Refused>,
    /// Bodies and their addresses.
    #[serde(default)]
    pub contact: BTreeMap<String, Contact>,
    /// Lists of words that conditions name as `@name`.
    #[serde(default)]
    pub words: BTreeMap<String, Vec<String>>,
    /// Dates that follow from the dates of the record.
    #[serde(default)]
    pub event: BTreeMap<String, EventRule>,
    /// Stages of this forum.
    #[serde(default)]
    pub stage: BTreeMap<String, StageRule>,
    /// The decision table, tried in order.
    #[serde(default)]
    pub row: Vec<Row>,
    /// Clocks.
    #[serde(default)]
    pub deadline: BTreeMap<String, DeadlineRule>,
    /// Rights a letter can call up, in the order letters use them.
    #[serde(default)]
    pub right: Vec<Right>,
    /// Questions that are open at source, for a lawyer; no ruling turns on them.
    #[serde(default)]
    pub doubt: Vec<Doubt>,
}

/// A question about the law on file that only a reader of the source can settle.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Doubt {
    /// The question.
    pub says: String,
    /// Where the law sheets raise it, as `dmhc.md 12`.
    pub sheet: String,
    /// Authorities that it is about.
    #[serde(default)]
    pub about: Vec<String>,
    /// Whether it comes before all others.
    #[serde(default)]
    pub first: bool,
}

impl Pack {
    /// Returns every condition of the pack.
    #[must_use]
    pub fn conds(&self) -> Vec<&Cond> {
        let mut all: Vec<&Cond> = self.pack.route.iter().map(|r| &r.cond).collect();
        all.extend(self.event.values().map(|e| &e.cond));
        all.extend(self.row.iter().map(|r| &r.cond));
        all.extend(self.right.iter().map(|r| &r.cond));
        for deadline in self.deadline.values() {
            all.extend([&deadline.cond, &deadline.overdue_if]);
            all.extend(deadline.later.iter().map(|l| &l.cond));
        }
        all.extend(self.stage.values().flat_map(|s| &s.next).map(|n| &n.cond));
        all
    }

    /// Replaces `@name` in every condition by the words it stands for.
    pub(super) fn expand_words(&mut self, faults: &mut Vec<String>) {
        let words = &self.words;
        let id = &self.pack.id;
        let mut expand = |cond: &mut Cond| cond.expand(words, id, faults);
        self.pack.route.iter_mut().for_each(|r| expand(&mut r.cond));
        self.event.values_mut().for_each(|e| expand(&mut e.cond));
        self.row.iter_mut().for_each(|r| expand(&mut r.cond));
        self.right.iter_mut().for_each(|r| expand(&mut r.cond));
        for deadline in self.deadline.values_mut() {
            expand(&mut deadline.cond);
            expand(&mut deadline.overdue_if);
            deadline.later.iter_mut().for_each(|l| expand(&mut l.cond));
        }
        for stage in self.stage.values_mut() {
            stage.next.iter_mut().for_each(|n| expand(&mut n.cond));
        }
    }
}

/// What a pack is, and when a person last looked at it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Head {
    /// Id, and name of the file.
    pub id: String,
    /// Title.
    pub name: String,
    /// Whether this pack's rows choose the others.
    #[serde(default)]
    pub router: bool,
    /// Word for the regulator in a ruling of this pack.
    #[serde(default)]
    pub regulator: Option<String>,
    /// What letters call the other side: `plan`, `insurer`, or the word of the forum, as `carrier`.
    #[serde(default = "plan")]
    pub side: String,
    /// What letters call the papers that say what is covered, where not as for the commercial plans: `plan
    /// brochure`.
    #[serde(default)]
    pub contract: Option<String>,
    /// Calendar of the member's own dates: the fewest holidays.
    #[serde(default)]
    pub calendar: Option<String>,
    /// Calendar used against a plan: every candidate holiday.
    #[serde(default)]
    pub calendar_against: Option<String>,
    /// Prefix of the rule ids in the trace, as `dmhc.row.`.
    #[serde(default)]
    pub rows: String,
    /// What an unknown fact does to a row: `ask` ends in needs-facts, `skip` goes on to the next row.
    #[serde(default)]
    pub if_unknown: IfUnknown,
    /// A row of the router whose cases, or some of them, this pack takes from the row's own track.
    #[serde(default)]
    pub route: Option<Route>,
    /// The pack that rules where a fact that decides the forum is unknown; routers only.
    #[serde(default)]
    pub when_unknown: Option<String>,
    /// Row of that table, for the trace.
    #[serde(default)]
    pub unknown_row: Option<String>,
    /// Facts that are asked for together with the one that stopped the search.
    #[serde(default)]
    pub unknown_asks: Vec<String>,
    /// Day the law of this pack was last reviewed.
    #[serde(deserialize_with = "super::day::day")]
    pub reviewed: NaiveDate,
    /// Changes known but not encoded.
    #[serde(default)]
    pub change: Vec<Change>,
    /// The oldest notice that this pack speaks of.
    #[serde(deserialize_with = "super::day::day")]
    pub oldest: NaiveDate,
}

/// Which cases of a row of the router a pack takes for itself.
///
/// A forum that is one of many alike, as a state's department is, is added by its pack alone.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Route {
    /// Id of the row.
    pub row: String,
    /// Which of its cases; a case where this cannot be told stays with the row's own track.
    #[serde(rename = "if")]
    pub cond: Cond,
}

fn yes() -> bool {
    true
}

fn plan() -> String {
    "plan".to_owned()
}

/// What an unknown fact does to a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IfUnknown {
    /// The ruling ends and asks.
    #[default]
    Ask,
    /// The row is passed over.
    Skip,
    /// The row is passed over, and the fact is named among those to find.
    Mention,
}

/// A change in the law that is known and not yet encoded.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Change {
    /// The day it starts.
    #[serde(deserialize_with = "super::day::day")]
    pub from: NaiveDate,
    /// What to look up.
    pub says: String,
}

/// A body, its address and its numbers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Contact {
    /// Full legal name and unit.
    pub name: String,
    /// Word for the body as the forum of a stage.
    pub forum: String,
    /// Address lines.
    #[serde(default)]
    pub address: Vec<String>,
    /// Telephone.
    #[serde(default)]
    pub phone: Option<String>,
    /// Text telephone.
    #[serde(default)]
    pub tty: Option<String>,
    /// Fax.
    #[serde(default)]
    pub fax: Option<String>,
    /// Web address.
    #[serde(default)]
    pub url: Option<String>,
    /// What to check before relying on it.
    #[serde(default)]
    pub note: Option<String>,
    /// How well it is confirmed.
    pub mark: Mark,
    /// The day a person last looked.
    #[serde(deserialize_with = "super::day::day")]
    pub checked: NaiveDate,
    /// What the body says it will not do.
    #[serde(default)]
    pub cannot: Vec<String>,
}

/// A date that follows from others.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EventRule {
    /// What the date is, in words.
    pub says: String,
    /// Dates of the record or other events; the first that is known.
    #[serde(default)]
    pub from: Vec<String>,
    /// Dates of the record or other events; the earliest that is known.
    #[serde(default)]
    pub earliest_of: Vec<String>,
    /// Dates of the record or other events; the latest that is known.
    #[serde(default)]
    pub latest_of: Vec<String>,
    /// An event that this one follows by `period`.
    #[serde(default)]
    pub after: Option<String>,
    /// How long after, as `30 days`.
    #[serde(default)]
    pub period: Option<String>,
    /// Of several dates under one name, the latest instead of the earliest.
    #[serde(default)]
    pub latest: bool,
    /// When the event exists at all.
    #[serde(default, rename = "if")]
    pub cond: Cond,
}

/// A stage of the forum.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StageRule {
    /// Title for headings.
    pub title: String,
    /// What its letter is called within a sentence: `a grievance with the plan`; the title without it.
    #[serde(default)]
    pub called: Option<String>,
    /// `plan`, or the id of a contact.
    pub recipient: String,
    /// Template of the letter; none where only a person can act.
    #[serde(default)]
    pub letter: Option<String>,
    /// Form that the body asks for.
    #[serde(default)]
    pub form: Option<String>,
    /// Authorities of the stage itself.
    #[serde(default)]
    pub authorities: Vec<String>,
    /// Stages that follow.
    #[serde(default)]
    pub next: Vec<NextStage>,
}

/// A stage that follows another.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NextStage {
    /// Id of the stage.
    pub stage: String,
    /// The event that opens it.
    #[serde(default)]
    pub opens: Option<String>,
    /// When it opens, in words.
    pub says: String,
    /// Whether it does not wait for the day on which a `wait` ends.
    #[serde(default)]
    pub always: bool,
    /// When it can follow at all.
    #[serde(default, rename = "if")]
    pub cond: Cond,
}

/// One row of a decision table.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Row {
    /// Number in the sheet, as `5b`.
    pub id: String,
    /// The outcome in one or two plain sentences.
    pub says: String,
    /// When the row applies.
    #[serde(default, rename = "if")]
    pub cond: Cond,
    /// The pack that governs; in a router.
    #[serde(default)]
    pub track: Option<String>,
    /// The stage to take.
    #[serde(default)]
    pub stage: Option<String>,
    /// The row adds to a later match instead of ending the search.
    #[serde(default)]
    pub adds: bool,
    /// Stages whose letters go the same day.
    #[serde(default)]
    pub also: Vec<String>,
    /// Stages merely allowed.
    #[serde(default)]
    pub open: Vec<String>,
    /// Marks on the ruling.
    #[serde(default)]
    pub marks: Vec<String>,
    /// Whether the expedited path applies.
    #[serde(default)]
    pub expedited: bool,
    /// Whether every reading makes the stage late.
    #[serde(default)]
    pub late: bool,
    /// For `wait`: the event that ends the waiting, or the deadline of another that must pass.
    #[serde(default)]
    pub until: Option<String>,
    /// For `wait`, `other-forum` and `needs-facts`: the stage whose recipient and next steps are shown.
    #[serde(default)]
    pub about: Option<String>,
    /// Facts or dates to ask for.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Warnings to give, each a code and a sentence.
    #[serde(default)]
    pub warns: BTreeMap<String, String>,
    /// Authorities of the row.
    #[serde(default)]
    pub authorities: Vec<String>,
    /// What an unknown fact does to this row, if not what the pack says.
    #[serde(default)]
    pub if_unknown: Option<IfUnknown>,
}

/// Who must act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// The enrollee, or whoever signs for them.
    Member,
    /// The plan or insurer.
    Plan,
    /// A regulator.
    Agency,
    /// An outside reviewer.
    Reviewer,
}

impl Actor {
    /// Returns the word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Actor::Member => "member",
            Actor::Plan => "plan",
            Actor::Agency => "agency",
            Actor::Reviewer => "reviewer",
        }
    }
}

/// Where a deadline stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClockState {
    /// On time on the earliest reading.
    Open,
    /// Past the earliest reading, inside a later one.
    Arguable,
    /// Past every reading that can be computed; a later one waits for a missing date.
    Unsettled,
    /// Past every reading.
    Late,
    /// The act was done.
    Met,
    /// Another's duty, past every reading.
    Overdue,
    /// The clock has not started.
    NotRunning,
}

impl ClockState {
    /// Returns the word that the public JSON uses.
    ///
    /// A deadline whose last reading waits for a missing date is shown as arguable: nobody may call it
    /// late.
    #[must_use]
    pub fn public_word(self) -> &'static str {
        match self {
            ClockState::Unsettled => ClockState::Arguable.word(),
            ClockState::Open
            | ClockState::Arguable
            | ClockState::Late
            | ClockState::Met
            | ClockState::Overdue
            | ClockState::NotRunning => self.word(),
        }
    }

    /// Returns the word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            ClockState::Open => "open",
            ClockState::Arguable => "arguable",
            ClockState::Unsettled => "unsettled",
            ClockState::Late => "late",
            ClockState::Met => "met",
            ClockState::Overdue => "overdue",
            ClockState::NotRunning => "not-running",
        }
    }
}

/// A clock: who must do what, counted from which event.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DeadlineRule {
    /// Ids in the law sheets that this encodes.
    pub rules: Vec<String>,
    /// Stage it belongs to.
    pub stage: String,
    /// Who must act.
    pub actor: Actor,
    /// What must be done, in words: `acknowledge the grievance in writing`.
    pub action: String,
    /// The rule in one plain sentence.
    pub says: String,
    /// When it applies.
    #[serde(default, rename = "if")]
    pub cond: Cond,
    /// Event that starts the clock on the earliest reading.
    pub trigger: String,
    /// Dated lengths; exactly one may be in force on the governing date.
    pub value: Vec<DatedPeriod>,
    /// How a period of months ends in a month too short for it; compulsory for months.
    #[serde(default)]
    pub short_month: Option<ShortMonthWord>,
    /// Later readings of a member's date.
    #[serde(default)]
    pub later: Vec<LateReading>,
    /// The authority for moving a last day off a weekend or holiday; `arguable until` only.
    #[serde(default)]
    pub roll: Option<String>,
    /// Calendar of the roll, if not the pack's.
    #[serde(default)]
    pub roll_calendar: Option<String>,
    /// Longest extension another actor can claim, added before it is called late.
    #[serde(default)]
    pub extension: Option<String>,
    /// Dates of the record that show the act was done.
    #[serde(default)]
    pub met_by: Vec<String>,
    /// An agency's practice, not law.
    #[serde(default)]
    pub advisory: bool,
    /// Passing it bars nothing: a member's date that is never called late.
    #[serde(default)]
    pub no_bar: bool,
    /// Date that picks the value in force, if not the date on the notice.
    #[serde(default)]
    pub governed_by: Option<String>,
    /// What a missed duty of another is called in a letter; without it none is accused.
    #[serde(default)]
    pub missed: Option<String>,
    /// Whether passing it can be held against the other side at all; `false` for a time that only
    /// opens a door, or binds "whenever possible".
    #[serde(default = "yes")]
    pub duty: bool,
    /// When it can be held against the other side; a record that does not say proves nothing.
    #[serde(default)]
    pub overdue_if: Cond,
}

/// How a period of months ends in a short month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShortMonthWord {
    /// On its last day.
    LastDay,
    /// On the first day of the next.
    FirstOfNext,
}

impl From<ShortMonthWord> for ShortMonth {
    fn from(word: ShortMonthWord) -> Self {
        match word {
            ShortMonthWord::LastDay => ShortMonth::LastDay,
            ShortMonthWord::FirstOfNext => ShortMonth::FirstOfNext,
        }
    }
}

/// A length of time and the days on which it is the law.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DatedPeriod {
    /// First day.
    #[serde(deserialize_with = "super::day::day")]
    pub from: NaiveDate,
    /// First day on which it is the law no more.
    #[serde(default, deserialize_with = "super::day::maybe")]
    pub to: Option<NaiveDate>,
    /// The length, as `180 days`.
    pub period: String,
    /// How well the number is confirmed.
    pub mark: Vec<Mark>,
    /// Authorities for it; the first is the one a letter cites.
    pub authorities: Vec<String>,
}

/// A later reading of a member's deadline, for `arguable until`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LateReading {
    /// Event that starts the clock on this reading.
    pub trigger: String,
    /// Length on this reading, if not the deadline's own.
    #[serde(default)]
    pub period: Option<String>,
    /// The reading in words.
    pub says: String,
    /// Authorities for it.
    #[serde(default)]
    pub authorities: Vec<String>,
    /// When the reading exists.
    #[serde(default, rename = "if")]
    pub cond: Cond,
    /// What a missing date does.
    #[serde(default)]
    pub missing: Missing,
}

/// What a missing date does to a later reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// The reading falls away.
    #[default]
    Ignore,
    /// The deadline cannot be called late before the date is known, and it is asked for.
    Ask,
    /// The deadline cannot be called late: the event may still come.
    Open,
}

/// A right that a letter can call up.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Right {
    /// Id, for overrides and lints.
    pub id: String,
    /// Where a letter uses it.
    pub topic: Topic,
    /// The right in the words a letter uses, without citation.
    pub says: String,
    /// Authorities; the first that the gate lets through is cited.
    pub authorities: Vec<String>,
    /// Stages whose letters use it; every stage when empty.
    #[serde(default)]
    pub stages: Vec<String>,
    /// When it applies.
    #[serde(default, rename = "if")]
    pub cond: Cond,
    /// Not cited for facts before this day.
    #[serde(default, deserialize_with = "super::day::maybe")]
    pub from: Option<NaiveDate>,
}

/// Where a letter uses a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// Meets the plan's reason.
    Answer,
    /// Backs a numbered request.
    Request,
    /// How the plan or agency must handle the case.
    Process,
    /// What reviewers go by.
    Standard,
    /// Said to an outside body only, never to the plan.
    Regulator,
}

impl Topic {
    /// Returns the word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Topic::Answer => "answer",
            Topic::Request => "request",
            Topic::Process => "process",
            Topic::Standard => "standard",
            Topic::Regulator => "regulator",
        }
    }
}
