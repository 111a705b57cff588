//! A checked record into the facts that a ruling asks about.
//!
//! A fact is stated only where the record supports it. Nothing is a default but urgency: a record
//! that names no threat is a standard case.

use chrono::NaiveDate;

use super::contradictions::Clash;
use super::timeline::before;
use super::{Certification, Event, Record, Service};
use crate::facts::{DateName, Fact, Facts, Moment, state};

/// States the facts of one service.
pub(super) fn of(record: &Record, index: usize, as_of: NaiveDate, clashes: &[Clash]) -> Facts {
    let mut facts = Facts::default();
    let Some(service) = record.services.get(index) else { return facts };
    coverage(&mut facts, record);
    about_service(&mut facts, record, service, as_of);
    health(&mut facts, record);
    grounds(&mut facts, record, service);
    steps(&mut facts, record);
    dates(&mut facts, record, service);
    for clash in clashes.iter().filter(|c| c.service.is_none_or(|s| s == index)) {
        let sources: Vec<(&str, &str)> =
            clash.sources.iter().map(|(word, source)| (word.as_str(), source.as_str())).collect();
        facts.contradict(clash.fact, &sources);
    }
    facts
}

fn known(facts: &mut Facts, fact: Fact, word: Option<&str>) {
    if let Some(word) = word.filter(|w| fact.word(w).is_some()) {
        facts.set(fact, word);
    }
}

fn yes_no(facts: &mut Facts, fact: Fact, answer: Option<bool>) {
    if let Some(answer) = answer {
        facts.set(fact, if answer { "yes" } else { "no" });
    }
}

fn coverage(facts: &mut Facts, record: &Record) {
    let c = &record.coverage;
    known(facts, Fact::Program, Some(&c.program));
    known(facts, Fact::Funding, Some(&c.funding));
    known(facts, Fact::Regulator, Some(&c.regulator));
    known(facts, Fact::Sponsor, c.sponsor.as_deref());
    known(facts, Fact::IssuedIn, c.issued_in.as_deref().and_then(state));
    yes_no(facts, Fact::Grandfathered, c.grandfathered);
    yes_no(facts, Fact::KnoxKeene, c.knox_keene);
    known(facts, Fact::Scope, c.scope.as_deref());
    yes_no(facts, Fact::OwnsPharmacies, c.owns_pharmacies);
    let levels = match c.levels {
        Some(1) => Some("one"),
        Some(2) => Some("two"),
        Some(_) | None => None,
    };
    known(facts, Fact::Levels, levels);
    known(facts, Fact::DecidedBy, record.denial.decided_by.as_deref());
}

fn about_service(facts: &mut Facts, record: &Record, service: &Service, as_of: NaiveDate) {
    known(facts, Fact::Service, Some(&service.kind));
    yes_no(facts, Fact::PracticeOfMedicine, service.practice_of_medicine);
    yes_no(facts, Fact::FacilityInNetwork, service.facility_in_network);
    yes_no(facts, Fact::QualifiedInNetwork, service.qualified_in_network);
    known(facts, Fact::FirstOpinionBy, service.first_opinion_by.as_deref());
    known(facts, Fact::Outcome, Some(&record.denial.outcome));
    known(facts, Fact::Timing, timing(record, service, as_of));
    known(facts, Fact::Request, request(record, service));

    let at_once = matches!(service.kind.as_str(), "emergency" | "urgent-care");
    let access = match (service.recommended_by.is_some() || at_once, service.seen_by_plan_provider)
    {
        (true, _) | (_, Some(true)) => Some(true),
        (false, Some(false)) => Some(false),
        (false, None) => None,
    };
    yes_no(facts, Fact::ImrAccess, access);
}

fn timing<'a>(record: &Record, service: &'a Service, as_of: NaiveDate) -> Option<&'a str> {
    if let Some(timing) = service.timing.as_deref() {
        return Some(timing);
    }
    let by = record.denial.notice_date.unwrap_or(as_of).min(as_of);
    let given = !service.dates.is_empty()
        && (service.dates.iter().all(|d| *d <= by)
            || matches!(service.kind.as_str(), "claim-payment" | "emergency"));
    given.then_some("given")
}

