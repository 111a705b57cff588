//! `fixtures/cite/planted.toml`: what was judged by hand, and what the program says.

use std::fmt::Write as _;

use serde::Deserialize;
use toml::value::Datetime;

use super::{check, law, told};
use crate::support::expected::day;

#[derive(Debug, Deserialize)]
struct Sheet {
    planted: Vec<Planted>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Planted {
    text: String,
    track: String,
    on: Datetime,
    holds: bool,
    why: String,
}

#[test]
fn every_planted_sentence_is_judged_as_the_sheets_say() {
    let law = law();
    let sheet: Sheet = toml::from_str(include_str!("../../../fixtures/cite/planted.toml")).unwrap();
    let (count, true_) = (sheet.planted.len(), sheet.planted.iter().filter(|p| p.holds).count());
    assert!(count >= 70, "only {count} are planted");
    assert!(true_ >= 30 && count - true_ >= 30, "{true_} of {count} hold");
    let mut wrong = String::new();
    for p in &sheet.planted {
        assert!(!p.why.is_empty(), "`{}` does not say why", p.text);
        let report = check(&law, &p.text, &p.track, day(&p.on));
        if report.faults.is_empty() != p.holds {
            let _ = writeln!(
                wrong,
                "{} ({}) should {}hold: {}\n{:?} {:?}\n{}",
                p.text,
                p.track,
                if p.holds { "" } else { "not " },
                p.why,
                report.citations,
                report.periods,
                told(&p.text, &report)
            );
        }
    }
    assert!(wrong.is_empty(), "of {count}:\n{wrong}");
}

#[test]
fn what_is_judged_was_found() {
    let law = law();
    let sheet: Sheet = toml::from_str(include_str!("../../../fixtures/cite/planted.toml")).unwrap();
    for p in sheet.planted.iter().filter(|p| p.holds && !p.why.contains("no law")) {
        let report = check(&law, &p.text, &p.track, day(&p.on));
        assert!(!report.citations.is_empty(), "no citation is seen in: {}", p.text);
    }
}
