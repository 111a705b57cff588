//! `appeal explain`: stage, recipient, dates, law, and why.

use std::path::PathBuf;

use anyhow::Context as _;
use appeal::packet;
use clap::{Args, ValueEnum, ValueHint};

use super::args::{Rules, case, load_with};
use super::out::{self, Exit};
use super::supposed::Supposed;

/// Explain what to do about a denial, by when, and why
///
/// Shows the stage to take, whom it goes to, every date with the steps that led to it, the law with how
/// well it is confirmed, and each rule that was considered. Exits with 0 for every ruling, also one that
/// asks for facts.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The denial record (TOML); `-` reads standard input
    #[arg(value_name = "RECORD", value_hint = ValueHint::FilePath)]
    record: PathBuf,

    /// Text for a person, or JSON for a program
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,

    /// Suppose that something more has happened: a kind of event, its date and its outcome, as in
    /// grievance-decided=2026-12-01:upheld; can be given again
    ///
    /// The kinds are those of [[event]] in a record. After a kind that ends in -decided the word is the
    /// outcome (upheld, partly, overturned); after grievance-filed it is how it was sent (mail, fax,
    /// portal, phone, email, in-person). Without --as-of the day is that of the last such event, if it
    /// lies ahead.
    #[arg(long, value_name = "KIND=DATE[:WORD]")]
    event: Vec<Supposed>,

    #[command(flatten)]
    rules: Rules,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(crate) fn explain(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let law = args.rules.law()?;
    let loaded = load_with(&args.record, &args.event)?;
    let as_of = args.rules.day_with(&loaded, &args.event);
    let Some(case) = case(&loaded, as_of) else { return Ok(Exit::Faults) };
    let disputes = packet::rule(&case, &law, as_of)
        .with_context(|| format!("cannot rule on case {}", case.record.case_id))?;
    match args.format {
        Format::Text => out::result(&packet::text(&case.record, &disputes))?,
        Format::Json => {
            let json = packet::json(&case.record, &disputes);
            out::result(&format!("{}\n", serde_json::to_string_pretty(&json)?))?;
        }
    }
    Ok(Exit::Done)
}
