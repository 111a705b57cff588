//! A paragraph's text, broken into lines of shaped glyphs.

use std::ops::Range;

use parley::{AlignmentOptions, FontData, Layout};

use super::{
    choice::{around, is_ignorable},
    clusters::{Nominals, length, share},
    error::Missing,
    fonts::BODY,
    pages::{Glyph, Line, Owner, Run},
    text::Face,
};

/// From a line's top to its baseline, as a multiple of the size: the body font's own ascent.
pub(super) const ASCENT: f32 = 1.06;

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
    pub(super) lines: Vec<SetLine>,
    /// In order of first use.
    pub(super) fonts: Vec<FontData>,
    pub(super) missing: Vec<Missing>,
}

/// Breaks a layout into lines no wider than `width`.
pub(super) fn set(
    layout: &mut Layout<u32>,
    text: &str,
    face: Face,
    width: f32,
    tables: &mut Nominals,
) -> Set {
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
