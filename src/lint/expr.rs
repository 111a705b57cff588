//! Expressions of templates, as far as a rule asks: which names, filters and words stand where.
//!
//! Whether an expression is well formed is the engine's to say. What is not understood here is passed
//! over, so that nothing is reported that the engine takes.

use super::token::{Kind, Token};
use crate::diag::Span;

/// A word and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) span: Span,
}

/// Arguments by name.
pub(super) type Arguments = Vec<(Word, Expr)>;

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expr {
    /// A name that stands alone or first: `member`.
    Name(Word),
    /// A field: `.name`.
    Field(Box<Expr>, Word),
    /// An entry: `[0]`, `["id"]`; a part of a list if there is a colon.
    Item { of: Box<Expr>, index: Vec<Expr>, is_part: bool },
    /// A function: `cite(id="…")`.
    Call(Word, Arguments),
    /// A filter.
    Filter { of: Box<Expr>, name: Word, arguments: Arguments },
    /// A test, as `is defined`.
    Test { of: Box<Expr>, name: Word, arguments: Arguments },
    /// Words in quotes.
    Quoted(Word),
    /// A number.
    Number,
    /// True or false.
    Truth,
    /// `none`.
    None,
    /// A list or map that is typed out.
    List(Vec<Expr>),
    /// `[value for name in list if condition]`.
    Each { value: Box<Expr>, names: Vec<Word>, list: Box<Expr>, condition: Option<Box<Expr>> },
    /// Several joined by signs.
    Joined { parts: Vec<Expr>, by: Joint },
    /// `then if condition else otherwise`.
    Choice { then: Box<Expr>, condition: Box<Expr>, otherwise: Option<Box<Expr>> },
    /// What is not understood.
    Other,
}

/// What joins the parts of an expression: the weakest sign of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// Words, by `~`.
    Words,
    /// Numbers.
    Numbers,
    /// Anything that comes out true or false.
    Truth,
}

/// Deepest nesting; the engine takes no more than 40.
const DEEPEST: usize = 60;

/// Most fields and filters of one value; the engine takes no more than 256.
const LONGEST: usize = 300;

