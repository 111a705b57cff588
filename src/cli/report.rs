//! `appeal report`: what many cases have in common.

use std::path::PathBuf;

use appeal::diag::visible;
use appeal::packet::{self, SaveError};
use appeal::report::{self, Case, Duty, Report};
use appeal::ruling::{Deadline, Status};
use clap::{Args, ValueEnum, ValueHint};

use super::args::Rules;
use super::gather::{self, Gathered};
use super::out::{self, Exit};
use super::sources::Sources;
use super::today;

/// Count what many cases have in common, without pointing at anybody
///
/// Counts cases by who decides and at which stage, by plan, by reason for the denial and by duty that a
/// plan or an agency has missed, and dates kept and missed. No group of fewer than 11 is shown alone, and
/// none can be had by subtraction.
///
/// With --out the report lands in a folder as Markdown and CSV with a chart (SVG) for each table. Exits
/// with 1 if a record cannot be counted, and with 2 if the command line or the disk stands in the way.
#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    sources: Sources,

    /// How to show it
    #[arg(long, value_enum, default_value_t = Format::Markdown, value_name = "FORMAT", conflicts_with = "out")]
    format: Format,

    /// Write everything into this folder; made if it is not there, readable by you only
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    out: Option<PathBuf>,

    /// Replace files that are already there
    #[arg(long, requires = "out")]
    force: bool,

    #[command(flatten)]
    rules: Rules,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Markdown,
    Csv,
}

pub(crate) fn report(args: &ReportArgs) -> anyhow::Result<Exit> {
    let Some(sources) = args.sources.open()? else { return Ok(Exit::Faults) };
    let law = args.rules.law()?;
    let as_of = args.rules.as_of.unwrap_or_else(|| today::today(None));
    let mut cases = Vec::new();
    let mut exit = Exit::Done;
    gather::each(&sources, &law, as_of, |place, gathered| match counted(gathered) {
        Ok(case) => cases.push(case),
        Err(why) => {
            out::error(&format!("not counted: {}: {why}", visible(place)));
            exit = Exit::Faults;
        }
    })?;
    let mut ids: Vec<&str> = cases.iter().map(|c| c.id.as_str()).collect();
    ids.sort_unstable();
    for pair in ids.windows(2).filter(|pair| pair[0] == pair[1]) {
        out::error(&format!("counted once: several records have the case_id {}", pair[0]));
        exit = Exit::Faults;
    }
    let report = report::report(cases, as_of);
    match (&args.out, args.format) {
        (Some(_), _) => save(args, &report)?,
        (None, Format::Markdown) => out::result(&report::markdown(&report, false))?,
        (None, Format::Csv) => out::result(&report::csv(&report))?,
    }
    Ok(exit)
}

/// What is counted of a case. Where its services take different stages, the first stands for it.
fn counted(gathered: Gathered) -> Result<Case, String> {
    let (case, disputes) = gathered?;
    let Some(first) = disputes.first() else { return Err("it names no service".to_owned()) };
    let ruling = &first.ruling;
    let record = case.record;
    let of_services = record.services.iter().flat_map(|s| &s.ground);
    let mut deadlines: Vec<&Deadline> = Vec::new();
    for deadline in disputes.iter().flat_map(|d| &d.ruling.deadlines) {
        // A duty that several services share is one.
        if !deadlines.iter().any(|d| d.id == deadline.id && d.status == deadline.status) {
            deadlines.push(deadline);
        }
    }
    let number = |members: bool, status| {
        let of = |d: &&&Deadline| d.file_by.is_some() == members && d.status == status;
        deadlines.iter().filter(of).count()
    };
    Ok(Case {
        id: record.case_id.clone(),
        track: ruling.track.clone(),
        forum: ruling.forum.clone(),
        stage: ruling.stage.clone(),
        plan: record.coverage.plan.clone(),
        grounds: record.denial.ground.iter().chain(of_services).cloned().collect(),
        missed: deadlines.iter().filter(|d| d.status == Status::Overdue).map(|d| duty(d)).collect(),
        done: number(false, Status::Met),
        met: number(true, Status::Met),
        late: number(true, Status::Late),
    })
}

fn duty(deadline: &Deadline) -> Duty {
    Duty {
        rule: deadline.rules.first().unwrap_or(&deadline.id).clone(),
        says: format!("the {} must {}", deadline.actor, deadline.action),
    }
}

fn save(args: &ReportArgs, report: &Report) -> anyhow::Result<()> {
    let Some(folder) = &args.out else { return Ok(()) };
    let mut files = vec![
        (folder.join("report.md"), report::markdown(report, true)),
        (folder.join("report.csv"), report::csv(report)),
    ];
    for table in &report.tables {
        files.push((folder.join(format!("{}.svg", table.id)), report::chart(table)));
    }
    let bytes: Vec<(PathBuf, &[u8])> =
        files.iter().map(|(path, text)| (path.clone(), text.as_bytes())).collect();
    match packet::write(&bytes, args.force) {
        Ok(()) => {}
        Err(exists @ SaveError::Exists(_)) => anyhow::bail!(
            "{exists}; nothing was written. Use --force to replace, or --out for another folder"
        ),
        Err(disk) => return Err(disk.into()),
    }
    for (path, _) in &files {
        out::result(&format!("Written: {}\n", path.display()))?;
    }
    Ok(())
}
