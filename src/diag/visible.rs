//! Source text made safe to show: no escape reaches a terminal, no concealed digit a log.

use super::Span;

/// Returns `text` with everything that a terminal might obey made visible, on one line.
#[must_use]
pub fn visible(text: &str) -> String {
    text.chars()
        .map(|c| if c == '\n' || c == '\t' { ' ' } else { stand_in(c).unwrap_or(c) })
        .collect()
}

/// Returns what to show in place of a character that must not be shown.
fn stand_in(c: char) -> Option<char> {
    match c {
        '\n' | '\t' => None,
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{e000}'..='\u{f8ff}'
        | '\u{feff}'
        | '\u{f0000}'..='\u{10ffff}' => Some('\u{fffd}'),
        _ => None,
    }
}

/// Returns the nearest character boundary at or before `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Longest stretch of source that is shown, in bytes.
const WIDEST: usize = 20_000;

/// A stretch of whole lines as it is shown, with the way back to its source.
pub(super) struct Window {
    /// The text to show.
    pub(super) text: String,
    /// Number of its first line, from 1.
    pub(super) line: usize,
    /// Pairs of offsets, source and shown, at each place where they drift apart.
    drift: Vec<(usize, usize)>,
}

impl Window {
    /// Cuts out the lines that hold `span`, digits inside `concealed` replaced.
    ///
    /// `concealed` is sorted and does not overlap. None where the lines are too long to be shown.
    pub(super) fn of(text: &str, span: &Span, concealed: &[Span]) -> Option<Window> {
        let from = floor(text, span.start);
        let to = floor(text, span.end.max(span.start));
        let start = text[..from].rfind('\n').map_or(0, |at| at + 1);
        let end = text[to..].find('\n').map_or(text.len(), |at| to + at);
        if end - start > WIDEST {
            return None;
        }
        let line = text[..start].matches('\n').count() + 1;

        let mut shown = String::with_capacity(end - start);
        let mut drift = vec![(start, 0)];
        let mut hidden =
            concealed[concealed.partition_point(|s| s.end <= start)..].iter().peekable();
        for (at, c) in text[start..end].char_indices() {
            let at = start + at;
            if c == '\r' && (text[at + 1..].is_empty() || text[at + 1..].starts_with('\n')) {
                drift.push((at + 1, shown.len()));
                continue;
            }
            while hidden.next_if(|s| s.end <= at).is_some() {}
            let hide = c.is_ascii_digit() && hidden.peek().is_some_and(|s| s.contains(&at));
            let put = if hide { '*' } else { stand_in(c).unwrap_or(c) };
            shown.push(put);
            if put.len_utf8() != c.len_utf8() {
                drift.push((at + c.len_utf8(), shown.len()));
            }
        }
        Some(Window { text: shown, line, drift })
    }

    /// Translates a place of the source into a place of the window.
    pub(super) fn place(&self, span: &Span) -> Span {
        let start = self.offset(span.start);
        let end = self.offset(span.end.max(span.start));
        start..end.max(start)
    }

    fn offset(&self, at: usize) -> usize {
        let i = self.drift.partition_point(|(source, _)| *source <= at);
        let (source, shown) = self.drift[i.saturating_sub(1)];
        floor(&self.text, shown + at.saturating_sub(source))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_shown_and_places_kept() {
        let text = "first\r\na\u{1b}[31m = \"é\" # b\r\nlast";
        let at = text.find("\"é\"").unwrap();
        let window = Window::of(text, &(at..at + 4), &[]).unwrap();
        assert_eq!(window.text, "a␛[31m = \"é\" # b");
        assert_eq!(window.line, 2);
        let place = window.place(&(at..at + 4));
        assert_eq!(&window.text[place], "\"é\"");
    }

    #[test]
    fn concealed_digits_are_starred() {
        let number = 5..16;
        let window =
            Window::of("id = 123-45-6789", &number, std::slice::from_ref(&number)).unwrap();
        assert_eq!(window.text, "id = ***-**-****");
        assert!(Window::of(&"1".repeat(WIDEST + 1), &number, &[]).is_none());
    }

    #[test]
    fn places_outside_the_text_are_harmless() {
        let window = Window::of("é", &(1..99), &[]).unwrap();
        assert_eq!(window.place(&Span { start: 7, end: 3 }), 2..2);
        assert_eq!(visible("a\u{202e}\nb"), "a\u{fffd} b");
    }
}
