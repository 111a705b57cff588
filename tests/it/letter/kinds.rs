//! What each kind of letter must hold, by the codes of the letter checklists.

use super::fixtures::*;
use super::{letter, letter_at, read};
use appeal::record::{Record, Representative, Service};
use appeal::ruling::{Ruling, Status};

#[track_caller]
fn holds(record: &Record, ruling: &Ruling, wanted: &[(&str, &str)]) {
    let text = read(letter(record, ruling).markdown.as_str());
    for (code, words) in wanted {
        assert!(text.contains(words), "{code}: {words:?} is not in\n{text}");
    }
}

#[track_caller]
fn lacks(record: &Record, ruling: &Ruling, unwanted: &[&str]) {
    let text = read(letter(record, ruling).markdown.as_str()).to_lowercase();
    for words in unwanted {
        assert!(!text.contains(&words.to_lowercase()), "{words:?} is in\n{text}");
    }
}

fn after() -> Record {
    let mut record = full();
    record.events = upheld();
    record
}

#[test]
fn every_letter_says_who_and_what() {
    for (name, ruling) in every() {
        let text = read(letter(&after(), &ruling).markdown.as_str());
        for (code, words) in [
            ("I1", "Ana Example"),
            ("I2", "February 29, 1980"),
            ("I3", "EX-0001-22"),
            ("I3", "group G-77"),
            ("I4", "Example Health Plan, Inc."),
            ("I4", "Example Medical Group"),
            ("I5", "Example Bakery"),
            ("I6", "Bo Example"),
            ("I7", "REF-9"),
            ("I8", "requested and not yet received"),
            ("I9", "CPT 72148"),
            ("I10", "radiology, 555-010-0155"),
            ("I11", "October 20, 2026, received October 24, 2026"),
            ("I13", "Please provide an interpreter"),
            ("E1", "Exhibit A: Denial notice, October 20, 2026, 3 pages"),
            ("E4", "Copies, not originals"),
            ("1.2", "November 21, 2026"),
            ("1.13", "Signature: ____"),
        ] {
            assert!(text.contains(words), "{name}, {code}: {words:?} is not in\n{text}");
        }
    }
}

#[test]
fn grievance_holds_its_checklist() {
    holds(
        &full(),
        &grievance(),
        &[
            ("G1", "grievance and appeal"),
            ("G3", "through April 18, 2027 (28 CCR § 1300.68(b)(9))"),
            ("G4", "The notice says (page 2):\nThe service is not medically necessary."),
            ("G5", "the clinical reasons"),
            ("G6", "Six weeks of therapy"),
            ("G7", "Physical therapy, twice a week"),
            ("G8", "I cannot stand for more than ten minutes."),
            ("G9", "The scan is needed before surgery can be ruled out."),
            (
                "G12a",
                "authorize an MRI scan of the lower back with Example Imaging Center by December 21, 2026",
            ),
            ("G12b", "same or a similar specialty, who took no part in the first decision"),
            ("G12c", "all criteria and guidelines that were used, the clinical reasons"),
            ("G12c", "(Health & Safety Code § 1363.5)"),
            (
                "G12d",
                "complete claim file free of charge, with internal notes, messages and recordings of calls",
            ),
            ("G12e", "name, credentials, specialty and license"),
            ("G12f", "Say whether artificial intelligence"),
            ("G12g", "peer-to-peer"),
            (
                "G12h",
                "If you receive this on November 21, 2026, your written acknowledgement is due by November 26, 2026",
            ),
            ("G12h", "your written decision by December 21, 2026"),
            ("G12i", "stop any billing or collection"),
            (
                "G13",
                "Independent medical review by the California Department of Managed Health Care, Example Agency, telephone",
            ),
            ("1.2", "By certified mail and by fax to 555-010-0199"),
            ("1.2", "Member Appeals Unit\nP.O. Box 1"),
        ],
    );
    lacks(&full(), &grievance(), &[" late", "expedited", "continue the ongoing"]);
}

#[test]
fn ongoing_treatment_is_asked_to_go_on() {
    let mut record = full();
    record.services[0].timing = Some("ongoing".into());
    holds(&record, &grievance(), &[("G12j", "continue the ongoing treatment")]);
}

#[test]
fn several_services_are_numbered_each_with_its_answer() {
    let mut record = full();
    record.services.push(Service {
        description: Some("a course of therapy".into()),
        ground: vec!["network".into()],
        ..service()
    });
    holds(
        &record,
        &grievance(),
        &[
            ("G2", "It covers 2 services, numbered below"),
            ("G2", "Service 1: an MRI scan of the lower back"),
            ("G2", "Service 2: a course of therapy"),
            ("G2", "is in the plan's network"),
        ],
    );
}

