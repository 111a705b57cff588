//! Lines cut into strings that genpdf draws as they were laid out, or the reason why it cannot.

use std::collections::BTreeMap;

use ::genpdf::fonts::{Font, FontCache};

use super::SCALE;
use crate::layout::{Glyph, Line, Run, is_ignorable};
use crate::pdf::{Undrawable, Why};

/// How far a letter may stand from its place, in points.
const DRIFT: f32 = 0.2;

/// Ligatures that are also characters, so that a string can ask for them. They are read as letters.
const LIGATURES: [(&str, char); 5] = [
    ("ff", '\u{FB00}'),
    ("fi", '\u{FB01}'),
    ("fl", '\u{FB02}'),
    ("ffi", '\u{FB03}'),
    ("ffl", '\u{FB04}'),
];

/// What each glyph of a font reads as in the letter, and how wide it is, in thousandths of the size.
pub(super) type Spoken = BTreeMap<u16, (String, f64)>;

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
                // What is missing here may be drawn elsewhere.
                if run.glyphs.iter().any(|other| (*read..start).contains(&(other.start as usize))) {
                    return Err(refused(line, *read, Why::Shaped));
                }
                unseen(line, *read, start)?;
            }
            let next = start >= *read;
            *read = end.max(*read);
            if !shown.is_empty() && shown.chars().all(char::is_whitespace) {
                pieces.extend(open.take());
                x += glyph.advance;
                continue;
            }
            let c = drawn(shown).filter(|&c| next && self.draws(c, glyph, font));
            let c = c.ok_or_else(|| {
                let unseen = !shown.is_empty() && shown.chars().all(is_ignorable);
                refused(line, start, if unseen { Why::Unseen } else { Why::Shaped })
            })?;
            self.speak(run.font, font, c, shown).map_err(|why| refused(line, start, why))?;
            // Where a word has drifted, another piece of it starts in the right place again.
            let mut word = open.take();
            if word.as_ref().is_none_or(|word| (word.end - x).abs() > DRIFT) {
                pieces.extend(word.replace(Piece {
                    text: String::new(),
                    x,
                    baseline: line.baseline,
                    end: x,
                    font,
                    size,
                    gray: run.gray,
                }));
            }
            open = word.map(|mut word| {
                word.text.push(c);
                word.end = word.x + self.width(&word.text, font, size);
                word
            });
            x += glyph.advance;
        }
        pieces.extend(open);
        Ok(())
    }

    /// Whether genpdf draws a glyph, and in its place, when it is given a character.
    fn draws(&self, c: char, glyph: &Glyph, font: Font) -> bool {
        let own = font.glyph_ids(self.cache, [c]);
        own.iter().all(|&id| u32::from(id) == glyph.id) && glyph.x == 0.0 && glyph.y == 0.0
    }

    /// Notes what the glyph of a character reads as: a PDF's font knows one text for each.
    fn speak(&mut self, number: usize, font: Font, c: char, shown: &str) -> Result<(), Why> {
        let width = printpdf::Pt::from(font.char_width(self.cache, c, 100)).0 * 10.0;
        let width = (width * 100.0).round() / 100.0;
        for id in font.glyph_ids(self.cache, [c]) {
            let known = self.spoken[number].entry(id).or_insert_with(|| (shown.to_owned(), width));
            if known.0 != shown {
                return Err(Why::SameGlyph(known.0.clone()));
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

/// The character that stands for the text of one glyph in a string.
fn drawn(shown: &str) -> Option<char> {
    let mut characters = shown.chars();
    match (characters.next(), characters.next()) {
        (only, None) => only,
        _ => LIGATURES.iter().find(|(letters, _)| *letters == shown).map(|&(_, c)| c),
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
