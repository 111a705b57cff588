//! `appeal import` as its user meets it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Output, Stdio};

use super::*;

use crate::support::names;

fn import(arguments: &[&str], input: &str) -> (i32, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_appeal"))
        .arg("import")
        .args(arguments)
        .args(if arguments.contains(&"--suggest-map") {
            &[][..]
        } else {
            &["--as-of", "2026-11-21"]
        })
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not read its input closes it.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

/// A folder with the map, and the path of a folder that is not there yet.
fn house() -> (tempfile::TempDir, String, String) {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("map.toml"), MAP).unwrap();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let (map, out) = (path("map.toml"), path("new/records"));
    (dir, map, out)
}

#[test]
fn good_rows_are_written_by_their_case_and_bad_ones_told() {
    let (_dir, map, out) = house();
    let bad = ROW.replace("26-1", "26-2").replace("imaging", "imagining");
    let table = format!("{HEADINGS}\n{ROW}\n{bad}\n{}\n\n", ROW.replace("26-1", "26-3"));
    let (code, stdout, stderr) = import(&["-", "--map", &map, "-o", &out], &table);
    assert_eq!(code, 1, "{stderr}");
    assert_eq!(
        stdout,
        format!(
            "3 records read: 2 good, 1 with faults; 1 empty row skipped.\nWrote 2 records to {out}\n"
        )
    );
    assert!(
        stderr.contains("standard input, row 3") && stderr.contains("E3 Service: imagining"),
        "{stderr}"
    );
    assert_eq!(names(Path::new(&out)), ["26-1.toml", "26-3.toml"]);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(Path::new(&out)), 0o700);
    assert_eq!(mode(&Path::new(&out).join("26-1.toml")), 0o600);
}

#[test]
fn without_a_folder_nothing_is_written_and_the_report_is_the_result() {
    let (_dir, map, _) = house();
    let (code, stdout, stderr) = import(&["-", "--map", &map], &format!("{HEADINGS}\n{ROW}\n"));
    assert_eq!(
        (code, stdout.as_str(), stderr.as_str()),
        (0, "1 record read, all of them good.\n", "")
    );
    let (code, stdout, stderr) = import(&["-", "--map", &map], &with("Service", "x"));
    assert_eq!((code, stderr.as_str()), (1, ""));
    assert!(
        stdout.contains("unknown word for `service.kind`") && stdout.ends_with("1 with faults.\n"),
        "{stdout}"
    );
}

#[test]
fn records_that_are_there_are_not_replaced_without_force() {
    let (_dir, map, out) = house();
    let table = format!("{HEADINGS}\n{ROW}\n");
    assert_eq!(import(&["-", "--map", &map, "-o", &out], &table).0, 0);
    let file = Path::new(&out).join("26-1.toml");
    fs::write(&file, "mine").unwrap();
    let more = format!("{table}{}\n", ROW.replace("26-1", "26-2"));
    let (code, _, stderr) = import(&["-", "--map", &map, "-o", &out], &more);
    assert_eq!(code, 1);
    assert!(stderr.contains("26-1.toml is there already; --force replaces it"), "{stderr}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    assert_eq!(names(Path::new(&out)), ["26-1.toml", "26-2.toml"]);
    assert_eq!(import(&["-", "--map", &map, "-o", &out, "--force"], &more).0, 0);
    assert!(fs::read_to_string(&file).unwrap().starts_with("schema = 1\n"));
}

#[test]
fn names_that_differ_in_capitals_only_are_refused_and_neither_is_written() {
    let (_dir, map, out) = house();
    let rows: Vec<String> =
        ["Ab", "aB", "ab", "c"].iter().map(|id| ROW.replace("26-1", id)).collect();
    let table = format!("{HEADINGS}\n{}\n", rows.join("\n"));
    let (code, stdout, stderr) = import(&["-", "--map", &map, "-o", &out], &table);
    assert_eq!(code, 1);
    assert!(stderr.contains("`aB` is also the case_id of standard input, row 2"), "{stderr}");
    assert!(stdout.contains("Wrote 1 record"), "{stdout}");
    assert_eq!(names(Path::new(&out)), ["c.toml"]);
    assert_eq!(import(&["-", "--map", &map], &table).0, 1);
}

#[test]
fn a_file_is_named_by_the_case_alone() {
    let (_dir, map, out) = house();
    let table = with("Name", "Zebulon Example");
    assert_eq!(import(&["-", "--map", &map, "-o", &out], &table).0, 0);
    assert_eq!(names(Path::new(&out)), ["26-1.toml"]);
    for id in ["../x", "a/b", "con", ".", "", "a b"] {
        let (code, ..) = import(&["-", "--map", &map, "-o", &out], &with("ID", id));
        assert_eq!(code, 1, "{id}");
    }
    assert_eq!(names(Path::new(&out)), ["26-1.toml"]);
}

#[test]
fn a_faulty_map_is_told_and_nothing_is_read() {
    let (dir, map, out) = house();
    fs::write(&map, MAP.replace("[member]", "[memer]")).unwrap();
    let (code, stdout, stderr) = import(&["-", "--map", &map, "-o", &out], "");
    assert_eq!((code, stdout.as_str()), (1, ""));
    assert!(stderr.contains("did you mean `member`?"), "{stderr}");
    assert_eq!(names(dir.path()), ["map.toml"]);
    assert_eq!(import(&["-", "--map", "no-such-map.toml"], "").0, 2);
    assert_eq!(import(&["no-such-table.csv", "--map", &out], "").0, 2);
}

#[test]
fn a_map_is_proposed_from_standard_input_too() {
    let (code, stdout, _) = import(&["-", "--suggest-map"], &format!("{HEADINGS}\n{ROW}\n"));
    assert_eq!(code, 0);
    assert!(stdout.contains("case_id = \"ID\"") && stdout.contains("name = \"Name\""), "{stdout}");
    assert!(!stdout.contains("Ana"), "{stdout}");
    let (code, _, stderr) = import(&["-", "--suggest-map"], "schema = 1\n");
    assert_eq!(code, 1);
    assert!(stderr.contains("only a table needs a map"), "{stderr}");
}
