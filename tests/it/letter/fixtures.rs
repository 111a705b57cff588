//! Records and rulings made by hand. Everyone in them is invented.

use appeal::facts::Moment;
use appeal::record::*;
use appeal::ruling::*;
use chrono::NaiveDate;

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn moment(text: &str) -> Moment {
    date(text).into()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|t| (*t).to_owned()).collect()
}

/// What a clinic would type for a complete case.
pub(crate) fn full() -> Record {
    Record {
        case_id: "2026-0142".into(),
        member: Member {
            name: some("Ana Example"),
            birth_date: Some(date("1980-02-29")),
            member_id: some("EX-0001-22"),
            group: some("G-77"),
            subscriber: some("Bo Example"),
            employer: some("Example Bakery"),
            address: strings(&["1 Example Street", "Sacramento, CA 95814"]),
            phone: some("555-010-0101"),
            email: some("ana@example.org"),
            language: some("Spanish"),
            correspond_in_language: true,
            safe_contact: true,
            ..Member::default()
        },
        coverage: Coverage {
            plan: some("Example Health Plan, Inc."),
            product: some("Example Gold HMO"),
            program: "commercial".into(),
            funding: "insured".into(),
            regulator: "dmhc".into(),
            grievance_unit: some("Member Appeals Unit"),
            grievance_address: strings(&["P.O. Box 1", "Example City, CA 90001"]),
            grievance_fax: some("555-010-0199"),
            medical_group: some("Example Medical Group"),
            ..Coverage::default()
        },
        services: vec![service()],
        condition: Condition {
            diagnosis: some("lumbar radiculopathy"),
            icd10: strings(&["M54.16"]),
            threat: strings(&["severe-pain", "loss-of-function"]),
            certified_by: some("Dr. Cy Example"),
            certified_on: Some(date("2026-11-02")),
            certification: Some(Certification {
                physician: some("Dr. Cy Example"),
                date: Some(date("2026-11-03")),
                standard_therapy: some("ineffective"),
                more_beneficial: Some(true),
                board_certified: Some(true),
                documents: strings(&["Example Journal 2024", "Example Review 2025"]),
                ..Certification::default()
            }),
            ..Condition::default()
        },
        denial: Denial {
            notice_date: Some(date("2026-10-20")),
            received: Some(date("2026-10-24")),
            outcome: "denied".into(),
            ground: strings(&["not-medically-necessary"]),
            reason: some("The service is not medically necessary.\nSee Example Guideline 12."),
            reason_page: some("2"),
            decided_by: some("Example Medical Group"),
            reference: some("REF-9"),
            criteria: some("Example Guideline 12"),
            eoc_clause: some("clause 4 of the benefits chapter"),
            notice_lacks: strings(&["clinical-reasons", "reviewer", "grievance-rights"]),
            ..Denial::default()
        },
        criteria: vec![
            Criterion {
                text: "Six weeks of therapy".into(),
                met: some("yes"),
                evidence: some("Therapy notes | 12 visits"),
                exhibit: some("C"),
            },
            Criterion { text: "Nerve compression on imaging".into(), ..Criterion::default() },
        ],
        treatments: vec![Treatment {
            name: "Physical therapy".into(),
            dose: some("twice a week"),
            dates: some("March to May 2026"),
            result: some("no lasting relief"),
        }],
        exhibits: vec![
            Exhibit {
                title: "Denial notice".into(),
                date: Some(date("2026-10-20")),
                pages: Some(3),
                ..Exhibit::default()
            },
            Exhibit {
                title: "Letter of Dr. Cy Example".into(),
                pages: Some(1),
                ..Exhibit::default()
            },
            Exhibit { label: some("C"), title: "Therapy notes".into(), ..Exhibit::default() },
        ],
        statement: Statement {
            what_happened: some("I was told no on the phone.\n\nThen the letter came."),
            harm: some("I cannot stand for more than ten minutes."),
            request: some("Please let me have the scan."),
            late_reason: some("I was in the hospital from April 1 to April 20, 2026."),
        },
        ..Record::default()
    }
}

