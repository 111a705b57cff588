//! `appeal import`: tables and other forms into records.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use appeal::diag::{self, Severity, count};
use appeal::import::{self, Encoding, Entry, Form, Input, Map, Save};
use chrono::NaiveDate;
use clap::{Args, ValueEnum, ValueHint};

use super::out::{self, Exit};
use super::sources::Sources;
use super::today;

/// Read records from a table or another form
///
/// Reads CSV, XLSX and JSON Lines, and says how many rows hold a good record and what is wrong with the
/// others: by row, heading and cell, all at once. With -o, each good one is written as a record of its
/// own, named by its case_id, readable by you only. One bad row never stops the others.
///
/// A table needs a map: a small file that says which column holds what, how dates are written and what
/// the words of the table mean. `--suggest-map` proposes one from the headings. Nothing is guessed: what
/// could be read two ways is refused, with the reason.
///
/// Exits with 1 if any row is not good.
#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    #[command(flatten)]
    sources: Sources,

    /// Write each good record into this folder; made if it is not there, readable by you only
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    out: Option<PathBuf>,

    /// Replace records that are already there
    #[arg(long, requires = "out")]
    force: bool,

    /// Print a proposed map for the table, from its headings
    #[arg(long, conflicts_with_all = ["out", "force", "as_of"])]
    suggest_map: bool,

    /// Check the records as of this day instead of today
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<NaiveDate>,
}

/// How sources are read.
#[derive(Debug, Args)]
pub(crate) struct Reading {
    /// The map of a table's columns (TOML)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    map: Option<PathBuf>,

    /// The form of the sources, where their names or contents do not tell it
    #[arg(long, value_enum, value_name = "FORM")]
    from: Option<FormName>,

