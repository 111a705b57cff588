//! What reaches the terminal, and what the exit code says.

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything asked for was done.
    Done,
    /// The record has faults, or facts are missing.
    Faults,
    /// The command line or the outside world stood in the way.
    World,
}

impl Exit {
    /// Returns the code for the shell: 0, 1, or 2.
    pub(crate) fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Exit::Done => 0,
            Exit::Faults => 1,
            Exit::World => 2,
        })
    }
}

/// Prints a result.
pub(crate) fn result(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Prints a message that is no result.
pub(crate) fn message(text: &str) {
    // Nothing can be done about a closed standard error.
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Prints an error in one line.
pub(crate) fn error(text: &str) {
    message(&format!("error: {text}\n"));
}

/// Returns whether messages may carry color.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
pub(crate) fn color() -> bool {
    io::stderr().is_terminal()
        && std::env::var_os("NO_COLOR").is_none()
        && std::env::var("TERM").map_or(true, |t| t != "dumb")
}

/// Returns whether an error is only that the reader of our output went away.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|e| e.kind() == io::ErrorKind::BrokenPipe)
}
