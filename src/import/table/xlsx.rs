//! XLSX workbooks, read in whole: one sheet, its cells as the spreadsheet keeps them.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};
use std::panic::AssertUnwindSafe;

use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};
use chrono::{NaiveDate, NaiveTime};

use super::super::map::{DateForm, Map, Read as Reading};
use super::{Cell, Row, WIDEST, Why};
use crate::diag::Diagnostic;

/// Largest workbook, in bytes as it is and unpacked.
pub(in crate::import) const LARGEST: u64 = 64 * 1024 * 1024;
const UNPACKED: u64 = 256 * 1024 * 1024;
/// Most text of a sheet, in bytes; a text that many cells share counts each time.
const TEXT: usize = 256 * 1024 * 1024;
/// Most digits of the number that formulas share; real sheets count from 0.
const SHARED: usize = 5;
/// Most digits of the number of a row.
const PLACE: usize = 7;

/// Reads the rows of a workbook. What is wrong with it as a whole comes as its only row.
pub(in crate::import) fn rows(bytes: Vec<u8>, map: &Map) -> Vec<Row> {
    // The reader of workbooks is someone else's, and its input can be anybody's.
    let read = std::panic::catch_unwind(AssertUnwindSafe(|| read(bytes, map)));
    let broken = || Err(refuse("the workbook cannot be read").into());
    match read.unwrap_or_else(|_| broken()) {
        Ok(rows) => rows,
        Err(told) => vec![Row::Refused(None, told)],
    }
}

fn read(bytes: Vec<u8>, map: &Map) -> Result<Vec<Row>, Box<Diagnostic>> {
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(refuse("the workbook has a password, or is in the old form .xls")
            .map_help("save it as .xlsx without a password"));
    }
    unpack(&bytes)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|e| broken(&e))?;
    let sheet = sheet(&book, map)?;
    let mut reader = book.worksheet_cells_reader(&sheet).map_err(|e| broken(&e))?;
    let mut rows: BTreeMap<u32, BTreeMap<usize, Cell>> = BTreeMap::new();
    let mut text = 0;
    while let Some(found) = reader.next_cell_with_formula_metadata().map_err(|e| broken(&e))? {
        let (row, column) = found.pos;
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        let cell = if found.formula.is_some() {
            Cell::Refused(value(&found.value).shown(), Why::Formula)
        } else {
            value(&found.value)
        };
        if cell == Cell::Empty {
            continue;
        }
        text += cell.shown().len();
        if column >= WIDEST || text > TEXT {
            return Err(refuse("the sheet holds more than a sheet can").into());
        }
        rows.entry(row).or_default().insert(column, cell);
    }
    Ok(dense(rows))
}

/// Gives every row as many cells as the first has; what stands beyond them stays.
fn dense(rows: BTreeMap<u32, BTreeMap<usize, Cell>>) -> Vec<Row> {
    let last = |cells: &BTreeMap<usize, Cell>| cells.keys().last().map_or(0, |n| n + 1);
    let mut out = Vec::new();
    let mut before = 0;
    let mut width = 0;
    for (row, mut cells) in rows {
        let number = u64::from(row) + 1;
        // Long stretches of nothing are told once.
        if number > before + 1 {
            out.push(Row::Empty(before + 1));
        }
        before = number;
        width = if width == 0 { last(&cells) } else { width };
        let upto = width.max(last(&cells));
        let cells = (0..upto).map(|n| cells.remove(&n).unwrap_or(Cell::Empty)).collect();
        out.push(Row::Cells(number, cells));
    }
    out
}

/// Finds the sheet: the one that the map names, or the only one that can be seen.
fn sheet(book: &Xlsx<Cursor<Vec<u8>>>, map: &Map) -> Result<String, Box<Diagnostic>> {
    let sheets = book.sheets_metadata();
    let listed = || {
        let names: Vec<String> = sheets
            .iter()
            .filter(|s| s.typ == SheetType::WorkSheet)
            .take(20)
            .map(|s| format!("\"{}\"", s.name.chars().take(40).collect::<String>()))
            .collect();
        format!("its sheets are {}", names.join(", "))
    };
    if let Some(wanted) = &map.settings.sheet {
        return match sheets.iter().find(|s| s.name == *wanted) {
            Some(found) => Ok(found.name.clone()),
            None => Err(refuse("the workbook has no sheet of the name that the map says")
                .map_help(&listed())),
        };
    }
    let seen =
        |s: &&calamine::Sheet| s.typ == SheetType::WorkSheet && s.visible == SheetVisible::Visible;
    let mut visible = sheets.iter().filter(seen);
    match (visible.next(), visible.next()) {
        (Some(only), None) => Ok(only.name.clone()),
        (None, _) => Err(refuse("the workbook has no sheet").into()),
        (Some(first), Some(_)) => {
            let name: String = first.name.chars().take(40).collect();
            Err(Box::new(
                Diagnostic::error("import::workbook", "the workbook has several sheets")
                    .help(format!("say in the map which one holds the records: sheet = \"{name}\""))
                    .help(listed()),
            ))
        }
    }
}

fn value(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) => Cell::text(text),
        DataRef::SharedString(text) => Cell::text(text),
        #[expect(clippy::cast_precision_loss, reason = "what is too long is refused later")]
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(yes) => Cell::Bool(*yes),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
            let date = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
            let time =
                NaiveTime::from_hms_opt(u32::from(hour), u32::from(minute), u32::from(second));
            let midnight = (hour, minute, second, milli) == (0, 0, 0, 0);
            let shown = format!("{year}-{month:02}-{day:02}");
            match date.filter(|_| (1.0..2_958_466.0).contains(&moment.as_f64())) {
                Some(date) => Cell::Day(date, time.filter(|_| !midnight)),
                None => Cell::Refused(shown, Why::Calendar),
            }
        }
        DataRef::DateTime(moment) => Cell::Refused(moment.as_f64().to_string(), Why::Duration),
        DataRef::DateTimeIso(text) => iso(text),
        DataRef::DurationIso(text) => Cell::Refused(text.clone(), Why::Duration),
        DataRef::Error(error) => Cell::Refused(error.to_string(), Why::Error),
    }
}

