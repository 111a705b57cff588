//! What letters are made from again and again: the law, templates and fonts that ship, and one case under
//! another name, number and claim each time.

use std::fs;

use appeal::law::Law;
use appeal::layout::Fonts;
use appeal::letter::Templates;
use appeal::packet::{self, Paper, Press};
use appeal::pdf::Engine;
use appeal::record;
use chrono::NaiveDate;

/// The day that letters are dated with.
pub const AS_OF: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
/// Paragraphs of the narrative that fill a page.
pub const TO_A_PAGE: usize = 20;
/// The record that every letter is made from: three pages.
pub const CASE: &str = "fixtures/cases/kaiser-outside-surgeon/record.toml";
/// The record of a letter that fills two pages.
pub const TWO_PAGES: &str = "fixtures/cases/second-opinion-not-answered/record.toml";

/// What is read once for many letters.
pub struct House {
    pub law: Law,
    pub templates: Templates,
    pub fonts: Fonts,
    record: String,
}

impl House {
    /// Reads what ships, and a case.
    pub fn of(case: &str) -> House {
        House {
            law: Law::builtin().unwrap(),
            templates: Templates::builtin().unwrap(),
            fonts: Fonts::builtin(),
            record: fs::read_to_string(case).unwrap(),
        }
    }

    /// The record of the case under another name, number and claim.
    pub fn record(&self, n: usize) -> String {
        let name = ["Ana", "Minh", "Jusuf", "Óscar", "Zoë", "Priya", "Wei"][n % 7];
        let (mut text, mut named) = (String::new(), false);
        for line in self.record.lines() {
            let key = line.split('=').next().unwrap_or("").trim();
            match key {
                "name" if !named => {
                    named = true;
                    text.push_str(&format!("name = \"{name} Example {n}\""));
                }
                "case_id" => text.push_str(&format!("case_id = \"bench-{n}\"")),
                "member_id" => text.push_str(&format!("member_id = \"EX-{:09}\"", n * 7919)),
                "reference" => text.push_str(&format!("reference = \"CLM-{:012}\"", n * 104_729)),
                _ => text.push_str(line),
            }
            text.push('\n');
        }
        text
    }

    /// The whole way, from the text of a record to the bytes of its papers.
    pub fn letter(&self, n: usize, pdf: Option<Engine>) -> Vec<Paper> {
        self.papers(&self.record(n), pdf)
    }

    /// The record of a member whose story fills about so many pages; no two paragraphs are alike.
    pub fn story(&self, pages: usize) -> String {
        let text = self.record(1);
        let paragraph = |n: usize| {
            format!(
                "On day {n} I called the plan again, number {}, and was told that the request is still \
                 with the medical group, and that nobody could say when it would be decided.\n\n",
                n * 7919
            )
        };
        let story: String = (1..=pages * TO_A_PAGE).map(paragraph).collect();
        let tells = format!("[statement]\nwhat_happened = \"\"\"\n{story}\"\"\"\n");
        let start = text.find("[statement]").unwrap_or(text.len());
        let end = text[start..].find("\n[").map_or(text.len(), |at| start + at + 1);
        format!("{}{tells}{}", &text[..start], &text[end..])
    }

    /// The papers of a record, with PDFs where an engine is named.
    pub fn papers(&self, text: &str, pdf: Option<Engine>) -> Vec<Paper> {
        let (case, faults) = record::read(text.as_bytes(), "record.toml").check(AS_OF);
        let case = case.unwrap_or_else(|| panic!("{faults:?}"));
        let press = Press { templates: &self.templates, fonts: &self.fonts, pdf, draft: true };
        let mut papers = Vec::new();
        for dispute in packet::rule(&case, &self.law, AS_OF).unwrap() {
            let stages: Vec<String> = std::iter::once(dispute.ruling.first())
                .chain(dispute.ruling.also.iter().cloned())
                .filter(|s| s.letter.is_some())
                .map(|s| s.id)
                .collect();
            papers.extend(packet::papers(&case.record, &dispute, &stages, &press).unwrap());
        }
        papers
    }
}
