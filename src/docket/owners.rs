//! Owners of cases: their names as shown, and as the names of files.

use std::collections::BTreeMap;

use crate::diag::visible;

/// Writes an owner's name plainly: single spaces, nothing that a terminal obeys; none when it is empty.
pub(super) fn owner(name: Option<&str>) -> Option<String> {
    let shown = visible(name?);
    let words: Vec<&str> = shown.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Returns a stem that nobody has, where upper and lower case are not told apart.
pub(super) fn apart(taken: &mut BTreeMap<String, u32>, stem: String) -> String {
    let mut tried = stem.clone();
    let mut n = 1;
    while taken.contains_key(&tried.to_lowercase()) {
        n += 1;
        tried = format!("{stem}-{n}");
    }
    taken.insert(tried.to_lowercase(), n);
    tried
}

/// Longest stem of a file, in bytes; every file system takes it.
const LONGEST: usize = 80;

/// Returns an owner's name as the stem of a file: letters, digits and single hyphens.
pub(super) fn stem(owner: &str) -> String {
    let mut stem = String::new();
    for c in owner.chars() {
        if stem.len() + c.len_utf8() > LONGEST {
            break;
        }
        if c.is_alphanumeric() || c == '_' {
            stem.push(c);
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
    }
    let stem = stem.trim_end_matches('-');
    if stem.is_empty() {
        return "owner".to_owned();
    }
    if reserved(stem) { format!("owner-{stem}") } else { stem.to_owned() }
}

/// Names of devices, which Windows refuses as file names whatever follows the dot.
fn reserved(stem: &str) -> bool {
    let stem = stem.to_lowercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device).is_some_and(|n| {
            // Superscript digits count there as well.
            matches!(n, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
        })
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::{apart, reserved, stem};
    use std::collections::BTreeMap;

    #[test]
    fn no_owner_escapes_from_the_folder() {
        for (owner, file) in [
            ("../../etc/passwd", "etc-passwd"),
            ("..", "owner"),
            ("con", "owner-con"),
            ("Lpt1", "owner-Lpt1"),
            ("CON.ics", "CON-ics"),
            ("C:\\Windows", "C-Windows"),
            ("-rf", "rf"),
            ("R. Núñez-Example", "R-Núñez-Example"),
            ("a\0b/c", "a-b-c"),
        ] {
            assert_eq!(stem(owner), file, "{owner:?}");
        }
        assert!(stem(&"é".repeat(300)).len() <= 80);
        assert!(reserved("AUX") && !reserved("auxiliary"));
    }

    #[test]
    fn two_owners_never_share_a_file() {
        let mut taken = BTreeMap::from([("unassigned".to_owned(), 1)]);
        let names: Vec<String> = ["Ana", "ana", "Unassigned", "ana-2", "Ana"]
            .map(|n| apart(&mut taken, n.to_owned()))
            .to_vec();
        assert_eq!(names, ["Ana", "ana-2", "Unassigned-2", "ana-2-2", "Ana-3"]);
    }
}
