//! A run in parts, and the parts put together.

use std::fs;
use std::process::Command;

use super::{Clinic, alike, appeal, cases, ends, named, said, told};
use crate::support::records;

/// Runs one part of the intake into a folder of its own.
fn part(clinic: &Clinic, index: usize, of: usize) -> String {
    let out = clinic.folder.path().join(format!("part-{index}"));
    let out = out.to_str().unwrap().to_owned();
    let intake = clinic.intake();
    let output = appeal(&[
        "batch",
        intake.to_str().unwrap(),
        "-o",
        &out,
        "--as-of",
        super::DAY,
        "--shard",
        &format!("{index}/{of}"),
    ]);
    assert!([0, 1].contains(&output.status.code().unwrap()), "{}", told(&output));
    out
}

#[test]
fn the_parts_of_a_run_are_together_the_whole_run() {
    let clinic = Clinic::new();
    records::write(&clinic.intake(), 5, 40, &records::broken(12));
    clinic.record("twice.toml", &named("5-000003"));
    ends(&clinic.run(&[]), 1);
    let parts: Vec<String> = (1..=3).map(|n| part(&clinic, n, 3)).collect();
    let sizes: Vec<usize> = parts.iter().map(|p| cases(p.as_ref()).len()).collect();
    assert_eq!(sizes.iter().sum::<usize>(), 53);
    assert!(sizes.iter().all(|n| *n > 5), "{sizes:?}");
    let merged = clinic.folder.path().join("merged");
    let merge = |parts: &[&str]| {
        let mut arguments = vec!["merge", "-o", merged.to_str().unwrap()];
        arguments.extend(parts);
        appeal(&arguments)
    };
    let refused = merge(&[&parts[0], &parts[2]]);
    ends(&refused, 1);
    assert!(told(&refused).contains("not there: part 2/3"), "{}", told(&refused));
    let refused = merge(&[&parts[0], &parts[1], &parts[2], &parts[2]]);
    ends(&refused, 1);
    assert!(!merged.join("manifest.jsonl").exists());
    let all = [parts[2].as_str(), &parts[0], &parts[1]];
    let output = merge(&all);
    ends(&output, 0);
    assert!(said(&output).contains("53 records from 3 folders"), "{}", said(&output));
    alike(&clinic.out(), &merged);
    ends(&appeal(&["verify", merged.to_str().unwrap()]), 0);
    // Again, nothing is written.
    let before = super::stamps(&merged);
    ends(&merge(&all), 0);
    assert_eq!(before, super::stamps(&merged));
}

#[test]
fn a_case_in_two_folders_is_refused_with_both_places() {
    let (one, other) = (Clinic::new(), Clinic::new());
    one.record("a.toml", &named("case-1"));
    one.record("b.toml", &named("case-2"));
    other.record("c.toml", &named("CASE-1"));
    ends(&one.run(&[]), 0);
    ends(&other.run(&[]), 0);
    let out = one.folder.path().join("merged");
    let (a, b) = (one.out(), other.out());
    let (a, b, out_) = (a.to_str().unwrap(), b.to_str().unwrap(), out.to_str().unwrap());
    let output = appeal(&["merge", a, b, "-o", out_]);
    ends(&output, 1);
    let told = told(&output);
    assert!(
        told.contains("a.toml") && told.contains("c.toml") && !told.contains("b.toml"),
        "{told}"
    );
    assert!(!out.exists());
    ends(&appeal(&["merge", a, "-o", a]), 1);
}

#[test]
fn runs_that_went_by_different_things_are_not_put_together() {
    let (one, other) = (Clinic::new(), Clinic::new());
    one.record("a.toml", &named("case-1"));
    other.record("b.toml", &named("case-2"));
    ends(&one.run(&["--format", "md"]), 0);
    ends(&other.run_today(&["--as-of", "2026-11-22"]), 0);
    let out = one.folder.path().join("merged");
    let (a, b) = (one.out(), other.out());
    let output =
        appeal(&["merge", a.to_str().unwrap(), b.to_str().unwrap(), "-o", out.to_str().unwrap()]);
    ends(&output, 1);
    assert!(told(&output).contains("differ in: formats, day"), "{}", told(&output));
    fs::write(a.join("manifest.jsonl"), "{}\n").unwrap();
    ends(&appeal(&["merge", a.to_str().unwrap(), "-o", out.to_str().unwrap()]), 2);
}

#[test]
#[ignore = "needs parallel"]
fn the_example_with_gnu_parallel_writes_what_one_run_writes() {
    let clinic = Clinic::new();
    records::write(&clinic.intake(), 6, 60, &records::broken(4));
    ends(&clinic.run(&[]), 1);
    let page = fs::read_to_string("docs/clinic.md").unwrap();
    let example = page.split("```sh parallel\n").nth(1).unwrap().split("```").next().unwrap();
    let script = format!("set -e\n{}", example.replace("appeal ", "\"$APPEAL\" "));
    let output = Command::new("sh")
        .args(["-c", &script])
        .env("APPEAL", env!("CARGO_BIN_EXE_appeal"))
        .env("DAY", super::DAY)
        .env("HOME", clinic.folder.path())
        .current_dir(clinic.folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", told(&output));
    // Records stand at other places there.
    let letters = |folder: &std::path::Path| {
        let mut files = super::contents(folder);
        files.remove("manifest.jsonl");
        files
    };
    assert!(letters(&clinic.out()) == letters(&clinic.folder.path().join("letters")));
}
