//! "Did you mean".

/// Returns the candidate that `word` most likely stands for, if one is near enough.
///
/// Capitals, spaces and underscores do not count; then as many slips as a third of the word.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A long text is never a slip of a word, and measuring it would take quadratic time.
    if word.len() > 80 {
        return None;
    }
    let plain = |s: &str| s.trim().to_lowercase().replace([' ', '_'], "-");
    let typed = plain(word);
    let slips = |c: &str| strsim::damerau_levenshtein(&typed, &plain(c));
    let best = candidates.into_iter().map(|c| (slips(c), c)).min_by_key(|(n, _)| *n)?;
    let most = (typed.chars().count() / 3).max(1);
    (best.0 <= most).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let words = ["not-medically-necessary", "network", "billing"];
        let near = |w| nearest(w, words);
        assert_eq!(near("not-medicaly-necesary"), Some("not-medically-necessary"));
        assert_eq!(near("Not medically necessary"), Some("not-medically-necessary"));
        assert_eq!(near("NETWORK"), Some("network"));
        assert_eq!(near("netwrok"), Some("network"));
        assert_eq!(near("cosmetic"), None);
        assert_eq!(near(""), None);
        assert_eq!(near(&"x".repeat(5000)), None);
    }
}
