//! Finds templates with which a letter cannot be written: the engine stops halfway.
//!
//! ## Why it is bad
//!
//! The template looks right until a case comes that reaches this line, and then there is no letter.
//!
//! ## Example
//!
//! A filter that is given the wrong thing: a date filter wants a date.
//!
//! ```text
//! {{ letter.title | long_date }}
//! ```
//!
//! ## Use instead
//!
//! Give the filter what it wants, and ask first whether a group of fields is there:
//!
//! ```text
//! {% if grievance.filed %}{{ grievance.filed.date | long_date }}{% endif %}
//! ```

use super::{From, Rule, elsewhere};
use crate::diag::Severity;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "unrendered",
    code: "lint::unrendered",
    severity: Severity::Error,
    source: include_str!("unrendered.rs"),
    from: From::Letters,
    look: elsewhere,
};
