//! `appeal check`: every fault of some records, at once.

use std::path::PathBuf;

use appeal::diag;
use clap::{Args, ValueHint};

use super::args::{Rules, load, needs_attention};
use super::out::{self, Exit};

/// Show everything that is wrong with some records
///
/// Every fault of every record is shown in one go, with its place and what to do. Exits with 1 when a
/// record has an error or says two different things about who regulates or pays for the plan.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// The denial records (TOML); `-` reads standard input
    #[arg(required = true, value_name = "RECORD", value_hint = ValueHint::FilePath)]
    records: Vec<PathBuf>,

    #[command(flatten)]
    rules: Rules,
}

pub(crate) fn check(args: &CheckArgs) -> anyhow::Result<Exit> {
    let mut attention = false;
    for path in &args.records {
        let loaded = load(path)?;
        let (_, faults) = loaded.check(args.rules.day(&loaded));
        attention |= needs_attention(&faults);
        if faults.is_empty() {
            out::result(&format!("{}: no faults found.\n", path.display()))?;
        } else {
            out::result(&diag::render(&faults, &loaded.source, out::color()))?;
        }
    }
    Ok(if attention { Exit::Faults } else { Exit::Done })
}
