//! `appeal law`: the law on file, for whoever wants to check it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use appeal::audit::{self, CaseChange, Entry, EntryChange, Kind, Reading, Tests};
use appeal::diag::fold;
use appeal::import;
use appeal::law::{self, Law};
use appeal::layout::Fonts;
use appeal::letter::Templates;
use appeal::packet::{self, Press};
use clap::{Args, Subcommand, ValueHint};

use super::args::{LawDir, Rules};
use super::export;
use super::out::{self, Exit};

/// Look into the law on file: what it says, where it comes from, what holds it, what would change
#[derive(Debug, Args)]
pub(crate) struct LawArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(ListArgs),
    Show(ShowArgs),
    Check(CheckArgs),
    Diff(DiffArgs),
    Review(ReviewArgs),
    Export(ExportArgs),
}

/// List the packs of law, or every entry of one
#[derive(Debug, Args)]
struct ListArgs {
    /// Id of a pack, as the list without it shows
    #[arg(value_name = "PACK")]
    pack: Option<String>,

    #[command(flatten)]
    source: LawDir,
}

/// Show one rule, deadline, right, authority or address: in words, with its source, how well each part
/// is confirmed, the day it was last checked, and the tests that hold it
#[derive(Debug, Args)]
struct ShowArgs {
    /// Its id, as `appeal law list PACK`, `explain` or the law sheets give it
    #[arg(value_name = "ID")]
    id: String,

    #[command(flatten)]
    source: LawDir,
}

/// Find what is wrong with the law on file, or needs a fresh look
///
/// Faults are ids that lead nowhere, values that overlap or leave days without any, months without a
/// rounding rule, authorities that nothing cites, rules that no test names. Exits with 1 when there are
/// any. What only needs a fresh look is listed and is no fault.
#[derive(Debug, Args)]
struct CheckArgs {
    /// Also list what nobody has looked at for this many days
    #[arg(long, value_name = "DAYS")]
    max_age: Option<u64>,

    #[command(flatten)]
    rules: Rules,
}

/// Compare two versions of the law: which entries change, and for given records which dates and words
///
/// Each version is a folder of packs laid over the law that ships, or the word `builtin` for the law that
/// ships.
#[derive(Debug, Args)]
struct DiffArgs {
    /// The old version: a folder of packs, or `builtin`
    #[arg(value_name = "OLD", value_hint = ValueHint::DirPath)]
    old: PathBuf,

    /// The new version
    #[arg(value_name = "NEW", value_hint = ValueHint::DirPath)]
    new: PathBuf,

    /// Also say what changes for the records of this folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::AnyPath)]
    records: Option<PathBuf>,

    /// Count as of this day instead of today
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<chrono::NaiveDate>,
}

/// Write the law on file for a lawyer to read and sign, in Markdown and PDF
///
/// law-review says what to look at first: what letters print though nobody has read it at source, open
/// questions, known changes. law-review.PACK holds every entry of a pack with its tests in words and a
/// line to sign.
#[derive(Debug, Args)]
struct ReviewArgs {
    /// Only these packs; all of them where none is named
    #[arg(value_name = "PACK")]
    packs: Vec<String>,

    /// Where to write
    #[arg(short, long, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    output: PathBuf,

    /// Replace a review that is there
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    rules: Rules,
}

/// Write the packs of law that ship into a folder, to be read, changed, and used with --law
#[derive(Debug, Args)]
struct ExportArgs {
    /// The folder; made when it is not there
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    folder: PathBuf,

    /// Replace files that are there
    #[arg(long)]
    force: bool,
}

pub(crate) fn law(args: &LawArgs) -> anyhow::Result<Exit> {
    match &args.command {
        Command::List(args) => list(args),
        Command::Show(args) => show(args),
        Command::Check(args) => check(args),
        Command::Diff(args) => diff(args),
        Command::Review(args) => review(args),
        Command::Export(args) => {
            let files = law::FILES.files().filter_map(|f| Some((f.path().to_str()?, f.contents())));
            export::export(files, &args.folder, args.force)
        }
    }
}

fn list(args: &ListArgs) -> anyhow::Result<Exit> {
    let law = args.source.law()?;
    let pack = args.pack.as_deref();
    let Some(text) = audit::list(&law, pack, &Tests::of(&law)) else {
        let id = pack.unwrap_or_default();
        bail!("no pack `{id}`; `appeal law list` names them all");
    };
    out::result(&text)?;
    Ok(Exit::Done)
}

fn show(args: &ShowArgs) -> anyhow::Result<Exit> {
    let law = args.source.law()?;
    let all = audit::entries(&law);
    let found = audit::find(&all, &args.id);
    if found.is_empty() {
        let near = audit::nearest(&all, &args.id);
        let hint = near.map(|id| format!("; did you mean `{id}`?")).unwrap_or_default();
        bail!("nothing in the law on file is called `{}`{hint}", args.id);
    }
    let tests = Tests::of(&law);
    let texts: Vec<String> = found.iter().map(|e| audit::show(&all, e, &tests)).collect();
    out::result(&texts.join("\n"))?;
    Ok(Exit::Done)
}

