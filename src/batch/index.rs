//! The first pass over the records: which share a case id, and which tell of the same denial.
//!
//! Of each record a few sums of sixteen bytes are kept, never a name: memory stays small, and nothing
//! of a client is in it once the pass is over.

use std::collections::{BTreeMap, BTreeSet};

use super::shard::Shard;
use super::{fold, hash};
use crate::import::Entry;
use crate::record::Record;

type Sum = [u8; 16];

/// What the first pass found.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// The sum of each record's text and id, by its number: a source that changes while it is read is
    /// noticed.
    seen: Vec<Sum>,
    /// How many records this part of the run takes.
    pub(super) taken: usize,
    /// Where else the case id of a record stands, by its number.
    same_id: BTreeMap<u32, Vec<String>>,
    /// The ids of other cases with the same denial, by the record's number.
    same_denial: BTreeMap<u32, Vec<String>>,
}

impl Index {
    /// Goes through the records; once more to name those that share something.
    pub(super) fn of<I: Iterator<Item = Entry>>(
        open: &dyn Fn() -> I,
        shard: Option<Shard>,
        on: &mut dyn FnMut(usize),
    ) -> Index {
        let mut index = Index::default();
        let (mut ids, mut denials) = (Vec::new(), Vec::new());
        for (number, entry) in (0u32..).zip(open()) {
            let record = &entry.loaded.record;
            index.seen.push(sum(&entry));
            index.taken +=
                usize::from(shard.is_none_or(|s| s.takes(&record.case_id, &entry.place)));
            if !record.case_id.is_empty() {
                ids.push((hash::short(&[&fold::folded(&record.case_id)]), number));
                denials.extend(fingerprints(record).into_iter().map(|sum| (sum, number)));
            }
            on(index.seen.len());
        }
        let (ids, denials) = (shared(ids), shared(denials));
        let wanted: BTreeSet<u32> = ids.iter().chain(&denials).flatten().copied().collect();
        if let Some(last) = wanted.last() {
            let all = (0..=*last).zip(open()).filter(|(number, _)| wanted.contains(number));
            let names: BTreeMap<u32, (String, String)> =
                all.map(|(n, e)| (n, (e.loaded.record.case_id, e.place))).collect();
            index.same_id = others(&ids, |n| names.get(&n).map(|(_, place)| place.clone()));
            index.same_denial = others(&denials, |n| names.get(&n).map(|(id, _)| id.clone()));
            for (number, ids) in &mut index.same_denial {
                // The same id twice is told of as such.
                let own = names.get(number).map(|(id, _)| fold::folded(id));
                ids.retain(|id| Some(fold::folded(id)) != own);
            }
            index.same_denial.retain(|_, ids| !ids.is_empty());
        }
        index
    }

    /// Returns whether a record is still what it was in the first pass.
    pub(super) fn knows(&self, number: u32, entry: &Entry) -> bool {
        let seen = usize::try_from(number).ok().and_then(|n| self.seen.get(n));
        seen.is_some_and(|seen| *seen == sum(entry))
    }

    /// Returns how many records the first pass went through.
    pub(super) fn len(&self) -> usize {
        self.seen.len()
    }

    /// Returns where else a record's case id stands.
    pub(super) fn same_id(&self, number: u32) -> &[String] {
        self.same_id.get(&number).map_or(&[], Vec::as_slice)
    }

    /// Returns the ids of other cases with the same denial, in order.
    pub(super) fn same_denial(&self, number: u32) -> &[String] {
        self.same_denial.get(&number).map_or(&[], Vec::as_slice)
    }
}

fn sum(entry: &Entry) -> Sum {
    let Entry { place, loaded } = entry;
    hash::short(&[&loaded.record.case_id, place, loaded.toml()])
}

/// Sums by which the same denial is known under two ids: notice and reference, with name and day of
/// birth, and with the number of the member.
fn fingerprints(record: &Record) -> Vec<Sum> {
    let Some(notice) = record.denial.notice_date else { return Vec::new() };
    let alike = |text: &str| {
        let folded = fold::folded(text);
        folded.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let notice = notice.to_string();
    let reference = alike(record.denial.reference.as_deref().unwrap_or(""));
    let member = &record.member;
    let mut sums = Vec::new();
    if let (Some(name), Some(born)) = (&member.name, member.birth_date) {
        sums.push(hash::short(&["name", &alike(name), &born.to_string(), &notice, &reference]));
    }
    if let Some(number) = &member.member_id {
        sums.push(hash::short(&["number", &alike(number), &notice, &reference]));
    }
    sums
}

/// Returns the numbers of the records that have a sum in common, by sum.
fn shared(mut sums: Vec<(Sum, u32)>) -> Vec<Vec<u32>> {
    sums.sort_unstable();
    let groups = sums.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
    groups.map(|group| group.iter().map(|(_, n)| *n).collect()).collect()
}

/// Returns for each number of each group what the others of the group are called, in order.
fn others(groups: &[Vec<u32>], name: impl Fn(u32) -> Option<String>) -> BTreeMap<u32, Vec<String>> {
    /// So that a source in which all records are one does not fill the memory with names.
    const MOST: usize = 4;
    let mut found: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for group in groups {
        for number in group {
            let names = found.entry(*number).or_default();
            names.extend(group.iter().filter(|n| *n != number).take(MOST).filter_map(|n| name(*n)));
            names.sort();
            names.dedup();
        }
    }
    found
}
