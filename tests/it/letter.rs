//! Letters from hand-built records and rulings: what each must hold, and what none may.

#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a failing helper fails its test, and only some Markdown matters to each"
)]

mod citations;
mod escapes;
mod fixtures;
mod kinds;
mod origin;
mod overrides;

use appeal::facts::Fact;
use appeal::letter::{Error, Input, Letter, Templates, write};
use appeal::record::Record;
use appeal::ruling::Ruling;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};

use fixtures::{every, full, grievance, minimal, records, upheld};

fn letter(record: &Record, ruling: &Ruling) -> Letter {
    letter_at(record, ruling, &ruling.stage)
}

#[track_caller]
fn letter_at(record: &Record, ruling: &Ruling, stage: &str) -> Letter {
    written(record, ruling, stage, &Templates::builtin().unwrap())
        .unwrap_or_else(|e| panic!("{e}\n{e:#?}"))
}

fn written(
    record: &Record,
    ruling: &Ruling,
    stage: &str,
    templates: &Templates,
) -> Result<Letter, Error> {
    let services: Vec<usize> = (0..record.services.len()).collect();
    write(&Input { record, services: &services, ruling, stage, final_: true }, templates)
}

/// The words of a letter as a reader sees them, one line a block.
fn read(markdown: &str) -> String {
    let mut out = String::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Text(t) | Event::Code(t) => out.push_str(&t),
            Event::SoftBreak => out.push(' '),
            Event::HardBreak | Event::Start(Tag::Item | Tag::TableCell | Tag::TableRow) => {
                out.push('\n');
            }
            Event::End(tag) if !is_inline(tag) => out.push('\n'),
            _ => {}
        }
    }
    out
}

fn is_inline(tag: pulldown_cmark::TagEnd) -> bool {
    use pulldown_cmark::TagEnd;
    matches!(tag, TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link | TagEnd::TableCell)
}

/// Every kind of letter from every kind of record.
fn all_letters() -> Vec<(String, Letter)> {
    let mut letters = Vec::new();
    for (name, ruling) in every() {
        for (which, record) in records() {
            let letter = letter(&record, &ruling);
            if let Some(folder) = option_env!("SHOW_LETTERS") {
                let path = format!("{folder}/{name}-{which}.md");
                std::fs::write(path, letter.markdown.as_str()).unwrap();
            }
            letters.push((format!("{name}, {which}"), letter));
        }
    }
    letters
}

#[test]
fn every_letter_reads_well() {
    for (name, letter) in all_letters() {
        let text = read(letter.markdown.as_str());
        for bad in [
            "and/or",
            "(s)",
            "[",
            "]",
            "{{",
            "{%",
            "  ",
            " ,",
            " .\n",
            "..",
            "()",
            "( ",
            "None",
            "null",
            "numerous",
            "repeatedly",
            "bad faith",
            "lawsuit",
            "guarantee",
        ] {
            let found =
                text.find(bad).map(|at| &text[at.saturating_sub(60)..(at + 20).min(text.len())]);
            assert!(found.is_none(), "{name}: {bad:?} in {found:?}");
        }
        for line in text.lines().filter(|l| l.len() > 1) {
            let start = line.trim_start().chars().next().unwrap_or('A');
            assert!(
                !matches!(start, '.' | ',' | ';' | ')'),
                "{name}: a line starts badly: {line:?}"
            );
        }
    }
}

#[test]
fn every_letter_starts_with_its_only_first_heading() {
    for (name, letter) in all_letters() {
        let mut events = Parser::new_ext(letter.markdown.as_str(), Options::ENABLE_TABLES);
        let h1 =
            |e: &Event<'_>| matches!(e, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }));
        assert!(events.next().is_some_and(|e| h1(&e)), "{name}");
        assert!(!events.any(|e| h1(&e)), "{name}");
        assert!(letter.markdown.as_str().starts_with(&format!("# {}", letter.title)), "{name}");
    }
}

#[test]
fn no_heading_stands_over_nothing() {
    for (name, letter) in all_letters() {
        let blocks: Vec<&str> = letter.markdown.as_str().trim().split("\n\n").collect();
        for pair in blocks.windows(2) {
            let [one, two] = pair else { continue };
            let level = |b: &str| b.chars().take_while(|c| *c == '#').count();
            let bare = level(one) > 0 && level(two) > 0 && level(two) <= level(one);
            assert!(!bare, "{name}: {one:?} over {two:?}");
        }
        assert!(!blocks.last().unwrap().starts_with('#'), "{name}");
    }
}

#[test]
fn a_full_record_leaves_no_blank_and_a_minimal_one_lists_them() {
    let mut after = full();
    after.events = upheld();
    after.services[0].second_opinion_reason = vec!["surgery-doubt".into()];
    after.condition.life_threatening = Some(true);
    for (name, ruling) in every() {
        assert_eq!(letter(&after, &ruling).blanks, [], "{name}");
        let letter = letter(&minimal(), &ruling);
        let keys: Vec<&str> = letter.blanks.iter().map(|b| b.key.as_str()).collect();
        for key in ["member.name", "member.member_id", "coverage.plan", "member.birth_date"] {
            assert_eq!(keys.iter().filter(|k| **k == key).count(), 1, "{name}: {key} in {keys:?}");
        }
        for blank in &letter.blanks {
            let shown = format!("_____ ({})", blank.label);
            assert!(read(letter.markdown.as_str()).contains(&shown), "{name}: {shown}");
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for (_, ruling) in every() {
        assert_eq!(letter(&full(), &ruling), letter(&full(), &ruling));
    }
}

#[test]
fn every_ground_and_no_other_word_has_an_answer_of_its_own() {
    let other = "does not explain how that ground fits";
    for ground in Fact::Ground.def().words {
        for mut record in [full(), minimal()] {
            record.denial.ground = vec![(*ground).to_owned()];
            let text = letter(&record, &grievance()).markdown.to_string();
            assert!(!text.contains(other), "{ground}");
        }
    }
    let mut record = full();
    record.denial.ground = vec!["a-new-word".into()];
    assert!(letter(&record, &grievance()).markdown.as_str().contains(other));
}

#[test]
fn a_template_holds_no_law_and_no_number() {
    for (name, source) in Templates::sources() {
        let mut text = source.to_owned();
        for (open, close) in [("{{", "}}"), ("{%", "%}"), ("{#", "#}")] {
            while let Some(start) = text.find(open) {
                let end = text[start..].find(close).map_or(text.len(), |e| start + e + close.len());
                text.replace_range(start..end, " ");
            }
        }
        let text = text.replace("\n1. ", "\n");
        let text = text.strip_prefix("1. ").unwrap_or(&text);
        assert!(!text.contains(['§', '¶']), "{name}");
        assert!(!text.chars().any(|c| c.is_ascii_digit()), "{name}: a number in {text:?}");
    }
}

#[test]
fn a_stage_without_letter_is_an_error_that_names_it() {
    let mut ruling = grievance();
    ruling.letter = None;
    let error = written(&full(), &ruling, "grievance", &Templates::builtin().unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "the ruling has no letter for the stage `grievance`");
}
