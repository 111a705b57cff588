//! What layout hands to an engine: pages of placed lines, and the tree of tags they belong to.
//!
//! Nothing here knows how a page is written. Lengths are points, `y` grows downwards from the
//! page's top edge, and each line keeps both its glyphs and its text, so that one engine can draw
//! shaped glyphs and another can draw words.

use std::{fmt, ops::Range, sync::Arc};

use parley::FontData;

/// A letter, placed.
#[derive(Debug, Clone)]
pub struct Pages {
    pub width: f32,
    pub height: f32,
    pub margin: f32,
    pub pages: Vec<Page>,
    /// Tags in reading order; the first is the document.
    pub tree: Vec<Node>,
    /// Headings in reading order, for an outline.
    pub headings: Vec<Heading>,
    /// The fonts that runs point into, in order of first use.
    pub fonts: Vec<Font>,
}

/// One page: rules below, lines above, link areas over both.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub rules: Vec<Rule>,
    pub lines: Vec<Line>,
    pub links: Vec<LinkArea>,
}

/// A filled rectangle that carries no meaning: a table rule, a quote's bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    pub area: Rect,
    /// 0 is black, 255 white.
    pub gray: u8,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

/// The part of a link that lies on one page.
#[derive(Debug, Clone)]
pub struct LinkArea {
    /// The link's node in the tree.
    pub node: usize,
    pub url: String,
    /// One rectangle a line.
    pub areas: Vec<Rect>,
}

/// One line of text on its baseline.
///
/// A line that ends at a space keeps that space; a line that ends inside a long word gains nothing.
#[derive(Debug, Clone)]
pub struct Line {
    pub text: String,
    pub baseline: f32,
    /// In reading order; each has its own place.
    pub runs: Vec<Run>,
}

/// Glyphs of one font, size, direction and owner.
#[derive(Debug, Clone)]
pub struct Run {
    pub owner: Owner,
    /// Index into [`Pages::fonts`].
    pub font: usize,
    pub size: f32,
    /// 0 is black, 255 white.
    pub gray: u8,
    pub right_to_left: bool,
    /// Where the leftmost glyph starts.
    pub x: f32,
    /// Left to right as drawn.
    pub glyphs: Vec<Glyph>,
}

/// Who a run speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// A [`Tag::Text`] node.
    Node(usize),
    Artifact(Artifact),
}

/// Text that a screen reader skips.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Artifact {
    Header,
    Footer,
    /// A table's header row, shown again on a later page.
    RepeatedRow,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    pub id: u32,
    pub advance: f32,
    /// Offset of the ink to the right.
    pub x: f32,
    /// Offset of the ink downwards.
    pub y: f32,
    /// Start of the glyph's characters in [`Line::text`]. No two glyphs of a run have a character in
    /// common, and together they have them all; a glyph may have none.
    pub start: u32,
    pub end: u32,
}

/// A part of the letter's structure.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub tag: Tag,
    pub parent: usize,
    pub children: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tag {
    Document,
    /// Levels start at one and never skip one, whatever the Markdown says.
    Heading {
        level: u16,
        title: String,
    },
    Paragraph,
    List {
        ordered: bool,
    },
    Item,
    Label,
    Body,
    Quote,
    Table,
    TableHead,
    TableBody,
    Row,
    ColumnHeader,
    RowHeader,
    Cell,
    Link {
        url: String,
        text: String,
    },
    /// A leaf: the text that runs own.
    Text,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    pub level: u16,
    pub title: String,
    pub page: usize,
    pub y: f32,
}

/// A font file's face, shared and never copied.
#[derive(Clone)]
pub struct Font(pub(super) FontData);

impl Font {
    /// Tells one file from another within this process.
    pub fn id(&self) -> u64 {
        self.0.data.id()
    }

    /// The face's place in a collection file.
    pub fn index(&self) -> u32 {
        self.0.index
    }

    pub fn bytes(&self) -> &[u8] {
        self.0.data.data()
    }

