//! Finds words that no shipped case reaches.
//!
//! ## Why it is bad
//!
//! What nobody has ever seen printed, nobody has read in a letter. Often its condition can never be true.
//!
//! ## Example
//!
//! ```text
//! {% if letter.side == "insurance company" %}…{% endif %}
//! ```
//!
//! ## Use instead
//!
//! Test for a word that there is (`appeal templates vars` lists the words), take the text out, or give it a case:
//! fixtures/README.md says how. `appeal templates coverage` counts what the cases reach.

use std::collections::BTreeSet;

use super::super::files;
use super::{Finds, From, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::letter::{Place, SpotKind};

pub(super) const RULE: Rule = Rule {
    name: "unreachable",
    code: "lint::unreachable",
    severity: Severity::Warning,
    source: include_str!("unreachable.rs"),
    from: From::Letters,
    look,
};

fn look(scene: &Scene<'_>, finds: &mut Finds) {
    if !scene.runs.is_whole {
        return;
    }
    for (i, file) in scene.looked_at() {
        if !scene.walked.reached[i] && !is_replaced(scene, i) {
            let end = file.source.text.find('\n').unwrap_or(file.source.text.len());
            let fault = Diagnostic::warning(RULE.code, "no letter is made from this file")
                .at(0..end, "nothing includes or extends it")
                .help("include it somewhere, or take it out");
            finds.add(i, fault);
            continue;
        }
        // What follows a condition that is never true is one fault, however much of it there is.
        let mut lines = BTreeSet::new();
        let spots = scene.runs.missed.iter().filter(|s| s.file == file.name);
        for spot in spots {
            let is_words = spot.kind == SpotKind::Text;
            if !is_words || !lines.insert(spot.line) {
                continue;
            }
            let place = Place {
                file: spot.file.clone(),
                line: spot.line,
                column: spot.column,
                report: String::new(),
            };
            let at = files::offset(&file.source.text, &place);
            let text = &file.source.text[at..];
            let end = text.find(['\n', '{']).map_or(text.len(), |e| e.max(1));
            let fault = Diagnostic::warning(RULE.code, "no shipped case prints these words")
                .at(at..at + end, "never reached")
                .help("look at the conditions around it; if a case can be like this, add one as fixtures/README.md says");
            finds.add(i, fault);
        }
    }
}

/// Whether a template of the same name stands before this one.
fn is_replaced(scene: &Scene<'_>, file: usize) -> bool {
    let name = &scene.files.all[file].name;
    let plain = name.strip_prefix("builtin/").unwrap_or(name);
    scene.files.resolve(plain) != Some(file)
}