#[test]
fn expedited_letters_say_so_first() {
    for ruling in [
        grievance_expedited(),
        imr_expedited(),
        second_opinion_urgent(),
        insurer_appeal_expedited(),
        cdi_imr_urgent(),
    ] {
        let text = read(letter(&full(), &ruling).markdown.as_str());
        assert!(text.lines().next().unwrap().contains("Expedited"), "X1: {text}");
        for (code, words) in [
            ("X1", "EXPEDITED REVIEW REQUESTED."),
            (
                "X2",
                "imminent and serious threat to my health: severe pain and potential loss of a major bodily function",
            ),
            ("X3", "Dr. Cy Example certifies this (November 2, 2026)"),
            ("X4", "the hour at which this was sent"),
            ("X6", "555-010-0101"),
        ] {
            assert!(text.contains(words), "{code}: {words:?} is not in\n{text}");
        }
        assert!(!text.contains("mail\n"), "X7: {text}");
    }
    holds(
        &full(),
        &grievance_expedited(),
        &[
            ("X4", "ends Tuesday, November 24, 2026 (Health & Safety Code § 1368.01(b))"),
            (
                "X5",
                "may go to the regulator at once, without waiting for the plan (28 CCR § 1300.68.01(a)(4))",
            ),
            ("X5", "The following goes out the same day: Independent medical review"),
        ],
    );
}

#[test]
fn the_companion_of_an_urgent_grievance_goes_to_its_own_addressee() {
    let letter = letter_at(&full(), &grievance_expedited(), "dmhc-imr");
    assert_eq!(letter.title, "Expedited Application for Independent Medical Review");
    assert!(letter.markdown.as_str().contains("California Department of Managed Health Care"));
    assert_eq!(letter.running_head, "Ana Example, member ID EX-0001-22, November 21, 2026");
}

#[test]
fn late_letters_say_how_late_and_ask() {
    for (ruling, days) in
        [(grievance_late(), "3 days"), (insurer_appeal_late(), "1 day"), (imr_late(), "1 day")]
    {
        let refusal = if ruling.stage == "dmhc-imr" {
            "please say so in writing with the reason"
        } else {
            "a written refusal that gives the reason"
        };
        let late = format!("{days} after the last day for it");
        holds(
            &after(),
            &ruling,
            &[
                ("T1", late.as_str()),
                ("T2", "I was in the hospital from April 1 to April 20, 2026."),
                ("T3", "did not say how to file a grievance or appeal"),
                ("T4", "accept"),
                ("T4", refusal),
            ],
        );
    }
    for (name, ruling) in every().into_iter().filter(|(_, r)| !r.late) {
        let text = read(letter(&after(), &ruling).markdown.as_str());
        assert!(!text.contains(" late ") && !text.contains("late."), "T5, {name}: {text}");
    }
}

#[test]
fn imr_holds_its_checklist() {
    holds(
        &after(),
        &imr(),
        &[
            ("M1", "The application, in the order of the form"),
            ("M1", "Condition: lumbar radiculopathy"),
            ("M1", "DMHC 20-224"),
            ("M2", "Ground: not medically necessary"),
            ("M3", "A grievance was filed on October 26, 2026"),
            ("M3", "The plan answered it on November 2, 2026 and upheld its decision"),
            (
                "M4",
                "through May 2, 2027 (Health & Safety Code § 1374.30(k)); on a later reading, through May 10, 2027",
            ),
            ("M5", "peer-reviewed evidence"),
            ("M7", "annotated list"),
            ("M9", "treat it as a complaint"),
            ("M9", "(Health & Safety Code § 1374.31(b))"),
            ("M10", "copies, not originals"),
            ("M11", "I consent"),
            ("D2", "GR-5"),
        ],
    );
    holds(
        &full(),
        &imr_experimental(),
        &[
            ("M3", "no grievance is needed first (28 CCR § 1300.70.4(b)(2))"),
            ("M6", "standard therapy has not been effective"),
            ("M6", "likely to be more beneficial"),
            ("M6", "Example Journal 2024 and Example Review 2025"),
        ],
    );
    holds(&full(), &imr_expedited(), &[("M3", "need not be finished first"), ("M9", "complaint")]);
    holds(
        &full(),
        &imr_combined(),
        &[("M9", "both asked for"), ("M9", "treat that part at once as a complaint")],
    );
    holds(
        &after(),
        &imr_late(),
        &[("M4", "Please extend the time (Health & Safety Code § 1374.30(k))")],
    );
    let mut record = after();
    record.services[0].network = Some("out".into());
    holds(&record, &imr(), &[("M8", "Records of providers outside the network are enclosed")]);
}

