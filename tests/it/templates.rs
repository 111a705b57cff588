//! `appeal templates` from outside.

use std::fs;
use std::path::Path;
use std::process::Output;

use appeal::letter::{Templates, names};
use serde_json::Value;

use crate::support::appeal;

const NAMES: &str = "docs/template-names.md";

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[track_caller]
fn run(arguments: &[&str], code: i32) -> String {
    let output = appeal(arguments);
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{}\n{err}", out(&output));
    if code == 2 { err.into_owned() } else { out(&output) }
}

fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn the_document_lists_the_names_that_the_program_knows() {
    let text = format!(
        "# The names that templates may use\n\nWritten by `appeal templates vars`; \
         [templates.md](templates.md) says how to use them.\n\n```text\n{}```\n",
        run(&["templates", "vars"], 0)
    );
    if std::env::var_os("BLESS").is_some() {
        fs::write(NAMES, &text).unwrap();
    }
    let is = fs::read_to_string(NAMES).unwrap_or_default();
    assert!(is == text, "{NAMES} differs: run with BLESS=1 and read the diff");
}

#[test]
fn every_name_has_a_type_and_a_meaning() {
    let names = names();
    assert!(names.len() > 200, "{}", names.len());
    for name in &names {
        assert!(!name.meaning.is_empty() && !name.kind.is_empty(), "{name:?}");
    }
    let kind = |wanted: &str| names.iter().find(|n| n.name == wanted).map(|n| n.kind.as_str());
    assert_eq!(kind("member.name"), Some("text as typed"));
    assert_eq!(kind("letter.final"), Some("yes or no"));
    assert_eq!(kind("letter.days_late"), Some("number"));
    assert_eq!(kind("services"), Some("list of groups"));
    assert_eq!(kind("authorities.ID.cite"), Some("text"));
}

#[test]
fn names_for_a_stage_are_those_with_a_value_there() {
    let all: Value = serde_json::from_str(&run(
        &["templates", "vars", "--for", "second-opinion-request", "--format", "json"],
        0,
    ))
    .unwrap();
    let names: Vec<&str> =
        all["names"].as_array().unwrap().iter().filter_map(|n| n["name"].as_str()).collect();
    assert!(names.contains(&"service.second_opinion_reason"), "{names:?}");
    assert!(!names.contains(&"letter.days_late"), "{names:?}");
    assert!(all["tools"].as_array().unwrap().iter().any(|t| t["name"] == "or_blank"));
    let error = run(&["templates", "vars", "--for", "grievence"], 2);
    assert!(error.contains("grievance") && error.contains("dmhc-imr"), "{error}");
}

#[test]
fn the_list_says_which_file_wins_and_why() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "parts/letterhead.md", "{# Ours. -#}\n**Example Legal Aid**\n");
    put(folder.path(), "letters/grievance.md", "{% extends \"builtin/letters/grievance.md\" %}\n");
    put(folder.path(), "letters/grievence.md", "Dear all\n");
    let dir = folder.path().to_str().unwrap();
    let text = run(&["templates", "list", "--templates", dir], 0);
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "parts/letterhead.md Ours.",
        "letterhead.md, in place of the built-in one.",
        "grievance.md, which extends builtin/letters/grievance.md.",
        "grievance (us-ca-dmhc",
        "grievence.md, which is new. Nothing uses it. Did you mean letters/grievance.md?",
        "builtin/letters/grievance.md The grievance with a plan. File: built in. Used by: \
         letters/appeal.md, letters/grievance.md, ",
    ] {
        assert!(flat.contains(words), "{words:?} is not in {text}");
    }
    let all: Vec<Value> =
        serde_json::from_str(&run(&["templates", "list", "--format", "json"], 0)).unwrap();
    assert_eq!(all.len(), Templates::sources().len());
    for entry in &all {
        assert!(entry["about"].as_str().is_some_and(|a| a.ends_with('.')), "{entry}");
        let is_used = entry["used_by"].as_array().is_some_and(|u| !u.is_empty());
        let is_sheet = entry["name"] == "sheets/find-regulator.md";
        assert!(is_used || !entry["stages"].is_null() || is_sheet, "nothing uses {entry}");
    }
}

#[test]
fn exported_templates_are_the_built_in_ones_and_replace_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("mine");
    let dir = dir.to_str().unwrap();
    run(&["templates", "export", dir], 0);
    let own = Templates::with_dir(Path::new(dir)).unwrap();
    for (name, text) in Templates::sources() {
        assert_eq!(own.source(name), Some(text), "{name}");
    }
    let error = run(&["templates", "export", dir], 2);
    assert!(error.contains("already there"), "{error}");
    put(Path::new(dir), "base.md", "changed");
    run(&["templates", "export", dir, "--force"], 0);
    assert!(fs::read_to_string(Path::new(dir).join("base.md")).unwrap().contains("block title"));
}

#[test]
fn coverage_shows_the_place_and_ends_with_one() {
    let folder = tempfile::tempdir().unwrap();
    let text =
        "{# Ours. -#}\n{% if member.name %}\nÉ **A** {% if false %}never{% endif %}\n{% endif %}\n";
    put(folder.path(), "parts/letterhead.md", text);
    let dir = folder.path().to_str().unwrap();
    let case = "fixtures/cases/kaiser-outside-surgeon";
    let record = format!("{case}/record.toml");
    let arguments = ["templates", "coverage", &record, "--templates", dir, "--as-of", "2026-11-21"];
    let text = run(&arguments, 1);
    assert!(text.contains("parts/letterhead.md: 50 %, 2 of 4 places"), "{text}");
    assert!(text.contains("parts/letterhead.md:3:9 if is not reached, nor 1 in it"), "{text}");
    assert!(text.contains("É **A** {% if false %}never"), "{text}");
    put(folder.path(), "parts/letterhead.md", "**A**\n");
    assert!(run(&arguments, 0).contains("100 % of 1 places reached, 0 not."));
    put(folder.path(), "parts/letterhead.md", "{{ member.nmae }}\n");
    let output = appeal(&arguments);
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("parts/letterhead.md:1:11") && error.contains("nmae"), "{error}");
}
