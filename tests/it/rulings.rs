//! Every table of `fixtures/rulings`: facts in, stage and dates out, typed from the law sheets.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use appeal::facts::{DateName, Fact, Facts, Moment};
use appeal::law::Law;
use appeal::ruling::{Deadline, Ruling, decide};
use chrono::{NaiveDate, NaiveTime};
use serde::Deserialize;
use toml::Value;
use toml::value::Datetime;

/// One table of a fixture.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Expected {
    name: String,
    rules: Vec<String>,
    #[serde(rename = "as_of")]
    as_of: Datetime,
    #[serde(default)]
    facts: BTreeMap<String, Value>,
    #[serde(default)]
    dates: BTreeMap<String, Value>,
    stage: Option<String>,
    also: Option<Vec<String>>,
    open: Option<Vec<String>>,
    forum: Option<String>,
    regulator: Option<String>,
    expedited: Option<bool>,
    late: Option<bool>,
    marks: Option<Vec<String>>,
    needs: Option<Vec<String>>,
    recipient: Option<String>,
    phone: Option<String>,
    track: Option<String>,
    opens: Option<Datetime>,
    #[serde(default)]
    deadlines: Vec<ExpectedDate>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedDate {
    rule: String,
    id: Option<String>,
    file_by: Option<Datetime>,
    last_working_day: Option<Datetime>,
    arguable_until: Option<Datetime>,
    due: Option<Datetime>,
    late_after: Option<Datetime>,
    time: Option<Datetime>,
    status: Option<String>,
    /// The deadline must not be in the ruling at all.
    #[serde(default)]
    absent: bool,
}

#[derive(Deserialize)]
struct Table {
    ruling: Vec<Expected>,
}

fn read() -> Vec<(String, Vec<Expected>)> {
    let mut files: Vec<_> =
        fs::read_dir("fixtures/rulings").unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files
        .into_iter()
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let table: Table =
                toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            (path.file_stem().unwrap().to_string_lossy().into_owned(), table.ruling)
        })
        .collect()
}

fn day(value: &Datetime) -> NaiveDate {
    let d = value.date.expect("a date");
    NaiveDate::from_ymd_opt(d.year.into(), d.month.into(), d.day.into()).expect("a day")
}

fn moment(value: &Value) -> Moment {
    let Value::Datetime(read) = value else { panic!("not a date: {value:?}") };
    let time = read.time.map(|t| {
        NaiveTime::from_hms_opt(t.hour.into(), t.minute.into(), u32::from(t.second.unwrap_or(0)))
            .unwrap()
    });
    Moment { date: day(read), time }
}

fn facts(expected: &Expected) -> Facts {
    let mut facts = Facts::default();
    for (name, value) in &expected.facts {
        let fact = Fact::find(name).unwrap_or_else(|| panic!("{}: no fact {name}", expected.name));
        let known = |word: &str| {
            assert!(fact.word(word).is_some(), "{}: {word} is no word of {name}", expected.name);
            word.to_owned()
        };
        match value {
            Value::String(word) => facts.set(fact, &known(word)),
            Value::Array(words) => {
                for word in words {
                    facts.set(fact, &known(word.as_str().unwrap()));
                }
            }
            Value::Table(table) => {
                let words: Vec<&str> = table["contradicted"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|w| w.as_str().unwrap())
                    .collect();
                let sources: Vec<(&str, &str)> = words.iter().map(|w| (*w, "the record")).collect();
                facts.contradict(fact, &sources);
            }
            other => panic!("{}: {name} = {other:?}", expected.name),
        }
    }
    for (name, value) in &expected.dates {
        let date =
            DateName::find(name).unwrap_or_else(|| panic!("{}: no date {name}", expected.name));
        match value {
            Value::Array(several) => several.iter().for_each(|v| facts.add_date(date, moment(v))),
            one => facts.add_date(date, moment(one)),
        }
    }
    facts
}

