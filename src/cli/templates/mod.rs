//! `appeal templates`: the templates of letters, for whoever writes them.

mod coverage;
mod export;
mod list;
mod vars;

use clap::{Args, Subcommand, ValueEnum};

use super::out::Exit;

/// Look into the templates of letters: what there is, what they may name, what no case reaches
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
    Coverage(coverage::CoverageArgs),
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
        Command::Coverage(args) => coverage::coverage(args),
    }
}
