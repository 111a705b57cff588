//! Running text for a terminal.

/// Width that text is folded to, in characters.
const WIDTH: usize = 92;

/// Folds text into lines: the first begins with `first`, the later ones with `hang` spaces.
#[must_use]
pub fn fold(first: &str, hang: usize, text: &str) -> String {
    let mut out = String::from(first);
    let mut column = first.chars().count();
    let mut fresh = true;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if !fresh && column + 1 + length > WIDTH {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', hang));
            column = hang;
            fresh = true;
        }
        if !fresh {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
        fresh = false;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn lines_keep_to_the_width_and_no_word_is_lost() {
        let text = "word ".repeat(60);
        let folded = fold("  ", 4, &text);
        assert!(folded.lines().all(|l| l.len() <= 92), "{folded}");
        assert!(folded.lines().skip(1).all(|l| l.starts_with("    word")), "{folded}");
        assert_eq!(folded.split_whitespace().count(), 60);
        assert_eq!(fold("- ", 2, "short"), "- short");
    }

    #[test]
    fn a_word_longer_than_a_line_stands_alone() {
        let long = "x".repeat(200);
        assert_eq!(fold("", 2, &format!("a {long} b")), format!("a\n  {long}\n  b"));
    }
}
