//! Splits a template into its text and its tags, as the engine's own lexer does.
//!
//! The engine has no hook for what a render passes through, so `weave` writes marks between the
//! pieces found here. Delimiters are the engine's standard ones; a delimiter within quotes ends no tag.

/// What a piece of a template is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// Words printed as they stand.
    Text,
    /// `{{ … }}`.
    Print,
    /// `{% … %}`.
    Tag,
    /// `{# … #}`.
    Comment,
    /// `{% raw %} … {% endraw %}` as a whole.
    Raw,
}

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// What it is.
    pub kind: PieceKind,
    /// Where it starts, in bytes.
    pub start: usize,
    /// All of it, delimiters included; the pieces of a template follow each other without a gap.
    pub whole: &'a str,
    /// What stands within the delimiters and their `-`; of text and raw text, what is printed.
    pub inner: &'a str,
    /// Where `inner` starts, in bytes.
    pub inner_start: usize,
    /// Whether white space before it is dropped.
    pub trims_before: bool,
    /// Whether white space after it is dropped.
    pub trims_after: bool,
}

impl<'a> Piece<'a> {
    /// Returns the word a tag begins with, as `if`; `<` or `</` for the call of a component.
    #[must_use]
    pub fn name(&self) -> &'a str {
        let inner = self.inner.trim_start();
        let length = match (inner.as_bytes().first(), inner.as_bytes().get(1)) {
            (Some(b'<'), Some(b'/')) => 2,
            (Some(b'<'), _) => 1,
            _ => inner.find(|c: char| !is_word(c)).unwrap_or(inner.len()),
        };
        &inner[..length]
    }

    /// Returns what follows that word.
    #[must_use]
    pub fn rest(&self) -> &'a str {
        self.inner.trim_start()[self.name().len()..].trim()
    }
}

/// Whether a character can stand in a name.
pub(super) fn is_word(c: char) -> bool {
    c == '_' || c.is_ascii_alphanumeric()
}

/// Returns the line and the column, both from 1 and the column in characters, of a byte of a text.
#[must_use]
pub fn place(source: &str, at: usize) -> (usize, usize) {
    let before = source.get(..at).unwrap_or(source);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |i| i + 1);
    (line, before[start..].chars().count() + 1)
}

/// Splits a template. One that the engine refuses may end in a piece that is not closed.
#[must_use]
pub fn pieces(source: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < source.len() {
        let piece = next(source, at);
        at += piece.whole.len().max(1);
        pieces.push(piece);
    }
    trim(&mut pieces);
    pieces
}

fn next(source: &str, start: usize) -> Piece<'_> {
    let rest = &source[start..];
    let kind = match rest.as_bytes().get(..2) {
        Some(b"{{") => PieceKind::Print,
        Some(b"{%") => PieceKind::Tag,
        Some(b"{#") => PieceKind::Comment,
        _ => {
            let opens = |w: &[u8]| w[0] == b'{' && matches!(w[1], b'{' | b'%' | b'#');
            let end = rest.as_bytes().windows(2).position(opens).unwrap_or(rest.len());
            return text(PieceKind::Text, start, &rest[..end], &rest[..end], start);
        }
    };
    let trims_before = rest.as_bytes().get(2) == Some(&b'-');
    let open = if trims_before { 3 } else { 2 };
    if kind == PieceKind::Tag
        && let Some(piece) = raw(rest, start)
    {
        return piece;
    }
    let end = match kind {
        PieceKind::Comment => rest[open..].find("#}").map(|i| open + i),
        PieceKind::Print => close(rest, open, b"}}"),
        PieceKind::Tag | PieceKind::Text | PieceKind::Raw => close(rest, open, b"%}"),
    };
    let (inner_end, whole_end) = end.map_or((rest.len(), rest.len()), |e| (e, e + 2));
    let trims_after = end.is_some() && inner_end > open && rest.as_bytes()[inner_end - 1] == b'-';
    let inner = &rest[open..inner_end - usize::from(trims_after)];
    Piece {
        kind,
        start,
        whole: &rest[..whole_end],
        inner,
        inner_start: start + open,
        trims_before,
        trims_after,
    }
}

fn text<'a>(
    kind: PieceKind,
    start: usize,
    whole: &'a str,
    inner: &'a str,
    inner_start: usize,
) -> Piece<'a> {
    Piece { kind, start, whole, inner, inner_start, trims_before: false, trims_after: false }
}

