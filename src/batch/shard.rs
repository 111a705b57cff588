//! One part of a run of many: which cases it takes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{fold, hash};

/// Part `index` of `of`, counted from 1.
///
/// A case belongs to the part that its id gives: the first eight bytes of the SHA-256 of the folded id
/// (preceded by its length in eight bytes), as a big-endian number, modulo `of`, plus one. A record
/// without an id goes by the place it stands at. So every record is in exactly one part, whichever
/// machine counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// Which part, from 1.
    pub index: u32,
    /// How many parts there are.
    pub of: u32,
}

impl Shard {
    /// Returns whether a case belongs to this part.
    #[must_use]
    pub fn takes(self, id: &str, place: &str) -> bool {
        let folded = if id.is_empty() { place.to_owned() } else { fold::folded(id) };
        let sum = hash::short(&[&folded]);
        let mut first = [0; 8];
        first.copy_from_slice(&sum[..8]);
        u64::from_be_bytes(first) % u64::from(self.of.max(1)) + 1 == u64::from(self.index)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let told = || "write it as I/N, as in 2/8: the second part of eight".to_owned();
        let (index, of) = text.split_once('/').ok_or_else(told)?;
        let (index, of): (u32, u32) =
            (index.parse().map_err(|_| told())?, of.parse().map_err(|_| told())?);
        if of == 0 || index == 0 || index > of {
            return Err(format!("parts are counted from 1: from 1/{of} to {of}/{of}"));
        }
        Ok(Shard { index, of })
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_is_in_one_part_whatever_its_capitals() {
        for of in 1..9 {
            for n in 0..200 {
                let id = format!("Case-{n}");
                let parts: Vec<u32> =
                    (1..=of).filter(|&index| Shard { index, of }.takes(&id, "a.toml")).collect();
                assert_eq!(parts.len(), 1, "{id} of {of}");
                assert!(Shard { index: parts[0], of }.takes(&id.to_uppercase(), "b.toml"));
            }
        }
    }

    #[test]
    fn parts_stay_where_they_are() {
        // Counted with another program, by the words above.
        let part = |id: &str| (1..=8).find(|&index| Shard { index, of: 8 }.takes(id, ""));
        assert_eq!(["2026-0142", "A", "clinic_7"].map(part), [Some(1), Some(6), Some(2)]);
    }

    #[test]
    fn a_part_is_written_as_two_numbers() {
        assert_eq!("2/8".parse(), Ok(Shard { index: 2, of: 8 }));
        for wrong in ["", "2", "0/8", "9/8", "1/0", "a/b", "1/2/3", "-1/2"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
