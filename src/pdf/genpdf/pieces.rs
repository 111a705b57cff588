//! Lines cut into strings that genpdf draws as they were laid out, or the reason why it cannot.

use std::collections::BTreeMap;

use ::genpdf::fonts::{Font, FontCache};

use super::SCALE;
use crate::layout::{Glyph, Line, Run};
use crate::pdf::{Undrawable, Why};

/// How far a letter may stand from its place, in points.
const DRIFT: f32 = 0.2;

/// How much wider or narrower than a ligature its letters may be, as a part of the size.
const LOOSE: f32 = 0.05;

/// Which character each glyph of a font stands for in the letter, and how wide it is, in thousandths
/// of the size.
pub(super) type Spoken = BTreeMap<u16, (char, f64)>;

/// A word, or as much of one as genpdf sets without drifting.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) x: f32,
    pub(super) baseline: f32,
    /// Where genpdf's letters end.
    end: f32,
    pub(super) font: Font,
    /// As genpdf counts it.
    pub(super) size: u8,
    pub(super) gray: u8,
}

/// Cuts the lines of one letter.
pub(super) struct Cutter<'a> {
    cache: &'a FontCache,
    /// The letter's fonts; none where genpdf cannot read one.
    fonts: &'a [Option<Font>],
    /// By font.
    pub(super) spoken: Vec<Spoken>,
}

impl<'a> Cutter<'a> {
    pub(super) fn new(cache: &'a FontCache, fonts: &'a [Option<Font>]) -> Self {
        Self { cache, fonts, spoken: vec![Spoken::new(); fonts.len()] }
    }

    /// Adds the pieces of a line.
    pub(super) fn line(&mut self, line: &Line, pieces: &mut Vec<Piece>) -> Result<(), Undrawable> {
        let mut read = 0;
        for run in &line.runs {
            self.run(run, line, &mut read, pieces)?;
        }
        unseen(line, read, line.text.len())
    }

    /// Adds the pieces of a run; `read` is how much of the line was read.
    fn run(
        &mut self,
        run: &Run,
        line: &Line,
        read: &mut usize,
        pieces: &mut Vec<Piece>,
    ) -> Result<(), Undrawable> {
        let at = run.range().start;
        if run.right_to_left {
            return Err(refused(line, at, Why::RightToLeft));
        }
        let font = self.fonts[run.font].ok_or_else(|| refused(line, at, Why::Font))?;
        let size = whole(run.size).ok_or_else(|| refused(line, at, Why::Size))?;
        let mut x = run.x;
        let mut open: Option<Piece> = None;
        for glyph in &run.glyphs {
            let (start, end) = (glyph.start as usize, glyph.end as usize);
            let shown = &line.text[start..end];
            if start > *read {
                unseen(line, *read, start)?;
            }
            let next = start >= *read;
            *read = end.max(*read);
            if !shown.is_empty() && shown.chars().all(char::is_whitespace) {
                pieces.extend(open.take());
                x += glyph.advance;
                continue;
            }
            let drawn = Piece {
                text: shown.to_owned(),
                x,
                baseline: line.baseline,
                end: x + self.width(shown, font, size),
                font,
                size,
                gray: run.gray,
            };
            if !next || !self.draws(glyph, &drawn, run.size) {
                return Err(refused(line, start, Why::Shaped));
            }
            self.speak(run.font, &drawn).map_err(|why| refused(line, start, why))?;
            match &mut open {
                Some(word) if (word.end - x).abs() <= DRIFT => {
                    word.text.push_str(shown);
                    word.end = word.x + self.width(&word.text, font, size);
                }
                // Where a word has drifted, another piece of it starts in the right place again.
                Some(_) | None => pieces.extend(open.replace(drawn)),
            }
            x += glyph.advance;
        }
        pieces.extend(open);
        Ok(())
    }

    /// Whether genpdf draws for a glyph's characters what the glyph shows.
    fn draws(&self, glyph: &Glyph, drawn: &Piece, size: f32) -> bool {
        let own = drawn.font.glyph_ids(self.cache, drawn.text.chars());
        let same = own.len() == 1 && own.iter().all(|&id| u32::from(id) == glyph.id);
        let latin = own.len() > 1 && drawn.text.chars().all(|c| c.is_ascii_alphabetic());
        let fits = (drawn.end - drawn.x - glyph.advance).abs() <= size * LOOSE;
        (same || latin && fits) && glyph.x == 0.0 && glyph.y == 0.0
    }

    /// Notes which characters the glyphs of a piece stand for: a PDF's font knows one for each.
    fn speak(&mut self, font: usize, drawn: &Piece) -> Result<(), Why> {
        let own = drawn.font.glyph_ids(self.cache, drawn.text.chars());
        for (id, c) in own.into_iter().zip(drawn.text.chars()) {
            let width = printpdf::Pt::from(drawn.font.char_width(self.cache, c, 100)).0 * 10.0;
            let &mut (first, _) =
                self.spoken[font].entry(id).or_insert((c, (width * 100.0).round() / 100.0));
            if first != c {
                return Err(Why::SameGlyph(first));
            }
        }
        Ok(())
    }

    /// The width in which genpdf sets a text, in points.
    fn width(&self, text: &str, font: Font, size: u8) -> f32 {
        let points = printpdf::Pt::from(font.str_width(self.cache, text, size)).0;
        points as f32 / SCALE
    }
}

/// A size as genpdf counts it, if it can.
fn whole(size: f32) -> Option<u8> {
    let size = size * SCALE;
    (1..=u8::MAX).find(|&whole| f32::from(whole) == size)
}

/// Refuses characters of a line that no glyph shows. Spaces need none.
fn unseen(line: &Line, from: usize, to: usize) -> Result<(), Undrawable> {
    match line.text[from..to].find(|c: char| !c.is_whitespace()) {
        Some(at) => Err(refused(line, from + at, Why::Unseen)),
        None => Ok(()),
    }
}

fn refused(line: &Line, at: usize, why: Why) -> Undrawable {
    let (before, after) = line.text.split_at(at);
    let start = before
        .rfind(char::is_whitespace)
        .map_or(0, |space| space + before[space..].chars().next().map_or(0, char::len_utf8));
    let end = after.find(char::is_whitespace).map_or(line.text.len(), |space| at + space);
    Undrawable {
        character: after.chars().next().unwrap_or(' '),
        word: line.text[start..end].to_owned(),
        why,
    }
}
