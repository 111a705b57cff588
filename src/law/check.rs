//! Whether the packs hold together: every id resolved, every word known, every month rule with its rounding.

use super::Law;
use super::cond::{Cond, STATES};
use super::pack::{DeadlineRule, EventRule, Pack, Route};
use super::registry::{Authority, Refused, Registry};
use crate::calendar::{Calendars, Period, Unit};
use crate::facts::{DateName, Fact};

/// Outcomes that are no stage of any pack.
const OUTCOMES: &[&str] = &["wait", "needs-facts", "other-forum", "no-letter"];

/// Adds everything that is wrong with the packs that stand together.
pub(super) fn law(law: &Law, faults: &mut Vec<String>) {
    for (id, authority) in &law.registry.authorities {
        authority_holds(id, authority, &law.registry, faults);
    }
    let ids: Vec<String> = law.packs.keys().cloned().collect();
    law.registry.refused.iter().for_each(|r| refused_holds(r, &law.registry, &ids, faults));
    let bodies: Vec<String> = law.contacts.keys().cloned().collect();
    for pack in law.packs() {
        let check =
            Check { id: &pack.pack.id, pack, registry: &law.registry, calendars: &law.calendars };
        check.run(&bodies, &ids, faults);
    }
    if let Some(router) = law.router() {
        routes(law, router, faults);
    }
}

/// Sees that every pack that takes cases of a row names one, and that no two packs take the same case.
fn routes(law: &Law, router: &Pack, faults: &mut Vec<String>) {
    let takers: Vec<(&String, &Route)> =
        law.packs().filter_map(|p| Some((&p.pack.id, p.pack.route.as_ref()?))).collect();
    for (n, (id, route)) in takers.iter().enumerate() {
        if !router.row.iter().any(|r| r.id == route.row && r.track.is_some()) {
            faults.push(format!("{id}: pack: the router has no row `{}`", route.row));
        }
        for (other, theirs) in &takers[n + 1..] {
            let apart = route.row != theirs.row
                || route.cond.when.iter().any(|(fact, words)| {
                    let theirs = theirs.cond.when.get(fact);
                    theirs.is_some_and(|t| words.0.iter().all(|w| !t.0.contains(w)))
                });
            if !apart {
                faults.push(format!(
                    "{id}: pack: takes cases of row `{}` that `{other}` may take too",
                    route.row
                ));
            }
        }
    }
}

fn authority_holds(id: &str, authority: &Authority, registry: &Registry, faults: &mut Vec<String>) {
    if !registry.codes.contains_key(&authority.code) {
        faults.push(format!("authority `{id}`: no code `{}`", authority.code));
    }
    if authority.mark.is_empty() {
        faults.push(format!("authority `{id}`: no mark says how well it is confirmed"));
    }
    if let Some(through) = &authority.through
        && (through == id || !registry.authorities.contains_key(through))
    {
        faults.push(format!("authority `{id}`: no authority `{through}` to pass through"));
    }
}

/// Sees that an entry names one thing, known codes, packs and authorities, and nothing that a letter prints.
fn refused_holds(
    refused: &Refused,
    registry: &Registry,
    packs: &[String],
    faults: &mut Vec<String>,
) {
    let Refused { code, section, pin, bill, period, instead, tracks, .. } = refused;
    let place = match (section, bill, period) {
        (Some(section), None, None) => format!("refused section `{section}`"),
        (None, Some(bill), None) => format!("refused bill `{bill}`"),
        (None, None, Some(period)) => format!("refused period `{period}`"),
        _ => {
            faults.push("refused: needs one of `section`, `bill` or `period`".to_owned());
            return;
        }
    };
    if code.is_some() != section.is_some() || (section.is_none() && !pin.is_empty()) {
        faults.push(format!("{place}: `code` and `pin` go with `section`"));
    }
    if code.as_ref().is_some_and(|c| !registry.codes.contains_key(c)) {
        faults.push(format!("{place}: no such code"));
    }
    if period.as_ref().is_some_and(|p| p.parse::<Period>().is_err()) {
        faults.push(format!("{place}: is not a period"));
    }
    if let Some(id) = instead.as_ref().filter(|id| registry.get(id).is_none()) {
        faults.push(format!("{place}: no authority `{id}`"));
    }
    for track in tracks.iter().filter(|t| !packs.contains(t)) {
        faults.push(format!("{place}: no pack `{track}`"));
    }
    let printed = registry.authorities.iter().find(|(id, a)| {
        tracks.is_empty()
            && Some(&a.code) == code.as_ref()
            && Some(&a.section) == section.as_ref()
            && a.pin.starts_with(pin.as_str())
            && registry.letter(id).is_some()
    });
    if let Some((id, _)) = printed {
        faults.push(format!("{place}: authority `{id}` lets every letter print it"));
    }
}