pub(crate) fn service() -> Service {
    Service {
        kind: "imaging".into(),
        description: some("an MRI scan of the lower back"),
        codes: strings(&["CPT 72148"]),
        provider: some("Example Imaging Center"),
        specialty: some("radiology"),
        provider_phone: some("555-010-0155"),
        network: some("in"),
        requested: Some(moment("2026-10-12")),
        timing: some("not-yet-given"),
        recommended_by: some("Dr. Cy Example"),
        recommended_on: Some(date("2026-10-10")),
        seen_by_plan_provider: Some(true),
        provider_words: some("The scan is needed before surgery can be ruled out."),
        ..Service::default()
    }
}

/// The least a record can hold.
pub(crate) fn minimal() -> Record {
    Record {
        case_id: "2026-0001".into(),
        member: Member { safe_contact: true, ..Member::default() },
        coverage: Coverage {
            program: "commercial".into(),
            funding: "unknown".into(),
            regulator: "unknown".into(),
            ..Coverage::default()
        },
        services: vec![Service { kind: "other".into(), ..Service::default() }],
        denial: Denial { outcome: "denied".into(), ..Denial::default() },
        ..Record::default()
    }
}

fn plan() -> Recipient {
    Recipient { plan: true, ..Recipient::default() }
}

fn department() -> Recipient {
    Recipient {
        plan: false,
        name: "California Department of Managed Health Care, Help Center".into(),
        address: strings(&["980 9th Street, Suite 500", "Sacramento, CA 95814"]),
        phone: some("1-888-466-2219"),
        fax: some("916-255-5241"),
        url: some("www.HealthHelp.ca.gov"),
        form: some("IMR Application/Complaint Form, DMHC 20-224"),
        ..Recipient::default()
    }
}

fn insurance() -> Recipient {
    Recipient {
        plan: false,
        name: "California Department of Insurance".into(),
        address: strings(&["300 South Spring Street, South Tower", "Los Angeles, CA 90013"]),
        phone: some("1-800-927-4357"),
        url: some("www.insurance.ca.gov"),
        ..Recipient::default()
    }
}

/// A later reading of a deadline, as the program tells one.
pub(crate) fn later(deadline: &mut Deadline, until: &str) {
    let until = date(until);
    deadline.arguable_until = Some(until);
    deadline.steps = vec![Step {
        kind: StepKind::LaterReading,
        date: Some(until),
        by: None,
        letter: None,
        says: "a later reading".into(),
    }];
}

/// A deadline of the given stage, actor and action, with a citation.
pub(crate) fn deadline(stage: &str, actor: &str, action: &str, cite: &str) -> Deadline {
    Deadline {
        id: format!("us-ca-dmhc.{stage}.{action}"),
        rules: Vec::new(),
        stage: stage.into(),
        actor: actor.into(),
        act: action.into(),
        action: action.into(),
        says: "The rule in one sentence.".into(),
        file_by: None,
        last_working_day: None,
        arguable_until: None,
        due: None,
        late_after: None,
        about: false,
        time: None,
        status: Status::NotRunning,
        days_left: None,
        trigger: None,
        if_today: None,
        period: String::new(),
        printable: true,
        missed: None,
        advisory: false,
        authorities: Vec::new(),
        cite: some(cite),
        steps: Vec::new(),
    }
}

fn file(stage: &str, cite: &str, by: &str, period: &str) -> Deadline {
    Deadline {
        file_by: Some(date(by)),
        status: Status::Open,
        period: period.into(),
        ..deadline(stage, "member", "file", cite)
    }
}

fn if_today(
    stage: &str,
    actor: &str,
    action: &str,
    cite: &str,
    day: &str,
    period: &str,
) -> Deadline {
    Deadline {
        if_today: Some(date(day)),
        period: period.into(),
        ..deadline(stage, actor, action, cite)
    }
}

pub(crate) fn right(id: &str, topic: &str, says: &str, cite: &str) -> Right {
    Right {
        id: id.into(),
        topic: topic.into(),
        says: says.into(),
        stages: Vec::new(),
        cite: some(cite),
        authorities: Vec::new(),
    }
}

pub(crate) fn authority(id: &str, letter: Option<&str>) -> Authority {
    Authority {
        id: id.into(),
        citation: "Cal. Health & Safety Code § 1368.01(a)".into(),
        letter: letter.map(str::to_owned),
        says: "The plan must resolve a grievance.".into(),
        confidence: "read at the source".into(),
        url: None,
        checked: date("2026-11-21"),
    }
}

