//! Turns a health-coverage denial, kept as a TOML record, into the right letter at the right stage.
//!
//! The line runs one way: a record is read and checked, the law is asked what follows, the letter is
//! written as Markdown, laid out on pages, and set as PDF. Each room below is one step of that line,
//! lowest first; a room uses only the rooms above it in this list.

pub mod diag;
pub mod calendar;
pub mod facts;
pub mod law;
pub mod record;
pub mod ruling;
pub mod letter;
pub mod layout;
pub mod pdf;
pub mod packet;
pub mod samples;
pub mod coverage;
pub mod audit;
pub mod cite;
pub mod lint;
pub mod docket;
pub mod import;
pub mod batch;
pub mod gallery;
pub mod report;
pub mod preview;
