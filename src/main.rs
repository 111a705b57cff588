//! The `appeal` program: reads the command line, asks the library, prints, and exits.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
