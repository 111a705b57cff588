//! The states where a policy can be issued, as the post office writes them and as a fact names them.

use super::Fact;

/// States, the District of Columbia and territories in two letters, in the order of the words of
/// [`Fact::IssuedIn`].
#[rustfmt::skip]
pub const STATE_CODES: &[&str] = &[
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL",
    "IN", "IA", "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE",
    "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD",
    "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "AS", "GU", "MP", "PR", "VI",
];

/// Returns the word of [`Fact::IssuedIn`] for two letters.
#[must_use]
pub fn state(code: &str) -> Option<&'static str> {
    let at = STATE_CODES.iter().position(|c| *c == code)?;
    Fact::IssuedIn.def().words.get(at).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_the_word_that_begins_like_it() {
        assert_eq!(STATE_CODES.len(), Fact::IssuedIn.def().words.len());
        for code in STATE_CODES.iter().filter(|c| **c != "MP") {
            let word = state(code).unwrap();
            assert!(word.starts_with(&code[..1].to_lowercase()), "{code}: {word}");
        }
        assert_eq!(state("MP"), Some("northern-mariana-islands"));
        assert_eq!(state("CA"), Some("california"));
        assert_eq!(state("VI"), Some("virgin-islands"));
        assert_eq!(state("XX"), None);
    }
}
