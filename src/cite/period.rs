//! Finds every length of time: "thirty (30) days", "72-hour", "six months", "5 business days".

use super::token::{Kind, Token};
use crate::calendar::{Period, Unit};
use crate::diag::Span;

/// A length of time in the letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Timed {
    /// What it comes to; nothing where the law never counts so, as in weeks.
    pub(super) period: Option<Period>,
    /// Whether words and figures contradict each other: "thirty (60) days".
    pub(super) at_odds: bool,
    pub(super) span: Span,
    /// Tokens, first and one past the last.
    pub(super) tokens: (usize, usize),
    pub(super) quoted: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Counted(Unit),
    /// Weeks, years, minutes: no pack counts so.
    Other,
}

fn unit(word: &str) -> Option<Word> {
    match word {
        "day" | "days" => Some(Word::Counted(Unit::Days)),
        "hour" | "hours" | "hr" | "hrs" => Some(Word::Counted(Unit::Hours)),
        "month" | "months" => Some(Word::Counted(Unit::Months)),
        "week" | "weeks" | "year" | "years" | "minute" | "minutes" | "fortnight" => {
            Some(Word::Other)
        }
        _ => None,
    }
}

/// Whether a word is a unit of time, or stands before one.
pub(super) fn is_unit(word: &str) -> bool {
    unit(word).is_some() || ADJECTIVES.contains(&word)
}

/// What may stand between the number and the unit.
const ADJECTIVES: &[&str] = &[
    "calendar",
    "business",
    "working",
    "work",
    "court",
    "consecutive",
    "full",
    "more",
    "additional",
    "further",
    "bus",
    "straight",
    "state",
];

const ONES: &[(&str, u16)] = &[
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
];

const TENS: &[(&str, u16)] = &[
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

fn find(list: &[(&str, u16)], token: Option<&Token>) -> Option<u16> {
    let token = token.filter(|t| t.kind == Kind::Word)?;
    list.iter().find(|(word, _)| *word == token.text).map(|(_, n)| *n)
}

/// Reads a number in figures or words; its value and the place after it.
fn amount(all: &[Token], at: usize) -> Option<(u16, usize)> {
    if let Some(figures) = all.get(at)?.number() {
        return Some((figures.parse().ok()?, at + 1));
    }
    let (mut value, mut next) = (0, at);
    let hundred = |at: usize| all.get(at).is_some_and(|t| t.is_word(&["hundred"]));
    let hundreds = find(ONES, all.get(at)).filter(|_| hundred(at + 1));
    let bare = all.get(at).is_some_and(|t| t.is_word(&["a"])) && hundred(at + 1);
    let is_hundreds = hundreds.is_some() || bare;
    if is_hundreds {
        value = hundreds.unwrap_or(1) * 100;
        next = at + 2;
        let and = all.get(next).is_some_and(|t| t.is_word(&["and"]) || t.is('&'));
        let more = |n: usize| find(TENS, all.get(n)).or(find(ONES, all.get(n))).is_some();
        if more(next + usize::from(and)) {
            next += usize::from(and);
        }
    }
    if let Some(tens) = find(TENS, all.get(next)) {
        value += tens;
        next += 1;
        let dash = usize::from(all.get(next).is_some_and(|t| t.is('-')));
        if let Some(ones) = find(ONES, all.get(next + dash)).filter(|n| (1..10).contains(n)) {
            value += ones;
            next += dash + 1;
        }
    } else if let Some(ones) = find(ONES, all.get(next)) {
        value += ones;
        next += 1;
    } else if !is_hundreds {
        return None;
    }
    Some((value, next))
}

/// Whether the number here counts time.
pub(super) fn counts(all: &[Token], at: usize) -> bool {
    one(all, at).is_some()
}

/// Reads the length of time whose number begins here.
fn one(all: &[Token], at: usize) -> Option<Timed> {
    let (value, mut next) = amount(all, at)?;
    let mut at_odds = false;
    // "thirty (30) days", "30 (thirty) days"
    if all.get(next).is_some_and(|t| t.is('('))
        && let Some((again, end)) = amount(all, next + 1)
        && all.get(end).is_some_and(|t| t.is(')'))
    {
        at_odds = again != value;
        next = end + 1;
    }
    let mut business = false;
    let dash = |at: usize| usize::from(all.get(at).is_some_and(|t| t.is('-')));
    next += dash(next);
    while let Some(token) = all.get(next).filter(|t| t.is_word(ADJECTIVES)) {
        business |= token.is_word(&["business", "working", "work", "court", "bus"]);
        next += 1;
        next += usize::from(all.get(next).is_some_and(|t| t.is('.'))) + dash(next);
    }
    let word = all.get(next).filter(|t| t.kind == Kind::Word).and_then(|t| unit(&t.text))?;
    let amount = value;
    let period = match word {
        Word::Counted(Unit::Days) if business => Some(Period { amount, unit: Unit::BusinessDays }),
        Word::Counted(unit) => Some(Period { amount, unit }),
        Word::Other => None,
    };
    let (first, last) = (all.get(at)?, all.get(next)?);
    let span = first.span.start..last.span.end;
    Some(Timed { period, at_odds, span, tokens: (at, next + 1), quoted: first.quoted })
}

/// Finds the lengths of time of a letter, in its order; `taken` are tokens of citations.
pub(super) fn periods(all: &[Token], taken: impl Fn(usize) -> bool) -> Vec<Timed> {
    let mut found: Vec<Timed> = Vec::new();
    let mut at = 0;
    while at < all.len() {
        if taken(at) || after_money(all, at) {
            at += 1;
            continue;
        }
        if let Some(timed) = one(all, at) {
            at = timed.tokens.1;
            found.push(timed);
            continue;
        }
        at = match several(all, at) {
            Some((mut list, end)) => {
                found.append(&mut list);
                end
            }
            None => at + 1,
        };
    }
    found
}

/// "$30 a day" counts money.
fn after_money(all: &[Token], at: usize) -> bool {
    at.checked_sub(1).and_then(|b| all.get(b)).is_some_and(|t| t.is('$'))
}

/// "30 or 60 days", "48 to 72 hours", "30/7 days": each number with the unit at the end.
fn several(all: &[Token], at: usize) -> Option<(Vec<Timed>, usize)> {
    let mut starts = Vec::new();
    let mut next = at;
    for _ in 0..4 {
        if let Some(last) = one(all, next).filter(|_| !starts.is_empty()) {
            let unit = last.period.map(|p| p.unit);
            let end = last.tokens.1;
            let mut list: Vec<Timed> = starts
                .into_iter()
                .filter_map(|(from, to, amount): (usize, usize, u16)| {
                    let (first, past) = (all.get(from)?, all.get(to.checked_sub(1)?)?);
                    Some(Timed {
                        period: unit.map(|unit| Period { amount, unit }),
                        at_odds: false,
                        span: first.span.start..past.span.end,
                        tokens: (from, to),
                        quoted: first.quoted,
                    })
                })
                .collect();
            list.push(last);
            return Some((list, end));
        }
        let (value, end) = amount(all, next)?;
        starts.push((next, end, value));
        let joint = all.get(end)?;
        let joins = joint.is('/') || joint.is('-') || joint.is_word(&["or", "to", "and"]);
        if !joins {
            return None;
        }
        next = end + 1;
    }
    None
}
