//! Case ids as file systems compare them, and which ids may name a folder.

use unicode_normalization::UnicodeNormalization as _;

/// Returns an id in the form in which two are compared: compatible characters and capitals made alike.
pub(super) fn folded(id: &str) -> String {
    let lower: String = id.nfkc().flat_map(char::to_lowercase).collect();
    lower.nfkc().collect()
}

/// Returns whether a folder may have this id as its name.
///
/// The reader of records refuses every other; this is asked again where folders are made.
pub(super) fn names_a_folder(id: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    (1..=64).contains(&id.len()) && id.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_a_file_system_may_take_for_one_another_are_one() {
        assert_eq!(folded("CASE-1"), folded("case-1"));
        assert_eq!(folded("ＣＡＳＥ－１"), folded("case-1"));
        assert_eq!(folded("e\u{301}"), folded("É"));
        assert_ne!(folded("case-1"), folded("case_1"));
    }

    #[test]
    fn only_plain_names_name_a_folder() {
        for id in ["", ".", "..", "../a", "a/b", "a\\b", "a.b", ".appeal", "a\0", "é", "a b"] {
            assert!(!names_a_folder(id), "{id:?}");
        }
        assert!(!names_a_folder(&"a".repeat(65)));
        assert!(names_a_folder("2026-0142"));
    }
}
