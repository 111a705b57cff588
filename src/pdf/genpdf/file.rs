//! What genpdf leaves undone in its file: sizes, dates, title, links, and fonts cut to what is used.
//!
//! Its own file has today's date, random ids, whole fonts, and maps from glyphs to characters that
//! name another character of the same glyph (a soft hyphen for a hyphen).

use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use subsetter::GlyphRemapper;

use super::SCALE;
use super::pieces::Spoken;
use crate::layout::{LinkArea, Pages, Rule};
use crate::pdf::{Error, Meta};

const PRODUCER: &str = "appeal, with genpdf 0.2.0";

/// Makes the file that genpdf has written one that says what the letter says, in the same bytes
/// every time.
pub(super) fn finish(
    drawn: &[u8],
    pages: &Pages,
    meta: &Meta,
    spoken: &[Spoken],
) -> Result<Vec<u8>, Error> {
    let mut document = Document::load_mem(drawn).map_err(stopped)?;
    document.version = "1.7".to_owned();
    fonts(&mut document, pages, spoken)?;
    let ids: Vec<ObjectId> = document.page_iter().collect();
    for (id, page) in ids.into_iter().zip(&pages.pages) {
        content(&mut document, id, &page.rules)?;
        edges(&mut document, id, pages)?;
        let links: Vec<Object> =
            page.links.iter().map(|link| annotation(link, pages.height)).collect();
        if !links.is_empty() {
            let links = document.add_object(links);
            dictionary(&mut document, id)?.set("Annots", links);
        }
    }
    let info = document.add_object(info(meta));
    document.trailer.set("Info", info);
    document.trailer.remove(b"ID");
    let root = reference(&document.trailer, "Root")?;
    let catalog = dictionary(&mut document, root)?;
    for key in ["OCProperties", "Outlines", "PageMode", "PageLayout"] {
        catalog.remove(key.as_bytes());
    }
    catalog.set("Lang", Object::string_literal(meta.language.as_str()));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    document.prune_objects();
    document.renumber_objects();
    document.compress();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).map_err(|error| Error::Genpdf(error.to_string()))?;
    Ok(bytes)
}

/// Shows a page at half the size it was drawn in, off the layer it was drawn on, with rules as thick as
/// they should be: genpdf has lines of one point only.
fn content(document: &mut Document, id: ObjectId, rules: &[Rule]) -> Result<(), Error> {
    let drawn = document.get_page_content(id).map_err(stopped)?;
    let drawn = String::from_utf8(drawn).map_err(|error| Error::Genpdf(error.to_string()))?;
    let inner = drawn.trim().strip_prefix("/OC /MC0 BDC").and_then(|c| c.strip_suffix("EMC"));
    let inner = inner.ok_or_else(|| Error::Genpdf("a page is not on its layer".to_owned()))?;
    let scale = 1.0 / SCALE;
    let mut content = format!("q {scale} 0 0 {scale} 0 0 cm\n");
    let mut rules = rules.iter();
    for line in inner.trim().lines() {
        // Where a line starts.
        if line.ends_with(" m")
            && let Some(rule) = rules.next()
        {
            let thick = rule.area.width.min(rule.area.height) * SCALE;
            let _ = writeln!(content, "{thick} w");
        }
        content.push_str(line);
        content.push('\n');
    }
    content.push('Q');
    document.change_page_content(id, content.into_bytes()).map_err(stopped)
}

fn edges(document: &mut Document, id: ObjectId, pages: &Pages) -> Result<(), Error> {
    let page = dictionary(document, id)?;
    page.remove(b"TrimBox");
    page.remove(b"CropBox");
    let (width, height) = (f64::from(pages.width), f64::from(pages.height));
    page.set("MediaBox", vec![0.into(), 0.into(), width.into(), height.into()]);
    let resources = reference(page, "Resources")?;
    dictionary(document, resources)?.remove(b"Properties");
    Ok(())
}

fn annotation(link: &LinkArea, height: f32) -> Object {
    let corners = |quads: bool| {
        link.areas.iter().flat_map(move |area| {
            let (left, right) = (area.x, area.x + area.width);
            let (top, bottom) = (height - area.y, height - area.y - area.height);
            if quads {
                vec![left, top, right, top, left, bottom, right, bottom]
            } else {
                vec![left, bottom, right, top]
            }
        })
    };
    let least = |n: usize| corners(false).skip(n).step_by(4).fold(f32::INFINITY, f32::min);
    let most = |n: usize| corners(false).skip(n).step_by(4).fold(f32::NEG_INFINITY, f32::max);
    let numbers = |all: &mut dyn Iterator<Item = f32>| -> Vec<Object> {
        all.map(|number| f64::from(number).into()).collect()
    };
    let rectangle = [least(0), least(1), most(2), most(3)];
    Object::Dictionary(dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => numbers(&mut rectangle.into_iter()),
        "QuadPoints" => numbers(&mut corners(true)),
        "Border" => vec![0.into(), 0.into(), 0.into()],
        "Contents" => text(&link.url),
        "A" => dictionary! { "S" => "URI", "URI" => Object::string_literal(link.url.as_str()) },
    })
}

