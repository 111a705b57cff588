//! The heading row: which column of the table each rule of the map takes.

use super::super::Entry;
use super::super::draft::Draft;
use super::super::map::{Map, plain};
use super::Cell;
use crate::diag::{Diagnostic, nearest};

/// The columns of a table, and where those of the map stand.
#[derive(Debug)]
pub(crate) struct Columns {
    /// Headings, one for each column.
    pub(super) headings: Vec<String>,
    /// Whether the map names the column.
    pub(super) mapped: Vec<bool>,
    /// For each group of the map and each of its rules: the columns of each entry.
    pub(super) rules: Vec<Vec<Vec<Vec<usize>>>>,
}

impl Columns {
    /// Finds every column of the map in the heading row.
    pub(super) fn find(
        name: &str,
        map: &Map,
        number: u64,
        cells: &[Cell],
    ) -> Result<Columns, Box<Entry>> {
        let mut sheet = Draft::default();
        let spans: Vec<_> = cells
            .iter()
            .enumerate()
            .map(|(n, cell)| sheet.show(&format!("{}{number}", column_name(n)), &cell.shown()))
            .collect();
        let headings: Vec<String> = cells.iter().map(Cell::shown).collect();
        let known: Vec<String> = headings.iter().map(|h| plain(h)).collect();
        let mut faults = Vec::new();
        let mut mapped = vec![false; headings.len()];
        let mut seen: Vec<String> = Vec::new();
        let mut find = |wanted: &str| -> usize {
            let mut at = known.iter().enumerate().filter(|(_, k)| **k == plain(wanted));
            let first = at.next().map(|(n, _)| n);
            let new = !seen.contains(&plain(wanted));
            if new {
                seen.push(plain(wanted));
            }
            match (first, at.next()) {
                (Some(n), None) => mapped[n] = true,
                (Some(n), Some((again, _))) if new => faults.push(
                    Diagnostic::error("import::headings", "a heading of the map stands twice")
                        .at(spans[again].clone(), "second time")
                        .also(spans[n].clone(), "first time")
                        .help("give one of the two columns another heading"),
                ),
                (None, _) if new => {
                    let short: String = wanted.chars().take(60).collect();
                    let told = Diagnostic::error(
                        "import::headings",
                        format!("the table has no column `{short}`, which the map names"),
                    );
                    let near = nearest(&plain(wanted), known.iter().map(String::as_str))
                        .and_then(|near| known.iter().position(|k| k == near));
                    faults.push(match near {
                        Some(n) => told.at(spans[n].clone(), "did you mean this one?"),
                        None => told.help(format!("{} says which columns it takes", map.name)),
                    });
                }
                _ => {}
            }
            first.unwrap_or_default()
        };
        let mut rules = Vec::new();
        for group in &map.groups {
            let mut of_group = Vec::new();
            for rule in &group.rules {
                let items = rule.items().iter();
                of_group.push(items.map(|i| i.iter().map(|c| find(c)).collect()).collect());
            }
            rules.push(of_group);
        }
        if map.groups.iter().all(|g| g.rules.is_empty()) {
            faults.push(
                Diagnostic::error("import::map", "the map names no column")
                    .help("appeal import SOURCE --suggest-map proposes one"),
            );
        }
        for (cell, span) in cells.iter().zip(&spans) {
            if let Cell::Refused(_, why) = cell {
                faults.push(super::cell::refused(*why, "a heading", vec![span.clone()]));
            }
        }
        if faults.is_empty() {
            return Ok(Columns { headings, mapped, rules });
        }
        let place = format!("{name}, row {number}");
        let first = faults.remove(0);
        let loaded = sheet.refuse(&place, first, faults);
        Err(Box::new(Entry { place, loaded }))
    }
}

/// Returns the name of a column, as a spreadsheet writes it: A, B … Z, AA.
pub(crate) fn column_name(column: usize) -> String {
    let mut name = Vec::new();
    let mut rest = column;
    loop {
        name.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        match (rest / 26).checked_sub(1) {
            Some(next) => rest = next,
            None => break,
        }
    }
    name.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::column_name;

    #[test]
    fn columns_are_named_as_in_a_spreadsheet() {
        let name = |n: usize| column_name(n - 1);
        assert_eq!([1, 26, 27, 52, 702, 703].map(name), ["A", "Z", "AA", "AZ", "ZZ", "AAA"]);
        assert_eq!(name(16_384), "XFD");
    }
}
