//! Writes what ships with the program into a folder, so that it can be read and changed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
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
    let there: Vec<String> = files
        .iter()
        .filter(|(path, _)| !force && path.symlink_metadata().is_ok())
        .map(|(path, _)| path.display().to_string())
        .collect();
    if !there.is_empty() {
        bail!("already there: {}; --force replaces them", there.join(", "));
    }
    let mut text = String::new();
    for (path, bytes) in &files {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)
                .with_context(|| format!("cannot make {}", parent.display()))?;
        }
        packet::replace(path, bytes)?;
        text.push_str(&format!("{}\n", path.display()));
    }
    out::result(&text)?;
    Ok(Exit::Done)
}
