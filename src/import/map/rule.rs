//! One key of a map: a heading, or a table that says more.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::read::{Faults, short};
use super::{Rule, Takes, Translation, plain};
use crate::diag::nearest;
use crate::record::keys::{Key, Kind};

const KEYS: [&str; 8] = ["column", "columns", "value", "values", "date", "split", "width", "empty"];

/// Reads a rule. `number` takes the place of `{n}` in headings.
pub(super) fn rule(
    faults: &mut Faults<'_>,
    key: &'static Key,
    value: &Spanned<DeValue<'_>>,
    number: Option<usize>,
) -> Option<Rule> {
    let span = value.span();
    let mut rule = Rule {
        key,
        takes: Takes::Columns(Vec::new()),
        values: Vec::new(),
        date: None,
        split: None,
        width: None,
        empty: None,
        span: span.clone(),
    };
    let table = match value.get_ref() {
        DeValue::String(_) => {
            let heading = faults.string(key.name, value)?;
            rule.takes = Takes::Columns(vec![vec![numbered(&heading, number)]]);
            return Some(rule);
        }
        DeValue::Table(table) => table,
        DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)
        | DeValue::Array(_) => {
            let raw = faults.text.get(span.clone()).unwrap_or_default().to_owned();
            let message = format!("`{}` must name a column", key.path());
            let told = crate::diag::Diagnostic::error("import::map", message)
                .at(span.clone(), "expected a heading in quotation marks")
                .help(format!("for the same value in every row, write {{ value = {raw} }}"));
            faults.found.push(told);
            return None;
        }
    };
    for (name, _) in table.iter().filter(|(n, _)| !KEYS.contains(&n.get_ref().as_ref())) {
        let place = format!(" in the rule for `{}`", key.path());
        faults.unknown(&place, name.get_ref(), name.span(), &KEYS);
    }
    rule.takes = takes(faults, &rule, table, number)?;
    if let Some(value) = table.get("values") {
        values(faults, &mut rule, value);
    }
    if let Some(value) = table.get("date") {
        if matches!(key.kind, Kind::Date | Kind::Dates | Kind::Moment) {
            rule.date = faults.date(value);
        } else {
            faults.tell(format!("`{}` is no date", key.path()), value.span(), "leave this out");
        }
    }
    if let Some(value) = table.get("split") {
        if list(key) {
            rule.split = faults.string("split", value);
        } else {
            faults.tell(format!("`{}` is no list", key.path()), value.span(), "leave this out");
        }
    }
    rule.width = table.get("width").and_then(|v| faults.number("width", v, (1, 200)));
    rule.empty = table.get("empty").and_then(|v| constant(faults, key, v));
    Some(rule)
}

/// Whether a key takes a list.
fn list(key: &Key) -> bool {
    matches!(key.kind, Kind::Lines | Kind::Dates | Kind::Words(_))
}

fn numbered(heading: &str, number: Option<usize>) -> String {
    match number {
        Some(n) => heading.replace("{n}", &n.to_string()),
        None => heading.to_owned(),
    }
}

/// Reads where the value comes from: one of `column`, `columns` and `value`.
fn takes(
    faults: &mut Faults<'_>,
    rule: &Rule,
    table: &DeTable<'_>,
    number: Option<usize>,
) -> Option<Takes> {
    let key = rule.key;
    let named = ["column", "columns", "value"].map(|n| table.get(n));
    match named {
        [Some(value), None, None] => {
            let heading = faults.string("column", value)?;
            Some(Takes::Columns(vec![vec![numbered(&heading, number)]]))
        }
        [None, Some(value), None] => {
            let Some(items) = value.get_ref().as_array().filter(|a| !a.is_empty()) else {
                faults.tell("`columns` is a list of headings", value.span(), "expected [\"…\"]");
                return None;
            };
            let mut columns = Vec::new();
            for item in items {
                let parts = match item.get_ref().as_array() {
                    Some(parts) if list(key) => {
                        parts.iter().filter_map(|p| faults.string("columns", p)).collect()
                    }
                    _ => vec![faults.string("columns", item)?],
                };
                columns.push(parts.iter().map(|p| numbered(p, number)).collect());
            }
            // Several columns of one text are its parts.
            Some(Takes::Columns(if list(key) { columns } else { vec![columns.concat()] }))
        }
        [None, None, Some(value)] => Some(Takes::Constant(constant(faults, key, value)?)),
        _ => {
            faults.tell(
                format!("the rule for `{}` has one of column, columns and value", key.path()),
                rule.span.clone(),
                "none of them here, or several",
            );
            None
        }
    }
}

