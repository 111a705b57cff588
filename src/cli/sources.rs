//! Where the records of a command come from.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use appeal::import::{self, Entries, Input};
use clap::{Args, ValueHint};
use tempfile::NamedTempFile;

use super::import::{Reading, stdin};

/// The sources of a command.
#[derive(Debug, Args)]
pub(crate) struct Sources {
    /// Records (TOML, JSON Lines, CSV, XLSX), or folders of them with all below; `-` reads standard input
    #[arg(required = true, value_name = "SOURCE", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Sources that can be gone through, as often as needed.
pub(crate) struct Opened<'a> {
    paths: &'a [PathBuf],
    sources: import::Sources,
    /// What standard input held, which gives it only once.
    spooled: Option<NamedTempFile>,
}

impl Sources {
    /// Sees that every source is there, and reads the map of columns; none where that has faults, which
    /// are then said.
    pub(crate) fn open(&self) -> anyhow::Result<Option<Opened<'_>>> {
        let Some(sources) = self.reading.sources()? else { return Ok(None) };
        let mut spooled = None;
        for path in &self.paths {
            if path.as_os_str() != "-" {
                path.metadata().with_context(|| format!("cannot read {}", path.display()))?;
            } else if spooled.is_none() {
                let mut file = NamedTempFile::new().context("cannot keep standard input")?;
                io::copy(&mut stdin(), &mut file).context("cannot keep standard input")?;
                spooled = Some(file);
            }
        }
        Ok(Some(Opened { paths: &self.paths, sources, spooled }))
    }
}

impl Opened<'_> {
    /// Goes through the records from the first.
    pub(crate) fn entries(&self) -> Entries {
        let kept = self.spooled.as_ref().map(|file| file.path().to_owned());
        import::open(self.paths, &self.sources, move || -> Input {
            match kept.and_then(|path| File::open(path).ok()) {
                Some(file) => Box::new(file),
                None => Box::new(io::empty()),
            }
        })
    }

    /// Checks that the output is not among what is read.
    pub(crate) fn apart_from(&self, out: &Path) -> anyhow::Result<()> {
        let out = real(out);
        for source in self.paths.iter().filter(|s| s.as_os_str() != "-") {
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
