//! Folders that are held to their manifest.

use std::fs;

use super::{Clinic, appeal, ends, named, said};

fn two() -> Clinic {
    let clinic = Clinic::new();
    clinic.record("a.toml", &named("case-1"));
    clinic.record("b.toml", &named("case-2"));
    ends(&clinic.run(&[]), 0);
    let output = clinic.verify();
    ends(&output, 0);
    assert!(said(&output).contains("2 records and 8 files checked, 2 cases made again"));
    clinic
}

#[test]
fn every_file_that_is_changed_missing_or_extra_is_named() {
    let clinic = two();
    let out = clinic.out();
    let letter = out.join("case-1/case-1.grievance.md");
    let text = fs::read_to_string(&letter).unwrap();
    fs::write(&letter, text.replacen('e', "a", 1)).unwrap();
    fs::remove_file(out.join("case-2/case-2.grievance.pdf")).unwrap();
    fs::write(out.join("case-2/notes.txt"), "call again").unwrap();
    fs::create_dir(out.join("case-9")).unwrap();
    let output = clinic.verify();
    ends(&output, 1);
    for line in [
        "case-1/case-1.grievance.md: changed since it was written\n",
        "case-2/case-2.grievance.pdf: missing\n",
        "case-2/notes.txt: not in the manifest\n",
        "case-9: not in the manifest\n",
    ] {
        assert!(said(&output).contains(line), "{line}\n{}", said(&output));
    }
}

#[test]
fn a_letter_that_the_kept_record_does_not_make_is_found_though_its_sum_was_changed_with_it() {
    let clinic = two();
    let letter = clinic.out().join("case-1/case-1.grievance.md");
    let forged = fs::read(&letter).unwrap();
    let sum = |bytes: &[u8]| {
        let path = clinic.folder.path().join("sum");
        fs::write(&path, bytes).unwrap();
        let output = std::process::Command::new("sha256sum").arg(&path).output().unwrap();
        String::from_utf8(output.stdout).unwrap()[..64].to_owned()
    };
    let before = sum(&forged);
    let forged = String::from_utf8(forged).unwrap().replacen("Ana", "Eva", 1);
    fs::write(&letter, &forged).unwrap();
    let path = clinic.out().join("manifest.jsonl");
    let manifest = fs::read_to_string(&path).unwrap();
    // The sums of the manifest are those of everybody's sha256.
    assert!(manifest.contains(&before));
    fs::write(&path, manifest.replace(&before, &sum(forged.as_bytes()))).unwrap();
    let output = clinic.verify();
    ends(&output, 1);
    let line = "case-1/case-1.grievance.md: the kept record now makes something else\n";
    assert!(said(&output).contains(line), "{}", said(&output));
}

#[test]
fn papers_made_with_other_law_or_by_another_version_are_said_to_be_and_summed_all_the_same() {
    let clinic = two();
    let templates = clinic.folder.path().join("templates");
    fs::create_dir(&templates).unwrap();
    fs::write(templates.join("mine.md"), "# Mine\n").unwrap();
    let out = clinic.out();
    let with = ["verify", out.to_str().unwrap(), "--templates", templates.to_str().unwrap()];
    let output = appeal(&with);
    ends(&output, 1);
    assert!(said(&output).starts_with("made with another templates:"), "{}", said(&output));
    assert!(said(&output).contains("8 files checked, 0 cases made again"), "{}", said(&output));
    let path = out.join("manifest.jsonl");
    let manifest = fs::read_to_string(&path).unwrap();
    let version = format!("\"program\":\"{}\"", env!("CARGO_PKG_VERSION"));
    fs::write(&path, manifest.replace(&version, "\"program\":\"0.0.7\"")).unwrap();
    fs::remove_file(out.join("case-1/ruling.txt")).unwrap();
    let output = clinic.verify();
    ends(&output, 1);
    assert!(said(&output).starts_with("made with another program:"), "{}", said(&output));
    assert!(said(&output).contains("case-1/ruling.txt: missing\n"), "{}", said(&output));
}

#[test]
fn a_manifest_that_is_cut_off_or_newer_is_not_relied_on() {
    let clinic = two();
    let path = clinic.out().join("manifest.jsonl");
    let manifest = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = manifest.lines().collect();
    fs::write(&path, format!("{}\n", lines[..2].join("\n"))).unwrap();
    ends(&clinic.verify(), 2);
    fs::write(&path, &manifest[..manifest.len() - 4]).unwrap();
    ends(&clinic.verify(), 2);
    // One record is gone, and the count at the end tells.
    fs::write(&path, format!("{}\n{}\n{}\n", lines[0], lines[1], lines[3])).unwrap();
    ends(&clinic.verify(), 2);
    fs::write(&path, manifest.replace("\"schema\":1", "\"schema\":2")).unwrap();
    ends(&clinic.verify(), 2);
    // Nor is it written over by a program that cannot read it.
    ends(&clinic.run(&[]), 2);
    assert!(fs::read_to_string(&path).unwrap().contains("\"schema\":2"));
    fs::remove_file(&path).unwrap();
    ends(&clinic.verify(), 2);
}

#[test]
fn other_templates_make_a_run_write_its_letters_anew() {
    let clinic = two();
    let templates = clinic.folder.path().join("templates");
    fs::create_dir_all(templates.join("parts")).unwrap();
    fs::write(templates.join("unused.md"), "# Unused\n").unwrap();
    let with = ["--templates", templates.to_str().unwrap()];
    let output = clinic.run(&with);
    ends(&output, 0);
    // The letters come out as they were, so no file is written, but the manifest says what they were made with.
    assert!(said(&output).contains("no file was written"), "{}", said(&output));
    let mut arguments = vec!["verify"];
    let out = clinic.out();
    arguments.push(out.to_str().unwrap());
    arguments.extend(with);
    ends(&appeal(&arguments), 0);
}
