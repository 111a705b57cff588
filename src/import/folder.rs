//! The files of a folder and of all below it, in order of path.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::MANIFEST;
use super::form::Form;

/// Goes through a folder; `without` is left out, whatever path leads to it.
pub(super) fn files(folder: &Path, without: Option<PathBuf>) -> Files {
    Files { first: Some(folder.to_owned()), open: Vec::new(), seen: BTreeSet::new(), without }
}

/// Files that may hold records, and folders that cannot be opened.
pub(super) struct Files {
    /// Where to begin; none once it has begun.
    first: Option<PathBuf>,
    /// Folders that are gone through, each within the one before it.
    open: Vec<Open>,
    /// Folders that were opened, by their true path: a link may lead back to one of them.
    seen: BTreeSet<PathBuf>,
    without: Option<PathBuf>,
}

/// A folder and the names in it that are left, the next one last. Names and not paths: of a hundred thousand
/// files in one folder, the folder's own path would be most of the memory.
struct Open {
    folder: PathBuf,
    names: Vec<Box<OsStr>>,
}

impl Files {
    /// Takes the next path.
    fn pop(&mut self) -> Option<PathBuf> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        loop {
            let Open { folder, names } = self.open.last_mut()?;
            match names.pop() {
                Some(name) => return Some(folder.join(&*name)),
                None => drop(self.open.pop()),
            }
        }
    }

    /// Opens a folder and puts what it holds before everything else that is left.
    fn open(&mut self, folder: &Path) -> io::Result<()> {
        if !self.seen.insert(folder.canonicalize()?) {
            return Ok(());
        }
        let mut names: Vec<Box<OsStr>> = Vec::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if !is_hidden(&path) && !path.ends_with(MANIFEST) && may_hold_records(&path) {
                names.extend(path.file_name().map(Box::from));
            }
        }
        names.sort_unstable_by(|a, b| b.cmp(a));
        names.shrink_to_fit();
        self.open.push(Open { folder: folder.to_owned(), names });
        Ok(())
    }

    fn is_left_out(&self, path: &Path) -> bool {
        self.without.is_some() && path.canonicalize().ok() == self.without
    }
}

/// Whether a path is a folder, or a file of a form that holds records. A link that leads nowhere is kept, so
/// that it is named among what cannot be read; a pipe or a device is not, because it may never end.
fn may_hold_records(path: &Path) -> bool {
    match path.metadata() {
        Ok(about) => about.is_dir() || (about.is_file() && Form::holds_records(path)),
        Err(_) => Form::holds_records(path),
    }
}

/// Whether a name begins as those of hidden files, or of the locks that office programs leave.
fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || name.starts_with("~$")
}

impl Iterator for Files {
    type Item = Result<PathBuf, (PathBuf, io::Error)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let path = self.pop()?;
            if !path.is_dir() {
                if self.is_left_out(&path) {
                    continue;
                }
                return Some(Ok(path));
            }
            if let Err(error) = self.open(&path) {
                return Some(Err((path, error)));
            }
        }
    }
}
