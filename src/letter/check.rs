//! Refuses a letter that cites law its ruling does not let a letter print.
//!
//! The finished text is read as Markdown, so that no entity or emphasis hides a citation. What the
//! record says is passed over: a member may write anything. Of the rest, the citations that the
//! ruling lends to letters are taken out, and nothing that looks like a citation may be left.

use std::collections::HashSet;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::error::Error;
use super::finish::OPTIONS;
use super::mark::{self, Piece};
use crate::ruling::Ruling;

/// Checks one page, whose record words are still marked.
pub(super) fn citations(
    marked: &str,
    record: &str,
    ruling: &Ruling,
    file: &str,
) -> Result<(), Error> {
    let text = ours(marked, record);
    let rest = without(&text, &allowed(ruling));
    match citation_in(&rest) {
        Some(citation) => Err(Error::UnregisteredCitation { file: file.to_owned(), citation }),
        None => Ok(()),
    }
}

/// Returns the text of a page without the record's words, in one line.
fn ours(marked: &str, record: &str) -> String {
    let mut text = String::with_capacity(marked.len());
    for event in Parser::new_ext(marked, OPTIONS) {
        if let Event::Text(words)
        | Event::Code(words)
        | Event::Html(words)
        | Event::InlineHtml(words) = event
        {
            text.push_str(&words);
        } else if !is_inline(&event) {
            text.push(' ');
        }
    }
    // A long story is printed line by line: a whole line is found without a search through all of it.
    let lines: HashSet<String> = record.lines().map(folded).collect();
    let record = folded(record);
    let is_typed = |words: &str| {
        let words = folded(words);
        lines.contains(&words) || record.contains(&words)
    };
    let mut out = String::with_capacity(text.len());
    for piece in mark::pieces(&text) {
        match piece {
            Piece::Record(words) if is_typed(words) => out.push_str(" … "),
            Piece::Record(words) | Piece::Ours(words) => out.push_str(&mark::strip(words)),
        }
    }
    spaced(&out)
}

/// Emphasis and links stand within a word.
fn is_inline(event: &Event<'_>) -> bool {
    let starts = matches!(event, Event::Start(Tag::Emphasis | Tag::Strong | Tag::Link { .. }));
    starts || matches!(event, Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link))
}

/// Lower case, one space for any white space: what two tellings of the same words share.
fn folded(text: &str) -> String {
    let text = spaced(&mark::strip(text));
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().flat_map(char::to_lowercase).collect()
}

fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        if c.is_whitespace() {
            gap = !out.is_empty();
        } else {
            if gap {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        }
    }
    out
}

/// Characters that could split a word unseen.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Every citation that this ruling lends to a letter, longest first.
fn allowed(ruling: &Ruling) -> Vec<String> {
    let mut all: Vec<String> = ruling
        .authorities
        .iter()
        .filter_map(|a| a.letter.as_deref())
        .chain(ruling.deadlines.iter().filter(|d| d.printable).filter_map(|d| d.cite.as_deref()))
        .chain(ruling.deadlines.iter().flat_map(|d| &d.steps).filter_map(|s| s.letter.as_deref()))
        .chain(ruling.rights.iter().filter_map(|r| r.cite.as_deref()))
        .map(spaced)
        .filter(|c| !c.is_empty())
        .collect();
    all.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    all.dedup();
    all
}

/// Takes the allowed citations out, where they stand whole.
fn without(text: &str, allowed: &[String]) -> String {
    let mut text = text.to_owned();
    for citation in allowed {
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(at) = rest.find(citation.as_str()) {
            let (before, found) = rest.split_at(at);
            let after = &found[citation.len()..];
            let whole = !before.ends_with(|c: char| c.is_alphanumeric()) && !goes_on(after);
            out.push_str(before);
            out.push_str(if whole { " … " } else { &found[..citation.len()] });
            rest = after;
        }
        out.push_str(rest);
        text = out;
    }
    text
}

