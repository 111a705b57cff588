//! Every entry of the law on file, in words.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::facts::DateName;
use crate::law::{
    Authority, Contact, DeadlineRule, Doubt, EventRule, Law, Mark, Missing, Pack, Right, Row,
    ShortMonthWord, StageRule,
};

use super::tested::{Test, Tests};
use super::words;

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The pack itself.
    Pack,
    /// A row of a decision table.
    Row,
    /// A deadline.
    Deadline,
    /// A right that letters use.
    Right,
    /// A stage.
    Stage,
    /// A date that follows from others.
    Event,
    /// A body and its address.
    Contact,
    /// An authority.
    Authority,
    /// A question that is open at source.
    Doubt,
}

impl Kind {
    /// Every kind, in the order that a reader takes them in.
    pub const ALL: [Kind; 9] = [
        Kind::Pack,
        Kind::Row,
        Kind::Deadline,
        Kind::Right,
        Kind::Stage,
        Kind::Event,
        Kind::Contact,
        Kind::Authority,
        Kind::Doubt,
    ];

    /// Returns the word for one.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Kind::Pack => "pack",
            Kind::Row => "row",
            Kind::Deadline => "deadline",
            Kind::Right => "right",
            Kind::Stage => "stage",
            Kind::Event => "event",
            Kind::Contact => "contact",
            Kind::Authority => "authority",
            Kind::Doubt => "doubt",
        }
    }

    /// Returns the heading over several, said to a lawyer.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Kind::Pack => "The pack",
            Kind::Row => "What to do in which case",
            Kind::Deadline => "Deadlines",
            Kind::Right => "Rights that letters use",
            Kind::Stage => "Stages",
            Kind::Event => "Dates that follow from others",
            Kind::Contact => "Addresses and telephone numbers",
            Kind::Authority => "Authorities",
            Kind::Doubt => "Open questions",
        }
    }

    /// Returns how many there are, in words: `2 rows`.
    #[must_use]
    pub fn count(self, n: usize) -> String {
        let word = match (self, n) {
            (_, 1) => self.word(),
            (Kind::Pack, _) => "packs",
            (Kind::Row, _) => "rows",
            (Kind::Deadline, _) => "deadlines",
            (Kind::Right, _) => "rights",
            (Kind::Stage, _) => "stages",
            (Kind::Event, _) => "events",
            (Kind::Contact, _) => "contacts",
            (Kind::Authority, _) => "authorities",
            (Kind::Doubt, _) => "doubts",
        };
        format!("{n} {word}")
    }
}

/// One entry of the law, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Id by which `explain`, tests and `law show` name it.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// Id of its pack.
    pub pack: String,
    /// What it says, in one or two sentences.
    pub says: String,
    /// Everything else, each under its label.
    pub parts: Vec<Part>,
    /// Ids under which tests and the law sheets name it.
    pub rules: Vec<String>,
    /// Ids of the authorities that it names.
    pub authorities: Vec<String>,
}

impl Entry {
    /// Returns the id, with a number where several of all entries bear it: `dmhc.row.12b (2 of 3)`.
    #[must_use]
    pub fn name(&self, all: &[Entry]) -> String {
        let alike =
            all.iter().filter(|e| (&e.pack, e.kind, &e.id) == (&self.pack, self.kind, &self.id));
        let alike: Vec<&Entry> = alike.collect();
        match alike.iter().position(|e| std::ptr::eq(*e, self)) {
            Some(at) if alike.len() > 1 => format!("{} ({} of {})", self.id, at + 1, alike.len()),
            Some(_) | None => self.id.clone(),
        }
    }

    /// Returns the tests that hold a row or a deadline: those that name it and in which it applies or is
    /// counted, and where there is none, those in which the row applies or that name the deadline's rule.
    #[must_use]
    pub fn tests<'a>(&self, tests: &'a Tests) -> Vec<&'a Test> {
        match self.kind {
            Kind::Row => {
                let applying = tests.applying(&self.id, &self.says);
                let naming: Vec<&Test> =
                    applying.iter().copied().filter(|t| t.rules.contains(&self.id)).collect();
                if naming.is_empty() { applying } else { naming }
            }
            Kind::Deadline => tests.counting(&self.id, &self.rules),
            Kind::Pack
            | Kind::Right
            | Kind::Stage
            | Kind::Event
            | Kind::Contact
            | Kind::Authority
            | Kind::Doubt => Vec::new(),
        }
    }
}

/// One labelled line of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub label: &'static str,
    /// The words.
    pub text: String,
}

/// Returns every entry of every pack: by pack, by kind, and in the order of the file.
#[must_use]
pub fn entries(law: &Law) -> Vec<Entry> {
    law.packs().flat_map(|pack| of(law, pack, Remarks::All)).collect()
}

