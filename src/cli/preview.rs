//! `appeal preview`: a local page that shows letters while their templates are edited.

use std::path::PathBuf;

use appeal::preview::{Order, Port, Server};
use clap::{Args, ValueHint};

use super::args::{Rules, Stock};
use super::out::{self, Exit};
use super::today;

/// Show letters in a browser while their templates are edited
///
/// Open the address that is printed. Pick a case, a letter and a day: you see the ruling, the letter as it
/// reads, its pages as they will be printed, which lines of which template made each paragraph, and every
/// name that a template may use. Save a template, a pack of law or a record, and the page follows. Where
/// something is faulty, the last good version stays, with the fault over it.
///
/// The page is served to this machine alone, and nothing leaves it. Ctrl-C ends it.
#[derive(Debug, Args)]
pub(crate) struct PreviewArgs {
    /// A denial record, or a folder of them, shown before the cases that ship with the program
    #[arg(value_name = "RECORD", value_hint = ValueHint::AnyPath)]
    records: Option<PathBuf>,

    /// Listen on this port of this machine; by default the first that is free from 3000 to 3005, else any
    #[arg(long, value_name = "N")]
    port: Option<u16>,

    #[command(flatten)]
    stock: Stock,

    #[command(flatten)]
    rules: Rules,
}

pub(crate) fn preview(args: &PreviewArgs) -> anyhow::Result<Exit> {
    let order = Order {
        records: args.records.clone(),
        templates: args.stock.templates.clone(),
        law: args.rules.law.dir.clone(),
        fonts: args.stock.font_dir.clone(),
        as_of: args.rules.as_of,
        today: today::today,
    };
    let server = Server::open(order, args.port.map_or(Port::Usual, Port::Of))?;
    out::result(&format!("http://{}/\n", server.address()))?;
    out::message("Open this address in a browser of this machine. Ctrl-C ends the preview.\n");
    server.run();
    Ok(Exit::Done)
}
