//! Finds comments `{# lint: allow … #}` that allow nothing, name no rule, or give no reason.
//!
//! ## Why it is bad
//!
//! What was allowed once hides the next fault in the same place. A comment that does nothing tells the reader
//! of a fault that is not there.
//!
//! ## Example
//!
//! ```text
//! {# lint: allow and-or #}
//! Please send the criteria.
//! ```
//!
//! ## Use instead
//!
//! Take the comment out, or give its reason. It counts for the line it ends on and for the next.
//!
//! ```text
//! {# lint: allow and-or these are the words printed on the form #}
//! ```

use super::{From, Rule, elsewhere};
use crate::diag::Severity;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "unused-allow",
    code: "lint::unused-allow",
    severity: Severity::Warning,
    source: include_str!("unused_allow.rs"),
    from: From::Templates,
    look: elsewhere,
};