fn ruling(stage: &str, title: &str, letter: &str, recipient: Recipient) -> Ruling {
    Ruling {
        side: "plan".into(),
        contract: None,
        called: "a letter".into(),
        as_of: date("2026-11-21"),
        track: "us-ca-dmhc".into(),
        regulator: "dmhc".into(),
        forum: if recipient.plan { "plan".into() } else { "dmhc".into() },
        stage: stage.into(),
        title: title.into(),
        letter: some(letter),
        also: Vec::new(),
        open: Vec::new(),
        expedited: false,
        late: false,
        marks: Vec::new(),
        says: String::new(),
        recipient,
        deadlines: Vec::new(),
        rights: Vec::new(),
        authorities: vec![
            authority("hsc-1368.01-a", Some("Health & Safety Code § 1368.01(a)")),
            authority("hsc-held", None),
        ],
        ahead: Vec::new(),
        warnings: Vec::new(),
        needs: Vec::new(),
        next: Vec::new(),
        happened: Vec::new(),
        trace: Vec::new(),
        law_reviewed: date("2026-11-21"),
    }
}

const ACK: &str = "Health & Safety Code § 1368(a)(4)(A)";
const DECIDE: &str = "Health & Safety Code § 1368.01(a)";
const URGENT: &str = "Health & Safety Code § 1368.01(b)";
const AT_ONCE: &str = "28 CCR § 1300.68.01(a)(4)";
const REVIEW: &str = "Health & Safety Code § 1374.30(k)";
const ALTERNATIVE: &str = "Health & Safety Code § 1374.31(b)";

/// A standard grievance, in time.
pub(crate) fn grievance() -> Ruling {
    let stage = "grievance";
    Ruling {
        deadlines: vec![
            file(stage, "28 CCR § 1300.68(b)(9)", "2027-04-18", "180 calendar days"),
            if_today(stage, "plan", "acknowledge", ACK, "2026-11-26", "5 calendar days"),
            if_today(stage, "plan", "decide", DECIDE, "2026-12-21", "30 calendar days"),
        ],
        rights: vec![
            right(
                "us-ca-dmhc.who-may-deny",
                "answer",
                "Only a licensed physician or another licensed professional competent in the \
                 clinical issues may deny a service as not necessary.",
                "Health & Safety Code § 1367.01(e)",
            ),
            right(
                "us-ca-dmhc.criteria",
                "request",
                "The plan must give its criteria on request.",
                "Health & Safety Code § 1363.5",
            ),
            right(
                "us-ca-dmhc.claim-file",
                "request",
                "All relevant documents are free on request.",
                "29 CFR § 2560.503-1(h)(2)(iii)",
            ),
        ],
        next: vec![Next {
            stage: "dmhc-imr".into(),
            title: "Independent medical review by the California Department of Managed Health Care"
                .into(),
            opens: Some(date("2026-12-22")),
            when: "once the plan upholds the denial or has not answered in time".into(),
            called: "an application to the Example Agency".into(),
            body: some("Example Agency"),
            phone: some("1-888-466-2219"),
            caution: None,
            printable: true,
        }],
        ..ruling(stage, "Grievance with the health plan", "grievance", plan())
    }
}

/// The same, urgent, with the review asked for on the same day.
pub(crate) fn grievance_expedited() -> Ruling {
    let base = grievance();
    let imr = imr();
    Ruling {
        expedited: true,
        also: vec![Stage {
            called: "an application for independent medical review to the California Department of Managed Health Care, Help Center".into(),
            id: imr.stage,
            title: imr.title,
            forum: imr.forum,
            letter: imr.letter,
            recipient: imr.recipient,
        }],
        deadlines: vec![
            base.deadlines[0].clone(),
            Deadline {
                id: "us-ca-dmhc.grievance.decide.urgent".into(),
                ..if_today("grievance", "plan", "decide", URGENT, "2026-11-24", "3 calendar days")
            },
        ],
        rights: [
            base.rights,
            vec![right("us-ca-dmhc.at-once", "request", "No waiting.", AT_ONCE)],
            imr.rights,
        ]
        .concat(),
        ..base
    }
}

/// Late on every reading.
pub(crate) fn grievance_late() -> Ruling {
    let base = grievance();
    let mut deadlines = base.deadlines.clone();
    deadlines[0].file_by = Some(date("2026-11-16"));
    later(&mut deadlines[0], "2026-11-18");
    deadlines[0].status = Status::Late;
    Ruling { late: true, deadlines, ..base }
}

