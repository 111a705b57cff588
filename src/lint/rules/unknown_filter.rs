//! Finds filters, tests and functions that do not exist.
//!
//! ## Why it is bad
//!
//! No letter can be written with a set of templates that asks for one.
//!
//! ## Example
//!
//! ```text
//! {{ letter.date | longdate }}
//! ```
//!
//! ## Use instead
//!
//! ```text
//! {{ letter.date | long_date }}
//! ```

use super::super::expr::{Expr, Word};
use super::super::tree::{self, Node};
use super::{Finds, From, Rule, Scene};
use crate::diag::{Diagnostic, Severity, nearest};
use crate::letter::known;

pub(super) const RULE: Rule = Rule {
    name: "unknown-filter",
    code: "lint::unknown-filter",
    severity: Severity::Error,
    source: include_str!("unknown_filter.rs"),
    from: From::Templates,
    look,
};

fn look(scene: &Scene<'_>, finds: &mut Finds) {
    let (filters, functions) = (known::filters(), known::functions());
    for (i, file) in scene.looked_at() {
        let mut called: Vec<(&str, &[&str], Word)> = Vec::new();
        tree::each(&file.tree.nodes, &mut |node| {
            for expr in node.exprs() {
                expr.each(&mut |e| match e {
                    Expr::Filter { name, .. } => called.push(("filter", &filters, name.clone())),
                    Expr::Test { name, .. } => called.push(("test", known::TESTS, name.clone())),
                    Expr::Call(name, _) => called.push(("function", &functions, name.clone())),
                    Expr::Name(_)
                    | Expr::Field(..)
                    | Expr::Item { .. }
                    | Expr::Quoted(_)
                    | Expr::Number
                    | Expr::Truth
                    | Expr::None
                    | Expr::List(_)
                    | Expr::Each { .. }
                    | Expr::Joined { .. }
                    | Expr::Choice { .. }
                    | Expr::Other => {}
                });
            }
            if let Node::Captured { filters: used, .. } = node {
                called.extend(used.iter().map(|f| ("filter", filters.as_slice(), f.clone())));
            }
        });
        for (kind, known, name) in called {
            if known.contains(&name.text.as_str()) {
                continue;
            }
            let message = format!("no {kind} is called `{}`", name.text);
            let fault = Diagnostic::error(RULE.code, message).at(name.span.clone(), "not known");
            finds.add(
                i,
                match nearest(&name.text, known.iter().copied()) {
                    Some(near) => fault.fix_titled("did you mean", name.span, near),
                    None => fault.help(format!("there are: {}", known.join(", "))),
                },
            );
        }
    }
}