fn iso(text: &str) -> Cell {
    let text = text.trim_end_matches('Z');
    let text = text.split_once('.').map_or(text, |(front, _)| front);
    for form in ["YYYY-MM-DD", "YYYY-MM-DDTHH:mm:ss", "YYYY-MM-DDTHH:mm"] {
        if let Ok(Reading::Day(date, time)) = DateForm::parse(form).map(|f| f.read(text)) {
            return Cell::Day(date, time.filter(|t| *t != NaiveTime::MIN));
        }
    }
    Cell::Refused(text.to_owned(), Why::Calendar)
}

/// A workbook refused, to which advice can be added.
struct Refusal(Diagnostic);

fn refuse(message: &str) -> Refusal {
    Refusal(Diagnostic::error("import::workbook", message))
}

impl Refusal {
    fn map_help(self, help: &str) -> Box<Diagnostic> {
        Box::new(self.0.help(help))
    }
}

impl From<Refusal> for Box<Diagnostic> {
    fn from(refusal: Refusal) -> Self {
        Box::new(refusal.0)
    }
}

fn broken(error: &XlsxError) -> Box<Diagnostic> {
    let told = format!("the workbook cannot be read: {error}");
    refuse(&told).map_help("open it in a spreadsheet program, and save it again as .xlsx")
}

/// Unpacks a workbook once for nothing, so that one that grows beyond all bounds is refused before its
/// parts are kept, and one whose formulas would be numbered in the billions too.
fn unpack(bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
    let unzip = |e: &zip::result::ZipError| {
        refuse(&format!("the workbook cannot be unpacked: {e}")).map_help("save it again as .xlsx")
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| unzip(&e))?;
    let mut left = UNPACKED;
    let mut buffer = vec![0; 64 * 1024];
    for n in 0..archive.len() {
        let mut file = archive.by_index(n).map_err(|e| unzip(&e))?;
        let mut scan = Scan::default();
        loop {
            let read = match file.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => read,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(broken(&XlsxError::Io(e))),
            };
            left = left.saturating_sub(u64::try_from(read).unwrap_or(u64::MAX));
            if left == 0 {
                return Err(refuse("the workbook is too large when unpacked").into());
            }
            if buffer[..read].iter().any(|b| scan.refuses(*b)) {
                return Err(
                    refuse("the workbook numbers its cells or formulas beyond reason").into()
                );
            }
        }
    }
    Ok(())
}

/// Looks at attributes that say where a cell stands or number a formula, for values that no sheet has:
/// the reader of workbooks would count with them, or make room for as many.
#[derive(Default)]
struct Scan {
    inside: bool,
    name: Vec<u8>,
    state: Seek,
    /// Letters and digits in a row, up to here.
    letters: usize,
    digits: usize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Seek {
    #[default]
    Name,
    Equals,
    Value(u8),
}

impl Scan {
    fn refuses(&mut self, byte: u8) -> bool {
        match byte {
            b'<' => {
                *self = Scan { inside: true, ..Scan::default() };
                return false;
            }
            b'>' => self.inside = false,
            _ => {}
        }
        if !self.inside {
            return false;
        }
        match self.state {
            Seek::Name if byte == b'=' => self.state = Seek::Equals,
            // A name may be followed by space before its sign.
            Seek::Name if byte.is_ascii_whitespace() => self.name.push(b' '),
            Seek::Name => {
                if self.name.ends_with(b" ") {
                    self.name.clear();
                }
                self.name.push(byte);
            }
            Seek::Equals if byte == b'"' || byte == b'\'' => {
                (self.letters, self.digits) = (0, 0);
                self.state = Seek::Value(byte);
            }
            Seek::Equals => {}
            Seek::Value(end) if byte == end => {
                self.name.clear();
                self.state = Seek::Name;
            }
            Seek::Value(_) => return self.refuses_value(byte),
        }
        false
    }

    fn refuses_value(&mut self, byte: u8) -> bool {
        let most = match self.name.trim_ascii() {
            b"si" => SHARED,
            b"r" | b"ref" => PLACE,
            _ => return false,
        };
        self.letters = if byte.is_ascii_alphabetic() { self.letters + 1 } else { 0 };
        self.digits = if byte.is_ascii_digit() { self.digits + 1 } else { 0 };
        byte == b'&' || self.letters > 6 || self.digits > most
    }
}

#[cfg(test)]
mod tests {
    use super::Scan;

    #[test]
    fn numbers_of_formulas_beyond_reason_are_found() {
        let found = |text: &str| {
            let mut scan = Scan::default();
            text.bytes().any(|b| scan.refuses(b))
        };
        for hostile in [
            "<f t=\"shared\" si=\"4000000000\"/>",
            "<f t='shared'\nsi = '&#57;9999'/>",
            "<c r=\"4294967296\">",
            "<c r=\"ZZZZZZZ1\">",
            "<dimension ref=\"A1:A99999999\"/>",
        ] {
            assert!(found(hostile), "{hostile}");
        }
        assert!(!found("<f t=\"shared\" si=\"12\"/><c>si=\"x\"</c><t> si=\"4000000000\"</t>"));
        assert!(!found("<row r=\"1048576\"><c r=\"XFD1048576\"/></row><si><t>x</t></si>"));
        assert!(!found("<x r:id=\"rId123456789\" msi=\"x\" name=\"123456789\" />"));
    }
}
