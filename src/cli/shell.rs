//! `appeal schema`, `completions` and `man`: what editors and shells want to know.

use appeal::record;
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::Cli;
use super::out::{self, Exit};

/// Print the JSON Schema of the record, for editors
///
/// Save it beside your records as `record.schema.json`, and begin each record with the line
/// `#:schema ./record.schema.json`.
#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {}

/// Print completions for a shell
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell to complete for
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Print the manual page
#[derive(Debug, Args)]
pub(crate) struct ManArgs {}

pub(crate) fn schema(_: &SchemaArgs) -> anyhow::Result<Exit> {
    out::result(&record::schema())?;
    Ok(Exit::Done)
}

pub(crate) fn completions(args: &CompletionsArgs) -> anyhow::Result<Exit> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "appeal", &mut text);
    out::result(&String::from_utf8_lossy(&text))?;
    Ok(Exit::Done)
}

pub(crate) fn man(_: &ManArgs) -> anyhow::Result<Exit> {
    let mut text = Vec::new();
    let mut cli = Cli::command();
    // Gives each subcommand its full name, as `appeal-write`.
    cli.build();
    clap_mangen::Man::new(cli.clone()).render(&mut text)?;
    for command in cli.get_subcommands().filter(|c| c.get_name() != "help") {
        clap_mangen::Man::new(command.clone()).render(&mut text)?;
    }
    out::result(&String::from_utf8_lossy(&text))?;
    Ok(Exit::Done)
}
