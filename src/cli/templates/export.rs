//! `appeal templates export`.

use std::path::PathBuf;

use appeal::letter::Templates;
use clap::{Args, ValueHint};

use super::super::export;
use super::super::out::Exit;

/// Write the built-in templates into a folder, to be read, changed, and used with --templates
///
/// Keep only the files you change: the others then follow the next version of the program by themselves.
#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// The folder; made when it is not there
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    folder: PathBuf,

    /// Replace files that are there
    #[arg(long)]
    force: bool,
}

pub(super) fn export(args: &ExportArgs) -> anyhow::Result<Exit> {
    let texts: Vec<(&str, String)> =
        Templates::sources().into_iter().map(|(name, text)| (name, format!("{text}\n"))).collect();
    let files = texts.iter().map(|(name, text)| (*name, text.as_bytes()));
    export::export(files, &args.folder, args.force)
}