/// Reads a value that is written as it stands, and returns it as TOML.
fn constant(faults: &mut Faults<'_>, key: &Key, value: &Spanned<DeValue<'_>>) -> Option<String> {
    let span = value.span();
    let held = value.get_ref();
    let unknown = |v: &DeValue<'_>| key.unknown && v.as_str() == Some("unknown");
    let fits = |v: &DeValue<'_>| match key.kind {
        Kind::Text | Kind::Narrative | Kind::Lines => v.is_str(),
        Kind::Date | Kind::Dates | Kind::Moment => v.is_datetime(),
        Kind::Bool => v.is_bool(),
        Kind::Integer(..) => v.is_integer(),
        Kind::Word(_) | Kind::Words(_) => v.is_str(),
    };
    let items: Vec<&Spanned<DeValue<'_>>> = match held.as_array() {
        Some(items) if list(key) => items.iter().collect(),
        _ if list(key) => {
            let raw = faults.text.get(span.clone()).unwrap_or_default();
            let told = format!("expected a list: [{}]", short(raw));
            faults.tell(format!("`{}` is a list", key.path()), span, told);
            return None;
        }
        _ => vec![value],
    };
    for item in items {
        if unknown(item.get_ref()) {
            continue;
        }
        if !fits(item.get_ref()) {
            let label = "not what a record takes there";
            faults.tell(format!("`{}` cannot be this", key.path()), item.span(), label);
            return None;
        }
        if let Some(text) = item.get_ref().as_str()
            && !key.words().is_empty()
            && !word(faults, key, text, item.span())
        {
            return None;
        }
    }
    faults.text.get(span).map(str::to_owned)
}

/// Whether a text is a word of the key; reports it where it is not.
fn word(faults: &mut Faults<'_>, key: &Key, text: &str, span: crate::diag::Span) -> bool {
    let all: Vec<&str> =
        key.words().iter().copied().chain(key.unknown.then_some("unknown")).collect();
    if all.contains(&text) {
        return true;
    }
    let told =
        crate::diag::Diagnostic::error("import::map", format!("unknown word for `{}`", key.path()));
    let told = match nearest(text, all.iter().copied()) {
        Some(near) => told
            .at(span.clone(), format!("did you mean `{near}`?"))
            .fix(span, format!("\"{near}\"")),
        None => told.at(span, "not one of its words"),
    };
    faults.found.push(told.help(format!("`{}` is one of: {}", key.path(), all.join(", "))));
    false
}

/// Reads what cells become.
fn values(faults: &mut Faults<'_>, rule: &mut Rule, value: &Spanned<DeValue<'_>>) {
    let key = rule.key;
    let Some(table) = value.get_ref().as_table() else {
        let label = "expected { \"in the cell\" = \"in the record\" }";
        faults.tell("`values` is a table", value.span(), label);
        return;
    };
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(cell, _)| cell.span().start);
    for (cell, meant) in entries {
        let plain = plain(cell.get_ref());
        if rule.values.iter().any(|known| known.plain == plain) {
            let label = "capitals and spaces do not count";
            faults.tell("this cell is translated twice", cell.span(), label);
            continue;
        }
        let several = meant.get_ref().as_array().filter(|_| list(key));
        let items: Vec<&Spanned<DeValue<'_>>> = match several {
            Some(items) => items.iter().collect(),
            None => vec![meant],
        };
        let mut words = Vec::new();
        for item in items {
            let text = match item.get_ref() {
                DeValue::String(text) => text.to_string(),
                DeValue::Boolean(yes) if key.kind == Kind::Bool => yes.to_string(),
                DeValue::Boolean(_)
                | DeValue::Integer(_)
                | DeValue::Float(_)
                | DeValue::Datetime(_)
                | DeValue::Array(_)
                | DeValue::Table(_) => {
                    let message = "a cell is translated into a text";
                    faults.tell(message, item.span(), "expected \"…\", or \"\" to leave it out");
                    continue;
                }
            };
            if !text.is_empty() {
                if !key.words().is_empty() && !word(faults, key, &text, item.span()) {
                    continue;
                }
                words.push(text);
            }
        }
        let cell = cell.get_ref().to_string();
        rule.values.push(Translation { cell, plain, words });
    }
}