/// Finds where a tag ends, passing over what stands in quotes.
fn close(text: &str, from: usize, end: &[u8; 2]) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        match bytes[at] {
            quote @ (b'"' | b'\'' | b'`') => {
                at += 1;
                while at < bytes.len() && bytes[at] != quote {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                at += 1;
            }
            _ if bytes[at..].starts_with(end) => return Some(at),
            _ => at += 1,
        }
    }
    None
}

/// Reads a raw block, from its first tag to its last.
fn raw(rest: &str, start: usize) -> Option<Piece<'_>> {
    let (body, trims_first) = bare(rest, "raw")?;
    let mut from = body;
    loop {
        let at = from + rest[from..].find("{%")?;
        if let Some((length, trims_after)) = bare(&rest[at..], "endraw") {
            let mut inner = &rest[body..at];
            let mut inner_start = start + body;
            if trims_first {
                inner_start += inner.len() - inner.trim_start().len();
                inner = inner.trim_start();
            }
            if rest.as_bytes().get(at + 2) == Some(&b'-') {
                inner = inner.trim_end();
            }
            let trims_before = rest.as_bytes().get(2) == Some(&b'-');
            let piece = text(PieceKind::Raw, start, &rest[..at + length], inner, inner_start);
            return Some(Piece { trims_before, trims_after, ..piece });
        }
        from = at + 2;
    }
}

/// Reads a tag that is one word and no more: its length, and whether it drops white space after it.
fn bare(text: &str, name: &str) -> Option<(usize, bool)> {
    let space = |c: char| c.is_ascii_whitespace();
    let inner = text.strip_prefix("{%")?;
    let inner = inner.strip_prefix('-').unwrap_or(inner).trim_start_matches(space);
    let after = inner.strip_prefix(name)?.trim_start_matches(space);
    let (after, trims) = after.strip_prefix('-').map_or((after, false), |a| (a, true));
    let after = after.strip_prefix("%}")?;
    Some((text.len() - after.len(), trims))
}

/// Drops from each text what the tags beside it drop.
fn trim(pieces: &mut [Piece<'_>]) {
    let mut drops = false;
    for i in 0..pieces.len() {
        let next_drops = pieces.get(i + 1).is_some_and(|p| p.trims_before);
        let piece = &mut pieces[i];
        match piece.kind {
            PieceKind::Text | PieceKind::Raw => {
                if drops {
                    piece.inner_start += piece.inner.len() - piece.inner.trim_start().len();
                    piece.inner = piece.inner.trim_start();
                }
                if next_drops {
                    piece.inner = piece.inner.trim_end();
                }
                drops = piece.trims_after;
            }
            // A comment leaves standing what the tag before it drops.
            PieceKind::Comment => drops |= piece.trims_after,
            PieceKind::Print | PieceKind::Tag => drops = piece.trims_after,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(source: &str) -> Vec<(PieceKind, &str)> {
        let pieces = pieces(source);
        let whole: String = pieces.iter().map(|p| p.whole).collect();
        assert_eq!(whole, source);
        pieces.iter().map(|p| (p.kind, p.inner)).collect()
    }

    #[test]
    fn a_delimiter_in_quotes_ends_no_tag() {
        assert_eq!(
            seen(r#"a {{ "}}" ~ '\'}}' -}} b {%- if x == `%}` %}{"#),
            [
                (PieceKind::Text, "a "),
                (PieceKind::Print, r#" "}}" ~ '\'}}' "#),
                (PieceKind::Text, "b"),
                (PieceKind::Tag, " if x == `%}` "),
                (PieceKind::Text, "{"),
            ]
        );
    }

    #[test]
    fn raw_text_and_comments_are_not_looked_into() {
        assert_eq!(
            seen("{%- raw -%} {{ a }} {% b %} {%- endraw -%} {# {{ #} c"),
            [
                (PieceKind::Raw, "{{ a }} {% b %}"),
                (PieceKind::Text, ""),
                (PieceKind::Comment, " {{ "),
                (PieceKind::Text, " c"),
            ]
        );
        assert_eq!(seen("{{ a -}}{# b #}  c")[2], (PieceKind::Text, "c"));
    }

    #[test]
    fn what_is_not_closed_is_one_piece() {
        assert_eq!(seen("é {% if \"a").len(), 2);
        assert_eq!(seen("{% raw %} a").len(), 2);
        assert_eq!(seen("{# a").len(), 1);
        assert_eq!(seen("{").len(), 1);
    }

    #[test]
    fn a_place_counts_lines_and_characters() {
        assert_eq!(place("é\nab", 4), (2, 2));
    }
}
