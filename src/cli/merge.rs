//! `appeal merge`: the parts of a run, put together.

use std::path::PathBuf;

use appeal::batch::{self, MergeError};
use appeal::diag;
use clap::{Args, ValueHint};

use super::out::{self, Exit};

/// Put the folders of several runs together
///
/// Copies every case into one folder with one manifest. From all parts of a run (`appeal batch --shard`)
/// that is, byte for byte, what one run over all records writes.
///
/// Nothing is written, and the exit code is 1, if a part is missing, if two folders have a case under one
/// id, or if the runs went by different law, templates, fonts, day or options.
#[derive(Debug, Args)]
pub(crate) struct MergeArgs {
    /// Folders that `appeal batch` has written
    #[arg(required = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    folders: Vec<PathBuf>,

    /// Folder to write into; made if it is not there, readable by you only
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    out: PathBuf,
}

pub(crate) fn merge(args: &MergeArgs) -> anyhow::Result<Exit> {
    match batch::merge(&args.folders, &args.out) {
        Ok(end) => {
            let records = diag::count(end.records, "record");
            let folders = diag::count(args.folders.len(), "folder");
            out::result(&format!("{records} from {folders}, {} failed.\n", end.failed))?;
            Ok(Exit::Done)
        }
        Err(MergeError::Run(world)) => Err(world.into()),
        Err(
            refused @ (MergeError::Differ { .. }
            | MergeError::Parts(_)
            | MergeError::Collisions(_)
            | MergeError::Changed(_)
            | MergeError::Itself(_)),
        ) => {
            out::error(&refused.to_string());
            Ok(Exit::Faults)
        }
    }
}
