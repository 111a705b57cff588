//! Which glyph of a cluster speaks for which of its characters.

use std::ops::Range;

use parley::{FontData, Glyph, fontique};

/// A font's own table from characters to glyphs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nominal(Option<fontique::CharmapIndex>);

impl Nominal {
    fn new(font: &FontData) -> Self {
        let source = fontique::SourceKind::Memory(font.data.clone());
        let source = fontique::SourceInfo::new(fontique::SourceId::new(), source);
        let info = fontique::FontInfo::from_source(source, font.index);
        Self(info.map(|info| info.charmap_index()))
    }

    fn glyph(self, c: char, font: &FontData) -> Option<u32> {
        self.0?.charmap(font.data.data())?.map(u32::from(c))
    }
}

/// The tables of the fonts that a thread has met, by file and face.
#[derive(Debug, Default)]
pub(super) struct Nominals(Vec<(u64, u32, Nominal)>);

impl Nominals {
    pub(super) fn of(&mut self, font: &FontData) -> Nominal {
        let (id, index) = (font.data.id(), font.index);
        if let Some((_, _, known)) = self.0.iter().find(|known| (known.0, known.1) == (id, index)) {
            return *known;
        }
        let table = Nominal::new(font);
        self.0.push((id, index, table));
        table
    }
}

/// Shares a cluster's characters among its glyphs, each character to one glyph.
///
/// A glyph that a character has in the font's own table gets that character; what is left goes to
/// the glyphs that are left. Put in the order of their characters, the glyphs then read as the
/// text, even where a vowel is drawn before the consonant it follows. A glyph that is one too many
/// gets an empty range.
pub(super) fn share(
    cluster: &str,
    glyphs: &[Glyph],
    right_to_left: bool,
    font: &FontData,
    nominal: Nominal,
) -> Vec<Range<u32>> {
    if glyphs.len() < 2 {
        return glyphs.iter().map(|_| 0..length(cluster)).collect();
    }
    let mut shares: Vec<Option<Range<u32>>> = vec![None; glyphs.len()];
    // Each character's place, and the glyph that is nominally its own.
    let mut characters = Vec::new();
    for (at, c) in cluster.char_indices() {
        let range = length(&cluster[..at])..length(&cluster[..at + c.len_utf8()]);
        let own = nominal.glyph(c, font);
        let glyph = (0..glyphs.len())
            .find(|&glyph| shares[glyph].is_none() && Some(glyphs[glyph].id) == own)
            // A short vowel i has a glyph for every width of consonant; it is drawn first.
            .or_else(|| (is_drawn_first(c) && shares[0].is_none()).then_some(0));
        if let Some(glyph) = glyph {
            shares[glyph] = Some(range.clone());
        }
        characters.push((range, glyph));
    }
    let mut free: Vec<usize> = (0..glyphs.len()).filter(|&at| shares[at].is_none()).collect();
    if !right_to_left {
        free.reverse();
    }
    let (mut to, mut owned, mut waiting) = (None, true, None);
    for (range, own) in characters {
        match own {
            Some(_) => to = own,
            // The first of some characters without a glyph takes the next free one.
            None if owned => to = free.pop().or(to),
            None => {}
        }
        owned = own.is_some();
        let Some(glyph) = to else {
            // Nothing before it to join: it joins what follows.
            waiting.get_or_insert(range.start);
            continue;
        };
        let start = waiting.take().unwrap_or(range.start);
        shares[glyph] = Some(match shares[glyph].take() {
            Some(share) => share.start.min(start)..share.end.max(range.end),
            None => start..range.end,
        });
    }
    let end = length(cluster);
    shares.into_iter().map(|share| share.unwrap_or(end..end)).collect()
}

/// The vowels i of Devanagari and Gurmukhi, and Khmer's e, ae and ai.
fn is_drawn_first(c: char) -> bool {
    matches!(c, '\u{93F}' | '\u{A3F}' | '\u{17C1}'..='\u{17C3}')
}

pub(super) fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}