struct Check<'a> {
    id: &'a str,
    pack: &'a Pack,
    registry: &'a Registry,
    calendars: &'a Calendars,
}

impl Check<'_> {
    fn run(&self, contacts: &[String], packs: &[String], faults: &mut Vec<String>) {
        let id = self.id;
        if self.pack.schema != 1 {
            faults.push(format!("{id}: schema {} is not one this program reads", self.pack.schema));
        }
        for calendar in self.pack.pack.calendar.iter().chain(&self.pack.pack.calendar_against) {
            self.calendar(calendar, "pack", faults);
        }
        for (name, event) in &self.pack.event {
            self.event(name, event, faults);
        }
        for (name, stage) in &self.pack.stage {
            let place = format!("stage `{name}`");
            if stage.recipient != "plan" && !contacts.contains(&stage.recipient) {
                faults.push(format!("{id}: {place}: no contact `{}`", stage.recipient));
            }
            self.authorities(&stage.authorities, &place, faults);
            for next in &stage.next {
                self.stage(&next.stage, &place, faults);
                next.opens.iter().for_each(|e| self.date(e, &place, faults));
                self.cond(&next.cond, &place, faults);
            }
        }
        self.rows(packs, faults);
        self.doubts(faults);
        if let Some(route) = &self.pack.pack.route {
            self.cond(&route.cond, "pack", faults);
        }
        for (name, deadline) in &self.pack.deadline {
            self.deadline(name, deadline, faults);
        }
        for fact in self.pack.pack.unknown_asks.iter().filter(|f| Fact::find(f).is_none()) {
            faults.push(format!("{id}: pack: no fact `{fact}`"));
        }
        for right in &self.pack.right {
            let place = format!("right `{}`", right.id);
            self.authorities(&right.authorities, &place, faults);
            right.stages.iter().for_each(|s| self.stage(s, &place, faults));
            self.cond(&right.cond, &place, faults);
        }
    }

    fn doubts(&self, faults: &mut Vec<String>) {
        for doubt in &self.pack.doubt {
            self.authorities(&doubt.about, "doubt", faults);
        }
    }

    fn rows(&self, packs: &[String], faults: &mut Vec<String>) {
        let id = self.id;
        for row in &self.pack.row {
            let place = format!("row `{}`", row.id);
            self.cond(&row.cond, &place, faults);
            self.authorities(&row.authorities, &place, faults);
            match (&row.track, &row.stage, row.adds) {
                (Some(track), None, false) if !packs.contains(track) => {
                    faults.push(format!("{id}: {place}: no pack `{track}`"));
                }
                (Some(_), None, false) | (None, None, true) => {}
                (None, Some(stage), false) => self.stage(stage, &place, faults),
                _ => faults.push(format!("{id}: {place}: needs one of `track`, `stage` or `adds`")),
            }
            for stage in row.also.iter().chain(&row.open).chain(&row.about) {
                self.stage(stage, &place, faults);
            }
            for until in row.until.iter().filter(|u| !self.pack.deadline.contains_key(*u)) {
                self.date(until, &place, faults);
            }
            for need in &row.needs {
                if Fact::find(need).is_none() && DateName::find(need).is_none() {
                    faults.push(format!("{id}: {place}: nothing called `{need}` can be asked for"));
                }
            }
        }
    }

    fn event(&self, name: &str, event: &EventRule, faults: &mut Vec<String>) {
        let place = format!("event `{name}`");
        let sources =
            event.from.iter().chain(&event.earliest_of).chain(&event.latest_of).chain(&event.after);
        for source in sources {
            self.date(source, &place, faults);
            if self.reaches(source, name, self.pack.event.len()) {
                faults.push(format!("{}: {place}: depends on itself", self.id));
            }
        }
        let kinds = [
            !event.from.is_empty(),
            !event.earliest_of.is_empty(),
            !event.latest_of.is_empty(),
            event.after.is_some(),
        ];
        if kinds.iter().filter(|k| **k).count() != 1
            || event.after.is_some() != event.period.is_some()
        {
            faults.push(format!("{}: {place}: needs one of `from`, `earliest-of`, `latest-of`, or `after` with `period`", self.id));
        }
        if let Some(period) = &event.period {
            self.period(period, true, &place, faults);
        }
        if !event.cond.clock.is_empty() {
            faults.push(format!("{}: {place}: an event cannot wait for a clock", self.id));
        }
        self.cond(&event.cond, &place, faults);
    }

    fn reaches(&self, from: &str, target: &str, depth: usize) -> bool {
        if from == target && self.pack.event.contains_key(target) && DateName::find(from).is_none()
        {
            return true;
        }
        if depth == 0 || DateName::find(from).is_some() {
            return false;
        }
        self.pack.event.get(from).is_some_and(|e| {
            e.from
                .iter()
                .chain(&e.earliest_of)
                .chain(&e.latest_of)
                .chain(&e.after)
                .any(|s| self.reaches(s, target, depth - 1))
        })
    }

    fn deadline(&self, name: &str, deadline: &DeadlineRule, faults: &mut Vec<String>) {
        let id = self.id;
        let place = format!("deadline `{name}`");
        self.stage(&deadline.stage, &place, faults);
        self.cond(&deadline.cond, &place, faults);
        if !deadline.cond.clock.is_empty() {
            faults.push(format!("{id}: {place}: a clock cannot wait for a clock"));
        }
        self.date(&deadline.trigger, &place, faults);
        if deadline.rules.is_empty() {
            faults.push(format!("{id}: {place}: names no rule of the law sheets"));
        }
        if deadline.value.is_empty() {
            faults.push(format!("{id}: {place}: has no value"));
        }
        for (n, value) in deadline.value.iter().enumerate() {
            self.period(&value.period, deadline.short_month.is_some(), &place, faults);
            self.authorities(&value.authorities, &place, faults);
            if value.to.is_some_and(|to| to <= value.from) {
                faults.push(format!("{id}: {place}: a value ends before it starts"));
            }
            for other in &deadline.value[n + 1..] {
                let apart = value.to.is_some_and(|to| to <= other.from)
                    || other.to.is_some_and(|to| to <= value.from);
                if !apart {
                    faults.push(format!(
                        "{id}: {place}: `{}` from {} and `{}` from {} are both in force",
                        value.period, value.from, other.period, other.from
                    ));
                }
            }
        }
        for later in &deadline.later {
            self.date(&later.trigger, &place, faults);
            self.cond(&later.cond, &place, faults);
            self.authorities(&later.authorities, &place, faults);
            if let Some(period) = &later.period {
                self.period(period, deadline.short_month.is_some(), &place, faults);
            }
        }
        deadline
            .roll
            .iter()
            .for_each(|r| self.authorities(std::slice::from_ref(r), &place, faults));
        deadline.roll_calendar.iter().for_each(|c| self.calendar(c, &place, faults));
        if let Some(extension) = &deadline.extension {
            self.period(extension, true, &place, faults);
        }
        for date in deadline.met_by.iter().chain(&deadline.governed_by) {
            self.date(date, &place, faults);
        }
        self.cond(&deadline.overdue_if, &place, faults);
    }

    fn period(&self, text: &str, rounding: bool, place: &str, faults: &mut Vec<String>) {
        match text.parse::<Period>() {
            Err(_) => faults.push(format!("{}: {place}: `{text}` is not a period", self.id)),
            Ok(period) if period.unit == Unit::Months && !rounding => {
                faults.push(format!(
                    "{}: {place}: counts months and does not say `short-month`",
                    self.id
                ));
            }
            Ok(_) => {}
        }
    }

    fn calendar(&self, name: &str, place: &str, faults: &mut Vec<String>) {
        if self.calendars.get(name).is_none() {
            faults.push(format!("{}: {place}: no calendar `{name}`", self.id));
        }
    }

    fn stage(&self, name: &str, place: &str, faults: &mut Vec<String>) {
        if !self.pack.stage.contains_key(name) && !OUTCOMES.contains(&name) {
            faults.push(format!("{}: {place}: no stage `{name}`", self.id));
        }
    }

    fn date(&self, name: &str, place: &str, faults: &mut Vec<String>) {
        if !self.pack.event.contains_key(name) && DateName::find(name).is_none() {
            faults.push(format!("{}: {place}: no event or date `{name}`", self.id));
        }
    }

    fn authorities(&self, ids: &[String], place: &str, faults: &mut Vec<String>) {
        for id in ids.iter().filter(|id| self.registry.get(id).is_none()) {
            faults.push(format!("{}: {place}: no authority `{id}`", self.id));
        }
    }

    fn cond(&self, cond: &Cond, place: &str, faults: &mut Vec<String>) {
        for (name, words) in cond.when.iter().chain(&cond.unless) {
            let Some(fact) = Fact::find(name) else {
                faults.push(format!("{}: {place}: no fact `{name}`", self.id));
                continue;
            };
            for word in
                words.0.iter().filter(|w| !STATES.contains(&w.as_str()) && fact.word(w).is_none())
            {
                faults.push(format!("{}: {place}: `{word}` is no word of `{name}`", self.id));
            }
        }
        for event in cond.has.iter().chain(&cond.lacks).chain(&cond.reached).chain(&cond.unreached)
        {
            self.date(event, place, faults);
        }
        for deadline in cond.clock.keys().filter(|d| !self.pack.deadline.contains_key(*d)) {
            faults.push(format!("{}: {place}: no deadline `{deadline}`", self.id));
        }
    }
}
