//! Finds files that cannot be read as text, are larger than 256 kB, or hold characters for private use.
//!
//! ## Why it is bad
//!
//! No letter can be written with a set of templates that holds such a file.
//!
//! ## Example
//!
//! A letter that was saved by a word processor as `letter.md` and is not plain text.
//!
//! ## Use instead
//!
//! Open it in an editor for plain text and save it as UTF-8.

use super::{Finds, From, Rule, Scene};
use crate::diag::Severity;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "unreadable",
    code: "lint::unreadable",
    severity: Severity::Error,
    source: include_str!("unreadable.rs"),
    from: From::Templates,
    look,
};

fn look(scene: &Scene<'_>, finds: &mut Finds) {
    scene.add_faults(&RULE, finds);
}
