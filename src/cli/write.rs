//! `appeal write`: the letter for one record, on disk.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use appeal::calendar::weekday_date as long;
use appeal::diag;
use appeal::packet::{self, Choice, Dispute, Paper, Press, SaveError};
use appeal::pdf::Engine;
use appeal::record::Record;
use appeal::ruling::{Deadline, Recipient, Ruling, Stage, Status};
use clap::{Args, ValueHint};

use super::args::{Format, Rules, Setting, Stock, case, load};
use super::out::{self, Exit};

/// Write the letter for one record
///
/// The letter, and every other letter that should go the same day, lands in the output folder as Markdown
/// and PDF, dated today or as of the day you name. You are told where it goes, by when, and what to do
/// next. Where there is no letter to send, you are told what to do instead.
///
/// A letter with blanks is not written: each missing key is named. `--draft` writes it anyway, with the
/// blanks marked. An older letter is never replaced without `--force`.
///
/// Exits with 1 if the record has faults or facts are missing, and with 2 if the command line or the disk
/// stands in the way.
#[derive(Debug, Args)]
pub(crate) struct WriteArgs {
    /// The denial record (TOML); `-` reads standard input
    #[arg(value_name = "RECORD", value_hint = ValueHint::FilePath)]
    record: PathBuf,

    /// Folder to write into; made if it is not there, readable by you only
    #[arg(short, long, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    out: PathBuf,

    /// Write the letter of this stage only; it must be one that is open now
    #[arg(long, value_name = "ID")]
    stage: Option<String>,

    /// What to write
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [Format::Md, Format::Pdf], value_name = "LIST")]
    format: Vec<Format>,

    /// Write even with blanks, marked as a draft
    #[arg(long)]
    draft: bool,

    /// Replace letters that are already there
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    setting: Setting,

    #[command(flatten)]
    stock: Stock,

    #[command(flatten)]
    rules: Rules,
}

pub(crate) fn write(args: &WriteArgs) -> anyhow::Result<Exit> {
    let engine = args.setting.engine()?;
    let law = args.rules.law()?;
    let loaded = load(&args.record)?;
    let as_of = args.rules.day(&loaded);
    let Some(case) = case(&loaded, as_of) else { return Ok(Exit::Faults) };
    let record = &case.record;
    let disputes = packet::rule(&case, &law, as_of)
        .with_context(|| format!("cannot rule on case {}", record.case_id))?;
    let Some(chosen) = packet::choose(&disputes, args.stage.as_deref()) else {
        out::error(&not_open(&disputes, args.stage.as_deref().unwrap_or_default()));
        return Ok(Exit::Faults);
    };
    let papers = make(args, engine, record, &chosen)?;
    let blanks = packet::blanks(&papers);
    if !blanks.is_empty() && !args.draft {
        out::message(&missing(&loaded.source.name, &blanks, &chosen));
        return Ok(Exit::Faults);
    }
    let markdown = args.format.contains(&Format::Md);
    let files = match packet::save(&papers, markdown, &args.out, args.force) {
        Ok(files) => files,
        Err(exists @ SaveError::Exists(_)) => {
            out::error(&format!(
                "{exists}; nothing was written. Use --force to replace, or -o for another folder"
            ));
            return Ok(Exit::World);
        }
        Err(disk) => return Err(disk.into()),
    };
    out::result(&report(record, &chosen, &papers, &files))?;
    let unsettled = chosen.iter().any(|(d, _)| d.ruling.regulator == "unknown");
    for hint in case.hints.iter().filter(|_| unsettled) {
        out::result(&format!("{}\n", fold("", &format!("A hint: {hint}"))))?;
    }
    Ok(if packet::asks(&chosen) { Exit::Faults } else { Exit::Done })
}

fn not_open(disputes: &[Dispute], stage: &str) -> String {
    let open: Vec<String> = disputes
        .iter()
        .flat_map(|d| packet::due(&d.ruling).into_iter().chain(d.ruling.open.iter().cloned()))
        .filter(|s| s.letter.is_some())
        .map(|s| s.id)
        .collect();
    let open = if open.is_empty() { "none has a letter now".to_owned() } else { open.join(", ") };
    format!(
        "stage `{stage}` is not open for this case; open now: {open}. `appeal explain` says why"
    )
}

