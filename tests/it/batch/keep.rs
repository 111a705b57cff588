//! What a later run does with letters that are there.

use std::fs;

use appeal::batch::manifest::Status;

use super::{CASE, Clinic, ends, files, named, said, stamps, told};

const LETTER: &str = "case-1/case-1.grievance.md";

fn one() -> Clinic {
    let clinic = Clinic::new();
    clinic.record("a.toml", &named("case-1"));
    ends(&clinic.run(&[]), 0);
    assert!(clinic.out().join(LETTER).is_file());
    clinic
}

#[test]
fn a_later_day_dates_letters_anew_unless_they_are_to_be_kept() {
    let clinic = one();
    let before = stamps(&clinic.out());
    let output = clinic.run_today(&["--as-of", "2026-11-25", "--keep"]);
    ends(&output, 0);
    assert!(said(&output).contains("1 case left with earlier letters"), "{}", said(&output));
    let mut after = stamps(&clinic.out());
    after.insert("manifest.jsonl".to_owned(), before["manifest.jsonl"]);
    assert_eq!(before, after);
    ends(&clinic.verify(), 0);
    ends(&clinic.run_today(&["--as-of", "2026-11-25"]), 0);
    let text = fs::read_to_string(clinic.out().join(LETTER)).unwrap();
    assert!(text.contains("November 25, 2026"), "{text}");
    assert!(!clinic.out().join("case-1/earlier").exists());
}

#[test]
fn a_kept_letter_is_written_anew_when_its_ruling_changes_and_stays_among_the_earlier_ones() {
    let clinic = one();
    let before = fs::read(clinic.out().join(LETTER)).unwrap();
    // The last day has passed.
    let output = clinic.run_today(&["--as-of", "2027-08-01", "--keep"]);
    assert!(said(&output).contains("moved to the folder `earlier`"), "{}", said(&output));
    let earlier = clinic.out().join("case-1/earlier/case-1.grievance.md");
    assert!(fs::read(earlier).unwrap() == before);
}

#[test]
fn letters_of_a_stage_that_is_over_are_moved_aside_and_named() {
    let clinic = one();
    let upheld = "[[event]]\nkind = \"grievance-filed\"\ndate = 2026-10-28\nhow = \"mail\"\n\n\
                  [[event]]\nkind = \"grievance-decided\"\ndate = 2026-11-18\noutcome = \"upheld\"\n\n[statement]";
    clinic.record("a.toml", &named("case-1").replace("[statement]", upheld));
    let output = clinic.run(&["--draft"]);
    ends(&output, 0);
    assert!(said(&output).contains("  case-1/case-1.grievance.pdf\n"), "{}", said(&output));
    let names: Vec<String> = files(&clinic.out().join("case-1/earlier")).into_keys().collect();
    assert!(names.contains(&"case-1.grievance.md".to_owned()), "{names:?}");
    assert!(!clinic.out().join(LETTER).exists());
    assert!(clinic.case("case-1").outputs.iter().all(|o| !o.name.contains(".grievance.")));
    ends(&clinic.verify(), 0);
}

#[test]
fn a_letter_that_somebody_edited_is_moved_aside_and_what_they_added_stays() {
    let clinic = one();
    fs::write(clinic.out().join(LETTER), "with my own words").unwrap();
    fs::write(clinic.out().join("case-1/fax-receipt.pdf"), "received").unwrap();
    let output = clinic.run(&[]);
    ends(&output, 0);
    let earlier = clinic.out().join("case-1/earlier/case-1.grievance.md");
    assert_eq!(fs::read_to_string(&earlier).unwrap(), "with my own words");
    assert!(clinic.out().join("case-1/fax-receipt.pdf").is_file());
    // A second time gets another name.
    fs::write(clinic.out().join(LETTER), "and again").unwrap();
    ends(&clinic.run(&["--force"]), 0);
    assert_eq!(fs::read_to_string(&earlier).unwrap(), "with my own words");
    assert_eq!(fs::read_to_string(earlier.with_extension("md.2")).unwrap(), "and again");
}

