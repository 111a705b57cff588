//! The letter as words, numbers and signs, each with its place.
//!
//! What print and Markdown put between the letters of a citation is passed over: emphasis, escapes,
//! entities, tags, soft hyphens, line ends, no-break spaces.

use crate::diag::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, or letters and digits that begin with a letter.
    Word,
    /// Begins with a digit: `30`, `1374.30`, `12a`.
    Number,
    /// One sign.
    Sign(char),
    /// The end of a paragraph, item, heading or cell.
    Break,
}

/// One token.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// As typed, without what is invisible.
    pub(super) exact: String,
    /// The same in lower case.
    pub(super) text: String,
    pub(super) span: Span,
    /// Whether it stands in a block quotation.
    pub(super) quoted: bool,
    /// Whether white space stands before it.
    pub(super) apart: bool,
}

impl Token {
    pub(super) fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    pub(super) fn is_word(&self, words: &[&str]) -> bool {
        self.kind == Kind::Word && words.contains(&self.text.as_str())
    }

    pub(super) fn number(&self) -> Option<&str> {
        (self.kind == Kind::Number).then_some(self.text.as_str())
    }
}

/// Entities that a citation may be typed with.
const ENTITIES: &[(&str, char)] = &[
    ("&amp;", '&'),
    ("&#38;", '&'),
    ("&sect;", '§'),
    ("&#167;", '§'),
    ("&#xa7;", '§'),
    ("&nbsp;", ' '),
    ("&#160;", ' '),
    ("&para;", '¶'),
    ("&ndash;", '-'),
    ("&mdash;", '-'),
    ("&lpar;", '('),
    ("&rpar;", ')'),
];

/// Splits a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let chars = characters(text);
    let mut reader = Reader { chars: &chars, at: 0, out: Vec::new(), quoted: false, apart: true };
    reader.line_start();
    while reader.at < chars.len() {
        reader.step();
    }
    reader.out
}

/// One character as it is read, with the bytes it stands for.
#[derive(Clone, Copy, Debug)]
struct Read {
    c: char,
    start: usize,
    end: usize,
}

/// The characters that count.
fn characters(text: &str) -> Vec<Read> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let entity = if c == '&' { entity(&text[at..]) } else { None };
        let (c, length) = entity.unwrap_or((plain(c), c.len_utf8()));
        if !is_invisible(c) {
            out.push(Read { c, start: at, end: at + length });
        }
        at += length;
    }
    out
}

fn entity(text: &str) -> Option<(char, usize)> {
    let is = |name: &str| text.get(..name.len()).is_some_and(|t| t.eq_ignore_ascii_case(name));
    ENTITIES.iter().find(|(name, _)| is(name)).map(|(name, c)| (*c, name.len()))
}

/// Full-width forms and the many dashes as their plain signs.
fn plain(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => '"',
        '\u{fe60}' => '&',
        _ => c,
    }
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    )
}

