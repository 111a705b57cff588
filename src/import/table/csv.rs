//! CSV, row by row from wherever it is read: nothing but the row at hand is kept.

use std::collections::BTreeSet;
use std::io::{self, BufRead, Cursor, Read};

use csv_core::ReadFieldResult;

use super::super::map::{Encoding, Map, plain};
use super::{Cell, Row, WIDEST, Why};
use crate::diag::Diagnostic;

/// Most bytes of one row; a record has at most 1 MiB.
const LARGEST_ROW: usize = 8 * 1024 * 1024;
/// How much of a file is looked at to find out what stands between its cells.
const FRONT: u64 = 256 * 1024;
/// What may stand between cells.
const SEPARATORS: [(u8, &str); 4] =
    [(b',', "commas"), (b';', "semicolons"), (b'\t', "tabs"), (b'|', "vertical lines")];

/// A file with the part of it that was looked at already.
type Whole<R> = io::Chain<Cursor<Vec<u8>>, R>;

/// The rows of a CSV file.
pub(in crate::import) struct Csv<R> {
    input: Whole<R>,
    core: csv_core::Reader,
    encoding: Encoding,
    number: u64,
    /// The last byte ended a row as `\r`; a `\n` that follows belongs to it.
    after_return: bool,
    /// Why the rest cannot be read.
    refused: Option<Box<Diagnostic>>,
    done: bool,
}

impl<R: BufRead> Csv<R> {
    /// Opens a file. What is wrong with it as a whole comes as its only row.
    pub(in crate::import) fn open(mut input: R, map: &Map, encoding: Option<Encoding>) -> Self {
        let mut front = Vec::new();
        let failed = (&mut input).take(FRONT).read_to_end(&mut front).err();
        let marked = front.starts_with("\u{feff}".as_bytes());
        let encoding = encoding.or(map.settings.encoding).unwrap_or(Encoding::Utf8);
        let mut refused = failed.map(|e| Box::new(unreadable(&e)));
        if front.starts_with(&[0xff, 0xfe]) || front.starts_with(&[0xfe, 0xff]) {
            refused = Some(Box::new(
                Diagnostic::error("import::encoding", "the table is UTF-16 text, not UTF-8")
                    .help("save it again as \"CSV UTF-8\""),
            ));
        } else if marked && encoding != Encoding::Utf8 {
            refused = Some(Box::new(
                Diagnostic::error("import::encoding", "the table begins with the mark of UTF-8")
                    .help(
                        "say encoding = \"utf-8\", or nothing, in the map and on the command line",
                    ),
            ));
        }
        if marked {
            front.drain(.."\u{feff}".len());
        }
        let separator = match map.settings.separator.map_or_else(|| separator(&front, map), Ok) {
            Ok(separator) => separator,
            Err(told) => {
                refused.get_or_insert(told);
                b','
            }
        };
        let core = csv_core::ReaderBuilder::new().delimiter(separator).build();
        let input = Cursor::new(front).chain(input);
        Csv { input, core, encoding, number: 0, after_return: false, refused, done: false }
    }

    /// Steps over line ends; counts the lines on which nothing stands. None at the end of the file.
    fn blank_line(&mut self) -> io::Result<Option<bool>> {
        loop {
            let Some(byte) = self.input.fill_buf()?.first().copied() else { return Ok(None) };
            let rest = self.after_return && byte == b'\n';
            self.after_return = byte == b'\r';
            if byte != b'\n' && byte != b'\r' {
                return Ok(Some(false));
            }
            self.input.consume(1);
            if !rest {
                return Ok(Some(true));
            }
        }
    }

    /// Reads one row.
    fn row(&mut self) -> io::Result<Row> {
        let mut cells = Vec::new();
        let mut field = Field::default();
        let mut out = vec![0; 16 * 1024];
        let mut size = 0;
        loop {
            let input = self.input.fill_buf()?;
            let at_end = input.is_empty();
            let (result, taken, written) = self.core.read_field(input, &mut out);
            field.take(&input[..taken]);
            let over = size + field.raw > LARGEST_ROW || cells.len() > WIDEST;
            if over {
                field.text.clear();
            } else {
                field.text.extend_from_slice(&out[..written]);
            }
            let last = taken.checked_sub(1).and_then(|n| input.get(n)).copied();
            self.input.consume(taken);
            match result {
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {
                    if over && field.first == Some(b'"') {
                        self.done = true;
                        return Ok(self.open_ended());
                    }
                }
                ReadFieldResult::Field { record_end } => {
                    size += field.raw;
                    let ended = std::mem::take(&mut field);
                    if ended.is_open(at_end) {
                        return Ok(self.open_ended());
                    }
                    if !over {
                        cells.push(ended.cell(at_end, self.encoding));
                    }
                    if record_end {
                        self.after_return = last == Some(b'\r');
                        break;
                    }
                }
                ReadFieldResult::End => break,
            }
        }
        if size > LARGEST_ROW || cells.len() > WIDEST {
            let told = Diagnostic::error("import::row", "the row is too large")
                .help("a row holds one record, and a record at most 1 MiB");
            return Ok(Row::Refused(Some(self.number), Box::new(told)));
        }
        Ok(Row::Cells(self.number, cells))
    }

    fn open_ended(&self) -> Row {
        let told = Diagnostic::error(
            "import::row",
            "a cell begins with a quotation mark, and none closes it",
        )
        .help("every row after this one was taken for a part of the cell; close it, and try again");
        Row::Refused(Some(self.number), Box::new(told))
    }
}

fn unreadable(error: &io::Error) -> Diagnostic {
    Diagnostic::error("import::unreadable", format!("the table cannot be read: {error}"))
}

