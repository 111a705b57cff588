//! The table itself.

use super::words::{
    AUTHORIZATION, EVENTS, FIRST_OPINION, HOW, LACKS, MET, NETWORK, RELATIONSHIP, SECOND_OPINION,
    STANDARD_THERAPY, THREAT,
};
use super::{Key, Kind, TableDef, Words};
use crate::facts::{Fact, STATE_CODES};

macro_rules! keys {
    ($($(#[$many:ident])? [$table:literal] $about:literal
        $($name:literal ($($kind:tt)+) $(: $mark:ident $(, $also:ident)?)? = $means:literal $(; $help:literal)? .)*)+) => {
        /// Every table, in the order of a record.
        pub const TABLES: &[TableDef] = &[
            $(TableDef { name: $table, many: keys!(@many $($many)?), means: $about },)+
        ];

        /// Every key, in the order of a record.
        pub const KEYS: &[Key] = &[$($(
            Key {
                table: $table,
                name: $name,
                kind: keys!(@kind $($kind)+),
                required: keys!(@required $($mark $(, $also)?)?),
                unknown: keys!(@unknown $($mark $(, $also)?)?),
                means: $means,
                help: concat!($($help)?),
            },
        )*)+];
    };
    (@many many) => { true };
    (@many) => { false };
    (@kind word $fact:ident) => { Kind::Word(Words::Fact(Fact::$fact)) };
    (@kind words $fact:ident) => { Kind::Words(Words::Fact(Fact::$fact)) };
    (@kind word in $list:expr) => { Kind::Word($list) };
    (@kind words in $list:expr) => { Kind::Words($list) };
    (@kind integer $from:literal $to:literal) => { Kind::Integer($from, $to) };
    (@kind text) => { Kind::Text };
    (@kind lines) => { Kind::Lines };
    (@kind narrative) => { Kind::Narrative };
    (@kind date) => { Kind::Date };
    (@kind dates) => { Kind::Dates };
    (@kind moment) => { Kind::Moment };
    (@kind bool) => { Kind::Bool };
    (@required required $(, $also:ident)?) => { true };
    (@required $($other:ident)?) => { false };
    (@unknown required, unknown) => { true };
    (@unknown unknown) => { true };
    (@unknown $($other:ident)?) => { false };
}

keys! {
    [""] "The top of the file."
    "schema" (integer 1 1): required = "The form of record this file follows: always 1, and always the first key.".
    "case_id" (text): required = "A name for the case; it becomes the name of the letter's file.";
        "Letters, digits, - and _ only, at most 64; for example 2026-0142. Do not use the person's name or member number.".

    ["member"] "The person who was denied (the enrollee)."
    "name" (text) = "Full name as printed on the card.".
    "birth_date" (date) = "Date of birth.".
    "member_id" (text) = "Member number as printed on the card.";
        "Never a Social Security number; if the plan uses it as the member number, leave this out.".
    "group" (text) = "Group number as printed on the card.".
    "subscriber" (text) = "Name of the subscriber, when that is someone else.".
    "employer" (text) = "The employer, when the coverage comes from a job.".
    "address" (lines) = "Postal address, one line each.".
    "phone" (text) = "Telephone.".
    "email" (text) = "E-mail address.".
    "language" (text) = "Language for which an interpreter is asked.".
    "correspond_in_language" (bool) = "Whether answers are asked for in that language too.".
    "gender" (text) = "Gender, where a form asks for it.".
    "safe_contact" (bool) = "false keeps telephone, e-mail and address out of every letter.";
        "Set it to false when someone who must not find the person may see the letter. Without it, true.".

    ["representative"] "Who signs for the member; leave the table out when the member signs."
    "name" (text) = "Name of the person who signs.".
    "organization" (text) = "Firm, clinic or office.".
    "address" (lines) = "Postal address, one line each.".
    "phone" (text) = "Telephone.".
    "fax" (text) = "Fax number.".
    "email" (text) = "E-mail address.".
    "bar_number" (text) = "State bar number of an attorney.".
    "relationship" (word in RELATIONSHIP) = "What the person is to the member.".
    "authorization" (word in AUTHORIZATION) = "Where the member's signed authorization is.";
        "A parent who signs for a minor needs none.".

    ["coverage"] "The coverage, and what its papers say."
    "plan" (text) = "Legal name of the plan or insurer, as printed in the Evidence of Coverage or certificate.";
        "Look for the full name in the small print, not the brand on the card.".
    "product" (text) = "Product as printed, for example HMO; it never decides the regulator.".
    "program" (word Program): required, unknown = "The program that the coverage belongs to.";
        "Look at the card and the letter: Medicare, Medi-Cal, a federal or CalPERS plan, a work injury; ordinary coverage from a job or bought yourself is \"commercial\".".
    "funding" (word Funding): required, unknown = "Who pays the benefits: an insurer or plan (insured), or the employer or fund itself (self-funded).";
        "Ask the employer's benefits office whether the plan is insured or self-funded; coverage bought yourself is \"insured\".".
    "sponsor" (word Sponsor): unknown = "Through whom the coverage is held.".
    "regulator" (word Regulator): required, unknown = "The agency that regulates the plan, as printed in the Evidence of Coverage or certificate.";
        "The words HMO and PPO do not tell. DMHC at 1-888-466-2219 and CDI at 1-800-927-4357 will say which of them has the plan.".
    "issued_in" (word in Words::List(STATE_CODES)): unknown = "State where the policy was issued, in two letters.".
    "grandfathered" (bool): unknown = "Whether the plan is grandfathered (unchanged since March 2010).";
        "A grandfathered plan says so in its benefit summary.".
    "knox_keene" (bool): unknown = "For Medi-Cal: whether the plan holds a Knox-Keene license for Medi-Cal.";
        "The \"Your Rights\" page that came with the notice offers a DMHC Independent Medical Review when it does.".
    "scope" (word Scope): unknown = "Whether the plan covers medical care or only dental or vision care.".
    "owns_pharmacies" (bool): unknown = "Whether the plan owns its pharmacies and uses no prior authorization.".
    "levels" (integer 1 2): unknown = "How many levels of appeal the plan booklet requires.".
    "grievance_unit" (text) = "Name of the unit that takes grievances, from the plan's own papers.".
    "grievance_address" (lines) = "Address for grievances, from the denial notice; one line each.";
        "Not the address for claims.".
    "grievance_fax" (text) = "Fax number for grievances.".
    "grievance_phone" (text) = "Telephone for grievances.".
    "grievance_portal" (text) = "Web address for grievances.".
    "review_address" (lines) = "Address for a review from outside, from the decision that it reviews; one line each.";
        "Only where the body's address is not known here; a letter that needs it asks for it.".
    "review_fax" (text) = "Fax number for that review.".
    "medical_group" (text) = "Medical group that made the decision for the plan.".
    "administrator" (text) = "Company that administers claims for a self-funded plan.".
    "policy_number" (text) = "Policy or certificate number.".
    "policy_issued" (date) = "Day the contract or policy was issued.".

    #[many] ["service"] "One service in dispute; write [[service]] again for another."
    "kind" (word Service): required = "The kind of service.";
        "A bill for care already given is \"claim-payment\"; the loss of the coverage itself is \"coverage\".".
    "description" (text) = "The service in plain words.".
    "codes" (lines) = "Codes as printed on the notice.".
    "provider" (text) = "The doctor or place that would give or gave the service.".
    "specialty" (text) = "Their specialty.".
    "provider_phone" (text) = "Their telephone.".
    "network" (word in NETWORK): unknown = "Whether they are in the plan's network.".
    "qualified_in_network" (bool): unknown = "Whether the network has anyone qualified for the service.".
    "facility_in_network" (bool): unknown = "Whether the place where the service was given is in the plan's network.".
    "request" (word Request): unknown = "Whether the plan was asked for the service.";
        "Not needed when the date of the request is given or the plan has denied it.".
    "requested" (moment) = "When the service was asked for.".
    "request_received" (moment): unknown = "When the plan received that request.".
    "information_received" (moment): unknown = "When the plan had all the information it asked for.".
    "requested_of" (text) = "Whom the service was asked of.".
    "dates" (dates) = "Days on which the service was given.".
    "timing" (word Timing): unknown = "Whether the service was already given, is going on, or is still wanted.".
    "claim_number" (text) = "Number of the claim or authorization.".
    "claim_received" (date): unknown = "Day the plan received the complete claim.".
    "amount_billed" (text) = "Amount billed, with its sign, for example $1,250.00.".
    "amount_owed" (text) = "Amount the member is asked to pay.".
    "recommended_by" (text) = "The provider who recommended the service.".
    "recommended_on" (date) = "Day of that recommendation.".
    "seen_by_plan_provider" (bool): unknown = "Whether a doctor in the plan has seen the member for the condition.".
    "provider_words" (narrative) = "The provider's own words about why it is needed.".
    "ground" (words Ground): unknown = "Grounds of this service, where the notice gives several services different ones.".
    "second_opinion_reason" (words in SECOND_OPINION) = "For a second opinion: the reason, Health and Safety Code 1383.15(a)(1)-(5).".
    "first_opinion_by" (word in FIRST_OPINION) = "For a second opinion: whose opinion is to be checked.".
    "plan_offered" (text) = "What the plan offered instead.".
    "practice_of_medicine" (bool): unknown = "For dental or vision care: whether it involves the practice of medicine.".

    ["condition"] "The member's health, as far as the case turns on it."
    "diagnosis" (text) = "Diagnosis in plain words.".
    "icd10" (lines) = "ICD-10 codes as printed.".
    "threat" (words in THREAT) = "What waiting threatens, as the doctor says.";
        "Any of these asks for the expedited path. Leave it out when waiting is safe.".
    "certified_by" (text) = "The doctor who says that it is urgent.".
    "certified_on" (date) = "Day of that statement.".
    "life_threatening" (bool): unknown = "Whether the condition is life-threatening.".
    "seriously_debilitating" (bool): unknown = "Whether the condition is seriously debilitating.".
    "cancer" (bool): unknown = "Whether the denied service is part of the treatment of a cancer.".
    "certification_refused" (bool) = "Whether the physician was asked for the certification and will not give it.".
    "wait_harms_treatment" (bool): unknown = "Whether the physician says the treatment works much less well if not begun promptly.".
    "extraordinary" (narrative) = "Why the case is extraordinary and compelling.".

    ["condition.certification"] "What a physician certifies for the review of an experimental treatment (Health and Safety Code 1370.4)."
    "physician" (text) = "The physician who certifies.".
    "date" (date) = "Day of the certification.".
    "standard_therapy" (word in STANDARD_THERAPY) = "What the physician says of the standard therapies.".
    "more_beneficial" (bool): unknown = "Whether the treatment is likely to be more beneficial.".
    "plan_physician" (bool): unknown = "Whether the physician is one of the plan's.".
    "board_certified" (bool): unknown = "Whether the physician is board-certified or board-eligible in the field.".
    "documents" (lines) = "The two documents of medical and scientific evidence, each in one line.".

    ["denial"] "What the plan decided, and how it said so."
    "notice_date" (date): unknown = "Date printed on the notice.".
    "received" (date): unknown = "Day the notice arrived.";
        "Leave it out or write \"unknown\" when nobody remembers; the letter then counts from the safer day.".
    "incident" (date) = "Day of an oral refusal or of the event complained of, where there is no letter.".
    "outcome" (word Outcome): required = "What the plan did.";
        "No answer at all is \"no-decision\".".
    "ground" (words Ground): unknown = "The reason or reasons the plan gave.".
    "reason" (narrative) = "The plan's reason, word for word as printed.".
    "reason_page" (text) = "Page of the notice on which it stands.".
    "decided_by" (word DecidedBy): unknown = "Whether the plan or a medical group decided; the letterhead shows it.".
    "reference" (text) = "Reference, case or authorization number on the notice.".
    "criteria" (text) = "Criteria or guideline that the notice names.".
    "eoc_clause" (text) = "Clause of the Evidence of Coverage that the notice names.".
    "eoc_text" (narrative) = "Words of the Evidence of Coverage that help the member.".
    "reviewer" (text) = "Reviewer that the notice names.".
    "printed_regulator" (word Regulator): unknown = "Agency that the denial notice names; it can be wrong.".
    "printed_deadline" (date) = "Last day for an appeal that the notice prints.".
    "notice_lacks" (words in LACKS) = "What the notice fails to say.".
    "cancellation_effective" (date) = "Day the coverage ends or ended.".
    "authorized_before" (text) = "An authorization that the plan gave earlier: number and day.".

    #[many] ["event"] "Something that has happened since; write [[event]] again for another."
    "kind" (word in Words::List(EVENTS)): required = "What happened.".
    "date" (moment): required = "When it happened: the day it was sent, or the date on the answer.".
    "received" (moment): unknown = "Filed: the day the other side received it. Decided: the day the answer arrived.".
    "how" (word in HOW): unknown = "How it was sent.".
    "acknowledged" (bool): unknown = "For a grievance that was sent: whether the plan confirmed in writing that it has it.".
    "outcome" (word Answer) = "What the answer decided: upheld is still no, overturned is yes, partly is in between.".
    "carried_out" (bool): unknown = "Whether the plan has done what its answer granted.".
    "ground" (words Ground): unknown = "Reasons that the answer gives.".
    "reason" (narrative) = "The reason, word for word.".
    "reference" (text) = "Case or reference number.".
    "with" (text) = "Person or office spoken to.".

    #[many] ["criterion"] "One of the plan's own criteria."
    "text" (text): required = "The criterion as printed.".
    "met" (word in MET) = "Whether the member meets it.".
    "evidence" (text) = "What shows it.".
    "exhibit" (text) = "Label of the exhibit that shows it.".

    #[many] ["treatment"] "A treatment tried before."
    "name" (text): required = "Name of the treatment or drug.".
    "dose" (text) = "Dose.".
    "dates" (text) = "When it was tried, in words.".
    "result" (text) = "What came of it.".

    #[many] ["exhibit"] "A paper to enclose."
    "label" (text) = "Its letter, for example A; without it, the next letter.".
    "title" (text): required = "What it is.".
    "date" (date) = "Date on it.".
    "pages" (integer 1 9999) = "Number of pages.".

    ["statement"] "The member's own words."
    "what_happened" (narrative) = "What happened.".
    "harm" (narrative) = "What the delay or the denial does.".
    "request" (narrative) = "What the member asks for.".
    "late_reason" (narrative) = "Why it is late, with dates, when it is.".

    ["clinic"] "For the docket; never in a letter."
    "owner" (text) = "Who has the case.".
    "supervisor" (text) = "Who supervises.".
    "office" (text) = "Which office.".
}
