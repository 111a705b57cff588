//! JSON Lines: one record a line, as an object with the keys of the TOML, dates as texts.

use std::io::{self, BufRead};

use super::Entry;
use super::draft::{Draft, Origin, Reworded, shown_len};
use super::json::Json;
use crate::diag::{Diagnostic, Source, Span};
use crate::record::keys::{self, Kind};
use crate::record::{LARGEST, Loaded};

/// Longest line that is read, in bytes: a largest record, every character of it escaped.
const LONGEST: usize = 6 * LARGEST;

/// The records of a file, line by line.
pub(super) struct Lines<R> {
    name: String,
    input: R,
    number: u64,
    done: bool,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(name: String, input: R) -> Self {
        Lines { name, input, number: 0, done: false }
    }

    /// Reads a line without its end; what is longer than the longest is read over.
    fn line(&mut self, line: &mut Vec<u8>) -> io::Result<Ended> {
        let mut long = false;
        let mut any = false;
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                let end = if any { Ended::Line { long } } else { Ended::File };
                return Ok(end);
            }
            any = true;
            let end = chunk.iter().position(|b| *b == b'\n');
            let taken = end.unwrap_or(chunk.len());
            long |= line.len() + taken > LONGEST;
            if !long {
                line.extend_from_slice(&chunk[..taken]);
            }
            self.input.consume(taken + usize::from(end.is_some()));
            if end.is_some() {
                return Ok(Ended::Line { long });
            }
        }
    }
}

enum Ended {
    Line { long: bool },
    File,
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        while !self.done {
            let mut line = Vec::new();
            let ended = match self.line(&mut line) {
                Ok(ended) => ended,
                Err(error) => {
                    self.done = true;
                    return Some(super::unreadable(&self.name, &error));
                }
            };
            let Ended::Line { long } = ended else { break };
            self.number += 1;
            let place = format!("{}, line {}", self.name, self.number);
            if long {
                let told = Diagnostic::error(
                    "import::line",
                    format!("the line has more than {LONGEST} bytes"),
                )
                .help("a line holds one record, and a record at most 1 MiB");
                return Some(super::refused(&place, told));
            }
            let mut bytes = line.as_slice();
            if self.number == 1 {
                bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
            }
            if !bytes.iter().all(u8::is_ascii_whitespace) {
                return Some(entry(&place, bytes));
            }
        }
        None
    }
}

/// Reads one line.
fn entry(place: &str, bytes: &[u8]) -> Entry {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let column = error.valid_up_to() + 1;
            let told = Diagnostic::error(
                "import::encoding",
                format!("byte {column} of the line is not UTF-8"),
            )
            .help("JSON Lines are always UTF-8; save the file again with that encoding");
            return super::refused(place, told);
        }
    };
    let loaded = match serde_json::from_str(text) {
        Ok(Json::Object(object)) => load(place, &object),
        Ok(Json::List(_)) => {
            let told = Diagnostic::error("import::json", "the line is a list, not an object").help(
                "write one object { … } a line, with no brackets or commas between the lines",
            );
            return super::refused(place, told);
        }
        Ok(Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_)) => {
            return super::refused(place, Diagnostic::error("import::json", NO_OBJECT));
        }
        Err(error) => not_json(place, text, &error),
    };
    Entry { place: place.to_owned(), loaded }
}

const NO_OBJECT: &str = "the line is no object { … }";

fn not_json(place: &str, text: &str, error: &serde_json::Error) -> Loaded {
    let told = Diagnostic::error("import::json", "the line is not JSON");
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default().to_owned();
    let line = text.trim_end();
    let at = error.column().saturating_sub(1).min(line.len());
    let told = told.at(at..at, said).help("each record is one object on one line, ended by its }");
    Loaded::refused(Source::new(place, line), told)
}

fn load(place: &str, object: &[(String, Json)]) -> Loaded {
    let mut draft = Draft::default();
    table(&mut draft, "", "", object);
    draft.read(place, |told| Some(Reworded::from(told)))
}

