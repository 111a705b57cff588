//! Turns a letter's Markdown into pages: lines of shaped text in their places, each with its tag.
//!
//! US Letter, one-inch margins, set in the embedded fonts only, so that the same letter comes out
//! the same on every machine. What writes the pages to a file is left to an engine.

mod atoms;
mod blocks;
mod breaks;
mod choice;
mod clusters;
mod error;
mod flow;
mod fonts;
mod kept;
mod margins;
mod pages;
mod paginate;
mod table;
mod text;

pub use blocks::{Block, Inline, InlineStyle, Span, Table, read};
#[cfg(feature = "genpdf")]
pub(crate) use choice::is_ignorable;
pub use error::{Error, Missing};
pub use fonts::Fonts;
pub use pages::{
    Artifact, Font, Glyph, Heading, Line, LinkArea, Node, Owner, Page, Pages, Rect, Rule, Run, Tag,
    Word,
};

use flow::{Column, Flow};
use text::Setter;

const WIDTH: f32 = 612.0;
const HEIGHT: f32 = 792.0;
const MARGIN: f32 = 64.8;
const COLUMN_HEIGHT: f32 = HEIGHT - 2.0 * MARGIN;
const PARAGRAPH_GAP: f32 = 7.0;

/// What a letter's pages show besides its text.
#[derive(Debug, Clone)]
pub struct Style {
    /// The document's title.
    pub title: String,
    /// Shown at the left of each page's head, from the second page on.
    pub running_head: String,
    /// Marks the head of every page.
    pub draft: bool,
    pub fonts: Fonts,
}

/// Lays a letter out.
///
/// # Errors
///
/// When a character is in no font, or the font folder cannot be read.
pub fn pages(markdown: &str, style: &Style) -> Result<Pages, Error> {
    let blocks = blocks::read(markdown);
    let mut texts = vec![style.running_head.as_str(), "Page 0123456789 of •", margins::DRAFT];
    collect_texts(&blocks, &mut texts);
    let mut setter = Setter::new(texts.iter().copied(), &style.fonts)?;

    let mut flow = Flow::new(&mut setter);
    let column = Column { x: MARGIN, width: WIDTH - 2.0 * MARGIN, bars: Vec::new(), node: 0 };
    flow.blocks(&blocks, &column, PARAGRAPH_GAP);
    let Flow { mut atoms, tree, titles, repeats, .. } = flow;
    paginate::spare_last_page(&mut atoms, &repeats);

    let paginate::Paged { mut pages, headings } =
        paginate::paginate(atoms, &repeats, &titles, &tree);
    margins::furnish(&mut pages, style, &mut setter);
    let fonts = setter.finish()?;
    Ok(Pages { width: WIDTH, height: HEIGHT, margin: MARGIN, pages, tree, headings, fonts })
}

/// Gathers every text that will be set. Nesting is bounded, so recursion is too.
fn collect_texts<'a>(blocks: &'a [Block], texts: &mut Vec<&'a str>) {
    for block in blocks {
        match block {
            Block::Paragraph(inline) | Block::Heading(_, inline) | Block::Code(inline) => {
                texts.push(&inline.text);
            }
            Block::List { items, .. } => {
                items.iter().for_each(|item| collect_texts(item, texts));
            }
            Block::Quote(blocks) => collect_texts(blocks, texts),
            Block::Table(table) => {
                let cells = table.rows.iter().chain([&table.head]).flatten();
                texts.extend(cells.map(|cell| cell.text.as_str()));
            }
            Block::Rule | Block::Space => {}
        }
    }
}
