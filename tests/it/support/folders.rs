//! The folders of `fixtures/cases`, read: a record, and the rulings typed for it.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use appeal::law::Law;
use appeal::packet::{self, Dispute};
use appeal::record::{self, Case, Loaded};
use appeal::ruling;
use chrono::NaiveDate;
use serde::Deserialize;
use toml::value::Datetime;

use super::expected::{Expected, day, differences};

/// `expected.toml` of a case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sheet {
    /// The day of the rulings.
    pub(crate) as_of: Datetime,
    /// Codes of everything that is to be said of the record itself; none by default.
    #[serde(default)]
    pub(crate) diagnostics: Vec<String>,
    /// One ruling for each stage that the services take, in their order.
    pub(crate) ruling: Vec<Expected>,
}

/// A case, read.
pub(crate) struct Folder {
    pub(crate) path: PathBuf,
    pub(crate) slug: String,
    /// The day of its rulings.
    pub(crate) as_of: NaiveDate,
    pub(crate) sheet: Sheet,
    pub(crate) loaded: Loaded,
}

/// Every case, in order of its name.
pub(crate) fn folders() -> Vec<Folder> {
    let mut paths: Vec<PathBuf> = fs::read_dir("fixtures/cases")
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_dir())
        .collect();
    paths.sort();
    assert!(paths.len() >= 34, "only {} folders under fixtures/cases", paths.len());
    paths.into_iter().map(folder).collect()
}

fn folder(path: PathBuf) -> Folder {
    let slug = path.file_name().unwrap().to_string_lossy().into_owned();
    let text = fs::read_to_string(path.join("expected.toml"))
        .unwrap_or_else(|e| panic!("{slug}/expected.toml: {e}"));
    let sheet: Sheet =
        toml::from_str(&text).unwrap_or_else(|e| panic!("{slug}/expected.toml: {e}"));
    let record =
        fs::read(path.join("record.toml")).unwrap_or_else(|e| panic!("{slug}/record.toml: {e}"));
    let as_of = day(&sheet.as_of);
    Folder { slug, as_of, sheet, loaded: record::read(&record, "record.toml"), path }
}

impl Folder {
    /// The case, or what is wrong with its record.
    pub(crate) fn case(&self) -> Result<Case, String> {
        let (case, found) = self.loaded.check(self.as_of);
        case.ok_or_else(|| appeal::diag::render(&found, &self.loaded.source, false))
    }

    /// Rules on the case, and says where that differs from what was typed.
    pub(crate) fn rulings(&self, law: &Law) -> Result<(Case, Vec<Dispute>, String), String> {
        let case = self.case()?;
        let disputes = packet::rule(&case, law, self.as_of).map_err(|e| format!("    {e}\n"))?;
        let mut out = String::new();
        if disputes.len() != self.sheet.ruling.len() {
            let stages: Vec<&str> = disputes.iter().map(|d| d.ruling.stage.as_str()).collect();
            let typed = self.sheet.ruling.len();
            let _ = writeln!(out, "    {typed} rulings were typed, the program has {stages:?}");
        }
        for (typed, dispute) in self.sheet.ruling.iter().zip(&disputes) {
            out.push_str(&differences(typed, &dispute.ruling));
        }
        Ok((case, disputes, out))
    }
}

/// What `appeal explain` says of a case, as its `ruling.txt` holds it.
pub(crate) fn told(case: &Case, disputes: &[Dispute]) -> String {
    let plan = case.record.coverage.plan.as_deref().unwrap_or("");
    let told: Vec<String> =
        disputes.iter().map(|d| ruling::text(&case.record.case_id, plan, &d.ruling)).collect();
    told.join("\n")
}
