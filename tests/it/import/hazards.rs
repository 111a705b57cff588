//! What spreadsheets and exports do to a table, each by its name.

use super::*;

#[test]
fn a_sound_table_gives_its_records() {
    let entries = csv(&mapped(), format!("{HEADINGS}\n{ROW}\n").as_bytes());
    takes(&entries, 1);
    assert_eq!(entries[0].place, "intake.csv, row 2");
    let record = &entries[0].loaded.record;
    assert_eq!(record.case_id, "26-1");
    assert_eq!(record.member.member_id.as_deref(), Some("000123456"));
    assert_eq!(record.coverage.regulator, "dmhc");
    assert_eq!(record.denial.notice_date, NaiveDate::from_ymd_opt(2026, 10, 20));
    // What is kept beside a letter is the record itself.
    let again = appeal::record::load(entries[0].loaded.toml(), "again.toml");
    assert_eq!(again.record, *record);
    assert!(again.diagnostics.is_empty());
}

#[test]
fn faults_are_told_with_row_heading_and_cell() {
    let table = with("Denied On", "02/30/2026");
    let expected = "\
error[import::date]: `denial.notice_date` is not a day of the calendar
 --> intake.csv, row 2:6:15
  |
6 | F2 Denied On: 02/30/2026
  |               ^^^^^^^^^^ no such day
  |
  = help: look at the paper again; the day is not guessed

found 1 error in intake.csv, row 2
";
    assert_eq!(said(&csv(&mapped(), table.as_bytes())[0]), expected);
}

#[test]
fn every_fault_of_a_row_is_told_at_once_and_the_other_rows_go_on() {
    let bad = "26 1,Ana Example,12,Nobody,imagin,13/13/2026,,";
    let table = format!("{HEADINGS}\n{bad}\n{ROW}\n");
    let entries = csv(&mapped(), table.as_bytes());
    assert_eq!(entries.len(), 2);
    for words in [
        "A2 ID: 26 1",
        "has 2 characters, not 9",
        "unknown word for `coverage.regulator`",
        "did you mean `imaging`?",
        "`denial.notice_date` is not a day of the calendar",
        "`denial.outcome` is missing",
        "G2 Outcome: ",
    ] {
        assert!(said(&entries[0]).contains(words), "{words}\n{}", said(&entries[0]));
    }
    assert!(is_good(&entries[1]));
}

#[test]
fn byte_order_mark_and_windows_line_ends_are_no_part_of_the_text() {
    let table = format!("\u{feff}{HEADINGS}\r\n{ROW}\r\n");
    let entries = csv(&mapped(), table.as_bytes());
    takes(&entries, 1);
    assert_eq!(entries[0].place, "intake.csv, row 2");
    let old_mac = format!("{HEADINGS}\r{ROW}\r{}", ROW.replace("26-1", "26-2"));
    let entries = csv(&mapped(), old_mac.as_bytes());
    takes(&entries, 2);
    assert_eq!(entries[1].place, "intake.csv, row 3");
}

#[test]
fn separators_are_told_by_the_heading_row() {
    for sign in [";", "\t", "|"] {
        let table = format!("{HEADINGS}\n{ROW}\n").replace(',', sign);
        takes(&csv(&mapped(), table.as_bytes()), 1);
    }
}

#[test]
fn a_separator_that_could_be_two_is_refused_until_the_map_says_it() {
    let table = format!("{HEADINGS}\n{ROW}\n").replacen(
        "ID,Name,Member,Regulator,",
        "ID;Name;Member;Regulator,",
        1,
    );
    refuses(&csv(&mapped(), table.as_bytes()), &["commas and semicolons", "separator = "]);
    let text = MAP.replace("map = 1", "map = 1\nseparator = \";\"");
    let table = format!("{HEADINGS}\n{ROW}\n").replace(',', ";");
    takes(&csv(&Sources::mapped(map(&text)), table.as_bytes()), 1);
}

#[test]
fn letters_that_are_not_utf_8_are_refused_with_row_and_column() {
    let table = with("Name", "Ren\u{e9} Example");
    let bytes: Vec<u8> = table.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    refuses(
        &csv(&mapped(), &bytes),
        &[
            "`member.name` is not UTF-8: byte 0xe9",
            "row 2:2",
            "B2 Name",
            "would be `é`",
            "--encoding windows-1252",
        ],
    );
    let entries = csv(&told("windows-1252"), &bytes);
    takes(&entries, 1);
    assert_eq!(entries[0].loaded.record.member.name.as_deref(), Some("René Example"));
    let by_map =
        Sources::mapped(map(&MAP.replace("map = 1", "map = 1\nencoding = \"windows-1252\"")));
    takes(&csv(&by_map, &bytes), 1);
}

