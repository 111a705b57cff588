//! A template as its engine sees it: text, values, conditions, loops, blocks and includes.

use super::expr::{Expr, Parser, Word};
use super::token::tokens;
use crate::diag::Span;
use crate::letter::scan::{self, Piece, PieceKind};

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// Words printed as they stand, without the white space that tags drop.
    Text(Span),
    /// `{{ … }}`; the span is all of it.
    Print(Span, Expr),
    /// `{% set name = … %}`.
    Set(Word, Expr),
    /// `{% set name %} … {% endset %}`, or `{% filter … %} … {% endfilter %}` without a name.
    Captured { name: Option<Word>, filters: Vec<Word>, body: Vec<Node> },
    /// Each condition with what follows it; the `else` has none.
    If(Vec<(Option<Expr>, Vec<Node>)>),
    /// A loop.
    For { names: Vec<Word>, list: Expr, body: Vec<Node>, otherwise: Vec<Node> },
    /// A block; the span is the tag that opens it.
    Block { name: Word, tag: Span, body: Vec<Node> },
    /// `{% include "…" %}`.
    Include(Word),
}

/// A template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tree {
    /// What it extends.
    pub(super) parent: Option<Word>,
    pub(super) nodes: Vec<Node>,
}

/// Deepest nesting of tags; the engine takes no more than 40.
const DEEPEST: usize = 60;

/// Reads a template that the engine takes.
pub(super) fn tree(source: &str) -> Tree {
    let pieces = scan::pieces(source);
    let mut reader = Reader { pieces: &pieces, at: 0, parent: None, depth: 0 };
    let nodes = reader.nodes(&[]);
    Tree { parent: reader.parent, nodes }
}

struct Reader<'a> {
    pieces: &'a [Piece<'a>],
    at: usize,
    parent: Option<Word>,
    depth: usize,
}

impl<'a> Reader<'a> {
    /// Reads up to one of these tags, which is left to be taken, or to the end.
    fn nodes(&mut self, ends: &[&str]) -> Vec<Node> {
        let mut nodes = Vec::new();
        self.depth += 1;
        let pieces = self.pieces;
        while let Some(piece) = pieces.get(self.at) {
            if piece.kind == PieceKind::Tag && ends.contains(&piece.name()) {
                break;
            }
            self.at += 1;
            match piece.kind {
                PieceKind::Text | PieceKind::Raw => {
                    let span = piece.inner_start..piece.inner_start + piece.inner.len();
                    nodes.push(Node::Text(span));
                }
                PieceKind::Print => {
                    let span = piece.start..piece.start + piece.whole.len();
                    nodes.push(Node::Print(span, parser(piece).expr()));
                }
                PieceKind::Comment => {}
                PieceKind::Tag if self.depth > DEEPEST => {}
                PieceKind::Tag => nodes.extend(self.tag(piece)),
            }
        }
        self.depth -= 1;
        nodes
    }

    fn tag(&mut self, piece: &Piece<'_>) -> Option<Node> {
        let mut inner = parser(piece);
        inner.take();
        match piece.name() {
            "if" => {
                let mut arms = vec![(Some(inner.expr()), self.nodes(&["elif", "else", "endif"]))];
                while let Some(tag) = self.next_tag() {
                    match tag.name() {
                        "elif" => {
                            let mut inner = parser(tag);
                            inner.take();
                            let condition = Some(inner.expr());
                            arms.push((condition, self.nodes(&["elif", "else", "endif"])));
                        }
                        "else" => arms.push((None, self.nodes(&["endif"]))),
                        _ => break,
                    }
                }
                Some(Node::If(arms))
            }
            "for" => {
                let names = inner.names();
                inner.word("in");
                let list = inner.expr();
                let body = self.nodes(&["else", "endfor"]);
                let is_else = self.next_tag().is_some_and(|t| t.name() == "else");
                let otherwise = if is_else { self.nodes(&["endfor"]) } else { Vec::new() };
                if is_else {
                    self.at += 1;
                }
                Some(Node::For { names, list, body, otherwise })
            }
            "block" => {
                let name = inner.name()?;
                let tag = piece.start..piece.start + piece.whole.len();
                let body = self.nodes(&["endblock"]);
                self.at += 1;
                Some(Node::Block { name, tag, body })
            }
            "set" | "set_global" => {
                let name = inner.name()?;
                if inner.sign("=") {
                    return Some(Node::Set(name, inner.expr()));
                }
                inner.sign("|");
                let filters = filters(&mut inner);
                let body = self.nodes(&["endset"]);
                self.at += 1;
                Some(Node::Captured { name: Some(name), filters, body })
            }
            "filter" => {
                let filters = filters(&mut inner);
                let body = self.nodes(&["endfilter"]);
                self.at += 1;
                Some(Node::Captured { name: None, filters, body })
            }
            "component" => {
                // Its body knows its own arguments only.
                self.nodes(&["endcomponent"]);
                self.at += 1;
                None
            }
            "include" => inner.quoted().map(Node::Include),
            "extends" => {
                self.parent = inner.quoted();
                None
            }
            _ => None,
        }
    }

    fn next_tag(&mut self) -> Option<&'a Piece<'a>> {
        let piece = self.pieces.get(self.at)?;
        self.at += 1;
        Some(piece)
    }
}

fn parser<'a>(piece: &Piece<'a>) -> Parser<'a> {
    Parser::new(tokens(piece.inner, piece.inner_start))
}

fn filters(inner: &mut Parser<'_>) -> Vec<Word> {
    let mut filters = Vec::new();
    while let Some(name) = inner.name() {
        inner.arguments();
        filters.push(name);
        inner.sign("|");
    }
    filters
}

impl Node {
    /// Calls `look` for this part and everything in it.
    pub(super) fn each<'a>(&'a self, look: &mut impl FnMut(&'a Node)) {
        look(self);
        match self {
            Node::Captured { body, .. } | Node::Block { body, .. } => each(body, look),
            Node::If(arms) => arms.iter().for_each(|(_, body)| each(body, look)),
            Node::For { body, otherwise, .. } => {
                each(body, look);
                each(otherwise, look);
            }
            Node::Text(_) | Node::Print(..) | Node::Set(..) | Node::Include(_) => {}
        }
    }

    /// Returns the expressions that stand in it directly.
    pub(super) fn exprs(&self) -> Vec<&Expr> {
        match self {
            Node::Print(_, expr) | Node::Set(_, expr) => vec![expr],
            Node::If(arms) => arms.iter().filter_map(|(c, _)| c.as_ref()).collect(),
            Node::For { list, .. } => vec![list],
            Node::Text(_) | Node::Captured { .. } | Node::Block { .. } | Node::Include(_) => {
                Vec::new()
            }
        }
    }
}

/// Calls `look` for these parts and everything in them.
pub(super) fn each<'a>(nodes: &'a [Node], look: &mut impl FnMut(&'a Node)) {
    nodes.iter().for_each(|n| n.each(look));
}
