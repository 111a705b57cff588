//! Writes marks into a template, so that a render tells what it passed through and where each line
//! came from.
//!
//! Three rules keep the render's outcome as it was. A mark takes over the `-` of the tags beside it.
//! What is captured into a value (a `set` block, a filter section, a component and its body,
//! `super()` within an expression) holds no printed mark: [`HOLD`] and [`RELEASE`] stand around it.
//! At the top level of a template that extends another, where nothing may be printed, no mark stands.

use super::scan::{self, Piece, PieceKind};

/// Records a spot and prints a mark.
pub(super) const MARK: &str = "__mark";
/// Records a spot and prints nothing.
pub(super) const HIT: &str = "__hit";
/// Goes into an included template.
pub(super) const INTO: &str = "__into";
/// Comes back from one.
pub(super) const BACK: &str = "__back";
/// From here on no mark is printed.
pub(super) const HOLD: &str = "__hold";
/// From here on marks are printed again.
pub(super) const RELEASE: &str = "__release";
/// The filter that takes marks out of a value.
pub(super) const BARE: &str = "__bare";

/// What stands at a spot of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SpotKind {
    /// Words that are not only white space.
    Text,
    /// What follows an `if`.
    If,
    /// What follows an `elif`.
    Elif,
    /// What follows the `else` of an `if`.
    Else,
    /// The body of a loop.
    For,
    /// What follows the `else` of a loop.
    ForElse,
    /// A block that is not empty.
    Block,
    /// An `include`.
    Include,
}

impl SpotKind {
    /// Returns its word, as `for-else`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            SpotKind::Text => "text",
            SpotKind::If => "if",
            SpotKind::Elif => "elif",
            SpotKind::Else => "else",
            SpotKind::For => "for",
            SpotKind::ForElse => "for-else",
            SpotKind::Block => "block",
            SpotKind::Include => "include",
        }
    }
}

/// A place in a template that a render can pass through.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Spot {
    /// The template, as `letters/grievance.md` or `builtin/letters/grievance.md`.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What stands there.
    pub kind: SpotKind,
    /// The branch, loop or block it stands in, as an index into [`super::Templates::spots`].
    pub within: Option<usize>,
}

/// What a printed mark stands before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    /// Index of the template.
    pub(super) file: usize,
    pub(super) line: usize,
    /// Whether each line end that follows is one of the template's own.
    pub(super) is_literal: bool,
}

/// The marked templates and what their marks mean.
#[derive(Debug, Default)]
pub(super) struct Woven {
    pub(super) files: Vec<String>,
    pub(super) texts: Vec<String>,
    pub(super) spots: Vec<Spot>,
    pub(super) origins: Vec<Origin>,
}

impl Woven {
    /// Marks one template, which the engine has accepted as it is.
    pub(super) fn add(&mut self, file: &str, source: &str) {
        self.files.push(file.to_owned());
        let pieces = scan::pieces(source);
        let is_child = pieces.iter().any(|p| p.kind == PieceKind::Tag && p.name() == "extends");
        let weaver = Weaver {
            woven: self,
            source,
            out: String::with_capacity(source.len() * 2),
            open: Vec::new(),
            is_child,
            drops: false,
        };
        let text = weaver.weave(&pieces);
        self.texts.push(text);
    }
}

/// What is open where the weaver stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    If,
    For,
    Block,
    Captured,
}

struct Weaver<'a> {
    woven: &'a mut Woven,
    source: &'a str,
    out: String,
    /// What is open, each with its spot.
    open: Vec<(Open, Option<usize>)>,
    is_child: bool,
    /// Whether the tag before drops the white space that follows.
    drops: bool,
}

