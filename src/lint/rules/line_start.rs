//! Finds values that could turn the start of a line into a numbered item.
//!
//! ## Why it is bad
//!
//! Every value is made safe on its own: one that is `# urgent`, `- none` or `1. first` comes out as typed. But a
//! value that is only a number becomes the start of a list if the template goes on with a period or a bracket,
//! and so does a number of the template's with a value that begins with one. The letter then loses the number
//! and moves to the right.
//!
//! ## Example
//!
//! ```text
//! {{ denial.reference }}. This is the number on the notice.
//! ```
//!
//! ## Use instead
//!
//! Let the line begin with a word.
//!
//! ```text
//! The number on the notice is {{ denial.reference }}.
//! ```

use super::super::types::Type;
use super::{Finds, From, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::letter::scan::{self, Piece, PieceKind};

pub(super) const RULE: Rule = Rule {
    name: "line-start",
    code: "lint::line-start",
    severity: Severity::Error,
    source: include_str!("line_start.rs"),
    from: From::Templates,
    look,
};

fn look(scene: &Scene<'_>, finds: &mut Finds) {
    for (i, file) in scene.looked_at() {
        if file.fault.is_some() {
            continue;
        }
        let pieces = scan::pieces(&file.source.text);
        for (n, piece) in pieces.iter().enumerate().filter(|(_, p)| p.kind == PieceKind::Print) {
            let printed = scene.walked.prints.get(&(i, piece.start));
            let is_free = |of: &Type| match of {
                Type::Record | Type::Number | Type::Any => true,
                Type::Group(_) | Type::List(_) | Type::Map(_) | Type::Ours | Type::Truth => false,
            };
            if !printed.is_some_and(|all| all.iter().any(|p| is_free(&p.of))) {
                continue;
            }
            let span = piece.start..piece.start + piece.whole.len();
            let fault = match (before(&pieces[..n]), ends_number(&pieces[n + 1..])) {
                (Before::Start, true) => Diagnostic::error(
                    RULE.code,
                    "a value at the start of a line is followed by a period or a bracket",
                )
                .at(span, "a bare number would become a numbered item"),
                (Before::Number | Before::Value, _) => Diagnostic::error(
                    RULE.code,
                    "a value follows a number or another value at the start of a line",
                )
                .at(span, "one that begins with a period would become a numbered item"),
                (Before::Start | Before::Words, _) => continue,
            };
            finds.add(i, fault.help("begin the line with a word of your own"));
        }
    }
}

/// What stands before a value in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    /// Nothing, or only the mark of a list or quotation.
    Start,
    /// Digits alone.
    Number,
    /// Another value, directly, at the start of the line.
    Value,
    /// Anything else.
    Words,
}

fn before(pieces: &[Piece<'_>]) -> Before {
    let mut line = String::new();
    let mut behind_value = false;
    for piece in pieces.iter().rev() {
        match piece.kind {
            PieceKind::Comment => {}
            PieceKind::Tag if piece.name() == "include" => return Before::Words,
            // Of a choice, what is chosen stands before; which, is not known.
            PieceKind::Tag if matches!(piece.name(), "endif" | "endfor" | "endblock") => {
                return if line.trim().is_empty() {
                    Before::Words
                } else {
                    start(&line, behind_value)
                };
            }
            PieceKind::Tag => {}
            PieceKind::Print if line.is_empty() && !behind_value => behind_value = true,
            PieceKind::Print => return Before::Words,
            PieceKind::Text | PieceKind::Raw => match piece.inner.rsplit_once('\n') {
                Some((_, last)) => {
                    line.insert_str(0, last);
                    return start(&line, behind_value);
                }
                None => {
                    line.insert_str(0, piece.inner);
                    if behind_value && !piece.inner.trim().is_empty() {
                        return Before::Words;
                    }
                }
            },
        }
    }
    start(&line, behind_value)
}

fn start(line: &str, behind_value: bool) -> Before {
    let words = line.trim_start_matches([' ', '\t', '-', '*', '+', '>']);
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let after = &words[digits..];
    let is_item = digits > 0 && matches!(after.trim_end(), "." | ")") && after.ends_with(' ');
    match () {
        () if words.is_empty() || is_item => {
            if behind_value {
                Before::Value
            } else {
                Before::Start
            }
        }
        () if digits == words.len() && digits <= 9 && !behind_value => Before::Number,
        () => Before::Words,
    }
}

/// Whether the template goes on as after the number of an item.
fn ends_number(pieces: &[Piece<'_>]) -> bool {
    for piece in pieces {
        match piece.kind {
            PieceKind::Comment => {}
            PieceKind::Tag if piece.name() == "include" => return false,
            PieceKind::Tag => {}
            PieceKind::Print => return false,
            PieceKind::Text | PieceKind::Raw if piece.inner.is_empty() => {}
            PieceKind::Text | PieceKind::Raw => {
                let Some(rest) = piece.inner.strip_prefix(['.', ')']) else { return false };
                return rest.is_empty() || rest.starts_with(char::is_whitespace);
            }
        }
    }
    false
}
