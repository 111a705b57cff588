//! Puts the folders of several runs into one, as if one run had written them all.

use std::collections::BTreeMap;
use std::fs;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::manifest::{Case, End, Head, Line, Manifest, NAME, Writer, line};
use super::shelf::Shelf;
use super::sorted::install;
use super::{Error, fold, hash};
use crate::packet::SaveError;

/// Why folders were not put together; nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// The disk, a manifest, or another run.
    #[error(transparent)]
    Run(#[from] Error),
    /// Two runs went by different things.
    #[error("{one} and {other} differ in: {}; run the parts again with the same", .what.join(", "))]
    Differ {
        /// The first folder.
        one: PathBuf,
        /// The other one.
        other: PathBuf,
        /// In what.
        what: Vec<&'static str>,
    },
    /// Some parts of a run are not there, or there twice.
    #[error("{0}")]
    Parts(String),
    /// Two folders have a case under one id.
    #[error("{} in more than one of the folders:\n{}", crate::diag::count(.0.len(), "case id"), .0.join("\n"))]
    Collisions(Vec<String>),
    /// A file is not what its run wrote.
    #[error("{0} is missing or was changed after its run; run `appeal verify` there")]
    Changed(PathBuf),
    /// The output is one of the inputs.
    #[error("{0} is to be read and written at once; choose another output folder")]
    Itself(PathBuf),
}

/// Copies every case of some folders into another, with one manifest. Returns how many records it lists.
///
/// # Errors
///
/// Fails, before anything is written, when the runs went by different law, templates, fonts, day or
/// options; when parts of a run are missing; and when a case id is in two of them.
pub fn merge(folders: &[PathBuf], out: &Path) -> Result<End, MergeError> {
    let shelf_of = |path: &Path| fs::canonicalize(path).ok();
    if let Some(same) =
        folders.iter().find(|f| shelf_of(f).is_some_and(|f| Some(f) == shelf_of(out)))
    {
        return Err(MergeError::Itself(same.clone()));
    }
    let head = checked(folders)?;
    let shelf = Shelf::open(out)?;
    let past = super::past::Past::open(&out.join(NAME))?;
    let failed = Error::disk(&out.join(NAME));
    let file = NamedTempFile::new_in(shelf.scratch()).map_err(&failed)?;
    let mut writer = Writer::new(BufWriter::new(file), &head).map_err(&failed)?;
    let mut runs = Vec::new();
    for folder in folders {
        let mut manifest = Manifest::open(folder).map_err(Error::from)?;
        let next = manifest.case().map_err(Error::from)?;
        runs.push((folder, manifest, next));
    }
    // Each manifest is in order already: the first of their next lines is the next of all.
    let order = |case: &Case| (case.id.clone(), case.place.clone());
    loop {
        let first = runs
            .iter_mut()
            .filter(|(_, _, next)| next.is_some())
            .min_by_key(|(_, _, next)| next.as_ref().map(order));
        let Some((folder, manifest, next)) = first else { break };
        let Some(case) = next.take() else { break };
        copy(folder, &case, &shelf, past.as_ref())?;
        *next = manifest.case().map_err(Error::from)?;
        let failed_case = case.status.is_failure();
        let text = line(&Line::Case(Box::new(case))).map_err(&failed)?;
        writer.case(&text, failed_case).map_err(&failed)?;
    }
    let seen = runs.iter().fold(End::default(), |sum, (_, manifest, _)| End {
        records: sum.records + manifest.seen().records,
        failed: sum.failed + manifest.seen().failed,
    });
    let file = writer.end().map_err(&failed)?;
    let file = file.into_inner().map_err(|e| failed(e.into_error()))?;
    install(&shelf, file)?;
    Ok(seen)
}