/// A second opinion asked for.
pub(crate) fn second_opinion() -> Ruling {
    let stage = "second-opinion-request";
    let cite = "Health & Safety Code § 1383.15(c)";
    Ruling {
        rights: vec![
            right(
                "a.second-opinion",
                "answer",
                "A second opinion is due on request.",
                "Health & Safety Code § 1383.15(a)",
            ),
            right("a.timelines", "request", "The plan's time limits are public.", cite),
            right(
                "a.written-reasons",
                "request",
                "A refusal is in writing.",
                "Health & Safety Code § 1383.15(i)",
            ),
        ],
        ..ruling(stage, "Request for a second opinion", stage, plan())
    }
}

pub(crate) fn second_opinion_urgent() -> Ruling {
    let cite = "Health & Safety Code § 1383.15(c)";
    let stage = "second-opinion-request";
    Ruling {
        expedited: true,
        deadlines: vec![if_today(stage, "plan", "decide", cite, "2026-11-24", "72 hours")],
        ..second_opinion()
    }
}

/// Independent medical review after the plan upheld its denial.
pub(crate) fn imr() -> Ruling {
    let stage = "dmhc-imr";
    Ruling {
        deadlines: vec![{
            let mut deadline = file(stage, REVIEW, "2027-05-02", "6 months");
            later(&mut deadline, "2027-05-10");
            deadline
        }],
        rights: vec![
            right(
                "us-ca-dmhc.alternative",
                "process",
                "An application that does not qualify is reviewed as a complaint.",
                ALTERNATIVE,
            ),
            right(
                "us-ca-dmhc.waiver",
                "request",
                "The plan's process may be waived.",
                "Health & Safety Code § 1374.31(a)",
            ),
            right("us-ca-dmhc.extension", "request", "The director may extend the time.", REVIEW),
            right(
                "us-ca-dmhc.reviewers",
                "standard",
                "Reviewers go by the patient's specific medical needs, peer-reviewed evidence and professional standards.",
                "Health & Safety Code § 1374.33",
            ),
        ],
        ..ruling(stage, "Independent medical review", stage, department())
    }
}

pub(crate) fn imr_expedited() -> Ruling {
    let base = imr();
    let rights =
        [base.rights, vec![right("us-ca-dmhc.at-once", "request", "No waiting.", AT_ONCE)]]
            .concat();
    Ruling { expedited: true, rights, ..imr() }
}

pub(crate) fn imr_experimental() -> Ruling {
    let base = imr();
    let cite = "28 CCR § 1300.70.4(b)(2)";
    let own = right("us-ca-dmhc.no-grievance-first", "request", "No grievance is needed.", cite);
    Ruling {
        marks: vec!["experimental".into()],
        rights: [base.rights, vec![own]].concat(),
        ..imr()
    }
}

pub(crate) fn imr_late() -> Ruling {
    let mut base = imr();
    base.deadlines[0].file_by = Some(date("2026-11-20"));
    base.deadlines[0].arguable_until = None;
    base.deadlines[0].steps.clear();
    base.deadlines[0].status = Status::Late;
    Ruling { late: true, marks: vec!["extension".into()], ..base }
}

pub(crate) fn imr_combined() -> Ruling {
    Ruling { marks: vec!["combined".into()], ..imr() }
}

/// A complaint to the department, with a duty the plan has missed.
pub(crate) fn complaint() -> Ruling {
    let stage = "dmhc-complaint";
    Ruling {
        deadlines: vec![Deadline {
            id: "us-ca-dmhc.grievance.acknowledge".into(),
            says: "The plan must acknowledge a grievance in writing.".into(),
            missed: some("The plan did not acknowledge the grievance in writing."),
            due: Some(date("2026-10-10")),
            late_after: Some(date("2026-10-10")),
            status: Status::Overdue,
            days_left: Some(-42),
            trigger: Some(Trigger { event: "grievance-received".into(), date: date("2026-10-05") }),
            ..deadline("grievance", "plan", "acknowledge", ACK)
        }],
        rights: vec![right(
            "us-ca-dmhc.imr-instead",
            "process",
            "The department sorts mixed cases.",
            "Health & Safety Code § 1374.30(d)",
        )],
        ..ruling(stage, "Complaint to the department", stage, department())
    }
}

