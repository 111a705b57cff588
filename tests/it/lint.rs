//! What is said of templates: each planted fault at its place, and nothing of those that ship.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use appeal::diag::Severity;
use appeal::law::Law;
use appeal::letter::{self, Templates};
use appeal::lint::{self, RULES, Report, Which};
use appeal::samples::{self, Sample};
use pulldown_cmark::{Event, Parser, Tag};
use serde::Deserialize;
use serde_json::Value;

use crate::support::run;

/// What one folder of `fixtures/bad-templates` holds.
#[derive(Deserialize)]
struct Expected {
    /// The cases its letters are written for.
    cases: Vec<String>,
    fault: Vec<Fault>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Fault {
    file: String,
    line: usize,
    column: usize,
    rule: String,
}

fn law() -> &'static Law {
    static LAW: OnceLock<Law> = OnceLock::new();
    LAW.get_or_init(|| Law::builtin().unwrap())
}

fn cases(names: &[&str]) -> Vec<Sample> {
    let samples: Vec<Sample> =
        samples::shipped().into_iter().filter(|s| names.contains(&s.name.as_str())).collect();
    assert_eq!(samples.len(), names.len(), "{names:?}");
    samples
}

fn found(report: &Report) -> Vec<Fault> {
    let mut all: Vec<Fault> = report
        .files
        .iter()
        .flat_map(|file| {
            file.faults.iter().map(|d| {
                let (line, column) = d.start().map_or((0, 0), |at| file.source.position(at));
                let rule = d.code.strip_prefix("lint::").unwrap().to_owned();
                Fault { file: file.name.clone(), line, column, rule }
            })
        })
        .collect();
    all.sort();
    all
}

fn planted() -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> =
        fs::read_dir("fixtures/bad-templates").unwrap().map(|e| e.unwrap().path()).collect();
    all.retain(|p| p.is_dir());
    all.sort();
    all
}

fn expected(folder: &Path) -> Expected {
    toml::from_str(&fs::read_to_string(folder.join("expected.toml")).unwrap()).unwrap()
}

