//! The one integration binary.

// Dates, periods and holidays.
mod calendar;
