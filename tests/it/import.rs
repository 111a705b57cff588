//! Records from folders, JSON Lines and tables, with everything that clerks and spreadsheets do to them.

mod hazards;
mod map;
mod properties;
mod save;
mod sources;

use std::io::{Cursor, Write as _};
use std::path::Path;

use appeal::diag;
use appeal::import::{Encoding, Entry, Form, Map, Sources};
use chrono::NaiveDate;

const AS_OF: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();

/// A map of few columns; a test adds what it is about.
const MAP: &str = r#"
map = 1
date = "MM/DD/YYYY"
blank = ["N/A"]

case_id = "ID"

[member]
name = "Name"
member_id = { column = "Member", width = 9 }

[coverage]
program = { value = "commercial" }
funding = { value = "insured" }
regulator = { column = "Regulator", values = { "Managed Health Care" = "dmhc" }, empty = "unknown" }

[[service]]
kind = "Service"

[denial]
notice_date = "Denied On"
outcome = { column = "Outcome", values = { "HMO denied" = "denied" } }

[statement]
what_happened = "Notes"
"#;

const HEADINGS: &str = "ID,Name,Member,Regulator,Service,Denied On,Outcome,Notes";
const ROW: &str = "26-1,Ana Example,000123456,Managed Health Care,imaging,10/20/2026,HMO denied,";

#[track_caller]
fn map(text: &str) -> Map {
    Map::read(text.as_bytes(), "map.toml")
        .unwrap_or_else(|e| panic!("{}", diag::render(&e.faults, &e.source_text, false)))
}

#[track_caller]
fn mapped() -> Sources {
    Sources::mapped(map(MAP))
}

fn csv(sources: &Sources, bytes: &[u8]) -> Vec<Entry> {
    let mut sources = sources.clone();
    sources.form = Some(Form::Csv);
    sources.read("intake.csv", Box::new(Cursor::new(bytes.to_vec()))).collect()
}

fn jsonl(text: &str) -> Vec<Entry> {
    let mut sources = Sources::default();
    sources.form = Some(Form::Jsonl);
    sources.read("intake.jsonl", Box::new(Cursor::new(text.as_bytes().to_vec()))).collect()
}

/// A table with one row, one cell of which is replaced.
fn with(heading: &str, cell: &str) -> String {
    let at = HEADINGS.split(',').position(|h| h == heading).unwrap();
    let mut cells: Vec<&str> = ROW.split(',').collect();
    cells[at] = cell;
    format!("{HEADINGS}\n{}\n", cells.join(","))
}

/// What is said of an entry, in full; nothing for one without a fault.
fn said(entry: &Entry) -> String {
    let (_, faults) = entry.loaded.check(AS_OF);
    diag::render(&faults, &entry.loaded.source, false)
}

fn is_good(entry: &Entry) -> bool {
    entry.loaded.check(AS_OF).0.is_some()
}

/// Checks that there is one entry, bad, and that everything listed is said of it.
#[track_caller]
fn refuses(entries: &[Entry], saying: &[&str]) {
    let texts: Vec<String> = entries.iter().map(said).collect();
    assert_eq!(entries.len(), 1, "{texts:#?}");
    assert!(!is_good(&entries[0]), "taken: {:#?}", entries[0].loaded.record);
    for words in saying {
        assert!(texts[0].contains(words), "not said: {words}\n{}", texts[0]);
    }
}

/// Checks that every entry is good.
#[track_caller]
fn takes(entries: &[Entry], count: usize) {
    let texts: Vec<String> = entries.iter().map(said).filter(|t| !t.is_empty()).collect();
    assert!(entries.iter().all(is_good), "{}", texts.join("\n"));
    assert_eq!(entries.len(), count);
}

/// A workbook of one sheet, its rows given as the XML of a sheet writes them.
fn workbook(rows: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let files = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
                .to_owned(),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"Intake\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"rId1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{office}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ];
    for (name, text) in files {
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// One row of a sheet: each cell as text, or as XML where it begins with `<`.
fn cells(number: u32, cells: &[&str]) -> String {
    let mut row = format!("<row r=\"{number}\">");
    for (n, cell) in cells.iter().enumerate() {
        let place = format!("{}{number}", char::from(b'A' + u8::try_from(n).unwrap()));
        if cell.starts_with('<') {
            row.push_str(&cell.replace("<c", &format!("<c r=\"{place}\"")));
        } else if !cell.is_empty() {
            row.push_str(&format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"));
        }
    }
    row.push_str("</row>");
    row
}

/// A workbook with one row, one cell of which is replaced.
fn sheet(heading: &str, cell: &str) -> Vec<u8> {
    let headings: Vec<&str> = HEADINGS.split(',').collect();
    let at = headings.iter().position(|h| *h == heading).unwrap();
    let mut row: Vec<&str> = ROW.split(',').collect();
    row[5] = "<c s=\"1\"><v>46315</v></c>";
    row[at] = cell;
    workbook(&(cells(1, &headings) + &cells(2, &row)))
}

fn xlsx(bytes: Vec<u8>) -> Vec<Entry> {
    xlsx_by(&mapped(), bytes)
}

fn xlsx_by(sources: &Sources, bytes: Vec<u8>) -> Vec<Entry> {
    let mut sources = sources.clone();
    sources.form = Some(Form::Xlsx);
    sources.read("intake.xlsx", Box::new(Cursor::new(bytes))).collect()
}

fn told(encoding: &str) -> Sources {
    let mut sources = mapped();
    sources.encoding = Encoding::find(encoding);
    sources
}

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new("fixtures/import").join(name)
}
