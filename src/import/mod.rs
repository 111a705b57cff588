//! Records from wherever a clinic keeps them: files and folders of TOML.
//!
//! Every record of a source becomes an [`Entry`], whether it can be read or not: nothing is dropped.

use std::fs;
use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Source};
use crate::record::{self, Loaded};

/// One record of a source, read as far as it can be.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it stands, as messages name it: `intake/ana.toml`, `intake.csv, row 12`.
    pub place: String,
    /// What was read, with every fault found.
    pub loaded: Loaded,
}

/// Goes through a file or a folder, the folder with all below it, in order of path.
///
/// What cannot be opened is an entry with that fault.
pub fn entries(path: &Path) -> Box<dyn Iterator<Item = Entry> + Send> {
    let place = path.display().to_string();
    if path.is_dir() {
        return match children(path) {
            Ok(paths) => Box::new(paths.into_iter().flat_map(|p| entries(&p))),
            Err(e) => Box::new(std::iter::once(unreadable(&place, &e))),
        };
    }
    let entry = match fs::read(path) {
        Ok(bytes) => Entry { loaded: record::read(&bytes, &place), place },
        Err(e) => unreadable(&place, &e),
    };
    Box::new(std::iter::once(entry))
}

/// The folders and TOML files of a folder, in order.
fn children(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let paths = fs::read_dir(folder)?.map(|e| Ok(e?.path()));
    let mut paths = paths.collect::<std::io::Result<Vec<PathBuf>>>()?;
    paths.retain(|p| p.is_dir() || p.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml")));
    paths.sort();
    Ok(paths)
}

fn unreadable(place: &str, error: &std::io::Error) -> Entry {
    let fault = Diagnostic::error("import::unreadable", format!("cannot read {place}: {error}"));
    Entry { place: place.to_owned(), loaded: Loaded::refused(Source::new(place, ""), fault) }
}
