//! The table: by pack, how many mutants there are, and what found them out.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::judge::Killer;
use super::mutants::{Kind, Mutant};

/// A count of mutants.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) mutants: usize,
    pub(super) typed: usize,
    pub(super) told: usize,
}

impl Tally {
    fn add(&mut self, found: Option<&Killer>) {
        self.mutants += 1;
        match found {
            Some(Killer::Typed(_)) => self.typed += 1,
            Some(Killer::Told(_)) => self.told += 1,
            None => {}
        }
    }

    pub(super) fn killed(&self) -> usize {
        self.typed + self.told
    }

    /// Killed of a thousand; a pack without mutants loses none.
    pub(super) fn per_mille(&self) -> usize {
        (self.killed() * 1000).checked_div(self.mutants).unwrap_or(1000)
    }

    fn line(&self, of: &str) -> String {
        let (all, per_mille) = (self.mutants, self.per_mille());
        format!(
            "{of:<28} {all:>7} {:>7} {:>9} {:>9} {:>5}.{} %\n",
            self.typed,
            self.told,
            all - self.killed(),
            per_mille / 10,
            per_mille % 10
        )
    }
}

/// All mutants together.
pub(super) fn total(mutants: &[Mutant], found: &[Option<Killer>]) -> Tally {
    assert_eq!(mutants.len(), found.len());
    let mut total = Tally::default();
    found.iter().for_each(|f| total.add(f.as_ref()));
    total
}

/// By pack, by kind, and all together.
pub(super) fn table(mutants: &[Mutant], found: &[Option<Killer>]) -> String {
    let mut packs: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut kinds: BTreeMap<Kind, Tally> = BTreeMap::new();
    for (mutant, found) in mutants.iter().zip(found) {
        packs.entry(&mutant.pack).or_default().add(found.as_ref());
        kinds.entry(mutant.kind).or_default().add(found.as_ref());
    }
    let mut out = format!(
        "{:<28} {:>7} {:>7} {:>9} {:>9} {:>9}\n",
        "pack", "mutants", "typed", "only told", "survived", "killed"
    );
    packs.iter().for_each(|(id, tally)| out.push_str(&tally.line(id)));
    out.push('\n');
    for kind in Kind::ALL {
        let tally = kinds.get(&kind).copied().unwrap_or_default();
        out.push_str(&tally.line(&format!("{kind:?}").to_lowercase()));
    }
    let _ = write!(out, "\n{}", total(mutants, found).line("all"));
    out
}
