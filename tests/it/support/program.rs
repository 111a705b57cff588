//! The program, run as a user runs it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// How a run ended, and what it printed.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs the program without a terminal and without input.
pub(crate) fn appeal(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_appeal"))
        .args(arguments)
        .env_remove("COLUMNS")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// As [`appeal`], with both streams as text.
pub(crate) fn run(arguments: &[&str]) -> Ended {
    let output = appeal(arguments);
    Ended {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The names in a folder, in order; none where it is not there.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .map(|all| all.map(|e| e.unwrap().file_name().into_string().unwrap()).collect())
        .unwrap_or_default();
    names.sort();
    names
}
