//! Finds letters and sheets whose own words are harder to read than their readers can be asked to.
//!
//! ## Why it is bad
//!
//! The sheet is for a member who may be ill, or tired, or new to English. A letter is read by somebody with many
//! of them on the desk. The measure is the grade of Flesch and Kincaid, which counts words by sentence and
//! syllables by word: grade 8 for sheets, grade 14 for letters, whose fixed names (Independent Medical Review,
//! Evidence of Coverage) alone cost some grades. Words of the record, headings, tables, quotations and what
//! stands in brackets do not count.
//!
//! ## Example
//!
//! ```text
//! It is requested that reconsideration be given to the determination that authorization was not appropriate.
//! ```
//!
//! ## Use instead
//!
//! ```text
//! Please look again at the refusal. The service is needed.
//! ```

use super::super::files;
use super::super::grade::{self, Grade};
use super::super::runs::Text;
use super::{Finds, From, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::letter::Place;

pub(super) const RULE: Rule = Rule {
    name: "reading-grade",
    code: "lint::reading-grade",
    severity: Severity::Warning,
    source: include_str!("reading_grade.rs"),
    from: From::Letters,
    look,
};

/// Highest grade of a sheet for the member.
const SHEET: f64 = 8.0;
/// Highest grade of a letter.
const LETTER: f64 = 14.0;

fn look(scene: &Scene<'_>, finds: &mut Finds) {
    let letters = scene.runs.letters.iter().map(|w| (w.file, &w.text, LETTER));
    let sheets = scene.runs.letters.iter().filter_map(|w| {
        let (file, text) = w.sheet.as_ref()?;
        Some((*file, text, SHEET))
    });
    // Of each template, the letter that is hardest to read.
    let mut hardest: Vec<(usize, &Text, f64, Grade)> = Vec::new();
    for (file, text, most) in letters.chain(sheets) {
        let Some(grade) = grade::grade(&text.words) else { continue };
        match hardest.iter_mut().find(|h| h.0 == file) {
            Some(one) if one.3.value < grade.value => *one = (file, text, most, grade),
            Some(_) => {}
            None => hardest.push((file, text, most, grade)),
        }
    }
    for (file, text, most, grade) in hardest {
        if grade.value > most && scene.files.all[file].is_looked_at {
            report(scene, (file, text, most, &grade), finds);
        }
    }
}

fn report(
    scene: &Scene<'_>,
    (file, text, most, grade): (usize, &Text, f64, &Grade),
    finds: &mut Finds,
) {
    let message =
        format!("its words are for grade {:.1}, and at most grade {most:.0} is meant", grade.value);
    let fault = Diagnostic::warning(RULE.code, message);
    let help = "shorter sentences and shorter words; one thought a sentence";
    let origin = text.lines.get(grade.line).into_iter().flatten();
    for source in origin {
        let Some(at) = scene.files.all.iter().position(|f| f.name == source.file) else { continue };
        if !scene.files.all[at].is_looked_at {
            continue;
        }
        let template = &scene.files.all[at].source.text;
        let place = Place {
            file: source.file.clone(),
            line: source.line,
            column: 1,
            report: String::new(),
        };
        let start = files::offset(template, &place);
        let end = template[start..].find('\n').map_or(template.len(), |e| start + e);
        let label = "the hardest sentence is printed from here";
        finds.add(at, fault.at(start..end, label).help(help));
        return;
    }
    let template = &scene.files.all[file].source.text;
    let end = template.find('\n').unwrap_or(template.len());
    finds.add(
        file,
        fault.at(0..end, format!("the hardest sentence: {}", grade.sentence)).help(help),
    );
}
