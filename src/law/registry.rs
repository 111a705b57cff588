//! The register of authorities: the only door through which a citation reaches a letter.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::gate::{Family, Mark, Part, Surface, gate};

/// A code or set of regulations, and how it is cited.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Code {
    /// What stands before the section in a table or a trace: `Health & Safety Code § `.
    pub short: String,
    /// What stands before the section in a sentence: `Health and Safety Code section `.
    pub long: String,
    /// Column of the gate.
    pub family: Family,
    /// Sections that stand in the Knox-Keene column instead, first and last.
    #[serde(default)]
    pub knox_keene: Option<(u32, u32)>,
    /// Other ways in which people write its name: `H&S Code`.
    #[serde(default)]
    pub spellings: Vec<String>,
}

/// Something that is cited often and wrongly: a section, a bill or a number that no letter may rest on.
///
/// What the register does not hold is refused anyway; an entry says why, and what is right.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Refused {
    /// Id of the code; with `section`.
    #[serde(default)]
    pub code: Option<String>,
    /// Section, as `1383.1`.
    #[serde(default)]
    pub section: Option<String>,
    /// Subdivision, as `(b)`; empty for the whole section and everything in it.
    #[serde(default)]
    pub pin: String,
    /// A bill, as `SB 294`; instead of a section.
    #[serde(default)]
    pub bill: Option<String>,
    /// A number, as `182 days`; instead of a section.
    #[serde(default)]
    pub period: Option<String>,
    /// Why, and what is right, in one sentence without capital and period.
    pub says: String,
    /// The authority that is right instead.
    #[serde(default)]
    pub instead: Option<String>,
    /// Packs in whose letters it is refused; in all when empty.
    #[serde(default)]
    pub tracks: Vec<String>,
}

/// One authority.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Authority {
    /// Id of the code.
    pub code: String,
    /// Section, as `1374.30`.
    pub section: String,
    /// Subdivision, as `(j)(3)`; empty for the whole section.
    #[serde(default)]
    pub pin: String,
    /// What it says, in our own words.
    pub says: String,
    /// How well the section is confirmed.
    pub mark: Vec<Mark>,
    /// How well the subdivision is confirmed; as the section when absent.
    #[serde(default)]
    pub pin_mark: Vec<Mark>,
    /// Where the text can be read.
    #[serde(default)]
    pub url: Option<String>,
    /// The day a person last looked.
    #[serde(deserialize_with = "super::day::day")]
    pub checked: NaiveDate,
    /// Where the sheets speak of it, and what is doubtful.
    #[serde(default)]
    pub note: Option<String>,
    /// Another authority that carries this one into play, printed after it: `applied by …`.
    #[serde(default)]
    pub through: Option<String>,
    /// First day it can be cited.
    #[serde(default, deserialize_with = "super::day::maybe")]
    pub from: Option<NaiveDate>,
}

/// Every authority and code, by id.
#[derive(Debug, Default)]
pub struct Registry {
    pub(super) codes: BTreeMap<String, Code>,
    pub(super) authorities: BTreeMap<String, Authority>,
    pub(super) refused: Vec<Refused>,
}

impl Registry {
    /// Returns an authority by its id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Authority> {
        self.authorities.get(id)
    }

    /// Returns every authority with its id, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Authority)> {
        self.authorities.iter().map(|(id, a)| (id.as_str(), a))
    }

    /// Returns every code with its id, in order.
    pub fn codes(&self) -> impl Iterator<Item = (&str, &Code)> {
        self.codes.iter().map(|(id, c)| (id.as_str(), c))
    }

    /// Returns what is never to be cited, in the order of the packs.
    #[must_use]
    pub fn refused(&self) -> &[Refused] {
        &self.refused
    }

    /// Returns the full citation, as `explain` shows it.
    #[must_use]
    pub fn citation(&self, id: &str) -> Option<String> {
        let authority = self.get(id)?;
        let code = self.codes.get(&authority.code)?;
        Some(format!("{}{}{}", code.short, authority.section, authority.pin))
    }

    /// Returns the column of the gate that an authority stands in.
    #[must_use]
    pub fn family(&self, authority: &Authority) -> Family {
        let Some(code) = self.codes.get(&authority.code) else { return Family::OtherState };
        let number = authority.section.split('.').next().and_then(|s| s.parse::<u32>().ok());
        match (code.knox_keene, number) {
            (Some((first, last)), Some(number)) if (first..=last).contains(&number) => {
                Family::KnoxKeene
            }
            _ => code.family,
        }
    }

    /// Returns what the gate lets a letter print of an authority; nothing where it holds all back.
    #[must_use]
    pub fn letter(&self, id: &str) -> Option<String> {
        let authority = self.get(id)?;
        let code = self.codes.get(&authority.code)?;
        let family = self.family(authority);
        let section = Mark::counting(&authority.mark);
        if !gate(section, family, Surface::Letter).allows(Part::Section) {
            return None;
        }
        let mut text = format!("{}{}", code.long, authority.section);
        let pin = if authority.pin_mark.is_empty() {
            section
        } else {
            Mark::counting(&authority.pin_mark)
        };
        if gate(pin, family, Surface::Letter).allows(Part::Pinpoint) {
            text.push_str(&authority.pin);
        }
        if let Some(through) = authority.through.as_deref().and_then(|t| self.letter(t)) {
            text.push_str(", applied by ");
            text.push_str(&through);
        }
        Some(text)
    }

    /// Returns how well an authority is confirmed, in words.
    #[must_use]
    pub fn confidence(&self, id: &str) -> Option<String> {
        let authority = self.get(id)?;
        let section = Mark::counting(&authority.mark);
        let mut words = section.words().to_owned();
        if !authority.pin.is_empty() && !authority.pin_mark.is_empty() {
            let pin = Mark::counting(&authority.pin_mark);
            if pin != section {
                words.push_str(&format!("; subdivision: {}", pin.words()));
            }
        }
        Some(words)
    }
}
