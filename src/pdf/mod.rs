//! Turns pages into the bytes of a PDF, the same every time.
//!
//! Knows nothing of Markdown: everything it writes is in the pages. Two engines draw the same pages:
//! krilla, whose PDFs are tagged and archival, and genpdf, which is built in on request and writes
//! plain ones.

mod error;
#[cfg(feature = "genpdf")]
mod genpdf;
mod krilla;

use serde::{Deserialize, Serialize};

use crate::layout::Pages;

pub use error::{Error, Undrawable, Why};

/// What a PDF says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    pub title: String,
    pub author: String,
    /// By which law the letter was written; none when empty.
    pub subject: String,
    /// An RFC 3066 tag such as `en-US`.
    pub language: String,
    /// Written as midnight UTC.
    pub created: chrono::NaiveDate,
}

/// What draws the pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Engine {
    /// Any script, tagged for screen readers, archival.
    #[default]
    Krilla,
    /// One glyph a character from left to right, without tags; refuses the rest.
    Genpdf,
}

impl Engine {
    /// Its name, as on the command line and in manifests.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Krilla => "krilla",
            Engine::Genpdf => "genpdf",
        }
    }

    /// Whether this program was built with it.
    pub fn is_built_in(self) -> bool {
        match self {
            Engine::Krilla => true,
            Engine::Genpdf => cfg!(feature = "genpdf"),
        }
    }
}

/// Writes pages: with krilla as PDF/UA-1 and PDF/A-2a, with genpdf as a plain PDF.
///
/// # Errors
///
/// When the title or language is missing, the engine is not built in, a font cannot be embedded, or
/// the pages hold what the standards forbid or the engine cannot draw.
pub fn set(pages: &Pages, meta: &Meta, engine: Engine) -> Result<Vec<u8>, Error> {
    if meta.title.trim().is_empty() || meta.language.is_empty() {
        return Err(Error::Unnamed);
    }
    match engine {
        Engine::Krilla => krilla::set(pages, meta),
        #[cfg(feature = "genpdf")]
        Engine::Genpdf => genpdf::set(pages, meta),
        #[cfg(not(feature = "genpdf"))]
        Engine::Genpdf => Err(Error::NotBuiltIn(engine)),
    }
}
