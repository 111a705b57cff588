//! Blocks, set one below the other as atoms, and their tags.

use parley::Alignment;

use super::{
    atoms::{Atom, Bar, keep_lines_together},
    blocks::{Block, Inline},
    breaks::{ASCENT, SetLine},
    pages::{Line, Node, Owner, Tag},
    text::{Face, Setter},
};

pub(super) const BODY_SIZE: f32 = 10.5;
const LEADING: f32 = 1.28;
const ITEM_GAP: f32 = 3.0;
const QUOTE_INDENT: f32 = 18.0;
/// The narrowest column that nesting may leave.
const NARROWEST: f32 = 90.0;

/// A heading's place in the outline, before its page is known.
#[derive(Debug)]
pub(super) struct Title {
    pub(super) level: u16,
    pub(super) text: String,
}

/// A column of the page that blocks are set in.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) x: f32,
    pub(super) width: f32,
    pub(super) bars: Vec<Bar>,
    /// The node that blocks become children of.
    pub(super) node: usize,
}

pub(super) struct Flow<'a> {
    pub(super) setter: &'a mut Setter,
    pub(super) atoms: Vec<Atom>,
    pub(super) tree: Vec<Node>,
    pub(super) titles: Vec<Title>,
    /// Header rows to show again, by table.
    pub(super) repeats: Vec<Option<Atom>>,
    gap: f32,
    /// Labels of list items whose first line is still to come, with their left edges.
    labels: Vec<(Line, f32)>,
    level: u16,
    quotes: usize,
}

impl<'a> Flow<'a> {
    pub(super) fn new(setter: &'a mut Setter) -> Self {
        let document = Node { tag: Tag::Document, parent: 0, children: Vec::new() };
        Self {
            setter,
            atoms: Vec::new(),
            tree: vec![document],
            titles: Vec::new(),
            repeats: Vec::new(),
            gap: 0.0,
            labels: Vec::new(),
            level: 0,
            quotes: 0,
        }
    }

    pub(super) fn blocks(&mut self, blocks: &[Block], column: &Column, gap: f32) {
        for (index, block) in blocks.iter().enumerate() {
            let from = self.atoms.len();
            match block {
                Block::Paragraph(inline) => {
                    let node = self.node(column.node, Tag::Paragraph);
                    self.paragraph(inline, column, node, face(BODY_SIZE), gap);
                    let announces = inline.text.ends_with(':')
                        && matches!(
                            blocks.get(index + 1),
                            Some(
                                Block::List { .. }
                                    | Block::Table(_)
                                    | Block::Quote(_)
                                    | Block::Code(_)
                            )
                        );
                    if let Some(last) = self.atoms[from..].last_mut().filter(|_| announces) {
                        last.keep = true;
                    }
                    self.gap = gap;
                }
                Block::Heading(level, inline) => self.heading(*level, inline, column),
                Block::List { first, tight, items } => {
                    self.list(*first, if *tight { ITEM_GAP } else { gap }, items, column);
                    self.gap = gap;
                }
                Block::Quote(blocks) => self.quote(blocks, column, gap),
                Block::Code(inline) => {
                    let node = self.node(column.node, Tag::Paragraph);
                    let inner = column.indented(QUOTE_INDENT, 0.0);
                    let face = Face { align: Alignment::Left, ..face(BODY_SIZE - 1.0) };
                    self.paragraph(inline, &inner, node, face, gap);
                    self.gap = gap;
                }
                Block::Table(table) => {
                    self.gap = self.gap.max(gap + 1.0);
                    self.table(table, column);
                    self.gap = gap + 4.0;
                }
                Block::Rule => {
                    let mut atom = Atom { height: 1.0, gap: 10.0, ..Atom::default() };
                    atom.push_rule(column.x, 0.0, column.width, 0.6, 110);
                    self.push(atom, column);
                    self.gap = 10.0;
                }
                Block::Space => self.gap += BODY_SIZE * LEADING,
            }
        }
    }

