//! One record into what its run writes: the files of its folder, and its line of the manifest.
//!
//! Nothing is read or written here, so that [`verify()`](super::verify()) can make the same again.

use chrono::NaiveDate;
use serde_json::Value;

use super::hash;
use super::made::{Explained, Shop};
use super::manifest::{Case, Deadline, Dispute, Fault, Next, Output, Status};
use crate::diag::{Diagnostic, Severity, visible};
use crate::import::Entry;
use crate::layout;
use crate::packet::{self, Error};
use crate::pdf::{self, Undrawable};
use crate::record::{self, Loaded};
use crate::ruling::Status as Clock;

/// What one record makes.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its line of the manifest.
    pub case: Case,
    /// Its files, by name, in order of name.
    pub files: Vec<(String, Vec<u8>)>,
}

/// A record that the law has answered.
pub(super) struct Judged {
    case: record::Case,
    disputes: Vec<packet::Dispute>,
    pub(super) line: Case,
}

/// Rules on a record, writes its papers, and lists them. Never fails: what cannot be written is in the
/// line.
#[must_use]
pub fn outcome(shop: &Shop<'_>, entry: &Entry, as_of: NaiveDate) -> Outcome {
    match judged(shop, entry, as_of) {
        Ok(judged) => written(shop, entry, judged),
        Err(case) => Outcome { case: *case, files: Vec::new() },
    }
}

/// Returns the line of a record of which nothing is known yet.
pub(super) fn blank(shop: &Shop<'_>, entry: &Entry, as_of: Option<NaiveDate>) -> Case {
    let loaded = &entry.loaded;
    Case {
        id: loaded.record.case_id.clone(),
        place: visible(&entry.place),
        status: Status::Failed,
        as_of,
        sha256: hash::hex(loaded.toml().as_bytes()),
        made: shop.made.key(),
        ruling: String::new(),
        plan: None,
        grounds: Vec::new(),
        disputes: Vec::new(),
        blanks: Vec::new(),
        same_denial: Vec::new(),
        faults: Vec::new(),
        outputs: Vec::new(),
    }
}

/// Checks a record and asks the law.
pub(super) fn judged(
    shop: &Shop<'_>,
    entry: &Entry,
    as_of: NaiveDate,
) -> Result<Judged, Box<Case>> {
    let loaded = &entry.loaded;
    let mut line = blank(shop, entry, Some(as_of));
    let (case, found) = loaded.check(as_of);
    line.faults = found.iter().filter_map(|d| fault(d, loaded)).collect();
    let Some(case) = case else { return Err(Box::new(line)) };
    if !kept_as_read(loaded) {
        line.faults.push(plain("batch::record", "the record cannot be kept as it was read"));
        return Err(Box::new(line));
    }
    let disputes = match packet::rule(&case, shop.law, as_of) {
        Ok(disputes) => disputes,
        Err(conflict) => {
            line.faults.push(plain("batch::law", &conflict.to_string()));
            return Err(Box::new(line));
        }
    };
    line.plan = case.record.coverage.plan.clone();
    line.grounds = case.record.denial.ground.clone();
    line.disputes = disputes.iter().map(dispute).collect();
    line.ruling = lasting(packet::json(&case.record, &disputes));
    Ok(Judged { case, disputes, line })
}

/// Returns whether the text that is kept reads as the record that is ruled on. A record from a table has
/// a text that was made for it.
fn kept_as_read(loaded: &Loaded) -> bool {
    let source = &loaded.source;
    source.name.ends_with(".toml") || record::load(loaded.toml(), "").record == loaded.record
}

/// Writes the papers of a record that the law has answered.
pub(super) fn written(shop: &Shop<'_>, entry: &Entry, judged: Judged) -> Outcome {
    let Judged { case, disputes, mut line } = judged;
    let record = &case.record;
    let mut files = vec![("record.toml".to_owned(), entry.loaded.toml().as_bytes().to_vec())];
    files.push(match shop.made.explained {
        Explained::Text => ("ruling.txt".to_owned(), packet::text(record, &disputes).into_bytes()),
        Explained::Json => {
            let json = packet::json(record, &disputes);
            ("ruling.json".to_owned(), format!("{json:#}\n").into_bytes())
        }
    });
    let chosen = packet::choose(&disputes, None).unwrap_or_default();
    match packet::written(record, &chosen, &shop.press) {
        Ok(papers) => {
            let blanks = packet::blanks(&papers);
            line.blanks = blanks.keys().map(|k| (*k).to_owned()).collect();
            line.status = if packet::asks(&chosen) {
                line.faults.extend(needs(&line.disputes));
                Status::NeedsFacts
            } else if papers.is_empty() {
                Status::NothingToSend
            } else if blanks.is_empty() {
                Status::Complete
            } else if shop.made.draft {
                Status::Draft
            } else {
                line.faults.extend(blanks.keys().map(|key| missing(key, &entry.loaded)));
                Status::Incomplete
            };
            if line.status != Status::Incomplete {
                let papers = packet::files(&papers, shop.made.markdown);
                files.extend(papers.into_iter().map(|(name, bytes)| (name, bytes.to_vec())));
            }
        }
        Err(error) => line.faults.extend(stopped(&error, &entry.loaded)),
    }
    files.sort();
    line.outputs = files.iter().map(|(name, bytes)| output(name, bytes)).collect();
    Outcome { case: line, files }
}

