//! A second implementation of the clocks, and sweeps that hold the program to it.
//!
//! `oracle`, `days` and `table` know the law sheets and nothing of the program; this file and `scenes`
//! know both. Where the two differ, the sheet is read again: neither is right by itself.

// The families of cases.
mod cases;
// Days, holidays, months.
mod days;
// The sheets' worked examples, put to the oracle.
mod examples;
// What a rule's dates are.
mod oracle;
// What must hold of any dates at all.
mod properties;
// A family of cases, as a story for the one and facts for the other.
mod scenes;
// The rules, typed from the sheets.
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use appeal::law::Law;
use appeal::ruling::{Deadline, Ruling, decide};
use jiff::ToSpan as _;
use jiff::civil::Date;

use cases::tracks;
use days::List;
use oracle::{Days, Lists, Rule, Story};
use scenes::{FIRST, LAST, Scene, Steps, Track, chrono};

/// Rule ids of the packs that the table leaves out, because another id beside them has the day.
const WITHOUT_A_DAY: &[(&str, &str)] = &[
    ("CDI-IMR-EXT-3", "lengthens CDI-IMR-DEC-30 and -DEC-3, and stands in their entries"),
    ("FED-EXT-MONTHEND", "how the months of ERISA-EXT-4M end"),
    ("FED-EXT-ROLL", "how the last day of ERISA-EXT-4M moves"),
    ("dmhc.G4a", "at once: no number"),
    ("dmhc.I1f", "a floor under the state's process, shorter than its six months"),
    ("dmhc.I1r", "the later readings of dmhc.I1, and in its entry"),
];

/// States whose rules are in the table while no pack has them yet. Empty this when the packs are here:
/// from then on a rule without a deadline is a fault.
const AWAITED: &[&str] = &[];

/// Where the program is known to differ from the sheets, and what the sheets say.
struct Known {
    deadline: &'static str,
    /// Families of cases; all of them where none is named.
    scenes: &'static [&'static str],
    /// What differs, as a difference is told.
    fields: &'static [&'static str],
    sheet: &'static str,
}

/// An entry that no longer differs is a fault in a full sweep.
const KNOWN: &[Known] = &[];

impl Known {
    fn covers(&self, deadline: &str, scene: &str, fields: &[&str]) -> bool {
        self.deadline == deadline
            && (self.scenes.is_empty() || self.scenes.contains(&scene))
            && fields.iter().all(|f| self.fields.contains(f))
    }
}

/// The rules that a deadline of a pack counts.
type Bound = BTreeMap<String, Vec<&'static Rule>>;

/// Every deadline of every pack, with the oracle's rules for it; and the ids that neither knows.
fn bound(law: &Law) -> (Bound, Vec<String>) {
    let (mut bound, mut unknown) = (Bound::new(), Vec::new());
    for pack in law.packs() {
        for (id, deadline) in &pack.deadline {
            let full = format!("{}.{id}", pack.pack.id);
            let mut rules = Vec::new();
            for rule in &deadline.rules {
                let known = table::rules(rule, &full);
                let dayless = || WITHOUT_A_DAY.iter().chain(table::UNCOUNTED);
                if known.is_empty() && !dayless().any(|(id, _)| id == rule) {
                    unknown.push(format!("{full}: {rule}"));
                }
                rules.extend(known);
            }
            bound.insert(full, rules);
        }
    }
    (bound, unknown)
}

/// Tracks of states whose holidays no sheet lists (counting-days.md 7): what is due is counted on the
/// federal list, and is only "about" right; nobody is late where a list would be needed.
const UNLISTED: &[&str] = &["us-co-doi", "us-md-mia", "us-va-scc", "us-or-dfr", "us-wa-oic"];

/// Whose days off count, on a track.
fn lists(track: &str) -> Lists {
    // A policy of fixed sums has its complaint at the Department of Insurance.
    let california = track.starts_with("us-ca-") || track == "us-fixed-benefit";
    // Plans that work on a federal calendar are given its holidays (counting-days.md 7); those that
    // work in California, or may, every candidate.
    let given = if UNLISTED.contains(&track) {
        List::Unlisted
    } else if california || track == "us-federal-floor" {
        List::Candidates
    } else {
        List::Federal
    };
    Lists { office: if california { List::California } else { List::Federal }, given }
}

/// What a sweep found.
#[derive(Default)]
struct Found {
    /// How many cases were ruled on.
    rulings: usize,
    /// Comparisons in which at least one side had a date, by deadline.
    compared: BTreeMap<String, usize>,
    /// Differences that are known, by their place in the list.
    known: BTreeMap<usize, usize>,
    /// Differences by deadline: how many, and the first few in words.
    differ: BTreeMap<String, (usize, Vec<String>)>,
}

