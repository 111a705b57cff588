//! A paragraph's text, broken into lines of shaped glyphs.

use std::{borrow::Cow, ops::Range, rc::Rc};

use parley::{
    Alignment, AlignmentOptions, FontData, FontFamily, FontFamilyName, FontStyle, FontWeight,
    Layout, LineHeight, OverflowWrap, StyleProperty, WhiteSpaceCollapse,
};

use super::{
    Error, Fonts,
    blocks::Inline,
    choice::{Context, around, is_ignorable},
    clusters::{Nominals, length, share},
    error::Missing,
    fonts::BODY,
    kept::{Key, Known},
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
#[derive(Debug, Clone)]
pub(super) struct SetLine {
    pub(super) line: Line,
    pub(super) height: f32,
    /// From the line's top.
    pub(super) baseline: f32,
}

/// A paragraph's lines, apart from any letter: a run is owned by the span it is in, and points into the
/// paragraph's own fonts.
#[derive(Debug)]
pub(super) struct Set {
    lines: Vec<SetLine>,
    /// In order of first use.
    fonts: Vec<FontData>,
    missing: Vec<Missing>,
}

/// A shaped paragraph that is not yet broken into lines.
pub(super) struct Shaped {
    known: Rc<Known>,
    /// None while what is known is enough.
    layout: Option<Layout<u32>>,
    face: Face,
}

impl Shaped {
    pub(super) fn is_rtl(&self) -> bool {
        self.known.right_to_left
    }
}

/// Sets the text of one letter.
pub(super) struct Setter {
    context: Context,
    families: Rc<[String]>,
    /// Fonts used so far, in order of first use.
    pub(super) fonts: Vec<Font>,
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
                families: families.into(),
                fonts: Vec::new(),
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

    /// Shapes a paragraph, unless it is known already.
    pub(super) fn shape(&mut self, inline: &Inline, face: Face) -> Shaped {
        let key = Key::new(inline, face, &self.families);
        if let Some(known) = self.context.kept.find(&key) {
            return Shaped { known, layout: None, face };
        }
        let layout = self.layout(inline, face);
        let known = Rc::new(Known::new(layout.is_rtl()));
        self.context.kept.keep(key, &known);
        Shaped { known, layout: Some(layout), face }
    }

    /// The widths of a paragraph's longest unbreakable word and of its text on one line.
    pub(super) fn widths(&mut self, shaped: &mut Shaped, inline: &Inline) -> (f32, f32) {
        let known = Rc::clone(&shaped.known);
        known.widths.get().unwrap_or_else(|| {
            let face = shaped.face;
            let layout = shaped.layout.get_or_insert_with(|| self.layout(inline, face));
            let widths = layout.calculate_content_widths();
            known.widths.set(Some((widths.min, widths.max)));
            (widths.min, widths.max)
        })
    }

    /// Shapes a paragraph; span `n` of the text becomes brush `n`.
    fn layout(&mut self, inline: &Inline, face: Face) -> Layout<u32> {
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
        builder.build(text)
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
        if inline.text.is_empty() {
            // Shaping measures an empty text by a space that is not there.
            return Vec::new();
        }
        let set = shaped.known.lines(width).unwrap_or_else(|| {
            let face = shaped.face;
            let layout = shaped.layout.get_or_insert_with(|| self.layout(inline, face));
            let set = Rc::new(set(layout, &inline.text, face, width, &mut self.context.nominal));
            shaped.known.keep(width, &set);
            set
        });
        self.owned(&set, owners)
    }

    /// Takes a paragraph's lines into the letter.
    fn owned(&mut self, set: &Set, owners: &[Owner]) -> Vec<SetLine> {
        for missing in &set.missing {
            if self.missing.iter().all(|known| known.character != missing.character) {
                self.missing.push(missing.clone());
            }
        }
        let fonts: Vec<usize> = set.fonts.iter().map(|font| self.font(font)).collect();
        let mut lines = set.lines.clone();
        for run in lines.iter_mut().flat_map(|set| &mut set.line.runs) {
            run.font = fonts[run.font];
            if let Owner::Node(span) = run.owner {
                run.owner = owners.get(span).or(owners.last()).copied().unwrap_or(Owner::Node(0));
            }
        }
        lines
    }

    /// Returns a font's number in the letter.
    fn font(&mut self, font: &FontData) -> usize {
        let same = |known: &Font| known.id() == font.data.id() && known.index() == font.index;
        self.fonts.iter().position(same).unwrap_or_else(|| {
            self.fonts.push(Font(font.clone()));
            self.fonts.len() - 1
        })
    }
}

/// Breaks a layout into lines no wider than `width`.
fn set(layout: &mut Layout<u32>, text: &str, face: Face, width: f32, tables: &mut Nominals) -> Set {
    layout.break_all_lines(Some(width));
    layout.align(face.align, AlignmentOptions::default());
    let mut lines = Vec::with_capacity(layout.len());
    let mut hand = Hand { text, face, tables, fonts: Vec::new(), missing: Vec::new() };
    let (mut clusters, mut glyphs) = (Vec::new(), Vec::new());
    for line in layout.lines() {
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
            gather(&run, &range, &mut clusters, &mut glyphs);
            x = hand.runs(&run, &range, x, (&clusters, &glyphs), &mut runs);
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
    Set { lines, fonts: hand.fonts, missing: hand.missing }
}

/// Characters that are drawn together.
struct Cluster {
    /// Within the line.
    start: u32,
    end: u32,
    span: u32,
    glyphs: Range<usize>,
}

/// Collects a run's clusters as they are drawn, left to right.
fn gather(
    run: &parley::Run<'_, u32>,
    line: &Range<usize>,
    clusters: &mut Vec<Cluster>,
    glyphs: &mut Vec<parley::Glyph>,
) {
    clusters.clear();
    glyphs.clear();
    for cluster in run.clusters().filter(|cluster| !cluster.is_hard_line_break()) {
        let at = cluster.text_range();
        let (start, end) = (offset(at.start, line.start), offset(at.end, line.start));
        // A ligature's glyphs hang on its first cluster and stand for all of them.
        match clusters.last_mut() {
            Some(last) if cluster.is_ligature_continuation() => last.end = end,
            _ => {
                let from = glyphs.len();
                glyphs.extend(cluster.glyphs());
                let (span, glyphs) = (cluster.style().brush, from..glyphs.len());
                clusters.push(Cluster { start, end, span, glyphs });
            }
        }
    }
    if run.is_rtl() {
        clusters.reverse();
    }
}

/// What the runs of one paragraph have in common.
struct Hand<'a> {
    text: &'a str,
    face: Face,
    tables: &'a mut Nominals,
    fonts: Vec<FontData>,
    missing: Vec<Missing>,
}

impl Hand<'_> {
    /// Adds a run's glyphs, cut where the span changes, and returns where they end.
    fn runs(
        &mut self,
        run: &parley::Run<'_, u32>,
        line: &Range<usize>,
        mut x: f32,
        (clusters, glyphs): (&[Cluster], &[parley::Glyph]),
        runs: &mut Vec<(u32, Run)>,
    ) -> f32 {
        let font = self.font(run.font());
        let shown = self.text[line.clone()].trim_end_matches('\n');
        let mut brush = None;
        for (index, &Cluster { start, end, span, glyphs: ref own }) in clusters.iter().enumerate() {
            if brush != Some(span) {
                brush = Some(span);
                let rest = clusters[index..].iter().take_while(|cluster| cluster.span == span);
                let count = rest.map(|cluster| cluster.glyphs.len()).sum();
                runs.push((
                    start,
                    Run {
                        owner: Owner::Node(span as usize),
                        font,
                        size: self.face.size,
                        gray: self.face.gray,
                        right_to_left: run.is_rtl(),
                        x,
                        glyphs: Vec::with_capacity(count),
                    },
                ));
            }
            let Some((first, last)) = runs.last_mut() else { continue };
            *first = start.min(*first);
            let cluster = &shown[start as usize..(end as usize).min(shown.len())];
            let own = &glyphs[own.clone()];
            let shares = match own {
                [] => continue,
                [_] => Shares::Whole,
                _ => {
                    let table = self.tables.of(run.font());
                    Shares::Each(share(cluster, own, run.is_rtl(), run.font(), table))
                }
            };
            for (index, glyph) in own.iter().enumerate() {
                if glyph.id == 0 {
                    if cluster.chars().all(is_ignorable) {
                        continue;
                    }
                    miss(&mut self.missing, self.text, line.start + start as usize, cluster);
                }
                let share = match &shares {
                    Shares::Whole => 0..length(cluster),
                    Shares::Each(shares) => shares[index].clone(),
                };
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

    /// Returns a font's number in the paragraph.
    fn font(&mut self, font: &FontData) -> usize {
        let same =
            |known: &FontData| known.data.id() == font.data.id() && known.index == font.index;
        self.fonts.iter().position(same).unwrap_or_else(|| {
            self.fonts.push(font.clone());
            self.fonts.len() - 1
        })
    }
}

/// How a cluster's glyphs share its characters.
enum Shares {
    /// The only glyph has them all.
    Whole,
    Each(Vec<Range<u32>>),
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
