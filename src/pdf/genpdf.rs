//! The second engine: genpdf draws the words, each in the place that layout gave it.
//!
//! genpdf takes strings, not glyphs, so it can draw only what was not shaped: every character with
//! the glyph that the font has for it, from left to right. Anything else is refused by name; nothing
//! is left out and nothing is drawn otherwise. Latin ligatures can be drawn, since they are characters
//! too, and are read as their letters. genpdf knows nothing of the kerning of modern fonts, so a word is
//! cut into pieces wherever its letters would drift from their places.

mod file;
mod pieces;

use std::panic::{AssertUnwindSafe, catch_unwind};

use ::genpdf::{
    Mm, Position, Size,
    fonts::{FontCache, FontData, FontFamily},
    render::{Area, Renderer},
    style::{Color, Style},
};
use printpdf::{BuiltinFont, CustomPdfConformance, PdfConformance};

use super::{Error, Meta};
use crate::layout::{Fonts, Pages, Rule};
use pieces::{Cutter, Piece, Spoken};

/// genpdf's sizes of type are whole points; ours are halves. So all is drawn at twice its size, and shown
/// at half of that.
const SCALE: f32 = 2.0;

pub(super) fn set(pages: &Pages, meta: &Meta) -> Result<Vec<u8>, Error> {
    // genpdf's reader of fonts trusts them, and a font may be from anywhere.
    let drawn = catch_unwind(AssertUnwindSafe(|| draw(pages)));
    let (drawn, spoken) = drawn.unwrap_or(Err(Error::Font))?;
    file::finish(&drawn, pages, meta, &spoken)
}

/// Draws the pages at twice their size; returns what each glyph of each font stands for.
fn draw(pages: &Pages) -> Result<(Vec<u8>, Vec<Spoken>), Error> {
    // genpdf wants a family to begin with. Nothing is set in it, and one that is not embedded costs
    // nothing.
    let face = Fonts::embedded().next().unwrap_or_default().to_vec();
    let face = FontData::new(face, Some(BuiltinFont::TimesRoman)).map_err(stopped)?;
    let mut cache = FontCache::new(alike(&face));
    let mut fonts = Vec::with_capacity(pages.fonts.len());
    for font in &pages.fonts {
        let read = FontData::new(font.bytes().to_vec(), None);
        // Of a collection it would take the first face.
        let read = read.ok().filter(|_| font.index() == 0);
        fonts.push(read.map(|read| cache.add_font(read)));
    }
    // All is cut, or refused, before anything is drawn.
    let mut cutter = Cutter::new(&cache, &fonts);
    let mut sheets = Vec::with_capacity(pages.pages.len());
    for page in &pages.pages {
        let mut pieces = Vec::new();
        for line in &page.lines {
            cutter.line(line, &mut pieces)?;
        }
        sheets.push(pieces);
    }
    let spoken = cutter.spoken;

    let size = Size::new(mm(pages.width), mm(pages.height));
    let plain = CustomPdfConformance {
        requires_icc_profile: false,
        requires_xmp_metadata: false,
        ..CustomPdfConformance::default()
    };
    let mut renderer =
        Renderer::new(size, "").map_err(stopped)?.with_conformance(PdfConformance::Custom(plain));
    cache.load_pdf_fonts(&renderer).map_err(stopped)?;
    for (number, (page, pieces)) in pages.pages.iter().zip(&sheets).enumerate() {
        if number > 0 {
            renderer.add_page(size);
        }
        let area = renderer.last_page().last_layer().area();
        page.rules.iter().for_each(|rule| draw_rule(rule, &area));
        for piece in pieces {
            draw_piece(piece, &cache, &area)?;
        }
    }
    let mut drawn = Vec::new();
    renderer.write(&mut drawn).map_err(stopped)?;
    Ok((drawn, spoken))
}

/// Draws a rule as a line along its middle; how thick it is, is written later.
fn draw_rule(Rule { area, gray }: &Rule, page: &Area<'_>) {
    let (x, y) = (area.x + area.width / 2.0, area.y + area.height / 2.0);
    let ends = if area.width >= area.height {
        [(area.x, y), (area.x + area.width, y)]
    } else {
        [(x, area.y), (x, area.y + area.height)]
    };
    let points = ends.map(|(x, y)| Position::new(mm(x), mm(y)));
    page.draw_line(points.to_vec(), Style::new().with_color(Color::Greyscale(*gray)));
}

fn draw_piece(piece: &Piece, cache: &FontCache, page: &Area<'_>) -> Result<(), Error> {
    let mut style = Style::new().with_font_family(alike(&piece.font)).with_font_size(piece.size);
    if piece.gray > 0 {
        style.set_color(Color::Greyscale(piece.gray));
    }
    // genpdf counts from the top of the letters.
    let top = mm(piece.baseline) - piece.font.glyph_height(piece.size);
    if page
        .print_str(cache, Position::new(mm(piece.x), top), style, &piece.text)
        .map_err(stopped)?
    {
        Ok(())
    } else {
        Err(Error::Genpdf("a line is below the end of its page".to_owned()))
    }
}

/// A family of one face.
fn alike<T: Clone + std::fmt::Debug>(face: &T) -> FontFamily<T> {
    FontFamily {
        regular: face.clone(),
        bold: face.clone(),
        italic: face.clone(),
        bold_italic: face.clone(),
    }
}

/// Points on the page as genpdf is to draw them.
fn mm(points: f32) -> Mm {
    // What its writer makes points of again.
    Mm::from(f64::from(points * SCALE) / 2.834_646)
}

fn stopped(error: ::genpdf::error::Error) -> Error {
    Error::Genpdf(error.to_string())
}
