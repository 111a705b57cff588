//! Finds templates that the engine cannot read: a tag that is not closed, a quotation mark that is missing.
//!
//! ## Why it is bad
//!
//! No letter can be written with a set of templates that holds a broken one.
//!
//! ## Example
//!
//! ```text
//! {% if letter.expedited %}This is urgent.
//! ```
//!
//! ## Use instead
//!
//! ```text
//! {% if letter.expedited %}This is urgent.{% endif %}
//! ```

use super::{Finds, From, Rule, Scene};
use crate::diag::Severity;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "broken",
    code: "lint::broken",
    severity: Severity::Error,
    source: include_str!("broken.rs"),
    from: From::Templates,
    look,
};

fn look(scene: &Scene<'_>, finds: &mut Finds) {
    scene.add_faults(&RULE, finds);
}