#[test]
fn a_table_marked_as_utf_8_or_utf_16_is_not_read_as_something_else() {
    let table = format!("\u{feff}{HEADINGS}\n{ROW}\n");
    refuses(&csv(&told("windows-1252"), table.as_bytes()), &["begins with the mark of UTF-8"]);
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(table.bytes().flat_map(|b| [b, 0])).collect();
    refuses(&csv(&mapped(), &wide), &["UTF-16", "CSV UTF-8"]);
}

#[test]
fn a_bare_number_is_no_date_and_the_day_it_would_be_is_told() {
    refuses(
        &csv(&mapped(), with("Denied On", "45950").as_bytes()),
        &["`denial.notice_date` is a bare number", "October 20, 2025"],
    );
    refuses(&xlsx(sheet("Denied On", "<c><v>45950</v></c>")), &["bare number", "October 20, 2025"]);
}

#[test]
fn date_cells_of_a_workbook_are_dates() {
    let entries = xlsx(sheet("Notes", ""));
    takes(&entries, 1);
    assert_eq!(entries[0].place, "intake.xlsx, row 2");
    assert_eq!(entries[0].loaded.record.denial.notice_date, NaiveDate::from_ymd_opt(2026, 10, 20));
    // The calendar of spreadsheets has a February 29, 1900.
    refuses(&xlsx(sheet("Denied On", "<c s=\"1\"><v>60</v></c>")), &["not a day of the calendar"]);
    refuses(
        &xlsx(sheet("Denied On", "<c s=\"1\"><v>46315.5</v></c>")),
        &["is a day without a time"],
    );
}

#[test]
fn a_date_that_can_be_read_two_ways_is_refused_until_the_map_says_how() {
    let silent = Sources::mapped(map(&MAP.replace("date = \"MM/DD/YYYY\"", "")));
    refuses(
        &csv(&silent, with("Denied On", "03/04/2026").as_bytes()),
        &["March 4, 2026 or April 3, 2026", "date = \"MM/DD/YYYY\""],
    );
    takes(&csv(&silent, with("Denied On", "2026-03-04").as_bytes()), 1);
    let day_first = Sources::mapped(map(&MAP.replace("MM/DD/YYYY", "DD/MM/YYYY")));
    let entries = csv(&day_first, with("Denied On", "03/04/2026").as_bytes());
    assert_eq!(entries[0].loaded.record.denial.notice_date, NaiveDate::from_ymd_opt(2026, 4, 3));
}

#[test]
fn a_year_of_two_digits_is_refused_until_the_map_says_it() {
    let table = with("Denied On", "10/20/26");
    refuses(&csv(&mapped(), table.as_bytes()), &["not written as the map says", "MM/DD/YYYY"]);
    let short = Sources::mapped(map(&MAP.replace("MM/DD/YYYY", "MM/DD/YY")));
    takes(&csv(&short, table.as_bytes()), 1);
}

#[test]
fn lost_zeros_at_the_start_are_noticed() {
    refuses(
        &csv(&mapped(), with("Member", "123456").as_bytes()),
        &["has 6 characters, not 9", "C2 Member: 123456", "zeros at its start may be lost"],
    );
    refuses(
        &xlsx(sheet("Member", "<c><v>123456789</v></c>")),
        &["kept as a number", "format the column as text"],
    );
}

#[test]
fn shortened_and_rounded_numbers_are_refused() {
    refuses(&csv(&mapped(), with("Member", "1.23E+11").as_bytes()), &["has lost its digits"]);
    refuses(
        &csv(&mapped(), with("Name", "1.23E+11").as_bytes()),
        &["`member.name` has lost its digits"],
    );
    refuses(&xlsx(sheet("Name", "<c><v>12345678901234567</v></c>")), &["lost its last digits"]);
    // A number of a reasonable length is text like any other.
    let entries = xlsx(sheet("Notes", "<c><v>123456</v></c>"));
    assert_eq!(entries[0].loaded.record.statement.what_happened.as_deref(), Some("123456"));
}

#[test]
fn a_text_that_a_spreadsheet_made_a_date_of_is_refused() {
    refuses(
        &xlsx(sheet("Notes", "<c s=\"1\"><v>46082</v></c>")),
        &["the spreadsheet made a date of it"],
    );
}

#[test]
fn headings_that_stand_twice_are_refused() {
    let table = format!("{HEADINGS},name\n{ROW},x\n");
    refuses(
        &csv(&mapped(), table.as_bytes()),
        &["stands twice", "I1: name", "second time", "first time"],
    );
    // Columns that nobody asks for may be called the same.
    let table = format!("{HEADINGS},Other,Other\n{ROW},x,y\n");
    takes(&csv(&mapped(), table.as_bytes()), 1);
}

