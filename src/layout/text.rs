//! A paragraph's text, broken into lines of shaped glyphs.

use std::{borrow::Cow, cell::RefCell, collections::BTreeSet};

use parley::{
    Alignment, AlignmentOptions, FontContext, FontData, FontFamily, FontFamilyName, FontStyle,
    FontWeight, Layout, LayoutContext, LineHeight, OverflowWrap, StyleProperty, WhiteSpaceCollapse,
    fontique::{Blob, Collection, CollectionOptions, FontInfo, SourceCache},
};

use super::{
    Error, Fonts,
    blocks::Inline,
    clusters::{Nominal, share},
    error::{Missing, printable},
    fonts::{BODY, OTHERS, called_in},
    pages::{Font, Glyph, Line, Owner, Run},
};

/// How a paragraph is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Face {
    pub(super) size: f32,
    /// From baseline to baseline, as a multiple of the size.
    pub(super) leading: f32,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) gray: u8,
    pub(super) align: Alignment,
}

/// A line as set, its runs' places counted from the paragraph's left edge.
#[derive(Debug)]
pub(super) struct SetLine {
    pub(super) line: Line,
    pub(super) height: f32,
    /// From the line's top.
    pub(super) baseline: f32,
}

/// A shaped paragraph that is not yet broken into lines.
pub(super) struct Shaped {
    layout: Layout<u32>,
    face: Face,
}

impl Shaped {
    /// The widths of the longest unbreakable word and of the text on one line.
    pub(super) fn widths(&self) -> (f32, f32) {
        let widths = self.layout.calculate_content_widths();
        (widths.min, widths.max)
    }

    pub(super) fn is_rtl(&self) -> bool {
        self.layout.is_rtl()
    }
}

thread_local! {
    /// Parsed fonts and scratch space, kept from letter to letter.
    static CONTEXT: RefCell<Option<Context>> = const { RefCell::new(None) };
}

struct Context {
    key: usize,
    fonts: FontContext,
    layout: LayoutContext<u32>,
    /// Families of [`OTHERS`] that are registered.
    others: [bool; OTHERS.len()],
    body: Vec<FontInfo>,
    other_faces: Vec<Vec<FontInfo>>,
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
    fn new(fonts: &Fonts) -> Self {
        let mut collection =
            Collection::new(CollectionOptions { shared: false, system_fonts: false });
        let body = register(&mut collection, BODY.name, &BODY.faces);
        Self {
            key: fonts.key(),
            fonts: FontContext { collection, source_cache: SourceCache::default() },
            layout: LayoutContext::new(),
            others: [false; OTHERS.len()],
            body,
            other_faces: (0..OTHERS.len()).map(|_| Vec::new()).collect(),
            extra: None,
            _owner: fonts.clone(),
        }
    }
}

fn register(collection: &mut Collection, name: &str, faces: &[Blob<u8>]) -> Vec<FontInfo> {
    let named =
        parley::fontique::FontInfoOverride { family_name: Some(name), ..Default::default() };
    faces
        .iter()
        .flat_map(|face| collection.register_fonts(face.clone(), Some(named)))
        .flat_map(|(_, faces)| faces)
        .collect()
}

fn has(info: &FontInfo, data: &[u8], c: char) -> bool {
    info.charmap_index()
        .charmap(data)
        .and_then(|charmap| charmap.map(u32::from(c)))
        .is_some_and(|glyph| glyph != 0)
}

/// Sets the text of one letter.
pub(super) struct Setter {
    context: Context,
    stack: Vec<String>,
    /// Fonts used so far, in order of first use.
    pub(super) fonts: Vec<Font>,
    /// Beside each font, its own table.
    nominal: Vec<Nominal>,
    missing: Vec<Missing>,
}

