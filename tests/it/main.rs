//! The one integration binary.

// Dates, periods and holidays.
mod calendar;

// Every table of fixtures/rulings.
mod rulings;
