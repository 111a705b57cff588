//! Finds citations of law that are typed in a template.
//!
//! ## Why it is bad
//!
//! A section that is typed goes on being printed when the law is changed, and in cases where it does not apply.
//! What comes from the ruling was checked at its source and applies to this case.
//!
//! ## Example
//!
//! ```text
//! The plan must answer (Health & Safety Code § 1368).
//! ```
//!
//! ## Use instead
//!
//! Let the ruling say it. `appeal templates vars` lists what a letter may print.
//!
//! ```text
//! {% if backing?.written_reasons %}{{ backing.written_reasons.sentence }}{% endif %}
//! ```

use super::{Finds, From, Rule, Scene};
use crate::diag::{Diagnostic, Severity};

pub(in crate::lint) const RULE: Rule = Rule {
    name: "typed-law",
    code: "lint::typed-law",
    severity: Severity::Error,
    source: include_str!("typed_law.rs"),
    from: From::Templates,
    look,
};

fn look(scene: &Scene<'_>, finds: &mut Finds) {
    for (i, file) in scene.looked_at() {
        for span in scene.finder.find(&file.words).citations {
            let fault = Diagnostic::error(RULE.code, "law is typed in the template")
                .at(span, "a citation comes from the ruling")
                .help("print `.cite` or `.sentence` of a deadline or right: {{ answer_due.cite }}, {{ backing.NAME.sentence }}");
            finds.add(i, fault);
        }
    }
}