#[test]
fn complaint_holds_its_checklist() {
    let mut record = after();
    record.denial.ground = vec!["network".into()];
    holds(
        &record,
        &complaint(),
        &[
            ("D1", "The type of problem: access to a provider in the network."),
            ("D2", "A grievance was filed on October 26, 2026 (case number GR-5)"),
            (
                "D3",
                "did not acknowledge the grievance in writing (Health & Safety Code § 1368(a)(4)(A)).",
            ),
            ("D3", "began on October 5, 2026 and ended on October 10, 2026, 42 days ago"),
            ("D4", "Order the plan to comply"),
            ("M9", "send that part to independent medical review"),
        ],
    );
    let opening = read(letter(&record, &complaint()).markdown.as_str());
    let ask = opening.lines().find(|l| l.starts_with("I ask you")).unwrap();
    assert!(!ask.contains("necess"), "D6: {ask}");
    record.representative = Some(clinic("advocate"));
    holds(&record, &complaint(), &[("D7", "The form that lets Lee Example assist is enclosed.")]);
}

#[test]
fn insurer_letters_hold_their_checklists() {
    let mut record = after();
    record.denial.notice_lacks = vec!["imr-application".into()];
    holds(
        &record,
        &cdi_imr(),
        &[
            (
                "C1",
                "I consent to independent medical review and to the release of my medical records",
            ),
            ("C2", "upheld its decision"),
            ("C3", "through May 2, 2027 (Insurance Code § 10169(k))"),
            ("C4", "(Insurance Code § 10169)"),
            ("C5", "did not send an application"),
            ("C6", "handle this as a complaint (Insurance Code § 10169.1(b))"),
        ],
    );
    holds(
        &record,
        &cdi_imr_urgent(),
        &[("C2", "extraordinary and compelling (Insurance Code § 10169.1(a))")],
    );
    record.events.remove(0);
    holds(
        &record,
        &cdi_complaint(),
        &[
            ("H1", "Insurer, full name: Example Health Plan, Inc."),
            ("H1", "Sacramento, CA 95814; 555-010-0101"),
            ("H3", "pending since October 26, 2026"),
            ("H4", "(Insurance Code § 790.03(h))"),
            ("H5", "may go to the insurer"),
        ],
    );
    for (name, ruling) in every().into_iter().filter(|(n, _)| *n != "cdi-complaint") {
        assert!(!letter(&after(), &ruling).markdown.as_str().contains("790.03"), "H4, {name}");
    }
}

#[test]
fn second_opinion_holds_its_checklist() {
    let mut record = full();
    let service = &mut record.services[0];
    service.kind = "second-opinion".into();
    service.requested_of = Some("Dr. Di Example".into());
    service.second_opinion_reason = vec!["surgery-doubt".into(), "not-improving".into()];
    service.network = Some("out".into());
    service.qualified_in_network = Some(false);
    holds(
        &record,
        &second_opinion(),
        &[
            ("S1", "I first asked on October 12, 2026; the request went to Dr. Di Example"),
            ("S2", "whether the recommended surgery is reasonable or necessary"),
            ("S2", "not improving the condition within an appropriate time"),
            ("S3", "The diagnosis is lumbar radiculopathy"),
            ("S4", "is outside the plan's network"),
            ("S5", "arrange the opinion outside the network at the in-network cost"),
            (
                "S7",
                "give the reasons in writing and say how to file a grievance (Health & Safety Code § 1383.15(i))",
            ),
            ("S8", "any tests the consultant wants can be asked for separately"),
            ("S9", "(Health & Safety Code § 1383.15(a))"),
            ("S2.1", "the plan's time limits for second-opinion requests"),
        ],
    );
    lacks(&record, &second_opinion(), &["1383.1 ", "1383.1)", "five business days"]);
    holds(
        &record,
        &second_opinion_urgent(),
        &[("S6", "72 hours (Health & Safety Code § 1383.15(c))")],
    );
}

#[test]
fn neutral_letter_names_no_agency_and_brings_a_sheet() {
    let record = full();
    lacks(
        &record,
        &internal_appeal(),
        &[
            "Managed Health Care",
            "Department of Insurance",
            "dmhc",
            "cdi",
            "Health & Safety",
            "1-888-466-2219",
            "Insurance Code",
            "once the plan has answered",
        ],
    );
    holds(&record, &internal_appeal(), &[("N9", "name the agency that regulates this coverage")]);
    let sheet = letter(&record, &internal_appeal()).sheet.unwrap();
    assert_eq!(sheet.title, "How to find your regulator");
    assert!(sheet.markdown.as_str().contains("1-888-466-2219"));
    assert!(!sheet.markdown.as_str().contains("Ana Example"));
    assert!(letter(&record, &grievance()).sheet.is_none());
}

