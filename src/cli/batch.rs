//! `appeal batch`: the letters for many records.

use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::panic;
use std::path::PathBuf;
use std::thread;

use appeal::batch::manifest::{Case, Manifest, NAME};
use appeal::batch::{self, Explained, Folders, Made, Order, Shard, Shop, Totals};
use appeal::diag;
use appeal::packet::Press;
use clap::{Args, ValueEnum, ValueHint};

use super::args::{Format, Rules, Setting, Stock};
use super::out::{self, Exit};
use super::progress::Shown;
use super::sources::Sources;
use super::today;

/// Most records that are named on the terminal; the manifest names them all.
const MOST: usize = 1000;

/// Write the letters for many records
///
/// Every case gets a folder of its own, named by its case id: the letters, the record as it was read, and
/// the ruling as `appeal explain` shows it. `manifest.jsonl` lists every record, what became of it, and
/// the sum of every file; it holds no name and no diagnosis.
///
/// One bad record never stops the others. It is named at the end, with its line and the reason. As with
/// `appeal write`, a letter with blanks is not written unless you ask for drafts; its ruling is.
///
/// A second run writes only what has changed: a letter that comes out otherwise replaces the one before. A
/// paper that is no longer made, or that somebody has edited, is moved to the folder `earlier` of its case.
/// A run that was stopped, however it was stopped, is taken up by the next.
///
/// Exits with 1 if somebody must see to a record, and with 2 if the command line or the disk stands in
/// the way.
#[derive(Debug, Args)]
pub(crate) struct BatchArgs {
    #[command(flatten)]
    sources: Sources,

    /// Folder to write into; made if it is not there, readable by you only
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    out: PathBuf,

    /// What to write the letters as
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [Format::Md, Format::Pdf], value_name = "LIST")]
    format: Vec<Format>,

    /// How to write the ruling beside them
    #[arg(long, value_enum, default_value_t = Ruling::Text, value_name = "FORMAT")]
    explain: Ruling,

    /// Write letters even with blanks, marked as drafts
    #[arg(long)]
    draft: bool,

    /// Leave a letter as it is while record and ruling have not changed, though the day has moved on
    #[arg(long, conflicts_with = "force")]
    keep: bool,

    /// Make every paper again, whatever the last run says
    #[arg(long)]
    force: bool,

    /// How many records to work on side by side [default: one for each core]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,

    /// Take one part of the records only, as in 2/8; `appeal merge` puts the parts together
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,

    #[command(flatten)]
    setting: Setting,

    #[command(flatten)]
    stock: Stock,

    #[command(flatten)]
    rules: Rules,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Ruling {
    Text,
    Json,
}

pub(crate) fn batch(args: &BatchArgs) -> anyhow::Result<Exit> {
    let engine = args.setting.engine()?;
    let Some(sources) = args.sources.open()? else { return Ok(Exit::Faults) };
    sources.apart_from(&args.out)?;
    let law = args.rules.law()?;
    let templates = args.stock.templates()?;
    let fonts = args.stock.fonts()?;
    let pdf = args.format.contains(&Format::Pdf);
    let folders = Folders {
        law: args.rules.law.dir.as_deref(),
        templates: args.stock.templates.as_deref(),
        fonts: args.stock.font_dir.as_deref(),
    };
    let made = Made {
        markdown: args.format.contains(&Format::Md),
        pdf,
        engine,
        explained: match args.explain {
            Ruling::Text => Explained::Text,
            Ruling::Json => Explained::Json,
        },
        draft: args.draft,
        ..Made::of(folders)?
    };
    let press = Press {
        templates: &templates,
        fonts: &fonts,
        pdf: pdf.then_some(engine),
        draft: args.draft,
    };
    let now = today::now();
    let order = Order {
        shop: Shop { law: &law, press, made: &made },
        open: &|| sources.entries(),
        day: &|loaded| {
            let state = loaded.record.coverage.issued_in.as_deref();
            args.rules.as_of.unwrap_or_else(|| today::on(now, state))
        },
        as_of: args.rules.as_of,
        out: &args.out,
        jobs: args.jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, usize::from),
        shard: args.shard,
        keep: args.keep,
        force: args.force,
    };
    say_where_panics_are();
    let mut shown = Shown::new();
    let done = batch::run(&order, &mut |progress| shown.tell(progress));
    shown.end();
    let totals = done?;
    attention(args)?;
    out::result(&report(args, &totals))?;
    if totals.records == 0 && args.shard.is_none() {
        out::message("warning: no records were found\n");
    }
    Ok(if totals.failed > 0 { Exit::Faults } else { Exit::Done })
}

