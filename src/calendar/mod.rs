//! Civil dates: periods as statutes state them, and the days on which offices are closed.
//!
//! Turns a start and a [`Period`] into the day it ends, and a file of holiday rules into
//! [`Calendars`]. Knows no law and no clock: which period counts, from when, and whether a last day
//! moves past a weekend is for the packs of law to say.

mod count;
mod holidays;
mod period;
mod read;
mod rule;
mod words;

pub use count::{End, Error, ShortMonth, add_months, count};
pub use holidays::{Calendars, Holidays};
pub use period::{ParsePeriodError, Period, Unit};
pub use read::ReadError;
pub use words::{MONTHS, long_date, weekday_date};
