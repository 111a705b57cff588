//! The output folder: one folder a case, written whole, by one run at a time.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::{Error, fold, hash};
use crate::packet::{self, SaveError};

/// The program's own corner of the folder.
pub(super) const OWN: &str = ".appeal";
/// The lines of a run that has not ended.
pub(super) const JOURNAL: &str = "journal.jsonl";
/// Where papers go that a later run no longer makes.
pub(super) const EARLIER: &str = "earlier";

/// An output folder that this run alone writes to, until it is dropped.
pub(super) struct Shelf {
    root: PathBuf,
    /// Files are written here first, on the same disk.
    scratch: PathBuf,
    /// The system lets go of it when the process ends, however it ends.
    _lock: File,
}

/// What was done for one case.
#[derive(Debug, Default)]
pub(super) struct Put {
    /// Files that were written.
    pub(super) written: usize,
    /// Files that were moved to `earlier`, by their paths below the output folder.
    pub(super) aside: Vec<String>,
}

impl Shelf {
    /// Makes the folder where it is not there, takes it for this run, and clears away what a killed
    /// run left half written.
    pub(super) fn open(root: &Path) -> Result<Shelf, Error> {
        if let Ok(met) = fs::metadata(root)
            && !met.is_dir()
        {
            return Err(Error::Refused { path: root.to_owned(), what: "a file, not a folder" });
        }
        let own = root.join(OWN);
        let scratch = own.join("scratch");
        packet::make(root).map_err(Error::disk(root))?;
        for folder in [&own, &scratch] {
            real_folder(folder)?;
        }
        real_file(&root.join(super::manifest::NAME))?;
        real_file(&own.join(JOURNAL))?;
        let path = own.join("lock");
        real_file(&path)?;
        let lock = private().open(&path).map_err(Error::disk(&path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Error::Busy(root.to_owned())),
            Err(TryLockError::Error(source)) => return Err(Error::Disk { path, source }),
        }
        for entry in fs::read_dir(&scratch).map_err(Error::disk(&scratch))? {
            let path = entry.map_err(Error::disk(&scratch))?.path();
            fs::remove_file(&path).map_err(Error::disk(&path))?;
        }
        Ok(Shelf { root: root.to_owned(), scratch, _lock: lock })
    }

    /// Returns where files are written first.
    pub(super) fn scratch(&self) -> &Path {
        &self.scratch
    }

    /// Returns the path of something in the program's own corner.
    pub(super) fn own(&self, name: &str) -> PathBuf {
        self.root.join(OWN).join(name)
    }

    /// Returns the folder itself.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Returns whether every file of a case is there as it was written, and no other paper.
    pub(super) fn holds<'a>(
        &self,
        id: &str,
        files: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> bool {
        let folder = self.root.join(id);
        let mut names = Vec::new();
        for (name, sum) in files {
            names.push(name);
            let path = folder.join(name);
            let plain = path.symlink_metadata().is_ok_and(|met| met.is_file());
            if !plain || !hash::file(&path).is_ok_and(|is| is == sum) {
                return false;
            }
        }
        let plain = folder.symlink_metadata().is_ok_and(|met| met.is_dir());
        plain
            && papers(&folder, id)
                .is_ok_and(|there| there.iter().all(|n| names.contains(&n.as_str())))
    }

