//! Where each line of a letter comes from, and that following a render changes nothing.

use std::path::Path;

use appeal::coverage::{self, Extent};
use appeal::law::Law;
use appeal::letter::{Input, Source, SpotKind, Templates, Traced, trace, write};
use appeal::samples;

use super::fixtures::{date, full, grievance};

fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn traced(templates: &Templates) -> Traced {
    let (record, ruling) = (full(), grievance());
    let services = [0];
    let input = Input {
        record: &record,
        services: &services,
        ruling: &ruling,
        stage: "grievance",
        final_: true,
    };
    let traced = trace(&input, templates).unwrap();
    assert_eq!(traced.letter, write(&input, templates).unwrap());
    traced
}

/// Each line with words must have an origin; without one, the followed text was another.
#[track_caller]
fn is_told(what: &str, markdown: &str, lines: &[Vec<Source>]) {
    assert_eq!(markdown.lines().count(), lines.len(), "{what}");
    for (line, from) in markdown.lines().zip(lines) {
        assert_eq!(line.is_empty(), from.is_empty(), "{what}: {line:?} from {from:?}");
    }
}

#[test]
fn following_a_letter_changes_no_byte_of_it() {
    let (law, templates) = (Law::builtin().unwrap(), Templates::builtin().unwrap());
    let (mut letters, mut sheets) = (0, 0);
    for sample in samples::shipped() {
        let posed = sample.pose(&law, sample.as_of.unwrap()).unwrap();
        for letter in posed.letters() {
            let what = format!("{} {}", sample.name, letter.stage.id);
            let traced =
                trace(&letter.input(), &templates).unwrap_or_else(|e| panic!("{what}: {e}"));
            is_told(&what, traced.letter.markdown.as_str(), &traced.lines);
            letters += 1;
            if let Some(sheet) = &traced.letter.sheet {
                is_told(&what, sheet.markdown.as_str(), &traced.sheet_lines);
                sheets += 1;
            }
        }
    }
    assert!(letters > 100 && sheets > 3, "{letters} {sheets}");
}

/// Whatever the engine's grammar allows, in one letter.
const HARD: &str = r##"{% extends "builtin/letters/grievance.md" %}
{# a comment with {{ in it #}
{% component box(of: String = "x") %}[{{ of }}
{{ body }}]{% endcomponent %}{% component word(of) %}({{ of }}){% endcomponent %}
{% block title %}{{ super() | upper }} {{ super() ~ " super()" }}{% endblock title %}
{% block ask %}
{{- " a }} {% " -}}   one
two {#- gone -#} three {{ "x" -}} {# kept #}   four
{% set caught %}  in {% include "parts/asker.md" %}{% if true %} it{% endif %}  {% endset -%}
{% if caught == "  in I ask it  " %}same{% else %}not the same{% endif %}
{% set_global upper | upper %}{% if false %}no{% elif true %}yes{% else %}never{% endif %}{% endset %}{{ upper }}
{% filter upper -%}   loud {% for x in [1, 2] -%} {{ x }} {%- endfor %} {%- endfilter %}
{% raw -%}  {{ raw }}
{% if %} line {%- endraw -%}   after
{% for x in [1, 2, 3] %}{% if x == 2 %}{% continue %}{% elif x == 3 %}{% break %}{% endif %}
1. number {{ x }}
{% else %}empty{% endfor %}
{% for x in [] %}never{% else %}1. none{% endfor %}
{% <box of="a"> %}body {{ caught }}{% </box> %} {{ <word of={caught} /> | upper }}
{{ statement.what_happened | narrative }}
{{ statement.harm | quote }}
{{ member.phone
   | or_blank(key="member.phone", label="telephone") }} {{ none | or_blank(key="a.b", label="a gap") }}\
{% endblock %}
"##;

#[test]
fn every_form_of_the_engine_reads_the_same_when_followed() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "letters/grievance.md", HARD);
    let templates = Templates::with_dir(folder.path()).unwrap();
    let traced = traced(&templates);
    let text = traced.letter.markdown.as_str();
    assert!(text.contains("same\nYES\nLOUD"), "{text}");
    is_told("hard", text, &traced.lines);
    let line_of = |words: &str| {
        let at = text
            .lines()
            .position(|l| l.contains(words))
            .unwrap_or_else(|| panic!("{words}: {text}"));
        traced.lines[at][0].clone()
    };
    for (words, line) in [
        ("a }} {%one", 7),
        ("twothree x   four", 8),
        ("same", 10),
        ("YES", 11),
        ("LOUD 12", 12),
        ("{{ raw }}", 13),
        ("{% if %} line", 14),
        ("number 1", 16),
        ("none", 18),
        ("no on the phone", 20),
        ("the letter came", 20),
        ("> I cannot", 21),
        ("555-010-0101 _____", 22),
    ] {
        let file = "letters/grievance.md".to_owned();
        assert_eq!(line_of(words), Source { file, line }, "{words}");
    }
    let missed: Vec<(usize, SpotKind)> = templates
        .spots()
        .unwrap()
        .iter()
        .enumerate()
        .filter(|(i, s)| s.file == "letters/grievance.md" && !traced.hit.contains(i))
        .map(|(_, s)| (s.line, s.kind))
        .collect();
    use SpotKind::{Else, For, ForElse, If, Text};
    assert_eq!(
        missed,
        [
            (10, Else),
            (10, Text),
            (11, If),
            (11, Text),
            (11, Else),
            (11, Text),
            (17, ForElse),
            (17, Text),
            (18, For),
            (18, Text),
        ]
    );
}

