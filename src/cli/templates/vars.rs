//! `appeal templates vars`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anyhow::bail;
use appeal::diag::fold;
use appeal::law::Law;
use appeal::letter::{self, Name, TOOLS, ToolKind};
use appeal::samples;
use chrono::NaiveDate;
use clap::Args;
use serde_json::{Value, json};

use super::super::out::{self, Exit};
use super::Format;

/// List every name that a template may use: its type, what it means, an example
///
/// The list is made from the program's own types, and the examples from the cases that ship with it, so
/// that neither can be out of date. A text, date or word that is not there is empty: test it with
/// `{% if … %}` before it is printed, or give it to `or_blank`.
#[derive(Debug, Args)]
pub(super) struct VarsArgs {
    /// Only what has a value in the letters of this stage, with examples from them
    #[arg(long = "for", value_name = "STAGE")]
    stage: Option<String>,

    /// Text for a person, or JSON for a program
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
}

/// How much of a long example is shown.
const SHOWN: usize = 60;

pub(super) fn vars(args: &VarsArgs) -> anyhow::Result<Exit> {
    let letters = letters(args.stage.as_deref())?;
    let names: Vec<(Name, Option<&Value>)> = letter::names()
        .into_iter()
        .map(|name| {
            let example = letters.iter().find_map(|values| name.value_in(values));
            (name, example)
        })
        .filter(|(_, example)| args.stage.is_none() || example.is_some())
        .collect();
    match args.format {
        Format::Text => out::result(&told(&names))?,
        Format::Json => {
            let names: Vec<Value> = names
                .iter()
                .map(|(name, example)| {
                    let mut told = json!(name);
                    if name.fields_as.is_none() && !name.kind.contains("group") {
                        told["example"] = json!(example);
                    }
                    told
                })
                .collect();
            let all = json!({ "names": names, "tools": TOOLS });
            out::result(&format!("{}\n", serde_json::to_string_pretty(&all)?))?;
        }
    }
    Ok(Exit::Done)
}

/// The values of every letter that the shipped cases can have, or of those of one stage.
fn letters(stage: Option<&str>) -> anyhow::Result<Vec<Value>> {
    let law = Law::builtin()?;
    let mut letters = Vec::new();
    let mut known = BTreeSet::new();
    for sample in samples::shipped() {
        let Ok(posed) = sample.pose(&law, NaiveDate::default()) else { continue };
        for asked in posed.letters() {
            if stage.is_none_or(|s| s == asked.stage.id) {
                letters.push(letter::values(&asked.input())?);
            }
            known.insert(asked.stage.id);
        }
    }
    if let Some(stage) = stage.filter(|_| letters.is_empty()) {
        let known: Vec<String> = known.into_iter().collect();
        bail!("no letter that ships is of a stage `{stage}`; there are: {}", known.join(", "));
    }
    Ok(letters)
}

fn told(names: &[(Name, Option<&Value>)]) -> String {
    let mut text = String::new();
    for (name, example) in names {
        let none = if name.may_be_none { ", or none" } else { "" };
        let _ = writeln!(text, "{} ({}{none})", name.name, name.kind);
        let mut says = name.meaning.clone();
        if let Some(other) = &name.fields_as {
            let _ = write!(says, " Its fields are those of {other}.");
        }
        let _ = writeln!(text, "{}", fold("    ", 4, says.trim()));
        if let Some(example) = example.and_then(shown) {
            let _ = writeln!(text, "    Example: {example}");
        }
    }
    text.push_str("\nFilters and functions, besides those of Tera itself:\n\n");
    for tool in TOOLS {
        let kind = match tool.kind {
            ToolKind::Filter => "filter",
            ToolKind::Function => "function",
        };
        let _ = writeln!(text, "{} ({kind})", tool.name);
        let _ = writeln!(text, "{}", fold("    ", 4, tool.says));
        let prints = if tool.prints.is_empty() { "" } else { "  prints  " };
        let _ = writeln!(text, "    {{{{ {} }}}}{prints}{}", tool.example, tool.prints);
    }
    text
}

/// A value in one short line; none for a group, whose fields have their own.
fn shown(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(values) => {
            let texts: Option<Vec<String>> = values.iter().map(shown).collect();
            texts?.join(", ")
        }
        Value::Null | Value::Object(_) => return None,
    };
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = line.chars().take(SHOWN).collect();
    Some(if short.len() == line.len() { line } else { format!("{}…", short.trim_end()) })
}
