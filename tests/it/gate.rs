//! The printing gate, cell by cell, and the printed form of authorities worked out by hand.

use appeal::law::{Cell, Family, Law, Mark, Part, Surface, gate};

use Cell::{Argument, Cautioned, Full, Nothing, Section, SectionAndNumber};

/// The table "What may be printed" of `law/README.md`: a mark, then for each column what a letter and
/// what a report may show. Columns: Health and Safety Code 1340-1399 and title 28; other law of
/// California; federal; other states.
#[rustfmt::skip]
const TABLE: &[(Mark, [(Cell, Cell); 4])] = &[
    (Mark::Text, [(Full, Full); 4]),
    (Mark::Part, [(Full, Full); 4]),
    (Mark::Restated, [(Full, Full); 4]),
    (Mark::Corroborated, [(Full, Cautioned("corroborated; not read at source")); 4]),
    (Mark::Secondary, [
        (SectionAndNumber, Cautioned("secondary")),
        (SectionAndNumber, Cautioned("secondary")),
        (SectionAndNumber, Cautioned("secondary")),
        (Nothing, Cautioned("about")),
    ]),
    (Mark::OldText, [(Nothing, Cautioned("about")); 4]),
    (Mark::OldTextRechecked, [(Full, Full); 4]),
    (Mark::Memory, [
        (Section, Cautioned("unverified")),
        (Nothing, Cautioned("unverified")),
        (Nothing, Cautioned("unverified")),
        (Nothing, Cautioned("unverified")),
    ]),
    (Mark::Practice, [(Nothing, Cautioned("practice")); 4]),
    (Mark::Judgement, [(Argument, Cautioned("ask a human")); 4]),
    (Mark::Doubt, [(Nothing, Cautioned("ask a human")); 4]),
    (Mark::Denied, [(Nothing, Nothing); 4]),
];

const COLUMNS: [Family; 4] =
    [Family::KnoxKeene, Family::California, Family::Federal, Family::OtherState];

#[test]
fn the_gate_lets_through_what_its_table_says() {
    for (mark, cells) in TABLE {
        for (family, (letter, report)) in COLUMNS.into_iter().zip(cells) {
            assert_eq!(gate(*mark, family, Surface::Letter), *letter, "{mark:?} {family:?} letter");
            assert_eq!(gate(*mark, family, Surface::Report), *report, "{mark:?} {family:?} report");
        }
    }
}

#[test]
fn a_cell_opens_for_the_parts_it_names() {
    for (cell, section, pinpoint, number) in [
        (Full, true, true, true),
        (SectionAndNumber, true, false, true),
        (Section, true, false, false),
        (Cautioned("about"), false, false, false),
        (Argument, false, false, false),
        (Nothing, false, false, false),
    ] {
        assert_eq!(cell.allows(Part::Section), section, "{cell:?}");
        assert_eq!(cell.allows(Part::Pinpoint), pinpoint, "{cell:?}");
        assert_eq!(cell.allows(Part::Number), number, "{cell:?}");
    }
}

#[test]
fn no_letter_prints_what_a_report_must_caution_about_unless_accounts_agree() {
    for (mark, cells) in TABLE {
        let prints = cells.iter().any(|(letter, _)| letter.allows(Part::Pinpoint));
        let sure = cells.iter().all(|(_, report)| *report == Full);
        assert!(!prints || sure || *mark == Mark::Corroborated, "{mark:?}");
    }
}

#[test]
fn of_several_marks_the_best_counts() {
    use Mark::{Corroborated, Memory, Restated, Secondary, Text};
    for (marks, counts) in [
        (&[Text][..], Text),
        (&[Restated, Corroborated], Restated),
        (&[Mark::OldText, Mark::OldTextRechecked], Mark::OldTextRechecked),
        (&[Corroborated, Restated], Restated),
        (&[Memory, Secondary], Secondary),
        (&[Memory, Secondary, Corroborated, Text], Text),
    ] {
        assert_eq!(Mark::counting(marks), counts, "{marks:?}");
    }
}

#[test]
fn doubt_and_the_deny_list_win_over_every_other_mark() {
    for (mark, _) in TABLE {
        assert_eq!(Mark::counting(&[*mark, Mark::Denied]), Mark::Denied, "{mark:?}");
        assert_eq!(Mark::counting(&[Mark::Denied, *mark]), Mark::Denied, "{mark:?}");
        let doubted = if *mark == Mark::Denied { Mark::Denied } else { Mark::Doubt };
        assert_eq!(Mark::counting(&[*mark, Mark::Doubt]), doubted, "{mark:?}");
        assert_eq!(Mark::counting(&[Mark::Doubt, *mark]), doubted, "{mark:?}");
    }
    assert_eq!(Mark::counting(&[]), Mark::Doubt);
}

