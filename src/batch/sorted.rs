//! The lines of a journal as a manifest: in order of case id, under its final name only when whole.

use std::io::{self, BufWriter};

use tempfile::NamedTempFile;

use super::manifest::{Case, Head, NAME, Writer};
use super::past::{Journal, Place};
use super::shelf::Shelf;
use super::{Error, hash};

/// Where the lines of all records stand in the journal, and what they are sorted by.
///
/// Their words stand one after the other in one text: of a hundred thousand records, a text each would take
/// more than the words do.
#[derive(Debug)]
pub(super) struct Keys {
    words: String,
    all: Vec<Key>,
}

#[derive(Debug)]
struct Key {
    /// Where the case id begins in the words, and behind it the place. Only records that share an id or have none
    /// have a place; of others the id says enough.
    words: usize,
    id: u32,
    place: u32,
    start: u64,
    length: u32,
    failed: bool,
}

impl Keys {
    /// Makes room for so many records.
    pub(super) fn of(records: usize) -> Keys {
        Keys { words: String::new(), all: Vec::with_capacity(records) }
    }

    /// Adds the line of a case, which has its id for itself or not.
    pub(super) fn add(&mut self, case: &Case, alone: bool, at: Place) {
        let words = self.words.len();
        let mut keep = |text: &str| {
            self.words.push_str(text);
            // A record of more than 4 GiB is refused long before.
            u32::try_from(text.len()).unwrap_or(u32::MAX)
        };
        let id = keep(&case.id);
        let place = keep(if alone { "" } else { &case.place });
        let (start, length, failed) = (at.start, at.length, case.status.is_failure());
        self.all.push(Key { words, id, place, start, length, failed });
    }

    /// Returns whether a case has this id; only once the keys are in order.
    pub(super) fn has(&self, id: &str) -> bool {
        self.all.binary_search_by(|key| key.words(&self.words).0.cmp(id)).is_ok()
    }

    fn sort(&mut self) {
        let Keys { words, all } = self;
        let order = |key: &Key| (key.words(words), key.start);
        all.sort_unstable_by(|a, b| order(a).cmp(&order(b)));
    }
}

impl Key {
    /// Returns the case id and the place.
    fn words<'a>(&self, all: &'a str) -> (&'a str, &'a str) {
        let (id, place) = (self.words + self.id as usize, self.place as usize);
        (&all[self.words..id], &all[id..id + place])
    }
}

/// Writes the manifest, with the keys in order. Leaves the one that is there when it says the same.
pub(super) fn finish(
    shelf: &Shelf,
    head: &Head,
    journal: &mut Journal,
    keys: &mut Keys,
) -> Result<(), Error> {
    keys.sort();
    let mut write = || -> io::Result<NamedTempFile> {
        let file = NamedTempFile::new_in(shelf.scratch())?;
        let mut writer = Writer::new(BufWriter::new(file), head)?;
        for &Key { start, length, failed, .. } in &keys.all {
            let text = journal.read(Place { start, length })?;
            writer.case(&String::from_utf8_lossy(&text), failed)?;
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
