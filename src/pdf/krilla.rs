//! The first engine: krilla draws the glyphs and keeps the tag tree.

use std::{cell::RefCell, hint::black_box, num::NonZeroU16, sync::Once};

use ::krilla::{
    Document, SerializeSettings,
    action::{Action, LinkAction},
    annotation::{Annotation, LinkAnnotation, Target},
    color::luma,
    configure::{Accessibility, Archival, ConfigurationBuilder},
    destination::XyzDestination,
    error::KrillaError,
    geom::{self, PathBuilder, Point, Quadrilateral},
    metadata::{DateTime, Metadata},
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, FillRule},
    surface::Surface,
    tagging::{
        self, ArtifactType, ContentTag, Identifier, ListNumbering, TableHeaderScope, TagGroup,
        TagKind, TagTree,
    },
    text::{Font, GlyphId, KrillaGlyph},
};
use chrono::Datelike;

use super::{Error, Meta};
use crate::layout::{Artifact, Line, LinkArea, Node, Owner, Pages, Rect, Rule, Run, Tag};

thread_local! {
    /// Parsed fonts, kept from letter to letter, by file and face.
    static FONTS: RefCell<Vec<(u64, u32, Font)>> = const { RefCell::new(Vec::new()) };
}

/// More than a folder of fonts holds; past it, the fonts are from folders no longer in use.
const MOST_FONTS: usize = 64;

/// So much of a heap that is free stays with the program; more than all that one letter takes.
const SPARE: usize = 4 << 20;

/// Keeps the memory of one letter for the next.
///
/// Each stream is compressed with tables of 384 kB, freed after it. glibc gives free memory at the end of a heap
/// back from 128 kB on, and the system clears it anew each time: a hundred page faults a letter. It raises that
/// bound by itself when a larger block, taken apart from the heap, is freed once. Elsewhere this does nothing.
fn keep_heap() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| drop(black_box(Vec::<u8>::with_capacity(SPARE))));
}

pub(super) fn set(pages: &Pages, meta: &Meta) -> Result<Vec<u8>, Error> {
    keep_heap();
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| Error::Refused(format!("{error:?}")))?;
    let mut document =
        Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let fonts = pages.fonts.iter().map(font).collect::<Result<Vec<_>, _>>()?;
    let size = PageSettings::from_wh(pages.width, pages.height)
        .ok_or_else(|| Error::Refused("the page has no size".to_owned()))?;

    // What each node of the tree holds itself: pieces of text, then the link over them.
    let mut held: Vec<Vec<tagging::Node>> = pages.tree.iter().map(|_| Vec::new()).collect();
    let mut spoken = Spoken::default();
    for page in &pages.pages {
        let mut sheet = document.start_page_with(size.clone());
        let mut surface = sheet.surface();
        draw_rules(&page.rules, &mut surface);
        draw_lines(&page.lines, &fonts, &mut spoken, &mut held, &mut surface);
        surface.finish();
        for link in &page.links {
            if let Some(annotation) = annotation(link, &pages.tree) {
                held[link.node].push(sheet.add_tagged_annotation(annotation).into());
            }
        }
        sheet.finish();
    }

    let mut tree = TagTree::new();
    for &child in &pages.tree[0].children {
        if let Some(group) = group(child, &pages.tree, &mut held) {
            tree.push(group);
        }
    }
    document.set_tag_tree(tree.with_lang(Some(meta.language.clone())));
    document.set_outline(outline(pages, meta));
    document.set_metadata(metadata(meta));
    document.finish().map_err(|error| match error {
        KrillaError::Font(..) => Error::Font,
        KrillaError::Validation(errors) => Error::Refused(
            errors.iter().map(|(error, _)| format!("{error:?}")).collect::<Vec<_>>().join(", "),
        ),
        error @ (KrillaError::Limit(_)
        | KrillaError::DuplicateNamedDestination(_)
        | KrillaError::DuplicateTagId(..)
        | KrillaError::UnknownTagId(..)) => Error::Refused(error.to_string()),
    })
}

fn font(font: &crate::layout::Font) -> Result<Font, Error> {
    FONTS.with(|fonts| {
        let mut fonts = fonts.borrow_mut();
        let known = |(id, index, _): &&(u64, u32, Font)| *id == font.id() && *index == font.index();
        if let Some((_, _, parsed)) = fonts.iter().find(known) {
            return Ok(parsed.clone());
        }
        let parsed = Font::new(font.data().into(), font.index()).ok_or(Error::Font)?;
        if fonts.len() >= MOST_FONTS {
            fonts.clear();
        }
        fonts.push((font.id(), font.index(), parsed.clone()));
        Ok(parsed)
    })
}

fn fill(gray: u8) -> Fill {
    Fill {
        paint: luma::Color::new(gray).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::default(),
    }
}

