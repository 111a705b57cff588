//! Finds every citation of law, in the forms in which people write it.

use super::codes::{Code, Names, PAPERS, act, skip};
use super::pin::{self, Pin};
use super::token::{Kind, Token};
use crate::diag::Span;

/// One section, or one subdivision of it, that the letter cites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cited {
    pub(super) code: Code,
    /// Section, in lower case; empty where the code alone is the citation.
    pub(super) section: String,
    pub(super) pin: Pin,
    pub(super) span: Span,
    /// Tokens of the citation it belongs to, first and one past the last.
    pub(super) tokens: (usize, usize),
    /// Whether "et seq." follows.
    pub(super) open_ended: bool,
    pub(super) quoted: bool,
}

/// Finds the citations of a letter, in its order.
pub(super) fn citations(all: &[Token], names: &Names) -> Vec<Cited> {
    let mut finder = Finder { all, names, found: Vec::new(), codes: Vec::new() };
    let mut at = 0;
    while at < all.len() {
        at = finder.at(at).unwrap_or(at + 1).max(at + 1);
    }
    finder.found
}

struct Finder<'a> {
    all: &'a [Token],
    names: &'a Names,
    found: Vec<Cited>,
    /// Codes of the register cited so far, the latest last.
    codes: Vec<String>,
}

/// One section and its subdivisions, as they were read.
struct Read {
    section: String,
    pins: Vec<Pin>,
    end: usize,
    open_ended: bool,
}

