//! How a table writes its dates: `MM/DD/YYYY`, said once in the map and never guessed.

use chrono::{NaiveDate, NaiveTime, Timelike as _};

use crate::calendar::MONTHS;

/// A way of writing dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DateForm {
    /// As the map writes it.
    pub(crate) text: String,
    parts: Vec<Part>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Year,
    ShortYear,
    Month,
    MonthName,
    Day,
    Hour,
    HalfHour,
    Minute,
    Second,
    Noon,
    Sign(char),
}

impl Part {
    fn is_number(self) -> bool {
        !matches!(self, Part::MonthName | Part::Noon | Part::Sign(_))
    }
}

/// Longest first, so that `MMMM` is not read as two times `MM`.
const TOKENS: &[(&str, Part)] = &[
    ("YYYY", Part::Year),
    ("YY", Part::ShortYear),
    ("MMMM", Part::MonthName),
    ("MMM", Part::MonthName),
    ("MM", Part::Month),
    ("M", Part::Month),
    ("DD", Part::Day),
    ("D", Part::Day),
    ("HH", Part::Hour),
    ("H", Part::Hour),
    ("hh", Part::HalfHour),
    ("h", Part::HalfHour),
    ("mm", Part::Minute),
    ("ss", Part::Second),
    ("AM", Part::Noon),
];

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Read {
    Day(NaiveDate, Option<NaiveTime>),
    /// Written as the form says, but the calendar or the clock does not have it.
    Impossible,
    /// Written otherwise.
    Otherwise,
}

impl DateForm {
    /// Reads a form; the error says what is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if let Some((token, part)) = TOKENS.iter().find(|(t, _)| rest.starts_with(t)) {
                parts.push(*part);
                rest = &rest[token.len()..];
            } else if first.is_alphanumeric() && first != 'T' {
                return Err(format!("`{first}` is no part of a date"));
            } else {
                parts.push(Part::Sign(first));
                rest = &rest[first.len_utf8()..];
            }
        }
        let count = |of: &[Part]| parts.iter().filter(|p| of.contains(p)).count();
        for (of, name) in [
            (&[Part::Year, Part::ShortYear][..], "year"),
            (&[Part::Month, Part::MonthName], "month"),
            (&[Part::Day], "day"),
        ] {
            if count(of) != 1 {
                return Err(format!("the form must hold the {name} once"));
            }
        }
        let hours = count(&[Part::Hour, Part::HalfHour]);
        let minutes = count(&[Part::Minute]);
        let halves = count(&[Part::HalfHour]);
        if hours > 1 || minutes != hours || count(&[Part::Second]) > hours {
            return Err("a time is written HH:mm, or hh:mm AM".to_owned());
        }
        if halves != count(&[Part::Noon]) {
            return Err("hh and AM belong together; HH counts to 24".to_owned());
        }
        Ok(DateForm { text: text.to_owned(), parts })
    }

    /// Whether years have two digits.
    pub(crate) fn short_year(&self) -> bool {
        self.parts.contains(&Part::ShortYear)
    }

    /// Whether a time follows.
    pub(crate) fn timed(&self) -> bool {
        self.parts.iter().any(|p| matches!(p, Part::Hour | Part::HalfHour))
    }

    /// Reads a date written this way; day, month and hour may lack their zero.
    pub(crate) fn read(&self, text: &str) -> Read {
        let mut rest = text.trim();
        let (mut year, mut month, mut day) = (0, 0, 0);
        let (mut hour, mut minute, mut second, mut noon) = (0, 0, 0, None);
        for (n, part) in self.parts.iter().enumerate() {
            // Where no sign stands between two numbers, only their length tells them apart.
            let next_to = |at: Option<usize>| {
                at.and_then(|at| self.parts.get(at)).is_some_and(|p| p.is_number())
            };
            let least = if next_to(n.checked_sub(1)) || next_to(Some(n + 1)) { 2 } else { 1 };
            let read = match part {
                Part::Year => digits(&mut rest, 4, 4).map(|n| year = n),
                // The years in which a dispute can lie.
                Part::ShortYear => digits(&mut rest, 2, 2).map(|n| year = 2000 + n),
                Part::Month => digits(&mut rest, least, 2).map(|n| month = n),
                Part::MonthName => name(&mut rest).map(|n| month = n),
                Part::Day => digits(&mut rest, least, 2).map(|n| day = n),
                Part::Hour | Part::HalfHour => digits(&mut rest, least, 2).map(|n| hour = n),
                Part::Minute => digits(&mut rest, 2, 2).map(|n| minute = n),
                Part::Second => digits(&mut rest, 2, 2).map(|n| second = n),
                Part::Noon => half(&mut rest).map(|n| noon = Some(n)),
                Part::Sign(sign) => rest.strip_prefix(*sign).map(|r| rest = r),
            };
            if read.is_none() {
                return Read::Otherwise;
            }
        }
        if !rest.is_empty() {
            return Read::Otherwise;
        }
        if let Some(after) = noon {
            if !(1..=12).contains(&hour) {
                return Read::Impossible;
            }
            hour = hour % 12 + if after { 12 } else { 0 };
        }
        let date = i32::try_from(year).ok().and_then(|y| NaiveDate::from_ymd_opt(y, month, day));
        match (date, NaiveTime::from_hms_opt(hour, minute, second)) {
            (Some(date), Some(time)) => Read::Day(date, self.timed().then_some(time)),
            _ => Read::Impossible,
        }
    }
}

