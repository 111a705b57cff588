//! Things that two places of a record say differently.
//!
//! A contradiction is a warning and makes its fact contradicted. It is no error: a letter that names
//! no agency can still go out in time.

use super::Record;
use super::check::Places;
use crate::diag::Diagnostic;
use crate::facts::{Fact, entities};

/// A fact that the record states in two ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clash {
    pub(super) fact: Fact,
    /// The service it is about; none for every one.
    pub(super) service: Option<usize>,
    /// Each word with the key that says it.
    pub(super) sources: Vec<(String, String)>,
}

/// Programs that have their own appeals, so that no state agency has the case.
const PUBLIC: &[&str] =
    &["medicare-advantage", "part-d", "medicare", "fehb", "tricare", "va", "workers-comp"];

/// Those of them that have an outside medical review of their own, which a record tells with the same event.
const OWN_REVIEW: &[&str] = &["part-d", "workers-comp"];

const MEDI_CAL: &[&str] =
    &["medi-cal", "medi-cal-fee-for-service", "medi-cal-rx", "county-mental-health"];

const ASK: &str = "read the legal name and the agency in the Evidence of Coverage or certificate, or \
                   ask DMHC (1-888-466-2219) or CDI (1-800-927-4357)";

/// Finds every contradiction.
pub(super) fn find(record: &Record, places: &Places<'_>) -> (Vec<Clash>, Vec<Diagnostic>) {
    let (mut clashes, mut told) = regulator(record, places);
    for (i, service) in record.services.iter().enumerate() {
        if service.timing.as_deref() == Some("not-yet-given") && !service.dates.is_empty() {
            let (timing, dates) = (format!("service[{i}].timing"), format!("service[{i}].dates"));
            let warned = contradiction("the service is still wanted, and was given");
            let warned = places.at(warned, &timing, "not yet given");
            told.push(places.also(warned, &dates, "given on these days"));
            clashes.push(Clash {
                fact: Fact::Timing,
                service: Some(i),
                sources: vec![
                    ("not-yet-given".to_owned(), "service.timing".to_owned()),
                    ("given".to_owned(), "service.dates".to_owned()),
                ],
            });
        }
    }
    (clashes, told)
}

fn contradiction(said: &str) -> Diagnostic {
    Diagnostic::warning("record::contradiction", said)
}

fn regulator(record: &Record, places: &Places<'_>) -> (Vec<Clash>, Vec<Diagnostic>) {
    let coverage = &record.coverage;
    let named = Fact::Regulator.word(&coverage.regulator);
    let printed = record.denial.printed_regulator.as_deref();
    let agency = |word: Option<&str>| matches!(word, Some("dmhc" | "cdi"));
    let program = coverage.program.as_str();
    let public = PUBLIC.contains(&program);
    let self_funded = coverage.funding == "self-funded";
    let entity = coverage.plan.as_deref().and_then(entities::find);

    let mut told = Vec::new();
    let mut others: Vec<(String, String)> = Vec::new();
    let mut against = |said: &str, word: &str, source: String, key: &str, label: String| {
        others.push((word.to_owned(), source));
        let warned = contradiction(said);
        let warned = match named {
            Some(named) => places.at(warned, "coverage.regulator", &format!("says {named}")),
            None => warned,
        };
        let warned = places.also(warned, key, &label);
        let warned = if public {
            warned.help("the program decides: no state agency has the case")
        } else {
            warned
                .help(
                    "until this is settled, the letter goes to the plan and names no state agency",
                )
                .help(ASK)
        };
        told.push(warned);
    };

    if let Some(entity) = entity
        && agency(named)
        && !self_funded
        && !public
        && named != Some(entity.regulator.as_str())
    {
        against(
            "the plan's legal name does not fit its regulator",
            &entity.regulator,
            format!("coverage.plan ({})", entity.name()),
            "coverage.plan",
            format!("{} licenses this company", entity.regulator.to_uppercase()),
        );
    }
    if let (Some(named), Some(printed)) = (named, printed)
        && named != printed
    {
        against(
            "the denial notice names another regulator than the coverage papers",
            printed,
            "denial.printed_regulator".to_owned(),
            "denial.printed_regulator",
            format!("says {printed}"),
        );
    }
    // An association of employers that funds itself may hold a certificate of CDI.
    if self_funded && agency(named) && program != "mewa" {
        against(
            "self-funded coverage has no state regulator",
            "other",
            "coverage.funding = \"self-funded\"".to_owned(),
            "coverage.funding",
            "self-funded".to_owned(),
        );
    }
    if (public && agency(named)) || (MEDI_CAL.contains(&program) && named == Some("cdi")) {
        against(
            "the program has appeals of its own, not those of this agency",
            "other",
            format!("coverage.program = \"{program}\""),
            "coverage.program",
            program.to_owned(),
        );
    }
    if public {
        told.extend(public_program(record, named, places));
    }
    let clashes = match named {
        Some(named) if !others.is_empty() => {
            let mut sources = vec![(named.to_owned(), "coverage.regulator".to_owned())];
            sources.append(&mut others);
            vec![Clash { fact: Fact::Regulator, service: None, sources }]
        }
        Some(_) | None => Vec::new(),
    };
    (clashes, told)
}

/// Steps of a state agency in a program that has none: the program stands.
fn public_program(record: &Record, named: Option<&str>, places: &Places<'_>) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    let program = &record.coverage.program;
    let help = "the program decides; check the card and the letter once more";
    if named.is_none() && matches!(record.denial.printed_regulator.as_deref(), Some("dmhc" | "cdi"))
    {
        let warned = contradiction(
            "the denial notice names a state agency, which this program does not have",
        );
        let warned = places.at(warned, "denial.printed_regulator", "a state agency");
        told.push(places.also(warned, "coverage.program", program).help(help));
    }
    let stray = |kind: &str| kind == "imr-filed" && !OWN_REVIEW.contains(&program.as_str());
    for (i, _) in record.events.iter().enumerate().filter(|(_, e)| stray(&e.kind)) {
        let warned = contradiction(
            "independent medical review was asked for, which this program does not have",
        );
        let warned = places.at(warned, &format!("event[{i}].kind"), "a step of a state agency");
        told.push(places.also(warned, "coverage.program", program).help(help));
    }
    told
}

/// Returns what may help to find the regulator where the record does not know it.
pub(super) fn hints(record: &Record) -> Vec<String> {
    let coverage = &record.coverage;
    if coverage.regulator != "unknown" || PUBLIC.contains(&coverage.program.as_str()) {
        return Vec::new();
    }
    let mut hints = Vec::new();
    if let Some(plan) = coverage.plan.as_deref() {
        let agency =
            |e: &entities::Entity| format!("{} ({})", e.name(), e.regulator.to_uppercase());
        if let Some(entity) = entities::find(plan) {
            hints.push(format!(
                "When the coverage is insured, {} licenses {}; ask whether it is, and confirm the agency.",
                entity.regulator.to_uppercase(),
                entity.name(),
            ));
        } else {
            let behind: Vec<String> = entities::of_brand(plan).into_iter().map(agency).collect();
            if !behind.is_empty() {
                hints.push(format!(
                    "{plan} is a brand; the Evidence of Coverage or certificate prints the company behind it: {}.",
                    behind.join(" or "),
                ));
            }
        }
    }
    if let Some(printed @ ("dmhc" | "cdi")) = record.denial.printed_regulator.as_deref() {
        hints.push(format!(
            "The denial notice names {}; notices have named the wrong agency, so confirm it in the Evidence of Coverage or certificate.",
            printed.to_uppercase(),
        ));
    }
    hints
}
