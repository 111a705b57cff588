//! What a reader of the pages can rely on: nothing lost, nothing outside the margins, nothing
//! left alone at the foot of a page.

use appeal::layout::{self, Artifact, Error, Fonts, Line, Owner, Page, Pages, Style, Tag};
use proptest::prelude::*;

fn style() -> Style {
    Style {
        title: "Grievance".to_owned(),
        running_head: "Ana Ruiz, grievance".to_owned(),
        draft: false,
        fonts: Fonts::builtin(),
    }
}

#[track_caller]
fn lay(markdown: &str) -> Pages {
    layout::pages(markdown, &style()).expect("every character has a font")
}

fn sentence(words: usize) -> String {
    (0..words).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ")
}

/// The lines of a page that belong to the letter, top to bottom.
fn body(page: &Page) -> Vec<&Line> {
    let mut lines: Vec<_> = page
        .lines
        .iter()
        .filter(|line| line.runs.iter().any(|run| matches!(run.owner, Owner::Node(_))))
        .collect();
    lines.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    lines
}

fn artifact(page: &Page, artifact: Artifact) -> Vec<&str> {
    let is = |line: &&Line| line.runs.iter().all(|run| run.owner == Owner::Artifact(artifact));
    page.lines.iter().filter(is).map(|line| line.text.as_str()).collect()
}

/// The tag of the block that a line belongs to.
fn block<'a>(pages: &'a Pages, line: &Line) -> &'a Tag {
    let Some(Owner::Node(mut node)) = line.runs.first().map(|run| run.owner) else {
        panic!("{line:?} is no part of the letter")
    };
    while matches!(pages.tree[node].tag, Tag::Text | Tag::Link { .. }) {
        node = pages.tree[node].parent;
    }
    &pages.tree[node].tag
}

#[track_caller]
fn stays_inside_the_margins(pages: &Pages) {
    for line in pages.pages.iter().flat_map(|page| &page.lines) {
        assert!(line.left() >= pages.margin - 0.1, "starts at {}: {}", line.left(), line.text);
        let right = line.right();
        assert!(right <= pages.width - pages.margin + 0.1, "ends at {right}: {}", line.text);
    }
}

const CLAIM: &str = "CLM2026A0099887766554433221100ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

#[test]
fn a_claim_number_without_spaces_breaks_inside_the_margins() {
    assert_eq!(CLAIM.len(), 66);
    let table = format!("| A | B | C |\n|---|---|---|\n| {CLAIM} | {} | {CLAIM} |", sentence(30));
    for markdown in [CLAIM.to_owned(), format!("- - - {CLAIM}{CLAIM}"), table] {
        let pages = lay(&markdown);
        stays_inside_the_margins(&pages);
        assert!(pages.text().contains(CLAIM), "{}", pages.text());
    }
}

#[test]
fn a_heading_is_never_last_on_its_page() {
    for before in 20..50 {
        let lines = "One line of text.\n\n".repeat(before);
        let pages = lay(&format!("# Title\n\n{lines}## What happened\n\n{}", sentence(60)));
        for page in &pages.pages {
            let last = body(page).pop().unwrap();
            assert!(!matches!(block(&pages, last), Tag::Heading { .. }), "after {before} lines");
        }
    }
}

#[test]
fn a_few_lines_do_not_take_a_page_of_their_own_where_there_is_room_to_be_made() {
    // A line is 13.44 high with 7 above it, and a page 662.4: 32 paragraphs of one line, 36 at seven tenths of the room.
    let paged = |paragraphs: usize| lay(&vec![sentence(5); paragraphs].join("\n\n"));
    let apart = |pages: &Pages| {
        let lines = body(&pages.pages[0]);
        lines[1].baseline - lines[0].baseline
    };
    for (paragraphs, pages, gap) in [
        (32, 1, 7.0),
        (33, 1, 5.95),
        (34, 1, 5.95),
        (35, 1, 4.9),
        (36, 1, 4.9),
        (37, 2, 7.0),
        (38, 2, 7.0),
    ] {
        let laid = paged(paragraphs);
        assert_eq!(laid.pages.len(), pages, "{paragraphs}");
        assert!((apart(&laid) - 13.44 - gap).abs() < 0.01, "{paragraphs}: {}", apart(&laid));
        stays_inside_the_margins(&laid);
        let last = body(&laid.pages[pages - 1]).last().map(|line| line.baseline);
        assert!(last.is_some_and(|y| y < laid.height - laid.margin), "{paragraphs}: {last:?}");
    }
}

#[test]
fn no_line_of_a_paragraph_stands_alone_on_a_page() {
    for before in 20..45 {
        let pages = lay(&format!("{}{}", "One line.\n\n".repeat(before), sentence(80)));
        let long: Vec<usize> = pages
            .pages
            .iter()
            .map(|page| body(page).iter().filter(|line| line.text.contains("word")).count())
            .filter(|&count| count > 0)
            .collect();
        assert!(long.iter().all(|&count| count >= 2), "{long:?} after {before} lines");
    }
}

