//! Where the lines of a letter come from, and the names its templates may use.

use std::collections::BTreeMap;

use serde::Serialize;

use super::fault::Fault;
use super::names::{self, Name};
use super::stock::Stock;
use super::view::{Ask, Scene};
use crate::letter::{self, Source};

/// Lines of templates, and which of them made which line of the letter.
#[derive(Debug, Default, Serialize)]
pub(super) struct Origin {
    version: u64,
    /// Lines of templates that made the letter.
    sources: Vec<Line>,
    /// For the letter and for the sheet, line by line: indexes into `sources`, innermost first.
    papers: Vec<Vec<Vec<usize>>>,
    names: Vec<Name>,
    fault: Option<Fault>,
}

/// A line of a template.
#[derive(Debug, Serialize)]
struct Line {
    file: String,
    line: usize,
    text: String,
    /// Whether it stands in the author's folder.
    own: bool,
}

/// Follows the making of a letter.
pub(super) fn origin(stock: &Stock, ask: &Ask) -> Origin {
    let mut origin = Origin { version: stock.version, ..Origin::default() };
    let Ok(scene) = Scene::of(stock, ask) else { return origin };
    let letters = scene.posed.letters();
    let Some(asked) = scene.chosen.and_then(|n| letters.get(n)) else { return origin };
    // What spoils them stops the letter as well, and is told there.
    origin.names = letter::values(&asked.input()).map(|v| names::flat(&v)).unwrap_or_default();
    let traced = match letter::trace(&asked.input(), &stock.templates) {
        Ok(traced) => traced,
        Err(error) => {
            origin.fault = Some(Fault::of_letter(&error, stock.folder()));
            return origin;
        }
    };
    let mut known: BTreeMap<Source, usize> = BTreeMap::new();
    for lines in [traced.lines, traced.sheet_lines] {
        let mut paper = Vec::with_capacity(lines.len());
        for sources in lines {
            let mut of_line = Vec::with_capacity(sources.len());
            for source in sources {
                let next = known.len();
                let index = *known.entry(source.clone()).or_insert_with(|| {
                    origin.sources.push(line(stock, &source));
                    next
                });
                of_line.push(index);
            }
            paper.push(of_line);
        }
        origin.papers.push(paper);
    }
    origin
}

fn line(stock: &Stock, source: &Source) -> Line {
    let text = stock.templates.source(&source.file).unwrap_or_default();
    let text = text.lines().nth(source.line.saturating_sub(1)).unwrap_or_default();
    let own = stock.templates.own().iter().any(|(name, _)| *name == source.file);
    Line { file: source.file.clone(), line: source.line, text: text.trim().to_owned(), own }
}