struct Reader<'a> {
    chars: &'a [Read],
    at: usize,
    out: Vec<Token>,
    quoted: bool,
    apart: bool,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).map(|r| r.c)
    }

    fn step(&mut self) {
        let Some(c) = self.peek(0) else { return };
        match c {
            '\n' => {
                self.at += 1;
                self.apart = true;
                self.line_start();
            }
            c if c.is_whitespace() || c.is_control() => {
                self.at += 1;
                self.apart = true;
            }
            '*' | '_' | '\\' | '`' | '#' | '[' | ']' => self.at += 1,
            '<' if self.tag().is_some() => self.at += self.tag().unwrap_or(1),
            '|' => self.end_block(),
            c if c.is_ascii_digit() => self.number(),
            c if c.is_alphanumeric() => self.word(),
            c => {
                self.push(Kind::Sign(c), self.at, self.at + 1);
                self.at += 1;
            }
        }
    }

    /// Looks at how a line begins: a quotation, a list, a heading or nothing at all.
    fn line_start(&mut self) {
        let blank = |c: char| c.is_whitespace() && c != '\n';
        let mut at = self.at;
        let mut quoted = false;
        while let Some(read) = self.chars.get(at) {
            match read.c {
                '>' => quoted = true,
                c if blank(c) => {}
                _ => break,
            }
            at += 1;
        }
        let here = |n: usize| self.chars.get(at + n).map(|r| r.c);
        let bullet = matches!(here(0), Some('-' | '+' | '*' | '\u{2022}'))
            && here(1).is_some_and(char::is_whitespace);
        let digits = self.chars[at..].iter().take_while(|r| r.c.is_ascii_digit()).count();
        let item = (1..=2).contains(&digits)
            && matches!(here(digits), Some('.' | ')'))
            && here(digits + 1).is_some_and(char::is_whitespace);
        let ends = matches!(here(0), None | Some('\n' | '#')) || bullet || item;
        if ends || quoted != self.quoted {
            self.break_here();
        }
        self.quoted = quoted;
        // The mark of a list is no word.
        self.at = if item { at + digits + 1 } else { at + usize::from(bullet) };
    }

    fn end_block(&mut self) {
        self.break_here();
        self.at += 1;
    }

    fn break_here(&mut self) {
        if self.out.last().is_some_and(|t| t.kind != Kind::Break) {
            self.push(Kind::Break, self.at, self.at);
        }
    }

    /// Characters of an HTML tag that begins here.
    fn tag(&self) -> Option<usize> {
        let next = self.peek(1)?;
        if !(next.is_ascii_alphabetic() || next == '/') {
            return None;
        }
        let inner = self.chars[self.at..].iter().take(60).take_while(|r| r.c != '\n');
        inner.map(|r| r.c).position(|c| c == '>').map(|n| n + 1)
    }

    fn word(&mut self) {
        let from = self.at;
        if self.web_address() || self.initials() {
            return;
        }
        loop {
            while self.peek(0).is_some_and(char::is_alphabetic) {
                self.at += 1;
            }
            if !self.broken_word() {
                break;
            }
        }
        // `S9480` is one word, `HSC1374.30` and `SB294` are two.
        if self.at == from || self.at - from == 1 {
            while self.peek(0).is_some_and(char::is_alphanumeric) {
                self.at += 1;
            }
        }
        self.at = self.at.max(from + 1);
        self.push(Kind::Word, from, self.at);
    }

    /// A word that goes on in the next line after a hyphen.
    fn broken_word(&mut self) -> bool {
        if self.peek(0) != Some('-') || self.peek(1) != Some('\n') {
            return false;
        }
        let blank = |c: &char| c.is_whitespace() || *c == '>';
        let gap = self.chars[self.at + 2..].iter().map(|r| r.c).take_while(blank).count();
        let goes_on = self.peek(2 + gap).is_some_and(char::is_lowercase) && gap < 8;
        if goes_on {
            self.at += 2 + gap;
        }
        goes_on
    }

    /// `C.F.R.` is one word.
    fn initials(&mut self) -> bool {
        let mut length = 0;
        let mut letters = 0;
        while self.peek(length).is_some_and(char::is_alphabetic)
            && self.peek(length + 1) == Some('.')
        {
            letters += 1;
            length += 2;
        }
        let one_more = self.peek(length).is_some_and(char::is_alphabetic)
            && !self.peek(length + 1).is_some_and(char::is_alphanumeric);
        if one_more {
            letters += 1;
            length += 1;
        }
        if letters < 2 {
            return false;
        }
        self.push(Kind::Word, self.at, self.at + length);
        self.at += length;
        true
    }

    /// An address of the web names pages, not law.
    fn web_address(&mut self) -> bool {
        let starts = |name: &str| name.chars().enumerate().all(|(n, c)| self.peek(n) == Some(c));
        if !["http://", "https://", "www."].into_iter().any(starts) {
            return false;
        }
        let from = self.at;
        while self.peek(0).is_some_and(|c| !c.is_whitespace() && !")>\"".contains(c)) {
            self.at += 1;
        }
        self.push(Kind::Word, from, self.at);
        true
    }

    fn number(&mut self) {
        let from = self.at;
        let digits = self.chars[from..].iter().take_while(|r| r.c.is_ascii_digit()).count();
        let letters =
            self.chars[from + digits..].iter().take_while(|r| r.c.is_alphabetic()).count();
        if letters >= 3 {
            // `28CCR`, `14VAC5`, `90days`.
            self.push(Kind::Number, from, from + digits);
            self.at = from + digits;
            self.apart = false;
            let word = self.at;
            self.at += letters;
            self.push(Kind::Word, word, self.at);
            return;
        }
        while let Some(c) = self.peek(0) {
            let joins = matches!(c, '.' | ':') && self.peek(1).is_some_and(|n| n.is_ascii_digit());
            if !c.is_ascii_alphanumeric() && !joins {
                break;
            }
            self.at += 1;
        }
        self.push(Kind::Number, from, self.at);
    }

    fn push(&mut self, kind: Kind, from: usize, to: usize) {
        let start = self.chars.get(from).or(self.chars.last()).map_or(0, |r| r.start);
        let end = if to > from { self.chars[to - 1].end } else { start };
        let keep = |c: &char| kind != Kind::Word || c.is_alphanumeric();
        let exact: String = self.chars[from..to].iter().map(|r| r.c).filter(keep).collect();
        let text = exact.to_lowercase();
        let apart = std::mem::take(&mut self.apart);
        self.out.push(Token { kind, exact, text, span: start..end, quoted: self.quoted, apart });
    }
}