    /// How the letters of a CSV file are stored: utf-8, or windows-1252 from older Windows programs
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<Encoding>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormName {
    Toml,
    Jsonl,
    Csv,
    Xlsx,
}

fn encoding(name: &str) -> Result<Encoding, String> {
    Encoding::find(name).ok_or_else(|| format!("known here: {}", Encoding::NAMES.join(", ")))
}

impl Reading {
    /// Reads the map, and says on standard error what is wrong with it; none where it cannot be used.
    pub(crate) fn sources(&self) -> anyhow::Result<Option<import::Sources>> {
        let mut sources = import::Sources::default();
        sources.encoding = self.encoding;
        sources.form = self.from.map(|name| match name {
            FormName::Toml => Form::Toml,
            FormName::Jsonl => Form::Jsonl,
            FormName::Csv => Form::Csv,
            FormName::Xlsx => Form::Xlsx,
        });
        if let Some(path) = &self.map {
            let name = path.display().to_string();
            let mut bytes = Vec::new();
            // A map of this size is refused by its reader.
            let most = 2 * 1024 * 1024;
            let file = File::open(path).with_context(|| format!("cannot read {name}"))?;
            file.take(most)
                .read_to_end(&mut bytes)
                .with_context(|| format!("cannot read {name}"))?;
            match Map::read(&bytes, &name) {
                Ok(map) => sources.map = Some(Arc::new(map.of_file(path))),
                Err(error) => {
                    let text = diag::render(&error.faults, &error.source_text, out::color());
                    out::message(&text);
                    return Ok(None);
                }
            }
        }
        Ok(Some(sources))
    }
}

/// Opens standard input.
pub(crate) fn stdin() -> Input {
    Box::new(io::stdin())
}

pub(crate) fn import(args: &ImportArgs) -> anyhow::Result<Exit> {
    let Some(sources) = args.sources.reading.sources()? else { return Ok(Exit::Faults) };
    if args.suggest_map {
        return suggest(args, &sources);
    }
    for path in args.sources.paths.iter().filter(|p| p.as_os_str() != "-") {
        path.metadata().with_context(|| format!("cannot read {}", path.display()))?;
    }
    let mut save = match &args.out {
        Some(folder) => Some(Save::into_folder(folder, args.force)?),
        None => None,
    };
    // Without a folder, what is wrong is what was asked for.
    let say = |text: &str| match &args.out {
        Some(_) => {
            out::message(text);
            Ok(())
        }
        None => out::result(text),
    };
    let mut tally = Tally::default();
    for entry in import::open(&args.sources.paths, &sources, stdin) {
        tally.read += 1;
        let (told, id) = faults(args, &entry);
        if !told.is_empty() {
            say(&told)?;
        }
        let Some(id) = id else {
            tally.bad += 1;
            continue;
        };
        let Some(save) = &mut save else {
            if let Some(first) = tally.ids.insert(id.to_lowercase(), entry.place.clone()) {
                tally.bad += 1;
                let refusal = import::Refusal::Twice { id, first };
                say(&format!("{}: {refusal}\n\n", entry.place))?;
            }
            continue;
        };
        if let Err(refusal) = save.add(&id, &entry.place, entry.loaded.toml())? {
            tally.bad += 1;
            say(&format!("{}: {refusal}\n\n", diag::visible(&entry.place)))?;
        }
    }
    let written = save.map(Save::finish).transpose()?;
    out::result(&tally.report(sources.empty_rows(), written.as_deref(), args.out.as_deref()))?;
    Ok(if tally.bad > 0 || tally.read == 0 { Exit::Faults } else { Exit::Done })
}

/// Says what is wrong with an entry; and its name, where it holds a record without error.
fn faults(args: &ImportArgs, entry: &Entry) -> (String, Option<String>) {
    let state = entry.loaded.record.coverage.issued_in.as_deref();
    let as_of = args.as_of.unwrap_or_else(|| today::today(state));
    let (case, mut faults) = entry.loaded.check(as_of);
    let source = &entry.loaded.source;
    let Some(case) = case else {
        return (format!("{}\n", diag::render(&faults, source, out::color())), None);
    };
    faults.retain(|f| f.severity != Severity::Note);
    let brief = faults.iter().map(|f| format!("{}: {}: {}\n", source.name, f.severity, f.message));
    (diag_lines(brief), Some(case.record.case_id))
}

fn diag_lines(lines: impl Iterator<Item = String>) -> String {
    lines.map(|l| format!("{}\n", diag::visible(l.trim_end()))).collect()
}

/// What became of the entries.
#[derive(Debug, Default)]
struct Tally {
    read: usize,
    bad: usize,
    /// Names without capitals, and where each stood first, where nothing is written.
    ids: BTreeMap<String, String>,
}

impl Tally {
    fn report(&self, empty: u64, written: Option<&[PathBuf]>, folder: Option<&Path>) -> String {
        let mut text = format!("{} read", count(self.read, "record"));
        match self.bad {
            0 if self.read == 0 => {}
            0 => text.push_str(", all of them good"),
            bad => text.push_str(&format!(": {} good, {bad} with faults", self.good(bad))),
        }
        let empty = usize::try_from(empty).unwrap_or(usize::MAX);
        if empty > 0 {
            text.push_str(&format!("; {} skipped", count(empty, "empty row")));
        }
        text.push_str(".\n");
        if let (Some(written), Some(folder)) = (written, folder) {
            let count = count(written.len(), "record");
            text.push_str(&format!("Wrote {count} to {}\n", folder.display()));
        }
        text
    }

    fn good(&self, bad: usize) -> usize {
        self.read.saturating_sub(bad)
    }
}

fn suggest(args: &ImportArgs, sources: &import::Sources) -> anyhow::Result<Exit> {
    let [path] = args.sources.paths.as_slice() else {
        anyhow::bail!("a map is proposed for one table at a time");
    };
    let name = path.display().to_string();
    let (name, input): (String, Input) = if name == "-" {
        ("standard input".to_owned(), stdin())
    } else {
        let file = File::open(path).with_context(|| format!("cannot read {name}"))?;
        (name, Box::new(file))
    };
    match import::suggest(&name, input, sources) {
        Ok(map) => {
            out::result(&map)?;
            Ok(Exit::Done)
        }
        Err(entry) => {
            let loaded = &entry.loaded;
            out::message(&diag::render(&loaded.diagnostics, &loaded.source, out::color()));
            Ok(Exit::Faults)
        }
    }
}
