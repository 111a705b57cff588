//! `appeal templates`: the templates of letters, for whoever writes them.

mod coverage;
mod export;
mod gallery;
mod lint;
mod list;
mod vars;

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use appeal::import;
use appeal::samples::{self, Sample};
use clap::{Args, Subcommand, ValueEnum};

use super::out::Exit;

/// Look into the templates of letters: what there is, what they may name, what no case reaches,
/// what is approved
#[derive(Debug, Args)]
pub(crate) struct TemplatesArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::ListArgs),
    Export(export::ExportArgs),
    Vars(vars::VarsArgs),
    Lint(lint::LintArgs),
    Coverage(coverage::CoverageArgs),
    Gallery(gallery::GalleryArgs),
}

/// How to show what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(crate) fn templates(args: &TemplatesArgs) -> anyhow::Result<Exit> {
    match &args.command {
        Command::List(args) => list::list(args),
        Command::Export(args) => export::export(args),
        Command::Vars(args) => vars::vars(args),
        Command::Lint(args) => lint::lint(args),
        Command::Coverage(args) => coverage::coverage(args),
        Command::Gallery(args) => gallery::gallery(args),
    }
}

/// The records that are named, each called by its case id; the cases that ship, where none is named.
fn samples(paths: &[PathBuf]) -> anyhow::Result<Vec<Sample>> {
    if paths.is_empty() {
        return Ok(samples::shipped());
    }
    let mut samples = Vec::new();
    for path in paths {
        path.metadata().with_context(|| format!("cannot read {}", path.display()))?;
        for entry in import::entries(path) {
            let id = &entry.loaded.record.case_id;
            let name = if id.is_empty() { &entry.place } else { id };
            samples.push(Sample::of(name, &entry.place, entry.loaded.toml()));
        }
    }
    if samples.is_empty() {
        bail!("there is no record in what is named");
    }
    Ok(samples)
}