impl<R: BufRead> Iterator for Csv<R> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        if self.done {
            return None;
        }
        if let Some(told) = self.refused.take() {
            self.done = true;
            return Some(Row::Refused(None, told));
        }
        let read = match self.blank_line() {
            Ok(None) => {
                self.done = true;
                return None;
            }
            Ok(Some(blank)) => {
                self.number += 1;
                if blank { Ok(Row::Empty(self.number)) } else { self.row() }
            }
            Err(error) => Err(error),
        };
        Some(read.unwrap_or_else(|error| {
            self.done = true;
            Row::Refused(None, Box::new(unreadable(&error)))
        }))
    }
}

/// One cell while it is read: its text, and what is remembered of its bytes in the file.
#[derive(Default)]
struct Field {
    text: Vec<u8>,
    /// Bytes in the file, the sign that ends the cell counted.
    raw: usize,
    first: Option<u8>,
    last_two: [u8; 2],
}

impl Field {
    fn take(&mut self, bytes: &[u8]) {
        self.raw += bytes.len();
        self.first = self.first.or(bytes.first().copied());
        match bytes {
            [.., a, b] => self.last_two = [*a, *b],
            [b] => self.last_two = [self.last_two[1], *b],
            [] => {}
        }
    }

    /// Bytes of the cell alone, and the last of them.
    fn own(&self, at_end: bool) -> (usize, u8) {
        if at_end {
            (self.raw, self.last_two[1])
        } else {
            (self.raw.saturating_sub(1), self.last_two[0])
        }
    }

    /// Whether a cell in quotation marks is closed where it ends, with each mark inside doubled.
    fn is_sound(&self, at_end: bool) -> bool {
        if self.first != Some(b'"') {
            return true;
        }
        let (own, last) = self.own(at_end);
        let inside = self.text.iter().filter(|b| **b == b'"').count();
        own == 0 || (last == b'"' && own == self.text.len() + inside + 2)
    }

    /// Whether the file ended within quotation marks.
    fn is_open(&self, at_end: bool) -> bool {
        at_end && !self.is_sound(at_end)
    }

    fn cell(self, at_end: bool, encoding: Encoding) -> Cell {
        let text = match encoding {
            Encoding::Utf8 => String::from_utf8(self.text.clone()).map_err(|e| {
                let byte = self.text.get(e.utf8_error().valid_up_to()).copied();
                Why::Encoding(byte.unwrap_or_default())
            }),
            Encoding::Windows1252 => {
                let (text, ..) = encoding_rs::WINDOWS_1252.decode(&self.text);
                Ok(text.into_owned())
            }
        };
        let shown = || String::from_utf8_lossy(&self.text).trim().to_owned();
        match text {
            Ok(text) if self.is_sound(at_end) => Cell::text(&text),
            Ok(_) => Cell::Refused(shown(), Why::Quotes),
            Err(why) => Cell::Refused(shown(), why),
        }
    }
}

/// Finds what stands between the cells, from the heading row.
///
/// With a map, the only sign by which its columns are found; without one, the only sign that divides
/// the row. Two that would do are refused.
fn separator(front: &[u8], map: &Map) -> Result<u8, Box<Diagnostic>> {
    let wanted: BTreeSet<String> =
        map.groups.iter().flat_map(|g| &g.rules).flat_map(|r| r.columns()).map(plain).collect();
    let found: Vec<(Vec<String>, u8, &str)> = SEPARATORS
        .into_iter()
        .map(|(sign, name)| (headings(front, sign, map.settings.heading_row), sign, name))
        .collect();
    let fits = |headings: &[String]| wanted.iter().filter(|w| headings.contains(w)).count();
    let divided: Vec<_> = found.iter().filter(|(h, ..)| h.len() > 1).collect();
    let whole: Vec<_> = divided.iter().filter(|(h, ..)| fits(h) == wanted.len()).collect();
    let some: Vec<_> = divided.iter().filter(|(h, ..)| fits(h) > 0).collect();
    let likely = match (wanted.is_empty(), whole.as_slice(), some.as_slice()) {
        (false, [(_, sign, _)], _) | (false, _, [(_, sign, _)]) => return Ok(*sign),
        (false, _, []) | (true, ..) => divided.as_slice(),
        (false, _, [..]) => &some.iter().map(|f| **f).collect::<Vec<_>>(),
    };
    match likely {
        [] => Ok(b','),
        [(_, sign, _)] => Ok(*sign),
        [(_, _, one), (_, _, other), ..] => {
            let told = format!("{one} and {other} may both stand between the cells");
            let signs = "separator = \",\" or \";\" or \"|\" or \"\\t\"";
            Err(Box::new(
                Diagnostic::error("import::separator", told)
                    .help(format!("say in the map which it is: {signs}")),
            ))
        }
    }
}

/// The headings, in plain form, as one separator would have them.
fn headings(front: &[u8], sign: u8, row: Option<u64>) -> Vec<String> {
    let core = csv_core::ReaderBuilder::new().delimiter(sign).build();
    let rows = Csv {
        input: Cursor::new(front.to_vec()).chain(io::empty()),
        core,
        encoding: Encoding::Windows1252,
        number: 0,
        after_return: false,
        refused: None,
        done: false,
    };
    for read in rows.take(1_000) {
        if let Row::Cells(number, cells) = read
            && row.is_none_or(|row| row == number)
            && cells.iter().any(|c| *c != Cell::Empty)
        {
            return cells.iter().map(|c| plain(&c.shown())).collect();
        }
    }
    Vec::new()
}
