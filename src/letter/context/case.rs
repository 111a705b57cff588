//! The case: the services, the member's condition, the denial.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::Input;
use super::super::mark::Text;
use super::people::{text, texts};
use crate::facts::Moment;
use crate::record;

/// One service in dispute.
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
pub struct Service {
    /// Its place in the letter, from 1.
    pub number: usize,
    /// Its kind, as `surgery`.
    pub kind: String,
    /// What it is, in plain words.
    pub description: Text,
    /// Codes as printed.
    pub codes: Vec<Text>,
    /// Who is to give it.
    pub provider: Text,
    /// The same, unless the description already names it.
    pub beside: Text,
    /// That provider's specialty.
    pub specialty: Text,
    /// That provider's telephone.
    pub provider_phone: Text,
    /// `in`, `out`, or none when not known.
    pub network: String,
    /// Whether a qualified provider is in the network.
    pub qualified_in_network: Option<bool>,
    /// When it was asked for.
    pub requested: String,
    /// The hour of that, where the record has it.
    pub requested_time: String,
    /// When the plan received the request.
    pub request_received: String,
    /// When the plan received the papers it needed.
    pub information_received: String,
    /// Who was asked.
    pub requested_of: Text,
    /// Days on which it was given.
    pub dates: Vec<String>,
    /// `not-yet-given`, `ongoing`, `given`.
    pub timing: String,
    /// Claim number.
    pub claim_number: Text,
    /// When the plan received the claim.
    pub claim_received: String,
    /// Amount billed, as typed.
    pub amount_billed: Text,
    /// Amount asked of the member, as typed.
    pub amount_owed: Text,
    /// Who recommended it.
    pub recommended_by: Text,
    /// When.
    pub recommended_on: String,
    /// Whether a provider of the plan has seen the member for the condition.
    pub seen_by_plan_provider: Option<bool>,
    /// The provider's own words.
    pub provider_words: Text,
    /// The plan's reasons for this service, as words of the vocabulary.
    pub ground: Vec<String>,
    /// For a second opinion: the statute's reasons, as words of the vocabulary.
    pub second_opinion_reason: Vec<String>,
    /// Whose opinion is to be checked: `primary-care`, `specialist`.
    pub first_opinion_by: String,
    /// What the plan offered instead.
    pub plan_offered: Text,
}

pub(super) fn services(input: &Input<'_>) -> Vec<Service> {
    let all = &input.record.services;
    let chosen: Vec<&record::Service> = input.services.iter().filter_map(|i| all.get(*i)).collect();
    let denial = &input.record.denial.ground;
    if chosen.is_empty() {
        return vec![service(&record::Service::default(), 1, denial)];
    }
    chosen.iter().enumerate().map(|(i, s)| service(s, i + 1, denial)).collect()
}

fn service(s: &record::Service, number: usize, denial: &[String]) -> Service {
    let folded = |value: &Option<String>| text(value).plain().to_lowercase();
    let is_named = folded(&s.description).contains(&folded(&s.provider));
    Service {
        number,
        kind: s.kind.clone(),
        description: text(&s.description),
        codes: texts(&s.codes),
        provider: text(&s.provider),
        beside: if is_named { Text::default() } else { text(&s.provider) },
        specialty: text(&s.specialty),
        provider_phone: text(&s.provider_phone),
        network: s.network.clone().unwrap_or_default(),
        qualified_in_network: s.qualified_in_network,
        requested: day(s.requested),
        requested_time: hour(s.requested),
        request_received: day(s.request_received),
        information_received: day(s.information_received),
        requested_of: text(&s.requested_of),
        dates: s.dates.iter().map(NaiveDate::to_string).collect(),
        timing: s.timing.clone().unwrap_or_default(),
        claim_number: text(&s.claim_number),
        claim_received: date(s.claim_received),
        amount_billed: text(&s.amount_billed),
        amount_owed: text(&s.amount_owed),
        recommended_by: text(&s.recommended_by),
        recommended_on: date(s.recommended_on),
        seen_by_plan_provider: s.seen_by_plan_provider,
        provider_words: text(&s.provider_words),
        ground: if s.ground.is_empty() { denial.to_vec() } else { s.ground.clone() },
        second_opinion_reason: s.second_opinion_reason.clone(),
        first_opinion_by: s.first_opinion_by.clone().unwrap_or_default(),
        plan_offered: text(&s.plan_offered),
    }
}

/// Grounds on which a clinician has judged.
const CLINICAL: &[&str] = &[
    "not-medically-necessary",
    "experimental",
    "step-therapy",
    "emergency-not-reasonable",
    "not-on-formulary",
];

/// Grounds that have nothing to do with the member's health.
const NOT_HEALTH: &[&str] = &[
    "billing",
    "claim-unpaid",
    "eligibility",
    "cancellation",
    "rescission",
    "nonrenewal",
    "quality",
];

/// Every ground of these services, each once.
pub(super) fn grounds(services: &[Service]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for ground in services.iter().flat_map(|s| &s.ground) {
        if !all.contains(ground) {
            all.push(ground.clone());
        }
    }
    all
}

pub(super) fn is_clinical(grounds: &[String], outcome: &str) -> bool {
    let mut known = grounds.iter().filter(|g| g.as_str() != "unknown").peekable();
    let is_open = known.peek().is_none() && outcome != "no-decision";
    is_open || known.any(|g| CLINICAL.contains(&g.as_str()))
}

pub(super) fn is_about_health(grounds: &[String]) -> bool {
    grounds.is_empty() || grounds.iter().any(|g| !NOT_HEALTH.contains(&g.as_str()))
}

