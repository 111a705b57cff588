//! The run: one thread reads, several rule and write, one notes what is done.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use chrono::NaiveDate;

use super::index::Index;
use super::made::Shop;
use super::manifest::{Case, Head, Line, Manifest, ManifestError, NAME, SCHEMA, Status, line};
use super::outcome::{at, blank, judged, plain, written};
use super::past::{Journal, Past};
use super::shard::Shard;
use super::shelf::{JOURNAL, OWN, Put, Shelf};
use super::sorted::{self, Keys};
use super::{Error, fold, hash};
use crate::import::Entry;
use crate::packet::SaveError;
use crate::record::Loaded;

/// Most names that are told of anything.
const MOST: usize = 100;

/// What a run is asked to do.
pub struct Order<'a> {
    /// Law, templates, fonts and options.
    pub shop: Shop<'a>,
    /// Opens the records from the start; they are gone through more than once.
    pub open: &'a (dyn Fn() -> Box<dyn Iterator<Item = Entry> + Send> + Sync),
    /// The day that a record's papers speak of.
    pub day: &'a (dyn Fn(&Loaded) -> NaiveDate + Sync),
    /// The day asked for, for the manifest; none where `day` differs from record to record.
    pub as_of: Option<NaiveDate>,
    /// The output folder.
    pub out: &'a Path,
    /// How many records are worked on side by side; at least one.
    pub jobs: usize,
    /// Which part of the records to take; none for all.
    pub shard: Option<Shard>,
    /// Whether letters stay while record and ruling are what they were, though the day has moved on;
    /// letters that are written anew leave the earlier ones under `earlier`.
    pub keep: bool,
    /// Whether every paper is made again, whatever the last run says.
    pub force: bool,
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Records gone through in the first pass.
    Counted(usize),
    /// Records finished, of all that this run takes.
    Finished(usize, usize),
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Records that this run took.
    pub records: usize,
    /// Records by what became of them.
    pub by_status: BTreeMap<&'static str, usize>,
    /// Records that somebody must see to.
    pub failed: usize,
    /// Files that were written.
    pub written: usize,
    /// Cases in which nothing was to be done: nothing has changed.
    pub unchanged: usize,
    /// Cases whose letters were left because record and ruling have not changed.
    pub kept: usize,
    /// Papers that were moved to `earlier`; the first of them by name.
    pub aside: (usize, Vec<String>),
    /// Folders that belong to no record of this run; the first of them by name.
    pub left: (usize, Vec<String>),
}

/// One finished record.
struct Done {
    case: Case,
    alone: bool,
    put: Put,
    way: Way,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Made,
    Unchanged,
    Kept,
}

/// Writes the papers of every record.
///
/// The same records give the same files and the same manifest, whatever the number of jobs. A record that
/// cannot be read, ruled on or written is listed as failed, and stops no other.
///
/// # Errors
///
/// Fails when the output folder cannot be written to or another run is at work in it. What is finished by
/// then is in place; a later run goes on from there.
pub fn run(order: &Order<'_>, on: &mut dyn FnMut(Progress)) -> Result<Totals, Error> {
    let shelf = Shelf::open(order.out)?;
    if let Err(newer @ ManifestError::Newer { .. }) = Manifest::open(order.out) {
        return Err(newer.into());
    }
    let (mut journal, stopped) = Journal::open(&shelf.own(JOURNAL))?;
    let manifest = Past::open(&shelf.root().join(NAME))?;
    let index =
        guarded(|| Index::of(&|| (order.open)(), order.shard, &mut |n| on(Progress::Counted(n))))
            .ok_or(Error::Source(0))?;
    let past: Vec<&Past> = stopped.iter().chain(&manifest).collect();
    let desk = Desk { order, shelf: &shelf, index: &index, past: &past };
    let mut totals = Totals::default();
    let mut keys = Keys::of(index.taken);
    let mut noted = |done: Done| -> Result<(), Error> {
        let text = line(&Line::Case(Box::new(done.case.clone())));
        let place = text.and_then(|text| journal.add(&text));
        let place = place.map_err(Error::disk(&shelf.own(JOURNAL)))?;
        keys.add(&done.case, done.alone, place);
        totals.take(done);
        on(Progress::Finished(totals.records, index.taken));
        Ok(())
    };
    desk.all(&mut noted)?;
    let head = Head {
        schema: SCHEMA,
        made: order.shop.made.clone(),
        as_of: order.as_of,
        shard: order.shard,
    };
    sorted::finish(&shelf, &head, &mut journal, &mut keys)?;
    drop(journal);
    let path = shelf.own(JOURNAL);
    fs::remove_file(&path).map_err(Error::disk(&path))?;
    totals.left = left(shelf.root(), &keys).map_err(Error::disk(shelf.root()))?;
    Ok(totals)
}

