//! The packs that ship, each read when something is first asked of it.
//!
//! A ruling asks two or three of them. What all share, the register and who takes which cases, stands in
//! front of each and is read at the start.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::Error;
use super::pack::{Contact, Head, Pack};
use super::registry::{Authority, Code, Refused};

include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// A pack as `build.rs` wrote it: the same tables, in a form that is read faster than TOML.
pub(super) struct Shipped {
    /// Name of its file.
    pub(super) file: &'static str,
    front: &'static str,
    whole: &'static str,
}

impl Shipped {
    /// Returns all of it, as it was built in.
    pub(super) fn written(&self) -> &'static str {
        self.whole
    }

    /// Reads all of it, as it stands in the file.
    pub(super) fn whole(&self) -> Result<Pack, Error> {
        self.read(self.whole)
    }

    fn read<T: Deserialize<'static>>(&self, text: &'static str) -> Result<T, Error> {
        serde_json::from_str(text)
            .map_err(|e| Error::Shape { file: self.file.to_owned(), source: e.into() })
    }
}

/// The part of a pack that other packs and every ruling need.
#[derive(Debug, Deserialize)]
pub(super) struct Front {
    pub(super) pack: Head,
    #[serde(default)]
    pub(super) code: BTreeMap<String, Code>,
    #[serde(default)]
    pub(super) authority: BTreeMap<String, Authority>,
    #[serde(default)]
    pub(super) contact: BTreeMap<String, Contact>,
    #[serde(default)]
    pub(super) refused: Vec<Refused>,
    #[serde(default)]
    words: BTreeMap<String, Vec<String>>,
}

/// A pack and its front.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) front: Front,
    written: &'static str,
    /// Nothing where the written form could not be read, which the tests rule out.
    pack: OnceLock<Option<Pack>>,
}

impl Kept {
    /// Reads the front of a pack that ships.
    pub(super) fn shipped(shipped: &Shipped) -> Result<Kept, Error> {
        let mut front: Front = shipped.read(shipped.front)?;
        if let Some(route) = &mut front.pack.route {
            route.cond.expand(&front.words, &front.pack.id, &mut Vec::new());
        }
        Ok(Kept { front, written: shipped.whole, pack: OnceLock::new() })
    }

    /// Keeps a pack that was read and whose words are expanded.
    pub(super) fn whole(pack: Pack) -> Kept {
        let front = Front {
            pack: pack.pack.clone(),
            code: pack.code.clone(),
            authority: pack.authority.clone(),
            contact: pack.contact.clone(),
            refused: pack.refused.clone(),
            words: BTreeMap::new(),
        };
        Kept { front, written: "", pack: OnceLock::from(Some(pack)) }
    }

    /// Returns the pack.
    pub(super) fn pack(&self) -> Option<&Pack> {
        let read = || {
            let mut pack: Pack = serde_json::from_str(self.written).ok()?;
            pack.expand_words(&mut Vec::new());
            Some(pack)
        };
        self.pack.get_or_init(read).as_ref()
    }
}
