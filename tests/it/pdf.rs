//! The PDF as other programs see it.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use appeal::{
    layout::{self, Fonts, Pages, Style},
    pdf::{self, Engine, Meta},
};
use chrono::NaiveDate;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

fn style() -> Style {
    Style {
        title: "Grievance".to_owned(),
        running_head: "Nguyễn Thị Hồng, grievance".to_owned(),
        draft: false,
        fonts: Fonts::builtin(),
    }
}

fn meta() -> Meta {
    Meta {
        title: "Grievance — Nguyễn Thị Hồng".to_owned(),
        subject: String::new(),
        author: "Maria Delgado".to_owned(),
        language: "en-US".to_owned(),
        created: NaiveDate::from_ymd_opt(2026, 11, 2).expect("a date"),
    }
}

fn lay(markdown: &str) -> Pages {
    layout::pages(markdown, &style()).expect("every character has a font")
}

#[track_caller]
fn set(markdown: &str) -> Vec<u8> {
    pdf::set(&lay(markdown), &meta(), Engine::Krilla).expect("the letter conforms")
}

#[test]
fn the_same_letter_is_the_same_bytes() {
    let first = set(LETTER);
    let other = std::thread::spawn(|| {
        set("שרה");
        set(LETTER)
    });
    assert!(first == other.join().unwrap());
    assert!(first == set(LETTER));
}

#[test]
fn two_plain_pages_are_small() {
    let text = "A plan must provide a second opinion when an enrollee asks for one. ".repeat(60);
    let pages = lay(&format!("# RE: denial\n\n{text}\n\n**Bold** and *italic*.\n\n1. x\n2. y"));
    assert_eq!(pages.pages.len(), 2);
    let size = pdf::set(&pages, &meta(), Engine::Krilla).unwrap().len();
    assert!(size < 60_000, "{size} bytes");
}

#[test]
fn a_letter_without_a_title_is_refused() {
    let meta = Meta { title: " ".to_owned(), ..meta() };
    assert!(pdf::set(&lay("x"), &meta, Engine::Krilla).is_err());
}

