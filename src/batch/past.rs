//! What earlier runs wrote into a folder: its manifest, and the journal of a run that was stopped.
//!
//! Only where each line stands is kept in memory; a line is read again when it is asked for.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde::Deserialize;

use super::manifest::{Case, Line};
use super::{Error, hash, shelf};

/// Where a line of a file stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) start: u64,
    pub(super) length: u32,
}

/// Lines of one file, by case id.
pub(super) struct Past {
    file: Mutex<File>,
    /// In order of the sum of the id; of two lines of one case the later comes last.
    lines: Vec<([u8; 16], Place)>,
    /// How far the file holds whole lines.
    end: u64,
}

/// As much of a line as is needed to find it again.
#[derive(Deserialize)]
struct Known {
    #[serde(default)]
    id: String,
}

impl Past {
    /// Goes through a file of lines; none where there is no such file.
    pub(super) fn open(path: &Path) -> Result<Option<Past>, Error> {
        match path.symlink_metadata() {
            Ok(met) if met.is_file() => {}
            Ok(_) | Err(_) => return Ok(None),
        }
        let file = File::open(path).map_err(Error::disk(path))?;
        Past::of(file).map(Some).map_err(Error::disk(path))
    }

    fn of(mut file: File) -> io::Result<Past> {
        file.seek(SeekFrom::Start(0))?;
        let mut reader = BufReader::new(file);
        let (mut lines, mut end) = (Vec::new(), 0);
        let mut line = Vec::new();
        loop {
            line.clear();
            let n = reader.read_until(b'\n', &mut line)? as u64;
            // A line without its end was cut off when its run was stopped.
            let whole = line.last() == Some(&b'\n');
            let known = whole.then(|| serde_json::from_slice::<Known>(&line).ok()).flatten();
            let (Some(known), Ok(length)) = (known, u32::try_from(n)) else { break };
            if !known.id.is_empty() {
                lines.push((hash::short(&[&known.id]), Place { start: end, length }));
            }
            end += n;
        }
        lines.sort_by_key(|(sum, place)| (*sum, place.start));
        Ok(Past { file: Mutex::new(reader.into_inner()), lines, end })
    }

    /// Returns what the file says of a case, last.
    pub(super) fn case(&self, id: &str) -> Option<Case> {
        let sum = hash::short(&[id]);
        let after = self.lines.partition_point(|(s, _)| *s <= sum);
        let (found, place) = self.lines.get(after.checked_sub(1)?)?;
        if *found != sum {
            return None;
        }
        let text =
            read(&mut self.file.lock().unwrap_or_else(PoisonError::into_inner), *place).ok()?;
        match serde_json::from_slice(&text) {
            Ok(Line::Case(case)) if case.id == id => Some(*case),
            Ok(_) | Err(_) => None,
        }
    }
}

/// Reads one line.
pub(super) fn read(file: &mut File, place: Place) -> io::Result<Vec<u8>> {
    let mut text = vec![0; place.length as usize];
    file.seek(SeekFrom::Start(place.start))?;
    file.read_exact(&mut text)?;
    Ok(text)
}

/// The lines of this run, in the order in which its cases are finished. When the run is stopped, the
/// next one finds them here.
pub(super) struct Journal {
    file: File,
    end: u64,
}

impl Journal {
    /// Opens the journal, after what a stopped run wrote into it.
    pub(super) fn open(path: &Path) -> Result<(Journal, Option<Past>), Error> {
        let past = Past::open(path)?;
        let end = past.as_ref().map_or(0, |p| p.end);
        let file = shelf::private().open(path).map_err(Error::disk(path))?;
        file.set_len(end).map_err(Error::disk(path))?;
        Ok((Journal { file, end }, past))
    }

    /// Adds a line.
    pub(super) fn add(&mut self, text: &str) -> io::Result<Place> {
        let place =
            Place { start: self.end, length: u32::try_from(text.len()).unwrap_or(u32::MAX) };
        self.file.seek(SeekFrom::Start(self.end))?;
        self.file.write_all(text.as_bytes())?;
        self.end += text.len() as u64;
        Ok(place)
    }

    /// Reads a line again.
    pub(super) fn read(&mut self, place: Place) -> io::Result<Vec<u8>> {
        read(&mut self.file, place)
    }
}
