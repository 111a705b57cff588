//! A record under way from something that is no TOML: its TOML, and beside it what the person wrote.
//!
//! What a person wrote is shown as a sheet of lines, one for each cell of a row or each key of an
//! object. Every value of the TOML is linked to its line, so that whatever the reader of records says
//! about the value is said of the cell.

use crate::diag::{Diagnostic, Source, Span, sort};
use crate::record::{self, Loaded, social_security_numbers};

/// Stands for a line end where a cell is shown on one line.
const LINE_END: char = '⏎';

/// The two texts, and which stretches belong together.
#[derive(Debug, Default)]
pub(super) struct Draft {
    toml: String,
    sheet: String,
    links: Vec<Link>,
    faults: Vec<Diagnostic>,
    /// Social Security numbers in the sheet, whatever is said of their cells.
    hidden: Vec<Span>,
}

/// A stretch of the TOML, and where it comes from.
#[derive(Debug)]
struct Link {
    toml: Span,
    sheet: Vec<Span>,
    /// Bytes before the text itself, where the text stands in the sheet as it was written.
    text: Option<usize>,
}

/// How a value of the TOML follows from the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The text of one cell, as it stands there.
    Verbatim,
    /// Put together, translated, or another way of writing it.
    Made,
}

impl Draft {
    /// Adds a line to the sheet and returns where the text stands in it.
    pub(super) fn show(&mut self, title: &str, text: &str) -> Span {
        one_line(&mut self.sheet, title);
        self.sheet.push_str(": ");
        let start = self.sheet.len();
        one_line(&mut self.sheet, text);
        let span = start..self.sheet.len();
        self.sheet.push('\n');
        let hidden = social_security_numbers(&self.sheet[span.clone()]);
        self.hidden.extend(hidden.into_iter().map(|s| start + s.start..start + s.end));
        span
    }

    /// Leaves a line of the sheet empty, so that the others keep their numbers.
    pub(super) fn skip(&mut self) {
        self.sheet.push('\n');
    }

    /// Adds a line that is only TOML: a heading, or an empty line.
    pub(super) fn line(&mut self, text: &str, sheet: Vec<Span>) {
        let start = self.toml.len();
        self.toml.push_str(text);
        self.links.push(Link { toml: start..self.toml.len(), sheet, text: None });
        self.toml.push('\n');
    }

    /// Begins a key; a value follows.
    pub(super) fn key(&mut self, name: &str, sheet: Vec<Span>) {
        let start = self.toml.len();
        if !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
        {
            self.toml.push_str(name);
        } else {
            self.quote(name);
        }
        self.links.push(Link { toml: start..self.toml.len(), sheet, text: None });
        self.toml.push_str(" = ");
    }

    /// Adds signs between values.
    pub(super) fn sign(&mut self, sign: &str) {
        self.toml.push_str(sign);
    }

    /// Adds a value that is written in TOML already.
    pub(super) fn raw(&mut self, value: &str, sheet: Vec<Span>) {
        let start = self.toml.len();
        self.toml.push_str(value);
        self.links.push(Link { toml: start..self.toml.len(), sheet, text: None });
    }

    /// Adds a text.
    pub(super) fn text(&mut self, text: &str, sheet: Vec<Span>, origin: Origin) {
        let start = self.toml.len();
        let opening = if text.contains('\n') {
            self.toml.push_str("\"\"\"\n");
            escape(&mut self.toml, text, true);
            self.toml.push_str("\"\"\"");
            4
        } else {
            self.quote(text);
            1
        };
        let text = (origin == Origin::Verbatim && sheet.len() == 1).then_some(opening);
        self.links.push(Link { toml: start..self.toml.len(), sheet, text });
    }

    fn quote(&mut self, text: &str) {
        self.toml.push('"');
        escape(&mut self.toml, text, false);
        self.toml.push('"');
    }

    /// Refuses what the person wrote, with faults of which there is at least one.
    pub(super) fn refuse(
        self,
        place: &str,
        mut first: Diagnostic,
        more: Vec<Diagnostic>,
    ) -> Loaded {
        first.conceal.extend(self.hidden);
        let mut loaded = Loaded::refused(Source::new(place, self.sheet), first);
        loaded.diagnostics.extend(more);
        loaded
    }

    /// Returns the length of the TOML so far.
    pub(super) fn toml_len(&self) -> usize {
        self.toml.len()
    }

    /// Reports a fault of the sheet itself.
    pub(super) fn report(&mut self, told: Diagnostic) {
        self.faults.push(told);
    }

    /// Reads the record, and tells what is wrong with it in the words of the sheet.
    ///
    /// `reword` sees each diagnostic of the reader, with its places in the TOML, before they are
    /// translated; it gives nothing where the fault was told already.
    pub(super) fn read(
        self,
        place: &str,
        reword: impl Fn(Diagnostic) -> Option<Reworded>,
    ) -> Loaded {
        let Draft { toml, sheet, links, faults, hidden } = self;
        let links = Links { toml: &toml, links };
        let mut loaded = record::read(toml.as_bytes(), place);
        let found = std::mem::take(&mut loaded.diagnostics);
        let mut told: Vec<Diagnostic> = found
            .into_iter()
            .filter_map(&reword)
            .map(|reworded| links.translate(reworded))
            .chain(faults)
            .collect();
        sort(&mut told);
        if let Some(first) = told.first_mut() {
            first.conceal.extend(hidden);
        }
        loaded.retold(Source::new(place, sheet), told, |span| links.first(span))
    }
}

