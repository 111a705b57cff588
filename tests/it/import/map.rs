//! The map of columns: what it can say, and what is wrong with faulty ones.

use super::*;

/// What is said of a faulty map.
#[track_caller]
fn faults(text: &str) -> String {
    let error = Map::read(text.as_bytes(), "map.toml").expect_err("the map has no fault");
    diag::render(&error.faults, &error.source_text, false)
}

#[test]
fn every_fault_of_a_map_is_told_at_once_with_its_place() {
    let text = MAP
        .replace("case_id = \"ID\"", "case_id = \"ID\"\ncasse = \"X\"")
        .replace("name = \"Name\"", "nmae = \"Name\"")
        .replace("width = 9", "widht = 9")
        .replace("\"dmhc\"", "\"dhmc\"")
        .replace("MM/DD/YYYY", "mm/dd/yyyy");
    let told = faults(&text);
    for words in [
        "map.toml:3:8",
        "no way to write a date",
        "unknown key `casse`",
        "unknown key `nmae` in [member]",
        "did you mean `name`?",
        "unknown key `widht` in the rule for `member.member_id`",
        "did you mean `width`?",
        "unknown word for `coverage.regulator`",
        "did you mean `dmhc`?",
        "found 5 errors",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
}

#[test]
fn a_map_that_lacks_what_every_record_needs_is_refused_before_any_row() {
    let told = faults("map = 1\ncase_id = \"ID\"\n");
    for key in [
        "coverage.program",
        "coverage.funding",
        "coverage.regulator",
        "service.kind",
        "denial.outcome",
    ] {
        assert!(told.contains(&format!("no column for `{key}`")), "{key}\n{told}");
    }
    assert!(told.contains("funding = { value = \"unknown\" }"), "{told}");
    let told = faults(&format!("{MAP}\n[[event]]\ndate = \"D\"\n"));
    assert!(told.contains("no column for `event.kind`"), "{told}");
}

#[test]
fn faulty_rules_are_refused() {
    for (line, words) in [
        ("gender = true", "write { value = true }"),
        ("gender = { }", "one of column, columns and value"),
        ("gender = { column = \"A\", value = \"x\" }", "one of column, columns and value"),
        ("gender = { column = \"A\", split = \";\" }", "is no list"),
        ("gender = { column = \"A\", date = \"MM/DD/YYYY\" }", "is no date"),
        ("gender = { columns = [] }", "a list of headings"),
        ("gender = { column = \"A\", width = 0 }", "out of range"),
        ("gender = { column = \"A\", values = { \"x\" = 1 } }", "translated into a text"),
        (
            "gender = { column = \"A\", values = { \"x\" = \"a\", \"X \" = \"b\" } }",
            "translated twice",
        ),
        ("address = { value = \"one line\" }", "is a list"),
        ("birth_date = { value = \"1984-03-09\" }", "cannot be this"),
        ("birth_date = { column = \"A\", date = \"MM/DD/YY\" }", "needs a year of four digits"),
        ("gender = { column = \"\" }", "must be a text"),
    ] {
        let told = faults(&MAP.replace("name = \"Name\"", line));
        assert!(told.contains(words), "{line}\n{told}");
        assert!(told.contains("found 1 error "), "{line}\n{told}");
    }
    for (text, words) in [
        ("", "does not say that it is a map"),
        ("map = 2", "no such form of a map"),
        ("map = 1\nseparator = \"x\"", "one sign between cells"),
        ("map = 1\nencoding = \"utf-7\"", "no such encoding"),
        ("map = 1\nschema = 1", "written by itself"),
        ("map = 1\n[service]\nkind = \"A\"", "[[service]]"),
        ("map = ", "not TOML"),
    ] {
        assert!(faults(text).contains(words), "{text}\n{}", faults(text));
    }
}

#[test]
fn lists_parts_and_numbered_columns_are_put_together() {
    let text = MAP.replace(
        "name = \"Name\"",
        "name = { columns = [\"First\", \"Last\"] }\naddress = { columns = [\"Street\", [\"City\", \"Zip\"]] }",
    ) + "[condition]\nicd10 = { column = \"Codes\", split = \";\" }\n\
         [[event]]\nrepeat = 2\nkind = \"E{n}\"\ndate = { column = \"E{n} at\", date = \"YYYY-MM-DD HH:mm\" }\n";
    let table = "ID,First,Last,Street,City,Zip,Member,Regulator,Service,Denied On,Outcome,Notes,Codes,E1,E1 at,E2,E2 at\n\
                 26-1,Ana,Example,12 Example Street,Exampleville,90000,000123456,,imaging,10/20/2026,denied,,\
                 M23.2; ;M54.5,grievance-filed,2026-10-28 16:05,,\n";
    let entries = csv(&Sources::mapped(map(&text)), table.as_bytes());
    takes(&entries, 1);
    let record = &entries[0].loaded.record;
    assert_eq!(record.member.name.as_deref(), Some("Ana Example"));
    assert_eq!(record.member.address, ["12 Example Street", "Exampleville 90000"]);
    assert_eq!(record.condition.icd10, ["M23.2", "M54.5"]);
    assert_eq!(record.events.len(), 1);
    assert_eq!(record.events[0].date.to_string(), "2026-10-28 16:05");
}

#[test]
fn the_ready_map_reads_its_sample_in_both_forms() {
    let path = fixture("legalserver.toml");
    let text = std::fs::read(&path).unwrap();
    let map = Map::read(&text, "legalserver.toml").unwrap().of_file(&path);
    let sources = Sources::mapped(map);
    let read = |name| -> Vec<Entry> { sources.entries(&fixture(name)).collect() };
    let (by_csv, by_xlsx) = (read("legalserver.csv"), read("legalserver.xlsx"));
    takes(&by_csv, 3);
    takes(&by_xlsx, 3);
    for (one, other) in by_csv.iter().zip(&by_xlsx) {
        assert_eq!(one.loaded.record, other.loaded.record);
        assert_eq!(one.loaded.toml(), other.loaded.toml());
    }
    assert_eq!(by_csv[1].loaded.record.services.len(), 2);
    assert_eq!(by_csv[1].loaded.record.events.len(), 2);
    assert_eq!(by_csv[2].loaded.record.coverage.regulator, "unknown");
}

#[test]
fn a_proposed_map_is_a_map_and_names_what_it_found_and_what_it_did_not() {
    for name in ["legalserver.csv", "legalserver.xlsx"] {
        let input = Box::new(std::fs::File::open(fixture(name)).unwrap());
        let proposed = appeal::import::suggest("table", input, &Sources::default()).unwrap();
        for words in [
            "case_id = \"Matter/Case ID#\"",
            "birth_date = \"Date of Birth\"",
            "notice_date = \"Denial Notice Date\"",
            "repeat = 2",
            "kind = { column = \"Event {n}\", values = {} }",
            "regulator = { value = \"unknown\" }",
            "# AX: Case Status",
        ] {
            assert!(proposed.contains(words), "{words}\n{proposed}");
        }
        assert!(!proposed.contains("plan = \"Last Name\""), "{proposed}");
        map(&proposed);
    }
}

#[test]
fn a_proposal_from_hostile_headings_is_still_a_map() {
    let table =
        "ID,\"Denial \"\"x\"\"\nDate\",\u{1b}[31m,= 1 + 1,[member],# x,\\,Name {n},Event 1 {n}\n";
    let input = Box::new(Cursor::new(table.as_bytes().to_vec()));
    let proposed = appeal::import::suggest("a\nmap = 2", input, &Sources::default()).unwrap();
    assert!(!proposed.contains('\u{1b}'));
    let read = Map::read(proposed.as_bytes(), "map.toml");
    // Only what has no column may be missing.
    let faults = read.err().map(|e| e.faults).unwrap_or_default();
    assert!(faults.iter().all(|f| f.message.contains("no column for")), "{faults:#?}\n{proposed}");
}
