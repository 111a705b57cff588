//! The program from outside: help, exit codes, what it writes and what it leaves alone.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::support::{appeal, names};

const CASE: &str = "fixtures/cases/kaiser-outside-surgeon/record.toml";
const AS_OF: &str = "2026-11-21";

/// As [`appeal`], with text on standard input.
fn appeal_reading(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_appeal"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Checks the exit code; both streams are shown where it differs.
#[track_caller]
fn ends(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}\n{}", out(output), err(output));
}

fn changed(from: &str, to: &str) -> String {
    let text = fs::read_to_string(CASE).unwrap();
    assert!(text.contains(from), "{from:?} is not in {CASE}");
    text.replacen(from, to, 1)
}

#[test]
fn the_help_is_what_it_was() {
    let mut text = String::new();
    for arguments in [
        &["--help"][..],
        &["-h"],
        &["write", "-h"],
        &["write", "--help"],
        &["explain", "-h"],
        &["explain", "--help"],
        &["check", "-h"],
        &["law", "-h"],
        &["law", "list", "-h"],
        &["law", "show", "-h"],
        &["law", "check", "--help"],
        &["law", "diff", "--help"],
        &["law", "review", "--help"],
        &["law", "export", "-h"],
        &["templates", "-h"],
        &["templates", "list", "-h"],
        &["templates", "export", "--help"],
        &["templates", "vars", "--help"],
        &["templates", "lint", "--help"],
        &["templates", "coverage", "--help"],
        &["templates", "gallery", "-h"],
        &["templates", "gallery", "--help"],
        &["preview", "-h"],
        &["preview", "--help"],
        &["docket", "-h"],
        &["docket", "--help"],
        &["report", "-h"],
        &["report", "--help"],
        &["import", "-h"],
        &["import", "--help"],
        &["batch", "-h"],
        &["batch", "--help"],
        &["verify", "-h"],
        &["merge", "-h"],
        &["schema", "-h"],
        &["completions", "-h"],
        &["man", "-h"],
    ] {
        let output = appeal(arguments);
        ends(&output, 0);
        assert_eq!(err(&output), "");
        text.push_str(&format!("$ appeal {}\n{}\n", arguments.join(" "), out(&output)));
    }
    let golden = Path::new("tests/golden/help.txt");
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all("tests/golden").unwrap();
        fs::write(golden, &text).unwrap();
    }
    let is = fs::read_to_string(golden).unwrap_or_default();
    assert!(is == text, "tests/golden/help.txt differs: run with BLESS=1 and read the diff");
}

#[test]
fn short_help_fits_a_screen() {
    for command in [
        "write",
        "explain",
        "check",
        "docket",
        "report",
        "batch",
        "verify",
        "merge",
        "import",
        "law",
        "cite",
        "templates",
    ] {
        let text = out(&appeal(&[command, "-h"]));
        assert!(text.lines().count() <= 40, "{command}");
        assert!(text.lines().all(|l| l.chars().count() <= 100), "{command}");
    }
}

#[test]
fn a_command_line_that_is_not_understood_is_usage() {
    for arguments in [
        &[][..],
        &["wirte", CASE],
        &["write"],
        &["write", CASE, "--as-of", "11/21/2026"],
        &["write", CASE, "--as-of", "2026-02-30"],
        &["write", CASE, "--format", "docx"],
        &["explain", CASE, "--format", "yaml"],
        &["check"],
        &["docket"],
        &["docket", CASE, "--format", "pdf"],
        &["docket", CASE, "--due-within", "-1"],
        &["docket", CASE, "--force"],
        &["report"],
        &["completions", "sh"],
    ] {
        let output = appeal(arguments);
        ends(&output, 2);
        assert_eq!(out(&output), "", "{arguments:?}");
        assert!(!err(&output).is_empty(), "{arguments:?}");
    }
}

