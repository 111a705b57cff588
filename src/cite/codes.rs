//! The names of codes: those that the law on file knows, in every spelling, and the shapes of all others.

use std::collections::{BTreeMap, BTreeSet};

use super::token::{Kind, Token, tokens};
use crate::law::Law;

/// Collections that are cited by a title's number, and their names.
const COLLECTIONS: &[(&str, &[&str])] = &[
    ("cfr", &["cfr", "c f r", "code of federal regulations", "code fed regs", "code of fed regs"]),
    (
        "ccr",
        &[
            "ccr",
            "c c r",
            "california code of regulations",
            "cal code of regulations",
            "cal code of regs",
            "cal code regs",
            "calif code regs",
            "california code regs",
        ],
    ),
    ("usc", &["usc", "usca", "u s c", "united states code", "u s code", "us code"]),
];

/// States, by the last word of their names, whose codes are not those of the register's home.
#[rustfmt::skip]
const STATES: &[&str] = &[
    "alabama", "alaska", "arizona", "arkansas", "colorado", "connecticut", "delaware", "florida",
    "georgia", "hawaii", "idaho", "illinois", "indiana", "iowa", "kansas", "kentucky", "louisiana",
    "maine", "massachusetts", "michigan", "minnesota", "mississippi", "missouri", "montana", "nebraska",
    "nevada", "hampshire", "jersey", "mexico", "york", "carolina", "dakota", "ohio", "oklahoma",
    "oregon", "pennsylvania", "island", "tennessee", "texas", "tex", "utah", "vermont", "virginia",
    "washington", "wisconsin", "wyoming", "fla", "ill", "ariz", "nev",
];

/// Acts of a legislature that are cited by number.
const ACTS: &[(&str, &str)] = &[
    ("sb", "SB"),
    ("senate bill", "SB"),
    ("ab", "AB"),
    ("assembly bill", "AB"),
    ("hb", "HB"),
    ("house bill", "HB"),
    ("hr", "H.R."),
    ("pub l", "Public Law"),
    ("public law", "Public Law"),
    ("p l", "Public Law"),
    ("stats", "Stats."),
    ("statutes of", "Stats."),
    ("all plan letter", "All Plan Letter"),
    ("apl", "All Plan Letter"),
    ("senate bill no", "SB"),
    ("assembly bill no", "AB"),
];

/// What a citation names as its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// A code of the register, by id.
    Held(String),
    /// None; the codes cited before it, the latest first.
    Earlier(Vec<String>),
    /// One that the register does not hold, in words.
    Unheld(String),
    /// A bill, as `SB 294`.
    Bill(String),
    /// An authority that is known by its name alone, by id.
    Named(String),
}

/// Everything by which law is recognized.
#[derive(Debug)]
pub(super) struct Names {
    /// Spellings by their first word: the words, and the code.
    spellings: BTreeMap<String, Vec<(Vec<String>, String)>>,
    /// Codes of a numbered title: `45`, `cfr`.
    titles: BTreeMap<(String, String), String>,
    /// Authorities without a section, by their words.
    named: Vec<(Vec<String>, String)>,
    /// Codes whose sections hold dashes.
    dashed: BTreeSet<String>,
    /// Every section on file, in any code.
    sections: BTreeSet<String>,
}

/// The words of a name, without points and commas.
fn words(name: &str) -> Vec<String> {
    let loose = |t: &Token| t.is('.') || t.is(',') || t.is('§') || t.kind == Kind::Break;
    let all = tokens(name);
    all.into_iter().filter(|t| !loose(t)).map(|t| same(&t.text).to_owned()).collect()
}

/// "and" and "&" are the same.
fn same(word: &str) -> &str {
    if word == "and" { "&" } else { word }
}

impl Names {
    pub(super) fn of(law: &Law) -> Names {
        let registry = law.registry();
        let mut names = Names {
            spellings: BTreeMap::new(),
            titles: BTreeMap::new(),
            named: Vec::new(),
            dashed: BTreeSet::new(),
            sections: BTreeSet::new(),
        };
        for (id, code) in registry.codes() {
            let all = [&code.short, &code.long].into_iter().chain(&code.spellings);
            for spelling in all {
                let mut list = words(spelling);
                if list.last().is_some_and(|w| w == "section") {
                    list.pop();
                }
                names.spell(list, id);
            }
            if let [title, collection] = words(&code.short).as_slice() {
                names.titles.insert((title.clone(), collection.clone()), id.to_owned());
            }
        }
        for (id, authority) in registry.iter() {
            if authority.section.starts_with(|c: char| c.is_ascii_digit()) {
                names.sections.insert(authority.section.to_lowercase());
                if authority.section.contains('-') {
                    names.dashed.insert(authority.code.clone());
                }
                continue;
            }
            let Some(whole) = registry.citation(id) else { continue };
            names.named.push((words(&whole), id.to_owned()));
            // "…, All Plan Letter 20-020" is also cited by its last words.
            if let Some((_, last)) = whole.rsplit_once(", ")
                && last.ends_with(|c: char| c.is_ascii_digit())
            {
                names.named.push((words(last), id.to_owned()));
            }
        }
        names.sections.extend(registry.refused().iter().filter_map(|r| r.section.clone()));
        names
    }

