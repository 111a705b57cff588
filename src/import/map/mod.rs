//! The map of columns: which column of a table holds which key of a record.
//!
//! A map is a TOML file in the shape of a record, in which each key names a column instead of a value:
//!
//! ```toml
//! map  = 1
//! date = "MM/DD/YYYY"                     # how this table writes dates
//!
//! case_id = "Matter ID"
//!
//! [member]
//! name      = { columns = ["First Name", "Last Name"] }
//! member_id = { column = "Member No", width = 9 }
//!
//! [denial]
//! outcome = { column = "Outcome", values = { "HMO denied" = "denied" } }
//! ground  = { column = "Reasons", split = ";" }
//!
//! [[event]]
//! repeat = 3                              # {n} becomes 1, 2, 3
//! kind   = "Event {n}"
//! date   = "Event {n} Date"
//! ```

mod day;
mod read;
mod rule;

use std::path::{Path, PathBuf};

use crate::diag::Span;
use crate::record::keys::{Key, TableDef};

pub(super) use day::{DateForm, Read, toml};
pub use read::MapError;

/// A map of columns, read and found without fault.
#[derive(Clone, Debug)]
pub struct Map {
    /// What the map is called in messages.
    pub name: String,
    /// The file it was read from, which is no record.
    pub(super) path: Option<PathBuf>,
    pub(super) settings: Settings,
    pub(super) groups: Vec<Group>,
}

impl Map {
    /// Notes the file that the map was read from, so that it is not taken for a record of its folder.
    #[must_use]
    pub fn of_file(mut self, path: &Path) -> Self {
        self.path = path.canonicalize().ok();
        self
    }
}

/// What a map says of the table as a whole.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    pub(super) encoding: Option<Encoding>,
    pub(super) separator: Option<u8>,
    pub(super) sheet: Option<String>,
    /// The row that holds the headings, from 1; else the first that is not empty.
    pub(super) heading_row: Option<u64>,
    pub(super) date: Option<DateForm>,
    /// Cells that say nothing, such as `N/A`, in plain form.
    pub(super) blank: Vec<String>,
}

/// How the characters of a CSV are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// The encoding of everything that is not told otherwise.
    Utf8,
    /// The encoding of older Windows programs in Western countries.
    Windows1252,
}

impl Encoding {
    /// Names, as the map and the command line write them.
    pub const NAMES: [&str; 2] = ["utf-8", "windows-1252"];

    /// Finds an encoding by its name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" => Some(Encoding::Utf8),
            "windows-1252" | "cp1252" => Some(Encoding::Windows1252),
            _ => None,
        }
    }
}

/// One table of the record to be filled from a row.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) table: &'static TableDef,
    pub(super) rules: Vec<Rule>,
}

/// One key of the record, and where its value comes from.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) key: &'static Key,
    pub(super) takes: Takes,
    pub(super) values: Vec<Translation>,
    pub(super) date: Option<DateForm>,
    /// What stands between the entries of a list within one cell.
    pub(super) split: Option<String>,
    /// Number of characters that the value must have.
    pub(super) width: Option<usize>,
    /// What to write when every cell is empty, as TOML.
    pub(super) empty: Option<String>,
    /// Where the rule stands in the map.
    pub(super) span: Span,
}

/// What a cell becomes.
#[derive(Clone, Debug)]
pub(super) struct Translation {
    /// The cell, as the map writes it and in plain form.
    pub(super) cell: String,
    pub(super) plain: String,
    /// Nothing, one word, or for lists several.
    pub(super) words: Vec<String>,
}

/// Where a value comes from.
#[derive(Clone, Debug)]
pub(super) enum Takes {
    /// Columns: one list for each entry of the value, its parts joined by spaces.
    Columns(Vec<Vec<String>>),
    /// The same for every row, as TOML.
    Constant(String),
}

impl Rule {
    /// Returns the columns of each entry of the value; none for a constant.
    pub(super) fn items(&self) -> &[Vec<String>] {
        match &self.takes {
            Takes::Columns(columns) => columns,
            Takes::Constant(_) => &[],
        }
    }

    /// Returns every column that the rule names.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.items().iter().flatten().map(String::as_str)
    }
}

/// Returns a heading or a cell without capitals and without space around or doubled, to compare it.
pub(super) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
