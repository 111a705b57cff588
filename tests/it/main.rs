//! The one integration binary: everything is tested through the library's and the program's own doors.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

// Every file of fixtures/bad, and exactly what is said of it.
mod bad;
// Dates, periods and holidays.
mod calendar;
// Pages laid out from Markdown.
mod layout;
// The PDF file, and what outside programs say of it.
mod pdf;
// Every folder of fixtures/cases: a record, and everything that comes out of it.
mod cases;
// Every table of fixtures/rulings.
mod rulings;
// What several tests share.
mod support;
mod letter;
mod record;
// The expected rulings as such; what comes out of them is checked elsewhere.
mod fixtures;
// Letters, by the codes of the law sheet on letters.
// The record: its keys, its faults and its facts.
// Who may use whom in src, and that no forum is known there by name.
mod layers;
