//! Legal entities and the agency that licenses each, when the coverage is insured.
//!
//! The table never decides a case. It is held against what the papers print, so that a wrong agency
//! is noticed, and it tells a person who does not know the agency where to look.

use std::sync::LazyLock;

use toml::de::{DeTable, DeValue};

/// One legal entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Brands under which it is known; shared with other entities.
    pub brands: Vec<String>,
    /// Its legal names.
    pub names: Vec<String>,
    /// The word of the agency: `dmhc` or `cdi`.
    pub regulator: String,
    /// How well that is confirmed: the marks of the law sheets.
    pub confidence: String,
    /// The names and the brands as [`normal`] makes them, once for all.
    plain: (Vec<String>, Vec<String>),
}

impl Entity {
    /// Returns the first of its legal names.
    #[must_use]
    pub fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }
}

/// The table as it is written down.
pub const WRITTEN: &str = include_str!("../../law/entities.toml");

/// Returns the whole table.
#[must_use]
pub fn all() -> &'static [Entity] {
    static TABLE: LazyLock<Vec<Entity>> = LazyLock::new(|| parse(WRITTEN));
    &TABLE
}

/// Finds an entity by a legal name as papers print it.
#[must_use]
pub fn find(name: &str) -> Option<&'static Entity> {
    let name = normal(name);
    all().iter().find(|e| e.plain.0.contains(&name))
}

/// Returns every entity behind a brand; more than one where the brand alone does not tell.
#[must_use]
pub fn of_brand(name: &str) -> Vec<&'static Entity> {
    let name = normal(name);
    all().iter().filter(|e| e.plain.1.contains(&name)).collect()
}

/// Returns a name without what papers print now one way, now another: case, punctuation, the form of
/// the company, the trade name.
fn normal(name: &str) -> String {
    let lower = name
        .to_lowercase()
        .replace('&', " and ")
        .replace("d/b/a", "dba")
        .replace(['\'', '’', '.'], "");
    let words: String = lower.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words = words.replace("doing business as", "dba");
    let mut kept: Vec<&str> = Vec::new();
    for word in words.split(' ') {
        match word {
            "" | "the" | "inc" | "incorporated" | "company" | "co" | "corp" | "corporation"
            | "llc" => {}
            "dba" if !kept.is_empty() => break,
            _ => kept.push(word),
        }
    }
    kept.join(" ")
}

/// Reads the embedded table. An entry that cannot be read is left out; a test counts them.
fn parse(text: &str) -> Vec<Entity> {
    let Ok(tree) = DeTable::parse(text) else { return Vec::new() };
    let entries = tree.get_ref().get("entity").and_then(|v| v.get_ref().as_array());
    entries.map_or_else(Vec::new, |list| {
        list.iter().filter_map(|v| v.get_ref().as_table()).filter_map(entity).collect()
    })
}

fn entity(table: &DeTable<'_>) -> Option<Entity> {
    let text = |key: &str| table.get(key).and_then(|v| v.get_ref().as_str()).map(str::to_owned);
    let texts = |key: &str| {
        let list = table.get(key).and_then(|v| v.get_ref().as_array());
        let strings = |v: &DeValue<'_>| v.as_str().map(str::to_owned);
        list.map(|l| l.iter().filter_map(|v| strings(v.get_ref())).collect::<Vec<String>>())
    };
    let brands = texts("brand")?;
    let names = texts("names").filter(|n| !n.is_empty())?;
    let plain = |all: &[String]| all.iter().map(|n| normal(n)).collect();
    Some(Entity {
        plain: (plain(&names), plain(&brands)),
        brands,
        names,
        regulator: text("regulator")?,
        confidence: text("confidence")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Fact;

    #[test]
    fn every_entry_is_read_and_speaks_the_words_of_facts() {
        let written = WRITTEN.matches("[[entity]]").count();
        assert_eq!(all().len(), written);
        for entity in all() {
            assert!(Fact::Regulator.word(&entity.regulator).is_some(), "{entity:?}");
            assert!(entity.names.iter().all(|n| find(n) == Some(entity)), "{entity:?}");
        }
    }

    #[test]
    fn names_match_however_they_are_printed() {
        let regulator = |n: &str| find(n).map(|e| e.regulator.as_str());
        assert_eq!(regulator("KAISER FOUNDATION HEALTH PLAN INC"), Some("dmhc"));
        assert_eq!(regulator("Kaiser Permanente Insurance Co."), Some("cdi"));
        assert_eq!(regulator("Blue Cross of California dba Anthem Blue Cross"), Some("dmhc"));
        assert_eq!(regulator("Blue Cross of California (d/b/a Anthem Blue Cross)"), Some("dmhc"));
        assert_eq!(
            regulator("California Physicians’ Service, doing business as Blue Shield"),
            Some("dmhc")
        );
        assert_eq!(
            regulator("Blue Shield of California Life and Health Insurance Company"),
            Some("cdi")
        );
    }

    #[test]
    fn a_brand_never_decides() {
        for brand in
            ["Kaiser", "Anthem Blue Cross", "Blue Shield of California", "Aetna", "", "HMO"]
        {
            assert_eq!(find(brand), None, "{brand}");
        }
        assert_eq!(of_brand("Kaiser Permanente").len(), 2);
    }
}
