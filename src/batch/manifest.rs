//! The manifest of a run, `manifest.jsonl`: one line of JSON for the run, one for each record in order
//! of case id, one that counts them.
//!
//! It holds no name of a member and no diagnosis: a record is known by its case id and by where it
//! stands. The same records, law and day give the same bytes.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::made::Made;
use super::shard::Shard;

/// Name of the file.
pub const NAME: &str = crate::import::MANIFEST;
/// Number of this form of the manifest.
pub const SCHEMA: u32 = 1;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Line {
    /// The first: what the run went by.
    Run(Head),
    /// One record.
    Case(Box<Case>),
    /// The last. A manifest without it was cut off.
    End(End),
}

/// What a run went by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// [`SCHEMA`].
    pub schema: u32,
    /// What the papers were made with.
    #[serde(flatten)]
    pub made: Made,
    /// The day asked for; none where each record went by the day of its own state.
    pub as_of: Option<NaiveDate>,
    /// Which part of the records this is; none for all of them.
    pub shard: Option<Shard>,
}

/// What became of one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The case id; empty where it could not be read.
    pub id: String,
    /// Where the record stands: path, and row where there is one.
    pub place: String,
    /// What became of it.
    pub status: Status,
    /// The day the papers speak of; none where the program failed before it knew.
    pub as_of: Option<NaiveDate>,
    /// SHA-256 of the record's text, as it is kept beside the papers.
    pub sha256: String,
    /// [`Made::key`] of what the papers were made with; another than the run's where `--keep` left
    /// earlier papers.
    pub made: String,
    /// SHA-256 of the rulings without what changes from day to day; empty where there are none.
    pub ruling: String,
    /// The plan, as its papers print it.
    pub plan: Option<String>,
    /// The grounds of the denial.
    pub grounds: Vec<String>,
    /// One ruling for each stage that the case's services take.
    pub disputes: Vec<Dispute>,
    /// Keys that a letter wants and the record lacks.
    pub blanks: Vec<String>,
    /// Ids of other cases that tell of the same denial.
    pub same_denial: Vec<String>,
    /// What is wrong with the record, errors and warnings.
    pub faults: Vec<Fault>,
    /// The files of the case, in order of name.
    pub outputs: Vec<Output>,
}

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Its letters are written.
    Complete,
    /// Its letters are written with blanks, as drafts.
    Draft,
    /// There is no letter to send now; the ruling says what to do.
    NothingToSend,
    /// Its letters would have blanks and are not written; the ruling is.
    Incomplete,
    /// Facts must be found first; the ruling says which and how.
    NeedsFacts,
    /// It could not be read, ruled on or written.
    Failed,
}

impl Status {
    /// Returns whether somebody must see to the record before anything can be sent.
    #[must_use]
    pub fn is_failure(self) -> bool {
        match self {
            Status::Complete | Status::Draft | Status::NothingToSend => false,
            Status::Incomplete | Status::NeedsFacts | Status::Failed => true,
        }
    }
}

/// A ruling, as far as reports and dockets need it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// Id of the pack that governs.
    pub track: String,
    /// The regulator's word, or `unknown`.
    pub regulator: String,
    /// Who decides the stage.
    pub forum: String,
    /// The stage to take first.
    pub stage: String,
    /// Stages whose letters go the same day.
    pub also: Vec<String>,
    /// Stages that are merely allowed now.
    pub open: Vec<String>,
    /// Whether the expedited path applies.
    pub expedited: bool,
    /// Whether every reading makes it late.
    pub late: bool,
    /// The dates that are running, have passed or were met.
    pub deadlines: Vec<Deadline>,
    /// Codes of the warnings.
    pub warnings: Vec<String>,
    /// Names of the facts that are missing.
    pub needs: Vec<String>,
    /// The stages that come next, with the first day they are open.
    pub next: Vec<Next>,
}

/// One date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// Its id, `<pack>.<stage>.<action>[.<variant>]`.
    pub id: String,
    /// Stage it belongs to.
    pub stage: String,
    /// Who must act.
    pub actor: String,
    /// The member's last day, on the earliest reading.
    pub file_by: Option<NaiveDate>,
    /// The last working day, where `file_by` is none.
    pub last_working_day: Option<NaiveDate>,
    /// The last day on a later reading.
    pub arguable_until: Option<NaiveDate>,
    /// Another's day.
    pub due: Option<NaiveDate>,
    /// After this day every reading makes the other late.
    pub late_after: Option<NaiveDate>,
    /// Where the date stands, in the words of `explain --format json`.
    pub status: String,
    /// Whether it is an agency's practice, not law.
    pub advisory: bool,
}

/// A stage that follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// Its id.
    pub stage: String,
    /// First day it is open, when that can be told.
    pub opens: Option<NaiveDate>,
}

