//! The one table of keys: what a record may say, in which words, and how a person finds it out.
//!
//! The reader, the JSON Schema and the reference page all follow this table. The words of facts are
//! those of [`crate::facts`]; there is no second list.

mod reference;
mod schema;
mod table;
mod words;

use crate::facts::Fact;

pub(super) use reference::describe;
pub use reference::markdown;
pub use schema::schema;
pub use table::{KEYS, TABLES};
pub use words::EVENTS;
pub(super) use words::{elsewhere, instead};

/// The schema number that this program reads.
pub const SCHEMA: i64 = 1;

/// One table of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableDef {
    /// Its name, as `coverage` or `condition.certification`; empty for the top of the file.
    pub name: &'static str,
    /// Whether it is written `[[name]]` and may come several times.
    pub many: bool,
    /// What it holds.
    pub means: &'static str,
}

/// One key of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// The table it stands in.
    pub table: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What its value looks like.
    pub kind: Kind,
    /// Whether a record without it is refused.
    pub required: bool,
    /// Whether `"unknown"` is an answer.
    pub unknown: bool,
    /// What it is, in one line.
    pub means: &'static str,
    /// How to find it, said to a worried person; may be empty.
    pub help: &'static str,
}

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line of text.
    Text,
    /// A list of lines.
    Lines,
    /// Text of any length, in paragraphs.
    Narrative,
    /// A day.
    Date,
    /// A list of days.
    Dates,
    /// A day, or a day and a local time.
    Moment,
    /// `true` or `false`.
    Bool,
    /// A whole number between two bounds.
    Integer(i64, i64),
    /// One word of a list.
    Word(Words),
    /// Several words of a list.
    Words(Words),
}

/// A closed list of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// The words of a fact.
    Fact(Fact),
    /// Words that no rule asks about.
    List(&'static [&'static str]),
}

impl Words {
    /// Returns the words.
    #[must_use]
    pub fn all(self) -> &'static [&'static str] {
        match self {
            Words::Fact(fact) => fact.def().words,
            Words::List(words) => words,
        }
    }
}

impl Key {
    /// Returns the name with its table, as `coverage.funding`.
    #[must_use]
    pub fn path(&self) -> String {
        if self.table.is_empty() {
            self.name.to_owned()
        } else {
            format!("{}.{}", self.table, self.name)
        }
    }

    /// Returns the words that the key allows; none for other kinds.
    #[must_use]
    pub fn words(&self) -> &'static [&'static str] {
        match self.kind {
            Kind::Word(words) | Kind::Words(words) => words.all(),
            Kind::Text
            | Kind::Lines
            | Kind::Narrative
            | Kind::Date
            | Kind::Dates
            | Kind::Moment
            | Kind::Bool
            | Kind::Integer(..) => &[],
        }
    }
}

/// Finds a key by table and name.
#[must_use]
pub fn find(table: &str, name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|k| k.table == table && k.name == name)
}

/// Finds a key by its path, as `coverage.funding` or `schema`.
#[must_use]
pub fn find_path(path: &str) -> Option<&'static Key> {
    KEYS.iter().find(|k| k.path() == path)
}

/// Returns the keys of a table, in order.
pub fn of(table: &str) -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(move |k| k.table == table)
}

/// Finds a table.
#[must_use]
pub fn table(name: &str) -> Option<&'static TableDef> {
    TABLES.iter().find(|t| t.name == name)
}
