//! The docket: what is on it, in which order, and what never is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use appeal::docket::{self, Docket, Kind, Ruled};
use appeal::law::Law;
use appeal::packet;
use appeal::record;
use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use crate::support::appeal;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}

/// The folders of fixtures/cases, with the day that each is ruled on.
fn folders() -> Vec<(PathBuf, NaiveDate)> {
    let mut all: Vec<(PathBuf, NaiveDate)> = fs::read_dir("fixtures/cases")
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_dir())
        .map(|folder| {
            let expected = fs::read_to_string(folder.join("expected.toml")).unwrap();
            let day = expected.lines().find_map(|l| l.strip_prefix("as_of = ")).unwrap();
            let day = date(day.split_whitespace().next().unwrap());
            (folder, day)
        })
        .collect();
    all.sort();
    assert!(all.len() > 100);
    all
}

/// Takes one record into a docket.
fn add(docket: &mut Docket, law: &Law, place: &str, text: &str) {
    let (case, faults) = record::load(text, place).check(docket.as_of);
    let case = case.unwrap_or_else(|| panic!("{place}: {faults:?}"));
    let today = packet::rule(&case, law, docket.as_of).unwrap();
    let before = packet::rule(&case, law, docket.as_of.pred_opt().unwrap()).unwrap();
    docket.add(&Ruled {
        place,
        case_id: &case.record.case_id,
        owner: case.record.clinic.owner.as_deref(),
        today: &today,
        before: &before,
    });
}

/// The docket of one record on a day.
fn of(text: &str, day: &str) -> Docket {
    let mut docket = Docket::new(date(day));
    add(&mut docket, &LAW, "record.toml", text);
    docket.finish()
}

fn case(name: &str) -> String {
    fs::read_to_string(format!("fixtures/cases/{name}/record.toml")).unwrap()
}

static LAW: LazyLock<Law> = LazyLock::new(|| Law::builtin().unwrap());

/// The docket of a plain case, which many properties start from.
static PLAIN: LazyLock<Docket> =
    LazyLock::new(|| of(&case("kaiser-outside-surgeon"), "2026-11-21"));

/// A record with another id, and an owner if one is given.
fn owned(text: &str, id: &str, owner: Option<&str>) -> String {
    let mut out: String = text
        .lines()
        .map(|l| {
            if l.starts_with("case_id") {
                format!("case_id = \"{id}\"\n")
            } else {
                format!("{l}\n")
            }
        })
        .collect();
    if let Some(owner) = owner {
        assert!(!out.contains("[clinic]"));
        out.push_str(&format!("[clinic]\nowner = '{owner}'\n"));
    }
    out
}

