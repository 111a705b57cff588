//! Arguments that several commands share, and the steps every command begins with.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use appeal::diag::{self, Diagnostic, Severity};
use appeal::law::Law;
use appeal::layout::Fonts;
use appeal::letter::Templates;
use appeal::pdf::{self, Engine};
use appeal::record::{self, Case, Loaded};
use chrono::NaiveDate;
use clap::{Args, ValueEnum, ValueHint};

use super::supposed::Supposed;
use super::{out, today};

/// The day a command speaks of, and the law it goes by.
#[derive(Debug, Args)]
pub(crate) struct Rules {
    /// Count as of this day instead of today
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) as_of: Option<NaiveDate>,

    #[command(flatten)]
    pub(crate) law: LawDir,
}

/// The law a command goes by.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct LawDir {
    /// Add a folder of law packs, or replace packs by name
    #[arg(long = "law", value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) dir: Option<PathBuf>,
}

impl LawDir {
    /// Reads the law.
    pub(crate) fn law(&self) -> anyhow::Result<Law> {
        Ok(match &self.dir {
            Some(dir) => Law::with_dir(dir)?,
            None => Law::builtin()?,
        })
    }
}

impl Rules {
    /// Returns the day to count from: the one asked for, else today where the coverage was issued.
    pub(crate) fn day(&self, loaded: &Loaded) -> NaiveDate {
        self.as_of.unwrap_or_else(|| today::today(loaded.record.coverage.issued_in.as_deref()))
    }

    /// Returns the day to count from where no record says where the coverage was issued.
    pub(crate) fn today(&self) -> NaiveDate {
        self.as_of.unwrap_or_else(|| today::today(None))
    }

    /// The same, where events are only supposed: not before the last of them.
    pub(crate) fn day_with(&self, loaded: &Loaded, supposed: &[Supposed]) -> NaiveDate {
        let day = self.day(loaded);
        let last = supposed.iter().map(Supposed::date).max().filter(|_| self.as_of.is_none());
        last.map_or(day, |last| last.max(day))
    }

    /// Reads the law.
    pub(crate) fn law(&self) -> anyhow::Result<Law> {
        self.law.law()
    }
}

/// Templates and fonts of the user's own.
#[derive(Debug, Args)]
pub(crate) struct Stock {
    /// Use a folder of templates, which win over the built-in ones by name
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) templates: Option<PathBuf>,

    /// Use the fonts of this folder besides the built-in ones
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) font_dir: Option<PathBuf>,
}

impl Stock {
    /// Reads the templates.
    pub(crate) fn templates(&self) -> anyhow::Result<Templates> {
        Ok(match &self.templates {
            Some(dir) => Templates::with_dir(dir)?,
            None => Templates::builtin()?,
        })
    }

    /// Opens the fonts.
    pub(crate) fn fonts(&self) -> anyhow::Result<Fonts> {
        Ok(match &self.font_dir {
            Some(dir) => Fonts::with_dir(dir)?,
            None => Fonts::builtin(),
        })
    }
}

/// What a letter is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Md,
    Pdf,
}

/// What sets the PDFs.
#[derive(Debug, Args)]
pub(crate) struct Setting {
    /// What sets the PDF: `krilla`, tagged and archival, in any script; or `genpdf`, plain and in few
    /// scripts, where the program was built with it
    #[arg(long, value_enum, default_value_t = PdfEngine::Krilla, value_name = "ENGINE", hide_possible_values = true)]
    pdf_engine: PdfEngine,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PdfEngine {
    Krilla,
    Genpdf,
}

impl Setting {
    /// Returns the engine asked for, if the program was built with it.
    pub(crate) fn engine(&self) -> anyhow::Result<Engine> {
        let engine = match self.pdf_engine {
            PdfEngine::Krilla => Engine::Krilla,
            PdfEngine::Genpdf => Engine::Genpdf,
        };
        anyhow::ensure!(engine.is_built_in(), pdf::Error::NotBuiltIn(engine));
        Ok(engine)
    }
}

/// Reads a record from a file, or from standard input when the path is `-`.
pub(crate) fn load(path: &Path) -> anyhow::Result<Loaded> {
    load_with(path, &[])
}

/// Reads a record as if it held some events more.
pub(crate) fn load_with(path: &Path, supposed: &[Supposed]) -> anyhow::Result<Loaded> {
    let mut bytes = Vec::new();
    let mut name = path.display().to_string();
    // One byte more than is taken, so that the reader can say that the file is too large.
    let limit = record::LARGEST as u64 + 1;
    if name == "-" {
        name = "standard input".to_owned();
        std::io::stdin()
            .lock()
            .take(limit)
            .read_to_end(&mut bytes)
            .context("cannot read standard input")?;
    } else {
        let file = File::open(path).with_context(|| format!("cannot read {name}"))?;
        file.take(limit).read_to_end(&mut bytes).with_context(|| format!("cannot read {name}"))?;
    }
    if !supposed.is_empty() {
        name.push_str(" with --event");
    }
    supposed.iter().for_each(|event| bytes.extend_from_slice(event.toml().as_bytes()));
    Ok(record::read(&bytes, &name))
}

/// Checks a record and says on standard error what is wrong with it; the case when it can be ruled on.
pub(crate) fn case(loaded: &Loaded, as_of: NaiveDate) -> Option<Case> {
    let (case, mut faults) = loaded.check(as_of);
    if case.is_some() {
        faults.retain(|f| f.severity != Severity::Note);
    }
    if !faults.is_empty() {
        out::message(&diag::render(&faults, &loaded.source, out::color()));
    }
    case
}

/// Returns whether a record needs attention before a letter is sent: an error, or a contradiction.
pub(crate) fn needs_attention(faults: &[Diagnostic]) -> bool {
    faults.iter().any(|f| f.severity == Severity::Error || f.code == "record::contradiction")
}
