//! How hard a text is to read: the grade of Flesch and Kincaid, by words a sentence and syllables a word.

/// The grade of a text, and its hardest sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grade {
    pub(super) value: f64,
    /// The line, from 0, on which the hardest sentence stands.
    pub(super) line: usize,
    pub(super) sentence: String,
}

/// Grades a text; none where it holds no sentence.
///
/// Headings, tables, quotations, what stands in brackets and lines that are no sentences do not count.
pub(super) fn grade(markdown: &str) -> Option<Grade> {
    let (mut words, mut syllables, mut count) = (0, 0, 0);
    let mut hardest: Option<Grade> = None;
    for (line, paragraph) in paragraphs(markdown) {
        for sentence in sentences(&without_brackets(&paragraph)) {
            let all: Vec<&str> = said(&sentence).collect();
            if all.len() < 3 {
                continue;
            }
            let here: usize = all.iter().map(|w| syllables_of(w)).sum();
            let value = formula(all.len(), 1, here);
            if hardest.as_ref().is_none_or(|h| h.value < value) {
                hardest = Some(Grade { value, line, sentence: sentence.trim().to_owned() });
            }
            words += all.len();
            syllables += here;
            count += 1;
        }
    }
    let value = formula(words, count, syllables);
    hardest.map(|h| Grade { value, ..h })
}

#[expect(clippy::cast_precision_loss, reason = "a letter has no 2^52 words")]
fn formula(words: usize, sentences: usize, syllables: usize) -> f64 {
    let (words, sentences, syllables) = (words as f64, sentences as f64, syllables as f64);
    0.39 * words / sentences + 11.8 * syllables / words - 15.59
}

/// Lines that are sentences, each with its number.
fn paragraphs(markdown: &str) -> impl Iterator<Item = (usize, String)> {
    markdown.lines().enumerate().filter_map(|(i, line)| {
        let line = line.trim().trim_end_matches('\\');
        if line.starts_with(['#', '|', '>']) || !line.ends_with(['.', '?', '!', ':']) {
            return None;
        }
        let line = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let line = line.trim_start_matches(['-', '.', '*', ' ']);
        Some((i, line.replace('*', "")))
    })
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Words whose point ends no sentence.
const SHORT: &[&str] = &["No", "Dr", "Mr", "Mrs", "Ms", "Inc", "St", "P.O", "a.m", "p.m", "U.S"];

fn sentences(text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let words: Vec<&str> = text.split_whitespace().collect();
    for (i, word) in words.iter().enumerate() {
        if let Some(last) = all.last_mut() {
            last.push_str(word);
            last.push(' ');
        }
        let bare = word.trim_end_matches(['"', '\'']);
        let ends = bare.ends_with(['.', '?', '!', ':'])
            && !SHORT.contains(&bare.trim_end_matches('.'))
            && words.get(i + 1).is_none_or(|n| n.starts_with(|c: char| !c.is_lowercase()));
        if ends {
            all.push(String::new());
        }
    }
    all.retain(|s| !s.trim().is_empty());
    all
}

fn said(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split_whitespace().filter(|w| w.contains(|c: char| c.is_alphanumeric() || c == '…'))
}

/// Groups of vowels, without an `e` at the end that is not said.
fn syllables_of(word: &str) -> usize {
    let word: String =
        word.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let is_vowel = |c: char| "aeiouy".contains(c);
    let mut groups = 0;
    let mut before = false;
    for c in word.chars() {
        groups += usize::from(is_vowel(c) && !before);
        before = is_vowel(c);
    }
    let ends = |end: &str| word.ends_with(end);
    let silent = ends("e") && !ends("le")
        || ends("es") && !ends("ses")
        || ends("ed") && !ends("ted") && !ends("ded");
    if silent && groups > 1 {
        groups -= 1;
    }
    groups.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted_as_they_are_said() {
        for (word, count) in [
            ("cat", 1),
            ("table", 2),
            ("refused", 2),
            ("asked", 1),
            ("granted", 2),
            ("medical", 3),
            ("authorization", 5),
            ("2026", 1),
            ("…", 1),
            ("the", 1),
            ("plan's", 1),
        ] {
            assert_eq!(syllables_of(word), count, "{word}");
        }
    }

    #[test]
    fn plain_words_are_easier_than_an_office() {
        let plain = grade("Please look again. The plan said no. I need this.").expect("sentences");
        let office = grade(
            "It is requested that reconsideration be given to the determination that authorization was inappropriate.",
        )
        .expect("a sentence");
        assert!(plain.value < 4.0 && office.value > 15.0, "{plain:?} {office:?}");
        assert_eq!(grade("# A heading\n\n> A quotation.\n\n| a. |\n\nSincerely,\n"), None);
    }

    #[test]
    fn the_hardest_sentence_is_named_with_its_line() {
        let found =
            grade("Short words help.\n\n1. An extraordinarily complicated deliberation follows.\n")
                .expect("two");
        assert_eq!(found.line, 2);
        assert!(found.sentence.starts_with("An extraordinarily"), "{found:?}");
    }
}