impl Weaver<'_> {
    fn weave(mut self, pieces: &[Piece<'_>]) -> String {
        for (i, piece) in pieces.iter().enumerate() {
            match piece.kind {
                PieceKind::Text | PieceKind::Raw => self.text(piece),
                PieceKind::Print => self.print(piece),
                PieceKind::Comment => {
                    self.out.push_str(piece.whole);
                    self.drops |= piece.trims_after;
                }
                PieceKind::Tag => self.tag(piece, &pieces[i + 1..]),
            }
        }
        self.out
    }

    fn text(&mut self, piece: &Piece<'_>) {
        if !piece.inner.is_empty() && self.may_print() {
            let (line, _) = scan::place(self.source, piece.inner_start);
            let origin = self.origin(line, true);
            let words = piece.inner.trim_start();
            let at = piece.inner_start + piece.inner.len() - words.len();
            let spot = (!words.is_empty()).then(|| self.spot(at, SpotKind::Text));
            let spot = spot.map_or_else(String::new, |s| format!(", s={s}"));
            self.call(&format!("{MARK}(n={origin}{spot})"), piece.trims_before);
        }
        self.out.push_str(piece.whole);
        self.drops = piece.trims_after;
    }

    fn print(&mut self, piece: &Piece<'_>) {
        if self.may_print() {
            let (line, _) = scan::place(self.source, piece.start);
            let origin = self.origin(line, false);
            self.call(&format!("{MARK}(n={origin})"), piece.trims_before);
        }
        let is_super = piece.inner.split_whitespace().collect::<String>() == "super()";
        if is_super {
            self.out.push_str(piece.whole)
        } else {
            self.bare(piece.whole)
        }
        self.drops = piece.trims_after;
    }

    fn tag(&mut self, piece: &Piece<'_>, after: &[Piece<'_>]) {
        let name = piece.name();
        match name {
            "endfilter" | "endset" | "endcomponent" | "</" => {
                self.call(&format!("{RELEASE}()"), piece.trims_before);
            }
            "include" => {
                let spot = self.spot(piece.start, SpotKind::Include);
                let (line, _) = scan::place(self.source, piece.start);
                let origin = self.origin(line, false);
                self.call(&format!("{INTO}(n={origin}, s={spot})"), piece.trims_before);
            }
            _ => {}
        }
        self.bare(piece.whole);
        self.drops = piece.trims_after;
        match name {
            "if" => self.branch(piece, Open::If, SpotKind::If),
            "for" => self.branch(piece, Open::For, SpotKind::For),
            "block" if is_empty(after) => self.open.push((Open::Block, None)),
            "block" => self.branch(piece, Open::Block, SpotKind::Block),
            "elif" | "else" => {
                let open = self.open.pop().map_or(Open::If, |(open, _)| open);
                let kind = match (name, open) {
                    ("elif", _) => SpotKind::Elif,
                    (_, Open::For) => SpotKind::ForElse,
                    (_, Open::If | Open::Block | Open::Captured) => SpotKind::Else,
                };
                self.branch(piece, open, kind);
            }
            "filter" | "component" | "<" => self.hold(),
            "set" | "set_global" if captures(piece) => self.hold(),
            "include" => self.call(&format!("{BACK}()"), false),
            "endif" | "endfor" | "endblock" | "endfilter" | "endset" | "endcomponent" | "</" => {
                self.open.pop();
            }
            _ => {}
        }
    }

    /// Goes into a branch, which has just been written.
    fn branch(&mut self, piece: &Piece<'_>, open: Open, kind: SpotKind) {
        let spot = self.spot(piece.start, kind);
        self.open.push((open, Some(spot)));
        self.call(&format!("{HIT}(s={spot})"), false);
    }

    fn hold(&mut self) {
        self.open.push((Open::Captured, None));
        self.call(&format!("{HOLD}()"), false);
    }

    /// Writes a call where the weaver stands, with the `-` of what stands before and after.
    fn call(&mut self, call: &str, drops_before: bool) {
        let before = if drops_before { "-" } else { "" };
        let after = if self.drops { "-" } else { "" };
        self.out.push_str(&format!("{{{{{before} {call} {after}}}}}"));
    }

    /// Writes a tag; `super()` in it gives a value without marks.
    fn bare(&mut self, whole: &str) {
        let mut rest = whole;
        while let Some((before, after)) = call_of_super(rest) {
            self.out.push_str(&rest[..before]);
            self.out.push_str(&format!(" | {BARE}"));
            rest = after;
        }
        self.out.push_str(rest);
    }

    fn may_print(&self) -> bool {
        !(self.is_child && self.open.is_empty())
    }

    fn spot(&mut self, at: usize, kind: SpotKind) -> usize {
        let (line, column) = scan::place(self.source, at);
        let file = self.woven.files.last().cloned().unwrap_or_default();
        let within = self.open.iter().rev().find_map(|(_, spot)| *spot);
        self.woven.spots.push(Spot { file, line, column, kind, within });
        self.woven.spots.len() - 1
    }

    fn origin(&mut self, line: usize, is_literal: bool) -> usize {
        let file = self.woven.files.len() - 1;
        self.woven.origins.push(Origin { file, line, is_literal });
        self.woven.origins.len() - 1
    }
}

/// Finds the first `super()` that does not stand in quotes: where it ends, and what follows.
fn call_of_super(text: &str) -> Option<(usize, &str)> {
    let mut quote = None;
    let mut escaped = false;
    for (i, c) in text.char_indices() {
        match (quote, c) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(q), _) if q == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, _) if text[..i].ends_with(scan::is_word) => {}
            (None, _) => {
                let after = text[i..].strip_prefix("super").map(str::trim_start);
                let after = after.and_then(|a| a.strip_prefix('(')).map(str::trim_start);
                if let Some(after) = after.and_then(|a| a.strip_prefix(')')) {
                    return Some((text.len() - after.len(), after));
                }
            }
        }
    }
    None
}

/// Whether a `set` takes what follows it, up to its end.
fn captures(piece: &Piece<'_>) -> bool {
    let after = piece.rest().trim_start_matches(scan::is_word).trim_start();
    after.is_empty() || after.starts_with('|')
}

/// Whether a block that has just begun ends before anything stands in it.
fn is_empty(after: &[Piece<'_>]) -> bool {
    let first = after.iter().find(|p| match p.kind {
        PieceKind::Comment => false,
        PieceKind::Text | PieceKind::Raw => !p.inner.trim().is_empty(),
        PieceKind::Print | PieceKind::Tag => true,
    });
    first.is_none_or(|p| p.kind == PieceKind::Tag && p.name() == "endblock")
}
