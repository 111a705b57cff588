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

/// Saves papers into a folder, which is made when it is not there. Returns the files, in order.
///
/// Every file is written in full under another name before the first gets its own, so that a full disk
/// leaves no half letter behind.
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
    let mut files: Vec<(PathBuf, &[u8])> = Vec::new();
    for paper in papers {
        if markdown {
            files.push((folder.join(format!("{}.md", paper.stem)), paper.markdown.as_bytes()));
        }
        if let Some(pdf) = &paper.pdf {
            files.push((folder.join(format!("{}.pdf", paper.stem)), &pdf.bytes));
        }
    }
    put(&files, force)?;
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

/// Puts files on disk as [`save`] does; their folders are made where they are not there.
///
/// # Errors
///
/// As [`save`].
pub fn put(files: &[(PathBuf, &[u8])], force: bool) -> Result<(), SaveError> {
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
    let disk = |path: &Path| {
        let path = path.to_owned();
        move |source: io::Error| SaveError::Disk { path, source }
    };
    let mut written = Vec::new();
    for (path, bytes) in files {
        let folder = match path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            Some(_) | None => Path::new("."),
        };
        make(folder).map_err(disk(folder))?;
        let mut file = NamedTempFile::new_in(folder).map_err(disk(path))?;
        // Not synced: a letter lost to a power cut is written again in a moment, and waiting for the
        // disk would be most of the time this takes.
        file.write_all(bytes).map_err(disk(path))?;
        written.push((path, file));
    }
    for (path, file) in written {
        if force {
            file.persist(path).map_err(|e| disk(path)(e.error))?;
        } else {
            file.persist_noclobber(path).map_err(|e| disk(path)(e.error))?;
        }
    }
    Ok(())
}

/// Makes a folder for its owner only; one that is there is left as it is.
fn make(folder: &Path) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
