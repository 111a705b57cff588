//! A clinic's own templates: the worked example, and what docs/overrides.md promises.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use appeal::law::Law;
use appeal::letter::{self, Error, Templates};
use appeal::samples;

use crate::support::{names, run};

const TEMPLATES: &str = "fixtures/clinic/templates";
const RECORDS: &str = "fixtures/clinic/records";
const LETTERS: &str = "fixtures/clinic/letters";
const AS_OF: &str = "2026-11-21";
/// Who approved the letters of the example.
const NOBODY: &str = "nobody: this is an example, and no lawyer has read it";

fn blessing() -> bool {
    std::env::var_os("BLESS").is_some()
}

#[test]
fn the_example_clinic_writes_its_letters() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().to_str().unwrap();
    for record in names(Path::new(RECORDS)) {
        let record = format!("{RECORDS}/{record}");
        let ended = run(&[
            "write",
            &record,
            "--templates",
            TEMPLATES,
            "--as-of",
            AS_OF,
            "-o",
            to,
            "--format",
            "md",
        ]);
        assert_eq!(ended.code, Some(0), "{record}: {}", ended.stderr);
    }
    let written = names(folder.path());
    if blessing() {
        fs::create_dir_all(LETTERS).unwrap();
        names(Path::new(LETTERS))
            .iter()
            .for_each(|n| fs::remove_file(Path::new(LETTERS).join(n)).unwrap());
        for name in &written {
            fs::write(Path::new(LETTERS).join(name), fs::read(folder.path().join(name)).unwrap())
                .unwrap();
        }
    }
    assert_eq!(written, names(Path::new(LETTERS)));
    assert!(written.len() >= 2);
    for name in &written {
        let [is, golden] =
            [folder.path(), Path::new(LETTERS)].map(|f| fs::read_to_string(f.join(name)).unwrap());
        assert!(is == golden, "{LETTERS}/{name} differs: run with BLESS=1 and read the diff");
    }
}

#[test]
fn the_example_shows_each_kind_of_change() {
    let letter = fs::read_to_string(format!("{LETTERS}/ELA-2026-001.grievance.md")).unwrap();
    for own in [
        "**Example Legal Aid**\\\nHealth Unit,",
        "Dear Grievance Coordinator:",
        "Please send the answer to Example Legal Aid",
    ] {
        assert!(letter.contains(own), "{own}");
    }
    assert!(letter.contains("Signature: ____"), "what is extended is still there");
    assert!(!letter.contains("To whom it may concern"));
    // Another letter has the letterhead and nothing else of it.
    let other = fs::read_to_string(format!("{LETTERS}/ELA-2026-002.dmhc-imr.md")).unwrap();
    assert!(other.contains("Health Unit,") && other.contains("To whom it may concern"));
    assert!(!other.contains("Please send the answer to Example Legal Aid"));
}

#[test]
fn the_approvals_of_the_example_hold_and_claim_no_lawyer() {
    let gallery = |more: &[&str]| {
        let mut all = vec!["templates", "gallery", RECORDS, "--templates", TEMPLATES];
        all.extend(["--as-of", AS_OF]);
        all.extend(more);
        run(&all)
    };
    if blessing() {
        let ended = gallery(&["--approve", "all", "--by", NOBODY]);
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    }
    let ended = gallery(&["--check"]);
    assert_eq!(ended.code, Some(0), "{}{}", ended.stdout, ended.stderr);
    let list = fs::read_to_string(format!("{TEMPLATES}/approved/approvals.toml")).unwrap();
    let approved = list.matches("[[approved]]").count();
    assert!(approved >= 2);
    assert_eq!(list.matches(&format!("by       = \"{NOBODY}\"")).count(), approved);
}

/// The first column of the table that follows a heading of docs/overrides.md.
fn documented(heading: &str) -> Vec<String> {
    let text = fs::read_to_string("docs/overrides.md").unwrap();
    let (_, after) = text.split_once(&format!("### {heading}\n")).expect("a heading");
    let table =
        after.lines().skip_while(|l| !l.starts_with('|')).take_while(|l| l.starts_with('|'));
    let names: Vec<String> =
        table.filter_map(|l| l.strip_prefix("| `")?.split('`').next().map(str::to_owned)).collect();
    assert!(names.len() > 5, "{heading}: {names:?}");
    names
}

/// The blocks of a template, in order.
fn blocks(text: &str) -> Vec<String> {
    let starts = text.split("{% block ").skip(1);
    starts.map(|rest| rest.split([' ', '%']).next().unwrap().to_owned()).collect()
}

/// What a page promises and a template no longer has, and the other way round.
fn apart(promised: &[String], has: &[String]) -> Vec<String> {
    let gone = promised.iter().filter(|p| !has.contains(p));
    let new = has.iter().filter(|h| !promised.contains(h));
    gone.map(|p| format!("docs/overrides.md promises `{p}`, which is gone"))
        .chain(new.map(|h| format!("`{h}` is not in docs/overrides.md")))
        .collect()
}

