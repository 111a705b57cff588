//! The gallery: every letter in every case, what is approved, and what has changed since.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use appeal::gallery::{self, Approvals, Gallery, State};
use appeal::law::Law;
use appeal::letter::Templates;
use appeal::samples;
use chrono::NaiveDate;

use crate::support::{Ended, run};

const RECORD: &str = "fixtures/cases/kaiser-outside-surgeon/record.toml";
const AS_OF: &str = "2026-11-21";

fn day() -> NaiveDate {
    AS_OF.parse().unwrap()
}

/// The gallery of all cases that ship, and its page.
fn shipped() -> &'static (Gallery, String) {
    static SHIPPED: OnceLock<(Gallery, String)> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let (law, templates) = (Law::builtin().unwrap(), Templates::builtin().unwrap());
        let shown = gallery::read(&samples::shipped(), &law, &templates, |_| day());
        let gallery = Gallery::of(shown, &Approvals::shipped().unwrap(), day(), "those that ship");
        let page = gallery::page(&gallery);
        (gallery, page)
    })
}

/// A folder of templates, with one record to read them by.
struct Office(tempfile::TempDir);

impl Office {
    fn new() -> Office {
        let office = Office(tempfile::tempdir().unwrap());
        office.put("parts/letterhead.md", "**Example Legal Aid**, office of {{ member.name }}\n");
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join("office").join(name)
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn gallery(&self, arguments: &[&str]) -> Ended {
        let folder = self.path("");
        let mut all = vec!["templates", "gallery", RECORD, "--templates", folder.to_str().unwrap()];
        all.extend(["--as-of", AS_OF]);
        all.extend(arguments);
        run(&all)
    }

    fn page(&self) -> String {
        let to = self.0.path().join("page");
        let ended = self.gallery(&["-o", to.to_str().unwrap(), "--force"]);
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        fs::read_to_string(to.join("gallery.html")).unwrap()
    }
}

/// Names of tags, with a slash where they end; panics where they do not nest.
fn tags(page: &str) -> BTreeSet<&str> {
    let void = ["meta", "link", "input", "br", "hr", "!DOCTYPE"];
    let (mut open, mut seen): (Vec<&str>, BTreeSet<&str>) = (Vec::new(), BTreeSet::new());
    let (before, rest) = page.split_once("<style>").unwrap();
    let (style, after) = rest.split_once("</style>").unwrap();
    assert!(!style.contains('<'));
    for text in [before, after] {
        for tag in text.split('<').skip(1) {
            let (tag, _) = tag.split_once('>').unwrap_or_else(|| panic!("no end: {tag}"));
            let name = tag.split([' ', '\n']).next().unwrap();
            if let Some(name) = name.strip_prefix('/') {
                assert_eq!(open.pop(), Some(name), "after {tag}");
            } else if !void.contains(&name) {
                open.push(name);
            }
            seen.insert(name.trim_start_matches('/'));
        }
    }
    assert_eq!(open, [] as [&str; 0]);
    seen
}

fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    page.split(start.as_str()).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn every_letter_of_every_case_is_shown_and_none_that_ships_is_called_approved() {
    let (gallery, page) = shipped();
    let count = gallery.count();
    let letters: usize = samples::shipped()
        .iter()
        .map(|s| s.pose(&Law::builtin().unwrap(), day()).unwrap().letters().len())
        .sum();
    let sheets = gallery.readings.iter().filter(|j| j.reading.when.is_none()).count();
    assert_eq!(count.all(), letters + sheets);
    assert_eq!((count.faulty, gallery.stuck.len()), (0, 0));
    assert_eq!(gallery.unread, [] as [&str; 0]);
    assert_eq!(page.matches("<details class=\"entry ").count(), count.all());
    // To be changed by whoever keeps an approval of a lawyer in templates/approved, and by nobody else.
    assert_eq!((count.approved, count.changed), (0, 0));
    assert!(page.contains("Nobody has approved any of these letters."));
    assert_eq!(page.matches("<span class=\"state\">never approved</span>").count(), count.all());
}

#[test]
fn the_page_is_whole_stands_on_its_own_and_is_not_too_heavy() {
    let (gallery, page) = shipped();
    let allowed = [
        "!DOCTYPE",
        "html",
        "head",
        "meta",
        "link",
        "title",
        "body",
        "header",
        "main",
        "nav",
        "section",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "time",
        "details",
        "summary",
        "code",
        "ins",
        "del",
        "fieldset",
        "legend",
        "label",
        "input",
        "span",
        "ul",
        "ol",
        "li",
        "a",
        "article",
        "strong",
        "em",
        "br",
        "hr",
        "blockquote",
        "table",
        "tr",
        "th",
        "td",
    ];
    let strange: Vec<&str> = tags(page).into_iter().filter(|t| !allowed.contains(t)).collect();
    assert_eq!(strange, [] as [&str; 0]);
    assert!(
        page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
    );
    let ids = attributes(page, "id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
    for link in attributes(page, "href") {
        let inside = link.strip_prefix('#').is_some_and(|id| unique.contains(id));
        assert!(inside || link == "data:," || link.starts_with("https://"), "{link}");
    }
    assert_eq!(attributes(page, "src"), [] as [&str; 0]);
    assert_eq!(&gallery::page(gallery), page);
    assert!(page.len() < 2_000_000, "{} bytes", page.len());
}

#[test]
fn a_hostile_record_writes_nothing_into_the_page_but_text() {
    let (_, page) = shipped();
    let start = page.find("id=\"hostile-record/").expect("it is there");
    let entry = &page[start..start + page[start..].find("</details>").unwrap()];
    assert!(entry.contains("&lt;"), "{entry}");
    for attribute in ["onerror", "onclick", "onload", "style"] {
        assert_eq!(attributes(entry, attribute), [] as [&str; 0], "{attribute}");
    }
}

#[test]
fn an_approval_holds_until_a_word_changes_and_comes_back_with_it() {
    let office = Office::new();
    let check = office.gallery(&["--check"]);
    assert_eq!(check.code, Some(1));
    assert!(check.stdout.contains("letters/grievance.md: 2026-0142/grievance: never approved\n"));

    let approve =
        office.gallery(&["--approve", "letters/grievance.md", "--by", "A. <b>Lawyer</b> \"x\""]);
    assert_eq!(approve.code, Some(0), "{}", approve.stderr);
    assert!(approve.stdout.contains("Approved 1 letter on 2026-11-21 by A."), "{}", approve.stdout);
    let kept = fs::read_to_string(office.path("approved/2026-0142/grievance.txt")).unwrap();
    assert!(kept.contains("**Example Legal Aid**, office of Ana Example"), "{kept}");
    assert_eq!(office.gallery(&["--check"]).code, Some(0));
    let page = office.page();
    assert!(page.contains("All 1 are approved as they read now."));
    assert!(
        page.contains(
            "Approved on November 21, 2026 by A. &lt;b&gt;Lawyer&lt;/b&gt; &quot;x&quot;."
        )
    );

    office.put("parts/letterhead.md", "**Example Legal Aid**, bureau of {{ member.name }}\n");
    let check = office.gallery(&["--check"]);
    assert_eq!(check.code, Some(1));
    assert!(
        check.stdout.contains("2026-0142/grievance: changed since it was approved on 2026-11-21")
    );
    let page = office.page();
    assert!(
        page.contains(
            "<del id=\"2026-0142/grievance:1\">office</del> <ins>bureau</ins> of Ana Example"
        ),
        "{page}"
    );
    assert!(page.contains("Since then: 1 word added, 1 word removed."), "{page}");
    tags(&page);

    office.put("parts/letterhead.md", "**Example Legal Aid**, office of {{ member.name }}\n");
    assert_eq!(office.gallery(&["--check"]).code, Some(0));
}

#[test]
fn an_approved_text_that_somebody_edited_proves_nothing() {
    let office = Office::new();
    assert_eq!(office.gallery(&["--approve", "all"]).code, Some(0));
    let kept = "approved/2026-0142/grievance.txt";
    let text = fs::read_to_string(office.path(kept)).unwrap();
    // Line ends that a version control wrote otherwise are no edit.
    office.put(kept, &text.replace('\n', "\r\n"));
    assert_eq!(office.gallery(&["--check"]).code, Some(0));
    office.put(kept, &text.replace("Ana", "Anna"));
    let check = office.gallery(&["--check"]);
    assert_eq!(check.code, Some(1));
    assert!(check.stdout.contains("the text approved on 2026-11-21 is gone or was changed"));
    assert!(office.page().contains("approval cannot be relied on"));
    fs::remove_file(office.path(kept)).unwrap();
    assert_eq!(office.gallery(&["--check"]).code, Some(1));
}

#[test]
fn a_letter_a_case_one_letter_of_it_or_all_can_be_approved() {
    for name in [
        "letters/grievance.md",
        "letters/grievance",
        "grievance",
        "2026-0142",
        "2026-0142/grievance",
        "all",
    ] {
        let office = Office::new();
        let ended = office.gallery(&["--approve", name]);
        assert_eq!(ended.code, Some(0), "{name}: {}", ended.stderr);
        assert_eq!(office.gallery(&["--check"]).code, Some(0), "{name}");
    }
    let office = Office::new();
    let ended = office.gallery(&["--approve", "letters/greivance.md"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("did you mean `letters/grievance.md`?"), "{}", ended.stderr);
    assert!(!office.path("approved").exists());
}

#[test]
fn approvals_need_a_folder_to_be_kept_in() {
    let ended = run(&["templates", "gallery", "--approve", "all"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("--templates"), "{}", ended.stderr);
}

#[test]
fn a_letter_that_cannot_be_written_is_shown_with_the_reason_and_not_approved() {
    let office = Office::new();
    office.put("parts/letterhead.md", "**Office**\n\n{{ member.nmae }}\n");
    let ended = office.gallery(&["--approve", "all"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.contains("parts/letterhead.md:3:11"), "{}", ended.stderr);
    assert!(!office.path("approved").exists());
    let to = office.0.path().join("page");
    let ended = office.gallery(&["-o", to.to_str().unwrap()]);
    assert_eq!(ended.code, Some(1));
    let page = fs::read_to_string(to.join("gallery.html")).unwrap();
    assert!(page.contains("cannot be written</span>") && page.contains("nmae"), "{page}");
}

#[test]
fn a_broken_list_of_approvals_is_named_with_its_line() {
    let office = Office::new();
    office.put("approved/approvals.toml", "[[approved]]\nletter = \"a/b\"\nwho = 1\n");
    let ended = office.gallery(&["--check"]);
    assert_eq!(ended.code, Some(2));
    let says = &ended.stderr;
    assert!(says.contains("approvals.toml") && says.contains("line 3"), "{says}");
}

#[test]
fn an_older_gallery_is_replaced_only_when_asked() {
    let office = Office::new();
    let to = office.0.path().join("page");
    let to = to.to_str().unwrap();
    assert_eq!(office.gallery(&["-o", to]).code, Some(0));
    let ended = office.gallery(&["-o", to]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("--force"), "{}", ended.stderr);
}

#[test]
fn a_record_of_ones_own_is_read_on_the_day_its_approval_speaks_of() {
    let office = Office::new();
    assert_eq!(office.gallery(&["--approve", "all"]).code, Some(0));
    let approvals = Approvals::load(Path::new(&office.path(""))).unwrap();
    assert_eq!(approvals.day("2026-0142"), Some(day()));
    assert_eq!(approvals.day("2026-0143"), None);
    let (law, templates) =
        (Law::builtin().unwrap(), Templates::with_dir(&office.path("")).unwrap());
    let sample = samples::Sample::of("2026-0142", RECORD, &fs::read_to_string(RECORD).unwrap());
    let states = |on: &str| {
        let on: NaiveDate = on.parse().unwrap();
        let shown = gallery::read(std::slice::from_ref(&sample), &law, &templates, |_| on);
        let gallery = Gallery::of(shown, &approvals, on, "office");
        gallery.readings.into_iter().map(|j| j.state).collect::<Vec<_>>()
    };
    assert!(matches!(states(AS_OF)[..], [State::Approved(_)]));
    assert!(matches!(states("2026-11-22")[..], [State::Changed(..)]));
}