pub(super) fn is_given(services: &[Service]) -> bool {
    services
        .iter()
        .any(|s| s.kind == "claim-payment" || s.timing == "given" || !s.claim_number.is_empty())
}

pub(super) fn ends_coverage(services: &[Service], outcome: &str) -> bool {
    let mut grounds = services.iter().flat_map(|s| &s.ground);
    outcome == "rescinded"
        || grounds.any(|g| matches!(g.as_str(), "cancellation" | "rescission" | "nonrenewal"))
}

/// The member's health.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Condition {
    /// Diagnosis.
    pub diagnosis: Text,
    /// ICD-10 codes.
    pub icd10: Vec<Text>,
    /// `severe-pain`, `loss-of-life`, `loss-of-limb`, `loss-of-function`, `serious-deterioration`.
    pub threat: Vec<String>,
    /// Who certifies the threat.
    pub certified_by: Text,
    /// When.
    pub certified_on: String,
    /// Whether the condition is life-threatening.
    pub life_threatening: Option<bool>,
    /// Whether it is seriously debilitating.
    pub seriously_debilitating: Option<bool>,
    /// A physician's certification for an experimental review.
    pub certification: Option<Certification>,
    /// Whether the treatment would be less effective if it had to wait.
    pub wait_harms_treatment: Option<bool>,
    /// Why the case is extraordinary and compelling.
    pub extraordinary: Text,
}

/// A physician's certification.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Certification {
    /// The physician.
    pub physician: Text,
    /// Its date.
    pub date: String,
    /// `ineffective`, `inappropriate`, `none-more-beneficial`.
    pub standard_therapy: String,
    /// Whether it says the treatment is likely to be more beneficial.
    pub more_beneficial: Option<bool>,
    /// Whether the physician is one of the plan's.
    pub plan_physician: Option<bool>,
    /// Whether the physician is board-certified or board-eligible.
    pub board_certified: Option<bool>,
    /// The documents of medical and scientific evidence.
    pub documents: Vec<Text>,
}

pub(super) fn condition(c: &record::Condition) -> Condition {
    Condition {
        diagnosis: text(&c.diagnosis),
        icd10: texts(&c.icd10),
        threat: c.threat.clone(),
        certified_by: text(&c.certified_by),
        certified_on: date(c.certified_on),
        life_threatening: c.life_threatening,
        seriously_debilitating: c.seriously_debilitating,
        certification: c.certification.as_ref().map(|c| Certification {
            physician: text(&c.physician),
            date: date(c.date),
            standard_therapy: c.standard_therapy.clone().unwrap_or_default(),
            more_beneficial: c.more_beneficial,
            plan_physician: c.plan_physician,
            board_certified: c.board_certified,
            documents: texts(&c.documents),
        }),
        wait_harms_treatment: c.wait_harms_treatment,
        extraordinary: text(&c.extraordinary),
    }
}

/// What the plan decided, and how it said so.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Denial {
    /// Date printed on the notice.
    pub notice_date: String,
    /// Day it arrived.
    pub received: String,
    /// Day of an oral refusal or of the event complained of.
    pub incident: String,
    /// `denied`, `modified`, `delayed`, `terminated`, `rescinded`, `no-decision`.
    pub outcome: String,
    /// The reasons, as words of the vocabulary.
    pub ground: Vec<String>,
    /// The reason as printed.
    pub reason: Text,
    /// Page of the notice where it stands.
    pub reason_page: Text,
    /// Who decided.
    pub decided_by: Text,
    /// Reference on the notice.
    pub reference: Text,
    /// Name of the criteria the notice gives.
    pub criteria: Text,
    /// Clause of the Evidence of Coverage that the notice names.
    pub eoc_clause: Text,
    /// What the Evidence of Coverage says.
    pub eoc_text: Text,
    /// The reviewer whom the notice names.
    pub reviewer: Text,
    /// The date that the notice gives for answering it.
    pub printed_deadline: String,
    /// What the notice fails to say, as words of the vocabulary.
    pub notice_lacks: Vec<String>,
    /// When coverage ends or ended.
    pub cancellation_effective: String,
    /// Number or note of an authorization given before.
    pub authorized_before: Text,
}

pub(super) fn denial(d: &record::Denial) -> Denial {
    Denial {
        notice_date: date(d.notice_date),
        received: date(d.received),
        incident: date(d.incident),
        outcome: d.outcome.clone(),
        ground: d.ground.clone(),
        reason: text(&d.reason),
        reason_page: text(&d.reason_page),
        decided_by: text(&d.decided_by),
        reference: text(&d.reference),
        criteria: text(&d.criteria),
        eoc_clause: text(&d.eoc_clause),
        eoc_text: text(&d.eoc_text),
        reviewer: text(&d.reviewer),
        printed_deadline: date(d.printed_deadline),
        notice_lacks: d.notice_lacks.clone(),
        cancellation_effective: date(d.cancellation_effective),
        authorized_before: text(&d.authorized_before),
    }
}

pub(super) fn date(date: Option<NaiveDate>) -> String {
    date.map(|d| d.to_string()).unwrap_or_default()
}

pub(super) fn day(moment: Option<Moment>) -> String {
    date(moment.map(|m| m.date))
}

pub(super) fn hour(moment: Option<Moment>) -> String {
    let time = moment.and_then(|m| m.time);
    time.map(|t| t.format("%H:%M:%S").to_string()).unwrap_or_default()
}
