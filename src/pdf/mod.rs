//! Turns pages into the bytes of a PDF that is tagged, archival and the same every time.
//!
//! Knows nothing of Markdown: everything it writes is in the pages.

mod krilla;

use crate::layout::Pages;

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

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("a letter needs a title and a language; set both before writing a pdf")]
    Unnamed,
    #[error("the font of the letter cannot be embedded; take it out of the font folder")]
    Font,
    /// The letter breaks a rule of PDF/UA-1 or PDF/A-2a.
    #[error("the letter cannot be written as an archival pdf: {0}")]
    Refused(String),
}

/// Writes pages as PDF/UA-1 and PDF/A-2a.
///
/// # Errors
///
/// When the title or language is missing, a font cannot be embedded, or the standards forbid what
/// the pages hold.
pub fn set(pages: &Pages, meta: &Meta) -> Result<Vec<u8>, Error> {
    krilla::set(pages, meta)
}
