//! Which lengths of time claim to be law, and what they speak of.
//!
//! The line: a period claims to be law if its sentence cites law, or says that somebody must, may or is in
//! time, or gives somebody the period to act in a grievance, appeal or review. It is a plain fact, and
//! nobody's law, if it says how long something lasted or how long ago it was: "I waited 12 days", "14 days
//! after the end of the time", "30 days of treatment". In doubt it is a claim: a number that is refused by
//! mistake is seen and rephrased, one that is accepted by mistake is sent.

use super::find::Cited;
use super::period::Timed;
use super::token::{Kind, Token};

/// The number of the sentence that each token stands in.
pub(super) fn sentences(all: &[Token], cited: &[Cited]) -> Vec<usize> {
    let mut inside = vec![false; all.len() + 1];
    for c in cited {
        inside[c.tokens.0..c.tokens.1].fill(true);
    }
    let mut number = 0;
    let mut out = Vec::with_capacity(all.len());
    for (at, token) in all.iter().enumerate() {
        out.push(number);
        let ends = match token.kind {
            Kind::Break => true,
            Kind::Sign('.') => !inside[at] && is_end(all, at),
            Kind::Sign('!' | '?') => true,
            Kind::Sign(_) | Kind::Word | Kind::Number => false,
        };
        number += usize::from(ends);
    }
    out
}

/// Shortened words whose point ends no sentence.
#[rustfmt::skip]
const SHORT: &[&str] = &[
    "dr", "mr", "mrs", "ms", "no", "nos", "st", "inc", "co", "cal", "ins", "sec", "subd", "tit", "art",
    "ch", "gov", "lab", "civ", "proc", "welf", "inst", "saf", "regs", "reg", "md", "va", "colo", "rev",
    "stat", "ann", "cf", "vs", "v", "al", "eg", "ie", "approx", "jr", "sr", "bus", "prof",
];

fn is_end(all: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|b| all.get(b));
    if before.is_some_and(|t| t.is_word(SHORT) || t.exact.chars().count() == 1) {
        // "section 12(a)." ends a sentence even so; its bracket stands before the point.
        return false;
    }
    all.get(at + 1).is_none_or(|t| {
        let starts = t.exact.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
        t.apart && (starts || matches!(t.kind, Kind::Sign('"' | '(' | '\'')))
    })
}

/// Words that say what the law asks or gives.
#[rustfmt::skip]
const LAW: &[&str] = &[
    "must", "shall", "required", "requires", "require", "requirement", "entitled", "entitles", "deadline",
    "deadlines", "law", "laws", "legal", "legally", "lawful", "statute", "statutes", "statutory",
    "regulation", "regulations", "rule", "rules", "right", "rights", "obliged", "obligation", "obligated",
    "mandated", "mandates", "mandatory", "overdue", "untimely", "timely", "expires", "binding", "violates",
    "violated", "violation", "limit", "limits", "owes", "owed", "due", "supposed", "duty", "bound",
];

/// Words of the procedure.
#[rustfmt::skip]
const PROCEDURE: &[&str] = &[
    "answer", "answered", "answers", "decide", "decides", "decided", "decision", "decisions", "respond",
    "responds", "response", "reply", "acknowledge", "acknowledges", "acknowledged", "acknowledgment",
    "acknowledgement", "appeal", "appeals", "appealed", "file", "filed", "filing", "grievance",
    "grievances", "complaint", "complaints", "review", "reviews", "reviewed", "pay", "paid", "pays",
    "payment", "request", "requests", "requested", "notify", "notified", "notice", "notices", "resolve",
    "resolves", "resolved", "submit", "submitted", "submits", "apply", "application", "hearing", "imr",
    "claim", "claims", "authorize", "authorized", "approve", "approved", "approval", "overturn",
    "determination", "reconsideration", "redetermination", "opinion", "rescission", "rescind",
    "reviewer", "reviewers", "department", "regulator", "insurer", "plan", "deny", "denied", "denial",
    "records", "send", "sends", "sent", "write", "act", "rule",
];

