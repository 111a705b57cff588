//! How fast, how small, how much memory: `cargo bench` prints one table.
//!
//! What is counted: the whole way from the text of a record to Markdown and PDF, with another name and
//! other numbers in every letter. A plain program rather than a statistics package, because one figure
//! each is wanted, and some are of a whole process.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "it prints its table, stops where it cannot go on, and shares with others"
)]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use appeal::law::Law;
use appeal::layout::{self, Fonts, Style};
use appeal::packet::{self, Stamp};
use appeal::pdf::{self, Engine, Meta};
use appeal::record;

mod house;

use house::{AS_OF, CASE, House, TWO_PAGES};

const PDF: Option<Engine> = Some(Engine::Krilla);
const LETTERS: usize = 1_000;
const COLD_RUNS: usize = 31;
/// Times that many letters are made; the fastest counts, because what else the machine does only slows it.
const ROUNDS: usize = 3;
/// Says to this program that it is the child whose memory is measured, over so many letters.
const CHILD: &str = "--measure-memory";
/// The same of a narrative, of so many pages.
const CHILD_NARRATIVE: &str = "--measure-narrative";

fn main() {
    let house = House::of(CASE);
    let arguments: Vec<String> = env::args().collect();
    let told = |name: &str| {
        let at = arguments.iter().position(|a| a == name)?;
        arguments.get(at + 1)?.parse::<usize>().ok()
    };
    if let Some(letters) = told(CHILD) {
        (0..letters).for_each(|n| drop(black_box(house.letter(n, PDF))));
        return tell_peak();
    }
    if let Some(pages) = told(CHILD_NARRATIVE) {
        black_box(house.papers(&house.story(pages), PDF));
        return tell_peak();
    }
    row("what", "measured", "aim");
    row("---", "---", "---");
    cold();
    throughput(&house, 3);
    throughput(&House::of(TWO_PAGES), 2);
    steps(&house);
    memory();
    sizes(&house);
    narrative(&house);
}

fn row(what: &str, measured: &str, aim: &str) {
    println!("| {what:<44} | {measured:>22} | {aim:>14} |");
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

/// From the start of the process to both files on disk.
fn cold() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let start = Instant::now();
        let status = Command::new(env!("CARGO_BIN_EXE_appeal"))
            .args(arguments)
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(status.success());
        start.elapsed()
    };
    let to = folder.path().to_str().unwrap();
    let write = ["write", CASE, "--as-of", "2026-11-21", "--force", "-o", to];
    let median = |arguments: &[&str]| {
        let mut times: Vec<Duration> = (0..COLD_RUNS).map(|_| run(arguments)).collect();
        times.sort();
        times[COLD_RUNS / 2]
    };
    row("cold `write`, process start to files on disk", &milliseconds(median(&write)), "< 15 ms");
    row("  of that, starting the process", &milliseconds(median(&["--version"])), "");
    explain();
}

/// `explain` of every case, from the start of the process: the best of several runs of each, because
/// what else the machine does only adds to it, and of these the slowest.
fn explain() {
    const RUNS: usize = 9;
    let best = |path: &Path| {
        (0..RUNS)
            .map(|_| {
                let start = Instant::now();
                let _ = Command::new(env!("CARGO_BIN_EXE_appeal"))
                    .args(["explain", "--as-of", "2026-11-21"])
                    .arg(path)
                    .stdout(Stdio::null())
                    .stderr(Stdio::null())
                    .status()
                    .unwrap();
                start.elapsed()
            })
            .min()
            .unwrap()
    };
    let times: Vec<Duration> = records().iter().map(|path| best(path)).collect();
    let what = format!("cold `explain`, the slowest of {} records", times.len());
    row(&what, &milliseconds(times.into_iter().max().unwrap()), "< 10 ms");
}

/// The records of all cases.
fn records() -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(Path::new("fixtures/cases"))
        .unwrap()
        .map(|e| e.unwrap().path().join("record.toml"))
        .filter(|p| p.is_file())
        .collect();
    paths.sort();
    paths
}

/// Letters of so many pages.
fn throughput(house: &House, pages: usize) {
    let papers = house.letter(0, PDF);
    let counts: Vec<usize> = papers.iter().map(|p| p.pdf.as_ref().unwrap().count).collect();
    assert_eq!(counts, [pages]);
    for (threads, aim) in [(1, "> 300"), (2, "> 520")] {
        let fastest = (0..ROUNDS).map(|_| round(house, threads)).min().unwrap();
        let rate = LETTERS as f64 / fastest.as_secs_f64();
        let what = format!(
            "letters of {pages} pages a second, {threads} thread{}",
            if threads == 1 { "" } else { "s" }
        );
        row(&what, &format!("{rate:.0}"), aim);
    }
}

/// How long some threads take for all letters.
fn round(house: &House, threads: usize) -> Duration {
    let next = AtomicUsize::new(1);
    let start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n > LETTERS {
                        break;
                    }
                    black_box(house.letter(n, PDF));
                }
            });
        }
    });
    start.elapsed()
}

