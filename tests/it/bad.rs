//! Every file of `fixtures/bad` has one fault, named by the file; beside it lies what is said of it.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

use std::path::{Path, PathBuf};
use std::{env, fs};

use appeal::{diag, record};
use chrono::NaiveDate;

/// The day on which every bad record is checked.
const AS_OF: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();

fn listed() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir("fixtures/bad")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    assert!(files.len() >= 40, "only {} files under fixtures/bad", files.len());
    files
}

/// What is said of a file, under its own name alone.
fn said(path: &Path) -> (Vec<diag::Diagnostic>, String) {
    let name = path.file_name().unwrap().to_str().unwrap();
    let loaded = record::read(&fs::read(path).unwrap(), name);
    let (case, found) = loaded.check(AS_OF);
    assert_eq!(case.is_none(), diag::has_errors(&found), "{name}");
    let text = diag::render(&found, &loaded.source, false);
    (found, text)
}

#[test]
fn every_bad_record_is_told_what_is_wrong() {
    let mut differing = Vec::new();
    for path in listed() {
        let (_, text) = said(&path);
        let expected = path.with_extension("txt");
        if env::var_os("BLESS").is_some() {
            fs::write(&expected, text).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != text {
            differing.push(path);
        }
    }
    assert!(differing.is_empty(), "run with BLESS=1 and read the diff: {differing:#?}");
}

#[test]
fn every_bad_record_has_one_fault() {
    let several = ["many-faults", "bytes-euro-and-quotes"];
    let wrong: Vec<String> = listed()
        .iter()
        .filter(|path| !several.contains(&path.file_stem().unwrap().to_str().unwrap()))
        .map(|path| said(path))
        .filter(|(found, _)| found.len() != 1)
        .map(|(_, text)| text)
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_text_belongs_to_a_record() {
    let records = listed();
    for entry in fs::read_dir("fixtures/bad").unwrap() {
        let path = entry.unwrap().path();
        let record = path.with_extension("toml");
        assert!(records.contains(&record), "{} stands alone", path.display());
    }
}

#[test]
fn messages_keep_the_house_style() {
    for path in listed() {
        let (found, _) = said(&path);
        for fault in found {
            let message = &fault.message;
            let first = message.trim_start_matches(['`', '[']).chars().next().unwrap();
            assert!(!first.is_uppercase(), "starts with a capital: {message}");
            assert!(!message.ends_with('.'), "ends with a period: {message}");
            assert!(!message.contains("invalid") && !message.contains("failed"), "{message}");
            assert!(fault.code.starts_with("record::"), "{}", fault.code);
            for help in &fault.help {
                assert!(!help.ends_with('.'), "ends with a period: {help}");
            }
            for label in &fault.labels {
                assert!(!label.text.ends_with('.'), "ends with a period: {}", label.text);
            }
        }
    }
}

#[test]
fn no_escape_and_no_social_security_number_is_printed() {
    for path in listed() {
        let (_, text) = said(&path);
        let stray = text.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(stray, None, "{}", path.display());
        for secret in ["123-45-6789", "123456789", "\u{202e}", "\u{feff}"] {
            assert!(!text.contains(secret), "{} prints {secret:?}", path.display());
        }
    }
}
