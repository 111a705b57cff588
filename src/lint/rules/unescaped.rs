//! Finds values that are printed without being made safe for Markdown.
//!
//! ## Why it is bad
//!
//! A member may type anything. A plan named `*Gold*` has to come out as it is written on the card, and a line of
//! a story that begins with `#` must not become a heading. Every value is made safe when it is printed, unless a
//! filter says that it is safe already, or a backslash before it undoes that.
//!
//! ## Example
//!
//! ```text
//! {{ member.name | safe }}
//! \{{ member.name }}
//! ```
//!
//! ## Use instead
//!
//! ```text
//! {{ member.name }}
//! ```
//!
//! For several lines of somebody's own words there are `quote` and `narrative`, which make each line safe.

use super::super::expr::{Expr, Word};
use super::super::tree::{self, Node};
use super::{Finds, From, Rule, Scene};
use crate::diag::{Diagnostic, Severity};

pub(super) const RULE: Rule = Rule {
    name: "unescaped",
    code: "lint::unescaped",
    severity: Severity::Error,
    source: include_str!("unescaped.rs"),
    from: From::Templates,
    look,
};

/// Filters whose outcome is printed as it stands.
const FILTERS: &[&str] = &["safe", "escape_html", "escape_xml", "newlines_to_br"];

fn look(scene: &Scene<'_>, finds: &mut Finds) {
    for (i, file) in scene.looked_at() {
        let mut found: Vec<Word> = Vec::new();
        let mut after_backslash = Vec::new();
        tree::each(&file.tree.nodes, &mut |node| {
            for expr in node.exprs() {
                expr.each(&mut |e| {
                    if let Expr::Filter { name, .. } = e {
                        found.push(name.clone());
                    }
                });
            }
            if let Node::Captured { filters, .. } = node {
                found.extend(filters.iter().cloned());
            }
            if let Node::Print(span, _) = node
                && file.source.text[..span.start].chars().rev().take_while(|c| *c == '\\').count()
                    % 2
                    == 1
            {
                after_backslash.push(span.start - 1..span.start);
            }
        });
        for name in found.into_iter().filter(|n| FILTERS.contains(&n.text.as_str())) {
            let message = format!("`{}` prints the value without making it safe", name.text);
            let fault = Diagnostic::error(RULE.code, message)
                .at(name.span, "what a person typed could become a heading, a list or a link")
                .help("take the filter out; for several lines of a person's own words use `quote` or `narrative`");
            finds.add(i, fault);
        }
        for span in after_backslash {
            let fault = Diagnostic::error(
                RULE.code,
                "a backslash before a value undoes what makes it safe",
            )
            .at(span.clone(), "")
            .help("take the backslash out, or put a space after it")
            .fix(span, "");
            finds.add(i, fault);
        }
    }
}
