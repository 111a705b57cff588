//! What can go wrong between a ruling and its letter. No message repeats a word of the record.

use std::fmt;
use std::path::PathBuf;

use super::mark;

/// Why a letter was not written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The ruling names no template for the stage.
    #[error("the ruling has no letter for the stage `{stage}`")]
    NoLetter {
        /// The stage asked for.
        stage: String,
    },
    /// A template cannot be parsed, or its rendering failed.
    #[error("{message}{}", at(.place.as_ref()))]
    Template {
        /// What is wrong.
        message: String,
        /// Where, when the engine tells.
        place: Option<Place>,
    },
    /// A template prints a value that the record does not have, without `or_blank`.
    #[error("`{file}` prints a value that is missing, after `{after}`")]
    Hole {
        /// The letter's template.
        file: String,
        /// The template's own words before the gap.
        after: String,
    },
    /// The letter holds a citation that this ruling does not let a letter print.
    #[error("`{file}` prints law that the ruling does not hold for a letter: `{citation}`")]
    UnregisteredCitation {
        /// The letter's template.
        file: String,
        /// The words that look like a citation.
        citation: String,
    },
    /// A folder or file of templates cannot be read.
    #[error("cannot read templates at {}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    /// A file of templates cannot be taken.
    #[error("{}: {why}", path.display())]
    Refused {
        /// The file.
        path: PathBuf,
        /// Why.
        why: &'static str,
    },
    /// A character for private use in the record, which would blur what is record and what is template.
    #[error("a field of the record holds a character for private use (U+{:04X})", u32::from(*.character))]
    PrivateUse {
        /// The character.
        character: char,
    },
}

/// A place in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The template's name.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The engine's report: the line and a caret.
    pub report: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

fn at(place: Option<&Place>) -> String {
    place.map(|p| format!(" ({p})")).unwrap_or_default()
}

impl From<tera::Error> for Error {
    fn from(error: tera::Error) -> Self {
        let whole = mark::redact(&error.to_string());
        let (tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report)) =
            error.kind()
        else {
            return Error::Template { message: whole, place: None };
        };
        let span = report.span();
        Error::Template {
            message: mark::redact(report.message()),
            place: Some(Place {
                file: report.filename().to_owned(),
                line: span.start_line,
                column: span.start_col + 1,
                report: whole,
            }),
        }
    }
}
