//! A clinic's night in one table: how fast many records become letters on disk, in how much memory.
//!
//! `cargo bench --bench clinic` runs 1,000 and 10,000 records; `-- 1000 100000` runs other numbers.
//! The records are the cases of the fixtures under other names, from a seed. The last rows set letters of the
//! first run with what a clinic would otherwise script (`peers/`): PyPI's typst, Debian's pandoc and
//! weasyprint. What is not on the path is printed as missing.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    dead_code,
    unreachable_pub,
    reason = "it prints its table, stops where it cannot go on, and shares more than it uses"
)]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};

use appeal::batch::manifest::Manifest;
use appeal::packet::Stamp;

mod peers;
#[path = "../tests/it/support/records.rs"]
mod records;

use peers::PEERS;

/// Past so many records a run is made with two jobs only.
const LARGE: usize = 20_000;

fn main() {
    let mut sizes: Vec<usize> = env::args().filter_map(|a| a.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![1_000, 10_000];
    }
    row("what", "records a second", "letters a second", "peak memory");
    row("---", "---", "---", "---");
    let (mut sample, mut ours) = (Vec::new(), 0.0);
    for size in sizes {
        let folder = tempfile::tempdir().unwrap();
        let (intake, out) = (folder.path().join("intake"), folder.path().join("out"));
        records::write(&intake, 7, size, &[]);
        // The largest runs take long enough on two cores; that one core is slower, the others show.
        for jobs in if size > LARGE { 2..=2 } else { 1..=2 } {
            let _ = fs::remove_dir_all(&out);
            let (time, memory) = run(&intake, &out, jobs);
            let letters = letters(&out);
            if sample.is_empty() && jobs == 2 {
                (sample, ours) = (markdown(&out), letters as f64 / time.as_secs_f64());
            }
            let jobs = if jobs == 1 { "1 job".to_owned() } else { format!("{jobs} jobs") };
            told(&format!("{size} records, {jobs}"), size, letters, time, memory);
        }
        let (time, memory) = run(&intake, &out, 2);
        told(&format!("{size} records again, nothing changed"), size, letters(&out), time, memory);
    }
    for peer in PEERS {
        let (rate, times) = match peer.rate(&sample) {
            Some(rate) => (format!("{rate:.1}"), format!("{:.2} times ours", rate / ours)),
            None => ("missing".to_owned(), String::new()),
        };
        row(&format!("{}, {} letters", peer.name, peer.letters), "", &rate, &times);
    }
}

/// The letters of a run as Markdown, without the line that no reader sees.
fn markdown(out: &Path) -> Vec<String> {
    let mut cases: Vec<_> = fs::read_dir(out).unwrap().map(|e| e.unwrap().path()).collect();
    cases.sort();
    let most = PEERS.iter().map(|p| p.letters).max().unwrap_or_default();
    let files = cases.iter().filter(|p| p.is_dir()).flat_map(|case| {
        let mut files: Vec<_> = fs::read_dir(case).unwrap().map(|e| e.unwrap().path()).collect();
        files.retain(|p| p.extension().is_some_and(|e| e == "md"));
        files.sort();
        files
    });
    let read = |path| Stamp::above(&fs::read_to_string(path).unwrap()).to_owned();
    files.take(most).map(read).collect()
}

fn told(what: &str, records: usize, letters: usize, time: Duration, memory: Option<f64>) {
    let rate = |n: usize| format!("{:.0}", n as f64 / time.as_secs_f64());
    let memory = memory.map_or("not told here".to_owned(), |m| format!("{m:.1} MiB"));
    row(what, &rate(records), &rate(letters), &memory);
}

fn row(what: &str, records: &str, letters: &str, memory: &str) {
    println!("| {what:<58} | {records:>16} | {letters:>16} | {memory:>13} |");
}

/// Runs the program, and asks the system again and again how much memory it has taken at most, in MiB.
fn run(intake: &Path, out: &Path, jobs: usize) -> (Duration, Option<f64>) {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_appeal"))
        .args(["batch", "--as-of", "2026-11-21", "--jobs", &jobs.to_string(), "-o"])
        .args([out, intake])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut peak = None;
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        let told = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = told.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        let kib: Option<f64> = line.and_then(|l| l.split_whitespace().next()?.parse().ok());
        peak = kib.map(|k| k / 1024.0).or(peak);
        std::thread::sleep(Duration::from_millis(5));
    };
    let time = start.elapsed();
    assert!(status.success());
    (time, peak)
}

/// How many letters a run lists, each as Markdown and PDF.
fn letters(out: &Path) -> usize {
    let mut manifest = Manifest::open(out).unwrap();
    let mut letters = 0;
    while let Some(case) = manifest.case().unwrap() {
        letters += case.outputs.iter().filter(|o| o.name.ends_with(".pdf")).count();
    }
    letters
}
