//! The names that a template may use, each with its value in one case.

use serde::Serialize;
use serde_json::Value;

/// Longest value shown, in characters.
const WIDEST: usize = 300;

/// A name and its value.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Name {
    /// As a template says it: `services[0].kind`.
    name: String,
    /// The value, cut where it is very long.
    value: String,
    /// `text`, `truth`, `number`, `list`, `group`, or `none`.
    kind: &'static str,
}

/// Returns every name below the context, in its order.
pub(super) fn flat(context: &Value) -> Vec<Name> {
    let mut names = Vec::new();
    if let Value::Object(map) = context {
        map.iter().for_each(|(name, value)| add(&mut names, name.clone(), value));
    }
    names
}

fn add(names: &mut Vec<Name>, name: String, value: &Value) {
    let mut one = |value: String, kind| names.push(Name { name: name.clone(), value, kind });
    match value {
        Value::Null => one(String::new(), "none"),
        Value::Bool(truth) => one(truth.to_string(), "truth"),
        Value::Number(number) => one(number.to_string(), "number"),
        Value::String(text) => one(cut(text), "text"),
        Value::Array(list) if list.is_empty() => one(String::new(), "list"),
        Value::Object(map) if map.is_empty() => one(String::new(), "group"),
        Value::Array(list) => {
            for (n, value) in list.iter().enumerate() {
                add(names, format!("{name}[{n}]"), value);
            }
        }
        Value::Object(map) => {
            for (key, value) in map {
                let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
                let step = if plain { format!(".{key}") } else { format!("[{key:?}]") };
                add(names, format!("{name}{step}"), value);
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
    fn a_name_is_what_a_template_would_say() {
        let context = serde_json::json!({
            "member": { "name": "Ana" }, "services": [{ "given": true }], "deadlines": { "us-x.file": { "n": 1 } },
            "none": null, "empty": [],
        });
        let shown: Vec<String> =
            flat(&context).iter().map(|n| format!("{}={} {}", n.name, n.value, n.kind)).collect();
        for line in [
            "member.name=Ana text",
            "services[0].given=true truth",
            "deadlines[\"us-x.file\"].n=1 number",
            "none= none",
            "empty= list",
        ] {
            assert!(shown.iter().any(|s| s == line), "{line} in {shown:?}");
        }
    }
}