fn make(
    args: &WriteArgs,
    engine: Engine,
    record: &Record,
    chosen: &[Choice<'_>],
) -> anyhow::Result<Vec<Paper>> {
    if chosen.iter().all(|(_, stages)| stages.is_empty()) {
        return Ok(Vec::new());
    }
    let templates = args.stock.templates()?;
    let fonts = args.stock.fonts()?;
    let press = Press {
        templates: &templates,
        fonts: &fonts,
        pdf: args.format.contains(&Format::Pdf).then_some(engine),
        draft: args.draft,
    };
    Ok(packet::written(record, chosen, &press)?)
}

fn missing(source: &str, blanks: &BTreeMap<&str, &str>, chosen: &[Choice<'_>]) -> String {
    let mut text =
        String::from("The letter is not complete, and nothing was written. Add to the record:\n\n");
    for (key, label) in blanks {
        let _ = writeln!(text, "  {key:<34} {label}");
    }
    text.push('\n');
    // The date must not be lost over a missing address.
    for (dispute, stages) in chosen {
        for stage in stages {
            let by = yours(&dispute.ruling)
                .find(|d| d.stage == stage.id)
                .and_then(|d| d.file_by)
                .map(|day| format!(", by {}", long(day)))
                .unwrap_or_default();
            let _ = writeln!(text, "{}", fold("", &format!("It will be: {}{by}.", stage.title)));
        }
    }
    let advice = format!(
        "The keys go into {source}. To see the letter now, with the blanks marked, add --draft."
    );
    let _ = writeln!(text, "{}", fold("", &advice));
    text
}

/// What the member is told: where the letters are, where they go, by when, and what comes next.
fn report(record: &Record, chosen: &[Choice<'_>], papers: &[Paper], files: &[PathBuf]) -> String {
    let mut text = String::new();
    for (dispute, stages) in chosen {
        let ruling = &dispute.ruling;
        let _ = writeln!(text, "{}\n", fold("", &ruling.says));
        for stage in stages {
            letter(&mut text, record, ruling, stage, papers, files);
        }
        if stages.is_empty() {
            body(&mut text, record, &ruling.recipient);
        }
        if stages.is_empty() && ruling.stage != "no-letter" {
            for deadline in yours(ruling) {
                by(&mut text, deadline);
            }
        }
        for need in &ruling.needs {
            let _ =
                writeln!(text, "{}", fold("  ", &format!("Missing: {}. {}", need.fact, need.how)));
        }
        for warning in &ruling.warnings {
            let _ = writeln!(text, "{}", fold("  ", &format!("Take care: {}", warning.message)));
        }
        for next in &ruling.next {
            let opens =
                next.opens.map(|d| format!(" That is open from {}.", long(d))).unwrap_or_default();
            let phone = next.telephone();
            let _ = writeln!(text, "{}", fold("  ", &format!("Next: {}{opens}{phone}", next.when)));
        }
        let _ = writeln!(
            text,
            "{}",
            fold(
                "  ",
                &format!(
                    "Law as checked on {}. Legal information, not legal advice; check every date against your own papers.",
                    long(ruling.law_reviewed)
                )
            )
        );
        text.push('\n');
    }
    for sheet in papers.iter().filter(|p| p.sheet) {
        let _ = writeln!(text, "For you to read and keep: {}", listed(files, &sheet.stem));
    }
    let mut trimmed = text.trim_end().to_owned();
    trimmed.push('\n');
    trimmed
}

fn letter(
    text: &mut String,
    record: &Record,
    ruling: &Ruling,
    stage: &Stage,
    papers: &[Paper],
    files: &[PathBuf],
) {
    let _ = writeln!(text, "{}", stage.title);
    for paper in papers.iter().filter(|p| p.stage == stage.id && !p.sheet) {
        let pages = paper.pdf.as_ref().map_or_else(String::new, |p| {
            format!(" ({} {})", p.count, if p.count == 1 { "page" } else { "pages" })
        });
        let _ = writeln!(text, "  Written: {}{pages}", listed(files, &paper.stem));
        if !paper.blanks.is_empty() {
            let keys: Vec<&str> = paper.blanks.iter().map(|b| b.key.as_str()).collect();
            let _ = writeln!(
                text,
                "{}",
                fold("  ", &format!("DRAFT, not complete. Still to add: {}", keys.join(", ")))
            );
        }
    }
    body(text, record, &stage.recipient);
    // The earliest date is the one to keep; `explain` shows every reading.
    if let Some(deadline) = yours(ruling).find(|d| d.stage == stage.id) {
        by(text, deadline);
    }
    let how = match (stage.recipient.plan, &stage.recipient.form) {
        (true, _) => {
            "Sign it, enclose copies of the papers it lists, send it in the way that stands above the address, and keep proof of the day it was sent."
        }
        (false, Some(_)) => {
            "Sign it, fill in the form named above, enclose copies of the papers it lists, and keep a copy of everything you send."
        }
        (false, None) => {
            "Sign it, enclose copies of the papers it lists, and keep a copy of everything you send."
        }
    };
    let _ = writeln!(text, "{}\n", fold("  ", how));
}

fn yours(ruling: &Ruling) -> impl Iterator<Item = &Deadline> {
    ruling
        .deadlines
        .iter()
        .filter(|d| d.file_by.is_some() && !matches!(d.status, Status::Met | Status::NotRunning))
}

fn by(text: &mut String, deadline: &Deadline) {
    let Some(day) = deadline.file_by else { return };
    let left = match (deadline.status, deadline.days_left) {
        (Status::Open, Some(0)) => ": today is the last day".to_owned(),
        (Status::Open, Some(1)) => ": 1 day left".to_owned(),
        (Status::Open, Some(days)) => format!(": {days} days left"),
        (Status::Late, _) => ": that day has passed; send it anyway".to_owned(),
        _ => ": that day has passed, but a later reading may hold; send it today".to_owned(),
    };
    let last = deadline
        .last_working_day
        .filter(|_| deadline.status == Status::Open)
        .map(|d| format!(". The last working day before it is {}", long(d)))
        .unwrap_or_default();
    let practice =
        if deadline.advisory { " (what the agency asks for, not a limit in the law)" } else { "" };
    let line = format!("By: {}{practice}, {}{left}{last}.", long(day), deadline.action);
    let _ = writeln!(text, "{}", fold("  ", &line));
}

fn body(text: &mut String, record: &Record, to: &Recipient) {
    let mut parts: Vec<String> = Vec::new();
    let coverage = &record.coverage;
    let (fax, phone, url) = if to.plan {
        parts.push(coverage.plan.clone().unwrap_or_else(|| "the plan".to_owned()));
        parts.extend(coverage.grievance_unit.clone());
        parts.extend(coverage.grievance_address.iter().cloned());
        (&coverage.grievance_fax, &coverage.grievance_phone, &coverage.grievance_portal)
    } else if to.name.is_empty() {
        return;
    } else {
        parts.push(to.name.clone());
        let known = !to.address.is_empty();
        parts.extend(if known { &to.address } else { &coverage.review_address }.iter().cloned());
        let fax = if known || to.fax.is_some() { &to.fax } else { &coverage.review_fax };
        (fax, &to.phone, &to.url)
    };
    let _ = writeln!(text, "{}", fold("  ", &format!("Goes to: {}", parts.join(", "))));
    let mut reach = Vec::new();
    for (word, value) in [("fax", fax), ("telephone", phone), ("web", url)] {
        if let Some(value) = value {
            reach.push(format!("{word} {value}"));
        }
    }
    if !reach.is_empty() {
        let _ = writeln!(text, "{}", fold("    ", &reach.join(", ")));
    }
    if let Some(form) = &to.form {
        let _ = writeln!(text, "{}", fold("    ", &format!("with the form: {form}")));
    }
    if let Some(note) = &to.note {
        let _ = writeln!(text, "{}", fold("    ", note));
    }
}

fn listed(files: &[PathBuf], stem: &str) -> String {
    let of_stem = |p: &&PathBuf| {
        Path::new(p).file_name().is_some_and(|n| {
            let name = n.to_string_lossy();
            name == format!("{stem}.md") || name == format!("{stem}.pdf")
        })
    };
    let names: Vec<String> =
        files.iter().filter(of_stem).map(|p| p.display().to_string()).collect();
    names.join(" and ")
}

/// Folds text to the width of a terminal; later lines stand two spaces further in.
fn fold(indent: &str, text: &str) -> String {
    diag::fold(indent, indent.len() + 2, text)
}
