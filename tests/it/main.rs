//! The one integration binary: everything is tested through the library's and the program's own doors.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

// Dates, periods and holidays.
mod calendar;
// Pages laid out from Markdown.
mod layout;
// The PDF file, and what outside programs say of it.
mod pdf;
// Every table of fixtures/rulings.
mod rulings;
mod letter;
mod bad;
mod record;
// The expected rulings as such; what comes out of them is checked elsewhere.
mod fixtures;
// Who may use whom in src, and that no forum is known there by name.
mod layers;
// What of an authority may be printed.
mod gate;
// The packs that ship, and faults planted in a pack.
mod law;
