//! Sets a letter's paragraphs: shaped once, broken into lines, taken into the letter.

use std::{borrow::Cow, rc::Rc};

use parley::{
    Alignment, FontData, FontFamily, FontFamilyName, FontStyle, FontWeight, Layout, LineHeight,
    OverflowWrap, StyleProperty, WhiteSpaceCollapse,
};

use super::{
    Error, Fonts,
    blocks::Inline,
    breaks::{Set, SetLine, set},
    choice::Context,
    error::Missing,
    kept::{Key, Known},
    pages::{Font, Owner},
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

/// A shaped paragraph that is not yet broken into lines.
pub(super) struct Shaped {
    known: Rc<Known>,
    /// None while what is known is enough.
    layout: Option<Layout<u32>>,
    face: Face,
    families: Rc<[String]>,
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
        // A name in another script calls a family in, which is nothing to the paragraphs without it.
        let plain = self.context.is_plain(&inline.text);
        let families = Rc::clone(if plain { &self.context.plain } else { &self.families });
        let key = Key::new(inline, face, &families);
        if let Some(known) = self.context.kept.find(&key) {
            return Shaped { known, layout: None, face, families };
        }
        let layout = self.layout(inline, face, &families);
        let known = Rc::new(Known::new(layout.is_rtl()));
        self.context.kept.keep(key, &known);
        Shaped { known, layout: Some(layout), face, families }
    }

    /// The widths of a paragraph's longest unbreakable word and of its text on one line.
    pub(super) fn widths(&mut self, shaped: &mut Shaped, inline: &Inline) -> (f32, f32) {
        let known = Rc::clone(&shaped.known);
        known.widths.get().unwrap_or_else(|| {
            let widths = self.laid(shaped, inline).calculate_content_widths();
            known.widths.set(Some((widths.min, widths.max)));
            (widths.min, widths.max)
        })
    }

    /// Returns a paragraph's shapes, made now if what is known was enough so far.
    fn laid<'s>(&mut self, shaped: &'s mut Shaped, inline: &Inline) -> &'s mut Layout<u32> {
        let Shaped { layout, face, families, .. } = shaped;
        layout.get_or_insert_with(|| self.layout(inline, *face, families))
    }

    /// Shapes a paragraph; span `n` of the text becomes brush `n`.
    fn layout(&mut self, inline: &Inline, face: Face, families: &[String]) -> Layout<u32> {
        let text = &inline.text;
        let Context { fonts, layout, .. } = &mut self.context;
        let mut builder = layout.ranged_builder(fonts, text, 1.0, false);
        let families: Vec<_> =
            families.iter().map(|name| FontFamilyName::Named(Cow::Borrowed(name))).collect();
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
            let layout = self.laid(shaped, inline);
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
