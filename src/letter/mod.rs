//! Turns a record and its ruling into the Markdown of one letter.
//!
//! The words are in `templates/`; the law comes from the ruling and nowhere else. What a template may
//! name is listed in [`context`]; which stage is due, to whom and by when was decided before, by
//! `ruling`; pages and print are left to `layout` and `pdf`.

mod catalog;
mod check;
pub mod context;
mod error;
mod escape;
mod filters;
mod finish;
pub mod folder;
mod follow;
mod locate;
pub mod known;
mod mark;
mod names;
pub mod scan;
mod templates;
mod trace;
mod weave;

use crate::record::Record;
use crate::ruling::Ruling;

pub use catalog::{Entry, Standing};
pub use context::Context;
pub use error::{Error, Place};
pub use escape::{escape, normalise};
pub use filters::{TOOLS, Tool, ToolKind};
pub use finish::{Blank, Markdown};
pub use follow::Source;
pub use mark::Text;
pub use names::{Name, names, values};
pub use templates::Templates;
pub use trace::{Traced, trace};
pub use weave::{Spot, SpotKind};

/// What one letter is written from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The denial, as typed.
    pub record: &'a Record,
    /// Which entries of `record.services` the letter covers; out-of-range entries are passed over.
    pub services: &'a [usize],
    /// The answer of the law.
    pub ruling: &'a Ruling,
    /// `ruling.stage`, or one of the stages in `ruling.also` or `ruling.open`.
    pub stage: &'a str,
    /// Whether the letter is to be sent as it is; blanks are marked and listed in either case.
    pub final_: bool,
}

/// A letter, ready to be laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The whole text.
    pub markdown: Markdown,
    /// Its first heading.
    pub title: String,
    /// Who signs it; empty when the record does not say.
    pub author: String,
    /// What stands at the head of every page after the first.
    pub running_head: String,
    /// What the letter wants and the record lacks, in the order of the text, each once.
    pub blanks: Vec<Blank>,
    /// A sheet for the member that goes beside the letter, never with it.
    pub sheet: Option<Sheet>,
}

/// A page for the member, not for the addressee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name, for the file.
    pub name: String,
    /// Its first heading.
    pub title: String,
    /// The whole text.
    pub markdown: Markdown,
}

const SHEET: &str = "find-regulator";

/// Writes the letter of one stage.
///
/// # Errors
///
/// When the ruling has no letter for the stage, when a template cannot be read or rendered, when it
/// prints a value that is not there, or when its text holds a citation that this ruling does not
/// let a letter print.
pub fn write(input: &Input<'_>, templates: &Templates) -> Result<Letter, Error> {
    let desk = Desk::of(input, templates)?;
    let page = desk.page(&letter_file(input)?)?;
    let sheet = if desk.context.wants_sheet() { Some(desk.sheet()?) } else { None };
    Ok(Letter {
        author: desk.context.author(),
        running_head: desk.context.running_head(),
        title: page.title,
        markdown: page.markdown,
        blanks: page.blanks,
        sheet,
    })
}

/// Returns the text of a letter, and of its sheet, with an ellipsis for the words of the record; line by
/// line as [`write()`] gives them.
///
/// # Errors
///
/// As [`write()`].
pub fn own_words(
    input: &Input<'_>,
    templates: &Templates,
) -> Result<(String, Option<String>), Error> {
    let desk = Desk::of(input, templates)?;
    let letter = mark::redact(&desk.page(&letter_file(input)?)?.marked);
    let sheet = match desk.context.wants_sheet() {
        true => Some(mark::redact(&desk.page(&path("sheets", SHEET))?.marked)),
        false => None,
    };
    Ok((letter, sheet))
}

/// What every page of one letter is made from.
struct Desk<'a> {
    context: Context,
    /// Every word of the record that the context holds.
    record: String,
    ruling: &'a Ruling,
    templates: &'a Templates,
}

impl<'a> Desk<'a> {
    fn of(input: &Input<'a>, templates: &'a Templates) -> Result<Desk<'a>, Error> {
        let context = Context::of(input);
        Ok(Desk { record: context.record_text()?, context, ruling: input.ruling, templates })
    }

    fn page(&self, template: &str) -> Result<finish::Page, Error> {
        let page = finish::page(&self.templates.render(template, &self.context)?, template)?;
        check::citations(&page.marked, &self.record, self.ruling, template)?;
        Ok(page)
    }

    fn sheet(&self) -> Result<Sheet, Error> {
        let page = self.page(&path("sheets", SHEET))?;
        Ok(Sheet { name: SHEET.to_owned(), title: page.title, markdown: page.markdown })
    }
}

/// Returns the name of the template that the letter of this stage is made from.
///
/// # Errors
///
/// When the ruling has no letter for the stage.
pub fn letter_file(input: &Input<'_>) -> Result<String, Error> {
    let name = letter_of(input.ruling, input.stage)
        .ok_or_else(|| Error::NoLetter { stage: input.stage.to_owned() })?;
    Ok(path("letters", name))
}

fn letter_of<'a>(ruling: &'a Ruling, stage: &str) -> Option<&'a str> {
    if ruling.stage == stage {
        return ruling.letter.as_deref();
    }
    let others = ruling.also.iter().chain(&ruling.open);
    others.filter(|s| s.id == stage).find_map(|s| s.letter.as_deref())
}

/// A pack may name a template by its id or by its path.
fn path(folder: &str, name: &str) -> String {
    if name.ends_with(".md") { name.to_owned() } else { format!("{folder}/{name}.md") }
}
