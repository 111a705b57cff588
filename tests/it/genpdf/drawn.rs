//! Letters set by genpdf, read again.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::thread;

use appeal::law::Law;
use appeal::layout::{self, Fonts, Pages, Style};
use appeal::letter::Templates;
use appeal::packet::{self, Press, Stamp};
use appeal::pdf::{self, Engine, Error, Meta, Undrawable, Why};
use chrono::NaiveDate;
use lopdf::{Document, Object};
use proptest::prelude::*;

use super::read::shown;
use crate::support::folders::folders;

fn style(title: &str) -> Style {
    Style {
        title: title.to_owned(),
        running_head: format!("Ana Łukasz-Nguyễn, {title}"),
        draft: true,
        fonts: Fonts::builtin(),
    }
}

fn lay(markdown: &str) -> Pages {
    layout::pages(markdown, &style("Grievance")).unwrap()
}

fn meta() -> Meta {
    Meta {
        title: "Grievance — Nguyễn Thị Hồng".to_owned(),
        subject: "track us-ca-dmhc".to_owned(),
        author: "Maria Delgado".to_owned(),
        language: "en-US".to_owned(),
        created: NaiveDate::from_ymd_opt(2026, 11, 2).unwrap(),
    }
}

fn set(pages: &Pages) -> Result<Vec<u8>, Error> {
    pdf::set(pages, &meta(), Engine::Genpdf)
}

#[track_caller]
fn refusal(markdown: &str) -> Undrawable {
    match set(&lay(markdown)) {
        Err(Error::Undrawable(refused)) => refused,
        other => panic!("{markdown:?} is not refused: {:?}", other.map(|pdf| pdf.len())),
    }
}

/// Says where the strings of a PDF are not the words of the pages, each in its place.
fn differences(pages: &Pages, pdf: &[u8]) -> Option<String> {
    let drawn = shown(pdf);
    if drawn.len() != pages.pages.len() {
        return Some(format!("{} pages, not {}", drawn.len(), pages.pages.len()));
    }
    for (page, drawn) in pages.pages.iter().zip(drawn) {
        let mut drawn = drawn.into_iter();
        for line in &page.lines {
            for word in line.words() {
                let (mut text, mut end) = (String::new(), f64::from(word.x));
                while text.len() < word.text.len() {
                    let Some(piece) = drawn.next() else {
                        return Some(format!("`{}` is not drawn", word.text));
                    };
                    let off = (piece.x - end)
                        .abs()
                        .max((piece.baseline - f64::from(line.baseline)).abs());
                    // A piece begins where the one before it should have ended.
                    if off > if text.is_empty() { 0.02 } else { 1.5 } {
                        return Some(format!("{piece:?} of `{}` is {off} off {word:?}", word.text));
                    }
                    if (piece.size - f64::from(word.size)).abs() > 0.001 {
                        return Some(format!("{piece:?} is not of the size of {word:?}"));
                    }
                    text.push_str(&piece.text);
                    end = piece.x + piece.width;
                }
                if text != word.text {
                    return Some(format!("`{text}` is drawn for `{}`", word.text));
                }
                // Nor does a word run into the next one.
                if (end - f64::from(word.x + word.width)).abs() > 0.8 {
                    return Some(format!("{word:?} ends at {end}"));
                }
            }
        }
        if let Some(more) = drawn.next() {
            return Some(format!("{more:?} is in no line"));
        }
    }
    None
}

/// Every paper of every case: its name, its title and its text.
fn papers() -> Vec<(String, String, String)> {
    let (law, fonts) = (Law::builtin().unwrap(), Fonts::builtin());
    let templates = Templates::builtin().unwrap();
    let press = Press { templates: &templates, fonts: &fonts, pdf: None, draft: true };
    let mut all = Vec::new();
    for folder in folders() {
        let (case, disputes, _) = folder.rulings(&law).unwrap_or_else(|e| panic!("{e}"));
        let chosen = packet::choose(&disputes, None).unwrap_or_default();
        for paper in packet::written(&case.record, &chosen, &press).unwrap() {
            let text = Stamp::above(&paper.markdown).to_owned();
            all.push((format!("{}/{}", folder.slug, paper.stem), paper.title, text));
        }
    }
    all
}

#[test]
fn every_paper_that_genpdf_takes_holds_every_word_in_its_place() {
    let papers = papers();
    assert!(papers.len() > 100, "only {} papers", papers.len());
    let check = |papers: &[(String, String, String)]| {
        let (mut wrong, mut refused) = (String::new(), BTreeMap::new());
        for (name, title, text) in papers {
            let pages = layout::pages(text, &style(title)).unwrap();
            match set(&pages) {
                Ok(pdf) => {
                    if let Some(told) = differences(&pages, &pdf) {
                        let _ = writeln!(wrong, "{name}: {told}");
                    }
                }
                Err(Error::Undrawable(told)) => drop(refused.insert(name.clone(), told)),
                Err(other) => drop(writeln!(wrong, "{name}: {other}")),
            }
        }
        (wrong, refused)
    };
    let (mut wrong, mut refused) = (String::new(), BTreeMap::new());
    thread::scope(|scope| {
        let parts: Vec<_> = papers
            .chunks(papers.len() / 4 + 1)
            .map(|part| scope.spawn(move || check(part)))
            .collect();
        for part in parts {
            let (more, told) = part.join().unwrap();
            wrong.push_str(&more);
            refused.extend(told);
        }
    });
    assert!(wrong.is_empty(), "{wrong}");
    let refused: Vec<_> = refused.iter().map(|(name, told)| (name.as_str(), &told.why)).collect();
    assert_eq!(refused, [("names-in-many-scripts/2026-0185.grievance", &Why::RightToLeft)]);
}

