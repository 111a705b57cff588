//! What each kind of letter must hold, by the codes of the letter checklists.

use super::fixtures::*;
use super::{letter, letter_at, read};
use appeal::record::{Record, Representative, Service};
use appeal::ruling::{Ruling, Status, StepKind};

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
            ("E4", "Enclosures (copies, not originals)"),
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
                "authorize an MRI scan of the lower back with Example Imaging Center, by December 21, 2026",
            ),
            ("G12b", "same or a similar specialty, who took no part in the first decision"),
            (
                "G12c",
                "all criteria and guidelines that were used (Health & Safety Code § 1363.5), the clinical reasons",
            ),
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
                "Please acknowledge this in writing within 5 calendar days (Health & Safety Code § 1368(a)(4)(A)) and decide in writing within 30 calendar days",
            ),
            (
                "G12h",
                "received today, November 21, 2026, that is by November 26, 2026 and by December 21, 2026",
            ),
            (
                "G13",
                "an application to the Example Agency, telephone 1-888-466-2219, open from December 22, 2026.",
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
            (
                "X5",
                "Also sent today: an application for independent medical review to the California Department",
            ),
        ],
    );
}

#[test]
fn the_companion_of_an_urgent_grievance_goes_to_its_own_addressee() {
    let letter = letter_at(&full(), &grievance_expedited(), "dmhc-imr");
    assert_eq!(letter.title, "Expedited Application for Independent Medical Review");
    assert!(letter.markdown.as_str().contains("California Department of Managed Health Care"));
    assert_eq!(letter.running_head, "Ana Example, ID EX-0001-22, November 21, 2026");
}

