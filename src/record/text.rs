//! What a text may hold: which characters, which values, and no Social Security number.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Returns what a character is that no record may hold; none for an ordinary one.
///
/// Right-to-left marks and joiners stay: scripts need them.
pub(super) fn refused(c: char) -> Option<&'static str> {
    let code = u32::from(c);
    match c {
        '\t' | '\n' => None,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Some("a control character"),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some("an invisible character that turns the writing direction")
        }
        '\u{2028}' | '\u{2029}' => Some("an invisible line separator"),
        '\u{feff}' => Some("a byte order mark inside the text"),
        '\u{fdd0}'..='\u{fdef}' => Some("not a character"),
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}' => {
            Some("a private-use character, which has no fixed meaning")
        }
        _ if code & 0xfffe == 0xfffe => Some("not a character"),
        _ => None,
    }
}

/// Whether a text is all ASCII that is seen, and line ends: most are, and need no second look.
pub(super) fn ordinary(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b' '..=b'~' | b'\n' | b'\t'))
}

/// Returns the text in composed form, line ends as `\n`, without space around it.
pub(super) fn normal(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if is_nfc(text) { text.to_owned() } else { text.nfc().collect() }
}

/// Returns whether a text only says that there is nothing to say.
pub(super) fn placeholder(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "n/a",
        "n.a.",
        "n.a",
        "none",
        "nil",
        "null",
        "tbd",
        "tba",
        "t.b.d.",
        "todo",
        "unknown",
        "not known",
        "not available",
        "not applicable",
        "to be determined",
        "to be added",
        "to follow",
        "pending",
        "(none)",
        "same",
        "ditto",
        "[name]",
        "name",
        "lorem ipsum",
    ];
    const LONGEST: usize = 16;
    let text = text.trim();
    // "Na" is a surname; "NA" and "na" are not.
    if matches!(text, "NA" | "na") {
        return true;
    }
    let filler = |c: char| matches!(c, '-' | '–' | '—' | '?' | '_' | '.' | '*' | '/' | 'x' | 'X');
    if !text.is_empty() && text.chars().all(filler) {
        // A single X may be an answer on a form.
        return !matches!(text, "x" | "X");
    }
    // No character is fewer in lower case.
    text.chars().nth(LONGEST).is_none() && WORDS.contains(&text.to_lowercase().as_str())
}

/// Finds everything shaped like a Social Security number: `123-45-6789`, `123 45 6789`, and nine
/// digits beside the words.
pub(crate) fn social_security_numbers(text: &str) -> Vec<Range<usize>> {
    if text.bytes().filter(u8::is_ascii_digit).count() < 9 {
        return Vec::new();
    }
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let end = |i: usize| chars.get(i).map_or(text.len(), |(at, _)| *at);
    let mut found = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        if !chars[i].1.is_ascii_digit() || (i > 0 && joined(&chars, i - 1)) {
            i += 1;
            continue;
        }
        let length = match shape(&chars[i..]) {
            Some(length) => length,
            None => match plain(&chars[i..]) {
                Some(length) if named(text, end(i), end(i + length)) => length,
                Some(_) | None => {
                    i += 1;
                    continue;
                }
            },
        };
        found.push(end(i)..end(i + length));
        i += length;
    }
    found
}

fn separator(c: char) -> bool {
    matches!(c, '-' | ' ' | '\u{a0}' | '\u{2010}'..='\u{2013}')
}

/// Whether what stands before a digit makes the digit part of something longer.
fn joined(chars: &[(usize, char)], at: usize) -> bool {
    let c = chars[at].1;
    c.is_alphanumeric() || (c != ' ' && separator(c) && at > 0 && chars[at - 1].1.is_alphanumeric())
}

/// Length of three, two and four digits with a separator between, and nothing longer.
fn shape(chars: &[(usize, char)]) -> Option<usize> {
    let mut at = 0;
    for (group, digits) in [3, 2, 4].into_iter().enumerate() {
        if group > 0 {
            if !separator(chars.get(at)?.1) {
                return None;
            }
            at += 1;
        }
        for _ in 0..digits {
            if !chars.get(at)?.1.is_ascii_digit() {
                return None;
            }
            at += 1;
        }
    }
    ends(chars, at).then_some(at)
}

/// Length of nine digits and nothing longer.
fn plain(chars: &[(usize, char)]) -> Option<usize> {
    let run = chars.iter().take(10).take_while(|(_, c)| c.is_ascii_digit()).count();
    (run == 9 && ends(chars, 9)).then_some(9)
}

fn ends(chars: &[(usize, char)], at: usize) -> bool {
    let next = chars.get(at).map(|(_, c)| *c);
    let after = chars.get(at + 1).map(|(_, c)| *c);
    match next {
        None => true,
        Some(c) if c.is_alphanumeric() => false,
        Some(c) if c != ' ' && separator(c) => !after.is_some_and(char::is_alphanumeric),
        Some(_) => true,
    }
}

/// Whether the words stand near the digits.
fn named(text: &str, start: usize, end: usize) -> bool {
    const NEAR: usize = 30;
    let before: String =
        text[..start].chars().rev().take(NEAR).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = text[end..].chars().take(NEAR).collect();
    [before, after].iter().any(|near| {
        let near = near.to_lowercase();
        ["ssn", "social security", "social-security", "soc. sec", "s.s.n", "ss#", "ss #", "ss no"]
            .iter()
            .any(|w| near.contains(w))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn social_security_numbers_are_found_and_other_numbers_are_not() {
        let found = |t: &str| {
            social_security_numbers(t).into_iter().map(|r| t[r].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found("id 123-45-6789."), ["123-45-6789"]);
        assert_eq!(found("123 45 6789"), ["123 45 6789"]);
        assert_eq!(found("my SSN is 123456789"), ["123456789"]);
        assert_eq!(found("123456789 (Social Security)"), ["123456789"]);
        assert_eq!(found("é123-45-6789"), [""; 0]);
        for other in [
            "123456789",
            "916-555-0142",
            "1-888-466-2219",
            "EX-123-45-6789",
            "123-45-67890",
            "0123-45-6789",
            "123-45-6789-0",
            "94203-4070",
            "2026-10-20",
            "12 345 6789",
        ] {
            assert_eq!(found(other), [""; 0], "{other}");
        }
    }

    #[test]
    fn placeholders_are_told_from_answers() {
        for empty in [
            "N/A",
            "n/a",
            "NA",
            "TBD",
            "none",
            "-",
            "?",
            "???",
            "unknown",
            "xxx",
            "To be determined",
            "____",
            "...",
        ] {
            assert!(placeholder(empty), "{empty}");
        }
        for answer in ["Na", "X", "No", "None of the criteria were named", "Xi", "0"] {
            assert!(!placeholder(answer), "{answer}");
        }
    }

    #[test]
    fn refused_characters() {
        for c in [
            '\u{1b}',
            '\r',
            '\u{85}',
            '\u{202e}',
            '\u{2066}',
            '\u{feff}',
            '\u{fffe}',
            '\u{1ffff}',
            '\u{e000}',
            '\u{2028}',
        ] {
            assert!(refused(c).is_some(), "{c:?}");
        }
        for c in ['\t', '\n', 'é', '\u{200d}', '\u{200c}', '\u{200f}', '\u{ad}', '日', '\u{fffd}']
        {
            assert!(refused(c).is_none(), "{c:?}");
        }
    }
}
