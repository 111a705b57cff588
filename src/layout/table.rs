//! Tables: columns sized by their content, rows that stay whole.

use parley::Alignment;

use super::{
    atoms::Atom,
    blocks::{Inline, Table},
    breaks::SetLine,
    flow::{Column, Flow, face},
    pages::{Artifact, Owner, Tag},
    text::{Face, Shaped},
};

const SIZE: f32 = 10.0;
const BETWEEN: f32 = 14.0;
const PADDING: f32 = 4.0;
const STRONG_RULE: (f32, u8) = (0.8, 60);
const LIGHT_RULE: (f32, u8) = (0.4, 170);

/// A row's cells, each as its lines.
type Cells = Vec<Vec<SetLine>>;

/// A cell that is not yet broken into lines.
struct Measured {
    shaped: Shaped,
    /// Of its longest unbreakable word and of its text on one line.
    widths: (f32, f32),
}

impl Flow<'_> {
    pub(super) fn table(&mut self, table: &Table, column: &Column) {
        let columns = table.head.len();
        let number = self.repeats.len();
        self.repeats.push(None);
        // A head without words makes a list of labelled values: the first column names each row.
        let headless = table.head.iter().all(Inline::is_blank);
        if columns == 0 || headless && table.rows.is_empty() {
            return;
        }
        let mut rows: Vec<Vec<Measured>> = Vec::with_capacity(table.rows.len() + 1);
        let head = (!headless).then_some(&table.head);
        for row in head.into_iter().chain(&table.rows) {
            let is_head = !headless && rows.is_empty();
            let cells = row.iter().enumerate().map(|(index, cell)| {
                let bold = is_head || headless && index == 0;
                let mut shaped = self.setter.shape(cell, cell_face(table, index, bold));
                let widths = self.setter.widths(&mut shaped, cell);
                Measured { shaped, widths }
            });
            rows.push(cells.collect());
        }
        let widths = widths(&rows, columns, column.width, headless);

        let tag = self.node(column.node, Tag::Table);
        let head_tag = (!headless).then(|| self.node(tag, Tag::TableHead));
        let body_tag = (!table.rows.is_empty()).then(|| self.node(tag, Tag::TableBody));
        let between = between(columns, column.width);
        let mut shape = Shape { number, widths, between, column, headless, head: 0.0 };
        for (index, (row, mut shaped)) in head.into_iter().chain(&table.rows).zip(rows).enumerate()
        {
            let is_head = !headless && index == 0;
            let Some(group) = (if is_head { head_tag } else { body_tag }) else { continue };
            let row_tag = self.node(group, Tag::Row);
            let mut cells = Cells::new();
            for (index, (cell, measured)) in row.iter().zip(&mut shaped).enumerate() {
                let shaped = &mut measured.shaped;
                let cell_tag = self.node(
                    row_tag,
                    match (is_head, index) {
                        (true, _) => Tag::ColumnHeader,
                        (false, 0) if headless => Tag::RowHeader,
                        (false, _) => Tag::Cell,
                    },
                );
                let owners = self.owners(cell, cell_tag);
                cells.push(self.setter.lines(shaped, cell, shape.widths[index], &owners));
            }
            let last = index + 1 == table.rows.len() + usize::from(!headless);
            self.row(cells, &shape, is_head, index == 0, last);
            if is_head {
                self.repeat(&table.head, &mut shaped, &mut shape);
            }
        }
    }

    /// Adds a row as one atom, or line by line when it is taller than a page leaves room for.
    fn row(&mut self, cells: Cells, shape: &Shape<'_>, is_head: bool, first_row: bool, last: bool) {
        let from = self.atoms.len();
        let bands = cells.iter().map(Vec::len).max().unwrap_or(0);
        let padding = if shape.headless { 1.5 } else { PADDING };
        let height: f32 = cells
            .iter()
            .map(|cell| cell.iter().map(|set| set.height).sum())
            .fold(SIZE * 1.3, f32::max);
        let whole = height + 2.0 * padding + shape.head <= super::COLUMN_HEIGHT;
        let mut cells: Vec<_> = cells.into_iter().map(Vec::into_iter).collect();
        let mut left = bands;
        while left > 0 || self.atoms.len() == from {
            let take = if whole { left } else { 1 };
            let top = if self.atoms.len() == from { padding } else { 0.0 };
            let mut atom = Atom { table: Some(shape.number), keep: is_head, ..Atom::default() };
            let mut x = shape.column.x;
            for (cell, width) in cells.iter_mut().zip(&shape.widths) {
                let mut y = top;
                for SetLine { line, height, baseline } in cell.take(take) {
                    if atom.baseline == 0.0 {
                        atom.baseline = y + baseline;
                    }
                    atom.push_line(line, x, y + baseline);
                    y += height;
                }
                atom.height = atom.height.max(y);
                x += width + shape.between;
            }
            if bands == 0 {
                atom.height = padding + SIZE * 1.3;
            }
            left = left.saturating_sub(take);
            if left == 0 {
                atom.height += padding;
                shape.rule_below(&mut atom, is_head, last);
            }
            self.push(atom, shape.column);
        }
        if !whole {
            super::atoms::keep_lines_together(&mut self.atoms[from..]);
        }
        if let Some(first) = self.atoms.get_mut(from) {
            first.starts_table = first_row;
            if is_head {
                shape.rule_above(first);
            }
        }
    }

    /// Sets the header row again, for the pages after the first.
    fn repeat(&mut self, head: &[Inline], cells: &mut [Measured], shape: &mut Shape<'_>) {
        let mut set = Cells::new();
        for ((cell, measured), &width) in head.iter().zip(cells).zip(&shape.widths) {
            let owners = vec![Owner::Artifact(Artifact::RepeatedRow); cell.spans.len().max(1)];
            set.push(self.setter.lines(&mut measured.shaped, cell, width, &owners));
        }
        let mut atom = Atom { table: Some(shape.number), ..Atom::default() };
        let mut x = shape.column.x;
        for (cell, width) in set.into_iter().zip(&shape.widths) {
            let mut y = PADDING;
            for SetLine { line, height, baseline } in cell {
                atom.push_line(line, x, y + baseline);
                y += height;
            }
            atom.height = atom.height.max(y + PADDING);
            x += width + shape.between;
        }
        // A head that fills a page would leave no room for rows.
        if atom.height <= super::COLUMN_HEIGHT / 3.0 {
            shape.head = atom.height;
            shape.rule_below(&mut atom, true, false);
            shape.rule_above(&mut atom);
            atom.bars.clone_from(&shape.column.bars);
            self.repeats[shape.number] = Some(atom);
        }
    }
}

