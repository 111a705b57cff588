//! The command line: the only room that prints, reads the clock and decides the exit code.

mod args;
mod batch;
mod check;
mod cite;
mod docket;
mod explain;
mod export;
mod gather;
mod import;
mod law;
mod merge;
mod out;
mod preview;
mod progress;
mod report;
mod shell;
mod sources;
mod supposed;
mod templates;
mod today;
mod verify;
mod write;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use out::Exit;

/// Turn a health-coverage denial into the letter that answers it
///
/// You keep the denial as a small text file, the record. `appeal` finds out who decides your case, what
/// to send them, by when, and which law it rests on, and writes the letter as Markdown and PDF. It works
/// without any network, and never sends anything.
///
/// It is legal information, not legal advice. If waiting could put your life or health at risk, call your
/// plan and your doctor today; in an emergency call 911.
#[derive(Debug, Parser)]
#[command(
    name = "appeal",
    version,
    max_term_width = 92,
    help_expected = true,
    arg_required_else_help = true
)]
#[command(
    after_help = "Start with: appeal check my-denial.toml, then appeal write my-denial.toml -o letters"
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Write(write::WriteArgs),
    Explain(explain::ExplainArgs),
    Check(check::CheckArgs),
    Law(law::LawArgs),
    Templates(templates::TemplatesArgs),
    Cite(cite::CiteArgs),
    Docket(docket::DocketArgs),
    Report(report::ReportArgs),
    Import(import::ImportArgs),
    Batch(batch::BatchArgs),
    Preview(preview::PreviewArgs),
    Verify(verify::VerifyArgs),
    Merge(merge::MergeArgs),
    Schema(shell::SchemaArgs),
    Completions(shell::CompletionsArgs),
    Man(shell::ManArgs),
}

/// Runs the program; every error becomes a message and an exit code here.
pub(crate) fn run() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Write(args) => write::write(&args),
        Command::Explain(args) => explain::explain(&args),
        Command::Check(args) => check::check(&args),
        Command::Law(args) => law::law(&args),
        Command::Templates(args) => templates::templates(&args),
        Command::Cite(args) => cite::cite(&args),
        Command::Docket(args) => docket::docket(&args),
        Command::Report(args) => report::report(&args),
        Command::Import(args) => import::import(&args),
        Command::Batch(args) => batch::batch(&args),
        Command::Preview(args) => preview::preview(&args),
        Command::Verify(args) => verify::verify(&args),
        Command::Merge(args) => merge::merge(&args),
        Command::Schema(args) => shell::schema(&args),
        Command::Completions(args) => shell::completions(&args),
        Command::Man(args) => shell::man(&args),
    };
    match done {
        Ok(exit) => exit.code(),
        Err(error) if out::is_broken_pipe(&error) => Exit::Done.code(),
        Err(error) => {
            out::error(&format!("{error:#}"));
            Exit::World.code()
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
