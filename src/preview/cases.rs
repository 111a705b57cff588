//! The cases that can be picked: records of the author's own, then those that ship.

use std::path::Path;

use chrono::NaiveDate;
use serde::Serialize;

use crate::import;
use crate::record::Loaded;
use crate::samples::{self, Sample};

/// Most records of the author's own that are listed.
const MOST: usize = 2000;

/// A case of the list.
#[derive(Debug)]
pub(super) struct Case {
    /// What the page calls it by; looked up in the list, never on disk.
    pub(super) id: String,
    /// What a person calls it.
    pub(super) name: String,
    /// Why it is ruled as it is; empty for a record of the author's own.
    pub(super) why: String,
    from: From,
}

#[derive(Debug)]
enum From {
    Shipped(Box<Sample>),
    Own(Box<Loaded>),
}

/// A case as the page lists it.
#[derive(Debug, Serialize)]
pub(super) struct Listed<'a> {
    id: &'a str,
    name: &'a str,
    own: bool,
}

/// Returns the cases that ship.
pub(super) fn shipped() -> Vec<Case> {
    let of = |sample: Sample| Case {
        id: format!("shipped:{}", sample.name),
        name: sample.name.clone(),
        why: sample.why.clone(),
        from: From::Shipped(Box::new(sample)),
    };
    samples::shipped().into_iter().map(of).collect()
}

/// Returns the records of a file or of a folder with all below it, good or faulty.
pub(super) fn own(path: &Path) -> Vec<Case> {
    let of = |entry: import::Entry| {
        let name = Path::new(&entry.place).strip_prefix(path).ok().and_then(Path::to_str);
        let name = name.filter(|n| !n.is_empty()).unwrap_or(&entry.place);
        Case {
            id: format!("own:{}", entry.place),
            name: name.to_owned(),
            why: String::new(),
            from: From::Own(Box::new(entry.loaded)),
        }
    };
    import::entries(path).take(MOST).map(of).collect()
}

impl Case {
    /// Reads the record.
    pub(super) fn loaded(&self) -> Loaded {
        match &self.from {
            From::Shipped(sample) => sample.load(),
            From::Own(loaded) => (**loaded).clone(),
        }
    }

    /// Returns the day on which a shipped case is looked at.
    pub(super) fn day(&self) -> Option<NaiveDate> {
        match &self.from {
            From::Shipped(sample) => sample.as_of,
            From::Own(_) => None,
        }
    }

    /// Returns the case as the page lists it.
    pub(super) fn listed(&self) -> Listed<'_> {
        let own = matches!(self.from, From::Own(_));
        Listed { id: &self.id, name: &self.name, own }
    }
}