/// A diagnostic of the reader, to be told of the sheet.
#[derive(Debug)]
pub(super) struct Reworded {
    pub(super) told: Diagnostic,
    /// Places of the sheet to point at instead of those that follow from the TOML.
    pub(super) at: Option<Vec<Span>>,
}

impl From<Diagnostic> for Reworded {
    fn from(told: Diagnostic) -> Self {
        Reworded { told, at: None }
    }
}

struct Links<'a> {
    toml: &'a str,
    links: Vec<Link>,
}

impl Links<'_> {
    /// The link that a place of the TOML lies in.
    fn of(&self, span: &Span) -> Option<&Link> {
        let after = self.links.partition_point(|l| l.toml.start <= span.start);
        let link = self.links.get(after.checked_sub(1)?)?;
        (span.start < link.toml.end).then_some(link)
    }

    /// Every place of the sheet that a place of the TOML comes from.
    fn places(&self, span: &Span) -> Vec<Span> {
        let Some(link) = self.of(span) else { return Vec::new() };
        match (link.text, link.sheet.as_slice()) {
            (Some(opening), [only]) if *span != link.toml => {
                vec![self.inside(link, opening, only, span)]
            }
            _ => link.sheet.clone(),
        }
    }

    fn first(&self, span: &Span) -> Option<Span> {
        self.places(span).into_iter().next()
    }

    /// Walks along the escaped text to a place inside it.
    fn inside(&self, link: &Link, opening: usize, only: &Span, span: &Span) -> Span {
        let at = |to: usize| {
            let mut shown = only.start;
            let mut place = link.toml.start + opening;
            while place < to {
                let rest = self.toml.get(place..link.toml.end).unwrap_or_default();
                let Some((c, written)) = first_char(rest) else { break };
                place += written;
                shown += if c == '\n' { LINE_END.len_utf8() } else { c.len_utf8() };
            }
            shown.min(only.end)
        };
        at(span.start)..at(span.end)
    }

    fn translate(&self, Reworded { mut told, at }: Reworded) -> Diagnostic {
        told.conceal = told.conceal.iter().flat_map(|s| self.places(s)).collect();
        let labels = std::mem::take(&mut told.labels);
        for label in labels {
            let places = match &at {
                Some(places) if label.primary => places.clone(),
                Some(_) | None => self.places(&label.span),
            };
            let text = plain(&label.text);
            for (n, span) in places.into_iter().enumerate() {
                let text = if n == 0 { text.clone() } else { String::new() };
                let primary = label.primary;
                told.labels.push(crate::diag::Label { span, text, primary });
            }
        }
        told.help = told.help.iter().map(|h| plain(h)).collect();
        let fixes = std::mem::take(&mut told.fixes);
        for mut fix in fixes {
            let Some(link) = self.of(&fix.span).filter(|l| l.text.is_some()) else { continue };
            if fix.span != link.toml || link.sheet.is_empty() {
                continue;
            }
            fix.span = link.sheet[0].clone();
            fix.text = unquoted(&fix.text);
            told.fixes.push(fix);
        }
        told
    }
}

/// Says of a cell what is said of a line of TOML.
fn plain(text: &str) -> String {
    text.replace("leave the line out", "leave it empty")
        .replace(" is written here as an escape", "")
        .replace(", without quotation marks", "")
}

fn unquoted(text: &str) -> String {
    match text.strip_prefix('"').and_then(|t| t.strip_suffix('"')) {
        Some(inner) => inner.replace("\\\"", "\"").replace("\\\\", "\\"),
        None => text.to_owned(),
    }
}

/// The first character of a text with escapes, and the bytes it is written in.
fn first_char(text: &str) -> Option<(char, usize)> {
    let mut chars = text.chars();
    let c = chars.next()?;
    if c != '\\' {
        return Some((c, c.len_utf8()));
    }
    match chars.next()? {
        'n' => Some(('\n', 2)),
        't' => Some(('\t', 2)),
        'u' => {
            let code = u32::from_str_radix(text.get(2..6)?, 16).ok()?;
            Some((char::from_u32(code)?, 6))
        }
        other => Some((other, 1 + other.len_utf8())),
    }
}

fn escape(out: &mut String, text: &str, lines: bool) {
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' if lines => out.push('\n'),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\u{0}'..='\u{1f}' | '\u{7f}' => {
                out.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            _ => out.push(c),
        }
    }
}

fn one_line(out: &mut String, text: &str) {
    out.extend(text.chars().map(|c| if c == '\n' { LINE_END } else { c }));
}

/// Returns how many bytes a text takes in the sheet.
pub(super) fn shown_len(text: &str) -> usize {
    text.chars().map(|c| if c == '\n' { LINE_END.len_utf8() } else { c.len_utf8() }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_inside_a_text_is_found_in_its_cell() {
        let mut draft = Draft::default();
        let cell = "say \"no\"\nand \u{7}";
        let span = draft.show("A2 Reason", cell);
        draft.key("reason", vec![span.clone()]);
        draft.text(cell, vec![span], Origin::Verbatim);
        assert_eq!(draft.toml, "reason = \"\"\"\nsay \\\"no\\\"\nand \\u0007\"\"\"");
        let links = Links { toml: &draft.toml, links: draft.links };
        let at = draft.toml.find("\\u0007").unwrap();
        let place = links.first(&(at..at + 6)).unwrap();
        assert_eq!(&draft.sheet[place], "\u{7}");
        let at = draft.toml.find("and").unwrap();
        assert_eq!(&draft.sheet[links.first(&(at..at + 3)).unwrap()], "and");
        assert_eq!(draft.sheet, "A2 Reason: say \"no\"⏎and \u{7}\n");
    }
}
