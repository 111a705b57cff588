//! The words of each letter in each case.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::diag::{Severity, count};
use crate::law::Law;
use crate::letter::{self, Templates};
use crate::samples::{Asked, Posed, Sample, Unposed, When};

/// One letter in one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// How it is called: the case and the stage, as `kaiser-outside-surgeon/grievance`.
    pub name: String,
    /// The template it is written from, as `letters/grievance.md`.
    pub template: String,
    /// The name of the case.
    pub case: String,
    /// The title of the stage; of a sheet, its own.
    pub title: String,
    /// When the letter goes out; none for a sheet, which goes nowhere.
    pub when: Option<When>,
    /// The day it is dated with.
    pub as_of: NaiveDate,
    /// Why the case is ruled as it is; empty for a record of somebody's own.
    pub why: String,
    /// Its Markdown, or why it cannot be written.
    pub text: Result<String, String>,
}

/// A record that has no letter because something is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stuck {
    /// The file of the record.
    pub file: String,
    /// What is wrong, in words; none of them is the record's.
    pub why: String,
}

/// What some samples show.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// By template, then by name.
    pub readings: Vec<Reading>,
    /// Records without any letter that should have one.
    pub stuck: Vec<Stuck>,
    /// Letters that the law on file has a stage for and no sample reads, in order.
    pub unread: Vec<String>,
}

/// Writes every letter of every sample, each on its own day, or on the one that `otherwise` tells.
#[must_use]
pub fn read(
    samples: &[Sample],
    law: &Law,
    templates: &Templates,
    otherwise: impl Fn(&Sample) -> NaiveDate,
) -> Shown {
    let mut shown = Shown::default();
    for sample in samples {
        match sample.pose(law, otherwise(sample)) {
            Ok(posed) => of_case(sample, &posed, templates, &mut shown.readings),
            Err(unposed) => {
                shown.stuck.push(Stuck { file: sample.file.clone(), why: told(&unposed) });
            }
        }
    }
    shown.readings.sort_by(|a, b| (&a.template, &a.name).cmp(&(&b.template, &b.name)));
    shown.unread = unread(law, &shown.readings);
    shown
}

fn of_case(sample: &Sample, posed: &Posed, templates: &Templates, readings: &mut Vec<Reading>) {
    // Two services may take the same stage, each with a letter of its own.
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut name = |last: &str| {
        let n = taken.entry(last.to_owned()).or_default();
        *n += 1;
        let more = if *n > 1 { format!(".{n}") } else { String::new() };
        format!("{}/{last}{more}", sample.name)
    };
    for asked in posed.letters() {
        let Asked { stage, when, .. } = &asked;
        let reading = Reading {
            name: name(&stage.id),
            template: Templates::letter_name(stage.letter.as_deref().unwrap_or_default()),
            case: sample.name.clone(),
            title: stage.title.clone(),
            when: Some(*when),
            as_of: posed.as_of,
            why: sample.why.clone(),
            text: Err(String::new()),
        };
        match letter::write(&asked.input(), templates) {
            Err(error) => readings.push(Reading { text: Err(error.to_string()), ..reading }),
            Ok(letter) => {
                if let Some(sheet) = letter.sheet {
                    readings.push(Reading {
                        name: name(&sheet.name),
                        template: format!("sheets/{}.md", sheet.name),
                        title: sheet.title,
                        when: None,
                        text: Ok(sheet.markdown.into()),
                        ..reading.clone()
                    });
                }
                readings.push(Reading { text: Ok(letter.markdown.into()), ..reading });
            }
        }
    }
}

fn told(unposed: &Unposed) -> String {
    match unposed {
        Unposed::Faults(faults) => {
            let errors = faults.iter().filter(|f| f.severity == Severity::Error).count();
            format!("the record has {}; `appeal check` shows them", count(errors, "error"))
        }
        Unposed::Conflict(_) => {
            "the law on file gives no ruling; `appeal explain` says why".to_owned()
        }
    }
}

/// Letters that the law on file has a stage for, and that stand in no reading.
fn unread(law: &Law, readings: &[Reading]) -> Vec<String> {
    let stages = law.packs().flat_map(|pack| pack.stage.values());
    let named: BTreeSet<String> =
        stages.filter_map(|stage| stage.letter.as_deref()).map(Templates::letter_name).collect();
    named.into_iter().filter(|n| readings.iter().all(|r| r.template != *n)).collect()
}
