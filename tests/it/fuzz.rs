//! Hostile input through the whole line. The short runs are part of every `cargo test`; the long ones,
//! under `--ignored`, take about a minute each when optimised.

use std::fs;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::FileFailurePersistence;

use crate::support::bodies::{House, any_bytes, any_template, comes_out_as_typed, free_places};

/// Cases of a short run, and of a long one.
const SHORT: u32 = 32;
const LONG: u32 = 6_000;

static HOUSE: LazyLock<House> = LazyLock::new(House::new);

/// Every record that ships: the one with every key, and those of the cases.
static RECORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut paths: Vec<_> = fs::read_dir("fixtures/cases")
        .unwrap()
        .map(|e| e.unwrap().path().join("record.toml"))
        .filter(|p| p.is_file())
        .collect();
    paths.sort();
    paths.insert(0, "fixtures/full.toml".into());
    paths.iter().map(|p| fs::read_to_string(p).unwrap()).collect()
});

/// A record whose one letter is that of the template in question.
fn second_opinion() -> &'static str {
    static RECORD: LazyLock<String> = LazyLock::new(|| {
        fs::read_to_string("fixtures/cases/second-opinion-not-asked/record.toml").unwrap()
    });
    &RECORD
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        max_shrink_iters: 2_000,
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    }
}

/// What means something to Markdown, HTML, the template engine, TOML, or a reader of citations.
const SYNTAX: &[&str] = &[
    "**x**",
    "*x*",
    "__x__",
    "_",
    "*",
    "# ",
    "## x",
    "1. ",
    "12) ",
    "- ",
    "+ ",
    "> ",
    "---",
    "===",
    "***",
    "```",
    "~~~",
    "`c`",
    "`",
    "~~s~~",
    "|",
    "||",
    "|---|",
    "\\",
    "\\\\",
    "[a](http://e.x)",
    "[a]",
    "[a]: b",
    "]",
    "[",
    "![i](u)",
    "<script>",
    "</p>",
    "<!--",
    "-->",
    "<http://e.x>",
    "&amp;",
    "&",
    "&#35;",
    "&nbsp;",
    "{{ member.name }}",
    "{{",
    "}}",
    "{% if x %}",
    "{% endraw %}",
    "{#",
    "#}",
    "{#id .class}",
    "$x$",
    "$$",
    "^a^",
    "[^1]",
    "[^1]: n",
    ":--",
    "- [ ] x",
    "\"",
    "'",
    "\u{2019}",
    "...",
    "--",
    "http://e.x",
    "a@e.x",
    "1-800-555-0100",
    "$1,250.00",
    "Insurance Code section 99999",
    "Health & Safety Code § 1374.99",
    "Section 1 of 45 CFR 147.137",
    "[!NOTE]",
    "\n",
    "\n\n",
    "\n# ",
    "\n- ",
    "\n    ",
    "\n===\n",
    "\n| a |\n|---|\n",
    "\t",
    "  ",
    "\u{a0}",
    "\u{200d}",
    "\u{200b}",
    "\u{ad}",
    "\u{301}",
    "e\u{301}",
    "é",
    "Nguyễn",
    "שלום",
    "سلام",
    "中",
    "😀",
    "a",
    "Ana",
    "x",
    " ",
    ".",
    ",",
    "!",
    "?",
    "(s)",
    "and/or",
    "%s",
    "\u{1}",
    "\u{202e}",
    "\u{e000}",
    "\u{feff}",
    "\u{0}",
];

/// A value that somebody types, or pastes, or plants.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => select(SYNTAX).prop_map(str::to_owned),
        1 => "[ -~]{1,12}",
        1 => "\\PC{1,6}",
        1 => "[a-zA-Z0-9]{1,80}",
    ];
    prop::collection::vec(piece, 1..7).prop_map(|p| p.concat())
}

/// A shipped record with pieces cut out, doubled, moved and put in.
fn mangled() -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<Index>(), any::<Index>(), 0..5u8, hostile());
    (any::<Index>(), prop::collection::vec(change, 1..6)).prop_map(|(which, changes)| {
        let mut bytes = which.get(&RECORDS).clone().into_bytes();
        for (at, length, how, piece) in changes {
            let from = at.index(bytes.len() + 1);
            let to = (from + length.index(40)).min(bytes.len());
            let cut: Vec<u8> = bytes[from..to].to_vec();
            match how {
                0 => drop(bytes.drain(from..to)),
                1 => drop(bytes.splice(from..to, piece.bytes())),
                2 => drop(bytes.splice(from..from, cut)),
                3 => drop(bytes.splice(from..from, piece.bytes())),
                _ => bytes.truncate(from),
            }
        }
        bytes
    })
}

