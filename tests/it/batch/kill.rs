//! Runs that are stopped, run into each other, or find the disk full.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::{Clinic, alike, ends, files, named, told};
use crate::support::records::{self, Seeded};

/// Kills runs after some numbers of files; the next run completes, and writes what a run writes that
/// nobody disturbed.
fn killed(records: usize, times: usize) {
    let clinic = Clinic::new();
    records::write(&clinic.intake(), 9, records, &records::broken(2));
    ends(&clinic.run(&[]), 1);
    let whole = clinic.folder.path().join("whole");
    fs::rename(clinic.out(), &whole).unwrap();
    let all = files(&whole).len();
    let mut seeded = Seeded(9);
    for n in 0..times {
        let _ = fs::remove_dir_all(clinic.out());
        let after = 1 + seeded.below(all * 3 / 4);
        let written = kill(&clinic, after);
        assert!(written < all, "the run ended before it was killed after {after} of {all} files");
        for (name, path) in files(&clinic.out()) {
            // What has its final name is whole.
            assert!(fs::read(path).unwrap() == fs::read(whole.join(&name)).unwrap(), "{name}");
        }
        assert!(!clinic.out().join("manifest.jsonl").exists());
        if n % 2 == 1 {
            kill(&clinic, (after + all) / 2);
        }
        ends(&clinic.run(&[]), 1);
        alike(&whole, &clinic.out());
        let scratch = clinic.out().join(".appeal/scratch");
        assert_eq!(fs::read_dir(scratch).unwrap().count(), 0, "half a file is left");
        assert!(!clinic.out().join(".appeal/journal.jsonl").exists());
    }
    ends(&clinic.verify(), 0);
}

/// Starts a run and kills it without warning once so many files are there. Returns how many there are.
fn kill(clinic: &Clinic, after: usize) -> usize {
    let mut child = Command::new(env!("CARGO_BIN_EXE_appeal"))
        .args(["batch", "--as-of", super::DAY, "-o"])
        .args([clinic.out(), clinic.intake()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let count = |folder: &Path| if folder.is_dir() { letters(folder) } else { 0 };
    while child.try_wait().unwrap().is_none() && count(&clinic.out()) < after {
        thread::sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    count(&clinic.out())
}

/// As `files`, while a run is at work and names come and go.
fn letters(folder: &Path) -> usize {
    let cases = fs::read_dir(folder).unwrap().filter_map(|e| Some(e.ok()?.path()));
    let names = cases.filter(|p| !p.ends_with(".appeal"));
    names.map(|p| fs::read_dir(p).map_or(1, Iterator::count)).sum()
}

#[test]
fn a_run_that_was_killed_is_completed_by_the_next() {
    killed(30, 2);
}

#[test]
#[ignore = "needs minutes, and an optimised program"]
fn ten_runs_killed_at_any_moment_are_completed() {
    killed(1_000, 10);
}

#[test]
fn half_a_line_of_a_journal_is_left_out() {
    let clinic = Clinic::new();
    clinic.record("a.toml", &named("case-1"));
    ends(&clinic.run(&[]), 0);
    let manifest = fs::read_to_string(clinic.out().join("manifest.jsonl")).unwrap();
    let line = manifest.lines().nth(1).unwrap();
    fs::remove_file(clinic.out().join("manifest.jsonl")).unwrap();
    fs::write(clinic.out().join(".appeal/journal.jsonl"), format!("{line}\n{}", &line[..90]))
        .unwrap();
    let before = super::stamps(&clinic.out());
    ends(&clinic.run(&[]), 0);
    let mut after = super::stamps(&clinic.out());
    after.remove("manifest.jsonl");
    assert_eq!(before, after);
    assert_eq!(fs::read_to_string(clinic.out().join("manifest.jsonl")).unwrap(), manifest);
}

#[test]
fn two_runs_into_one_folder_do_not_meet_and_a_dead_one_holds_nobody_up() {
    let clinic = Clinic::new();
    clinic.record("a.toml", &named("case-1"));
    fs::create_dir_all(clinic.out().join(".appeal")).unwrap();
    let held = File::create(clinic.out().join(".appeal/lock")).unwrap();
    held.lock().unwrap();
    let output = clinic.run(&[]);
    ends(&output, 2);
    assert!(told(&output).contains("another run is at work"), "{}", told(&output));
    assert!(!clinic.out().join("case-1").exists());
    drop(held);
    // The file of the lock is still there; nobody holds it.
    ends(&clinic.run(&[]), 0);
}

#[test]
fn what_a_killed_run_left_in_the_scratch_folder_is_cleared_away() {
    let clinic = Clinic::new();
    clinic.record("a.toml", &named("case-1"));
    fs::create_dir_all(clinic.out().join(".appeal/scratch")).unwrap();
    fs::write(clinic.out().join(".appeal/scratch/.tmpAbCdEf"), "half a let").unwrap();
    ends(&clinic.run(&[]), 0);
    assert_eq!(fs::read_dir(clinic.out().join(".appeal/scratch")).unwrap().count(), 0);
}

#[test]
fn a_full_disk_leaves_no_half_file_and_the_next_run_completes() {
    let clinic = Clinic::new();
    for n in 0..6 {
        clinic.record(&format!("{n}.toml"), &named(&format!("case-{n}")));
    }
    // No file may grow beyond 16 blocks: a PDF does. With and without the signal that tells of it.
    for trap in ["trap '' XFSZ; ", ""] {
        let script = format!("{trap}ulimit -f 16; exec \"$0\" \"$@\"");
        let output = Command::new("sh")
            .args([
                "-c",
                &script,
                env!("CARGO_BIN_EXE_appeal"),
                "batch",
                "--as-of",
                super::DAY,
                "-o",
            ])
            .args([clinic.out(), clinic.intake()])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        if trap.is_empty() {
            assert!(!output.status.success());
        } else {
            ends(&output, 2);
            assert!(told(&output).starts_with("error: cannot write "), "{}", told(&output));
        }
        assert!(!clinic.out().join("manifest.jsonl").exists());
        for (name, path) in files(&clinic.out()) {
            assert!(
                fs::metadata(path).unwrap().len() < 16 * 512 && !name.ends_with(".pdf"),
                "{name}"
            );
        }
    }
    ends(&clinic.run(&[]), 0);
    ends(&clinic.verify(), 0);
    assert_eq!(fs::read_dir(clinic.out().join(".appeal/scratch")).unwrap().count(), 0);
}
