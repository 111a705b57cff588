//! From the text of a file of holidays to its calendars.

use std::{collections::BTreeSet, ops::Range};

use chrono::{NaiveDate, Weekday};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    holidays::{Calendars, Holidays},
    rule::{Falls, Rule},
};

/// Years outside this span are a slip of the pen, and would take long to work out.
const YEARS: Range<i64> = 1900..2200;

/// What is wrong with a file of holidays, and on which line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct ReadError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub message: String,
}

impl Calendars {
    /// Reads a file of holidays; `law/holidays.toml` says how one is written.
    ///
    /// # Errors
    ///
    /// Fails at the first thing that is not as it should be: a key or word that means nothing, a day
    /// that no year has, a holiday of an unknown calendar, a calendar without years.
    pub fn parse(text: &str) -> Result<Calendars, ReadError> {
        let file = DeTable::parse(text).map_err(|e| ReadError {
            line: line(text, e.span().map_or(0, |s| s.start)),
            message: e.message().to_owned(),
        })?;
        let span = file.span();
        let mut file = Keys { text, span, table: file.get_ref(), read: BTreeSet::new() };
        let mut calendars: Vec<(String, String, (i32, i32), bool)> = Vec::new();
        for mut keys in file.tables("calendar")? {
            let id = keys.need_str("id")?;
            let name = keys.need_str("name")?;
            let years = (keys.need_year("from")?, keys.need_year("to")?);
            if years.0 > years.1 {
                return Err(keys.fault(format!("calendar `{id}` ends before it begins")));
            }
            let both = keys.bool("both")?.unwrap_or(false);
            if calendars.iter().any(|(other, ..)| *other == id) {
                return Err(keys.fault(format!("calendar `{id}` is given twice")));
            }
            keys.done()?;
            calendars.push((id, name, years, both));
        }
        let mut rules = Vec::new();
        for mut keys in file.tables("holiday")? {
            let rule = rule(&mut keys)?;
            if let Some(id) =
                rule.calendars.iter().find(|id| !calendars.iter().any(|c| c.0 == **id))
            {
                return Err(keys.fault(format!("no calendar `{id}` in this file")));
            }
            keys.done()?;
            rules.push(rule);
        }
        file.done()?;
        let by_id = calendars
            .into_iter()
            .map(|(id, name, years, both)| {
                let own: Vec<&Rule> = rules.iter().filter(|r| r.calendars.contains(&id)).collect();
                let holidays = Holidays::work_out(&id, &name, years, both, &own);
                (id, holidays)
            })
            .collect();
        Ok(Calendars { by_id })
    }
}

fn rule(keys: &mut Keys<'_>) -> Result<Rule, ReadError> {
    let name = keys.need_str("name")?;
    let calendars = keys.strs("calendars")?;
    // Where the day comes from and how sure that is: for a person, not for the program.
    keys.need_str("source")?;
    keys.need_str("mark")?;
    Ok(Rule {
        falls: falls(keys)?,
        observed: keys.bool("observed")?.unwrap_or(false),
        day_before: keys.bool("day-before")?.unwrap_or(false),
        from: keys.year("from")?,
        to: keys.year("to")?,
        name,
        calendars,
    })
}

fn falls(keys: &mut Keys<'_>) -> Result<Falls, ReadError> {
    let mut found = Vec::new();
    if let Some(mut on) = keys.table("on")? {
        let (month, day) = (on.need_int("month", 1..13)?, on.need_int("day", 1..32)?);
        on.done()?;
        // 2024 has every day that any year has.
        if NaiveDate::from_ymd_opt(2024, month, day).is_none() {
            return Err(on.fault("no year has that day"));
        }
        found.push(Falls::On { month, day });
    }
    if let Some(mut nth) = keys.table("nth")? {
        let month = nth.need_int("month", 1..13)?;
        let weekday = nth.need_weekday("weekday")?;
        // Every month has a fourth of each weekday, not a fifth.
        let (count, plus) = (nth.need_int("nth", 1..5)?, nth.int("plus", 0..7)?.unwrap_or(0));
        nth.done()?;
        found.push(Falls::Nth { month, weekday, nth: count, plus });
    }
    if let Some(mut last) = keys.table("last")? {
        let (month, weekday) = (last.need_int("month", 1..13)?, last.need_weekday("weekday")?);
        last.done()?;
        found.push(Falls::Last { month, weekday });
    }
    if let Some(days) = keys.int("days-before-easter", 0..60)? {
        found.push(Falls::BeforeEaster(days));
    }
    if let Some(days) = keys.dates("days")? {
        found.push(Falls::Listed(days));
    }
    match <[Falls; 1]>::try_from(found) {
        Ok([falls]) => Ok(falls),
        Err(_) => {
            Err(keys
                .fault("a holiday has one of `on`, `nth`, `last`, `days-before-easter` and `days`"))
        }
    }
}

/// The keys of one table, ticked off as they are read.
struct Keys<'a> {
    text: &'a str,
    span: Range<usize>,
    table: &'a DeTable<'a>,
    read: BTreeSet<&'static str>,
}

impl<'a> Keys<'a> {
    fn fault(&self, message: impl Into<String>) -> ReadError {
        ReadError { line: line(self.text, self.span.start), message: message.into() }
    }