#[test]
fn columns_that_are_not_there_are_refused_all_at_once() {
    let table =
        format!("{}\n{ROW}\n", HEADINGS.replace("Denied On", "Denied Om").replace("Notes", "Zzz"));
    refuses(
        &csv(&mapped(), table.as_bytes()),
        &[
            "no column `Denied On`",
            "did you mean this one?",
            "F1: Denied Om",
            "no column `Notes`",
            "found 2 errors",
        ],
    );
}

#[test]
fn headings_may_differ_in_capitals_and_spaces() {
    let table = format!("{}\n{ROW}\n", HEADINGS.replace("Denied On", "\" denied\n  ON \""));
    takes(&csv(&mapped(), table.as_bytes()), 1);
}

#[test]
fn ragged_rows_are_refused_by_their_number() {
    for (row, cells) in [("26-1,Ana Example", "2 cells"), (&format!("{ROW},,"), "10 cells")] {
        let table = format!("{HEADINGS}\n{row}\n{ROW}\n");
        let entries = csv(&mapped(), table.as_bytes());
        assert_eq!(entries.len(), 2);
        refuses(&entries[..1], &["intake.csv, row 2", cells, "the heading row has 8"]);
        assert!(is_good(&entries[1]));
    }
}

#[test]
fn empty_rows_are_skipped_and_counted_and_rows_keep_their_numbers() {
    let empty = ",".repeat(7);
    for end in ["\n", "\r\n", "\r"] {
        let table = format!("{end}{HEADINGS}{end}{empty}{end}{end}{end}{ROW}{end}{end}");
        let sources = mapped();
        let entries = csv(&sources, table.as_bytes());
        takes(&entries, 1);
        assert_eq!(entries[0].place, "intake.csv, row 6", "{end:?}");
        assert_eq!(sources.empty_rows(), 4, "{end:?}");
    }
}

#[test]
fn a_cell_over_several_lines_is_one_cell_and_one_row() {
    let table = format!(
        "{HEADINGS}\r\n{ROW}\"one\r\ntwo \"\"three\"\"\"\r\n{}\r\n",
        ROW.replace("26-1", "26-2").replace("imaging", "nothing")
    );
    let entries = csv(&mapped(), table.as_bytes());
    assert_eq!(
        entries[0].loaded.record.statement.what_happened.as_deref(),
        Some("one\ntwo \"three\"")
    );
    assert_eq!(entries[1].place, "intake.csv, row 3");
}

#[test]
fn quotation_marks_that_are_not_doubled_are_refused() {
    let table = format!("{HEADINGS}\n{ROW}\"he said \"no\" to me\"\n{ROW}\n");
    let entries = csv(&mapped(), table.as_bytes());
    assert_eq!(entries.len(), 2);
    refuses(&entries[..1], &["are not doubled", "H2 Notes"]);
    // Inches are inches.
    let entries = csv(&mapped(), with("Notes", "a 5\" tube").as_bytes());
    assert_eq!(entries[0].loaded.record.statement.what_happened.as_deref(), Some("a 5\" tube"));
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_named_with_its_row() {
    let table = format!("{HEADINGS}\n{ROW}\n{ROW}\"open\n{ROW}\n{ROW}\n");
    let entries = csv(&mapped(), table.as_bytes());
    assert_eq!(entries.len(), 2);
    refuses(&entries[1..], &["intake.csv, row 3", "none closes it"]);
    let endless = format!("{HEADINGS}\n{ROW}\"{}", "x".repeat(20_000_000));
    refuses(&csv(&mapped(), endless.as_bytes()), &["intake.csv, row 2", "none closes it"]);
}

#[test]
fn formulas_and_errors_of_a_workbook_are_refused() {
    refuses(
        &xlsx(sheet("Notes", "<c t=\"str\"><f>A1&amp;B1</f><v>old</v></c>")),
        &["`statement.what_happened` is a formula", "H2 Notes: old", "paste it as values"],
    );
    refuses(
        &xlsx(sheet("Notes", "<c t=\"e\"><v>#REF!</v></c>")),
        &["error of the spreadsheet", "#REF!"],
    );
    // Of a column that the map does not name, nothing is asked.
    let headings: Vec<&str> = HEADINGS.split(',').chain(["Other"]).collect();
    let row: Vec<&str> = ROW.split(',').chain(["<c><f>1+1</f><v>2</v></c>"]).collect();
    takes(&xlsx(workbook(&(cells(1, &headings) + &cells(2, &row)))), 1);
}

#[test]
fn formulas_numbered_beyond_reason_are_refused_before_they_are_read() {
    let cell = "<c><f t=\"shared\" si=\"4000000000\"/><v>1</v></c>";
    refuses(&xlsx(sheet("Notes", cell)), &["beyond reason"]);
}

#[test]
fn cells_far_away_take_no_memory() {
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>x</t></is></c></row>";
    let rows = cells(1, &HEADINGS.split(',').collect::<Vec<_>>()) + far;
    let entries = xlsx(workbook(&rows));
    refuses(&entries, &["intake.xlsx, row 1048576", "16384 cells"]);
}

#[test]
fn a_workbook_that_unpacks_without_end_is_refused() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let zeros = vec![0; 1 << 20];
    for _ in 0..300 {
        zip.write_all(&zeros).unwrap();
    }
    refuses(&xlsx(zip.finish().unwrap().into_inner()), &["too large when unpacked"]);
}

