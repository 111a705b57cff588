//! `appeal templates`: letters, for whoever writes them.

mod gallery;

use clap::{Args, Subcommand};

use super::out::Exit;

/// Look into the templates of the letters, and have them approved
#[derive(Debug, Args)]
pub(crate) struct TemplatesArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Gallery(gallery::GalleryArgs),
}

pub(crate) fn templates(args: &TemplatesArgs) -> anyhow::Result<Exit> {
    match &args.command {
        Command::Gallery(args) => gallery::gallery(args),
    }
}
