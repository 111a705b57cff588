//! Citations and periods in any letter, held against the law on file.

// Every letter of fixtures/cases.
mod letters;
// Sentences judged by hand.
mod planted;
// Hostile text, and citations made from the register.
mod properties;
// The program as its user meets it.
mod program;

use appeal::cite::{Checker, Report};
use appeal::diag::Source;
use appeal::law::Law;
use chrono::NaiveDate;

pub(super) fn law() -> Law {
    Law::builtin().unwrap_or_else(|e| panic!("{e}"))
}

pub(super) fn check(law: &Law, text: &str, track: &str, on: NaiveDate) -> Report {
    let checker = Checker::new(law, track, on).unwrap_or_else(|e| panic!("{e}"));
    checker.check(&Source::new("letter", text))
}

pub(super) fn told(text: &str, report: &Report) -> String {
    appeal::diag::render(&report.faults, &Source::new("letter", text), false)
}
