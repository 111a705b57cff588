//! A paragraph word by word: what was added, what was removed, what stayed.

use std::ops::Range;

use super::align::runs;
use crate::layout::Inline;

/// A word with its styles; a line end counts as one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Word(pub(super) Vec<Part>);

/// A stretch of a word in one style.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Part {
    pub(super) text: String,
    pub(super) style: Style,
}

/// How a stretch is set off.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Style {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) url: Option<String>,
}

/// Whether words are in what was approved, in what is, or in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// In both.
    Plain,
    /// Only in what is.
    Added,
    /// Only in what was approved.
    Removed,
}

/// Words that share a mark.
pub(super) type Run = (Mark, Vec<Word>);

impl Word {
    /// Whether it is the end of a line.
    pub(super) fn is_break(&self) -> bool {
        self.0.iter().all(|part| part.text == "\n")
    }
}

/// Returns the words of a paragraph.
pub(super) fn words(inline: &Inline) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for span in &inline.spans {
        let style = Style {
            bold: span.style.bold,
            italic: span.style.italic,
            url: span.style.link.and_then(|n| inline.urls.get(n).cloned()),
        };
        for c in inline.text.get(span.range.clone()).unwrap_or_default().chars() {
            match (c, words.last_mut().filter(|_| open)) {
                (' ', _) => open = false,
                ('\n', _) => {
                    words.push(Word(vec![Part { text: "\n".to_owned(), ..Part::default() }]));
                    open = false;
                }
                (c, Some(Word(parts))) => match parts.last_mut() {
                    Some(part) if part.style == style => part.text.push(c),
                    _ => parts.push(Part { text: c.to_string(), style: style.clone() }),
                },
                (c, None) => {
                    words.push(Word(vec![Part { text: c.to_string(), style: style.clone() }]));
                    open = true;
                }
            }
        }
    }
    words
}

/// Returns all words under one mark.
pub(super) fn all(inline: &Inline, mark: Mark) -> Vec<Run> {
    vec![(mark, words(inline))]
}

/// Compares two paragraphs. A single word that two changes have between them goes with them, because a sentence
/// that alternates word by word cannot be read.
pub(super) fn compare(was: &Inline, is: &Inline) -> Vec<Run> {
    let (was, is) = (words(was), words(is));
    let found = runs(&was, &is);
    let mut joined: Vec<(Range<usize>, Range<usize>, bool)> = Vec::new();
    for (n, (old, new, same)) in found.iter().enumerate() {
        let between = n > 0 && n + 1 < found.len() && new.len() == 1;
        let is_word = new.clone().all(|i| !is[i].is_break());
        let same = *same && !(between && is_word);
        match joined.last_mut() {
            Some((o, n, false)) if !same => (o.end, n.end) = (old.end, new.end),
            _ => joined.push((old.clone(), new.clone(), same)),
        }
    }
    let mut out: Vec<Run> = Vec::new();
    for (old, new, same) in joined {
        if same {
            out.push((Mark::Plain, is[new].to_vec()));
            continue;
        }
        out.push((Mark::Removed, was[old].to_vec()));
        out.push((Mark::Added, is[new].to_vec()));
    }
    out.retain(|(_, words)| !words.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Block, read};

    fn shown(was: &str, is: &str) -> String {
        let inline = |text: &str| match read(text).pop() {
            Some(Block::Paragraph(inline)) => inline,
            other => panic!("{other:?}"),
        };
        let text = |words: &[Word]| {
            let word = |w: &Word| w.0.iter().map(|p| p.text.as_str()).collect::<String>();
            words.iter().map(word).collect::<Vec<_>>().join(" ")
        };
        let runs = compare(&inline(was), &inline(is));
        let run = |(mark, words): &Run| match mark {
            Mark::Plain => text(words),
            Mark::Added => format!("+[{}]", text(words)),
            Mark::Removed => format!("-[{}]", text(words)),
        };
        runs.iter().map(run).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_that_change_are_shown_together() {
        assert_eq!(
            shown("I ask you to pay.", "I ask you to reverse the denial."),
            "I ask you to -[pay.] +[reverse the denial.]"
        );
        assert_eq!(shown("a b c d e", "a x c y e"), "a -[b c d] +[x c y] e");
        assert_eq!(shown("**Plan:** mine", "Plan: mine"), "-[Plan:] +[Plan:] mine");
        assert_eq!(shown("a  \nb", "a  \nb c"), "a \n b +[c]");
    }
}
