//! Clocks: from an event to the dates the law sets, with every step taken.

use chrono::{Datelike, NaiveDate, Weekday};

use super::clock::Clocks;
use super::{Deadline, Status, Step, StepKind, Trigger};
use crate::calendar::{End, Holidays, Period, ShortMonth, Unit, count};
use crate::facts::{DateName, Moment};
use crate::law::{
    Actor, DatedPeriod, DeadlineRule, LateReading, Mark, Missing, Part, Surface, gate,
};

/// A period from a moment, and how it ends in a month too short for it.
#[derive(Clone, Copy)]
struct Span {
    start: Moment,
    period: Period,
    short: Option<ShortMonth>,
}

impl Span {
    fn end(self, holidays: Option<&Holidays>) -> Option<End> {
        count((self.start.date, self.start.time), self.period, self.short, holidays).ok()
    }

    fn from(self, start: Moment) -> Span {
        Span { start, ..self }
    }
}

impl<'a> Clocks<'a> {
    /// Runs one clock; none where its rule does not apply. Returns also the dates that a later
    /// reading waits for.
    pub(super) fn run(
        &self,
        name: &str,
        rule: &'a DeadlineRule,
    ) -> Option<(Deadline, Vec<String>)> {
        if !self.holds(&rule.cond) {
            return None;
        }
        let value = self.value(rule)?;
        let period: Period = value.period.parse().ok()?;
        let short = rule.short_month.map(ShortMonth::from);
        let mut deadline = self.blank(name, rule, value, period);
        let Some(start) = self.event(&rule.trigger) else {
            // A member's own clock is never supposed to start: only what the other side owes is.
            if rule.actor != Actor::Member {
                let today = Span { start: self.as_of.into(), period, short };
                deadline.if_today = today.end(self.calendar()).map(|e| e.date);
            }
            let says =
                format!("not running: there is no date yet for {}", self.says(&rule.trigger));
            deadline.steps.push(Step::new(StepKind::NotRunning, None, says));
            self.finish(&mut deadline, rule);
            return Some((deadline, Vec::new()));
        };
        let date = start.moment.date;
        deadline.trigger = Some(Trigger { event: rule.trigger.clone(), date });
        deadline.steps.push(Step::new(StepKind::Event, Some(date), start.how.clone()));
        let span = Span { start: start.moment, period, short };
        let missing = if rule.actor == Actor::Member {
            self.member(&mut deadline, rule, span)?
        } else {
            self.other(&mut deadline, rule, span)?;
            Vec::new()
        };
        self.finish(&mut deadline, rule);
        let asks = if deadline.status == Status::Met { Vec::new() } else { missing };
        Some((deadline, asks))
    }

