//! Rows of a table into records, by a map of columns.

pub(super) mod csv;
mod cell;
mod fill;
mod heading;
pub(super) mod xlsx;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{NaiveDate, NaiveTime};

use super::Entry;
use super::map::Map;
use crate::diag::Diagnostic;
use crate::record::Loaded;

use heading::Columns;
pub(super) use heading::column_name;

/// Most columns of a table; a spreadsheet has no more.
pub(super) const WIDEST: usize = 16_384;

/// One row as the file has it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Row {
    /// Its number, as a spreadsheet counts, and its cells from the first column.
    Cells(u64, Vec<Cell>),
    /// Nothing stands in it.
    Empty(u64),
    /// It cannot be read; without a number, nothing of the file can.
    Refused(Option<u64>, Box<Diagnostic>),
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Empty,
    /// Text without space around it, line ends as `\n`.
    Text(String),
    Number(f64),
    Bool(bool),
    Day(NaiveDate, Option<NaiveTime>),
    /// What is shown of it, and why it cannot be taken.
    Refused(String, Why),
}

/// Why a cell cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// This byte is no UTF-8.
    Encoding(u8),
    /// A text in quotation marks holds some that are not doubled.
    Quotes,
    Formula,
    /// `#REF!` and the like.
    Error,
    /// A length of time.
    Duration,
    /// A date before the calendar of spreadsheets, or after it.
    Calendar,
}

impl Cell {
    /// Takes a text, trimmed.
    pub(super) fn text(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.replace("\r\n", "\n")) }
    }

    /// What is shown of the cell.
    fn shown(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) | Cell::Refused(text, _) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Bool(yes) => yes.to_string().to_uppercase(),
            Cell::Day(date, time) => super::map::toml(*date, *time),
        }
    }
}

/// The records of a table, row by row.
pub(super) struct Records<R> {
    pub(super) name: String,
    pub(super) map: Arc<Map>,
    pub(super) rows: R,
    /// Counts the rows in which nothing stands.
    pub(super) empty: Arc<AtomicU64>,
    pub(super) state: State,
}

/// How far a table has been read.
pub(super) enum State {
    Headings,
    Body(Columns),
    Done,
}

impl<R: Iterator<Item = Row>> Records<R> {
    /// Reads the heading row; gives an entry where it cannot be used.
    fn headings(&mut self) -> Result<Columns, Box<Entry>> {
        let wanted = self.map.settings.heading_row;
        loop {
            let told = match self.rows.next() {
                Some(Row::Empty(_)) => continue,
                Some(Row::Cells(number, _)) if wanted.is_some_and(|w| number < w) => continue,
                Some(Row::Cells(_, cells)) if cells.iter().all(|c| *c == Cell::Empty) => continue,
                Some(Row::Cells(number, cells)) if wanted.is_none_or(|w| number == w) => {
                    return Columns::find(&self.name, &self.map, number, &cells);
                }
                Some(Row::Refused(Some(number), _)) if wanted.is_some_and(|w| number < w) => {
                    continue;
                }
                Some(Row::Refused(_, told)) => *told,
                Some(Row::Cells(..)) | None => {
                    Diagnostic::error("import::headings", "the table has no heading row")
                        .help(
                            "the first row that is not empty must hold the headings of the columns",
                        )
                        .help("where other rows stand above it, write heading_row = 3 in the map")
                }
            };
            return Err(Box::new(super::refused(&self.name, told)));
        }
    }
}

impl<R: Iterator<Item = Row>> Iterator for Records<R> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        if matches!(self.state, State::Headings) {
            match self.headings() {
                Ok(columns) => self.state = State::Body(columns),
                Err(entry) => {
                    self.state = State::Done;
                    return Some(*entry);
                }
            }
        }
        let State::Body(columns) = &self.state else { return None };
        loop {
            let (number, cells) = match self.rows.next()? {
                Row::Empty(_) => {
                    self.empty.fetch_add(1, Ordering::Relaxed);
                    continue;
                }
                Row::Refused(number, told) => {
                    let place = match number {
                        Some(number) => format!("{}, row {number}", self.name),
                        None => self.name.clone(),
                    };
                    return Some(super::refused(&place, *told));
                }
                Row::Cells(number, cells) => (number, cells),
            };
            if cells.iter().all(|c| *c == Cell::Empty) {
                self.empty.fetch_add(1, Ordering::Relaxed);
                continue;
            }
            let place = format!("{}, row {number}", self.name);
            let loaded: Loaded = fill::fill(&self.map, columns, &place, number, &cells);
            return Some(Entry { place, loaded });
        }
    }
}
