//! What must hold of the program's dates whatever the law says: over every family of cases, any day of
//! the sweep, and any day of asking.

use std::sync::LazyLock;

use appeal::facts::Facts;
use appeal::law::{Law, Pack};
use appeal::ruling::{Deadline, Ruling, Status, decide};
use chrono::{Datelike as _, NaiveDate, TimeDelta};
use jiff::ToSpan as _;
use jiff::civil::date;
use proptest::prelude::*;
use proptest::sample::Index;

use super::cases::tracks;
use super::days::List;
use super::oracle::Story;
use super::scenes::{FIRST, LAST, Scene, Steps, Track};

static LAW: LazyLock<Law> = LazyLock::new(|| Law::builtin().unwrap_or_else(|e| panic!("{e}")));

const EVERY: Steps = Steps { days: 1, answers: 1 };

/// A family of cases on its track.
type Family = (&'static Track, &'static Scene);

static FAMILIES: LazyLock<Vec<Family>> = LazyLock::new(|| {
    tracks().flat_map(|track| track.scenes.iter().map(move |scene| (track, scene))).collect()
});

/// A family of cases and one case of it.
fn any_case() -> impl Strategy<Value = (Family, Story)> {
    let days = usize::try_from((LAST - FIRST).get_days()).unwrap() + 1;
    (0..FAMILIES.len(), 0..days, any::<Index>()).prop_map(|(family, day, case)| {
        let (track, scene) = FAMILIES[family];
        let day = FIRST.saturating_add(i32::try_from(day).unwrap().days());
        let story = scene.story(day, case.index(scene.cases(EVERY)), EVERY);
        ((track, scene), story)
    })
}

fn facts((track, scene): Family, story: &Story) -> (Facts, NaiveDate) {
    scene.facts(&scene.shared(track), story)
}

fn rule(facts: &Facts, as_of: NaiveDate) -> Ruling {
    decide(facts, &LAW, as_of).unwrap_or_else(|e| panic!("{e}"))
}

fn pack(ruling: &Ruling) -> &'static Pack {
    LAW.pack(&ruling.track).expect("the pack that ruled")
}

/// The second implementation's list for a calendar of the packs.
fn list(calendar: Option<&String>) -> List {
    match calendar.map(String::as_str) {
        Some("us-ca") => List::California,
        Some("us-federal") => List::Federal,
        Some("us-ca-plan") => List::Candidates,
        other => panic!("a calendar without a second list: {other:?}"),
    }
}

fn works(list: List, day: NaiveDate) -> bool {
    let part = |n: u32| i8::try_from(n).unwrap();
    list.works_on(date(i16::try_from(day.year()).unwrap(), part(day.month()), part(day.day())))
}

/// What holds of one deadline, in itself.
fn holds(deadline: &Deadline, pack: &Pack, as_of: NaiveDate) -> Result<(), TestCaseError> {
    let written = &pack.deadline[deadline.id.split_once('.').expect("a full id").1];
    let office = list(pack.pack.calendar.as_ref());
    if let (Some(file_by), Some(until)) = (deadline.file_by, deadline.arguable_until) {
        prop_assert!(file_by < until, "{deadline:?}");
    }
    if let Some(last) = deadline.last_working_day {
        prop_assert!(deadline.file_by.is_some_and(|d| last < d), "{deadline:?}");
        prop_assert!(works(office, last), "no working day: {deadline:?}");
    }
    if written.roll.is_some()
        && let Some(until) = deadline.arguable_until
    {
        let rolls = written.roll_calendar.as_ref().map_or(office, |id| list(Some(id)));
        prop_assert!(works(rolls, until), "rolled to no working day: {deadline:?}");
    }
    if let (Some(due), Some(late)) = (deadline.due, deadline.late_after) {
        prop_assert!(due <= late, "{deadline:?}");
        // Without a list nobody is late, but by the hour.
        let given = pack.pack.calendar_against.as_ref().map(|id| list(Some(id)));
        let counted = deadline.period.ends_with("hours") || given.is_some_and(|g| works(g, late));
        prop_assert!(counted, "late after no working day: {deadline:?}");
    }
    // Where it stands, on the day of asking.
    let until = deadline.arguable_until.or(deadline.file_by);
    match deadline.status {
        Status::Late => prop_assert!(until.is_some_and(|d| as_of > d), "{deadline:?}"),
        Status::Overdue => {
            prop_assert!(deadline.late_after.is_some_and(|d| as_of > d), "{deadline:?}");
        }
        Status::Open if deadline.file_by.is_some() => {
            prop_assert!(deadline.file_by.is_some_and(|d| as_of <= d), "{deadline:?}");
        }
        Status::Open | Status::Arguable | Status::Unsettled | Status::Met | Status::NotRunning => {}
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn every_deadline_is_in_order_in_itself((family, story) in any_case(), asked in 0..900i64) {
        let (facts, last) = facts(family, &story);
        let as_of = last + TimeDelta::days(asked);
        let ruling = rule(&facts, as_of);
        for deadline in &ruling.deadlines {
            holds(deadline, pack(&ruling), as_of)?;
        }
    }

    #[test]
    fn a_later_event_never_gives_an_earlier_date(
        (family, story) in any_case(),
        which in any::<Index>(),
        days in 1..500i32,
    ) {
        let happened: Vec<_> = story.happened().collect();
        let (event, day, time) = happened[which.index(happened.len())];
        let mut later = story.clone();
        later.set_at(event, day.saturating_add(days.days()), time);
        let (before, one) = facts(family, &story);
        let (after, other) = facts(family, &later);
        let as_of = one.max(other);
        let (before, after) = (rule(&before, as_of), rule(&after, as_of));
        for deadline in &before.deadlines {
            let Some(moved) = after.deadlines.iter().find(|d| d.id == deadline.id) else { continue };
            // Another length is in force from some day on.
            if moved.period != deadline.period {
                continue;
            }
            for (was, is) in [
                (deadline.file_by, moved.file_by),
                (deadline.arguable_until.or(deadline.file_by), moved.arguable_until.or(moved.file_by)),
                (deadline.due, moved.due),
            ] {
                prop_assert!(was <= is, "{event:?} {days} days later:\n{deadline:?}\n{moved:?}");
            }
            if let (Some(was), Some(is)) = (deadline.late_after, moved.late_after) {
                prop_assert!(was <= is, "{event:?} {days} days later:\n{deadline:?}\n{moved:?}");
            }
        }
    }
}
