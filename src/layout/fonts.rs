//! The fonts a letter may be set in: those embedded in the binary and those in a folder the user
//! names. System fonts are never looked at, so that a letter is the same on every machine.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, LazyLock, OnceLock},
};

use parley::fontique::Blob;

use super::Error;

/// The embedded fonts, and a folder's if one is given.
///
/// Cheap to make and to clone. A folder's files are read when a letter first needs a character
/// that no embedded font has, and kept.
#[derive(Debug, Clone, Default)]
pub struct Fonts {
    folder: Option<Arc<Folder>>,
}

#[derive(Debug)]
struct Folder {
    /// Sorted by name: the first font that has a character wins, on every machine the same.
    files: Vec<PathBuf>,
    read: OnceLock<Vec<Blob<u8>>>,
}

impl Fonts {
    /// Returns the embedded fonts alone.
    pub fn builtin() -> Self {
        Self::default()
    }

    /// Returns the files of the embedded fonts, in their order.
    pub fn embedded() -> impl Iterator<Item = &'static [u8]> {
        let families = std::iter::once(&BODY).chain(&OTHERS);
        families.flat_map(|family| family.faces.iter().map(|face| face.data()))
    }

    /// Adds the .ttf, .otf and .ttc files of a folder, for characters the embedded fonts lack.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read or holds no such file.
    pub fn with_dir(path: &Path) -> Result<Self, Error> {
        let fail = |source| Error::Folder { path: path.to_owned(), source };
        let mut files = fs::read_dir(path)
            .map_err(fail)?
            .map(|entry| Ok(entry?.path()))
            .collect::<io::Result<Vec<_>>>()
            .map_err(fail)?;
        files.retain(|file| {
            file.extension().is_some_and(|extension| {
                ["ttf", "otf", "ttc"].iter().any(|known| extension.eq_ignore_ascii_case(known))
            })
        });
        if files.is_empty() {
            return Err(Error::NoFont { path: path.to_owned() });
        }
        files.sort();
        Ok(Self { folder: Some(Arc::new(Folder { files, read: OnceLock::new() })) })
    }

    /// Tells apart fonts from different folders; 0 is the embedded set alone.
    pub(super) fn key(&self) -> usize {
        self.folder.as_ref().map_or(0, |folder| Arc::as_ptr(folder).addr())
    }

    /// Reads the folder's files, the first time.
    pub(super) fn extra(&self) -> Result<&[Blob<u8>], Error> {
        let Some(folder) = &self.folder else { return Ok(&[]) };
        if let Some(read) = folder.read.get() {
            return Ok(read);
        }
        let mut blobs = Vec::new();
        for file in &folder.files {
            let bytes =
                fs::read(file).map_err(|source| Error::File { path: file.clone(), source })?;
            // A bitmap font has no outlines to embed; its glyphs would come out blank.
            if has_outlines(&bytes) {
                blobs.push(Blob::new(Arc::new(bytes)));
            }
        }
        Ok(folder.read.get_or_init(|| blobs))
    }
}

/// Whether a font file, or the first face of a collection, draws its glyphs with outlines.
fn has_outlines(file: &[u8]) -> bool {
    let number = |at: usize, size: usize| {
        let bytes = file.get(at..at + size)?;
        Some(bytes.iter().fold(0, |number, &byte| number << 8 | usize::from(byte)))
    };
    let start = if file.starts_with(b"ttcf") { number(12, 4) } else { Some(0) };
    let Some(start) = start else { return false };
    let Some(tables) = number(start + 4, 2) else { return false };
    (0..tables).any(|table| {
        let at = start + 12 + table * 16;
        matches!(file.get(at..at + 4), Some(b"glyf" | b"CFF " | b"CFF2"))
    })
}

/// An embedded family: its faces and the characters it is asked for.
pub(super) struct Family {
    pub(super) name: &'static str,
    pub(super) faces: LazyLock<Vec<Blob<u8>>>,
    ranges: &'static [(u32, u32)],
}

impl Family {
    fn has(&self, code: u32) -> bool {
        self.ranges.iter().any(|&(first, last)| (first..=last).contains(&code))
    }
}

macro_rules! family {
    ($name:literal, [$($file:literal),+], $ranges:expr) => {
        Family {
            name: $name,
            faces: LazyLock::new(|| {
                vec![$({
                    let bytes: &'static [u8] =
                        include_bytes!(concat!("../../fonts/", $file, ".ttf"));
                    Blob::new(Arc::new(bytes))
                }),+]
            }),
            ranges: $ranges,
        }
    };
}

/// The family that everything is set in unless it lacks the character.
pub(super) static BODY: Family = family!(
    "Noto Serif",
    ["NotoSerif-Regular", "NotoSerif-Bold", "NotoSerif-Italic", "NotoSerif-BoldItalic"],
    &[]
);

/// The families of other scripts, each called in by the characters of its blocks.
pub(super) static OTHERS: [Family; 10] = [
    family!(
        "Noto Naskh Arabic",
        ["NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold"],
        &[(0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)]
    ),
    family!(
        "Noto Serif Hebrew",
        ["NotoSerifHebrew-Regular", "NotoSerifHebrew-Bold"],
        &[(0x0590, 0x05FF), (0xFB1D, 0xFB4F)]
    ),
    family!(
        "Noto Serif Armenian",
        ["NotoSerifArmenian-Regular", "NotoSerifArmenian-Bold"],
        &[(0x0530, 0x058F), (0xFB13, 0xFB17)]
    ),
    family!(
        "Noto Serif Devanagari",
        ["NotoSerifDevanagari-Regular", "NotoSerifDevanagari-Bold"],
        &[(0x0900, 0x097F), (0x1CD0, 0x1CFF), (0xA830, 0xA839), (0xA8E0, 0xA8FF)]
    ),
    family!(
        "Noto Serif Gurmukhi",
        ["NotoSerifGurmukhi-Regular", "NotoSerifGurmukhi-Bold"],
        &[(0x0A00, 0x0A7F), (0x262C, 0x262C)]
    ),
    family!(
        "Noto Serif Khmer",
        ["NotoSerifKhmer-Regular", "NotoSerifKhmer-Bold"],
        &[(0x1780, 0x17FF), (0x19E0, 0x19FF)]
    ),
    family!("Noto Serif Lao", ["NotoSerifLao-Regular", "NotoSerifLao-Bold"], &[(0x0E80, 0x0EFF)]),
    family!(
        "Noto Serif Thai",
        ["NotoSerifThai-Regular", "NotoSerifThai-Bold"],
        &[(0x0E00, 0x0E7F)]
    ),
    family!("Noto Sans Math", ["NotoSansMath-Regular"], &[(0x2190, 0x21FF), (0x2200, 0x22FF)]),
    family!(
        "Noto Sans Symbols2",
        ["NotoSansSymbols2-Regular"],
        &[(0x25A0, 0x25FF), (0x2610, 0x2612), (0x2713, 0x2718)]
    ),
];

/// Returns the places in [`OTHERS`] of the families that a letter's characters call in.
pub(super) fn called_in(characters: &BTreeSet<char>) -> Vec<usize> {
    (0..OTHERS.len())
        .filter(|&family| characters.iter().any(|&c| OTHERS[family].has(u32::from(c))))
        .collect()
}
