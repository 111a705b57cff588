//! Approvals as they are kept: a list, and beside it each approved letter as a text that a person can read
//! and compare.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::value::Datetime;

use super::approvals::{Approvals, Approved, Save};
use crate::letter::Templates;

/// Where approvals are, within a folder of templates.
pub const FOLDER: &str = "approved";
/// The list, within that folder.
pub const LIST: &str = "approvals.toml";

/// What the list begins with.
const HEAD: &str = "\
# Letters that a person has read and approved, each as it read in one case, with the day and the SHA-256 of its
# words. The words are beside this file, in CASE/STAGE.txt. `appeal templates gallery --approve` writes both; to
# take an approval back, delete its entry.
";

/// What is wrong with approvals as they are kept.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A file cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The list is no list of approvals.
    #[error("{}: {why}", path.display())]
    List {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        why: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default)]
    approved: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    letter: String,
    template: String,
    as_of: Datetime,
    on: Datetime,
    by: Option<String>,
    sha256: String,
}

impl Approvals {
    /// Reads the approvals kept in a folder of templates; none where it keeps none.
    ///
    /// # Errors
    ///
    /// When a file cannot be read, or the list is not understood.
    pub fn load(templates: &Path) -> Result<Approvals, Fault> {
        let folder = templates.join(FOLDER);
        let path = folder.join(LIST);
        let Some(list) = text(&path)? else { return Ok(Approvals::default()) };
        let mut approvals = parse(&list, &path)?;
        for approved in &mut approvals {
            approved.text = text(&folder.join(place(&approved.name)))?;
        }
        Ok(Approvals::of(approvals))
    }

    /// Returns the approvals of the templates that ship.
    ///
    /// # Errors
    ///
    /// When the list is not understood, which a test rules out.
    pub fn shipped() -> Result<Approvals, Fault> {
        let path = Path::new(FOLDER).join(LIST);
        let shipped = |p: &Path| Templates::beside(p).map(|text| text.replace("\r\n", "\n"));
        let Some(list) = shipped(&path) else { return Ok(Approvals::default()) };
        let mut approvals = parse(&list, &path)?;
        for approved in &mut approvals {
            approved.text = shipped(&Path::new(FOLDER).join(place(&approved.name)));
        }
        Ok(Approvals::of(approvals))
    }
}

impl Save {
    /// Returns the files to write into a folder of templates: the list, and what was approved now.
    #[must_use]
    pub fn files(&self, templates: &Path) -> Vec<(PathBuf, String)> {
        let folder = templates.join(FOLDER);
        let texts =
            self.now.iter().filter_map(|a| Some((folder.join(place(&a.name)), a.text.clone()?)));
        // The list comes last: were the disk to fail before, nothing would count as approved.
        texts.chain([(folder.join(LIST), list(&self.approvals))]).collect()
    }
}

/// The path of an approved text, within the folder of approvals.
fn place(name: &str) -> PathBuf {
    let plain = |part: &str| -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' };
        let part: String = part.chars().map(plain).collect();
        // No hidden file, and no way up.
        if part.starts_with('.') { format!("-{part}") } else { part }
    };
    let (case, stage) = name.split_once('/').unwrap_or((name, "letter"));
    Path::new(&plain(case)).join(format!("{}.txt", plain(stage)))
}

/// The text of a file, its line ends as a program writes them; none where there is no file.
fn text(path: &Path) -> Result<Option<String>, Fault> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text.replace("\r\n", "\n"))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Fault::Read { path: path.to_owned(), source }),
    }
}

fn parse(list: &str, path: &Path) -> Result<Vec<Approved>, Fault> {
    let fault = |why: String| Fault::List { path: path.to_owned(), why };
    let List { approved } = toml::from_str(list).map_err(|e| fault(e.to_string()))?;
    let day = |day: Datetime, of: &str| {
        let wrong = |_| fault(format!("the entry of `{of}` has {day} where a day must be"));
        day.to_string().parse().map_err(wrong)
    };
    approved
        .into_iter()
        .map(|entry| {
            Ok(Approved {
                as_of: day(entry.as_of, &entry.letter)?,
                on: day(entry.on, &entry.letter)?,
                name: entry.letter,
                template: entry.template,
                by: entry.by,
                sha256: entry.sha256,
                text: None,
            })
        })
        .collect()
}

fn list(approvals: &Approvals) -> String {
    let mut out = HEAD.to_owned();
    for approved in approvals.iter() {
        let Approved { name, template, as_of, on, by, sha256, text: _ } = approved;
        let _ = write!(
            out,
            "\n[[approved]]\nletter   = {}\ntemplate = {}\nas_of    = {as_of}\non       = {on}\n",
            quoted(name),
            quoted(template),
        );
        if let Some(by) = by {
            let _ = writeln!(out, "by       = {}", quoted(by));
        }
        let _ = writeln!(out, "sha256   = {}", quoted(sha256));
    }
    out
}

/// A text as TOML writes it, whatever it holds.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_folder() {
        for (name, want) in [
            ("a-case/grievance", "a-case/grievance.txt"),
            ("../../etc", "-../-..-etc.txt"),
            ("../x", "-../x.txt"),
            ("a/../../x", "a/-..-..-x.txt"),
            ("", "letter.txt"),
        ] {
            let place = place(name);
            assert_eq!(place.to_string_lossy(), want, "{name}");
        }
    }

    #[test]
    fn a_name_with_anything_in_it_comes_back() {
        let by = "A \"B\" \\ C\n\u{7f}é";
        let parsed: toml::Table = format!("by = {}", quoted(by)).parse().unwrap();
        assert_eq!(parsed["by"].as_str(), Some(by));
    }
}
