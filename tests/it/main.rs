//! The one integration binary.

// Dates, periods and holidays.
mod calendar;
// The expected rulings as such; what comes out of them is checked elsewhere.
mod fixtures;
