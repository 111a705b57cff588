//! Every combination of the facts that decide the forum: the right door, no letter to an agency that has no say,
//! and nobody urgent told to wait.
//!
//! What is varied is named in `ROUTE` and `CASE`; every other fact is left unknown. Of `CASE` each combination of
//! `ROUTE` meets a few variants, a different set each time, and each track meets all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use appeal::facts::{DateName, Fact, Facts, Known, Moment};
use appeal::law::Law;
use appeal::ruling::{Ruling, decide};
use chrono::NaiveDate;

/// A fact and what it is made to be: its words, and `unknown` and `contradicted` for each of them.
struct Varied {
    fact: Fact,
    words: Vec<&'static str>,
}

const UNKNOWN: &str = "unknown";
const CONTRADICTED: &str = "contradicted";

fn varied(fact: Fact, words: &[&'static str]) -> Varied {
    let mut words = words.to_vec();
    words.extend([UNKNOWN, CONTRADICTED]);
    Varied { fact, words }
}

/// The facts that the rows of the router ask for, each in full; of the 56 states those with a pack, one
/// without, and California, and of the services those that a row names, and another. Two more of its facts are
/// those of `case`: what the plan did, and whether the service was given.
fn route() -> Vec<Varied> {
    let states =
        ["california", "colorado", "maryland", "oregon", "virginia", "washington", "wyoming"];
    vec![
        varied(Fact::Program, Fact::Program.def().words),
        varied(Fact::Funding, Fact::Funding.def().words),
        varied(Fact::Regulator, Fact::Regulator.def().words),
        varied(Fact::Sponsor, Fact::Sponsor.def().words),
        varied(Fact::IssuedIn, &states),
        varied(Fact::KnoxKeene, Fact::KnoxKeene.def().words),
        Varied {
            fact: Fact::Service,
            words: vec![
                "discharge",
                "home-health",
                "inpatient",
                "therapy",
                "coverage",
                "surgery",
                UNKNOWN,
            ],
        },
    ]
}

/// The facts that colour a case. Held fixed, because they only choose among letters of one forum: scope,
/// severity, certification, wait-harms-treatment, imr-access, request, carried-out, extraordinary, networks,
/// acknowledged, first-opinion-by, decided-by, owns-pharmacies, levels, cancer, practice-of-medicine.
fn case() -> Vec<Varied> {
    let grounds = [
        "not-medically-necessary",
        "experimental",
        "network",
        "claim-unpaid",
        "eligibility",
        "cancellation",
        "not-on-formulary",
    ];
    vec![
        // A record is urgent or it is not: no two of its papers can say it differently.
        Varied { fact: Fact::Urgency, words: vec!["urgent", "standard"] },
        Varied { fact: Fact::Ground, words: [&grounds[..], &[UNKNOWN]].concat() },
        Varied { fact: Fact::Grievance, words: vec!["none", "open", "answered"] },
        Varied { fact: Fact::Answer, words: vec!["upheld", "partly", UNKNOWN] },
        Varied { fact: Fact::Outcome, words: vec!["denied", "terminated", "no-decision"] },
        Varied {
            fact: Fact::Timing,
            words: vec!["not-yet-given", "given", "ongoing", UNKNOWN, CONTRADICTED],
        },
        Varied { fact: Fact::Imr, words: vec!["none", "filed"] },
        Varied { fact: Fact::Hearing, words: vec!["none", "requested", "held"] },
        Varied { fact: Fact::Grandfathered, words: vec!["yes", "no", UNKNOWN] },
    ]
}

/// How many combinations there are.
fn size(all: &[Varied]) -> usize {
    all.iter().map(|v| v.words.len()).product()
}

/// Sets the facts of one combination.
fn set(facts: &mut Facts, all: &[Varied], mut n: usize) {
    for Varied { fact, words } in all {
        let word = words[n % words.len()];
        n /= words.len();
        match word {
            UNKNOWN => {}
            CONTRADICTED => {
                let own = fact.def().words;
                let sources: Vec<(&str, &str)> =
                    own.iter().take(2).map(|w| (*w, "one of two papers")).collect();
                facts.contradict(*fact, &sources);
            }
            word => facts.set(*fact, word),
        }
    }
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

/// Gives the case its dates, so that they go with its facts: in time, late, or without any date.
fn date(facts: &mut Facts, n: usize) {
    let put = |facts: &mut Facts, name, date: NaiveDate| facts.add_date(name, Moment::from(date));
    let (notice, filed) = match n % 3 {
        0 => (day(10, 5), day(11, 2)),
        1 => (day(1, 5), day(2, 2)),
        _ => return,
    };
    if facts.word(Fact::Outcome) == Some("no-decision") {
        put(facts, DateName::RequestReceived, notice);
    } else {
        put(facts, DateName::NoticeDated, notice);
    }
    if matches!(facts.word(Fact::Grievance), Some("open" | "answered")) {
        put(facts, DateName::GrievanceFiled, filed);
        put(facts, DateName::GrievanceReceived, filed);
    }
    if facts.word(Fact::Grievance) == Some("answered") {
        put(facts, DateName::GrievanceDecided, filed + chrono::Days::new(15));
    }
    if facts.word(Fact::Imr) == Some("filed") {
        put(facts, DateName::ImrFiled, filed + chrono::Days::new(17));
        if n.is_multiple_of(2) {
            put(facts, DateName::ImrPapersComplete, filed + chrono::Days::new(18));
        }
    }
}

/// The lawful letters to the two California agencies, by the row of jurisdiction.md 6 that allows them. Rows 22 and
/// 23 are the agencies' own; the others are the exceptions to a column "never send to" or to an unknown funding or
/// regulator. Written from the sheet.
fn lawful(facts: &Facts, forum: &str, stage: &str) -> Option<&'static str> {
    let is = |fact: Fact, word: &str| facts.get(fact) == &Known::Is(vec![fact.word(word).unwrap()]);
    let insured = is(Fact::Funding, "insured");
    let here = insured && is(Fact::IssuedIn, "california");
    // jurisdiction.md 2: another state's policy is no matter for the Department of Insurance.
    let elsewhere = matches!(facts.word(Fact::IssuedIn), Some(state) if state != "california");
    let ordinary = is(Fact::Program, "commercial") || is(Fact::Program, "calpers");
    match forum {
        // The plan's licence for Medi-Cal decides, whatever else the record says of funding or regulator.
        "dmhc" if is(Fact::Program, "medi-cal") && is(Fact::KnoxKeene, "yes") => Some("8"),
        "dmhc" if is(Fact::Program, "calpers") && insured && is(Fact::Regulator, "dmhc") => {
            Some("12")
        }
        "dmhc" if ordinary && here && is(Fact::Regulator, "dmhc") => Some("22"),
        // A complaint about a claim, never a medical review.
        "cdi" if is(Fact::Program, "fixed-benefit") && !elsewhere && !stage.contains("imr") => {
            (!is(Fact::Funding, "self-funded")).then_some("19")
        }
        "cdi" if is(Fact::Program, "short-term") && !elsewhere && !stage.contains("imr") => {
            Some("20")
        }
        // Never for CalPERS (row 12).
        "cdi" if is(Fact::Program, "commercial") && here && is(Fact::Regulator, "cdi") => {
            Some("23")
        }
        _ => None,
    }
}

/// The right door: the row of jurisdiction.md 6 that a case belongs to, in the sheet's order of testing, and the
/// track that its letters come from. Written from the sheet; none where a fact that a later row needs is unknown
/// or told in two ways, which is row 24.
fn door(facts: &Facts) -> (&'static str, &'static str) {
    const UNSETTLED: (&str, &str) = ("24", "us-federal-floor");
    let word = |fact: Fact| match facts.get(fact) {
        Known::Is(words) => words[0],
        Known::Unknown => UNKNOWN,
        Known::Contradicted(_) => CONTRADICTED,
    };
    let told = |fact: Fact| !matches!(word(fact), UNKNOWN | CONTRADICTED);
    // Being discharged from a hospital, a nursing home or home care: said so, or care of that kind that is going on
    // and is being ended.
    let discharged = match word(Fact::Service) {
        "discharge" => true,
        "inpatient" | "home-health" | "therapy" => {
            word(Fact::Outcome) == "terminated" && word(Fact::Timing) == "ongoing"
        }
        _ => false,
    };
    let conflict = [Fact::Funding, Fact::Regulator].iter().any(|f| word(*f) == CONTRADICTED);
    match word(Fact::Program) {
        "workers-comp" => return ("0", "us-ca-workers-comp"),
        "medicare" | "medicare-advantage" | "dual-plan" if discharged => {
            return ("3a", "us-medicare-discharge");
        }
        "dual-plan" => return ("10", "us-ca-dual"),
        "part-d" => return ("2", "us-part-d"),
        "medicare-advantage" => return ("1", "us-medicare-advantage"),
        "medicare" => return ("3", "us-original-medicare"),
        "fehb" => return ("4", "us-fehb"),
        "tricare" => return ("5", "us-tricare"),
        "va" => return ("5", "us-va"),
        "medi-cal-rx" => return ("6", "us-ca-medi-cal-rx"),
        "medi-cal-fee-for-service" => return ("7", "us-ca-medi-cal-ffs"),
        // Who issued the notice: no plan decides who has Medi-Cal.
        "medi-cal" if word(Fact::Service) == "coverage" => return ("7", "us-ca-medi-cal-ffs"),
        "county-mental-health" => return ("9a", "us-ca-county-mental-health"),
        "medi-cal" if word(Fact::KnoxKeene) == "yes" => return ("8", "us-ca-medi-cal"),
        // Without the licence, or as if without it: the plan's appeal comes first either way.
        "medi-cal" => return ("9", "us-ca-medi-cal"),
        UNKNOWN | CONTRADICTED => return UNSETTLED,
        _ if conflict => return UNSETTLED,
        // Neither who pays nor where it was issued turns these rows.
        "covered-california-eligibility" => return ("13", "us-ca-covered-california"),
        "mewa" => return ("17", "us-ca-mewa"),
        "sharing-ministry" => return ("18", "us-sharing-ministry"),
        "short-term" => return ("20", "us-ca-short-term"),
        _ => {}
    }
    let calpers = word(Fact::Program) == "calpers";
    // Rows 14 to 16 come first: whoever pays for it all. What one person bought pays for nobody else.
    let fixed = word(Fact::Program) == "fixed-benefit";
    match (word(Fact::Funding), word(Fact::Regulator)) {
        ("self-funded", _) if calpers => ("11", "us-ca-calpers"),
        ("self-funded", _) => match word(Fact::Sponsor) {
            "private-employer" | "union" => ("14", "us-erisa"),
            "government" | "student" => ("15", "us-self-funded-public"),
            "church" => ("16", "us-self-funded-public"),
            // Nobody pays for one person's coverage itself, and no sponsor tells who else does.
            _ => UNSETTLED,
        },
        ("insured", _) if fixed => ("19", "us-fixed-benefit"),
        (UNKNOWN, _) if fixed && word(Fact::Sponsor) == "individual" => ("19", "us-fixed-benefit"),
        ("insured", "dmhc") if calpers => ("12", "us-ca-dmhc"),
        // Row 12 turns on the licence.
        ("insured", UNKNOWN) if calpers => UNSETTLED,
        ("insured", _) if !told(Fact::IssuedIn) => UNSETTLED,
        ("insured", regulator) => match (word(Fact::IssuedIn), regulator) {
            ("california", "dmhc") => ("22", "us-ca-dmhc"),
            // An insured CalPERS plan never goes to this agency (row 12).
            ("california", "cdi") if calpers => UNSETTLED,
            ("california", "cdi") => ("23", "us-ca-cdi"),
            ("california", _) => UNSETTLED,
            // Row 21 asks for the state alone, whoever licenses the company.
            ("colorado", _) => ("21", "us-co-doi"),
            ("maryland", _) => ("21", "us-md-mia"),
            ("oregon", _) => ("21", "us-or-dfr"),
            ("virginia", _) => ("21", "us-va-scc"),
            ("washington", _) => ("21", "us-wa-oic"),
            _ => ("21", "us-other-state"),
        },
        _ => UNSETTLED,
    }
}

/// Rows that let an urgent case wait, because the fastest path there is has been taken, each with what it is.
const NOTHING_LEFT: &[(&str, &str)] = &[
    (
        "dmhc.row.after.imr-filed.running",
        "dmhc.md I8: the expedited review decides within three days",
    ),
    (
        "cdi.step.after.imr-filed.running",
        "CDI-IMR-DEC-3: the expedited review decides within three days",
    ),
];

/// Tracks whose sheet knows no faster form of the letter for an urgent case, each with the reason.
const NOTHING_FASTER: &[(&str, &str)] = &[];

/// Tracks where care already given is never urgent, each with the provision.
const NOT_ONCE_GIVEN: &[(&str, &str)] = &[
    ("us-md-mia", "states.md 4: COMAR 31.10.18.11(C), never for a retrospective denial"),
    ("us-wa-oic", "states.md 7.2: WAC 284-43-3170, not for care already given"),
];

/// What came of the rulings.
#[derive(Default)]
struct Tally {
    rulings: usize,
    /// Letters to an agency, by the row that allows them.
    letters: BTreeMap<&'static str, usize>,
    /// Rulings, by the row that the case belongs to.
    doors: BTreeMap<&'static str, usize>,
    tracks: BTreeSet<String>,
    /// What is wrong, with the row, and the facts of the first case.
    faults: BTreeMap<String, String>,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.rulings += other.rulings;
        for (row, count) in other.letters {
            *self.letters.entry(row).or_default() += count;
        }
        for (row, count) in other.doors {
            *self.doors.entry(row).or_default() += count;
        }
        self.tracks.extend(other.tracks);
        self.faults.extend(other.faults);
    }

    fn look(&mut self, facts: &Facts, ruling: &Ruling) {
        self.rulings += 1;
        if !self.tracks.contains(&ruling.track) {
            self.tracks.insert(ruling.track.clone());
        }
        let (row, track) = door(facts);
        *self.doors.entry(row).or_default() += 1;
        if track != ruling.track {
            self.fault(
                facts,
                ruling,
                &format!("row {row} leads to {track}, the program to {}", ruling.track),
            );
        }
        let first = ruling.first();
        for stage in std::iter::once(&first).chain(&ruling.also).chain(&ruling.open) {
            if stage.letter.is_none() || !matches!(stage.forum.as_str(), "dmhc" | "cdi") {
                continue;
            }
            match lawful(facts, &stage.forum, &stage.id) {
                Some(row) => *self.letters.entry(row).or_default() += 1,
                None => self.fault(facts, ruling, &format!("a letter to {}", stage.forum)),
            }
        }
        let given = facts.word(Fact::Timing) == Some("given");
        let counts = !given || !NOT_ONCE_GIVEN.iter().any(|(track, _)| *track == ruling.track);
        let urgent = facts.word(Fact::Urgency) == Some("urgent") && counts;
        let row = ruling.trace.iter().rev().find(|t| t.applied).map_or("", |t| t.rule.as_str());
        if urgent && ruling.stage == "wait" && !NOTHING_LEFT.iter().any(|(r, _)| *r == row) {
            self.fault(facts, ruling, "an urgent case is told to wait");
        }
        let slow = NOTHING_FASTER.iter().any(|(track, _)| *track == ruling.track);
        if urgent && !slow && ruling.letter.is_some() && !ruling.expedited {
            self.fault(facts, ruling, "the letter of an urgent case is not expedited");
        }
    }

    /// Keeps the first of each kind.
    fn fault(&mut self, facts: &Facts, ruling: &Ruling, what: &str) {
        let row = ruling.trace.iter().rev().find(|t| t.applied).map_or("", |t| t.rule.as_str());
        let kind = format!("{what}: {row} [{}]", ruling.stage);
        self.faults.entry(kind).or_insert_with(|| format!("{facts:?}"));
    }
}

