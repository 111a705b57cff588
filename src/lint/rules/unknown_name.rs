//! Finds names and fields that no letter has.
//!
//! ## Why it is bad
//!
//! A condition on a name that does not exist is never true, so its words never appear, and nobody is told.
//!
//! ## Example
//!
//! ```text
//! {% if member.nmae %}I am {{ member.nmae }}.{% endif %}
//! ```
//!
//! ## Use instead
//!
//! ```text
//! {% if member.name %}I am {{ member.name }}.{% endif %}
//! ```
//!
//! `appeal templates vars` lists every name. In a partial, a name also counts if a letter that includes it has
//! set it, or loops over it.

use super::super::types;
use super::super::walk::Use;
use super::{Finds, From, Rule, Scene};
use crate::diag::{Diagnostic, Severity, nearest};

pub(super) const RULE: Rule = Rule {
    name: "unknown-name",
    code: "lint::unknown-name",
    severity: Severity::Error,
    source: include_str!("unknown_name.rs"),
    from: From::Templates,
    look,
};

fn look(scene: &Scene<'_>, finds: &mut Finds) {
    for ((file, at), one) in &scene.walked.uses {
        if one.known || !scene.files.all[*file].is_looked_at {
            continue;
        }
        let span = *at..at + one.length;
        let fault = Diagnostic::error(RULE.code, message(one)).at(span.clone(), "not known");
        let near = nearest(&one.name, one.candidates.iter().map(String::as_str));
        let elsewhere = elsewhere(one);
        finds.add(
            *file,
            match (near, elsewhere) {
                (Some(near), _) => fault.fix_titled("did you mean", span, near),
                (None, Some(whole)) => fault.help(format!("did you mean `{whole}`?")),
                (None, None) if one.of_words || one.candidates.len() > 40 => {
                    fault.help("`appeal templates vars` lists every name")
                }
                (None, None) => {
                    fault.help(format!("`{}` has: {}", one.of, one.candidates.join(", ")))
                }
            },
        );
    }
}

fn message(one: &Use) -> String {
    match (one.of.is_empty(), one.of_words) {
        (true, _) => format!("no letter has a name `{}`", one.name),
        (false, true) => format!("`{}` is a value and has no field `{}`", one.of, one.name),
        (false, false) => format!("`{}` has no field `{}`", one.of, one.name),
    }
}

/// A name that stands alone may be a field of one of the groups.
fn elsewhere(one: &Use) -> Option<String> {
    let has = |of: &types::Type| {
        types::fields(of).is_some_and(|all| all.iter().any(|(n, _)| *n == one.name))
    };
    let mut groups = types::root().iter().filter(|(_, of)| has(of));
    let (group, _) = groups.next().filter(|_| one.of.is_empty())?;
    Some(format!("{group}.{}", one.name))
}
