//! The words and signs of an expression, as the engine's own lexer takes them apart.

use crate::diag::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a word of the language.
    Name,
    /// Words in quotes.
    Quoted,
    /// A number.
    Number,
    /// One sign, or two that belong together.
    Sign,
}

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    /// As typed; of words in quotes, what stands between the quotes.
    pub(super) text: &'a str,
    /// Where `text` stands in the template.
    pub(super) span: Span,
}

const PAIRS: &[&str] = &["...", "//", "**", "==", "!=", ">=", "<=", "</", "?.", "?["];

/// Splits what stands within a tag; `start` is its place in the template.
pub(super) fn tokens(inner: &str, start: usize) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(c) = inner[at..].chars().next() {
        let rest = &inner[at..];
        let (kind, from, to, next) = match c {
            c if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            '"' | '\'' | '`' => {
                let length = quoted(&rest[1..], c);
                let end = at + 1 + length;
                (Kind::Quoted, at + 1, end, (end + 1).min(inner.len()))
            }
            c if c == '_' || c.is_ascii_alphabetic() => {
                let is_in = |c: char| c == '_' || c.is_ascii_alphanumeric();
                let end = at + rest.find(|c| !is_in(c)).unwrap_or(rest.len());
                (Kind::Name, at, end, end)
            }
            c if c.is_ascii_digit() => {
                let end = at + rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
                (Kind::Number, at, end, end)
            }
            c => {
                let pair = PAIRS.iter().find(|p| rest.starts_with(**p));
                let end = at + pair.map_or(c.len_utf8(), |p| p.len());
                (Kind::Sign, at, end, end)
            }
        };
        out.push(Token { kind, text: &inner[from..to], span: start + from..start + to });
        at = next;
    }
    out
}

/// Length of words in quotes up to the closing one; a backslash takes the next character along.
fn quoted(text: &str, quote: char) -> usize {
    let mut taken = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if taken => taken = false,
            '\\' => taken = true,
            c if c == quote => return at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn an_expression_comes_apart() {
        let words = |text| tokens(text, 0).into_iter().map(|t| t.text).collect::<Vec<_>>();
        assert_eq!(
            words(r#"a?.b | f(k="x \" é", n=12) != c[0]"#),
            [
                "a",
                "?.",
                "b",
                "|",
                "f",
                "(",
                "k",
                "=",
                r#"x \" é"#,
                ",",
                "n",
                "=",
                "12",
                ")",
                "!=",
                "c",
                "[",
                "0",
                "]"
            ]
        );
        assert_eq!(words("\"never closed é"), ["never closed é"]);
        assert_eq!(tokens(" ab", 7)[0].span, 8..10);
    }
}