/// Rules on the combinations that `pick` makes of each number.
fn sweep(count: usize, pick: impl Fn(usize) -> Facts + Sync) -> Tally {
    let law = Law::builtin().unwrap_or_else(|e| panic!("{e}"));
    let next = AtomicUsize::new(0);
    let all = Mutex::new(Tally::default());
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut mine = Tally::default();
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= count {
                        break;
                    }
                    let facts = pick(n);
                    let ruling = decide(&facts, &law, day(11, 21));
                    let ruling = ruling.unwrap_or_else(|e| panic!("{e}: {facts:?}"));
                    mine.look(&facts, &ruling);
                }
                all.lock().unwrap().add(mine);
            });
        }
    });
    all.into_inner().unwrap()
}

/// Every `stride`th combination of the routing facts, each with `variants` of the case.
fn every_route(stride: usize, variants: usize) -> Tally {
    let (route, case) = (route(), case());
    let (routes, cases) = (size(&route) / stride, size(&case));
    sweep(routes * variants, |n| {
        let mut facts = Facts::default();
        set(&mut facts, &route, n / variants * stride);
        // A step that shares no factor with the number of cases, so that all of them come up in turn.
        let chosen = n.wrapping_mul(104_729) % cases;
        set(&mut facts, &case, chosen);
        date(&mut facts, n);
        facts
    })
}