struct Shape<'a> {
    number: usize,
    widths: Vec<f32>,
    column: &'a Column,
    headless: bool,
    between: f32,
    /// The height of the header row that each page starts with.
    head: f32,
}

impl Shape<'_> {
    fn width(&self) -> f32 {
        self.widths.iter().sum::<f32>() + self.between * (self.widths.len() - 1) as f32
    }

    fn rule_above(&self, atom: &mut Atom) {
        let (height, gray) = STRONG_RULE;
        atom.push_rule(self.column.x, 0.0, self.width(), height, gray);
    }

    fn rule_below(&self, atom: &mut Atom, is_head: bool, last: bool) {
        if self.headless {
            return;
        }
        let (height, gray) = if is_head || last { STRONG_RULE } else { LIGHT_RULE };
        atom.push_rule(self.column.x, atom.height - height, self.width(), height, gray);
    }
}

/// The room between columns; many columns leave less.
fn between(columns: usize, width: f32) -> f32 {
    BETWEEN.min(width * 0.3 / columns as f32)
}

fn cell_face(table: &Table, index: usize, bold: bool) -> Face {
    let align = match table.aligns.get(index) {
        Some(pulldown_cmark::Alignment::Left) => Alignment::Left,
        Some(pulldown_cmark::Alignment::Center) => Alignment::Center,
        Some(pulldown_cmark::Alignment::Right) => Alignment::Right,
        Some(pulldown_cmark::Alignment::None) | None => Alignment::Start,
    };
    Face { bold, align, leading: 1.3, ..face(SIZE) }
}

/// Shares the page's width among columns.
///
/// A table that fits is as wide as its text. Otherwise each column gets a share that grows with the
/// square root of its text's length, never less than its longest word nor more than its text; where
/// even the longest words do not fit, the longest of them give way first and break.
fn widths(rows: &[Vec<Measured>], columns: usize, width: f32, labelled: bool) -> Vec<f32> {
    let room = width - between(columns, width) * (columns - 1) as f32;
    let mut least = vec![1.0_f32; columns];
    let mut most = vec![1.0_f32; columns];
    for row in rows {
        for (index, cell) in row.iter().enumerate().take(columns) {
            let (min, max) = cell.widths;
            // Text measured and text broken may differ by a rounding error.
            least[index] = least[index].max(min + 0.05);
            most[index] = most[index].max(max + 0.05);
        }
    }
    if most.iter().sum::<f32>() <= room {
        return most;
    }
    // One long number may not starve the columns beside it: it breaks.
    let longest = room * (0.3_f32).max(1.0 / columns as f32);
    for (index, least) in least.iter_mut().enumerate() {
        // The names of labelled values are short and stay on one line.
        *least = if labelled && index == 0 { most[0] } else { *least }.min(longest);
    }
    let share = |at: f32| -> Vec<f32> {
        if least.iter().sum::<f32>() > room {
            return least.iter().map(|&least| least.min(at)).collect();
        }
        let columns = least.iter().zip(&most);
        columns.map(|(&least, &most)| (at * most.sqrt()).clamp(least, most.max(least))).collect()
    };
    let (mut low, mut high) = (0.0_f32, room.max(1.0));
    for _ in 0..40 {
        let middle = f32::midpoint(low, high);
        if share(middle).iter().sum::<f32>() <= room { low = middle } else { high = middle }
    }
    share(low).into_iter().map(|width| width.max(1.0)).collect()
}