/// How many differences of one deadline are told in words, and how many in all.
const TOLD_OF_ONE: usize = 3;
const TOLD: usize = 20;

impl Found {
    fn add(&mut self, other: Found) {
        self.rulings += other.rulings;
        for (id, count) in other.compared {
            *self.compared.entry(id).or_default() += count;
        }
        for (known, count) in other.known {
            *self.known.entry(known).or_default() += count;
        }
        for (id, (count, told)) in other.differ {
            let mine = self.differ.entry(id).or_default();
            mine.0 += count;
            mine.1.extend(told);
            mine.1.truncate(TOLD_OF_ONE);
        }
    }
}

const FIELDS: [&str; 6] =
    ["file by", "last working day", "arguable until", "due", "late after", "hour"];

type Times = ([Option<chrono::NaiveDate>; 5], Option<chrono::NaiveTime>);

/// What the program says; a deadline that it leaves out says nothing.
fn program(is: Option<&Deadline>) -> Times {
    let Some(is) = is else { return Times::default() };
    // A later day that is the same day is left out.
    let arguable = is.arguable_until.filter(|d| Some(*d) != is.file_by);
    ([is.file_by, is.last_working_day, arguable, is.due, is.late_after], is.time)
}

/// The same of the oracle, in the program's library of dates.
fn wanted(want: &Days) -> Times {
    let days =
        [want.file_by, want.last_working_day, want.arguable_until, want.due, want.late_after];
    (days.map(|d| d.map(chrono)), want.time.map(scenes::clock))
}

/// The names of the fields that differ.
fn differing(is: &Times, want: &Times) -> Vec<&'static str> {
    if is == want {
        return Vec::new();
    }
    let days = (0..5).filter(|n| is.0[*n] != want.0[*n]).map(|n| FIELDS[n]);
    days.chain((is.1 != want.1).then_some(FIELDS[5])).collect()
}

fn told(scene: &Scene, story: &Story, id: &str, is: &Times, want: &Times) -> String {
    let mut out = format!("{id}: {}\n", scene.name);
    let _ = writeln!(out, "    {}", scene.words().collect::<Vec<_>>().join(" "));
    let happened: Vec<String> = story
        .happened()
        .map(|(event, day, time)| {
            let hour = time.map_or(String::new(), |t| format!(" {}", scenes::clock(t)));
            format!("{event:?} {day}{hour}")
        })
        .collect();
    let _ = writeln!(out, "    {}", happened.join(", "));
    let text = |times: &Times| {
        let mut all: Vec<String> = times
            .0
            .iter()
            .map(|d| d.map_or("none".to_owned(), |d| d.format("%a %Y-%m-%d").to_string()))
            .collect();
        all.push(times.1.map_or("none".to_owned(), |t| t.to_string()));
        all
    };
    for ((name, want), is) in FIELDS.iter().zip(text(want)).zip(text(is)) {
        if want != is {
            let _ = writeln!(out, "    {name}: the oracle says {want}, the program {is}");
        }
    }
    out
}

/// Compares every deadline of one ruling.
fn compare(scene: &Scene, story: &Story, ruling: &Ruling, bound: &Bound, found: &mut Found) {
    let lists = lists(&ruling.track);
    let mut check = |id: &str, is: Option<&Deadline>| {
        let Some(rules) = bound.get(id).filter(|r| !r.is_empty()) else { return };
        let (is, want) = (program(is), wanted(&oracle::days(rules, story, lists)));
        if is == Times::default() && want == Times::default() {
            return;
        }
        match found.compared.get_mut(id) {
            Some(count) => *count += 1,
            None => drop(found.compared.insert(id.to_owned(), 1)),
        }
        let fields = differing(&is, &want);
        if fields.is_empty() {
            return;
        }
        if let Some(known) = KNOWN.iter().position(|k| k.covers(id, scene.name, &fields)) {
            *found.known.entry(known).or_default() += 1;
            return;
        }
        let (count, words) = found.differ.entry(id.to_owned()).or_default();
        *count += 1;
        if words.len() < TOLD_OF_ONE {
            words.push(told(scene, story, id, &is, &want));
        }
    };
    for deadline in &ruling.deadlines {
        check(&deadline.id, Some(deadline));
    }
    for id in scene.runs.split(' ') {
        let id = format!("{}.{id}", ruling.track);
        if !ruling.deadlines.iter().any(|d| d.id == id) {
            check(&id, None);
        }
    }
}

/// One family of cases over some days: a piece of the work.
struct Piece<'a> {
    track: &'static Track,
    scene: &'static Scene,
    days: &'a [Date],
}