    fn heading(&mut self, level: u16, inline: &Inline, column: &Column) {
        // A level that skips one, or a letter that starts below the first, is no outline.
        self.level = level.min(self.level + 1);
        let title: String = inline.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let tag = Tag::Heading { level: self.level, title: title.clone() };
        let node = self.node(column.node, tag);
        let (size, italic, before, after) = match level {
            1 => (14.0, false, 14.0, 6.0),
            2 => (11.5, false, 12.0, 4.0),
            _ => (10.5, true, 11.0, 4.0),
        };
        let face = Face { bold: true, italic, leading: 1.3, ..face(size) };
        let from = self.atoms.len();
        self.paragraph(inline, column, node, face, before);
        for atom in &mut self.atoms[from..] {
            atom.keep = true;
        }
        if let Some(first) = self.atoms.get_mut(from) {
            first.heading = Some(self.titles.len());
            self.titles.push(Title { level: self.level, text: title });
        }
        self.gap = after;
    }

    fn quote(&mut self, blocks: &[Block], column: &Column, gap: f32) {
        let node = self.node(column.node, Tag::Quote);
        let mut inner = column.indented(QUOTE_INDENT, QUOTE_INDENT / 2.0);
        inner.node = node;
        inner.bars.push(Bar { quote: self.quotes, x: column.x + 4.0 });
        self.quotes += 1;
        self.gap = self.gap.max(gap);
        self.blocks(blocks, &inner, gap);
        self.gap = self.gap.max(gap);
    }

    fn list(&mut self, first: Option<u64>, gap: f32, items: &[Vec<Block>], column: &Column) {
        let list = self.node(column.node, Tag::List { ordered: first.is_some() });
        let mut labels = Vec::with_capacity(items.len());
        for number in (first.unwrap_or(0)..).take(items.len()) {
            let text = match first {
                Some(_) => format!("{number}. "),
                None => "• ".to_owned(),
            };
            let item = self.node(list, Tag::Item);
            let label = self.node(item, Tag::Label);
            let owner = Owner::Node(self.node(label, Tag::Text));
            let inline = Inline::plain(&text);
            let face = Face { align: Alignment::Left, ..face(BODY_SIZE) };
            let mut shaped = self.setter.shape(&inline, face);
            let width = self.setter.widths(&mut shaped, &inline).1;
            let lines = self.setter.lines(&mut shaped, &inline, f32::MAX, &[owner]);
            labels.push((item, lines, width));
        }
        // Numbers end at one edge, so that 9 and 10 line up.
        let widest = labels.iter().map(|&(_, _, width)| width).fold(0.0, f32::max);
        let indent = if first.is_some() { (widest + 11.0).max(24.0) } else { 20.0 };
        for (index, (blocks, (item, lines, width))) in items.iter().zip(labels).enumerate() {
            let from = self.atoms.len();
            let rtl = self.starts_right_to_left(blocks);
            let mut inner =
                if rtl { column.indented(0.0, indent) } else { column.indented(indent, 0.0) };
            let x = if inner.width == column.width {
                column.x
            } else if rtl {
                inner.x + inner.width + 5.0
            } else {
                inner.x - 5.0 - width
            };
            self.labels.extend(lines.into_iter().map(|set| (set.line, x)));
            inner.node = self.node(item, Tag::Body);
            self.gap = self.gap.max(gap);
            if inner.width == column.width {
                // No room beside the item: its label goes above.
                self.push_labels(&inner);
            }
            self.blocks(blocks, &inner, gap.max(ITEM_GAP));
            if !self.labels.is_empty() {
                // An empty item still shows its number.
                self.push_labels(&inner);
            }
            // A short item before the last goes along with it: one lone item on a page looks lost.
            let short = self.atoms.len() - from <= 4;
            if short && index + 2 == items.len() {
                for atom in &mut self.atoms[from..] {
                    atom.keep = true;
                }
            }
            self.gap = gap;
        }
    }

    fn push_labels(&mut self, column: &Column) {
        let height = BODY_SIZE * LEADING;
        self.push(Atom { height, baseline: BODY_SIZE * ASCENT, ..Atom::default() }, column);
    }

