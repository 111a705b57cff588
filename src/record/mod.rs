//! What the user wrote: the denial record.

mod bytes;
mod check;
mod contradictions;
mod dates;
mod days;
mod events;
mod facts;
pub mod keys;
mod load;
mod misfits;
mod reader;
mod syntax;
mod tables;
mod text;
mod texts;
mod timeline;
mod values;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::diag::{Diagnostic, Source, Span};
use crate::facts::{Facts, Moment};

pub use bytes::{LARGEST, read};
pub use keys::schema;
pub use load::load;
pub(crate) use text::social_security_numbers;

/// A record as it was read, with what is wrong with it and where everything stands.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The text that was read, without a byte order mark.
    pub source: Source,
    /// What could be read; to be relied on only when [`Loaded::check`] gives a case.
    pub record: Record,
    /// Every fault found while reading, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Where each key stands, by its path: `denial.received`, `event[0].date`.
    spans: BTreeMap<String, Span>,
    /// The record as TOML, where the source is told in another form.
    toml: Option<String>,
}

impl Loaded {
    /// A text that was refused as a whole.
    #[must_use]
    pub fn refused(source: Source, diagnostic: Diagnostic) -> Self {
        Loaded {
            source,
            record: Record::default(),
            diagnostics: vec![diagnostic],
            spans: BTreeMap::new(),
            toml: None,
        }
    }

    /// Takes a record that was not read from a text, so that it can be checked.
    #[must_use]
    pub fn of(record: Record, name: &str) -> Self {
        Loaded {
            source: Source::new(name, ""),
            record,
            diagnostics: Vec::new(),
            spans: BTreeMap::new(),
            toml: None,
        }
    }

    /// Returns the record as TOML, as it is kept beside its letter.
    #[must_use]
    pub fn toml(&self) -> &str {
        self.toml.as_deref().unwrap_or(&self.source.text)
    }

    /// Tells of another text than the TOML that was read: the one that a person wrote, from which the
    /// TOML was made.
    ///
    /// `place` says where in that text a key stands; keys for which it gives nothing stand nowhere. The
    /// diagnostics are replaced by the ones given, whose places are those of the new source.
    #[must_use]
    pub fn retold(
        self,
        source: Source,
        diagnostics: Vec<Diagnostic>,
        place: impl Fn(&Span) -> Option<Span>,
    ) -> Self {
        let spans = self.spans.into_iter().filter_map(|(k, s)| Some((k, place(&s)?))).collect();
        let toml = self.toml.or(Some(self.source.text));
        Loaded { source, record: self.record, diagnostics, spans, toml }
    }

    /// Returns where a key stands, by its path: `denial.received`, `event[0].date`.
    #[must_use]
    pub fn span(&self, path: &str) -> Option<Span> {
        self.spans.get(path).cloned()
    }
}

/// One denial, as its record tells it. Texts are as typed; words are those of the table of keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    pub case_id: String,
    pub member: Member,
    pub representative: Option<Representative>,
    pub coverage: Coverage,
    pub services: Vec<Service>,
    pub condition: Condition,
    pub denial: Denial,
    pub events: Vec<Event>,
    pub criteria: Vec<Criterion>,
    pub treatments: Vec<Treatment>,
    pub exhibits: Vec<Exhibit>,
    pub statement: Statement,
    pub clinic: Clinic,
}

/// The enrollee.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Member {
    pub name: Option<String>,
    pub birth_date: Option<NaiveDate>,
    pub member_id: Option<String>,
    pub group: Option<String>,
    pub subscriber: Option<String>,
    pub employer: Option<String>,
    pub address: Vec<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub language: Option<String>,
    pub correspond_in_language: bool,
    pub gender: Option<String>,
    /// `false` keeps phone, e-mail and address out of every letter.
    pub safe_contact: bool,
}