fn info(meta: &Meta) -> Dictionary {
    let created = meta.created.format("D:%Y%m%d000000Z").to_string();
    let mut info = dictionary! {
        "Title" => text(&meta.title),
        "Author" => text(&meta.author),
        "Creator" => text("appeal"),
        "Producer" => text(PRODUCER),
        "CreationDate" => Object::string_literal(created.as_str()),
        "ModDate" => Object::string_literal(created.as_str()),
    };
    if !meta.subject.is_empty() {
        info.set("Subject", text(&meta.subject));
    }
    info
}

/// Text as every reader of PDFs reads it.
fn text(text: &str) -> Object {
    let mark = std::iter::once(0xFEFF);
    let bytes = mark.chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// Cuts each font to the glyphs that are used, and says what each of them reads as.
///
/// Strings go on naming glyphs by their numbers in the whole font; a map leads to those in the cut one.
fn fonts(document: &mut Document, pages: &Pages, spoken: &[Spoken]) -> Result<(), Error> {
    let Some(first) = document.page_iter().next() else { return Ok(()) };
    let resources = reference(dictionary(document, first)?, "Resources")?;
    // Every page has the same fonts; a letter without a word has none.
    let Ok(all) = reference(dictionary(document, resources)?, "Font") else { return Ok(()) };
    dictionary(document, all)?.remove(b"Times-Roman");
    for (number, (font, spoken)) in (1_u8..).zip(pages.fonts.iter().zip(spoken)) {
        let id = reference(dictionary(document, all)?, &format!("F{number}"))?;
        let mut glyphs = GlyphRemapper::new();
        for &glyph in spoken.keys() {
            glyphs.remap(glyph);
        }
        let cut =
            subsetter::subset(font.bytes(), font.index(), &glyphs).map_err(|_| Error::Font)?;
        let length = i64::try_from(cut.len()).unwrap_or(i64::MAX);
        let file = document.add_object(Stream::new(dictionary! { "Length1" => length }, cut));
        let last = spoken.keys().next_back().copied().unwrap_or(0);
        let map = (0..=last).flat_map(|glyph| glyphs.get(glyph).unwrap_or(0).to_be_bytes());
        let map = document.add_object(Stream::new(Dictionary::new(), map.collect()));
        let unicode = document.add_object(Stream::new(Dictionary::new(), unicode(spoken)));
        // Six capitals say that a font is not whole.
        let name = format!("APPEA{}+F{number}", char::from(b'A' + (number - 1) % 26));

        let font = dictionary(document, id)?;
        font.set("BaseFont", name.as_str());
        font.set("ToUnicode", unicode);
        let inner = font.get_mut(b"DescendantFonts").and_then(Object::as_array_mut);
        let inner = inner.map_err(stopped)?.first_mut().ok_or(Error::Font)?;
        let inner = inner.as_dict_mut().map_err(stopped)?;
        inner.set("BaseFont", name.as_str());
        inner.set("CIDToGIDMap", map);
        inner.set("W", widths(spoken));
        let descriptor = reference(inner, "FontDescriptor")?;
        let descriptor = dictionary(document, descriptor)?;
        descriptor.set("FontName", name.as_str());
        descriptor.set("FontFile2", file);
        let of = |key: &str| descriptor.get(key.as_bytes()).cloned().unwrap_or(Object::Null);
        // genpdf's box is as wide as all letters together.
        let around = vec![0.into(), of("Descent"), 1000.into(), of("Ascent")];
        descriptor.set("FontBBox", around);
    }
    Ok(())
}

fn widths(spoken: &Spoken) -> Vec<Object> {
    let each = |(&glyph, (_, width)): (&u16, &(String, f64))| {
        [i64::from(glyph).into(), Object::Array(vec![(*width).into()])]
    };
    spoken.iter().flat_map(each).collect()
}

/// A table from glyphs to their texts, in the form that PDF wants.
fn unicode(spoken: &Spoken) -> Vec<u8> {
    let mut table = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    let lines: Vec<String> = spoken
        .iter()
        .map(|(glyph, (text, _))| {
            let units: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
            format!("<{glyph:04X}> <{units}>\n")
        })
        .collect();
    for part in lines.chunks(100) {
        let _ = write!(table, "{} beginbfchar\n{}endbfchar\n", part.len(), part.concat());
    }
    table.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    table.into_bytes()
}

fn reference(dictionary: &Dictionary, key: &str) -> Result<ObjectId, Error> {
    dictionary.get(key.as_bytes()).and_then(Object::as_reference).map_err(stopped)
}

fn dictionary(document: &mut Document, id: ObjectId) -> Result<&mut Dictionary, Error> {
    document.get_object_mut(id).and_then(Object::as_dict_mut).map_err(stopped)
}

fn stopped(error: lopdf::Error) -> Error {
    Error::Genpdf(error.to_string())
}
