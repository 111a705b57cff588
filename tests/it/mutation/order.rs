//! Mutants of what starts a clock, ends a wait or opens a stage, and of what an event follows from.

use appeal::law::EventRule;

use super::beside::{awaited, counted, events, follows, several, sources};
use super::mutants::{Bench, Kind};

/// One of the lists of an event's sources.
type List = fn(&mut EventRule) -> &mut Vec<String>;

impl Bench<'_> {
    pub(super) fn triggers(&mut self, id: &str, table: &str) {
        let rule = &self.pack.deadline[id];
        for to in events(self.pack, &rule.trigger) {
            if self.same(id, &rule.trigger, &to) {
                continue;
            }
            let (key, change) = (id.to_owned(), format!("trigger {} -> {to}", rule.trigger));
            self.put(Kind::Trigger, table, change, move |p| {
                if let Some(d) = p.deadline.get_mut(&key) {
                    d.trigger.clone_from(&to);
                }
            });
        }
        for (n, later) in rule.later.iter().enumerate() {
            for to in events(self.pack, &later.trigger) {
                let waits = |event: &str| awaited(self.pack, &rule.cond, event);
                // One awaited event for another is no change: neither can be there.
                if self.same(id, &later.trigger, &to) || waits(&later.trigger) && waits(&to) {
                    continue;
                }
                let change = format!("later {} trigger {} -> {to}", n + 1, later.trigger);
                let key = id.to_owned();
                self.put(Kind::Trigger, table, change, move |p| {
                    if let Some(d) = p.deadline.get_mut(&key) {
                        d.later[n].trigger.clone_from(&to);
                    }
                });
            }
        }
    }

    /// Where a clock asks whether an event is there, and the event is that very date, the date is no change.
    fn same(&self, id: &str, event: &str, date: &str) -> bool {
        let own = self.pack.event.get(event).is_some_and(|e| e.from == [date] && !e.latest);
        own && self.pack.deadline[id].cond.has.iter().any(|h| h == event)
    }

    pub(super) fn stages(&mut self) {
        for (id, stage) in &self.pack.stage {
            for (n, next) in stage.next.iter().enumerate() {
                let Some(opens) = &next.opens else { continue };
                for to in events(self.pack, opens) {
                    let change = format!("next {} opens {opens} -> {to}", n + 1);
                    let key = id.clone();
                    self.put(Kind::Trigger, &format!("stage {id}"), change, move |p| {
                        if let Some(s) = p.stage.get_mut(&key) {
                            s.next[n].opens = Some(to.clone());
                        }
                    });
                }
            }
        }
    }

    pub(super) fn rows(&mut self) {
        for (n, row) in self.pack.row.iter().enumerate() {
            let Some(until) = &row.until else { continue };
            // Several rows of a sheet may share a number.
            let table = format!("row {} ({})", row.id, n + 1);
            for to in events(self.pack, until) {
                let change = format!("until {until} -> {to}");
                self.put(Kind::Trigger, &table, change, move |p| {
                    p.row[n].until = Some(to.clone());
                });
            }
        }
    }

    pub(super) fn events(&mut self) {
        for (id, rule) in &self.pack.event {
            let table = format!("event {id}");
            let put = |bench: &mut Self, change: String, make: fn(&mut EventRule)| {
                let key = id.clone();
                bench.put(Kind::Source, &table, change, move |p| {
                    p.event.get_mut(&key).into_iter().for_each(make);
                });
            };
            if !counted(self.pack, id) {
                put(self, "never there".to_owned(), |r| r.from.clear());
                continue;
            }
            // What follows by a period follows from the event, whose own rule says which of several.
            let typed = sources(rule).any(|s| !self.pack.event.contains_key(s) && several(s));
            if typed && rule.after.is_none() {
                let change = format!("latest {} -> {}", rule.latest, !rule.latest);
                put(self, change, |r| r.latest = !r.latest);
            }
            if rule.earliest_of.len() > 1 {
                put(self, "earliest-of -> latest-of".to_owned(), |r| {
                    std::mem::swap(&mut r.earliest_of, &mut r.latest_of);
                });
                put(self, "earliest-of -> the first known".to_owned(), |r| {
                    std::mem::swap(&mut r.earliest_of, &mut r.from);
                });
            }
            if rule.latest_of.len() > 1 {
                put(self, "latest-of -> earliest-of".to_owned(), |r| {
                    std::mem::swap(&mut r.earliest_of, &mut r.latest_of);
                });
                put(self, "latest-of -> the first known".to_owned(), |r| {
                    std::mem::swap(&mut r.latest_of, &mut r.from);
                });
            }
            self.lists(id, &table);
            self.after(id, &table);
        }
    }

    /// Each source left out, and each pair of a list whose order counts turned about.
    fn lists(&mut self, id: &str, table: &str) {
        let rule = &self.pack.event[id];
        for n in 1..rule.from.len() {
            let key = id.to_owned();
            let change = format!("from {} before {}", rule.from[n], rule.from[n - 1]);
            self.put(Kind::Source, table, change, move |p| {
                p.event.get_mut(&key).into_iter().for_each(|r| r.from.swap(n - 1, n));
            });
        }
        let lists: [(&[String], List); 3] = [
            (&rule.from, |r| &mut r.from),
            (&rule.earliest_of, |r| &mut r.earliest_of),
            (&rule.latest_of, |r| &mut r.latest_of),
        ];
        for (sources, list) in lists {
            for (n, source) in sources.iter().enumerate().filter(|_| sources.len() > 1) {
                let key = id.to_owned();
                self.put(Kind::Source, table, format!("without {source}"), move |p| {
                    p.event.get_mut(&key).into_iter().for_each(|r| drop(list(r).remove(n)));
                });
            }
            if let [only] = sources {
                for to in events(self.pack, only).into_iter().filter(|e| !follows(self.pack, e, id))
                {
                    let key = id.to_owned();
                    self.put(Kind::Source, table, format!("{only} -> {to}"), move |p| {
                        p.event.get_mut(&key).into_iter().for_each(|r| *list(r) = vec![to.clone()]);
                    });
                }
            }
        }
    }

    fn after(&mut self, id: &str, table: &str) {
        let rule = &self.pack.event[id];
        if let Some(period) = &rule.period {
            let key = id.to_owned();
            self.periods(table, "period", period, move |p, to| {
                p.event.get_mut(&key).into_iter().for_each(|r| r.period = Some(to.clone()));
            });
        }
        let Some(after) = &rule.after else { return };
        for to in events(self.pack, after).into_iter().filter(|e| !follows(self.pack, e, id)) {
            let (key, change) = (id.to_owned(), format!("after {after} -> {to}"));
            self.put(Kind::Source, table, change, move |p| {
                p.event.get_mut(&key).into_iter().for_each(|r| r.after = Some(to.clone()));
            });
        }
    }
}
