//! Many records in one run: a folder of papers for each case, and a manifest that lists them all.
//!
//! A first pass over the records finds those that share a case id and those that tell of the same
//! denial (`index`); a second one rules, writes and saves, side by side ([`run()`]). Both keep a few
//! dozen bytes a record, so that memory does not grow with the size of the clinic. What was made, of
//! what, stands in the [`manifest`]; [`verify()`] holds a folder to it, and [`merge()`] puts the folders
//! of several machines together.

mod fold;
mod hash;
mod index;
mod made;
pub mod manifest;
mod merge;
mod outcome;
mod past;
mod run;
mod shard;
mod shelf;
mod sorted;
mod verify;

use std::path::{Path, PathBuf};

pub use hash::hex as sha256;
pub use made::{Explained, Folders, Made, Shop};
pub use merge::{MergeError, merge};
pub use outcome::{Outcome, outcome};
pub use run::{Order, Progress, Totals, guarded, run};
pub use shard::Shard;
pub use verify::{Checked, Found, verify};

/// Why a run stopped; what was finished before is in place, and the next run goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The disk or the system refused.
    #[error("cannot write {path}")]
    Disk {
        /// What was being written or read.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// Another run is at work in the folder.
    #[error("another run is at work in {0}; wait until it has ended, or choose another folder")]
    Busy(PathBuf),
    /// Something in the output folder that no run puts there.
    #[error("{path} is {what}; the papers of clients are not written through it")]
    Refused {
        /// Where.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// The records could not be gone through.
    #[error("the records cannot be read to their end: the program failed after {0} of them")]
    Source(usize),
    /// Another number of records than a moment ago.
    #[error("the records changed while they were read; run again")]
    Moved,
    /// A manifest that cannot be relied on.
    #[error(transparent)]
    Manifest(#[from] manifest::ManifestError),
}

impl Error {
    /// Blames the disk for a path.
    fn disk(path: &Path) -> impl Fn(std::io::Error) -> Error + use<> {
        let path = path.to_owned();
        move |source| Error::Disk { path: path.clone(), source }
    }
}
