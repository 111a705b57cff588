//! Words of keys that no rule asks about, and words that people write instead of ours.

use super::{Words, Words::List};

/// What can have happened since the denial.
pub const EVENTS: &[&str] = &[
    "grievance-filed",
    "grievance-acknowledged",
    "grievance-decided",
    "imr-filed",
    "imr-papers-complete",
    "imr-decided",
    "complaint-filed",
    "complaint-decided",
    "hearing-requested",
    "hearing-held",
    "extension-noticed",
    "extension-answered",
];

pub(super) const RELATIONSHIP: Words = List(&[
    "parent",
    "guardian",
    "conservator",
    "attorney",
    "advocate",
    "provider",
    "family",
    "estate",
    "other",
]);
pub(super) const AUTHORIZATION: Words = List(&["enclosed", "on-file", "none"]);
pub(super) const NETWORK: Words = List(&["in", "out"]);
pub(super) const SECOND_OPINION: Words = List(&[
    "surgery-doubt",
    "diagnosis-doubt",
    "unclear-or-conflicting",
    "not-improving",
    "serious-concerns",
]);
pub(super) const FIRST_OPINION: Words = List(&["primary-care", "specialist"]);
pub(super) const THREAT: Words = List(&[
    "severe-pain",
    "loss-of-life",
    "loss-of-limb",
    "loss-of-function",
    "serious-deterioration",
]);
pub(super) const STANDARD_THERAPY: Words =
    List(&["ineffective", "inappropriate", "none-more-beneficial"]);
pub(super) const LACKS: Words = List(&[
    "reason",
    "criteria",
    "clinical-reasons",
    "eoc-clause",
    "reviewer",
    "grievance-rights",
    "regulator-notice",
    "imr-notice",
    "imr-application",
    "certification-form",
    "second-opinion-reasons",
    "language-notice",
]);
pub(super) const HOW: Words = List(&["mail", "fax", "portal", "phone", "email", "in-person"]);
pub(super) const MET: Words = List(&["yes", "no", "partly", "unclear"]);

/// Words that people write, and ours.
const INSTEAD: &[(&str, &str)] = &[
    ("appeal-filed", "grievance-filed"),
    ("appeal-acknowledged", "grievance-acknowledged"),
    ("appeal-decided", "grievance-decided"),
    ("california", "CA"),
    ("department-of-insurance", "cdi"),
    ("department-of-managed-health-care", "dmhc"),
    ("erisa", "self-funded"),
    ("fully-insured", "insured"),
    ("in-network", "in"),
    ("investigational", "experimental"),
    ("letter", "mail"),
    ("medical-necessity", "not-medically-necessary"),
    ("medicaid", "medi-cal"),
    ("not-covered", "not-a-covered-benefit"),
    ("online", "portal"),
    ("out-of-network", "network"),
    ("out-of-network", "out"),
    ("prior-authorization", "no-authorization"),
    ("self-insured", "self-funded"),
    ("timely-filing", "untimely"),
];

/// Things that happen and have a key of their own.
const ELSEWHERE: &[(&str, &str)] = &[
    ("cancellation-effective", "denial.cancellation_effective"),
    ("claim-received", "service.claim_received"),
    ("denial-received", "denial.received"),
    ("denied", "denial.notice_date"),
    ("incident", "denial.incident"),
    ("information-received", "service.information_received"),
    ("policy-issued", "coverage.policy_issued"),
    ("request-made", "service.requested"),
    ("request-received", "service.request_received"),
    ("service-given", "service.dates"),
];

/// Returns the key that holds the date of something that is no event of a record.
pub(in crate::record) fn elsewhere(typed: &str) -> Option<&'static str> {
    ELSEWHERE.iter().find(|(word, _)| *word == typed).map(|(_, key)| *key)
}

/// Returns the word of the list that a person meant by a word of everyday use.
pub(in crate::record) fn instead(typed: &str, words: &[&'static str]) -> Option<&'static str> {
    let typed = typed.trim().to_lowercase().replace([' ', '_'], "-");
    INSTEAD
        .iter()
        .filter(|(wrong, _)| *wrong == typed)
        .find_map(|(_, right)| words.iter().copied().find(|w| w == right))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::keys::{KEYS, find_path};

    #[test]
    fn advice_points_at_words_and_keys_that_exist() {
        for (_, right) in INSTEAD {
            assert!(KEYS.iter().any(|k| k.words().contains(right)), "{right}");
        }
        for (_, key) in ELSEWHERE {
            assert!(find_path(key).is_some(), "{key}");
        }
    }
}