fn draw_rules(rules: &[Rule], surface: &mut Surface<'_>) {
    for Rule { area, gray } in rules {
        let Some(area) = rectangle(area) else { continue };
        let mut path = PathBuilder::new();
        path.push_rect(area);
        let Some(path) = path.finish() else { continue };
        let artifact = tagging::Artifact::with_kind(ArtifactType::Layout);
        surface.start_tagged(ContentTag::Artifact(artifact));
        surface.set_fill(Some(fill(*gray)));
        surface.draw_path(&path);
        surface.end_tagged();
    }
}

fn rectangle(area: &Rect) -> Option<geom::Rect> {
    geom::Rect::from_xywh(area.x, area.y, area.width, area.height)
}

/// Draws lines; neighbours with one owner share one piece of tagged content.
fn draw_lines(
    lines: &[Line],
    fonts: &[Font],
    spoken: &mut Spoken,
    held: &mut [Vec<tagging::Node>],
    surface: &mut Surface<'_>,
) {
    let mut open = None;
    for line in lines {
        for run in &line.runs {
            let font = &fonts[run.font];
            let (first, glyphs, said) = spoken.glyphs(run, &line.text, font.units_per_em());
            let text = &line.text[run.range()];
            // Only a piece of its own can say what it really reads.
            let apart = said != text && matches!(run.owner, Owner::Node(_));
            if apart || open != Some(run.owner) {
                if open.is_some() {
                    surface.end_tagged();
                }
                open = (!apart).then_some(run.owner);
                match run.owner {
                    Owner::Node(node) => {
                        let piece = surface.start_tagged(ContentTag::Other);
                        held[node].push(if apart {
                            spelled_out(piece, text)
                        } else {
                            piece.into()
                        });
                    }
                    Owner::Artifact(kind) => {
                        surface.start_tagged(ContentTag::Artifact(artifact(kind)));
                    }
                }
            }
            surface.set_fill(Some(fill(run.gray)));
            let start = Point::from_xy(first, line.baseline);
            surface.draw_glyphs(start, &glyphs, font.clone(), &said, run.size, false);
            if apart {
                surface.end_tagged();
            }
        }
    }
    if open.is_some() {
        surface.end_tagged();
    }
}

/// Tags a piece whose glyphs read otherwise than its text.
fn spelled_out(piece: Identifier, text: &str) -> tagging::Node {
    let tag = tagging::Tag::Span.with_actual_text(Some(text.to_owned()));
    TagGroup::with_children(tag, vec![piece.into()]).into()
}

fn artifact(kind: Artifact) -> tagging::Artifact {
    tagging::Artifact::with_kind(match kind {
        Artifact::Header => ArtifactType::Header,
        Artifact::Footer => ArtifactType::Footer,
        Artifact::RepeatedRow => ArtifactType::PaginationOther,
    })
}

/// What each glyph of each font reads as. A PDF's font holds one answer for the whole document.
///
/// Where a glyph stands for something else, krilla would put the truth in marked content inside the
/// tagged content; some readers then lose what follows. So a glyph is always given to krilla with
/// its first text, in the text's order, and the truth goes on the tag.
#[derive(Default)]
struct Spoken {
    /// By font and glyph, one more than the place in `words`; 0 for what was not read yet.
    places: Vec<Vec<usize>>,
    words: Vec<String>,
}

impl Spoken {
    /// Returns where the run starts, its glyphs in the order they are read, and their text.
    fn glyphs(&mut self, run: &Run, text: &str, units: f32) -> (f32, Vec<KrillaGlyph>, String) {
        let mut placed = Vec::with_capacity(run.glyphs.len());
        let mut x = run.x;
        for glyph in &run.glyphs {
            placed.push((x, glyph));
            x += glyph.advance;
        }
        placed.sort_by_key(|(_, glyph)| glyph.start);
        let mut said = String::with_capacity(text.len());
        let mut glyphs = Vec::with_capacity(placed.len());
        for (index, &(x, glyph)) in placed.iter().enumerate() {
            let word = self.word(run.font, glyph.id, || {
                // The standards want every glyph to read as something.
                let own = &text[glyph.start as usize..glyph.end as usize];
                if own.is_empty() { "\u{200b}" } else { own }
            });
            let start = said.len();
            said.push_str(word);
            // From where this glyph starts to where the next one read does, even if to the left.
            let advance = placed.get(index + 1).map_or(glyph.advance, |(next, _)| next - x);
            glyphs.push(KrillaGlyph::new(
                GlyphId::new(glyph.id),
                whole(advance / run.size, units),
                glyph.x / run.size,
                -glyph.y / run.size,
                0.0,
                start..said.len(),
                None,
            ));
        }
        (placed.first().map_or(run.x, |&(x, _)| x), glyphs, said)
    }

    /// Returns what a glyph reads as: what it read as first.
    fn word<'a>(&mut self, font: usize, glyph: u32, own: impl FnOnce() -> &'a str) -> &str {
        if self.places.len() <= font {
            self.places.resize_with(font + 1, Vec::new);
        }
        let (places, glyph) = (&mut self.places[font], glyph as usize);
        if places.len() <= glyph {
            places.resize(glyph + 1, 0);
        }
        if places[glyph] == 0 {
            self.words.push(own().to_owned());
            places[glyph] = self.words.len();
        }
        &self.words[places[glyph] - 1]
    }
}

