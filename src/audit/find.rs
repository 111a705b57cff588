//! From an id that a person typed to the entries it names.

use super::entries::Entry;
use crate::diag;

/// Returns the entries that an id names: by their own id, by an id of the law sheets, or by the part of
/// their id after the pack's.
#[must_use]
pub fn find<'a>(entries: &'a [Entry], id: &str) -> Vec<&'a Entry> {
    let exact: Vec<&Entry> =
        entries.iter().filter(|e| e.id == id || e.rules.iter().any(|r| r == id)).collect();
    if !exact.is_empty() {
        return exact;
    }
    let local =
        |e: &&Entry| e.id.strip_prefix(&e.pack).and_then(|r| r.strip_prefix('.')) == Some(id);
    entries.iter().filter(local).collect()
}

/// Returns the id that somebody most likely meant.
#[must_use]
pub fn nearest<'a>(entries: &'a [Entry], id: &str) -> Option<&'a str> {
    let ids = entries.iter().flat_map(|e| e.rules.iter().map(String::as_str));
    diag::nearest(id, ids)
}
