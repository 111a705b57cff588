//! Law, templates, fonts and cases, kept in memory; of what changes on disk only that is read again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, UNIX_EPOCH};

use super::cases::{self, Case};
use super::fault::Fault;
use super::{Error, Order};
use crate::law::Law;
use crate::layout::Fonts;
use crate::letter::Templates;

/// Most files that are looked at below one folder, and how deep.
const MOST_FILES: usize = 20_000;
const DEEPEST: usize = 8;

/// Everything that an answer is made from, at one moment.
#[derive(Clone, Debug)]
pub(super) struct Stock {
    /// Counts what was read; two answers of one version agree.
    pub(super) version: u64,
    pub(super) law: Arc<Law>,
    pub(super) templates: Templates,
    pub(super) fonts: Fonts,
    /// The author's own, then those that ship.
    pub(super) cases: Arc<Vec<Case>>,
    /// What could not be read; the last good version of it is used meanwhile.
    faults: [Option<Fault>; 4],
    pub(super) order: Arc<Order>,
}

impl Stock {
    /// Returns what is wrong with law, templates or fonts as such.
    pub(super) fn faults(&self) -> impl Iterator<Item = &Fault> {
        self.faults.iter().flatten()
    }

    /// Returns the author's folder of templates.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.order.templates.as_deref()
    }

    /// Returns a case by its id.
    pub(super) fn case(&self, id: &str) -> Option<&Case> {
        self.cases.iter().find(|c| c.id == id)
    }

    /// Reads one of the four again. What is faulty stays as it was.
    fn read(&mut self, what: What, path: &Path) {
        let fault = match what {
            What::Law => Law::with_dir(path)
                .map(|law| self.law = Arc::new(law))
                .map_err(|e| Fault::of_law(&e, path))
                .err(),
            What::Templates => Templates::with_dir(path)
                .map(|templates| self.templates = templates)
                .map_err(|e| Fault::of_letter(&e, Some(path)))
                .err(),
            What::Fonts => Fonts::with_dir(path)
                .map(|fonts| self.fonts = fonts)
                .map_err(|e| Fault::of_layout(&e))
                .err(),
            What::Records => {
                let mut cases = cases::own(path);
                let none = cases.is_empty();
                cases.extend(cases::shipped());
                self.cases = Arc::new(cases);
                let message = format!("there is no record in {}", path.display());
                none.then(|| Fault::new("There is no record", message))
            }
        };
        self.faults[what as usize] = fault;
    }
}

/// What is read from disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Law,
    Templates,
    Fonts,
    Records,
}

/// How a file looked: its size, and when it was written.
type Looks = BTreeMap<PathBuf, (u64, Option<Duration>)>;

/// The stock, what it was read from, and who waits for the next.
#[derive(Debug)]
pub(super) struct Keeper {
    roots: Vec<(What, PathBuf)>,
    now: RwLock<Stock>,
    seen: Mutex<Vec<Looks>>,
    version: Mutex<u64>,
    rung: Condvar,
}

/// Takes a lock. Nothing here is left half done by a thread that panics.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Keeper {
    /// Reads everything for the first time.
    ///
    /// # Errors
    ///
    /// When something that was named is not there.
    pub(super) fn open(order: Order) -> Result<Keeper, Error> {
        let named = [
            (What::Law, &order.law),
            (What::Templates, &order.templates),
            (What::Fonts, &order.fonts),
            (What::Records, &order.records),
        ];
        let mut roots = Vec::new();
        for (what, path) in named {
            if let Some(path) = path {
                path.metadata().map_err(|source| Error::Read { path: path.clone(), source })?;
                roots.push((what, path.clone()));
            }
        }
        let mut stock = Stock {
            version: 1,
            law: Arc::new(Law::builtin()?),
            templates: Templates::builtin()?,
            fonts: Fonts::builtin(),
            cases: Arc::new(cases::shipped()),
            faults: [const { None }; 4],
            order: Arc::new(order),
        };
        let mut seen = Vec::new();
        for (what, path) in &roots {
            // Looked at before it is read: what changes in between is read once more.
            seen.push(looks(path));
            stock.read(*what, path);
        }
        Ok(Keeper {
            roots,
            now: RwLock::new(stock),
            seen: Mutex::new(seen),
            version: Mutex::new(1),
            rung: Condvar::new(),
        })
    }

    /// Returns the files and folders that are to be watched.
    pub(super) fn roots(&self) -> impl Iterator<Item = &Path> {
        self.roots.iter().map(|(_, path)| path.as_path())
    }

    /// Returns the stock as it is now.
    pub(super) fn stock(&self) -> Stock {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Looks at the disk, reads again what has changed, and tells whoever waits.
    pub(super) fn look(&self) {
        let mut seen = lock(&self.seen);
        let mut changed = Vec::new();
        for ((what, path), before) in self.roots.iter().zip(seen.iter_mut()) {
            let now = looks(path);
            if now != *before {
                *before = now;
                changed.push((*what, path));
            }
        }
        if changed.is_empty() {
            return;
        }
        let mut stock = self.stock();
        changed.into_iter().for_each(|(what, path)| stock.read(what, path));
        stock.version += 1;
        let version = stock.version;
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = stock;
        *lock(&self.version) = version;
        self.rung.notify_all();
    }

    /// Waits until there is another version than the one given, or until the time is up; returns the
    /// version that is there then.
    pub(super) fn wait(&self, known: u64, most: Duration) -> u64 {
        let version = lock(&self.version);
        let waited = self.rung.wait_timeout_while(version, most, |v| *v == known);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// Looks at a file, or at a folder and all below it. What cannot be looked at is not there.
fn looks(root: &Path) -> Looks {
    let mut looks = Looks::new();
    let mut todo = vec![(root.to_owned(), 0)];
    while let Some((path, depth)) = todo.pop() {
        let Ok(about) = path.metadata() else { continue };
        if about.is_dir() {
            let linked = depth > 0 && path.is_symlink();
            if depth <= DEEPEST && !linked {
                let entries = fs::read_dir(&path).into_iter().flatten().flatten();
                let shown = entries.filter(|e| !e.file_name().as_encoded_bytes().starts_with(b"."));
                todo.extend(shown.map(|e| (e.path(), depth + 1)));
            }
        } else if looks.len() < MOST_FILES {
            let written = about.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok());
            looks.insert(path, (about.len(), written));
        }
    }
    looks
}
