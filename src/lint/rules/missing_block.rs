//! Finds letters that lack a part every letter needs.
//!
//! ## Why it is bad
//!
//! A letter opens with what it asks for, tells the facts, numbers its requests, gives the date or time in which
//! an answer is due, says to a plan what comes next, is signed, and lists what is enclosed. A letter of your own
//! that leaves a block of `base.md` empty loses that part without a word.
//!
//! ## Example
//!
//! ```text
//! {% extends "builtin/letters/grievance.md" %}
//! {% block requests %}{% endblock %}
//! ```
//!
//! ## Use instead
//!
//! Replace the block by words of your own, or add to it with `{{ super() }}`. A request that gives the time to
//! answer is in `parts/clock.md`.
//!
//! ```text
//! {% extends "builtin/letters/grievance.md" %}
//! {% block requests %}{{ super() }}
//! 1. Please call me before you decide.
//! {% endblock %}
//! ```

use super::super::runs::{Part, Written};
use super::super::tree::{self, Node};
use super::{Finds, From, Rule, Scene};
use crate::diag::{Diagnostic, Severity, Span};

pub(super) const RULE: Rule = Rule {
    name: "missing-block",
    code: "lint::missing-block",
    severity: Severity::Error,
    source: include_str!("missing_block.rs"),
    from: From::Letters,
    look,
};

fn look(scene: &Scene<'_>, finds: &mut Finds) {
    let mut roots: Vec<usize> = scene.runs.letters.iter().map(|w| w.file).collect();
    roots.sort_unstable();
    roots.dedup();
    for root in roots {
        let letters: Vec<&Written> = scene.runs.letters.iter().filter(|w| w.file == root).collect();
        if letters.iter().all(|w| w.parts.is_empty()) {
            let fault = Diagnostic::error(RULE.code, "this letter is not built on `base.md`")
                .at(line(scene, root), "so nothing shows that it has every part")
                .help("begin it with {% extends \"base.md\" %} and put its words into the blocks of that file");
            report(scene, root, fault, finds);
            continue;
        }
        for part in Part::ALL {
            missing(scene, root, &letters, part, finds);
        }
    }
}

fn missing(scene: &Scene<'_>, root: usize, letters: &[&Written], part: Part, finds: &mut Finds) {
    let wanting = letters.iter().filter(|w| w.wants(part)).collect::<Vec<_>>();
    let lacking = |w: &&&&Written| !w.parts.contains(&part);
    let without = wanting.iter().find(lacking);
    // A part that one case fills is there; but a letter of one's own may lack nothing that the built-in has.
    let everywhere = !wanting.is_empty() && wanting.iter().all(|w| !w.parts.contains(&part));
    let dropped = wanting.iter().find(|w| w.lost.contains(&part));
    let message = match (everywhere, dropped, without) {
        (true, _, _) => format!("this letter has no {}", part.said()),
        (false, Some(one), _) => {
            format!(
                "in the case `{}` this letter has no {}, and the built-in one has",
                one.sample,
                part.said()
            )
        }
        (false, None, _) => return,
    };
    let (file, span) = place(scene, root, part);
    let fault = Diagnostic::error(RULE.code, message).at(span, "empty").help(part.advice());
    report(scene, file, fault, finds);
}

/// Where the block of a part is opened: in the letter itself, or in what it extends.
fn place(scene: &Scene<'_>, root: usize, part: Part) -> (usize, Span) {
    for file in scene.files.lineage(root) {
        let mut found = None;
        tree::each(&scene.files.all[file].tree.nodes, &mut |node| {
            if let Node::Block { name, tag, .. } = node
                && name.text == part.block()
            {
                found = Some(tag.clone());
            }
        });
        if let Some(tag) = found.filter(|_| scene.files.all[file].is_looked_at) {
            return (file, tag);
        }
    }
    (root, line(scene, root))
}

fn line(scene: &Scene<'_>, file: usize) -> Span {
    let text = &scene.files.all[file].source.text;
    0..text.find('\n').unwrap_or(text.len())
}

/// Once for each place, however many letters are built upon it.
fn report(scene: &Scene<'_>, file: usize, fault: Diagnostic, finds: &mut Finds) {
    if scene.files.all[file].is_looked_at {
        finds.add(file, fault);
    }
}