/// Who signs for the enrollee.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Representative {
    pub name: Option<String>,
    pub organization: Option<String>,
    pub address: Vec<String>,
    pub phone: Option<String>,
    pub fax: Option<String>,
    pub email: Option<String>,
    pub bar_number: Option<String>,
    /// `parent`, `guardian`, `conservator`, `attorney`, `advocate`, `provider`, `family`, `estate`, `other`.
    pub relationship: Option<String>,
    /// `enclosed`, `on-file`, `none`; not needed for a parent of a minor.
    pub authorization: Option<String>,
}

/// The plan or insurer, and what its papers say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    pub plan: Option<String>,
    pub product: Option<String>,
    pub program: String,
    pub funding: String,
    pub sponsor: Option<String>,
    pub regulator: String,
    pub issued_in: Option<String>,
    pub grandfathered: Option<bool>,
    pub knox_keene: Option<bool>,
    pub scope: Option<String>,
    pub owns_pharmacies: Option<bool>,
    pub levels: Option<i64>,
    pub grievance_unit: Option<String>,
    pub grievance_address: Vec<String>,
    pub grievance_fax: Option<String>,
    pub grievance_phone: Option<String>,
    pub grievance_portal: Option<String>,
    pub review_address: Vec<String>,
    pub review_fax: Option<String>,
    pub medical_group: Option<String>,
    pub administrator: Option<String>,
    pub policy_number: Option<String>,
    pub policy_issued: Option<NaiveDate>,
}

/// One service in dispute.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Service {
    pub kind: String,
    pub description: Option<String>,
    pub codes: Vec<String>,
    pub provider: Option<String>,
    pub specialty: Option<String>,
    pub provider_phone: Option<String>,
    /// `in`, `out`, or absent when not known.
    pub network: Option<String>,
    pub qualified_in_network: Option<bool>,
    pub facility_in_network: Option<bool>,
    /// `made`, `not-made`, or absent where the dates tell.
    pub request: Option<String>,
    pub requested: Option<Moment>,
    pub request_received: Option<Moment>,
    pub information_received: Option<Moment>,
    pub requested_of: Option<String>,
    /// Days on which the service was given.
    pub dates: Vec<NaiveDate>,
    /// `not-yet-given`, `ongoing`, `given`, or absent.
    pub timing: Option<String>,
    pub claim_number: Option<String>,
    pub claim_received: Option<NaiveDate>,
    pub amount_billed: Option<String>,
    pub amount_owed: Option<String>,
    pub recommended_by: Option<String>,
    pub recommended_on: Option<NaiveDate>,
    pub seen_by_plan_provider: Option<bool>,
    pub provider_words: Option<String>,
    /// Grounds of this service where the notice gives several services different ones.
    pub ground: Vec<String>,
    /// For a second opinion: the words for Health and Safety Code 1383.15(a)(1)-(5):
    /// `surgery-doubt`, `diagnosis-doubt`, `unclear-or-conflicting`, `not-improving`, `serious-concerns`.
    pub second_opinion_reason: Vec<String>,
    /// Whose opinion is to be checked: `primary-care`, `specialist`.
    pub first_opinion_by: Option<String>,
    pub plan_offered: Option<String>,
    pub practice_of_medicine: Option<bool>,
}

/// The enrollee's health, as far as the case turns on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    pub diagnosis: Option<String>,
    pub icd10: Vec<String>,
    /// `severe-pain`, `loss-of-life`, `loss-of-limb`, `loss-of-function`, `serious-deterioration`.
    pub threat: Vec<String>,
    pub certified_by: Option<String>,
    pub certified_on: Option<NaiveDate>,
    pub life_threatening: Option<bool>,
    pub seriously_debilitating: Option<bool>,
    /// The denial concerns treatment of the member's cancer.
    pub cancer: Option<bool>,
    /// Physician certification for an experimental review.
    pub certification: Option<Certification>,
    /// The physician was asked for the certification and will not give it.
    pub certification_refused: Option<bool>,
    pub wait_harms_treatment: Option<bool>,
    /// Why the case is extraordinary and compelling, in the member's or doctor's words.
    pub extraordinary: Option<String>,
}

