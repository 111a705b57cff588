//! A record into a case: what cannot be, what cannot be true at once, and the facts that follow.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::{Case, Loaded, Record, contradictions, events, facts, text, timeline};
use crate::diag::{self, Diagnostic, Span};

/// Where the keys stand, for labels.
pub(super) struct Places<'a>(pub(super) &'a BTreeMap<String, Span>);

impl Places<'_> {
    /// Points a diagnostic at a key, or at the table it would stand in.
    pub(super) fn at(&self, told: Diagnostic, path: &str, label: &str) -> Diagnostic {
        match self.span(path) {
            Some(span) => told.at(span, label),
            None => told,
        }
    }

    /// Points at a key that explains the fault.
    pub(super) fn also(&self, told: Diagnostic, path: &str, label: &str) -> Diagnostic {
        match self.span(path) {
            Some(span) => told.also(span, label),
            None => told,
        }
    }

    fn span(&self, path: &str) -> Option<Span> {
        let table = path.rsplit_once('.').map(|(table, _)| table);
        self.0.get(path).or_else(|| self.0.get(table?)).cloned()
    }
}

impl Loaded {
    /// Checks the record as of a day, and states its facts.
    ///
    /// Gives every diagnostic, those of the reading included, in the order of the text; and the case
    /// only when none of them is an error.
    #[must_use]
    pub fn check(&self, as_of: NaiveDate) -> (Option<Case>, Vec<Diagnostic>) {
        let places = Places(&self.spans);
        let record = &self.record;
        let mut found = self.diagnostics.clone();
        found.extend(timeline::faults(record, as_of, &places));
        found.extend(events::faults(record, &places));
        found.extend(people(record, as_of, &places));
        found.extend(exhibits(record, &places));
        let (clashes, told) = contradictions::find(record, &places);
        found.extend(told);
        let hints = contradictions::hints(record);
        found.extend(hints.iter().map(|hint| {
            let told = Diagnostic::note("record::hint", "the regulator is not known");
            places.at(told, "coverage.regulator", "unknown").help(hint.trim_end_matches('.'))
        }));
        // Whatever is wrong, the line that is shown may hold one: a word of a list, an unknown key, a date.
        if let Some(first) = found.first_mut() {
            let numbers = text::social_security_numbers(&self.source.text);
            first.conceal.extend(numbers);
        }
        diag::sort(&mut found);
        if diag::has_errors(&found) {
            return (None, found);
        }
        let facts =
            (0..record.services.len()).map(|i| facts::of(record, i, as_of, &clashes)).collect();
        (Some(Case { record: record.clone(), facts, hints }), found)
    }
}

/// Who signs, and whether that can be.
fn people(record: &Record, as_of: NaiveDate, places: &Places<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let minor = record.member.birth_date.map(|born| age(born, as_of) < 18);
    let Some(representative) = &record.representative else {
        if minor == Some(true) {
            let told = Diagnostic::warning(
                "record::minor",
                "the member is a minor, and nobody signs for them",
            );
            found.push(
                places
                    .at(told, "member.birth_date", "under 18")
                    .help("add [representative] with relationship = \"parent\" or \"guardian\""),
            );
        }
        return found;
    };
    let relationship = representative.relationship.as_deref();
    let authorized = representative.authorization.as_deref();
    let signed = matches!(authorized, Some("enclosed" | "on-file"));
    if relationship == Some("parent") && minor == Some(false) && !signed {
        let told = Diagnostic::warning(
            "record::authorization",
            "a parent signs for a member who is of age",
        );
        let told =
            places.at(told, "representative.relationship", "needs the member's authorization");
        found.push(places.also(told, "member.birth_date", "18 or older").help(
            "enclose the member's signed authorization and write authorization = \"enclosed\"",
        ));
    }
    let by_law = matches!(relationship, Some("parent" | "guardian" | "conservator" | "estate"));
    if authorized == Some("none") && relationship.is_some() && !by_law {
        let told = Diagnostic::warning(
            "record::authorization",
            "the member has not authorized the representative",
        );
        found.push(places.at(told, "representative.authorization", "none").help(
            "a plan or an agency answers nobody whom the member has not authorized in writing",
        ));
    }
    found
}

fn age(born: NaiveDate, on: NaiveDate) -> i32 {
    let had_birthday = (on.month(), on.day()) >= (born.month(), born.day());
    on.year() - born.year() - i32::from(!had_birthday)
}

/// Criteria that point at papers which are not there.
fn exhibits(record: &Record, places: &Places<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let letters = ('A'..='Z').map(String::from);
    let labels: Vec<String> = record
        .exhibits
        .iter()
        .zip(letters.chain(std::iter::repeat(String::new())))
        .map(|(exhibit, letter)| exhibit.label.clone().unwrap_or(letter))
        .collect();
    for (i, label) in labels.iter().enumerate() {
        if let Some(first) = labels[..i].iter().position(|l| l == label && !l.is_empty()) {
            let told = Diagnostic::error("record::exhibit", "two exhibits have the same label");
            let told = places.at(told, &format!("exhibit[{i}].label"), "the same again");
            found.push(places.also(told, &format!("exhibit[{first}].label"), "first"));
        }
    }
    for (i, criterion) in record.criteria.iter().enumerate() {
        if criterion.exhibit.as_ref().is_some_and(|e| !labels.contains(e)) {
            let told = Diagnostic::error(
                "record::exhibit",
                "a criterion points at an exhibit that is not there",
            );
            let listed = if labels.is_empty() {
                "the record has no [[exhibit]]".to_owned()
            } else {
                format!("the exhibits are: {}", labels.join(", "))
            };
            found.push(
                places.at(told, &format!("criterion[{i}].exhibit"), "no such exhibit").help(listed),
            );
        }
    }
    found
}
