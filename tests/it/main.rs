//! The one integration binary: everything is tested through the library's and the program's own doors.

#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test that cannot go on should stop where it stands"
)]

// What is said of the law on file, and what a changed version would change.
mod audit;
// Every file of fixtures/bad, and exactly what is said of it.
mod bad;
// Dates, periods and holidays.
mod calendar;
// Many records in one run.
mod batch;
// Every folder of fixtures/cases.
mod cases;
// Citations and periods in any letter, held against the law on file.
mod cite;
// The program as its user meets it.
mod cli;
// A clinic's own templates, and what is promised to it.
mod clinic;
// The same inputs, the same bytes.
mod determinism;
// The expected rulings as such; what comes out of them is checked elsewhere.
mod fixtures;
// The docket, in all its forms.
mod docket;
// Hostile input.
mod fuzz;
// The printing gate, cell by cell.
mod gate;
// The second PDF engine.
mod genpdf;
// Every letter in every case, for a lawyer to approve.
mod gallery;
// Published errors, each as a guard.
mod guards;
// Records from folders, JSON Lines and tables.
mod import;
// The packs of law, and what is wrong with faulty ones.
mod law;
// What a letter costs, in instructions.
mod instructions;
// What is said of templates.
mod lint;
// Who may use whom, and where a forum may be named.
mod layers;
// Pages laid out from Markdown.
mod layout;
// Letters, by the codes of the law sheet on letters.
mod letter;
// The law with one number changed, and who notices.
mod mutation;
// Checks by outside programs.
mod outside;
// The PDF file, and what outside programs say of it.
mod pdf;
// The page for authors of templates.
mod preview;
// The record: its keys, its faults and its facts.
mod record;
// The pattern report.
mod report;
// Every table of fixtures/rulings.
mod rulings;
// A second implementation of the clocks, and sweeps that hold the program to it.
mod second;
// What several of these share.
mod support;
// Every combination of the facts that decide the forum.
mod sweep;
mod templates;
