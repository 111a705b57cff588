//! The case: services, condition, denial, what happened since, evidence, the member's own words.

use chrono::NaiveDate;
use serde::Serialize;

use super::super::Input;
use super::super::mark::Text;
use super::people::{text, texts};
use crate::facts::Moment;
use crate::record;

/// One service in dispute.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Service {
    /// Its place in the letter, from 1.
    pub number: usize,
    /// Its kind, as `surgery`.
    pub kind: String,
    /// What it is, in plain words.
    pub description: Option<Text>,
    /// Codes as printed.
    pub codes: Vec<Text>,
    /// Who is to give it.
    pub provider: Option<Text>,
    /// That provider's specialty.
    pub specialty: Option<Text>,
    /// That provider's telephone.
    pub provider_phone: Option<Text>,
    /// `in`, `out`, or none when not known.
    pub network: Option<String>,
    /// Whether a qualified provider is in the network.
    pub qualified_in_network: Option<bool>,
    /// When it was asked for.
    pub requested: Option<String>,
    /// The hour of that, where the record has it.
    pub requested_time: Option<String>,
    /// When the plan received the request.
    pub request_received: Option<String>,
    /// When the plan received the papers it needed.
    pub information_received: Option<String>,
    /// Who was asked.
    pub requested_of: Option<Text>,
    /// Days on which it was given.
    pub dates: Vec<String>,
    /// `not-yet-given`, `ongoing`, `given`.
    pub timing: Option<String>,
    /// Claim number.
    pub claim_number: Option<Text>,
    /// When the plan received the claim.
    pub claim_received: Option<String>,
    /// Amount billed, as typed.
    pub amount_billed: Option<Text>,
    /// Amount asked of the member, as typed.
    pub amount_owed: Option<Text>,
    /// Who recommended it.
    pub recommended_by: Option<Text>,
    /// When.
    pub recommended_on: Option<String>,
    /// Whether a provider of the plan has seen the member for the condition.
    pub seen_by_plan_provider: Option<bool>,
    /// The provider's own words.
    pub provider_words: Option<Text>,
    /// The plan's reasons for this service, as words of the vocabulary.
    pub ground: Vec<String>,
    /// For a second opinion: the statute's reasons, as words of the vocabulary.
    pub second_opinion_reason: Vec<String>,
    /// Whose opinion is to be checked: `primary-care`, `specialist`.
    pub first_opinion_by: Option<String>,
    /// What the plan offered instead.
    pub plan_offered: Option<Text>,
}

pub(super) fn services(input: &Input<'_>) -> Vec<Service> {
    let all = &input.record.services;
    let chosen: Vec<&record::Service> = input.services.iter().filter_map(|i| all.get(*i)).collect();
    let denial = &input.record.denial.ground;
    chosen.iter().enumerate().map(|(i, s)| service(s, i + 1, denial)).collect()
}

fn service(s: &record::Service, number: usize, denial: &[String]) -> Service {
    Service {
        number,
        kind: s.kind.clone(),
        description: text(&s.description),
        codes: texts(&s.codes),
        provider: text(&s.provider),
        specialty: text(&s.specialty),
        provider_phone: text(&s.provider_phone),
        network: s.network.clone(),
        qualified_in_network: s.qualified_in_network,
        requested: s.requested.map(day),
        requested_time: s.requested.and_then(hour),
        request_received: s.request_received.map(day),
        information_received: s.information_received.map(day),
        requested_of: text(&s.requested_of),
        dates: s.dates.iter().map(NaiveDate::to_string).collect(),
        timing: s.timing.clone(),
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
        first_opinion_by: s.first_opinion_by.clone(),
        plan_offered: text(&s.plan_offered),
    }
}

/// The member's health.
#[derive(Clone, Debug, Serialize)]
pub struct Condition {
    /// Diagnosis.
    pub diagnosis: Option<Text>,
    /// ICD-10 codes.
    pub icd10: Vec<Text>,
    /// `severe-pain`, `loss-of-life`, `loss-of-limb`, `loss-of-function`, `serious-deterioration`.
    pub threat: Vec<String>,
    /// Who certifies the threat.
    pub certified_by: Option<Text>,
    /// When.
    pub certified_on: Option<String>,
    /// Whether the condition is life-threatening.
    pub life_threatening: Option<bool>,
    /// Whether it is seriously debilitating.
    pub seriously_debilitating: Option<bool>,
    /// A physician's certification for an experimental review.
    pub certification: Option<Certification>,
    /// Whether the treatment would be less effective if it had to wait.
    pub wait_harms_treatment: Option<bool>,
    /// Why the case is extraordinary and compelling.
    pub extraordinary: Option<Text>,
}

