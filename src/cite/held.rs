//! What the law on file holds for one track on one day: the citations a letter may print, and the numbers
//! that stand behind each.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::claim::{self, Act, Subject};
use super::codes::{Code, Names};
use super::find;
use super::period;
use super::pin::Pin;
use super::token::{self, Kind};
use crate::calendar::Period;
use crate::law::{DeadlineRule, Law, Mark, Pack, Part, Surface, gate};

/// One section or subdivision on file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) code: String,
    pub(super) section: String,
    pub(super) pin: Pin,
}

impl Place {
    /// Whether one of two places lies in the other, or both are the same.
    pub(super) fn touches(&self, other: &Place) -> bool {
        self.code == other.code
            && self.section == other.section
            && self.pin.iter().zip(&other.pin).all(|(a, b)| a == b)
    }
}

/// A place with the authority it comes from.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) id: String,
    pub(super) place: Place,
    /// Whether a letter may print the section at all.
    pub(super) section: bool,
    /// Whether a letter may print the subdivision.
    pub(super) pinned: bool,
    /// Whether the rulings of the track can rest on it.
    pub(super) on_track: bool,
    /// First day it can be cited.
    pub(super) from: Option<NaiveDate>,
}

/// A number that the law gives.
#[derive(Clone, Debug)]
pub(super) struct Number {
    pub(super) period: Period,
    /// Where it stands.
    pub(super) places: Vec<Place>,
    /// Whether it is the length of a clock; otherwise a sentence of the pack gives it.
    clock: bool,
    subjects: Vec<Subject>,
    acts: Vec<Act>,
}

/// All of it.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) known: Vec<Known>,
    /// Authorities without a section that the track may name, by id.
    pub(super) named: BTreeSet<String>,
    pub(super) numbers: Vec<Number>,
}

/// The ids that the rulings of a track can rest on: its own, those it names, those the router names on the
/// way to it, and those that these pass through.
fn of_track(law: &Law, pack: &Pack) -> BTreeSet<String> {
    let mut ids: BTreeSet<String> = pack.authority.keys().cloned().collect();
    let stages = pack.stage.values().flat_map(|s| &s.authorities);
    let rows = pack.row.iter().flat_map(|r| &r.authorities);
    let rights = pack.right.iter().flat_map(|r| &r.authorities);
    ids.extend(stages.chain(rows).chain(rights).cloned());
    for deadline in pack.deadline.values() {
        let values = deadline.value.iter().flat_map(|v| &v.authorities);
        let later = deadline.later.iter().flat_map(|l| &l.authorities);
        ids.extend(values.chain(later).chain(&deadline.roll).cloned());
    }
    let routed = law.router().into_iter().flat_map(|r| &r.row);
    let to_it = routed.filter(|r| r.track.as_ref().is_none_or(|t| *t == pack.pack.id));
    ids.extend(to_it.flat_map(|r| &r.authorities).cloned());
    let mut open: Vec<String> = ids.iter().cloned().collect();
    while let Some(id) = open.pop() {
        let through = law.registry().get(&id).and_then(|a| a.through.clone());
        open.extend(through.filter(|t| ids.insert(t.clone())));
    }
    ids
}

impl Held {
    pub(super) fn of(law: &Law, names: &Names, pack: &Pack, on: NaiveDate) -> Held {
        let registry = law.registry();
        let ids = of_track(law, pack);
        let mut read: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
        let (mut known, mut named) = (Vec::new(), BTreeSet::new());
        for (id, authority) in registry.iter() {
            let printed = registry.letter(id).is_some();
            let on_track = ids.contains(id);
            if printed && on_track {
                named.insert(id.to_owned());
            }
            let pinned = printed && allows(law, id, Part::Pinpoint);
            for place in read.entry(id).or_insert_with(|| places(law, names, id)).iter().cloned() {
                known.push(Known {
                    id: id.to_owned(),
                    place,
                    section: printed,
                    pinned,
                    on_track,
                    from: authority.from,
                });
            }
        }
        let mut held = Held { known, named, numbers: Vec::new() };
        let places = |id: &str| read.get(id).cloned().unwrap_or_default();
        held.count(law, pack, &ids, on, &places);
        held
    }

    fn count(
        &mut self,
        law: &Law,
        pack: &Pack,
        ids: &BTreeSet<String>,
        on: NaiveDate,
        places: &dyn Fn(&str) -> Vec<Place>,
    ) {
        let mut at: BTreeMap<String, Vec<Place>> = BTreeMap::new();
        for id in ids {
            let through = law.registry().get(id).and_then(|a| a.through.as_deref());
            let all = [Some(id.as_str()), through].into_iter().flatten();
            at.insert(id.clone(), all.flat_map(places).collect());
        }
        let of = |ids: &[String]| -> Vec<Place> {
            ids.iter().filter_map(|id| at.get(id)).flatten().cloned().collect()
        };
        for (name, rule) in pack.deadline.iter().filter(|(_, r)| !r.advisory) {
            self.deadline(law, pack, (name, rule), on, &of);
        }
        for right in pack.right.iter().filter(|r| r.from.is_none_or(|from| from <= on)) {
            let printed = right.authorities.iter().find(|id| allows(law, id, Part::Section));
            let Some(first) = printed else { continue };
            // A right whose own provision is printed is printed whole.
            if allows(law, first, Part::Section) {
                self.says(&right.says, &of(&right.authorities));
            }
        }
        for id in ids.iter().filter(|id| allows(law, id, Part::Number)) {
            if let Some(authority) = law.registry().get(id) {
                self.says(&authority.says, &of(std::slice::from_ref(id)));
            }
        }
    }

