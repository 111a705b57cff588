//! What a person types comes out as typed.

use appeal::letter::{escape, normalise};
use appeal::record::Record;
use appeal::ruling::Ruling;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser};

use super::fixtures::{every, full, grievance, upheld};
use super::{letter, read};

const CONTEXTS: &[(&str, &str, &str)] = &[
    ("paragraph", "", ""),
    ("start", "", " after"),
    ("middle", "before ", " after"),
    ("second line", "before\n", "\nafter"),
    ("heading", "# ", ""),
    ("item", "- ", ""),
    ("numbered item", "1. ", ""),
    ("quote", "> ", ""),
    ("strong", "a **", "** b"),
    ("emphasis", "a *", "* b"),
    ("cell", "| a | b |\n|---|---|\n| ", " | z |"),
    ("hard break", "a\\\n", "\\\nb"),
];

/// The texts between block starts and ends, one string for each unbroken run.
fn runs(markdown: &str) -> Vec<String> {
    let mut runs = vec![String::new()];
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Text(text) => runs.last_mut().unwrap().push_str(&text),
            _ => runs.push(String::new()),
        }
    }
    runs.retain(|r| !r.is_empty());
    runs
}

#[track_caller]
fn comes_out(text: &str) {
    let wanted = normalise(text);
    if wanted.is_empty() {
        return;
    }
    for (name, before, after) in CONTEXTS {
        let plain = runs(&format!("{before}x{after}"));
        let given = runs(&format!("{before}{}{after}", escape(text)));
        let wanted: Vec<String> = plain.iter().map(|r| swap(r, &wanted)).collect();
        assert_eq!(given, wanted, "{name}: {text:?} as {:?}", escape(text));
    }
}

/// Puts the text where the lone "x" stands.
fn swap(run: &str, text: &str) -> String {
    match run {
        "x" => text.to_owned(),
        "x after" => format!("{text} after"),
        "before x after" => format!("before {text} after"),
        other => other.to_owned(),
    }
}

#[test]
fn syntax_comes_out_as_typed() {
    for text in [
        "1. one",
        "12) two",
        "1.",
        "1)",
        "1.5 mg",
        "123456789. x",
        "1234567890. x",
        "- a",
        "-",
        "---",
        "+ a",
        "* a",
        "***",
        "# a",
        "#",
        "a #",
        "a ##",
        "###### a",
        "> a",
        "=",
        "===",
        "a\\",
        "\\",
        "&amp;",
        "&#35;",
        "&",
        "AT&T",
        "a & b",
        "<http://example.org>",
        "http://example.org",
        "<b>x</b>",
        "a|b",
        "|",
        "`x`",
        "```",
        "~~~",
        "~~x~~",
        "[a](b)",
        "![a](b)",
        "[a]: b",
        "[x]",
        "_a_",
        "__a__",
        "a_b_c",
        "*a*",
        "**a**",
        "  a  ",
        "\ta\tb",
        "a\nb",
        "a\r\nb",
        ":--",
        ":-:",
        "|---|",
        "{{ x }}",
        "{% x %}",
        "{# x #}",
        "$x$",
        "a^b^",
        "\"q\" 'q'",
        "a--b",
        "...",
        "<!-- x -->",
        "&copy",
        "é",
        "ثلاثة",
        "٣. x",
        "\u{a0}x\u{a0}",
        "+",
        "1-800-555-0100",
        "Apt #4",
        "x!",
    ] {
        comes_out(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_comes_out_as_typed(text in "[ \\t\\n!-~a-c1-3é•«“\u{a0}\u{2003}\u{200d}ا]{0,12}") {
        if text != "x" {
            comes_out(&text);
        }
    }

    #[test]
    fn any_syntax_comes_out_as_typed(text in "[-+*_#>=:|~`<&;!\\[\\]()\\\\ .1a]{1,8}") {
        comes_out(&text);
    }
}

#[test]
fn a_hostile_record_is_printed_as_it_is() {
    let hostile =
        "**x** <script> | # [l](http://e) `c` _i_ &amp; \\ ~~s~~ ![i](u) {{ 1 }} {% if %}";
    let mut record = full();
    record.member.name = Some(hostile.into());
    record.services[0].description = Some(hostile.into());
    record.criteria[0].text = format!("{hostile}\nsecond line");
    record.treatments[0].result = Some(hostile.into());
    record.exhibits[0].title = format!("1. {hostile}");
    record.denial.reason = Some(format!("# {hostile}\n1. {hostile}\n\n- {hostile}"));
    record.statement.harm = Some(format!("> {hostile}\n===\n---\n\n\n\n    {hostile}"));
    let text = read(letter(&record, &grievance()).markdown.as_str());
    for wanted in [
        format!("Member: {hostile}, born "),
        format!("\n{hostile} second line\n"),
        format!("Exhibit A: 1. {hostile}, October 20"),
        format!("\n# {hostile}\n1. {hostile}\n- {hostile}\n"),
        format!("\n> {hostile}\n===\n---\n{hostile}\n"),
    ] {
        assert!(text.contains(&wanted), "{wanted:?} is not in\n{text}");
    }
}

/// The blocks of a letter: its headings, tables, rows, cells, quotes and items, without their words.
fn shape(markdown: &str) -> Vec<String> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES)
        .filter_map(|event| match event {
            Event::Start(tag) => Some(format!("{tag:?}")),
            Event::Text(_) | Event::End(_) => None,
            other => Some(format!("{other:?}").chars().take(12).collect()),
        })
        .collect()
}

fn with(text: &str) -> Record {
    let mut record = full();
    record.events = upheld();
    let typed = Some(text.to_owned());
    record.member.name.clone_from(&typed);
    record.member.address = vec![text.to_owned()];
    record.member.employer.clone_from(&typed);
    record.coverage.plan.clone_from(&typed);
    record.coverage.grievance_unit.clone_from(&typed);
    record.services[0].description.clone_from(&typed);
    record.services[0].codes = vec![text.to_owned()];
    record.services[0].provider_words.clone_from(&typed);
    record.condition.diagnosis.clone_from(&typed);
    record.denial.reason.clone_from(&typed);
    record.denial.reference.clone_from(&typed);
    record.criteria[0].text = text.to_owned();
    record.criteria[0].evidence.clone_from(&typed);
    record.treatments[0].name = text.to_owned();
    record.exhibits[0].title = text.to_owned();
    record.exhibits[2].label.clone_from(&typed);
    record.statement.what_happened.clone_from(&typed);
    record.statement.request.clone_from(&typed);
    record.events[0].reference.clone_from(&typed);
    record
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_text_in_a_record_changes_the_shape_of_a_letter(
        text in "[-+*_#>=:|~`<&;!\\[\\](){}%\\\\ .1§aé]{0,10}[a-z§1][-*_#>|~`.)\\\\ ]{0,4}"
    ) {
        for (name, ruling) in shapes() {
            let typed = shape(letter(&with(&text), &ruling.0).markdown.as_str());
            prop_assert_eq!(&ruling.1, &typed, "{}: {:?}", name, text);
        }
    }
}

/// Each kind of letter that differs in its blocks, with the shape it has for harmless words.
fn shapes() -> Vec<(&'static str, (Ruling, Vec<String>))> {
    let kinds =
        ["second-opinion", "grievance-late", "imr-experimental", "complaint", "cdi-complaint"];
    let shape = |r: Ruling| {
        let shape = shape(letter(&with("x"), &r).markdown.as_str());
        (r, shape)
    };
    every().into_iter().filter(|(n, _)| kinds.contains(n)).map(|(n, r)| (n, shape(r))).collect()
}
