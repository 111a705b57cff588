//! Makes Markdown that comes out as the characters typed.
//!
//! A value can stand anywhere in a template: at the start of a paragraph, in a table cell, inside
//! emphasis. So what would be syntax in any of these places is escaped, and nothing more, because
//! people read the Markdown too. The property "parse(escape(s)) is one text node" decides the list.

use super::mark;

/// Returns the text that Markdown can carry: on one line, without white space at either end.
#[must_use]
pub fn normalise(text: &str) -> String {
    text.trim().chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }).collect()
}

/// Returns Markdown for a value: one run of plain text, equal to [`normalise`] of it.
#[must_use]
pub fn escape(text: &str) -> String {
    let text: Vec<char> = normalise(text).chars().collect();
    let start = text.iter().position(|c| !mark::is_mark(*c)).unwrap_or(0);
    let end = text.iter().rposition(|c| !mark::is_mark(*c)).map_or(0, |i| i + 1);
    let mut out = String::with_capacity(text.len() + 8);
    for (i, &c) in text.iter().enumerate() {
        if is_syntax(&text, i, start, end) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Whether the character at `i` must be escaped; `start..end` is the text within the marks.
fn is_syntax(text: &[char], i: usize, start: usize, end: usize) -> bool {
    let next = text.get(i + 1).copied().filter(|_| i + 1 < end);
    match text[i] {
        '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' | '~' => true,
        // An entity; one may also be finished by the template's next words.
        '&' => next.is_none_or(|c| c == '#' || c.is_ascii_alphanumeric() || mark::is_mark(c)),
        // A heading's closing run, or its start.
        '#' => i == start || text[i..end].iter().all(|c| *c == '#'),
        '>' | '+' | '-' | '=' | ':' => i == start,
        // "12." and "12)" begin a list item.
        '.' | ')' => {
            let digits = &text[start.min(i)..i];
            !digits.is_empty()
                && digits.iter().all(char::is_ascii_digit)
                && next.is_none_or(|c| c == ' ' || mark::is_mark(c))
        }
        _ => false,
    }
}

/// Escapes for the template engine; a value that is not there leaves a mark instead.
pub(super) fn for_engine(text: &str, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    if text.is_empty() {
        return write!(out, "{}", mark::HOLE);
    }
    out.write_all(escape(text).as_bytes())
}
