//! Every record of some sources, ruled on one after the other.

use std::collections::BTreeSet;

use appeal::diag::{Diagnostic, Severity, count};
use appeal::import::Entry;
use appeal::law::Law;
use appeal::packet::{self, Dispute};
use appeal::record::Case;
use chrono::NaiveDate;

use super::sources::Opened;

/// A case with its rulings, or why there are none, without a word of the record.
pub(crate) type Gathered = Result<(Case, Vec<Dispute>), String>;

/// Rules on every record of the sources and hands each over with its place.
///
/// Only one record is held at a time. One that several sources name is taken once.
///
/// # Errors
///
/// Fails when no source holds a record.
pub(crate) fn each(
    sources: &Opened<'_>,
    law: &Law,
    as_of: NaiveDate,
    mut take: impl FnMut(&str, Gathered),
) -> anyhow::Result<()> {
    let mut seen = BTreeSet::new();
    for entry in sources.entries() {
        if seen.insert(entry.place.clone()) {
            take(&entry.place, rule(&entry, law, as_of));
        }
    }
    if seen.is_empty() {
        anyhow::bail!("there is no record in what is named");
    }
    Ok(())
}

fn rule(entry: &Entry, law: &Law, as_of: NaiveDate) -> Gathered {
    let (case, faults) = entry.loaded.check(as_of);
    let Some(case) = case else {
        let errors = faults.iter().filter(|f| f.severity == Severity::Error);
        let line = |at| format!(", the first in line {}", entry.loaded.source.position(at).0);
        let first = errors.clone().find_map(Diagnostic::start).map(line);
        return Err(format!("{}{}", count(errors.count(), "error"), first.unwrap_or_default()));
    };
    let disputes = packet::rule(&case, law, as_of)
        .map_err(|_| "the law on file gives no ruling; `appeal explain` says why".to_owned())?;
    Ok((case, disputes))
}
