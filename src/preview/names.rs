//! The names that a template may use, each with its value in one case and what it means.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Serialize;
use serde_json::Value;

use crate::letter;

/// Longest value shown, in characters.
const WIDEST: usize = 300;

/// Every name as the program tells it, by name.
static TOLD: LazyLock<BTreeMap<String, letter::Name>> =
    LazyLock::new(|| letter::names().into_iter().map(|n| (n.name.clone(), n)).collect());

/// A name and its value.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Name {
    /// As a template says it: `services[0].kind`.
    name: String,
    /// The value, cut where it is very long; empty where there is none.
    value: String,
    /// What it holds: `text`, `yes or no`, `list of groups`.
    kind: &'static str,
    /// What it means.
    meaning: &'static str,
}

/// Returns every name below the values of a letter, in alphabetical order.
pub(super) fn flat(values: &Value) -> Vec<Name> {
    let mut names = Vec::new();
    if let Value::Object(map) = values {
        map.iter().for_each(|(name, value)| add(&mut names, name.clone(), name.clone(), value));
    }
    names
}

/// Adds a value and all below it. `told` is its name in the list of names: `services[].kind`.
fn add(names: &mut Vec<Name>, name: String, told: String, value: &Value) {
    let about = TOLD.get(&told);
    // Groups of one kind are told once: what lies below this one may stand under another name.
    let shared = about.and_then(|n| n.fields_as.clone());
    let mut one = |value: String| {
        let kind = about.map_or("", |n| n.kind.as_str());
        let meaning = about.map_or("", |n| n.meaning.as_str());
        names.push(Name { name: name.clone(), value, kind, meaning });
    };
    match value {
        Value::Null => one(String::new()),
        Value::Bool(truth) => one(truth.to_string()),
        Value::Number(number) => one(number.to_string()),
        Value::String(text) => one(cut(text)),
        Value::Array(list) if list.is_empty() => one(String::new()),
        Value::Object(map) if map.is_empty() => one(String::new()),
        Value::Array(list) => {
            let each = shared.unwrap_or_else(|| format!("{told}[]"));
            for (n, value) in list.iter().enumerate() {
                add(names, format!("{name}[{n}]"), each.clone(), value);
            }
        }
        Value::Object(map) => {
            let by_id = about.is_some_and(|n| n.kind.ends_with(" by id"));
            for (key, value) in map {
                let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
                let step = if plain { format!(".{key}") } else { format!("[{key:?}]") };
                let below = match (by_id, &shared) {
                    (true, Some(shared)) => shared.clone(),
                    (true, None) => format!("{told}.ID"),
                    (false, shared) => format!("{}.{key}", shared.as_ref().unwrap_or(&told)),
                };
                add(names, format!("{name}{step}"), below, value);
            }
        }
    }
}

fn cut(text: &str) -> String {
    let mut short: String = text.chars().take(WIDEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_a_template_would_say_and_has_its_meaning() {
        let values = serde_json::json!({
            "member": { "name": "Ana" },
            "services": [{ "kind": "surgery" }],
            "service": { "kind": "surgery" },
            "deadlines": { "us-x.file": { "date": "2026-10-20" } },
            "representative": null,
            "criteria": [],
            "answers": [{ "date": "2026-10-21" }],
            "backing": { "claim_file": { "cite": "§ 1" } },
        });
        let names = flat(&values);
        let shown: Vec<String> = names.iter().map(|n| format!("{}={}", n.name, n.value)).collect();
        let expected = [
            "answers[0].date=2026-10-21",
            "backing.claim_file.cite=§ 1",
            "criteria=",
            "deadlines[\"us-x.file\"].date=2026-10-20",
            "member.name=Ana",
            "representative=",
            "service.kind=surgery",
            "services[0].kind=surgery",
        ];
        assert_eq!(shown, expected);
        for name in &names {
            assert!(!name.meaning.is_empty() && !name.kind.is_empty(), "{name:?}");
        }
    }
}
