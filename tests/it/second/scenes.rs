//! Cases to sweep: the facts that make a clock run, and on which days its events fall.

use appeal::facts::{DateName, Fact, Facts, Moment};
use chrono::{NaiveDate, NaiveTime};
use jiff::ToSpan as _;
use jiff::civil::{Date, Time, date};

use super::oracle::{Event, Story};

/// The families of cases on one track.
#[derive(Debug)]
pub(super) struct Track {
    /// The pack that must have the case.
    pub(super) id: &'static str,
    /// The facts that take a case there, as `name=word`.
    pub(super) facts: &'static str,
    pub(super) scenes: &'static [Scene],
}

/// One family of cases.
#[derive(Debug)]
pub(super) struct Scene {
    pub(super) name: &'static str,
    /// What else is so, as `name=word`.
    facts: &'static [&'static str],
    /// Where the events fall, in this order.
    events: &'static [Falls],
    /// Deadlines that must run in every case, without the track.
    pub(super) runs: &'static str,
}

pub(super) const fn scene(
    name: &'static str,
    facts: &'static [&'static str],
    events: &'static [Falls],
    runs: &'static str,
) -> Scene {
    Scene { name, facts, events, runs }
}

/// Where an event falls. Offsets are days from the day that is swept, unless another event is named.
#[derive(Debug)]
pub(super) enum Falls {
    On(Event, i32),
    /// The same, at an hour that changes from day to day; every third day without one.
    At(Event, i32),
    /// One case for each; `None`: it did not happen, or nobody knows when.
    Each(Event, &'static [Option<i32>]),
    /// The plan answers on day 0, 1, 2 … 200, or never.
    Answers,
    /// Days from the first event to the second, different ones from case to case.
    Since(Event, Event, &'static [Option<i32>]),
}

/// The days that are swept.
pub(super) const FIRST: Date = date(2024, 1, 1);
pub(super) const LAST: Date = date(2032, 12, 31);

/// Days on which the plan may answer, counted from its receipt of the appeal.
const LAST_ANSWER: usize = 200;

/// How densely a sweep goes.
#[derive(Clone, Copy)]
pub(super) struct Steps {
    /// Every how many days.
    pub(super) days: usize,
    /// Every how many days of answering.
    pub(super) answers: usize,
}

impl Scene {
    /// How many cases there are on one day.
    pub(super) fn cases(&self, steps: Steps) -> usize {
        self.events.iter().map(|f| f.ways(steps)).product()
    }

    /// Every case of one day: what happened, for the oracle.
    pub(super) fn stories(&self, day: Date, steps: Steps) -> impl Iterator<Item = Story> {
        (0..self.cases(steps)).map(move |case| self.story(day, case, steps))
    }

    /// One of them.
    pub(super) fn story(&self, day: Date, case: usize, steps: Steps) -> Story {
        let turn = usize::try_from((day - FIRST).get_days()).expect("a day of the sweep") + case;
        let mut story = Story::default();
        story.urgent = self.says("urgency=urgent");
        story.experimental = self.says("ground=experimental");
        story.eligibility = self.says("ground=eligibility");
        story.undecided = self.says("outcome=no-decision");
        let mut left = case;
        for falls in self.events {
            let way = left % falls.ways(steps);
            left /= falls.ways(steps);
            match falls {
                Falls::On(event, offset) => story.set(*event, later(day, *offset)),
                Falls::At(event, offset) => {
                    story.set_at(*event, later(day, *offset), hour(turn));
                }
                Falls::Each(event, offsets) => {
                    if let Some(offset) = offsets[way] {
                        story.set(*event, later(day, offset));
                    }
                }
                Falls::Answers => {
                    // The last way is no answer.
                    if way + 1 < falls.ways(steps) {
                        let days = i32::try_from(way * steps.answers).expect("a small number");
                        story.set(Event::Answer, later(day, days));
                    }
                }
                Falls::Since(base, event, offsets) => {
                    let base = story.day(*base);
                    if let (Some(base), Some(offset)) = (base, offsets[turn % offsets.len()]) {
                        story.set(*event, later(base, offset));
                    }
                }
            }
        }
        story
    }

    fn says(&self, fact: &str) -> bool {
        self.words().any(|f| f == fact)
    }

    pub(super) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.facts.iter().flat_map(|f| f.split(' '))
    }

    /// What all cases of the family on a track share, as the program's facts.
    pub(super) fn shared(&self, track: &Track) -> Facts {
        let mut facts = Facts::default();
        for fact in track.facts.split(' ').chain(self.words()) {
            let (name, word) = fact.split_once('=').expect("name=word");
            let fact = Fact::find(name).unwrap_or_else(|| panic!("no fact {name}"));
            assert!(fact.word(word).is_some(), "{word} is no word of {name}");
            facts.set(fact, word);
        }
        facts
    }

    /// One case as the program's facts, and the last day on which anything happens.
    pub(super) fn facts(&self, shared: &Facts, story: &Story) -> (Facts, NaiveDate) {
        let mut facts = shared.clone();
        // How far the appeal has gone follows, where the family does not say.
        let answers = |f: &Falls| matches!(f, Falls::Answers | Falls::Each(Event::Answer, _));
        if self.events.iter().any(answers) && !self.words().any(|f| f.starts_with("grievance=")) {
            let answered = story.day(Event::Answer).is_some();
            facts.set(Fact::Grievance, if answered { "answered" } else { "open" });
            if answered {
                facts.set(Fact::Answer, "upheld");
            }
        }
        let mut last = NaiveDate::MIN;
        for (event, day, time) in story.happened() {
            let day = chrono(day);
            facts.add_date(name(event), Moment { date: day, time: time.map(clock) });
            last = last.max(day);
        }
        (facts, last)
    }
}

impl Falls {
    fn ways(&self, steps: Steps) -> usize {
        match self {
            Falls::On(..) | Falls::At(..) | Falls::Since(..) => 1,
            Falls::Each(_, offsets) => offsets.len(),
            Falls::Answers => LAST_ANSWER / steps.answers + 2,
        }
    }
}

fn later(day: Date, days: i32) -> Date {
    day.checked_add(days.days()).expect("a day of this century")
}

/// Every hour and minute in its turn.
fn hour(turn: usize) -> Option<Time> {
    if turn.is_multiple_of(3) {
        return None;
    }
    let minute = turn * 37 % (24 * 60);
    let part = |n: usize| i8::try_from(n).expect("below sixty");
    Some(Time::constant(part(minute / 60), part(minute % 60), 0, 0))
}

/// The same day in the program's library.
pub(super) fn chrono(day: Date) -> NaiveDate {
    let part = |n: i8| u32::from(n.unsigned_abs());
    NaiveDate::from_ymd_opt(day.year().into(), part(day.month()), part(day.day()))
        .expect("a day is a day")
}

/// The same hour in the program's library.
pub(super) fn clock(time: Time) -> NaiveTime {
    let part = |n: i8| u32::from(n.unsigned_abs());
    NaiveTime::from_hms_opt(part(time.hour()), part(time.minute()), 0).expect("an hour is an hour")
}

/// The program's name for what happened.
fn name(event: Event) -> DateName {
    match event {
        Event::Notice => DateName::NoticeDated,
        Event::NoticeArrived => DateName::NoticeReceived,
        Event::Incident => DateName::Incident,
        Event::Request => DateName::RequestReceived,
        Event::Information => DateName::InformationReceived,
        Event::Claim => DateName::ClaimReceived,
        Event::AppealSent => DateName::GrievanceFiled,
        Event::Appeal => DateName::GrievanceReceived,
        Event::Answer => DateName::GrievanceDecided,
        Event::AnswerArrived => DateName::GrievanceAnswerReceived,
        Event::ReviewAsked => DateName::ImrFiled,
        Event::Papers => DateName::ImrPapersComplete,
        Event::ReviewDecided => DateName::ImrDecided,
        Event::Complaint => DateName::ComplaintReceived,
        Event::Effective => DateName::CancellationEffective,
        Event::MoreAsked => DateName::ExtensionNoticed,
    }
}
