//! Hostile text, and citations made from the register in every spelling.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use appeal::cite::{Checker, Report};
use appeal::diag::Source;
use appeal::law::Law;
use chrono::NaiveDate;
use proptest::prelude::*;

use super::{check, law, told};

/// Checkers by track, each made once.
struct Checkers<'a> {
    law: &'a Law,
    made: BTreeMap<String, Checker<'a>>,
}

impl<'a> Checkers<'a> {
    fn of(law: &'a Law) -> Self {
        Checkers { law, made: BTreeMap::new() }
    }

    fn check(&mut self, text: &str, track: &str) -> Report {
        let new = || Checker::new(self.law, track, on()).unwrap_or_else(|e| panic!("{e}"));
        let checker = self.made.entry(track.to_owned()).or_insert_with(new);
        checker.check(&Source::new("letter", text))
    }
}

fn on() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, 20).unwrap()
}

/// An authority that a track prints, as its pack holds it: track, code, section, subdivision.
fn printed(law: &Law) -> Vec<(String, String, String, String)> {
    let registry = law.registry();
    let mut all = Vec::new();
    for pack in law.packs().filter(|p| !p.pack.router && p.pack.id != "common") {
        for (id, authority) in &pack.authority {
            let digits = authority.section.starts_with(|c: char| c.is_ascii_digit());
            let late = authority.from.is_some_and(|from| from > on());
            let Some(text) = registry.letter(id).filter(|_| digits && !late) else { continue };
            let pin =
                if text.contains(&authority.pin) { authority.pin.clone() } else { String::new() };
            let code = authority.code.clone();
            let tracks = registry
                .refused()
                .iter()
                .any(|r| r.section.as_ref() == Some(&authority.section) && r.tracks.is_empty());
            if !tracks {
                all.push((pack.pack.id.clone(), code, authority.section.clone(), pin));
            }
        }
    }
    assert!(all.len() > 150, "only {}", all.len());
    all
}

/// Every way to write a code before a section.
fn spellings(law: &Law, code: &str) -> Vec<String> {
    let (_, code) = law.registry().codes().find(|(id, _)| *id == code).unwrap();
    let mut all = vec![code.short.clone(), code.long.clone()];
    for spelling in &code.spellings {
        for mark in
            [" ", " § ", " section ", ", section ", " sec. ", " §", "\nsection ", "\u{a0}§\u{a0}"]
        {
            all.push(format!("{spelling}{mark}"));
        }
    }
    if let Some((title, rest)) = code.short.split_once(' ') {
        let title = title.to_owned();
        if rest == "CFR § " {
            for form in
                ["C.F.R. § ", "C.F.R. ", "CFR ", "CFR §§ ", "Code of Federal Regulations section "]
            {
                all.push(format!("{title} {form}"));
            }
            all.push(format!("title {title} of the Code of Federal Regulations, section "));
            all.push(format!("Title {title}, Code of Federal Regulations, section "));
        }
        if rest == "CCR § " {
            for form in ["CCR ", "C.C.R. § ", "Cal. Code Regs. § "] {
                all.push(format!("{title} {form}"));
            }
            all.push(format!("Cal. Code Regs., tit. {title}, § "));
            all.push(format!("title {title} of the California Code of Regulations, section "));
        }
    }
    all
}

#[test]
fn every_authority_in_every_spelling_is_held() {
    let law = law();
    let mut checkers = Checkers::of(&law);
    let mut count = 0;
    for (track, code, section, pin) in printed(&law) {
        for spelling in spellings(&law, &code) {
            let text = format!("See {spelling}{section}{pin}.");
            let report = checkers.check(&text, &track);
            assert!(!report.citations.is_empty(), "nothing is seen in {text:?} ({track})");
            assert!(report.faults.is_empty(), "{track}: {}", told(&text, &report));
            count += 1;
        }
    }
    assert!(count > 1500, "only {count}");
}