/// Reads tokens one by one.
pub(super) struct Parser<'a> {
    tokens: Vec<Token<'a>>,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(tokens: Vec<Token<'a>>) -> Self {
        Parser { tokens, at: 0, depth: 0 }
    }

    /// The next token, without taking it.
    pub(super) fn peek(&self) -> Option<&Token<'a>> {
        self.tokens.get(self.at)
    }

    /// Takes the next token.
    pub(super) fn take(&mut self) -> Option<Token<'a>> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    /// Takes the next token if it is this name.
    pub(super) fn word(&mut self, name: &str) -> bool {
        let is = self.peek().is_some_and(|t| t.kind == Kind::Name && t.text == name);
        self.at += usize::from(is);
        is
    }

    /// Takes the next token if it is this sign.
    pub(super) fn sign(&mut self, sign: &str) -> bool {
        let is = self.peek().is_some_and(|t| t.kind == Kind::Sign && t.text == sign);
        self.at += usize::from(is);
        is
    }

    /// Takes the next token if it is a name.
    pub(super) fn name(&mut self) -> Option<Word> {
        let token = self.peek().filter(|t| t.kind == Kind::Name)?;
        let word = Word { text: token.text.to_owned(), span: token.span.clone() };
        self.at += 1;
        Some(word)
    }

    /// Takes the next token if it is words in quotes.
    pub(super) fn quoted(&mut self) -> Option<Word> {
        let token = self.peek().filter(|t| t.kind == Kind::Quoted)?;
        let word = Word { text: token.text.to_owned(), span: token.span.clone() };
        self.at += 1;
        Some(word)
    }

    /// Reads an expression.
    pub(super) fn expr(&mut self) -> Expr {
        let then = self.joined();
        if !self.word("if") {
            return then;
        }
        let condition = Box::new(self.joined());
        self.depth += 1;
        let otherwise = match self.depth > DEEPEST {
            true => None,
            false => self.word("else").then(|| Box::new(self.expr())),
        };
        self.depth -= 1;
        Expr::Choice { then: Box::new(then), condition, otherwise }
    }

    /// Reads operands and what joins them, without a choice.
    pub(super) fn joined(&mut self) -> Expr {
        if self.depth > DEEPEST {
            self.at = self.tokens.len();
            return Expr::Other;
        }
        self.depth += 1;
        let (first, mut is_truth) = self.operand();
        let mut parts = vec![first];
        let mut is_words = false;
        while let Some(joint) = self.joint() {
            match joint {
                Joint::Truth => is_truth = true,
                Joint::Words => is_words = true,
                Joint::Numbers => {}
            }
            let (part, negated) = self.operand();
            is_truth |= negated;
            parts.push(part);
        }
        self.depth -= 1;
        let by = match (is_truth, is_words) {
            (true, _) => Joint::Truth,
            (false, true) => Joint::Words,
            (false, false) => Joint::Numbers,
        };
        match <[Expr; 1]>::try_from(parts) {
            Ok([one]) if !is_truth => one,
            Ok([one]) => Expr::Joined { parts: vec![one], by },
            Err(parts) => Expr::Joined { parts, by },
        }
    }

    fn joint(&mut self) -> Option<Joint> {
        let token = self.peek()?;
        let joint = match (token.kind, token.text) {
            (Kind::Sign, "~") => Joint::Words,
            (Kind::Sign, "+" | "-" | "*" | "/" | "//" | "%" | "**") => Joint::Numbers,
            (Kind::Sign, "==" | "!=" | "<" | ">" | "<=" | ">=") => Joint::Truth,
            (Kind::Name, "and" | "or" | "in") => Joint::Truth,
            (Kind::Name, "not") => {
                self.at += 1;
                return self.word("in").then_some(Joint::Truth);
            }
            _ => return None,
        };
        self.at += 1;
        Some(joint)
    }

    /// Reads one operand with its fields, filters and tests; and whether it comes out true or false.
    fn operand(&mut self) -> (Expr, bool) {
        let mut is_truth = false;
        loop {
            match () {
                () if self.word("not") => is_truth = true,
                () if self.sign("-") => {}
                () => break,
            }
        }
        let mut expr = self.primary();
        for _ in 0..LONGEST {
            expr = match () {
                () if self.sign(".") || self.sign("?.") => match self.name() {
                    Some(name) => Expr::Field(Box::new(expr), name),
                    None => return (Expr::Other, is_truth),
                },
                () if self.sign("[") || self.sign("?[") => self.item(expr),
                () if self.sign("|") => match self.name() {
                    Some(name) => {
                        let arguments = self.arguments();
                        Expr::Filter { of: Box::new(expr), name, arguments }
                    }
                    None => return (Expr::Other, is_truth),
                },
                () if self.word("is") => {
                    self.word("not");
                    is_truth = true;
                    match self.name() {
                        Some(name) => {
                            let arguments = self.arguments();
                            Expr::Test { of: Box::new(expr), name, arguments }
                        }
                        None => return (Expr::Other, is_truth),
                    }
                }
                () => return (expr, is_truth),
            };
        }
        (Expr::Other, is_truth)
    }

    fn item(&mut self, of: Expr) -> Expr {
        let mut index = Vec::new();
        let mut is_part = false;
        while self.peek().is_some() && !self.sign("]") {
            if self.sign(":") {
                is_part = true;
                continue;
            }
            let before = self.at;
            index.push(self.expr());
            if self.at == before {
                self.at += 1;
            }
        }
        Expr::Item { of: Box::new(of), index, is_part }
    }

    /// Reads `(name=value, …)`, if it stands here.
    pub(super) fn arguments(&mut self) -> Arguments {
        let mut all = Vec::new();
        if !self.sign("(") {
            return all;
        }
        while self.peek().is_some() && !self.sign(")") {
            if self.sign(",") {
                continue;
            }
            match self.name() {
                Some(name) if self.sign("=") => all.push((name, self.expr())),
                _ => self.at += 1,
            }
        }
        all
    }

    fn primary(&mut self) -> Expr {
        let Some(token) = self.take() else { return Expr::Other };
        let word = Word { text: token.text.to_owned(), span: token.span.clone() };
        match (token.kind, token.text) {
            (Kind::Quoted, _) => Expr::Quoted(word),
            (Kind::Number, _) => {
                if self.sign(".") {
                    self.take();
                }
                Expr::Number
            }
            (Kind::Name, "true" | "True" | "false" | "False") => Expr::Truth,
            (Kind::Name, "none" | "None" | "null") => Expr::None,
            (Kind::Name, _)
                if self.peek().is_some_and(|t| t.text == "(" && t.kind == Kind::Sign) =>
            {
                let arguments = self.arguments();
                Expr::Call(word, arguments)
            }
            (Kind::Name, _) => Expr::Name(word),
            (Kind::Sign, "(") => {
                let inner = self.expr();
                self.sign(")");
                inner
            }
            (Kind::Sign, "[") => self.list("]"),
            (Kind::Sign, "{") => self.list("}"),
            (Kind::Sign, _) => Expr::Other,
        }
    }

    fn list(&mut self, end: &str) -> Expr {
        let mut parts = Vec::new();
        if self.depth > DEEPEST {
            self.at = self.tokens.len();
            return Expr::Other;
        }
        self.depth += 1;
        while self.peek().is_some() && !self.sign(end) {
            if self.sign(",") || self.sign("...") || self.sign(":") {
                continue;
            }
            let before = self.at;
            let part = self.expr();
            if self.at == before {
                self.at += 1;
            }
            if parts.is_empty() && self.word("for") {
                let each = self.each(part);
                self.depth -= 1;
                return each;
            }
            parts.push(part);
        }
        self.depth -= 1;
        Expr::List(parts)
    }

    fn each(&mut self, value: Expr) -> Expr {
        let names = self.names();
        self.word("in");
        let list = Box::new(self.joined());
        let condition = self.word("if").then(|| Box::new(self.joined()));
        self.sign("]");
        Expr::Each { value: Box::new(value), names, list, condition }
    }

    /// Reads `name` or `key, name`.
    pub(super) fn names(&mut self) -> Vec<Word> {
        let mut names: Vec<Word> = self.name().into_iter().collect();
        while self.sign(",") {
            names.extend(self.name());
        }
        names
    }
}

