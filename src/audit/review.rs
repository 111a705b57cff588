//! The law on file as a document that a lawyer reads and signs.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::entries::{Entry, Kind, Part, entries, looked_at, terse};
use super::lines::{fit, fold, linked, prose};
use super::tested::Tests;
use crate::calendar::long_date;
use crate::law::{Law, Mark, Pack};
use crate::letter::escape;

/// Lines of tests of one entry that are listed in full.
const MOST: usize = 12;

/// Where a reader signs off one entry.
const SIGN: &str = "**☐ Right   ☐ Wrong   Initials and date:**";

/// One document of the review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Name of its files, without ending.
    pub name: String,
    /// Title.
    pub title: String,
    /// The text.
    pub markdown: String,
}

/// Writes the review of some packs, or of all where none is named: what to look at first, then a document
/// for each pack with every entry, its tests in words, and a line to sign.
#[must_use]
pub fn review(law: &Law, packs: &[String], as_of: NaiveDate, tests: &Tests) -> Vec<Reading> {
    let mut all = entries(law);
    all.retain(|e| packs.is_empty() || packs.contains(&e.pack));
    let mut out = Document::default();
    let title = "The law on file: what to look at first".to_owned();
    out.paragraph(&format!("# {title}"));
    out.start(law, &all, as_of, tests);
    out.first(law, &all);
    let mut readings = vec![Reading { name: "law-review".to_owned(), title, markdown: out.text }];
    let all = terse(law);
    let chosen = law.packs().filter(|p| packs.is_empty() || packs.contains(&p.pack.id));
    for pack in chosen {
        let (id, head) = (&pack.pack.id, &pack.pack.name);
        let mut out = Document::default();
        let title = format!("{head}: the law on file");
        out.paragraph(&format!("# {}", escape(&title)));
        out.pack(pack, &all, law, as_of, tests);
        let name = format!("law-review.{id}");
        readings.push(Reading { name, title, markdown: out.text });
    }
    readings
}

#[derive(Default)]
struct Document {
    text: String,
    /// Tests that are listed, with the name of the entry that they stand at.
    listed: BTreeMap<Vec<String>, String>,
}

impl Document {
    fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn paragraph(&mut self, text: &str) {
        self.line(text);
        self.line("");
    }

    fn start(&mut self, law: &Law, all: &[Entry], as_of: NaiveDate, tests: &Tests) {
        let count = |kind| all.iter().filter(|e| e.kind == kind).count();
        self.paragraph(&format!(
            "Made on {} from the packs of law that the program appeal goes by: {} packs, {} rows of \
             decision, {} deadlines, {} rights, {} authorities, held by {} expected rulings and cases \
             that were typed from the law sheets. What stands here is what the program does; nothing was \
             written for this document alone.",
            long_date(as_of),
            count(Kind::Pack),
            count(Kind::Row),
            count(Kind::Deadline),
            count(Kind::Right),
            count(Kind::Authority),
            tests.count(),
        ));
        let reviewed = law.packs().map(|p| p.pack.reviewed).min();
        if let Some(reviewed) = reviewed {
            self.paragraph(&format!(
                "The oldest review of a pack is of {}. Legal information for software, not legal advice.",
                long_date(reviewed)
            ));
        }
        self.paragraph(
            "How to use it: settle what stands here. Then take the document of a pack, hold each entry \
             against the source it names, and sign its line. An entry that is wrong is mended in the \
             file of its pack, together with a test. The day from which a length counts is the oldest \
             notice that the program rules on, unless the law changed on that day.",
        );
        self.paragraph(
            "| Reviewer | Bar number | Date | Signature |\n|---|---|---|---|\n|   |   |   |   |",
        );
    }

    fn first(&mut self, law: &Law, all: &[Entry]) {
        let first =
            |e: &Entry| law.packs().flat_map(|p| &p.doubt).any(|d| d.first && d.says == e.says);
        let mut doubts: Vec<&Entry> = all.iter().filter(|e| e.kind == Kind::Doubt).collect();
        doubts.sort_by_key(|e| !first(e));
        let rank = |id: &String| doubts.iter().position(|d| d.authorities.contains(id));
        let registry = law.registry();
        let mut shaky: Vec<(usize, &Entry)> = all
            .iter()
            .filter(|e| e.kind == Kind::Authority)
            .filter(|e| {
                registry.get(&e.id).is_some_and(|a| {
                    [&a.mark, &a.pin_mark].into_iter().any(|m| corroborated(m.as_slice()))
                })
            })
            .map(|e| (rank(&e.id).unwrap_or(usize::MAX), e))
            .collect();
        shaky.sort_by_key(|(rank, _)| *rank);
        if !shaky.is_empty() {
            self.paragraph("## Printed in letters, and not yet read at source");
            for (_, entry) in shaky {
                let url = registry.get(&entry.id).and_then(|a| a.url.clone()).unwrap_or_default();
                let says = registry.get(&entry.id).map(|a| a.says.clone()).unwrap_or_default();
                self.line(&format!("- {}: {}", linked(&entry.says, &url), prose(&says)));
            }
            self.line("");
        }
        if !doubts.is_empty() {
            self.paragraph("## Open questions");
            for doubt in doubts {
                self.line(&format!("- **{}** {}", escape(&doubt.pack), prose(&doubt.says)));
            }
            self.line("");
        }
        let mut changes: Vec<_> = law
            .packs()
            .filter(|p| all.iter().any(|e| e.pack == p.pack.id))
            .flat_map(|p| p.pack.change.iter().map(|c| (c.from, &p.pack.id, &c.says)))
            .collect();
        changes.sort();
        if !changes.is_empty() {
            self.paragraph("## Changes that are known and not encoded");
            for (from, pack, says) in changes {
                let (pack, says) = (escape(pack), prose(says));
                self.line(&format!("- **{}**, {pack}: {says}", long_date(from)));
            }
            self.line("");
        }
    }

