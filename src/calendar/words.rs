//! Dates in words, in English whatever the locale.

use chrono::NaiveDate;

/// The names of the months, in order and in small letters.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Returns a date in full: "November 21, 2026".
#[must_use]
pub fn long_date(date: NaiveDate) -> String {
    date.format("%B %-d, %Y").to_string()
}

/// Returns a date in full with its weekday: "Saturday, November 21, 2026".
#[must_use]
pub fn weekday_date(date: NaiveDate) -> String {
    date.format("%A, %B %-d, %Y").to_string()
}
