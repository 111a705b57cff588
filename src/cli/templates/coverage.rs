//! `appeal templates coverage`.

use std::fmt::Write as _;
use std::path::PathBuf;

use appeal::coverage::{self, Coverage, Extent, Failed};
use appeal::diag::{self, count};
use appeal::letter::Templates;
use appeal::samples::{self, Sample, Unposed};
use clap::{Args, ValueHint};
use serde_json::{Value, json};

use super::super::args::Rules;
use super::super::out::{self, Exit};
use super::Format;

/// Find what no case reaches: words, branches, loops, blocks and includes that no letter ever passed
///
/// Writes every letter that the cases can have and notes what is passed on the way; nothing is looked up
/// in the text. Without RECORDS the cases and scenes that ship with the program are used. With --templates
/// only your own files are measured, unless you ask for --all.
///
/// Each line shown is a place (file:line:column) that nobody has seen in print: add a case that reaches it,
/// or take it out. A line that holds `{# lint: allow unreachable why #}` is a guard, which no record can
/// reach today, and is not asked for. Exits with 1 when there is a place that nobody has seen, or when a
/// record or a letter could not be made.
#[derive(Debug, Args)]
pub(super) struct CoverageArgs {
    /// Records to use instead of the shipped cases: TOML files, or folders of them with all below
    #[arg(value_name = "RECORDS", value_hint = ValueHint::AnyPath)]
    records: Vec<PathBuf>,

    /// Use a folder of templates, which win over the built-in ones by name
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    templates: Option<PathBuf>,

    /// Measure the built-in templates behind that folder too
    #[arg(long, requires = "templates")]
    all: bool,

    /// Text for a person, or JSON for a program
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,

    #[command(flatten)]
    rules: Rules,
}

pub(super) fn coverage(args: &CoverageArgs) -> anyhow::Result<Exit> {
    let templates = match &args.templates {
        Some(dir) => Templates::with_dir(dir)?,
        None => Templates::builtin()?,
    };
    let law = args.rules.law()?;
    let samples = match args.records.as_slice() {
        [] => samples::all(),
        records => super::samples(records)?,
    };
    let extent = if args.all { Extent::All } else { Extent::Own };
    let as_of = args.rules.today();
    let found = coverage::measure(&samples, &law, &templates, as_of, extent)?;
    for failed in &found.failed {
        out::message(&fault(failed, &samples));
    }
    match args.format {
        Format::Text => out::result(&told(&found))?,
        Format::Json => {
            out::result(&format!("{}\n", serde_json::to_string_pretty(&json(&found))?))?;
        }
    }
    let whole = found.failed.is_empty() && found.unreached().next().is_none();
    Ok(if whole { Exit::Done } else { Exit::Faults })
}

fn fault(failed: &Failed, samples: &[Sample]) -> String {
    match failed {
        Failed::Record { sample, why: Unposed::Faults(faults) } => {
            let sample = &samples[*sample];
            diag::render(faults, &sample.load().source, out::color())
        }
        Failed::Record { sample, why: Unposed::Conflict(_) } => {
            let name = &samples[*sample].file;
            format!("{name}: the law on file gives no ruling; `appeal explain` says why\n")
        }
        Failed::Letter { sample, stage, why } => {
            format!("{}: the letter {stage} cannot be written: {why}\n", samples[*sample].file)
        }
    }
}

fn told(found: &Coverage) -> String {
    let mut text = String::new();
    for file in found.files.iter().filter(|f| !f.unreached.is_empty()) {
        let reached = file.spots - file.unreached.len();
        let _ = writeln!(
            text,
            "{}: {} %, {reached} of {} places",
            file.file,
            file.percent(),
            file.spots
        );
        let mut outer = file.unreached.iter().peekable();
        while let Some(missed) = outer.next() {
            let mut inner = 0;
            while outer.next_if(|u| u.is_inner).is_some() {
                inner += 1;
            }
            let spot = &missed.spot;
            let place = format!("{}:{}:{}", spot.file, spot.line, spot.column);
            let more = if inner > 0 { format!(", nor {inner} in it") } else { String::new() };
            let _ = writeln!(text, "  {place} {} is not reached{more}", spot.kind.word());
            let _ = writeln!(text, "    {}", around(&missed.source, spot.column));
        }
        text.push('\n');
    }
    let missed = found.unreached().count();
    let guards = match found.guards() {
        0 => String::new(),
        guards => format!(" Guards, which no record can reach, hold {}.", count(guards, "place")),
    };
    let _ = writeln!(
        text,
        "{} in {}: {} % of {} places reached, {missed} not.{guards}",
        count(found.letters, "letter"),
        count(found.files.len(), "template"),
        found.percent(),
        found.spots()
    );
    text
}

/// The line from the column on, cut where it is long.
fn around(line: &str, column: usize) -> String {
    const SHOWN: usize = 76;
    let all: Vec<char> = line.chars().collect();
    let start = if all.len() <= SHOWN { 0 } else { column - 1 };
    let end = all.len().min(start + SHOWN);
    let cut = |is: bool| if is { "…" } else { "" };
    let words: String = all[start.min(end)..end].iter().collect();
    format!("{}{words}{}", cut(start > 0), cut(end < all.len()))
}

fn json(found: &Coverage) -> Value {
    let files: Vec<Value> = found
        .files
        .iter()
        .map(|file| {
            let unreached: Vec<Value> = file
                .unreached
                .iter()
                .map(|u| {
                    let s = &u.spot;
                    json!({ "line": s.line, "column": s.column, "kind": s.kind, "source": u.source,
                        "inner": u.is_inner })
                })
                .collect();
            json!({
                "file": file.file, "spots": file.spots, "percent": file.percent(),
                "guards": file.guards, "unreached": unreached,
            })
        })
        .collect();
    json!({
        "letters": found.letters, "spots": found.spots(), "percent": found.percent(),
        "unreached": found.unreached().count(), "guards": found.guards(), "failed": found.failed.len(), "files": files,
    })
}