/// Reads every manifest to its end, and returns the head that all of them share.
fn checked(folders: &[PathBuf]) -> Result<Head, MergeError> {
    let mut first: Option<(Head, &PathBuf)> = None;
    let mut parts: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    let mut ids: Vec<([u8; 16], u32)> = Vec::new();
    let mut names: BTreeMap<[u8; 16], Vec<String>> = BTreeMap::new();
    for pass in [1, 2] {
        // The second pass is for the names of what collides.
        if pass == 2 && names.is_empty() {
            break;
        }
        for (number, folder) in (0u32..).zip(folders) {
            let mut manifest = Manifest::open(folder).map_err(Error::from)?;
            while let Some(case) = manifest.case().map_err(Error::from)? {
                let sum = hash::short(&[&fold::folded(&case.id)]);
                if pass == 2 {
                    if let Some(names) = names.get_mut(&sum) {
                        let place = folder.display();
                        names.push(format!("  {} in {place}, from {}", case.id, case.place));
                    }
                } else if !case.id.is_empty() {
                    ids.push((sum, number));
                }
            }
            if pass == 2 {
                continue;
            }
            let head = manifest.head;
            if let Some(shard) = head.shard {
                *parts.entry((shard.of, shard.index)).or_default() += 1;
            }
            match &first {
                None => first = Some((head, folder)),
                Some((one, at)) => {
                    let mut what = one.made.differs(&head.made);
                    if one.as_of != head.as_of {
                        what.push("day");
                    }
                    if !what.is_empty() {
                        let (one, other) = ((*at).clone(), folder.clone());
                        return Err(MergeError::Differ { one, other, what });
                    }
                }
            }
        }
        if pass == 1 {
            // Records of one run that share an id were refused there already.
            ids.sort_unstable();
            ids.dedup();
            let shared = ids.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
            names = shared.map(|group| (group[0].0, Vec::new())).collect();
        }
    }
    if !names.is_empty() {
        return Err(MergeError::Collisions(names.into_values().flatten().collect()));
    }
    whole(&parts)?;
    let Some((head, _)) = first else {
        return Err(MergeError::Parts("there are no folders to put together".to_owned()));
    };
    Ok(Head { shard: None, ..head })
}

/// Checks that every part of a run is there once.
fn whole(parts: &BTreeMap<(u32, u32), usize>) -> Result<(), MergeError> {
    let Some(((of, _), _)) = parts.first_key_value() else { return Ok(()) };
    if parts.keys().any(|(other, _)| other != of) {
        let told = "the folders are parts of runs that were divided differently";
        return Err(MergeError::Parts(told.to_owned()));
    }
    if let Some(((_, index), _)) = parts.iter().find(|(_, times)| **times > 1) {
        return Err(MergeError::Parts(format!("part {index}/{of} is there more than once")));
    }
    let missing: Vec<String> = (1..=*of)
        .filter(|index| !parts.contains_key(&(*of, *index)))
        .take(20)
        .map(|index| format!("{index}/{of}"))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(MergeError::Parts(format!("not there: part {}", missing.join(", "))))
}

fn copy(
    folder: &Path,
    case: &Case,
    shelf: &Shelf,
    past: Option<&super::past::Past>,
) -> Result<(), MergeError> {
    let mut files = Vec::new();
    for output in &case.outputs {
        let path = folder.join(&case.id).join(&output.name);
        let plain = path.symlink_metadata().is_ok_and(|met| met.is_file());
        let bytes = if plain { fs::read(&path).unwrap_or_default() } else { Vec::new() };
        if !plain || hash::hex(&bytes) != output.sha256 {
            return Err(MergeError::Changed(path));
        }
        files.push((output.name.clone(), bytes));
    }
    if !fold::names_a_folder(&case.id) {
        return Ok(());
    }
    let known: Vec<String> = past
        .and_then(|p| p.case(&case.id))
        .map(|c| c.outputs.into_iter().map(|o| o.sha256).collect())
        .unwrap_or_default();
    match shelf.put(&case.id, &files, &known, true) {
        Ok(_) => Ok(()),
        Err(SaveError::Disk { path, source }) => Err(Error::Disk { path, source }.into()),
        Err(SaveError::Exists(paths)) => {
            Err(MergeError::Changed(paths.into_iter().next().unwrap_or_default()))
        }
    }
}