/// As [`entries`], without what a page says once for a whole pack.
pub(super) fn terse(law: &Law) -> Vec<Entry> {
    law.packs().flat_map(|pack| of(law, pack, Remarks::Exceptions(looked_at(pack)))).collect()
}

/// Returns the day on which most of a pack's authorities and addresses were last looked at; of several
/// such days the latest.
pub(super) fn looked_at(pack: &Pack) -> Option<NaiveDate> {
    let mut days: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    let authorities = pack.authority.values().map(|a| a.checked);
    for day in authorities.chain(pack.contact.values().map(|c| c.checked)) {
        *days.entry(day).or_default() += 1;
    }
    days.into_iter().max_by_key(|(day, n)| (*n, *day)).map(|(day, _)| day)
}

/// How much is said of the sources.
#[derive(Clone, Copy)]
enum Remarks {
    /// How well each is confirmed, where, and on which day.
    All,
    /// Only where the text was not read at source, or was last looked at on another day than this.
    Exceptions(Option<NaiveDate>),
}

fn of(law: &Law, pack: &Pack, remarks: Remarks) -> Vec<Entry> {
    let from = Writer { law, pack, remarks };
    let mut all = vec![from.head()];
    all.extend(pack.row.iter().map(|r| from.row(r)));
    all.extend(pack.deadline.iter().map(|(id, d)| from.deadline(id, d)));
    all.extend(pack.right.iter().map(|r| from.right(r)));
    all.extend(pack.stage.iter().map(|(id, s)| from.stage(id, s)));
    all.extend(pack.event.iter().map(|(id, e)| from.event(id, e)));
    all.extend(pack.contact.iter().map(|(id, c)| from.contact(id, c)));
    all.extend(pack.authority.iter().map(|(id, a)| from.authority(id, a)));
    all.extend(pack.doubt.iter().enumerate().map(|(n, d)| from.doubt(n, d)));
    all
}

struct Writer<'a> {
    law: &'a Law,
    pack: &'a Pack,
    remarks: Remarks,
}

/// The parts of an entry as they are gathered.
#[derive(Default)]
struct Parts(Vec<Part>);

impl Parts {
    fn say(&mut self, label: &'static str, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.0.push(Part { label, text });
        }
    }

    fn flag(&mut self, on: bool, text: &str) {
        if on {
            self.say("note", text);
        }
    }
}

