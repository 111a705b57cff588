//! Finds values that are printed although some case does not have them.
//!
//! ## Why it is bad
//!
//! A letter with a gap in a sentence looks finished. So the program refuses to write it, and the member has no
//! letter.
//!
//! ## Example
//!
//! ```text
//! My member ID is {{ member.member_id }}.
//! ```
//!
//! ## Use instead
//!
//! Mark the gap, so that it is listed; or leave the sentence out where the value is missing.
//!
//! ```text
//! My member ID is {{ member.member_id | or_blank(key="member.member_id", label="member ID") }}.
//! {% if member.phone %}Please call {{ member.phone }}.{% endif %}
//! ```

use super::{From, Rule, elsewhere};
use crate::diag::Severity;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "missing-value",
    code: "lint::missing-value",
    severity: Severity::Error,
    source: include_str!("missing_value.rs"),
    from: From::Letters,
    look: elsewhere,
};