/// Where the time of one letter goes.
fn steps(house: &House) {
    const TIMES: usize = 200;
    let mean = |each: &mut dyn FnMut(usize)| {
        let start = Instant::now();
        (0..TIMES).for_each(each);
        milliseconds(start.elapsed() / u32::try_from(TIMES).unwrap())
    };
    let read = |n: usize| {
        let text = house.record(n);
        record::read(text.as_bytes(), "record.toml").check(AS_OF).0.unwrap()
    };
    row("  read and check the record", &mean(&mut |n| drop(black_box(read(n)))), "");
    let case = read(1);
    let rule = &mut |_| drop(black_box(packet::rule(&case, &house.law, AS_OF).unwrap()));
    row("  rule", &mean(rule), "");
    let all = mean(&mut |n| drop(black_box(house.letter(n, None))));
    row("  read, rule and write the Markdown", &all, "");
    let papers = house.letter(1, PDF);
    let (paper, title) = (&papers[0], papers[0].title.clone());
    let style = Style {
        title: title.clone(),
        running_head: title.clone(),
        draft: false,
        fonts: house.fonts.clone(),
    };
    let text = Stamp::above(&paper.markdown);
    let lay = || layout::pages(text, &style).unwrap();
    row("  lay out the pages", &mean(&mut |_| drop(black_box(lay()))), "");
    let pages = lay();
    let meta = Meta {
        title,
        author: "Ana".into(),
        subject: String::new(),
        language: "en-US".into(),
        created: AS_OF,
    };
    row(
        "  set the PDF",
        &mean(&mut |_| drop(black_box(pdf::set(&pages, &meta, Engine::Krilla).unwrap()))),
        "",
    );
    let best = |load: &dyn Fn() -> Law| {
        let once = |_| {
            let start = Instant::now();
            let law = black_box(load());
            let time = start.elapsed();
            drop(law);
            time
        };
        milliseconds((0..TIMES).map(once).min().unwrap())
    };
    row("  load the law, best of 200", &best(&|| Law::builtin().unwrap()), "< 5 ms");
    let whole = &|| {
        let law = Law::builtin().unwrap();
        black_box(law.packs().count());
        law
    };
    row("  load it and read every pack in full", &best(whole), "< 5 ms");
    row("  load the fonts", &mean(&mut |_| drop(black_box(Fonts::builtin()))), "");
}

fn memory() {
    for letters in [10, LETTERS, 10 * LETTERS] {
        let what = format!("peak memory, {letters} letters, 1 thread");
        row(&what, &peak(CHILD, letters), "< 30 MiB");
    }
}

/// The peak memory of this program as a child.
fn peak(child: &str, count: usize) -> String {
    let mut command = Command::new(env::current_exe().unwrap());
    let output = command.args([child, &count.to_string()]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn tell_peak() {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kib: Option<f64> = peak.and_then(|p| p.split_whitespace().next()?.parse().ok());
    println!("{}", kib.map_or("not told here".to_owned(), |k| format!("{:.1} MiB", k / 1024.0)));
}

/// Of every paper that the cases make.
fn sizes(house: &House) {
    let mut sizes: Vec<(usize, usize)> = Vec::new();
    for path in records() {
        let text = fs::read_to_string(path).unwrap();
        if record::read(text.as_bytes(), "record.toml").check(AS_OF).0.is_some() {
            let papers = house.papers(&text, PDF);
            sizes.extend(
                papers.iter().filter_map(|p| p.pdf.as_ref()).map(|p| (p.bytes.len(), p.count)),
            );
        }
    }
    let two: Vec<usize> = sizes.iter().filter(|(_, pages)| *pages == 2).map(|(b, _)| *b).collect();
    let largest = two.iter().max().copied().unwrap_or_default();
    let what = format!("bytes of a PDF of two pages, largest of {}", two.len());
    row(&what, &format!("{:.1} kB", largest as f64 / 1e3), "< 50 kB");
    let largest = sizes.iter().max().copied().unwrap_or_default();
    let mean = sizes.iter().map(|(bytes, _)| bytes).sum::<usize>() / sizes.len().max(1);
    row(
        &format!("  of any, mean of {}", sizes.len()),
        &format!("{:.1} kB", mean as f64 / 1e3),
        "< 60 kB",
    );
    let what = format!("  the largest, {} pages", largest.1);
    row(&what, &format!("{:.1} kB", largest.0 as f64 / 1e3), "");
}

/// A member who has very much to tell, and never the same.
fn narrative(house: &House) {
    for (pages, aim) in [(25, ""), (50, ""), (100, ""), (200, "< 1000 ms")] {
        let text = house.story(pages);
        let start = Instant::now();
        let papers = house.papers(&text, PDF);
        let time = start.elapsed();
        let count: usize = papers.iter().filter_map(|p| p.pdf.as_ref()).map(|p| p.count).sum();
        row(&format!("a narrative, {count} pages"), &milliseconds(time), aim);
    }
    row("  peak memory of the longest", &peak(CHILD_NARRATIVE, 200), "< 100 MiB");
}
