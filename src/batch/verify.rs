//! Holds a folder to its manifest: every file is there as it was written, and is what the kept record
//! makes today.

use std::fs;
use std::path::Path;

use super::made::{Made, Shop};
use super::manifest::{Case, Manifest, NAME, Output};
use super::outcome::outcome;
use super::run::guarded;
use super::shelf::{EARLIER, JOURNAL, OWN};
use super::{Error, hash};
use crate::import::Entry;
use crate::pdf::Engine;
use crate::record;

/// What a check found, one thing at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// The run went by something else: `law`, `templates` …; its papers are not made again.
    MadeOtherwise(Vec<&'static str>),
    /// The PDFs were set with an engine that this program was built without; they are not made again.
    NotBuiltIn(Engine),
    /// Papers that `--keep` left, made by an earlier run with something else; they are not made again.
    MadeEarlier(String),
    /// A later run into the folder was stopped before its end.
    Stopped,
    /// A file is not there.
    Missing(String),
    /// A file is not what was written.
    Changed(String),
    /// What the kept record makes is not what was written.
    Differs(String),
    /// A file that the manifest does not list.
    Extra(String),
    /// A file cannot be read.
    Unreadable(String, String),
}

/// How much was checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Records of the manifest.
    pub records: usize,
    /// Files whose sums were compared.
    pub files: usize,
    /// Cases whose papers were made again.
    pub made_again: usize,
    /// Files of earlier runs, in folders named `earlier`.
    pub earlier: usize,
}

/// Checks a folder; everything that is not as it should be goes to `found`.
///
/// The shop is what the caller has at hand, with the options of the manifest's own head.
///
/// # Errors
///
/// Fails when the manifest cannot be read or is cut off, or a folder cannot be listed.
pub fn verify(
    root: &Path,
    shop: &Shop<'_>,
    found: &mut dyn FnMut(Found),
) -> Result<Checked, Error> {
    let mut manifest = Manifest::open(root)?;
    let differs = manifest.head.made.differs(shop.made);
    let mut same = differs.is_empty();
    if !same {
        found(Found::MadeOtherwise(differs));
    }
    let Made { pdf, engine, .. } = manifest.head.made;
    if pdf && !engine.is_built_in() {
        same = false;
        found(Found::NotBuiltIn(engine));
    }
    if root.join(OWN).join(JOURNAL).symlink_metadata().is_ok() {
        found(Found::Stopped);
    }
    let key = manifest.head.made.key();
    let mut folders = names(root).map_err(Error::disk(root))?;
    let mut checked = Checked::default();
    let mut known: Vec<bool> = vec![false; folders.len()];
    while let Some(case) = manifest.case()? {
        checked.records += 1;
        if let Ok(at) = folders.binary_search(&case.id) {
            known[at] = true;
        }
        if case.id.is_empty() {
            continue;
        }
        let whole = files(root, &case, &mut checked, found)?;
        if case.made != key {
            found(Found::MadeEarlier(case.id.clone()));
        } else if same && whole && !case.outputs.is_empty() {
            checked.made_again += 1;
            again(root, &case, shop, found);
        }
    }
    let mut known = known.into_iter();
    folders.retain(|_| !known.next().unwrap_or_default());
    for name in folders.into_iter().filter(|n| n != NAME && n != OWN) {
        found(Found::Extra(name));
    }
    Ok(checked)
}

/// Compares the files of one case with their sums. Returns whether all are as they were written.
fn files(
    root: &Path,
    case: &Case,
    checked: &mut Checked,
    found: &mut dyn FnMut(Found),
) -> Result<bool, Error> {
    let folder = root.join(&case.id);
    let mut whole = true;
    for Output { name, sha256, .. } in &case.outputs {
        let path = folder.join(name);
        let shown = format!("{}/{name}", case.id);
        checked.files += 1;
        let told = match path.symlink_metadata() {
            Ok(met) if met.is_file() => match hash::file(&path) {
                Ok(sum) if sum == *sha256 => continue,
                Ok(_) => Found::Changed(shown),
                Err(e) => Found::Unreadable(shown, e.to_string()),
            },
            Ok(_) => Found::Changed(shown),
            Err(_) => Found::Missing(shown),
        };
        whole = false;
        found(told);
    }
    if folder.symlink_metadata().is_ok_and(|met| met.is_dir()) {
        for name in names(&folder).map_err(Error::disk(&folder))? {
            if name == EARLIER {
                let earlier = folder.join(EARLIER);
                checked.earlier += names(&earlier).map_err(Error::disk(&earlier))?.len();
            } else if !case.outputs.iter().any(|o| o.name == name) {
                found(Found::Extra(format!("{}/{name}", case.id)));
            }
        }
    }
    Ok(whole)
}

/// Makes the papers of a case again from its kept record.
fn again(root: &Path, case: &Case, shop: &Shop<'_>, found: &mut dyn FnMut(Found)) {
    let place = format!("{}/record.toml", case.id);
    let bytes = match fs::read(root.join(&place)) {
        Ok(bytes) => bytes,
        Err(e) => return found(Found::Unreadable(place, e.to_string())),
    };
    let entry = Entry { loaded: record::read(&bytes, &place), place: place.clone() };
    let made = case.as_of.and_then(|day| guarded(|| outcome(shop, &entry, day)));
    let Some(made) = made else { return found(Found::Differs(place)) };
    for output in &case.outputs {
        let same = made.case.outputs.iter().any(|o| o == output);
        if !same {
            found(Found::Differs(format!("{}/{}", case.id, output.name)));
        }
    }
    for output in
        made.case.outputs.iter().filter(|o| !case.outputs.iter().any(|c| c.name == o.name))
    {
        found(Found::Missing(format!("{}/{}", case.id, output.name)));
    }
}

fn names(folder: &Path) -> std::io::Result<Vec<String>> {
    let name = |entry: std::io::Result<fs::DirEntry>| {
        Ok(entry?.file_name().to_string_lossy().into_owned())
    };
    let mut names = fs::read_dir(folder)?.map(name).collect::<std::io::Result<Vec<String>>>()?;
    names.sort();
    Ok(names)
}