#[test]
fn the_same_letter_is_the_same_bytes_in_genpdf_too() {
    let pages = lay("# RE\n\nAsk *now*, **Łukasz**.\n\n| a | b |\n|---|---|\n| 1 | 2 |");
    let first = set(&pages).unwrap();
    let again = pages.clone();
    let other = thread::spawn(move || {
        set(&lay("Another letter.")).unwrap();
        set(&again).unwrap()
    });
    assert!(first == other.join().unwrap());
    assert!(first == set(&pages).unwrap());
}

#[test]
fn the_file_says_what_the_letter_says_and_not_when_it_was_made() {
    let pages = lay("[The agency](https://www.dmhc.ca.gov/FileaComplaint.aspx) decides.");
    let pdf = set(&pages).unwrap();
    let document = Document::load_mem(&pdf).unwrap();
    let info = document.trailer.get(b"Info").and_then(Object::as_reference).unwrap();
    let info = document.get_dictionary(info).unwrap();
    let text = |key: &str| {
        let bytes = info.get(key.as_bytes()).unwrap().as_str().unwrap().to_vec();
        let units: Vec<u16> =
            bytes.chunks(2).skip(1).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        String::from_utf16(&units).unwrap()
    };
    assert_eq!(text("Title"), "Grievance — Nguyễn Thị Hồng");
    assert_eq!(text("Author"), "Maria Delgado");
    assert_eq!(text("Subject"), "track us-ca-dmhc");
    for key in ["CreationDate", "ModDate"] {
        assert_eq!(info.get(key.as_bytes()).unwrap().as_str().unwrap(), b"D:20261102000000Z");
    }
    assert!(document.trailer.get(b"ID").is_err());
    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"en-US");
    assert!(catalog.get(b"Metadata").is_err());
    let urls = |o: &Object| {
        let array = o.as_array().ok()?;
        let link = array[0].as_dict().ok()?.get(b"A").ok()?.as_dict().ok()?.get(b"URI").ok()?;
        Some(link.as_str().unwrap().to_vec())
    };
    let urls: Vec<_> = document.objects.values().filter_map(urls).collect();
    assert_eq!(urls, [b"https://www.dmhc.ca.gov/FileaComplaint.aspx".to_vec()]);
}

#[test]
fn what_genpdf_would_draw_otherwise_is_refused_by_name() {
    for (text, character, word, why) in [
        ("Ask שרה now", 'ש', "שרה", Why::RightToLeft),
        ("Ask محمد, now", 'م', "محمد,", Why::RightToLeft),
        ("नाम शर्मा", 'र', "शर्मा", Why::Shaped),
        ("ភាសាខ្មែរ", 'ភ', "ភាសាខ្មែរ", Why::Shaped),
        ("ที่นี่", '\u{e35}', "ที่นี่", Why::Shaped),
        ("a x\u{301} b", '\u{301}', "x\u{301}", Why::Shaped),
        ("a\u{200b}b", '\u{200b}', "a\u{200b}b", Why::Unseen),
        ("a\u{ad}b", '\u{ad}', "a\u{ad}b", Why::Unseen),
    ] {
        let word = word.to_owned();
        assert_eq!(refusal(text), Undrawable { character, word, why }, "{text}");
    }
    let told = refusal("Ask שרה now").to_string();
    let want = "genpdf cannot draw `ש` (U+05E9), as in `שרה`: it runs from right to left; leave out \
                --pdf-engine to use krilla";
    assert_eq!(told, want);
}

#[test]
fn plain_scripts_and_ligatures_of_latin_letters_are_drawn() {
    for text in [
        "Efficient offices find difficult files; the ffi and fl ligatures.",
        "Nguyễn Thị Hồng, Łukasz Żółć, Íñigo Muñoz Güell",
        "Արամ Խաչատրյան",
        "Екатерина Щербакова, Ґалаґан Їжакевич",
        "Check: ☐ yes ☑ no → ≤ 5 ≥ 3 − ½ § 1383.15(a)(1)–(5) € 12,50 “quoted” ‘single’ … n° 5",
        "CLM2026A0099887766554433221100ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-AVAVAVAVAVAVAVAVAVAV",
        "",
        "---",
        "> quoted\n>\n> > twice",
    ] {
        let pages = lay(text);
        let pdf = set(&pages).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(differences(&pages, &pdf), None, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Drawn whole or refused, never something else.
    #[test]
    fn any_text_is_drawn_whole_or_refused(text in "([a-zA-Zà-ÿА-я0-9 .,-]|[\u{ad}\u{200b}\u{2010}\u{301}\u{2126}Ω]|[א-תء-غก-ฮ]){0,40}") {
        let Ok(pages) = layout::pages(&text, &style("Grievance")) else { return Ok(()) };
        match set(&pages) {
            Ok(pdf) => prop_assert_eq!(differences(&pages, &pdf), None),
            Err(Error::Undrawable(_)) => {}
            Err(other) => prop_assert!(false, "{}", other),
        }
    }
}
