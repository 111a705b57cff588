//! SHA-256, as the manifest writes it.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

/// Returns the SHA-256 of some bytes, in lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    written(&Sha256::digest(bytes))
}

/// Returns the first sixteen bytes of the SHA-256 of some words, kept apart from each other.
pub(super) fn short(words: &[&str]) -> [u8; 16] {
    let mut sum = Sum::default();
    words.iter().for_each(|w| sum.take(w.as_bytes()));
    let mut first = [0; 16];
    first.copy_from_slice(&sum.0.finalize()[..16]);
    first
}

/// Returns the SHA-256 of a file.
///
/// # Errors
///
/// Fails when it cannot be read.
pub(super) fn file(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut sum = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let n = file.read(&mut buffer)?;
        if n == 0 {
            return Ok(written(&sum.finalize()));
        }
        sum.update(&buffer[..n]);
    }
}

/// A sum over several texts. Each goes in with its length, so that no two lists sum up alike.
#[derive(Default)]
pub(super) struct Sum(Sha256);

impl Sum {
    /// Adds a text.
    pub(super) fn take(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
    }

    /// Adds every file below a folder whose name ends in one of some ways, with its name, in order.
    ///
    /// # Errors
    ///
    /// Fails when one cannot be read.
    pub(super) fn take_folder(&mut self, folder: &Path, endings: &[&str]) -> io::Result<()> {
        let mut files = Vec::new();
        below(folder, endings, &mut files)?;
        files.sort();
        for path in files {
            let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy();
            self.take(name.replace('\\', "/").as_bytes());
            self.take(&fs::read(&path)?);
        }
        Ok(())
    }

    /// Returns the sum in hexadecimal.
    pub(super) fn hex(self) -> String {
        written(&self.0.finalize())
    }
}

fn below(folder: &Path, endings: &[&str], files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        // Links to folders are not followed, as where templates are read.
        if entry.file_type()?.is_dir() {
            below(&path, endings, files)?;
        } else if path
            .extension()
            .is_some_and(|e| endings.iter().any(|w| e.eq_ignore_ascii_case(w)))
        {
            files.push(path);
        }
    }
    Ok(())
}

fn written(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |n: u8| char::from(DIGITS[usize::from(n & 15)]);
    bytes.iter().flat_map(|b| [digit(b >> 4), digit(*b)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_of_abc_is_the_published_one() {
        let published = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hex(b"abc"), published);
    }

    #[test]
    fn words_are_kept_apart() {
        assert_ne!(short(&["ab", "c"]), short(&["a", "bc"]));
    }
}
