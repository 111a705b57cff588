//! Each table of a record, key by key.

use super::reader::{Reader, Table};
use super::{
    Certification, Clinic, Condition, Coverage, Criterion, Denial, Event, Exhibit, Member,
    Representative, Service, Statement, Treatment,
};

pub(super) fn member<'s>(r: &mut Reader<'s>, root: &Table<'_, 's>) -> Member {
    let t = r.table(root, "member");
    let member = Member {
        name: r.text(&t, "name"),
        birth_date: r.date(&t, "birth_date"),
        member_id: r.text(&t, "member_id"),
        group: r.text(&t, "group"),
        subscriber: r.text(&t, "subscriber"),
        employer: r.text(&t, "employer"),
        address: r.lines(&t, "address"),
        phone: r.text(&t, "phone"),
        email: r.text(&t, "email"),
        language: r.text(&t, "language"),
        correspond_in_language: r.flag(&t, "correspond_in_language").unwrap_or(false),
        gender: r.text(&t, "gender"),
        safe_contact: r.flag(&t, "safe_contact").unwrap_or(true),
    };
    r.close(&t, &[]);
    member
}

pub(super) fn representative<'s>(
    r: &mut Reader<'s>,
    root: &Table<'_, 's>,
) -> Option<Representative> {
    let t = r.table(root, "representative");
    let representative = Representative {
        name: r.text(&t, "name"),
        organization: r.text(&t, "organization"),
        address: r.lines(&t, "address"),
        phone: r.text(&t, "phone"),
        fax: r.text(&t, "fax"),
        email: r.text(&t, "email"),
        bar_number: r.text(&t, "bar_number"),
        relationship: r.word(&t, "relationship"),
        authorization: r.word(&t, "authorization"),
    };
    r.close(&t, &[]);
    t.is_there().then_some(representative)
}

pub(super) fn coverage<'s>(r: &mut Reader<'s>, root: &Table<'_, 's>) -> Coverage {
    let t = r.table(root, "coverage");
    let coverage = Coverage {
        plan: r.text(&t, "plan"),
        product: r.text(&t, "product"),
        program: r.needed_word(&t, "program"),
        funding: r.needed_word(&t, "funding"),
        sponsor: r.word(&t, "sponsor"),
        regulator: r.needed_word(&t, "regulator"),
        issued_in: r.word(&t, "issued_in"),
        grandfathered: r.flag(&t, "grandfathered"),
        knox_keene: r.flag(&t, "knox_keene"),
        scope: r.word(&t, "scope"),
        owns_pharmacies: r.flag(&t, "owns_pharmacies"),
        levels: r.integer(&t, "levels"),
        grievance_unit: r.text(&t, "grievance_unit"),
        grievance_address: r.lines(&t, "grievance_address"),
        grievance_fax: r.text(&t, "grievance_fax"),
        grievance_phone: r.text(&t, "grievance_phone"),
        grievance_portal: r.text(&t, "grievance_portal"),
        review_address: r.lines(&t, "review_address"),
        review_fax: r.text(&t, "review_fax"),
        medical_group: r.text(&t, "medical_group"),
        administrator: r.text(&t, "administrator"),
        policy_number: r.text(&t, "policy_number"),
        policy_issued: r.date(&t, "policy_issued"),
    };
    r.close(&t, &[]);
    coverage
}

pub(super) fn service<'s>(r: &mut Reader<'s>, t: &Table<'_, 's>) -> Service {
    let service = Service {
        kind: r.needed_word(t, "kind"),
        description: r.text(t, "description"),
        codes: r.lines(t, "codes"),
        provider: r.text(t, "provider"),
        specialty: r.text(t, "specialty"),
        provider_phone: r.text(t, "provider_phone"),
        network: r.word(t, "network"),
        qualified_in_network: r.flag(t, "qualified_in_network"),
        facility_in_network: r.flag(t, "facility_in_network"),
        request: r.word(t, "request"),
        requested: r.moment(t, "requested"),
        request_received: r.moment(t, "request_received"),
        information_received: r.moment(t, "information_received"),
        requested_of: r.text(t, "requested_of"),
        dates: r.dates(t, "dates"),
        timing: r.word(t, "timing"),
        claim_number: r.text(t, "claim_number"),
        claim_received: r.date(t, "claim_received"),
        amount_billed: r.text(t, "amount_billed"),
        amount_owed: r.text(t, "amount_owed"),
        recommended_by: r.text(t, "recommended_by"),
        recommended_on: r.date(t, "recommended_on"),
        seen_by_plan_provider: r.flag(t, "seen_by_plan_provider"),
        provider_words: r.text(t, "provider_words"),
        ground: r.words(t, "ground"),
        second_opinion_reason: r.words(t, "second_opinion_reason"),
        first_opinion_by: r.word(t, "first_opinion_by"),
        plan_offered: r.text(t, "plan_offered"),
        practice_of_medicine: r.flag(t, "practice_of_medicine"),
    };
    r.close(t, &[]);
    service
}