impl Totals {
    fn take(&mut self, done: Done) {
        let word = match done.case.status {
            Status::Complete => "complete",
            Status::Draft => "draft",
            Status::NothingToSend => "nothing to send",
            Status::Incomplete => "incomplete",
            Status::NeedsFacts => "facts needed",
            Status::Failed => "failed",
        };
        self.records += 1;
        *self.by_status.entry(word).or_default() += 1;
        self.failed += usize::from(done.case.status.is_failure());
        self.written += done.put.written;
        self.unchanged += usize::from(done.way == Way::Unchanged);
        self.kept += usize::from(done.way == Way::Kept);
        self.aside.0 += done.put.aside.len();
        self.aside.1.extend(done.put.aside);
        self.aside.1.sort();
        self.aside.1.truncate(MOST);
    }
}

/// Folders of the output that no record of this run has.
fn left(root: &Path, keys: &Keys) -> std::io::Result<(usize, Vec<String>)> {
    let (mut count, mut names) = (0, Vec::new());
    for entry in fs::read_dir(root)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        if name != OWN && !keys.has(&name) && entry.file_type()?.is_dir() {
            count += 1;
            names.push(name);
        }
    }
    names.sort();
    names.truncate(MOST);
    Ok((count, names))
}

/// Runs something that may panic; none if it did. What it was about is not told.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// What every worker looks at.
struct Desk<'a> {
    order: &'a Order<'a>,
    shelf: &'a Shelf,
    index: &'a Index,
    past: &'a [&'a Past],
}

