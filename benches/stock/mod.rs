//! A letter set with genpdf's own elements: what a program would write that takes the package as it is.

use genpdf::elements::{
    Break, LinearLayout, OrderedList, PaddedElement, Paragraph, TableLayout, UnorderedList,
};
use genpdf::fonts::{FontData, FontFamily};
use genpdf::style::{Style, StyledString};
use genpdf::{Document, Margins, SimplePageDecorator, Size};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Sets a letter in Markdown.
pub fn set(markdown: &str) -> Vec<u8> {
    let mut document = Document::new(family());
    document.set_title("Letter");
    document.set_paper_size(Size::new(216, 279));
    document.set_font_size(11);
    let mut decorator = SimplePageDecorator::new();
    decorator.set_margins(25);
    document.set_page_decorator(decorator);
    let mut events = Parser::new_ext(markdown, Options::ENABLE_TABLES);
    document.push(layout(&mut events, None));
    let mut out = Vec::new();
    document.render(&mut out).unwrap();
    out
}

fn family() -> FontFamily<FontData> {
    let face = |name: &str| {
        let path = format!("{}/fonts/NotoSerif-{name}.ttf", env!("CARGO_MANIFEST_DIR"));
        FontData::new(std::fs::read(path).unwrap(), None).unwrap()
    };
    FontFamily {
        regular: face("Regular"),
        bold: face("Bold"),
        italic: face("Italic"),
        bold_italic: face("BoldItalic"),
    }
}

/// Everything up to the end of a tag.
fn layout(events: &mut Parser<'_>, until: Option<TagEnd>) -> LinearLayout {
    let mut column = LinearLayout::vertical();
    let mut text = Text::default();
    while let Some(event) = events.next() {
        match event {
            Event::End(end) if Some(end) == until => break,
            Event::Start(Tag::List(first)) => {
                text.end(&mut column);
                column.push(list(events, first));
            }
            Event::Start(Tag::Table(columns)) => column.push(table(events, columns.len())),
            Event::Start(Tag::BlockQuote(kind)) => {
                let quoted = layout(events, Some(TagEnd::BlockQuote(kind)));
                column.push(PaddedElement::new(quoted, Margins::trbl(0, 0, 0, 5)));
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => {
                text.end(&mut column);
                column.push(Break::new(0.5));
            }
            Event::HardBreak => text.end(&mut column),
            other => text.take(&other),
        }
    }
    text.end(&mut column);
    column
}

fn list(events: &mut Parser<'_>, first: Option<u64>) -> LinearLayout {
    let mut items = Vec::new();
    while let Some(event) = events.next() {
        match event {
            Event::Start(Tag::Item) => items.push(layout(events, Some(TagEnd::Item))),
            Event::End(TagEnd::List(_)) => break,
            _ => {}
        }
    }
    let mut column = LinearLayout::vertical();
    match first {
        Some(first) => {
            let mut list = OrderedList::with_start(usize::try_from(first).unwrap());
            items.into_iter().for_each(|item| list.push(item));
            column.push(list);
        }
        None => {
            let mut list = UnorderedList::new();
            items.into_iter().for_each(|item| list.push(item));
            column.push(list);
        }
    }
    column.push(Break::new(0.5));
    column
}

fn table(events: &mut Parser<'_>, columns: usize) -> TableLayout {
    let mut table = TableLayout::new(vec![1; columns]);
    let mut cells = Vec::new();
    while let Some(event) = events.next() {
        match event {
            Event::Start(Tag::TableCell) => cells.push(layout(events, Some(TagEnd::TableCell))),
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => {
                let mut row = table.row();
                cells.drain(..).for_each(|cell| row.push_element(cell));
                row.push().unwrap();
            }
            Event::End(TagEnd::Table) => break,
            _ => {}
        }
    }
    table
}

/// A paragraph on its way.
#[derive(Default)]
struct Text {
    pieces: Vec<StyledString>,
    bold: usize,
    italic: usize,
}

impl Text {
    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::Strong | Tag::Heading { .. }) => self.bold += 1,
            Event::End(TagEnd::Strong) => self.bold = self.bold.saturating_sub(1),
            Event::Start(Tag::Emphasis) => self.italic += 1,
            Event::End(TagEnd::Emphasis) => self.italic = self.italic.saturating_sub(1),
            Event::Text(text) | Event::Code(text) => self.say(text),
            Event::SoftBreak => self.say(" "),
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        let mut style = Style::new();
        if self.bold > 0 {
            style.set_bold();
        }
        if self.italic > 0 {
            style.set_italic();
        }
        self.pieces.push(StyledString::new(text.to_owned(), style));
    }

    fn end(&mut self, column: &mut LinearLayout) {
        let mut paragraph = Paragraph::default();
        let pieces = std::mem::take(&mut self.pieces);
        let some = !pieces.is_empty();
        pieces.into_iter().for_each(|piece| paragraph.push(piece));
        if some {
            column.push(paragraph);
        }
        self.bold = 0;
    }
}