fn long_table(rows: usize) -> String {
    let mut table = "| Criterion | Met | Evidence |\n|---|---|---|\n".to_owned();
    for row in 0..rows {
        table += &format!("| Criterion {row} | yes | {} |\n", sentence(20 + row % 17));
    }
    table
}

#[test]
fn a_table_shows_its_header_row_on_each_page_and_tags_it_once() {
    let pages = lay(&long_table(60));
    assert!(pages.pages.len() > 2);
    assert!(artifact(&pages.pages[0], Artifact::RepeatedRow).is_empty());
    for page in &pages.pages[1..] {
        assert_eq!(artifact(page, Artifact::RepeatedRow), ["Criterion", "Met", "Evidence"]);
    }
    let headers = pages.tree.iter().filter(|node| node.tag == Tag::ColumnHeader).count();
    assert_eq!(headers, 3);
}

#[test]
fn a_row_stays_whole_and_a_row_taller_than_a_page_does_not_get_lost() {
    let pages = lay(&long_table(60));
    for row in 0..60 {
        let first = format!("Criterion {row}");
        let page = pages.pages.iter().find(|page| page.lines.iter().any(|l| l.text == first));
        let last = format!("word{}", 19 + row % 17);
        let line = page.unwrap().lines.iter().position(|line| line.text == first).unwrap();
        let after = &page.unwrap().lines[line..];
        assert!(after.iter().any(|line| line.text.contains(&last)), "row {row} is cut");
    }
    let tall = lay(&format!("| A | B |\n|---|---|\n| {} | x |", sentence(2000)));
    assert!(tall.pages.len() > 1);
    assert!(tall.text().contains("word1999"));
}

#[test]
fn columns_are_as_wide_as_their_text_asks() {
    let pages = lay(&format!("| No. | Evidence |\n|---|---|\n| 1 | {} |", sentence(40)));
    let place = |text: &str| {
        let line = pages.pages[0].lines.iter().find(|line| line.text.starts_with(text)).unwrap();
        line.left()
    };
    assert!(place("Evidence") - place("No.") < 60.0);
}

#[test]
fn a_table_without_header_words_names_its_rows() {
    let pages = lay("| | |\n|---|---|\n| Member ID | 0142 |\n| Plan | Kaiser |");
    let count = |tag: &Tag| pages.tree.iter().filter(|node| node.tag == *tag).count();
    assert_eq!((count(&Tag::RowHeader), count(&Tag::Cell)), (2, 2));
    assert_eq!(count(&Tag::TableHead), 0);
}

#[test]
fn an_item_that_moves_to_the_next_page_takes_its_number_along() {
    for before in 25..45 {
        let lines = "One line.\n\n".repeat(before);
        let items: String = (1..9).map(|n| format!("{n}. {}\n\n", sentence(12))).collect();
        let pages = lay(&format!("{lines}{items}"));
        for page in &pages.pages {
            for label in body(page).iter().filter(|line| *block(&pages, line) == Tag::Label) {
                let beside = body(page)
                    .into_iter()
                    .any(|line| line.text.starts_with("word0") && line.baseline == label.baseline);
                assert!(beside, "{} has no text beside it", label.text);
            }
        }
        let text = pages.text();
        assert!((1..9).all(|n| text.contains(&format!("{n}. \nword0"))), "{text}");
    }
}

#[test]
fn an_empty_item_keeps_its_number() {
    assert_eq!(lay("1. one\n2.\n3. three").text(), "1. \none\n2. \n3. \nthree\n");
}

#[test]
fn lists_count_from_where_they_start() {
    assert_eq!(lay("9. nine\n10. ten\n\n---\n\n- a").text(), "9. \nnine\n10. \nten\n• \na\n");
}

fn missing(markdown: &str) -> String {
    layout::pages(markdown, &style()).expect_err("a character has no font").to_string()
}

#[test]
fn characters_without_a_font_are_all_named_at_once_with_the_package_that_has_them() {
    let message = missing("Letter to 王小明 and another 王, about ক and \u{E000}");
    let lines: Vec<_> = message.lines().collect();

    let help = "install fonts-noto-cjk and pass its folder as `--font-dir`";
    assert_eq!(
        lines,
        [
            &format!("no font has `王` (U+738B), as in `Letter to 王小明 and an`: {help}"),
            &format!("no font has `小` (U+5C0F), as in `etter to 王小明 and ano`: {help}"),
            &format!("no font has `明` (U+660E), as in `tter to 王小明 and anot`: {help}"),
            "no font has `ক` (U+0995), as in ` 王, about ক and \\u{e000}`: install fonts-noto-core \
             and pass its folder as `--font-dir`",
            "no font has `\\u{e000}` (U+E000), as in `out ক and \\u{e000}`: take it out of the letter",
        ]
    );
}