impl Piece<'_> {
    fn sweep(&self, steps: Steps, law: &Law, bound: &Bound) -> Found {
        let Piece { track, scene, days } = self;
        let mut found = Found::default();
        let shared = scene.shared(track);
        for day in *days {
            for story in scene.stories(*day, steps) {
                let (facts, last) = scene.facts(&shared, &story);
                let ruling = decide(&facts, law, last)
                    .unwrap_or_else(|e| panic!("{}: {}, {day}: {e}", track.id, scene.name));
                assert_eq!(ruling.track, track.id, "{} goes to another pack", scene.name);
                found.rulings += 1;
                compare(scene, &story, &ruling, bound, &mut found);
            }
        }
        found
    }
}

/// Sweeps every family; the work is shared out in pieces, and put together in their order.
fn sweep(steps: Steps) -> Found {
    let law = Law::builtin().unwrap_or_else(|e| panic!("{e}"));
    let (bound, _) = bound(&law);
    let days: Vec<Date> =
        FIRST.series(1.day()).take_while(|d| *d <= LAST).step_by(steps.days).collect();
    let pieces: Vec<Piece> = tracks()
        .flat_map(|track| track.scenes.iter().map(move |scene| (track, scene)))
        .flat_map(|(track, scene)| days.chunks(64).map(move |days| Piece { track, scene, days }))
        .collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut mine = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(piece) = pieces.get(at) else { return mine };
            mine.push((at, piece.sweep(steps, &law, &bound)));
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut done: Vec<(usize, Found)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|w| w.join().expect("a worker that ends")).collect()
    });
    done.sort_by_key(|(at, _)| *at);
    let mut found = Found::default();
    for (_, piece) in done {
        found.add(piece);
    }
    found
}

/// Fails with what differs; says how much was compared.
#[allow(clippy::print_stdout, reason = "the count is what a long sweep is for")]
fn report(found: &Found) {
    let mut packs: BTreeMap<&str, usize> = BTreeMap::new();
    for (id, count) in &found.compared {
        *packs.entry(id.split('.').next().unwrap_or(id)).or_default() += count;
    }
    for (pack, count) in &packs {
        println!("{pack}: {count} comparisons");
    }
    let all: usize = packs.values().sum();
    println!("in all: {all} comparisons in {} rulings", found.rulings);
    for (known, count) in &found.known {
        println!("known to differ: {} in {count}", KNOWN[*known].deadline);
    }
    let differ = &found.differ;
    let counts: Vec<String> =
        differ.iter().map(|(id, (count, _))| format!("{id}: {count}")).collect();
    let words: Vec<&str> =
        differ.values().flat_map(|(_, told)| told).take(TOLD).map(String::as_str).collect();
    assert!(differ.is_empty(), "differences:\n{}\n\n{}", counts.join("\n"), words.join("\n"));
}

/// Fails unless every deadline of every pack was compared.
fn nothing_left_out(found: &Found) {
    let law = Law::builtin().unwrap_or_else(|e| panic!("{e}"));
    let missing: Vec<String> = bound(&law)
        .0
        .into_iter()
        .filter(|(id, rules)| !rules.is_empty() && !found.compared.contains_key(id))
        .map(|(id, _)| id)
        .collect();
    assert!(missing.is_empty(), "deadlines that no case starts:\n{}", missing.join("\n"));
}

#[test]
fn every_rule_of_the_packs_is_in_the_second_table() {
    let law = Law::builtin().unwrap_or_else(|e| panic!("{e}"));
    let (_, unknown) = bound(&law);
    assert!(unknown.is_empty(), "rules that the second table lacks:\n{}", unknown.join("\n"));
}

#[test]
fn every_rule_of_the_second_table_is_in_a_pack() {
    let law = Law::builtin().unwrap_or_else(|e| panic!("{e}"));
    let counted: BTreeSet<&str> = law
        .packs()
        .flat_map(|p| p.deadline.values())
        .flat_map(|d| &d.rules)
        .map(String::as_str)
        .collect();
    let awaited = |id: &str| AWAITED.iter().any(|state| id.starts_with(state));
    let missing: BTreeSet<&str> =
        table::all().map(|r| r.id).filter(|id| !counted.contains(id) && !awaited(id)).collect();
    assert!(missing.is_empty(), "rules that no pack counts: {missing:?}");
}

#[test]
fn the_two_agree_on_a_thin_sweep() {
    let found = sweep(Steps { days: 41, answers: 29 });
    nothing_left_out(&found);
    report(&found);
}

/// Every day of nine years, every day of answering.
#[test]
#[ignore = "minutes, and only when optimised"]
fn second_the_two_agree_on_every_day() {
    let found = sweep(Steps { days: 1, answers: 1 });
    nothing_left_out(&found);
    for (place, known) in KNOWN.iter().enumerate() {
        let still = found.known.contains_key(&place);
        assert!(still, "{} differs no more: {}", known.deadline, known.sheet);
    }
    report(&found);
}
