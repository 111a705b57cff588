//! The same record, law and day give the same bytes: anywhere, in any language, and in any thread.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{fs, thread};

use appeal::law::Law;
use appeal::layout::Fonts;
use appeal::letter::Templates;
use appeal::packet::{self, Paper, Press};
use appeal::pdf::Engine;
use appeal::record;
use chrono::NaiveDate;

const CASES: &[&str] = &["fixtures/cases/kaiser-outside-surgeon/record.toml", "fixtures/full.toml"];

/// Writes a case's letters with the program, under an environment of our making.
fn written(case: &str, from: &Path, env: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let case = fs::canonicalize(case).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_appeal"))
        .args(["write", "--draft", "--as-of", "2026-11-21", "-o"])
        .arg(folder.path())
        .arg(case)
        .current_dir(from)
        .env_clear()
        .envs(env.iter().copied())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let files: BTreeMap<String, Vec<u8>> = fs::read_dir(folder.path())
        .unwrap()
        .map(|e| e.unwrap())
        .map(|e| (e.file_name().into_string().unwrap(), fs::read(e.path()).unwrap()))
        .collect();
    assert!(files.len() >= 2, "{:?}", files.keys());
    files
}

#[test]
fn a_letter_is_the_same_in_every_zone_language_and_folder() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for case in CASES {
        let first = written(case, one.path(), &[]);
        for env in [
            &[("TZ", "Pacific/Kiritimati")][..],
            &[("TZ", "Pacific/Pago_Pago")],
            &[("TZ", "no/such/zone")],
            &[("LC_ALL", "de_DE.UTF-8"), ("LANG", "de_DE.UTF-8")],
            &[("LC_ALL", "ar_EG.UTF-8")],
            &[("LC_ALL", "C"), ("NO_COLOR", "1"), ("TERM", "dumb")],
            &[("HOME", "/nonexistent"), ("SOURCE_DATE_EPOCH", "1")],
        ] {
            assert!(first == written(case, other.path(), env), "{case} under {env:?}");
        }
        assert!(first == written(case, Path::new("/"), &[]), "{case} from another folder");
    }
}

/// Every paper of a case, through the library.
fn papers(case: &str) -> Vec<Paper> {
    let law = Law::builtin().unwrap_or_else(|e| panic!("{e}"));
    let templates = Templates::builtin().unwrap_or_else(|e| panic!("{e}"));
    let as_of = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let loaded = record::read(&fs::read(case).unwrap(), "record.toml");
    let case = loaded.check(as_of).0.unwrap();
    let fonts = Fonts::builtin();
    let press =
        Press { templates: &templates, fonts: &fonts, pdf: Some(Engine::Krilla), draft: true };
    let mut papers = Vec::new();
    for dispute in packet::rule(&case, &law, as_of).unwrap_or_else(|e| panic!("{e}")) {
        let stages = [dispute.ruling.stage.clone()];
        papers.extend(packet::papers(&case.record, &dispute, &stages, &press).unwrap());
    }
    papers
}

fn bytes(papers: &[Paper]) -> Vec<(&str, &[u8])> {
    papers.iter().map(|p| (p.markdown.as_str(), p.pdf.as_ref().unwrap().bytes.as_slice())).collect()
}

#[test]
fn letters_made_side_by_side_do_not_touch_each_other() {
    let alone: Vec<Vec<Paper>> = CASES.iter().map(|c| papers(c)).collect();
    let together: Vec<Vec<Paper>> = thread::scope(|scope| {
        // Four at once, each case twice and in another order than before.
        let threads: Vec<_> =
            CASES.iter().rev().chain(CASES).map(|c| scope.spawn(|| papers(c))).collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    let order = (0..CASES.len()).rev().chain(0..CASES.len());
    for (n, papers) in order.zip(&together) {
        assert!(!papers.is_empty());
        assert!(bytes(&alone[n]) == bytes(papers), "{}", CASES[n]);
    }
}
