//! What the letter rests on: criteria, treatments, exhibits, the member's own words.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::mark::Text;
use super::case::date;
use super::people::text;
use crate::record;

/// One of the plan's criteria.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Criterion {
    /// Its text.
    pub text: Text,
    /// `yes`, `no`, `partly`, `unclear`.
    pub met: String,
    /// What shows it.
    pub evidence: Text,
    /// The exhibit that holds the evidence.
    pub exhibit: Text,
}

pub(super) fn criteria(all: &[record::Criterion]) -> Vec<Criterion> {
    all.iter()
        .map(|c| Criterion {
            text: Text::typed(&c.text),
            met: c.met.clone().unwrap_or_default(),
            evidence: text(&c.evidence),
            exhibit: text(&c.exhibit),
        })
        .collect()
}

/// A treatment tried before.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Treatment {
    /// Its name.
    pub name: Text,
    /// Dose.
    pub dose: Text,
    /// When, as typed.
    pub dates: Text,
    /// What came of it.
    pub result: Text,
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
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Enclosure {
    /// Its letter: the record's own, or else the next free one.
    pub label: Text,
    /// Title.
    pub title: Text,
    /// Date.
    pub date: String,
    /// Number of pages.
    pub pages: Option<i64>,
}

pub(super) fn exhibits(all: &[record::Exhibit]) -> Vec<Enclosure> {
    let taken: Vec<String> = all.iter().filter_map(|e| e.label.clone()).collect();
    let mut free = (0_usize..).map(letters).filter(|l| !taken.iter().any(|t| t == l));
    all.iter()
        .map(|e| Enclosure {
            label: match e.label.as_deref().map(str::trim) {
                Some(label) if !label.is_empty() => Text::typed(label),
                _ => free.next().map(|l| Text::ours(&l)).unwrap_or_default(),
            },
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
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Statement {
    /// What happened.
    pub what_happened: Text,
    /// What the denial does to the member.
    pub harm: Text,
    /// What the member asks for.
    pub request: Text,
    /// Why the letter comes late.
    pub late_reason: Text,
}

pub(super) fn statement(s: &record::Statement) -> Statement {
    Statement {
        what_happened: text(&s.what_happened),
        harm: text(&s.harm),
        request: text(&s.request),
        late_reason: text(&s.late_reason),
    }
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn exhibit_letters_go_on_after_z() {
        assert_eq!([0, 25, 26, 27, 701, 702].map(letters), ["A", "Z", "AA", "AB", "ZZ", "AAA"]);
    }
}