/// Every `stride`th variant of the case, for one set of routing facts of each track.
fn every_case(stride: usize) -> Tally {
    let (route, case) = (route(), case());
    let (routes, cases) = (size(&route), size(&case) / stride);
    let law = Law::builtin().unwrap_or_else(|e| panic!("{e}"));
    let mut one = BTreeMap::new();
    for n in (0..routes).step_by(211) {
        let mut facts = Facts::default();
        set(&mut facts, &route, n);
        let track = decide(&facts, &law, day(11, 21)).unwrap_or_else(|e| panic!("{e}")).track;
        one.entry(track).or_insert(n);
    }
    let tracks: Vec<usize> = one.into_values().collect();
    sweep(tracks.len() * cases, |n| {
        let mut facts = Facts::default();
        set(&mut facts, &route, tracks[n / cases]);
        set(&mut facts, &case, n % cases * stride);
        date(&mut facts, n / 7);
        facts
    })
}

/// Every fact that a row of the router asks for is varied.
#[test]
fn every_fact_that_decides_the_forum_is_varied() {
    let law = Law::builtin().unwrap_or_else(|e| panic!("{e}"));
    let asked: BTreeSet<&str> = law
        .router()
        .unwrap()
        .row
        .iter()
        .flat_map(|r| r.cond.when.keys().chain(r.cond.unless.keys()))
        .map(String::as_str)
        .collect();
    let route: BTreeSet<&str> = route().iter().map(|v| v.fact.name()).collect();
    let case: BTreeSet<&str> = case().iter().map(|v| v.fact.name()).collect();
    assert!(route.is_subset(&asked), "{route:?} and {asked:?}");
    assert!(asked.iter().all(|f| route.contains(f) || case.contains(f)), "{asked:?}");
}