/// A fault in the program is told by its place: its words may hold those of a record.
pub(crate) fn say_where_panics_are() {
    panic::set_hook(Box::new(|fault| {
        let place = fault.location().map(|l| format!(" at {}:{}", l.file(), l.line()));
        out::message(&format!("the program failed{}\n", place.unwrap_or_default()));
    }));
}

/// Names every record that somebody must see to, one line for each fault.
fn attention(args: &BatchArgs) -> anyhow::Result<()> {
    let mut manifest = Manifest::open(&args.out)?;
    let mut named = 0;
    while let Some(case) = manifest.case()? {
        let text = faults(&case);
        if text.is_empty() {
            continue;
        }
        named += 1;
        if named <= MOST {
            out::message(&text);
        }
    }
    if named > MOST {
        out::message(&format!("and {} more records; the manifest names them\n", named - MOST));
    }
    Ok(())
}

fn faults(case: &Case) -> String {
    let mut text = String::new();
    let failed = case.status.is_failure();
    for fault in case.faults.iter().filter(|f| failed && f.severity == "error") {
        let line = fault.line.map(|n| format!(":{n}")).unwrap_or_default();
        let column = fault.column.map(|n| format!(":{n}")).unwrap_or_default();
        let (place, code, message) = (&case.place, &fault.code, &fault.message);
        let _ = writeln!(text, "{place}{line}{column}: error[{code}]: {message}");
    }
    if !case.same_denial.is_empty() {
        let others = case.same_denial.join(", ");
        let _ = writeln!(
            text,
            "{}: warning[batch::same-denial]: case {} tells of the same denial as {others}",
            case.place, case.id
        );
    }
    text
}

fn report(args: &BatchArgs, totals: &Totals) -> String {
    let statuses: Vec<String> =
        totals.by_status.iter().map(|(word, count)| format!("{count} {word}")).collect();
    let mut text = diag::count(totals.records, "record");
    if !statuses.is_empty() {
        let _ = write!(text, ": {}", statuses.join(", "));
    }
    text.push('\n');
    let _ = match totals.written {
        0 => writeln!(text, "Nothing has changed: no file was written."),
        n => writeln!(
            text,
            "{} written, {} unchanged.",
            diag::count(n, "file"),
            diag::count(totals.unchanged, "case")
        ),
    };
    if totals.kept > 0 {
        let kept = diag::count(totals.kept, "case");
        let _ = writeln!(text, "{kept} left with earlier letters: record and ruling are the same.");
    }
    let (aside, names) = &totals.aside;
    if *aside > 0 {
        let moved = diag::count(*aside, "paper");
        let _ = writeln!(text, "{moved} moved to the folder `earlier` of the case:");
        list(&mut text, names, *aside);
    }
    let (left, names) = &totals.left;
    if *left > 0 {
        let there = diag::count(*left, "folder");
        let _ = writeln!(text, "{there} of no record of this run, left as they are:");
        list(&mut text, names, *left);
    }
    let _ = writeln!(text, "Manifest: {}", args.out.join(NAME).display());
    text
}

fn list(text: &mut String, names: &[String], all: usize) {
    const SHOWN: usize = 10;
    for name in names.iter().take(SHOWN) {
        let _ = writeln!(text, "  {name}");
    }
    if all > SHOWN {
        let _ = writeln!(text, "  and {} more", all - SHOWN);
    }
}
