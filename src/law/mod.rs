//! What the law says: packs of rules read from data, merged, and checked when they load.
//!
//! A pack holds the rules of one forum: its authorities, contacts, events, stages, decision rows,
//! deadlines and rights. The packs that ship are embedded; a folder may add packs or replace one by id.
//! Nothing here knows any forum by name.

mod check;
mod cond;
mod day;
mod gate;
mod pack;
mod registry;
mod shipped;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

pub use cond::{Cond, Truth, View};
pub use gate::{Cell, Family, Mark, Part, Surface, gate};
pub use pack::{
    Actor, Change, ClockState, Contact, DatedPeriod, DeadlineRule, Doubt, EventRule, Head,
    IfUnknown, LateReading, Missing, NextStage, Pack, Right, Route, Row, ShortMonthWord, StageRule,
    Topic,
};
pub use registry::{Authority, Code, Refused, Registry};

use crate::calendar::Calendars;
use shipped::Kept;

/// The files of law that ship, as they stand in the source.
pub static FILES: include_dir::Dir<'_> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/law");

static HOLIDAYS: &str = include_str!("../../law/holidays.toml");

/// The name of the file of holidays.
const HOLIDAYS_FILE: &str = "holidays.toml";
/// Evidence about plans, not law; `facts` reads it.
const ENTITIES_FILE: &str = "entities.toml";

/// Everything the program knows of the law.
#[derive(Debug)]
pub struct Law {
    packs: BTreeMap<String, Kept>,
    registry: Registry,
    contacts: BTreeMap<String, Contact>,
    calendars: Calendars,
    router: String,
}

/// A pack that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file is not TOML of the right shape.
    #[error("{file}: {source}")]
    Shape {
        /// File name.
        file: String,
        /// The reader's own message, with line and column.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Packs contradict themselves or each other; every fault found.
    #[error("the law does not hold together:\n{}", .0.join("\n"))]
    Faults(Vec<String>),
    /// A folder could not be read.
    #[error("cannot read the law in {path}")]
    Read {
        /// The path.
        path: String,
        /// Why.
        source: std::io::Error,
    },
}

impl Law {
    /// Reads the packs that ship with the program.
    ///
    /// # Errors
    ///
    /// Fails only if an embedded pack is faulty, which the tests rule out.
    pub fn builtin() -> Result<Law, Error> {
        // A test has these packs checked as those of a folder are.
        let packs = shipped::PACKS.iter().map(|s| Ok((s.file.to_owned(), Kept::shipped(s)?)));
        let mut faults = Vec::new();
        let law = Law::of(packs.collect::<Result<_, Error>>()?, HOLIDAYS, &mut faults);
        if faults.is_empty() { Ok(law) } else { Err(Error::Faults(faults)) }
    }

    /// Returns what ships with the program, by name of file, in order: packs as they were built in, and
    /// the holidays.
    pub fn sources() -> impl Iterator<Item = (&'static str, &'static str)> {
        let packs = shipped::PACKS.iter().map(|s| (s.file, s.written()));
        packs.chain(std::iter::once((HOLIDAYS_FILE, HOLIDAYS)))
    }

