//! Records and rulings made by hand. Everyone in them is invented.

use appeal::facts::Moment;
use appeal::record::*;
use appeal::ruling::*;
use chrono::{NaiveDate, NaiveTime};

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
            Exhibit { title: "Letter of Dr. Cy Example".into(), pages: Some(1), ..Exhibit::default() },
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

/// A deadline of the given stage, actor and action, with a citation.
pub(crate) fn deadline(stage: &str, actor: &str, action: &str, cite: &str) -> Deadline {
    Deadline {
        id: format!("us-ca-dmhc.{stage}.{action}"),
        rules: Vec::new(),
        stage: stage.into(),
        actor: actor.into(),
        action: action.into(),
        says: "The rule in one sentence.".into(),
        file_by: None,
        last_working_day: None,
        arguable_until: None,
        due: None,
        late_after: None,
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

fn if_today(stage: &str, actor: &str, action: &str, cite: &str, day: &str, period: &str) -> Deadline {
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
        warnings: Vec::new(),
        needs: Vec::new(),
        next: Vec::new(),
        trace: Vec::new(),
        law_reviewed: date("2026-11-21"),
    }
}

/// A standard grievance, in time.
pub(crate) fn grievance() -> Ruling {
    let stage = "grievance";
    Ruling {
        deadlines: vec![
            file(stage, "28 CCR § 1300.68(b)(9)", "2027-04-18", "180 calendar days"),
            if_today(stage, "plan", "acknowledge", "Health & Safety Code § 1368(a)(4)(A)", "2026-11-26", "5 calendar days"),
            if_today(stage, "plan", "decide", "Health & Safety Code § 1368.01(a)", "2026-12-21", "30 calendar days"),
        ],
        rights: vec![
            right("us-ca-dmhc.who-may-deny", "answer", "Only a licensed physician or another licensed professional competent in the clinical issues may deny a service as not necessary.", "Health & Safety Code § 1367.01(e)"),
            right("us-ca-dmhc.criteria", "request", "The plan must give its criteria on request.", "Health & Safety Code § 1363.5"),
            right("us-ca-dmhc.claim-file", "request", "All relevant documents are free on request.", "29 CFR § 2560.503-1(h)(2)(iii)"),
            right("us-ca-dmhc.at-once", "process", "An urgent case may go to the department without waiting.", "Health & Safety Code § 1368.03(a)"),
        ],
        next: vec![Next {
            stage: "dmhc-imr".into(),
            title: "Independent medical review by the California Department of Managed Health Care".into(),
            opens: Some(date("2026-12-22")),
            when: "once the plan upholds the denial or has not answered in time".into(),
            phone: some("1-888-466-2219"),
        }],
        ..ruling(stage, "Grievance with the health plan", "grievance", plan())
    }
}

pub(crate) fn time(text: &str) -> Option<NaiveTime> {
    Some(text.parse().unwrap())
}
