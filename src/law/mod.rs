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

use include_dir::{Dir, include_dir};

pub use cond::{Cond, Truth, View};
pub use gate::{Cell, Family, Mark, Part, Surface, gate};
pub use pack::{
    Actor, Change, ClockState, Contact, DatedPeriod, DeadlineRule, EventRule, Head, IfUnknown,
    LateReading, Missing, NextStage, Pack, Right, Route, Row, ShortMonthWord, StageRule, Topic,
};
pub use registry::{Authority, Code, Registry};

use crate::calendar::Calendars;

static BUILTIN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/law");

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
        source: Box<toml::de::Error>,
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
        Law::read(builtin_files())
    }

    /// Reads the packs that ship, then those of a folder; a file there replaces the one of the same
    /// name, and adds to them otherwise.
    ///
    /// # Errors
    ///
    /// Fails when the folder cannot be read or its packs are faulty.
    pub fn with_dir(dir: &Path) -> Result<Law, Error> {
        let mut files: BTreeMap<String, String> = builtin_files().into_iter().collect();
        let failed = |source| Error::Read { path: dir.display().to_string(), source };
        for entry in std::fs::read_dir(dir).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
            if let Some(name) = name.filter(|n| n.ends_with(".toml")) {
                files.insert(name, std::fs::read_to_string(&path).map_err(failed)?);
            }
        }
        Law::read(files.into_iter().collect())
    }

    fn read(files: Vec<(String, String)>) -> Result<Law, Error> {
        let mut packs = BTreeMap::new();
        let mut faults = Vec::new();
        let mut calendars = None;
        for (file, text) in files {
            match file.as_str() {
                "holidays.toml" => match Calendars::parse(&text) {
                    Ok(read) => calendars = Some(read),
                    Err(fault) => faults.push(format!("{file}: {fault}")),
                },
                // Evidence about plans, not law; `facts` reads it.
                "entities.toml" => {}
                _ => {
                    let pack: Pack = toml::from_str(&text).map_err(|source| Error::Shape {
                        file: file.clone(),
                        source: Box::new(source),
                    })?;
                    if format!("{}.toml", pack.pack.id) != file {
                        faults.push(format!(
                            "{file}: holds pack `{}`; a file is named after its pack",
                            pack.pack.id
                        ));
                    }
                    packs.insert(pack.pack.id.clone(), pack);
                }
            }
        }
        let calendars = calendars.unwrap_or_default();
        check::law(packs, calendars, faults)
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

fn builtin_files() -> Vec<(String, String)> {
    BUILTIN
        .files()
        .filter(|f| f.path().extension().is_some_and(|e| e == "toml"))
        .filter_map(|f| Some((f.path().to_str()?.to_owned(), f.contents_utf8()?.to_owned())))
        .collect()
}
