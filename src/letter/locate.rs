//! Where in a folder of templates a fault is, which the engine finds only once it puts all of them together.

use tera::ErrorKind;

use super::error::{Error, Place};
use super::mark;
use super::scan::{self, Piece, PieceKind};
use crate::diag::nearest;

/// Returns the engine's error with its place, in one of `files` where that holds it; `known` names every template.
pub(super) fn located(error: tera::Error, files: &[(String, String)], known: &[String]) -> Error {
    // The engine's kinds are not exhaustive: those that are not told here keep the engine's words.
    #[expect(clippy::wildcard_enum_match_arm, reason = "an outside enum that may grow")]
    match error.kind() {
        ErrorKind::MissingParent { current, parent } => {
            let shipped = known.iter().flat_map(|name| [name.as_str(), plain(name)]);
            let near = near(parent, shipped.chain(files.iter().map(|(name, _)| name.as_str())));
            let message = format!("there is no template `{parent}` to extend{near}");
            let place = tag(files, current, "extend", |name| name == parent);
            Error::Template { message, place }
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            let nodes: Vec<&str> =
                std::iter::once(tpl).chain(inheritance_chain).map(String::as_str).collect();
            circle("extend", &nodes, files, known)
        }
        ErrorKind::CircularInclude { include_chain, .. } => {
            let nodes: Vec<&str> = include_chain.iter().map(String::as_str).collect();
            circle("include", &nodes, files, known)
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

/// A template that leads back to itself; each of `nodes` extends or includes the next.
fn circle(verb: &str, nodes: &[&str], files: &[(String, String)], known: &[String]) -> Error {
    // What comes before the first that is met again only leads into the circle.
    let start = nodes.iter().position(|n| nodes.last() == Some(n)).unwrap_or_default();
    let own = |name: &str| files.iter().any(|(file, _)| file == name);
    let ships = |name: &str| known.iter().any(|k| k.strip_prefix("builtin/") == Some(name));
    let steps = || nodes[start..].windows(2).filter(|w| own(w[0]));
    let meant = steps().find(|w| ships(w[1]));
    let Some([file, next]) = meant.or_else(|| steps().next()) else {
        return Error::Template { message: format!("a template {verb}s itself"), place: None };
    };
    let mut message = if file == next {
        format!("`{file}` {verb}s itself")
    } else {
        format!("`{file}` {verb}s `{next}`, which leads back to it")
    };
    if meant.is_some() {
        message.push_str(&format!("; to {verb} the one that ships, write `builtin/{next}`"));
    }
    Error::Template { message, place: tag(files, file, verb, |name| plain(name) == plain(next)) }
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
            let near = near(block, blocks(files).into_iter().filter(|b| *b != block));
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
    texts.flat_map(|text| tags(text).filter(|t| t.name() == "block").map(|t| t.rest())).collect()
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
    let found = tags(text)
        .find(|t| t.name().trim_end_matches('s') == word && names(&unquoted(t.rest())))?;
    let (line, column) = scan::place(text, found.start);
    let shown = text.lines().nth(line - 1).unwrap_or_default();
    let report = format!(" --> {file}:{line}:{column}\n{shown}\n{}^", " ".repeat(column - 1));
    Some(Place { file: file.to_owned(), line, column, report })
}

/// Every tag of a template.
fn tags(text: &str) -> impl Iterator<Item = Piece<'_>> {
    scan::pieces(text).into_iter().filter(|piece| piece.kind == PieceKind::Tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_in_comments_do_not_count() {
        let text = "{# {% include \"b\" %} #}\n{%- block x -%}{% include 'b' %}{#{%#}é{% if y %}";
        let files = [("f.md".to_owned(), text.to_owned())];
        let place = tag(&files, "f.md", "include", |n| n == "b").unwrap();
        assert_eq!(place.to_string(), "f.md:2:16");
        assert!(tag(&files, "f.md", "include", |n| n == "c").is_none());
    }
}