/// What stands before a period that is given to somebody.
#[rustfmt::skip]
const GIVES: &[&str] = &[
    "within", "in", "have", "has", "had", "give", "gives", "gave", "get", "gets", "least", "most",
    "exceed", "exceeds", "exceeding", "than", "takes", "take", "is", "are", "by", "until", "allows",
    "allow", "allowed", "permits", "permit", "up", "maximum", "minimum", "only", "full", "another",
    "after", "once", "under",
];

/// What stands before a period that is a fact.
#[rustfmt::skip]
const LASTED: &[&str] = &[
    "waited", "waiting", "wait", "took", "taken", "lasted", "spent", "lost", "missed", "past", "last",
    "been", "comes", "came", "recommended", "prescribed", "refuse", "refused", "authorize", "stayed",
    "almost", "nearly", "every",
];

/// What stands after a period that is a fact.
const SINCE: &[&str] = &["ago", "later", "late", "overdue", "earlier", "old", "sooner"];

/// What is counted in days and is no procedure.
#[rustfmt::skip]
const CARE: &[&str] = &[
    "treatment", "therapy", "care", "pain", "physical", "conservative", "medication", "rehabilitation",
    "stay", "symptoms", "bleeding", "work", "residential", "inpatient", "hospital", "nursing", "supply",
    "class", "school", "migraine", "a", "each", "per",
];

/// Whether a period claims to be law. `sentence` are the tokens of its sentence, first and one past the last.
pub(super) fn is_law(all: &[Token], timed: &Timed, sentence: (usize, usize), cites: bool) -> bool {
    let (from, to) = timed.tokens;
    if is_fact(all, from, to, sentence) {
        return false;
    }
    if cites {
        return true;
    }
    let words = || all[sentence.0..sentence.1].iter().filter(|t| t.kind == Kind::Word);
    let has = |list: &[&str]| words().any(|t| list.contains(&t.text.as_str()));
    if timed.period.is_none() {
        // Weeks and years are mostly facts: only a plain duty makes them law.
        let before = near(all, sentence.0, from, 3);
        return has(PROCEDURE)
            && (has(&["must", "shall", "required", "requires", "deadline", "law", "entitled"])
                || before.iter().any(|t| t.is_word(&["within"])));
    }
    if has(LAW) {
        return true;
    }
    let before = near(all, sentence.0, from, 3);
    // "therapy for six months" lasts; "Appeal: 60 days" gives.
    let last = match before {
        [.., name, colon] if colon.is(':') => Some(name),
        [.., name] => Some(name),
        [] => None,
    };
    if last.is_some_and(|t| t.is_word(&["for"])) {
        return false;
    }
    let given =
        before.iter().any(|t| t.is_word(GIVES)) || last.is_some_and(|t| t.is_word(PROCEDURE));
    // "60 days to appeal", "the 30-day review"
    let next = all[to..sentence.1.min(to + 3)].iter().take_while(|t| !t.is(','));
    let to_act = next.into_iter().any(|t| t.is_word(PROCEDURE));
    has(PROCEDURE) && (given || to_act)
}

fn near(all: &[Token], start: usize, at: usize, count: usize) -> &[Token] {
    &all[at.saturating_sub(count).max(start)..at]
}

fn is_fact(all: &[Token], from: usize, to: usize, sentence: (usize, usize)) -> bool {
    let before = near(all, sentence.0, from, 2);
    let after = all.get(to).filter(|_| to < sentence.1);
    let lasted = before.iter().any(|t| t.is_word(LASTED))
        && !before.iter().any(|t| t.is_word(&["within", "least", "than", "must", "in"]));
    let since = after.is_some_and(|t| t.is_word(SINCE));
    let next =
        &all[(to + 1).min(sentence.1)..(to + 4).min(sentence.1).max((to + 1).min(sentence.1))];
    let of_care = after.is_some_and(|t| t.is_word(&["of", "with", "without", "in"]))
        && next.iter().any(|t| t.is_word(CARE))
        || after.is_some_and(|t| t.is_word(&["a", "per", "each"]));
    lasted || since || of_care
}

/// Whether a period stands in words that are given as another's: a quotation after "the notice says".
pub(super) fn is_reported(all: &[Token], at: usize, sentence: (usize, usize)) -> bool {
    let marks = all[sentence.0..at].iter().filter(|t| t.is('"')).count();
    let says = all[sentence.0..at].iter().any(|t| {
        t.is_word(&[
            "says", "said", "wrote", "writes", "told", "states", "stated", "answered", "reads",
        ])
    });
    let closes = all[at..sentence.1].iter().any(|t| t.is('"'));
    marks % 2 == 1 && closes && says && !names_law(&all[sentence.0..at])
}

