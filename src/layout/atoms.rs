//! The unit of pagination: a strip across the page that is never cut.

use super::pages::{Line, Rect, Rule};

/// A line of a paragraph with what stands beside it, or a whole row of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Atom {
    /// Room above, dropped at the top of a page.
    pub(super) gap: f32,
    pub(super) height: f32,
    /// The first baseline, from the top.
    pub(super) baseline: f32,
    /// Stays on the page of the atom after it.
    pub(super) keep: bool,
    /// Baselines are counted from the atom's top.
    pub(super) lines: Vec<Line>,
    pub(super) rules: Vec<Rule>,
    /// The quotes around the atom, outermost first.
    pub(super) bars: Vec<Bar>,
    /// The table whose row this is.
    pub(super) table: Option<usize>,
    /// The table's first row, which is its header row if it has one.
    pub(super) starts_table: bool,
    /// The heading this atom starts.
    pub(super) heading: Option<usize>,
}

/// The line beside a quote, drawn through from its first atom on a page to its last.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bar {
    pub(super) quote: usize,
    pub(super) x: f32,
}

impl Atom {
    /// Moves a line to its baseline in the atom.
    pub(super) fn push_line(&mut self, mut line: Line, x: f32, baseline: f32) {
        line.baseline = baseline;
        for run in &mut line.runs {
            run.x += x;
        }
        self.lines.push(line);
    }

    pub(super) fn push_rule(&mut self, x: f32, y: f32, width: f32, height: f32, gray: u8) {
        self.rules.push(Rule { area: Rect { x, y, width, height }, gray });
    }
}

/// Marks which breaks a run of lines allows: at least two stay on either side.
pub(super) fn keep_lines_together(atoms: &mut [Atom]) {
    let count = atoms.len();
    for (index, atom) in atoms.iter_mut().enumerate() {
        if index + 1 < count && (index == 0 || index + 2 == count) {
            atom.keep = true;
        }
    }
}
