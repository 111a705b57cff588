//! Writes a letter and tells what each of its lines was made from.

use std::collections::BTreeSet;

use super::error::Error;
use super::finish::{self, Markdown};
use super::follow::{self, Source};
use super::{Desk, Input, Letter, SHEET, Templates, letter_file, path, write};

/// A letter, with the origin of each line and the spots that were passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traced {
    /// The letter, as [`write()`] gives it.
    pub letter: Letter,
    /// For each line of `letter.markdown`, from 0: the template lines that made it, the line of the
    /// innermost include first. An empty line has none.
    pub lines: Vec<Vec<Source>>,
    /// The same for the sheet; empty when there is no sheet.
    pub sheet_lines: Vec<Vec<Source>>,
    /// The spots that were passed, as indices into [`Templates::spots`].
    pub hit: BTreeSet<usize>,
}

/// Writes the letter of one stage and follows how it is made.
///
/// The letter is the one that [`write()`] returns. Should the followed text differ from it, which a test
/// excludes for everything that is shipped, its lines are returned without an origin.
///
/// # Errors
///
/// As [`write()`]; also when a template is nested so deeply that no marks can be added to it.
pub fn trace(input: &Input<'_>, templates: &Templates) -> Result<Traced, Error> {
    let letter = write(input, templates)?;
    let desk = Desk::of(input, templates)?;
    let mut hit = BTreeSet::new();
    let lines = followed(&desk, &letter_file(input)?, &letter.markdown, &mut hit)?;
    let sheet_lines = match &letter.sheet {
        Some(sheet) => followed(&desk, &path("sheets", SHEET), &sheet.markdown, &mut hit)?,
        None => Vec::new(),
    };
    Ok(Traced { letter, lines, sheet_lines, hit })
}

fn followed(
    desk: &Desk<'_>,
    template: &str,
    plain: &Markdown,
    hit: &mut BTreeSet<usize>,
) -> Result<Vec<Vec<Source>>, Error> {
    let (marked, mut run) = desk.templates.render_followed(template, &desk.context)?;
    hit.append(&mut run.hit);
    let rendered = follow::unmark(&marked);
    let sources = rendered.lines(&run, &desk.templates.followed()?.woven);
    let mut lines = Vec::new();
    let page = finish::page_from(&rendered.text, template, |line| {
        lines.push(line.and_then(|i| sources.get(i)).cloned().unwrap_or_default());
    })?;
    if page.markdown != *plain {
        lines = vec![Vec::new(); plain.as_str().lines().count()];
    }
    Ok(lines)
}
