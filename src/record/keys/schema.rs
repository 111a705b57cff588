//! The JSON Schema of a record, for editors.

use serde_json::{Map, Value, json};

use super::{KEYS, Key, Kind, SCHEMA, TABLES, of};

/// Returns the JSON Schema (2020-12) of a record, pretty-printed, always the same bytes.
#[must_use]
pub fn schema() -> String {
    let mut root = table("");
    root.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    root.insert("title".into(), json!("Denial record"));
    let mut text = format!("{:#}", Value::Object(root));
    text.push('\n');
    text
}

fn table(name: &str) -> Map<String, Value> {
    let mut properties: Map<String, Value> =
        of(name).map(|k| (k.name.to_owned(), property(k))).collect();
    let mut required: Vec<&str> = of(name).filter(|k| k.required).map(|k| k.name).collect();
    for inner in TABLES.iter().filter(|t| parent(t.name) == Some(name)) {
        let own = inner.name.rsplit('.').next().unwrap_or(inner.name);
        let object = Value::Object(table(inner.name));
        let value = if inner.many {
            let least = usize::from(inner.name == "service");
            json!({ "type": "array", "items": object, "minItems": least, "description": inner.means })
        } else {
            object
        };
        properties.insert(own.to_owned(), value);
        let needed = KEYS.iter().any(|k| k.table == inner.name && k.required);
        if needed && (!inner.many || inner.name == "service") {
            required.push(own);
        }
    }
    let mut object = Map::new();
    object.insert("type".into(), json!("object"));
    if let Some(def) = super::table(name) {
        object.insert("description".into(), json!(def.means));
    }
    object.insert("properties".into(), Value::Object(properties));
    object.insert("additionalProperties".into(), json!(false));
    if !required.is_empty() {
        object.insert("required".into(), json!(required));
    }
    object
}

/// Returns the table that a table stands in; none for the top itself.
fn parent(name: &str) -> Option<&str> {
    match name.rsplit_once('.') {
        Some((outer, _)) => Some(outer),
        None => (!name.is_empty()).then_some(""),
    }
}

fn property(key: &Key) -> Value {
    let text = || json!({ "type": "string", "minLength": 1 });
    let date = || json!({ "type": "string", "format": "date" });
    let words = || {
        let unknown = key.unknown.then_some("unknown");
        let all: Vec<&str> = key.words().iter().copied().chain(unknown).collect();
        json!({ "type": "string", "enum": all })
    };
    let mut value = match key.kind {
        Kind::Integer(..) if key.name == "schema" => json!({ "const": SCHEMA }),
        Kind::Text if key.name == "case_id" => {
            json!({ "type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$" })
        }
        Kind::Text | Kind::Narrative => text(),
        Kind::Lines => json!({ "type": "array", "items": text() }),
        Kind::Date => date(),
        Kind::Dates => json!({ "type": "array", "items": date() }),
        Kind::Moment => {
            let local = r"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$";
            json!({ "anyOf": [date(), { "type": "string", "pattern": local }] })
        }
        Kind::Bool => json!({ "type": "boolean" }),
        Kind::Integer(from, to) => json!({ "type": "integer", "minimum": from, "maximum": to }),
        Kind::Word(_) => words(),
        Kind::Words(_) => json!({ "type": "array", "items": words(), "uniqueItems": true }),
    };
    let worded = matches!(key.kind, Kind::Word(_) | Kind::Words(_));
    if key.unknown && !worded {
        value = json!({ "anyOf": [value, { "const": "unknown" }] });
    }
    if let Some(object) = value.as_object_mut() {
        let said = if key.help.is_empty() {
            key.means.to_owned()
        } else {
            format!("{} {}", key.means, key.help)
        };
        object.insert("description".into(), json!(said));
    }
    value
}