/// A physician's certification.
#[derive(Clone, Debug, Serialize)]
pub struct Certification {
    /// The physician.
    pub physician: Option<Text>,
    /// Its date.
    pub date: Option<String>,
    /// `ineffective`, `inappropriate`, `none-more-beneficial`.
    pub standard_therapy: Option<String>,
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
            standard_therapy: c.standard_therapy.clone(),
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
#[derive(Clone, Debug, Serialize)]
pub struct Denial {
    /// Date printed on the notice.
    pub notice_date: Option<String>,
    /// Day it arrived.
    pub received: Option<String>,
    /// Day of an oral refusal or of the event complained of.
    pub incident: Option<String>,
    /// `denied`, `modified`, `delayed`, `terminated`, `rescinded`, `no-decision`.
    pub outcome: String,
    /// The reasons, as words of the vocabulary.
    pub ground: Vec<String>,
    /// The reason as printed.
    pub reason: Option<Text>,
    /// Page of the notice where it stands.
    pub reason_page: Option<Text>,
    /// Who decided.
    pub decided_by: Option<Text>,
    /// Reference on the notice.
    pub reference: Option<Text>,
    /// Name of the criteria the notice gives.
    pub criteria: Option<Text>,
    /// Clause of the Evidence of Coverage that the notice names.
    pub eoc_clause: Option<Text>,
    /// What the Evidence of Coverage says.
    pub eoc_text: Option<Text>,
    /// The reviewer whom the notice names.
    pub reviewer: Option<Text>,
    /// The date that the notice gives for answering it.
    pub printed_deadline: Option<String>,
    /// What the notice fails to say, as words of the vocabulary.
    pub notice_lacks: Vec<String>,
    /// When coverage ends or ended.
    pub cancellation_effective: Option<String>,
    /// Number or note of an authorization given before.
    pub authorized_before: Option<Text>,
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

/// Something that happened since the denial.
#[derive(Clone, Debug, Serialize)]
pub struct Happened {
    /// Its kind, as `grievance-filed`.
    pub kind: String,
    /// Its day.
    pub date: String,
    /// Its hour, where the record has it.
    pub time: Option<String>,
    /// The day the other side, or for a decision the member, received it.
    pub received: Option<String>,
    /// `mail`, `fax`, `portal`, `phone`, `email`, `in-person`.
    pub how: Option<String>,
    /// `upheld`, `overturned`, `partly`.
    pub outcome: Option<String>,
    /// Whether what was granted has been done.
    pub carried_out: Option<bool>,
    /// The reason given, as printed.
    pub reason: Option<Text>,
    /// Reference or case number.
    pub reference: Option<Text>,
    /// With whom.
    pub with: Option<Text>,
}

pub(super) fn history(events: &[record::Event]) -> Vec<Happened> {
    let mut events: Vec<&record::Event> = events.iter().collect();
    events.sort_by_key(|e| e.date);
    events.into_iter().map(happened).collect()
}

fn happened(e: &record::Event) -> Happened {
    Happened {
        kind: e.kind.clone(),
        date: day(e.date),
        time: hour(e.date),
        received: e.received.map(day),
        how: e.how.clone(),
        outcome: e.outcome.clone(),
        carried_out: e.carried_out,
        reason: text(&e.reason),
        reference: text(&e.reference),
        with: text(&e.with),
    }
}

/// One path through its steps: the latest event of each kind.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Path {
    /// It was sent.
    pub filed: Option<Happened>,
    /// It was acknowledged.
    pub acknowledged: Option<Happened>,
    /// It was decided.
    pub decided: Option<Happened>,
    /// The reference that any of these carries, the latest first.
    pub reference: Option<Text>,
}

pub(super) fn path(events: &[record::Event], what: &str) -> Path {
    let all = history(events);
    let last = |step: &str| {
        let kind = format!("{what}-{step}");
        all.iter().rev().find(|e| e.kind == kind).cloned()
    };
    let steps = [last("decided"), last("acknowledged"), last("filed")];
    let reference = steps.iter().flatten().find_map(|e| e.reference.clone());
    let [decided, acknowledged, filed] = steps;
    Path { filed, acknowledged, decided, reference }
}

/// One of the plan's criteria.
#[derive(Clone, Debug, Serialize)]
pub struct Criterion {
    /// Its text.
    pub text: Option<Text>,
    /// `yes`, `no`, `partly`, `unclear`.
    pub met: Option<String>,
    /// What shows it.
    pub evidence: Option<Text>,
    /// The exhibit that holds the evidence.
    pub exhibit: Option<Text>,
}

pub(super) fn criteria(all: &[record::Criterion]) -> Vec<Criterion> {
    all.iter()
        .map(|c| Criterion {
            text: Text::typed(&c.text),
            met: c.met.clone(),
            evidence: text(&c.evidence),
            exhibit: text(&c.exhibit),
        })
        .collect()
}

/// A treatment tried before.
#[derive(Clone, Debug, Serialize)]
pub struct Treatment {
    /// Its name.
    pub name: Option<Text>,
    /// Dose.
    pub dose: Option<Text>,
    /// When, as typed.
    pub dates: Option<Text>,
    /// What came of it.
    pub result: Option<Text>,
}

pub(super) fn treatments(all: &[record::Treatment]) -> Vec<Treatment> {
    all.iter()
        .map(|t| Treatment {
            name: Text::typed(&t.name),
            dose: text(&t.dose),
            dates: text(&t.dates),
            result: text(&t.result),
        })
        .collect()
}

/// A paper that goes with the letter.
#[derive(Clone, Debug, Serialize)]
pub struct Enclosure {
    /// Its letter: the record's own, or else the next free one.
    pub label: Text,
    /// Title.
    pub title: Option<Text>,
    /// Date.
    pub date: Option<String>,
    /// Number of pages.
    pub pages: Option<i64>,
}

pub(super) fn exhibits(all: &[record::Exhibit]) -> Vec<Enclosure> {
    let taken: Vec<String> = all.iter().filter_map(|e| e.label.clone()).collect();
    let mut free = (0_usize..).map(letters).filter(|l| !taken.iter().any(|t| t == l));
    all.iter()
        .map(|e| Enclosure {
            label: text(&e.label)
                .or_else(|| free.next().map(|l| Text::ours(&l)))
                .unwrap_or_default(),
            title: Text::typed(&e.title),
            date: date(e.date),
            pages: e.pages,
        })
        .collect()
}

/// A, B … Z, AA, AB …
fn letters(mut n: usize) -> String {
    let mut out = Vec::new();
    loop {
        out.push(b'A' + u8::try_from(n % 26).unwrap_or(0));
        if n < 26 {
            break;
        }
        n = n / 26 - 1;
    }
    out.iter().rev().map(|b| char::from(*b)).collect()
}

/// The member's own words.
#[derive(Clone, Debug, Serialize)]
pub struct Statement {
    /// What happened.
    pub what_happened: Option<Text>,
    /// What the denial does to the member.
    pub harm: Option<Text>,
    /// What the member asks for.
    pub request: Option<Text>,
    /// Why the letter comes late.
    pub late_reason: Option<Text>,
}

pub(super) fn statement(s: &record::Statement) -> Statement {
    Statement {
        what_happened: text(&s.what_happened),
        harm: text(&s.harm),
        request: text(&s.request),
        late_reason: text(&s.late_reason),
    }
}

fn date(date: Option<NaiveDate>) -> Option<String> {
    date.map(|d| d.to_string())
}

fn day(moment: Moment) -> String {
    moment.date.to_string()
}

fn hour(moment: Moment) -> Option<String> {
    moment.time.map(|t| t.format("%H:%M:%S").to_string())
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn exhibit_letters_go_on_after_z() {
        assert_eq!([0, 25, 26, 27, 701, 702].map(letters), ["A", "Z", "AA", "AB", "ZZ", "AAA"]);
    }
}
