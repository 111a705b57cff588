//! The lines of a journal as a manifest: in order of case id, under its final name only when whole.

use std::io::{self, BufWriter};

use tempfile::NamedTempFile;

use super::manifest::{Case, Head, NAME, Writer};
use super::past::{Journal, Place};
use super::shelf::Shelf;
use super::{Error, hash};

/// Where the line of a record stands in the journal, and what it is sorted by.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Key {
    id: Box<str>,
    /// Only of records that share an id or have none; of others the id says enough.
    place: Box<str>,
    failed: bool,
    at: Place,
}

impl Key {
    pub(super) fn new(case: &Case, alone: bool, at: Place) -> Key {
        let place = if alone { "" } else { &case.place };
        Key {
            id: case.id.as_str().into(),
            place: place.into(),
            failed: case.status.is_failure(),
            at,
        }
    }

    /// Returns the case id.
    pub(super) fn id(&self) -> &str {
        &self.id
    }
}

/// Writes the manifest. Leaves the one that is there when it says the same.
pub(super) fn finish(
    shelf: &Shelf,
    head: &Head,
    journal: &mut Journal,
    keys: &mut [Key],
) -> Result<(), Error> {
    keys.sort_unstable_by(|a, b| (&a.id, &a.place, a.at.start).cmp(&(&b.id, &b.place, b.at.start)));
    let mut write = || -> io::Result<NamedTempFile> {
        let file = NamedTempFile::new_in(shelf.scratch())?;
        let mut writer = Writer::new(BufWriter::new(file), head)?;
        for key in keys.iter() {
            let text = journal.read(key.at)?;
            writer.case(&String::from_utf8_lossy(&text), key.failed)?;
        }
        Ok(writer.end()?.into_inner()?)
    };
    let file = write().map_err(Error::disk(&shelf.root().join(NAME)))?;
    install(shelf, file)
}

/// Gives a manifest its final name, once everything it lists is on the disk.
pub(super) fn install(shelf: &Shelf, file: NamedTempFile) -> Result<(), Error> {
    let path = shelf.root().join(NAME);
    let failed = Error::disk(&path);
    if let (Ok(is), Ok(new)) = (hash::file(&path), hash::file(file.path()))
        && is == new
    {
        return Ok(());
    }
    shelf.sync()?;
    file.persist(&path).map_err(|e| failed(e.error))?;
    shelf.sync()
}
