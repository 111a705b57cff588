//! How many instructions letters take, counted by callgrind: a figure that a busy machine does not change.
//!
//! The figures are in benches/instructions.toml. Whoever makes letters slower on purpose renews them:
//! benches/README.md says how, and of which build they are.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs, thread};

const FIGURES: &str = "benches/instructions.toml";
const HEAD: &str = "\
# Instructions from the start of `appeal` to its end, counted by `valgrind --tool=callgrind` in release:
# one letter each as Markdown and PDF, and a batch of ten alike. tests/it/instructions.rs fails where one
# has grown by more than a tenth. Renew, and say in the commit why it grew:
#   BLESS=1 cargo test --release --all-features --test it instructions -- --ignored, built as in .ci/run
";
/// Of all kinds: short and long, one paper and several, with and without tables, drafts.
const CASES: [&str; 10] = [
    "colorado-exclusion",
    "county-mental-health-upheld",
    "fehb-reconsideration",
    "kaiser-outside-surgeon",
    "medicare-advantage-no-decision",
    "regulator-unknown-urgent",
    "self-funded-silent",
    "step-therapy",
    "union-fund-appeal",
    "virginia-cancer",
];
/// The case that ten records of a batch are made from.
const TENFOLD: &str = "kaiser-outside-surgeon";
const BATCH: &str = "batch-of-ten";

#[test]
#[ignore = "needs valgrind, and the program as it is released"]
fn ten_letters_take_no_more_instructions_than_recorded() {
    if cfg!(debug_assertions) {
        panic!("the figures are of the release: run with --release");
    }
    let folder = tempfile::tempdir().unwrap();
    let records = folder.path().join("records");
    fs::create_dir(&records).unwrap();
    let record = fs::read_to_string(format!("fixtures/cases/{TENFOLD}/record.toml")).unwrap();
    for n in 0..10 {
        fs::write(records.join(format!("{n}.toml")), another(&record, n)).unwrap();
    }
    let mut runs: Vec<(&str, Vec<String>)> = CASES
        .iter()
        .map(|case| {
            let record = format!("fixtures/cases/{case}/record.toml");
            (*case, vec!["write".to_owned(), "--force".to_owned(), "--draft".to_owned(), record])
        })
        .collect();
    let records = records.to_str().unwrap().to_owned();
    let batch = ["batch", "--draft", "--jobs", "1"].map(str::to_owned);
    runs.push((BATCH, batch.into_iter().chain([records]).collect()));

    let at_once = thread::available_parallelism().map_or(1, usize::from);
    let mut counted: BTreeMap<&str, u64> = BTreeMap::new();
    for some in runs.chunks(at_once) {
        thread::scope(|scope| {
            let count = |(name, arguments): &(&'static str, Vec<String>)| {
                let (name, arguments) = (*name, arguments.clone());
                let out = folder.path().join(name);
                scope.spawn(move || (name, instructions(&arguments, &out)))
            };
            let running: Vec<_> = some.iter().map(count).collect();
            counted.extend(running.into_iter().map(|run| run.join().unwrap()));
        });
    }
    if env::var_os("BLESS").is_some() {
        let lines = counted.iter().map(|(name, count)| format!("{name} = {count}\n"));
        fs::write(FIGURES, format!("{HEAD}{}", lines.collect::<String>())).unwrap();
        return;
    }
    let recorded: BTreeMap<String, u64> =
        toml::from_str(&fs::read_to_string(FIGURES).unwrap()).unwrap();
    assert!(recorded.keys().eq(counted.keys()), "{FIGURES} is of other letters");
    let grown: Vec<String> = counted
        .iter()
        .filter(|(name, count)| **count > recorded[**name] + recorded[**name] / 10)
        .map(|(name, count)| format!("{name}: {} recorded, now {count}", recorded[*name]))
        .collect();
    assert!(grown.is_empty(), "slower by more than a tenth; see {FIGURES}:\n{}", grown.join("\n"));
}

/// Runs the program under callgrind and returns what it counted.
fn instructions(arguments: &[String], out: &Path) -> u64 {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env!("CARGO_BIN_EXE_appeal"))
        .args(arguments)
        .args(["--as-of", "2026-11-21", "--out"])
        .arg(out)
        .stdin(Stdio::null())
        .output()
        .expect("valgrind must be installed");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {told}");
    assert!(fs::read_dir(out).unwrap().count() > 0, "{arguments:?} wrote nothing");
    let count = told.lines().find_map(|line| line.split_once("Collected :")?.1.trim().parse().ok());
    count.unwrap_or_else(|| panic!("valgrind counted nothing: {told}"))
}

/// The same denial of another member.
fn another(record: &str, n: usize) -> String {
    let mut text = String::new();
    let mut named = false;
    for line in record.lines() {
        match line.split('=').next().unwrap_or("").trim() {
            "name" if !named => {
                named = true;
                text.push_str(&format!("name = \"Ana Example {n}\""));
            }
            "case_id" => text.push_str(&format!("case_id = \"ten-{n}\"")),
            "member_id" => text.push_str(&format!("member_id = \"EX-{:09}\"", n * 7919)),
            "reference" => text.push_str(&format!("reference = \"CLM-{:012}\"", n * 104_729)),
            _ => text.push_str(line),
        }
        text.push('\n');
    }
    text
}
