//! What one case asks to be written: the stages whose letters go out, their papers, and the words of
//! `explain`. A single letter and a run of thousands go by the same rules.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Dispute, Error, Paper, Press, papers};
use crate::record::Record;
use crate::ruling::{self, Ruling, Stage};

/// A dispute, and the stages to write for.
pub type Choice<'a> = (&'a Dispute, Vec<Stage>);

/// Returns the stages whose letters go out now: the first, and those that go the same day.
#[must_use]
pub fn due(ruling: &Ruling) -> Vec<Stage> {
    std::iter::once(ruling.first())
        .chain(ruling.also.iter().cloned())
        .filter(|s| s.letter.is_some())
        .collect()
}

/// Returns the stages to write for, by dispute; none when the stage asked for is not open in any.
#[must_use]
pub fn choose<'a>(disputes: &'a [Dispute], stage: Option<&str>) -> Option<Vec<Choice<'a>>> {
    let Some(stage) = stage else {
        return Some(disputes.iter().map(|d| (d, due(&d.ruling))).collect());
    };
    let found: Vec<Choice<'a>> =
        disputes.iter().filter_map(|d| Some((d, vec![d.ruling.stage(stage)?]))).collect();
    (!found.is_empty()).then_some(found)
}

/// Makes the papers of every stage chosen, each under a name of its own.
///
/// # Errors
///
/// As [`papers`].
pub fn written(
    record: &Record,
    chosen: &[Choice<'_>],
    press: &Press<'_>,
) -> Result<Vec<Paper>, Error> {
    let mut all: Vec<Paper> = Vec::new();
    for (dispute, stages) in chosen {
        let ids: Vec<String> = stages.iter().map(|s| s.id.clone()).collect();
        for mut paper in papers(record, dispute, &ids, press)? {
            // Two services can take the same stage in different colors: two letters, two names.
            let base = paper.stem.clone();
            let mut n = 2;
            while all.iter().any(|p| p.stem == paper.stem) {
                paper.stem = format!("{base}.{n}");
                n += 1;
            }
            all.push(paper);
        }
    }
    Ok(all)
}

/// Returns what the letters want and the record lacks: key and label, each key once.
///
/// With any, a letter is not final: it is written as a draft or not at all.
#[must_use]
pub fn blanks(papers: &[Paper]) -> BTreeMap<&str, &str> {
    papers.iter().flat_map(|p| &p.blanks).map(|b| (b.key.as_str(), b.label.as_str())).collect()
}

/// Returns whether a ruling asks for facts before anything can be done.
#[must_use]
pub fn asks(chosen: &[Choice<'_>]) -> bool {
    chosen.iter().any(|(d, _)| d.ruling.stage == "needs-facts")
}

/// Returns the rulings of a case as `explain` shows them to a person.
#[must_use]
pub fn text(record: &Record, disputes: &[Dispute]) -> String {
    let plan = record.coverage.plan.as_deref().unwrap_or("");
    let texts: Vec<String> =
        disputes.iter().map(|d| ruling::text(&record.case_id, plan, &d.ruling)).collect();
    texts.join("\n")
}

/// Returns the rulings of a case as `explain` gives them to a program.
#[must_use]
pub fn json(record: &Record, disputes: &[Dispute]) -> Value {
    let mut all = disputes.iter().map(|d| ruling::json(&record.case_id, &d.ruling));
    let mut first = all.next().unwrap_or_default();
    // A record whose services take different stages has one ruling for each.
    let others: Vec<Value> = all.collect();
    if let (false, Some(object)) = (others.is_empty(), first.as_object_mut()) {
        object.insert("others".to_owned(), others.into());
    }
    first
}