#[test]
fn the_version_is_the_packages() {
    let output = appeal(&["--version"]);
    ends(&output, 0);
    assert_eq!(out(&output), format!("appeal {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_record_that_is_not_there_is_the_outside_world() {
    for command in ["write", "explain", "check", "docket", "report", "preview"] {
        let output = appeal(&[command, "no/such/record.toml", "--as-of", AS_OF]);
        ends(&output, 2);
        assert!(
            err(&output).starts_with("error: cannot read no/such/record.toml"),
            "{}",
            err(&output)
        );
    }
    ends(&appeal(&["explain", "fixtures", "--as-of", AS_OF]), 2);
}

#[test]
fn a_folder_of_law_templates_or_fonts_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().to_str().unwrap();
    for option in ["--law", "--templates", "--font-dir"] {
        let output = appeal(&["write", CASE, "--as-of", AS_OF, "-o", to, option, "no/such/folder"]);
        ends(&output, 2);
        assert!(err(&output).contains("no/such/folder"), "{option}: {}", err(&output));
        assert_eq!(err(&output).lines().count(), 1, "{}", err(&output));
    }
    assert_eq!(names(folder.path()), [] as [&str; 0]);
}

#[test]
fn a_letter_is_written_for_its_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let new = folder.path().join("a/b");
    let output = appeal(&["write", CASE, "--as-of", AS_OF, "-o", new.to_str().unwrap()]);
    ends(&output, 0);
    assert_eq!(err(&output), "");
    let written = names(&new);
    assert_eq!(written.len(), 2, "{written:?}");
    assert!(written.iter().all(|n| n.ends_with(".grievance.md") || n.ends_with(".grievance.pdf")));
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder.path().join("a")), 0o700);
    assert_eq!(mode(&new), 0o700);
    for name in &written {
        assert_eq!(mode(&new.join(name)), 0o600, "{name}");
        assert!(out(&output).contains(name), "{name} is not named in\n{}", out(&output));
    }
}

#[test]
fn a_folder_that_is_there_keeps_its_mode() {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o750)).unwrap();
    ends(&appeal(&["write", CASE, "--as-of", AS_OF, "-o", folder.path().to_str().unwrap()]), 0);
    let mode = fs::metadata(folder.path()).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o750);
}

#[test]
fn only_the_formats_asked_for_are_written() {
    for (formats, endings) in [("md", &["md"][..]), ("pdf", &["pdf"]), ("pdf,md", &["md", "pdf"])] {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().to_str().unwrap();
        ends(&appeal(&["write", CASE, "--as-of", AS_OF, "-o", to, "--format", formats]), 0);
        let written = names(folder.path());
        let got: Vec<&str> = written.iter().map(|n| n.rsplit('.').next().unwrap()).collect();
        assert_eq!(got, endings, "{formats}");
    }
}

#[test]
fn an_older_letter_is_replaced_only_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().to_str().unwrap();
    ends(&appeal(&["write", CASE, "--as-of", AS_OF, "-o", to]), 0);
    let letters = names(folder.path());
    // One of the two is in the way: neither is written.
    let (kept, gone) = (folder.path().join(&letters[0]), folder.path().join(&letters[1]));
    fs::write(&kept, "mine").unwrap();
    fs::remove_file(&gone).unwrap();
    let output = appeal(&["write", CASE, "--as-of", AS_OF, "-o", to]);
    ends(&output, 2);
    assert_eq!(out(&output), "");
    assert!(
        err(&output).contains(&letters[0]) && err(&output).contains("--force"),
        "{}",
        err(&output)
    );
    assert_eq!(fs::read_to_string(&kept).unwrap(), "mine");
    assert_eq!(names(folder.path()), [letters[0].as_str()]);

    ends(&appeal(&["write", CASE, "--as-of", AS_OF, "-o", to, "--force"]), 0);
    assert_ne!(fs::read_to_string(&kept).unwrap(), "mine");
    assert_eq!(names(folder.path()), letters);
}

#[test]
fn a_file_in_place_of_the_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("letters");
    fs::write(&file, "mine").unwrap();
    let output = appeal(&["write", CASE, "--as-of", AS_OF, "-o", file.to_str().unwrap()]);
    ends(&output, 2);
    assert!(err(&output).contains("letters"), "{}", err(&output));
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    assert_eq!(names(folder.path()), ["letters"]);
}

