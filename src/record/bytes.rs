//! Bytes of a file into text, every fault of the encoding named.

use super::Loaded;
use crate::diag::{Diagnostic, Source};

/// Largest record, in bytes.
pub const LARGEST: usize = 1024 * 1024;

/// Most bytes named one by one.
const MOST: usize = 5;

/// Reads a record from the bytes of its file.
///
/// A UTF-8 byte order mark is accepted. Bytes that are no UTF-8 are named, with the letter they would
/// be in Windows-1252, and the rest of the record is still read, so that all faults come at once.
#[must_use]
pub fn read(bytes: &[u8], name: &str) -> Loaded {
    let refused = |diagnostic| Loaded::refused(Source::new(name, ""), diagnostic);
    if bytes.len() > LARGEST {
        return refused(too_big(bytes.len()));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return refused(utf16());
    }
    let nulls = bytes.iter().filter(|b| **b == 0).count();
    if nulls > 0 && nulls >= bytes.len() / 3 {
        return refused(utf16());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => super::load(text, name),
        Err(_) => repaired(bytes, name),
    }
}

pub(super) fn too_big(bytes: usize) -> Diagnostic {
    Diagnostic::error(
        "record::size",
        format!("the record has {bytes} bytes; at most {LARGEST} (1 MiB) are read"),
    )
    .help("a record holds text only; list large papers under [[exhibit]] and enclose them")
}

fn utf16() -> Diagnostic {
    Diagnostic::error("record::encoding", "the file is UTF-16 text, not UTF-8")
        .help("save it again with the encoding UTF-8 (in Notepad: Save as, Encoding, UTF-8)")
}

fn repaired(bytes: &[u8], name: &str) -> Loaded {
    let mut text = String::with_capacity(bytes.len());
    let mut faults = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for &byte in chunk.invalid() {
            let start = text.len();
            text.push(windows_1252(byte).unwrap_or('\u{fffd}'));
            faults.push((byte, start..text.len()));
        }
    }
    // A mark at the start is dropped by `load`; places must agree with what it keeps.
    let marked = text.starts_with('\u{feff}');
    let shift = if marked { '\u{feff}'.len_utf8() } else { 0 };
    let mut loaded = super::load(&text, name);
    let total = faults.len();
    for (byte, span) in faults.into_iter().take(MOST) {
        let span = span.start.saturating_sub(shift)..span.end.saturating_sub(shift);
        let (line, column) = loaded.source.position(span.start);
        let looks = match windows_1252(byte) {
            Some(c) => format!("looks like Windows-1252 `{c}`"),
            None => "no letter in Windows-1252 either".to_owned(),
        };
        loaded.diagnostics.push(
            Diagnostic::error(
                "record::encoding",
                format!("byte {byte:#04x} at {line}:{column} is not UTF-8"),
            )
            .at(span, looks)
            .help("save the file again with the encoding UTF-8 (in Notepad: Save as, Encoding, UTF-8)"),
        );
    }
    if total > MOST {
        loaded.diagnostics.push(Diagnostic::error(
            "record::encoding",
            format!("{} more bytes are not UTF-8", total - MOST),
        ));
    }
    crate::diag::sort(&mut loaded.diagnostics);
    loaded
}

/// Returns the letter of a byte that is no ASCII, in the encoding of older Windows programs.
fn windows_1252(byte: u8) -> Option<char> {
    const HIGH: [u16; 32] = [
        0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039,
        0x0152, 0, 0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc,
        0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
    ];
    match byte {
        0x80..=0x9f => match HIGH[usize::from(byte - 0x80)] {
            0 => None,
            code => char::from_u32(u32::from(code)),
        },
        _ => Some(char::from(byte)),
    }
}
