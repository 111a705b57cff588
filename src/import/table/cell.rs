//! One cell into a value of a record: dates as the map says, words of the record, and numbers that a
//! spreadsheet has spoilt.

use chrono::{Days, NaiveDate};

use super::super::map::{DateForm, Read, Rule, plain, toml};
use super::{Cell, Why};
use crate::calendar::long_date;
use crate::diag::{Diagnostic, Span, nearest};
use crate::record::keys::{Key, Kind};

/// What becomes of a cell, or of a part of it.
#[derive(Debug, PartialEq)]
pub(super) enum Value {
    /// A text, and whether it stands in the cell as it is.
    Text { text: String, verbatim: bool },
    /// Something that is written in TOML without quotation marks.
    Raw(String),
}

/// What a rule reads.
pub(super) struct Reading<'a> {
    pub(super) rule: &'a Rule,
    /// The form of dates that governs this rule.
    pub(super) form: Option<&'a DateForm>,
}

/// Largest number that a spreadsheet keeps to the last digit.
const EXACT: f64 = 1e15;

impl Reading<'_> {
    fn key(&self) -> &'static Key {
        self.rule.key
    }

    fn dated(&self) -> bool {
        matches!(self.key().kind, Kind::Date | Kind::Dates | Kind::Moment)
    }

    fn free(&self) -> bool {
        matches!(self.key().kind, Kind::Text | Kind::Narrative | Kind::Lines)
    }

    /// Returns what a cell says, as text; a date only where a date belongs.
    pub(super) fn cell(&self, cell: &Cell, at: &Span) -> Result<String, Box<Diagnostic>> {
        let path = self.key().path();
        let at = at.clone();
        match cell {
            Cell::Empty => Ok(String::new()),
            Cell::Text(text) => Ok(text.clone()),
            Cell::Bool(yes) => Ok(yes.to_string()),
            Cell::Day(date, time) if self.dated() => {
                // The map says that the column shows a time where the record wants none.
                let moment = self.key().kind == Kind::Moment;
                let timed = self.form.is_some_and(DateForm::timed);
                Ok(toml(*date, time.filter(|_| moment || !timed)))
            }
            Cell::Day(..) => fail(
                fault("import::spoilt", format!("`{path}` is a text, not a date"))
                    .at(at, "the spreadsheet made a date of it")
                    .help("format the column as text, and type the cell again"),
            ),
            Cell::Number(number) if self.dated() => fail(self.serial(*number, at)),
            Cell::Number(number) if number.abs() >= EXACT => fail(
                fault("import::spoilt", format!("`{path}` has lost its last digits"))
                    .at(at, "kept as a number, which has 15 digits")
                    .help("format the column as text, and type the number again from the paper"),
            ),
            Cell::Number(_) if self.free() && self.rule.width.is_some() => fail(
                fault("import::spoilt", format!("`{path}` is kept as a number"))
                    .at(at, "zeros at its start are lost")
                    .help("format the column as text, and type the number again from the paper"),
            ),
            Cell::Number(number) => Ok(number.to_string()),
            Cell::Refused(_, why) => fail(refused(*why, &format!("`{path}`"), vec![at])),
        }
    }

    /// Reads a text that stands at `at`; `whole` tells a cell from a part of one or several together.
    pub(super) fn value(
        &self,
        text: &str,
        at: &Span,
        verbatim: bool,
    ) -> Result<Vec<Value>, Box<Diagnostic>> {
        if let Some(found) = self.rule.values.iter().find(|t| t.plain == plain(text)) {
            return Ok(found.words.iter().map(|w| self.translated(w)).collect());
        }
        let key = self.key();
        let typed = Value::Text { text: text.to_owned(), verbatim };
        let unknown = key.unknown && plain(text) == "unknown";
        if unknown {
            return Ok(vec![Value::Text { text: "unknown".to_owned(), verbatim: false }]);
        }
        let value = match key.kind {
            Kind::Text | Kind::Narrative | Kind::Lines => {
                self.sound(text, at)?;
                typed
            }
            Kind::Word(_) | Kind::Words(_) => match word(key, text) {
                Some(word) => {
                    Value::Text { text: word.to_owned(), verbatim: verbatim && word == text }
                }
                None => typed,
            },
            Kind::Bool => match plain(text).as_str() {
                "true" | "yes" | "y" => Value::Raw("true".to_owned()),
                "false" | "no" | "n" => Value::Raw("false".to_owned()),
                _ => typed,
            },
            Kind::Integer(..) => {
                let digits = text.bytes().all(|b| b.is_ascii_digit()) && text.len() < 10;
                // TOML has no zeros at the start of a number.
                match text.parse::<u32>() {
                    Ok(number) if digits => Value::Raw(number.to_string()),
                    _ => typed,
                }
            }
            Kind::Date | Kind::Dates | Kind::Moment => Value::Raw(self.day(text, at)?),
        };
        Ok(vec![value])
    }

    /// Returns the cell of the map's translations that a text most likely stands for.
    pub(super) fn meant(&self, text: &str) -> Option<&str> {
        if self.key().words().is_empty() {
            return None;
        }
        nearest(text, self.rule.values.iter().map(|t| t.cell.as_str()))
    }

    fn translated(&self, word: &str) -> Value {
        if self.key().kind == Kind::Bool && matches!(word, "true" | "false") {
            return Value::Raw(word.to_owned());
        }
        Value::Text { text: word.to_owned(), verbatim: false }
    }

    /// Refuses texts that a spreadsheet has made of something else.
    fn sound(&self, text: &str, at: &Span) -> Result<(), Box<Diagnostic>> {
        let path = self.key().path();
        if scientific(text) {
            return fail(
                fault("import::spoilt", format!("`{path}` has lost its digits"))
                    .at(at.clone(), "a spreadsheet shortened a long number")
                    .help("format the column as text, and export the table again"),
            );
        }
        let length = text.chars().count();
        match self.rule.width {
            Some(width) if length != width => {
                let told = fault(
                    "import::width",
                    format!(
                        "`{path}` has {}, not {width}",
                        crate::diag::count(length, "character")
                    ),
                )
                .at(at.clone(), format!("the map says width = {width}"));
                let zeros = length < width && text.bytes().all(|b| b.is_ascii_digit());
                fail(if zeros {
                    told.help("zeros at its start may be lost; look at the paper")
                } else {
                    told
                })
            }
            _ => Ok(()),
        }
    }

    /// Reads a date as the map says that dates are written; without that, only 2026-10-20.
    fn day(&self, text: &str, at: &Span) -> Result<String, Box<Diagnostic>> {
        if let Some(form) = self.form
            && let Read::Day(date, time) = form.read(text)
        {
            return Ok(toml(date, time.filter(|_| self.key().kind == Kind::Moment)));
        }
        // Nobody reads year, month and day in another order.
        for iso in ["YYYY-MM-DD", "YYYY-MM-DDTHH:mm", "YYYY-MM-DD HH:mm", "YYYY-MM-DDTHH:mm:ss"] {
            let Ok(iso) = DateForm::parse(iso) else { continue };
            match iso.read(text) {
                Read::Day(date, time) => {
                    let stated = self.form.is_some_and(DateForm::timed);
                    let time = time.filter(|_| self.key().kind == Kind::Moment || !stated);
                    return Ok(toml(date, time));
                }
                Read::Impossible => return fail(self.impossible(at)),
                Read::Otherwise => {}
            }
        }
        if let Ok(number) = text.parse::<f64>()
            && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        {
            return fail(self.serial(number, at.clone()));
        }
        let path = self.key().path();
        let Some(form) = self.form else {
            let told = fault("import::date", format!("`{path}` is not written as YYYY-MM-DD"))
                .at(at.clone(), "in which order?");
            return fail(both(text).map_or(told.clone(), |said| told.help(said)).help(
                "say in the map how the table writes dates, for example date = \"MM/DD/YYYY\"",
            ));
        };
        if form.read(text) == Read::Impossible {
            return fail(self.impossible(at));
        }
        fail(
            fault("import::date", format!("`{path}` is not written as the map says"))
                .at(at.clone(), format!("expected {}", form.text)),
        )
    }

    fn impossible(&self, at: &Span) -> Diagnostic {
        let path = self.key().path();
        fault("import::date", format!("`{path}` is not a day of the calendar"))
            .at(at.clone(), "no such day")
            .help("look at the paper again; the day is not guessed")
    }

    /// Refuses the number by which a spreadsheet keeps a date.
    fn serial(&self, number: f64, at: Span) -> Diagnostic {
        let told = fault("import::date", format!("`{}` is a bare number", self.key().path()));
        let day = (1.0..100_000.0).contains(&number).then(|| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "in bounds"
            )]
            let days = Days::new(number.trunc() as u64);
            NaiveDate::from_ymd_opt(1899, 12, 30).and_then(|zero| zero.checked_add_days(days))
        });
        match day.flatten() {
            Some(day) => told
                .at(at, format!("a spreadsheet would count {}", long_date(day)))
                .help("format the column as a date, and export the table again"),
            None => told.at(at, "expected a date"),
        }
    }
}