pub(super) fn condition<'s>(r: &mut Reader<'s>, root: &Table<'_, 's>) -> Condition {
    let t = r.table(root, "condition");
    let condition = Condition {
        diagnosis: r.text(&t, "diagnosis"),
        icd10: r.lines(&t, "icd10"),
        threat: r.words(&t, "threat"),
        certified_by: r.text(&t, "certified_by"),
        certified_on: r.date(&t, "certified_on"),
        life_threatening: r.flag(&t, "life_threatening"),
        seriously_debilitating: r.flag(&t, "seriously_debilitating"),
        cancer: r.flag(&t, "cancer"),
        certification: certification(r, &t),
        certification_refused: r.flag(&t, "certification_refused"),
        wait_harms_treatment: r.flag(&t, "wait_harms_treatment"),
        extraordinary: r.text(&t, "extraordinary"),
    };
    r.close(&t, &["certification"]);
    condition
}

fn certification<'s>(r: &mut Reader<'s>, outer: &Table<'_, 's>) -> Option<Certification> {
    let t = r.table(outer, "condition.certification");
    let certification = Certification {
        physician: r.text(&t, "physician"),
        date: r.date(&t, "date"),
        standard_therapy: r.word(&t, "standard_therapy"),
        more_beneficial: r.flag(&t, "more_beneficial"),
        plan_physician: r.flag(&t, "plan_physician"),
        board_certified: r.flag(&t, "board_certified"),
        documents: r.lines(&t, "documents"),
    };
    r.close(&t, &[]);
    t.is_there().then_some(certification)
}

pub(super) fn denial<'s>(r: &mut Reader<'s>, root: &Table<'_, 's>) -> Denial {
    let t = r.table(root, "denial");
    let denial = Denial {
        notice_date: r.date(&t, "notice_date"),
        received: r.date(&t, "received"),
        incident: r.date(&t, "incident"),
        outcome: r.needed_word(&t, "outcome"),
        ground: r.words(&t, "ground"),
        reason: r.text(&t, "reason"),
        reason_page: r.text(&t, "reason_page"),
        decided_by: r.word(&t, "decided_by"),
        reference: r.text(&t, "reference"),
        criteria: r.text(&t, "criteria"),
        eoc_clause: r.text(&t, "eoc_clause"),
        eoc_text: r.text(&t, "eoc_text"),
        reviewer: r.text(&t, "reviewer"),
        printed_regulator: r.word(&t, "printed_regulator"),
        printed_deadline: r.date(&t, "printed_deadline"),
        notice_lacks: r.words(&t, "notice_lacks"),
        cancellation_effective: r.date(&t, "cancellation_effective"),
        authorized_before: r.text(&t, "authorized_before"),
    };
    r.close(&t, &[]);
    denial
}

pub(super) fn event<'s>(r: &mut Reader<'s>, t: &Table<'_, 's>) -> Option<Event> {
    let kind = r.needed_word(t, "kind");
    let date = r.moment(t, "date");
    let received = r.moment(t, "received");
    let how = r.word(t, "how");
    let outcome = r.word(t, "outcome");
    let carried_out = r.flag(t, "carried_out");
    let acknowledged = r.flag(t, "acknowledged");
    let ground = r.words(t, "ground");
    let reason = r.text(t, "reason");
    let reference = r.text(t, "reference");
    let with = r.text(t, "with");
    r.close(t, &[]);
    let date = date?;
    Some(Event {
        kind,
        date,
        received,
        how,
        outcome,
        carried_out,
        acknowledged,
        ground,
        reason,
        reference,
        with,
    })
}

pub(super) fn criterion<'s>(r: &mut Reader<'s>, t: &Table<'_, 's>) -> Criterion {
    let criterion = Criterion {
        text: r.needed_text(t, "text"),
        met: r.word(t, "met"),
        evidence: r.text(t, "evidence"),
        exhibit: r.text(t, "exhibit"),
    };
    r.close(t, &[]);
    criterion
}

pub(super) fn treatment<'s>(r: &mut Reader<'s>, t: &Table<'_, 's>) -> Treatment {
    let treatment = Treatment {
        name: r.needed_text(t, "name"),
        dose: r.text(t, "dose"),
        dates: r.text(t, "dates"),
        result: r.text(t, "result"),
    };
    r.close(t, &[]);
    treatment
}

pub(super) fn exhibit<'s>(r: &mut Reader<'s>, t: &Table<'_, 's>) -> Exhibit {
    let exhibit = Exhibit {
        label: r.text(t, "label"),
        title: r.needed_text(t, "title"),
        date: r.date(t, "date"),
        pages: r.integer(t, "pages"),
    };
    r.close(t, &[]);
    exhibit
}

pub(super) fn statement<'s>(r: &mut Reader<'s>, root: &Table<'_, 's>) -> Statement {
    let t = r.table(root, "statement");
    let statement = Statement {
        what_happened: r.text(&t, "what_happened"),
        harm: r.text(&t, "harm"),
        request: r.text(&t, "request"),
        late_reason: r.text(&t, "late_reason"),
    };
    r.close(&t, &[]);
    statement
}

pub(super) fn clinic<'s>(r: &mut Reader<'s>, root: &Table<'_, 's>) -> Clinic {
    let t = r.table(root, "clinic");
    let clinic = Clinic {
        owner: r.text(&t, "owner"),
        supervisor: r.text(&t, "supervisor"),
        office: r.text(&t, "office"),
    };
    r.close(&t, &[]);
    clinic
}
