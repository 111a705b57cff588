//! A length of time as a statute states it.

use std::{fmt, str::FromStr};

/// What a period is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Hours, running through nights and weekends.
    Hours,
    /// Calendar days: every day counts.
    Days,
    /// Days on which the office concerned is open.
    BusinessDays,
    /// Calendar months: the same day number in a later month.
    Months,
}

impl Unit {
    /// Every unit, shortest first.
    pub const ALL: [Unit; 4] = [Unit::Hours, Unit::Days, Unit::BusinessDays, Unit::Months];

    /// Returns the unit's name, as packs write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Unit::Hours => "hours",
            Unit::Days => "days",
            Unit::BusinessDays => "business-days",
            Unit::Months => "months",
        }
    }

    /// Finds a unit by its name.
    #[must_use]
    pub fn find(name: &str) -> Option<Unit> {
        Unit::ALL.into_iter().find(|u| u.name() == name)
    }

    /// Returns the words for one and for several.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Unit::Hours => ("hour", "hours"),
            Unit::Days => ("day", "days"),
            Unit::BusinessDays => ("business day", "business days"),
            Unit::Months => ("month", "months"),
        }
    }
}

/// A length of time exactly as a statute states it.
///
/// The unit is kept, because 30 days and one month end on different dates and because a letter uses
/// the statute's words; so two periods have no order. A period counts from the day after the event
/// that starts it.
///
/// ```
/// use appeal::calendar::{Period, Unit};
///
/// let period: Period = "5 business days".parse().unwrap();
/// assert_eq!(period, Period { amount: 5, unit: Unit::BusinessDays });
/// assert_eq!(Period { amount: 1, unit: Unit::Days }.to_string(), "1 day");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// How many; 0 means the very day.
    pub amount: u16,
    /// Of what.
    pub unit: Unit,
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (one, several) = self.unit.words();
        write!(f, "{} {}", self.amount, if self.amount == 1 { one } else { several })
    }
}

/// The text is not a period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a period such as `180 days`, `5 business days`, `72 hours` or `6 months`")]
pub struct ParsePeriodError(String);

impl FromStr for Period {
    type Err = ParsePeriodError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ParsePeriodError(text.to_owned());
        let (amount, words) = text.split_once(' ').ok_or_else(error)?;
        // `u16::from_str` also takes a plus sign.
        if !amount.bytes().all(|b| b.is_ascii_digit()) {
            return Err(error());
        }
        let amount = amount.parse().map_err(|_| error())?;
        let unit = Unit::ALL
            .into_iter()
            .find(|unit| words == unit.words().0 || words == unit.words().1)
            .ok_or_else(error)?;
        Ok(Period { amount, unit })
    }
}
