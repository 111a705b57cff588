//! The day on which a ruling speaks, when the command line does not name one.

use chrono::{DateTime, NaiveDate, Utc};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Returns today in the state that issued the coverage; in California when the record names none.
pub(crate) fn today(issued_in: Option<&str>) -> NaiveDate {
    on(now(), issued_in)
}

/// Returns the moment, for a command that takes long and goes by one day all the same.
#[expect(clippy::disallowed_methods, reason = "the one clock of the program")]
pub(crate) fn now() -> DateTime<Utc> {
    Utc::now()
}

/// Returns the day of a moment in the state that issued the coverage, or in California.
pub(crate) fn on(moment: DateTime<Utc>, issued_in: Option<&str>) -> NaiveDate {
    // That every zone is in the tables, a test holds.
    day(moment, zone(issued_in.unwrap_or("CA"))).unwrap_or_else(|| moment.date_naive())
}

fn day(moment: DateTime<Utc>, zone: &str) -> Option<NaiveDate> {
    let zone = TimeZone::get(zone).ok()?;
    let day = zone.to_datetime(Timestamp::from_second(moment.timestamp()).ok()?).date();
    NaiveDate::from_ymd_opt(
        day.year().into(),
        day.month().try_into().ok()?,
        day.day().try_into().ok()?,
    )
}

/// The time zone of a state's capital, where its agencies sit.
fn zone(state: &str) -> &'static str {
    match state {
        "CT" | "DE" | "DC" | "FL" | "GA" | "IN" | "KY" | "ME" | "MD" | "MA" | "MI" | "NH"
        | "NJ" | "NY" | "NC" | "OH" | "PA" | "RI" | "SC" | "VT" | "VA" | "WV" => "America/New_York",
        "AL" | "AR" | "IL" | "IA" | "KS" | "LA" | "MN" | "MS" | "MO" | "NE" | "ND" | "OK"
        | "SD" | "TN" | "TX" | "WI" => "America/Chicago",
        "CO" | "ID" | "MT" | "NM" | "UT" | "WY" => "America/Denver",
        "AZ" => "America/Phoenix",
        "AK" => "America/Juneau",
        "HI" => "Pacific/Honolulu",
        "PR" | "VI" => "America/Puerto_Rico",
        "GU" | "MP" => "Pacific/Guam",
        "AS" => "Pacific/Pago_Pago",
        _ => "America/Los_Angeles",
    }
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, TimeZone as _, Utc};

    use super::{day, on, zone};

    fn at(day: u32, hour: u32, minute: u32) -> chrono::DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, day, hour, minute, 0).unwrap()
    }

    fn november(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    #[test]
    fn an_evening_in_california_is_not_yet_tomorrow() {
        // Eight hours behind in winter.
        assert_eq!(on(at(22, 7, 59), None), november(21));
        assert_eq!(on(at(22, 8, 0), None), november(22));
        assert_eq!(on(at(22, 7, 59), Some("Atlantis")), november(21));
        assert_eq!(on(at(22, 7, 59), Some("NY")), november(22));
        assert_eq!(on(at(22, 9, 59), Some("HI")), november(21));
        assert_eq!(on(at(21, 14, 0), Some("GU")), november(22));
    }

    #[test]
    fn summer_time_is_counted() {
        let evening = Utc.with_ymd_and_hms(2026, 7, 2, 6, 59, 0).unwrap();
        assert_eq!(on(evening, None), NaiveDate::from_ymd_opt(2026, 7, 1).unwrap());
        let night = Utc.with_ymd_and_hms(2026, 7, 2, 7, 0, 0).unwrap();
        assert_eq!(on(night, None), NaiveDate::from_ymd_opt(2026, 7, 2).unwrap());
    }

    #[test]
    fn every_zone_is_in_the_tables() {
        for first in 'A'..='Z' {
            for second in 'A'..='Z' {
                let zone = zone(&format!("{first}{second}"));
                assert!(day(at(22, 0, 0), zone).is_some(), "{zone}");
            }
        }
    }
}