fn fail<T>(told: Diagnostic) -> Result<T, Box<Diagnostic>> {
    Err(Box::new(told))
}

fn fault(code: &'static str, message: String) -> Diagnostic {
    Diagnostic::error(code, message)
}

/// Says why a cell cannot be taken.
pub(super) fn refused(why: Why, what: &str, at: Vec<Span>) -> Diagnostic {
    let (message, label, help) = match why {
        Why::Encoding(byte) => {
            let (letter, ..) = encoding_rs::WINDOWS_1252.decode(std::slice::from_ref(&byte));
            (
                format!("{what} is not UTF-8: byte {byte:#04x}"),
                format!("in Windows-1252 it would be `{letter}`"),
                "save the table as \"CSV UTF-8\"; or, where the letter is right, say \
                 encoding = \"windows-1252\" in the map or --encoding windows-1252",
            )
        }
        Why::Quotes => (
            format!("{what} has quotation marks inside that are not doubled"),
            "where does the text end?".to_owned(),
            "inside a cell in quotation marks, each quotation mark is written twice",
        ),
        Why::Formula => (
            format!("{what} is a formula"),
            "what it gives may be out of date".to_owned(),
            "copy the column, and paste it as values",
        ),
        Why::Error => (
            format!("{what} is an error of the spreadsheet"),
            "no value here".to_owned(),
            "mend the formula it came from, or empty the cell",
        ),
        Why::Duration => (
            format!("{what} is a length of time"),
            "not a date".to_owned(),
            "format the cell as a date or as text",
        ),
        Why::Calendar => (
            format!("{what} is not a day of the calendar"),
            "no such day".to_owned(),
            "look at the paper again; the day is not guessed",
        ),
    };
    let told = fault("import::cell", message).help(help);
    at.into_iter().fold(told, |told, span| told.at(span, label.clone()))
}

