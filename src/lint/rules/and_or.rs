//! Finds "and/or" and plurals in brackets, as "service(s)".
//!
//! ## Why it is bad
//!
//! A letter that says "and/or" has not decided what it asks for. "The service(s)" tells the reader that a form
//! was filled in, and that nobody looked at this case.
//!
//! ## Example
//!
//! ```text
//! Send the record(s) and/or the criteria.
//! ```
//!
//! ## Use instead
//!
//! Say what is meant. Where the number depends on the case, let the template choose:
//!
//! ```text
//! Send the record{% if exhibits | length > 1 %}s{% endif %} and the criteria.
//! ```

use super::{Finds, From, Rule, Scene};
use crate::diag::{Diagnostic, Severity};

pub(super) const RULE: Rule = Rule {
    name: "and-or",
    code: "lint::and-or",
    severity: Severity::Error,
    source: include_str!("and_or.rs"),
    from: From::Templates,
    look,
};

fn look(scene: &Scene<'_>, finds: &mut Finds) {
    for (i, file) in scene.looked_at() {
        let lower = file.words.to_ascii_lowercase();
        for joint in ["and/or", "or/and", "and / or"] {
            for (at, _) in lower.match_indices(joint) {
                let fault =
                    Diagnostic::error(RULE.code, "\"and/or\" leaves open what is asked for")
                        .at(at..at + joint.len(), "which of the two?")
                        .help("write \"and\", \"or\", or \"or both\"");
                finds.add(i, fault);
            }
        }
        for ending in ["(s)", "(es)", "(ies)"] {
            for (at, _) in lower.match_indices(ending) {
                if !lower[..at].ends_with(|c: char| c.is_ascii_alphabetic()) {
                    continue;
                }
                let fault = Diagnostic::error(RULE.code, "a plural in brackets reads like a form")
                    .at(at..at + ending.len(), "one, or several?")
                    .help("write one or the other; {% if services | length > 1 %}…{% endif %} chooses by the case");
                finds.add(i, fault);
            }
        }
    }
}