#[test]
fn a_link_in_place_of_a_letter_is_not_written_through() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("letters");
    ends(&appeal(&["write", CASE, "--as-of", AS_OF, "-o", to.to_str().unwrap()]), 0);
    let letter = to.join(&names(&to)[0]);
    let elsewhere = folder.path().join("elsewhere");
    fs::write(&elsewhere, "mine").unwrap();
    fs::remove_file(&letter).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &letter).unwrap();
    ends(&appeal(&["write", CASE, "--as-of", AS_OF, "-o", to.to_str().unwrap()]), 2);
    ends(&appeal(&["write", CASE, "--as-of", AS_OF, "-o", to.to_str().unwrap(), "--force"]), 0);
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "mine");
    assert!(!letter.symlink_metadata().unwrap().is_symlink());
}

#[test]
fn blanks_stop_a_letter_and_are_named_by_key() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().to_str().unwrap();
    let text = fs::read_to_string(CASE).unwrap();
    let line = text.lines().find(|l| l.starts_with("member_id")).unwrap();
    let record = changed(line, "");
    let output = appeal_reading(&["write", "-", "--as-of", AS_OF, "-o", to], record.as_bytes());
    ends(&output, 1);
    assert_eq!(out(&output), "");
    let said = err(&output);
    assert!(said.contains("member.member_id") && said.contains("--draft"), "{said}");
    assert!(said.contains("standard input"), "{said}");
    assert_eq!(names(folder.path()), [] as [&str; 0]);

    let output =
        appeal_reading(&["write", "-", "--as-of", AS_OF, "-o", to, "--draft"], record.as_bytes());
    ends(&output, 0);
    assert!(out(&output).contains("DRAFT") && out(&output).contains("member.member_id"));
    let written = names(folder.path());
    assert!(written.iter().all(|n| n.contains(".grievance.draft.")), "{written:?}");
    let letter = fs::read_to_string(folder.path().join(&written[0])).unwrap();
    assert!(letter.contains("_____"), "{letter}");
}

#[test]
fn a_complete_letter_is_no_draft_even_when_a_draft_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().to_str().unwrap();
    ends(&appeal(&["write", CASE, "--as-of", AS_OF, "-o", to, "--draft"]), 0);
    assert!(names(folder.path()).iter().all(|n| !n.contains("draft")));
}

#[test]
fn a_stage_that_is_not_open_is_refused_with_those_that_are() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().to_str().unwrap();
    for stage in ["dmhc-imr", "no-such-stage"] {
        let output = appeal(&["write", CASE, "--as-of", AS_OF, "-o", to, "--stage", stage]);
        ends(&output, 1);
        let said = err(&output);
        assert!(said.contains(stage) && said.contains("open now: grievance"), "{said}");
    }
    assert_eq!(names(folder.path()), [] as [&str; 0]);
    ends(&appeal(&["write", CASE, "--as-of", AS_OF, "-o", to, "--stage", "grievance"]), 0);
}

#[test]
fn a_record_with_faults_is_not_written_and_shows_them_all() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().to_str().unwrap();
    let bad = "fixtures/bad/many-faults.toml";
    for arguments in
        [&["write", bad, "-o", to, "--as-of", AS_OF][..], &["explain", bad, "--as-of", AS_OF]]
    {
        let output = appeal(arguments);
        ends(&output, 1);
        assert_eq!(out(&output), "");
        assert!(err(&output).matches("error[").count() > 5, "{}", err(&output));
    }
    assert_eq!(names(folder.path()), [] as [&str; 0]);
}

#[test]
fn check_tells_good_records_from_bad() {
    let output = appeal(&["check", CASE, "--as-of", AS_OF]);
    ends(&output, 0);
    assert_eq!(out(&output), format!("{CASE}: no faults found.\n"));
    // One bad record among good ones does not hide them.
    let bad = "fixtures/bad/date-american.toml";
    let output = appeal(&["check", bad, CASE, "--as-of", AS_OF]);
    ends(&output, 1);
    assert!(out(&output).contains("date-american.toml:"), "{}", out(&output));
    assert!(out(&output).contains(&format!("{CASE}: no faults found.")), "{}", out(&output));
}

