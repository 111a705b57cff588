//! Markdown, read into the few kinds of block that a letter is made of.
//!
//! Raw HTML is text like any other. Containers nested deeper than [`DEEPEST`] are no longer nested:
//! their paragraphs stay, and a list's number goes into the paragraph it numbers.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// Lists and quotes within each other that are still shown and tagged as such.
const DEEPEST: usize = 10;

/// One part of a letter.
#[derive(Debug)]
pub enum Block {
    /// A paragraph.
    Paragraph(Inline),
    /// A heading of level 1 to 3.
    Heading(u16, Inline),
    /// A list: the number it begins with, whether its items stand close together, and the items.
    List {
        /// None where its items have no numbers.
        first: Option<u64>,
        /// Without room between items.
        tight: bool,
        /// What stands in each.
        items: Vec<Vec<Block>>,
    },
    /// Words of somebody else.
    Quote(Vec<Block>),
    /// Lines as they were typed.
    Code(Inline),
    /// A table.
    Table(Table),
    /// A line across.
    Rule,
    /// Room, say for a signature.
    Space,
}

/// Rows of cells.
#[derive(Debug, Default)]
pub struct Table {
    pub(super) aligns: Vec<Alignment>,
    /// What stands over each column.
    pub head: Vec<Inline>,
    /// The cells of each row.
    pub rows: Vec<Vec<Inline>>,
}

/// A paragraph's text; `\n` is a hard break and always follows a space.
#[derive(Debug, Default)]
pub struct Inline {
    /// The words.
    pub text: String,
    /// In order and without gaps; a paragraph of one style has one.
    pub spans: Vec<Span>,
    /// Where its links lead.
    pub urls: Vec<String>,
}

/// A stretch of one style.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Span {
    /// Its bytes within the text.
    pub range: Range<usize>,
    /// Its style.
    pub style: InlineStyle,
}

/// How words are set off.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct InlineStyle {
    /// Strong.
    pub bold: bool,
    /// Emphasised.
    pub italic: bool,
    /// Index into [`Inline::urls`].
    pub link: Option<usize>,
}

impl Inline {
    pub(super) fn plain(text: &str) -> Self {
        let mut inline = Self::default();
        inline.push(text, InlineStyle::default());
        inline
    }

    pub(super) fn push(&mut self, text: &str, style: InlineStyle) {
        let start = self.text.len();
        for c in text.chars() {
            match c {
                '\t' => self.text.push(' '),
                // Every other character that Unicode breaks a line at.
                '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                    self.text.push_str(" \n");
                }
                '\r' => {}
                c => self.text.push(c),
            }
        }
        let end = self.text.len();
        match self.spans.last_mut() {
            _ if start == end => {}
            Some(last) if last.style == style => last.range.end = end,
            _ => self.spans.push(Span { range: start..end, style }),
        }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Drops white space at the end, which a soft break or an escaped newline may leave.
    fn trim_end(&mut self) {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        self.spans.retain_mut(|span| {
            span.range.end = span.range.end.min(end);
            !span.range.is_empty()
        });
    }
}

/// Reads a letter's Markdown as it is laid out.
#[must_use]
pub fn read(markdown: &str) -> Vec<Block> {
    let mut reader = Reader { open: vec![Open::quote()], ..Reader::default() };
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        reader.event(event);
    }
    reader.end_paragraph();
    while reader.open.len() > 1 {
        reader.close();
    }
    reader.open.pop().map(|root| root.blocks).unwrap_or_default()
}

/// A container being filled. The letter itself is the outermost.
struct Open {
    kind: Kind,
    blocks: Vec<Block>,
}

enum Kind {
    Quote,
    List { first: Option<u64>, tight: bool, items: Vec<Vec<Block>> },
    Item,
}

impl Open {
    fn quote() -> Self {
        Self { kind: Kind::Quote, blocks: Vec::new() }
    }
}

#[derive(Default)]
struct Reader {
    open: Vec<Open>,
    /// Lists too deep to be lists: the number each item is at.
    flat: Vec<Option<u64>>,
    /// Quotes too deep to be quotes.
    too_deep: usize,
    inline: Inline,
    heading: Option<u16>,
    code: bool,
    /// The label of a flattened item, waiting for the item's first paragraph.
    label: Option<String>,
    bold: usize,
    italic: usize,
    link: Option<usize>,
    table: Option<Table>,
    row: Vec<Inline>,
}

impl Reader {
    fn style(&self) -> InlineStyle {
        InlineStyle { bold: self.bold > 0, italic: self.italic > 0, link: self.link }
    }

