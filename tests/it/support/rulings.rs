//! The tables of `fixtures/rulings`, read: facts in, stage and dates out.

use std::fs;

use appeal::facts::{DateName, Fact, Facts, Moment};
use chrono::NaiveTime;
use serde::Deserialize;
use toml::Value;

use super::expected::{Expected, day};

#[derive(Deserialize)]
struct Table {
    ruling: Vec<Expected>,
}

/// Every table, by the name of its file, in order.
pub(crate) fn read() -> Vec<(String, Vec<Expected>)> {
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

fn moment(value: &Value) -> Moment {
    let Value::Datetime(read) = value else { panic!("not a date: {value:?}") };
    let time = read.time.map(|t| {
        NaiveTime::from_hms_opt(t.hour.into(), t.minute.into(), u32::from(t.second.unwrap_or(0)))
            .unwrap()
    });
    Moment { date: day(read), time }
}

/// The facts and dates that an expected ruling states.
pub(crate) fn facts(expected: &Expected) -> Facts {
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