#[test]
fn letters_of_every_shape_conform() {
    let deep = format!("{}deep", "> 1. ".repeat(300));
    for markdown in [
        "",
        "x",
        "### Low\n\n###### Lower",
        "| a | |\n|---|---|\n| | |",
        "- \n- ",
        "1. # x\n2. ---",
        "[l](https://a.example) [m](mailto:a@b.example)",
        "> > x\n>\n> - y",
        "    code\n    more",
        "a\u{200b}b\u{ad}c\u{200d}d\u{200c}e",
        "\u{202e}abc",
        "\u{200b}",
        "# \u{200b}",
        &deep,
        "[\u{200b}](https://a.example)",
        "e\u{301}\u{301}\u{301}",
        "ا\u{64b}\u{64b}",
        "\u{301}",
    ] {
        set(markdown);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever can be laid out can be written: no character is found out only by the engine.
    #[test]
    fn what_is_laid_out_can_be_set(text in "(\\PC|[a-z \u{200c}\u{200d}\u{ad}֐-׿؀-ۿऀ-ॿ਀-੿ក-៿฀-๿຀-໿]|[-*#>|\n]){0,60}") {
        // Scripts without an embedded font are refused by layout, so they are taken out first.
        let text: String = text.chars().filter(|c| layout::pages(&c.to_string(), &style()).is_ok()).collect();
        if let Ok(pages) = layout::pages(&text, &style()) {
            prop_assert!(pdf::set(&pages, &meta(), Engine::Krilla).is_ok(), "{:?}: {:?}", text, pdf::set(&pages, &meta(), Engine::Krilla).err());
        }
    }
}

#[test]
#[ignore = "needs poppler-utils, qpdf, and the PyPI packages outloud and pdfua"]
fn other_programs_find_nothing_wrong() {
    outside_checks(&set(LETTER), LETTER);
    outside_checks(&set("Just a line."), "Just a line.");
}

#[test]
#[ignore = "needs poppler-utils, qpdf, and the PyPI packages outloud and pdfua"]
fn a_letter_of_many_pages_passes_too() {
    let letter = LETTER.repeat(6);
    outside_checks(&set(&letter), &letter);
}

/// Has every outside program look at a PDF. Any that is missing fails.
///
/// `pdfinfo -struct-text` must read the words of the Markdown in their order, `pdftotext` must find
/// each word of Latin letters or digits.
#[track_caller]
pub(crate) fn outside_checks(pdf: &[u8], markdown: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("letter.pdf");
    fs::write(&file, pdf).expect("a file to check");

    run("qpdf", &["--check"], &file);
    every_font_is_embedded_and_subset(&run("pdffonts", &[], &file));
    let said = run("pdfinfo", &["-struct-text"], &file);
    let want = words(markdown);
    let (got, wanted) = (readable(&structure_text(&said)), readable(&want.concat()));
    let same = got.chars().zip(wanted.chars()).take_while(|(got, want)| got == want).count();
    let after = |text: &str| text.chars().skip(same.saturating_sub(9)).take(60).collect::<String>();
    assert!(got == wanted, "the tags read {:?}, not {:?}", after(&got), after(&wanted));
    let text = run("pdftotext", &["-raw", "-enc", "UTF-8"], &file);
    // A long number broken over lines is whole again once the line ends are gone.
    let mirrored = wanted.len() < want.concat().len();
    let plain = |text: &str| if mirrored { text.replace(['(', ')'], "") } else { text.to_owned() };
    let joined: String = text.split_whitespace().map(plain).collect();
    for word in want.iter().map(|word| plain(word)) {
        let latin = word.chars().all(|c| c.is_ascii_graphic());
        assert!(!latin || joined.contains(&word), "pdftotext does not find {word}");
    }
    run("pdfua", &["check", "--min-severity", "error"], &file);
    let report = run("outloud", &["--json", "-"], &file);
    let report: serde_json::Value = serde_json::from_str(&report).expect("a report in JSON");
    let findings = report["results"][0]["findings"].as_array().expect("findings");
    let errors: Vec<_> = findings.iter().filter(|f| f["severity"] == "error").collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[track_caller]
fn run(program: &str, arguments: &[&str], file: &Path) -> String {
    let output = Command::new(program)
        .args(arguments)
        .arg(file)
        .args(if program == "pdftotext" { &["-"][..] } else { &[] })
        .output()
        .unwrap_or_else(|error| panic!("cannot run {program}: {error}; install it"));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {said}{complaint}");
    said
}

#[track_caller]
fn every_font_is_embedded_and_subset(table: &str) {
    let fonts: Vec<_> = table.lines().skip(2).collect();
    assert!(!fonts.is_empty(), "{table}");
    for font in fonts {
        // The last six columns are emb, sub, uni and the object's two numbers.
        let columns: Vec<_> = font.split_whitespace().rev().collect();
        assert_eq!(columns[2..5], ["yes"; 3], "{font}");
    }
}

/// The characters that the structure tree reads, without white space.
fn structure_text(said: &str) -> String {
    let content =
        said.lines().filter_map(|line| line.trim_start().strip_prefix('"')?.strip_suffix('"'));
    content.flat_map(str::chars).filter(|c| !c.is_whitespace()).collect()
}

/// Text without brackets where some of it runs right to left: there a bracket's glyph is its mirror
/// image, and `pdfinfo` reads glyphs, not the text on the tag.
fn readable(text: &str) -> String {
    let mirrored = text.chars().any(|c| matches!(c, '\u{590}'..='\u{8FF}'));
    text.chars().filter(|&c| !mirrored || !"()[]{}<>«»".contains(c)).collect()
}

/// The words of a letter as a reader would say them, its list numbers among them.
fn words(markdown: &str) -> Vec<String> {
    let mut text = String::new();
    let mut lists: Vec<Option<u64>> = Vec::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Text(t) | Event::Code(t) | Event::Html(t) | Event::InlineHtml(t) => {
                text.push_str(&t);
            }
            Event::Start(Tag::List(first)) => {
                lists.push(first);
                text.push(' ');
            }
            Event::End(TagEnd::List(_)) => {
                lists.pop();
            }
            Event::Start(Tag::Item) => match lists.last_mut() {
                Some(Some(number)) => {
                    text.push_str(&format!(" {number}. "));
                    *number += 1;
                }
                _ => text.push_str(" • "),
            },
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Link { .. })
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link) => {}
            Event::Start(_)
            | Event::End(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => text.push(' '),
        }
    }
    text.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn words_are_read_from_markdown_with_list_numbers() {
    assert_eq!(words("# A b\n\n3. c **d**e\n   - f"), ["A", "b", "3.", "c", "de", "•", "f"]);
    let unique: BTreeSet<_> = words(LETTER).into_iter().collect();
    assert!(unique.len() > 200);
}

/// A letter with everything that a letter may hold.
const LETTER: &str = r#"Maria Delgado-Nowak  
1430 Alvarado Street, Apt. 12  
Los Angeles, CA 90006  
(213) 555-0142 · maria.delgado@example.org