/// Takes the rounding of places out of an advance: a font's own advances and kerns are whole units. What is left
/// over would stand as a number of its own after every second glyph of the page, and move nothing that is seen.
fn whole(advance: f32, units: f32) -> f32 {
    let count = advance * units;
    if (count - count.round()).abs() < 0.01 { count.round() / units } else { advance }
}

fn annotation(link: &LinkArea, tree: &[Node]) -> Option<Annotation> {
    let quads: Vec<Quadrilateral> =
        link.areas.iter().filter_map(rectangle).map(Quadrilateral::from).collect();
    if quads.is_empty() {
        return None;
    }
    let target = Target::Action(Action::Link(LinkAction::new(link.url.clone())));
    let mut text = link.url.clone();
    if let Tag::Link { text: shown, .. } = &tree[link.node].tag
        && *shown != link.url
    {
        text = format!("{shown} ({})", link.url);
    }
    let link = LinkAnnotation::new_with_quad_points(quads, target);
    Some(Annotation::new_link(link, Some(text)))
}

/// Builds a node's group from what was drawn for it. Nesting is bounded by layout.
fn group(node: usize, tree: &[Node], held: &mut [Vec<tagging::Node>]) -> Option<TagGroup> {
    let Node { tag, children, .. } = &tree[node];
    let mut group = TagGroup::new(kind(tag)?);
    for &child in children {
        if tree[child].tag == Tag::Text {
            for piece in held[child].drain(..) {
                group.push(piece);
            }
        } else if let Some(child) = self::group(child, tree, held) {
            group.push(child);
        }
    }
    for annotation in held[node].drain(..) {
        group.push(annotation);
    }
    // An empty cell keeps its row regular; anything else empty is nothing.
    let is_cell = matches!(tag, Tag::Cell | Tag::ColumnHeader | Tag::RowHeader);
    (is_cell || !group.children.is_empty()).then_some(group)
}

fn kind(tag: &Tag) -> Option<TagKind> {
    Some(match tag {
        Tag::Heading { level, title } => {
            let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
            tagging::Tag::Hn(level, Some(title.clone())).into()
        }
        Tag::Paragraph => tagging::Tag::P.into(),
        Tag::List { ordered: true } => tagging::Tag::L(ListNumbering::Decimal).into(),
        Tag::List { ordered: false } => tagging::Tag::L(ListNumbering::Disc).into(),
        Tag::Item => tagging::Tag::LI.into(),
        Tag::Label => tagging::Tag::Lbl.into(),
        Tag::Body => tagging::Tag::LBody.into(),
        Tag::Quote => tagging::Tag::BlockQuote.into(),
        Tag::Table => tagging::Tag::Table.into(),
        Tag::TableHead => tagging::Tag::THead.into(),
        Tag::TableBody => tagging::Tag::TBody.into(),
        Tag::Row => tagging::Tag::TR.into(),
        Tag::ColumnHeader => tagging::Tag::TH(TableHeaderScope::Column).into(),
        Tag::RowHeader => tagging::Tag::TH(TableHeaderScope::Row).into(),
        Tag::Cell => tagging::Tag::TD.into(),
        Tag::Link { .. } => tagging::Tag::Link.into(),
        Tag::Document | Tag::Text => return None,
    })
}

/// One entry for each heading, within the last one above it; the title when there is no heading.
fn outline(pages: &Pages, meta: &Meta) -> Outline {
    let mut open: Vec<(u16, OutlineNode)> = Vec::new();
    let mut outline = Outline::new();
    let mut close = |open: &mut Vec<(u16, OutlineNode)>, level: u16| {
        while open.last().is_some_and(|(last, _)| *last >= level) {
            let Some((_, node)) = open.pop() else { break };
            match open.last_mut() {
                Some((_, parent)) => parent.push_child(node),
                None => outline.push_child(node),
            }
        }
    };
    for heading in &pages.headings {
        close(&mut open, heading.level);
        let place = XyzDestination::new(heading.page, Point::from_xy(0.0, heading.y));
        open.push((heading.level, OutlineNode::new(heading.title.clone(), place)));
    }
    if open.is_empty() {
        let place = XyzDestination::new(0, Point::from_xy(0.0, 0.0));
        open.push((1, OutlineNode::new(meta.title.clone(), place)));
    }
    close(&mut open, 0);
    outline
}

fn metadata(meta: &Meta) -> Metadata {
    let year = u16::try_from(meta.created.year().clamp(0, 9999)).unwrap_or(0);
    let small = |number: u32| u8::try_from(number).unwrap_or(1);
    let created = DateTime::new(year)
        .month(small(meta.created.month()))
        .day(small(meta.created.day()))
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    let metadata = if meta.subject.is_empty() {
        Metadata::new()
    } else {
        Metadata::new().description(meta.subject.clone())
    };
    metadata
        .title(meta.title.clone())
        .authors(vec![meta.author.clone()])
        .language(meta.language.clone())
        .creation_date(created)
        .creator("appeal".to_owned())
        .producer("appeal".to_owned())
}