#[test]
fn lint_finds_every_planted_fault_at_its_place() {
    let all = planted();
    assert!(all.len() >= 20, "only {} planted faults", all.len());
    let mut wrong = String::new();
    for folder in all {
        let mut expected = expected(&folder);
        expected.fault.sort();
        let names: Vec<&str> = expected.cases.iter().map(String::as_str).collect();
        let report = lint::lint(Which::Folder(&folder), law(), &cases(&names)).unwrap();
        let found = found(&report);
        if found != expected.fault {
            let said: Vec<_> = report.files.iter().flat_map(|f| &f.faults).collect();
            wrong += &format!("{}: {found:#?}\n{said:#?}\n", folder.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn lint_has_a_planted_fault_for_every_rule() {
    let all: Vec<String> =
        planted().iter().flat_map(|f| expected(f).fault).map(|f| f.rule).collect();
    for rule in RULES {
        assert!(all.iter().any(|r| r == rule.name), "no fixture breaks {}", rule.name);
    }
}

#[test]
fn lint_finds_nothing_in_what_ships() {
    let report = lint::lint(Which::Builtin, law(), &samples::all()).unwrap();
    let all = found(&report);
    assert!(all.is_empty(), "{all:#?}");
    assert!(report.files.len() > 100);
}

#[test]
fn lint_is_explained_in_its_document_as_on_the_command_line() {
    let mut text = String::from(
        "# What `appeal templates lint` looks for\n\n`appeal templates lint --templates DIR` reads a folder of \
         templates, writes every letter of every case that the\nprogram ships with, and says what is wrong, with \
         file, line and column. Exit code 1 means that there is an error;\na warning alone does not stop you, unless \
         you ask with `--deny-warnings`. `--format sarif` is for editors and for\nchecks that run on every change, \
         `--format json` for programs of your own.\n\nA comment switches one rule off, for the line it ends on and \
         for the next. It says why:\n\n```text\n{# lint: allow NAME the reason #}\n```\n\nWhat follows is also said \
         by `appeal templates lint --explain NAME`.\n",
    );
    for rule in RULES {
        let doc = rule.doc().replace("\n## ", "\n### ");
        text += &format!("\n## {} ({})\n\n{doc}", rule.name, rule.severity);
    }
    if std::env::var_os("BLESS").is_some() {
        fs::write("docs/lint.md", &text).unwrap();
    }
    assert_eq!(fs::read_to_string("docs/lint.md").unwrap(), text, "run with BLESS=1");
}

/// A folder with one template.
fn folder(name: &str, text: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
    folder
}

const GRIEVANCE: &str = "letters/grievance.md";
const EXTENDS: &str = "{% extends \"builtin/letters/grievance.md\" %}\n";

fn rules_broken(text: &str) -> Vec<String> {
    let folder = folder(GRIEVANCE, format!("{EXTENDS}{text}\n").as_bytes());
    let samples = cases(&["kaiser-outside-surgeon"]);
    let report = lint::lint(Which::Folder(folder.path()), law(), &samples).unwrap();
    let mut rules: Vec<String> = found(&report).into_iter().map(|f| f.rule).collect();
    rules.sort();
    rules
}

#[test]
fn lint_is_switched_off_by_a_comment_with_a_reason() {
    let words = "{% block salutation %}Dear plan and/or group,{% endblock %}";
    assert_eq!(rules_broken(words), ["and-or"]);
    for (comment, left) in [
        ("{# lint: allow and-or the form says so #}", vec![]),
        ("{#- lint: allow and-or the form says so -#}", vec![]),
        ("{# lint: allow and-or #}", vec!["unused-allow"]),
        ("{# lint: allow and-ro the form says so #}", vec!["and-or", "unused-allow"]),
        ("{# lint: allow typed-law the form says so #}", vec!["and-or", "unused-allow"]),
        ("{# lint: allow and-or the form says so #}\n", vec!["and-or", "unused-allow"]),
    ] {
        assert_eq!(rules_broken(&format!("{comment}\n{words}")), left, "{comment}");
    }
    let inline = words.replace("Dear", "{# lint: allow and-or the form says so #}Dear");
    assert_eq!(rules_broken(&inline), [""; 0]);
}

#[test]
fn lint_survives_hostile_templates() {
    let deep = |open: &str, close: &str| format!("{}x{}", open.repeat(5000), close.repeat(5000));
    let texts: Vec<Vec<u8>> = vec![
        deep("{% if letter.late %}", "{% endif %}").into_bytes(),
        deep("{{ (", ") }}").into_bytes(),
        format!("{{{{ {} }}}}", deep("(", ")")).into_bytes(),
        format!("{{{{ {}1 }}}}", "not ".repeat(50_000)).into_bytes(),
        format!("{{{{ a{} }}}}", "|lower".repeat(40_000)).into_bytes(),
        format!("{{{{ a{} }}}}", " if b else c".repeat(20_000)).into_bytes(),
        "{% for s in services %}".repeat(39).into_bytes(),
        "{# lint: allow".repeat(9000).into_bytes(),
        "30 days and/or § 1 ".repeat(13_000).into_bytes(),
        "{".repeat(262_144).into_bytes(),
        vec![0xff; 262_144],
        vec![b'a'; 300_000],
        b"{% raw %}{% block a %}{% endblock".to_vec(),
        "\u{e000}".as_bytes().to_vec(),
        b"{% extends \"letters/grievance.md\" %}".to_vec(),
        b"{% include \"letters/grievance.md\" %}".to_vec(),
        "é{{ member.é }}{{ \"é".as_bytes().to_vec(),
    ];
    let samples = cases(&["kaiser-outside-surgeon"]);
    for text in texts {
        let folder = folder(GRIEVANCE, &text);
        let report = lint::lint(Which::Folder(folder.path()), law(), &samples).unwrap();
        let start = String::from_utf8_lossy(&text[..text.len().min(40)]).into_owned();
        assert!(report.count(Severity::Error) > 0, "{start}");
    }
}

/// What stands around a value, and whether lint says that it can become an item of a list.
const AROUND: &[(&str, &str)] = &[
    ("\n\n", "\n\n"),
    ("\n\n", ". Then\n\n"),
    ("\n\n", ") Then\n\n"),
    ("\n\n", "{% if letter.date %}. Then{% endif %}\n\n"),
    ("\n\n", ".5 Then\n\n"),
    ("\n\n1", " Then\n\n"),
    ("\n\n{{ member.group }}", " Then\n\n"),
    ("\n\nWords ", ". Then\n\n"),
    ("\n\n- ", ". Then\n\n"),
    ("\n\n- ", " then\n\n"),
    ("\n\n> ", "\n\n"),
    ("\n\n**", "**\n\n"),
    ("\n\nWords\n", "\nThen\n\n"),
];

/// What a person may type.
const HOSTILE: &[&str] = &[
    "1", "12", "1.", "1)", "1. a", ". a", ") a", "-", "- a", "+ a", "# a", "> a", "===", "---",
    "***", "```", "~~~", "| a |", "<b>", "[a]: b", ":-", "\\", "&amp;", "* a", "_a_", "    a",
];

#[test]
fn lint_knows_exactly_which_values_can_start_an_item() {
    let sample = cases(&["kaiser-outside-surgeon"]).remove(0);
    let shape = |markdown: &str| -> Vec<String> {
        let options = pulldown_cmark::Options::ENABLE_TABLES;
        let kinds = Parser::new_ext(markdown, options).filter_map(|event| match event {
            Event::Start(Tag::Paragraph) => None,
            Event::Start(tag) => Some(format!("{tag:?}")),
            Event::Rule | Event::Html(_) | Event::InlineHtml(_) | Event::Code(_) => {
                Some("other".to_owned())
            }
            _ => None,
        });
        kinds.collect()
    };
    for (before, after) in AROUND {
        let text = format!(
            "{EXTENDS}{{% block salutation %}}{before}{{{{ member.name }}}}{after}{{% endblock %}}\n"
        );
        let templates = Templates::with_files(vec![(GRIEVANCE.to_owned(), text.clone())]).unwrap();
        let write = |name: &str| {
            let quoted = Value::String(name.to_owned()).to_string();
            let record = sample.record.replace("\"Ana Example\"", &quoted);
            assert_ne!(record, sample.record);
            let record = record.replace("\"EX-GROUP-7\"", "\"7\"");
            let posed = Sample { record, ..sample.clone() };
            // A record that says nothing in a field is refused before it comes to a letter.
            let posed = posed.pose(law(), sample.as_of.unwrap()).ok()?;
            let asked = posed.letters().remove(0);
            Some(shape(letter::write(&asked.input(), &templates).unwrap().markdown.as_str()))
        };
        let plain = write("Ana").unwrap();
        let is_broken = |name: &&&str| write(name).is_some_and(|shape| shape != plain);
        let broken: Vec<&&str> = HOSTILE.iter().filter(is_broken).collect();
        let told =
            rules_broken(text.strip_prefix(EXTENDS).unwrap()).contains(&"line-start".to_owned());
        assert_eq!(told, !broken.is_empty(), "{before:?} {after:?}: {broken:?}");
    }
}

#[test]
fn lint_speaks_sarif() {
    let folder = Path::new("fixtures/bad-templates/field-misspelt");
    let report =
        lint::lint(Which::Folder(folder), law(), &cases(&["kaiser-outside-surgeon"])).unwrap();
    let log = lint::sarif(&report, "1.0.0");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), RULES.len());
    for rule in rules {
        assert!(rule["id"].is_string() && rule["shortDescription"]["text"].is_string());
        assert!(rule["help"]["text"].is_string() && rule["help"]["markdown"].is_string());
        let level = rule["defaultConfiguration"]["level"].as_str().unwrap();
        assert!(["none", "note", "warning", "error"].contains(&level));
    }
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 1);
    let result = &results[0];
    let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(rules[index]["id"], result["ruleId"]);
    assert_eq!(result["level"], "error");
    assert_eq!(result["message"]["text"], "`member` has no field `nmae`.");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(
        place["artifactLocation"]["uri"],
        "fixtures/bad-templates/field-misspelt/letters/grievance.md"
    );
    let region =
        serde_json::json!({ "startLine": 2, "startColumn": 26, "endLine": 2, "endColumn": 30 });
    assert_eq!(place["region"], region);
    let change = &result["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"], place["artifactLocation"]);
    assert_eq!(change["replacements"][0]["deletedRegion"], region);
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "name");
}