    fn fault_at(&self, value: &Spanned<DeValue<'_>>, message: impl Into<String>) -> ReadError {
        ReadError { line: line(self.text, value.span().start), message: message.into() }
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.read.insert(key);
        self.table.get(key)
    }

    fn need<T>(&self, key: &str, value: Option<T>) -> Result<T, ReadError> {
        value.ok_or_else(|| self.fault(format!("`{key}` is missing")))
    }

    /// Refuses a key that nobody read.
    fn done(&self) -> Result<(), ReadError> {
        match self.table.keys().find(|key| !self.read.contains(key.get_ref().as_ref())) {
            None => Ok(()),
            Some(key) => Err(ReadError {
                line: line(self.text, key.span().start),
                message: format!("unknown key `{}`", key.get_ref()),
            }),
        }
    }

    fn str(&mut self, key: &'static str) -> Result<Option<&'a str>, ReadError> {
        let Some(value) = self.get(key) else { return Ok(None) };
        match value.get_ref().as_str() {
            Some(text) => Ok(Some(text)),
            None => Err(self.fault_at(value, format!("`{key}` is a text in quotes"))),
        }
    }

    fn need_str(&mut self, key: &'static str) -> Result<String, ReadError> {
        let text = self.str(key)?;
        self.need(key, text).map(str::to_owned)
    }

    fn bool(&mut self, key: &'static str) -> Result<Option<bool>, ReadError> {
        let Some(value) = self.get(key) else { return Ok(None) };
        match value.get_ref().as_bool() {
            Some(is) => Ok(Some(is)),
            None => Err(self.fault_at(value, format!("`{key}` is true or false"))),
        }
    }

    fn int<T: TryFrom<i64>>(
        &mut self,
        key: &'static str,
        within: Range<i64>,
    ) -> Result<Option<T>, ReadError> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let number = value.get_ref().as_integer().and_then(|n| n.as_str().parse::<i64>().ok());
        match number.filter(|n| within.contains(n)).and_then(|n| T::try_from(n).ok()) {
            Some(number) => Ok(Some(number)),
            None => Err(self.fault_at(
                value,
                format!("`{key}` is a number from {} to {}", within.start, within.end - 1),
            )),
        }
    }

    fn need_int<T: TryFrom<i64>>(
        &mut self,
        key: &'static str,
        within: Range<i64>,
    ) -> Result<T, ReadError> {
        let number = self.int(key, within)?;
        self.need(key, number)
    }

    fn year(&mut self, key: &'static str) -> Result<Option<i32>, ReadError> {
        self.int(key, YEARS)
    }

    fn need_year(&mut self, key: &'static str) -> Result<i32, ReadError> {
        self.need_int(key, YEARS)
    }

    fn need_weekday(&mut self, key: &'static str) -> Result<Weekday, ReadError> {
        let name = self.need_str(key)?;
        name.parse().map_err(|_| self.fault(format!("`{name}` is not a day of the week")))
    }

    fn strs(&mut self, key: &'static str) -> Result<BTreeSet<String>, ReadError> {
        let value = self.get(key);
        let value = self.need(key, value)?;
        let fault = || self.fault_at(value, format!("`{key}` is a list of texts in quotes"));
        let list = value.get_ref().as_array().ok_or_else(fault)?;
        list.iter().map(|v| v.get_ref().as_str().map(str::to_owned).ok_or_else(fault)).collect()
    }

    fn dates(&mut self, key: &'static str) -> Result<Option<BTreeSet<NaiveDate>>, ReadError> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let fault = || self.fault_at(value, format!("`{key}` is a list of dates"));
        let list = value.get_ref().as_array().ok_or_else(fault)?;
        list.iter().map(|v| day(v.get_ref()).ok_or_else(fault)).collect::<Result<_, _>>().map(Some)
    }

    fn table(&mut self, key: &'static str) -> Result<Option<Keys<'a>>, ReadError> {
        let Some(value) = self.get(key) else { return Ok(None) };
        match value.get_ref().as_table() {
            Some(table) => Ok(Some(self.within(value, table))),
            None => Err(self.fault_at(value, format!("`{key}` is a table"))),
        }
    }

    fn tables(&mut self, key: &'static str) -> Result<Vec<Keys<'a>>, ReadError> {
        let Some(value) = self.get(key) else { return Ok(Vec::new()) };
        let fault = || self.fault_at(value, format!("`{key}` is written as `[[{key}]]`"));
        let list = value.get_ref().as_array().ok_or_else(fault)?;
        list.iter()
            .map(|v| v.get_ref().as_table().map(|t| self.within(v, t)).ok_or_else(fault))
            .collect()
    }

    fn within(&self, value: &Spanned<DeValue<'_>>, table: &'a DeTable<'a>) -> Keys<'a> {
        Keys { text: self.text, span: value.span(), table, read: BTreeSet::new() }
    }
}

/// Returns a date without time or zone.
fn day(value: &DeValue<'_>) -> Option<NaiveDate> {
    let moment = value.as_datetime()?;
    let date = moment.date.filter(|_| moment.time.is_none() && moment.offset.is_none())?;
    NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
}

/// Returns the line of a place in the text, from 1.
fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|b| *b == b'\n').count() + 1
}