/// Every difference between what a lawyer typed and what the program says.
fn differences(expected: &Expected, got: &Ruling) -> String {
    let mut out = String::new();
    let mut differ = |what: &str, want: String, is: String| {
        if want != is {
            let _ = writeln!(out, "    {what}: the sheet says {want}, the program {is}");
        }
    };
    let text = |o: &Option<String>, is: &str| o.clone().unwrap_or_else(|| is.to_owned());
    differ("stage", text(&expected.stage, &got.stage), got.stage.clone());
    differ("forum", text(&expected.forum, &got.forum), got.forum.clone());
    differ("regulator", text(&expected.regulator, &got.regulator), got.regulator.clone());
    differ("track", text(&expected.track, &got.track), got.track.clone());
    let also: Vec<String> = got.also.iter().map(|s| s.id.clone()).collect();
    differ("also", format!("{:?}", expected.also.as_ref().unwrap_or(&also)), format!("{also:?}"));
    for open in expected.open.iter().flatten() {
        differ(
            "open",
            format!("{open} among them"),
            if got.open.iter().any(|s| s.id == *open) {
                format!("{open} among them")
            } else {
                format!("{:?}", got.open.iter().map(|s| s.id.as_str()).collect::<Vec<_>>())
            },
        );
    }
    differ(
        "expedited",
        format!("{:?}", expected.expedited.unwrap_or(got.expedited)),
        format!("{:?}", got.expedited),
    );
    differ("late", format!("{:?}", expected.late.unwrap_or(got.late)), format!("{:?}", got.late));
    for mark in expected.marks.iter().flatten().filter(|m| *m != "late") {
        differ(
            "marks",
            format!("{mark} among them"),
            if got.marks.contains(mark) {
                format!("{mark} among them")
            } else {
                format!("{:?}", got.marks)
            },
        );
    }
    let needs: Vec<&str> = got.needs.iter().map(|n| n.fact.as_str()).collect();
    for need in expected.needs.iter().flatten() {
        differ(
            "needs",
            format!("{need} among them"),
            if needs.contains(&need.as_str()) {
                format!("{need} among them")
            } else {
                format!("{needs:?}")
            },
        );
    }
    if let Some(name) = &expected.recipient {
        differ(
            "recipient",
            format!("…{name}…"),
            if got.recipient.name.contains(name.as_str()) {
                format!("…{name}…")
            } else {
                got.recipient.name.clone()
            },
        );
    }
    if let Some(phone) = &expected.phone {
        let shown = format!("{:?} {} {:?} {:?}", got.recipient, got.says, got.next, got.needs);
        differ(
            "phone",
            phone.clone(),
            if shown.contains(phone.as_str()) { phone.clone() } else { "not shown".to_owned() },
        );
    }
    if let Some(opens) = &expected.opens {
        let first = got.next.iter().find_map(|n| n.opens);
        differ(
            "opens",
            day(opens).to_string(),
            format!("{}", first.map_or("none".to_owned(), |d| d.to_string())),
        );
    }
    for date in &expected.deadlines {
        deadline(date, got, &mut differ);
    }
    out
}

fn deadline(want: &ExpectedDate, got: &Ruling, differ: &mut dyn FnMut(&str, String, String)) {
    let of_rule = |d: &&Deadline| {
        d.rules.iter().any(|r| *r == want.rule)
            && want.id.as_ref().is_none_or(|id| d.id.ends_with(id.as_str()))
    };
    let Some(is) = got.deadlines.iter().find(of_rule) else {
        if !want.absent {
            differ(&want.rule, "a deadline".to_owned(), "none".to_owned());
        }
        return;
    };
    if want.absent {
        differ(&want.rule, "no deadline".to_owned(), is.id.clone());
        return;
    }
    let mut date = |what: &str, want_date: &Option<Datetime>, is_date: Option<NaiveDate>| {
        if let Some(d) = want_date {
            let shown = is_date.map_or("none".to_owned(), |d| d.to_string());
            differ(&format!("{} {what}", want.rule), day(d).to_string(), shown);
        }
    };
    date("file_by", &want.file_by, is.file_by);
    date("last_working_day", &want.last_working_day, is.last_working_day.or(is.file_by));
    date("arguable_until", &want.arguable_until, is.arguable_until.or(is.file_by));
    date("due", &want.due, is.due);
    date("late_after", &want.late_after, is.late_after);
    if let Some(time) = want.time.and_then(|t| t.time) {
        let shown = is.time.map_or("none".to_owned(), |t| t.format("%H:%M").to_string());
        differ(
            &format!("{} time", want.rule),
            format!("{:02}:{:02}", time.hour, time.minute),
            shown,
        );
    }
    if let Some(status) = &want.status {
        differ(&format!("{} status", want.rule), status.clone(), is.status.word().to_owned());
    }
}

#[test]
fn every_ruling_of_the_sheets_is_the_programs_ruling() {
    let law = Law::builtin().unwrap_or_else(|e| panic!("{e}"));
    let mut wrong = String::new();
    let mut count = 0;
    for (file, table) in read() {
        for expected in table {
            count += 1;
            let differences = match decide(&facts(&expected), &law, day(&expected.as_of)) {
                Ok(ruling) => differences(&expected, &ruling),
                Err(conflict) => format!("    {conflict}\n"),
            };
            if !differences.is_empty() {
                let _ = write!(wrong, "{file}: {}\n{differences}", expected.name);
            }
        }
    }
    assert!(count > 0, "no tables under fixtures/rulings");
    assert!(wrong.is_empty(), "of {count} rulings these differ:\n{wrong}");
}

#[test]
fn every_deadline_of_the_packs_has_a_ruling() {
    let law = Law::builtin().unwrap_or_else(|e| panic!("{e}"));
    let named: BTreeSet<String> = read()
        .into_iter()
        .flat_map(|(_, table)| table)
        .flat_map(|e| e.rules.into_iter().chain(e.deadlines.into_iter().map(|d| d.rule)))
        .collect();
    let missing: Vec<String> = law
        .packs()
        .flat_map(|p| p.deadline.iter().map(move |(id, d)| (p.pack.id.clone(), id, d)))
        .filter(|(_, _, d)| !d.rules.iter().any(|r| named.contains(r)))
        .map(|(pack, id, d)| format!("{pack}.{id} ({})", d.rules.join(", ")))
        .collect();
    assert!(missing.is_empty(), "deadlines that no ruling names:\n{}", missing.join("\n"));
}