impl Setter {
    /// Chooses the fonts for a letter's texts.
    ///
    /// # Errors
    ///
    /// When a character is in no font, or a font folder cannot be read.
    pub(super) fn new<'a>(
        texts: impl Iterator<Item = &'a str> + Clone,
        fonts: &Fonts,
    ) -> Result<Self, Error> {
        let context = CONTEXT
            .with(|kept| kept.borrow_mut().take())
            .filter(|context| context.key == fonts.key())
            .unwrap_or_else(|| Context::new(fonts));
        let mut setter = Self {
            context,
            stack: vec![BODY.name.to_owned()],
            fonts: Vec::new(),
            nominal: Vec::new(),
            missing: Vec::new(),
        };
        let result = setter.choose(texts, fonts);
        match result {
            Ok(()) => Ok(setter),
            Err(error) => {
                setter.keep();
                Err(error)
            }
        }
    }

    /// Gives the context back for the thread's next letter.
    ///
    /// # Errors
    ///
    /// When some text could not be shown.
    pub(super) fn finish(mut self) -> Result<Vec<Font>, Error> {
        let fonts = std::mem::take(&mut self.fonts);
        let missing = std::mem::take(&mut self.missing);
        self.keep();
        if missing.is_empty() { Ok(fonts) } else { Err(Error::MissingGlyph(missing)) }
    }

    fn keep(self) {
        CONTEXT.with(|kept| *kept.borrow_mut() = Some(self.context));
    }

    fn choose<'a>(
        &mut self,
        texts: impl Iterator<Item = &'a str> + Clone,
        fonts: &Fonts,
    ) -> Result<(), Error> {
        let mut characters: BTreeSet<char> = texts
            .clone()
            .flat_map(str::chars)
            .filter(|c| !c.is_ascii() || c.is_ascii_control())
            .collect();
        characters.remove(&'\n');
        let called = called_in(&characters);
        let collection = &mut self.context.fonts.collection;
        for &family in &called {
            let other = &OTHERS[family];
            if !self.context.others[family] {
                self.context.others[family] = true;
                self.context.other_faces[family] = register(collection, other.name, &other.faces);
            }
            self.stack.push(other.name.to_owned());
        }
        let context = &self.context;
        characters.retain(|&c| {
            let in_family = |faces: &[FontInfo], blobs: &[Blob<u8>]| {
                faces
                    .first()
                    .zip(blobs.first())
                    .is_some_and(|(face, blob)| has(face, blob.data(), c))
            };
            !(printable(c)
                && (is_ignorable(c)
                    || c.is_whitespace()
                    || in_family(&context.body, &BODY.faces)
                    || called.iter().any(|&family| {
                        in_family(&context.other_faces[family], &OTHERS[family].faces)
                    })))
        });
        if !characters.is_empty() {
            self.choose_extra(&mut characters, fonts)?;
        }
        for text in texts {
            for (at, c) in text.char_indices() {
                if characters.remove(&c) {
                    self.missing.push(Missing::new(c, around(text, at)));
                }
            }
            if characters.is_empty() {
                break;
            }
        }
        if self.missing.is_empty() {
            Ok(())
        } else {
            Err(Error::MissingGlyph(std::mem::take(&mut self.missing)))
        }
    }

    /// Calls in families of the user's folder, and takes the characters they have from `wanted`.
    fn choose_extra(&mut self, wanted: &mut BTreeSet<char>, fonts: &Fonts) -> Result<(), Error> {
        if self.context.extra.is_none() {
            let collection = &mut self.context.fonts.collection;
            let mut families: Vec<Extra> = Vec::new();
            for blob in fonts.extra()? {
                for (id, faces) in collection.register_fonts(blob.clone(), None) {
                    let Some(name) = collection.family_name(id).map(str::to_owned) else {
                        continue;
                    };
                    let faces = faces.into_iter().map(|face| (face, blob.clone()));
                    match families.iter_mut().find(|family| family.name == name) {
                        Some(family) => family.faces.extend(faces),
                        None => families.push(Extra { name, faces: faces.collect() }),
                    }
                }
            }
            self.context.extra = Some(families);
        }
        for family in self.context.extra.iter().flatten() {
            let before = wanted.len();
            wanted.retain(|&c| {
                !(printable(c) && family.faces.iter().any(|(face, blob)| has(face, blob.data(), c)))
            });
            if wanted.len() < before {
                self.stack.push(family.name.clone());
            }
        }
        Ok(())
    }

    /// Shapes a paragraph; span `n` of the text becomes brush `n`.
    pub(super) fn shape(&mut self, inline: &Inline, face: Face) -> Shaped {
        let text = &inline.text;
        let Context { fonts, layout, .. } = &mut self.context;
        let mut builder = layout.ranged_builder(fonts, text, 1.0, false);
        let families: Vec<_> =
            self.stack.iter().map(|name| FontFamilyName::Named(Cow::Borrowed(name))).collect();
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(Cow::Borrowed(&families))));
        builder.push_default(StyleProperty::FontSize(face.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(face.leading)));
        // `Anywhere` would make every column of a table one letter wide.
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::BreakWord));
        // The space before a break hangs, so that right-aligned lines end in ink.
        builder.push_default(StyleProperty::WhiteSpaceCollapse(WhiteSpaceCollapse::Collapse));
        for (brush, span) in (0..).zip(&inline.spans) {
            let range = span.range.clone();
            builder.push(StyleProperty::Brush(brush), range.clone());
            if face.bold || span.style.bold {
                builder.push(StyleProperty::FontWeight(FontWeight::BOLD), range.clone());
            }
            // Emphasis inside italics stands out by standing up.
            if face.italic != span.style.italic {
                builder.push(StyleProperty::FontStyle(FontStyle::Italic), range);
            }
        }
        Shaped { layout: builder.build(text), face }
    }

    /// Breaks a shaped paragraph into lines no wider than `width`.
    ///
    /// `owners` has one owner for each span; `inline` is the text that was shaped.
    pub(super) fn lines(
        &mut self,
        shaped: &mut Shaped,
        inline: &Inline,
        width: f32,
        owners: &[Owner],
    ) -> Vec<SetLine> {
        let face = shaped.face;
        if inline.text.is_empty() {
            // Shaping measures an empty text by a space that is not there.
            return Vec::new();
        }
        shaped.layout.break_all_lines(Some(width));
        shaped.layout.align(face.align, AlignmentOptions::default());
        let text = &inline.text;
        let mut lines = Vec::with_capacity(shaped.layout.len());
        for line in shaped.layout.lines() {
            let range = line.text_range();
            let shown = text[range.clone()].trim_end_matches('\n');
            if shown.is_empty() {
                continue;
            }
            let mut runs: Vec<(u32, Run)> = Vec::new();
            let mut x = line.metrics().offset + line.metrics().inline_min_coord;
            // Tall scripts get the room they need; Latin keeps an even beat.
            let mut above = face.size * 1.06;
            let mut below = face.size * (face.leading - 1.06);
            for run in line.runs() {
                let font = self.font(run.font());
                if font.1 {
                    above = above.max(run.font_metrics().ascent * 0.92);
                    below = below.max(run.font_metrics().descent * 0.92);
                }
                let mut clusters: Vec<(u32, u32, u32, Vec<parley::Glyph>)> = Vec::new();
                for cluster in run.clusters() {
                    if cluster.is_hard_line_break() {
                        continue;
                    }
                    let at = cluster.text_range();
                    let (start, end) = (offset(at.start, range.start), offset(at.end, range.start));
                    // A ligature's glyphs hang on its first cluster and stand for all of them.
                    match clusters.last_mut() {
                        Some(last) if cluster.is_ligature_continuation() => last.1 = end,
                        _ => clusters.push((
                            start,
                            end,
                            cluster.style().brush,
                            cluster.glyphs().collect(),
                        )),
                    }
                }
                if run.is_rtl() {
                    clusters.reverse();
                }
                let mut brush = None;
                for (start, end, span, shaped_glyphs) in clusters {
                    if brush != Some(span) {
                        brush = Some(span);
                        let owner = owners.get(span as usize).or(owners.last()).copied();
                        runs.push((
                            start,
                            Run {
                                owner: owner.unwrap_or(Owner::Node(0)),
                                font: font.0,
                                size: face.size,
                                gray: face.gray,
                                right_to_left: run.is_rtl(),
                                x,
                                glyphs: Vec::new(),
                            },
                        ));
                    }
                    let Some((first, last)) = runs.last_mut() else { continue };
                    *first = start.min(*first);
                    let cluster = &shown[start as usize..(end as usize).min(shown.len())];
                    let nominal = self.nominal[font.0];
                    let shares = share(cluster, &shaped_glyphs, run.is_rtl(), run.font(), nominal);
                    for (glyph, share) in shaped_glyphs.into_iter().zip(shares) {
                        if glyph.id == 0 && cluster.chars().all(is_ignorable) {
                            continue;
                        }
                        if glyph.id == 0 {
                            miss(&mut self.missing, text, range.start + start as usize, cluster);
                        }
                        x += glyph.advance;
                        last.glyphs.push(Glyph {
                            id: glyph.id,
                            advance: glyph.advance,
                            x: glyph.x,
                            y: -glyph.y,
                            start: start + share.start,
                            end: start + share.end,
                        });
                    }
                }
            }
            runs.retain(|(_, run)| !run.glyphs.is_empty());
            runs.sort_by_key(|&(start, _)| start);
            lines.push(SetLine {
                line: Line {
                    text: shown.to_owned(),
                    baseline: 0.0,
                    runs: runs.into_iter().map(|(_, run)| run).collect(),
                },
                height: above + below,
                baseline: above,
            });
        }
        lines
    }

    /// Returns a font's number in the letter, and whether it is other than the body's.
    fn font(&mut self, font: &FontData) -> (usize, bool) {
        let foreign = !BODY.faces.iter().any(|face| face.id() == font.data.id());
        let same = |known: &Font| known.id() == font.data.id() && known.index() == font.index;
        let number = self.fonts.iter().position(same).unwrap_or_else(|| {
            self.fonts.push(Font(font.clone()));
            self.nominal.push(Nominal::new(font));
            self.fonts.len() - 1
        });
        (number, foreign)
    }
}

/// A byte offset from a line's start. A line is far shorter than 4 GiB.
fn offset(at: usize, from: usize) -> u32 {
    u32::try_from(at.saturating_sub(from)).unwrap_or(u32::MAX)
}

/// Notes a cluster that came out as a box though each of its characters is in some font.
fn miss(missing: &mut Vec<Missing>, text: &str, at: usize, cluster: &str) {
    let character = cluster.chars().rev().find(|&c| !is_ignorable(c));
    if let Some(c) = character.filter(|c| missing.iter().all(|known| known.character != *c)) {
        missing.push(Missing::new(c, around(text, at)));
    }
}

/// Returns at most twenty characters of the text around a place.
fn around(text: &str, at: usize) -> String {
    let start = text[..at].char_indices().rev().nth(9).map_or(0, |(start, _)| start);
    text[start..].chars().take(20).map(|c| if c == '\n' { ' ' } else { c }).collect()
}

/// Characters that steer shaping or breaking and show nothing themselves.
fn is_ignorable(c: char) -> bool {
    matches!(
        u32::from(c),
        0x00AD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F
            | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F
            | 0xFFA0 | 0xE0000..=0xE0FFF
    )
}
