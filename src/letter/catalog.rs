//! What templates there are: what each is for, which file wins, and who uses whom.

use super::Templates;
use super::scan::{self, PieceKind};

/// Why a template is the one that is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It ships with the program, and nothing of the author's has its name.
    BuiltIn,
    /// The author's, and it extends the built-in one of the same name.
    Extends,
    /// The author's, in place of the built-in one of the same name.
    Replaces,
    /// The author's, with a name of its own.
    New,
}

/// A template, under the name that others use for it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Entry {
    /// Its path, as `letters/grievance.md`.
    pub name: String,
    /// What it is for: the comment it begins with.
    pub about: String,
    /// Which file it is, and why.
    pub standing: Standing,
    /// The templates it includes or extends, by name, in order.
    pub uses: Vec<String>,
    /// The templates that include or extend it, by name, in order.
    pub used_by: Vec<String>,
}

impl Templates {
    /// Returns every template in use, by name. A built-in one that the author's replaces is not in use
    /// unless something names it with `builtin/` before it, and then stands under that name.
    #[must_use]
    pub fn catalog(&self) -> Vec<Entry> {
        let own: Vec<&str> = self.own().iter().map(|(name, _)| name.as_str()).collect();
        let shadowed = |name: &str| name.strip_prefix("builtin/").is_some_and(|n| own.contains(&n));
        let all = self.names();
        let named = |name: &str| all.iter().any(|n| self.links(n).iter().any(|l| l == name));
        let mut entries: Vec<Entry> = all
            .iter()
            .filter(|name| !shadowed(name) || named(name))
            .map(|name| self.entry(name, &own))
            .collect();
        for name in entries.iter_mut().flat_map(|e| &mut e.uses) {
            // Both names lead to one file where the author has none of that name.
            if let Some(plain) = name.strip_prefix("builtin/").filter(|_| !shadowed(name)) {
                *name = plain.to_owned();
            }
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        let links: Vec<(String, Vec<String>)> =
            entries.iter().map(|e| (e.name.clone(), e.uses.clone())).collect();
        for entry in &mut entries {
            let users = links.iter().filter(|(_, uses)| uses.contains(&entry.name));
            entry.used_by = users.map(|(name, _)| name.clone()).collect();
        }
        entries
    }

    fn entry(&self, file: &str, own: &[&str]) -> Entry {
        let plain = file.strip_prefix("builtin/");
        let (name, standing) = match plain {
            Some(name) if own.contains(&name) => (file, Standing::BuiltIn),
            Some(name) => (name, Standing::BuiltIn),
            None => (file, self.standing(file)),
        };
        let about = self.about(file);
        let about = about.or_else(|| self.about(&format!("builtin/{file}")));
        Entry {
            name: name.to_owned(),
            about: about.unwrap_or_default(),
            standing,
            uses: self.links(file),
            used_by: Vec::new(),
        }
    }

    fn standing(&self, own: &str) -> Standing {
        let builtin = format!("builtin/{own}");
        if self.source(&builtin).is_none() {
            Standing::New
        } else if self.links(own).contains(&builtin) {
            Standing::Extends
        } else {
            Standing::Replaces
        }
    }

    fn about(&self, file: &str) -> Option<String> {
        let first = *scan::pieces(self.source(file)?).first()?;
        let words = first.inner.split_whitespace().collect::<Vec<_>>().join(" ");
        (first.kind == PieceKind::Comment).then_some(words)
    }

    /// The names that a template includes or extends, each once.
    fn links(&self, file: &str) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for piece in scan::pieces(self.source(file).unwrap_or_default()) {
            let is_link = matches!(piece.name(), "include" | "extends");
            if piece.kind == PieceKind::Tag && is_link {
                let name = piece.rest().trim_matches(['"', '\'', '`']).to_owned();
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }
}