impl Expr {
    /// Calls `look` for this expression and everything in it.
    pub(super) fn each(&self, look: &mut impl FnMut(&Expr)) {
        look(self);
        match self {
            Expr::Field(of, _) => of.each(look),
            Expr::Item { of, index, .. } => {
                of.each(look);
                index.iter().for_each(|e| e.each(look));
            }
            Expr::Call(_, arguments) => arguments.iter().for_each(|(_, e)| e.each(look)),
            Expr::Filter { of, arguments, .. } | Expr::Test { of, arguments, .. } => {
                of.each(look);
                arguments.iter().for_each(|(_, e)| e.each(look));
            }
            Expr::List(parts) | Expr::Joined { parts, .. } => {
                parts.iter().for_each(|e| e.each(look));
            }
            Expr::Each { value, list, condition, .. } => {
                value.each(look);
                list.each(look);
                condition.iter().for_each(|e| e.each(look));
            }
            Expr::Choice { then, condition, otherwise } => {
                then.each(look);
                condition.each(look);
                otherwise.iter().for_each(|e| e.each(look));
            }
            Expr::Name(_)
            | Expr::Quoted(_)
            | Expr::Number
            | Expr::Truth
            | Expr::None
            | Expr::Other => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::token::tokens;

    fn read(text: &str) -> Expr {
        Parser::new(tokens(text, 0)).expr()
    }

    #[test]
    fn names_in_every_corner_are_found() {
        for (text, expected) in [
            ("a.b | f(k=c.d)", "a c"),
            ("[x.met for x in list if x.met != y]", "x list x y"),
            ("a if b == \"c\" else d", "a b d"),
            ("a not in [b, \"c\"] and not d is defined", "a b d"),
            ("\"x\" ~ (a | f) ~ g(h=b)", "a b"),
            ("m?[a] | f", "m a"),
            ("{\"k\": a, ...b}", "a b"),
            ("a[1:b]", "a b"),
        ] {
            let mut names = Vec::new();
            read(text).each(&mut |e| {
                if let Expr::Name(name) = e {
                    names.push(name.text.clone());
                }
            });
            assert_eq!(names.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn no_depth_and_no_nonsense_is_too_much() {
        for text in ["a|f".repeat(9000), "a if b else ".repeat(9000)] {
            read(&text);
        }
        for text in ["(".repeat(9000), "[".repeat(9000), "not ".repeat(9000), "a[".repeat(9000)] {
            read(&text);
        }
        for text in ["", "a.", "| |", "a is", "a[", "f(1", "[a for", "é ] )"] {
            read(text);
        }
    }
}
