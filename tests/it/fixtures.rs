//! The expected rulings themselves: they read, they speak the facts' words, and they leave out no rule.

use std::{collections::BTreeSet, fs, path::Path};

use appeal::facts::{DateName, Fact};
use toml::de::{DeTable, DeValue};

/// What every row, step, example and guard of the sheets is called, and every deadline with a date.
const COVERED: &[(&str, &str)] = &[
    ("jurisdiction.row.", "0 1 2 3 3a 4 5 6 7 8 9 9a 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24"),
    ("dmhc.row.", "0 1 2 3 4 5 5b 6 7 8 9 10 11 12 12a 12b 13 14 15 16 16a 17 18"),
    ("cdi.step.", "0 1 2 4 5"),
    (
        "dmhc.",
        "G1 G1f G2 G3 G4 G4f G5 G7 I1 I1r I2 I3 I6 I7 I8 I9 I10 C1 C2 U1 U2 U3 S1 S2 D1 D2 P1",
    ),
    (
        "CDI-",
        "APPEAL-180 APPEAL-DEC-PRE APPEAL-DEC-POST APPEAL-DEC-URG IMR-WAIT-30 IMR-WAIT-3 IMR-WAIVE \
         IMR-6M IMR-DEC-30 IMR-DEC-3 IMR-EXT-3 EXP-NOTICE-5BD EXP-DEC-7 UR-5BD UR-72H UR-RETRO-30 \
         RX-72 RX-24 RX-EXT CLAIM-30 FCSP-40 COMPLAINT-ACK COMPLAINT-LIMIT 2NDOP-72H",
    ),
    ("dmhc.example.", "1 3 5 7 9 11 13 15 17 19 21 23 25 P5"),
    ("cdi.example.", "1 3 5 7 9"),
    ("federal.example.", "11 13 15 17 19 21 23 25 P1 P3 P11"),
    ("guard.", "F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 F13 F15 F17 F18 F22 W5 W6"),
];

/// Calls `each` with the file's name and every table of expected rulings.
fn every_ruling(mut each: impl FnMut(&str, &DeTable<'_>)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rulings");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("can be listed").path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no expected rulings in {}", folder.display());
    for path in files {
        let text = fs::read_to_string(&path).expect("can be read");
        let name = path.file_name().expect("a file").to_string_lossy().into_owned();
        let file = DeTable::parse(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
        let rulings = file.get_ref().get("ruling").and_then(|r| r.get_ref().as_array());
        for ruling in rulings.unwrap_or_else(|| panic!("{name}: no `[[ruling]]`")).iter() {
            each(&name, ruling.get_ref().as_table().expect("a table"));
        }
    }
}

fn strings(value: &DeValue<'_>) -> Vec<String> {
    match value.as_array() {
        Some(list) => list.iter().flat_map(|v| strings(v.get_ref())).collect(),
        None => vec![value.as_str().expect("a text").to_owned()],
    }
}

#[test]
fn every_rule_of_the_sheets_has_an_expected_ruling() {
    let mut covered = BTreeSet::new();
    every_ruling(|_, ruling| covered.extend(strings(ruling["rules"].get_ref())));
    let missing: Vec<String> = COVERED
        .iter()
        .flat_map(|(prefix, ids)| ids.split_whitespace().map(move |id| format!("{prefix}{id}")))
        .filter(|id| !covered.contains(id))
        .collect();
    assert!(missing.is_empty(), "without an expected ruling: {missing:?}");
}

#[test]
fn no_two_expected_rulings_have_one_name() {
    let mut names = BTreeSet::new();
    every_ruling(|file, ruling| {
        let name = ruling["name"].get_ref().as_str().expect("a text").to_owned();
        assert!(names.insert(name.clone()), "{file}: {name}");
    });
}

#[test]
fn expected_rulings_speak_the_words_of_the_facts() {
    every_ruling(|file, ruling| {
        let at = format!("{file}: {}", ruling["name"].get_ref().as_str().unwrap_or_default());
        for (key, value) in ruling["facts"].get_ref().as_table().expect("a table") {
            let fact = Fact::find(key.get_ref()).unwrap_or_else(|| panic!("{at}: {key:?}"));
            let told = match value.get_ref().as_table() {
                Some(table) => strings(table["contradicted"].get_ref()),
                None => strings(value.get_ref()),
            };
            for word in told {
                assert!(fact.word(&word).is_some(), "{at}: {} = {word}", fact.name());
            }
        }
        for (key, _) in
            ruling.get("dates").and_then(|d| d.get_ref().as_table()).into_iter().flatten()
        {
            assert!(DateName::find(key.get_ref()).is_some(), "{at}: {key:?}");
        }
    });
}
