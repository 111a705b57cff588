//! How long a command takes, and how much memory its largest process takes at most.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What was seen of a command.
pub struct Watched {
    /// From its start to its end.
    pub time: Duration,
    /// Most memory of its largest process, in MiB; 0 where the system does not tell.
    pub memory: f64,
}

/// A command that may use so many cores. Where `taskset` is not there it may use all.
pub fn on_cores(cores: usize, command: &[&str]) -> Command {
    let list = format!("0-{}", cores.saturating_sub(1));
    let held = Command::new("taskset").args(["-c", &list, "true"]).status();
    if held.is_ok_and(|s| s.success()) {
        let mut held = Command::new("taskset");
        held.args(["-c", &list]).args(command);
        return held;
    }
    let mut free = Command::new(command[0]);
    free.args(&command[1..]);
    free
}

/// Runs a command with some text on its standard input; none where it cannot be run or fails.
pub fn watch(command: &mut Command, input: &str) -> Option<Watched> {
    let start = Instant::now();
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
    child.stdin.take()?.write_all(input.as_bytes()).ok()?;
    let mut memory: f64 = 0.0;
    let status = loop {
        if let Some(status) = child.try_wait().ok()? {
            break status;
        }
        memory = memory.max(largest(child.id()));
        thread::sleep(Duration::from_millis(5));
    };
    let time = start.elapsed();
    status.success().then_some(Watched { time, memory })
}

/// The most that a process or one below it has taken so far, in MiB.
fn largest(process: u32) -> f64 {
    let home = Path::new("/proc").join(process.to_string());
    let told = fs::read_to_string(home.join("status")).unwrap_or_default();
    let line = told.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kib: f64 = line.and_then(|l| l.split_whitespace().next()?.parse().ok()).unwrap_or(0.0);
    let list = home.join("task").join(process.to_string()).join("children");
    let below = fs::read_to_string(list).unwrap_or_default();
    let below = below.split_whitespace().filter_map(|id| id.parse().ok());
    below.map(largest).fold(kib / 1024.0, f64::max)
}