#[test]
fn whoever_signs_speaks_in_the_right_person() {
    for (relationship, role) in [
        ("parent", "Parent of Ana Example"),
        ("guardian", "Guardian of Ana Example"),
        ("conservator", "Conservator of Ana Example"),
        ("attorney", "Attorney for Ana Example"),
        ("advocate", "Advocate for Ana Example"),
        ("provider", "Treating provider for Ana Example"),
        ("family", "Family member for Ana Example"),
        ("estate", "Representative of the estate of Ana Example"),
        ("other", "Authorized representative for Ana Example"),
    ] {
        let mut record = after();
        record.representative = Some(clinic(relationship));
        for (name, ruling) in every() {
            let letter = letter(&record, &ruling);
            let text = read(letter.markdown.as_str());
            assert!(text.contains(role), "I14, {name}: {role} is not in\n{text}");
            assert_eq!(letter.author, "Lee Example");
            for words in [
                "my health",
                "In my own words",
                "I have",
                "I consent",
                "Send me",
                "tell me",
                "555-010-0101",
            ] {
                assert!(!text.contains(words), "{name}, {relationship}: {words:?} in\n{text}");
            }
        }
    }
    let mut record = full();
    record.representative = Some(Representative { authorization: None, ..clinic("attorney") });
    let blanks = letter(&record, &grievance()).blanks;
    assert_eq!(blanks[0].key, "representative.authorization");
    record.representative = Some(Representative { authorization: None, ..clinic("parent") });
    assert_eq!(letter(&record, &grievance()).blanks, []);
}

#[test]
fn unsafe_contact_is_printed_nowhere() {
    let mut record = after();
    record.member.safe_contact = false;
    for (name, ruling) in every() {
        let letter = letter(&record, &ruling);
        for words in
            ["1 Example Street", "Sacramento, CA 95814\\\nTel", "555-010-0101", "ana@example.org"]
        {
            assert!(!letter.markdown.as_str().contains(words), "N17, {name}: {words}");
        }
        assert!(!letter.blanks.iter().any(|b| b.key == "member.address"), "{name}");
    }
}

#[test]
fn an_unprintable_deadline_stays_out() {
    let mut ruling = grievance();
    for deadline in &mut ruling.deadlines {
        deadline.printable = false;
    }
    lacks(&full(), &ruling, &["November 26, 2026", "December 21, 2026", "April 18, 2027"]);
    let mut ruling = grievance();
    for deadline in &mut ruling.deadlines {
        deadline.cite = None;
    }
    lacks(&full(), &ruling, &["November 26, 2026", "December 21, 2026", "April 18, 2027"]);
}

#[test]
fn a_right_for_the_regulator_is_not_used_against_the_plan() {
    let rights = cdi_complaint().rights;
    lacks(&full(), &Ruling { rights, ..insurer_appeal() }, &["790.03", "unfair"]);
}

#[test]
fn a_clock_of_reviewers_is_no_promise() {
    let mut ruling = imr_expedited();
    let mut clock = grievance_expedited().deadlines.remove(1);
    clock.stage = "dmhc-imr".into();
    clock.actor = "reviewer".into();
    ruling.deadlines.push(clock);
    lacks(&full(), &ruling, &["November 24, 2026", "3 calendar days"]);
}

#[test]
fn time_that_is_disputed_is_told_as_it_is() {
    let mut ruling = grievance();
    ruling.deadlines[0].file_by = Some(date("2026-11-20"));
    ruling.deadlines[0].arguable_until = Some(date("2026-11-24"));
    ruling.deadlines[0].status = Status::Arguable;
    let words = "in time on the later reading of the rule, which runs through November 24, 2026";
    holds(&full(), &ruling, &[("G3", words)]);
    let mut other = grievance().deadlines.remove(0);
    other.id = "us-federal-floor.internal-appeal.file".into();
    other.cite = Some("29 CFR § 2560.503-1(h)(3)(i)".into());
    ruling.deadlines.push(other);
    let words = "at least through April 18, 2027 (29 CFR § 2560.503-1(h)(3)(i))";
    holds(&full(), &ruling, &[("G3", words)]);
    ruling.deadlines.pop();
    ruling.deadlines[0].status = Status::Unsettled;
    ruling.deadlines[0].arguable_until = None;
    lacks(&full(), &ruling, &["this is in time", "November 20, 2026", " late"]);
}

#[test]
fn no_service_at_all_still_makes_a_letter() {
    let mut record = full();
    record.services.clear();
    holds(&record, &grievance(), &[("blank", "authorize _____ (service in plain words)")]);
}