#[test]
fn nothing_is_coloured_without_a_terminal() {
    let output = appeal(&["check", "fixtures/bad/many-faults.toml", "--as-of", AS_OF]);
    assert!(!out(&output).contains('\u{1b}') && !err(&output).contains('\u{1b}'));
}

#[test]
fn standard_input_is_read_as_a_record() {
    let record = fs::read(CASE).unwrap();
    let piped = appeal_reading(&["explain", "-", "--as-of", AS_OF], &record);
    ends(&piped, 0);
    assert_eq!(out(&piped), out(&appeal(&["explain", CASE, "--as-of", AS_OF])));
}

#[test]
fn a_record_that_is_too_large_is_refused_by_name() {
    let mut record = fs::read(CASE).unwrap();
    record.resize(appeal::record::LARGEST + 10, b'\n');
    let output = appeal_reading(&["check", "-", "--as-of", AS_OF], &record);
    ends(&output, 1);
    assert!(out(&output).contains("standard input"), "{}", out(&output));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    for arguments in [
        &["explain", CASE, "--as-of", AS_OF][..],
        &["explain", CASE, "--as-of", AS_OF, "--format", "json"],
        &["schema"],
        &["man"],
        &["completions", "bash"],
        &["check", CASE, "--as-of", AS_OF],
        &["--help"],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_appeal"))
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        ends(&output, 0);
        assert_eq!(err(&output), "", "{arguments:?}");
    }
}

#[test]
fn outcomes_without_a_letter_write_nothing_and_say_what_to_do() {
    for (change, code) in [
        // Another forum has the case.
        (("\"commercial\"", "\"workers-comp\""), 0),
        // The plan answered nothing yet, and there is time: still to wait.
        (("[denial]", "[[event]]\nkind = \"grievance-filed\"\ndate = 2026-11-10\n\n[denial]"), 0),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("letters");
        let record = changed(change.0, change.1);
        let output = appeal_reading(
            &["write", "-", "--as-of", AS_OF, "-o", to.to_str().unwrap()],
            record.as_bytes(),
        );
        ends(&output, code);
        assert!(!out(&output).contains("Written:"), "{}", out(&output));
        assert!(out(&output).contains("Legal information, not legal advice"), "{}", out(&output));
        assert_eq!(names(&to), [] as [&str; 0], "{change:?}");
    }
}

#[test]
fn the_schema_is_json_and_names_every_table_of_a_record() {
    let output = appeal(&["schema"]);
    ends(&output, 0);
    let schema: Value = serde_json::from_str(&out(&output)).unwrap();
    assert!(schema["$schema"].is_string());
    for table in ["member", "coverage", "service", "denial", "event", "statement", "exhibit"] {
        assert!(schema["properties"][table].is_object(), "{table}");
    }
    assert_eq!(schema["additionalProperties"], Value::Bool(false));
}

/// A record whose plan has not answered.
const WAITING: &str = "fixtures/cases/silence-day-30/record.toml";

#[test]
fn what_would_follow_from_an_event_can_be_asked() {
    let upheld = "grievance-decided=2026-12-01:upheld";
    let output = appeal(&["explain", WAITING, "--event", upheld, "--as-of", "2026-12-01"]);
    ends(&output, 0);
    let text = out(&output);
    assert!(text.contains("Independent medical review  [dmhc-imr]"), "{text}");
    // dmhc.md 4.3: the six months run from day 30, 2026-11-21, which comes before the answer.
    assert!(text.contains("Friday, May 21, 2027"), "{text}");
    let places = ["  done      Tuesday, December 1, 2026", "  now       Tuesday, December 1, 2026"];
    assert!(places.iter().all(|p| text.contains(p)), "{text}");
    assert!(text.contains("  last day  Friday, May 21, 2027"), "{text}");

    // Several at once, and a day that no fault of the clock can turn: the last event lies far ahead.
    let far = "grievance-decided=2199-12-01:upheld";
    let ahead = out(&appeal(&["explain", WAITING, "--event", far]));
    assert!(ahead.contains("as of Sunday, December 1, 2199"), "{ahead}");
}

