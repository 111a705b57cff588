//! Writes what ships with the program into a folder, so that it can be read and changed.

use std::path::{Path, PathBuf};

use appeal::packet;

use super::out::{self, Exit};

/// Writes files, by their paths within a folder, and prints what was written; refuses to replace any
/// unless `force`, before the first is written.
pub(crate) fn export<'a>(
    files: impl Iterator<Item = (&'a str, &'a [u8])>,
    folder: &Path,
    force: bool,
) -> anyhow::Result<Exit> {
    let files: Vec<(PathBuf, &[u8])> = files.map(|(p, bytes)| (folder.join(p), bytes)).collect();
    packet::write(&files, force)?;
    let lines: Vec<String> = files.iter().map(|(p, _)| format!("{}\n", p.display())).collect();
    out::result(&lines.concat())?;
    Ok(Exit::Done)
}
