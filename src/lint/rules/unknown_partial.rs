//! Finds includes, parents and blocks that do not exist.
//!
//! ## Why it is bad
//!
//! No letter can be written with a set of templates that asks for a file that is not there. A block that its
//! parent does not have is never printed.
//!
//! ## Example
//!
//! ```text
//! {% extends "builtin/letters/grievence.md" %}
//! ```
//!
//! ## Use instead
//!
//! ```text
//! {% extends "builtin/letters/grievance.md" %}
//! ```
//!
//! `appeal templates list` shows every file. A file of yours is found by its path below the folder; the one that
//! it stands before, by the same path after `builtin/`.

use super::super::expr::Word;
use super::super::files::Files;
use super::super::tree::{self, Node};
use super::{Finds, From, Rule, Scene};
use crate::diag::{Diagnostic, Severity, nearest};

pub(super) const RULE: Rule = Rule {
    name: "unknown-partial",
    code: "lint::unknown-partial",
    severity: Severity::Error,
    source: include_str!("unknown_partial.rs"),
    from: From::Templates,
    look,
};

fn look(scene: &Scene<'_>, finds: &mut Finds) {
    for (i, file) in scene.looked_at() {
        let mut named: Vec<&Word> = file.tree.parent.iter().collect();
        tree::each(&file.tree.nodes, &mut |node| {
            if let Node::Include(name) = node {
                named.push(name);
            }
        });
        for name in named.into_iter().filter(|n| scene.files.resolve(&n.text).is_none()) {
            finds.add(i, no_file(name, &scene.files));
        }
        let lineage = scene.files.lineage(i);
        if lineage.len() > 1 {
            let all: Vec<&str> = lineage[1..]
                .iter()
                .flat_map(|f| blocks(scene, *f))
                .map(|w| w.text.as_str())
                .collect();
            for name in blocks(scene, i).into_iter().filter(|n| !all.contains(&n.text.as_str())) {
                finds.add(i, no_block(name, &all));
            }
        }
    }
}

fn blocks<'a>(scene: &'a Scene<'_>, file: usize) -> Vec<&'a Word> {
    let mut names = Vec::new();
    tree::each(&scene.files.all[file].tree.nodes, &mut |node| {
        if let Node::Block { name, .. } = node {
            names.push(name);
        }
    });
    names
}

fn no_file(name: &Word, files: &Files) -> Diagnostic {
    let fault = Diagnostic::error(RULE.code, format!("there is no template `{}`", name.text))
        .at(name.span.clone(), "not found");
    let plain = name.text.strip_prefix("builtin/").unwrap_or(&name.text);
    let prefix = &name.text[..name.text.len() - plain.len()];
    match nearest(plain, files.names()) {
        Some(near) => {
            fault.fix_titled("did you mean", name.span.clone(), format!("{prefix}{near}"))
        }
        None => fault.help("`appeal templates list` shows every file that can be named here"),
    }
}

fn no_block(name: &Word, all: &[&str]) -> Diagnostic {
    let message = format!("nothing that this extends has a block `{}`", name.text);
    let fault = Diagnostic::error(RULE.code, message)
        .at(name.span.clone(), "its words would never be printed");
    match nearest(&name.text, all.iter().copied()) {
        Some(near) => fault.fix_titled("did you mean", name.span.clone(), near),
        None => fault.help(format!("there are: {}", all.join(", "))),
    }
}