/// An appeal to an insurer.
pub(crate) fn insurer_appeal() -> Ruling {
    let stage = "insurer-appeal";
    let cite = "29 CFR § 2560.503-1(h)(3)(i)";
    Ruling {
        track: "us-ca-cdi".into(),
        regulator: "cdi".into(),
        deadlines: vec![
            file(stage, cite, "2027-04-18", "180 days"),
            if_today(
                stage,
                "plan",
                "decide",
                "29 CFR § 2560.503-1(i)(2)(ii)",
                "2026-12-21",
                "30 days",
            ),
        ],
        ..ruling(stage, "Appeal to the insurer", stage, plan())
    }
}

pub(crate) fn insurer_appeal_expedited() -> Ruling {
    Ruling { expedited: true, ..insurer_appeal() }
}

pub(crate) fn insurer_appeal_late() -> Ruling {
    let mut base = insurer_appeal();
    base.deadlines[0].file_by = Some(date("2026-11-20"));
    base.deadlines[0].status = Status::Late;
    Ruling { late: true, ..base }
}

/// Independent medical review of an insurer's decision.
pub(crate) fn cdi_imr() -> Ruling {
    let stage = "cdi-imr";
    Ruling {
        track: "us-ca-cdi".into(),
        regulator: "cdi".into(),
        forum: "cdi".into(),
        deadlines: vec![file(stage, "Insurance Code § 10169(k)", "2027-05-02", "6 months")],
        rights: vec![
            right(
                "us-ca-cdi.imr",
                "process",
                "A disputed service can be reviewed.",
                "Insurance Code § 10169",
            ),
            right(
                "us-ca-cdi.alternative",
                "request",
                "A refused request is a complaint.",
                "Insurance Code § 10169.1(b)",
            ),
            right(
                "us-ca-cdi.waiver",
                "request",
                "The insurer's process may be waived.",
                "Insurance Code § 10169.1(a)",
            ),
        ],
        ..ruling(stage, "Independent medical review", stage, insurance())
    }
}

pub(crate) fn cdi_imr_urgent() -> Ruling {
    Ruling { expedited: true, ..cdi_imr() }
}

/// A request for assistance, with an unfair practice that a fact matches.
pub(crate) fn cdi_complaint() -> Ruling {
    let stage = "cdi-complaint";
    Ruling {
        track: "us-ca-cdi".into(),
        regulator: "cdi".into(),
        forum: "cdi".into(),
        rights: vec![right(
            "us-ca-cdi.unfair-no-reason",
            "regulator",
            "Failing to explain a denial promptly is an unfair practice.",
            "Insurance Code § 790.03(h)",
        )],
        ..ruling(stage, "Request for assistance", stage, insurance())
    }
}

/// The neutral letter while the regulator is unknown.
pub(crate) fn internal_appeal() -> Ruling {
    let stage = "internal-appeal";
    let cite = "29 CFR § 2560.503-1(h)(3)(i), applied by 45 CFR § 147.136(b)";
    Ruling {
        track: "us-federal-floor".into(),
        regulator: "unknown".into(),
        deadlines: vec![file(stage, cite, "2027-04-18", "180 days")],
        needs: vec![Need {
            fact: "regulator".into(),
            how: "Read the Evidence of Coverage, or call 1-888-466-2219 and ask.".into(),
        }],
        next: vec![Next {
            stage: "external-review".into(),
            title: "Outside review".into(),
            opens: None,
            when: "once the plan has answered".into(),
            called: "an application to the Example Agency".into(),
            body: some("Example Agency"),
            phone: some("1-888-466-2219"),
            caution: None,
            printable: true,
        }],
        ..ruling(stage, "Appeal inside the plan", stage, plan())
    }
}

/// Every kind of letter, by name.
pub(crate) fn every() -> Vec<(&'static str, Ruling)> {
    vec![
        ("second-opinion", second_opinion()),
        ("second-opinion-urgent", second_opinion_urgent()),
        ("grievance", grievance()),
        ("grievance-expedited", grievance_expedited()),
        ("grievance-late", grievance_late()),
        ("imr", imr()),
        ("imr-expedited", imr_expedited()),
        ("imr-experimental", imr_experimental()),
        ("imr-late", imr_late()),
        ("imr-combined", imr_combined()),
        ("complaint", complaint()),
        ("insurer-appeal", insurer_appeal()),
        ("insurer-appeal-expedited", insurer_appeal_expedited()),
        ("insurer-appeal-late", insurer_appeal_late()),
        ("cdi-imr", cdi_imr()),
        ("cdi-imr-urgent", cdi_imr_urgent()),
        ("cdi-complaint", cdi_complaint()),
        ("internal-appeal", internal_appeal()),
    ]
}

