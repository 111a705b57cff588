//! Hundreds and thousands of records, some of them broken.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use appeal::batch::manifest::Status;
use appeal::record;

use super::{Clinic, alike, ends, files, said, stamps, told};
use crate::support::records::{self, Broken};

/// Writes records, runs, and checks every folder and every message.
fn all_but_the_broken(seed: u64, total: usize, ways: usize) -> Clinic {
    let clinic = Clinic::new();
    let broken = records::broken(ways);
    assert_eq!(broken.len(), ways);
    records::write(&clinic.intake(), seed, total - ways, &broken);
    let output = clinic.run(&[]);
    ends(&output, 1);
    let cases = clinic.cases();
    assert_eq!(cases.len(), total);
    let complete = cases.iter().filter(|c| !c.status.is_failure()).count();
    assert_eq!(complete, total - ways);
    let names: Vec<String> = fs::read_dir(clinic.out())
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .filter(|n| n != ".appeal" && n != "manifest.jsonl")
        .collect();
    assert_eq!(names.len(), total - ways, "one folder for each good record");
    for case in cases.iter().filter(|c| !c.status.is_failure()) {
        let folder = clinic.out().join(&case.id);
        let letters = case.outputs.iter().filter(|o| o.name.ends_with(".pdf")).count();
        assert_eq!(letters > 0, case.status == Status::Complete, "{}", case.id);
        for output in &case.outputs {
            let bytes = fs::read(folder.join(&output.name)).unwrap();
            assert_eq!(bytes.len() as u64, output.bytes);
            assert!(!output.name.ends_with(".pdf") || bytes.ends_with(b"%%EOF"), "{}", output.name);
        }
        for name in ["record.toml", "ruling.txt"] {
            assert!(case.outputs.iter().any(|o| o.name == name), "{}: {name}", case.id);
        }
    }
    let told = told(&output);
    broken.iter().for_each(|b| is_named(b, &told));
    clinic
}

/// A broken record is named with its line and the reason.
fn is_named(broken: &Broken, told: &str) {
    let line = broken.line.map(|n| format!(":{n}:")).unwrap_or_default();
    let place = format!("/{}{line}", broken.name);
    let code = format!("error[{}]: ", broken.code);
    assert!(
        told.lines().any(|l| l.contains(&place) && l.contains(&code)),
        "{place} {code}\n{told}"
    );
}

fn again_nothing_is_written(clinic: &Clinic) {
    let before = stamps(&clinic.out());
    let output = clinic.run(&[]);
    ends(&output, 1);
    assert!(
        said(&output).contains("Nothing has changed: no file was written."),
        "{}",
        said(&output)
    );
    assert!(before == stamps(&clinic.out()), "a file was written again");
}

#[test]
fn three_hundred_records_twelve_of_them_broken() {
    let clinic = all_but_the_broken(300, 300, 12);
    again_nothing_is_written(&clinic);
    ends(&clinic.verify(), 0);
    private(&clinic.out());
    nothing_of_a_client(&clinic);
}

#[test]
#[ignore = "needs minutes, and an optimised program"]
fn ten_thousand_records_thirty_seven_of_them_broken() {
    let clinic = all_but_the_broken(10_000, 10_000, 37);
    again_nothing_is_written(&clinic);
    ends(&clinic.verify(), 0);
}

#[test]
fn one_job_and_several_write_the_same() {
    let clinic = Clinic::new();
    records::write(&clinic.intake(), 40, 40, &records::broken(3));
    ends(&clinic.run(&["--jobs", "1"]), 1);
    let one = clinic.folder.path().join("one");
    fs::rename(clinic.out(), &one).unwrap();
    ends(&clinic.run(&["--jobs", "8"]), 1);
    alike(&one, &clinic.out());
}

/// Everything is readable by its owner only.
fn private(folder: &Path) {
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(folder), 0o700);
    for path in files(folder).values() {
        assert_eq!(mode(path), 0o600, "{}", path.display());
        assert_eq!(mode(path.parent().unwrap()), 0o700, "{}", path.display());
    }
}

/// Neither name nor number nor diagnosis of any member is in the manifest, in what was said, or in the
/// name of a file.
fn nothing_of_a_client(clinic: &Clinic) {
    let manifest = fs::read_to_string(clinic.out().join("manifest.jsonl")).unwrap();
    let output = clinic.run(&[]);
    let names: Vec<String> = files(&clinic.out()).into_keys().collect();
    let all = format!("{manifest}{}{}{}", said(&output), told(&output), names.join("\n"));
    let mut looked = 0;
    for case in clinic.cases().iter().filter(|c| !c.status.is_failure()) {
        let bytes = fs::read(clinic.out().join(&case.id).join("record.toml")).unwrap();
        let record = record::read(&bytes, "record.toml").record;
        let member = &record.member;
        let secret = [&member.name, &member.member_id, &member.phone, &record.condition.diagnosis];
        for text in secret.into_iter().flatten() {
            looked += 1;
            assert!(!all.contains(text.as_str()), "{}: {text}", case.id);
        }
    }
    assert!(looked > 500, "only {looked} texts were looked for");
}
