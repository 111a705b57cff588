//! Goes through the templates as a render would, and keeps what each name is at the place where it is used.
//!
//! A partial sees the names of whoever includes it, so a name is known if it is known on one of the ways
//! that lead to it.

use std::collections::BTreeMap;

use super::expr::{Arguments, Expr, Joint, Word};
use super::files::Files;
use super::tree::Node;
use super::types::{self, Type};

/// A name that is used somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Use {
    /// As typed.
    pub(super) name: String,
    /// Length in bytes.
    pub(super) length: usize,
    /// Whether some way leads here on which the name is known.
    pub(super) known: bool,
    /// What it is a field of, as typed: `member`; empty for a name that stands alone.
    pub(super) of: String,
    /// Names that would have been known.
    pub(super) candidates: Vec<String>,
    /// Whether it is a field of what has none.
    pub(super) of_words: bool,
}

/// A value that is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Printed {
    /// What it is.
    pub(super) of: Type,
}

/// Everything that was seen, by file and place.
#[derive(Debug, Default)]
pub(super) struct Walked {
    pub(super) uses: BTreeMap<(usize, usize), Use>,
    pub(super) prints: BTreeMap<(usize, usize), Vec<Printed>>,
    /// Files that a root leads to.
    pub(super) reached: Vec<bool>,
}

/// Parts passed before the walk ends: templates that include each other over and over would go on for ever.
const MOST: usize = 400_000;

/// Deepest nesting of tags and includes together.
const DEEPEST: usize = 300;

/// Goes through all templates, from every one that is not part of another.
pub(super) fn walk(files: &Files) -> Walked {
    let roots = files.roots();
    let mut walker = Walker {
        files,
        seen: Walked { reached: vec![false; files.all.len()], ..Walked::default() },
        env: Vec::new(),
        stack: Vec::new(),
        depth: 0,
        left: MOST,
    };
    for root in roots {
        walker.root(root);
    }
    for file in 0..files.all.len() {
        if !walker.seen.reached[file] {
            walker.root(file);
            walker.seen.reached[file] = false;
        }
    }
    walker.seen
}

/// A block of a template and the template it stands in.
#[derive(Clone, Copy)]
struct Body<'a> {
    file: usize,
    nodes: &'a [Node],
}

struct Walker<'a> {
    files: &'a Files,
    seen: Walked,
    env: Vec<Vec<(String, Type)>>,
    stack: Vec<usize>,
    depth: usize,
    left: usize,
}

impl<'a> Walker<'a> {
    fn root(&mut self, file: usize) {
        self.env = vec![Vec::new()];
        self.stack.clear();
        self.file(file);
    }

