//! Looks at templates and says what is wrong with them, before a client is told.
//!
//! Each rule has a file of its own in `src/lint/rules`, whose first lines are what `--explain` and docs/lint.md
//! print. Some rules read the templates; the others write every letter of every shipped case with them and
//! look at what comes out.

mod allow;
mod expr;
mod files;
mod grade;
mod rules;
mod runs;
mod sarif;
mod token;
mod tree;
mod types;
mod walk;
mod words;

use std::path::Path;

use crate::cite::Finder;
use crate::diag::{self, Diagnostic, Severity, Source};
use crate::law::Law;
use crate::letter;
use crate::samples::Sample;
use files::Files;

pub use rules::{RULES, Rule, rule};
pub use sarif::sarif;

/// Which templates to look at.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a> {
    /// Those built into the program.
    Builtin,
    /// Those of a folder, which stand before the built-in ones.
    Folder(&'a Path),
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Every template that was looked at, with what is wrong with it in the order of its text.
    pub files: Vec<Looked>,
}

/// One template that was looked at.
#[derive(Clone, Debug)]
pub struct Looked {
    /// As the engine knows it: `letters/grievance.md`.
    pub name: String,
    /// Its path, and its text.
    pub source: Source,
    /// What is wrong with it.
    pub faults: Vec<Diagnostic>,
}

/// Everything that the rules go by.
struct Scene<'a> {
    files: Files,
    walked: walk::Walked,
    law: &'a Law,
    finder: Finder,
    runs: runs::Runs,
}

impl Scene<'_> {
    /// The templates to look at, each with its place among all.
    fn looked_at(&self) -> impl Iterator<Item = (usize, &files::File)> {
        self.files.all.iter().enumerate().filter(|(_, f)| f.is_looked_at)
    }

    /// Adds what one rule has to say of files that could not be read as templates.
    fn add_faults(&self, rule: &Rule, finds: &mut Finds) {
        for (i, file) in self.looked_at() {
            if let Some(fault) = file.fault.as_ref().filter(|f| f.code == rule.code) {
                finds.add(i, fault.clone());
            }
        }
    }
}

/// What the rules find, by file.
struct Finds {
    by_file: Vec<Vec<Diagnostic>>,
}

impl Finds {
    fn add(&mut self, file: usize, fault: Diagnostic) {
        if let Some(faults) = self.by_file.get_mut(file) {
            faults.push(fault);
        }
    }

    fn has_errors(&self) -> bool {
        self.by_file.iter().any(|f| diag::has_errors(f))
    }
}

/// Looks at templates, and writes the letters of these samples with them.
///
/// # Errors
///
/// When the folder cannot be read, or holds too many or too deep.
pub fn lint(which: Which<'_>, law: &Law, samples: &[Sample]) -> Result<Report, letter::Error> {
    let files = match which {
        Which::Builtin => Files::builtin(),
        Which::Folder(dir) => Files::with_dir(dir)?,
    };
    let walked = walk::walk(&files);
    let mut finds = Finds { by_file: vec![Vec::new(); files.all.len()] };
    let mut scene =
        Scene { files, walked, law, finder: Finder::new(law), runs: runs::Runs::default() };
    for rule in RULES.iter().filter(|r| !r.needs_letters()) {
        rule.look(&scene, &mut finds);
    }
    // What cannot be read cannot be rendered.
    if scene.files.all.iter().all(|f| f.fault.is_none()) {
        scene.runs = runs::runs(&scene, samples, &mut finds);
    }
    for rule in RULES.iter().filter(|r| r.needs_letters()) {
        rule.look(&scene, &mut finds);
    }
    Ok(allowed(scene, finds))
}

/// Takes out what is allowed, and says which allowance does nothing.
fn allowed(scene: Scene<'_>, finds: Finds) -> Report {
    let is_whole = scene.runs.is_whole;
    let looked = scene.files.all.into_iter().zip(finds.by_file);
    let files = looked
        .filter(|(file, _)| file.is_looked_at)
        .map(|(file, faults)| {
            let mut faults = allow::apply(&file.source, faults, is_whole);
            diag::sort(&mut faults);
            faults.dedup();
            Looked { name: file.name, source: file.source, faults }
        })
        .collect();
    Report { files }
}

impl Report {
    /// Returns how many faults are of this weight.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.files.iter().flat_map(|f| &f.faults).filter(|d| d.severity == severity).count()
    }
}