    fn spell(&mut self, list: Vec<String>, id: &str) {
        if let Some(first) = list.first().cloned() {
            let known = self.spellings.entry(first).or_default();
            if !known.iter().any(|(l, _)| *l == list) {
                known.push((list, id.to_owned()));
            }
        }
    }

    /// Whether the sections of a code hold dashes; one that nobody knows may.
    pub(super) fn is_dashed(&self, code: &Code) -> bool {
        match code {
            Code::Held(id) => self.dashed.contains(id),
            Code::Earlier(_) | Code::Unheld(_) | Code::Bill(_) | Code::Named(_) => true,
        }
    }

    pub(super) fn knows_section(&self, section: &str) -> bool {
        self.sections.contains(&section.to_lowercase())
    }

    /// Returns the code whose name begins here, and where it ends.
    pub(super) fn code(&self, all: &[Token], at: usize) -> Option<(Code, usize)> {
        let held = self.held(all, at);
        let titled = self.titled(all, at);
        let found = match (held, titled) {
            (Some(a), Some(b)) => Some(if b.1 > a.1 { b } else { a }),
            (a, b) => a.or(b),
        };
        let (code, end) = found.or_else(|| self.strange(all, at))?;
        if let (Code::Held(_), Some(before)) = (&code, at.checked_sub(1).and_then(|b| all.get(b)))
            && before.is_word(STATES)
            && all[at].kind == Kind::Word
        {
            let name = all[at - 1..end].iter().map(|t| t.exact.as_str()).collect::<Vec<_>>();
            return Some((Code::Unheld(name.join(" ")), end));
        }
        Some((code, end))
    }

    fn held(&self, all: &[Token], at: usize) -> Option<(Code, usize)> {
        let first = all.get(at)?;
        let known = self.spellings.get(same(&first.text))?;
        let ends = known
            .iter()
            .filter_map(|(list, id)| Some((phrase(all, at, list.iter().map(String::as_str))?, id)));
        ends.max_by_key(|(end, _)| *end).map(|(end, id)| (Code::Held(id.clone()), end))
    }

    /// `45 CFR`, `title 45 of the Code of Federal Regulations`, `Cal. Code Regs., tit. 28`.
    fn titled(&self, all: &[Token], at: usize) -> Option<(Code, usize)> {
        let title = |at: usize| all.get(at).is_some_and(|t| t.is_word(&["title", "tit"]));
        let (number, collection, end) = if title(at) || all.get(at)?.number().is_some() {
            let n = skip(all, if title(at) { at + 1 } else { at });
            let number = all.get(n)?.number()?;
            let mut next = skip(all, n + 1);
            if title(at) {
                for word in ["of", "the"] {
                    next += usize::from(all.get(next).is_some_and(|t| t.text == word));
                }
            }
            let (collection, end) = collection(all, next)?;
            (number, collection, end)
        } else {
            let (collection, next) = collection(all, at)?;
            let next = skip(all, next);
            if !title(next) {
                return None;
            }
            let n = skip(all, next + 1);
            (all.get(n)?.number()?, collection, n + 1)
        };
        let id = self.titles.get(&(number.to_owned(), collection.to_owned()));
        let unheld = || format!("{number} {}", collection.to_uppercase());
        let code = id.map_or_else(|| Code::Unheld(unheld()), |id| Code::Held(id.clone()));
        Some((code, end))
    }

    /// A code or act that the register does not know, by its shape: `Penal Code`, `Example Parity Act`,
    /// `ABCDE`.
    fn strange(&self, all: &[Token], at: usize) -> Option<(Code, usize)> {
        let first = all.get(at).filter(|t| t.kind == Kind::Word)?;
        if !first.exact.starts_with(char::is_uppercase) || first.is_word(OPENINGS) {
            return None;
        }
        let acronym =
            first.exact.chars().count() >= 3 && first.exact.chars().all(char::is_uppercase);
        if acronym && !first.is_word(PAPERS) {
            return Some((Code::Unheld(first.exact.clone()), at + 1));
        }
        let mut name = Vec::new();
        for (n, token) in all.iter().enumerate().skip(at).take(8) {
            // A code on file that begins later is found when its turn comes.
            if n > at && self.held(all, n).is_some() {
                return None;
            }
            let joins = token.is('&') || token.is('.') || token.is_word(&["and", "of", "the"]);
            let is_name = token.kind == Kind::Word && token.exact.starts_with(char::is_uppercase);
            if !joins && !is_name {
                return None;
            }
            if !token.is('.') {
                name.push(token.exact.as_str());
            }
            if n > at && token.is_word(&["code", "act", "law", "statutes"]) {
                return Some((Code::Unheld(name.join(" ")), n + 1));
            }
        }
        None
    }

