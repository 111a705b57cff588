//! Small groups put together, so that none is shown alone and none follows from the others.

use std::collections::BTreeMap;

use super::Row;

/// The smallest number of cases that is ever shown.
pub const LEAST: usize = 11;

/// Returns the rows of one table, or of the parts of one group.
///
/// Whoever knows the sum of a table can subtract every row that is shown. So the small groups are folded
/// together, and with them the next smallest until what is left over is no small number, belongs to more
/// than one group, and leaves open how much of it belongs to each.
pub(super) fn fold(tally: BTreeMap<String, usize>, within: Option<&String>) -> Vec<Row> {
    let mut groups: Vec<(String, usize)> = tally.into_iter().collect();
    groups.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let small = groups.iter().filter(|(_, n)| *n < LEAST).count();
    let mut shown = groups.len() - small;
    while shown > 0 && small > 0 && !covered(&groups[shown..]) {
        shown -= 1;
    }
    let hidden = groups.split_off(shown);
    let row = |label, count, folded| Row { within: within.cloned(), label, count, folded };
    let mut rows: Vec<Row> =
        groups.into_iter().map(|(label, n)| row(Some(label), Some(n), None)).collect();
    if !hidden.is_empty() {
        rows.push(if covered(&hidden) {
            row(None, Some(hidden.iter().map(|(_, n)| n).sum()), Some(hidden.len()))
        } else {
            row(None, None, None)
        });
    }
    rows
}

/// Whether some groups together give none of them away.
fn covered(groups: &[(String, usize)]) -> bool {
    let sum: usize = groups.iter().map(|(_, n)| n).sum();
    let most = groups.iter().map(|(_, n)| *n).max().unwrap_or_default();
    // Eleven groups of eleven cases have one each; three small groups of thirty have ten each.
    groups.len() > 1
        && sum >= LEAST
        && sum > groups.len()
        && (most >= LEAST || sum < groups.len() * (LEAST - 1))
}