#[test]
fn lint_on_the_command_line_explains_lists_and_refuses() {
    let list = run(&["templates", "lint", "--list"]);
    for rule in RULES {
        assert!(list.stdout.contains(rule.name));
        let told = run(&["templates", "lint", "--explain", rule.name]);
        assert!(told.code == Some(0) && told.stdout.contains(&rule.doc()), "{}", rule.name);
    }
    let near = run(&["templates", "lint", "--explain", "typed-lwa"]);
    assert!(
        near.code == Some(2) && near.stderr.contains("did you mean `typed-law`?"),
        "{}",
        near.stderr
    );
    let folder = "fixtures/bad-templates/include-misspelt";
    let text = run(&["templates", "lint", "--templates", folder]);
    assert_eq!(text.code, Some(1));
    for words in [
        "error[lint::unknown-partial]: there is no template `parts/treatment.md`",
        "parts/harm.md:1:13",
        "^^^^^^^^^^^^^^^^^^ not found",
        "parts/treatments.md",
        "--explain unknown-partial",
    ] {
        assert!(text.stdout.contains(words), "{words}\n{}", text.stdout);
    }
    let file = format!("{folder}/parts/harm.md");
    let json = run(&["templates", "lint", "--templates", folder, &file, "--format", "json"]);
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["errors"], 1);
    assert_eq!(json["findings"][0]["start"], serde_json::json!({ "line": 1, "column": 13 }));
    let other = run(&["templates", "lint", "--templates", folder, "parts/clock.md"]);
    assert!(
        other.code == Some(2) && other.stderr.contains("not among the templates"),
        "{}",
        other.stderr
    );
    let missing = run(&["templates", "lint", "--templates", "fixtures/no-such-folder"]);
    assert_eq!(missing.code, Some(2));
}