November 2, 2026

Kaiser Foundation Health Plan, Inc.  
Special Services Unit  
P.O. Box 7136  
Pasadena, CA 91109

# Grievance: denial of second opinion, request for reversal

| | |
|---|---|
| Enrollee | Nguyễn Thị Hồng |
| Member ID | 0142-7781 |
| Claim control number | CLM2026A0099887766554433221100ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 |
| Notice dated | October 20, 2026 (received October 24, 2026) |

To the Grievance Department:

I ask the plan to reverse its denial of October 20, 2026 and to approve a second opinion with a pediatric neurologist outside the medical group. The plan must decide an urgent request within 72 hours; an answer in writing is due by **November 5, 2026**. If the plan upholds the denial, I will ask the [Department of Managed Health Care](https://www.dmhc.ca.gov/FileaComplaint.aspx) for an independent medical review.

## What happened

1. On September 14, 2026, Dr. Łukasz Wiśniewski recommended a second opinion because the seizures had not stopped after two adequate trials of medication.
2. On October 20, 2026, the medical group denied the request. The notice gives one reason:

   > The requested service is not medically necessary. Member may be evaluated by an in-network general neurologist, and the criteria set out in the group's guideline have not been met at this time.
   >
   > A second paragraph of the reason, as printed.

3. The notice does not name the reviewer, and
   - it does not state the criteria that were used;
   - it does not say how to obtain them:
     1. by mail,
     2. by telephone, or
     3. on the website of the plan;
   - it does not mention the right to an expedited review.
4. On October 28, 2026, I called the plan (reference 88-1220) and was told that *nothing further* would be sent.

## Why the denial is wrong

A plan must provide a second opinion when an enrollee asks for one and the treatment plan in progress is not improving the condition within an appropriate period. The enclosed records show this. Efficient offices find difficult files first; the ffi and fl ligatures should copy well.

### The plan's own criteria

| Criterion | Met | Evidence | Exhibit |
|---|:---:|---|---:|
| Two or more anti-seizure medicines tried at an adequate dose | Yes | Levetiracetam 60 mg/kg/day from March to June 2026; oxcarbazepine from June to September 2026 | A, 2–4 |
| Seizures continue | Yes | Seizure diary: 14 events in August, 17 in September | B |
| A qualified specialist is not available in network | Yes | The plan's directory lists no pediatric epileptologist within 75 miles; three offices confirmed this by telephone | C |
| Control number | — | CLM2026A0099887766554433221100ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 | D |

### Names in many scripts

- Vietnamese: Nguyễn Thị Hồng; Spanish: Íñigo Muñoz Güell; Polish: Łukasz Żółć
- Armenian: Արամ Խաչատրյան, Գոհար Սարգսյան
- Russian: Екатерина Щербакова; Ukrainian: Ґалаґан Їжакевич
- Hindi: श्रीमती लक्ष्मी त्रिपाठी; Punjabi: ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ
- Khmer: សុខ សុភាព ស្រី; Thai: นางสาวกมลวรรณ ศรีสุวรรณ; Lao: ນາງ ບຸນມີ ສີສະຫວັດ
- Arabic inside English: محمد عبد الله الحسيني and Hebrew שרה לוי-כהן are names.
- Check: ☐ yes ☑ no → ≤ 5 ≥ 3 − ½ § 1383.15(a)(1)–(5) € 12,50 “quoted” ‘single’ … n° 5

أطلب من الخطة أن تلغي قرار الرفض الصادر في 20 أكتوبر 2026 وأن توافق على رأي طبي ثانٍ من طبيب أعصاب للأطفال خارج المجموعة الطبية (Kaiser Permanente) في أقرب وقت ممكن.

אני מבקשת מהתוכנית לבטל את החלטת הדחייה מיום 20 באוקטובר 2026 ולאשר חוות דעת שנייה.

## What I ask the plan to do

1. Reverse the denial and authorize the second opinion with Dr. Aiko Tanaka, UCLA Mattel Children's Hospital.
2. Send the criteria and the credentials of the reviewer, free of charge.
3. Answer in writing by November 5, 2026, citing the clause of the Evidence of Coverage relied upon.

Sincerely,

&nbsp;

&nbsp;

Maria Delgado-Nowak  
parent of Nguyễn Thị Hồng

---

Enclosures: A. Records of Dr. Wiśniewski (12 pages) · B. Seizure diary (3 pages) · C. Directory search (2 pages) · D. Notice of October 20, 2026 (2 pages)
"#;