#[test]
fn a_changed_digit_or_subdivision_is_refused() {
    let law = law();
    let all = printed(&law);
    let known: Vec<String> =
        law.registry().iter().map(|(_, a)| format!("{} {}", a.code, a.section)).collect();
    let mut checkers = Checkers::of(&law);
    let mut count = 0;
    // A list of sections within a regulation has no one digit that makes it another.
    for (track, code, section, pin) in
        all.iter().filter(|(_, _, section, _)| !section.contains(','))
    {
        let short = spellings(&law, code).swap_remove(0);
        for (at, digit) in section.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
            let other = if digit == '9' { '7' } else { '9' };
            let mut changed = section.clone();
            changed.replace_range(at..=at, &other.to_string());
            if known.contains(&format!("{code} {changed}")) {
                continue;
            }
            let text = format!("See {short}{changed}{pin}.");
            let report = checkers.check(&text, track);
            assert!(!report.faults.is_empty(), "{track}: {text} is accepted");
            count += 1;
        }
        for end in ["(zz)", "(99)", "(ZZ)"] {
            let text = format!("See {short}{section}{pin}{end}.");
            let report = checkers.check(&text, track);
            assert!(!report.faults.is_empty(), "{track}: {text} is accepted");
            count += 1;
        }
    }
    assert!(count > 1000, "only {count}");
}

/// Pieces that a citation is made of, and some that break it.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "HSC",
            "H&S",
            "§",
            "§§",
            "section",
            "sections",
            "1374.30",
            "(k)",
            "(",
            ")",
            "and",
            ",",
            ".",
            "to",
            "-",
            "28 CCR",
            "45 C.F.R.",
            "of the",
            "Health and Safety Code",
            "et seq.",
            "subdivision (a)",
            "paragraph (4) of",
            "thirty (30)",
            "30",
            "days",
            "business days",
            "must",
            "within",
            "\n",
            "\n\n",
            "\n> ",
            "> ",
            "**",
            "&sect;",
            "&amp;",
            "\u{a0}",
            "\u{ad}",
            "title",
            "tit.",
            "v.",
            "Smith",
            "SB 294",
            "\"",
            "|",
            "<b>",
            "<!--",
            "-->",
            "14VAC5-216-30",
            "(ii)",
            "(A)",
            "1",
            "99999999999999999999",
            "\u{202e}",
            "\u{feff}",
            "one hundred",
            "eighty",
            "72-hour",
            "a hundred and",
            "/",
            "$",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,6}",
        "(?s).{0,4}",
    ];
    prop::collection::vec((piece, prop::sample::select(vec!["", " "])), 0..60)
        .prop_map(|all| all.into_iter().flat_map(|(p, gap)| [p, gap.to_owned()]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn hostile_text_never_panics_and_every_place_is_right(text in pieces()) {
        static LAW: LazyLock<Law> = LazyLock::new(law);
        static CHECKER: LazyLock<Checker<'static>> =
            LazyLock::new(|| Checker::new(&LAW, "us-ca-dmhc", on()).unwrap());
        let source = Source::new("letter", text.clone());
        let report = CHECKER.check(&source);
        let labels = report.faults.iter().flat_map(|d| &d.labels).map(|l| l.span.clone());
        let found = report.citations.iter().chain(&report.periods).map(|f| f.span.clone());
        for span in labels.chain(found) {
            prop_assert!(span.start < span.end, "{span:?}");
            prop_assert!(text.get(span.clone()).is_some(), "{span:?} splits a character");
            // The line and column name the same character again.
            let (line, column) = source.position(span.start);
            let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
            let before: usize = text[start..].chars().take(column - 1).map(char::len_utf8).sum();
            prop_assert_eq!(start + before, span.start);
        }
        let _ = told(&text, &report);
        prop_assert_eq!(report, CHECKER.check(&source));
    }
}

#[test]
fn a_long_text_takes_no_long_time() {
    let law = law();
    for piece in
        ["HSC § 1374.30(k), ", "(a)", "§", "30 or ", "> \"", "Penal ", "one hundred and ", "x-\n"]
    {
        let text = piece.repeat(1_500);
        let report = check(&law, &text, "us-ca-dmhc", on());
        assert!(report.citations.len() <= 3_000);
    }
}
