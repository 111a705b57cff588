//! The templates of a folder, within bounds.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::Error;
use super::mark;

const MAX_BYTES: u64 = 256 * 1024;
const MAX_FILES: usize = 500;
const MAX_DEPTH: usize = 8;

/// A template that lies in a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// As the engine knows it: its path below the folder, as `letters/grievance.md`.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
}

impl Entry {
    /// Reads the text.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, is too big, is not UTF-8, or holds a character for private use.
    pub fn read(&self) -> Result<String, Error> {
        let fault = |source| Error::Read { path: self.path.clone(), source };
        let refused = |why| Err(Error::Refused { path: self.path.clone(), why });
        if fs::metadata(&self.path).map_err(fault)?.len() > MAX_BYTES {
            return refused("the template is too big");
        }
        let text = fs::read_to_string(&self.path).map_err(fault)?;
        if text.chars().any(mark::is_private) {
            return refused("the template holds a character for private use");
        }
        Ok(text)
    }
}

/// Lists every `.md` below a folder, by name. Links are not followed.
///
/// # Errors
///
/// When the folder cannot be read, or holds too many or too deep.
pub fn list(folder: &Path) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::new();
    collect(folder, folder, 0, &mut entries)?;
    entries.sort();
    Ok(entries)
}

fn collect(root: &Path, folder: &Path, depth: usize, all: &mut Vec<Entry>) -> Result<(), Error> {
    let fault = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::Read { path, source }
    };
    let refused = |path: &Path, why| Err(Error::Refused { path: path.to_owned(), why });
    for entry in fs::read_dir(folder).map_err(fault(folder))? {
        let entry = entry.map_err(fault(folder))?;
        let path = entry.path();
        let kind = entry.file_type().map_err(fault(&path))?;
        if kind.is_dir() {
            if depth >= MAX_DEPTH {
                return refused(&path, "the folders are too deep");
            }
            collect(root, &path, depth + 1, all)?;
            continue;
        }
        let is_template = path.extension().is_some_and(|e| e == "md");
        if !kind.is_file() || !is_template {
            continue;
        }
        if all.len() >= MAX_FILES {
            return refused(&path, "there are too many templates");
        }
        let Some(name) = path.strip_prefix(root).ok().and_then(Path::to_str) else {
            return refused(&path, "the name is not readable text");
        };
        let name = name.replace('\\', "/");
        all.push(Entry { name, path });
    }
    Ok(())
}
