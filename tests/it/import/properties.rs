//! What holds for every record and every byte.

use std::fs;

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;

/// One key of each kind, filled from a table; dates as the map says.
const ALL: &str = r#"
map = 1
date = "DD.MM.YYYY"
case_id = "id"
[member]
name = "name"
birth_date = "born"
address = { column = "address", split = "\n" }
correspond_in_language = "both"
[coverage]
program = "program"
funding = "funding"
regulator = "regulator"
levels = "levels"
[[service]]
kind = "service"
dates = { column = "dates", split = "," }
requested = { column = "requested", date = "MM/DD/YYYY hh:mm AM" }
provider_words = "words"
ground = { column = "ground", split = "+" }
[denial]
outcome = "outcome"
notice_date = "notice"
"#;

/// Text that means something to CSV, TOML or terminals, trimmed as a record trims it.
fn text() -> impl Strategy<Value = String> {
    let pieces = select(vec![
        "a", "é", "\"", "\"\"", "'", ",", ";", "\t", "|", "\\", "\\n", "\\u0041", "\n", "\n\n",
        " ", "#", "= 1", "[x]", "\"\"\"", "日本", "e\u{301}", "\u{200d}", "12", "-", "x y",
    ]);
    proptest::collection::vec(pieces, 1..12).prop_map(|all| format!("w{}w", all.concat()))
}

fn line() -> impl Strategy<Value = String> {
    text().prop_map(|t| t.replace('\n', " "))
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0..3_000i64).prop_map(|n| {
        NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + chrono::Days::new(n.unsigned_abs())
    })
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

