//! What is said of tables and keys that do not fit the table of keys.

use toml::Spanned;
use toml::de::DeValue;

use super::keys::{self, Key};
use super::reader::Table;
use crate::diag::{Diagnostic, Span};

/// The schema number has its own message.
pub(super) fn needed(key: &Key) -> bool {
    key.required && key.path() != "schema"
}

pub(super) fn headed(value: &Spanned<DeValue<'_>>) -> bool {
    value.get_ref().as_array().is_some_and(|a| a.iter().any(|v| v.get_ref().is_table()))
}

pub(super) fn not_a_table(
    def: &str,
    value: &DeValue<'_>,
    span: Span,
    open: &str,
    close: &str,
) -> Diagnostic {
    Diagnostic::error("record::kind", format!("`{def}` is a table, not {}", called(value)))
        .at(span, "not a table")
        .help(format!("write {open}{def}{close} on a line of its own, and its keys below"))
}

pub(super) fn unknown_key(
    table: &Table<'_, '_>,
    span: &Span,
    typed: &str,
    is_table: bool,
    meant: Option<&str>,
    known: &[&str],
) -> Diagnostic {
    let place = if table.def.is_empty() { String::new() } else { format!(" in [{}]", table.def) };
    let noun = if is_table { "table" } else { "key" };
    // A key may be long; what is said of it must not be.
    let short: String = typed.chars().take(40).collect();
    let told = Diagnostic::error("record::unknown_key", format!("unknown {noun} `{short}`{place}"));
    if let Some(meant) = meant {
        return told
            .at(span.clone(), format!("did you mean `{meant}`?"))
            .fix(span.clone(), meant.to_owned());
    }
    let told = told.at(span.clone(), "not a key of a record");
    let others: Vec<String> = keys::KEYS
        .iter()
        .filter(|k| k.name == typed && k.table != table.def)
        .map(|k| {
            if k.table.is_empty() {
                "the top of the file".to_owned()
            } else {
                format!("[{}]", k.table)
            }
        })
        .collect();
    if !others.is_empty() {
        return told.help(format!("`{short}` belongs in {}", others.join(" or ")));
    }
    told.help(format!("known here: {}", known.join(", ")))
}

/// One diagnostic for a table that is not there, or one for each key that a table lacks.
pub(super) fn lacking(table: &Table<'_, '_>, missing: &[&'static Key]) -> Vec<Diagnostic> {
    if !table.is_there() {
        let names: Vec<String> = missing.iter().map(|k| format!("`{}`", k.name)).collect();
        let told =
            Diagnostic::error("record::missing", format!("the table [{}] is missing", table.def))
                .help(format!("it must have {}", names.join(", ")));
        return vec![
            missing.iter().fold(told, |told, k| told.help(format!("{}: {}", k.name, ask(k)))),
        ];
    }
    missing
        .iter()
        .map(|key| {
            let told = Diagnostic::error("record::missing", format!("`{}` is missing", key.path()));
            let told = match &table.header {
                Some(header) => told.at(header.clone(), format!("no `{}` here", key.name)),
                None => told,
            };
            let told = told.help(ask(key));
            if key.unknown {
                told.help(format!("write {} = \"unknown\" when nobody knows", key.name))
            } else {
                told
            }
        })
        .collect()
}

/// What a key is and how to find it, as a help line.
pub(super) fn ask(key: &Key) -> String {
    let mut said = key.means.trim_end_matches('.').to_owned();
    if !key.help.is_empty() {
        said.push_str(". ");
        said.push_str(key.help.trim_end_matches('.'));
    }
    said
}

/// What a value is, for people.
pub(super) fn called(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or a time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
