//! The records of a run, from everything that is named as a source.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use appeal::import::{self, Entry};

/// The records of one source after the other.
pub(crate) type Entries = Box<dyn Iterator<Item = Entry> + Send>;

/// Opens all sources from their start; may be called again.
pub(crate) fn open(sources: &[PathBuf]) -> Entries {
    let sources = sources.to_vec();
    Box::new(sources.into_iter().flat_map(|path| import::entries(&path)))
}

/// Checks that every source is there and can be gone through twice, and that the output is not among
/// what is read.
pub(crate) fn check(sources: &[PathBuf], out: &Path) -> anyhow::Result<()> {
    let out = real(out);
    for source in sources {
        if source.as_os_str() == "-" {
            bail!("records are gone through more than once; save standard input as a file first");
        }
        let is = fs::canonicalize(source)
            .with_context(|| format!("cannot read {}", source.display()))?;
        if out.as_ref().is_some_and(|out| out.starts_with(&is)) {
            bail!(
                "the output would lie inside {}, and its records would be read again; choose another folder",
                source.display()
            );
        }
    }
    Ok(())
}

/// The path without links and dots, of as much of it as is there.
fn real(path: &Path) -> Option<PathBuf> {
    if let Ok(real) = fs::canonicalize(path) {
        return Some(real);
    }
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let parent = real(parent)?;
    match path.file_name() {
        Some(name) => Some(parent.join(name)),
        // It ends in two dots.
        None => parent.parent().map(Path::to_owned),
    }
}