#[expect(clippy::print_stdout, reason = "the count of what was swept is asked for")]
fn holds(tally: &Tally) {
    println!("{} rulings on {} tracks", tally.rulings, tally.tracks.len());
    println!("  by row of jurisdiction.md 6: {:?}", tally.doors);
    println!("  letters to an agency, by the row that allows them: {:?}", tally.letters);
    let faults: Vec<String> = tally.faults.iter().map(|(k, f)| format!("{k}\n    {f}")).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn some_combinations_send_nobody_to_the_wrong_agency() {
    let tally = every_route(241, 2);
    holds(&tally);
    let tally = every_case(97);
    holds(&tally);
}

#[test]
#[ignore = "millions of rulings: in release mode"]
fn sweep_every_combination_sends_nobody_to_the_wrong_agency() {
    let mut tally = every_route(1, 4);
    tally.add(every_case(1));
    holds(&tally);
    let law = Law::builtin().unwrap_or_else(|e| panic!("{e}"));
    let missed: Vec<&str> = law
        .packs()
        .filter(|p| !p.pack.router && !p.row.is_empty())
        .map(|p| p.pack.id.as_str())
        .filter(|id| !tally.tracks.contains(*id))
        .collect();
    assert!(missed.is_empty(), "no combination reaches {missed:?}");
    assert_eq!(
        tally.letters.keys().copied().collect::<Vec<_>>(),
        ["12", "19", "20", "22", "23", "8"]
    );
}
