//! The published errors of the law sheet `peer-errors`, each as a guard under its id: some here, over every letter
//! that the cases write and over the register; those about stages and dates in `fixtures/rulings`.

use std::collections::BTreeSet;
use std::fs;

use appeal::law::Law;

/// Every letter and sheet of the cases, with the name of its file.
fn letters() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for folder in fs::read_dir("fixtures/cases").unwrap() {
        let folder = folder.unwrap().path();
        for file in fs::read_dir(&folder).into_iter().flatten() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|e| e == "md") {
                let text = fs::read_to_string(&path).unwrap();
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                all.push((path.display().to_string(), text));
            }
        }
    }
    assert!(all.len() > 50, "only {} letters", all.len());
    all
}

/// The letters without what the cases' own people say.
fn ours() -> Vec<(String, String)> {
    let mut all = letters();
    all.retain(|(name, _)| !name.contains("hostile-record"));
    all
}

#[track_caller]
fn nowhere(words: &str) {
    for (name, text) in ours() {
        assert!(!text.contains(words), "{name} says {words:?}");
    }
}

fn law() -> Law {
    Law::builtin().unwrap_or_else(|e| panic!("{e}"))
}

/// The sections of a code in the register.
fn sections(code: &str) -> BTreeSet<String> {
    let law = law();
    law.registry().iter().filter(|(_, a)| a.code == code).map(|(_, a)| a.section.clone()).collect()
}

#[test]
fn guard_f2_no_letter_promises_a_day_of_the_reviewers_decision() {
    for words in ["the reviewers must decide by", "will be decided by", "within 45 days of this"] {
        nowhere(words);
    }
}

#[test]
fn guard_f6_agencies_have_their_full_legal_names() {
    let law = law();
    for (contact, name) in [
        ("dmhc-help-center", "California Department of Managed Health Care"),
        ("cdi-consumer", "California Department of Insurance"),
    ] {
        let contact = law.contact(contact).unwrap_or_else(|| panic!("no contact {contact}"));
        assert!(contact.name.starts_with(name), "{}", contact.name);
    }
    nowhere("Department of Managed Care");
}

#[test]
fn guard_f14_the_right_to_a_second_opinion_is_1383_15() {
    assert!(!sections("hsc").contains("1383.1"));
    let cited = letters().iter().any(|(_, t)| t.contains("Health and Safety Code section 1383.15"));
    assert!(cited, "no letter cites the right");
}

#[test]
fn guard_f15_a_second_opinion_has_no_number_of_days_but_the_72_hours() {
    for (name, text) in ours() {
        for sentence in text.split(". ").filter(|s| s.contains("1383.15")) {
            let numbered = sentence.contains(" days") || sentence.contains("business day");
            assert!(!numbered, "{name}: {sentence}");
        }
    }
}

#[test]
fn guard_f16_the_statute_lists_five_reasons_and_a_record_knows_no_sixth() {
    let schema: String = appeal::record::schema().split_whitespace().collect();
    let key = schema.find("\"second_opinion_reason\"").unwrap();
    let reasons = [
        "surgery-doubt",
        "diagnosis-doubt",
        "unclear-or-conflicting",
        "not-improving",
        "serious-concerns",
    ];
    let list: Vec<String> = reasons.iter().map(|r| format!("\"{r}\"")).collect();
    let list = format!("[{}", list.join(","));
    assert!(schema[key..].contains(&list), "{}", &schema[key..key + 400]);
}

#[test]
fn guard_f17_the_department_has_one_plain_zip() {
    let law = law();
    let contact = law.contact("dmhc-help-center").unwrap();
    assert!(contact.address.iter().any(|l| l.ends_with("CA 95814")), "{:?}", contact.address);
    nowhere("95814-");
}

#[test]
fn guard_f19_a_letter_asks_about_software_and_never_asserts_it() {
    let law = law();
    let rule = law.registry().get("hsc-1367.01-k").unwrap();
    assert_eq!(rule.from.map(|d| d.to_string()).as_deref(), Some("2025-01-01"));
    let mut asked = 0;
    for (name, text) in ours() {
        asked += usize::from(text.contains("Say whether artificial intelligence"));
        for words in
            ["was decided by an algorithm", "used artificial intelligence to", "by a computer"]
        {
            assert!(!text.contains(words), "{name}: {words}");
        }
    }
    assert!(asked > 10, "{asked} letters ask");
}

#[test]
fn guard_f20_no_letter_gives_a_rate_of_success() {
    for words in ["success rate", "of all appeals", "of all reviews", "likely to win", "chance of"]
    {
        nowhere(words);
    }
}

#[test]
fn guard_f21_a_bill_that_did_not_pass_is_not_cited() {
    assert!(!sections("hsc").contains("1374.37"));
    nowhere("SB 294");
    nowhere("1374.37");
}

#[test]
fn guard_w2_there_is_no_147_137() {
    assert!(!sections("45cfr").contains("147.137"));
    nowhere("147.137");
}

#[test]
fn guard_w6_the_insurance_departments_number_is_the_right_one() {
    let law = law();
    let contact = law.contact("cdi-consumer").unwrap();
    assert_eq!(contact.phone.as_deref(), Some("1-800-927-4357"));
    for file in fs::read_dir("law").unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap_or_default();
        assert!(!text.contains("927-4397"), "{}", path.display());
    }
}

/// Every id of `peer-errors` and every worked example of the sheets has a test that names it.
#[test]
fn every_guard_and_every_worked_example_has_a_test() {
    let mut tested: BTreeSet<String> = BTreeSet::new();
    for file in fs::read_dir("fixtures/rulings").unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|e| e == "toml") {
            let table: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
            for ruling in table["ruling"].as_array().unwrap() {
                let rules = ruling.get("rules").and_then(toml::Value::as_array);
                let rules = rules.into_iter().flatten().filter_map(toml::Value::as_str);
                tested.extend(rules.map(str::to_owned));
            }
        }
    }
    let own = include_str!("guards.rs");
    let here = own.split("fn guard_").skip(1).filter_map(|t| t.split('_').next());
    tested.extend(here.map(|id| format!("guard.{}", id.to_uppercase())));

    let mut wanted: Vec<String> = (1..=22).map(|n| format!("guard.F{n}")).collect();
    wanted.extend((1..=7).map(|n| format!("guard.W{n}")));
    for (sheet, numbers) in [
        (
            "dmhc",
            &["1", "3", "5", "7", "9", "11", "13", "15", "17", "19", "21", "23", "25", "P5"][..],
        ),
        ("cdi", &["1", "3", "5", "7", "9"]),
        ("federal", &["11", "13", "15", "17", "19", "21", "23", "25", "P1", "P3", "P11"]),
        ("states", &["P7", "P9"]),
    ] {
        wanted.extend(numbers.iter().map(|n| format!("{sheet}.example.{n}")));
    }
    wanted.retain(|id| !tested.contains(id));
    assert!(wanted.is_empty(), "no test names {wanted:?}");
}
