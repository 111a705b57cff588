//! A paragraph's text, broken into lines of shaped glyphs.

use std::{borrow::Cow, ops::Range};

use parley::{
    Alignment, AlignmentOptions, FontData, FontFamily, FontFamilyName, FontStyle, FontWeight,
    Layout, LineHeight, OverflowWrap, StyleProperty, WhiteSpaceCollapse,
};

use super::{
    Error, Fonts,
    blocks::Inline,
    choice::{Context, around, is_ignorable},
    clusters::{Nominal, share},
    error::Missing,
    fonts::BODY,
    pages::{Font, Glyph, Line, Owner, Run},
};

/// From a line's top to its baseline, as a multiple of the size: the body font's own ascent.
pub(super) const ASCENT: f32 = 1.06;

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

/// Sets the text of one letter.
pub(super) struct Setter {
    context: Context,
    families: Vec<String>,
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
        let mut context = Context::take(fonts);
        match context.choose(texts, fonts) {
            Ok(families) => Ok(Self {
                context,
                families,
                fonts: Vec::new(),
                nominal: Vec::new(),
                missing: Vec::new(),
            }),
            Err(error) => {
                context.keep();
                Err(error)
            }
        }
    }

    /// Gives the context back for the thread's next letter.
    ///
    /// # Errors
    ///
    /// When some text could not be shown.
    pub(super) fn finish(self) -> Result<Vec<Font>, Error> {
        self.context.keep();
        if self.missing.is_empty() {
            Ok(self.fonts)
        } else {
            Err(Error::MissingGlyph(self.missing))
        }
    }

    /// Shapes a paragraph; span `n` of the text becomes brush `n`.
    pub(super) fn shape(&mut self, inline: &Inline, face: Face) -> Shaped {
        let text = &inline.text;
        let Context { fonts, layout, .. } = &mut self.context;
        let mut builder = layout.ranged_builder(fonts, text, 1.0, false);
        let families: Vec<_> =
            self.families.iter().map(|name| FontFamilyName::Named(Cow::Borrowed(name))).collect();
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
            let mut above = face.size * ASCENT;
            let mut below = face.size * (face.leading - ASCENT);
            for run in line.runs() {
                if !is_body(run.font()) {
                    above = above.max(run.font_metrics().ascent * 0.92);
                    below = below.max(run.font_metrics().descent * 0.92);
                }
                x = self.runs(&run, text, range.clone(), (x, face), owners, &mut runs);
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

    /// Adds a run's glyphs, cut where the owner changes, and returns where they end.
    fn runs(
        &mut self,
        run: &parley::Run<'_, u32>,
        text: &str,
        line: Range<usize>,
        (mut x, face): (f32, Face),
        owners: &[Owner],
        runs: &mut Vec<(u32, Run)>,
    ) -> f32 {
        let font = self.font(run.font());
        let shown = text[line.clone()].trim_end_matches('\n');
        let mut clusters: Vec<(u32, u32, u32, Vec<parley::Glyph>)> = Vec::new();
        for cluster in run.clusters().filter(|cluster| !cluster.is_hard_line_break()) {
            let at = cluster.text_range();
            let (start, end) = (offset(at.start, line.start), offset(at.end, line.start));
            // A ligature's glyphs hang on its first cluster and stand for all of them.
            match clusters.last_mut() {
                Some(last) if cluster.is_ligature_continuation() => last.1 = end,
                _ => {
                    let glyphs = cluster.glyphs().collect();
                    clusters.push((start, end, cluster.style().brush, glyphs));
                }
            }
        }
        if run.is_rtl() {
            clusters.reverse();
        }
        let mut brush = None;
        for (start, end, span, glyphs) in clusters {
            if brush != Some(span) {
                brush = Some(span);
                let owner = owners.get(span as usize).or(owners.last()).copied();
                runs.push((
                    start,
                    Run {
                        owner: owner.unwrap_or(Owner::Node(0)),
                        font,
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
            let shares = share(cluster, &glyphs, run.is_rtl(), run.font(), self.nominal[font]);
            for (glyph, share) in glyphs.into_iter().zip(shares) {
                if glyph.id == 0 {
                    if cluster.chars().all(is_ignorable) {
                        continue;
                    }
                    miss(&mut self.missing, text, line.start + start as usize, cluster);
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
        x
    }

    /// Returns a font's number in the letter.
    fn font(&mut self, font: &FontData) -> usize {
        let same = |known: &Font| known.id() == font.data.id() && known.index() == font.index;
        self.fonts.iter().position(same).unwrap_or_else(|| {
            self.fonts.push(Font(font.clone()));
            self.nominal.push(Nominal::new(font));
            self.fonts.len() - 1
        })
    }
}

fn is_body(font: &FontData) -> bool {
    BODY.faces.iter().any(|face| face.id() == font.data.id())
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