impl Finder<'_> {
    /// Reads the citation that begins here; the place after it.
    fn at(&mut self, at: usize) -> Option<usize> {
        let all = self.all;
        let token = all.get(at).filter(|t| t.kind != Kind::Break)?;
        if let Some((code, end)) = self.names.named(all, at) {
            self.push(code, String::new(), Pin::new(), (at, end), false);
            return Some(end);
        }
        if let Some((code, end)) = act(all, at) {
            self.push(code, String::new(), Pin::new(), (at, end), false);
            return Some(end);
        }
        if let Some(end) = self.subdivision_first(at) {
            return Some(end);
        }
        if let Some((code, end)) = self.names.code(all, at) {
            let next = self.sections(code.clone(), at, end, Pin::new());
            if next.is_none() {
                // The name of a code by itself cites nothing; a section after it may mean it.
                let Code::Held(id) = code else { return None };
                self.remember(id);
                return Some(end);
            }
            return next;
        }
        if section_word(all, at).is_some() || token.number().is_some() {
            return self.bare(at, Pin::new());
        }
        None
    }

    /// Reads sections after the name of a code.
    fn sections(&mut self, code: Code, from: usize, at: usize, outer: Pin) -> Option<usize> {
        let all = self.all;
        let (mut next, mut worded) = (skip(all, at), false);
        if all.get(next).is_some_and(|t| t.is(':')) {
            next += 1;
        }
        let mut part = None;
        while let Some((name, after)) = container(all, next) {
            part = Some((name, after));
            next = skip(all, after);
        }
        if let Some(after) = section_word(all, next) {
            (next, worded) = (after, true);
        }
        let is_unheld = matches!(code, Code::Unheld(_));
        let Some(first) = self.section(&code, next) else {
            let (name, end) = part?;
            self.push(code, name, Pin::new(), (from, end), false);
            return Some(end);
        };
        // "ABCDE 12 mg" is no citation, "ABCDE section 12" is.
        if is_unheld && !worded && part.is_none() && !self.is_titled(&code) {
            return None;
        }
        if !worded && super::period::counts(all, next) {
            return None;
        }
        Some(self.take(code, from, first, outer))
    }

    fn remember(&mut self, code: String) {
        self.codes.retain(|c| *c != code);
        self.codes.push(code);
    }

    fn is_titled(&self, code: &Code) -> bool {
        matches!(code, Code::Unheld(name) if name.starts_with(|c: char| c.is_ascii_digit()) || name.ends_with("Code"))
    }

    /// Takes a section and those that follow it in a list; the place after them.
    fn take(&mut self, code: Code, from: usize, first: Read, outer: Pin) -> usize {
        let all = self.all;
        let mut reads = vec![(from, first)];
        loop {
            let end = reads.last().map_or(from, |(_, r)| r.end);
            let Some((at, next)) = joint(all, end) else { break };
            let worded = next > at || section_word(all, at).is_some();
            let Some(read) = self.section(&code, next) else { break };
            if !worded && !self.goes_on(all, next, &read) {
                break;
            }
            reads.push((at, read));
        }
        let end = reads.last().map_or(from, |(_, r)| r.end);
        let (code, end) = match &code {
            Code::Earlier(_) => self.code_after(end).unwrap_or((code.clone(), end)),
            Code::Held(_) | Code::Unheld(_) | Code::Bill(_) | Code::Named(_) => (code.clone(), end),
        };
        if let Code::Held(id) = &code {
            self.remember(id.clone());
        }
        let count = reads.len();
        for (n, (start, read)) in reads.into_iter().enumerate() {
            let last = if n + 1 == count { end } else { read.end };
            let pins = if read.pins.is_empty() { vec![Pin::new()] } else { read.pins };
            for inner in pins {
                let full = [outer.clone(), inner].concat();
                self.push(code.clone(), read.section.clone(), full, (start, last), read.open_ended);
            }
        }
        end
    }

    /// Whether a number after a comma is one more section of the list.
    fn goes_on(&self, all: &[Token], at: usize, read: &Read) -> bool {
        let digits = read.section.chars().take_while(char::is_ascii_digit).count();
        let shaped = read.section.contains(['.', '-']) || !read.pins.is_empty();
        let year = read.section.parse::<u32>().is_ok_and(|n| (1900..2100).contains(&n));
        !super::period::counts(all, at)
            && (self.names.knows_section(&read.section)
                || (digits >= 3 && (shaped || (digits <= 5 && !year))))
    }

    /// A section that names its code afterwards, or not at all.
    fn bare(&mut self, at: usize, outer: Pin) -> Option<usize> {
        let all = self.all;
        let worded = section_word(all, at);
        let from = worded.unwrap_or(at);
        let code = Code::Earlier(self.codes.iter().rev().cloned().collect());
        let read = self.section(&code, from)?;
        if self.is_of_a_paper(at, read.end) {
            return None;
        }
        let digits = read.section.chars().take_while(char::is_ascii_digit).count();
        let known = self.names.knows_section(&read.section);
        let marks = read.section.matches(['.', '-']).count();
        let sign = worded.is_some() && all[at].is('§');
        let named = self.code_after(read.end).is_some();
        let is_law = match worded {
            Some(_) => sign || named || known || digits >= 3 || marks >= 2 || !outer.is_empty(),
            None => self.is_loose(at, &read, known, named),
        };
        is_law.then(|| self.take(code, at, read, outer))
    }

    /// Whether a number that nothing introduces is a section: `1367.01(k)`, `1383.1`.
    fn is_loose(&self, at: usize, read: &Read, known: bool, named: bool) -> bool {
        let all = self.all;
        let before = at.checked_sub(1).and_then(|b| all.get(b));
        let in_money = before
            .is_some_and(|t| "$-/.,#:=".chars().any(|c| t.is(c)) && !all[at].apart)
            || before.is_some_and(|t| t.is('$'));
        let joined = all.get(read.end).is_some_and(|t| {
            !t.apart && (t.is('%') || t.is('-') || t.is('/') || t.kind == Kind::Word)
        });
        if in_money || joined || super::period::counts(all, at) {
            return false;
        }
        let digits = read.section.chars().take_while(char::is_ascii_digit).count();
        let decimal = read.section.contains('.');
        let attached = all.get(at + 1).is_some_and(|t| t.is('(') && !t.apart);
        let pinned = attached
            && read
                .pins
                .first()
                .and_then(|p| p.first())
                .is_some_and(|p| decimal || p.starts_with(|c: char| c.is_ascii_lowercase()));
        let under = before.is_some_and(|t| {
            t.is_word(&[
                "under", "see", "per", "by", "violates", "violated", "cites", "citing", "law",
            ])
        });
        (digits >= 3 && pinned)
            || (known && decimal && digits >= 3)
            || (under && decimal && (4..=5).contains(&digits))
            || (named && digits >= 3)
    }

    /// "section 4 of my Evidence of Coverage", "EOC section 1204".
    fn is_of_a_paper(&self, at: usize, end: usize) -> bool {
        let all = self.all;
        let before = all[..at].iter().rev().take(3).find(|t| !t.is(',') && !t.is('('));
        if before.is_some_and(|t| t.is_word(PAPERS)) {
            return true;
        }
        if !all.get(end).is_some_and(|t| t.is_word(&["of", "in"])) || self.code_after(end).is_some()
        {
            return false;
        }
        let near = all.iter().skip(end + 1).take(6).take_while(|t| t.kind == Kind::Word);
        near.into_iter().any(|t| t.is_word(PAPERS))
    }

    /// "of the Health and Safety Code", ", Insurance Code" after a section.
    fn code_after(&self, at: usize) -> Option<(Code, usize)> {
        let all = self.all;
        let token = all.get(at)?;
        let mut next = at + 1;
        if token.is_word(&["of", "in"]) {
            next += usize::from(all.get(next).is_some_and(|t| t.is_word(&["the", "that"])));
        } else if !(token.is(',') || token.is('(')) {
            return None;
        }
        let (code, end) = self.names.code(all, next)?;
        // After a comma a new citation may begin; it has its own section.
        let begins = |at: usize| {
            let at = skip(all, at);
            section_word(all, at).is_some() || all.get(at).is_some_and(|t| t.number().is_some())
        };
        let strange = matches!(code, Code::Unheld(_)) && !token.is_word(&["of", "in"]);
        if token.is('(') || strange || (token.is(',') && begins(end)) {
            return None;
        }
        Some((code, end))
    }

    /// "subdivision (k) of section 1374.30 of the Health and Safety Code".
    fn subdivision_first(&mut self, at: usize) -> Option<usize> {
        let all = self.all;
        let mut groups: Vec<Vec<Pin>> = Vec::new();
        let mut next = at;
        while all.get(next).is_some_and(|t| t.is_word(SUBDIVISIONS)) {
            let after = skip(all, next + 1);
            let (pins, end) = pin::list(all, after);
            if pins.is_empty() {
                break;
            }
            groups.push(pins);
            next = end;
            if all.get(next).is_some_and(|t| t.is_word(&["of"])) {
                next += 1;
            }
        }
        let (inner, outer) = groups.split_first()?;
        let outer: Pin = outer.iter().rev().filter_map(|g| g.first()).flatten().cloned().collect();
        let before = self.found.len();
        let end = if section_word(all, next).is_some() {
            self.bare(next, Pin::new())
        } else {
            let (code, end) = self.names.code(all, next).unzip();
            code.zip(end).and_then(|(code, end)| self.sections(code, next, end, Pin::new()))
        };
        let (code, section, end) = match end {
            Some(end) => {
                let cited = self.found.get(before)?.clone();
                self.found.truncate(before);
                (cited.code, cited.section, end)
            }
            // Without a section it is one of the section cited before.
            None => {
                let last = self.found.last()?;
                (last.code.clone(), last.section.clone(), next)
            }
        };
        for pin in inner {
            let full = [outer.clone(), pin.clone()].concat();
            self.push(code.clone(), section.clone(), full, (at, end), false);
        }
        Some(end)
    }

    /// Reads one section with its subdivisions.
    fn section(&self, code: &Code, at: usize) -> Option<Read> {
        let all = self.all;
        let mut section = all.get(at)?.number()?.to_owned();
        let mut end = at + 1;
        if self.names.is_dashed(code) {
            while let Some((more, next)) = dashed(all, end) {
                let alike = |a: &str, b: &str| {
                    a.contains('.') && b.contains('.') && a.split('.').next() == b.split('.').next()
                };
                if alike(&section, &more) {
                    break;
                }
                section.push('-');
                section.push_str(&more);
                end = next;
            }
        }
        // "Regulation 4-2-21, section 9".
        let (mut pins, mut after) = pin::list(all, end);
        if pins.is_empty() {
            (pins, after) = inner_sections(all, end, &section);
        }
        end = after;
        let subdivided = skip(all, end);
        if pins.is_empty() && all.get(subdivided).is_some_and(|t| t.is_word(SUBDIVISIONS)) {
            let mut outer = Pin::new();
            let mut next = subdivided;
            while all.get(next).is_some_and(|t| t.is_word(SUBDIVISIONS)) {
                let (more, after) = pin::list(all, skip(all, next + 1));
                if more.is_empty() {
                    break;
                }
                outer = pins.first().cloned().unwrap_or(outer);
                pins = more.into_iter().map(|p| [outer.clone(), p].concat()).collect();
                end = after;
                next = skip(all, after);
            }
        }
        let seq = skip(all, end);
        let open_ended = all.get(seq).is_some_and(|t| t.is_word(&["et"]))
            && all.get(skip(all, seq + 1)).is_some_and(|t| t.is_word(&["seq"]));
        if open_ended {
            end = skip(all, seq + 1) + 1;
        }
        Some(Read { section, pins, end, open_ended })
    }

    fn push(
        &mut self,
        code: Code,
        section: String,
        pin: Pin,
        tokens: (usize, usize),
        open_ended: bool,
    ) {
        let (Some(first), Some(last)) =
            (self.all.get(tokens.0), self.all.get(tokens.1.saturating_sub(1)))
        else {
            return;
        };
        let span = first.span.start..last.span.end.max(first.span.end);
        let quoted = first.quoted;
        self.found.push(Cited { code, section, pin, span, tokens, open_ended, quoted });
    }
}