/// Whether what follows a citation makes it another one: a digit, a decimal, a subdivision.
fn goes_on(after: &str) -> bool {
    let mut chars = after.trim_start_matches(' ').chars();
    match (chars.next(), chars.next()) {
        (Some(c), _) if !after.starts_with(' ') && c.is_alphanumeric() => true,
        (Some('.' | '-' | '–'), Some(c)) if !after.starts_with(' ') => c.is_ascii_digit(),
        (Some('('), Some(c)) => {
            let inner: String =
                after.trim_start().chars().skip(1).take_while(|c| *c != ')').collect();
            c.is_alphanumeric() && inner.chars().count() <= 4
        }
        _ => false,
    }
}

/// What a number follows when law is cited: codes, and the words for their parts.
#[rustfmt::skip]
const CODES: &[&str] = &[
    "safety code", "h&s code", "h & s code", "h&s", "h & s", "hsc", "insurance code", "ins. code",
    "ins code", "civil code", "civ. code", "penal code", "government code", "gov. code", "gov code",
    "institutions code", "inst. code", "professions code", "prof. code", "labor code", "lab. code",
    "civil procedure", "civ. proc", "ccp", "evidence code", "evid. code", "erisa", "public law",
    "pub. l", "stats", "senate bill", "assembly bill", "sb", "ab", "title", "article", "chapter",
    "section", "sections", "sec", "secs", "subdivision", "subdivisions", "subd", "subds", "paragraph",
    "regulation", "rule", "statute", "va. code", "va code", "code of virginia", "md. ins", "md ins",
    "insurance article", "ins. article", "admin. code", "administrative code", "rev. stat",
    "revised statutes", "reg",
];

/// Collections whose name alone is a citation.
#[rustfmt::skip]
const COLLECTIONS: &[&str] = &[
    "cfr", "c.f.r", "ccr", "c.c.r", "usc", "u.s.c", "rcw", "wac", "ors", "oar", "crs", "c.r.s", "comar",
    "f.3d", "f.4th", "cal.app",
];

/// The same, in two words.
const PAIRS: &[&str] = &["cal. code", "code regs", "fed. reg", "cal. app", " v. "];

/// Returns the first words that look like a citation.
fn citation_in(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let sign = lower.find(['§', '¶']);
    let pair = PAIRS.iter().filter_map(|p| lower.find(p)).min();
    let at = [sign, pair, collection(&lower), numbers(&lower)].into_iter().flatten().min()?;
    Some(around(&lower, at))
}

/// Where the name of a collection stands as a word of its own.
fn collection(text: &str) -> Option<usize> {
    let mut at = 0;
    for word in text.split(' ') {
        let name = word.trim_matches(|c: char| !c.is_alphabetic());
        if COLLECTIONS.contains(&name) {
            return Some(at);
        }
        at += word.len() + 1;
    }
    None
}

/// Where a number stands that is shaped as a section, or follows the name of a code.
fn numbers(text: &str) -> Option<usize> {
    let starts = text.char_indices().filter(|(_, c)| c.is_numeric()).map(|(i, _)| i);
    let mut starts = starts.filter(|i| !text[..*i].ends_with(char::is_numeric));
    starts.find(|&i| is_section(text, i) || is_joined(&text[i..]) || follows_code(&text[..i]))
}

