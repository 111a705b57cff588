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

use std::collections::BTreeMap;
use std::path::Path;

pub use cond::{Cond, Truth, View};
pub use gate::{Cell, Family, Mark, Part, Surface, gate};
pub use pack::{
    Actor, Change, ClockState, Contact, DatedPeriod, DeadlineRule, EventRule, Head, IfUnknown,
    LateReading, Missing, NextStage, Pack, Right, Route, Row, ShortMonthWord, StageRule, Topic,
};
pub use registry::{Authority, Code, Registry};

use crate::calendar::Calendars;

/// The packs as `build.rs` wrote them: the same tables, in a form that is read faster than TOML.
static PACKS: &str = include_str!(concat!(env!("OUT_DIR"), "/packs.json"));
static HOLIDAYS: &str = include_str!("../../law/holidays.toml");

/// The name of the file of holidays.
const HOLIDAYS_FILE: &str = "holidays.toml";
/// Evidence about plans, not law; `facts` reads it.
const ENTITIES_FILE: &str = "entities.toml";

/// Everything the program knows of the law.
#[derive(Debug)]
pub struct Law {
    packs: BTreeMap<String, Pack>,
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
        Law::of(builtin()?, HOLIDAYS, false)
    }

    /// Reads the packs that ship, then those of a folder; a file there replaces the one of the same
    /// name, and adds to them otherwise.
    ///
    /// # Errors
    ///
    /// Fails when the folder cannot be read or its packs are faulty.
    pub fn with_dir(dir: &Path) -> Result<Law, Error> {
        let mut files = builtin()?;
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
        Law::of(files, &holidays, true)
    }

    /// Puts packs, by the names of their files, and holidays together.
    fn of(files: BTreeMap<String, Pack>, holidays: &str, thorough: bool) -> Result<Law, Error> {
        let mut packs = BTreeMap::new();
        let mut faults = Vec::new();
        let calendars = Calendars::parse(holidays).unwrap_or_else(|fault| {
            faults.push(format!("{HOLIDAYS_FILE}: {fault}"));
            Calendars::default()
        });
        for (file, pack) in files {
            if format!("{}.toml", pack.pack.id) != file {
                faults.push(format!(
                    "{file}: holds pack `{}`; a file is named after its pack",
                    pack.pack.id
                ));
            }
            packs.insert(pack.pack.id.clone(), pack);
        }
        check::law(packs, calendars, faults, thorough)
    }

    /// Returns a pack by its id.
    #[must_use]
    pub fn pack(&self, id: &str) -> Option<&Pack> {
        self.packs.get(id)
    }

    /// Returns every pack, in order of id.
    pub fn packs(&self) -> impl Iterator<Item = &Pack> {
        self.packs.values()
    }

    /// Returns the pack whose rows decide which other pack governs.
    #[must_use]
    pub fn router(&self) -> Option<&Pack> {
        self.packs.get(&self.router)
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

fn builtin() -> Result<BTreeMap<String, Pack>, Error> {
    serde_json::from_str(PACKS)
        .map_err(|e| Error::Shape { file: "the packs that ship".to_owned(), source: e.into() })
}
