//! Records of other forms kept as files of their own, named by their case alone.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

/// Records on their way into a folder. None gets its name before all are written.
#[derive(Debug)]
pub struct Save {
    folder: PathBuf,
    force: bool,
    /// By the name of the file without capitals: a disk may not tell them apart.
    files: BTreeMap<String, Waiting>,
    /// Names that are taken in the folder, without capitals.
    taken: BTreeMap<String, PathBuf>,
}

/// A record that has no name yet.
#[derive(Debug)]
struct Waiting {
    name: String,
    place: String,
    /// None where another record has the same name, so that neither is kept.
    text: Option<TempPath>,
}

/// Why a record is not kept; the others are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Two records have one name.
    #[error("`{id}` is also the case_id of {first}; neither is written")]
    Twice {
        /// The name as it stands here.
        id: String,
        /// Where it stood first.
        first: String,
    },
    /// A file is in the way.
    #[error("{} is there already; --force replaces it", .0.display())]
    Exists(PathBuf),
}

/// Why nothing is kept.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {path}")]
pub struct SaveError {
    /// What was being written.
    pub path: PathBuf,
    /// Why not.
    pub source: io::Error,
}

impl Save {
    /// Opens a folder, which is made for its owner only when it is not there.
    ///
    /// # Errors
    ///
    /// Fails when the folder cannot be made or listed.
    pub fn into_folder(folder: &Path, force: bool) -> Result<Self, SaveError> {
        let failed = |source| SaveError { path: folder.to_owned(), source };
        crate::packet::make(folder).map_err(failed)?;
        let mut taken = BTreeMap::new();
        for entry in fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
            taken.insert(name, path);
        }
        Ok(Save { folder: folder.to_owned(), force, files: BTreeMap::new(), taken })
    }

    /// Writes a record under a name of no meaning. `id` is that of a record without fault.
    ///
    /// # Errors
    ///
    /// The outer error is the disk's; the inner one says why this record is not kept.
    pub fn add(
        &mut self,
        id: &str,
        place: &str,
        toml: &str,
    ) -> Result<Result<(), Refusal>, SaveError> {
        let name = format!("{id}.toml");
        let key = name.to_lowercase();
        if let Some(first) = self.files.get_mut(&key) {
            // Which of the two is right, nobody here knows.
            first.text = None;
            return Ok(Err(Refusal::Twice { id: id.to_owned(), first: first.place.clone() }));
        }
        if let Some(path) = self.taken.get(&key) {
            let same = path.file_name().is_some_and(|n| n == name.as_str());
            if !self.force || !same {
                return Ok(Err(Refusal::Exists(path.clone())));
            }
        }
        let failed = |source| SaveError { path: self.folder.join(&name), source };
        // Made for its owner only, as every temporary file.
        let mut file = NamedTempFile::new_in(&self.folder).map_err(failed)?;
        file.write_all(toml.as_bytes()).map_err(failed)?;
        let text = Some(file.into_temp_path());
        self.files.insert(key, Waiting { name, place: place.to_owned(), text });
        Ok(Ok(()))
    }

    /// Gives every record its name; returns the files, in order.
    ///
    /// # Errors
    ///
    /// Fails when the disk refuses, or when a file of that name has come up in the meantime.
    pub fn finish(self) -> Result<Vec<PathBuf>, SaveError> {
        let mut written = Vec::new();
        for waiting in self.files.into_values() {
            let Some(text) = waiting.text else { continue };
            let path = self.folder.join(&waiting.name);
            let done = if self.force { text.persist(&path) } else { text.persist_noclobber(&path) };
            done.map_err(|e| SaveError { path: path.clone(), source: e.error })?;
            written.push(path);
        }
        written.sort();
        Ok(written)
    }
}
