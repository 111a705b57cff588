//! The mutants: every place of a pack where one number, word or order can be wrong, each with its change.

use appeal::calendar::{Calendars, Period, Unit};
use appeal::law::{Actor, Pack, ShortMonthWord};
use chrono::NaiveDate;

use super::beside::{lengths, units};

/// The oldest day of a case in scope: no list of holidays begins before it. A first day before it is a
/// placeholder, not a day read at source.
fn scope() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 1, 1).expect("a day")
}

/// What kind of thing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A length of time.
    Length,
    /// What it is counted in.
    Unit,
    /// How a period ends in a short month.
    Rounding,
    /// Whether, and over which holidays, a last day moves.
    Rolling,
    /// The event that starts or ends something.
    Trigger,
    /// What an event follows from.
    Source,
    /// The first or last day of a value or a right.
    Day,
}

impl Kind {
    pub(super) const ALL: [Kind; 7] = [
        Kind::Length,
        Kind::Unit,
        Kind::Rounding,
        Kind::Rolling,
        Kind::Trigger,
        Kind::Source,
        Kind::Day,
    ];
}

/// One change of one pack.
pub(super) struct Mutant {
    /// Id of the pack.
    pub(super) pack: String,
    pub(super) kind: Kind,
    /// The table of the pack, as `deadline imr.file`.
    pub(super) table: String,
    /// What is changed to what, as `6 months -> 7 months`.
    pub(super) change: String,
    make: Box<dyn Fn(&mut Pack) + Send + Sync>,
}

impl Mutant {
    /// Its name, as the list of survivors has it.
    pub(super) fn name(&self) -> String {
        format!("{} {}: {}", self.pack, self.table, self.change)
    }

    /// The pack with the change.
    pub(super) fn of(&self, pack: &Pack) -> Pack {
        let mut changed = pack.clone();
        (self.make)(&mut changed);
        changed
    }
}

/// Where the mutants of one pack are gathered.
pub(super) struct Bench<'a> {
    pub(super) pack: &'a Pack,
    pub(super) all: Vec<Mutant>,
}

impl Bench<'_> {
    pub(super) fn put(
        &mut self,
        kind: Kind,
        table: &str,
        change: String,
        make: impl Fn(&mut Pack) + Send + Sync + 'static,
    ) {
        let (pack, table) = (self.pack.pack.id.clone(), table.to_owned());
        self.all.push(Mutant { pack, kind, table, change, make: Box::new(make) });
    }

    /// A length one longer and one shorter, and in the units beside it; `set` puts it into its place.
    pub(super) fn periods(
        &mut self,
        table: &str,
        what: &str,
        text: &str,
        set: impl Fn(&mut Pack, String) + Clone + Send + Sync + 'static,
    ) {
        let period: Period = text.parse().expect("the packs were checked");
        let lengths = lengths(period).into_iter().map(|p| (Kind::Length, p));
        for (kind, to) in lengths.chain(units(period).into_iter().map(|p| (Kind::Unit, p))) {
            let set = set.clone();
            let change = format!("{what} {period} -> {to}");
            self.put(kind, table, change, move |p| set(p, to.to_string()));
        }
    }
}

/// Every mutant of a pack, in the order of its tables.
pub(super) fn mutants(pack: &Pack, calendars: &Calendars) -> Vec<Mutant> {
    let mut bench = Bench { pack, all: Vec::new() };
    bench.calendars(calendars);
    bench.events();
    bench.stages();
    bench.rows();
    for id in pack.deadline.keys() {
        bench.deadline(id, calendars);
    }
    bench.rights();
    bench.all
}

