//! Which part of an approved text became which part of the text as it reads now.

use std::collections::BTreeMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// What became of a part; each number is an index, into what was or into what is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It is as it was.
    Same(usize),
    /// It is gone.
    Gone(usize),
    /// It is new.
    New(usize),
    /// It was one thing and is another.
    Both(usize, usize),
}

/// Goes through two sequences side by side. Parts with the same key are the same; of the others, those that are
/// alike are taken for one that was changed.
pub(super) fn align<T>(
    was: &[T],
    is: &[T],
    key: impl Fn(&T) -> String,
    alike: impl Fn(&T, &T) -> bool,
) -> Vec<Step> {
    let keys = |all: &[T]| all.iter().map(&key).collect::<Vec<String>>();
    let mut steps = Vec::new();
    for (gone, new, same) in runs(&keys(was), &keys(is)) {
        if same {
            steps.extend(new.map(Step::Same));
            continue;
        }
        let mut left = gone;
        for n in new {
            match left.clone().find(|o| alike(&was[*o], &is[n])) {
                Some(o) => {
                    steps.extend((left.start..o).map(Step::Gone));
                    steps.push(Step::Both(o, n));
                    left.start = o + 1;
                }
                None => steps.push(Step::New(n)),
            }
        }
        steps.extend(left.map(Step::Gone));
    }
    steps
}

/// Stretches of two sequences: each that is the same in both, and each between them that is not.
pub(super) fn runs<T: Eq + std::hash::Hash + Ord>(
    was: &[T],
    is: &[T],
) -> Vec<(Range<usize>, Range<usize>, bool)> {
    let mut runs: Vec<(Range<usize>, Range<usize>, bool)> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, was, is) {
        let (old, new) = (op.old_range(), op.new_range());
        let same = matches!(op, DiffOp::Equal { .. });
        match runs.last_mut() {
            Some((o, n, false)) if !same => (o.end, n.end) = (old.end, new.end),
            _ => runs.push((old, new, same)),
        }
    }
    runs
}

/// Whether two texts have at least two words in five in common.
pub(super) fn resembles(a: &str, b: &str) -> bool {
    let mut counts: BTreeMap<&str, i32> = BTreeMap::new();
    a.split_whitespace().for_each(|word| *counts.entry(word).or_default() += 1);
    let (mut shared, mut all) = (0, a.split_whitespace().count());
    for word in b.split_whitespace() {
        all += 1;
        let left = counts.entry(word).or_default();
        if *left > 0 {
            *left -= 1;
            shared += 1;
        }
    }
    shared * 2 * 5 >= all * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_part_is_matched_with_what_it_was() {
        let steps =
            |was: &[&str], is: &[&str]| align(was, is, |s| (*s).to_owned(), |a, b| resembles(a, b));
        assert_eq!(
            steps(&["a b c", "x", "d e f"], &["new words here", "a b k", "x", "d e f"]),
            [Step::New(0), Step::Both(0, 1), Step::Same(2), Step::Same(3)]
        );
        assert_eq!(steps(&["a b", "c d"], &["c d"]), [Step::Gone(0), Step::Same(0)]);
        assert_eq!(steps(&[], &["c d"]), [Step::New(0)]);
    }
}
