//! Refuses a letter that cites law its ruling does not let a letter print.
//!
//! The finished text is read as Markdown, so that no entity or emphasis hides a citation. What the
//! record says is passed over: a member may write anything. Of the rest, the citations that the
//! ruling lends to letters are taken out, and nothing that looks like a citation may be left.

use pulldown_cmark::{Event, Parser};

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
        match event {
            Event::Text(t) | Event::Code(t) | Event::Html(t) | Event::InlineHtml(t) => {
                text.push_str(&t);
            }
            Event::End(tag) if is_inline(tag) => {}
            Event::Start(_) | Event::End(_) | Event::SoftBreak | Event::HardBreak | Event::Rule => {
                text.push(' ');
            }
            _ => {}
        }
    }
    let record = folded(record);
    let mut out = String::with_capacity(text.len());
    for piece in mark::pieces(&text) {
        match piece {
            Piece::Record(words) if record.contains(&folded(words)) => out.push_str(" … "),
            Piece::Record(words) | Piece::Ours(words) => out.push_str(&mark::strip(words)),
        }
    }
    spaced(&out)
}

fn is_inline(tag: pulldown_cmark::TagEnd) -> bool {
    use pulldown_cmark::TagEnd;
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
}

/// Lower case, one space for any white space: what two tellings of the same words share.
fn folded(text: &str) -> String {
    spaced(&mark::strip(text)).to_lowercase()
}

fn spaced(text: &str) -> String {
    let text: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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

/// Codes and collections that are followed by a number when they are cited.
const CODES: &[&str] = &[
    "health and safety code",
    "health & safety code",
    "h&s code",
    "h & s code",
    "h&s",
    "h & s",
    "hsc",
    "insurance code",
    "ins. code",
    "ins code",
    "civil code",
    "civ. code",
    "penal code",
    "government code",
    "gov. code",
    "gov code",
    "welfare and institutions code",
    "welf. & inst. code",
    "business and professions code",
    "bus. & prof. code",
    "labor code",
    "lab. code",
    "code of civil procedure",
    "code civ. proc",
    "ccp",
    "evidence code",
    "evid. code",
    "erisa",
    "public law",
    "pub. l.",
    "stats.",
    "senate bill",
    "assembly bill",
    "bill no.",
    "title",
    "article",
    "chapter",
    "section",
    "sections",
    "sec.",
    "secs.",
    "subdivision",
    "subdivisions",
    "subd.",
    "subds.",
    "paragraph",
    "regulation",
    "rule",
    "sb",
    "ab",
    "statute",
];

/// Collections whose name alone is a citation.
const COLLECTIONS: &[&str] = &[
    "cfr",
    "c.f.r",
    "ccr",
    "c.c.r",
    "usc",
    "u.s.c",
    "rcw",
    "wac",
    "ors",
    "oar",
    "crs",
    "c.r.s",
    "comar",
    "cal. code",
    "code regs",
    "fed. reg",
    "cal.app",
    "cal. app",
    "f.3d",
    "f.4th",
];

/// Returns the first words that look like a citation.
fn citation_in(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let mut found: Option<usize> = lower.find(['§', '¶']);
    let mut note = |at: usize| found = Some(found.map_or(at, |f| f.min(at)));
    for name in COLLECTIONS {
        places(&lower, name).for_each(&mut note);
    }
    for name in CODES {
        places(&lower, name)
            .filter(|at| number_follows(&lower[at + name.len()..]))
            .for_each(&mut note);
    }
    numbers(&lower).for_each(&mut note);
    lower.match_indices(" v. ").map(|(at, _)| at).for_each(&mut note);
    let at = found?;
    Some(around(&lower, at))
}

/// Where a name stands as a word of its own.
fn places<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(name).map(|(at, _)| at).filter(move |at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphabetic)
    })
}

/// Whether a number comes next, perhaps after a word such as "section" or "no.".
fn number_follows(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', ',', '.', ':', '(']);
    let rest = ["sections", "section", "secs.", "sec.", "no."]
        .iter()
        .find_map(|w| rest.strip_prefix(w))
        .unwrap_or(rest);
    rest.trim_start().starts_with(|c: char| c.is_numeric())
}

/// Numbers shaped as sections: `1374.30`, `1367(d)`, `2560.503-1`.
fn numbers(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    let starts = (0..bytes.len()).filter(move |&i| {
        bytes[i].is_ascii_digit()
            && (i == 0
                || !(bytes[i - 1].is_ascii_alphanumeric() || b".,$-/".contains(&bytes[i - 1])))
    });
    starts.filter(move |&i| {
        let digits = bytes[i..].iter().take_while(|b| b.is_ascii_digit()).count();
        let after = &bytes[i + digits..];
        let decimal = after.first() == Some(&b'.') && after.get(1).is_some_and(u8::is_ascii_digit);
        let paragraph = after.first() == Some(&b'(')
            && after.get(1).is_some_and(u8::is_ascii_alphanumeric)
            && after.iter().take(6).any(|b| *b == b')');
        digits >= 3 && (decimal || paragraph)
    })
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
