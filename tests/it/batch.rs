//! Many records in one run: what is written, what is said, and what a second run leaves alone.

mod keep;
mod kill;
mod many;
mod nasty;
mod parts;
mod same;
mod verify;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::Output;

use appeal::batch::manifest::{Case, Manifest};

use crate::support::appeal;

pub(crate) const CASE: &str = "fixtures/cases/kaiser-outside-surgeon/record.toml";
const DAY: &str = "2026-11-21";

/// Two folders, one for records and one for what a run writes.
struct Clinic {
    folder: tempfile::TempDir,
}

impl Clinic {
    fn new() -> Clinic {
        let clinic = Clinic { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(clinic.intake()).unwrap();
        clinic
    }

    fn intake(&self) -> PathBuf {
        self.folder.path().join("intake")
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    /// Puts a record into the intake.
    fn record(&self, name: &str, text: &str) {
        fs::write(self.intake().join(name), text).unwrap();
    }

    /// A run over the intake, as of the day of the fixtures.
    fn run(&self, more: &[&str]) -> Output {
        let mut arguments = vec!["--as-of", DAY];
        arguments.extend(more);
        self.run_today(&arguments)
    }

    /// A run over the intake, as of the day it is.
    fn run_today(&self, more: &[&str]) -> Output {
        let (intake, out) = (self.intake(), self.out());
        let mut arguments = vec!["batch", intake.to_str().unwrap(), "-o", out.to_str().unwrap()];
        arguments.extend(more);
        appeal(&arguments)
    }

    fn verify(&self) -> Output {
        appeal(&["verify", self.out().to_str().unwrap()])
    }

    fn cases(&self) -> Vec<Case> {
        cases(&self.out())
    }

    fn case(&self, id: &str) -> Case {
        let found: Vec<Case> = self.cases().into_iter().filter(|c| c.id == id).collect();
        assert_eq!(found.len(), 1, "{id}: {found:?}");
        found.into_iter().next().unwrap()
    }
}

/// Every record of a manifest.
fn cases(folder: &Path) -> Vec<Case> {
    let mut manifest = Manifest::open(folder).unwrap();
    let mut cases = Vec::new();
    while let Some(case) = manifest.case().unwrap() {
        cases.push(case);
    }
    cases
}

/// A record of the fixtures under another id.
fn named(id: &str) -> String {
    let text = fs::read_to_string(CASE).unwrap();
    assert!(text.contains("\"2026-0142\""));
    text.replace("\"2026-0142\"", &format!("\"{id}\"")).replace("EX-REF-20418", &format!("EX-{id}"))
}

#[track_caller]
fn ends(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}\n{}", said(output), told(output));
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Every file below a folder by its path, but for the program's own corner.
fn files(folder: &Path) -> BTreeMap<String, PathBuf> {
    fn below(root: &Path, folder: &Path, found: &mut BTreeMap<String, PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.file_name().is_some_and(|n| n == ".appeal") {
                continue;
            }
            if path.is_dir() {
                below(root, &path, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                found.insert(name, path);
            }
        }
    }
    let mut found = BTreeMap::new();
    below(folder, folder, &mut found);
    found
}

/// The bytes of every file below a folder.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    files(folder).into_iter().map(|(name, path)| (name, fs::read(path).unwrap())).collect()
}

/// What changes when a file is written again: its number on the disk, and when it was written.
fn stamps(folder: &Path) -> BTreeMap<String, (u64, i64, i64)> {
    let stamp = |path: PathBuf| {
        let met = fs::metadata(path).unwrap();
        (met.ino(), met.mtime(), met.mtime_nsec())
    };
    files(folder).into_iter().map(|(name, path)| (name, stamp(path))).collect()
}

/// Checks that two folders hold the same; the first file that differs is named.
#[track_caller]
fn alike(one: &Path, other: &Path) {
    let (one, other) = (contents(one), contents(other));
    let names: Vec<_> = one.keys().filter(|n| !other.contains_key(*n)).collect();
    assert!(names.is_empty(), "only in the first: {names:?}");
    let names: Vec<_> = other.keys().filter(|n| !one.contains_key(*n)).collect();
    assert!(names.is_empty(), "only in the second: {names:?}");
    let differs: Vec<_> =
        one.iter().filter(|(n, bytes)| other[*n] != **bytes).map(|(n, _)| n).collect();
    assert!(differs.is_empty(), "{differs:?}");
}
