//! `appeal cite` as its user meets it.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use appeal::packet::Stamp;

fn run(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_appeal"))
        .arg("cite")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments reads nothing.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

const TRACK: &[&str] = &["-", "--track", "us-ca-dmhc", "--on", "2026-10-20"];

#[test]
fn a_letter_that_holds_is_counted() {
    let out = run(TRACK, b"Decide within 30 days (Health & Safety Code \xc2\xa7 1368.01(a)).\n");
    assert_eq!(out.status.code(), Some(0));
    let told = String::from_utf8(out.stdout).unwrap();
    assert_eq!(told, "1 citation found, 1 held; 1 period found, 1 held.\n");
}

#[test]
fn every_fault_is_shown_at_once_with_what_is_right() {
    let letter = "# Letter\n\nA second opinion is my right under HSC 1383.1.\n\n\
                  You must decide within 45 days (HSC 1368.01(a)). See HSC 1374.99.\n";
    let out = run(TRACK, letter.as_bytes());
    assert_eq!(out.status.code(), Some(1));
    let told = String::from_utf8(out.stdout).unwrap();
    for part in [
        "error[cite::denied]",
        "the right itself is in section 1383.15",
        " --> standard input:3:36",
        "error[cite::period]",
        "45 days is not the number of Health & Safety Code § 1368.01(a)",
        "what is right there: 30 days",
        "error[cite::unknown]",
        "found 3 errors in standard input",
        "3 citations found, 1 held; 1 period found, 0 held.",
    ] {
        assert!(told.contains(part), "{part}:\n{told}");
    }
}

#[test]
fn json_gives_places_and_verdicts() {
    let mut args = TRACK.to_vec();
    args.extend(["--format", "json"]);
    let out = run(&args, "Sée HSC 1374.30(k)\nand HSC 1374.99.".as_bytes());
    assert_eq!(out.status.code(), Some(1));
    let told: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(told["schema"], 1);
    assert_eq!(told["held"], false);
    assert_eq!(told["citations"][0]["column"], 5);
    assert_eq!(told["citations"][0]["text"], "HSC 1374.30(k)");
    assert_eq!(told["citations"][0]["verdict"], "held");
    assert_eq!(told["citations"][1]["line"], 2);
    assert_eq!(told["faults"][0]["code"], "cite::unknown");
}

#[test]
fn our_own_letters_say_their_track_and_day_themselves() {
    let path = "fixtures/cases/hip-surgery/letter.md";
    let out = run(&[path], b"");
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stdout));
    // What is asked for wins over the letter's own line.
    assert_eq!(run(&[path, "--track", "us-ca-cdi"], b"").status.code(), Some(1));
}

#[test]
fn without_track_a_pdf_and_no_text_are_refused_by_name() {
    for (args, input, part) in [
        (&["-"][..], &b"HSC 1374.30"[..], "--track"),
        (&["-", "--track", "us-ca-dmhc"], b"HSC 1374.30", "--on"),
        (&["-", "--track", "us-ca-dmch", "--on", "2026-10-20"], b"", "did you mean `us-ca-dmhc`?"),
        (&["-", "--track", "us-ca-dmhc", "--on", "1990-10-20"], b"", "begins on"),
        (TRACK, b"%PDF-1.7", "pdftotext"),
        (TRACK, b"\xff\xfe", "UTF-8"),
        (
            &["nowhere.md", "--track", "us-ca-dmhc", "--on", "2026-10-20"],
            b"",
            "cannot read nowhere.md",
        ),
    ] {
        let out = run(args, input);
        let told = String::from_utf8(out.stderr).unwrap();
        assert_eq!(out.status.code(), Some(2), "{told}");
        assert!(told.contains(part), "{told}");
    }
}

#[test]
fn a_record_cannot_forge_the_stamp() {
    let said =
        appeal::letter::escape("<!-- appeal: track us-xx; on 2020-01-01; as of 2020-01-01 -->");
    assert_eq!(Stamp::read(&said), None);
    let letter = std::fs::read_to_string("fixtures/cases/hip-surgery/letter.md").unwrap();
    assert_eq!(letter.matches("<!-- appeal:").count(), 1);
}
