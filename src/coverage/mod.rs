//! Which parts of the templates no case reaches.
//!
//! It is measured while letters are made, not looked up in the text: what stands after `{% if false %}`
//! is never reached, however often its words occur elsewhere.
//!
//! A guard is a place that no record can reach today, kept for a word that the vocabulary may gain. The
//! template says so on its line: `{# lint: allow unreachable why #}`. Such a line is not asked for.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::law::Law;
use crate::letter::{Error, Spot, Templates, trace};
use crate::samples::{Sample, Unposed};

/// What a line says that holds a guard; the reason follows.
const GUARD: &str = "{# lint: allow unreachable ";

/// What the cases reached.
#[derive(Debug)]
pub struct Coverage {
    /// Each template that was measured, by name.
    pub files: Vec<FileCoverage>,
    /// How many letters were made.
    pub letters: usize,
    /// The cases and letters that could not be made.
    pub failed: Vec<Failed>,
}

/// What the cases reached of one template.
#[derive(Debug)]
pub struct FileCoverage {
    /// Its name.
    pub file: String,
    /// How many spots it has.
    pub spots: usize,
    /// Those that no case reaches, in order.
    pub unreached: Vec<Unreached>,
    /// How many more no case reaches because they are guards.
    pub guards: usize,
}

/// A spot that no case reaches.
#[derive(Debug)]
pub struct Unreached {
    /// The spot.
    pub spot: Spot,
    /// The line it stands on.
    pub source: String,
    /// Whether the branch it stands in is not reached either.
    pub is_inner: bool,
}

/// What could not be made.
#[derive(Debug)]
pub enum Failed {
    /// A record that has no ruling.
    Record {
        /// The sample's place among those given.
        sample: usize,
        /// Why.
        why: Unposed,
    },
    /// A letter that cannot be written.
    Letter {
        /// The sample's place among those given.
        sample: usize,
        /// The stage of the letter.
        stage: String,
        /// Why.
        why: Error,
    },
}

/// Which templates are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Those of the author's folder; the built-in ones where there is none.
    Own,
    /// All, the built-in ones behind a folder too.
    All,
}

/// Makes every letter of every sample and notes what is reached. `otherwise` is the day of samples that
/// have none of their own.
///
/// # Errors
///
/// When a template is nested so deeply that it cannot be followed.
pub fn measure(
    samples: &[Sample],
    law: &Law,
    templates: &Templates,
    otherwise: NaiveDate,
    extent: Extent,
) -> Result<Coverage, Error> {
    let spots = templates.spots()?;
    let mut hit = BTreeSet::new();
    let mut letters = 0;
    let mut failed = Vec::new();
    for (sample, given) in samples.iter().enumerate() {
        let posed = match given.pose(law, otherwise) {
            Ok(posed) => posed,
            Err(why) => {
                failed.push(Failed::Record { sample, why });
                continue;
            }
        };
        for letter in posed.letters() {
            match trace(&letter.input(), templates) {
                Ok(traced) => {
                    letters += 1;
                    hit.extend(traced.hit);
                }
                Err(why) => {
                    let stage = letter.stage.id.clone();
                    failed.push(Failed::Letter { sample, stage, why });
                }
            }
        }
    }
    Ok(Coverage { files: by_file(spots, &hit, templates, extent), letters, failed })
}

fn by_file(
    spots: &[Spot],
    hit: &BTreeSet<usize>,
    templates: &Templates,
    extent: Extent,
) -> Vec<FileCoverage> {
    let own: Vec<&str> = templates.own().iter().map(|(name, _)| name.as_str()).collect();
    let names = templates.names().into_iter();
    let wanted = |name: &&str| own.is_empty() || extent == Extent::All || own.contains(name);
    let measured = names.filter(wanted).map(|file| {
        let lines: Vec<&str> = templates.source(file).unwrap_or_default().lines().collect();
        let here = spots.iter().enumerate().filter(|(_, s)| s.file == file);
        let unreached = here.clone().filter(|(i, _)| !hit.contains(i)).map(|(_, spot)| Unreached {
            spot: spot.clone(),
            source: lines.get(spot.line - 1).copied().unwrap_or_default().to_owned(),
            is_inner: spot.within.is_some_and(|w| !hit.contains(&w)),
        });
        let (guards, unreached): (Vec<_>, Vec<_>) =
            unreached.partition(|u: &Unreached| u.source.contains(GUARD));
        let (spots, guards) = (here.count(), guards.len());
        FileCoverage { file: file.to_owned(), spots, unreached, guards }
    });
    measured.collect()
}

impl FileCoverage {
    /// Returns the percentage reached or guarded, rounded down, so that 100 means all.
    #[must_use]
    pub fn percent(&self) -> usize {
        percent(self.spots, self.unreached.len())
    }
}

impl Coverage {
    /// Returns how many spots were measured.
    #[must_use]
    pub fn spots(&self) -> usize {
        self.files.iter().map(|f| f.spots).sum()
    }

    /// Returns the spots that no case reaches.
    pub fn unreached(&self) -> impl Iterator<Item = &Unreached> {
        self.files.iter().flat_map(|f| &f.unreached)
    }

    /// Returns how many places are guards, and not reached.
    #[must_use]
    pub fn guards(&self) -> usize {
        self.files.iter().map(|f| f.guards).sum()
    }

    /// Returns the percentage reached or guarded of all, rounded down.
    #[must_use]
    pub fn percent(&self) -> usize {
        percent(self.spots(), self.unreached().count())
    }
}

fn percent(all: usize, unreached: usize) -> usize {
    (all - unreached) * 100 / all.max(1) + if all == 0 { 100 } else { 0 }
}