/// Words before a subdivision.
const SUBDIVISIONS: &[&str] = &[
    "subdivision",
    "subdivisions",
    "subd",
    "subds",
    "subdiv",
    "subsection",
    "subsections",
    "subsec",
    "paragraph",
    "paragraphs",
    "para",
    "par",
    "subparagraph",
    "subparagraphs",
    "clause",
    "subclause",
];

/// "section", "§§": the place after it.
fn section_word(all: &[Token], at: usize) -> Option<usize> {
    let token = all.get(at)?;
    if token.is('§') || token.is('¶') {
        let more = all[at..].iter().take(3).take_while(|t| t.is('§') || t.is('¶')).count();
        return Some(at + more);
    }
    let word = token.is_word(&["section", "sections", "sec", "secs", "sect", "sects", "§"]);
    word.then(|| skip(all, at + 1))
}

/// "part 147", "chapter 2.2".
fn container(all: &[Token], at: usize) -> Option<(String, usize)> {
    let token = all.get(at)?;
    if !token.is_word(&["part", "subpart", "chapter", "article", "division", "title", "ch", "art"])
    {
        return None;
    }
    let n = skip(all, at + 1);
    let number = all.get(n)?;
    let lettered = number.kind == Kind::Word && number.exact.len() == 1;
    (number.number().is_some() || lettered)
        .then(|| (format!("{} {}", token.text, number.text), n + 1))
}