    /// The length in force on the date that governs the deadline.
    fn value(&self, rule: &'a DeadlineRule) -> Option<&'a DatedPeriod> {
        let governed = rule.governed_by.as_ref().and_then(|e| self.date(e));
        let notice = || {
            [DateName::NoticeDated, DateName::NoticeReceived, DateName::Incident]
                .into_iter()
                .find_map(|d| Some(self.facts.dates(d).first()?.date))
        };
        let on = match &rule.governed_by {
            Some(_) => governed.unwrap_or(self.as_of),
            None => notice().unwrap_or(self.as_of),
        };
        rule.value.iter().find(|v| v.from <= on && v.to.is_none_or(|to| on < to))
    }

    fn blank(
        &self,
        name: &str,
        rule: &DeadlineRule,
        value: &DatedPeriod,
        period: Period,
    ) -> Deadline {
        let registry = self.law.registry();
        let cite = value.authorities.iter().find_map(|id| registry.letter(id));
        let family =
            value.authorities.first().and_then(|id| registry.get(id)).map(|a| registry.family(a));
        let number = family.is_some_and(|family| {
            gate(Mark::counting(&value.mark), family, Surface::Letter).allows(Part::Number)
        });
        let mut authorities = value.authorities.clone();
        authorities.extend(rule.roll.iter().cloned());
        Deadline {
            id: format!("{}.{name}", self.pack.pack.id),
            rules: rule.rules.clone(),
            stage: rule.stage.clone(),
            actor: rule.actor.word().to_owned(),
            act: name.split('.').nth(1).unwrap_or_default().to_owned(),
            action: rule.action.clone(),
            says: rule.says.clone(),
            file_by: None,
            last_working_day: None,
            arguable_until: None,
            due: None,
            late_after: None,
            about: rule.actor != Actor::Member
                && period.unit == Unit::BusinessDays
                && self.calendar_against().is_none(),
            time: None,
            status: Status::NotRunning,
            days_left: None,
            trigger: None,
            if_today: None,
            period: period.to_string(),
            printable: number && cite.is_some() && !rule.advisory,
            advisory: rule.advisory,
            missed: rule.missed.clone(),
            authorities,
            cite,
            steps: Vec::new(),
        }
    }

    /// The step that counts the period itself.
    fn counted(&self, deadline: &Deadline, end: End) -> Step {
        let time = end.time.map(|t| t.format(" at %H:%M").to_string()).unwrap_or_default();
        let counted = match deadline.period.starts_with("0 ") {
            true => "the same day".to_owned(),
            false => format!("plus {}, the first day not counted", deadline.period),
        };
        let says = format!("{counted}: {}{time}", day(end.date));
        Step::new(StepKind::Count, Some(end.date), says)
            .under(self.law, deadline.authorities.first())
    }

    /// A member's date: the earliest reading is the date; every later one is only arguable. Returns
    /// the dates that a later reading waits for.
    fn member(
        &self,
        deadline: &mut Deadline,
        rule: &DeadlineRule,
        span: Span,
    ) -> Option<Vec<String>> {
        let calendar = self.calendar();
        let end = span.end(calendar)?;
        let step = self.counted(deadline, End { time: None, ..end });
        deadline.steps.push(step);
        deadline.file_by = Some(end.date);
        deadline.time = end.time;
        if let Some(calendar) = calendar
            && calendar.is_business_day(end.date) == Some(false)
            && let Some(last) = calendar.last_business_day_on_or_before(end.date)
        {
            deadline.last_working_day = Some(last);
            let says = format!("that is no working day; the last one before it: {}", day(last));
            deadline.steps.push(Step::new(StepKind::WorkingDay, Some(last), says));
        }
        let mut latest = end.date;
        let mut still_open = false;
        let mut missing = Vec::new();
        for later in rule.later.iter().filter(|l| self.holds(&l.cond)) {
            match (self.event(&later.trigger), later.missing) {
                (Some(start), _) => {
                    let period = later.period.as_deref().and_then(|p| p.parse().ok());
                    let period = period.unwrap_or(span.period);
                    let end = Span { period, ..span }.from(start.moment).end(calendar)?;
                    if end.date > latest {
                        latest = end.date;
                        deadline.steps.push(self.later_reading(later, end.date));
                        deadline.authorities.extend(later.authorities.iter().cloned());
                    }
                }
                (None, Missing::Ask) => missing.push(later.trigger.clone()),
                (None, Missing::Open) => still_open = true,
                (None, Missing::Ignore) => {}
            }
        }
        if let Some((rolled, step)) = self.rolled(rule, latest) {
            deadline.steps.push(step);
            latest = rolled;
        }
        if latest > end.date {
            deadline.arguable_until = Some(latest);
        }
        deadline.status = if self.as_of <= end.date {
            Status::Open
        } else if self.as_of <= latest || still_open || rule.no_bar {
            Status::Arguable
        } else if !missing.is_empty() {
            Status::Unsettled
        } else {
            Status::Late
        };
        Some(missing)
    }

    fn later_reading(&self, later: &LateReading, end: NaiveDate) -> Step {
        let says = format!("later reading, {}: {}", later.says, day(end));
        Step::new(StepKind::LaterReading, Some(end), says)
            .under(self.law, later.authorities.first())
    }

    /// The day that a rule moves a last day to, where that is another day.
    fn rolled(&self, rule: &DeadlineRule, latest: NaiveDate) -> Option<(NaiveDate, Step)> {
        let roll = rule.roll.as_ref()?;
        let calendar = match &rule.roll_calendar {
            Some(id) => self.law.calendars().get(id),
            None => self.calendar(),
        };
        let rolled = calendar?.next_business_day_on_or_after(latest).filter(|r| *r > latest)?;
        let by = self.law.registry().citation(roll);
        let cited = by.as_ref().map(|by| format!(" ({by})")).unwrap_or_default();
        let says = format!(
            "{latest} is no working day; moved to {}{cited}: not to be relied on",
            day(rolled)
        );
        Some((rolled, Step::new(StepKind::Roll, Some(rolled), says).under(self.law, Some(roll))))
    }

    /// Another's date: the day it is due, and the day after which every reading makes it late.
    fn other(&self, deadline: &mut Deadline, rule: &DeadlineRule, span: Span) -> Option<()> {
        let end = span.end(self.calendar())?;
        let step = self.counted(deadline, end);
        deadline.steps.push(step);
        deadline.due = Some(end.date);
        deadline.time = end.time;
        let late = self.late_after(rule, span);
        // What is nobody's duty is never called late.
        deadline.late_after = late.filter(|_| rule.duty);
        let step = match late.filter(|_| rule.duty) {
            Some(late) if late > end.date => Some(Step::new(
                StepKind::Allowance,
                Some(late),
                format!("every holiday and extension given to the other side: {}", day(late)),
            )),
            None if late.is_none() => {
                let list = match self.calendar_against() {
                    Some(_) => "no list of holidays for that year",
                    None => "no list of the holidays that the other side may count",
                };
                let says = format!("{list}: no lateness is claimed");
                Some(Step::new(StepKind::NoList, None, says))
            }
            _ => None,
        };
        deadline.steps.extend(step);
        let held = rule.duty && self.holds(&rule.overdue_if);
        deadline.status = match late {
            Some(late) if self.as_of > late && held => Status::Overdue,
            // Past due, and no list of holidays to give the other side: not a case to wait for.
            None if self.as_of > end.date => Status::Unsettled,
            Some(_) | None => Status::Open,
        };
        Some(())
    }

    fn late_after(&self, rule: &DeadlineRule, span: Span) -> Option<NaiveDate> {
        let against = self.calendar_against();
        let mut end = span.end(against)?;
        if let Some(extension) = &rule.extension {
            let more = Span { period: extension.parse().ok()?, ..span };
            end = more.from(Moment { date: end.date, time: end.time }).end(against)?;
        }
        if span.period.unit == Unit::Hours {
            return Some(end.date);
        }
        against?.next_business_day_on_or_after(end.date)
    }

    fn finish(&self, deadline: &mut Deadline, rule: &DeadlineRule) {
        let done =
            rule.met_by.iter().find_map(|e| self.event(e)).filter(|d| d.moment.date <= self.as_of);
        if let Some(done) = done {
            deadline.status = Status::Met;
            let says = format!("done: {}", done.how);
            deadline.steps.push(Step::new(StepKind::Done, Some(done.moment.date), says));
        }
        let day = deadline.file_by.or(deadline.due);
        deadline.days_left = day.map(|d| (d - self.as_of).num_days());
        deadline.authorities.dedup();
    }
}

/// A date with its weekday, as the steps show it.
fn day(date: NaiveDate) -> String {
    let weekday = match date.weekday() {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    };
    format!("{weekday} {date}")
}