impl Writer<'_> {
    fn entry(&self, kind: Kind, id: String, says: &str, parts: Parts) -> Entry {
        let (pack, says) = (self.pack.pack.id.clone(), says.to_owned());
        Entry { rules: vec![id.clone()], id, kind, pack, says, parts: parts.0, authorities: vec![] }
    }

    /// Ids of authorities as citations, each with how well it is confirmed.
    fn cites(&self, ids: &[String]) -> String {
        let registry = self.law.registry();
        let one = |id: &String| {
            let (cite, sure) = (registry.citation(id)?, registry.confidence(id)?);
            Some(if self.leaves(&sure) { cite } else { format!("{cite} ({sure})") })
        };
        ids.iter().filter_map(one).collect::<Vec<_>>().join("; ")
    }

    /// Whether it goes without saying how well a part is confirmed.
    fn leaves(&self, sure: &str) -> bool {
        match self.remarks {
            Remarks::All => false,
            Remarks::Exceptions(_) => sure == Mark::Text.words(),
        }
    }

    fn looked_at(&self, day: NaiveDate) -> String {
        match self.remarks {
            Remarks::Exceptions(Some(usual)) if usual == day => String::new(),
            Remarks::All | Remarks::Exceptions(_) => day.to_string(),
        }
    }

    fn head(&self) -> Entry {
        let head = &self.pack.pack;
        let mut parts = Parts::default();
        parts.say("last reviewed", head.reviewed.to_string());
        parts.say("oldest notice it speaks of", head.oldest.to_string());
        parts.say("regulator", head.regulator.clone().unwrap_or_default());
        parts.say("holidays for the member's dates", head.calendar.clone().unwrap_or_default());
        let against = head.calendar_against.clone().unwrap_or_default();
        parts.say("holidays given to the other side", against);
        if let Some(route) = &head.route {
            let cases = words::cond(&route.cond);
            parts.say("takes cases of the router", format!("row {} where {cases}", route.row));
        }
        for change in &head.change {
            parts
                .say("known change, not encoded", format!("from {}: {}", change.from, change.says));
        }
        self.entry(Kind::Pack, head.id.clone(), &head.name, parts)
    }

    fn row(&self, row: &Row) -> Entry {
        let mut parts = Parts::default();
        parts.say("when", words::cond(&row.cond));
        parts.say("pack that governs", row.track.clone().unwrap_or_default());
        parts.say("stage", row.stage.clone().unwrap_or_default());
        parts.say("about", row.about.clone().unwrap_or_default());
        parts.say("wait until", row.until.clone().unwrap_or_default());
        parts.say("letters of the same day", row.also.join(", "));
        parts.say("also allowed", row.open.join(", "));
        parts.say("asks for", row.needs.join(", "));
        parts.say("marks", row.marks.join(", "));
        parts.flag(row.expedited, "the expedited path applies");
        parts.flag(row.late, "every reading makes it late");
        parts.flag(row.adds, "adds to a later row instead of ending the search");
        row.warns.values().for_each(|w| parts.say("warning", w));
        parts.say("law", self.cites(&row.authorities));
        let id = format!("{}{}", self.pack.pack.rows, row.id);
        let mut entry = self.entry(Kind::Row, id, &row.says, parts);
        entry.authorities.clone_from(&row.authorities);
        entry
    }

    fn deadline(&self, id: &str, rule: &DeadlineRule) -> Entry {
        let mut parts = Parts::default();
        parts.say("who must act", format!("{}: {}", rule.actor.word(), rule.action));
        parts.say("applies when", words::cond(&rule.cond));
        parts.say("starts with", self.event_words(&rule.trigger));
        for value in &rule.value {
            let to = value.to.map(|to| format!(" to {to}, exclusive")).unwrap_or_default();
            let sure = words::mark(&value.mark);
            let sure = if self.leaves(sure) { String::new() } else { format!("; number: {sure}") };
            parts.say("length", format!("{}, from {}{to}{sure}", value.period, value.from));
            parts.say("law", self.cites(&value.authorities));
        }
        parts.say("in a month too short", rule.short_month.map(short_month).unwrap_or_default());
        for later in &rule.later {
            let mut text = later.says.clone();
            let when = words::cond(&later.cond);
            if let Some(period) = &later.period {
                text.push_str(&format!("; {period}"));
            }
            text.push_str(&format!("; from {}", self.event_words(&later.trigger)));
            if !when.is_empty() {
                text.push_str(&format!("; when {when}"));
            }
            text.push_str(match later.missing {
                Missing::Ignore => "",
                Missing::Ask => "; without that date nobody is called late, and it is asked for",
                Missing::Open => "; without that date nobody is called late",
            });
            parts.say("later reading", text);
            parts.say("law of that reading", self.cites(&later.authorities));
        }
        let roll = rule.roll.as_ref().map(|r| self.cites(std::slice::from_ref(r)));
        parts.say("moves off weekends and holidays (arguable only)", roll.unwrap_or_default());
        parts.say("holidays for that", rule.roll_calendar.clone().unwrap_or_default());
        parts.say(
            "extension given before it is called late",
            rule.extension.clone().unwrap_or_default(),
        );
        parts.say("done when there is a date for", words::or_none(&rule.met_by));
        parts.say("length goes by the day of", rule.governed_by.clone().unwrap_or_default());
        parts.say("held against the other side when", words::cond(&rule.overdue_if));
        parts.say("said in a letter once missed", rule.missed.clone().unwrap_or_default());
        parts.flag(rule.advisory, "an agency's practice, not law");
        parts.flag(rule.no_bar, "passing it bars nothing");
        parts.flag(!rule.duty, "never held against the other side");
        parts.say("ids in the law sheets", rule.rules.join(", "));
        let id = format!("{}.{id}", self.pack.pack.id);
        let mut entry = self.entry(Kind::Deadline, id, &rule.says, parts);
        entry.rules.extend(rule.rules.iter().cloned());
        let values = rule.value.iter().flat_map(|v| &v.authorities);
        let later = rule.later.iter().flat_map(|l| &l.authorities);
        entry.authorities = values.chain(later).chain(&rule.roll).cloned().collect();
        entry
    }

    fn event_words(&self, name: &str) -> String {
        let own = self.pack.event.get(name).map(|e| e.says.as_str());
        let says = own.or_else(|| DateName::find(name).map(DateName::means));
        says.map_or_else(|| name.to_owned(), |says| format!("{name}: {says}"))
    }

    fn right(&self, right: &Right) -> Entry {
        let mut parts = Parts::default();
        parts.say("used as", right.topic.word());
        parts.say("in letters of", right.stages.join(", "));
        parts.say("when", words::cond(&right.cond));
        parts.say("from", right.from.map(|d| d.to_string()).unwrap_or_default());
        parts.say("law", self.cites(&right.authorities));
        let registry = self.law.registry();
        let cite = right.authorities.iter().find_map(|id| registry.letter(id));
        parts.say("a letter cites", cite.unwrap_or_else(|| "nothing".to_owned()));
        let id = format!("{}.right.{}", self.pack.pack.id, right.id);
        let mut entry = self.entry(Kind::Right, id, &right.says, parts);
        entry.authorities.clone_from(&right.authorities);
        entry
    }

    fn stage(&self, id: &str, stage: &StageRule) -> Entry {
        let mut parts = Parts::default();
        parts.say("called", stage.called.clone().unwrap_or_default());
        parts.say("goes to", stage.recipient.clone());
        parts.say("letter", stage.letter.clone().unwrap_or_else(|| "none".to_owned()));
        parts.say("form", stage.form.clone().unwrap_or_default());
        parts.say("law", self.cites(&stage.authorities));
        for next in &stage.next {
            let when = words::cond(&next.cond);
            let when = if when.is_empty() { when } else { format!(" (when {when})") };
            parts.say("then", format!("{}: {}{when}", next.stage, next.says));
        }
        let id = format!("{}.stage.{id}", self.pack.pack.id);
        let mut entry = self.entry(Kind::Stage, id, &stage.title, parts);
        entry.authorities.clone_from(&stage.authorities);
        entry
    }

    fn event(&self, id: &str, event: &EventRule) -> Entry {
        let mut parts = Parts::default();
        parts.say("the first known of", words::or_none(&event.from));
        parts.say("the earliest of", words::or_none(&event.earliest_of));
        parts.say("the latest of", words::or_none(&event.latest_of));
        if let (Some(after), Some(period)) = (&event.after, &event.period) {
            parts.say("counted", format!("{period} after {after}"));
        }
        parts.flag(event.latest, "of several dates under one name the latest");
        parts.say("when", words::cond(&event.cond));
        let id = format!("{}.event.{id}", self.pack.pack.id);
        self.entry(Kind::Event, id, &event.says, parts)
    }

    fn contact(&self, id: &str, contact: &Contact) -> Entry {
        let mut parts = Parts::default();
        parts.say("address", contact.address.join(", "));
        parts.say("telephone", contact.phone.clone().unwrap_or_default());
        parts.say("text telephone", contact.tty.clone().unwrap_or_default());
        parts.say("fax", contact.fax.clone().unwrap_or_default());
        parts.say("web", contact.url.clone().unwrap_or_default());
        parts.say("caution", contact.note.clone().unwrap_or_default());
        parts.say("will not", contact.cannot.join("; "));
        parts.say("confirmed", contact.mark.words());
        parts.say("last looked at", self.looked_at(contact.checked));
        self.entry(Kind::Contact, id.to_owned(), &contact.name, parts)
    }

    fn authority(&self, id: &str, authority: &Authority) -> Entry {
        let registry = self.law.registry();
        let mut parts = Parts::default();
        parts.say("says", authority.says.clone());
        let section = words::mark(&authority.mark);
        let pin = match (authority.pin.is_empty(), authority.pin_mark.is_empty()) {
            (true, _) => None,
            (false, true) => Some(section),
            (false, false) => Some(words::mark(&authority.pin_mark)),
        };
        match (self.remarks, pin) {
            (Remarks::Exceptions(_), _)
                if self.leaves(section) && pin.is_none_or(|p| p == section) => {}
            (Remarks::Exceptions(_), Some(pin)) if pin == section => {
                parts.say("section and subdivision", section);
            }
            (Remarks::All | Remarks::Exceptions(_), pin) => {
                parts.say("section", section);
                parts.say("subdivision", pin.unwrap_or_default());
            }
        }
        parts.say("a letter prints", registry.letter(id).unwrap_or_else(|| "nothing".to_owned()));
        parts.say("in force from", authority.from.map(|d| d.to_string()).unwrap_or_default());
        parts.say("read at", authority.url.clone().unwrap_or_default());
        parts.say("last looked at", self.looked_at(authority.checked));
        parts.say("doubts and places", authority.note.clone().unwrap_or_default());
        let cite = registry.citation(id).unwrap_or_default();
        self.entry(Kind::Authority, id.to_owned(), &cite, parts)
    }
}

impl Writer<'_> {
    fn doubt(&self, n: usize, doubt: &Doubt) -> Entry {
        let mut parts = Parts::default();
        parts.say("law", self.cites(&doubt.about));
        parts.say("law sheet", doubt.sheet.clone());
        let id = format!("{}.doubt.{}", self.pack.pack.id, n + 1);
        let mut entry = self.entry(Kind::Doubt, id, &doubt.says, parts);
        entry.authorities.clone_from(&doubt.about);
        entry
    }
}

fn short_month(word: ShortMonthWord) -> &'static str {
    match word {
        ShortMonthWord::LastDay => "the last day of the month",
        ShortMonthWord::FirstOfNext => "the first day of the next month",
    }
}
