//! Dates and moments.

use chrono::{Datelike, NaiveDate, NaiveTime};
use toml::de::DeValue;

use super::days::{last_day, readings};
use super::reader::{Entry, Reader, Table};
use super::text::placeholder;
use super::values::leave_out;
use crate::calendar::long_date;
use crate::diag::{Diagnostic, Span};
use crate::facts::Moment;

impl<'s> Reader<'s> {
    /// Reads a day; none for `"unknown"`.
    pub(super) fn date(&mut self, table: &Table<'_, 's>, name: &str) -> Option<NaiveDate> {
        let entry = self.entry(table, name)?;
        self.day(&entry, false).map(|m| m.date)
    }

    /// Reads a day, with its time if that is given; none for `"unknown"`.
    pub(super) fn moment(&mut self, table: &Table<'_, 's>, name: &str) -> Option<Moment> {
        let entry = self.entry(table, name)?;
        self.day(&entry, true)
    }

    /// Reads a list of days.
    pub(super) fn dates(&mut self, table: &Table<'_, 's>, name: &str) -> Vec<NaiveDate> {
        let mut dates = Vec::new();
        for item in self.items(table, name) {
            dates.extend(self.day(&item, false).map(|m| m.date));
        }
        dates.sort_unstable();
        dates.dedup();
        dates
    }

    fn day(&mut self, entry: &Entry<'_, 's>, timed: bool) -> Option<Moment> {
        let span = entry.span.clone();
        if self.unknown(entry) {
            return None;
        }
        let DeValue::Datetime(typed) = entry.value.get_ref() else {
            return self.typed_otherwise(entry);
        };
        let Some(date) = typed.date else {
            if typed.time.is_some() {
                self.report(
                    fault(entry, "is a time without its day")
                        .at(span, "which day?")
                        .help("write the day before it: 2026-10-20T14:30"),
                );
                return None;
            }
            return self.impossible(entry);
        };
        let date = NaiveDate::from_ymd_opt(
            i32::from(date.year),
            u32::from(date.month),
            u32::from(date.day),
        );
        let time = typed.time.map(|t| {
            NaiveTime::from_hms_opt(
                u32::from(t.hour),
                u32::from(t.minute),
                u32::from(t.second.unwrap_or(0)),
            )
        });
        let (Some(date), Some(time)) = (date, time.map_or(Some(None), |t| t.map(Some))) else {
            return self.impossible(entry);
        };
        if time.is_some() && !timed {
            self.report(
                fault(entry, "is a day without a time")
                    .at(span.clone(), "leave the time out")
                    .fix(span, date.to_string()),
            );
        } else if typed.offset.is_some() {
            let local = format!("{date}T{}", time.unwrap_or_default().format("%H:%M"));
            self.report(
                fault(entry, "has a time zone")
                    .at(span.clone(), "times are those of the place")
                    .help("leave the zone out; check that the time is the local one")
                    .fix(span, local),
            );
        }
        Some(Moment { date, time })
    }

    /// A date that the calendar does not have.
    fn impossible(&mut self, entry: &Entry<'_, 's>) -> Option<Moment> {
        let raw = self.text.get(entry.span.clone()).unwrap_or_default();
        let mut parts = raw.get(..10).unwrap_or(raw).split('-');
        let mut next = || parts.next().filter(|p| p.len() >= 2).and_then(|p| p.parse::<u32>().ok());
        let told = fault(entry, "is not a day of the calendar");
        let told = match (next(), next(), next()) {
            (Some(year), Some(month @ 1..=12), Some(day)) => {
                match i32::try_from(year).ok().and_then(|y| last_day(y, month)) {
                    Some(last) if day > last.day() || day == 0 => told.at(
                        entry.span.clone(),
                        format!("{} has {} days", last.format("%B %Y"), last.day()),
                    ),
                    Some(_) => fault(entry, "has a time that no clock shows")
                        .at(entry.span.clone(), "hours run from 00 to 23, minutes from 00 to 59"),
                    None => told.at(entry.span.clone(), "expected YYYY-MM-DD"),
                }
            }
            (Some(_), Some(_), Some(_)) => {
                told.at(entry.span.clone(), "the month comes second, from 01 to 12")
            }
            _ => {
                let told = fault(entry, "is not a date that can be read")
                    .at(entry.span.clone(), "expected YYYY-MM-DD");
                offer(told, &entry.span, raw)
            }
        };
        self.explained(&entry.span);
        let told = if told.fixes.is_empty() {
            told.help("look at the paper again; the day is not guessed")
        } else {
            told.help("month and day have two digits each")
        };
        self.report(told);
        None
    }

    /// Anything but a date of TOML: a text, a number.
    fn typed_otherwise(&mut self, entry: &Entry<'_, 's>) -> Option<Moment> {
        let bare = self.is_bare(&entry.span);
        let span = if bare { self.whole_line(&entry.span) } else { entry.span.clone() };
        let raw = self.text.get(span.clone()).unwrap_or_default();
        let is_text = entry.value.get_ref().is_str();
        if raw.is_empty() || (self.broken(&span) && !bare && readings(raw).is_empty()) {
            return None;
        }
        let typed = raw.trim_matches(['"', '\'']).trim();
        let told = if !readings(raw).is_empty() {
            let iso = matches!(readings(raw).as_slice(), [only] if only.date.to_string() == typed);
            let told = if iso {
                fault(entry, "is a date in quotation marks")
                    .at(span.clone(), "a date stands without them")
            } else {
                fault(entry, "is not a date that can be read")
                    .at(span.clone(), "expected YYYY-MM-DD")
                    .help("dates are written year-month-day, without quotation marks")
            };
            offer(told, &span, raw)
        } else if is_text && (typed.is_empty() || placeholder(typed)) {
            let advice = if entry.key.unknown || entry.key.required {
                leave_out(entry.key)
            } else {
                "leave the line out when the day is not known".to_owned()
            };
            Diagnostic::error("record::placeholder", format!("`{}` does not say a day", entry.said))
                .at(span.clone(), "a placeholder")
                .help(advice)
        } else if is_text {
            fault(entry, "is not a date that can be read")
                .at(span.clone(), "expected YYYY-MM-DD")
                .help("dates are written year-month-day, without quotation marks: 2026-10-20")
        } else {
            self.wrong_kind(entry)
        };
        self.explained(&span);
        self.report(told);
        None
    }
}

fn fault(entry: &Entry<'_, '_>, what: &str) -> Diagnostic {
    Diagnostic::error("record::date", format!("`{}` {what}", entry.said))
}

/// Offers every reading of a typed date.
fn offer(told: Diagnostic, span: &Span, raw: &str) -> Diagnostic {
    let found = readings(raw);
    let several = found.len() > 1;
    let told = if several {
        told.help("day and month can be read both ways; look at the paper")
    } else {
        told
    };
    found.iter().fold(told, |told, reading| {
        let title = if several {
            format!("for {}, change it to", long_date(reading.date))
        } else {
            "change it to".to_owned()
        };
        told.fix_titled(title, span.clone(), reading.date.to_string())
    })
}
