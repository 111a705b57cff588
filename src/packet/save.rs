//! Puts papers on disk: whole or not at all, readable by their owner only, never over an older letter.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::Paper;

/// Why papers were not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// Letters of an earlier run are in the way.
    #[error("already there: {}", .0.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join(", "))]
    Exists(Vec<PathBuf>),
    /// The disk refused.
    #[error("cannot write {path}")]
    Disk {
        /// What was being written.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

impl SaveError {
    /// Blames the disk for a path.
    pub fn disk(path: &Path) -> impl Fn(io::Error) -> SaveError + use<> {
        let path = path.to_owned();
        move |source| SaveError::Disk { path: path.clone(), source }
    }
}

/// Returns the name and content of each file of some papers, in order.
#[must_use]
pub fn files(papers: &[Paper], markdown: bool) -> Vec<(String, &[u8])> {
    let mut files: Vec<(String, &[u8])> = Vec::new();
    for paper in papers {
        if markdown {
            files.push((format!("{}.md", paper.stem), paper.markdown.as_bytes()));
        }
        if let Some(pdf) = &paper.pdf {
            files.push((format!("{}.pdf", paper.stem), &pdf.bytes));
        }
    }
    files
}

/// Saves papers into a folder, which is made when it is not there. Returns the files, in order.
///
/// # Errors
///
/// Fails when a file is there already and `force` is off, or when the disk refuses; nothing new is left
/// under a final name unless the disk fails between two renames.
pub fn save(
    papers: &[Paper],
    markdown: bool,
    folder: &Path,
    force: bool,
) -> Result<Vec<PathBuf>, SaveError> {
    let files: Vec<(PathBuf, &[u8])> =
        files(papers, markdown).into_iter().map(|(n, bytes)| (folder.join(n), bytes)).collect();
    write(&files, force)?;
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

/// Writes files as [`save`] does; their folders are made where they are not there.
///
/// # Errors
///
/// As [`save`].
pub fn write(files: &[(PathBuf, &[u8])], force: bool) -> Result<(), SaveError> {
    if !force {
        let there: Vec<PathBuf> = files
            .iter()
            .map(|(p, _)| p)
            .filter(|p| p.symlink_metadata().is_ok())
            .cloned()
            .collect();
        if !there.is_empty() {
            return Err(SaveError::Exists(there));
        }
    }
    let mut staged = Vec::new();
    for file in files {
        let folder = match file.0.parent() {
            Some(folder) if folder != Path::new("") => folder,
            Some(_) | None => Path::new("."),
        };
        make(folder).map_err(SaveError::disk(folder))?;
        staged.extend(stage(std::slice::from_ref(file), folder)?);
    }
    put(staged, force)
}

/// A file written in full under another name, and the path it is to have.
pub type Staged = (PathBuf, NamedTempFile);

/// Writes files in full under other names, in a folder of the same disk, so that a full disk leaves no
/// half letter behind. They vanish again unless they are [`put`].
///
/// # Errors
///
/// Fails when the disk refuses.
pub fn stage(files: &[(PathBuf, &[u8])], scratch: &Path) -> Result<Vec<Staged>, SaveError> {
    let mut staged = Vec::new();
    for (path, bytes) in files {
        let mut file = NamedTempFile::new_in(scratch).map_err(SaveError::disk(path))?;
        // Not synced: a letter lost to a power cut is written again in a moment, and waiting for the
        // disk would be most of the time this takes.
        file.write_all(bytes).map_err(SaveError::disk(path))?;
        staged.push((path.clone(), file));
    }
    Ok(staged)
}

/// Gives each file its own name, in place of an older one only where `replace` says so.
///
/// # Errors
///
/// Fails when the disk refuses, or a file is in the way.
pub fn put(staged: Vec<Staged>, replace: bool) -> Result<(), SaveError> {
    for (path, file) in staged {
        if replace {
            file.persist(&path).map_err(|e| SaveError::disk(&path)(e.error))?;
        } else {
            file.persist_noclobber(&path).map_err(|e| SaveError::disk(&path)(e.error))?;
        }
    }
    Ok(())
}

/// Makes a folder for its owner only; one that is there is left as it is.
///
/// # Errors
///
/// Fails when it cannot be made.
pub fn make(folder: &Path) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
