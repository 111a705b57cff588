//! A report as SARIF 2.1.0, for editors and for checks that run on every change.

use serde_json::{Value, json};

use super::Report;
use super::rules::{RULES, Rule};
use crate::diag::{Diagnostic, Severity, Source, Span};

/// Returns the report as one SARIF log.
#[must_use]
pub fn sarif(report: &Report, version: &str) -> Value {
    let results: Vec<Value> =
        report.files.iter().flat_map(|f| f.faults.iter().map(|d| result(d, &f.source))).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "appeal templates lint",
                    "semanticVersion": version,
                    "rules": RULES.iter().map(described).collect::<Vec<_>>(),
                },
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn described(rule: &Rule) -> Value {
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.sentence() },
        "help": { "text": rule.doc(), "markdown": rule.doc() },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn result(d: &Diagnostic, source: &Source) -> Value {
    let name = d.code.strip_prefix("lint::").unwrap_or(d.code);
    let mut text = sentence(&d.message);
    for help in &d.help {
        text.push(' ');
        text.push_str(&sentence(help));
    }
    let artifact = json!({ "uri": uri(&source.name) });
    let mut location = json!({ "artifactLocation": artifact });
    if let Some(label) = d.labels.iter().find(|l| l.primary) {
        location["region"] = region(&label.span, source);
    }
    let mut result = json!({
        "ruleId": name,
        "level": level(d.severity),
        "message": { "text": text },
        "locations": [{ "physicalLocation": location }],
    });
    if let Some(index) = RULES.iter().position(|r| r.name == name) {
        result["ruleIndex"] = json!(index);
    }
    let fixes: Vec<Value> = d
        .fixes
        .iter()
        .map(|fix| {
            let replacement = json!({
                "deletedRegion": region(&fix.span, source),
                "insertedContent": { "text": fix.text },
            });
            let change = json!({ "artifactLocation": artifact, "replacements": [replacement] });
            json!({ "description": { "text": sentence(&fix.title) }, "artifactChanges": [change] })
        })
        .collect();
    if !fixes.is_empty() {
        result["fixes"] = json!(fixes);
    }
    result
}

fn region(span: &Span, source: &Source) -> Value {
    let (line, column) = source.position(span.start);
    let (end_line, end_column) = source.position(span.end);
    json!({ "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column })
}

/// With a capital and a period.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{end}", chars.as_str())
}

/// A path as an address: what is no plain sign of one is written in bytes.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/".contains(&b);
    path.bytes()
        .map(|b| if is_plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_is_an_address() {
        assert_eq!(uri("our letters/é.md"), "our%20letters/%C3%A9.md");
    }
}