#[test]
fn late_letters_say_how_late_and_ask() {
    for (ruling, late) in [
        (
            grievance_late(),
            "comes 3 days after the latest end of the 180 calendar days counted from the denial",
        ),
        (insurer_appeal_late(), "comes 1 day after the 180 days counted from the denial"),
        (imr_late(), "comes 1 day after the 6 months allowed for it"),
    ] {
        let refusal = if ruling.stage == "dmhc-imr" {
            "please say so in writing with the reason"
        } else {
            "a written refusal that gives the reason"
        };
        holds(
            &after(),
            &ruling,
            &[
                ("T1", late),
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
    holds(
        &record,
        &imr(),
        &[("M8", "which the plan does not hold, are enclosed where the list names them")],
    );
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
    holds(
        &record,
        &complaint(),
        &[("D7", "The department's own authorization form for assistants is enclosed, signed.")],
    );
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
            ("H3", "has been pending since October 26, 2026"),
            ("H4", "(Insurance Code § 790.03(h))"),
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
            ("S5", "arrange it outside the network at the in-network cost"),
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
        &[(
            "S6",
            "within 72 hours from receipt, because the case is urgent (Health & Safety Code § 1383.15(c))",
        )],
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
            for words in ["my health", "In my own words", "I have", "I consent", "555-010-0101"] {
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
fn a_moved_day_is_printed_only_with_the_rule_that_moves_it() {
    let mut ruling = grievance();
    ruling.deadlines[0].file_by = Some(date("2026-11-20"));
    later(&mut ruling.deadlines[0], "2026-11-24");
    ruling.deadlines[0].status = Status::Arguable;
    ruling.deadlines[0].steps[0].kind = StepKind::Roll;
    ruling.deadlines[0].steps[0].by = Some("Reg. 4-2-17".into());
    lacks(&full(), &ruling, &["November 24, 2026", "in time on the later reading"]);
    let rule = "Code of Civil Procedure section 12a";
    ruling.deadlines[0].steps[0].letter = Some(rule.into());
    let words = format!("which runs through November 24, 2026 (28 CCR § 1300.68(b)(9); {rule})");
    holds(&full(), &ruling, &[("G3", &words)]);
}

#[test]
fn time_that_is_disputed_is_told_as_it_is() {
    let mut ruling = grievance();
    ruling.deadlines[0].file_by = Some(date("2026-11-20"));
    later(&mut ruling.deadlines[0], "2026-11-24");
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
    ruling.deadlines[0].steps.clear();
    lacks(&full(), &ruling, &["this is in time", "November 20, 2026", " late"]);
}

#[test]
fn no_service_at_all_still_makes_a_letter() {
    let mut record = full();
    record.services.clear();
    holds(&record, &grievance(), &[("blank", "authorize _____ (service in plain words)")]);
}

/// A grievance that the plan granted and did not carry out.
fn granted() -> Record {
    let mut record = after();
    record.events[0].outcome = Some("overturned".into());
    record.events[0].carried_out = Some(false);
    record.events[0].reason = Some("The scan is approved.".into());
    record
}

fn not_carried_out(ruling: Ruling) -> Ruling {
    Ruling { marks: vec!["not-carried-out".into()], ..ruling }
}

#[test]
fn what_was_granted_is_asked_to_be_carried_out() {
    let words = "carry out what it granted on November 2, 2026: an MRI scan of the lower back";
    let wanted = "Carry out what was granted on November 2, 2026";
    holds(&granted(), &not_carried_out(grievance()), &[("12b", words), ("12b", wanted)]);
    let words = "Order the plan to carry out what was granted on November 2, 2026";
    holds(
        &granted(),
        &not_carried_out(complaint()),
        &[("12b", words), ("D1", "something granted and not carried out")],
    );
    let mut again = not_carried_out(grievance());
    for deadline in &mut again.deadlines {
        deadline.status = Status::Overdue;
        deadline.due = deadline.if_today.take();
    }
    let words = "decide in writing within 30 calendar days (Health & Safety Code § 1368.01(a)) from receipt.";
    holds(&granted(), &again, &[("12b", words)]);
    for ruling in [grievance(), complaint(), cdi_complaint()] {
        let unwanted =
            ["reverse its", "reverse the", "depends on", "criteria", "similar specialty"];
        lacks(&granted(), &not_carried_out(ruling), &unwanted);
    }
}

#[test]
fn a_missing_criterion_is_named_only_where_the_record_says_so() {
    let mut record = full();
    record.criteria.clear();
    let words = "The notice names no criterion that is not met";
    lacks(&record, &grievance(), &[words]);
    record.denial.notice_lacks = vec!["criteria".into()];
    holds(&record, &grievance(), &[("G5", words)]);
}

#[test]
fn an_agency_is_told_what_the_plan_should_do() {
    for ground in appeal::facts::Fact::Ground.def().words {
        let mut record = after();
        record.services[0].network = None;
        record.denial.ground = vec![(*ground).to_owned()];
        for ruling in [complaint(), imr(), cdi_complaint()] {
            let text = read(letter(&record, &ruling).markdown.as_str());
            let start = text.find("Why that reason does not hold").unwrap();
            let end = text.find("for\n").filter(|e| *e > start).unwrap_or(text.len());
            let answer = text[start..end].split("What I ask").next().unwrap();
            assert!(!answer.to_lowercase().contains("please"), "{ground}: {answer}");
        }
    }
    let mut record = after();
    record.denial.ground = vec!["delay".into()];
    holds(&record, &complaint(), &[("voice", "The plan should give a date")]);
    holds(&record, &grievance(), &[("voice", "Please give a date")]);
}

#[test]
fn the_form_names_the_ground_of_the_service() {
    let mut record = after();
    record.services[0].ground = vec!["experimental".into()];
    holds(&record, &imr(), &[("M2", "Ground: experimental or investigational\n")]);
}

#[test]
fn own_words_are_said_to_be_whose_they_are() {
    let parent = "In the words of Lee Example (parent):";
    let other = "In the words of Lee Example (authorized representative):";
    let own = "In the member's own words:";
    for (relationship, words) in
        [("parent", parent), ("other", other), ("attorney", own), ("family", own)]
    {
        let mut record = after();
        record.representative = Some(clinic(relationship));
        for ruling in [grievance(), complaint(), imr(), second_opinion()] {
            holds(&record, &ruling, &[("N14", words)]);
            if words != own {
                lacks(&record, &ruling, &["member's own words"]);
            }
        }
    }
}

#[test]
fn a_parent_writes_as_one() {
    let mut record = full();
    record.representative = Some(Representative { organization: None, ..clinic("parent") });
    let ask = "I am the parent of Ana Example, and on my child's behalf I ask Example Health Plan";
    holds(&record, &grievance(), &[("ask", ask), ("G12c", "Send me the complete claim file")]);
    record.representative = Some(clinic("estate"));
    holds(&record, &grievance(), &[("I14", "Writing for the estate of Ana Example")]);
}

#[test]
fn a_second_opinion_is_argued_from_the_record() {
    let cite = "Health & Safety Code § 1383.15";
    let mut ruling = grievance();
    for (id, part) in [("specialist", "f"), ("out-of-network", "g")] {
        let id = format!("us-ca-dmhc.second-opinion-{id}");
        ruling.rights.push(right(&id, "answer", "A rule.", &format!("{cite}({part})")));
    }
    let mut record = full();
    record.denial.ground = vec!["network".into()];
    let service = &mut record.services[0];
    service.kind = "second-opinion".into();
    service.network = Some("out".into());
    service.qualified_in_network = Some(true);
    service.plan_offered = Some("another surgeon of the same office".into());
    holds(
        &record,
        &ruling,
        &[
            (
                "S5",
                "In the alternative, authorize it by any provider of my choice in the plan's network, of \
                 the same or an equivalent specialty (Health & Safety Code § 1383.15(f)).",
            ),
            ("S5", "Who gives the opinion within the network is my choice, not the plan's"),
        ],
    );
    let words = "by any provider of my choice in the insurer's network, of the same or an equivalent specialty.";
    let insurer = Ruling { side: "insurer".into(), ..insurer_appeal() };
    holds(&record, &insurer, &[("S5", words)]);
    record.services[0].qualified_in_network = Some(false);
    let words = "outside the network at the in-network cost (Health & Safety Code § 1383.15(g))";
    holds(&record, &ruling, &[("S5", words)]);
    lacks(&record, &ruling, &["in the alternative"]);
}

#[test]
fn the_contract_is_called_as_the_forum_calls_it() {
    let mut record = full();
    record.denial.eoc_text = Some("Two visits a week.".into());
    for (contract, funding, called) in [
        (None, "insured", "The Evidence of Coverage says:"),
        (None, "self-funded", "The Summary Plan Description says:"),
        (Some("plan booklet"), "self-funded", "The plan booklet says:"),
    ] {
        record.coverage.funding = funding.into();
        let ruling = Ruling { contract: contract.map(str::to_owned), ..grievance() };
        holds(&record, &ruling, &[("G10", called)]);
    }
}

#[test]
fn nothing_is_said_to_go_beside_a_letter_that_is_merely_open() {
    let mut ruling = grievance_expedited();
    let text = |ruling: &Ruling| read(letter_at(&full(), ruling, "dmhc-imr").markdown.as_str());
    assert!(text(&ruling).contains("Also sent today"), "{}", text(&ruling));
    ruling.open = std::mem::take(&mut ruling.also);
    assert!(!text(&ruling).contains("Also sent today"), "{}", text(&ruling));
}

#[test]
fn a_drug_outside_the_list_goes_to_outside_exception_review() {
    let mut ruling = Ruling { marks: vec!["formulary-exception".into()], ..grievance() };
    let words = "send it to outside exception review";
    holds(&full(), &ruling, &[("row 4", words)]);
    let cite = "Health & Safety Code § 1368.01(c)";
    ruling.rights.push(right("us-ca-dmhc.formulary", "answer", "A rule.", cite));
    let words = "on the plan's clock for it (Health & Safety Code § 1368.01(c))";
    holds(&full(), &ruling, &[("row 4", words)]);
}

#[test]
fn a_late_grievance_admits_no_bar() {
    let mut ruling = grievance_late();
    lacks(&full(), &ruling, &["the last day for it"]);
    for (id, cite) in [("minimum-window", "28 CCR § 1300.68(b)(9)"), ("earlier-review", "H&S § 1")]
    {
        ruling.rights.push(right(&format!("us-ca-dmhc.{id}"), "request", "A rule.", cite));
    }
    holds(
        &full(),
        &ruling,
        &[
            (
                "T1",
                "That time is a minimum: a plan may take a grievance later (28 CCR § 1300.68(b)(9))",
            ),
            ("T1", "The department, too, may take a case where earlier review is warranted"),
            ("T1", "My Evidence of Coverage may allow more time"),
        ],
    );
}

#[test]
fn the_list_of_requests_fits_the_dispute() {
    let clinical = ["peer-to-peer", "artificial intelligence", "similar specialty", "billing or"];
    let mut record = full();
    record.denial.ground = vec!["network".into()];
    lacks(&record, &grievance(), &clinical);
    record.denial.ground = vec!["no-answer".into()];
    record.denial.outcome = "no-decision".into();
    lacks(&record, &grievance(), &clinical);
    lacks(&record, &grievance(), &["took no part"]);
    let mut record = full();
    record.services[0].timing = Some("given".into());
    holds(&record, &grievance(), &[("G12i", "stop any billing or collection")]);
}

#[test]
fn an_oral_refusal_has_no_notice_that_says_things() {
    let mut record = full();
    record.denial.notice_date = None;
    record.denial.incident = Some(date("2026-10-20"));
    record.denial.notice_lacks = vec!["reason".into(), "reviewer".into()];
    holds(&record, &grievance(), &[("G4", "The plan said"), ("I11", "Refused: October 20, 2026")]);
    lacks(&record, &grievance(), &["the notice says", "a clear reason"]);
}

#[test]
fn the_criteria_are_summed_up() {
    let mut record = full();
    let words = "Only the criteria that are not marked Yes are in dispute";
    holds(&record, &grievance(), &[("G6", words)]);
    record.criteria[1].met = Some("yes".into());
    holds(&record, &grievance(), &[("G6", "Every one of these criteria is met.")]);
}

#[test]
fn an_acknowledgement_is_not_due_after_the_decision() {
    let mut ruling = grievance();
    ruling.deadlines[2].if_today = Some(date("2026-11-24"));
    holds(&full(), &ruling, &[("G12h", "that is by November 24, 2026")]);
    lacks(&full(), &ruling, &["November 26, 2026"]);
}

#[test]
fn several_next_steps_are_steps_and_the_same_day_is_not_next() {
    let mut ruling = grievance();
    let mut step = ruling.next[0].clone();
    step.stage = "dmhc-complaint".into();
    step.opens = None;
    ruling.next.push(step);
    holds(
        &full(),
        &ruling,
        &[("G13", "these steps are open"), ("G13", "; and an application to the Example Agency.")],
    );
    let urgent = grievance_expedited();
    lacks(&full(), &urgent, &["the next step is open", "these steps are open"]);
}

#[test]
fn an_enclosure_is_listed_once() {
    let mut record = after();
    record.representative = Some(clinic("attorney"));
    holds(&record, &grievance(), &[("E1", "The signed authorization for Lee Example")]);
    record.exhibits[2].title = "Authorized Assistant Form, signed".into();
    lacks(&record, &imr(), &["assistants, signed, for", "signed authorization"]);
}

#[test]
fn a_provider_whom_the_description_names_is_not_named_again() {
    let mut record = full();
    record.services[0].description = Some("a scan at Example Imaging Center".into());
    lacks(&record, &grievance(), &["Example Imaging Center with Example Imaging Center"]);
}

#[test]
fn an_insurer_has_a_policy() {
    let insurer = Ruling { side: "insurer".into(), ..insurer_appeal() };
    lacks(&full(), &insurer, &["Evidence of Coverage"]);
    holds(&full(), &insurer, &[("G12c", "the clause of the policy relied on")]);
}