#[test]
fn every_documented_block_is_there_in_the_documented_order() {
    let base = fs::read_to_string("templates/base.md").unwrap();
    let (promised, has) = (documented("Blocks"), blocks(&base));
    assert_eq!(apart(&promised, &has), [] as [&str; 0]);
    assert_eq!(promised, has);
    // A block that is renamed is named.
    let renamed = blocks(&base.replace("block signature", "block signed"));
    assert_eq!(
        apart(&promised, &renamed),
        [
            "docs/overrides.md promises `signature`, which is gone",
            "`signed` is not in docs/overrides.md"
        ]
    );
}

/// Every letter of the cases that ship, from a folder of templates.
fn letters(folder: &Path, of: &str) -> Vec<String> {
    let (law, templates) = (Law::builtin().unwrap(), Templates::with_dir(folder).unwrap());
    let mut texts = Vec::new();
    for sample in samples::shipped() {
        let posed = sample.pose(&law, sample.as_of.unwrap()).unwrap();
        for asked in posed.letters().iter().filter(|a| a.stage.letter.as_deref() == Some(of)) {
            let letter = letter::write(&asked.input(), &templates);
            texts.push(letter.unwrap_or_else(|e| panic!("{}: {e}", sample.name)).markdown.into());
        }
    }
    assert!(texts.len() > 3, "{} letters of {of}", texts.len());
    texts
}

fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn every_documented_block_can_be_replaced_and_stands_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let names = documented("Blocks");
    let mut text = "{% extends \"builtin/letters/grievance.md\" %}\n".to_owned();
    for name in &names {
        text.push_str(&format!("{{% block {name} %}}Here is {name}.{{% endblock %}}\n"));
    }
    put(folder.path(), "letters/grievance.md", &text);
    let want: Vec<String> = names.iter().map(|n| format!("Here is {n}.")).collect();
    let want = format!("# {}\n", want.join("\n\n"));
    for letter in letters(folder.path(), "grievance") {
        assert_eq!(letter, want);
    }
}

#[test]
fn every_documented_block_can_be_extended() {
    let folder = tempfile::tempdir().unwrap();
    let names = documented("Blocks");
    let mut text = "{% extends \"builtin/letters/grievance.md\" %}\n".to_owned();
    for name in names.iter().filter(|n| *n != "title") {
        text.push_str(&format!(
            "{{% block {name} %}}{{{{ super() }}}}\n\nOwn words after {name}.{{% endblock %}}\n"
        ));
    }
    put(folder.path(), "letters/grievance.md", &text);
    let empty = tempfile::tempdir().unwrap();
    let shipped = letters(empty.path(), "grievance");
    for (own, shipped) in letters(folder.path(), "grievance").iter().zip(&shipped) {
        let without: String = own
            .split("\n\n")
            .filter(|p| !p.trim_end().starts_with("Own words after "))
            .collect::<Vec<_>>()
            .join("\n\n");
        assert_eq!(without.trim_end(), shipped.trim_end());
        for name in names.iter().filter(|n| *n != "title") {
            assert!(own.contains(&format!("\n\nOwn words after {name}.\n")), "{name}");
        }
    }
}

#[test]
fn every_documented_part_is_there_and_each_letter_takes_it_from_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let parts = documented("Parts");
    for part in &parts {
        assert!(
            Path::new("templates").join(part).is_file(),
            "docs/overrides.md promises `{part}`, which is gone"
        );
        put(folder.path(), part, &format!("Here is {part}.\n"));
    }
    let all = letters(folder.path(), "grievance").join("\n");
    for part in &parts {
        assert!(all.contains(&format!("Here is {part}.")), "no letter takes `{part}`");
    }
}

#[test]
fn every_filter_is_documented_and_every_documented_one_is_there() {
    let has: Vec<String> = letter::TOOLS.iter().map(|tool| tool.name.to_owned()).collect();
    assert_eq!(apart(&documented("Filters and functions"), &has), [] as [&str; 0]);
}

/// What is said when the grievance of the first case is written from a folder with these files.
fn refused(files: &[(&str, &str)]) -> Error {
    let folder = tempfile::tempdir().unwrap();
    files.iter().for_each(|(name, text)| put(folder.path(), name, text));
    let templates = match Templates::with_dir(folder.path()) {
        Ok(templates) => templates,
        Err(error) => return error,
    };
    let law = Law::builtin().unwrap();
    let sample =
        samples::shipped().into_iter().find(|s| s.name == "kaiser-outside-surgeon").unwrap();
    let posed = sample.pose(&law, sample.as_of.unwrap()).unwrap();
    let letter = letter::write(&posed.letters()[0].input(), &templates);
    letter.expect_err(&format!("{files:?} is taken"))
}