fn toml_text(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_record_written_as_a_row_is_read_as_the_same_record(
        (name, words) in (line(), text()),
        address in proptest::collection::vec(line(), 1..4),
        (born, notice, hour, minute) in (day(), day(), 0..24u32, 0..60u32),
        dates in proptest::collection::btree_set(day(), 1..4),
        both in any::<bool>(),
        levels in 1..3i64,
        (program, regulator) in (select(vec!["commercial", "fehb", "unknown"]), select(vec!["dmhc", "cdi", "other", "unknown"])),
        ground in proptest::sample::subsequence(vec!["network", "billing", "delay"], 1..=3),
        bom in any::<bool>(),
        end in select(vec!["\n", "\r\n"]),
    ) {
        let list = |all: &[String]| all.iter().map(|t| toml_text(t)).collect::<Vec<_>>().join(", ");
        let grounds: Vec<String> = ground.iter().map(|g| (*g).to_owned()).collect();
        let days: Vec<String> = dates.iter().map(ToString::to_string).collect();
        let toml = format!(
            "schema = 1\ncase_id = \"x-1\"\n[member]\nname = {}\nbirth_date = {born}\naddress = [{}]\n\
             correspond_in_language = {both}\n[coverage]\nprogram = \"{program}\"\nfunding = \"insured\"\n\
             regulator = \"{regulator}\"\nlevels = {levels}\n[[service]]\nkind = \"imaging\"\ndates = [{}]\n\
             requested = {notice}T{hour:02}:{minute:02}\nprovider_words = {}\nground = [{}]\n\
             [denial]\noutcome = \"denied\"\nnotice_date = {notice}\n",
            toml_text(&name), list(&address), days.join(", "), toml_text(&words), list(&grounds),
        );
        let expected = appeal::record::load(&toml, "expected.toml");
        prop_assert!(expected.diagnostics.is_empty(), "{:#?}", expected.diagnostics);
        let german = |d: &NaiveDate| d.format("%d.%m.%Y").to_string();
        let row: Vec<String> = [
            "x-1".to_owned(), name, german(&born), address.join("\n"), if both { "Yes" } else { "FALSE" }.to_owned(),
            program.to_owned(), "Insured".to_owned(), regulator.to_uppercase().to_lowercase(), levels.to_string(),
            "Imaging".to_owned(), dates.iter().map(german).collect::<Vec<_>>().join(", "),
            format!("{} {:02}:{minute:02} {}", notice.format("%m/%d/%Y"), (hour + 11) % 12 + 1, if hour < 12 { "AM" } else { "PM" }),
            words.replace('\n', end), grounds.join("+"), "denied".to_owned(), german(&notice),
        ].iter().map(|c| quoted(c)).collect();
        let headings = "id,name,born,address,both,program,funding,regulator,levels,service,dates,requested,words,ground,outcome,notice";
        let table = format!("{}{headings}{end}{}{end}", if bom { "\u{feff}" } else { "" }, row.join(","));
        let entries = csv(&Sources::mapped(map(ALL)), table.as_bytes());
        prop_assert_eq!(entries.len(), 1);
        prop_assert!(entries[0].loaded.diagnostics.is_empty(), "{}", said(&entries[0]));
        prop_assert_eq!(&entries[0].loaded.record, &expected.record);
        let again = appeal::record::load(entries[0].loaded.toml(), "again.toml");
        prop_assert_eq!(&again.record, &expected.record);
    }

    #[test]
    fn no_bytes_of_a_table_make_it_panic(
        pieces in proptest::collection::vec(prop_oneof![
            4 => select(vec![HEADINGS, ROW, "\n", "\r", "\r\n", ",", ";", "\t", "\"", "\"\"", "\u{feff}", "10/20/2026",
                "45950", "1.23E+11", "123-45-6789", "é", "\u{0}", "\u{1b}[2J", "N/A", "x\u{202e}"]).prop_map(|t| t.as_bytes().to_vec()),
            1 => proptest::collection::vec(any::<u8>(), 0..20),
        ], 0..30),
        headed in any::<bool>(),
        encoding in select(vec!["utf-8", "windows-1252"]),
    ) {
        let mut bytes = if headed { format!("{HEADINGS}\n").into_bytes() } else { Vec::new() };
        bytes.extend(pieces.concat());
        for entry in csv(&told(encoding), &bytes) {
            let text = said(&entry);
            prop_assert!(!text.contains('\u{1b}'), "{text}");
        }
        for entry in jsonl(&String::from_utf8_lossy(&bytes)) {
            said(&entry);
        }
        let _ = appeal::import::suggest("t", Box::new(Cursor::new(bytes)), &Sources::default());
    }

    #[test]
    fn no_bytes_of_json_lines_make_them_panic(
        pieces in proptest::collection::vec(select(vec![
            "{", "}", "[", "]", ":", ",", "\"", "\"schema\":1", "\"service\"", "\"condition\"", "\"certification\"", "null",
            "\"kind\"", "\"a\\nb\"", "\"2026-02-30\"", "1e400", "-0", "12345678901234567890123", "true", "\n", "\"\"",
            "{\"schema\":1,\"service\":[{\"kind\":{\"a\":[null,{\"b\":1}]}}]}", "é", "\\", "\"\\ud800\"",
        ]), 0..30),
    ) {
        for entry in jsonl(&pieces.concat()) {
            said(&entry);
        }
    }

    #[test]
    fn no_map_makes_it_panic(
        at in any::<Index>(), length in 0..20usize,
        piece in select(vec!["", "\"", "[", "]]", "{n}", "= 1", "\u{0}", "repeat = 50", "é", "}", "{", "\n", "split = \"\"", "[[service]]"]),
    ) {
        let mut text: Vec<char> = format!("{MAP}{ALL}").chars().collect();
        let from = at.index(text.len());
        let to = (from + length).min(text.len());
        text.splice(from..to, piece.chars());
        let text: String = text.into_iter().collect();
        match Map::read(text.as_bytes(), "map.toml") {
            Ok(map) => drop(csv(&Sources::mapped(map), format!("{HEADINGS}\n{ROW}\n").as_bytes())),
            Err(error) => drop(diag::render(&error.faults, &error.source_text, false)),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_of_a_workbook_make_it_panic(
        changes in proptest::collection::vec((any::<Index>(), any::<u8>()), 0..8),
        cut in any::<Index>(),
        whole in any::<bool>(),
    ) {
        let mut bytes = fs::read(fixture("legalserver.xlsx")).unwrap();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if !whole {
            bytes.truncate(cut.index(bytes.len()));
        }
        for entry in xlsx(bytes) {
            said(&entry);
        }
    }

    #[test]
    fn no_sheet_makes_it_panic(
        pieces in proptest::collection::vec(select(vec![
            "<row r=\"1\">", "<row r=\"0\">", "<row>", "</row>", "<c>", "</c>", "<c r=\"A1\">", "<c r=\"A0\">", "<c r=\"ZZZZZ1\">",
            "<c t=\"s\"><v>9</v></c>", "<c t=\"s\"><v>x</v></c>", "<c s=\"99\"><v>1</v></c>", "<c s=\"1\"><v>1e300</v></c>",
            "<c s=\"1\"><v>-5</v></c>", "<c><f t=\"shared\" ref=\"A1:B9\" si=\"0\">A1</f><v>1</v></c>", "<c><f t=\"shared\" si=\"7\"/></c>",
            "<c t=\"d\"><v>2026-13-01</v></c>", "<c t=\"b\"><v>2</v></c>", "<c t=\"e\"><v>#X</v></c>", "<v>1</v>", "ID", "<is><t>",
            "</t></is>", "<c t=\"inlineStr\">", "&bad;", "<!--", "<c r=\"4294967296\">", "NaN", "<c><v>NaN</v></c>",
        ]), 0..25),
        headed in any::<bool>(),
    ) {
        let head = if headed { cells(1, &HEADINGS.split(',').collect::<Vec<_>>()) } else { String::new() };
        for entry in xlsx(workbook(&(head + &pieces.concat()))) {
            said(&entry);
        }
    }
}

#[test]
fn every_record_written_as_a_line_of_json_is_read_as_the_same_record() {
    let mut paths: Vec<_> = fs::read_dir("fixtures/cases")
        .unwrap()
        .map(|e| e.unwrap().path().join("record.toml"))
        .filter(|p| p.is_file())
        .collect();
    paths.sort();
    paths.push("fixtures/full.toml".into());
    assert!(paths.len() > 20);
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let expected = appeal::record::load(&text, "expected.toml");
        let tree: toml::Table = text.parse().unwrap();
        let line = json(&toml::Value::Table(tree)).to_string();
        let entries = jsonl(&format!("{line}\r\n"));
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].loaded.record, expected.record, "{}", path.display());
        let again = appeal::record::load(entries[0].loaded.toml(), "again.toml");
        assert_eq!(again.record, expected.record, "{}", path.display());
    }
}

fn json(value: &toml::Value) -> serde_json::Value {
    match value {
        toml::Value::String(text) => text.as_str().into(),
        toml::Value::Integer(number) => (*number).into(),
        toml::Value::Float(number) => (*number).into(),
        toml::Value::Boolean(yes) => (*yes).into(),
        toml::Value::Datetime(day) => day.to_string().into(),
        toml::Value::Array(list) => list.iter().map(json).collect(),
        toml::Value::Table(table) => table.iter().map(|(k, v)| (k.clone(), json(v))).collect(),
    }
}