    /// Reads the packs that ship, then those of a folder; a file there replaces the one of the same
    /// name, and adds to them otherwise.
    ///
    /// # Errors
    ///
    /// Fails when the folder cannot be read or its packs are faulty.
    pub fn with_dir(dir: &Path) -> Result<Law, Error> {
        let mut files = BTreeMap::new();
        for shipped in shipped::PACKS {
            files.insert(shipped.file.to_owned(), shipped.whole()?);
        }
        let mut holidays = HOLIDAYS.to_owned();
        let failed = |source| Error::Read { path: dir.display().to_string(), source };
        for entry in std::fs::read_dir(dir).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
            let Some(name) = name.filter(|n| n.ends_with(".toml") && n != ENTITIES_FILE) else {
                continue;
            };
            let text = std::fs::read_to_string(&path).map_err(failed)?;
            if name == HOLIDAYS_FILE {
                holidays = text;
                continue;
            }
            let pack = toml::from_str(&text)
                .map_err(|e| Error::Shape { file: name.clone(), source: e.into() })?;
            files.insert(name, pack);
        }
        let mut faults = Vec::new();
        let mut kept = BTreeMap::new();
        for (file, mut pack) in files {
            if format!("{}.toml", pack.pack.id) != file {
                faults.push(format!(
                    "{file}: holds pack `{}`; a file is named after its pack",
                    pack.pack.id
                ));
            }
            pack.expand_words(&mut faults);
            kept.insert(file, Kept::whole(pack));
        }
        let law = Law::of(kept, &holidays, &mut faults);
        check::law(&law, &mut faults);
        if faults.is_empty() { Ok(law) } else { Err(Error::Faults(faults)) }
    }

    /// Puts packs, by the names of their files, and holidays together.
    fn of(files: BTreeMap<String, Kept>, holidays: &str, faults: &mut Vec<String>) -> Law {
        let calendars = Calendars::parse(holidays).unwrap_or_else(|fault| {
            faults.push(format!("{HOLIDAYS_FILE}: {fault}"));
            Calendars::default()
        });
        let mut packs = BTreeMap::new();
        let mut registry = Registry::default();
        let mut contacts = BTreeMap::new();
        for (_, mut kept) in files {
            let id = kept.front.pack.id.clone();
            add(&mut registry.codes, &mut kept.front.code, &id, "code", faults);
            add(&mut registry.authorities, &mut kept.front.authority, &id, "authority", faults);
            add(&mut contacts, &mut kept.front.contact, &id, "contact", faults);
            registry.refused.append(&mut kept.front.refused);
            packs.insert(id, kept);
        }
        let routers: Vec<&String> =
            packs.iter().filter(|(_, p)| p.front.pack.router).map(|(id, _)| id).collect();
        let router = match routers.as_slice() {
            [one] => (*one).clone(),
            [] => {
                faults.push("no pack is the router".to_owned());
                String::new()
            }
            several => {
                faults.push(format!("{} packs say they are the router", several.len()));
                String::new()
            }
        };
        Law { packs, registry, contacts, calendars, router }
    }

    /// Returns a pack by its id.
    #[must_use]
    pub fn pack(&self, id: &str) -> Option<&Pack> {
        self.packs.get(id)?.pack()
    }

    /// Returns every pack, in order of id.
    pub fn packs(&self) -> impl Iterator<Item = &Pack> {
        self.packs.values().filter_map(Kept::pack)
    }

    /// Puts a changed pack in the place of the one of its id, unchecked; for whoever asks what a change of
    /// the law would do. Its authorities and contacts stay as they were.
    pub fn replace(&mut self, pack: Pack) {
        self.packs.insert(pack.pack.id.clone(), Kept::whole(pack));
    }

    /// Returns the packs that may take cases of a row of the router for themselves, by id, and which.
    pub fn takers(&self, row: &str) -> impl Iterator<Item = (&str, &Route)> {
        let routes = self
            .packs
            .iter()
            .filter_map(|(id, p)| Some((id.as_str(), p.front.pack.route.as_ref()?)));
        routes.filter(move |(_, route)| route.row == row)
    }

    /// Returns the pack whose rows decide which other pack governs.
    #[must_use]
    pub fn router(&self) -> Option<&Pack> {
        self.pack(&self.router)
    }

    /// Returns the register of authorities.
    #[must_use]
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Returns a contact by its id.
    #[must_use]
    pub fn contact(&self, id: &str) -> Option<&Contact> {
        self.contacts.get(id)
    }

    /// Returns the holiday calendars.
    #[must_use]
    pub fn calendars(&self) -> &Calendars {
        &self.calendars
    }
}

/// Moves what a pack adds into the register that all packs share.
fn add<T>(
    all: &mut BTreeMap<String, T>,
    own: &mut BTreeMap<String, T>,
    pack: &str,
    what: &str,
    faults: &mut Vec<String>,
) {
    for (id, def) in std::mem::take(own) {
        match all.entry(id) {
            Entry::Occupied(there) => {
                faults.push(format!("{pack}: {what} `{}` is defined twice", there.key()));
            }
            Entry::Vacant(free) => {
                free.insert(def);
            }
        }
    }
}