/// What follows a dash within a section.
fn dashed(all: &[Token], at: usize) -> Option<(String, usize)> {
    let [dash, more] = [all.get(at)?, all.get(at + 1)?];
    let joined = dash.is('-') && !dash.apart;
    let number = more.number().filter(|_| joined && !more.apart)?;
    Some((number.to_owned(), at + 2))
}

/// "section 9(A)(1)-(2)" of a regulation that is itself numbered with dashes.
fn inner_sections(all: &[Token], at: usize, section: &str) -> (Vec<Pin>, usize) {
    let none = (Vec::new(), at);
    let Some(mut next) = section_word(all, skip(all, at)).filter(|_| section.contains('-')) else {
        return none;
    };
    let mut pins: Vec<Pin> = Vec::new();
    let mut end = at;
    while let Some(number) = all.get(next).and_then(Token::number) {
        if number.len() > 2 || number.contains('.') || super::period::counts(all, next) {
            break;
        }
        let (inner, after) = pin::list(all, next + 1);
        let head = vec![number.to_owned()];
        if inner.is_empty() {
            pins.push(head);
        } else {
            pins.extend(inner.into_iter().map(|p| [head.clone(), p].concat()));
        }
        end = after.max(next + 1);
        let Some((more, _)) = joint(all, end) else { break };
        next = more;
    }
    if pins.is_empty() { none } else { (pins, end) }
}

/// The place of what follows a comma, an "and" or a dash, and the place after a section word there.
fn joint(all: &[Token], at: usize) -> Option<(usize, usize)> {
    let token = all.get(at)?;
    let is_and =
        |t: &Token| t.is('&') || t.is('-') || t.is_word(&["and", "or", "to", "through", "thru"]);
    let mut next = if is_and(token) {
        at + 1
    } else if token.is(',') || token.is(';') {
        at + 1 + usize::from(all.get(at + 1).is_some_and(is_and))
    } else {
        return None;
    };
    let start = next;
    if let Some(after) = section_word(all, next) {
        next = after;
    }
    Some((start, next))
}