#[test]
fn a_line_names_its_include_first_and_what_included_it_after() {
    let folder = tempfile::tempdir().unwrap();
    let outer = "{% if true %}\n**{% include \"parts/inner.md\" %}** and more\n{% endif %}";
    put(folder.path(), "parts/letterhead.md", outer);
    put(folder.path(), "parts/inner.md", "{# #}\n\n{{ \"Exam\" -}}\n ple");
    let traced = traced(&Templates::with_dir(folder.path()).unwrap());
    let at = traced.letter.markdown.as_str().lines().position(|l| l.contains("Example** and more"));
    let told: Vec<String> =
        traced.lines[at.unwrap()].iter().map(|s| format!("{}:{}", s.file, s.line)).collect();
    assert_eq!(
        told,
        ["parts/inner.md:3", "parts/inner.md:4", "parts/letterhead.md:2", "builtin/base.md:4"]
    );
}

#[test]
fn a_branch_that_is_never_taken_is_reported_where_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "parts/cc.md", "Copies:\n\n{% if false %}nobody{% endif %}\n");
    let templates = Templates::with_dir(folder.path()).unwrap();
    let law = Law::builtin().unwrap();
    let samples = samples::shipped();
    let all = coverage::measure(&samples[..20], &law, &templates, date("2026-11-21"), Extent::Own)
        .unwrap();
    let missed: Vec<_> = all
        .unreached()
        .map(|u| (u.spot.file.as_str(), u.spot.line, u.spot.column, u.spot.kind, u.source.as_str()))
        .collect();
    let line = "{% if false %}nobody{% endif %}";
    assert_eq!(
        missed,
        [("parts/cc.md", 3, 1, SpotKind::If, line), ("parts/cc.md", 3, 15, SpotKind::Text, line)]
    );
    assert_eq!((all.files.len(), all.percent()), (1, 33));
}

/// No shipped template has a place that nobody has seen in print, but for guards.
#[test]
fn every_shipped_template_is_reached_by_a_case_or_a_scene() {
    let (law, templates) = (Law::builtin().unwrap(), Templates::builtin().unwrap());
    let all = coverage::measure(&samples::all(), &law, &templates, date("2026-11-21"), Extent::All)
        .unwrap();
    assert!(all.failed.is_empty(), "{:#?}", all.failed);
    let missed: Vec<String> = all
        .unreached()
        .filter(|u| !u.is_inner)
        .map(|u| {
            let s = &u.spot;
            let from: String = u.source.chars().skip(s.column - 1).take(90).collect();
            format!("{}:{}:{} {}: {}", s.file, s.line, s.column, s.kind.word(), from.trim())
        })
        .collect();
    assert!(
        missed.is_empty(),
        "no case or scene reaches these; add a scene (fixtures/coverage/README.md), or take them \
         out: {missed:#?}"
    );
}

/// A guard prints a word that the templates do not know yet as it stands, or does without a day that the
/// ruling does not give. No record can ask for either, so record and ruling are changed behind its back.
#[test]
fn a_guard_prints_what_no_record_can_ask_for() {
    let (law, templates) = (Law::builtin().unwrap(), Templates::builtin().unwrap());
    let spots = templates.spots().unwrap();
    let is_guard = |s: &appeal::letter::Spot| {
        let line = templates.source(&s.file).and_then(|t| t.lines().nth(s.line - 1));
        line.is_some_and(|l| l.contains("lint: allow unreachable"))
    };
    let mut left: Vec<usize> = (0..spots.len()).filter(|i| is_guard(&spots[*i])).collect();
    assert!(left.len() >= 5, "{left:?}");
    for name in ["anthem-hmo-upheld", "urgent-same-day"] {
        let sample = samples::shipped().into_iter().find(|s| s.name == name).unwrap();
        let mut posed = sample.pose(&law, date("2026-11-21")).unwrap();
        let word = || "word-of-tomorrow".to_owned();
        let record = &mut posed.case.record;
        record.denial.ground = vec![word()];
        record.denial.notice_lacks = vec![word()];
        record.condition.threat = vec![word()];
        for service in &mut record.services {
            service.ground = vec![word()];
            service.second_opinion_reason = vec![word()];
        }
        for event in record.events.iter_mut().take(1) {
            event.kind = word();
        }
        for letter in posed.letters() {
            let traced = trace(&letter.input(), &templates).unwrap();
            assert!(traced.letter.markdown.as_str().contains("word of tomorrow"), "{name}");
            left.retain(|i| !traced.hit.contains(i));
        }
    }
    for (name, is_printable) in [
        ("late-grievance", false),
        ("medicare-late-reason-not-told", false),
        ("late-grievance", true),
        ("medi-cal-hearing-late", true),
    ] {
        let sample = samples::shipped().into_iter().find(|s| s.name == name).unwrap();
        let mut posed = sample.pose(&law, date("2026-11-21")).unwrap();
        for deadline in posed.disputes.iter_mut().flat_map(|d| &mut d.ruling.deadlines) {
            deadline.printable &= is_printable;
            deadline.trigger = None;
        }
        for letter in posed.letters() {
            let traced = trace(&letter.input(), &templates).unwrap();
            left.retain(|i| !traced.hit.contains(i));
        }
    }
    let left: Vec<_> = left.into_iter().map(|i| &spots[i]).collect();
    assert!(left.is_empty(), "{left:#?}");
}
