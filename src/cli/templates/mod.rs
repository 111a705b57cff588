//! `appeal templates`: the templates of letters, for whoever writes them.

mod lint;

use clap::{Args, Subcommand};

use super::out::Exit;

/// Look into the templates of letters: what there is, what they may name, what no case reaches
#[derive(Debug, Args)]
pub(crate) struct TemplatesArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Lint(lint::LintArgs),
}

pub(crate) fn templates(args: &TemplatesArgs) -> anyhow::Result<Exit> {
    match &args.command {
        Command::Lint(args) => lint::lint(args),
    }
}