    /// Whether an item's first text runs right to left, so that its label goes to the right.
    fn starts_right_to_left(&mut self, blocks: &[Block]) -> bool {
        match blocks.first() {
            Some(Block::Paragraph(inline) | Block::Heading(_, inline) | Block::Code(inline)) => {
                !inline.text.is_ascii() && self.setter.shape(inline, face(BODY_SIZE)).is_rtl()
            }
            Some(
                Block::List { .. } | Block::Quote(_) | Block::Table(_) | Block::Rule | Block::Space,
            )
            | None => false,
        }
    }

    /// Sets a paragraph's lines as atoms.
    fn paragraph(&mut self, inline: &Inline, column: &Column, node: usize, face: Face, gap: f32) {
        let owners = self.owners(inline, node);
        let mut shaped = self.setter.shape(inline, face);
        let lines = self.setter.lines(&mut shaped, inline, column.width, &owners);
        self.gap = self.gap.max(gap);
        let from = self.atoms.len();
        for SetLine { line, height, baseline } in lines {
            let mut atom = Atom { height, baseline, ..Atom::default() };
            atom.push_line(line, column.x, baseline);
            self.push(atom, column);
        }
        keep_lines_together(&mut self.atoms[from..]);
    }

    /// Adds a leaf for each span, inside its link if it has one.
    pub(super) fn owners(&mut self, inline: &Inline, node: usize) -> Vec<Owner> {
        let mut links = vec![None; inline.urls.len()];
        let mut owners = Vec::with_capacity(inline.spans.len());
        // Spans that differ in weight alone are one leaf: a tag's text need not be cut there.
        let mut last = None;
        for span in &inline.spans {
            if let Some((link, owner)) = last
                && link == span.style.link
            {
                owners.push(owner);
                continue;
            }
            let parent = match span.style.link {
                None => node,
                Some(link) => *links[link].get_or_insert_with(|| {
                    let text = inline
                        .spans
                        .iter()
                        .filter(|other| other.style.link == Some(link))
                        .map(|other| &inline.text[other.range.clone()])
                        .collect();
                    self.node(node, Tag::Link { url: inline.urls[link].clone(), text })
                }),
            };
            let owner = Owner::Node(self.node(parent, Tag::Text));
            last = Some((span.style.link, owner));
            owners.push(owner);
        }
        owners
    }

    pub(super) fn node(&mut self, parent: usize, tag: Tag) -> usize {
        let node = self.tree.len();
        self.tree.push(Node { tag, parent, children: Vec::new() });
        self.tree[parent].children.push(node);
        node
    }

    /// Adds an atom below the last, with the labels that wait for it.
    pub(super) fn push(&mut self, mut atom: Atom, column: &Column) {
        atom.gap = atom.gap.max(std::mem::take(&mut self.gap));
        atom.bars.clone_from(&column.bars);
        let labels = std::mem::take(&mut self.labels);
        if !labels.is_empty() && atom.baseline == 0.0 {
            // A rule has no line of its own to stand beside.
            atom.height = atom.height.max(BODY_SIZE * LEADING);
            atom.baseline = BODY_SIZE * ASCENT;
        }
        if !labels.is_empty() {
            // Labels come first, so that their item's text is drawn in one go.
            let lines = std::mem::take(&mut atom.lines);
            let baseline = atom.baseline;
            for (label, x) in labels {
                atom.push_line(label, x, baseline);
            }
            atom.lines.extend(lines);
        }
        self.atoms.push(atom);
    }
}

impl Column {
    /// A narrower column, unless it would be too narrow to read.
    pub(super) fn indented(&self, left: f32, right: f32) -> Self {
        let mut inner = self.clone();
        if self.width - left - right >= NARROWEST {
            inner.x += left;
            inner.width -= left + right;
        }
        inner
    }
}

pub(super) fn face(size: f32) -> Face {
    Face { size, leading: LEADING, bold: false, italic: false, gray: 0, align: Alignment::Start }
}
