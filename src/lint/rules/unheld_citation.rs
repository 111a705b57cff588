//! Finds authorities, rights and deadlines that the law on file does not hold, or does not hold for the letter.
//!
//! ## Why it is bad
//!
//! A right that no pack has is never printed. An authority that a ruling does not rest on, or that is not
//! confirmed enough for a letter, stops the letter.
//!
//! ## Example
//!
//! ```text
//! {% if backing?.claim_fiel %}({{ backing.claim_fiel.cite }}){% endif %}
//! {{ cite(id="hsc-9999") }}
//! ```
//!
//! ## Use instead
//!
//! ```text
//! {% if backing?.claim_file %}({{ backing.claim_file.cite }}){% endif %}
//! ```
//!
//! `appeal law show ID` says what is on file. A right is named by the last part of its id, with `_` for `-`.

use super::super::expr::{Expr, Word};
use super::super::tree;
use super::{Finds, From, Rule, Scene};
use crate::diag::{Diagnostic, Severity, nearest};
use crate::law::Law;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "unheld-citation",
    code: "lint::unheld-citation",
    severity: Severity::Error,
    source: include_str!("unheld_citation.rs"),
    from: From::Templates,
    look,
};

fn look(scene: &Scene<'_>, finds: &mut Finds) {
    let rights = rights(scene.law);
    for (i, file) in scene.looked_at() {
        let mut faults = Vec::new();
        tree::each(&file.tree.nodes, &mut |node| {
            for expr in node.exprs() {
                expr.each(&mut |e| faults.extend(wrong(e, scene.law, &rights)));
            }
        });
        faults.into_iter().for_each(|f| finds.add(i, f));
    }
}

/// Names of the rights of all packs, as templates name them.
fn rights(law: &Law) -> Vec<String> {
    let all = law.packs().flat_map(|p| &p.right);
    let name = |id: &str| id.rsplit('.').next().unwrap_or(id).replace('-', "_");
    let mut names: Vec<String> = all.map(|r| name(&r.id)).collect();
    names.sort();
    names.dedup();
    names
}

fn wrong(expr: &Expr, law: &Law, rights: &[String]) -> Option<Diagnostic> {
    match expr {
        Expr::Field(of, name) if is_name(of, "backing") => {
            let known = rights.contains(&name.text);
            (!known).then(|| unknown("right", name, rights.iter().map(String::as_str)))
        }
        Expr::Item { of, index, .. } => {
            let [Expr::Quoted(id)] = index.as_slice() else { return None };
            match () {
                () if is_name(of, "backing") && !rights.contains(&id.text) => {
                    Some(unknown("right", id, rights.iter().map(String::as_str)))
                }
                () if is_name(of, "authorities") => authority(id, law),
                () if is_name(of, "deadlines") => {
                    let ids = || law.packs().flat_map(|p| p.deadline.keys().map(String::as_str));
                    let known = ids().any(|d| d == id.text);
                    (!known).then(|| unknown("deadline", id, ids()))
                }
                () => None,
            }
        }
        Expr::Call(name, arguments) if name.text == "cite" => {
            let (_, id) = arguments.iter().find(|(n, _)| n.text == "id")?;
            let Expr::Quoted(id) = id else { return None };
            authority(id, law)
        }
        Expr::Name(_)
        | Expr::Field(..)
        | Expr::Call(..)
        | Expr::Filter { .. }
        | Expr::Test { .. }
        | Expr::Quoted(_)
        | Expr::Number
        | Expr::Truth
        | Expr::None
        | Expr::List(_)
        | Expr::Each { .. }
        | Expr::Joined { .. }
        | Expr::Choice { .. }
        | Expr::Other => None,
    }
}

fn is_name(expr: &Expr, name: &str) -> bool {
    matches!(expr, Expr::Name(word) if word.text == name)
}

fn authority(id: &Word, law: &Law) -> Option<Diagnostic> {
    let registry = law.registry();
    if registry.get(&id.text).is_none() {
        return Some(unknown("authority", id, registry.iter().map(|(id, _)| id)));
    }
    registry.letter(&id.text).is_none().then(|| {
        let message = format!("`{}` is not confirmed enough for a letter", id.text);
        Diagnostic::error(RULE.code, message)
            .at(id.span.clone(), "held back")
            .help(format!("`appeal law show {}` says how well it is confirmed", id.text))
    })
}

fn unknown<'a>(kind: &str, id: &Word, all: impl Iterator<Item = &'a str>) -> Diagnostic {
    let message = format!("the law on file has no {kind} `{}`", id.text);
    let fault = Diagnostic::error(RULE.code, message).at(id.span.clone(), "not on file");
    match nearest(&id.text, all) {
        Some(near) => fault.fix_titled("did you mean", id.span.clone(), near),
        None => {
            fault.help("`appeal law list` shows the packs, and `appeal law show ID` what is in one")
        }
    }
}
