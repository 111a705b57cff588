//! Events that a person only supposes: `--event grievance-decided=2026-12-01:upheld`.

use std::fmt::Write as _;
use std::str::FromStr;

use appeal::diag::nearest;
use appeal::record::keys::EVENTS;
use chrono::NaiveDate;

/// One event that the record does not hold.
#[derive(Clone, Debug)]
pub(crate) struct Supposed {
    kind: String,
    date: NaiveDate,
    /// A key of the event besides its kind and date, and its word.
    more: Option<(&'static str, String)>,
}

impl FromStr for Supposed {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, rest) =
            text.split_once('=').ok_or("write it as KIND=DATE, or KIND=DATE:WORD")?;
        if !EVENTS.contains(&kind) {
            return Err(match nearest(kind, EVENTS.iter().copied()) {
                Some(near) => format!("there is no event `{kind}`; did you mean `{near}`?"),
                None => format!("there is no event `{kind}`; the kinds are {}", EVENTS.join(", ")),
            });
        }
        let (date, word) = match rest.split_once(':') {
            Some((date, word)) => (date, Some(word)),
            None => (rest, None),
        };
        let date =
            date.parse().map_err(|_| format!("`{date}` is no date; write it as 2026-12-01"))?;
        let key = match kind {
            _ if kind.ends_with("-decided") => Some("outcome"),
            "grievance-filed" => Some("how"),
            _ => None,
        };
        let more = match (key, word) {
            (_, None) => None,
            (None, Some(_)) => return Err(format!("`{kind}` takes a date and nothing else")),
            // The reader of records says which words there are.
            (Some(key), Some(word)) if word.chars().all(|c| c.is_ascii_lowercase() || c == '-') => {
                Some((key, word.to_owned()))
            }
            (Some(_), Some(word)) => return Err(format!("`{word}` is no word of an event")),
        };
        Ok(Supposed { kind: kind.to_owned(), date, more })
    }
}

impl Supposed {
    /// Returns the day on which it is supposed to happen.
    pub(crate) fn date(&self) -> NaiveDate {
        self.date
    }

    /// Returns the event as it would stand in a record.
    pub(crate) fn toml(&self) -> String {
        let mut text = format!("\n[[event]]\nkind = \"{}\"\ndate = {}\n", self.kind, self.date);
        if let Some((key, word)) = &self.more {
            let _ = writeln!(text, "{key} = \"{word}\"");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toml(text: &str) -> Result<String, String> {
        text.parse::<Supposed>().map(|s| s.toml())
    }

    #[test]
    fn an_event_is_written_as_a_record_writes_it() {
        assert_eq!(
            toml("grievance-decided=2026-12-01:upheld"),
            Ok("\n[[event]]\nkind = \"grievance-decided\"\ndate = 2026-12-01\noutcome = \"upheld\"\n".to_owned())
        );
        assert!(toml("grievance-filed=2026-12-01:fax").unwrap().contains("how = \"fax\""));
        assert!(toml("hearing-held=2026-12-01").unwrap().ends_with("date = 2026-12-01\n"));
    }

    #[test]
    fn what_is_no_event_is_refused_with_the_reason() {
        for (text, said) in [
            ("grievance-decided", "KIND=DATE"),
            ("grievence-decided=2026-12-01", "did you mean `grievance-decided`?"),
            ("grievance-decided=1 December", "`1 December` is no date"),
            ("grievance-decided=2026-02-30", "`2026-02-30` is no date"),
            ("hearing-held=2026-12-01:won", "takes a date and nothing else"),
            ("grievance-decided=2026-12-01:up\"held", "is no word of an event"),
        ] {
            let told = toml(text).unwrap_err();
            assert!(told.contains(said), "{text}: {told}");
        }
    }
}