#[test]
fn an_event_that_cannot_be_is_refused() {
    for (event, said) in [
        ("grievance-decidet=2026-12-01", "did you mean `grievance-decided`?"),
        ("grievance-decided=tomorrow", "`tomorrow` is no date"),
        ("hearing-held=2026-12-01:lost", "takes a date and nothing else"),
    ] {
        let output = appeal(&["explain", WAITING, "--event", event]);
        ends(&output, 2);
        assert!(err(&output).contains(said), "{event}: {}", err(&output));
    }
    // What a record could not say either is told as of a record, with its place.
    for (event, said) in [
        ("grievance-decided=2026-12-01", "has no outcome"),
        ("grievance-decided=2026-12-01:upheldd", "upheld"),
        ("imr-decided=2026-12-01:upheld", "has no application before it"),
        ("grievance-decided=2027-01-05:upheld", "is in the future"),
    ] {
        let output = appeal(&["explain", WAITING, "--event", event, "--as-of", "2026-12-01"]);
        ends(&output, 1);
        let told = err(&output);
        assert!(
            told.contains(said) && told.contains("record.toml with --event"),
            "{event}: {told}"
        );
    }
}

#[test]
fn the_ruling_as_json_has_every_key_it_promises() {
    let output = appeal(&["explain", CASE, "--as-of", AS_OF, "--format", "json"]);
    ends(&output, 0);
    let ruling: Value = serde_json::from_str(&out(&output)).unwrap();
    let has = |value: &Value, keys: &[&str]| {
        for key in keys {
            assert!(value.get(key).is_some(), "no `{key}` in {value:#}");
        }
    };
    has(
        &ruling,
        &[
            "schema",
            "case_id",
            "as_of",
            "late",
            "expedited",
            "track",
            "regulator",
            "forum",
            "stage",
            "also",
            "open",
            "recipient",
            "deadlines",
            "authorities",
            "warnings",
            "needs",
            "next",
            "timeline",
            "trace",
        ],
    );
    assert_eq!(ruling["schema"], 1);
    assert_eq!(ruling["as_of"], AS_OF);
    has(&ruling["recipient"], &["name", "address", "phone", "fax", "url"]);
    let first = |key: &str| ruling[key].as_array().and_then(|a| a.first()).cloned();
    let deadlines = ruling["deadlines"].as_array().unwrap();
    assert!(!deadlines.is_empty());
    for deadline in deadlines {
        has(
            deadline,
            &[
                "id",
                "rules",
                "actor",
                "action",
                "file_by",
                "last_working_day",
                "arguable_until",
                "due",
                "late_after",
                "time",
                "status",
                "days_left",
                "trigger",
                "period",
                "authorities",
                "steps",
            ],
        );
        let status = deadline["status"].as_str().unwrap();
        let known = ["open", "arguable", "late", "met", "overdue", "not-running"];
        assert!(known.contains(&status), "{status}");
        if !deadline["trigger"].is_null() {
            has(&deadline["trigger"], &["event", "date"]);
        }
    }
    has(&first("authorities").unwrap(), &["id", "citation", "confidence", "url", "checked"]);
    has(&first("next").unwrap(), &["stage", "opens", "when"]);
    has(&first("trace").unwrap(), &["rule", "applied", "because"]);
    for (key, keys) in [("warnings", ["code", "message"]), ("needs", ["fact", "how"])] {
        if let Some(one) = first(key) {
            has(&one, &keys);
        }
    }
}

#[test]
fn every_shell_has_completions_and_every_command_is_in_the_manual() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = appeal(&["completions", shell]);
        ends(&output, 0);
        assert!(out(&output).contains("explain"), "{shell}");
    }
    let manual = out(&appeal(&["man"]));
    for command in ["write", "explain", "check", "schema", "completions", "man"] {
        assert!(manual.contains(&format!("appeal\\-{command}")), "{command}");
    }
}