/// Whether words attribute something to the law itself.
pub(super) fn names_law(words: &[Token]) -> bool {
    words.iter().any(|t| {
        t.is('§')
            || t.is_word(&[
                "law",
                "code",
                "section",
                "statute",
                "regulation",
                "rule",
                "act",
                "hsc",
                "cfr",
                "ccr",
            ])
    })
}

/// What a sentence is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    SecondOpinion,
    OutsideReview,
    Hearing,
    Complaint,
    InsideAppeal,
}

/// What is done in the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Act {
    File,
    Decide,
    Acknowledge,
    Other,
}

fn stems(words: &[&str], list: &[&str]) -> bool {
    words.iter().any(|w| list.iter().any(|l| w.starts_with(l)))
}

fn in_row(words: &[&str], row: &[&str]) -> bool {
    words.windows(row.len()).any(|w| w.iter().zip(row).all(|(a, b)| a.starts_with(b)))
}

/// Returns what words speak of, the most special first.
pub(super) fn subjects(words: &[&str]) -> Vec<Subject> {
    let mut out = Vec::new();
    if in_row(words, &["second", "opinion"]) {
        out.push(Subject::SecondOpinion);
    }
    let outside = [
        &["independent", "medical", "review"][..],
        &["independent", "review"],
        &["external", "review"],
        &["medical", "review"],
        &["outside", "review"],
        &["federal", "review"],
        &["iro"],
        &["imr"],
    ];
    if outside.iter().any(|row| in_row(words, row)) {
        out.push(Subject::OutsideReview);
    }
    if stems(words, &["hearing"]) {
        out.push(Subject::Hearing);
    }
    if stems(words, &["complain"]) {
        out.push(Subject::Complaint);
    }
    if stems(words, &["grievance", "appeal", "reconsider", "redetermin"]) {
        out.push(Subject::InsideAppeal);
    }
    out
}

/// Returns everything that words say is done in the time.
pub(super) fn acts(words: &[&str]) -> Vec<Act> {
    let decides = ["decid", "decision", "answer", "respond", "response", "resolv", "determin"];
    let files = ["file", "filing", "filed", "ask", "apply", "submit"];
    let mut acts = Vec::new();
    if stems(words, &["acknowledg"]) {
        acts.push(Act::Acknowledge);
    }
    if stems(words, &decides) {
        acts.push(Act::Decide);
    }
    if stems(words, &files) || in_row(words, &["to", "appeal"]) || in_row(words, &["to", "request"])
    {
        acts.push(Act::File);
    }
    acts
}

/// Most tokens of a sentence that count on either side; a text without any point would take long.
const REACH: usize = 400;

/// The tokens of the sentence that a token stands in, first and one past the last.
pub(super) fn around(sentences: &[usize], at: usize) -> (usize, usize) {
    let Some(own) = sentences.get(at) else { return (at, at) };
    let start = sentences.partition_point(|s| s < own);
    let end = sentences.partition_point(|s| s <= own);
    (start.max(at.saturating_sub(REACH)), end.min(at + REACH))
}

/// Words that give what follows as somebody's own.
#[rustfmt::skip]
const SAYS: &[&str] = &[
    "own", "says", "said", "writes", "wrote", "answered", "states", "stated", "told", "reads", "reason",
    "reasons", "circumstances", "explains", "explained", "quote",
];

/// Whether a place stands in words that the letter gives as another's, or as the member's own telling.
pub(super) fn is_anothers(
    all: &[Token],
    at: usize,
    sentence: (usize, usize),
    quoted: bool,
) -> bool {
    if !quoted {
        return is_reported(all, at, sentence);
    }
    let block = all[..at].iter().rposition(|t| !t.quoted && t.kind != Kind::Break);
    let Some(end) = block else { return false };
    let start = all[..end].iter().rposition(|t| t.kind == Kind::Break).map_or(0, |b| b + 1);
    let lead = &all[start..=end];
    all[end].is(':') && lead.iter().any(|t| t.is_word(SAYS)) && !names_law(lead)
}
