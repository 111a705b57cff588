//! What can stop a letter from being laid out, and what to do about it.

use std::{fmt, io, path::PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Every character that no font at hand has, once each, in order of appearance.
    #[error("{}", Missing::list(.0))]
    MissingGlyph(Vec<Missing>),
    #[error("cannot read {}; give `--font-dir` a folder of fonts", path.display())]
    Folder { path: PathBuf, source: io::Error },
    #[error("cannot read the font {}; take it out of the font folder", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("no font in {}; put .ttf, .otf or .ttc files there", path.display())]
    NoFont { path: PathBuf },
}

/// A character that cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    pub character: char,
    /// At most twenty characters around its first appearance.
    pub context: String,
    /// The Debian package with a font that has it.
    pub package: Option<&'static str>,
}

impl Missing {
    pub(super) fn new(character: char, context: String) -> Self {
        Self { character, context, package: package(character) }
    }

    fn list(missing: &[Self]) -> String {
        missing.iter().map(Self::to_string).collect::<Vec<_>>().join("\n")
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { character, context, package } = self;
        let code = u32::from(*character);
        // A control character or a bidi override in a message would act on the terminal.
        let shown: String = character.escape_debug().collect();
        let context: String = context.escape_debug().collect();
        write!(f, "no font has `{shown}` (U+{code:04X}), as in `{context}`: ")?;
        match package {
            Some(package) => write!(f, "install {package} and pass its folder as `--font-dir`"),
            None if printable(*character) => {
                f.write_str("pass a folder with a font that has it as `--font-dir`, or take it out")
            }
            None => f.write_str("take it out of the letter"),
        }
    }
}

/// Whether any font could help: not so for controls, private use, noncharacters and marks of order.
pub(super) fn printable(c: char) -> bool {
    let code = u32::from(c);
    !(c.is_control()
        || code == 0xFEFF
        || code & 0xFFFE == 0xFFFE
        || (0xFDD0..=0xFDEF).contains(&code)
        || (0xE000..=0xF8FF).contains(&code)
        || code >= 0xF_0000)
}

/// The Debian package whose fonts cover the character's block, where one is known.
fn package(c: char) -> Option<&'static str> {
    match u32::from(c) {
        // Bopomofo, Hangul, Han, kana, their compatibility and full-width forms.
        0x1100..=0x11FF
        | 0x2E80..=0x2FFF
        | 0x3000..=0x4DBF
        | 0x4E00..=0x9FFF
        | 0xA960..=0xA97F
        | 0xAC00..=0xD7FF
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE4F
        | 0xFF00..=0xFFEF
        | 0x1B000..=0x1B16F
        | 0x1F200..=0x1F2FF
        | 0x20000..=0x3FFFF => Some("fonts-noto-cjk"),
        // Living scripts of Africa, the Caucasus and Asia.
        0x0700..=0x08FF
        | 0x0980..=0x0DFF
        | 0x0F00..=0x10FF
        | 0x1200..=0x137F
        | 0x1380..=0x139F
        | 0x13A0..=0x1AAF
        | 0x1B00..=0x1CFF
        | 0x2C80..=0x2DDF
        | 0xA000..=0xA63F
        | 0xA6A0..=0xA6FF
        | 0xA800..=0xAB2F
        | 0xAB70..=0xABFF
        | 0x1E900..=0x1E95F => Some("fonts-noto-core"),
        // Technical signs, dingbats, mathematical letters.
        0x2190..=0x2BFF | 0x1D400..=0x1D7FF => Some("fonts-noto-core"),
        0x10000..=0x1AFFF => Some("fonts-noto-extra"),
        _ => None,
    }
}