#[test]
fn an_emoji_is_refused_not_printed_as_a_box() {
    assert!(missing("Thanks 😀").contains("U+1F600"));
}

#[test]
fn a_context_shows_control_characters_escaped() {
    assert!(missing("a\u{1b}[31m").contains("as in `a\\u{1b}[31m`"));
}

#[test]
fn a_font_folder_without_fonts_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let error = Fonts::with_dir(folder.path()).unwrap_err();
    assert!(matches!(error, Error::NoFont { .. }));
    assert!(matches!(
        Fonts::with_dir(&folder.path().join("nowhere")).unwrap_err(),
        Error::Folder { .. }
    ));
}

#[test]
fn a_font_folder_changes_nothing_that_the_embedded_fonts_can_set() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("broken.ttf"), b"no font").unwrap();
    let fonts = Fonts::with_dir(folder.path()).unwrap();
    let pages = layout::pages("Hello", &Style { fonts: fonts.clone(), ..style() }).unwrap();
    assert_eq!(format!("{pages:?}"), format!("{:?}", lay("Hello")));
    assert!(layout::pages("你", &Style { fonts, ..style() }).is_err());
}

const SCRIPTS: &str = "Nguyễn Thị Hồng, Íñigo Muñoz, Łukasz Żółć, Արամ Խաչատրյան, Екатерина Щербакова, \
    श्रीमती लक्ष्मी, ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ, សុខ សុភាព, กมลวรรณ ศรีสุวรรณ, ນາງ ບຸນມີ, محمد عبد الله, שרה לוי, \
    می\u{200c}خواهم, क्\u{200d}ष, ☐ ☑ → ≤ ½ € § “quoted”";

#[test]
fn every_embedded_script_is_set_in_order() {
    for markdown in [SCRIPTS.to_owned(), format!("# {SCRIPTS}"), format!("***{SCRIPTS}***")] {
        assert_eq!(lay(&markdown).text(), format!("{SCRIPTS}\n"));
    }
}

#[test]
fn a_paragraph_runs_the_way_of_its_first_strong_character() {
    let pages = lay("(1) أطلب من الخطة Kaiser\n\nKaiser أطلب");
    let lines = body(&pages.pages[0]);
    assert!((lines[0].right() - (pages.width - pages.margin)).abs() < 0.5);
    assert!(lines[0].left() > 300.0);
    assert!((lines[1].left() - pages.margin).abs() < 0.5);
}

#[test]
fn a_right_to_left_item_has_its_label_on_the_right() {
    let pages = lay("- أطلب من الخطة\n- Kaiser");
    let lines = body(&pages.pages[0]);
    let labels: Vec<_> = lines.iter().filter(|line| line.text == "• ").collect();
    assert!(labels[0].left() > 500.0 && labels[1].left() < 110.0);
}

#[test]
fn pages_carry_their_number_and_later_ones_the_running_head() {
    let pages = lay(&"Some text.\n\n".repeat(100));
    let count = pages.pages.len();
    assert!(count > 2);
    for (index, page) in pages.pages.iter().enumerate() {
        let number = format!("Page {} of {count}", index + 1);
        assert_eq!(artifact(page, Artifact::Footer), [number.as_str()]);
        let head = if index == 0 { vec![] } else { vec!["Ana Ruiz, grievance"] };
        assert_eq!(artifact(page, Artifact::Header), head);
    }
}

#[test]
fn a_draft_says_so_on_every_page_and_a_long_running_head_leaves_it_room() {
    let running_head = sentence(60);
    let pages =
        layout::pages(&"Text.\n\n".repeat(60), &Style { draft: true, running_head, ..style() });
    let pages = pages.unwrap();
    for page in &pages.pages {
        assert!(artifact(page, Artifact::Header).contains(&"DRAFT: not complete"));
    }
    stays_inside_the_margins(&pages);
}

#[test]
fn an_empty_letter_is_one_page() {
    for markdown in ["", "\n\n", "&nbsp;", "| | |\n|---|---|", "#", ">"] {
        assert_eq!(lay(markdown).pages.len(), 1, "{markdown:?}");
    }
}

#[test]
fn heading_levels_start_at_one_and_never_skip() {
    let pages = lay("### a\n\n##### b\n\n# c\n\n### d\n\n## e");
    let levels: Vec<_> = pages.headings.iter().map(|heading| heading.level).collect();
    assert_eq!(levels, [1, 2, 1, 2, 2]);
}