/// What was denied was asked for. A second opinion on which there is no decision and no date was not.
fn request<'a>(record: &Record, service: &'a Service) -> Option<&'a str> {
    if let Some(request) = service.request.as_deref() {
        return Some(request);
    }
    let dated = service.requested.is_some()
        || service.request_received.is_some()
        || service.claim_received.is_some();
    match record.denial.outcome.as_str() {
        _ if dated => Some("made"),
        "no-decision" => (service.kind == "second-opinion").then_some("not-made"),
        "" => None,
        _ => Some("made"),
    }
}

fn health(facts: &mut Facts, record: &Record) {
    let condition = &record.condition;
    facts.set(Fact::Urgency, if condition.threat.is_empty() { "standard" } else { "urgent" });
    let severity = match (condition.life_threatening, condition.seriously_debilitating) {
        (Some(true), _) => Some("life-threatening"),
        (_, Some(true)) => Some("seriously-debilitating"),
        (Some(false), Some(false)) => Some("neither"),
        _ => None,
    };
    known(facts, Fact::Severity, severity);
    yes_no(facts, Fact::Cancer, condition.cancer);
    let certified = match &condition.certification {
        Some(certification) if complete(certification) => Some(true),
        _ => condition.certification_refused.filter(|refused| *refused).map(|_| false),
    };
    yes_no(facts, Fact::Certification, certified);
    yes_no(facts, Fact::PhysicianSaysWaitHarms, condition.wait_harms_treatment);
    if condition.extraordinary.is_some() {
        facts.set(Fact::Extraordinary, "yes");
    }
}

/// Whether a certification holds what Health and Safety Code 1370.4(a)(2) and (3) ask for.
///
/// A physician says that standard therapy will not do; and either a physician of the plan that the
/// treatment is likely to do more, or two documents show it, on the request of the enrollee or a
/// board-certified specialist. The letter itself is the enrollee's request.
fn complete(c: &Certification) -> bool {
    let standard = c.physician.is_some() && c.standard_therapy.is_some();
    let by_plan = c.plan_physician == Some(true) && c.more_beneficial == Some(true);
    standard && (by_plan || c.documents.len() >= 2)
}

fn grounds(facts: &mut Facts, record: &Record, service: &Service) {
    let denial = &record.denial;
    let own = if service.ground.is_empty() { &denial.ground } else { &service.ground };
    let answers = events(record, "grievance-decided").flat_map(|e| &e.ground);
    let mut all: Vec<&str> = own.iter().chain(answers).map(String::as_str).collect();
    match denial.outcome.as_str() {
        "no-decision" if all.is_empty() => all.push("no-answer"),
        "delayed" if all.is_empty() => all.push("delay"),
        "rescinded" => all.push("rescission"),
        "terminated" if service.kind == "coverage" => {
            let said = ["cancellation", "rescission", "nonrenewal", "eligibility"];
            if !all.iter().any(|g| said.contains(g)) {
                all.push("cancellation");
            }
        }
        _ => {}
    }
    for ground in all {
        known(facts, Fact::Ground, Some(ground));
    }
}

fn events<'a>(record: &'a Record, kind: &'a str) -> impl Iterator<Item = &'a Event> {
    record.events.iter().filter(move |e| e.kind == kind)
}

fn steps(facts: &mut Facts, record: &Record) {
    let has = |kind: &str| record.events.iter().any(|e| e.kind == kind);
    let last = |kind: &str| record.events.iter().filter(|e| e.kind == kind).max_by_key(|e| e.date);
    let answer = last("grievance-decided");
    // Where the plan has two levels, an appeal after the first answer is open again.
    let again = record.coverage.levels == Some(2)
        && answer.is_some_and(|a| last("grievance-filed").is_some_and(|f| f.date > a.date));
    let grievance = match (has("grievance-filed"), answer) {
        (_, Some(_)) if !again => "answered",
        (true, _) => "open",
        (false, _) => "none",
    };
    facts.set(Fact::Grievance, grievance);
    if let Some(filed) = last("grievance-filed") {
        let known = arrival(record, filed).is_some();
        facts.set(Fact::LatestReceipt, if known { "known" } else { "missing" });
    }
    let answers = events(record, "grievance-decided").count();
    let level = match record.coverage.levels {
        Some(1) => Some("last"),
        Some(2) if answers > 1 || answers == 1 && grievance == "open" => Some("last"),
        Some(2) => Some("first"),
        Some(_) | None => None,
    };
    known(facts, Fact::AppealLevel, level.filter(|_| grievance != "none"));
    let confirmed = last("grievance-filed").and_then(|f| f.acknowledged);
    yes_no(facts, Fact::Acknowledged, confirmed.or(has("grievance-acknowledged").then_some(true)));
    if let Some(answer) = answer {
        known(facts, Fact::Answer, answer.outcome.as_deref());
        yes_no(facts, Fact::CarriedOut, answer.carried_out);
    }
    let stage = |first: &str, last: &str, words: [&'static str; 3]| match (has(last), has(first)) {
        (true, _) => words[2],
        (false, true) => words[1],
        (false, false) => words[0],
    };
    facts.set(Fact::Imr, stage("imr-filed", "imr-decided", ["none", "filed", "decided"]));
    let complaint = stage("complaint-filed", "complaint-decided", ["none", "filed", "decided"]);
    facts.set(Fact::Complaint, complaint);
    let hearing = stage("hearing-requested", "hearing-held", ["none", "requested", "held"]);
    facts.set(Fact::Hearing, hearing);
}

