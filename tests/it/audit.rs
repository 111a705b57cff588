//! `appeal law`: what is said of the law on file, and what a changed version would change.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use appeal::audit::{self, Kind, Tests};
use appeal::law::{Law, Pack};
use appeal::layout::Fonts;
use appeal::letter::Templates;
use appeal::packet::{self, Press};
use appeal::record::{self, Case};
use appeal::ruling;
use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::run;

fn builtin() -> Law {
    Law::builtin().unwrap_or_else(|e| panic!("{e}"))
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

// -------------------------------------------------------------------------------- show and check

#[test]
fn every_entry_of_the_law_can_be_shown_by_its_id() {
    let law = builtin();
    let tests = Tests::of(&law);
    assert!(tests.count() > 1_300);
    let all = audit::entries(&law);
    for entry in &all {
        let found = audit::find(&all, &entry.id);
        assert!(found.contains(&entry), "{}", entry.id);
    }
    let show = |id: &str| {
        let found = audit::find(&all, id);
        found.iter().map(|e| audit::show(&all, e, &tests)).collect::<String>()
    };
    // By the id of the sheet, by its own id, and without the pack's.
    for id in ["dmhc.I1", "us-ca-dmhc.imr.file", "imr.file"] {
        let text = show(id);
        assert!(text.contains("6 months"), "{id}: {text}");
        assert!(text.contains("1374.30(k)") && text.contains("last looked at: 2026-"), "{text}");
        assert!(text.contains("dmhc-deadlines.toml"), "{id}: {text}");
    }
    let authority = show("hsc-1383.15-c");
    assert!(authority.contains("corroborated; not read at source"), "{authority}");
    assert!(authority.contains("used by: us-ca-dmhc.second-opinion.decide.urgent"), "{authority}");
    assert_eq!(audit::nearest(&all, "us-ca-dmhc.imr.fiel"), Some("us-ca-dmhc.imr.file"));
}

#[test]
fn every_deadline_and_row_of_the_law_that_ships_is_held_by_a_test() {
    let law = builtin();
    let findings = audit::check(&law, &Tests::of(&law));
    let told: Vec<String> = findings.iter().map(|f| format!("{}: {}", f.id, f.says)).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

/// A copy of one shipped pack in a folder, changed.
fn changed(file: &str, was: &str, is: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(Path::new("law").join(file)).unwrap();
    assert_eq!(text.matches(was).count(), 1, "{was}");
    fs::write(folder.path().join(file), text.replace(was, is)).unwrap();
    folder
}

#[test]
fn days_without_a_value_and_things_that_nothing_uses_are_found() {
    let text = fs::read_to_string("law/us-ca-dmhc.toml").unwrap();
    let value = "{ from = 2001-01-01, period = \"6 months\", mark = [\"memory\"]";
    let rest = text[text.find(value).unwrap()..].split_inclusive('}').next().unwrap().to_owned();
    let was = rest.replace("from = 2001-01-01", "from = 2001-01-01, to = 2020-01-01");
    let is = rest.replace("2001-01-01", "2021-01-01");
    let text = text.replace(&rest, &format!("{was}, {is}"));
    let text = format!(
        "{text}\n[event.nobody-asks]\nsays = \"a day nobody asks for\"\nfrom = [\"imr-filed\"]\n\n\
         [authority.nobody-cites]\ncode = \"hsc\"\nsection = \"9999\"\nsays = \"Nothing.\"\n\
         mark = [\"doubt\"]\nchecked = 2020-01-01\n"
    );
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("us-ca-dmhc.toml"), text).unwrap();
    let law = Law::with_dir(folder.path()).unwrap_or_else(|e| panic!("{e}"));
    let findings = audit::check(&law, &Tests::of(&law));
    let told = |id: &str| findings.iter().find(|f| f.id == id).map(|f| f.says.as_str());
    let gap = findings.iter().find(|f| f.says.contains("from 2020-01-01 to 2021-01-01"));
    assert!(gap.is_some(), "{findings:?}");
    assert_eq!(told("us-ca-dmhc.event.nobody-asks"), Some("nothing goes by this date"));
    assert_eq!(told("nobody-cites"), Some("nothing cites it"));
    // Nobody has looked at it for long; the others are of 2026.
    let stale = audit::stale(&law, day(2026, 11, 21), 365);
    let ids: Vec<&str> = stale.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(ids, ["nobody-cites"]);
    assert!(audit::stale(&law, day(2021, 1, 1), 366).is_empty(), "a year and a day is no more");
    let list = |days| audit::stale(&law, day(2021, 1, 1), days).len();
    assert_eq!((list(366), list(365)), (0, 1));
}

#[test]
fn a_pack_that_does_not_hold_together_is_told_in_full_and_exits_with_1() {
    let folder = changed(
        "us-ca-dmhc.toml",
        "trigger     = \"imr-qualifies\"",
        "trigger     = \"imr-qualifys\"",
    );
    let told = run(&["law", "check", "--law", folder.path().to_str().unwrap()]);
    assert_eq!(told.code, Some(1), "{}", told.stderr);
    assert!(told.stdout.contains("no event or date `imr-qualifys`"), "{}", told.stdout);
}

#[test]
fn a_name_that_the_law_does_not_hold_is_answered_with_the_nearest() {
    let told = run(&["law", "show", "us-ca-dmhc.imr.fiel"]);
    assert_eq!(told.code, Some(2));
    assert!(told.stderr.contains("did you mean `us-ca-dmhc.imr.file`?"), "{}", told.stderr);
}

// ------------------------------------------------------------------------------------------ diff

fn cases() -> Vec<Case> {
    let mut folders: Vec<_> = fs::read_dir("fixtures/cases")
        .unwrap()
        .map(|e| e.unwrap().path().join("record.toml"))
        .filter(|p| p.is_file())
        .collect();
    folders.sort();
    folders
        .iter()
        .filter_map(|path| {
            let bytes = fs::read(path).unwrap();
            record::read(&bytes, &path.display().to_string()).check(day(2026, 11, 21)).0
        })
        .collect()
}

/// Everything that a case prints under a law, without a look at how the tool compares.
fn everything(case: &Case, law: &Law, press: &Press<'_>) -> String {
    let disputes = match packet::rule(case, law, day(2026, 11, 21)) {
        Ok(disputes) => disputes,
        Err(conflict) => return conflict.to_string(),
    };
    let mut text = String::new();
    for dispute in &disputes {
        text.push_str(&ruling::text("case", "plan", &dispute.ruling));
        for deadline in &dispute.ruling.deadlines {
            text.push_str(&format!(
                "{} {:?} {:?} {:?} {:?} {:?}\n",
                deadline.id,
                deadline.file_by,
                deadline.last_working_day,
                deadline.arguable_until,
                deadline.due,
                deadline.late_after
            ));
        }
        let letters = std::iter::once(dispute.ruling.first()).chain(dispute.ruling.also.clone());
        let stages: Vec<String> = letters.filter(|s| s.letter.is_some()).map(|s| s.id).collect();
        match packet::papers(&case.record, dispute, &stages, press) {
            Ok(papers) => papers.iter().for_each(|p| text.push_str(&p.markdown)),
            Err(error) => text.push_str(&error.to_string()),
        }
    }
    text
}

/// One change of one pack: which kind, and which of the things of that kind.
#[derive(Clone, Copy, Debug)]
enum Turn {
    Period,
    Says,
    Authority,
    Trigger,
}

/// Changes one thing of a pack; nothing where it has none of the kind.
fn turn(pack: &mut Pack, turn: Turn, at: usize) -> Option<()> {
    let ids: Vec<String> = pack.deadline.keys().cloned().collect();
    let id = ids.get(at % ids.len().max(1))?;
    match turn {
        Turn::Period => {
            let value = pack.deadline.get_mut(id)?.value.first_mut()?;
            let (number, unit) = value.period.split_once(' ')?;
            value.period = format!("{} {unit}", number.parse::<u32>().ok()? + 1);
        }
        Turn::Says => {
            let rows = pack.row.len();
            pack.row.get_mut(at % rows.max(1))?.says.push_str(" Call today.");
        }
        Turn::Authority => {
            let rights = pack.right.len();
            pack.right.get_mut(at % rights.max(1))?.authorities.clear();
        }
        Turn::Trigger => "notice-received".clone_into(&mut pack.deadline.get_mut(id)?.trigger),
    }
    Some(())
}

#[test]
fn a_changed_law_changes_the_cases_that_the_tool_names_and_no_other() {
    let old = builtin();
    let packs: Vec<String> = old.packs().map(|p| p.pack.id.clone()).collect();
    let (templates, fonts) = (Templates::builtin().unwrap(), Fonts::builtin());
    let press = Press { templates: &templates, fonts: &fonts, pdf: None, draft: true };
    let cases = cases();
    assert!(cases.len() > 100);
    let before: Vec<String> = cases.iter().map(|c| everything(c, &old, &press)).collect();
    let turns = prop_oneof![
        Just(Turn::Period),
        Just(Turn::Says),
        Just(Turn::Authority),
        Just(Turn::Trigger)
    ];
    let mut runner =
        TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let changed = std::cell::Cell::new(0);
    let each = (0..packs.len(), turns, 0..200_usize);
    runner
        .run(&each, |(pack, kind, at)| {
            let mut new = builtin();
            let mut pack = new.pack(&packs[pack]).unwrap().clone();
            if turn(&mut pack, kind, at).is_none() {
                return Ok(());
            }
            new.replace(pack);
            for (case, before) in cases.iter().zip(&before) {
                let told = audit::case(case, &old, &new, day(2026, 11, 21), &press);
                let after = everything(case, &new, &press);
                prop_assert_eq!(told.is_some(), after != *before, "{}", case.record.case_id);
                changed.set(changed.get() + usize::from(told.is_some()));
            }
            Ok(())
        })
        .unwrap_or_else(|e| panic!("{e}"));
    assert!(changed.get() > 0, "none of the changes touched a case");
}

#[test]
fn a_longer_time_is_told_with_the_dates_and_the_words_that_change() {
    let folder = changed(
        "us-ca-dmhc.toml",
        "[{ from = 2003-01-01, period = \"180 days\", mark = [\"corroborated\", \"secondary\"]",
        "[{ from = 2003-01-01, period = \"190 days\", mark = [\"corroborated\", \"secondary\"]",
    );
    // Beside its record a case holds what is expected of it, which is no record.
    let records = tempfile::tempdir().unwrap();
    for entry in fs::read_dir("fixtures/cases").unwrap() {
        let case = entry.unwrap().path();
        if case.join("record.toml").is_file() {
            let name = format!("{}.toml", case.file_name().unwrap().display());
            fs::copy(case.join("record.toml"), records.path().join(name)).unwrap();
        }
    }
    let told = run(&[
        "law",
        "diff",
        "builtin",
        folder.path().to_str().unwrap(),
        "--records",
        records.path().to_str().unwrap(),
        "--as-of",
        "2026-11-21",
    ]);
    assert_eq!(told.code, Some(0), "{}", told.stderr);
    let text = &told.stdout;
    assert!(text.contains("deadline us-ca-dmhc.grievance.file\n"), "{text}");
    assert!(text.contains("- length: 180 days") && text.contains("+ length: 190 days"), "{text}");
    // The denial is of October 20: 180 days end on April 18, ten more on April 28.
    assert!(text.contains("case 2026-0142\n"), "{text}");
    assert!(
        text.contains("us-ca-dmhc.grievance.file file by: 2027-04-18 becomes 2027-04-28"),
        "{text}"
    );
    assert!(!text.contains("us-erisa"), "{text}");
    let same = run(&["law", "diff", "builtin", "builtin"]);
    assert_eq!(same.stdout, "The two say the same.\n");
}

#[test]
fn a_change_of_one_of_several_rows_with_one_id_is_told() {
    let old = builtin();
    let mut new = builtin();
    let mut pack = new.pack("us-ca-dmhc").unwrap().clone();
    let alike = pack.row.iter().filter(|r| r.id == "12b").count();
    assert!(alike > 1);
    let first = pack.row.iter_mut().find(|r| r.id == "12b").unwrap();
    first.says.push_str(" Call today.");
    new.replace(pack);
    let changes = audit::law(&old, &new);
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(changes[0].id, "dmhc.row.12b");
    assert!(changes[0].is[0].text.ends_with(" Call today."));
}

// -------------------------------------------------------------------------------- known changes

#[test]
fn a_known_change_is_told_ahead_of_its_day_and_warned_of_from_it() {
    // dmhc.md 12, README.md 6: the statutes of 2026 start on January 1, 2027.
    let bytes = fs::read("fixtures/cases/kaiser-outside-surgeon/record.toml").unwrap();
    let law = builtin();
    let on = |as_of| {
        let case = record::read(&bytes, "record.toml").check(as_of).0.unwrap();
        packet::rule(&case, &law, as_of).unwrap().remove(0).ruling
    };
    let warned = |r: &ruling::Ruling| r.warnings.iter().any(|w| w.code == "law-changed");
    let before = on(day(2026, 12, 31));
    assert!(!warned(&before));
    assert_eq!(before.ahead.len(), 1);
    assert_eq!(before.ahead[0].from, day(2027, 1, 1));
    assert!(before.ahead[0].says.contains("AB 2000"));
    assert!(ruling::text("case", "plan", &before).contains("From Friday, January 1, 2027: "));
    for after in [day(2027, 1, 1), day(2027, 1, 2)] {
        let after = on(after);
        assert!(warned(&after) && after.ahead.is_empty());
    }
}

#[test]
fn a_value_of_the_future_counts_from_its_day_for_notices_from_that_day() {
    let value = "[{ from = 2003-01-01, period = \"180 days\", mark = [\"corroborated\", \"secondary\"], authorities = [\"28ccr-1300.68-b-9\"] }]";
    let folder = changed(
        "us-ca-dmhc.toml",
        value,
        &value
            .replace("from = 2003-01-01,", "from = 2003-01-01, to = 2027-01-01,")
            .replace(" }]", " }, { from = 2027-01-01, period = \"200 days\", mark = [\"secondary\"], authorities = [\"28ccr-1300.68-b-9\"] }]"),
    );
    let law = Law::with_dir(folder.path()).unwrap_or_else(|e| panic!("{e}"));
    let text = fs::read_to_string("fixtures/cases/kaiser-outside-surgeon/record.toml").unwrap();
    let file_by = |notice: &str| {
        let text: String = text
            .lines()
            .map(|l| match l.split('=').next().unwrap_or("").trim() {
                "notice_date" => format!("notice_date = {notice}\n"),
                "received" => "received = 2027-01-05\n".to_owned(),
                _ => format!("{l}\n"),
            })
            .collect();
        let as_of = day(2027, 1, 10);
        let case = record::read(text.as_bytes(), "record.toml").check(as_of).0.unwrap();
        let disputes = packet::rule(&case, &law, as_of).unwrap();
        disputes[0].ruling.deadline("dmhc.G1").and_then(|d| d.file_by)
    };
    // The day before, the day itself, the day after; 180 and 200 days by hand.
    assert_eq!(file_by("2026-12-31"), Some(day(2027, 6, 29)));
    assert_eq!(file_by("2027-01-01"), Some(day(2027, 7, 20)));
    assert_eq!(file_by("2027-01-02"), Some(day(2027, 7, 21)));
}

// ---------------------------------------------------------------------------------------- review

#[test]
fn the_review_holds_every_entry_and_begins_with_what_nobody_has_read_at_source() {
    let law = builtin();
    let tests = Tests::of(&law);
    let readings = audit::review(&law, &[], day(2026, 11, 21), &tests);
    assert_eq!(readings.len(), law.packs().count() + 1);
    let first = &readings[0].markdown;
    let place = |text: &str| first.find(text).unwrap_or_else(|| panic!("{text}: {first}"));
    // README.md 6: the corroborated pinpoints, 1383.15 first; the sheets' questions; the statutes of 2026.
    assert!(place("1383.15") < place("1300.68(b)(9)"));
    assert!(place("1383.15") < place("1374.33(c)"));
    assert!(place("1374.33(c)") < place("## Open questions"));
    assert!(place("## Open questions") < place("## Changes that are known and not encoded"));
    for bill in
        ["AB 2000", "AB 2233", "AB 2247", "AB 2415", "AB 512", "48.43.535", "38.2-3407.15:8"]
    {
        assert!(first[place("## Changes")..].contains(bill), "{bill}");
    }
    let mut names = BTreeSet::new();
    let all = audit::entries(&law);
    for entry in &all {
        let name = format!("law-review.{}", entry.pack);
        let reading = readings.iter().find(|r| r.name == name).unwrap();
        let name = entry.name(&all);
        let heading = format!("### {}\n", appeal::letter::escape(&name));
        if !matches!(entry.kind, Kind::Pack | Kind::Doubt) {
            assert_eq!(reading.markdown.matches(&heading).count(), 1, "{name}");
            assert!(names.insert((&entry.pack, name)), "{}: two of one name", entry.id);
        }
    }
    assert!(names.len() > 1_000);
    assert!(names.iter().any(|(_, name)| name == "dmhc.row.12b (2 of 3)"));
}

#[test]
fn the_review_says_of_a_source_only_what_is_not_said_for_all_at_the_top() {
    let law = builtin();
    let packs = ["us-ca-dmhc".to_owned()];
    let readings = audit::review(&law, &packs, day(2026, 11, 21), &Tests::of(&law));
    assert_eq!(readings.len(), 2);
    let text = &readings[1].markdown;
    let (top, rest) = text.split_at(text.find("## What to do").unwrap());
    assert!(top.contains("November 21, 2026") && top.contains("read at source"), "{top}");
    assert!(!rest.contains("text read at source)") && !rest.contains("last looked at"), "{rest}");
    assert!(rest.contains("1383.15(c) (corroborated; not read at source)"), "{rest}");
    assert!(rest.contains("*section and subdivision:* corroborated; not read at source"), "{rest}");
    // What is to be typed is code; tests that begin alike share a line.
    assert!(rest.contains("Put `carried_out = true` or `carried_out = false` on"), "{rest}");
    let claim = "dmhc.P1: claim: the day before it is due · the day it is due · the day after\n";
    assert!(rest.contains(claim), "{rest}");
}

#[test]
fn the_review_of_a_pack_is_written_and_what_ships_can_be_exported_and_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("review");
    let told =
        run(&["law", "review", "us-va", "--as-of", "2026-11-21", "-o", to.to_str().unwrap()]);
    assert_eq!(told.code, Some(0), "{}", told.stderr);
    for name in ["law-review.md", "law-review.pdf", "law-review.us-va.md", "law-review.us-va.pdf"] {
        assert!(to.join(name).is_file(), "{name}");
    }
    let again = run(&["law", "review", "us-va", "-o", to.to_str().unwrap()]);
    assert_eq!(again.code, Some(2), "an older review is not replaced");
    let out = folder.path().join("law");
    let told = run(&["law", "export", out.to_str().unwrap()]);
    assert_eq!(told.code, Some(0), "{}", told.stderr);
    let exported = Law::with_dir(&out).unwrap_or_else(|e| panic!("{e}"));
    assert!(audit::law(&builtin(), &exported).is_empty());
    for entry in fs::read_dir("law").unwrap() {
        let path = entry.unwrap().path();
        let copy = out.join(path.file_name().unwrap());
        assert_eq!(fs::read(&path).unwrap(), fs::read(copy).unwrap(), "{}", path.display());
    }
    assert_eq!(run(&["law", "export", out.to_str().unwrap()]).code, Some(2));
}
