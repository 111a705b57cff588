//! Who finds a mutant out: every expected ruling and every case, ruled again under the changed law.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use appeal::facts::Facts;
use appeal::law::Law;
use appeal::packet;
use appeal::record::Case;
use appeal::ruling::{Ruling, decide};
use chrono::NaiveDate;

use super::mutants::Mutant;
use crate::support::expected::{Expected, day, differences};
use crate::support::folders::{folders, told};
use crate::support::rulings;

/// What found a mutant out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Killer {
    /// Something that a lawyer typed: an expected ruling, or a case's `expected.toml`.
    Typed(String),
    /// Only the words of a case's `ruling.txt`, which a person read.
    Told(String),
}

enum Matter {
    Table { facts: Box<Facts>, typed: Box<Expected> },
    Folder { case: Box<Case>, typed: Vec<Expected>, told: String },
}

/// One set of facts on one day, and what must come out.
struct Trial {
    name: String,
    as_of: NaiveDate,
    matter: Matter,
    /// Packs that govern it as the law stands.
    tracks: BTreeSet<String>,
    /// Ids of the deadlines in its ruling.
    deadlines: BTreeSet<String>,
}

impl Trial {
    fn rulings(&self, law: &Law) -> Result<Vec<Ruling>, String> {
        match &self.matter {
            Matter::Table { facts, .. } => decide(facts, law, self.as_of).map(|r| vec![r]),
            Matter::Folder { case, .. } => packet::rule(case, law, self.as_of)
                .map(|all| all.into_iter().map(|d| d.ruling).collect()),
        }
        .map_err(|conflict| conflict.to_string())
    }

    /// Whether everything typed comes out.
    fn holds(&self, law: &Law) -> bool {
        let Ok(rulings) = self.rulings(law) else { return false };
        let typed = match &self.matter {
            Matter::Table { typed, .. } => std::slice::from_ref(&**typed),
            Matter::Folder { typed, .. } => typed,
        };
        typed.len() == rulings.len()
            && typed.iter().zip(&rulings).all(|(t, r)| differences(t, r).is_empty())
    }

    /// Whether a case is explained in the same words.
    fn told(&self, law: &Law) -> bool {
        match &self.matter {
            Matter::Table { .. } => true,
            Matter::Folder { case, told: golden, .. } => packet::rule(case, law, self.as_of)
                .is_ok_and(|disputes| told(case, &disputes) == *golden),
        }
    }
}

/// Every trial there is.
pub(super) struct Judge {
    trials: Vec<Trial>,
    router: String,
}

impl Judge {
    pub(super) fn new(law: &Law) -> Judge {
        let router = law.router().expect("a router").pack.id.clone();
        let mut trials = Vec::new();
        for (file, table) in rulings::read() {
            for typed in table {
                let name = format!("{file}: {}", typed.name);
                let as_of = day(&typed.as_of.expect("a day"));
                let facts = Box::new(rulings::facts(&typed));
                trials.push((name, as_of, Matter::Table { facts, typed: Box::new(typed) }));
            }
        }
        for folder in folders() {
            // A record that is not to be read makes no ruling.
            let Ok(case) = folder.case() else { continue };
            let told = fs::read_to_string(folder.path.join("ruling.txt")).expect("what is told");
            let (case, typed) = (Box::new(case), folder.sheet.ruling);
            trials.push((folder.slug, folder.as_of, Matter::Folder { case, typed, told }));
        }
        let trials = trials.into_iter().map(|(name, as_of, matter)| {
            let (tracks, deadlines) = (BTreeSet::new(), BTreeSet::new());
            let mut trial = Trial { name, as_of, matter, tracks, deadlines };
            for ruling in trial.rulings(law).unwrap_or_default() {
                trial.tracks.insert(ruling.track);
                trial.deadlines.extend(ruling.deadlines.into_iter().map(|d| d.id));
            }
            trial
        });
        Judge { trials: trials.collect(), router }
    }

    /// How many sets of facts there are.
    pub(super) fn trials(&self) -> usize {
        self.trials.len()
    }

    /// The first trial that the law does not stand, of those that a pack governs; those with a deadline
    /// of the pack come first, and what was typed before what is only told.
    pub(super) fn finds(&self, law: &Law, pack: &str, deadline: Option<&str>) -> Option<Killer> {
        let touches = |t: &&Trial| deadline.is_none_or(|d| t.deadlines.contains(d));
        let governed =
            || self.trials.iter().filter(|t| pack == self.router || t.tracks.contains(pack));
        let ordered = || governed().filter(touches).chain(governed().filter(|t| !touches(t)));
        if let Some(trial) = ordered().find(|t| !t.holds(law)) {
            return Some(Killer::Typed(trial.name.clone()));
        }
        ordered().find(|t| !t.told(law)).map(|t| Killer::Told(t.name.clone()))
    }

    /// Tries one mutant on a law of one's own, and leaves that law as it was.
    pub(super) fn tries(&self, law: &mut Law, mutant: &Mutant) -> Option<Killer> {
        let pack = law.pack(&mutant.pack).expect("the mutant's pack").clone();
        let deadline = mutant.table.strip_prefix("deadline ");
        let deadline = deadline.map(|d| format!("{}.{d}", mutant.pack));
        law.replace(mutant.of(&pack));
        let found = self.finds(law, &mutant.pack, deadline.as_deref());
        law.replace(pack);
        found
    }

    /// Tries every mutant, two at a time; the answers in their order.
    pub(super) fn tries_all(&self, mutants: &[Mutant]) -> Vec<Option<Killer>> {
        let next = AtomicUsize::new(0);
        let found = Mutex::new(vec![None; mutants.len()]);
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    let mut law = Law::builtin().expect("the packs that ship");
                    while let Some((n, mutant)) = {
                        let n = next.fetch_add(1, Ordering::Relaxed);
                        mutants.get(n).map(|m| (n, m))
                    } {
                        let killer = self.tries(&mut law, mutant);
                        found.lock().expect("no thread fails")[n] = killer;
                    }
                });
            }
        });
        found.into_inner().expect("no thread fails")
    }
}
