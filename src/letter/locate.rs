//! Where in a folder of templates a fault is, which the engine finds only once it puts all of them together.

use tera::ErrorKind;

use super::error::{Error, Place};
use super::mark;
use crate::diag::nearest;

/// Returns the engine's error with its place, in one of `files` where that holds it; `known` names every template.
pub(super) fn located(error: tera::Error, files: &[(String, String)], known: &[String]) -> Error {
    let own = |name: &str| files.iter().any(|(file, _)| file == name);
    match error.kind() {
        ErrorKind::MissingParent { current, parent } => {
            let shipped = known.iter().flat_map(|name| [name.as_str(), plain(name)]);
            let near = near(parent, shipped.chain(files.iter().map(|(name, _)| name.as_str())));
            let message = format!("there is no template `{parent}` to extend{near}");
            let place = tag(files, current, "extends", |name| name == parent);
            Error::Template { message, place }
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain: chain } => {
            // The one that the engine names may only lead into the circle.
            let file = chain.iter().find(|name| own(name)).unwrap_or(tpl);
            let message = format!(
                "`{file}` extends itself{}; to extend the one that ships, write `builtin/{file}`",
                through(file, chain)
            );
            Error::Template { message, place: tag(files, file, "extends", |_| true) }
        }
        ErrorKind::CircularInclude { tpl, include_chain: chain } => {
            let file = chain.iter().find(|name| own(name)).unwrap_or(tpl);
            let message = format!(
                "`{file}` includes itself{}; to include the one that ships, write `builtin/{file}`",
                through(file, chain)
            );
            let next = chain.iter().skip_while(|n| *n != file).nth(1).unwrap_or(file);
            let leads = |name: &str| plain(name) == plain(next);
            Error::Template { message, place: tag(files, file, "include", leads) }
        }
        ErrorKind::Msg(report) => reported(report, files),
        _ => Error::from(error),
    }
}

/// The name of a template, whether it ships or not.
fn plain(name: &str) -> &str {
    name.strip_prefix("builtin/").unwrap_or(name)
}

/// What may have been meant, as the end of a sentence.
fn near<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    nearest(name, known).map_or(String::new(), |near| format!("; did you mean `{near}`?"))
}

/// By way of which templates, where there are any.
fn through(name: &str, chain: &[String]) -> String {
    let others: Vec<String> =
        chain.iter().filter(|n| *n != name).map(|n| format!("`{n}`")).collect();
    if others.is_empty() { String::new() } else { format!(" by way of {}", others.join(", ")) }
}

/// Reads the first of the engine's reports back: what is wrong, and ` --> file:line:column`.
fn reported(report: &str, files: &[(String, String)]) -> Error {
    let report = mark::redact(report);
    let message = report.lines().next().unwrap_or_default();
    let message = message.strip_prefix("error: ").unwrap_or(message);
    let place = report.lines().find_map(|line| {
        let mut parts = line.trim_start().strip_prefix("--> ")?.rsplitn(3, ':');
        let column = parts.next()?.trim().parse().ok()?;
        let line = parts.next()?.parse().ok()?;
        Some(Place { file: parts.next()?.to_owned(), line, column, report: report.clone() })
    });
    let unknown = message.strip_prefix("Block `").and_then(|m| m.split('`').next());
    let message = match unknown {
        Some(block) => {
            let near = near(block, blocks(files).into_iter());
            format!(
                "what is extended here has no block `{block}`, so it would never be printed{near}"
            )
        }
        None => message.to_owned(),
    };
    Error::Template { message, place }
}

/// The names of all blocks, of templates that ship and of a folder's own.
fn blocks(files: &[(String, String)]) -> Vec<&str> {
    let shipped = super::templates::Templates::sources();
    let texts = shipped.into_iter().map(|(_, text)| text);
    let texts = texts.chain(files.iter().map(|(_, text)| text.as_str()));
    texts.flat_map(|text| tags(text).filter(|t| t.word == "block").map(|t| t.rest)).collect()
}

/// Finds a tag of a template that names another.
fn tag(
    files: &[(String, String)],
    file: &str,
    word: &str,
    names: impl Fn(&str) -> bool,
) -> Option<Place> {
    let (_, text) = files.iter().find(|(name, _)| name == file)?;
    let unquoted = |rest: &str| rest.trim_matches(['"', '\'', '`']).to_owned();
    let found = tags(text).find(|t| t.word == word && names(&unquoted(t.rest)))?;
    let before = text.get(..found.at)?;
    let start = before.rfind('\n').map_or(0, |n| n + 1);
    let (line, column) =
        (before.matches('\n').count() + 1, text[start..found.at].chars().count() + 1);
    let shown = text[start..].lines().next().unwrap_or_default();
    let report = format!(" --> {file}:{line}:{column}\n{shown}\n{}^", " ".repeat(column - 1));
    Some(Place { file: file.to_owned(), line, column, report })
}

/// A tag: where it starts, its first word, and what follows.
struct Tag<'a> {
    at: usize,
    word: &'a str,
    rest: &'a str,
}

/// Every tag of a template that stands in no comment.
fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let at = from + text.get(from..)?.find("{%")?;
            let comment = text[from..at].rfind("{#").map(|n| from + n);
            if let Some(comment) = comment {
                let end = text[comment..].find("#}").map_or(text.len(), |n| comment + n + 2);
                if end > at {
                    from = end;
                    continue;
                }
            }
            let end = text[at..].find("%}").map_or(text.len(), |n| at + n);
            let body = text[at + 2..end].trim_matches(|c: char| c == '-' || c.is_whitespace());
            from = (end + 2).min(text.len());
            let (word, rest) = body.split_once(char::is_whitespace).unwrap_or((body, ""));
            return Some(Tag { at, word, rest: rest.trim() });
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_in_comments_do_not_count() {
        let text = "{# {% extends \"a\" #}\n{%- block x -%}{% include 'b' %}{#{%#}é{% if y";
        let found: Vec<_> = tags(text).map(|t| (t.word, t.rest)).collect();
        assert_eq!(found, [("block", "x"), ("include", "'b'"), ("if", "y")]);
        let files = [("f.md".to_owned(), text.to_owned())];
        let place = tag(&files, "f.md", "include", |n| n == "b").unwrap();
        assert_eq!(place.to_string(), "f.md:2:16");
    }
}
