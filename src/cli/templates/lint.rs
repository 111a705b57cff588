//! `appeal templates lint`: what is wrong with templates, before a client is told.

use std::path::{Path, PathBuf};

use anyhow::bail;
use appeal::diag::{self, Severity, Source};
use appeal::lint::{self, Looked, RULES, Report, Which, rule};
use appeal::samples;
use clap::{Args, ValueEnum, ValueHint};
use serde_json::{Value, json};

use super::super::args::LawDir;
use super::super::out::{self, Exit};

/// Say what is wrong with templates, with file, line and column
///
/// Reads the templates of a folder (without --templates, the built-in ones), then writes every letter of every
/// case that the program ships with, and looks at what comes out. Each rule has a name; --explain NAME says why
/// it is there and what to do. A comment switches one rule off for its own line and the next:
///
/// {# lint: allow NAME the reason #}
///
/// Exits with 1 if there is an error, or with --deny-warnings a warning.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct LintArgs {
    /// Show only these files: paths, or names as `letters/grievance.md`
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    files: Vec<PathBuf>,

    /// Look at the templates of this folder, which win over the built-in ones by name
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    templates: Option<PathBuf>,

    /// Text for a person; JSON or SARIF 2.1.0 for editors and programs
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,

    /// Say what one rule finds, why that is bad, and what to write instead
    #[arg(long, value_name = "NAME", conflicts_with_all = ["list", "files"])]
    explain: Option<String>,

    /// List the rules
    #[arg(long, conflicts_with = "files")]
    list: bool,

    /// Exit with 1 for a warning too
    #[arg(long)]
    deny_warnings: bool,

    #[command(flatten)]
    law: LawDir,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Sarif,
}

pub(crate) fn lint(args: &LintArgs) -> anyhow::Result<Exit> {
    if let Some(name) = &args.explain {
        return explain(name);
    }
    if args.list {
        let width = RULES.iter().map(|r| r.name.len()).max().unwrap_or_default();
        let line = |r: &lint::Rule| {
            format!("{:width$}  {:7}  {}\n", r.name, r.severity.to_string(), r.sentence())
        };
        out::result(&RULES.iter().map(line).collect::<String>())?;
        return Ok(Exit::Done);
    }
    let which = args.templates.as_deref().map_or(Which::Builtin, Which::Folder);
    let mut report = lint::lint(which, &args.law.law()?, &samples::all())?;
    only(&mut report, &args.files)?;
    match args.format {
        Format::Text => out::result(&told(&report))?,
        Format::Json => {
            out::result(&format!("{}\n", serde_json::to_string_pretty(&json(&report))?))?
        }
        Format::Sarif => {
            let log = lint::sarif(&report, env!("CARGO_PKG_VERSION"));
            out::result(&format!("{}\n", serde_json::to_string_pretty(&log)?))?;
        }
    }
    let is_bad = report.count(Severity::Error) > 0
        || args.deny_warnings && report.count(Severity::Warning) > 0;
    Ok(if is_bad { Exit::Faults } else { Exit::Done })
}

fn explain(name: &str) -> anyhow::Result<Exit> {
    let Some(rule) = rule(name.strip_prefix("lint::").unwrap_or(name)) else {
        let near = diag::nearest(name, RULES.iter().map(|r| r.name));
        let near = near.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
        bail!("no rule is called `{name}`{near} `--list` shows every rule");
    };
    out::result(&format!("# {} ({})\n\n{}", rule.name, rule.severity, rule.doc()))?;
    Ok(Exit::Done)
}

/// Keeps the files that were asked for.
fn only(report: &mut Report, files: &[PathBuf]) -> anyhow::Result<()> {
    let is = |file: &Looked, asked: &Path| {
        let same = || {
            Some(Path::new(&file.source.name).canonicalize().ok()? == asked.canonicalize().ok()?)
        };
        let name = file.name.strip_prefix("builtin/").unwrap_or(&file.name);
        Path::new(&file.source.name) == asked || Path::new(name) == asked || same() == Some(true)
    };
    for asked in files {
        if !report.files.iter().any(|f| is(f, asked)) {
            bail!(
                "{} is not among the templates that were looked at; give the folder it lies in with --templates",
                asked.display()
            );
        }
    }
    if !files.is_empty() {
        report.files.retain(|f| files.iter().any(|asked| is(f, asked)));
    }
    Ok(())
}

/// What was found, in words.
fn told(report: &Report) -> String {
    let looked = diag::count(report.files.len(), "template");
    let faulty: Vec<&Looked> = report.files.iter().filter(|f| !f.faults.is_empty()).collect();
    let mut text: String =
        faulty.iter().map(|f| diag::render(&f.faults, &f.source, out::color()) + "\n").collect();
    match faulty.as_slice() {
        [] => text.push_str(&format!("{looked} looked at, and nothing found.\n")),
        some => {
            let all: Vec<_> = some.iter().flat_map(|f| f.faults.clone()).collect();
            let source = Source::new(format!("{} of {looked}", some.len()), "");
            text.push_str(&format!("{}\n", diag::summary(&all, &source)));
            let mut names: Vec<&str> =
                all.iter().filter_map(|d| d.code.strip_prefix("lint::")).collect();
            names.sort_unstable();
            names.dedup();
            let named =
                names.iter().map(|n| format!("--explain {n}")).collect::<Vec<_>>().join(", ");
            text.push_str(&format!("`appeal templates lint` says more with {named}\n"));
        }
    }
    text
}

fn json(report: &Report) -> Value {
    let place = |at: usize, source: &Source| {
        let (line, column) = source.position(at);
        json!({ "line": line, "column": column })
    };
    let mut findings = Vec::new();
    for file in &report.files {
        for d in &file.faults {
            let label = d.labels.iter().find(|l| l.primary);
            let fixes: Vec<Value> = d
                .fixes
                .iter()
                .map(|f| {
                    json!({
                        "title": f.title,
                        "start": place(f.span.start, &file.source),
                        "end": place(f.span.end, &file.source),
                        "text": f.text,
                    })
                })
                .collect();
            findings.push(json!({
                "rule": d.code.strip_prefix("lint::").unwrap_or(d.code),
                "severity": d.severity.to_string(),
                "template": file.name,
                "file": file.source.name,
                "start": label.map(|l| place(l.span.start, &file.source)),
                "end": label.map(|l| place(l.span.end, &file.source)),
                "message": d.message,
                "help": d.help,
                "fixes": fixes,
            }));
        }
    }
    json!({
        "schema": 1,
        "templates": report.files.len(),
        "errors": report.count(Severity::Error),
        "warnings": report.count(Severity::Warning),
        "findings": findings,
    })
}