/// Something wrong with a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// `error` or `warning`.
    pub severity: String,
    /// Its stable name.
    pub code: String,
    /// What is wrong; never what a field says.
    pub message: String,
    /// Line, from 1, where it has one.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
}

/// A file of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// Its name within the folder of the case.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: String,
}

/// How many records there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// All of them.
    pub records: usize,
    /// Those that somebody must see to.
    pub failed: usize,
}

/// Why a manifest cannot be relied on.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// It cannot be read.
    #[error("cannot read {path}")]
    Read {
        /// Where it should be.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A line is not what a run writes.
    #[error("{path}:{line}: this is not a line of a manifest")]
    Line {
        /// The manifest.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
    },
    /// It was cut off.
    #[error("{0} is cut off: the run did not end, or the file was changed")]
    CutOff(PathBuf),
    /// A later program wrote it.
    #[error("{path} has schema {schema}; this program reads schema {SCHEMA}. Use a newer version")]
    Newer {
        /// The manifest.
        path: PathBuf,
        /// Its number.
        schema: u32,
    },
}

/// Writes a line.
pub(super) fn line(line: &Line) -> io::Result<String> {
    let mut text = serde_json::to_string(line)?;
    text.push('\n');
    Ok(text)
}

/// A manifest, read from its start to its end, one record at a time.
#[derive(Debug)]
pub struct Manifest {
    path: PathBuf,
    lines: BufReader<File>,
    number: usize,
    seen: End,
    ended: bool,
    /// What the run went by.
    pub head: Head,
}

impl Manifest {
    /// Opens the manifest of a folder and reads its first line.
    ///
    /// # Errors
    ///
    /// Fails when it cannot be read or begins otherwise.
    pub fn open(folder: &Path) -> Result<Manifest, ManifestError> {
        let path = folder.join(NAME);
        let file = File::open(&path)
            .map_err(|source| ManifestError::Read { path: path.clone(), source })?;
        let mut lines = BufReader::new(file);
        let mut first = String::new();
        let strange = || ManifestError::Line { path: path.clone(), line: 1 };
        lines.read_line(&mut first).map_err(|_| strange())?;
        // The number is asked first: a newer form may have another first line.
        let number = serde_json::from_str::<serde_json::Value>(&first).ok();
        let schema = number.and_then(|v| v.get("schema")?.as_u64()).unwrap_or_default();
        if schema > u64::from(SCHEMA) {
            let schema = u32::try_from(schema).unwrap_or(u32::MAX);
            return Err(ManifestError::Newer { path, schema });
        }
        let Ok(Line::Run(head)) = serde_json::from_str(&first) else { return Err(strange()) };
        Ok(Manifest { path, lines, number: 1, seen: End::default(), ended: false, head })
    }

    /// Returns the next record; none after the last.
    ///
    /// # Errors
    ///
    /// Fails when a line is not what a run writes, or the last one is missing.
    pub fn case(&mut self) -> Result<Option<Case>, ManifestError> {
        if self.ended {
            return Ok(None);
        }
        let mut text = String::new();
        self.number += 1;
        let strange = ManifestError::Line { path: self.path.clone(), line: self.number };
        match self.lines.read_line(&mut text) {
            Ok(0) => return Err(ManifestError::CutOff(self.path.clone())),
            Ok(_) => {}
            Err(_) => return Err(strange),
        }
        match serde_json::from_str(&text) {
            Ok(Line::Case(case)) => {
                self.seen.records += 1;
                self.seen.failed += usize::from(case.status.is_failure());
                Ok(Some(*case))
            }
            Ok(Line::End(end)) if end == self.seen => {
                self.ended = true;
                Ok(None)
            }
            Ok(Line::Run(_) | Line::End(_)) => Err(strange),
            // A line without its end was cut off.
            Err(_) if !text.ends_with('\n') => Err(ManifestError::CutOff(self.path.clone())),
            Err(_) => Err(strange),
        }
    }

    /// Returns how many records were read so far; after the last, all of them.
    #[must_use]
    pub fn seen(&self) -> End {
        self.seen
    }
}

/// Writes the first line, the records and the last line to a file.
pub(super) struct Writer<W: Write> {
    out: W,
    end: End,
}

impl<W: Write> Writer<W> {
    pub(super) fn new(mut out: W, head: &Head) -> io::Result<Writer<W>> {
        out.write_all(line(&Line::Run(head.clone()))?.as_bytes())?;
        Ok(Writer { out, end: End::default() })
    }

    /// Writes the line of a record, which ends in a line end.
    pub(super) fn case(&mut self, text: &str, failed: bool) -> io::Result<()> {
        self.end.records += 1;
        self.end.failed += usize::from(failed);
        self.out.write_all(text.as_bytes())
    }

    pub(super) fn end(mut self) -> io::Result<W> {
        self.out.write_all(line(&Line::End(self.end))?.as_bytes())?;
        self.out.flush()?;
        Ok(self.out)
    }
}
