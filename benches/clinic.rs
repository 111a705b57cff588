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

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{env, fs};

use appeal::batch::manifest::Manifest;
use appeal::packet::Stamp;

mod peers;
#[path = "../tests/it/support/records.rs"]
mod records;

use peers::PEERS;
use peers::watch::watch;

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
        let intake = folder.path().join("intake");
        records::write(&intake, 7, size, &[]);
        let mut out = PathBuf::new();
        // The largest runs take long enough on two cores; that one core is slower, the others show.
        for jobs in if size > LARGE { 2..=2 } else { 1..=2 } {
            // A folder of its own: a disk that has just let go of many files is slower to take new ones.
            out = folder.path().join(format!("out-{jobs}"));
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
        // One long-lived process is what a clinic would write; the others run two at a time.
        let jobs = if peer.name.contains("long-lived") { 1 } else { 2 };
        let took = peer.set(&sample, jobs);
        let rate = took.as_ref().map_or("missing".to_owned(), |t| format!("{:.1}", t.rate));
        let times = took.map_or(String::new(), |t| format!("ours: {:.1} times", ours / t.rate));
        let jobs = if jobs == 1 { "one process" } else { "two at a time" };
        row(&format!("{}, {jobs}, {} letters", peer.name, peer.letters), "", &rate, &times);
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

fn told(what: &str, records: usize, letters: usize, time: Duration, memory: f64) {
    let rate = |n: usize| format!("{:.0}", n as f64 / time.as_secs_f64());
    row(what, &rate(records), &rate(letters), &format!("{memory:.1} MiB"));
}

fn row(what: &str, records: &str, letters: &str, memory: &str) {
    println!("| {what:<58} | {records:>16} | {letters:>16} | {memory:>13} |");
}

/// Runs the program on so many records; how long it takes, and its most memory in MiB.
fn run(intake: &Path, out: &Path, jobs: usize) -> (Duration, f64) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_appeal"));
    command.args(["batch", "--as-of", "2026-11-21", "--jobs", &jobs.to_string(), "-o"]);
    let watched = watch(command.args([out, intake]), "").unwrap();
    (watched.time, watched.memory)
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
