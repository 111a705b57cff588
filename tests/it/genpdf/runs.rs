//! Commands that set letters with genpdf, and what runs note of it.

use std::fs;

use crate::batch::CASE;
use crate::support::{names, run};

const DAY: &str = "2026-11-21";

#[test]
fn write_sets_a_letter_with_genpdf_in_the_same_bytes_twice() {
    let write = || {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().to_str().unwrap();
        let ended = run(&["write", CASE, "-o", to, "--as-of", DAY, "--pdf-engine", "genpdf"]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let all = names(folder.path());
        let pdf = all.iter().find(|name| name.ends_with(".pdf")).unwrap();
        fs::read(folder.path().join(pdf)).unwrap()
    };
    let first = write();
    assert!(first.starts_with(b"%PDF-1.7"));
    assert!(first == write());
}

#[test]
fn a_run_names_its_engine_and_another_engine_makes_the_letters_anew() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().to_str().unwrap();
    let batch = |engine: &str| {
        let ended = run(&["batch", CASE, "-o", to, "--as-of", DAY, "--pdf-engine", engine]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let manifest = fs::read_to_string(folder.path().join("manifest.jsonl")).unwrap();
        assert!(manifest.contains(&format!("\"engine\":\"{engine}\"")), "{manifest}");
        let verified = run(&["verify", to]);
        assert_eq!(verified.code, Some(0), "{verified:?}");
        assert!(verified.stdout.contains("1 case made again"), "{verified:?}");
        ended.stdout
    };
    assert!(batch("genpdf").contains("files written"));
    assert!(batch("genpdf").contains("no file was written"));
    assert!(batch("krilla").contains("1 file written"));
    assert!(batch("genpdf").contains("1 file written"));
}

#[test]
fn a_record_that_genpdf_cannot_set_is_named_without_its_words() {
    let folder = tempfile::tempdir().unwrap();
    let record = fs::read_to_string(CASE).unwrap();
    let name = record.lines().find(|line| line.starts_with("name")).unwrap();
    let path = folder.path().join("record.toml");
    fs::write(&path, record.replacen(name, "name = \"محمد Example\"", 1)).unwrap();
    let (from, out) = (path.to_str().unwrap(), folder.path().join("out"));
    let to = out.to_str().unwrap();
    let ended = run(&["batch", from, "-o", to, "--as-of", DAY, "--pdf-engine", "genpdf"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let told = "error[batch::engine]: genpdf cannot draw U+0645: it runs from right to left";
    assert!(ended.stderr.contains(told), "{ended:?}");
    assert!(!ended.stderr.contains("محمد"), "{ended:?}");
    let alone = run(&["write", from, "-o", to, "--as-of", DAY, "--pdf-engine", "genpdf"]);
    assert_eq!(alone.code, Some(2), "{alone:?}");
    assert!(alone.stderr.contains("as in `محمد`: it runs from right to left"), "{alone:?}");
}
