//! False citations, planted one at a time: a letter that holds one is not written.

use appeal::letter::{Error, Letter, Templates};

use super::fixtures::{authority, full, grievance};
use super::written;

/// Writes a grievance whose template ends in `words`.
fn planted(words: &str) -> Result<Letter, Error> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("letters")).unwrap();
    let source = format!(
        "{{% extends \"builtin/letters/grievance.md\" %}}\n\
         {{% block law %}}{{{{ super() }}}}\n\n{words}{{% endblock %}}"
    );
    std::fs::write(folder.path().join("letters/grievance.md"), source).unwrap();
    let templates = Templates::with_dir(folder.path())?;
    let mut record = full();
    record.statement.harm = Some("They told me § 1383.1 and HSC 1374.99 are enough.".into());
    written(&record, &grievance(), "grievance", &templates)
}

#[test]
fn a_planted_citation_is_refused() {
    for words in [
        "The plan must obey § 1383.1.",
        "Health & Safety Code § 1383.1 gives the right.",
        "Health &amp; Safety Code &sect; 1383.1 gives the right.",
        "Health & Safety Code **§** 13**83.1** gives the right.",
        "See Health and Safety Code section 1374.99.",
        "See H&S 1374.99.",
        "See HSC 1368.",
        "See 28 CCR 1300.71.",
        "See 45 C.F.R. part 147.",
        "As 1367.01(k) says.",
        "Health & Safety Code § 1368.01(b) binds the plan.",
        "Health & Safety Code § 1368.01(a)(9) binds the plan.",
        "Health & Safety Code § 1368.01 binds the plan.",
        "Insurance Code § 790.03(h) binds the plan.",
        "SB 1120 binds the plan.",
        "See Smith v. Example.",
        "{{ \"§ 1383.1\" }}",
        "{{ \"section \" ~ 1383.1 }}",
        "{% set law = \"HSC 1374.99\" %}{{ law }}",
        "{{ member.name | replace(from=\"Ana Example\", to=\"§ 1777\") }}",
        "<!-- § 1383.1 -->",
        "sec\u{ad}tion 1383",
    ] {
        match planted(words) {
            Err(Error::UnregisteredCitation { file, .. }) => {
                assert_eq!(file, "letters/grievance.md")
            }
            Err(other) => panic!("{words}: {other}"),
            Ok(_) => panic!("{words}: written"),
        }
    }
}

#[test]
fn the_gate_stands_behind_cite() {
    let letter = planted("The time limit is law ({{ cite(id=\"hsc-1368.01-a\") }}).").unwrap();
    assert!(letter.markdown.as_str().contains("is law (Health & Safety Code § 1368.01(a))."));
    for (id, why) in [
        ("nope", "does not rest on an authority `nope`"),
        ("hsc-held", "`hsc-held` is not confirmed"),
    ] {
        let error = planted(&format!("x {{{{ cite(id=\"{id}\") }}}}")).unwrap_err();
        let Error::Template { message, place } = error else { panic!("{error}") };
        assert!(message.contains(why), "{message}");
        let place = place.unwrap();
        assert_eq!((place.file.as_str(), place.line), ("letters/grievance.md", 4));
    }
}

#[test]
fn the_law_itself_is_checked() {
    let mut ruling = grievance();
    ruling.rights[0].says = "The plan must obey § 1383.1 in every case.".into();
    let error = written(&full(), &ruling, "grievance", &Templates::builtin().unwrap()).unwrap_err();
    assert!(matches!(error, Error::UnregisteredCitation { .. }), "{error}");
}

#[test]
fn a_held_back_authority_is_not_printed_even_when_typed() {
    let mut ruling = grievance();
    ruling.authorities.push(authority("held", None));
    ruling.rights[0].cite = None;
    let letter = written(&full(), &ruling, "grievance", &Templates::builtin().unwrap()).unwrap();
    assert!(!letter.markdown.as_str().contains("1367.01(e)"));
}

#[test]
fn the_record_may_say_anything() {
    let mut record = full();
    record.statement.what_happened = Some("He cited § 1383.1.\n\nAnd HSC 1374.99.".into());
    record.denial.reason = Some("Denied under 28 CCR 1300.99 and *Smith* v. Example".into());
    record.services[0].description = Some("a scan under 45 CFR 1.1".into());
    let letter =
        written(&record, &grievance(), "grievance", &Templates::builtin().unwrap()).unwrap();
    assert!(letter.markdown.as_str().contains("28 CCR 1300.99"));
}

#[test]
fn a_message_repeats_no_word_of_the_record() {
    for words in [
        "{{ condition.diagnosis | int }}",
        "{{ throw(message=condition.diagnosis) }}",
        "{{ condition.diagnosis | long_date }}",
        "{{ condition.diagnosis.x }}",
        "{{ condition.diagnosis }} {{ member.gender }}",
        "{{ condition.diagnosis }} § 1",
    ] {
        let error = planted(words).unwrap_err();
        let told = format!("{error} {error:?}");
        assert!(!told.contains("radiculopathy"), "{words}: {told}");
    }
}

#[test]
fn a_record_that_imitates_the_marks_is_refused() {
    for character in ['\u{E000}', '\u{E001}', '\u{E003}', '\u{F8FF}', '\u{10FFFD}'] {
        let mut record = full();
        record.member.name = Some(format!("Ana{character}Example"));
        let templates = Templates::builtin().unwrap();
        let error = written(&record, &grievance(), "grievance", &templates);
        assert!(matches!(error, Err(Error::PrivateUse { .. })), "{character:?}");
    }
}
