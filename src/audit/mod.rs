//! The law on file as a lawyer checks it: every entry in words, the tests that hold it, what is wrong
//! with it, what another version would change, and a document to sign.
//!
//! All of it is read from the packs themselves, so that it cannot say anything else than what a ruling
//! goes by.

mod check;
mod diff;
mod entries;
mod find;
mod lines;
mod review;
mod show;
mod tested;
mod words;

pub use check::{Finding, Stale, check, stale};
pub use diff::{CaseChange, DateChange, EntryChange, WordChange, case, law};
pub use entries::{Entry, Kind, Part, entries};
pub use find::{find, nearest};
pub use review::{Reading, review};
pub use show::{list, show};
pub use tested::{Test, Tests};
