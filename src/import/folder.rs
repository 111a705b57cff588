//! The files of a folder and of all below it, in order of path.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::MANIFEST;
use super::form::Form;

/// Goes through a folder; `without` is left out, whatever path leads to it.
pub(super) fn files(folder: &Path, without: Option<PathBuf>) -> Files {
    let todo = vec![folder.to_owned()];
    Files { todo, seen: BTreeSet::new(), without }
}

/// Files that may hold records, and folders that cannot be opened.
pub(super) struct Files {
    /// The next path last.
    todo: Vec<PathBuf>,
    /// Folders that were opened, by their true path: a link may lead back to one of them.
    seen: BTreeSet<PathBuf>,
    without: Option<PathBuf>,
}

impl Files {
    /// Opens a folder and puts what it holds before everything else that is left.
    fn open(&mut self, folder: &Path) -> io::Result<()> {
        if !self.seen.insert(folder.canonicalize()?) {
            return Ok(());
        }
        let paths = fs::read_dir(folder)?.map(|e| Ok(e?.path()));
        let mut paths = paths.collect::<io::Result<Vec<PathBuf>>>()?;
        paths.retain(|p| !is_hidden(p) && !p.ends_with(MANIFEST) && may_hold_records(p));
        paths.sort();
        self.todo.extend(paths.into_iter().rev());
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
            let path = self.todo.pop()?;
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
