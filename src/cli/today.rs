//! The day on which a ruling speaks, when the command line does not name one.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

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
    moment.with_timezone(&zone(issued_in.unwrap_or("CA"))).date_naive()
}

/// The time zone of a state's capital, where its agencies sit.
fn zone(state: &str) -> Tz {
    use chrono_tz::{America, Pacific, US};
    match state {
        "CT" | "DE" | "DC" | "FL" | "GA" | "IN" | "KY" | "ME" | "MD" | "MA" | "MI" | "NH"
        | "NJ" | "NY" | "NC" | "OH" | "PA" | "RI" | "SC" | "VT" | "VA" | "WV" => America::New_York,
        "AL" | "AR" | "IL" | "IA" | "KS" | "LA" | "MN" | "MS" | "MO" | "NE" | "ND" | "OK"
        | "SD" | "TN" | "TX" | "WI" => America::Chicago,
        "CO" | "ID" | "MT" | "NM" | "UT" | "WY" => America::Denver,
        "AZ" => America::Phoenix,
        "AK" => America::Anchorage,
        "HI" => Pacific::Honolulu,
        "PR" | "VI" => America::Puerto_Rico,
        "GU" | "MP" => Pacific::Guam,
        "AS" => Pacific::Pago_Pago,
        _ => US::Pacific,
    }
}

#[cfg(test)]
mod tests {
    use super::zone;

    #[test]
    fn an_evening_in_california_is_not_yet_tomorrow() {
        assert_eq!(zone("CA").name(), "US/Pacific");
        assert_eq!(zone("HI").name(), "Pacific/Honolulu");
        assert_eq!(zone("Atlantis").name(), "US/Pacific");
    }
}