    /// The entries of one pack, each with a line to sign.
    fn pack(&mut self, pack: &Pack, all: &[Entry], law: &Law, as_of: NaiveDate, tests: &Tests) {
        let id = &pack.pack.id;
        let of = |kind| all.iter().filter(move |e: &&Entry| e.pack == *id && e.kind == kind);
        let counts: Vec<String> = Kind::ALL
            .into_iter()
            .filter(|kind| *kind != Kind::Pack)
            .map(|kind| (kind, of(kind).count()))
            .filter(|(_, n)| *n > 0)
            .map(|(kind, n)| kind.count(n))
            .collect();
        let counts = counts.join(", ");
        self.paragraph(&format!("Pack {}, as of {}: {counts}.", escape(id), long_date(as_of)));
        for kind in Kind::ALL {
            for (n, entry) in of(kind).enumerate() {
                if n == 0 && kind != Kind::Pack {
                    self.paragraph(&format!("## {}", kind.heading()));
                }
                match kind {
                    Kind::Pack => {}
                    Kind::Doubt => self.paragraph(&prose(&entry.says)),
                    Kind::Row
                    | Kind::Deadline
                    | Kind::Right
                    | Kind::Stage
                    | Kind::Event
                    | Kind::Contact
                    | Kind::Authority => {
                        self.paragraph(&format!("### {}", escape(&entry.name(all))));
                        // First, so that the heading takes the line to sign along to its page.
                        self.paragraph(&format!("{SIGN}\\\n{}", words(entry, law)));
                    }
                }
                self.entry(entry, &entry.name(all), tests);
                if kind == Kind::Pack {
                    self.paragraph(&how_to_read(pack));
                }
            }
        }
    }

    fn entry(&mut self, entry: &Entry, name: &str, tests: &Tests) {
        // An authority's words stand above.
        let says = |p: &&Part| entry.kind == Kind::Authority && p.label == "says";
        let mut parts: Vec<Part> = entry.parts.iter().filter(|p| !says(p)).cloned().collect();
        let mut held = Vec::new();
        if matches!(entry.kind, Kind::Row | Kind::Deadline) {
            let names: Vec<&str> = entry.tests(tests).iter().map(|t| t.name.as_str()).collect();
            held = fold(&names);
            let text = match (names.len(), held.len(), self.listed.get(&held)) {
                (0, ..) => "no test".to_owned(),
                (_, 1, _) => held.remove(0),
                (n, _, Some(other)) => {
                    held.clear();
                    format!("the same {n} tests as {other}")
                }
                (n, _, None) => {
                    self.listed.insert(held.clone(), name.to_owned());
                    format!("{n} tests")
                }
            };
            let label = "held by";
            parts.push(Part { label, text });
        }
        for line in fit(parts.iter()) {
            self.line(&format!("- {line}"));
        }
        for name in held.iter().take(MOST) {
            self.line(&format!("  - {}", escape(name)));
        }
        if held.len() > MOST {
            let id = escape(&entry.id);
            self.line(&format!("  - and others; appeal law show {id} lists them all"));
        }
        self.line("");
    }
}

/// What an entry says, above its line to sign.
fn words(entry: &Entry, law: &Law) -> String {
    match (entry.kind, law.registry().get(&entry.id)) {
        (Kind::Authority, Some(authority)) => {
            let url = authority.url.clone().unwrap_or_default();
            format!("{}: {}", linked(&entry.says, &url), prose(&authority.says))
        }
        _ => prose(&entry.says),
    }
}

/// What holds for every entry of a pack, and is not said again with each.
fn how_to_read(pack: &Pack) -> String {
    let mut out =
        "The rows of the decision are tried in the order they stand in here, and the first that \
                   applies decides, unless it says that it adds to a later one. Of a citation or a \
                   number the text was read at source"
            .to_owned();
    if let Some(day) = looked_at(pack) {
        out.push_str(&format!(
            ", and it and each address were last looked at on {}",
            long_date(day)
        ));
    }
    out.push_str(
        ", where no other word stands beside it. Names of tests that begin alike share a line.",
    );
    out
}

/// Whether a part rests on accounts that agree, and nobody here read its text: what is only quoted by a
/// reader of the source is told with it where it had to be borne out.
fn corroborated(marks: &[Mark]) -> bool {
    let unread = matches!(Mark::counting(marks), Mark::Corroborated | Mark::Restated);
    unread && marks.contains(&Mark::Corroborated)
}
