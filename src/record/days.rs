//! Dates as people type them. Offered back in the one form that a record takes, never guessed.

use chrono::NaiveDate;

use crate::calendar::MONTHS;

/// A date that somebody may have meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) date: NaiveDate,
}

/// Returns every date that a text may stand for: two where day and month may be swapped.
pub(super) fn readings(text: &str) -> Vec<Reading> {
    let text = text.trim().trim_matches(['"', '\'', '“', '”']).trim();
    if text.len() > 40 {
        return Vec::new();
    }
    let parts: Vec<&str> =
        text.split([' ', ',', '/', '-', '.', '\t']).filter(|p| !p.is_empty()).collect();
    let [a, b, c] = parts.as_slice() else { return Vec::new() };
    let dates = match (number(a), number(b), number(c)) {
        (Some(y), Some(m), Some(d)) if a.len() == 4 => vec![day(y, m, d)],
        (Some(first), Some(second), Some(year)) if c.len() == 4 || c.len() == 2 => {
            let year = if c.len() == 2 { century(year) } else { year };
            let mut both = vec![day(year, first, second)];
            if first != second {
                both.push(day(year, second, first));
            }
            both
        }
        (None, Some(d), Some(y)) if c.len() == 4 => vec![month(a).and_then(|m| day(y, m, d))],
        (Some(d), None, Some(y)) if c.len() == 4 => vec![month(b).and_then(|m| day(y, m, d))],
        _ => Vec::new(),
    };
    dates.into_iter().flatten().map(|date| Reading { date }).collect()
}

fn number(text: &str) -> Option<u32> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &text[digits.len()..];
    let ordinal = matches!(suffix.to_lowercase().as_str(), "" | "st" | "nd" | "rd" | "th");
    let plain =
        !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit());
    (ordinal && plain).then(|| digits.parse().ok()).flatten()
}

fn month(text: &str) -> Option<u32> {
    let text = text.to_lowercase();
    let at = MONTHS.iter().position(|m| text.len() >= 3 && m.starts_with(&text))?;
    u32::try_from(at + 1).ok()
}

/// Two digits mean this century, except for the years that only a birth can lie in.
fn century(year: u32) -> u32 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

fn day(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// Returns the last day of a month, for a date that does not exist.
pub(super) fn last_day(year: i32, month: u32) -> Option<NaiveDate> {
    (28..=31).rev().find_map(|d| NaiveDate::from_ymd_opt(year, month, d))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_of_a_typed_date() {
        let read =
            |t: &str| readings(t).iter().map(|r| r.date.to_string()).collect::<Vec<_>>().join(" ");
        assert_eq!(read("2026-10-20"), "2026-10-20");
        assert_eq!(read("2026/1/5"), "2026-01-05");
        assert_eq!(read("10/20/2026"), "2026-10-20");
        assert_eq!(read("20.10.2026"), "2026-10-20");
        assert_eq!(read("09/08/2026"), "2026-09-08 2026-08-09");
        assert_eq!(read("9/9/26"), "2026-09-09");
        assert_eq!(read("October 20, 2026"), "2026-10-20");
        assert_eq!(read("20 Oct 2026"), "2026-10-20");
        assert_eq!(read("Oct. 20th 2026"), "2026-10-20");
        for other in ["", "soon", "2026-02-30", "10/2026", "13/13/2026", "2026", "1/2/3/4"] {
            assert_eq!(read(other), "", "{other}");
        }
    }
}
