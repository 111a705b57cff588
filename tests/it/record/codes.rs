//! Every point of the letter checklists (letters.md 2-12) has its keys, or a reason for having none.

use appeal::record::keys;

enum From {
    /// The keys of the record that give it.
    Keys(&'static [&'static str]),
    /// Why no key does.
    No(&'static str),
}

use From::{Keys, No};

const LAW: &str = "comes from the ruling, which knows the law and its dates";
const WORDS: &str = "the same words in every letter of the kind";
const SHEET: &str = "advice for the member's own sheet";
const PAPER: &str = "is done with the paper, after the letter is printed";

const CODES: &[(&str, From)] = &[
    ("I1", Keys(&["member.name"])),
    ("I2", Keys(&["member.birth_date"])),
    ("I3", Keys(&["member.member_id", "member.group"])),
    ("I4", Keys(&["coverage.plan", "coverage.product", "coverage.medical_group"])),
    ("I5", Keys(&["member.employer"])),
    ("I6", Keys(&["member.subscriber"])),
    ("I7", Keys(&["service.claim_number", "denial.reference"])),
    ("I8", Keys(&["service.dates", "service.timing", "service.requested"])),
    ("I9", Keys(&["service.description", "service.codes"])),
    ("I10", Keys(&["service.provider", "service.specialty", "service.provider_phone"])),
    ("I11", Keys(&["denial.notice_date", "denial.received"])),
    ("I12", Keys(&["member.phone", "member.email", "member.address", "member.safe_contact"])),
    ("I13", Keys(&["member.language", "member.correspond_in_language"])),
    (
        "I14",
        Keys(&[
            "representative.name",
            "representative.relationship",
            "representative.authorization",
        ]),
    ),
    (
        "I15",
        No(
            "a public program's number is its member number; a form that asks for another is filled by hand",
        ),
    ),
    ("G1", No(WORDS)),
    ("G2", Keys(&["service.kind", "service.ground"])),
    ("G3", No(LAW)),
    ("G4", Keys(&["denial.reason", "denial.reason_page"])),
    ("G5", Keys(&["denial.notice_lacks"])),
    ("G6", Keys(&["criterion.text", "criterion.met", "criterion.evidence", "criterion.exhibit"])),
    ("G7", Keys(&["treatment.name", "treatment.dose", "treatment.dates", "treatment.result"])),
    ("G8", Keys(&["statement.harm"])),
    ("G9", Keys(&["service.recommended_by", "service.recommended_on", "service.provider_words"])),
    ("G10", Keys(&["denial.eoc_clause", "denial.eoc_text"])),
    ("G11", Keys(&["condition.certification.documents", "exhibit.title"])),
    ("G12", Keys(&["statement.request"])),
    ("G12a", No(LAW)),
    ("G12b", No(WORDS)),
    ("G12c", Keys(&["denial.criteria"])),
    ("G12d", No(WORDS)),
    ("G12e", Keys(&["denial.reviewer"])),
    ("G12f", No(WORDS)),
    ("G12g", Keys(&["service.recommended_by"])),
    ("G12h", No(LAW)),
    ("G12i", Keys(&["service.amount_billed", "service.amount_owed"])),
    ("G12j", Keys(&["service.timing"])),
    ("G13", No(LAW)),
    ("G14", Keys(&["coverage.grievance_phone", "event.with", "event.reference"])),
    ("X1", No(WORDS)),
    ("X2", Keys(&["condition.threat"])),
    ("X3", Keys(&["condition.certified_by", "condition.certified_on"])),
    ("X4", Keys(&["event.date"])),
    ("X5", No(LAW)),
    ("X6", Keys(&["coverage.grievance_phone", "event.with"])),
    ("X7", Keys(&["coverage.grievance_fax", "coverage.grievance_portal"])),
    (
        "M1",
        Keys(&[
            "member.gender",
            "condition.diagnosis",
            "condition.icd10",
            "service.description",
            "statement.what_happened",
        ]),
    ),
    ("M2", Keys(&["denial.ground", "event.ground"])),
    ("M3", Keys(&["event.kind", "event.date", "event.outcome"])),
    ("M4", Keys(&["statement.late_reason"])),
    ("M5", Keys(&["criterion.evidence", "service.provider_words"])),
    (
        "M6",
        Keys(&[
            "condition.life_threatening",
            "condition.seriously_debilitating",
            "condition.certification.physician",
            "condition.certification.standard_therapy",
            "condition.certification.more_beneficial",
            "condition.certification.documents",
        ]),
    ),
    ("M7", No(WORDS)),
    ("M8", Keys(&["service.network", "exhibit.title"])),
    ("M9", No(WORDS)),
    ("M10", No(PAPER)),
    ("M11", No("a person signs by hand")),
    ("M12", No(SHEET)),
    ("D1", Keys(&["denial.ground", "service.kind"])),
    ("D2", Keys(&["event.date", "event.reference"])),
    ("D3", Keys(&["denial.notice_lacks", "event.received"])),
    ("D4", Keys(&["statement.request"])),
    ("D5", Keys(&["exhibit.title", "exhibit.date", "exhibit.pages"])),
    ("D6", No("the ruling chooses the stage by ground")),
    ("D7", Keys(&["representative.authorization"])),
    ("D8", No(SHEET)),
    ("D9", No("concerns many cases; a record is one")),
    ("C1", No("a person signs by hand")),
    ("C2", Keys(&["event.outcome", "event.received", "condition.extraordinary"])),
    ("C3", No(LAW)),
    ("C4", No(LAW)),
    ("C5", Keys(&["denial.notice_lacks"])),
    ("C6", No(WORDS)),
    (
        "H1",
        Keys(&[
            "member.name",
            "member.address",
            "member.phone",
            "coverage.plan",
            "coverage.policy_number",
            "service.claim_number",
        ]),
    ),
    ("H2", Keys(&["exhibit.title"])),
    ("H3", Keys(&["event.kind"])),
    ("H4", No(LAW)),
    ("H5", No(WORDS)),
    ("S1", Keys(&["service.requested", "service.requested_of"])),
    ("S2", Keys(&["service.second_opinion_reason"])),
    ("S3", Keys(&["condition.diagnosis", "service.description"])),
    (
        "S4",
        Keys(&[
            "service.provider",
            "service.specialty",
            "service.network",
            "service.first_opinion_by",
        ]),
    ),
    ("S5", Keys(&["service.qualified_in_network"])),
    ("S6", Keys(&["condition.threat"])),
    ("S7", No(WORDS)),
    ("S8", No(WORDS)),
    ("S9", No(LAW)),
    ("F1", No(WORDS)),
    ("F2", Keys(&["denial.eoc_clause"])),
    ("F3", Keys(&["denial.criteria"])),
    ("F4", No(WORDS)),
    ("F5", No(WORDS)),
    ("F6", Keys(&["denial.reviewer"])),
    ("F7", No(WORDS)),
    ("F8", No(WORDS)),
    ("F9", No(WORDS)),
    ("F10", Keys(&["service.codes"])),
    ("F11", Keys(&["denial.notice_date"])),
    ("F12", No(LAW)),
    ("F13", No("the ruling sends it along with the appeal")),
    ("L1", Keys(&["denial.reason", "denial.criteria"])),
    ("L2", Keys(&["condition.diagnosis", "condition.icd10"])),
    ("L3", No("the doctor writes it from the chart")),
    ("L4", Keys(&["treatment.name", "treatment.dose", "treatment.dates", "treatment.result"])),
    ("L5", No("the doctor writes it from the chart")),
    ("L6", Keys(&["criterion.text"])),
    ("L7", No("the doctor names the guideline")),
    ("L8", Keys(&["statement.harm", "condition.wait_harms_treatment"])),
    ("L9", Keys(&["condition.certification.board_certified"])),
    ("L10", No(WORDS)),
    ("L11", Keys(&["condition.threat"])),
    ("P1", Keys(&["denial.notice_date", "denial.reference"])),
    ("T1", No(LAW)),
    ("T2", Keys(&["statement.late_reason"])),
    ("T3", Keys(&["denial.notice_lacks"])),
    ("T4", No(WORDS)),
    ("T5", No(LAW)),
    ("E1", Keys(&["exhibit.label", "exhibit.title", "exhibit.date", "exhibit.pages"])),
    ("E2", Keys(&["criterion.exhibit", "exhibit.label"])),
    ("E3", Keys(&["exhibit.title"])),
    ("E4", No(PAPER)),
    ("E5", Keys(&["exhibit.title"])),
    ("E6", Keys(&["exhibit.pages"])),
    ("E7", No(PAPER)),
    ("E8", No("is computed from the files")),
];

/// The codes of letters.md, series by series.
fn expected() -> Vec<String> {
    let series = [
        ("I", 15),
        ("G", 14),
        ("X", 7),
        ("M", 12),
        ("D", 9),
        ("C", 6),
        ("H", 5),
        ("S", 9),
        ("F", 13),
        ("L", 11),
        ("P", 1),
        ("T", 5),
        ("E", 8),
    ];
    let mut codes: Vec<String> =
        series.iter().flat_map(|(s, n)| (1..=*n).map(move |i| format!("{s}{i}"))).collect();
    codes.extend(('a'..='j').map(|letter| format!("G12{letter}")));
    codes.sort();
    codes
}

#[test]
fn every_point_of_the_checklists_has_its_keys_or_a_reason() {
    let mut codes: Vec<String> = CODES.iter().map(|(code, _)| (*code).to_owned()).collect();
    codes.sort();
    assert_eq!(codes, expected());
    for (code, from) in CODES {
        match from {
            Keys(paths) => {
                assert!(!paths.is_empty(), "{code}");
                for path in *paths {
                    assert!(keys::find_path(path).is_some(), "{code}: no key {path}");
                }
            }
            No(reason) => assert!(reason.len() > 10, "{code}"),
        }
    }
}