/// Whether a title and a section stand in one word, as `14VAC5-216-30`.
fn is_joined(text: &str) -> bool {
    let after = text.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(' ');
    let number = after.strip_prefix("vac").map(|rest| rest.trim_start_matches(' '));
    number.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether the words before a number end in the name of a code, perhaps with "section" or "no.".
fn follows_code(before: &str) -> bool {
    let loose = [' ', ',', '.', ':', '('];
    let before = before.trim_end_matches(loose);
    let before = before.strip_suffix(" no").unwrap_or(before).trim_end_matches(loose);
    CODES
        .iter()
        .filter_map(|name| before.strip_suffix(name))
        .any(|b| !b.ends_with(char::is_alphanumeric))
}

/// Whether the number at `i` is shaped as a section: `1374.30`, `1367(d)`, `2560.503-1`.
fn is_section(text: &str, i: usize) -> bool {
    let (before, bytes) = (&text[..i], &text.as_bytes()[i..]);
    if before.ends_with(|c: char| c.is_alphanumeric() || ".,$-/".contains(c)) {
        return false;
    }
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let after = &bytes[digits..];
    let decimal = after.first() == Some(&b'.') && after.get(1).is_some_and(u8::is_ascii_digit);
    let paragraph = after.first() == Some(&b'(')
        && after.get(1).is_some_and(u8::is_ascii_alphanumeric)
        && after.iter().take(6).any(|b| *b == b')');
    digits >= 3 && (decimal || paragraph)
}

fn around(text: &str, at: usize) -> String {
    let before: Vec<char> = text[..at].chars().rev().take(20).collect();
    let after: String = text[at..].chars().take(40).collect();
    let before: String = before.into_iter().rev().collect();
    format!("{before}{after}").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_sentences_are_no_citations() {
        for text in [
            "Call 1-888-466-2219 or write to P.O. Box 10348, Sacramento, CA 95814.",
            "The form DMHC 20-224 (the application) is enclosed; see page 3 of the plan's notice.",
            "On November 21, 2026 I paid $1,250.00, as the rule of reason asks.",
            "the Insurance Code lets me ask; this section of the letter; a chapter of my life",
            "Write to 200 St. Paul Place, Suite 2700, Baltimore, MD 21202, or call 410-468-2000.",
            "P.O. Box 1157, Richmond, VA 23218; the wound VAC 24 hours a day; 14 vacant beds",
        ] {
            assert_eq!(citation_in(text), None, "{text}");
        }
    }

    #[test]
    fn citations_are_seen_in_every_dress() {
        for text in [
            "§ 1",
            "section 1383.1",
            "Section 1368 says",
            "HSC 1374.30",
            "Ins. Code, section 10169",
            "28 CCR 1300.68",
            "45 C.F.R. part 147",
            "as 1367(d) says",
            "under SB 1120",
            "title 28",
            "Smith v. Example",
            "Stats. 2024",
            "RCW 48.43",
            "subdivision 2",
            "subd. 4",
            "Va. Code § 38.2-3560",
            "Va. Code 38.2-3560",
            "Code of Virginia 38.2-3560(B)",
            "14VAC5-216-30",
            "14 VAC 5-216-30(A)",
            "Md. Ins. § 15-10A-02",
            "Md. Ins. 15-10A-02",
            "Insurance Article 15-10A-03",
            "COMAR 31.10.18.11",
            "C.R.S. 10-16-113.5",
            "Colorado Revised Statutes 10-16-113",
            "Reg. 4-2-21",
            "ORS 743B.255",
            "OAR 836-053-1100",
            "WAC 284-43-3190",
        ] {
            assert!(citation_in(text).is_some(), "{text}");
        }
    }

    #[test]
    fn a_longer_citation_is_not_covered_by_a_shorter_one() {
        let allowed = ["Health & Safety Code § 1374.30".to_owned()];
        for text in [
            "Health & Safety Code § 1374.30(k)",
            "Health & Safety Code § 1374.30 (k)",
            "Health & Safety Code § 1374.301",
            "Health & Safety Code § 1374.30.5",
        ] {
            assert!(citation_in(&without(text, &allowed)).is_some(), "{text}");
        }
        assert_eq!(citation_in(&without("(Health & Safety Code § 1374.30).", &allowed)), None);
        let text = "Health & Safety Code § 1374.30 (the review law) applies.";
        assert_eq!(citation_in(&without(text, &allowed)), None);
    }
}
