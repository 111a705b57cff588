//! The names that templates may use, told by the types they come from, with the values of one letter.

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings, json_schema};
use serde_json::{Map, Value};

use super::mark::{self, Text};
use super::{Context, Error, Input};

/// A name that templates may use.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Name {
    /// As a template writes it: `member.name`. `[]` stands for one entry of a list, `ID` for a key.
    pub name: String,
    /// What it holds: `text`, `text as typed`, `yes or no`, `number`, `group`, `list of …`, `… by id`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether it may be none.
    pub may_be_none: bool,
    /// What it means.
    pub meaning: String,
    /// The name whose fields it shares, where those are told already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fields_as: Option<String>,
    /// How deep it stands, from 0.
    #[serde(skip)]
    pub depth: usize,
}

impl JsonSchema for Text {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Typed".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "typed" })
    }
}

/// Returns every name, in alphabetical order, with the fields of a group below it.
#[must_use]
pub fn names() -> Vec<Name> {
    let root = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Context>();
    let root = root.to_value();
    let mut list = List { defs: root["$defs"].as_object(), told: Vec::new(), names: Vec::new() };
    list.fields(&root, "", 0);
    list.names
}

struct List<'a> {
    defs: Option<&'a Map<String, Value>>,
    /// Each group whose fields are listed, with the name they are listed under.
    told: Vec<(&'a str, String)>,
    names: Vec<Name>,
}

/// What a schema says of a value.
#[derive(Default)]
struct Shape<'a> {
    kind: String,
    may_be_none: bool,
    /// What a template writes to come to one entry: `[]`, `.ID`.
    entry: &'static str,
    group: Option<(&'a str, &'a Value)>,
}

impl<'a> List<'a> {
    fn fields(&mut self, group: &'a Value, under: &str, depth: usize) {
        for (field, schema) in group["properties"].as_object().into_iter().flatten() {
            let name = if under.is_empty() { field.clone() } else { format!("{under}.{field}") };
            let shape = self.shape(schema);
            let told = shape.group.and_then(|(id, _)| self.told.iter().find(|(g, _)| *g == id));
            let fields_as = told.map(|(_, name)| name.clone());
            let is_new = fields_as.is_none();
            self.names.push(Name {
                name: name.clone(),
                kind: shape.kind,
                may_be_none: shape.may_be_none,
                meaning: meaning(schema),
                fields_as,
                depth,
            });
            if let Some((id, group)) = shape.group
                && is_new
            {
                let under = format!("{name}{}", shape.entry);
                self.told.push((id, under.clone()));
                self.fields(group, &under, depth + 1);
            }
        }
    }

    fn shape(&self, schema: &'a Value) -> Shape<'a> {
        if let Some(all) = schema["anyOf"].as_array() {
            let some = all.iter().find(|s| s["type"] != "null");
            let shape = some.map(|s| self.shape(s)).unwrap_or_default();
            return Shape { may_be_none: true, ..shape };
        }
        if let Some(id) = schema["$ref"].as_str().and_then(|r| r.strip_prefix("#/$defs/")) {
            let group = self.defs.and_then(|d| d.get_key_value(id));
            let group = group.map(|(id, group)| (id.as_str(), group));
            return Shape { kind: "group".to_owned(), group, ..Shape::default() };
        }
        let (word, may_be_none) = match &schema["type"] {
            Value::Array(words) => {
                (words.iter().filter_map(Value::as_str).find(|w| *w != "null"), true)
            }
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Object(_) => (schema["type"].as_str(), false),
        };
        let word = word.unwrap_or_default();
        match word {
            "array" => {
                let each = self.shape(&schema["items"]);
                Shape { kind: format!("list of {}", many(&each.kind)), entry: "[]", ..each }
            }
            "object" => {
                let each = self.shape(&schema["additionalProperties"]);
                Shape { kind: format!("{} by id", many(&each.kind)), entry: ".ID", ..each }
            }
            _ => {
                let kind = match word {
                    "string" if schema["format"] == "typed" => "text as typed",
                    "string" => "text",
                    "boolean" => "yes or no",
                    _ => "number",
                };
                Shape { kind: kind.to_owned(), may_be_none, ..Shape::default() }
            }
        }
    }
}

fn many(kind: &str) -> String {
    match kind.split_once(' ') {
        Some((first, rest)) => format!("{first}s {rest}"),
        None => format!("{kind}s"),
    }
}

fn meaning(schema: &Value) -> String {
    let text = schema["description"].as_str().unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns what the names hold for one letter, without the marks.
///
/// # Errors
///
/// When a text of the record holds a character for private use.
pub fn values(input: &Input<'_>) -> Result<Value, Error> {
    let context = Context::of(input);
    context.record_text()?;
    let mut value = serde_json::to_value(&context)
        .map_err(|e| Error::Template { message: e.to_string(), place: None })?;
    bare(&mut value);
    Ok(value)
}

fn bare(value: &mut Value) {
    match value {
        Value::String(text) => *text = mark::strip(text),
        Value::Array(values) => values.iter_mut().for_each(bare),
        Value::Object(map) => map.values_mut().for_each(bare),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

impl Name {
    /// Returns the first value that is there under this name in the values of a letter.
    #[must_use]
    pub fn value_in<'a>(&self, values: &'a Value) -> Option<&'a Value> {
        let parts: Vec<&str> = self.name.split('.').collect();
        first(values, &parts)
    }
}

fn first<'a>(value: &'a Value, parts: &[&str]) -> Option<&'a Value> {
    let Some((part, rest)) = parts.split_first() else {
        return Some(value).filter(|v| is_there(v));
    };
    if *part == "ID" {
        return value.as_object()?.values().find_map(|v| first(v, rest));
    }
    match part.strip_suffix("[]") {
        Some(part) => value.get(part)?.as_array()?.iter().find_map(|v| first(v, rest)),
        None => first(value.get(part)?, rest),
    }
}

fn is_there(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(_) | Value::Number(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::Array(values) => !values.is_empty(),
        Value::Object(map) => !map.is_empty(),
    }
}
