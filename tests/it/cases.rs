//! Every folder of `fixtures/cases`: a record in; a ruling typed from the law sheets, its explanation, and
//! every paper out.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::{env, fs};

use appeal::law::Law;
use appeal::layout::Fonts;
use appeal::letter::Templates;
use appeal::packet::{self, Dispute, Paper, Press};
use appeal::pdf::Engine;
use appeal::record::Case;
use appeal::ruling::Ruling;

use crate::support::expected::Expected;
use crate::support::folders::{Folder, folders, told};

/// Tracks that tell where to go and write no letter; `fixtures/rulings` holds their dates.
const DESCRIBED: &[&str] = &["us-ca-dual", "us-ca-mewa", "us-other-state", "us-sharing-ministry"];

impl Folder {
    /// Compares a golden file, or writes it. A file that should not be there is a difference too.
    fn golden(&self, name: &str, got: Option<&str>) -> Option<String> {
        let path = self.path.join(name);
        let is = fs::read_to_string(&path).ok();
        if is.as_deref() == got {
            return None;
        }
        if env::var_os("BLESS").is_some() {
            match got {
                Some(text) => fs::write(&path, text).unwrap(),
                None => fs::remove_file(&path).unwrap(),
            }
            return None;
        }
        let differs = match (is, got) {
            (_, None) => "nothing makes it".to_owned(),
            (None, Some(_)) => "it is not there".to_owned(),
            (Some(is), Some(got)) => {
                let same = is.lines().zip(got.lines()).take_while(|(a, b)| a == b).count();
                format!(
                    "line {}\n      - {}\n      + {}",
                    same + 1,
                    is.lines().nth(same).unwrap_or("(end)"),
                    got.lines().nth(same).unwrap_or("(end)")
                )
            }
        };
        Some(format!("    {name}: {differs}\n"))
    }

    /// The names of the papers that lie in the folder.
    fn lying(&self) -> BTreeSet<String> {
        fs::read_dir(&self.path)
            .unwrap()
            .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|n| n.ends_with(".md"))
            .collect()
    }
}

/// The stages whose letters go out now: the first, and those that go the same day. Those that are merely
/// open follow where the case says that it writes them.
fn stages(ruling: &Ruling, typed: &Expected) -> Vec<String> {
    let open = ruling.open.iter().filter(|s| typed.writes.contains(&s.id)).cloned();
    std::iter::once(ruling.first())
        .chain(ruling.also.iter().cloned())
        .chain(open)
        .filter(|s| s.letter.is_some())
        .map(|s| s.id)
        .collect()
}

fn papers(
    case: &Case,
    disputes: &[Dispute],
    typed: &[Expected],
    press: &Press<'_>,
) -> Result<Vec<Paper>, String> {
    let mut all = Vec::new();
    for (dispute, typed) in disputes.iter().zip(typed) {
        let stages = stages(&dispute.ruling, typed);
        let papers = packet::papers(&case.record, dispute, &stages, press);
        all.extend(papers.map_err(|e| format!("    {e}\n"))?);
    }
    Ok(all)
}

/// Each paper with the name of its golden file.
fn named(papers: &[Paper]) -> Vec<(String, &Paper)> {
    let letters = papers.iter().filter(|p| !p.sheet).count();
    let mut named: Vec<(String, &Paper)> = Vec::new();
    for paper in papers {
        let stem = match (paper.sheet, letters) {
            (true, _) => "sheet".to_owned(),
            (false, 1) => "letter".to_owned(),
            (false, _) => format!("letter.{}", paper.stage),
        };
        let taken = named.iter().filter(|(n, _)| n.starts_with(&format!("{stem}."))).count();
        let name = match taken {
            0 => format!("{stem}.md"),
            n => format!("{stem}.{}.md", n + 1),
        };
        named.push((name, paper));
    }
    named
}

/// Runs a check on every folder and reports all that fail at once.
fn every(check: impl Fn(&Folder) -> Result<(), String>) {
    let mut wrong = String::new();
    let folders = folders();
    for folder in &folders {
        if let Err(told) = check(folder) {
            let _ = writeln!(wrong, "{}:\n{}", folder.slug, told.trim_end());
        }
    }
    assert!(wrong.is_empty(), "of {} cases these differ:\n{wrong}", folders.len());
}

fn clean(out: String) -> Result<(), String> {
    if out.is_empty() { Ok(()) } else { Err(out) }
}