fn dates(facts: &mut Facts, record: &Record, service: &Service) {
    let denial = &record.denial;
    let day = |date: Option<NaiveDate>| date.map(Moment::from);
    let named = [
        (DateName::NoticeDated, day(denial.notice_date)),
        (DateName::NoticeReceived, day(denial.received)),
        (DateName::Incident, day(denial.incident)),
        (DateName::RequestMade, service.requested),
        (DateName::RequestReceived, service.request_received),
        (DateName::InformationReceived, service.information_received),
        (DateName::ServiceGiven, day(service.dates.iter().min().copied())),
        (DateName::ClaimReceived, day(service.claim_received)),
        (DateName::CancellationEffective, day(denial.cancellation_effective)),
        (DateName::PolicyIssued, day(record.coverage.policy_issued)),
    ];
    for (name, moment) in named {
        if let Some(moment) = moment {
            facts.add_date(name, moment);
        }
    }
    for event in &record.events {
        let (date, received) = match event.kind.as_str() {
            "grievance-filed" => (DateName::GrievanceFiled, None),
            "grievance-acknowledged" => (DateName::GrievanceAcknowledged, None),
            "grievance-decided" => {
                (DateName::GrievanceDecided, Some(DateName::GrievanceAnswerReceived))
            }
            "imr-filed" => (DateName::ImrFiled, None),
            "imr-papers-complete" => (DateName::ImrPapersComplete, None),
            "imr-decided" => (DateName::ImrDecided, None),
            "complaint-filed" => (DateName::ComplaintFiled, Some(DateName::ComplaintReceived)),
            "complaint-decided" => (DateName::ComplaintDecided, None),
            "hearing-requested" => (DateName::HearingRequested, None),
            "hearing-held" => (DateName::HearingHeld, None),
            "extension-noticed" => (DateName::ExtensionNoticed, None),
            "extension-answered" => (DateName::ExtensionAnswered, None),
            _ => continue,
        };
        facts.add_date(date, event.date);
        if let (Some(name), Some(received)) = (received, event.received) {
            facts.add_date(name, received);
        }
        if event.kind == "grievance-filed" {
            match arrival(record, event) {
                Some((date, None)) => facts.add_date(DateName::GrievanceReceived, date),
                Some((date, Some(why))) => {
                    facts.conclude_date(DateName::GrievanceReceived, date, why);
                }
                None => {}
            }
        }
    }
}

/// When the plan had a grievance, and why where no one has told it: it follows from how it was sent.
fn arrival(record: &Record, filed: &Event) -> Option<(Moment, Option<String>)> {
    if let Some(received) = filed.received {
        return Some((received, None));
    }
    let how = filed.how.as_deref();
    if let Some(how @ ("fax" | "portal" | "phone" | "email" | "in-person")) = how {
        let by = match how {
            "phone" => "by telephone",
            "in-person" => "in person",
            "portal" => "through the portal",
            "email" => "by e-mail",
            _ => "by fax",
        };
        return Some((filed.date, Some(format!("sent {by}; the plan had it at once"))));
    }
    let acknowledged = events(record, "grievance-acknowledged")
        .map(|e| e.date)
        .filter(|d| !before(*d, filed.date))
        .min()?;
    let why =
        format!("the acknowledgement is dated {}; the plan had it by then", acknowledged.date);
    Some((acknowledged, Some(why)))
}
