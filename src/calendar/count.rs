//! From a start and a period to the day, and where it can be told the hour, on which it ends.

use chrono::{Days, Months, NaiveDate, NaiveTime, TimeDelta};

use super::{Holidays, Period, Unit};

/// Which day ends a period of months when the last month has no such day.
///
/// Statutes differ, so a rule that counts months must name one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ShortMonth {
    /// October 31 plus six months is April 30.
    LastDay,
    /// May 31 plus four months is October 1.
    FirstOfNext,
}

impl ShortMonth {
    /// Returns the policy's name, as packs write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ShortMonth::LastDay => "last-day",
            ShortMonth::FirstOfNext => "first-of-next",
        }
    }

    /// Finds a policy by its name.
    #[must_use]
    pub fn find(name: &str) -> Option<ShortMonth> {
        [ShortMonth::LastDay, ShortMonth::FirstOfNext].into_iter().find(|s| s.name() == name)
    }
}

/// Returns the date `months` after `from`; none past the last date there is.
///
/// ```
/// use appeal::calendar::{ShortMonth, add_months};
/// use chrono::NaiveDate;
///
/// let received = NaiveDate::from_ymd_opt(2028, 5, 31).unwrap();
/// assert_eq!(add_months(received, 4, ShortMonth::LastDay), NaiveDate::from_ymd_opt(2028, 9, 30));
/// assert_eq!(add_months(received, 4, ShortMonth::FirstOfNext), NaiveDate::from_ymd_opt(2028, 10, 1));
/// ```
#[must_use]
pub fn add_months(from: NaiveDate, months: u16, short: ShortMonth) -> Option<NaiveDate> {
    use chrono::Datelike as _;

    // chrono clamps to the last day of a short month without saying so.
    let end = from.checked_add_months(Months::new(u32::from(months)))?;
    if end.day() == from.day() {
        return Some(end);
    }
    match short {
        ShortMonth::LastDay => Some(end),
        ShortMonth::FirstOfNext => end.succ_opt(),
    }
}

/// The end of a period: its last day, and the hour where the start was known to the hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct End {
    /// The last day, which belongs to the period.
    pub date: NaiveDate,
    /// The time on that day, for hours counted from a known time.
    pub time: Option<NaiveTime>,
}

/// Why a period could not be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Months need the day that ends a short month.
    #[error("a period of months needs the day that ends it in a month that is too short")]
    NoShortMonth,
    /// Business days need a list of holidays.
    #[error("a period of business days needs a calendar of holidays")]
    NoCalendar,
    /// The calendar lists no holidays for a year that the period reaches.
    #[error("no list of holidays for {0}")]
    NotCovered(i32),
    /// The end lies past the last date there is.
    #[error("the period ends past the last date that can be written")]
    OutOfRange,
}

/// Counts `period` from a day, or from a time on that day: the first day does not count, the last
/// one does.
///
/// Hours run without a break, on the clock of the place; counted from a day whose hour is not known,
/// they are rounded up to whole days and the end has no time.
///
/// # Errors
///
/// Fails for months without `short`, for business days without `holidays` or past the years that
/// they cover, and past the last date there is.
pub fn count(
    from: (NaiveDate, Option<NaiveTime>),
    period: Period,
    short: Option<ShortMonth>,
    holidays: Option<&Holidays>,
) -> Result<End, Error> {
    let (date, time) = from;
    let amount = period.amount;
    let end = match period.unit {
        Unit::Hours => return hours(date, time, amount).ok_or(Error::OutOfRange),
        Unit::Days => {
            date.checked_add_days(Days::new(u64::from(amount))).ok_or(Error::OutOfRange)?
        }
        Unit::BusinessDays => business_days(date, amount, holidays.ok_or(Error::NoCalendar)?)?,
        Unit::Months => {
            add_months(date, amount, short.ok_or(Error::NoShortMonth)?).ok_or(Error::OutOfRange)?
        }
    };
    Ok(End { date: end, time: None })
}

fn hours(date: NaiveDate, time: Option<NaiveTime>, amount: u16) -> Option<End> {
    let Some(time) = time else {
        let days = u64::from(amount.div_ceil(24));
        return Some(End { date: date.checked_add_days(Days::new(days))?, time: None });
    };
    let end = date.and_time(time).checked_add_signed(TimeDelta::hours(i64::from(amount)))?;
    Some(End { date: end.date(), time: Some(end.time()) })
}

fn business_days(from: NaiveDate, amount: u16, holidays: &Holidays) -> Result<NaiveDate, Error> {
    use chrono::Datelike as _;

    let mut day = from;
    let mut left = amount;
    while left > 0 {
        day = day.succ_opt().ok_or(Error::OutOfRange)?;
        if holidays.is_business_day(day).ok_or_else(|| Error::NotCovered(day.year()))? {
            left -= 1;
        }
    }
    Ok(day)
}
