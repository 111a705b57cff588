//! A letter as HTML, with what was added to the approved one and what was removed.

use std::fmt::Write as _;

use super::align::{Step, align, resembles};
use super::key::{key, styled, text};
use super::words::{Mark, Run, Style, Word, all, compare};
use crate::diag::markup;
use crate::layout::{self, Block, Inline, Table};

/// How many words a letter gained and lost, and in how many places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) places: usize,
    pub(super) added: usize,
    pub(super) removed: usize,
}

/// Writes a letter as it reads.
pub(super) fn plain(markdown: &str, out: &mut String) {
    let mut pen = Pen { out, tally: Tally::default(), name: String::new() };
    layout::read(markdown).iter().for_each(|block| pen.block(block, Mark::Plain));
}

/// Writes a letter with what differs from the approved one. The places that differ have the ids `name:1`, `name:2`
/// and so on.
pub(super) fn changed(name: &str, was: &str, is: &str, out: &mut String) -> Tally {
    let mut pen = Pen { out, tally: Tally::default(), name: markup(name) };
    pen.blocks(&layout::read(was), &layout::read(is));
    pen.tally
}

struct Pen<'a> {
    out: &'a mut String,
    tally: Tally,
    /// What the ids of places begin with.
    name: String,
}

impl Pen<'_> {
    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn blocks(&mut self, was: &[Block], is: &[Block]) {
        let alike = |a: &Block, b: &Block| {
            let same_kind = std::mem::discriminant(a) == std::mem::discriminant(b);
            let whole = matches!(a, Block::List { .. } | Block::Quote(_) | Block::Table(_));
            same_kind && (whole || resembles(&text(a), &text(b)))
        };
        for step in align(was, is, key, alike) {
            match step {
                Step::Same(n) => self.block(&is[n], Mark::Plain),
                Step::Gone(n) => self.block(&was[n], Mark::Removed),
                Step::New(n) => self.block(&is[n], Mark::Added),
                Step::Both(old, new) => self.both(&was[old], &is[new]),
            }
        }
    }

    /// A block whose words are all in one state.
    fn block(&mut self, block: &Block, mark: Mark) {
        match block {
            Block::Paragraph(inline) => self.wrapped("p", &all(inline, mark)),
            Block::Heading(level, inline) => self.wrapped(heading(*level), &all(inline, mark)),
            Block::Code(inline) => self.wrapped("p", &all(inline, mark)),
            Block::Rule => self.put("<hr>\n"),
            Block::Space => self.put("<p class=\"space\"></p>\n"),
            Block::Quote(blocks) => {
                self.put("<blockquote>\n");
                blocks.iter().for_each(|b| self.block(b, mark));
                self.put("</blockquote>\n");
            }
            Block::List { first, items, .. } => {
                self.open_list(*first);
                for item in items {
                    self.item(item, mark);
                }
                self.close_list(*first);
            }
            Block::Table(table) => {
                self.put("<table>\n");
                self.row(&table.head, "th", |inline| all(inline, mark));
                for row in &table.rows {
                    self.row(row, "td", |inline| all(inline, mark));
                }
                self.put("</table>\n");
            }
        }
    }

    /// A block that was changed.
    fn both(&mut self, was: &Block, is: &Block) {
        match (was, is) {
            (Block::Paragraph(was), Block::Paragraph(is)) | (Block::Code(was), Block::Code(is)) => {
                self.wrapped("p", &compare(was, is));
            }
            (Block::Heading(_, was), Block::Heading(level, is)) => {
                self.wrapped(heading(*level), &compare(was, is));
            }
            (Block::Quote(was), Block::Quote(is)) => {
                self.put("<blockquote>\n");
                self.blocks(was, is);
                self.put("</blockquote>\n");
            }
            (Block::List { items: was, .. }, Block::List { first, items: is, .. }) => {
                self.open_list(*first);
                self.items(was, is);
                self.close_list(*first);
            }
            (Block::Table(was), Block::Table(is)) => self.tables(was, is),
            (was, is) => {
                self.block(was, Mark::Removed);
                self.block(is, Mark::Added);
            }
        }
    }

    fn items(&mut self, was: &[Vec<Block>], is: &[Vec<Block>]) {
        let words = |item: &Vec<Block>| item.iter().map(text).collect::<Vec<_>>().join(" ");
        let keys = |item: &Vec<Block>| item.iter().map(key).collect::<Vec<_>>().join("\n");
        for step in align(was, is, keys, |a, b| resembles(&words(a), &words(b))) {
            match step {
                Step::Same(n) => self.item(&is[n], Mark::Plain),
                Step::Gone(n) => self.item(&was[n], Mark::Removed),
                Step::New(n) => self.item(&is[n], Mark::Added),
                Step::Both(old, new) => {
                    self.put("<li>");
                    self.blocks(&was[old], &is[new]);
                    self.put("</li>\n");
                }
            }
        }
    }

    fn item(&mut self, blocks: &[Block], mark: Mark) {
        // Removed items must not count on a numbered list, or every later number would be wrong.
        self.put(if mark == Mark::Removed { "<li class=\"gone\">" } else { "<li>" });
        match blocks {
            [Block::Paragraph(inline)] => self.runs(&all(inline, mark)),
            blocks => blocks.iter().for_each(|b| self.block(b, mark)),
        }
        self.put("</li>\n");
    }

    fn open_list(&mut self, first: Option<u64>) {
        match first {
            None => self.put("<ul>\n"),
            Some(1) => self.put("<ol>\n"),
            Some(n) => {
                let _ = writeln!(self.out, "<ol start=\"{n}\">");
            }
        }
    }

    fn close_list(&mut self, first: Option<u64>) {
        self.put(if first.is_some() { "</ol>\n" } else { "</ul>\n" });
    }

    fn tables(&mut self, was: &Table, is: &Table) {
        self.put("<table>\n");
        self.rows(std::slice::from_ref(&was.head), std::slice::from_ref(&is.head), "th");
        self.rows(&was.rows, &is.rows, "td");
        self.put("</table>\n");
    }

    fn rows(&mut self, was: &[Vec<Inline>], is: &[Vec<Inline>], cell: &str) {
        let key = |row: &Vec<Inline>| row.iter().map(styled).collect::<Vec<_>>().join("\n");
        let words =
            |row: &Vec<Inline>| row.iter().map(|i| i.text.as_str()).collect::<Vec<_>>().join(" ");
        let alike = |a: &Vec<Inline>, b: &Vec<Inline>| {
            a.len() == b.len() && (cell == "th" || resembles(&words(a), &words(b)))
        };
        for step in align(was, is, key, alike) {
            match step {
                Step::Same(n) => self.row(&is[n], cell, |i| all(i, Mark::Plain)),
                Step::Gone(n) => self.row(&was[n], cell, |i| all(i, Mark::Removed)),
                Step::New(n) => self.row(&is[n], cell, |i| all(i, Mark::Added)),
                Step::Both(old, new) => {
                    let mut old = was[old].iter();
                    self.row(&is[new], cell, |i| {
                        old.next().map_or_else(|| all(i, Mark::Added), |o| compare(o, i))
                    });
                }
            }
        }
    }

    fn row(&mut self, row: &[Inline], cell: &str, mut runs: impl FnMut(&Inline) -> Vec<Run>) {
        self.put("<tr>");
        for inline in row {
            let _ = write!(self.out, "<{cell}>");
            let runs = runs(inline);
            self.runs(&runs);
            let _ = write!(self.out, "</{cell}>");
        }
        self.put("</tr>\n");
    }

    fn wrapped(&mut self, tag: &str, runs: &[Run]) {
        let _ = write!(self.out, "<{tag}>");
        self.runs(runs);
        let _ = writeln!(self.out, "</{tag}>");
    }

    fn runs(&mut self, runs: &[Run]) {
        let (mut broken, mut marked) = (true, false);
        for (mark, words) in runs {
            if !broken && !words.first().is_some_and(Word::is_break) {
                self.put(" ");
            }
            let tag = match mark {
                Mark::Plain => None,
                Mark::Added => {
                    self.tally.added += words.len();
                    Some("ins")
                }
                Mark::Removed => {
                    self.tally.removed += words.len();
                    Some("del")
                }
            };
            if let Some(tag) = tag {
                let _ = write!(self.out, "<{tag}");
                if !marked {
                    self.tally.places += 1;
                    let _ = write!(self.out, " id=\"{}:{}\"", self.name, self.tally.places);
                    marked = true;
                }
                self.put(">");
            }
            self.words(words);
            if let Some(tag) = tag {
                let _ = write!(self.out, "</{tag}>");
            }
            broken = words.last().is_some_and(Word::is_break);
        }
    }

    fn words(&mut self, words: &[Word]) {
        let mut style = Style::default();
        let mut broken = true;
        for word in words {
            if word.is_break() {
                self.restyle(&mut style, &Style::default());
                self.put("<br>\n");
                broken = true;
                continue;
            }
            for (n, part) in word.0.iter().enumerate() {
                let space = n == 0 && !broken;
                if space && style == part.style {
                    self.put(" ");
                } else if space {
                    self.restyle(&mut style, &Style::default());
                    self.put(" ");
                }
                self.restyle(&mut style, &part.style);
                let shown = markup(&part.text);
                self.put(&shown);
            }
            broken = false;
        }
        self.restyle(&mut style, &Style::default());
    }

    fn restyle(&mut self, from: &mut Style, to: &Style) {
        if from == to {
            return;
        }
        for (on, end) in
            [(from.italic, "</em>"), (from.bold, "</strong>"), (from.url.is_some(), "</a>")]
        {
            self.put(if on { end } else { "" });
        }
        if let Some(url) = &to.url {
            let _ = write!(self.out, "<a href=\"{}\">", markup(url));
        }
        for (on, start) in [(to.bold, "<strong>"), (to.italic, "<em>")] {
            self.put(if on { start } else { "" });
        }
        *from = to.clone();
    }
}

/// The page's own headings stand above those of a letter.
fn heading(level: u16) -> &'static str {
    match level {
        1 => "h4",
        2 => "h5",
        _ => "h6",
    }
}
