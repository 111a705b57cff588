//! The law on file as a document that a lawyer reads and signs.

use chrono::NaiveDate;

use super::entries::{Entry, Kind, entries};
use super::tested::Tests;
use crate::calendar::long_date;
use crate::law::{Law, Mark};
use crate::letter::escape;

/// Tests of one entry that are listed in full.
const MOST: usize = 12;

/// Where a reader signs off one entry.
const SIGN: &str = "Right: \\_\\_\\_\\_  Wrong: \\_\\_\\_\\_  Initials and date: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_";

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
    let mut out = Document(String::new());
    let title = "The law on file: what to look at first".to_owned();
    out.paragraph(&format!("# {title}"));
    out.start(law, &all, as_of, tests);
    out.first(law, &all);
    let mut readings = vec![Reading { name: "law-review".to_owned(), title, markdown: out.0 }];
    for head in all.iter().filter(|e| e.kind == Kind::Pack) {
        let mut out = Document(String::new());
        let title = format!("{}: the law on file", head.says);
        out.paragraph(&format!("# {}", escape(&title)));
        out.paragraph(&format!("Pack {}, as of {}.", escape(&head.id), long_date(as_of)));
        out.pack(&head.id, &all, tests);
        let name = format!("law-review.{}", head.id);
        readings.push(Reading { name, title, markdown: out.0 });
    }
    readings
}

struct Document(String);

impl Document {
    fn line(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push('\n');
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
                self.line(&format!("- {}: {}", linked(&entry.says, &url), escape(&says)));
            }
            self.line("");
        }
        if !doubts.is_empty() {
            self.paragraph("## Open questions");
            for doubt in doubts {
                self.line(&format!("- **{}** {}", escape(&doubt.pack), escape(&doubt.says)));
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
                let (pack, says) = (escape(pack), escape(says));
                self.line(&format!("- **{}**, {pack}: {says}", long_date(from)));
            }
            self.line("");
        }
    }

    fn pack(&mut self, id: &str, all: &[Entry], tests: &Tests) {
        let of = |kind| all.iter().filter(move |e: &&Entry| e.pack == id && e.kind == kind);
        for kind in Kind::ALL {
            for (n, entry) in of(kind).enumerate() {
                match kind {
                    Kind::Pack => {}
                    Kind::Doubt => {
                        if n == 0 {
                            self.paragraph(&format!("## {}", kind.heading()));
                        }
                        self.paragraph(&escape(&entry.says));
                    }
                    Kind::Row
                    | Kind::Deadline
                    | Kind::Right
                    | Kind::Stage
                    | Kind::Event
                    | Kind::Contact
                    | Kind::Authority => {
                        if n == 0 {
                            self.paragraph(&format!("## {}", kind.heading()));
                        }
                        self.paragraph(&format!("### {}", escape(&entry.id)));
                        // In one paragraph, so that no page ends between them.
                        self.paragraph(&format!("{}\\\n{SIGN}", escape(&entry.says)));
                    }
                }
                self.entry(entry, tests);
            }
        }
    }

    fn entry(&mut self, entry: &Entry, tests: &Tests) {
        for part in &entry.parts {
            self.line(&format!("- {}: {}", part.label, escape(&part.text)));
        }
        if matches!(entry.kind, Kind::Row | Kind::Deadline) {
            let naming = entry.tests(tests);
            self.line(&match naming.len() {
                0 => "- no test holds it".to_owned(),
                1 => "- held by this test:".to_owned(),
                n => format!("- held by {n} tests:"),
            });
            for test in naming.iter().take(MOST) {
                self.line(&format!("  - {}", escape(&test.name)));
            }
            if naming.len() > MOST {
                let id = escape(&entry.id);
                self.line(&format!("  - and others; appeal law show {id} lists them all"));
            }
        }
        self.line("");
    }
}

/// A citation that leads to where its text can be read.
fn linked(cite: &str, url: &str) -> String {
    let cite = escape(cite);
    // What would end the link early is no part of an official address.
    if url.is_empty() || url.contains(['(', ')', '<', '>', ' ']) {
        format!("**{cite}**")
    } else {
        format!("[**{cite}**]({url})")
    }
}

/// Whether a part rests on accounts that agree, and nobody here read its text: what is only quoted by a
/// reader of the source is told with it where it had to be borne out.
fn corroborated(marks: &[Mark]) -> bool {
    let unread = matches!(Mark::counting(marks), Mark::Corroborated | Mark::Restated);
    unread && marks.contains(&Mark::Corroborated)
}