#[test]
fn a_record_that_broke_takes_its_old_letters_out_of_the_way() {
    let clinic = one();
    clinic.record("a.toml", &named("case-1").replace("2026-10-20", "2026-13-20"));
    ends(&clinic.run(&[]), 1);
    assert!(!clinic.out().join(LETTER).exists());
    assert!(clinic.out().join("case-1/earlier/case-1.grievance.pdf").is_file());
}

#[test]
fn a_letter_with_blanks_is_written_as_a_draft_only_but_its_ruling_always() {
    let clinic = Clinic::new();
    let text = fs::read_to_string("fixtures/cases/not-complete/record.toml").unwrap();
    clinic.record("a.toml", &text);
    let output = clinic.run(&[]);
    ends(&output, 1);
    let case = &clinic.cases()[0];
    assert_eq!(case.status, Status::Incomplete);
    assert!(!case.blanks.is_empty());
    for key in &case.blanks {
        assert!(told(&output).contains(&format!("error[batch::blank]: `{key}` is missing")));
    }
    let names = |clinic: &Clinic| -> Vec<String> {
        clinic.cases()[0].outputs.iter().map(|o| o.name.clone()).collect()
    };
    assert_eq!(names(&clinic), ["record.toml", "ruling.txt"]);
    ends(&clinic.run(&["--draft", "--format", "md", "--explain", "json"]), 0);
    assert_eq!(clinic.cases()[0].status, Status::Draft);
    let names = names(&clinic);
    assert!(names.iter().any(|n| n.ends_with(".draft.md")), "{names:?}");
    assert!(names.contains(&"ruling.json".to_owned()), "{names:?}");
    assert!(!names.iter().any(|n| n.ends_with(".pdf")), "{names:?}");
    ends(&clinic.verify(), 0);
}

#[test]
fn a_case_that_needs_facts_counts_as_failed_and_says_which() {
    let clinic = Clinic::new();
    // Not even the addressee is known, and the step at the plan is used up.
    let text = named("case-1")
        .replace("regulator         = \"dmhc\"", "regulator         = \"unknown\"")
        .replace("funding           = \"insured\"", "funding           = \"unknown\"")
        .replace("printed_regulator = \"dmhc\"\n", "")
        .replace("Kaiser Foundation Health Plan, Inc.", "Example Health")
        .replace(
            "[statement]",
            "[[event]]\nkind = \"grievance-filed\"\ndate = 2026-10-28\nhow = \"mail\"\n\n[[event]]\nkind = \
             \"grievance-decided\"\ndate = 2026-11-18\noutcome = \"upheld\"\n\n[statement]",
        );
    clinic.record("a.toml", &text);
    let output = clinic.run(&[]);
    ends(&output, 1);
    let case = clinic.case("case-1");
    assert_eq!(case.status, Status::NeedsFacts, "{case:?}");
    assert!(told(&output).contains("error[batch::needs-facts]: `"), "{}", told(&output));
    let ruling = fs::read_to_string(clinic.out().join("case-1/ruling.txt")).unwrap();
    assert!(!case.disputes[0].needs.is_empty() && !ruling.is_empty());
}

#[test]
fn the_letters_are_those_of_write_and_the_ruling_that_of_explain() {
    let clinic = Clinic::new();
    clinic.record("a.toml", &fs::read_to_string(CASE).unwrap());
    ends(&clinic.run(&[]), 0);
    let letters = clinic.folder.path().join("letters");
    ends(
        &super::appeal(&["write", CASE, "--as-of", super::DAY, "-o", letters.to_str().unwrap()]),
        0,
    );
    for (name, path) in files(&letters) {
        assert!(
            fs::read(path).unwrap() == fs::read(clinic.out().join("2026-0142").join(name)).unwrap()
        );
    }
    let explained = super::appeal(&["explain", CASE, "--as-of", super::DAY]);
    assert!(
        said(&explained) == fs::read_to_string(clinic.out().join("2026-0142/ruling.txt")).unwrap()
    );
}