    /// Makes the folder of a case hold some files and no other paper.
    ///
    /// A file that is there with the same bytes is left alone. One that has other bytes is replaced if a
    /// run is `known` to have written it and `replace` is on; otherwise it is moved to `earlier`, as is
    /// every paper that is no longer made.
    pub(super) fn put(
        &self,
        id: &str,
        files: &[(String, Vec<u8>)],
        known: &[String],
        replace: bool,
    ) -> Result<Put, SaveError> {
        let folder = self.root.join(id);
        let refuse = |path: &Path, what: &str| {
            let told = format!("{what} is in the way");
            Err(SaveError::disk(path)(io::Error::new(ErrorKind::AlreadyExists, told)))
        };
        if !fold::names_a_folder(id) {
            return refuse(&self.root, "a case id that cannot name a folder");
        }
        match folder.symlink_metadata() {
            Ok(met) if met.is_symlink() => return refuse(&folder, "a symbolic link"),
            Ok(met) if !met.is_dir() => return refuse(&folder, "a file"),
            Ok(_) => {}
            Err(_) if files.is_empty() => return Ok(Put::default()),
            Err(_) => packet::make(&folder).map_err(SaveError::disk(&folder))?,
        }
        let mut aside = Vec::new();
        let mut new: Vec<(PathBuf, &[u8])> = Vec::new();
        for (name, bytes) in files {
            let path = folder.join(name);
            match path.symlink_metadata() {
                Err(e) if e.kind() == ErrorKind::NotFound => {}
                Err(e) => return Err(SaveError::disk(&path)(e)),
                Ok(met) if met.is_symlink() => return refuse(&path, "a symbolic link"),
                Ok(met) if !met.is_file() => return refuse(&path, "a folder"),
                Ok(met) => {
                    let is = hash::file(&path).map_err(SaveError::disk(&path))?;
                    if is == hash::hex(bytes) {
                        continue;
                    }
                    // Nobody misses an empty file: a power cut may leave one.
                    if met.len() > 0 && !(replace && known.contains(&is)) {
                        aside.push(name.clone());
                    }
                }
            }
            new.push((path, bytes));
        }
        let there = papers(&folder, id).map_err(SaveError::disk(&folder))?;
        aside.extend(there.into_iter().filter(|n| !files.iter().any(|(name, _)| name == n)));
        let staged = packet::stage(&new, &self.scratch)?;
        for name in &aside {
            self.set_aside(&folder, name)?;
        }
        let written = staged.len();
        packet::put(staged, true)?;
        let aside = aside.iter().map(|name| format!("{id}/{name}")).collect();
        Ok(Put { written, aside })
    }

    fn set_aside(&self, folder: &Path, name: &str) -> Result<(), SaveError> {
        let earlier = folder.join(EARLIER);
        if earlier.symlink_metadata().is_ok_and(|met| !met.is_dir()) {
            let told = io::Error::new(ErrorKind::AlreadyExists, "it is no folder");
            return Err(SaveError::disk(&earlier)(told));
        }
        packet::make(&earlier).map_err(SaveError::disk(&earlier))?;
        let mut to = earlier.join(name);
        let mut n = 2;
        while to.symlink_metadata().is_ok() {
            to = earlier.join(format!("{name}.{n}"));
            n += 1;
        }
        match fs::rename(folder.join(name), &to) {
            // Two records that share an id may both clear its folder.
            Err(e) if e.kind() != ErrorKind::NotFound => Err(SaveError::disk(&to)(e)),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Asks the system to bring everything to the disk: once, rather than file by file, which would be
    /// most of the time of a run.
    pub(super) fn sync(&self) -> Result<(), Error> {
        let root = File::open(&self.root).map_err(Error::disk(&self.root))?;
        #[cfg(target_os = "linux")]
        rustix::fs::syncfs(&root).map_err(|e| Error::disk(&self.root)(e.into()))?;
        #[cfg(not(target_os = "linux"))]
        root.sync_all().map_err(Error::disk(&self.root))?;
        Ok(())
    }
}

/// The files of a case's folder that a run may have written, in order; what people put there themselves
/// is theirs.
pub(super) fn papers(folder: &Path, id: &str) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        if is_paper(&name, id) && !entry.file_type()?.is_dir() {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Returns whether a run may have given a file this name.
pub(super) fn is_paper(name: &str, id: &str) -> bool {
    let letter = || {
        let rest = name.strip_prefix(id).and_then(|rest| rest.strip_prefix('.'));
        rest.is_some_and(|rest| rest.ends_with(".md") || rest.ends_with(".pdf"))
    };
    matches!(name, "record.toml" | "ruling.txt" | "ruling.json") || letter()
}

/// How the program's own files are opened: for reading and writing, made where they are not there.
pub(super) fn private() -> fs::OpenOptions {
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn real_folder(path: &Path) -> Result<(), Error> {
    match path.symlink_metadata() {
        Ok(met) if met.is_dir() => Ok(()),
        Ok(met) => Err(Error::Refused { path: path.to_owned(), what: what(&met) }),
        Err(_) => packet::make(path).map_err(Error::disk(path)),
    }
}

fn real_file(path: &Path) -> Result<(), Error> {
    match path.symlink_metadata() {
        Ok(met) if !met.is_file() => {
            Err(Error::Refused { path: path.to_owned(), what: what(&met) })
        }
        Ok(_) | Err(_) => Ok(()),
    }
}

fn what(met: &fs::Metadata) -> &'static str {
    if met.is_symlink() {
        "a symbolic link"
    } else if met.is_dir() {
        "a folder"
    } else {
        "no folder"
    }
}