#[test]
fn no_override_prints_law_that_was_typed() {
    let typed = "Health and Safety Code section 1399.99";
    let extends = "{% extends \"builtin/letters/grievance.md\" %}";
    let block = |words: &str| {
        format!("{extends}{{% block signature %}}{{{{ super() }}}}\n\n{words}{{% endblock %}}")
    };
    let cases: Vec<(&str, Vec<(&str, String)>)> = vec![
        ("a letterhead", vec![("parts/letterhead.md", format!("**Office** under {typed}"))]),
        ("a block that is extended", vec![("letters/grievance.md", block(typed))]),
        (
            "a part of one's own",
            vec![
                ("letters/grievance.md", block("{% include \"parts/own.md\" %}")),
                ("parts/own.md", typed.to_owned()),
            ],
        ),
        (
            "a text in a tag",
            vec![("letters/grievance.md", block(&format!("{{{{ \"{typed}\" }}}}")))],
        ),
        (
            "a text called safe",
            vec![("letters/grievance.md", block(&format!("{{{{ \"{typed}\" | safe }}}}")))],
        ),
        (
            "two texts joined",
            vec![(
                "letters/grievance.md",
                block("{% set a = \"Health and Safety Code sec\" %}{{ a ~ \"tion 1399.99\" }}"),
            )],
        ),
        (
            "a value in which words are replaced",
            vec![(
                "letters/grievance.md",
                block(&format!("{{{{ member.name | replace(from=\"Ana\", to=\"{typed}\") }}}}")),
            )],
        ),
        (
            "emphasis within it",
            vec![("letters/grievance.md", block("Health and Safety Code **sec**tion 13*99*.99"))],
        ),
        (
            "a quotation",
            vec![("letters/grievance.md", block(&format!("{{{{ \"{typed}\" | quote }}}}")))],
        ),
        ("HTML", vec![("letters/grievance.md", block(&format!("<!-- {typed} -->")))]),
        (
            "a letter that extends nothing",
            vec![("letters/grievance.md", format!("# A letter\n\n{typed}"))],
        ),
    ];
    for (what, files) in &cases {
        let files: Vec<(&str, &str)> = files.iter().map(|(n, t)| (*n, t.as_str())).collect();
        let error = refused(&files);
        assert!(matches!(error, Error::UnregisteredCitation { .. }), "{what}: {error}");
    }
}

#[test]
fn a_fault_of_inheritance_is_told_with_its_place() {
    let letter = |text: &'static str| [("letters/grievance.md", text)];
    for (files, place, says) in [
        (
            &letter("\n{% extends \"builtin/letters/greivance.md\" %}")[..],
            "letters/grievance.md:2:1",
            "there is no template `builtin/letters/greivance.md` to extend; \
             did you mean `builtin/letters/grievance.md`?",
        ),
        (
            &letter("{# {% extends \"x\" %} #}{% extends \"letters/grievance.md\" %}"),
            "letters/grievance.md:1:24",
            "`letters/grievance.md` extends itself; to extend the one that ships, \
             write `builtin/letters/grievance.md`",
        ),
        (
            &[
                ("base.md", "{% extends \"letters/own.md\" %}"),
                ("letters/own.md", "{% extends \"base.md\" %}"),
            ],
            "letters/own.md:1:1",
            "`letters/own.md` extends `base.md`, which leads back to it; to extend the one that ships, \
             write `builtin/base.md`",
        ),
        (
            &[("parts/letterhead.md", "**Us**\n{% include \"parts/letterhead.md\" %}")],
            "parts/letterhead.md:2:1",
            "`parts/letterhead.md` includes itself; to include the one that ships, \
             write `builtin/parts/letterhead.md`",
        ),
        (
            &letter(
                "{% extends \"builtin/letters/grievance.md\" %}\n{% block signatur %}x{% endblock %}",
            ),
            "letters/grievance.md:2:10",
            "what is extended here has no block `signatur`, so it would never be printed; \
             did you mean `signature`?",
        ),
    ] {
        let Error::Template { message, place: Some(at) } = refused(files) else {
            panic!("{files:?} has no place");
        };
        assert_eq!((message.as_str(), at.to_string().as_str()), (says, place));
    }
}

#[test]
fn the_page_on_overrides_names_every_fault_as_the_program_does() {
    let text = fs::read_to_string("docs/overrides.md").unwrap();
    for says in [
        "there is no template `",
        "extends itself; to extend the one that ships, write `builtin/",
        "so it would never be printed",
    ] {
        assert!(text.contains(says), "{says}");
    }
    let files: BTreeSet<String> = names(Path::new("fixtures/clinic")).into_iter().collect();
    for file in ["README.md", "templates", "records", "letters"] {
        assert!(files.contains(file), "{file}");
    }
}
