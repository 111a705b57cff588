//! Which fonts a letter is set in: the body's, those its scripts call in, and those of the user's
//! folder that have what is still missing.

use std::{
    cell::RefCell,
    collections::{BTreeSet, HashMap},
    rc::Rc,
};

use parley::{
    FontContext, LayoutContext,
    fontique::{Blob, Collection, CollectionOptions, FontInfo, FontInfoOverride, SourceCache},
};

use super::{
    Error, Fonts,
    clusters::Nominals,
    error::{Missing, printable},
    fonts::{BODY, Family, OTHERS, called_in},
    kept::Kept,
};

thread_local! {
    /// Parsed fonts and scratch space, kept from letter to letter.
    static CONTEXT: RefCell<Option<Context>> = const { RefCell::new(None) };
}

/// The fonts known so far to a thread. What a letter is set in follows from the letter alone.
pub(super) struct Context {
    pub(super) fonts: FontContext,
    pub(super) layout: LayoutContext<u32>,
    pub(super) kept: Kept,
    pub(super) nominal: Nominals,
    key: usize,
    body: Vec<FontInfo>,
    /// The body's family alone.
    pub(super) plain: Rc<[String]>,
    /// Characters beyond ASCII that were asked for, and whether the body has them.
    asked: HashMap<char, bool>,
    /// Beside each of [`OTHERS`], its faces once it is registered.
    others: Vec<Option<Vec<FontInfo>>>,
    extra: Option<Vec<Extra>>,
    /// Held so that the folder's address, which is the key, is not used again.
    _owner: Fonts,
}

/// A family from the user's folder.
struct Extra {
    name: String,
    faces: Vec<(FontInfo, Blob<u8>)>,
}

impl Context {
    /// Takes the thread's context, or makes one for these fonts.
    pub(super) fn take(fonts: &Fonts) -> Self {
        CONTEXT
            .with(|kept| kept.borrow_mut().take())
            .filter(|context| context.key == fonts.key())
            .unwrap_or_else(|| Self::new(fonts))
    }

    /// Keeps the context for the thread's next letter.
    pub(super) fn keep(self) {
        CONTEXT.with(|kept| *kept.borrow_mut() = Some(self));
    }

    fn new(fonts: &Fonts) -> Self {
        let mut collection =
            Collection::new(CollectionOptions { shared: false, system_fonts: false });
        let body = register(&mut collection, &BODY);
        Self {
            fonts: FontContext { collection, source_cache: SourceCache::default() },
            layout: LayoutContext::new(),
            kept: Kept::default(),
            nominal: Nominals::default(),
            key: fonts.key(),
            body,
            plain: Rc::from([embedded(&BODY)]),
            asked: HashMap::new(),
            others: (0..OTHERS.len()).map(|_| None).collect(),
            extra: None,
            _owner: fonts.clone(),
        }
    }

