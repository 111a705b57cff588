//! Atoms, dealt out to pages; running heads, page numbers and link areas.

use super::{
    COLUMN_HEIGHT, MARGIN,
    atoms::{Atom, Bar},
    flow::Title,
    pages::{Heading, LinkArea, Node, Owner, Page, Rect, Rule, Tag},
};

const BAR_WIDTH: f32 = 1.5;
const BAR_GRAY: u8 = 170;

pub(super) struct Paged {
    pub(super) pages: Vec<Page>,
    pub(super) headings: Vec<Heading>,
}

/// A last page with no more on it than this looks forgotten: a few lines, or a heading and a short list.
const FORGOTTEN: f32 = 100.0;
/// How near to each other blocks may come to spare such a page, of their usual distance.
const NEARER: [f32; 2] = [0.85, 0.7];

/// Draws blocks nearer to each other where that spares a last page with only a few lines.
pub(super) fn spare_last_page(atoms: &mut [Atom], repeats: &[Option<Atom>]) {
    let (pages, last) = dealt(atoms, repeats);
    if pages < 2 || last > FORGOTTEN {
        return;
    }
    let gaps: Vec<f32> = atoms.iter().map(|atom| atom.gap).collect();
    let set = |atoms: &mut [Atom], share: f32| {
        atoms.iter_mut().zip(&gaps).for_each(|(atom, gap)| atom.gap = gap * share);
    };
    for share in NEARER {
        set(atoms, share);
        if dealt(atoms, repeats).0 < pages {
            return;
        }
    }
    set(atoms, 1.0);
}

/// How many pages atoms fill, and how much of the last.
fn dealt(atoms: &[Atom], repeats: &[Option<Atom>]) -> (usize, f32) {
    let (mut pages, mut start, mut last) = (0, 0, 0.0);
    while start == 0 || start < atoms.len() {
        let (repeat, count) = next_page(&atoms[start..], start > 0, repeats);
        let gaps: f32 = atoms[start..start + count].iter().skip(1).map(|atom| atom.gap).sum();
        let heights: f32 = atoms[start..start + count].iter().map(|atom| atom.height).sum();
        last = repeat.map_or(0.0, |row| row.height) + gaps + heights;
        start += count.max(1);
        pages += 1;
    }
    (pages, last)
}

/// The header row that the next page shows again, and how many atoms go on it.
fn next_page<'a>(
    rest: &[Atom],
    turned: bool,
    repeats: &'a [Option<Atom>],
) -> (Option<&'a Atom>, usize) {
    let repeat = repeated_row(rest, turned, repeats);
    let room = COLUMN_HEIGHT - repeat.map_or(0.0, |row| row.height);
    (repeat, fitting(rest, room))
}

/// Fills pages in one pass: each page takes all that fits, then gives back what must not end it.
pub(super) fn paginate(
    atoms: Vec<Atom>,
    repeats: &[Option<Atom>],
    titles: &[Title],
    tree: &[Node],
) -> Paged {
    let mut paged = Paged { pages: Vec::new(), headings: Vec::new() };
    let mut start = 0;
    let mut rest = atoms.into_iter();
    while start == 0 || !rest.as_slice().is_empty() {
        let mut sheet = Sheet::default();
        let (repeat, count) = next_page(rest.as_slice(), start > 0, repeats);
        if let Some(row) = repeat {
            sheet.place(row.clone());
        }
        for atom in rest.by_ref().take(count) {
            if let Some(heading) = atom.heading
                && let Some(title) = titles.get(heading)
            {
                paged.headings.push(Heading {
                    level: title.level,
                    title: title.text.clone(),
                    page: paged.pages.len(),
                    y: MARGIN + sheet.y + sheet.gap(&atom),
                });
            }
            sheet.place(atom);
        }
        let mut page = sheet.finish();
        page.links = links(&page, tree);
        underline(&mut page);
        paged.pages.push(page);
        start += count.max(1);
    }
    paged
}

/// The header row to show again, when a page starts inside a table.
fn repeated_row<'a>(rest: &[Atom], turned: bool, repeats: &'a [Option<Atom>]) -> Option<&'a Atom> {
    let first = rest.first().filter(|_| turned)?;
    // A table's first atom starts it, and shows its header row itself.
    repeats[first.table.filter(|_| !first.starts_table)?].as_ref()
}

/// How many atoms go on a page that has this much room.
fn fitting(atoms: &[Atom], room: f32) -> usize {
    let (mut used, mut allowed) = (0.0, None);
    for (index, atom) in atoms.iter().enumerate() {
        let gap = if index == 0 { 0.0 } else { atom.gap };
        used += gap + atom.height;
        // Heights add up in another order here than where they were measured.
        if used > room + 0.01 {
            // Without an allowed break the page is cut where it is full.
            return allowed.unwrap_or(index).max(1);
        }
        if !atom.keep {
            allowed = Some(index + 1);
        }
    }
    atoms.len()
}

/// A page being filled.
#[derive(Default)]
struct Sheet {
    page: Page,
    y: f32,
    bars: Vec<(Bar, f32)>,
    started: bool,
}

impl Sheet {
    fn gap(&self, atom: &Atom) -> f32 {
        if self.started { atom.gap } else { 0.0 }
    }

    fn place(&mut self, atom: Atom) {
        self.end_bars(&atom.bars);
        self.y += self.gap(&atom);
        self.started = true;
        let top = MARGIN + self.y;
        for bar in atom.bars.iter().skip(self.bars.len()) {
            self.bars.push((*bar, top));
        }
        for mut line in atom.lines {
            line.baseline += top;
            self.page.lines.push(line);
        }
        for mut rule in atom.rules {
            rule.area.y += top;
            self.page.rules.push(rule);
        }
        self.y += atom.height;
    }

    /// Draws the bars of quotes that the next atom is not in.
    fn end_bars(&mut self, next: &[Bar]) {
        let common =
            self.bars.iter().zip(next).take_while(|((open, _), next)| open == *next).count();
        let bottom = MARGIN + self.y;
        for (bar, top) in self.bars.drain(common..) {
            let area = Rect { x: bar.x, y: top, width: BAR_WIDTH, height: bottom - top };
            self.page.rules.push(Rule { area, gray: BAR_GRAY });
        }
    }

    fn finish(mut self) -> Page {
        self.end_bars(&[]);
        self.page
    }
}

/// Shows where a page's links are.
fn underline(page: &mut Page) {
    for area in page.links.iter().flat_map(|link| &link.areas) {
        let y = area.y + area.height - 1.6;
        let area = Rect { x: area.x, y, width: area.width, height: 0.5 };
        page.rules.push(Rule { area, gray: 110 });
    }
}

/// The areas of a page's links, one for each link, one rectangle for each of its runs.
fn links(page: &Page, tree: &[Node]) -> Vec<LinkArea> {
    let mut links: Vec<LinkArea> = Vec::new();
    for line in &page.lines {
        for run in &line.runs {
            let Owner::Node(leaf) = run.owner else { continue };
            let node = tree[leaf].parent;
            let Tag::Link { url, .. } = &tree[node].tag else { continue };
            let area = Rect {
                x: run.x,
                y: line.baseline - run.size,
                width: run.width(),
                height: run.size * 1.3,
            };
            match links.iter_mut().rev().find(|link| link.node == node) {
                Some(link) => link.areas.push(area),
                None => links.push(LinkArea { node, url: url.clone(), areas: vec![area] }),
            }
        }
    }
    links
}