#[test]
fn letters_print_each_authority_in_the_form_the_sheets_allow() {
    let law = Law::builtin().unwrap_or_else(|e| panic!("{e}"));
    for (id, printed) in [
        // Read at source: with the subdivision.
        ("hsc-1342.7-b-1", Some("Health and Safety Code section 1342.7(b)(1)")),
        // Quoted by a reader of the official source.
        ("hsc-1367.01-e", Some("Health and Safety Code section 1367.01(e)")),
        // Corroborated: with the subdivision.
        ("hsc-1383.15-f", Some("Health and Safety Code section 1383.15(f)")),
        ("hsc-1368-a-4-A", Some("Health and Safety Code section 1368(a)(4)(A)")),
        (
            "28ccr-1300.68-b-9",
            Some("California Code of Regulations, title 28, section 1300.68(b)(9)"),
        ),
        // Secondary: section only.
        ("hsc-1363.5", Some("Health and Safety Code section 1363.5")),
        ("ins-10123.135-h", Some("Insurance Code section 10123.135")),
        ("wic-14197.3-b", Some("Welfare and Institutions Code section 14197.3")),
        ("42cfr-438.210-d-1", Some("42 CFR section 438.210")),
        // The section read, the subdivision from memory.
        ("hsc-1370.4-c", Some("Health and Safety Code section 1370.4")),
        ("hsc-1368-b-5", Some("Health and Safety Code section 1368")),
        ("ins-10169-n", Some("Insurance Code section 10169")),
        // From memory, outside the Knox-Keene Act: nothing.
        ("ins-790.03-h", None),
        ("gov-22848", None),
        ("42cfr-422.564-d", None),
        // Another state's law: with the subdivision where the text was read, and else nothing.
        ("ors-743B.255-1", Some("ORS 743B.255(1)")),
        ("va-14vac5-216-30-A", Some("14VAC5-216-30(A)")),
        ("md-15-10A-03-a-1", Some("Maryland Insurance Article section 15-10A-03(a)(1)")),
        ("crs-10-16-113.5-7", None),
        ("rcw-48.43.515-6", None),
        ("26cfr-54.9815-2719", None),
        // Practice is no law.
        ("dmhc-pages", None),
        ("no-such-authority", None),
    ] {
        assert_eq!(law.registry().letter(id).as_deref(), printed, "{id}");
    }
}

#[test]
fn an_authority_that_another_carries_into_play_names_it() {
    let law = Law::builtin().unwrap_or_else(|e| panic!("{e}"));
    let carried: Vec<_> =
        law.registry().iter().filter(|(_, a)| a.through.is_some()).map(|(id, _)| id).collect();
    assert!(!carried.is_empty());
    for id in carried {
        let printed = law.registry().letter(id).unwrap_or_else(|| panic!("{id} prints nothing"));
        assert_eq!(printed.matches(", applied by ").count(), 1, "{id}: {printed}");
    }
}

#[test]
fn explain_says_how_well_each_authority_is_confirmed() {
    let law = Law::builtin().unwrap_or_else(|e| panic!("{e}"));
    for (id, words) in [
        ("hsc-1342.7-b-1", "text read at source"),
        ("hsc-1383.15-f", "corroborated; not read at source"),
        ("hsc-1363.5", "secondary source; not confirmed at source"),
        ("hsc-1370.4-c", "text read at source; subdivision: unverified; not confirmed at source"),
        ("ins-790.03-h", "unverified; not confirmed at source"),
        ("dmhc-pages", "agency practice, not law"),
    ] {
        assert_eq!(law.registry().confidence(id).as_deref(), Some(words), "{id}");
    }
}

/// Codes of other states, which have the strictest column.
#[rustfmt::skip]
const OTHER_STATES: &[&str] = &[
    "crs", "3ccr", "md-ins", "md-reported", "comar", "va-code", "14vac", "va-page", "ors", "oar", "rcw", "wac",
];

#[test]
fn sections_of_every_code_stand_in_the_right_column() {
    let law = Law::builtin().unwrap_or_else(|e| panic!("{e}"));
    for (id, authority) in law.registry().iter() {
        let number = authority.section.split('.').next().and_then(|s| s.parse::<u32>().ok());
        let wanted = match (authority.code.as_str(), number) {
            ("hsc", Some(1340..=1399)) | ("28ccr", _) => Family::KnoxKeene,
            (code, _) if code.ends_with("cfr") => Family::Federal,
            (code, _) if OTHER_STATES.contains(&code) => Family::OtherState,
            _ => Family::California,
        };
        assert_eq!(law.registry().family(authority), wanted, "{id}");
    }
}