    /// Returns the families to set these texts in, the first that has a character first.
    pub(super) fn choose<'a>(
        &mut self,
        texts: impl Iterator<Item = &'a str> + Clone,
        fonts: &Fonts,
    ) -> Result<Vec<String>, Error> {
        let mut wanted: BTreeSet<char> = texts
            .clone()
            .flat_map(str::chars)
            .filter(|&c| !matches!(c, ' '..='~' | '\n'))
            .collect();
        let mut families = vec![embedded(&BODY)];
        let called = called_in(&wanted);
        wanted.retain(|&c| !printable(c) || !is_ignorable(c) && !c.is_whitespace());
        wanted.retain(|&c| !self.is_in_body(c));
        for family in called {
            let collection = &mut self.fonts.collection;
            let faces =
                self.others[family].get_or_insert_with(|| register(collection, &OTHERS[family]));
            remove(&mut wanted, faces, &OTHERS[family]);
            families.push(embedded(&OTHERS[family]));
        }
        if !wanted.is_empty() {
            self.choose_extra(&mut wanted, &mut families, fonts)?;
        }
        let mut missing = Vec::new();
        for text in texts {
            if wanted.is_empty() {
                break;
            }
            for (at, c) in text.char_indices() {
                if wanted.remove(&c) {
                    missing.push(Missing::new(c, around(text, at)));
                }
            }
        }
        if missing.is_empty() { Ok(families) } else { Err(Error::MissingGlyph(missing)) }
    }

    /// Whether the body has every character of a text, so that no other family has a say in it.
    pub(super) fn is_plain(&mut self, text: &str) -> bool {
        text.chars().all(|c| matches!(c, ' '..='~' | '\n') || self.is_in_body(c))
    }

    /// Whether the body has a character that can be seen.
    fn is_in_body(&mut self, c: char) -> bool {
        /// More than a house's letters hold; past it, they were some member's words.
        const MOST: usize = 1024;
        if self.asked.len() > MOST {
            self.asked.clear();
        }
        let (Some(face), Some(blob)) = (self.body.first(), BODY.faces.first()) else {
            return false;
        };
        *self.asked.entry(c).or_insert_with(|| printable(c) && has(face, blob, c))
    }

    /// Calls in families of the user's folder, and takes the characters they have from `wanted`.
    fn choose_extra(
        &mut self,
        wanted: &mut BTreeSet<char>,
        families: &mut Vec<String>,
        fonts: &Fonts,
    ) -> Result<(), Error> {
        if self.extra.is_none() {
            let collection = &mut self.fonts.collection;
            let mut found: Vec<Extra> = Vec::new();
            for blob in fonts.extra()? {
                let mut families = collection.register_fonts(blob.clone(), None);
                // In the order of the file's faces: the registry's own differs from run to run.
                families.sort_by_key(|(_, faces)| faces.iter().map(FontInfo::index).min());
                for (id, faces) in families {
                    let Some(name) = collection.family_name(id).map(str::to_owned) else {
                        continue;
                    };
                    let faces = faces.into_iter().map(|face| (face, blob.clone()));
                    match found.iter_mut().find(|family| family.name == name) {
                        Some(family) => family.faces.extend(faces),
                        None => found.push(Extra { name, faces: faces.collect() }),
                    }
                }
            }
            self.extra = Some(found);
        }
        for family in self.extra.iter().flatten() {
            let before = wanted.len();
            wanted.retain(|&c| {
                let has = |(face, blob): &(FontInfo, Blob<u8>)| has(face, blob, c);
                !printable(c) || !family.faces.iter().any(has)
            });
            if wanted.len() < before {
                families.push(family.name.clone());
            }
        }
        Ok(())
    }
}

/// The name an embedded family goes by. A folder may hold another of the same name.
fn embedded(family: &Family) -> String {
    format!("embedded {}", family.name)
}

fn register(collection: &mut Collection, family: &Family) -> Vec<FontInfo> {
    let name = embedded(family);
    let named = FontInfoOverride { family_name: Some(&name), ..FontInfoOverride::default() };
    let faces = family.faces.iter();
    faces
        .flat_map(|face| collection.register_fonts(face.clone(), Some(named)))
        .flat_map(|(_, faces)| faces)
        .collect()
}

/// Takes the characters that a family has from `wanted`. Its faces all have the same.
fn remove(wanted: &mut BTreeSet<char>, faces: &[FontInfo], family: &Family) {
    if let (Some(face), Some(blob)) = (faces.first(), family.faces.first()) {
        wanted.retain(|&c| !printable(c) || !has(face, blob, c));
    }
}

fn has(face: &FontInfo, blob: &Blob<u8>, c: char) -> bool {
    let charmap = face.charmap_index().charmap(blob.data());
    charmap.and_then(|charmap| charmap.map(u32::from(c))).is_some_and(|glyph| glyph != 0)
}

/// Returns at most twenty characters of the text around a place.
pub(super) fn around(text: &str, at: usize) -> String {
    let start = text[..at].char_indices().rev().nth(9).map_or(0, |(start, _)| start);
    text[start..].chars().take(20).map(|c| if c == '\n' { ' ' } else { c }).collect()
}

/// Characters that steer shaping or breaking and show nothing themselves.
pub(crate) fn is_ignorable(c: char) -> bool {
    matches!(
        u32::from(c),
        0x00AD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F
            | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F
            | 0xFFA0 | 0xE0000..=0xE0FFF
    )
}
