//! What several short lines of a review become, so that a page holds more of them.

use super::entries::Part;
use crate::letter::escape;

/// Characters that fit on a line of a list.
const WIDTH: usize = 86;

/// What stands between two things on one line.
const BETWEEN: &str = " · ";

/// Escapes words of a pack; what stands in them between backticks is to be typed, and stays so.
pub(super) fn prose(text: &str) -> String {
    let pieces: Vec<&str> = text.split('`').collect();
    if pieces.len().is_multiple_of(2) {
        return escape(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for (n, piece) in pieces.into_iter().enumerate() {
        if n % 2 == 1 {
            out.push_str(&format!("`{piece}`"));
            continue;
        }
        // Escaping trims, and the words around code are parted from it.
        let words = escape(piece);
        let (start, end) = (piece.starts_with(' '), piece.ends_with(' '));
        out.push_str(if start && !out.is_empty() { " " } else { "" });
        out.push_str(&words);
        out.push_str(if end && !words.is_empty() { " " } else { "" });
    }
    out
}

/// A citation that leads to where its text can be read.
pub(super) fn linked(cite: &str, url: &str) -> String {
    let cite = escape(cite);
    if url.is_empty() {
        return format!("**{cite}**");
    }
    let mut safe = String::with_capacity(url.len());
    for c in url.chars() {
        // What would end the link early.
        match c {
            '(' => safe.push_str("%28"),
            ')' => safe.push_str("%29"),
            '<' => safe.push_str("%3C"),
            '>' => safe.push_str("%3E"),
            ' ' => safe.push_str("%20"),
            c => safe.push(c),
        }
    }
    format!("[**{cite}**]({safe})")
}

/// Sets labelled parts, in their order, as few bullets: one that fits on the last line of the bullet
/// before it stands there.
pub(super) fn fit<'a>(parts: impl Iterator<Item = &'a Part>) -> Vec<String> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for part in parts {
        let plain = part.label.chars().count() + 2 + part.text.chars().count();
        let set = match part.text.as_str() {
            "" => format!("*{}:*", part.label),
            text => format!("*{}:* {}", part.label, prose(text)),
        };
        match lines.last_mut() {
            Some((length, line))
                if (*length + BETWEEN.chars().count() + plain).div_ceil(WIDTH)
                    <= (*length).div_ceil(WIDTH) =>
            {
                *length += BETWEEN.chars().count() + plain;
                line.push_str(BETWEEN);
                line.push_str(&set);
            }
            Some(_) | None => lines.push((plain, set)),
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

/// Folds names that begin alike, up to a colon, into one line each, in the order of the first of them:
/// `the plan's answer: the day before · the day after`.
pub(super) fn fold<'a>(names: &[&'a str]) -> Vec<String> {
    let begins = |name: &str, start: &str| {
        name.strip_prefix(start).is_some_and(|rest| rest.starts_with(": "))
    };
    let mut left: Vec<&'a str> = names.to_vec();
    let mut lines = Vec::new();
    while let Some(first) = left.first().copied() {
        // The longest start that another shares; without one the name stands alone.
        let starts = first.rmatch_indices(": ").map(|(at, _)| &first[..at]);
        let shared = starts.into_iter().find(|s| left[1..].iter().any(|n| begins(n, s)));
        let Some(start) = shared else {
            lines.push(first.to_owned());
            left.remove(0);
            continue;
        };
        let (alike, others) = left.iter().partition::<Vec<&str>, _>(|n| begins(n, start));
        let ends: Vec<&str> = alike.iter().map(|n| &n[start.len() + 2..]).collect();
        lines.push(format!("{start}: {}", ends.join(BETWEEN)));
        left = others;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_begin_alike_share_a_line_and_no_word_is_lost() {
        let names = [
            "G4: urgent: the day before",
            "sheet 6: alone",
            "G4: urgent: the day it is due",
            "G4: late",
            "G4: urgent",
            "G40: another",
        ];
        let folded = [
            "G4: urgent: the day before · the day it is due",
            "sheet 6: alone",
            "G4: late · urgent",
            "G40: another",
        ];
        assert_eq!(fold(&names), folded);
        assert_eq!(fold(&[]), Vec::<String>::new());
    }

    #[test]
    fn what_is_to_be_typed_is_code_and_a_stray_backtick_is_not() {
        assert_eq!(prose("Put `carried_out = true` there."), "Put `carried_out = true` there.");
        assert_eq!(prose("`a_b`"), "`a_b`");
        assert_eq!(prose("a_b ` c"), "a\\_b \\` c");
    }

    #[test]
    fn short_parts_share_a_line_and_long_ones_do_not() {
        let part = |label, text: &str| Part { label, text: text.to_owned() };
        let long = "x".repeat(WIDTH - 6);
        let parts = [part("stage", "wait"), part("about", "imr"), part("law", &long)];
        let lines = fit(parts.iter());
        assert_eq!(lines, ["*stage:* wait · *about:* imr".to_owned(), format!("*law:* {long}")]);
    }

    #[test]
    fn an_address_cannot_end_its_link_early() {
        assert_eq!(linked("§ 1", "https://a/(1)"), "[**§ 1**](https://a/%281%29)");
        assert_eq!(linked("§ 1", ""), "**§ 1**");
    }
}