    pub fn data(&self) -> Arc<dyn AsRef<[u8]> + Send + Sync> {
        self.0.data.clone().into_raw_parts().0
    }
}

impl fmt::Debug for Font {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Font({} bytes, face {})", self.bytes().len(), self.index())
    }
}

/// Characters without white space that were drawn in one go, and their place.
///
/// A word that changes font or style halfway comes as two, end to end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Word<'a> {
    pub text: &'a str,
    pub x: f32,
    pub width: f32,
    pub font: usize,
    pub size: f32,
    pub owner: Owner,
    pub right_to_left: bool,
    /// Each character has its own glyph, in order and without offsets.
    pub simple: bool,
}

impl Line {
    /// The words of the line, in reading order run by run.
    pub fn words(&self) -> Vec<Word<'_>> {
        let mut words = Vec::new();
        for run in &self.runs {
            let from = words.len();
            run.words(&self.text, &mut words);
            if run.right_to_left {
                words[from..].reverse();
            }
        }
        words
    }

    /// The left edge of the ink.
    pub fn left(&self) -> f32 {
        self.runs.iter().map(|run| run.x).fold(f32::INFINITY, f32::min)
    }

    /// The right edge of the ink, without the space that a line may end in.
    pub fn right(&self) -> f32 {
        self.words().iter().map(|word| word.x + word.width).fold(f32::NEG_INFINITY, f32::max)
    }
}

impl Run {
    /// The text of the run, within its line's.
    pub fn range(&self) -> Range<usize> {
        let start = self.glyphs.iter().map(|g| g.start).min().unwrap_or(0);
        let end = self.glyphs.iter().map(|g| g.end).max().unwrap_or(0);
        start as usize..end as usize
    }

    pub fn width(&self) -> f32 {
        self.glyphs.iter().map(|g| g.advance).sum()
    }

    fn words<'a>(&self, text: &'a str, words: &mut Vec<Word<'a>>) {
        let mut x = self.x;
        let mut open: Option<(Range<u32>, f32, f32, bool)> = None;
        let mut close = |word: Option<(Range<u32>, f32, f32, bool)>| {
            let Some((range, x, end, simple)) = word else { return };
            words.push(Word {
                text: &text[range.start as usize..range.end as usize],
                x,
                width: end - x,
                font: self.font,
                size: self.size,
                owner: self.owner,
                right_to_left: self.right_to_left,
                simple: simple && !self.right_to_left,
            });
        };
        for glyph in &self.glyphs {
            let range = glyph.start..glyph.end;
            let shown = &text[range.start as usize..range.end as usize];
            if !shown.is_empty() && shown.chars().all(char::is_whitespace) {
                close(open.take());
            } else {
                let simple = shown.chars().count() == 1 && glyph.x == 0.0 && glyph.y == 0.0;
                open = Some(match open.take() {
                    None => (range.clone(), x, x + glyph.advance, simple),
                    Some((so_far, from, _, was)) => (
                        so_far.start.min(range.start)..so_far.end.max(range.end),
                        from,
                        x + glyph.advance,
                        was && simple,
                    ),
                });
            }
            x += glyph.advance;
        }
        close(open);
    }
}

impl Pages {
    /// The letter's text in reading order, a line of the result for each block of the letter.
    pub fn text(&self) -> String {
        let mut leaves = vec![String::new(); self.tree.len()];
        for line in self.pages.iter().flat_map(|page| &page.lines) {
            for run in &line.runs {
                if let Owner::Node(node) = run.owner {
                    leaves[node].push_str(&line.text[run.range()]);
                }
            }
        }
        let mut text = String::new();
        self.read(0, &leaves, &mut text);
        text
    }

    fn read(&self, node: usize, leaves: &[String], text: &mut String) {
        text.push_str(&leaves[node]);
        for &child in &self.tree[node].children {
            self.read(child, leaves, text);
        }
        let ends_block = !matches!(self.tree[node].tag, Tag::Text | Tag::Link { .. });
        if ends_block && !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
    }
}
