//! Makes the finished Markdown from what the engine rendered: blanks shown and listed, gaps refused,
//! loose ends of the templates tidied, marks removed.

use std::fmt;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::error::Error;
use super::mark::{self, BLANK, HOLE, LABEL};

/// Finished Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markdown(String);

impl Markdown {
    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Markdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Markdown> for String {
    fn from(markdown: Markdown) -> String {
        markdown.0
    }
}

/// What a letter wants and the record lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blank {
    /// The key of the record, as `member.member_id`.
    pub key: String,
    /// What the letter shows, as `member ID`.
    pub label: String,
}

/// A finished page.
pub(super) struct Page {
    pub(super) markdown: Markdown,
    pub(super) title: String,
    pub(super) blanks: Vec<Blank>,
    /// The finished text, with the record's words still marked.
    pub(super) marked: String,
}

/// The options every reader of our Markdown uses.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES;

/// Finishes what the engine rendered from the template `file`.
pub(super) fn page(rendered: &str, file: &str) -> Result<Page, Error> {
    page_from(rendered, file, |_| {})
}

/// As [`page`]; tells for each line of the outcome which rendered line, from 0, it came from.
pub(super) fn page_from(
    rendered: &str,
    file: &str,
    from: impl FnMut(Option<usize>),
) -> Result<Page, Error> {
    if let Some((before, _)) = rendered.split_once(HOLE) {
        let before = mark::redact(before);
        let tail: Vec<char> = before.trim_end().chars().rev().take(60).collect();
        let after = tail.into_iter().rev().collect::<String>().replace('\n', " ");
        return Err(Error::Hole { file: file.to_owned(), after });
    }
    let (shown, blanks) = blanks(rendered);
    let marked = tidy(&shown, from);
    let plain = mark::strip(&marked);
    Ok(Page { title: title(&plain), markdown: Markdown(plain), blanks, marked })
}

/// Shows each blank as a line with its label, and lists each key once.
fn blanks(rendered: &str) -> (String, Vec<Blank>) {
    let mut list: Vec<Blank> = Vec::new();
    let mut out = String::with_capacity(rendered.len());
    for (i, part) in rendered.split(BLANK).enumerate() {
        match part.split_once(LABEL) {
            Some((key, label)) if i % 2 == 1 => {
                out.push_str("_____ (");
                out.push_str(label);
                out.push(')');
                if !list.iter().any(|b| b.key == key) {
                    list.push(Blank { key: key.to_owned(), label: unescaped(label) });
                }
            }
            _ => out.push_str(part),
        }
    }
    (out, list)
}

fn unescaped(label: &str) -> String {
    label.replace('\\', "")
}

/// Removes what conditions in a template leave behind: runs of empty lines, white space at line ends,
/// a hard break with nothing after it; and counts the items of each list. Tells for each line which
/// line of `text` it came from; an empty one came from none.
fn tidy(text: &str, mut from: impl FnMut(Option<usize>)) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    let mut number = 0;
    for (i, line) in lines.iter().enumerate() {
        if line.is_empty() {
            empty += 1;
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
            if empty > 0 {
                out.push('\n');
                from(None);
            }
        }
        from(Some(i));
        empty = 0;
        if line.starts_with('#') {
            number = 0;
        }
        let last = lines.get(i + 1).is_none_or(|next| next.is_empty());
        let line = if last && ends_in_break(line) { &line[..line.len() - 1] } else { line };
        if let Some(item) = line.strip_prefix("1. ") {
            number += 1;
            out.push_str(&format!("{number}. {item}"));
        } else {
            out.push_str(line);
        }
    }
    out.push('\n');
    out
}

fn ends_in_break(line: &str) -> bool {
    line.chars().rev().take_while(|c| *c == '\\').count() % 2 == 1
}

/// Returns the words of the first heading.
fn title(markdown: &str) -> String {
    let is_start =
        |e: &Event<'_>| matches!(e, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }));
    Parser::new_ext(markdown, OPTIONS)
        .skip_while(|e| !is_start(e))
        .take_while(|e| !matches!(e, Event::End(TagEnd::Heading(_))))
        .filter_map(|e| if let Event::Text(words) = e { Some(words.to_string()) } else { None })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_counted_and_loose_ends_go() {
        let mut from = Vec::new();
        let text = "\n\na\\\n\n\n\n1. x  \n\n1. y\n## H\n1. z\\\\\n";
        let tidied = tidy(text, |line| from.push(line));
        assert_eq!(from, [Some(2), None, Some(6), None, Some(8), Some(9), Some(10)]);
        assert_eq!(tidied, "a\n\n1. x\n\n2. y\n## H\n1. z\\\\\n");
    }
}
