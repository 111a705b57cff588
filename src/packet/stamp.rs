//! The line at the end of a letter that says by which law it was written, for whoever checks it later.
//!
//! It is a comment of Markdown, which no reader of the letter sees. Nothing that a record says can look
//! like it: what a record says is escaped, and only the last line of a letter counts.

use std::fmt;

use chrono::NaiveDate;

use crate::record::Record;

/// Track and days of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Id of the pack that ruled.
    pub track: String,
    /// The day that picks dated values: that of the notice, or the next best.
    pub on: NaiveDate,
    /// The day the letter speaks of.
    pub as_of: NaiveDate,
}

const OPENS: &str = "<!-- appeal: ";
const CLOSES: &str = " -->";

impl Stamp {
    /// Stamps a letter of a record.
    #[must_use]
    pub fn of(record: &Record, track: &str, as_of: NaiveDate) -> Stamp {
        let denial = &record.denial;
        let on = denial.notice_date.or(denial.received).or(denial.incident).unwrap_or(as_of);
        Stamp { track: track.to_owned(), on, as_of }
    }

    /// Reads the stamp of a letter, if its last line is one.
    #[must_use]
    pub fn read(letter: &str) -> Option<Stamp> {
        let line = letter.trim_end().lines().next_back()?;
        let words = line.strip_prefix(OPENS)?.strip_suffix(CLOSES)?;
        let mut parts = words.split("; ");
        let track = parts.next()?.strip_prefix("track ")?.to_owned();
        let on = parts.next()?.strip_prefix("on ")?.parse().ok()?;
        let as_of = parts.next()?.strip_prefix("as of ")?.parse().ok()?;
        let named = track.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        (parts.next().is_none() && named).then_some(Stamp { track, on, as_of })
    }

    /// Returns a letter without its stamp: what the pages are set from.
    #[must_use]
    pub fn above(letter: &str) -> &str {
        match (Stamp::read(letter), letter.trim_end().rsplit_once('\n')) {
            (Some(_), Some((above, _))) => above.trim_end(),
            (Some(_), None) => "",
            (None, _) => letter,
        }
    }

    /// Puts the stamp below a letter.
    #[must_use]
    pub fn below(&self, letter: &str) -> String {
        format!("{}\n\n{OPENS}{self}{CLOSES}\n", letter.trim_end())
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "track {}; on {}; as of {}", self.track, self.on, self.as_of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_comes_back_from_the_last_line_only() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 10, d).unwrap_or_default();
        let stamp = Stamp { track: "us-xx".to_owned(), on: day(2), as_of: day(3) };
        let letter = stamp.below("# A letter\n\nWords.\n");
        assert!(
            letter.ends_with("\n\n<!-- appeal: track us-xx; on 2026-10-02; as of 2026-10-03 -->\n")
        );
        assert_eq!(Stamp::read(&letter), Some(stamp));
        assert_eq!(Stamp::read(&format!("{letter}\nMore.\n")), None);
        assert_eq!(Stamp::read("<!-- appeal: track us-xx; on today; as of 2026-10-03 -->"), None);
        assert_eq!(Stamp::read(""), None);
        assert_eq!(Stamp::above(&letter), "# A letter\n\nWords.");
        assert_eq!(Stamp::above("Words.\n"), "Words.\n");
    }
}
