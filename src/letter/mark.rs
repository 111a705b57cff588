//! Private marks that tell the record's words from the template's while a letter is rendered.
//!
//! A record can hold no character for private use (it is refused when read), so these five can stand
//! in the text until the letter is finished, and none is left in it. The marks of a followed render
//! come beside them, and are taken out before anything else is done.

use serde::{Serialize, Serializer};

/// Before words of the record.
pub(super) const OPEN: char = '\u{E000}';
/// After words of the record.
pub(super) const CLOSE: char = '\u{E001}';
/// Where a template printed a value that is not there.
pub(super) const HOLE: char = '\u{E002}';
/// Around a blank.
pub(super) const BLANK: char = '\u{E003}';
/// Between a blank's key and its label.
pub(super) const LABEL: char = '\u{E004}';

/// Words of the record, marked as such; may stand among words of ours. Empty where the record says
/// nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(String);

impl Text {
    /// Marks a value of the record. A value of white space alone is empty; one that holds a
    /// character for private use is spoiled, and no letter is written from it.
    pub(super) fn typed(value: &str) -> Text {
        let value = value.trim();
        if let Some(c) = value.chars().find(|c| is_private(*c)) {
            return Text(format!("{HOLE}{c}"));
        }
        if value.is_empty() { Text::default() } else { Text(format!("{OPEN}{value}{CLOSE}")) }
    }

    /// Returns the character that spoiled a text.
    pub(super) fn spoiled_by(text: &str) -> Option<char> {
        text.strip_prefix(HOLE)?.chars().next()
    }

    /// Returns whether there are no words.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes words of ours.
    pub(super) fn ours(words: &str) -> Text {
        Text(words.to_owned())
    }

    /// Adds words of ours at the end.
    pub(super) fn then(mut self, words: &str) -> Text {
        self.0.push_str(words);
        self
    }

    /// Adds words of another.
    pub(super) fn then_text(self, more: &Text) -> Text {
        self.then(&more.0)
    }

    /// Returns the words without the marks.
    pub(super) fn plain(&self) -> String {
        strip(&self.0)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Returns whether a character is one of the marks.
pub(super) fn is_mark(c: char) -> bool {
    (OPEN..=LABEL).contains(&c)
}

/// Returns whether a character is for private use.
pub(super) fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

/// Removes every mark and keeps the words.
pub(super) fn strip(marked: &str) -> String {
    if !marked.contains(is_mark) {
        return marked.to_owned();
    }
    marked.chars().filter(|c| !is_mark(*c)).collect()
}

/// Replaces the record's words by an ellipsis, for messages.
pub(super) fn redact(marked: &str) -> String {
    pieces(marked)
        .into_iter()
        .map(|piece| match piece {
            Piece::Ours(words) => strip(words),
            Piece::Record(_) => "…".to_owned(),
        })
        .collect()
}

/// A stretch of marked text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Words of a template or of the law.
    Ours(&'a str),
    /// Words of the record.
    Record(&'a str),
}

/// Splits marked text. An opening mark without its closing one counts as ours.
pub(super) fn pieces(marked: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = marked;
    while let Some(start) = rest.find(OPEN) {
        let (before, after) = rest.split_at(start);
        let body = &after[OPEN.len_utf8()..];
        if !before.is_empty() {
            pieces.push(Piece::Ours(before));
        }
        match body.find([OPEN, CLOSE]) {
            Some(end) if body[end..].starts_with(CLOSE) => {
                pieces.push(Piece::Record(&body[..end]));
                rest = &body[end + CLOSE.len_utf8()..];
            }
            Some(end) => {
                pieces.push(Piece::Ours(&body[..end]));
                rest = &body[end..];
            }
            None => {
                pieces.push(Piece::Ours(body));
                rest = "";
            }
        }
    }
    if !rest.is_empty() {
        pieces.push(Piece::Ours(rest));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unclosed_mark_is_not_the_records() {
        let text = format!("a{OPEN}b{OPEN}c{CLOSE}d{OPEN}e");
        let pieces = pieces(&text);
        assert_eq!(
            pieces,
            [
                Piece::Ours("a"),
                Piece::Ours("b"),
                Piece::Record("c"),
                Piece::Ours("d"),
                Piece::Ours("e")
            ]
        );
    }

    #[test]
    fn a_message_holds_no_word_of_the_record() {
        let name = Text::typed("Ana Example").then("'s");
        assert_eq!(redact(&format!("cannot take {}", name.0)), "cannot take …'s");
    }
}