    fn deadline(
        &mut self,
        law: &Law,
        pack: &Pack,
        (name, rule): (&str, &DeadlineRule),
        on: NaiveDate,
        of: &dyn Fn(&[String]) -> Vec<Place>,
    ) {
        let in_force = |v: &&crate::law::DatedPeriod| v.from <= on && v.to.is_none_or(|to| on < to);
        let Some(value) = rule.value.iter().find(in_force) else { return };
        let registry = law.registry();
        let first = value.authorities.first().and_then(|id| registry.get(id));
        let number = first.is_some_and(|a| {
            gate(Mark::counting(&value.mark), registry.family(a), Surface::Letter)
                .allows(Part::Number)
        });
        let cited = value.authorities.iter().any(|id| registry.letter(id).is_some());
        if !number || !cited {
            return;
        }
        let title = pack.stage.get(&rule.stage).map_or("", |s| s.title.as_str());
        let about =
            format!("{} {} {title} {}", rule.says, rule.action, name.replace(['.', '-'], " "));
        let texts = words(&about);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let acts = match name.split('.').nth(1) {
            Some("file") => vec![Act::File],
            Some("decide" | "answer" | "outer") => vec![Act::Decide],
            Some("acknowledge") => vec![Act::Acknowledge],
            _ => vec![Act::Other],
        };
        let subjects = claim::subjects(&texts);
        let mut all = value.authorities.clone();
        let later = rule.later.iter().filter_map(|l| {
            all.extend(l.authorities.iter().cloned());
            l.period.clone()
        });
        let later: Vec<String> = later.chain(rule.extension.clone()).collect();
        let places = of(&all);
        let said = periods(&rule.says);
        let own: Option<Period> = value.period.parse().ok();
        // "31 days" may be how a pack says "once 30 days have passed": what it says in words counts.
        let other = |p: &Period| said.iter().any(|s| s.unit == p.unit) && !said.contains(p);
        let own = own.filter(|p| p.amount > 0 && !other(p));
        let more = later.iter().filter_map(|p| p.parse().ok());
        // What was in force before or after is not said on this day.
        let past: Vec<Period> = rule
            .value
            .iter()
            .filter(|v| !std::ptr::eq(*v, value))
            .filter_map(|v| v.period.parse().ok())
            .collect();
        let said = said.iter().copied().filter(|p| !past.contains(p));
        let mut all: Vec<Period> = own.into_iter().chain(more).chain(said).collect();
        all.dedup();
        for period in all {
            self.numbers.push(Number {
                period,
                places: places.clone(),
                clock: true,
                subjects: subjects.clone(),
                acts: acts.clone(),
            });
        }
    }

    /// Numbers that a sentence of the pack gives.
    fn says(&mut self, says: &str, places: &[Place]) {
        let texts = words(says);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        for period in periods(says) {
            self.numbers.push(Number {
                period,
                places: places.to_vec(),
                clock: false,
                subjects: claim::subjects(&texts),
                acts: claim::acts(&texts),
            });
        }
    }

    /// Whether a place, or one within it, is on the track.
    pub(super) fn holds(&self, place: &Place, on: NaiveDate) -> bool {
        self.known.iter().any(|k| {
            k.on_track && k.section && k.from.is_none_or(|from| from <= on) && k.gives(place)
        })
    }
}

impl Number {
    /// Whether words that name no section can mean this number.
    ///
    /// "Appeal: 60 days" says nothing of what is done: it is read as the time to make the appeal.
    pub(super) fn fits(&self, subject: Option<Subject>, acts: &[Act]) -> bool {
        let asked = if acts.is_empty() { &[Act::File] } else { acts };
        let does = self.clock && self.acts.iter().any(|a| asked.contains(a));
        match subject {
            Some(subject) => self.subjects.contains(&subject) && does,
            None => acts.is_empty() || does,
        }
    }
}

impl Known {
    /// Whether it lets a letter print the place: the same, or a wider one that it lies in.
    pub(super) fn gives(&self, place: &Place) -> bool {
        let own = &self.place;
        let same = own.code == place.code && own.section == place.section;
        let within = self.pinned && own.pin.starts_with(&place.pin);
        same && (place.pin.is_empty() || within)
    }
}

/// Whether the gate lets a letter print a part of an authority, by the mark of its subdivision where it has
/// one of its own.
fn allows(law: &Law, id: &str, part: Part) -> bool {
    let registry = law.registry();
    let Some(authority) = registry.get(id) else { return false };
    let own = match part {
        Part::Section => &authority.mark,
        Part::Pinpoint | Part::Number if authority.pin_mark.is_empty() => &authority.mark,
        Part::Pinpoint | Part::Number => &authority.pin_mark,
    };
    gate(Mark::counting(own), registry.family(authority), Surface::Letter).allows(part)
}

/// The places that an authority names, read as a letter is read.
fn places(law: &Law, names: &Names, id: &str) -> Vec<Place> {
    let Some(citation) = law.registry().citation(id) else { return Vec::new() };
    let all = token::tokens(&citation);
    find::citations(&all, names)
        .into_iter()
        .filter_map(|cited| match cited.code {
            Code::Held(code) => Some(Place { code, section: cited.section, pin: cited.pin }),
            Code::Earlier(_) | Code::Unheld(_) | Code::Bill(_) | Code::Named(_) => None,
        })
        .collect()
}

/// Every length of time in a sentence of a pack.
fn periods(says: &str) -> Vec<Period> {
    let all = token::tokens(says);
    period::periods(&all, |_| false).into_iter().filter_map(|t| t.period).collect()
}

fn words(text: &str) -> Vec<String> {
    let all = token::tokens(text).into_iter();
    all.filter(|t| matches!(t.kind, Kind::Word | Kind::Number)).map(|t| t.text).collect()
}
