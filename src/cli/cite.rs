//! `appeal cite`: every citation and period of a letter, held against the law on file.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use appeal::cite::{self, Checker, Found, Report, Verdict};
use appeal::diag::{self, Source};
use appeal::law::Law;
use appeal::packet::Stamp;
use chrono::NaiveDate;
use clap::{Args, ValueEnum, ValueHint};
use serde_json::{Value, json};

use super::out::{self, Exit};

/// Check every citation and time limit of a letter against the law on file
///
/// Reads any letter, whoever wrote it. A citation holds only if the law on file has it for the track and the
/// day, and lets a letter print it so; a number of days, months or hours that claims to be law holds only
/// if it is the number of what is cited for it, or of what the sentence is about. Everything else is shown
/// with its place, what is wrong and what is right.
///
/// A quotation (lines that begin with `>`, or quotation marks) that a line such as "The notice says:"
/// introduces is another's words: it is counted and not judged. Plain facts, such as "I waited 12 days",
/// are not law. What is on file but untrue of this case is not seen: this checks law, not facts.
///
/// Letters written by this program carry their track and day in their last line; for all others give
/// --track and --on. A PDF is not read itself: `pdftotext letter.pdf - | appeal cite - --track ID --on DATE`.
///
/// Exits with 1 if anything is refused.
#[derive(Debug, Args)]
pub(crate) struct CiteArgs {
    /// The letter (Markdown or plain text); `-` reads standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: PathBuf,

    /// The track whose law governs, by the id that `appeal explain` shows and files in law/ bear
    #[arg(long, value_name = "ID")]
    track: Option<String>,

    /// The day that governs: the date on the notice
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<NaiveDate>,

    /// Text for a person, or JSON for a program
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,

    /// Add a folder of law packs, or replace packs by name
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    law: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(crate) fn cite(args: &CiteArgs) -> anyhow::Result<Exit> {
    let law = match &args.law {
        Some(dir) => Law::with_dir(dir)?,
        None => Law::builtin()?,
    };
    let letter = read(&args.file)?;
    let stamp = Stamp::read(&letter.text);
    let track = args.track.clone().or(stamp.as_ref().map(|s| s.track.clone()));
    let on = args.on.or(stamp.as_ref().map(|s| s.on));
    let (Some(track), Some(on)) = (track, on) else {
        bail!(
            "the letter does not say by which law it was written; give --track (the id that `appeal \
             explain` shows) and --on (the date on the notice)"
        );
    };
    let report = Checker::new(&law, &track, on)?.check(&letter);
    match args.format {
        Format::Text if report.faults.is_empty() => {
            out::result(&format!("{}\n", told(&report)))?;
        }
        Format::Text => {
            out::result(&diag::render(&report.faults, &letter, out::color()))?;
            out::result(&format!("{}\n", told(&report)))?;
        }
        Format::Json => {
            let value = json(&report, &letter, &track, on);
            out::result(&format!("{}\n", serde_json::to_string_pretty(&value)?))?;
        }
    }
    Ok(if report.faults.is_empty() { Exit::Done } else { Exit::Faults })
}

fn read(path: &Path) -> anyhow::Result<Source> {
    let mut bytes = Vec::new();
    let mut name = path.display().to_string();
    let limit = cite::LARGEST as u64 + 1;
    if name == "-" {
        name = "standard input".to_owned();
        let stdin = std::io::stdin().lock();
        stdin.take(limit).read_to_end(&mut bytes).context("cannot read standard input")?;
    } else {
        let file = File::open(path).with_context(|| format!("cannot read {name}"))?;
        file.take(limit).read_to_end(&mut bytes).with_context(|| format!("cannot read {name}"))?;
    }
    if bytes.len() > cite::LARGEST {
        bail!("{name} is larger than {} MiB, the most that is read", cite::LARGEST >> 20);
    }
    if bytes.starts_with(b"%PDF") {
        bail!(
            "{name} is a PDF, which is not read itself; use \
             `pdftotext FILE - | appeal cite - --track ID --on DATE`"
        );
    }
    let Ok(text) = String::from_utf8(bytes) else { bail!("{name} is not text in UTF-8") };
    Ok(Source::new(name, text))
}

/// What was found, in words: `12 citations and 4 periods found; 12 and 4 are held.`
fn told(report: &Report) -> String {
    let count = |list: &[Found], noun| {
        let held = Report::count(list, Verdict::Held);
        let quoted = Report::count(list, Verdict::Quoted);
        let quoted = match quoted {
            0 => String::new(),
            n => format!(", {n} in another's words not judged"),
        };
        format!("{} found, {held} held{quoted}", diag::count(list.len(), noun))
    };
    format!("{}; {}.", count(&report.citations, "citation"), count(&report.periods, "period"))
}

fn json(report: &Report, letter: &Source, track: &str, on: NaiveDate) -> Value {
    let place = |at: usize| {
        let (line, column) = letter.position(at);
        (line, column)
    };
    let list = |all: &[Found]| -> Vec<Value> {
        all.iter()
            .map(|f| {
                let (line, column) = place(f.span.start);
                json!({
                    "line": line,
                    "column": column,
                    "text": letter.text.get(f.span.clone()).unwrap_or_default(),
                    "reading": f.reading,
                    "verdict": f.verdict.word(),
                })
            })
            .collect()
    };
    let faults: Vec<Value> = report
        .faults
        .iter()
        .map(|d| {
            let (line, column) = place(d.start().unwrap_or_default());
            json!({
                "line": line,
                "column": column,
                "code": d.code,
                "message": d.message,
                "help": d.help,
            })
        })
        .collect();
    json!({
        "schema": 1,
        "track": track,
        "on": on.to_string(),
        "held": report.faults.is_empty(),
        "citations": list(&report.citations),
        "periods": list(&report.periods),
        "faults": faults,
    })
}