#[test]
fn links_are_tagged_and_their_areas_lie_over_their_words() {
    let pages = lay("Ask the [Department of Managed Health Care](https://www.dmhc.ca.gov) today, \
                     not [this](javascript:alert(1)).");
    let [link] = &pages.pages[0].links[..] else { panic!("{:?}", pages.pages[0].links) };
    assert_eq!(link.url, "https://www.dmhc.ca.gov");
    assert!(matches!(&pages.tree[link.node].tag, Tag::Link { text, .. }
        if text == "Department of Managed Health Care"));
    assert!(pages.text().contains("today, not this."));
}

#[test]
fn html_comes_out_as_the_characters_typed() {
    assert_eq!(lay("a <b>x</b>\n\n<div>y</div>").text(), "a <b>x</b>\n<div>y</div>\n");
}

#[test]
fn hard_breaks_part_words_and_lines() {
    let pages = lay("Ana Ruiz  \n12 Oak St\\\nFresno");
    assert_eq!(body(&pages.pages[0]).len(), 3);
    assert_eq!(pages.text(), "Ana Ruiz 12 Oak St Fresno\n");
}

#[test]
fn deep_nesting_is_flattened_and_nothing_is_lost() {
    let quotes = lay(&format!("{} deep", ">".repeat(2000)));
    assert_eq!(quotes.text(), "deep\n");
    let lists: String = (0..2000).map(|_| "1. ").collect();
    let lists = lay(&format!("{lists}deep"));
    assert_eq!(lists.text().matches("1.").count(), 2000);
    stays_inside_the_margins(&lists);
    let mixed = lay(&format!("{}deep", "> - ".repeat(500)));
    assert_eq!(mixed.text().split_whitespace().last(), Some("deep"));
}

#[test]
fn two_hundred_pages_are_laid_out() {
    let chapter = format!("## Part\n\n{}\n\n1. {}\n2. x\n\n", sentence(300), sentence(40));
    let pages = lay(&chapter.repeat(300));
    assert!(pages.pages.len() > 200, "{}", pages.pages.len());
    assert_eq!(pages.headings.len(), 300);
}

#[test]
fn the_same_letter_is_laid_out_the_same_in_every_thread() {
    let markdown = format!("# RE\n\n{SCRIPTS}\n\n{}", long_table(20));
    let here = format!("{:?}", lay(&markdown));
    // Another thread has other fonts loaded, in another order.
    let there = std::thread::spawn(move || {
        lay("שרה");
        format!("{:?}", lay(&markdown))
    });
    assert_eq!(here, there.join().unwrap());
}

#[test]
fn a_word_keeps_its_text_and_place() {
    let pages = lay("Ask **now**, שרה");
    let line = &pages.pages[0].lines[0];
    let words: Vec<_> = line.words().iter().map(|word| word.text).collect();
    assert_eq!(words, ["Ask", "now", ",", "שרה"]);
    assert!(line.words()[..3].iter().all(|word| word.simple));
    assert!(!line.words()[3].simple);
    let xs: Vec<_> = line.words().iter().map(|word| word.x).collect();
    assert!(xs.is_sorted());
}

/// Characters that the embedded fonts set and Markdown leaves alone.
fn plain_words() -> impl Strategy<Value = String> {
    let letters = "[a-zA-Z0-9à-ÿĀ-žА-яα-ωա-ֆא-תء-غक-नਕ-ਨក-អก-ฮກຂຄງຈຊẠ-ỹ]{1,12}";
    proptest::collection::vec(letters, 1..60).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_word_is_in_the_pages_in_order(paragraphs in proptest::collection::vec(plain_words(), 1..6)) {
        let pages = lay(&paragraphs.join("\n\n"));
        let text = pages.text();
        let got: Vec<_> = text.split_whitespace().collect();
        let want: Vec<_> = paragraphs.iter().flat_map(|text| text.split_whitespace()).collect();
        prop_assert_eq!(got, want);
    }

    #[test]
    fn no_text_makes_layout_panic(text in any::<String>()) {
        let _ = layout::pages(&text, &style());
    }

    #[test]
    fn no_markdown_makes_layout_panic(text in "([a-z0-9 ]|\\PC|[-*#>|`_\\[\\]()~+.!\\\\\n]|    |\n\n|1\\. |- |> |\\|--\\|){0,80}") {
        let _ = layout::pages(&text, &style());
    }
}

#[test]
fn the_last_item_of_a_list_is_never_alone_on_a_page() {
    for items in 40..70 {
        let list: Vec<String> = (1..=items).map(|n| format!("- Exhibit {n}")).collect();
        let pages = lay(&format!("# Letter\n\n{}", list.join("\n")));
        let last = pages.pages.last().expect("a page");
        let lines: std::collections::BTreeSet<i64> =
            body(last).iter().map(|line| line.baseline.round() as i64).collect();
        assert!(lines.len() >= 2, "{items} items leave {} line on the last page", lines.len());
    }
}
