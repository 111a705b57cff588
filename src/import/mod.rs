//! Records from wherever a clinic keeps them: files and folders of TOML, JSON Lines, and tables (CSV
//! and XLSX) with a map of their columns.
//!
//! Every record of a source becomes an [`Entry`], whether it can be read or not: nothing is dropped, and
//! one bad row never stops the others. A command that takes a list of paths, with `-` for standard
//! input, opens them all at once:
//!
//! ```
//! use std::path::PathBuf;
//! use appeal::import::{self, Sources};
//!
//! let sources = Sources::default(); // or `Sources::mapped(map)`, where there are tables
//! let paths = [PathBuf::from("fixtures/full.toml"), PathBuf::from("-")];
//! let stdin = || Box::new(&b"schema = 1\n"[..]) as import::Input; // `io::stdin()` in a command
//! for entry in import::open(&paths, &sources, stdin) {
//!     let (case, faults) = entry.loaded.check("2026-11-21".parse()?);
//!     println!("{}: {} faults", entry.place, faults.len());
//! }
//! # Ok::<(), chrono::ParseError>(())
//! ```
//!
//! The faults of a row are told with the row, the heading and the cell: `entry.loaded.source` is the row
//! as the person sees it. What is kept beside a letter is `entry.loaded.toml()`.

mod draft;
mod folder;
mod form;
mod json;
mod jsonl;
mod map;
mod save;
mod suggest;
mod table;

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::diag::{Diagnostic, Source};
use crate::record::{self, Loaded};

pub use form::Form;
pub use map::{Encoding, Map, MapError};
pub use save::{Refusal, Save, SaveError};
pub use suggest::suggest;

/// One record of a source, read as far as it can be.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it stands, as messages name it: `intake/ana.toml`, `intake.csv, row 12`.
    pub place: String,
    /// What was read, with every fault found.
    pub loaded: Loaded,
}

/// The list that a run of many records leaves in the folder it writes; no source of records.
pub const MANIFEST: &str = "manifest.jsonl";

/// Entries, one after the other, as they are read.
pub type Entries = Box<dyn Iterator<Item = Entry> + Send>;

/// Something to read from once.
pub type Input = Box<dyn Read + Send>;

/// What is known of sources before they are opened.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Which column of a table holds which key.
    pub map: Option<Arc<Map>>,
    /// The form of files named one by one and of standard input, where their name or content does not
    /// tell.
    pub form: Option<Form>,
    /// How the characters of CSV files are written; goes before what the map says.
    pub encoding: Option<Encoding>,
    /// Rows in which nothing stands, counted while the entries are read.
    empty: Arc<AtomicU64>,
}

/// Goes through paths in their order; `-` is standard input, which is opened when its turn comes.
pub fn open(
    paths: &[PathBuf],
    sources: &Sources,
    stdin: impl FnOnce() -> Input + Send + 'static,
) -> Entries {
    let sources = sources.clone();
    let mut stdin = Some(stdin);
    let mut again = false;
    let paths: Vec<PathBuf> = paths.into();
    Box::new(paths.into_iter().flat_map(move |path| {
        if path.as_os_str() != "-" {
            return sources.entries(&path);
        }
        match stdin.take() {
            Some(stdin) => sources.read("standard input", stdin()),
            // Named twice, it has nothing more to give.
            None if !again => {
                again = true;
                let told = Diagnostic::error("import::stdin", "standard input is named twice")
                    .help("name `-` once");
                Box::new(std::iter::once(refused("standard input", told)))
            }
            None => Box::new(std::iter::empty()),
        }
    }))
}

/// Goes through a file or a folder, the folder with all below it, in order of path.
///
/// What cannot be opened is an entry with that fault.
pub fn entries(path: &Path) -> Entries {
    Sources::default().entries(path)
}

impl Sources {
    /// Reads tables by a map, and everything else as it is.
    #[must_use]
    pub fn mapped(map: Map) -> Self {
        Sources { map: Some(Arc::new(map)), ..Sources::default() }
    }

