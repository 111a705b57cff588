//! Dates of a pack, from TOML's own kind of date.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, de::Error};

/// Reads a TOML date.
pub(super) fn day<'de, D: Deserializer<'de>>(input: D) -> Result<NaiveDate, D::Error> {
    let read = toml::value::Datetime::deserialize(input)?;
    read.date
        .filter(|_| read.time.is_none() && read.offset.is_none())
        .and_then(|d| NaiveDate::from_ymd_opt(d.year.into(), d.month.into(), d.day.into()))
        .ok_or_else(|| D::Error::custom("not a date; write year-month-day, without quotes"))
}

/// Reads a TOML date that may be absent.
pub(super) fn maybe<'de, D: Deserializer<'de>>(input: D) -> Result<Option<NaiveDate>, D::Error> {
    day(input).map(Some)
}