impl Bench<'_> {
    /// The pack's calendars swapped, and each replaced by every other, where a clock asks for it.
    fn calendars(&mut self, calendars: &Calendars) {
        let head = &self.pack.pack;
        let clocks = || self.pack.deadline.values();
        let own = clocks().any(|d| d.actor == Actor::Member);
        let against = clocks().any(|d| d.actor != Actor::Member && d.duty);
        let (mine, theirs) = (head.calendar.clone(), head.calendar_against.clone());
        if mine.is_some() && theirs.is_some() && mine != theirs && (own || against) {
            self.put(Kind::Rolling, "pack", "calendars swapped".to_owned(), |p| {
                std::mem::swap(&mut p.pack.calendar, &mut p.pack.calendar_against);
            });
        }
        for other in calendars.iter().map(|c| c.id().to_owned()) {
            if let Some(is) = mine.as_ref().filter(|is| own && **is != other) {
                let (change, other) = (format!("calendar {is} -> {other}"), other.clone());
                self.put(Kind::Rolling, "pack", change, move |p| {
                    p.pack.calendar = Some(other.clone());
                });
            }
            if let Some(is) = theirs.as_ref().filter(|is| against && **is != other) {
                let change = format!("calendar-against {is} -> {other}");
                self.put(Kind::Rolling, "pack", change, move |p| {
                    p.pack.calendar_against = Some(other.clone());
                });
            }
        }
    }

    fn rights(&mut self) {
        for (n, right) in self.pack.right.iter().enumerate() {
            let Some(from) = right.from else { continue };
            for to in [from.pred_opt(), from.succ_opt()].into_iter().flatten() {
                let table = format!("right {}", right.id);
                self.put(Kind::Day, &table, format!("from {from} -> {to}"), move |p| {
                    p.right[n].from = Some(to);
                });
            }
        }
    }

    fn deadline(&mut self, id: &str, calendars: &Calendars) {
        let table = format!("deadline {id}");
        self.values(id, &table);
        self.rolling(id, &table, calendars);
        self.triggers(id, &table);
        let rule = &self.pack.deadline[id];
        let key = id.to_owned();
        if let Some(short) = rule.short_month {
            let to = match short {
                ShortMonthWord::LastDay => ShortMonthWord::FirstOfNext,
                ShortMonthWord::FirstOfNext => ShortMonthWord::LastDay,
            };
            let (key, change) = (key.clone(), format!("short-month {short:?} -> {to:?}"));
            self.put(Kind::Rounding, &table, change, move |p| {
                if let Some(d) = p.deadline.get_mut(&key) {
                    d.short_month = Some(to);
                }
            });
        }
        // Without a list of the holidays to give, nobody is called late, and nothing reads an extension.
        let read = self.pack.pack.calendar_against.is_some();
        if let Some(extension) = rule.extension.as_ref().filter(|_| read) {
            let key = key.clone();
            self.periods(&table, "extension", extension, move |p, to| {
                if let Some(d) = p.deadline.get_mut(&key) {
                    d.extension = Some(to);
                    d.short_month = d.short_month.or(Some(ShortMonthWord::LastDay));
                }
            });
        }
        for (n, later) in rule.later.iter().enumerate() {
            let Some(period) = &later.period else { continue };
            let (key, what) = (key.clone(), format!("later {} period", n + 1));
            self.periods(&table, &what, period, move |p, to| {
                if let Some(d) = p.deadline.get_mut(&key) {
                    d.later[n].period = Some(to);
                    d.short_month = d.short_month.or(Some(ShortMonthWord::LastDay));
                }
            });
        }
    }

    /// The lengths, and the days on which they are the law. Two values that meet on a day move together:
    /// a gap or an overlap is refused when a pack loads. A first day that is a placeholder stays.
    fn values(&mut self, id: &str, table: &str) {
        let rule = &self.pack.deadline[id];
        for (n, value) in rule.value.iter().enumerate() {
            let several = if rule.value.len() > 1 {
                format!("period from {}", value.from)
            } else {
                "period".to_owned()
            };
            let key = id.to_owned();
            self.periods(table, &several, &value.period, move |p, to| {
                if let Some(d) = p.deadline.get_mut(&key) {
                    if to.parse::<Period>().is_ok_and(|t| t.unit == Unit::Months) {
                        d.short_month = d.short_month.or(Some(ShortMonthWord::LastDay));
                    }
                    d.value[n].period = to;
                }
            });
            if value.from < scope() {
                continue;
            }
            let from = value.from;
            for to in [from.pred_opt(), from.succ_opt()].into_iter().flatten() {
                let key = id.to_owned();
                self.put(Kind::Day, table, format!("from {from} -> {to}"), move |p| {
                    for v in p.deadline.get_mut(&key).into_iter().flat_map(|d| &mut d.value) {
                        v.from = if v.from == from { to } else { v.from };
                        v.to = v.to.map(|end| if end == from { to } else { end });
                    }
                });
            }
        }
    }

    /// The roll off, or on where there is none; and over every other calendar.
    fn rolling(&mut self, id: &str, table: &str, calendars: &Calendars) {
        let rule = &self.pack.deadline[id];
        if rule.actor != Actor::Member {
            return;
        }
        let key = id.to_owned();
        if rule.roll.is_none() {
            let other = self.pack.deadline.values().find_map(|d| d.roll.clone());
            let first = rule.value.iter().find_map(|v| v.authorities.first().cloned());
            let Some(by) = other.or(first) else { return };
            self.put(Kind::Rolling, table, "roll on".to_owned(), move |p| {
                if let Some(d) = p.deadline.get_mut(&key) {
                    d.roll = Some(by.clone());
                }
            });
            return;
        }
        {
            let key = key.clone();
            self.put(Kind::Rolling, table, "roll off".to_owned(), move |p| {
                if let Some(d) = p.deadline.get_mut(&key) {
                    d.roll = None;
                }
            });
        }
        let Some(is) = rule.roll_calendar.clone().or(self.pack.pack.calendar.clone()) else {
            return;
        };
        for other in calendars.iter().map(|c| c.id().to_owned()).filter(|c| *c != is) {
            let (key, change) = (key.clone(), format!("roll over {is} -> {other}"));
            self.put(Kind::Rolling, table, change, move |p| {
                if let Some(d) = p.deadline.get_mut(&key) {
                    d.roll_calendar = Some(other.clone());
                }
            });
        }
    }
}