#[test]
fn workbooks_of_other_kinds_are_refused_with_the_way_out() {
    refuses(&xlsx(b"\xd0\xcf\x11\xe0rest".to_vec()), &["password", "save it as .xlsx"]);
    refuses(&xlsx(b"not a workbook".to_vec()), &["cannot be unpacked"]);
    let text = MAP.replace("map = 1", "map = 1\nsheet = \"Other\"");
    refuses(
        &xlsx_by(&Sources::mapped(map(&text)), sheet("Notes", "")),
        &["no sheet of the name", "\"Intake\""],
    );
}

#[test]
fn characters_that_no_record_may_hold_are_named_in_their_cell() {
    let entries = csv(&mapped(), with("Notes", "a\u{0}b").as_bytes());
    refuses(&entries, &["U+0000", "H2 Notes: a␀b"]);
    let entries = csv(&mapped(), with("Name", "Ana \u{202e}Example").as_bytes());
    refuses(&entries, &["U+202E", "B2 Name"]);
}

#[test]
fn social_security_numbers_are_refused_and_never_shown() {
    for (heading, cell) in [
        ("Notes", "my number is 123-45-6789"),
        // Refused before the record is read, and still not shown.
        ("Member", "123-45-6789"),
        ("Denied On", "123-45-6789"),
        ("Outcome", "123-45-6789"),
    ] {
        let entries = csv(&mapped(), with(heading, cell).as_bytes());
        refuses(&entries, &["***-**-****"]);
        assert!(!said(&entries[0]).contains("123-45-6789"));
    }
}

#[test]
fn long_names_and_narratives_go_through() {
    let name = "N".repeat(240);
    let entries = csv(&mapped(), with("Name", &name).as_bytes());
    takes(&entries, 1);
    assert_eq!(entries[0].loaded.record.member.name.as_deref(), Some(name.as_str()));
    let notes = "It hurts. ".repeat(90_000);
    let entries = csv(&mapped(), with("Notes", &notes).as_bytes());
    takes(&entries, 1);
    assert_eq!(entries[0].loaded.record.statement.what_happened.as_deref(), Some(notes.trim()));
    let notes = "x".repeat(1_100_000);
    refuses(&csv(&mapped(), with("Notes", &notes).as_bytes()), &["at most 1048576"]);
}

#[test]
fn cells_that_say_nothing_are_left_out() {
    let entries = csv(&mapped(), with("Name", "n/a").as_bytes());
    takes(&entries, 1);
    assert_eq!(entries[0].loaded.record.member.name, None);
    let entries = csv(&mapped(), with("Regulator", "").as_bytes());
    assert_eq!(entries[0].loaded.record.coverage.regulator, "unknown");
}

#[test]
fn a_cell_nearly_translated_is_told_what_it_may_mean() {
    let entries = csv(&mapped(), with("Outcome", "HMO deneid").as_bytes());
    refuses(
        &entries,
        &[
            "unknown word for `denial.outcome`",
            "did you mean `HMO denied`, which the map translates?",
        ],
    );
    // Capitals are no difference.
    takes(&csv(&mapped(), with("Outcome", "hmo DENIED").as_bytes()), 1);
    takes(&csv(&mapped(), with("Outcome", "No decision").as_bytes()), 1);
}

#[test]
fn a_table_without_a_heading_row_is_refused() {
    refuses(&csv(&mapped(), b""), &["no heading row"]);
    refuses(&csv(&mapped(), b"\n\n,,\n"), &["no heading row", "heading_row = 3"]);
    let text = MAP.replace("map = 1", "map = 1\nheading_row = 3");
    let table = format!("Report of November\n\n{HEADINGS}\n{ROW}\n");
    takes(&csv(&Sources::mapped(map(&text)), table.as_bytes()), 1);
}
