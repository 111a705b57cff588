//! `{# lint: allow NAME reason #}`: switches one rule off for its line and the next.

use super::rules;
use crate::diag::{Diagnostic, Source, Span, nearest};
use crate::letter::scan::{self, PieceKind};

/// One allowance.
struct Allow {
    rule: String,
    rule_span: Span,
    has_reason: bool,
    span: Span,
    line: usize,
}

/// Takes out what is allowed, and adds what is wrong with the allowances themselves.
///
/// Unless the letters were written, nothing is known of the rules that look at them.
pub(super) fn apply(
    source: &Source,
    faults: Vec<Diagnostic>,
    letters_written: bool,
) -> Vec<Diagnostic> {
    let allows = allows(source);
    let mut used = vec![false; allows.len()];
    let mut left: Vec<Diagnostic> = Vec::new();
    for fault in faults {
        let line = fault.start().map(|at| source.position(at).0);
        let mut is_allowed = false;
        for (allow, used) in allows.iter().zip(&mut used) {
            let near = line.is_some_and(|l| l == allow.line || l == allow.line + 1);
            if near && rules::code(&allow.rule) == Some(fault.code) {
                *used = true;
                is_allowed = true;
            }
        }
        if !is_allowed {
            left.push(fault);
        }
    }
    for (allow, used) in allows.iter().zip(used) {
        left.extend(wrong(allow, used, letters_written));
    }
    left
}

fn wrong(allow: &Allow, used: bool, letters_written: bool) -> Option<Diagnostic> {
    let warning = |message: String| Diagnostic::warning(rules::UNUSED_ALLOW.code, message);
    let Some(rule) = rules::rule(&allow.rule) else {
        let message = format!("no rule is called `{}`", allow.rule);
        let fault = warning(message).at(allow.rule_span.clone(), "not a rule");
        let names = rules::RULES.iter().map(|r| r.name);
        return Some(match nearest(&allow.rule, names) {
            Some(near) => fault.fix(allow.rule_span.clone(), near),
            None => fault.help("`appeal templates lint --list` shows every rule"),
        });
    };
    if !used && (letters_written || !rule.needs_letters()) {
        let message = format!("`{}` finds nothing here, so nothing has to be allowed", rule.name);
        return Some(
            warning(message)
                .at(allow.span.clone(), "does nothing")
                .help("take the comment out; it counts for its own line and the next"),
        );
    }
    (!allow.has_reason).then(|| {
        warning(format!("no reason is given for allowing `{}`", rule.name))
            .at(allow.span.clone(), "why?")
            .help(format!("write it like this: {{# lint: allow {} because … #}}", rule.name))
    })
}

fn allows(source: &Source) -> Vec<Allow> {
    let pieces = scan::pieces(&source.text);
    let comments = pieces.iter().filter(|p| p.kind == PieceKind::Comment);
    comments
        .filter_map(|piece| {
            let words = piece.inner.trim_start().strip_prefix("lint:")?.trim_start();
            let words = words.strip_prefix("allow")?.trim_start();
            let rule: String = words.split_whitespace().next().unwrap_or_default().to_owned();
            let at = piece.inner_start + (piece.inner.len() - words.len());
            let end = piece.start + piece.whole.len();
            Some(Allow {
                has_reason: words.split_whitespace().nth(1).is_some(),
                rule_span: at..at + rule.len(),
                span: piece.start..end,
                line: source.position(end.saturating_sub(1)).0,
                rule,
            })
        })
        .collect()
}
