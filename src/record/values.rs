//! Values: text, lines, words, numbers, yes and no.

use toml::Spanned;
use toml::de::{DeInteger, DeValue};

use super::keys::{self, Key, Kind};
use super::misfits::{ask, called};
use super::reader::{Entry, Reader, Table};
use crate::diag::{Diagnostic, Span};

impl<'s> Reader<'s> {
    /// Reads `true` or `false`; none for `"unknown"`.
    pub(super) fn flag(&mut self, table: &Table<'_, 's>, name: &str) -> Option<bool> {
        let entry = self.entry(table, name)?;
        let raw = self.text.get(entry.span.clone()).unwrap_or_default();
        if let DeValue::Boolean(value) = entry.value.get_ref()
            && !self.broken(&entry.span)
        {
            return Some(*value);
        }
        let typed = raw.trim_matches(['"', '\'']).trim().to_lowercase();
        if entry.key.unknown && raw == "\"unknown\"" {
            return None;
        }
        let meant = match typed.as_str() {
            "yes" | "true" | "y" | "t" => Some(true),
            "no" | "false" | "n" | "f" => Some(false),
            _ => None,
        };
        if meant.is_none() && self.broken(&entry.span) {
            return None;
        }
        self.explained(&entry.span);
        let told = Diagnostic::error(
            "record::kind",
            format!("`{}` is neither true nor false", entry.said),
        )
        .at(entry.span.clone(), "expected true or false, without quotation marks")
        .help(ask(entry.key));
        let told = match meant {
            Some(value) => told.fix(entry.span, value.to_string()),
            None => told,
        };
        self.report(told);
        meant
    }

    /// Reads a whole number between the bounds of its key.
    pub(super) fn integer(&mut self, table: &Table<'_, 's>, name: &str) -> Option<i64> {
        let entry = self.entry(table, name)?;
        if let DeValue::Integer(number) = entry.value.get_ref() {
            if self.broken(&entry.span) {
                return None;
            }
            let value = whole(number);
            let Kind::Integer(from, to) = entry.key.kind else { return value };
            if value.is_some_and(|v| (from..=to).contains(&v)) {
                return value;
            }
            self.report(
                Diagnostic::error("record::range", format!("`{}` is out of range", entry.said))
                    .at(entry.span, format!("expected {}", keys::describe(entry.key))),
            );
            return None;
        }
        if self.unknown(&entry) || (self.broken(&entry.span) && !self.is_bare(&entry.span)) {
            return None;
        }
        let raw = self.text.get(entry.span.clone()).unwrap_or_default();
        let digits = raw.trim_matches(['"', '\'']).trim();
        let told = self.wrong_kind(&entry);
        let told = if !digits.is_empty()
            && digits.len() < 10
            && digits.bytes().all(|b| b.is_ascii_digit())
        {
            told.fix(entry.span.clone(), digits)
        } else {
            told
        };
        self.explained(&entry.span);
        self.report(told);
        None
    }

    /// Whether a value is the word `unknown`, where that is an answer.
    pub(super) fn unknown(&self, entry: &Entry<'_, 's>) -> bool {
        entry.key.unknown
            && !self.is_bare(&entry.span)
            && entry.value.get_ref().as_str().is_some_and(|s| s == "unknown")
    }

    /// Whether a text stands without quotation marks.
    pub(super) fn is_bare(&self, span: &Span) -> bool {
        let raw = self.text.get(span.clone()).unwrap_or_default();
        !raw.is_empty() && !raw.starts_with(['"', '\'']) && self.broken(span)
    }

    /// Extends the place of a text without quotation marks to the end of what was meant.
    pub(super) fn whole_line(&self, span: &Span) -> Span {
        let rest = self.text.get(span.end..).unwrap_or_default();
        let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
        let line = &line[..line.find(" #").unwrap_or(line.len())];
        let whole = span.start..span.end + line.trim_end().len();
        // Inside a list or braces the parser is content with the rest of the line.
        if self.starts_fault(span.end + 1, whole.end) { whole } else { span.clone() }
    }

    /// Returns the entries of a list; a lone value is reported and read as a list of one.
    pub(super) fn items<'t>(&mut self, table: &Table<'t, 's>, name: &str) -> Vec<Entry<'t, 's>> {
        let Some(entry) = self.entry(table, name) else { return Vec::new() };
        let item = |value: &'t Spanned<DeValue<'s>>| Entry {
            key: entry.key,
            said: entry.said.clone(),
            value,
            span: value.span(),
        };
        match entry.value.get_ref() {
            DeValue::Array(list) => list.iter().map(item).collect(),
            DeValue::String(_) | DeValue::Datetime(_) => {
                let raw = self.text.get(entry.span.clone()).unwrap_or_default();
                if !self.broken(&entry.span) {
                    let told = self.wrong_kind(&entry).fix(entry.span.clone(), format!("[{raw}]"));
                    self.report(told);
                }
                vec![item(entry.value)]
            }
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Table(_) => {
                if !self.broken(&entry.span) {
                    let told = self.wrong_kind(&entry);
                    self.report(told);
                }
                Vec::new()
            }
        }
    }

    /// Says that a value is of the wrong kind.
    pub(super) fn wrong_kind(&self, entry: &Entry<'_, 's>) -> Diagnostic {
        let found = called(entry.value.get_ref());
        Diagnostic::error("record::kind", format!("`{}` cannot be {found}", entry.said))
            .at(entry.span.clone(), format!("expected {}", keys::describe(entry.key)))
            .help(ask(entry.key))
    }
}

/// What to do about a key with nothing to say.
pub(super) fn leave_out(key: &Key) -> String {
    match (key.required, key.unknown) {
        (_, true) => {
            "write \"unknown\" when nobody knows; the letter then takes the safer way".to_owned()
        }
        (true, false) => ask(key),
        (false, false) => {
            "leave the line out when it is not known; the letter shows a blank where it needs it"
                .to_owned()
        }
    }
}

/// Writes a text as TOML does.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn whole(number: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}
