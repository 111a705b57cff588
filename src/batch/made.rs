//! What papers are made with, and sums by which a later run knows whether that has changed.

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::hash::Sum;
use crate::facts::entities;
use crate::law::Law;
use crate::layout::Fonts;
use crate::letter::Templates;
use crate::packet::Press;
use crate::pdf::Engine;

/// Program, law, templates, fonts and what was asked for: the same give the same papers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Version of the program.
    pub program: String,
    /// SHA-256 of the law.
    pub law: String,
    /// SHA-256 of the templates.
    pub templates: String,
    /// SHA-256 of the fonts.
    pub fonts: String,
    /// Whether letters are written as Markdown.
    pub markdown: bool,
    /// Whether letters are written as PDF.
    pub pdf: bool,
    /// What sets the PDFs.
    #[serde(default)]
    pub engine: Engine,
    /// How the ruling is written.
    pub explained: Explained,
    /// Whether letters with blanks are written, as drafts.
    pub draft: bool,
}

/// How the ruling of a case is written beside its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Explained {
    /// `ruling.txt`, for a person.
    Text,
    /// `ruling.json`, for a program.
    Json,
}

/// Folders that go before what is built in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Folders<'a> {
    /// Packs of law.
    pub law: Option<&'a Path>,
    /// Templates.
    pub templates: Option<&'a Path>,
    /// Fonts.
    pub fonts: Option<&'a Path>,
}

/// What is asked for, besides the records.
#[derive(Clone, Copy, Debug)]
pub struct Shop<'a> {
    /// The law.
    pub law: &'a Law,
    /// Templates and fonts; `pdf` and `draft` as in `made`.
    pub press: Press<'a>,
    /// The sums of both, and the rest of what was asked for.
    pub made: &'a Made,
}

impl Made {
    /// Sums up what is built in and the folders that go before it.
    ///
    /// # Errors
    ///
    /// Fails when a folder cannot be read.
    pub fn of(folders: Folders<'_>) -> io::Result<Made> {
        let mut law = Sum::default();
        law.take(entities::WRITTEN.as_bytes());
        for (name, text) in Law::sources() {
            law.take(name.as_bytes());
            law.take(text.as_bytes());
        }
        let mut templates = Sum::default();
        for (name, text) in Templates::sources() {
            templates.take(name.as_bytes());
            templates.take(text.as_bytes());
        }
        let mut fonts = Sum::default();
        Fonts::embedded().for_each(|bytes| fonts.take(bytes));
        for (sum, folder, endings) in [
            (&mut law, folders.law, &["toml"][..]),
            (&mut templates, folders.templates, &["md"]),
            (&mut fonts, folders.fonts, &["ttf", "otf", "ttc"]),
        ] {
            if let Some(folder) = folder {
                sum.take_folder(folder, endings)?;
            }
        }
        Ok(Made {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            law: law.hex(),
            templates: templates.hex(),
            fonts: fonts.hex(),
            markdown: true,
            pdf: true,
            engine: Engine::default(),
            explained: Explained::Text,
            draft: false,
        })
    }

    /// Returns a short sum of all of it.
    #[must_use]
    pub fn key(&self) -> String {
        let mut sum = Sum::default();
        for text in [&self.program, &self.law, &self.templates, &self.fonts] {
            sum.take(text.as_bytes());
        }
        sum.take(self.engine.name().as_bytes());
        let json = self.explained == Explained::Json;
        sum.take(&[self.markdown, self.pdf, self.draft, json].map(u8::from));
        let mut hex = sum.hex();
        hex.truncate(16);
        hex
    }

    /// Names what differs from another: `law`, `templates` …
    #[must_use]
    pub fn differs(&self, other: &Made) -> Vec<&'static str> {
        let mut names = Vec::new();
        for (name, differs) in [
            ("program", self.program != other.program),
            ("law", self.law != other.law),
            ("templates", self.templates != other.templates),
            ("fonts", self.fonts != other.fonts),
            ("formats", (self.markdown, self.pdf) != (other.markdown, other.pdf)),
            ("engine", self.engine != other.engine),
            ("explanation", self.explained != other.explained),
            ("drafts", self.draft != other.draft),
        ] {
            if differs {
                names.push(name);
            }
        }
        names
    }
}
