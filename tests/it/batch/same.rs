//! Records that share an id, and the same denial under two.

use std::fs;

use appeal::batch::manifest::Status;

use super::{Clinic, ends, named, said, told};

#[test]
fn records_that_share_an_id_are_all_refused_and_named_with_both_places() {
    let clinic = Clinic::new();
    clinic.record("a.toml", &named("case-1"));
    clinic.record("b.toml", &named("case-2"));
    clinic.record("c.toml", &named("case-1").replace("EX-case-1", "EX-other"));
    let output = clinic.run(&[]);
    ends(&output, 1);
    let told = told(&output);
    let intake = clinic.intake();
    let (a, c) = (intake.join("a.toml"), intake.join("c.toml"));
    for (one, other) in [(&a, &c), (&c, &a)] {
        let line = format!(
            "{}:5:11: error[batch::same-id]: the case id is also that of {}",
            one.display(),
            other.display()
        );
        assert!(told.contains(&line), "{line}\n{told}");
    }
    assert!(!clinic.out().join("case-1").exists());
    assert_eq!(clinic.case("case-2").status, Status::Complete);
}

#[test]
fn ids_that_differ_in_capitals_only_are_one_id() {
    let clinic = Clinic::new();
    clinic.record("a.toml", &named("Case-1"));
    clinic.record("b.toml", &named("case-1"));
    let output = clinic.run(&[]);
    ends(&output, 1);
    assert_eq!(told(&output).matches("error[batch::same-id]").count(), 2, "{}", told(&output));
    assert!(!clinic.out().join("Case-1").exists() && !clinic.out().join("case-1").exists());
}

#[test]
fn a_broken_record_spoils_the_one_whose_id_it_has() {
    // Which of the two is the case, nobody can tell.
    let clinic = Clinic::new();
    clinic.record("a.toml", &named("case-1"));
    clinic.record("b.toml", &named("case-1").replace("program", "programme"));
    let output = clinic.run(&[]);
    ends(&output, 1);
    assert_eq!(told(&output).matches("error[batch::same-id]").count(), 2, "{}", told(&output));
}

#[test]
fn the_same_denial_under_two_ids_is_a_warning_that_names_both() {
    let clinic = Clinic::new();
    let text = named("case-1");
    clinic.record("a.toml", &text);
    // Typed again by somebody else.
    let again = text
        .replace("\"case-1\"", "\"case-2\"")
        .replace("\"Ana Example\"", "\"ANA  Example\"")
        .replace("EX-0001-142", "EX-0001-9999");
    clinic.record("b.toml", &again);
    clinic.record("c.toml", &named("case-3"));
    let output = clinic.run(&[]);
    ends(&output, 0);
    let told = told(&output);
    assert!(told.contains("case case-1 tells of the same denial as case-2"), "{told}");
    assert!(told.contains("case case-2 tells of the same denial as case-1"), "{told}");
    assert!(!told.contains("case-3"), "{told}");
    assert_eq!(clinic.case("case-1").same_denial, ["case-2"]);
    assert_eq!(clinic.case("case-3").same_denial, [""; 0]);
}

#[test]
fn what_others_say_is_brought_up_to_date_without_writing_letters() {
    let clinic = Clinic::new();
    clinic.record("a.toml", &named("case-1"));
    ends(&clinic.run(&[]), 0);
    let again = named("case-1").replace("\"case-1\"", "\"case-2\"");
    clinic.record("b.toml", &again);
    let output = clinic.run(&[]);
    ends(&output, 0);
    assert!(said(&output).contains("1 case unchanged"), "{}", said(&output));
    assert_eq!(clinic.case("case-1").same_denial, ["case-2"]);
    fs::remove_file(clinic.intake().join("b.toml")).unwrap();
    let output = clinic.run(&[]);
    ends(&output, 0);
    assert_eq!(clinic.case("case-1").same_denial, [""; 0]);
    // Nobody deletes a letter because its record is gone.
    assert!(said(&output).contains("1 folder of no record of this run"), "{}", said(&output));
    assert!(clinic.out().join("case-2/record.toml").is_file());
}
