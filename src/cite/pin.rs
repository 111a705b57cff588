//! Subdivisions: `(a)(4)(A) and (b)`, `(ii)-(iv)`.

use super::token::{Kind, Token};

/// The levels of a subdivision, outermost first; empty for the whole section.
pub(super) type Pin = Vec<String>;

/// What a label of a subdivision can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Digits,
    Roman,
    Lower,
    Upper,
}

fn labels(text: &str) -> Vec<Label> {
    let one_letter = {
        let mut chars = text.chars();
        let first = chars.next();
        chars.all(|c| Some(c) == first)
    };
    let short = text.chars().count() <= 2 && one_letter;
    if text.is_empty() || text.chars().count() > 5 {
        Vec::new()
    } else if text.chars().all(|c| c.is_ascii_digit()) {
        if text.len() <= 2 { vec![Label::Digits] } else { Vec::new() }
    } else if text.chars().all(|c| "ivx".contains(c)) {
        if text.len() == 1 { vec![Label::Roman, Label::Lower] } else { vec![Label::Roman] }
    } else if short && text.chars().all(|c| c.is_ascii_lowercase()) {
        vec![Label::Lower]
    } else if short && text.chars().all(|c| c.is_ascii_uppercase()) {
        vec![Label::Upper]
    } else {
        Vec::new()
    }
}

/// Reads one label in brackets.
fn label(all: &[Token], at: usize) -> Option<(String, usize)> {
    let [open, inner, close] = [all.get(at)?, all.get(at + 1)?, all.get(at + 2)?];
    let is_label = matches!(inner.kind, Kind::Word | Kind::Number)
        && !inner.apart
        && !labels(&inner.exact).is_empty();
    if !open.is('(') || !close.is(')') || !is_label {
        return None;
    }
    // "(30) days" is a number, not a place.
    let counted = open.apart && all.get(at + 3).is_some_and(|t| super::period::is_unit(&t.text));
    (!counted).then(|| (inner.exact.clone(), at + 3))
}

fn row(all: &[Token], mut at: usize) -> Option<(Pin, usize)> {
    let mut pin = Pin::new();
    while let Some((text, next)) = label(all, at) {
        // A bracket that stands apart after others begins something else.
        if !pin.is_empty() && all[at].apart && labels(&text) == [Label::Upper] {
            break;
        }
        pin.push(text);
        at = next;
    }
    (!pin.is_empty()).then_some((pin, at))
}

/// Reads every subdivision that is named here; the place after them.
pub(super) fn list(all: &[Token], at: usize) -> (Vec<Pin>, usize) {
    let Some((first, mut end)) = row(all, at) else { return (Vec::new(), at) };
    let mut pins = vec![first];
    while let Some((next, range)) = joint(all, end) {
        let Some((more, after)) = row(all, next) else { break };
        let last = pins.last().cloned().unwrap_or_default();
        let pin = place(&last, more);
        if range {
            pins.extend(between(&last, &pin));
        }
        pins.push(pin);
        end = after;
    }
    (pins, end)
}

/// The place after a comma, an "and" or a dash, and whether it makes a range.
fn joint(all: &[Token], at: usize) -> Option<(usize, bool)> {
    let token = all.get(at)?;
    if token.is('-') || token.is_word(&["to", "through", "thru"]) {
        return Some((at + 1, true));
    }
    let is_and = |t: &Token| t.is_word(&["and", "or"]) || t.is('&');
    if is_and(token) {
        return Some((at + 1, false));
    }
    if token.is(',') {
        let more = all.get(at + 1).is_some_and(is_and);
        return Some((at + 1 + usize::from(more), false));
    }
    None
}

/// `(b)` after `(a)(4)(A)` stands at the level of `(a)`, `(ii)` after `(b)(2)(i)` at that of `(i)`.
fn place(last: &Pin, new: Pin) -> Pin {
    let Some(first) = new.first() else { return last.clone() };
    let kinds = labels(first);
    let level = (0..last.len())
        .rev()
        .find(|l| {
            // Below the first level `(i)` is a number, not the letter after `(h)`.
            let own = labels(&last[*l]);
            let is_number = *l > 0 && own.contains(&Label::Roman);
            own.iter().any(|k| kinds.contains(k) && !(is_number && *k == Label::Lower))
        })
        .unwrap_or(0);
    let mut pin: Pin = last[..level].to_vec();
    pin.extend(new);
    pin
}

/// What lies between the two ends of a range.
fn between(first: &Pin, last: &Pin) -> Vec<Pin> {
    let (Some((a, head)), Some((b, same))) = (first.split_last(), last.split_last()) else {
        return Vec::new();
    };
    if head != same {
        return Vec::new();
    }
    let ends = if let (Ok(a), Ok(b)) = (a.parse::<u32>(), b.parse::<u32>()) {
        Some((a, b, number as fn(u32) -> String))
    } else if a.len() > 1 || b.len() > 1 || a == "i" {
        roman_value(a).zip(roman_value(b)).map(|(a, b)| (a, b, roman as fn(u32) -> String))
    } else {
        let value = |s: &str| s.chars().next().map(u32::from);
        value(a).zip(value(b)).map(|(a, b)| (a, b, letter as fn(u32) -> String))
    };
    let Some((a, b, name)) = ends.filter(|(a, b, _)| b > a && b - a < 30) else {
        return Vec::new();
    };
    let with = |n| [head, &[name(n)]].concat();
    (a + 1..b).map(with).collect()
}

fn number(n: u32) -> String {
    n.to_string()
}

fn letter(n: u32) -> String {
    char::from_u32(n).map(String::from).unwrap_or_default()
}

const ROMAN: [&str; 20] = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv",
    "xvi", "xvii", "xviii", "xix", "xx",
];

fn roman_value(text: &str) -> Option<u32> {
    ROMAN.iter().position(|r| *r == text).and_then(|n| u32::try_from(n + 1).ok())
}

fn roman(n: u32) -> String {
    let at = usize::try_from(n).unwrap_or(0).saturating_sub(1);
    ROMAN.get(at).copied().unwrap_or_default().to_owned()
}

/// Writes a subdivision as it is printed.
pub(super) fn shown(pin: &[String]) -> String {
    pin.iter().map(|p| format!("({p})")).collect()
}