/// What a physician certifies for the review of an experimental treatment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certification {
    pub physician: Option<String>,
    pub date: Option<NaiveDate>,
    /// `ineffective`, `inappropriate`, `none-more-beneficial`.
    pub standard_therapy: Option<String>,
    pub more_beneficial: Option<bool>,
    pub plan_physician: Option<bool>,
    pub board_certified: Option<bool>,
    /// The two documents of medical and scientific evidence.
    pub documents: Vec<String>,
}

/// What the plan decided, and how it said so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Denial {
    pub notice_date: Option<NaiveDate>,
    pub received: Option<NaiveDate>,
    /// The day of an oral refusal, or the event complained of, where there is no letter.
    pub incident: Option<NaiveDate>,
    pub outcome: String,
    pub ground: Vec<String>,
    pub reason: Option<String>,
    pub reason_page: Option<String>,
    /// `plan` or `medical-group`.
    pub decided_by: Option<String>,
    pub reference: Option<String>,
    pub criteria: Option<String>,
    pub eoc_clause: Option<String>,
    pub eoc_text: Option<String>,
    pub reviewer: Option<String>,
    /// `dmhc`, `cdi`, `other`: what the notice names, right or wrong.
    pub printed_regulator: Option<String>,
    pub printed_deadline: Option<NaiveDate>,
    /// What the notice fails to say: `reason`, `criteria`, `clinical-reasons`, `eoc-clause`, `reviewer`,
    /// `grievance-rights`, `regulator-notice`, `imr-notice`, `imr-application`, `certification-form`,
    /// `second-opinion-reasons`, `language-notice`.
    pub notice_lacks: Vec<String>,
    pub cancellation_effective: Option<NaiveDate>,
    pub authorized_before: Option<String>,
}

/// Something that has happened since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// A word of [`keys::EVENTS`]: `grievance-filed`, `grievance-decided`, `imr-filed` …
    pub kind: String,
    pub date: Moment,
    /// Filed: the day the other side received it. Decided: the day the answer arrived.
    pub received: Option<Moment>,
    /// `mail`, `fax`, `portal`, `phone`, `email`, `in-person`.
    pub how: Option<String>,
    /// `upheld`, `overturned`, `partly`.
    pub outcome: Option<String>,
    pub carried_out: Option<bool>,
    /// For a grievance filed: whether the plan confirmed it in writing.
    pub acknowledged: Option<bool>,
    pub ground: Vec<String>,
    pub reason: Option<String>,
    pub reference: Option<String>,
    pub with: Option<String>,
}

/// One of the plan's own criteria.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Criterion {
    pub text: String,
    /// `yes`, `no`, `partly`, `unclear`.
    pub met: Option<String>,
    pub evidence: Option<String>,
    pub exhibit: Option<String>,
}

/// A treatment tried before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Treatment {
    pub name: String,
    pub dose: Option<String>,
    pub dates: Option<String>,
    pub result: Option<String>,
}

/// A paper to enclose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exhibit {
    pub label: Option<String>,
    pub title: String,
    pub date: Option<NaiveDate>,
    pub pages: Option<i64>,
}

/// The member's own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    pub what_happened: Option<String>,
    pub harm: Option<String>,
    pub request: Option<String>,
    pub late_reason: Option<String>,
}

/// For the docket; never in a letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clinic {
    pub owner: Option<String>,
    pub supervisor: Option<String>,
    pub office: Option<String>,
}

/// A record that was checked, with the facts that a ruling asks about, for each service.
#[derive(Clone, Debug)]
pub struct Case {
    pub record: Record,
    /// One set of facts for each entry of `record.services`, in order.
    pub facts: Vec<Facts>,
    /// What the program noticed that may help to find a missing fact; never relied on by a rule.
    pub hints: Vec<String>,
}
