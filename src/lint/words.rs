//! The words that a template prints, each at its own place.

use super::token::{Kind, tokens};
use crate::letter::scan::{self, PieceKind};

/// What stands where no words are: a sign that no word, number or citation holds.
pub(super) const GAP: char = '~';

/// Returns a text as long as the template, with its words at their places and [`GAP`] for all else.
///
/// Words in quotes count where they hold a space; words of the vocabulary and keys do not.
pub(super) fn of(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    for piece in scan::pieces(source) {
        match piece.kind {
            PieceKind::Text => out.push_str(piece.whole),
            PieceKind::Raw => {
                gap(&mut out, piece.inner_start);
                out.push_str(piece.inner);
            }
            PieceKind::Print | PieceKind::Tag => {
                for token in tokens(piece.inner, piece.inner_start) {
                    if token.kind == Kind::Quoted && token.text.contains(' ') {
                        gap(&mut out, token.span.start);
                        out.push_str(token.text);
                    }
                }
            }
            PieceKind::Comment => {}
        }
        gap(&mut out, piece.start + piece.whole.len());
    }
    out
}

/// Fills up to a byte of the template.
fn gap(out: &mut String, to: usize) {
    out.extend(std::iter::repeat_n(GAP, to.saturating_sub(out.len())));
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn words_keep_their_places() {
        let source = r#"a é {{ x | f(k="ab", l="two words") }}{# no #} b{% raw %} {{ {% endraw %}"#;
        let words = of(source);
        assert_eq!(words.len(), source.len());
        for word in ["a é ", "two words", " b", " {{ "] {
            assert_eq!(words.rfind(word), source.rfind(word), "{word}");
        }
        assert!(!words.contains("ab") && !words.contains("no"), "{words}");
    }
}