/// A grievance that was sent, acknowledged, and upheld.
pub(crate) fn upheld() -> Vec<Event> {
    let event = |kind: &str, day: &str| Event {
        acknowledged: None,
        kind: kind.into(),
        date: moment(day),
        received: None,
        how: None,
        outcome: None,
        carried_out: None,
        ground: Vec::new(),
        reason: None,
        reference: None,
        with: None,
    };
    vec![
        Event {
            outcome: some("upheld"),
            received: Some(moment("2026-11-05")),
            reason: some("We have reviewed the case and uphold the decision."),
            ..event("grievance-decided", "2026-11-02")
        },
        Event {
            how: some("fax"),
            reference: some("GR-5"),
            ..event("grievance-filed", "2026-10-26")
        },
    ]
}

/// Someone at a clinic who writes for the member.
pub(crate) fn clinic(relationship: &str) -> Representative {
    Representative {
        name: some("Lee Example"),
        organization: some("Example Legal Aid"),
        address: strings(&["2 Example Street"]),
        phone: some("555-010-0200"),
        bar_number: some("000001"),
        relationship: some(relationship),
        authorization: some("enclosed"),
        ..Representative::default()
    }
}

/// Records of many kinds of dispute, by name.
pub(crate) fn records() -> Vec<(&'static str, Record)> {
    let with = |change: fn(&mut Record)| {
        let mut record = full();
        record.events = upheld();
        change(&mut record);
        record
    };
    vec![
        ("full", full()),
        ("minimal", minimal()),
        ("upheld", with(|_| {})),
        (
            "open",
            with(|r| {
                r.events.remove(0);
            }),
        ),
        (
            "cancelled",
            with(|r| {
                r.denial.ground = strings(&["cancellation"]);
                r.denial.outcome = "terminated".into();
                r.denial.cancellation_effective = Some(date("2026-12-31"));
                r.services[0] = Service {
                    kind: "coverage".into(),
                    description: some("my coverage"),
                    ..Service::default()
                };
                r.criteria.clear();
            }),
        ),
        (
            "claim",
            with(|r| {
                r.denial.ground = strings(&["claim-unpaid", "billing"]);
                r.denial.outcome = "no-decision".into();
                r.denial.notice_date = None;
                r.denial.reason = None;
                let s = &mut r.services[0];
                s.kind = "claim-payment".into();
                s.timing = some("given");
                s.dates = vec![date("2026-09-01"), date("2026-09-02")];
                s.claim_number = some("CL-1");
                s.claim_received = Some(date("2026-10-01"));
                s.amount_billed = some("$1,250.00");
                s.amount_owed = some("$1,250.00");
            }),
        ),
        (
            "oral",
            with(|r| {
                r.denial.notice_date = None;
                r.denial.received = None;
                r.denial.incident = Some(date("2026-10-20"));
                r.denial.reason = None;
                r.denial.notice_lacks = strings(&["reason"]);
                r.denial.ground = strings(&["no-referral"]);
            }),
        ),
        (
            "network",
            with(|r| {
                r.denial.ground = strings(&["network", "not-a-covered-benefit"]);
                r.denial.eoc_text = some("Care outside the network is covered when needed.");
                r.services[0].network = some("out");
                r.services[0].qualified_in_network = Some(false);
            }),
        ),
        (
            "drug",
            with(|r| {
                r.denial.ground = strings(&["not-on-formulary", "step-therapy", "experimental"]);
                r.denial.outcome = "modified".into();
                r.services[0].kind = "drug".into();
                r.services[0].description = some("the drug Examplumab");
            }),
        ),
        (
            "several",
            with(|r| {
                r.services.push(Service {
                    description: some("a course of therapy"),
                    ground: strings(&["delay"]),
                    ..service()
                });
            }),
        ),
        ("estate", with(|r| r.representative = Some(clinic("estate")))),
        (
            "parent",
            with(|r| {
                r.representative = Some(Representative { organization: None, ..clinic("parent") })
            }),
        ),
        ("attorney", with(|r| r.representative = Some(clinic("attorney")))),
        ("unsafe", with(|r| r.member.safe_contact = false)),
    ]
}