const TERA: &[&str] = &[
    "{{ member.name }}",
    "{{ member.nmae }}",
    "{{ plan.name | upper }}",
    "{{ no_such_name }}",
    "{{ services[0].description }}",
    "{{ services[99].description }}",
    "{% for s in services %}",
    "{% endfor %}",
    "{% if late %}",
    "{% elif x %}",
    "{% else %}",
    "{% endif %}",
    "{% include \"parts/letterhead.md\" %}",
    "{% include \"no/such.md\" %}",
    "{% extends \"builtin/letters/second-opinion-request.md\" %}",
    "{% extends \"base.md\" %}",
    "{% extends \"letters/second-opinion-request.md\" %}",
    "{% block ask %}",
    "{% endblock %}",
    "{{ super() }}",
    "{% set a = 1 %}",
    "{{ 1 / 0 }}",
    "{{ 9223372036854775807 + 1 }}",
    "{{ \"a\" * 3 }}",
    "{% raw %}",
    "{% endraw %}",
    "{{ [1, 2] | join(sep=\", \") }}",
    "{{ member | long_date }}",
    "{{ x | no_filter }}",
    "{{ member.name | or_blank(key=\"member.name\") }}",
    "{{ (1 }}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "# A title\n\n",
    "plain words ",
    "**bold**",
    "| a | b |\n|---|---|\n",
    "Insurance Code section 9 ",
    "\n\n",
    "\u{301}",
    "中",
    "{{ member.birth_date | long_date }}",
    "{% for a in range(end=99) %}",
    "{{ ruling }}",
    "{{ member }}",
    "{{ not member }}",
    "{{ member.name ~ 1 }}",
    "{{ -member.name }}",
];

fn template() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => select(TERA).prop_map(str::to_owned),
        1 => "[ -~]{1,12}",
        1 => "\\PC{1,4}",
    ];
    prop::collection::vec(piece, 0..9).prop_map(|p| p.concat())
}

fn records_that_are_none(cases: u32) {
    let bytes = prop_oneof![
        4 => mangled(),
        1 => prop::collection::vec(any::<u8>(), 0..200),
        1 => hostile().prop_map(String::into_bytes),
    ];
    proptest!(config(cases), |(bytes in bytes)| any_bytes(&HOUSE, &bytes));
}

fn values_as_typed(cases: u32) {
    proptest!(config(cases), |(which in any::<Index>(), place in any::<Index>(), value in hostile())| {
        let text = which.get(&RECORDS);
        let places = free_places(text);
        let (path, key) = place.get(&places);
        comes_out_as_typed(&HOUSE, text, path, key, &value);
    });
}

fn templates_that_are_none(cases: u32) {
    let folder = tempfile::tempdir().unwrap();
    proptest!(config(cases), |(text in template())| {
        any_template(&HOUSE, &text, folder.path(), second_opinion());
    });
}

#[test]
fn any_bytes_are_a_record_or_are_refused() {
    records_that_are_none(SHORT);
}

#[test]
fn any_value_comes_out_as_typed() {
    values_as_typed(SHORT);
}

#[test]
fn any_template_is_rendered_or_refused_by_name() {
    templates_that_are_none(SHORT);
}

#[test]
#[ignore = "a long run"]
fn many_bytes_are_records_or_are_refused() {
    records_that_are_none(4 * LONG);
}

#[test]
#[ignore = "a long run"]
fn many_values_come_out_as_typed() {
    values_as_typed(LONG);
}

#[test]
#[ignore = "a long run"]
fn many_templates_are_rendered_or_refused_by_name() {
    templates_that_are_none(LONG);
}

#[test]
fn every_place_of_every_record_takes_a_hostile_value() {
    let value = "**x** <b> | # [l](http://e.x) `c` _i_ &amp; \\ ~~s~~ {{ 1 }} {% if %} [^1] $m$";
    // Each key once, in the first record that has it.
    let mut seen = std::collections::BTreeSet::new();
    for text in RECORDS.iter() {
        for (path, key) in free_places(text) {
            if seen.insert(key.path()) {
                comes_out_as_typed(&HOUSE, text, &path, key, value);
            }
        }
    }
    assert!(seen.len() > 60, "{}", seen.len());
}