/// The word of the record that a cell says, written with other capitals, spaces or underscores.
fn word(key: &Key, text: &str) -> Option<&'static str> {
    let plainly = |t: &str| plain(t).replace([' ', '_'], "-");
    key.words().iter().copied().find(|w| plainly(w) == plainly(text))
}

/// Whether a text is a number as spreadsheets shorten it: `1.23E+11`.
fn scientific(text: &str) -> bool {
    let Some((front, power)) = text.split_once(['E', 'e']) else { return false };
    let number = front.strip_prefix('-').unwrap_or(front);
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    whole.len() == 1
        && digits(whole)
        && digits(part)
        && power.strip_prefix(['+', '-']).is_some_and(digits)
}

/// Says that a date can be read both ways.
fn both(text: &str) -> Option<String> {
    let day = |form: &str| match DateForm::parse(form).map(|f| f.read(text)) {
        Ok(Read::Day(date, _)) => Some(long_date(date)),
        _ => None,
    };
    let (month_first, day_first) = (day("MM/DD/YYYY")?, day("DD/MM/YYYY")?);
    (month_first != day_first).then(|| format!("it can be {month_first} or {day_first}"))
}

#[cfg(test)]
mod tests {
    use super::scientific;

    #[test]
    fn shortened_numbers_are_told_from_codes() {
        for spoilt in ["1.23E+11", "1E+05", "9.8765e+14", "-1.2E-07"] {
            assert!(scientific(spoilt), "{spoilt}");
        }
        for code in ["E0601", "2E10", "12E+45", "1.23", "1E5", "EX+12", "", "E+", "1.E+2"] {
            assert!(!scientific(code), "{code}");
        }
    }
}