/// Writes a day as TOML does.
pub(crate) fn toml(date: NaiveDate, time: Option<NaiveTime>) -> String {
    match time {
        Some(time) if time.second() == 0 => format!("{date}T{}", time.format("%H:%M")),
        Some(time) => format!("{date}T{}", time.format("%H:%M:%S")),
        None => date.to_string(),
    }
}

fn digits(rest: &mut &str, least: usize, most: usize) -> Option<u32> {
    let run = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if run < least {
        return None;
    }
    let (number, after) = rest.split_at(run);
    *rest = after;
    number.parse().ok()
}

fn name(rest: &mut &str) -> Option<u32> {
    let run = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, after) = rest.split_at(run);
    let word = word.to_lowercase();
    let at = MONTHS.iter().position(|m| *m == word || (word.len() == 3 && m.starts_with(&word)))?;
    *rest = after;
    u32::try_from(at + 1).ok()
}

fn half(rest: &mut &str) -> Option<bool> {
    let word = rest.get(..2)?;
    let after = match word.to_ascii_lowercase().as_str() {
        "am" => false,
        "pm" => true,
        _ => return None,
    };
    *rest = &rest[2..];
    Some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_the_form_says() {
        let read = |form: &str, text: &str| match DateForm::parse(form).unwrap().read(text) {
            Read::Day(date, time) => toml(date, time),
            other @ (Read::Impossible | Read::Otherwise) => format!("{other:?}"),
        };
        assert_eq!(read("MM/DD/YYYY", "03/04/2026"), "2026-03-04");
        assert_eq!(read("DD/MM/YYYY", "03/04/2026"), "2026-04-03");
        assert_eq!(read("MM/DD/YYYY", "3/4/2026"), "2026-03-04");
        assert_eq!(read("MM/DD/YY", "3/4/26"), "2026-03-04");
        assert_eq!(read("YYYYMMDD", "20260304"), "2026-03-04");
        assert_eq!(read("YYYYMMDD", "2026034"), "Otherwise");
        assert_eq!(read("MM/DD/YYYY", "003/4/2026"), "Otherwise");
        assert_eq!(read("MMM D, YYYY", "Mar 4, 2026"), "2026-03-04");
        assert_eq!(read("D MMMM YYYY", "4 March 2026"), "2026-03-04");
        assert_eq!(read("MM/DD/YYYY hh:mm AM", "03/04/2026 12:05 PM"), "2026-03-04T12:05");
        assert_eq!(read("MM/DD/YYYY hh:mm AM", "03/04/2026 12:05 am"), "2026-03-04T00:05");
        assert_eq!(read("YYYY-MM-DDTHH:mm:ss", "2026-03-04T23:05:09"), "2026-03-04T23:05:09");
        assert_eq!(read("MM/DD/YYYY", "13/04/2026"), "Impossible");
        assert_eq!(read("MM/DD/YYYY", "02/30/2026"), "Impossible");
        for other in ["", "2026-03-04", "3/4/26", "03/04/2026 9:00", "45950", "３/4/2026", "soon"]
        {
            assert_eq!(read("MM/DD/YYYY", other), "Otherwise", "{other}");
        }
    }

    #[test]
    fn forms_that_leave_something_open_are_refused() {
        for form in ["", "MM/DD", "MM/MM/YYYY", "mm/dd/yyyy", "MM/DD/YYYY hh:mm", "YYYY-MM-DD HH"] {
            assert!(DateForm::parse(form).is_err(), "{form}");
        }
    }
}