fn law() -> Law {
    Law::builtin().unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn every_case_is_ruled_as_the_sheets_say() {
    let law = law();
    every(|folder| clean(folder.rulings(&law)?.2));
}

#[test]
fn every_ruling_of_a_case_says_why() {
    every(|folder| {
        let silent = folder.sheet.ruling.iter().filter(|r| r.why.is_empty()).count();
        clean(if silent == 0 { String::new() } else { format!("    {silent} without `why`") })
    });
}

/// `BLESS=1` writes the golden files anew, of the cases that are ruled as the sheets say.
#[test]
fn every_case_makes_its_papers() {
    let (law, fonts) = (law(), Fonts::builtin());
    let templates = Templates::builtin().unwrap_or_else(|e| panic!("{e}"));
    every(|folder| {
        let (case, disputes, differs) = folder.rulings(&law)?;
        clean(differs)?;
        let told = told(&case, &disputes);
        let mut out = folder.golden("ruling.txt", Some(&told)).unwrap_or_default();

        let may_lack: BTreeSet<String> = fs::read_to_string(folder.path.join("draft.txt"))
            .map(|text| text.lines().map(str::to_owned).collect())
            .unwrap_or_default();
        let press =
            Press { templates: &templates, fonts: &fonts, pdf: None, draft: !may_lack.is_empty() };
        let papers = papers(&case, &disputes, &folder.sheet.ruling, &press)?;
        let made = named(&papers);
        for (name, paper) in &made {
            out.extend(folder.golden(name, Some(&paper.markdown)));
        }
        for name in folder.lying().iter().filter(|n| made.iter().all(|(m, _)| m != *n)) {
            out.extend(folder.golden(name, None));
        }
        let blanks: BTreeSet<String> =
            papers.iter().flat_map(|p| &p.blanks).map(|b| b.key.clone()).collect();
        if blanks != may_lack {
            let _ = writeln!(out, "    blanks are {blanks:?}, draft.txt says {may_lack:?}");
        }
        clean(out)
    });
}

#[test]
fn every_paper_is_set_in_the_same_bytes_twice() {
    let (law, fonts) = (law(), Fonts::builtin());
    let templates = Templates::builtin().unwrap_or_else(|e| panic!("{e}"));
    every(|folder| {
        let (case, disputes, _) = folder.rulings(&law)?;
        let draft = folder.path.join("draft.txt").exists();
        let press =
            Press { templates: &templates, fonts: &fonts, pdf: Some(Engine::Krilla), draft };
        let first = papers(&case, &disputes, &folder.sheet.ruling, &press)?;
        let second = papers(&case, &disputes, &folder.sheet.ruling, &press)?;
        let mut out = String::new();
        for (a, b) in first.iter().zip(&second) {
            match (&a.pdf, &b.pdf) {
                (Some(a), Some(b)) if a.bytes == b.bytes && a.count > 0 => {}
                _ => {
                    let _ = writeln!(out, "    {} differs from one run to the next", a.stem);
                }
            }
        }
        clean(out)
    });
}

#[test]
fn a_record_has_no_faults_but_those_it_is_about() {
    every(|folder| {
        let (_, found) = folder.loaded.check(folder.as_of);
        let codes: Vec<&str> = found.iter().map(|d| d.code).collect();
        if codes == folder.sheet.diagnostics {
            return Ok(());
        }
        let told = appeal::diag::render(&found, &folder.loaded.source, false);
        Err(format!("    typed {:?}, found {codes:?}\n{told}", folder.sheet.diagnostics))
    });
}

#[test]
fn every_letter_and_every_track_has_a_case() {
    let law = law();
    let (mut written, mut tracks) = (BTreeSet::new(), BTreeSet::new());
    for folder in folders() {
        let (_, disputes, _) = folder.rulings(&law).unwrap_or_else(|e| panic!("{e}"));
        for (dispute, typed) in disputes.iter().zip(&folder.sheet.ruling) {
            let stages = stages(&dispute.ruling, typed);
            written.extend(stages.into_iter().map(|s| (dispute.ruling.track.clone(), s)));
            tracks.insert(dispute.ruling.track.clone());
        }
    }
    let mut missing = Vec::new();
    for pack in law.packs().filter(|p| !p.pack.router && p.pack.id != "common") {
        let id = &pack.pack.id;
        for (stage, _) in pack.stage.iter().filter(|(_, s)| s.letter.is_some()) {
            if !written.contains(&(id.clone(), stage.clone())) {
                missing.push(format!("no case writes {stage} of {id}"));
            }
        }
        if tracks.contains(id) == DESCRIBED.contains(&id.as_str()) {
            missing.push(format!("{id} has a case, or is listed as described: one of the two"));
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}
