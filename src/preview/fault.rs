//! What is wrong, in the words that the page shows: where, which line, and what to do.

use std::path::Path;

use serde::Serialize;

use crate::diag::{self, Diagnostic, Severity};
use crate::law;
use crate::layout;
use crate::letter;
use crate::packet;
use crate::record::Loaded;
use crate::ruling::Conflict;

/// Something that stops a letter, its pages, or the reading of a folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Fault {
    /// What kind of file is to be mended: "A template has a fault".
    pub(super) title: &'static str,
    /// What is wrong.
    pub(super) message: String,
    /// The file; empty when none is known.
    pub(super) file: String,
    /// The line, from 1.
    pub(super) line: Option<usize>,
    /// The column in characters, from 1.
    pub(super) column: Option<usize>,
    /// The place with its source line, as a terminal would show it; may be empty.
    pub(super) report: String,
    /// What to do.
    pub(super) help: Vec<String>,
}

const SAVE: &str = "Save the file when it is mended: this message goes away by itself.";

impl Fault {
    /// Says that something is wrong, without a place.
    pub(super) fn new(title: &'static str, message: impl Into<String>) -> Fault {
        Fault {
            title,
            message: message.into(),
            file: String::new(),
            line: None,
            column: None,
            report: String::new(),
            help: Vec::new(),
        }
    }

    fn help(mut self, text: impl Into<String>) -> Fault {
        self.help.push(text.into());
        self
    }

    /// Tells of a template; `folder` is the author's own.
    pub(super) fn of_letter(error: &letter::Error, folder: Option<&Path>) -> Fault {
        let fault = Fault::new("A template has a fault", whole(error));
        match error {
            letter::Error::Template { message, place } => {
                let mut fault = Fault { message: message.clone(), ..fault };
                if let Some(place) = place {
                    fault.file = shown(&place.file, folder);
                    fault.line = Some(place.line);
                    fault.column = Some(place.column);
                    // Its first line is the message again.
                    let report = place.report.trim_end();
                    let below = report.split_once('\n').filter(|(first, _)| first.contains(message));
                    fault.report = below.map_or(report, |(_, below)| below).to_owned();
                }
                fault.help(SAVE)
            }
            letter::Error::Hole { file, .. } => Fault { file: shown(file, folder), ..fault }
                .help(
                    "Test the value with {% if … %}, or print it with | or_blank, so that the gap is \
                     marked and listed. The names on the right show which values are empty here.",
                )
                .help(SAVE),
            letter::Error::UnregisteredCitation { file, .. } => {
                Fault { file: shown(file, folder), ..fault }
                    .help(
                        "No law is typed in a template. Take the words out, or print an authority that \
                         this ruling holds with cite(id=\"…\").",
                    )
                    .help(SAVE)
            }
            letter::Error::Read { path, .. } | letter::Error::Refused { path, .. } => {
                Fault { file: path.display().to_string(), ..fault }.help(SAVE)
            }
            letter::Error::NoLetter { .. } => fault.help("Pick another stage."),
            letter::Error::PrivateUse { .. } => {
                Fault { title: "The record has a fault", ..fault }.help("Delete the character.")
            }
        }
    }

    /// Tells what stopped the pages.
    pub(super) fn of_pages(error: &packet::Error, folder: Option<&Path>) -> Fault {
        match error {
            packet::Error::Letter(error) => Fault::of_letter(error, folder),
            packet::Error::Layout(error) => Fault::of_layout(error),
            packet::Error::Pdf(error) => Fault::new("The pages cannot be printed", whole(error)),
        }
    }

    /// Tells what stopped the layout, or the reading of fonts.
    pub(super) fn of_layout(error: &layout::Error) -> Fault {
        Fault::new("The pages cannot be laid out", whole(error))
    }

    /// Tells what is wrong with the law on file.
    pub(super) fn of_law(error: &law::Error, folder: &Path) -> Fault {
        let title = "A pack of law has a fault";
        let told = match error {
            law::Error::Shape { file, source } => {
                let text = source.to_string();
                let (line, column) = place(&text);
                let message = text.trim_end().lines().next_back().unwrap_or_default().to_owned();
                Fault {
                    file: shown(file, Some(folder)),
                    line,
                    column,
                    report: text.trim_end().to_owned(),
                    ..Fault::new(title, message)
                }
            }
            law::Error::Faults(faults) => Fault {
                report: faults.join("\n"),
                ..Fault::new(title, "the law does not hold together")
            },
            law::Error::Read { path, .. } => {
                Fault { file: path.clone(), ..Fault::new(title, whole(error)) }
            }
        };
        told.help("appeal law check says the same on the command line.").help(SAVE)
    }

    /// Tells that two rules contradict each other.
    pub(super) fn of_conflict(conflict: &Conflict) -> Fault {
        Fault::new("The law on file gives no ruling", whole(conflict))
            .help("appeal explain says why.")
    }

    /// Tells what is wrong with a record.
    pub(super) fn of_record(faults: &[Diagnostic], loaded: &Loaded) -> Fault {
        let mut errors: Vec<&Diagnostic> =
            faults.iter().filter(|f| f.severity == Severity::Error).collect();
        errors.sort_by_key(|f| f.start().unwrap_or(usize::MAX));
        let first = errors.iter().find_map(|f| f.start()).map(|at| loaded.source.position(at));
        let message = match errors.as_slice() {
            [] => "the record cannot be used".to_owned(),
            [one] => one.message.clone(),
            [one, more @ ..] => {
                format!("{}, and {}", one.message, diag::count(more.len(), "more error"))
            }
        };
        Fault {
            file: diag::visible(&loaded.source.name),
            line: first.map(|(line, _)| line),
            column: first.map(|(_, column)| column),
            report: diag::render(faults, &loaded.source, false).trim_end().to_owned(),
            ..Fault::new("The record has a fault", message)
        }
        .help(SAVE)
    }
}

/// An error with everything that caused it, in one line.
fn whole(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

/// A file of the author's folder by its path, a built-in one by its name.
fn shown(file: &str, folder: Option<&Path>) -> String {
    let own = folder.map(|f| f.join(file)).filter(|p| p.is_file());
    own.map_or_else(|| file.to_owned(), |p| p.display().to_string())
}

/// The place that the reader of TOML names within its message.
fn place(text: &str) -> (Option<usize>, Option<usize>) {
    let after = |word: &str| {
        let (_, rest) = text.split_once(word)?;
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    (after("at line "), after(", column "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_taken_from_the_readers_own_words() {
        let text = "TOML parse error at line 12, column 3\n   |\n12 | x =\n   |   ^\nno value\n";
        assert_eq!(place(text), (Some(12), Some(3)));
        assert_eq!(place("no place"), (None, None));
    }
}