fn output(name: &str, bytes: &[u8]) -> Output {
    Output { name: name.to_owned(), bytes: bytes.len() as u64, sha256: hash::hex(bytes) }
}

/// Makes a fault without a place.
pub(super) fn plain(code: &str, message: &str) -> Fault {
    Fault {
        severity: Severity::Error.to_string(),
        code: code.to_owned(),
        message: visible(message),
        line: None,
        column: None,
    }
}

/// Makes a fault at a place of the record's text, if it has one.
pub(super) fn at(loaded: &Loaded, offset: Option<usize>, fault: Fault) -> Fault {
    // What is missing at the end is missing after the last line, not on a line of its own.
    let end = loaded.source.text.trim_end_matches('\n').len();
    let place = offset.map(|o| loaded.source.position(o.min(end)));
    Fault { line: place.map(|p| p.0), column: place.map(|p| p.1), ..fault }
}

fn fault(told: &Diagnostic, loaded: &Loaded) -> Option<Fault> {
    let fault = Fault { severity: told.severity.to_string(), ..plain(told.code, &told.message) };
    (told.severity != Severity::Note).then(|| at(loaded, told.start(), fault))
}

fn needs(disputes: &[Dispute]) -> Vec<Fault> {
    let mut facts: Vec<&String> = disputes.iter().flat_map(|d| &d.needs).collect();
    facts.sort();
    facts.dedup();
    let told = |fact: &&String| {
        plain("batch::needs-facts", &format!("`{fact}` must be found first; the ruling says how"))
    };
    facts.iter().map(told).collect()
}

/// A key that a letter wants: it is not there, so the table it belongs into is pointed at.
fn missing(key: &str, loaded: &Loaded) -> Fault {
    let table = key.rsplit_once('.').and_then(|(table, _)| loaded.span(table));
    let span = loaded.span(key).or(table);
    let told = format!("`{key}` is missing, so the letter is not complete");
    at(loaded, span.map(|s| s.start), plain("batch::blank", &told))
}

/// Why the papers could not be made. A character without a font, or one that the engine cannot draw, is
/// named without the words around it.
fn stopped(error: &Error, loaded: &Loaded) -> Vec<Fault> {
    let stands = |c: char, fault| at(loaded, loaded.source.text.find(c), fault);
    match error {
        Error::Layout(layout::Error::MissingGlyph(missing)) => {
            let told = |m: &layout::Missing| {
                let code = u32::from(m.character);
                let remedy = match m.package {
                    Some(package) => {
                        format!("install {package} and pass its folder as `--font-dir`")
                    }
                    None => "pass a folder with a font that has it as `--font-dir`".to_owned(),
                };
                let fault = plain("batch::font", &format!("no font has U+{code:04X}: {remedy}"));
                stands(m.character, fault)
            };
            missing.iter().map(told).collect()
        }
        Error::Pdf(pdf::Error::Undrawable(Undrawable { character, why, .. })) => {
            let code = u32::from(*character);
            let told = format!("genpdf cannot draw U+{code:04X}: {why}; use --pdf-engine krilla");
            vec![stands(*character, plain("batch::engine", &told))]
        }
        Error::Letter(_) | Error::Layout(_) | Error::Pdf(_) => {
            vec![plain("batch::letter", &error.to_string())]
        }
    }
}

fn dispute(dispute: &packet::Dispute) -> Dispute {
    let ruling = &dispute.ruling;
    Dispute {
        track: ruling.track.clone(),
        regulator: ruling.regulator.clone(),
        forum: ruling.forum.clone(),
        stage: ruling.stage.clone(),
        also: ruling.also.iter().map(|s| s.id.clone()).collect(),
        open: ruling.open.iter().map(|s| s.id.clone()).collect(),
        expedited: ruling.expedited,
        late: ruling.late,
        deadlines: ruling
            .deadlines
            .iter()
            .filter(|d| d.status != Clock::NotRunning)
            .map(|d| Deadline {
                id: d.id.clone(),
                stage: d.stage.clone(),
                actor: d.actor.clone(),
                file_by: d.file_by,
                last_working_day: d.last_working_day,
                arguable_until: d.arguable_until,
                due: d.due,
                late_after: d.late_after,
                status: d.word().to_owned(),
                advisory: d.advisory,
            })
            .collect(),
        warnings: ruling.warnings.iter().map(|w| w.code.clone()).collect(),
        needs: ruling.needs.iter().map(|n| n.fact.clone()).collect(),
        next: ruling.next.iter().map(|n| Next { stage: n.stage.clone(), opens: n.opens }).collect(),
    }
}

/// Sums up rulings without what changes from day to day though nothing has happened.
fn lasting(mut rulings: Value) -> String {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(object) => {
                for key in ["as_of", "days_left", "if_today", "timeline"] {
                    object.remove(key);
                }
                object.values_mut().for_each(strip);
            }
            Value::Array(values) => values.iter_mut().for_each(strip),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    strip(&mut rulings);
    hash::hex(rulings.to_string().as_bytes())
}