    /// Returns the authority without a section whose name begins here, and where it ends.
    pub(super) fn named(&self, all: &[Token], at: usize) -> Option<(Code, usize)> {
        let found = self
            .named
            .iter()
            .filter_map(|(list, id)| Some((phrase(all, at, list.iter().map(String::as_str))?, id)));
        found.max_by_key(|(end, _)| *end).map(|(end, id)| (Code::Named(id.clone()), end))
    }
}

/// The bill or other act that is cited here by its number, and where that ends.
pub(super) fn act(all: &[Token], at: usize) -> Option<(Code, usize)> {
    for (name, short) in ACTS {
        let Some(end) = phrase(all, at, name.split(' ')) else { continue };
        let capital = all[at].exact.starts_with(char::is_uppercase);
        let n = skip(all, end);
        let Some(number) = all.get(n).and_then(Token::number).filter(|_| capital) else { continue };
        // `APL 20-020`, `Public Law 111-148`.
        let joined = all.get(n + 1).is_some_and(|t| t.is('-') && !t.apart)
            && all.get(n + 2).is_some_and(|t| t.number().is_some() && !t.apart);
        let end = if joined { n + 3 } else { n + 1 };
        let mut name = format!("{short} {number}");
        if joined {
            name.push('-');
            name.push_str(&all[n + 2].text);
        }
        return Some((Code::Bill(name), end));
    }
    reporter(all, at).or_else(|| case(all, at))
}

/// `89 Fed. Reg. 30448`.
fn reporter(all: &[Token], at: usize) -> Option<(Code, usize)> {
    all.get(at)?.number()?;
    let end = ["fed reg", "f r", "fr", "cal app", "f supp"]
        .into_iter()
        .find_map(|name| phrase(all, at + 1, name.split(' ')))?;
    all.get(skip(all, end))?.number()?;
    let name = all[at..=skip(all, end)].iter().filter(|t| !t.is('.')).map(|t| t.exact.as_str());
    Some((Code::Unheld(name.collect::<Vec<_>>().join(" ")), skip(all, end) + 1))
}

/// `Smith v. Example`: the decision of a court.
fn case(all: &[Token], at: usize) -> Option<(Code, usize)> {
    let is_name = |t: &Token| t.kind == Kind::Word && t.exact.starts_with(char::is_uppercase);
    let [a, v] = [all.get(at)?, all.get(at + 1)?];
    if !is_name(a) || !v.is_word(&["v", "vs"]) {
        return None;
    }
    let next = skip(all, at + 2);
    all.get(next).filter(|t| is_name(t))?;
    Some((Code::Unheld("the decision of a court".to_owned()), next + 1))
}

/// Words with a capital that begin a sentence, not a name.
const OPENINGS: &[&str] = &[
    "the", "under", "see", "in", "by", "per", "and", "as", "this", "that", "a", "an", "my", "your",
];

/// Papers whose sections are no law.
#[rustfmt::skip]
pub(super) const PAPERS: &[&str] = &[
    "eoc", "coc", "spd", "sbc", "coverage", "certificate", "contract", "policy", "plan", "brochure",
    "handbook", "agreement", "booklet", "notice", "letter", "form", "application", "criteria",
    "criterion", "guideline", "guidelines", "document", "summary", "manual", "report", "record",
    "exhibit", "appendix", "faq", "pdf", "cpt", "icd", "table", "chart",
];

fn collection(all: &[Token], at: usize) -> Option<(&'static str, usize)> {
    let spelled = COLLECTIONS.iter().flat_map(|(id, names)| names.iter().map(move |n| (*id, *n)));
    let ends = spelled.filter_map(|(id, name)| Some((id, phrase(all, at, name.split(' '))?)));
    ends.max_by_key(|(_, end)| *end)
}

/// Passes over points and commas.
pub(super) fn skip(all: &[Token], mut at: usize) -> usize {
    while all.get(at).is_some_and(|t| t.is('.') || t.is(',')) {
        at += 1;
    }
    at
}

/// Where a row of words ends that begins here; points and commas between them do not count.
fn phrase<'w>(all: &[Token], at: usize, list: impl IntoIterator<Item = &'w str>) -> Option<usize> {
    let mut next = at;
    for (n, word) in list.into_iter().enumerate() {
        if n > 0 {
            next = skip(all, next);
        }
        let token = all.get(next).filter(|t| same(&t.text) == word)?;
        if token.kind == Kind::Break {
            return None;
        }
        next += 1;
    }
    (next > at).then_some(next)
}
