//! `appeal docket`: every open date of many cases.

use std::path::{Path, PathBuf};

use appeal::diag::visible;
use appeal::docket::{self, Docket, Ruled};
use appeal::law::Law;
use appeal::packet::{self, SaveError};
use chrono::NaiveDate;
use clap::{Args, ValueEnum, ValueHint};

use super::args::Rules;
use super::gather;
use super::out::{self, Exit};
use super::sources::{Opened, Sources};
use super::today;

/// List every open date of many cases, soonest first
///
/// The docket holds the days by which members must act, the last working days before them, what plans
/// and agencies owe and have missed, and the stages that open. Cases that need facts come first; records
/// that cannot be read or ruled on are listed apart. It shows the id of a case, its owner and a short
/// title, and nothing of anybody's health.
///
/// As `ics` it is a calendar with alarms 30, 14, 7 and 1 days before the member's own dates; with --out a
/// calendar for each owner, after the record's [clinic] owner. Today is California's, for every case.
///
/// Exits with 1 if a record cannot be used, or, with --due-within, if something is due; with 2 if the
/// command line or the disk stands in the way.
#[derive(Debug, Args)]
pub(crate) struct DocketArgs {
    #[command(flatten)]
    sources: Sources,

    /// How to show it
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,

    /// Only the member's own dates that have passed or fall within this many days; exits with 1 if there
    /// are any
    #[arg(long, value_name = "DAYS")]
    due_within: Option<u32>,

    /// Write to this file, readable by you only; for ics, into this folder, a file for each owner
    #[arg(short, long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    out: Option<PathBuf>,

    /// Replace files that are already there
    #[arg(long, requires = "out")]
    force: bool,

    #[command(flatten)]
    rules: Rules,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Csv,
    Json,
    Html,
    Ics,
}

pub(crate) fn docket(args: &DocketArgs) -> anyhow::Result<Exit> {
    let Some(sources) = args.sources.open()? else { return Ok(Exit::Faults) };
    let law = args.rules.law()?;
    // One day for all, so that a night's run speaks of one day.
    let as_of = args.rules.as_of.unwrap_or_else(|| today::today(None));
    let docket = gather(&sources, &law, as_of)?;
    let docket = match args.due_within {
        Some(days) => docket.within(days),
        None => docket,
    };
    match &args.out {
        Some(path) => save(&docket, args.format, path, args.force)?,
        None => out::result(&shown(&docket, args.format)?)?,
    }
    let listed = args.out.is_none() && args.format != Format::Ics;
    if !listed {
        for unread in &docket.unread {
            out::error(&format!("{}: {}", visible(&unread.place), visible(&unread.why)));
        }
    }
    let due = args.due_within.is_some() && !docket.lines.is_empty();
    Ok(if due || !docket.unread.is_empty() { Exit::Faults } else { Exit::Done })
}

/// The docket of every record of the sources.
fn gather(sources: &Opened<'_>, law: &Law, as_of: NaiveDate) -> anyhow::Result<Docket> {
    let mut docket = Docket::new(as_of);
    gather::each(sources, law, as_of, |place, gathered| {
        let (case, today) = match gathered {
            Ok(ruled) => ruled,
            Err(why) => return docket.lack(place, why),
        };
        let before = as_of.pred_opt().and_then(|day| packet::rule(&case, law, day).ok());
        docket.add(&Ruled {
            place,
            case_id: &case.record.case_id,
            owner: case.record.clinic.owner.as_deref(),
            today: &today,
            before: before.as_deref().unwrap_or_default(),
        });
    })?;
    Ok(docket.finish())
}

fn shown(docket: &Docket, format: Format) -> anyhow::Result<String> {
    Ok(match format {
        Format::Text => docket::text(docket),
        Format::Csv => docket::csv(docket),
        Format::Json => {
            format!("{}\n", serde_json::to_string_pretty(&docket::json(docket))?)
        }
        Format::Html => docket::html(docket),
        Format::Ics => docket::ics(docket),
    })
}

fn save(docket: &Docket, format: Format, path: &Path, force: bool) -> anyhow::Result<()> {
    let files: Vec<(PathBuf, String)> = if format == Format::Ics {
        let calendars = docket::calendars(docket).into_iter();
        calendars.map(|c| (path.join(c.file), c.text)).collect()
    } else {
        vec![(path.to_owned(), shown(docket, format)?)]
    };
    let bytes: Vec<(PathBuf, &[u8])> =
        files.iter().map(|(path, text)| (path.clone(), text.as_bytes())).collect();
    match packet::write(&bytes, force) {
        Ok(()) => {}
        Err(exists @ SaveError::Exists(_)) => anyhow::bail!(
            "{exists}; nothing was written. Use --force to replace, or --out for another place"
        ),
        Err(disk) => return Err(disk.into()),
    }
    if files.is_empty() {
        out::result("There is no open date; nothing was written.\n")?;
    }
    for (path, _) in &files {
        out::result(&format!("Written: {}\n", path.display()))?;
    }
    Ok(())
}
