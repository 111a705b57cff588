//! What must hold of any input, however hostile. Property tests and the targets under `fuzz/` call these.

use std::fs;
use std::path::Path;

use appeal::diag;
use appeal::law::Law;
use appeal::letter::{self, Input, Templates};
use appeal::packet::{self, Dispute};
use appeal::record::keys::{KEYS, Key, Kind, TABLES};
use appeal::record::{self, Case};
use chrono::NaiveDate;
use pulldown_cmark::{Event, Options, Parser};
use unicode_normalization::UnicodeNormalization as _;

/// The law and the templates, read once.
pub(crate) struct House {
    pub(crate) law: Law,
    pub(crate) templates: Templates,
}

impl House {
    pub(crate) fn new() -> House {
        House {
            law: Law::builtin().expect("the shipped packs hold together"),
            templates: Templates::builtin().expect("the shipped templates parse"),
        }
    }
}

const AS_OF: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();

/// Every stage of a dispute that has a letter now.
fn stages(dispute: &Dispute) -> Vec<String> {
    let ruling = &dispute.ruling;
    std::iter::once(ruling.first())
        .chain(ruling.also.iter().cloned())
        .filter(|s| s.letter.is_some())
        .map(|s| s.id)
        .collect()
}

/// Every letter of a case, each with its stage. An error is the letter's own, in words.
fn letters(case: &Case, law: &Law, templates: &Templates) -> Result<Vec<(String, String)>, String> {
    let mut written = Vec::new();
    for dispute in packet::rule(case, law, AS_OF).map_err(|e| e.to_string())? {
        for stage in stages(&dispute) {
            let input = Input {
                record: &case.record,
                services: &dispute.services,
                ruling: &dispute.ruling,
                stage: &stage,
                final_: true,
            };
            let letter = letter::write(&input, templates).map_err(|e| e.to_string())?;
            written.push((stage, letter.markdown.to_string()));
            written.extend(letter.sheet.map(|s| (s.name, s.markdown.to_string())));
        }
    }
    Ok(written)
}

/// Any bytes are a record or are refused in words, and nothing stops the program.
pub(crate) fn any_bytes(house: &House, bytes: &[u8]) {
    let loaded = record::read(bytes, "record.toml");
    let (case, faults) = loaded.check(AS_OF);
    assert_eq!(case.is_none(), diag::has_errors(&faults));
    let told = diag::render(&faults, &loaded.source, false);
    let stray = told.chars().find(|c| c.is_control() && *c != '\n');
    assert_eq!(stray, None, "a control character reaches the terminal");
    if let Some(case) = case {
        // A conflict or a letter that cannot be written is an answer too; a panic is none.
        drop(letters(&case, &house.law, &house.templates));
    }
}

/// A place in a record where a person types freely: its path, and what it looks like.
pub(crate) fn free_places(text: &str) -> Vec<(String, &'static Key)> {
    let loaded = record::load(text, "record.toml");
    let mut places = Vec::new();
    for key in KEYS.iter().filter(|k| is_free(k)) {
        let many = TABLES.iter().any(|t| t.name == key.table && t.many);
        let paths: Vec<String> = if many {
            (0..9).map(|n| format!("{}[{n}].{}", key.table, key.name)).collect()
        } else {
            vec![key.path()]
        };
        places.extend(paths.into_iter().filter(|p| loaded.span(p).is_some()).map(|p| (p, key)));
    }
    places
}

fn is_free(key: &Key) -> bool {
    // The case's name becomes a file name and takes few characters; codes are checked for their shape.
    matches!(key.kind, Kind::Text | Kind::Lines | Kind::Narrative) && key.name != "case_id"
}

/// Puts a text in the place of what a record says there.
pub(crate) fn planted(text: &str, path: &str, key: &Key, value: &str) -> String {
    let span = record::load(text, "record.toml").span(path).expect("a place of this record");
    let mut quoted = String::from("\"");
    for c in value.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    if key.kind == Kind::Lines {
        quoted = format!("[{quoted}]");
    }
    format!("{}{quoted}{}", &text[..span.start], &text[span.end..])
}

/// Whatever a person types comes out of every letter as typed, and changes nothing around it; or the
/// record is refused.
///
/// The letter with a plain word in the same place says where, and how often, the value must stand.
pub(crate) fn comes_out_as_typed(house: &House, text: &str, path: &str, key: &Key, value: &str) {
    const PLAIN: &str = "Qzxvword";
    let write = |value: &str| {
        let loaded = record::read(planted(text, path, key, value).as_bytes(), "record.toml");
        let (case, _) = loaded.check(AS_OF);
        case.map(|case| letters(&case, &house.law, &house.templates))
    };
    // A key whose shape is checked refuses the plain word too.
    let (Some(plain), Some(given)) = (write(PLAIN), write(value)) else { return };
    let plain = plain.unwrap_or_else(|e| panic!("{path} = {PLAIN:?}: {e}"));
    let given = given.unwrap_or_else(|e| panic!("{path} = {value:?}: {e}"));
    assert_eq!(plain.len(), given.len(), "{path} = {value:?} changes which letters there are");
    for ((stage, plain), (_, given)) in plain.iter().zip(&given) {
        let (plain, given) = (read(plain), read(given));
        let wanted = plain.words.matches(PLAIN).count();
        let typed: String = value.nfc().collect();
        for line in typed.lines().map(spaced).filter(|l| !l.is_empty()) {
            let got = given.words.matches(&line).count();
            assert!(
                got >= wanted,
                "{stage}: {path} = {value:?}: {line:?} stands {got} times, not {wanted}"
            );
        }
        assert_eq!(
            plain.shape(key.kind),
            given.shape(key.kind),
            "{stage}: {path} = {value:?} is taken for Markdown"
        );
    }
}

/// A letter as a reader sees it.
struct Seen {
    /// Its words, with single spaces.
    words: String,
    /// What is around the words: headings, lists, tables, emphasis, links, in their order.
    shape: Vec<String>,
}

impl Seen {
    /// Paragraphs and hard breaks belong to a narrative; elsewhere a text is on one line.
    fn shape(&self, kind: Kind) -> Vec<&str> {
        let own = |s: &&str| {
            !(kind == Kind::Narrative && (s.contains("Paragraph") || s.contains("HardBreak")))
        };
        self.shape.iter().map(String::as_str).filter(own).collect()
    }
}

fn read(markdown: &str) -> Seen {
    let (mut words, mut shape) = (String::new(), Vec::new());
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(text) => words.push_str(&text),
            Event::SoftBreak => words.push(' '),
            other => {
                words.push(' ');
                shape.push(format!("{other:?}"));
            }
        }
    }
    Seen { words: spaced(&words), shape }
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Any text in the place of a template is rendered or refused with the file's name, and nothing stops
/// the program.
pub(crate) fn any_template(house: &House, text: &str, folder: &Path, record: &str) {
    let name = "letters/second-opinion-request.md";
    fs::create_dir_all(folder.join("letters")).expect("a folder to write into");
    fs::write(folder.join(name), text).expect("a template to try");
    let case = record::load(record, "record.toml").check(AS_OF).0.expect("a record without faults");
    let error = match Templates::with_dir(folder) {
        Ok(templates) => letters(&case, &house.law, &templates).err(),
        Err(error) => Some(error.to_string()),
    };
    if let Some(error) = error {
        assert!(
            error.contains("second-opinion-request.md"),
            "{text:?}: no file is named in: {error}"
        );
    }
}