    /// Goes through a file or a folder, the folder with all below it, in order of path.
    ///
    /// In a folder, files of every form that the program knows are read; hidden files and the map itself
    /// are not. A link is followed, and no folder is read twice.
    pub fn entries(&self, path: &Path) -> Entries {
        if path.is_dir() {
            let own = self.map.as_ref().and_then(|m| m.path.clone());
            let sources = Sources { form: None, ..self.clone() };
            let files = folder::files(path, own);
            return Box::new(files.flat_map(move |found| match found {
                Ok(path) => sources.file(&path),
                Err((path, error)) => {
                    Box::new(std::iter::once(unreadable(&path.display().to_string(), &error)))
                }
            }));
        }
        self.file(path)
    }

    /// Reads records from something that has no path.
    pub fn read(&self, name: &str, mut input: Input) -> Entries {
        let mut front = Vec::new();
        if let Err(error) = (&mut input).take(form::FRONT).read_to_end(&mut front) {
            return Box::new(std::iter::once(unreadable(name, &error)));
        }
        let form = self.form.unwrap_or_else(|| Form::of_content(&front, self.map.is_some()));
        self.of_form(form, name, Box::new(Cursor::new(front).chain(input)))
    }

    /// Returns how many rows were empty in the tables read so far.
    #[must_use]
    pub fn empty_rows(&self) -> u64 {
        self.empty.load(Ordering::Relaxed)
    }

    fn file(&self, path: &Path) -> Entries {
        let name = path.display().to_string();
        let form = match self.form.map_or_else(|| Form::of_name(path), Ok) {
            Ok(form) => form,
            Err(told) => return Box::new(std::iter::once(refused(&name, *told))),
        };
        match File::open(path) {
            Ok(file) => self.of_form(form, &name, Box::new(file)),
            Err(error) => Box::new(std::iter::once(unreadable(&name, &error))),
        }
    }

    fn of_form(&self, form: Form, name: &str, input: Input) -> Entries {
        let once = |entry| Box::new(std::iter::once(entry));
        match form {
            Form::Toml => once(match bytes(input, record::LARGEST as u64) {
                Ok(bytes) => Entry { loaded: record::read(&bytes, name), place: name.to_owned() },
                Err(error) => unreadable(name, &error),
            }),
            Form::Jsonl => Box::new(jsonl::Lines::new(
                name.to_owned(),
                BufReader::with_capacity(64 * 1024, input),
            )),
            Form::Csv => {
                let Some(map) = self.map.clone() else { return once(unmapped(name)) };
                let input = BufReader::with_capacity(64 * 1024, input);
                self.records(name, table::csv::Csv::open(input, &map, self.encoding), map)
            }
            Form::Xlsx => {
                let Some(map) = self.map.clone() else { return once(unmapped(name)) };
                let bytes = match bytes(input, table::xlsx::LARGEST) {
                    Ok(bytes) => bytes,
                    Err(error) => return once(unreadable(name, &error)),
                };
                if bytes.len() as u64 > table::xlsx::LARGEST {
                    let told = Diagnostic::error("import::workbook", "the workbook is too large")
                        .help("save the sheet as \"CSV UTF-8\", which may be of any size");
                    return once(refused(name, told));
                }
                self.records(name, table::xlsx::rows(bytes, &map).into_iter(), map)
            }
        }
    }

    fn records(
        &self,
        name: &str,
        rows: impl Iterator<Item = table::Row> + Send + 'static,
        map: Arc<Map>,
    ) -> Entries {
        let empty = Arc::clone(&self.empty);
        let state = table::State::Headings;
        Box::new(table::Records { name: name.to_owned(), map, rows, empty, state })
    }
}

/// Reads everything, and one byte more than is taken, so that what is too large is told from what fits.
fn bytes(input: Input, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unmapped(name: &str) -> Entry {
    let told = Diagnostic::error("import::map", "a table needs a map of its columns")
        .help(format!("name one with --map; appeal import {name} --suggest-map proposes one"));
    refused(name, told)
}

fn refused(place: &str, told: Diagnostic) -> Entry {
    Entry { place: place.to_owned(), loaded: Loaded::refused(Source::new(place, ""), told) }
}

fn unreadable(place: &str, error: &io::Error) -> Entry {
    let told = Diagnostic::error("import::unreadable", format!("cannot read {place}: {error}"));
    refused(place, told)
}
