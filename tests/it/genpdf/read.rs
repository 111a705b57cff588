//! What a PDF shows, read from its own bytes: strings, their places, and the characters of their glyphs.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};

/// A string as drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    pub(super) text: String,
    /// From the left edge of the page.
    pub(super) x: f64,
    /// From the top edge of the page.
    pub(super) baseline: f64,
    pub(super) size: f64,
    /// As the PDF's own table of widths has it.
    pub(super) width: f64,
}

/// A font of the PDF: the character and width of each glyph.
type Table = BTreeMap<u16, (String, f64)>;

/// The strings of each page, in the order in which they are drawn.
pub(super) fn shown(pdf: &[u8]) -> Vec<Vec<Shown>> {
    let document = Document::load_mem(pdf).unwrap();
    document.page_iter().map(|id| page(&document, id)).collect()
}

fn page(document: &Document, id: (u32, u16)) -> Vec<Shown> {
    let sheet = document.get_dictionary(id).unwrap();
    let edges = sheet.get(b"MediaBox").unwrap().as_array().unwrap();
    let height = number(&edges[3]);
    let follow = |object: &Object| document.dereference(object).unwrap().1.clone();
    let resources = follow(sheet.get(b"Resources").unwrap());
    let fonts: BTreeMap<Vec<u8>, Table> = match resources.as_dict().unwrap().get(b"Font") {
        Ok(fonts) => follow(fonts)
            .as_dict()
            .unwrap()
            .iter()
            .map(|(name, font)| (name.clone(), table(document, follow(font).as_dict().unwrap())))
            .collect(),
        Err(_) => BTreeMap::new(),
    };
    let content = Content::decode(&document.get_page_content(id).unwrap()).unwrap();
    let (mut scale, mut place, mut size) = (1.0, (0.0, 0.0), 0.0);
    let mut font: &Table = &Table::new();
    let mut all = Vec::new();
    for operation in &content.operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "cm" => scale *= number(&operands[0]),
            "BT" => place = (0.0, 0.0),
            "Td" => place = (place.0 + number(&operands[0]), place.1 + number(&operands[1])),
            "Tf" => {
                font = &fonts[operands[0].as_name().unwrap()];
                size = number(&operands[1]);
            }
            "TJ" => {
                let (mut text, mut width) = (String::new(), 0.0);
                for part in operands[0].as_array().unwrap() {
                    let Ok(bytes) = part.as_str() else {
                        width -= number(part);
                        continue;
                    };
                    for pair in bytes.chunks(2) {
                        let (c, wide) = &font[&u16::from_be_bytes([pair[0], pair[1]])];
                        text.push_str(c);
                        width += wide;
                    }
                }
                all.push(Shown {
                    text,
                    x: place.0 * scale,
                    baseline: height - place.1 * scale,
                    size: size * scale,
                    width: width / 1000.0 * size * scale,
                });
            }
            "Tj" | "'" | "\"" | "T*" | "Tm" | "TD" => panic!("{operation:?} is not read here"),
            _ => {}
        }
    }
    all
}

fn table(document: &Document, font: &Dictionary) -> Table {
    let follow = |object: &Object| document.dereference(object).unwrap().1.clone();
    let unicode = follow(font.get(b"ToUnicode").unwrap());
    let unicode = unicode.as_stream().unwrap();
    let unicode = unicode.decompressed_content().unwrap_or_else(|_| unicode.content.clone());
    let unicode = String::from_utf8(unicode).unwrap();
    let inner = follow(&font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0]);
    let widths = inner.as_dict().unwrap().get(b"W").unwrap().as_array().unwrap().clone();
    let widths: BTreeMap<i64, f64> = widths
        .chunks(2)
        .map(|pair| (pair[0].as_i64().unwrap(), number(&pair[1].as_array().unwrap()[0])))
        .collect();
    let mut table = Table::new();
    for part in unicode.split("beginbfchar").skip(1) {
        for line in part.split("endbfchar").next().unwrap().trim().lines() {
            let (glyph, c) = line.split_once(' ').unwrap();
            let hex = |text: &str| -> Vec<u16> {
                let digits = text.trim_matches(['<', '>']);
                let each = digits.as_bytes().chunks(4);
                each.map(|d| u16::from_str_radix(std::str::from_utf8(d).unwrap(), 16).unwrap())
                    .collect()
            };
            let glyph = hex(glyph)[0];
            let c = String::from_utf16(&hex(c)).unwrap();
            table.insert(glyph, (c, widths[&i64::from(glyph)]));
        }
    }
    table
}

fn number(object: &Object) -> f64 {
    match object {
        Object::Integer(whole) => *whole as f64,
        Object::Real(real) => *real,
        other => panic!("{other:?} is no number"),
    }
}