fn check(args: &CheckArgs) -> anyhow::Result<Exit> {
    let law = match args.rules.law() {
        Ok(law) => law,
        Err(error) => match error.downcast_ref::<law::Error>() {
            Some(law::Error::Faults(faults)) => {
                let lines: Vec<String> = faults.iter().map(|f| fold("- ", 2, f)).collect();
                out::result(&format!("{}\n", lines.join("\n")))?;
                return Ok(Exit::Faults);
            }
            Some(law::Error::Shape { .. }) => {
                out::result(&format!("{error}\n"))?;
                return Ok(Exit::Faults);
            }
            Some(law::Error::Read { .. }) | None => return Err(error),
        },
    };
    let findings = audit::check(&law, &Tests::of(&law));
    let mut text = String::new();
    for finding in &findings {
        text.push_str(&fold("- ", 2, &format!("{}: {}", finding.id, finding.says)));
        text.push('\n');
    }
    if findings.is_empty() {
        text.push_str("No fault found.\n");
    }
    if let Some(days) = args.max_age {
        let stale = audit::stale(&law, args.rules.today(), days);
        text.push_str(&format!("\nNot looked at for {days} days: {}\n", stale.len()));
        for old in &stale {
            let line = format!("{}  {}: {}", old.checked, old.id, old.says);
            text.push_str(&fold("  ", 4, &line));
            text.push('\n');
        }
    }
    out::result(&text)?;
    Ok(if findings.is_empty() { Exit::Done } else { Exit::Faults })
}

fn version(path: &Path) -> anyhow::Result<Law> {
    if path == Path::new("builtin") {
        return Ok(Law::builtin()?);
    }
    Law::with_dir(path).with_context(|| format!("cannot use the law in {}", path.display()))
}

fn diff(args: &DiffArgs) -> anyhow::Result<Exit> {
    let (old, new) = (version(&args.old)?, version(&args.new)?);
    let mut text = String::new();
    for change in audit::law(&old, &new) {
        entry_change(&change, &mut text);
    }
    if text.is_empty() {
        text.push_str("The two say the same.\n");
    }
    let mut exit = Exit::Done;
    if let Some(records) = &args.records {
        let (templates, fonts) = (Templates::builtin()?, Fonts::builtin());
        let press = Press { templates: &templates, fonts: &fonts, pdf: None, draft: true };
        let rules = Rules { as_of: args.as_of, law: LawDir::default() };
        let (mut count, mut changed) = (0, 0);
        for entry in import::entries(records) {
            let as_of = rules.day(&entry.loaded);
            let (Some(case), _) = entry.loaded.check(as_of) else {
                out::message(&format!("{}: cannot be read; see appeal check\n", entry.place));
                exit = Exit::Faults;
                continue;
            };
            count += 1;
            if let Some(change) = audit::case(&case, &old, &new, as_of, &press) {
                changed += 1;
                case_change(&case.record.case_id, &change, &mut text);
            }
        }
        text.push_str(&format!("\n{changed} of {count} cases change.\n"));
    }
    out::result(&text)?;
    Ok(exit)
}

fn entry_change(change: &EntryChange, text: &mut String) {
    let what = match (change.was.is_empty(), change.is.is_empty()) {
        (true, _) => "new ",
        (_, true) => "gone ",
        (false, false) => "",
    };
    text.push_str(&format!("{what}{} {}\n", change.kind.word(), change.id));
    for (sign, parts) in [("-", &change.was), ("+", &change.is)] {
        for part in parts {
            text.push_str(&fold(&format!("  {sign} {}: ", part.label), 6, &part.text));
            text.push('\n');
        }
    }
}

fn case_change(id: &str, change: &CaseChange, text: &mut String) {
    text.push_str(&format!("\ncase {id}\n"));
    let day = |d: Option<chrono::NaiveDate>| d.map_or("none".to_owned(), |d| d.to_string());
    for date in &change.dates {
        let (was, is) = (day(date.was), day(date.is));
        text.push_str(&format!("  {} {}: {was} becomes {is}\n", date.id, date.what));
    }
    for words in &change.words {
        text.push_str(&format!("  {}:\n", words.paper));
        for line in &words.lines {
            text.push_str(&fold("    ", 8, line));
            text.push('\n');
        }
    }
}

fn review(args: &ReviewArgs) -> anyhow::Result<Exit> {
    let law = args.rules.law()?;
    let all: Vec<Entry> = audit::entries(&law);
    for id in &args.packs {
        if !all.iter().any(|e| e.kind == Kind::Pack && e.id == *id) {
            bail!("no pack `{id}`; `appeal law list` names them all");
        }
    }
    let as_of = args.rules.today();
    let fonts = Fonts::builtin();
    let mut papers = Vec::new();
    for reading in audit::review(&law, &args.packs, as_of, &Tests::of(&law)) {
        let Reading { name, title, markdown } = reading;
        papers.push(packet::sheet(&name, &title, markdown, as_of, &fonts)?);
    }
    let files = packet::save(&papers, true, &args.output, args.force)?;
    let lines: Vec<String> = files.iter().map(|f| format!("{}\n", f.display())).collect();
    out::result(&lines.concat())?;
    Ok(Exit::Done)
}
