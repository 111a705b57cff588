//! The reference page of a record.

use super::{KEYS, Key, Kind, TABLES};

/// Returns the reference page of every key, in Markdown.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::from(
        "# Keys of a denial record\n\nA record is a TOML file of at most 1 MiB. Only the keys marked \
         *required* must be there; leave out whatever you do not know.\n",
    );
    for table in TABLES {
        let heading = match (table.name, table.many) {
            ("", _) => "Top of the file".to_owned(),
            (name, true) => format!("`[[{name}]]`"),
            (name, false) => format!("`[{name}]`"),
        };
        page.push_str(&format!("\n## {heading}\n\n{}\n\n", table.means));
        for key in KEYS.iter().filter(|k| k.table == table.name) {
            page.push_str(&entry(key));
        }
    }
    page
}

fn entry(key: &Key) -> String {
    let kind = describe(key);
    let required = if key.required { ", *required*" } else { "" };
    let mut entry = format!("- `{}` ({kind}{required}): {}", key.name, key.means);
    if !key.help.is_empty() {
        entry.push_str(&format!(" {}", key.help));
    }
    let words: Vec<String> = key
        .words()
        .iter()
        .chain(&["unknown"][..usize::from(key.unknown)])
        .map(|w| format!("`{w}`"))
        .collect();
    match key.kind {
        Kind::Word(_) | Kind::Words(_) => {
            entry.push_str(&format!(" Words: {}.", words.join(", ")));
        }
        Kind::Text
        | Kind::Lines
        | Kind::Narrative
        | Kind::Date
        | Kind::Dates
        | Kind::Moment
        | Kind::Bool
        | Kind::Integer(..) => {
            if key.unknown {
                entry.push_str(" May be `\"unknown\"`.");
            }
        }
    }
    entry.push('\n');
    entry
}

/// Says what a value looks like, for people.
pub(in crate::record) fn describe(key: &Key) -> String {
    match key.kind {
        Kind::Text => "one line of text in quotes".to_owned(),
        Kind::Lines => "a list of lines: [\"…\", \"…\"]".to_owned(),
        Kind::Narrative => "text in quotes, of any length".to_owned(),
        Kind::Date => "a date: 2026-10-20".to_owned(),
        Kind::Dates => "a list of dates: [2026-10-20]".to_owned(),
        Kind::Moment => "a date or a date with its time: 2026-10-20 or 2026-10-20T14:30".to_owned(),
        Kind::Bool => "true or false".to_owned(),
        Kind::Integer(from, to) => format!("a whole number from {from} to {to}"),
        Kind::Word(_) => "one word of its list, in quotes".to_owned(),
        Kind::Words(_) => "a list of words: [\"…\"]".to_owned(),
    }
}
