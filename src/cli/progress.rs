//! How far a run has come: a bar on a terminal, a line now and then in a log.

use std::io::{self, IsTerminal as _};
use std::time::{Duration, Instant};

use appeal::batch::Progress;
use indicatif::{ProgressBar, ProgressStyle};

use super::out;

/// How often a log hears of it.
const EVERY: Duration = Duration::from_secs(10);

/// Shows one run.
pub(crate) struct Shown {
    bar: ProgressBar,
    /// Only where there is no terminal.
    told: Option<Instant>,
}

impl Shown {
    pub(crate) fn new() -> Shown {
        let terminal = io::stderr().is_terminal();
        // Hidden by itself where there is no terminal.
        let bar = ProgressBar::no_length();
        bar.set_style(style("{spinner} {pos} records read"));
        Shown { bar, told: (!terminal).then(Instant::now) }
    }

    pub(crate) fn tell(&mut self, progress: Progress) {
        let line = match progress {
            Progress::Counted(n) => {
                self.bar.set_position(n as u64);
                format!("{n} records read")
            }
            Progress::Finished(n, all) => {
                if self.bar.length() != Some(all as u64) {
                    self.bar.set_length(all as u64);
                    self.bar.reset_eta();
                    self.bar.set_style(style("{bar:40} {pos} of {len} records, {eta} left"));
                }
                self.bar.set_position(n as u64);
                format!("{n} of {all} records")
            }
        };
        if let Some(last) = &mut self.told
            && last.elapsed() >= EVERY
        {
            *last = Instant::now();
            out::message(&format!("{line}\n"));
        }
    }

    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