/// A folder of records: `(file, text)`.
fn folder(records: &[(&str, String)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in records {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[track_caller]
fn ends(output: &Output, code: i32) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    let both = format!("{}\n{}", String::from_utf8_lossy(out), String::from_utf8_lossy(err));
    assert_eq!(output.status.code(), Some(code), "{both}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Days, each with whether it is the member's own.
type Told = BTreeSet<(bool, NaiveDate)>;

/// The dates that a ruling.txt calls open, late or overdue; and those that belong to them, as the last
/// working day.
fn printed(ruling: &str) -> (Told, Told) {
    // A long line goes on two spaces further in.
    let mut lines: Vec<String> = Vec::new();
    for line in ruling.lines() {
        let indent = line.len() - line.trim_start().len();
        match lines.last_mut() {
            Some(last) if indent == 4 || indent > 7 => last.push_str(&format!(" {}", line.trim())),
            _ => lines.push(line.to_owned()),
        }
    }
    let (mut mine, mut live) = (None, false);
    let mut want = BTreeSet::new();
    let mut may = BTreeSet::new();
    for line in lines {
        match line.as_str() {
            "Your dates" => mine = Some(true),
            "What others owe you" => mine = Some(false),
            other if !other.starts_with(' ') && !other.is_empty() => mine = None,
            _ => {}
        }
        let Some(mine) = mine else { continue };
        let first = line.strip_prefix("  ").filter(|l| !l.starts_with(' '));
        if let Some(entry) = first {
            let entry = entry.strip_prefix("about ").unwrap_or(entry);
            let status = entry.rsplit_once('(').unwrap().1;
            live = !status.starts_with("done");
            if live {
                want.insert((mine, long(entry)));
            }
        } else if mine
            && live
            && (line.contains("last working day before it: ") || line.contains("arguable until "))
        {
            let (_, rest) = line
                .split_once(": ")
                .filter(|(w, _)| w.ends_with("it"))
                .unwrap_or_else(|| line.split_once("until ").unwrap());
            may.insert((true, long(rest)));
        }
    }
    (want, may)
}

/// The date that a text begins with, as `Friday, December 18, 2026`.
fn long(text: &str) -> NaiveDate {
    let words: Vec<&str> = text.splitn(4, ' ').collect();
    let year: String = words[3].chars().take_while(char::is_ascii_digit).collect();
    let plain = format!("{} {} {year}", words[1], words[2].trim_end_matches(','));
    NaiveDate::parse_from_str(&plain, "%B %d %Y").unwrap_or_else(|e| panic!("{text}: {e}"))
}

#[test]
fn every_open_date_of_every_ruling_is_on_the_docket_and_no_other() {
    let mut seen = 0;
    for (folder, day) in folders() {
        let ruling = fs::read_to_string(folder.join("ruling.txt")).unwrap();
        let (want, may) = printed(&ruling);
        let mut docket = Docket::new(day);
        let text = fs::read_to_string(folder.join("record.toml")).unwrap();
        add(&mut docket, &LAW, "record.toml", &text);
        let docket = docket.finish();
        let opens: BTreeSet<NaiveDate> = ruling
            .split("Opens ")
            .skip(1)
            .map(|rest| long(&rest.split_whitespace().collect::<Vec<_>>().join(" ")))
            .collect();
        let mut got = BTreeSet::new();
        for line in &docket.lines {
            let told = (line.kind.is_the_members(), line.date);
            let known = match line.kind {
                Kind::FileBy | Kind::Overdue | Kind::Due => want.contains(&told),
                Kind::LastWorkingDay => may.contains(&told),
                // Also the last day under another rule for the same act, after the one to keep.
                Kind::ArguableUntil => {
                    may.contains(&told)
                        || (want.contains(&told) && line.file_by.is_some_and(|d| d < line.date))
                }
                Kind::Opens => want.contains(&told) || opens.contains(&line.date) || line.days == 0,
            };
            assert!(known, "{}: {line:?} is not in ruling.txt", folder.display());
            got.insert(told);
        }
        for date in want {
            assert!(got.contains(&date), "{}: {date:?} is not on the docket", folder.display());
            seen += 1;
        }
        for date in may.into_iter().filter(|(_, d)| *d >= day) {
            let of_a_later_one = docket
                .lines
                .iter()
                .any(|l| l.kind == Kind::ArguableUntil && l.last_working_day == Some(date.1));
            assert!(
                got.contains(&date) || of_a_later_one,
                "{}: {date:?} is not on the docket",
                folder.display()
            );
        }
    }
    assert!(seen > 150, "only {seen} dates");
}

#[test]
fn of_two_last_days_for_one_act_only_the_first_is_to_be_kept() {
    // 180 days from the notice of October 20, and from its receipt on October 24: dmhc.G1 and G1f.
    let folder = Path::new("fixtures/cases/kaiser-outside-surgeon");
    let mut docket = Docket::new(date("2026-11-21"));
    let text = fs::read_to_string(folder.join("record.toml")).unwrap();
    add(&mut docket, &LAW, "record.toml", &text);
    let docket = docket.finish();
    let days = |kind| -> Vec<NaiveDate> {
        docket.lines.iter().filter(|l| l.kind == kind).map(|l| l.date).collect()
    };
    assert_eq!(days(Kind::FileBy), [date("2027-04-18")]);
    assert_eq!(days(Kind::LastWorkingDay), [date("2027-04-16")]);
    assert_eq!(days(Kind::ArguableUntil), [date("2027-04-22")]);
}

#[test]
fn the_soonest_date_comes_first_and_the_order_of_the_sources_is_nothing() {
    let mut folders = folders();
    let day = date("2026-11-21");
    folders.retain(|(_, d)| *d == day);
    let docket_of = |folders: &[(PathBuf, NaiveDate)]| {
        let mut docket = Docket::new(day);
        for (folder, _) in folders {
            let place = folder.join("record.toml").display().to_string();
            add(&mut docket, &LAW, &place, &fs::read_to_string(&place).unwrap());
        }
        docket.finish()
    };
    let forward = docket_of(&folders);
    folders.reverse();
    assert_eq!(forward, docket_of(&folders));
    folders.rotate_left(37);
    assert_eq!(forward, docket_of(&folders));
    let order = |l: &docket::Line| (l.date, l.kind, l.case_id.clone());
    assert!(forward.lines.is_sorted_by_key(order));
    let keys: BTreeSet<_> = forward.lines.iter().map(|l| (&l.case_id, l.key)).collect();
    assert_eq!(keys.len(), forward.lines.len(), "two lines of one case have one key");
}

#[test]
fn a_date_keeps_its_key_from_day_to_day() {
    let text = case("kaiser-outside-surgeon");
    let keys =
        |day| of(&text, day).lines.iter().map(|l| (l.kind, l.date, l.key)).collect::<Vec<_>>();
    assert_eq!(keys("2026-11-21"), keys("2026-11-22"));
}

#[test]
fn no_word_of_a_record_but_id_and_owner_reaches_any_output() {
    let full = fs::read_to_string("fixtures/full.toml").unwrap();
    let mut texts: Vec<String> =
        folders().iter().map(|(f, _)| fs::read_to_string(f.join("record.toml")).unwrap()).collect();
    texts.push(full);
    for text in texts {
        let loaded = record::load(&text, "record.toml");
        let day = date("2026-12-12");
        let Some(case) = loaded.check(day).0 else { continue };
        let mut docket = Docket::new(day);
        add(&mut docket, &LAW, "record.toml", &text);
        let docket = docket.finish();
        let shown = everything(&docket);
        let r = &case.record;
        let mut secret: Vec<&str> = Vec::new();
        secret.extend(r.member.name.as_deref());
        secret.extend(r.member.member_id.as_deref());
        secret.extend(r.member.address.iter().map(String::as_str));
        secret.extend(r.condition.diagnosis.as_deref());
        secret.extend(r.condition.icd10.iter().map(String::as_str));
        secret.extend(r.coverage.plan.as_deref());
        for service in &r.services {
            secret.extend(service.description.as_deref());
            secret.extend(service.provider.as_deref());
            secret.extend(service.specialty.as_deref());
            secret.extend(service.codes.iter().map(String::as_str));
        }
        secret.extend(r.treatments.iter().map(|t| t.name.as_str()));
        secret.extend(r.denial.reason.as_deref());
        for word in secret {
            // What is a part of the id is no secret.
            let own = r.case_id.contains(word);
            assert!(own || !shown.contains(word), "{}: {word:?} is shown", r.case_id);
        }
    }
}

/// A docket in all its forms.
fn everything(docket: &Docket) -> String {
    let calendars: String =
        docket::calendars(docket).into_iter().map(|c| format!("{}\n{}", c.file, c.text)).collect();
    let unfolded = calendars.replace("\r\n ", "");
    let ics = docket::ics(docket).replace("\r\n ", "");
    let (text, csv, html) = (docket::text(docket), docket::csv(docket), docket::html(docket));
    format!("{text}{csv}{}{html}{ics}{unfolded}", docket::json(docket))
}

#[test]
fn no_output_says_what_was_denied() {
    for (folder, day) in folders() {
        let mut docket = Docket::new(day);
        let text = owned(&fs::read_to_string(folder.join("record.toml")).unwrap(), "X-1", None);
        add(&mut docket, &LAW, "x", &text);
        let mut docket = docket.finish();
        docket.lines.iter_mut().for_each(|l| l.owner = None);
        docket.needs.iter_mut().for_each(|l| l.owner = None);
        let shown = everything(&docket).to_lowercase();
        for word in [
            "drug",
            "formulary",
            "experimental",
            "cancer",
            "second opinion",
            "second-opinion",
            "mental",
            "surgery",
            "emergency",
            "treatment",
            "discharge",
            "dental",
            "exigent",
            "diagnosis",
            "urgen",
            "expedited",
            "health",
            "part-d",
            "behavioral",
            "severity",
            "certification",
            "2ndop",
        ] {
            assert!(!shown.contains(word), "{}: {word}", folder.display());
        }
    }
}

#[test]
fn every_act_of_the_packs_has_words_of_its_own() {
    let mut titles = BTreeSet::new();
    for (folder, day) in folders() {
        let mut docket = Docket::new(day);
        add(&mut docket, &LAW, "x", &fs::read_to_string(folder.join("record.toml")).unwrap());
        titles.extend(docket.finish().lines.into_iter().map(|l| l.title));
    }
    assert!(!titles.iter().any(|t| t.starts_with("act on")), "{titles:?}");
    assert!(titles.contains("file the grievance"), "{titles:?}");
    assert!(titles.contains("ask for the hearing"), "{titles:?}");
}

#[test]
fn a_plan_that_is_silent_opens_the_next_stage_on_one_day_only() {
    // Filed on October 21 and 22: thirty days end on November 20 and 21.
    for (name, opens) in [("silence-day-31", "2026-11-21"), ("silence-day-30", "2026-11-22")] {
        let text = case(name);
        let mut day = date(opens) - Days::new(20);
        while day < date(opens) + Days::new(60) {
            let docket = of(&text, &day.to_string());
            let said = |says: &str| docket::text(&docket).contains(says);
            let today = day == date(opens);
            assert_eq!(
                said("opens today: the independent medical review"),
                today,
                "{name} on {day}"
            );
            assert_eq!(said("opens today: the complaint"), today, "{name} on {day}");
            let ahead = said("opens: the independent medical review");
            assert_eq!(ahead, day < date(opens), "{name} on {day}");
            day = day + Days::new(1);
        }
    }
}

#[test]
fn what_is_due_within_some_days_ends_with_1_the_day_before_and_on_the_day_and_after() {
    let text = case("kaiser-outside-surgeon");
    let docket = of(&text, "2026-11-21");
    let by = docket.lines.iter().filter(|l| l.kind.is_the_members()).map(|l| l.date).min().unwrap();
    let folder = folder(&[("a.toml", text)]);
    let source = folder.path().to_str().unwrap();
    let run = |days_before: i64, within: &str| {
        let day = (by - chrono::TimeDelta::days(days_before)).to_string();
        appeal(&["docket", source, "--as-of", &day, "--due-within", within])
    };
    let none = ends(&run(8, "7"), 0);
    assert!(none.contains(": 0 dates to keep within 7 days, or passed, of 1 case"), "{none}");
    for (before, within) in
        [(7, "7"), (6, "7"), (1, "7"), (1, "1"), (0, "0"), (0, "7"), (-2, "0"), (-3, "0")]
    {
        let shown = ends(&run(before, within), 1);
        assert!(shown.contains("day to file the grievance"), "{shown}");
        assert!(!shown.contains("the plan must"), "{shown}");
    }
    ends(&run(1, "0"), 0);
}

#[test]
fn a_record_that_cannot_be_read_is_listed_apart_and_the_others_are_there() {
    let folder = folder(&[
        ("bad.toml", "schema = 1\ncase_id = \"2026-1\"\nnonsense = \"Zolgensma\"\n".to_owned()),
        ("good.toml", case("kaiser-outside-surgeon")),
    ]);
    let source = folder.path().to_str().unwrap();
    let run =
        |format: &str| appeal(&["docket", source, "--as-of", "2026-11-21", "--format", format]);
    for format in ["text", "csv", "json", "html"] {
        let shown = ends(&run(format), 1);
        assert!(shown.contains("bad.toml"), "{format}: {shown}");
        assert!(shown.contains("file the grievance"), "{format}: {shown}");
        assert!(!shown.contains("Zolgensma"), "{format}: {shown}");
    }
    let output = run("ics");
    let shown = ends(&output, 1);
    assert!(shown.contains("file the grievance"), "{shown}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("bad.toml"));
    let empty = tempfile::tempdir().unwrap();
    ends(&appeal(&["docket", empty.path().to_str().unwrap()]), 2);
}

#[test]
fn one_id_in_two_records_is_said() {
    let text = case("kaiser-outside-surgeon");
    let folder = folder(&[("a.toml", text.clone()), ("b.toml", text)]);
    let source = folder.path().to_str().unwrap();
    let a = folder.path().join("a.toml");
    let both = ["docket", source, "--as-of", "2026-11-21"];
    let shown = ends(&appeal(&both), 1);
    let words: Vec<&str> = shown.split_whitespace().collect();
    assert!(words.join(" ").contains("it has the same case_id as"), "{shown}");
    // A folder and a file in it are one source.
    fs::remove_file(folder.path().join("b.toml")).unwrap();
    ends(&appeal(&["docket", source, a.to_str().unwrap(), "--as-of", "2026-11-21"]), 0);
}

#[test]
fn text_fits_its_width() {
    let mut docket = Docket::new(date("2026-11-21"));
    for (n, (folder, _)) in
        folders().iter().enumerate().filter(|(_, (_, d))| *d == date("2026-11-21"))
    {
        let text = fs::read_to_string(folder.join("record.toml")).unwrap();
        let owner = (!text.contains("[clinic]")).then_some("A Very Long Name of an Owner Example");
        add(&mut docket, &LAW, "x", &owned(&text, &format!("{}{n}", "2026-".repeat(11)), owner));
    }
    docket.lack("a/long/path/".repeat(3), "1 error, the first in line 3");
    let shown = docket::text(&docket.finish());
    let wide = shown.lines().find(|l| l.chars().count() > 92);
    assert_eq!(wide, None);
}

#[test]
fn no_cell_is_a_formula() {
    for bad in [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", " =1",
        "\u{a0}=1",
    ] {
        let cell = docket::cell(bad);
        assert!(cell.starts_with('\''), "{bad:?} becomes {cell:?}");
        assert_eq!(&cell[1..], bad);
        let owner = bad.replace(['\t', '\r', '\n'], "");
        let text = owned(&case("kaiser-outside-surgeon"), "-2026", Some(&owner));
        let loaded = record::load(&text, "x");
        assert!(loaded.check(date("2026-11-21")).0.is_some(), "{text}");
        let shown = docket::csv(&of(&text, "2026-11-21"));
        for row in cells(&shown).iter().skip(1) {
            for (n, cell) in row.iter().enumerate() {
                // Days that have passed are negative numbers, and ours.
                let number = n == 2 && cell.parse::<i64>().is_ok();
                let first = cell.chars().next();
                let bad = first.is_some_and(|c| "=+-@\t\r\n＝＋－＠".contains(c));
                assert!(number || !bad, "{cell:?} in {shown}");
            }
            assert_eq!(row[5], "'-2026");
        }
    }
    assert_eq!(docket::cell("2026-0142"), "2026-0142");
    assert_eq!(docket::cell("Ana = Example"), "Ana = Example");
}

/// CSV read back.
fn cells(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' if !quoted => {}
            c => cell.push(c),
        }
    }
    rows
}

proptest! {
    #[test]
    fn any_owner_comes_out_of_csv_as_typed(owner in "\\PC{1,30}") {
        let mut docket = Docket::new(date("2026-11-21"));
        docket.lack(owner.clone(), "x");
        let rows = cells(&docket::csv(&docket.finish()));
        prop_assert_eq!(rows.len(), 2);
        prop_assert_eq!(rows[1].len(), 12);
        let shown = rows[1][7].strip_prefix('\'').unwrap_or(&rows[1][7]);
        let typed = owner.strip_prefix('\'').unwrap_or(&owner);
        prop_assert_eq!(shown, typed);
    }

    #[test]
    fn any_owner_has_a_file_of_their_own_in_the_folder(owners in prop::collection::btree_set("\\PC{1,40}", 1..6)) {
        let mut docket = PLAIN.clone();
        let line = docket.lines[0].clone();
        docket.lines = owners.iter().map(|o| docket::Line { owner: Some(o.clone()), ..line.clone() }).collect();
        let calendars = docket::calendars(&docket);
        prop_assert_eq!(calendars.len(), owners.len());
        let names: BTreeSet<String> = calendars.iter().map(|c| c.file.to_lowercase()).collect();
        prop_assert_eq!(names.len(), owners.len());
        for name in &names {
            let stem = name.strip_suffix(".ics").unwrap();
            prop_assert!(stem.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_'), "{}", name);
            prop_assert!(!stem.starts_with('-') && name.len() < 120);
            prop_assert_eq!(Path::new(name).components().count(), 1);
        }
    }

    #[test]
    fn any_owner_unfolds_to_the_same_calendar(owner in "\\PC{1,90}") {
        let mut docket = PLAIN.clone();
        for line in &mut docket.lines {
            line.owner = Some(owner.clone());
        }
        let calendar = &docket::calendars(&docket)[0].text;
        for line in calendar.split("\r\n") {
            prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{:?}", line);
        }
        let unfolded = calendar.replace("\r\n ", "");
        let name = unfolded.lines().find_map(|l| l.strip_prefix("X-WR-CALNAME:Docket\\, ")).unwrap();
        let plain = name.replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\");
        prop_assert_eq!(plain, owner);
    }
}

/// The properties of each event of a calendar, alarms apart.
fn events(calendar: &str) -> Vec<(BTreeMap<String, String>, Vec<String>)> {
    let unfolded = calendar.replace("\r\n ", "");
    let mut events = Vec::new();
    let mut alarm = false;
    for line in unfolded.split_terminator("\r\n") {
        match line {
            "BEGIN:VEVENT" => events.push((BTreeMap::new(), Vec::new())),
            "BEGIN:VALARM" => alarm = true,
            "END:VALARM" => alarm = false,
            _ => {
                let Some((properties, triggers)) = events.last_mut() else { continue };
                let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("{line}"));
                if alarm {
                    triggers.extend((name == "TRIGGER").then(|| value.to_owned()));
                } else {
                    properties.insert(name.to_owned(), value.to_owned());
                }
            }
        }
    }
    events
}

#[test]
fn a_calendar_rings_before_the_members_days_and_stamps_the_day_of_the_docket() {
    let docket = of(&case("kaiser-outside-surgeon"), "2026-11-21");
    let calendar = docket::ics(&docket);
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
    assert!(calendar.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
    let events = events(&calendar);
    assert_eq!(events.len(), docket.lines.len());
    for ((event, alarms), line) in events.iter().zip(&docket.lines) {
        assert_eq!(event["DTSTAMP"], "20261121T000000Z");
        assert_eq!(event["DTSTART;VALUE=DATE"], line.date.format("%Y%m%d").to_string());
        assert!(!event.contains_key("DTEND"));
        assert!(event["UID"].starts_with(&line.case_id), "{event:?}");
        let rings = line.kind.is_the_members() && line.days >= 0;
        let want: &[&str] = if rings { &["-P30D", "-P14D", "-P7D", "-P1D"] } else { &[] };
        assert_eq!(alarms, want, "{event:?}");
    }
    assert!(events.iter().any(|(_, alarms)| alarms.len() == 4));
}

#[test]
fn each_owner_has_a_calendar_and_no_file_is_replaced_unasked() {
    let text = case("kaiser-outside-surgeon");
    let folder = folder(&[
        ("a.toml", owned(&text, "A-1", Some("../../Ana Example"))),
        ("b.toml", owned(&text, "B-2", Some("con"))),
        ("c.toml", owned(&text, "C-3", None)),
    ]);
    let calendars = folder.path().join("calendars");
    let mut arguments = vec!["docket", folder.path().to_str().unwrap(), "--as-of", "2026-11-21"];
    let out = calendars.to_str().unwrap();
    arguments.extend(["--format", "ics", "-o", out]);
    ends(&appeal(&arguments), 0);
    let names = |folder: &Path| -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names(&calendars), ["Ana-Example.ics", "owner-con.ics", "unassigned.ics"]);
    assert_eq!(names(folder.path()), ["a.toml", "b.toml", "c.toml", "calendars"]);
    let read = |name: &str| fs::read_to_string(calendars.join(name)).unwrap();
    assert!(read("Ana-Example.ics").contains("SUMMARY:A-1: "));
    assert!(!read("Ana-Example.ics").contains("B-2") && !read("unassigned.ics").contains("A-1"));
    ends(&appeal(&arguments), 2);
    arguments.push("--force");
    ends(&appeal(&arguments), 0);
}

#[test]
fn a_page_stands_on_its_own_and_takes_no_word_for_markup() {
    let text =
        owned(&case("kaiser-outside-surgeon"), "A-1", Some("<script>alert(1)</script> & \"Ana\""));
    let mut docket = Docket::new(date("2026-11-21"));
    add(&mut docket, &LAW, "<b>.toml", &text);
    docket.lack("<i>.toml", "1 error");
    let page = docket::html(&docket.finish());
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Ana&quot;"));
    for bad in ["<script", "<b>", "<i>", "http://", "https://", "url(", "@import", "javascript:"] {
        assert!(!page.contains(bad), "{bad:?} is in the page");
    }
    let handler = |word: &&str| word.starts_with("on") && word.contains('=');
    assert_eq!(page.split_whitespace().find(handler), None);
    // Every cell belongs to a row, and every part that is linked to is there.
    assert_eq!(page.matches("<tr role=\"row\"").count(), page.matches("</tr>").count());
    for link in page.split("href=\"#").skip(1) {
        let id = link.split('"').next().unwrap();
        assert!(page.contains(&format!("<h2 id=\"{id}\"")), "{id}");
    }
}

#[test]
#[ignore = "needs the PyPI package icalendar"]
fn an_outside_reader_of_calendars_takes_every_calendar() {
    const READ: &str = r"
import sys, icalendar
calendar = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())
assert not calendar.errors, calendar.errors
assert calendar.to_ical().count(b'BEGIN:VALARM') > 0
seen = set()
for event in calendar.walk('VEVENT'):
    assert not event.errors, event.errors
    for name in ('UID', 'DTSTAMP', 'DTSTART', 'SUMMARY'):
        assert name in event, name
    assert event['UID'] not in seen, event['UID']
    seen.add(event['UID'])
    assert 'DTEND' not in event
    alarms = [a['TRIGGER'].dt.days for a in event.walk('VALARM')]
    assert alarms in ([], [-30, -14, -7, -1]), alarms
    print(event.decoded('DTSTART'), str(event['SUMMARY']))
";
    let mut docket = Docket::new(date("2026-11-21"));
    for (n, (folder, _)) in
        folders().iter().enumerate().filter(|(_, (_, d))| *d == date("2026-11-21"))
    {
        let text = fs::read_to_string(folder.join("record.toml")).unwrap();
        let owner = (!text.contains("[clinic]")).then_some("Zoë, the \"first\"; \\ Example 日本");
        add(&mut docket, &LAW, &n.to_string(), &owned(&text, &format!("N-{n}"), owner));
    }
    let docket = docket.finish();
    let folder = tempfile::tempdir().unwrap();
    let mut seen = BTreeSet::new();
    for calendar in docket::calendars(&docket) {
        let file = folder.path().join(&calendar.file);
        fs::write(&file, calendar.text).unwrap();
        let output = Command::new("python3").args(["-c", READ]).arg(&file).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}: {said}", calendar.file);
        let read = String::from_utf8(output.stdout).unwrap();
        seen.extend(read.lines().map(str::to_owned));
    }
    for line in &docket.lines {
        let start = format!("{} {}: ", line.date, line.case_id);
        assert!(seen.iter().any(|s| s.starts_with(&start)), "{start}");
    }
}