impl Desk<'_> {
    /// Works through all records; the finished ones come in any order.
    fn all(&self, noted: &mut dyn FnMut(Done) -> Result<(), Error>) -> Result<(), Error> {
        let jobs = self.order.jobs.max(1);
        // Short queues: what waits in them is memory.
        let (to_do, waiting) = sync_channel::<(u32, Entry)>(jobs * 2);
        let (finished, done) = sync_channel::<Result<Done, Error>>(jobs * 2);
        let waiting = Mutex::new(waiting);
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            let (waiting, stop) = (&waiting, &stop);
            let told = finished.clone();
            scope.spawn(move || self.feed(&to_do, &told, stop));
            for _ in 0..jobs {
                let finished = finished.clone();
                scope.spawn(move || self.work(waiting, &finished));
            }
            drop(finished);
            let mut ended = Ok(());
            // Everything is taken out of the queue even after a failure, so that nobody waits for ever.
            for result in done {
                let noted = result.and_then(|d| if ended.is_ok() { noted(d) } else { Ok(()) });
                if let Err(error) = noted {
                    stop.store(true, Ordering::Relaxed);
                    ended = ended.and(Err(error));
                }
            }
            ended
        })
    }

    fn feed(
        &self,
        to_do: &SyncSender<(u32, Entry)>,
        told: &SyncSender<Result<Done, Error>>,
        stop: &AtomicBool,
    ) {
        let mut number = 0;
        let whole = guarded(|| {
            for entry in (self.order.open)() {
                let id = &entry.loaded.record.case_id;
                let ours = self.order.shard.is_none_or(|s| s.takes(id, &entry.place));
                // The first failure ends the queue: the next records would fail alike.
                if stop.load(Ordering::Relaxed) || (ours && to_do.send((number, entry)).is_err()) {
                    return;
                }
                number += 1;
            }
            // A record that is gone must not be missed in silence.
            if usize::try_from(number) != Ok(self.index.len()) {
                let _ = told.send(Err(Error::Moved));
            }
        });
        if whole.is_none() {
            let _ = told.send(Err(Error::Source(usize::try_from(number).unwrap_or_default())));
        }
    }

    fn work(
        &self,
        waiting: &Mutex<Receiver<(u32, Entry)>>,
        finished: &SyncSender<Result<Done, Error>>,
    ) {
        loop {
            let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok((number, entry)) = next else { return };
            let done = guarded(|| self.one(number, &entry)).unwrap_or_else(|| {
                let mut case = blank(&self.order.shop, &entry, None);
                case.faults.push(plain(
                    "batch::panic",
                    "the program failed on this record; that is a fault in the program, please report it",
                ));
                Ok(Done { case, alone: false, put: Put::default(), way: Way::Made })
            });
            if finished.send(done).is_err() {
                return;
            }
        }
    }

    /// Works on one record. Only a disk that takes nothing more is an error.
    fn one(&self, number: u32, entry: &Entry) -> Result<Done, Error> {
        let Order { shop, day, keep, force, .. } = self.order;
        let loaded = &entry.loaded;
        let id = &loaded.record.case_id;
        let as_of = day(loaded);
        let refused = self.refused(number, entry);
        let past: Vec<Case> = self.past.iter().filter_map(|p| p.case(id)).collect();
        let sum = hash::hex(loaded.toml().as_bytes());
        let same = refused.is_empty() && !loaded_badly(loaded);
        let whole = past.first().filter(|case| {
            let files = case.outputs.iter().map(|o| (o.name.as_str(), o.sha256.as_str()));
            same && !force
                && case.sha256 == sum
                && case.status != Status::Failed
                && self.shelf.holds(id, files)
        });
        if let Some(case) = whole
            && case.as_of == Some(as_of)
            && case.made == shop.made.key()
        {
            return Ok(self.again(number, entry, case, Way::Unchanged));
        }
        let mut outcome = match judged(shop, entry, as_of) {
            Ok(judged) => {
                let letters =
                    |case: &&Case| matches!(case.status, Status::Complete | Status::Draft);
                if let Some(case) = whole.filter(letters)
                    && *keep
                    && case.ruling == judged.line.ruling
                {
                    return Ok(self.again(number, entry, case, Way::Kept));
                }
                if refused.is_empty() {
                    written(shop, entry, judged)
                } else {
                    super::Outcome { case: judged.line, files: Vec::new() }
                }
            }
            Err(case) => super::Outcome { case: *case, files: Vec::new() },
        };
        let case = &mut outcome.case;
        case.same_denial = self.index.same_denial(number).to_vec();
        if !refused.is_empty() {
            case.status = Status::Failed;
            case.faults.extend(refused);
        }
        let known: Vec<String> =
            past.iter().flat_map(|c| c.outputs.iter().map(|o| o.sha256.clone())).collect();
        let mut put = Put::default();
        if fold::names_a_folder(id) {
            match self.shelf.put(id, &outcome.files, &known, !keep) {
                Ok(done) => put = done,
                Err(SaveError::Disk { path, source }) if is_full(source.kind()) => {
                    return Err(Error::Disk { path, source });
                }
                Err(SaveError::Disk { source, .. }) => {
                    case.status = Status::Failed;
                    case.outputs.clear();
                    case.faults.push(plain("batch::output", &format!("cannot be saved: {source}")));
                }
                Err(exists @ SaveError::Exists(_)) => {
                    case.status = Status::Failed;
                    case.outputs.clear();
                    case.faults.push(plain("batch::output", &exists.to_string()));
                }
            }
        }
        let alone = !id.is_empty() && self.index.same_id(number).is_empty();
        Ok(Done { case: outcome.case, alone, put, way: Way::Made })
    }

    /// What a run says of a case, again, for a record that may have moved.
    fn again(&self, number: u32, entry: &Entry, case: &Case, way: Way) -> Done {
        let fresh = blank(&self.order.shop, entry, None);
        let same_denial = self.index.same_denial(number).to_vec();
        let case = Case { place: fresh.place, same_denial, ..case.clone() };
        Done { case, alone: true, put: Put::default(), way }
    }

    /// Why a record is not taken though there may be nothing wrong in it.
    fn refused(&self, number: u32, entry: &Entry) -> Vec<super::manifest::Fault> {
        let loaded = &entry.loaded;
        let span = loaded.span("case_id").map(|s| s.start);
        let mut faults = Vec::new();
        let others = self.index.same_id(number);
        if !others.is_empty() {
            let told = format!("the case id is also that of {}", others.join(", "));
            faults.push(at(loaded, span, plain("batch::same-id", &told)));
        }
        if !self.index.knows(number, entry) {
            faults
                .push(plain("batch::moved", "the records changed while they were read; run again"));
        }
        faults
    }
}

fn loaded_badly(loaded: &Loaded) -> bool {
    crate::diag::has_errors(&loaded.diagnostics)
}

/// Whether the disk takes nothing more, so that it is no use to go on.
fn is_full(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::StorageFull
            | ErrorKind::QuotaExceeded
            | ErrorKind::FileTooLarge
            | ErrorKind::ReadOnlyFilesystem
    )
}