    fn file(&mut self, file: usize) {
        if self.stack.contains(&file) {
            return;
        }
        self.stack.push(file);
        let lineage = self.files.lineage(file);
        let mut blocks: BTreeMap<&'a str, Vec<Body<'a>>> = BTreeMap::new();
        for &ancestor in &lineage {
            self.seen.reached[ancestor] = true;
            let mut add = |node: &'a Node| {
                if let Node::Block { name, body, .. } = node {
                    let body = Body { file: ancestor, nodes: body };
                    blocks.entry(name.text.as_str()).or_default().push(body);
                }
            };
            let files = self.files;
            super::tree::each(&files.all[ancestor].tree.nodes, &mut add);
        }
        if let Some(&base) = lineage.last() {
            let nodes = &self.files.all[base].tree.nodes;
            self.nodes(Body { file: base, nodes }, &blocks, &[]);
        }
        self.stack.pop();
    }

    fn nodes(
        &mut self,
        body: Body<'a>,
        blocks: &BTreeMap<&'a str, Vec<Body<'a>>>,
        parents: &[Body<'a>],
    ) {
        self.depth += 1;
        for node in body.nodes {
            if self.left == 0 || self.depth > DEEPEST {
                break;
            }
            self.left -= 1;
            self.node(body.file, node, blocks, parents);
        }
        self.depth -= 1;
    }

    fn node(
        &mut self,
        file: usize,
        node: &'a Node,
        blocks: &BTreeMap<&'a str, Vec<Body<'a>>>,
        parents: &[Body<'a>],
    ) {
        let within = |nodes: &'a [Node]| Body { file, nodes };
        match node {
            Node::Text(_) => {}
            Node::Print(span, expr) => {
                let of = self.value(file, expr);
                self.seen.prints.entry((file, span.start)).or_default().push(Printed { of });
                if is_super(expr)
                    && let Some((parent, rest)) = parents.split_first()
                {
                    self.nodes(*parent, blocks, rest);
                }
            }
            Node::Set(name, expr) => {
                let of = self.value(file, expr);
                self.define(&name.text, of);
            }
            Node::Captured { name, body, .. } => {
                self.nodes(within(body), blocks, parents);
                if let Some(name) = name {
                    self.define(&name.text, Type::Ours);
                }
            }
            Node::If(arms) => {
                for (condition, body) in arms {
                    if let Some(condition) = condition {
                        self.value(file, condition);
                    }
                    self.nodes(within(body), blocks, parents);
                }
            }
            Node::For { names, list, body, otherwise } => {
                let of = self.value(file, list);
                self.env.push(Vec::new());
                self.loop_names(names, &of);
                self.define("loop", Type::Any);
                self.nodes(within(body), blocks, parents);
                self.env.pop();
                self.nodes(within(otherwise), blocks, parents);
            }
            Node::Block { name, .. } => {
                if let Some((first, rest)) =
                    blocks.get(name.text.as_str()).and_then(|b| b.split_first())
                {
                    self.nodes(*first, blocks, rest);
                }
            }
            Node::Include(name) => {
                if let Some(target) = self.files.resolve(&name.text) {
                    self.env.push(Vec::new());
                    self.file(target);
                    self.env.pop();
                }
            }
        }
    }

    fn define(&mut self, name: &str, of: Type) {
        if let Some(frame) = self.env.last_mut() {
            frame.push((name.to_owned(), of));
        }
    }

    fn loop_names(&mut self, names: &[Word], list: &Type) {
        let item = element(list);
        match names {
            [name] => self.define(&name.text, item),
            [key, name] => {
                self.define(&key.text, Type::Ours);
                self.define(&name.text, item);
            }
            _ => {}
        }
    }

    /// What an expression comes to; every name in it is looked up.
    fn value(&mut self, file: usize, expr: &Expr) -> Type {
        match expr {
            Expr::Name(name) => self.name(file, name),
            Expr::Field(of, name) => {
                let group = self.value(file, of);
                self.field(file, of, &group, name)
            }
            Expr::Item { of, index, is_part } => {
                let list = self.value(file, of);
                index.iter().for_each(|e| drop(self.value(file, e)));
                match (is_part, list) {
                    (true, list) => list,
                    (false, Type::List(of) | Type::Map(of)) => *of,
                    (false, _) => Type::Any,
                }
            }
            Expr::Call(name, arguments) => {
                self.arguments(file, arguments);
                if name.text == "cite" { Type::Ours } else { Type::Any }
            }
            Expr::Filter { of, name, arguments } => {
                let of = self.value(file, of);
                self.arguments(file, arguments);
                filtered(of, &name.text)
            }
            Expr::Test { of, arguments, .. } => {
                self.value(file, of);
                self.arguments(file, arguments);
                Type::Truth
            }
            Expr::Quoted(_) => Type::Ours,
            Expr::Number => Type::Number,
            Expr::Truth => Type::Truth,
            Expr::None | Expr::Other => Type::Any,
            Expr::List(parts) => {
                let of = parts.iter().map(|p| self.value(file, p)).reduce(either);
                Type::List(Box::new(of.unwrap_or(Type::Any)))
            }
            Expr::Each { value, names, list, condition } => {
                let of = self.value(file, list);
                self.env.push(Vec::new());
                self.loop_names(names, &of);
                if let Some(condition) = condition {
                    self.value(file, condition);
                }
                let value = self.value(file, value);
                self.env.pop();
                Type::List(Box::new(value))
            }
            Expr::Joined { parts, by } => {
                let of = parts.iter().map(|p| self.value(file, p)).reduce(either);
                match by {
                    Joint::Truth => Type::Truth,
                    Joint::Numbers => Type::Number,
                    Joint::Words if of == Some(Type::Ours) => Type::Ours,
                    Joint::Words => Type::Record,
                }
            }
            Expr::Choice { then, condition, otherwise } => {
                self.value(file, condition);
                let then = self.value(file, then);
                match otherwise {
                    Some(otherwise) => either(then, self.value(file, otherwise)),
                    None => then,
                }
            }
        }
    }

    fn arguments(&mut self, file: usize, arguments: &Arguments) {
        arguments.iter().for_each(|(_, e)| drop(self.value(file, e)));
    }

    fn name(&mut self, file: usize, name: &Word) -> Type {
        let mut own = self.env.iter().rev().flat_map(|f| f.iter().rev());
        let ours = || types::root().iter().find(|(n, _)| *n == name.text);
        let of = own
            .find(|(n, _)| *n == name.text)
            .map(|(_, of)| of.clone())
            .or_else(|| ours().map(|(_, of)| of.clone()));
        let candidates = || {
            let mut all: Vec<String> = types::root().iter().map(|(n, _)| n.clone()).collect();
            all.extend(self.env.iter().flatten().map(|(n, _)| n.clone()));
            all
        };
        let candidates = if of.is_some() { Vec::new() } else { candidates() };
        self.keep(file, name, String::new(), of.is_some(), candidates, false);
        of.unwrap_or(Type::Any)
    }

    fn field(&mut self, file: usize, of: &Expr, group: &Type, name: &Word) -> Type {
        match group {
            Type::Any => Type::Any,
            Type::Map(of) => Type::clone(of),
            Type::Group(_)
            | Type::List(_)
            | Type::Record
            | Type::Ours
            | Type::Number
            | Type::Truth => {
                let fields = types::fields(group);
                let found = fields.into_iter().flatten().find(|(n, _)| *n == name.text);
                let candidates = match found {
                    Some(_) => Vec::new(),
                    None => fields.into_iter().flatten().map(|(n, _)| n.clone()).collect(),
                };
                let of = said(of);
                self.keep(file, name, of, found.is_some(), candidates, fields.is_none());
                found.map_or(Type::Any, |(_, of)| of.clone())
            }
        }
    }

    fn keep(
        &mut self,
        file: usize,
        name: &Word,
        of: String,
        known: bool,
        candidates: Vec<String>,
        of_words: bool,
    ) {
        let one = self.seen.uses.entry((file, name.span.start)).or_insert_with(|| Use {
            name: name.text.clone(),
            length: name.span.len(),
            known: false,
            of,
            candidates: Vec::new(),
            of_words,
        });
        one.known |= known;
        if one.candidates.len() < candidates.len() {
            one.candidates = candidates;
        }
    }
}

/// The expression as typed, where it is names and fields alone.
fn said(expr: &Expr) -> String {
    match expr {
        Expr::Name(name) => name.text.clone(),
        Expr::Field(of, name) => format!("{}.{}", said(of), name.text),
        Expr::Item { of, .. } => format!("{}[…]", said(of)),
        Expr::Call(..)
        | Expr::Filter { .. }
        | Expr::Test { .. }
        | Expr::Quoted(_)
        | Expr::Number
        | Expr::Truth
        | Expr::None
        | Expr::List(_)
        | Expr::Each { .. }
        | Expr::Joined { .. }
        | Expr::Choice { .. }
        | Expr::Other => "…".to_owned(),
    }
}

fn is_super(expr: &Expr) -> bool {
    let mut found = false;
    expr.each(&mut |e| found |= matches!(e, Expr::Call(name, _) if name.text == "super"));
    found
}

fn element(list: &Type) -> Type {
    match list {
        Type::List(of) | Type::Map(of) => Type::clone(of),
        Type::Group(_) | Type::Record | Type::Ours | Type::Number | Type::Truth | Type::Any => {
            Type::Any
        }
    }
}

/// What comes out where one of two is taken: the one that says less.
fn either(a: Type, b: Type) -> Type {
    match (a, b) {
        (a, b) if a == b => a,
        (Type::Record, _) | (_, Type::Record) => Type::Record,
        (Type::Any, other) | (other, Type::Any) => other,
        (Type::Number, _) | (_, Type::Number) => Type::Number,
        _ => Type::Any,
    }
}

fn filtered(of: Type, filter: &str) -> Type {
    match filter {
        "length" | "wordcount" | "int" | "float" | "abs" | "round" => Type::Number,
        "long_date" | "clock" | "words" | "plural" | "pluralize" => Type::Ours,
        "long_dates" => Type::List(Box::new(Type::Ours)),
        "list" | "join" => element(&of),
        "first" | "last" | "nth" => element(&of),
        "or_blank" | "default" | "reverse" | "sort" | "unique" | "upper" | "lower" | "trim"
        | "trim_start" | "trim_end" | "capitalize" | "title" | "replace" | "safe" | "escape" => of,
        // Each of their lines is made safe as a line of its own.
        "narrative" | "quote" => Type::Ours,
        _ => Type::Any,
    }
}
