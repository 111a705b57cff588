//! Files, folders, JSON Lines and standard input.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use appeal::import;

use super::*;

const RECORD: &str = "fixtures/full.toml";

fn places(entries: impl Iterator<Item = Entry>, folder: &Path) -> Vec<String> {
    let front = format!("{}/", folder.display());
    entries.map(|e| e.place.replace(&front, "")).collect()
}

#[test]
fn a_folder_is_read_with_all_below_it_and_hidden_files_are_not() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    fs::create_dir_all(at("b/c")).unwrap();
    fs::create_dir_all(at(".git")).unwrap();
    for name in ["b.toml", "a.TOML", "b/c/z.toml", ".hidden.toml", ".git/x.toml", "notes.txt"] {
        fs::copy(RECORD, at(name)).unwrap();
    }
    fs::write(at("~$intake.xlsx"), "lock").unwrap();
    fs::write(at("rows.jsonl"), "{}\n{}\n").unwrap();
    fs::write(at("old.xls"), "x").unwrap();
    let found = places(import::entries(dir.path()), dir.path());
    let expected =
        ["a.TOML", "b/c/z.toml", "b.toml", "old.xls", "rows.jsonl, line 1", "rows.jsonl, line 2"];
    assert_eq!(found, expected);
}

#[test]
fn links_that_lead_back_do_not_hang_and_nothing_is_read_twice() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    fs::create_dir(at("real")).unwrap();
    fs::copy(RECORD, at("real/a.toml")).unwrap();
    symlink(dir.path(), at("real/up")).unwrap();
    symlink(at("real"), at("zagain")).unwrap();
    symlink(at("nowhere"), at("broken.toml")).unwrap();
    // The one that leads nowhere is named, because a record may be missing there.
    assert_eq!(places(import::entries(dir.path()), dir.path()), ["broken.toml", "real/a.toml"]);
}

#[test]
fn the_map_in_a_folder_is_no_record_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("map.toml");
    fs::write(&path, MAP).unwrap();
    fs::write(dir.path().join("intake.csv"), format!("{HEADINGS}\n{ROW}\n")).unwrap();
    let sources = Sources::mapped(map(MAP).of_file(&path));
    let entries: Vec<Entry> = sources.entries(dir.path()).collect();
    takes(&entries, 1);
    // Without it, the table is told of, not passed over.
    let entries: Vec<Entry> = import::entries(&dir.path().join("intake.csv")).collect();
    refuses(&entries, &["needs a map", "--suggest-map"]);
}

#[test]
fn a_list_of_paths_and_standard_input_is_one_list_of_entries() {
    let paths =
        [PathBuf::from(RECORD), "-".into(), "fixtures/no-such-file.toml".into(), "-".into()];
    let record = fs::read(RECORD).unwrap();
    let stdin = move || Box::new(Cursor::new(record)) as import::Input;
    let entries: Vec<Entry> = import::open(&paths, &Sources::default(), stdin).collect();
    let places: Vec<&str> = entries.iter().map(|e| e.place.as_str()).collect();
    assert_eq!(places, [RECORD, "standard input", "fixtures/no-such-file.toml", "standard input"]);
    assert_eq!(entries[0].loaded.record, entries[1].loaded.record);
    assert!(said(&entries[2]).contains("cannot read"));
    assert!(said(&entries[3]).contains("named twice"));
}

#[test]
fn standard_input_is_told_by_how_it_begins() {
    let read = |bytes: &[u8]| -> Vec<Entry> {
        mapped().read("standard input", Box::new(Cursor::new(bytes.to_vec()))).collect()
    };
    takes(&read(format!("{HEADINGS}\n{ROW}\n").as_bytes()), 1);
    takes(&read(&sheet("Notes", "")), 1);
    takes(&read(&fs::read(RECORD).unwrap()), 1);
    refuses(&read(b"{\"schema\": 1}"), &["standard input, line 1"]);
}

#[test]
fn faults_of_json_lines_are_told_with_line_and_key() {
    let text = "\u{feff}\n{\"schema\":1,\"case_id\":\"a\",\"denial\":{\"outcome\":\"deneid\",\"notice_date\":\"2026-02-30\"},\
                \"service\":[{\"kind\":\"imaging\",\"codes\":[\"A\",7]}],\"memer\":{\"name\":\"x\"},\"case_id\":\"b\"}\n\n{\"schema\":\n[1]\n7\n";
    let entries = jsonl(text);
    let places: Vec<&str> = entries.iter().map(|e| e.place.as_str()).collect();
    assert_eq!(
        places,
        [
            "intake.jsonl, line 2",
            "intake.jsonl, line 4",
            "intake.jsonl, line 5",
            "intake.jsonl, line 6"
        ]
    );
    for words in [
        "denial.outcome: deneid",
        "did you mean `denied`?",
        "denial.notice_date: 2026-02-30",
        "February 2026 has 28 days",
        "service[0].codes: [A, 7]",
        "unknown table `memer`",
        "`case_id` stands twice",
    ] {
        assert!(said(&entries[0]).contains(words), "{words}\n{}", said(&entries[0]));
    }
    refuses(&entries[1..2], &["the line is not JSON", "EOF"]);
    refuses(&entries[2..3], &["a list, not an object"]);
    refuses(&entries[3..], &["no object"]);
}

#[test]
fn a_line_without_end_is_read_over() {
    let mut text = "{\"x\":\"".to_owned() + &"y".repeat(7_000_000);
    text.push_str("\n{}\n");
    let entries = jsonl(&text);
    assert_eq!(entries.len(), 2);
    assert!(said(&entries[0]).contains("more than 6291456 bytes"));
}

#[test]
fn a_table_is_read_row_by_row() {
    /// A table without end, which counts what was taken of it.
    struct Endless(std::sync::Arc<std::sync::atomic::AtomicUsize>);
    impl std::io::Read for Endless {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            let at = self.0.load(std::sync::atomic::Ordering::Relaxed);
            let head = format!("{HEADINGS}\n");
            let row = format!("{ROW}\n");
            for (n, byte) in out.iter_mut().enumerate() {
                let at = at + n;
                *byte = match at.checked_sub(head.len()) {
                    None => head.as_bytes()[at],
                    Some(at) => row.as_bytes()[at % row.len()],
                };
            }
            self.0.fetch_add(out.len(), std::sync::atomic::Ordering::Relaxed);
            Ok(out.len())
        }
    }
    let taken = std::sync::Arc::default();
    let entries = mapped().read("intake.csv", Box::new(Endless(std::sync::Arc::clone(&taken))));
    assert_eq!(entries.take(10_000).filter(is_good).count(), 10_000);
    let read = taken.load(std::sync::atomic::Ordering::Relaxed);
    assert!(read < 10_000 * (ROW.len() + 1) + 1_000_000, "{read} bytes were taken");
}