    fn text(&mut self, text: &str) {
        if let Some(label) = self.label.take() {
            self.inline.push(&label, InlineStyle::default());
        }
        self.inline.push(text, self.style());
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text)
            | Event::Code(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => self.text(&text),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.text("\n"),
            Event::Rule => {
                self.end_paragraph();
                self.push(Block::Rule);
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.italic += 1,
            Tag::Strong => self.bold += 1,
            Tag::Link { dest_url, .. } => {
                // A scheme that could run something is no link; its text stays.
                let safe = ["https:", "http:", "mailto:", "tel:"].iter().any(|scheme| {
                    dest_url.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme))
                });
                if safe {
                    self.link = Some(self.inline.urls.len());
                    self.inline.urls.push(dest_url.into_string());
                }
            }
            Tag::Heading { level, .. } => {
                self.end_paragraph();
                self.heading = Some(match level {
                    HeadingLevel::H1 => 1,
                    HeadingLevel::H2 => 2,
                    HeadingLevel::H3 | HeadingLevel::H4 | HeadingLevel::H5 | HeadingLevel::H6 => 3,
                });
            }
            Tag::CodeBlock(_) => {
                self.end_paragraph();
                self.code = true;
            }
            Tag::BlockQuote(_) => {
                self.end_paragraph();
                self.open(Kind::Quote);
            }
            Tag::List(first) => {
                self.end_paragraph();
                if self.has_room() {
                    self.open(Kind::List { first, tight: true, items: Vec::new() });
                } else {
                    self.flat.push(first);
                }
            }
            Tag::Item => {
                if let Some(number) = self.flat.last_mut() {
                    // A list right inside a list's item waits behind the item's own label.
                    let label = self.label.get_or_insert_default();
                    match number {
                        Some(number) => {
                            label.push_str(&format!("{number}. "));
                            *number = number.saturating_add(1);
                        }
                        None => label.push_str("• "),
                    }
                } else {
                    self.open.push(Open { kind: Kind::Item, blocks: Vec::new() });
                }
            }
            Tag::Table(aligns) => {
                self.end_paragraph();
                self.table = Some(Table { aligns, ..Table::default() });
            }
            Tag::Paragraph => {
                self.end_paragraph();
                if let [
                    ..,
                    Open { kind: Kind::List { tight, .. }, .. },
                    Open { kind: Kind::Item, .. },
                ] = &mut self.open[..]
                {
                    *tight = false;
                }
            }
            Tag::HtmlBlock => self.end_paragraph(),
            Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Image { .. }
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.italic -= 1,
            TagEnd::Strong => self.bold -= 1,
            TagEnd::Link => self.link = None,
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.end_paragraph(),
            TagEnd::Heading(_) => {
                self.end_paragraph();
                self.heading = None;
            }
            TagEnd::CodeBlock => {
                self.end_paragraph();
                self.code = false;
            }
            TagEnd::BlockQuote(_) => {
                self.end_paragraph();
                if self.too_deep > 0 { self.too_deep -= 1 } else { self.close() }
            }
            TagEnd::List(_) => {
                self.end_paragraph();
                if self.flat.pop().is_none() {
                    self.close();
                }
            }
            TagEnd::Item => {
                self.end_paragraph();
                if self.flat.is_empty() {
                    self.close();
                } else if let Some(label) = self.label.take() {
                    self.push(Block::Paragraph(Inline::plain(label.trim_end())));
                }
            }
            TagEnd::TableCell => {
                let mut cell = std::mem::take(&mut self.inline);
                cell.trim_end();
                self.row.push(cell);
            }
            TagEnd::TableHead => {
                let row = std::mem::take(&mut self.row);
                if let Some(table) = &mut self.table {
                    table.head = row;
                }
            }
            TagEnd::TableRow => {
                let row = std::mem::take(&mut self.row);
                if let Some(table) = &mut self.table {
                    table.rows.push(row);
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.push(Block::Table(table));
                }
            }
            TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Image
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn has_room(&self) -> bool {
        self.open.len() <= DEEPEST && self.flat.is_empty() && self.too_deep == 0
    }

    fn open(&mut self, kind: Kind) {
        if self.has_room() {
            self.open.push(Open { kind, blocks: Vec::new() });
        } else {
            self.too_deep += 1;
        }
    }

    fn end_paragraph(&mut self) {
        let mut inline = std::mem::take(&mut self.inline);
        if inline.text.is_empty() {
            return;
        }
        inline.trim_end();
        if inline.is_blank() {
            // A no-break space alone is how Markdown asks for room, say for a signature.
            return self.push(Block::Space);
        }
        self.push(match self.heading {
            _ if self.code => Block::Code(inline),
            Some(level) => Block::Heading(level, inline),
            None => Block::Paragraph(inline),
        });
    }

    fn push(&mut self, block: Block) {
        if let Some(open) = self.open.last_mut() {
            open.blocks.push(block);
        }
    }

    fn close(&mut self) {
        let Some(Open { kind, blocks }) = self.open.pop() else { return };
        match kind {
            Kind::Quote => self.push(Block::Quote(blocks)),
            Kind::List { first, tight, items } => self.push(Block::List { first, tight, items }),
            Kind::Item => {
                if let Some(Open { kind: Kind::List { items, .. }, .. }) = self.open.last_mut() {
                    items.push(blocks);
                }
            }
        }
    }
}