/// Writes a table: its values first, the tables inside it after them.
fn table(draft: &mut Draft, def: &str, path: &str, object: &[(String, Json)]) {
    let inner = |key: &str| if def.is_empty() { key.to_owned() } else { format!("{def}.{key}") };
    let is_table = |key: &str| keys::table(&inner(key)).is_some();
    for (key, value) in object {
        let below = match value {
            Json::Null => true,
            Json::Object(_) => is_table(key),
            Json::List(list) => is_table(key) && headed(list),
            Json::Bool(_) | Json::Number(_) | Json::Text(_) => false,
        };
        if !below {
            let kind = keys::find(def, key).map(|k| k.kind);
            let span = draft.show(&join(path, key), &shown(value));
            draft.key(key, vec![span.clone()]);
            write(draft, value, kind, &span);
            draft.sign("\n");
        }
    }
    for (key, value) in object.iter().filter(|(key, _)| is_table(key)) {
        let def = inner(key);
        match value {
            Json::Object(inside) => {
                let span = draft.show(&join(path, key), "{ … }");
                draft.line(&format!("[{def}]"), vec![span]);
                table(draft, &def, &join(path, key), inside);
            }
            Json::List(list) if headed(list) => {
                for (n, one) in list.iter().enumerate() {
                    let path = format!("{}[{n}]", join(path, key));
                    let span = draft.show(&path, "{ … }");
                    draft.line(&format!("[[{def}]]"), vec![span]);
                    if let Json::Object(inside) = one {
                        table(draft, &def, &path, inside);
                    }
                }
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::List(_) => {}
        }
    }
}

/// Whether a list holds tables only, each to stand under a heading of its own.
fn headed(list: &[Json]) -> bool {
    !list.is_empty() && list.iter().all(|v| matches!(v, Json::Object(_)))
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// What stands in the sheet for a value.
fn shown(value: &Json) -> String {
    match value {
        Json::Null => "null".to_owned(),
        Json::Bool(yes) => yes.to_string(),
        Json::Number(number) => number.clone(),
        Json::Text(text) => text.clone(),
        Json::List(list) => {
            let shown: Vec<String> = list.iter().map(shown).collect();
            format!("[{}]", shown.join(", "))
        }
        Json::Object(_) => "{ … }".to_owned(),
    }
}

/// Writes a value as TOML; texts that are dates of TOML lose their quotation marks where a date belongs.
fn write(draft: &mut Draft, value: &Json, kind: Option<Kind>, span: &Span) {
    match value {
        Json::Null => draft.raw("\"\"", vec![span.clone()]),
        Json::Bool(yes) => draft.raw(&yes.to_string(), vec![span.clone()]),
        Json::Number(number) => draft.raw(number, vec![span.clone()]),
        Json::Text(text) => match kind {
            Some(Kind::Date | Kind::Dates | Kind::Moment) if is_day(text) => {
                draft.raw(text, vec![span.clone()]);
            }
            Some(_) | None => {
                let text = text.replace("\r\n", "\n");
                draft.text(&text, vec![span.clone()], Origin::Verbatim);
            }
        },
        Json::List(list) => {
            draft.sign("[");
            let mut at = span.start + 1;
            for (n, one) in list.iter().enumerate() {
                if n > 0 {
                    draft.sign(", ");
                    at += 2;
                }
                let end = at + shown_len(&shown(one));
                write(draft, one, kind, &(at..end));
                at = end;
            }
            draft.sign("]");
        }
        Json::Object(object) => {
            draft.sign("{");
            for (n, (key, one)) in object.iter().enumerate() {
                draft.sign(if n > 0 { ", " } else { " " });
                draft.key(key, vec![span.clone()]);
                write(draft, one, None, span);
            }
            draft.sign(" }");
        }
    }
}

/// Whether a text has the shape of a date of TOML, with or without a time.
fn is_day(text: &str) -> bool {
    let shape = |text: &str, shape: &str| {
        text.len() == shape.len()
            && text.bytes().zip(shape.bytes()).all(|(b, s)| match s {
                b'0' => b.is_ascii_digit(),
                _ => b == s,
            })
    };
    ["0000-00-00", "0000-00-00T00:00", "0000-00-00T00:00:00", "0000-00-00 00:00"]
        .iter()
        .any(|s| shape(text, s))
}
