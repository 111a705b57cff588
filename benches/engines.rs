//! One letter, every way to set it: `cargo bench --bench engines` prints one table from one run.
//!
//! Ours go the whole way, from the record to Markdown and PDF; the others begin with our Markdown. Every
//! letter has another name and other numbers. The engine genpdf and genpdf's own elements need
//! `--features genpdf`; typst, pandoc and weasyprint must be on the path. What is not there is printed as
//! missing.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    dead_code,
    unreachable_pub,
    reason = "it prints its table, stops where it cannot go on, and shares more than it uses"
)]

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, thread};

use appeal::packet::Stamp;
use appeal::pdf::Engine;

mod house;
mod peers;
#[cfg(feature = "genpdf")]
mod stock;

use house::{CASE, House};
use peers::watch::{on_cores, watch};
use peers::{PEERS, Took};

/// Says to this program that it is the child that sets letters.
const CHILD: &str = "--set";
/// Letters that ours are measured by.
const LETTERS: usize = 600;
/// Letters that genpdf's own elements are measured by.
const FEW: usize = 20;
/// Starts of a process, of which the fastest counts: what else the machine does only adds.
const STARTS: usize = 10;

fn main() {
    let arguments: Vec<String> = env::args().collect();
    if let Some(at) = arguments.iter().position(|a| a == CHILD) {
        set(&arguments[at + 1..]);
        return;
    }
    let house = House::of(CASE);
    let sample: Vec<String> = (0..PEERS.iter().map(|p| p.letters).max().unwrap_or(1))
        .map(|n| Stamp::above(&house.letter(n, None)[0].markdown).to_owned())
        .collect();
    let heads = ["cold start", "a second, 1 core", "2 cores", "peak memory", "a letter"];
    row("how", heads.map(str::to_owned));
    row("---", [""; 5].map(|_| "---".to_owned()));
    for (name, way, letters) in [
        ("appeal, krilla (record to PDF)", "krilla", LETTERS),
        ("appeal, genpdf (record to PDF)", "genpdf", LETTERS),
        ("genpdf's own elements", "stock", FEW),
    ] {
        let took = [1, 2].map(|jobs| ours(way, letters, jobs));
        told(name, cold(|| ours(way, 1, 1)), took);
    }
    for peer in PEERS {
        let took = [1, 2].map(|jobs| peer.set(&sample, jobs));
        told(peer.name, cold(|| peer.set(&sample[..1], 1)), took);
    }
}

/// The shortest time from the start of a process to one PDF on the disk, in milliseconds.
fn cold(once: impl Fn() -> Option<Took>) -> Option<f64> {
    (0..STARTS)
        .map(|_| once().map(|took| 1e3 / took.rate))
        .min_by(|a, b| a.unwrap_or(f64::MAX).total_cmp(&b.unwrap_or(f64::MAX)))?
}

fn told(name: &str, cold: Option<f64>, took: [Option<Took>; 2]) {
    let (Some(cold), [Some(one), Some(two)]) = (cold, took) else {
        row(name, ["missing", "", "", "", ""].map(str::to_owned));
        return;
    };
    row(
        name,
        [
            format!("{cold:.0} ms"),
            format!("{:.1}", one.rate),
            format!("{:.1}", two.rate),
            format!("{:.0} MiB", one.memory),
            format!("{:.0} kB", one.bytes / 1e3),
        ],
    );
}

fn row(how: &str, cells: [String; 5]) {
    let [cold, one, two, memory, bytes] = cells;
    println!("| {how:<32} | {cold:>10} | {one:>16} | {two:>8} | {memory:>11} | {bytes:>8} |");
}

/// Has a process of this program set letters; none where the way is not built in.
fn ours(way: &str, letters: usize, jobs: usize) -> Option<Took> {
    if way != "krilla" && !Engine::Genpdf.is_built_in() {
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let program = env::current_exe().unwrap();
    let (number, at_a_time) = (letters.to_string(), jobs.to_string());
    let command = [program.to_str()?, CHILD, way, &number, &at_a_time, folder.path().to_str()?];
    let watched = watch(&mut on_cores(jobs, &command), "")?;
    let made = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().path());
    let made: Vec<_> = made.filter(|p| p.extension().is_some_and(|e| e == "pdf")).collect();
    assert_eq!(made.len(), letters, "{way}: letters are missing");
    let bytes: u64 = made.iter().map(|p| fs::metadata(p).unwrap().len()).sum();
    Some(Took {
        rate: letters as f64 / watched.time.as_secs_f64(),
        memory: watched.memory,
        bytes: bytes as f64 / letters as f64,
    })
}

/// The child: sets letters in a way, with some threads, into a folder.
fn set(arguments: &[String]) {
    let [way, letters, jobs, folder] = arguments else { return };
    let (letters, jobs): (usize, usize) = (letters.parse().unwrap(), jobs.parse().unwrap());
    let folder = Path::new(folder);
    let house = House::of(CASE);
    let next = AtomicUsize::new(0);
    let each = || {
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed);
            if n >= letters {
                break;
            }
            one(&house, way, n, folder);
        }
    };
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(each);
        }
    });
}

fn one(house: &House, way: &str, n: usize, folder: &Path) {
    let engine = match way {
        "krilla" => Some(Engine::Krilla),
        "genpdf" => Some(Engine::Genpdf),
        _ => None,
    };
    let papers = house.letter(n, engine);
    let file = folder.join(format!("{n:05}.md"));
    fs::write(&file, &papers[0].markdown).unwrap();
    let pdf = match &papers[0].pdf {
        Some(pages) => pages.bytes.clone(),
        None => stock_pdf(Stamp::above(&papers[0].markdown)),
    };
    fs::write(file.with_extension("pdf"), pdf).unwrap();
}

#[cfg(feature = "genpdf")]
fn stock_pdf(markdown: &str) -> Vec<u8> {
    stock::set(markdown)
}

#[cfg(not(feature = "genpdf"))]
fn stock_pdf(_: &str) -> Vec<u8> {
    Vec::new()
}
