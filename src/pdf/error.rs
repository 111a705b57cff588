//! Why pages could not be written.

use std::fmt;

use super::Engine;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("a letter needs a title and a language; set both before writing a pdf")]
    Unnamed,
    #[error("the font of the letter cannot be embedded; take it out of the font folder")]
    Font,
    /// The letter breaks a rule of PDF/UA-1 or PDF/A-2a.
    #[error("the letter cannot be written as an archival pdf: {0}")]
    Refused(String),
    #[error(
        "the PDF engine {} is not built into this program; `cargo install --path . --features {}`, in the folder of its source, builds it in. Leave out --pdf-engine to use krilla",
        .0.name(), .0.name()
    )]
    NotBuiltIn(Engine),
    /// The second engine would draw something else than what was laid out.
    #[error(transparent)]
    Undrawable(#[from] Undrawable),
    /// The second engine stopped, or wrote what cannot be read again.
    #[error("genpdf cannot write the letter: {0}; leave out --pdf-engine to use krilla")]
    Genpdf(String),
}

/// Text that genpdf cannot draw as it was laid out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Undrawable {
    /// The first character that it is about.
    pub character: char,
    /// The word it stands in.
    pub word: String,
    pub why: Why,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It runs from right to left.
    RightToLeft,
    /// Its glyph is not the one the font has for the character alone, or not in its plain place.
    Shaped,
    /// It has no glyph of its own, and would be lost.
    Unseen,
    /// Its glyph is also that of this other text of the letter, and would be read as it.
    SameGlyph(String),
    /// genpdf cannot read its font.
    Font,
    /// genpdf has no such size of type.
    Size,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::RightToLeft => f.write_str("it runs from right to left"),
            Why::Shaped => f.write_str("its shape or place depends on the letters beside it"),
            Why::Unseen => f.write_str("it is not seen, and would be lost"),
            Why::SameGlyph(other) => {
                write!(f, "it would be read as `{}`, which looks the same", other.escape_debug())
            }
            Why::Font => f.write_str("genpdf cannot read its font"),
            Why::Size => f.write_str("genpdf has no type of its size"),
        }
    }
}

impl fmt::Display for Undrawable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { character, word, why } = self;
        // A bidi override in a message would act on the terminal.
        let shown: String = character.escape_debug().collect();
        let word: String = word.escape_debug().collect();
        let code = u32::from(*character);
        write!(
            f,
            "genpdf cannot draw `{shown}` (U+{code:04X}), as in `{word}`: {why}; leave out --pdf-engine to use krilla"
        )
    }
}
