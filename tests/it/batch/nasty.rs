//! Input that means harm, or looks like it.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::Mutex;

use appeal::batch::manifest::Status;
use appeal::batch::{self, Folders, Made, Order, Shop};
use appeal::import;
use appeal::law::Law;
use appeal::layout::Fonts;
use appeal::letter::Templates;
use appeal::packet::Press;
use chrono::NaiveDate;

use super::{Clinic, cases, ends, files, named, said, told};

#[test]
fn an_id_that_leads_elsewhere_is_refused_and_nothing_is_written_there() {
    let clinic = Clinic::new();
    let ids =
        ["../escaped", "/tmp/escaped", "a/../../escaped", "..", ".", "a\\\\b", ".appeal", "~"];
    for (n, id) in ids.iter().enumerate() {
        clinic.record(&format!("{n}.toml"), &named(id));
    }
    clinic.record("good.toml", &named("good"));
    let output = clinic.run(&[]);
    ends(&output, 1);
    let told = told(&output);
    let named =
        (0..ids.len()).filter(|n| told.contains(&format!("/{n}.toml:5:11: error[record::")));
    assert_eq!(named.count(), ids.len(), "{told}");
    let mut names: Vec<String> = fs::read_dir(clinic.folder.path())
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["intake", "out"]);
    assert!(files(&clinic.out()).keys().all(|n| n.starts_with("good/") || n == "manifest.jsonl"));
}

#[test]
fn names_that_a_system_keeps_for_itself_are_refused() {
    let clinic = Clinic::new();
    let ids = ["CON", "nul", "Lpt1", "trailing.", "trailing..", "space ", "com0"];
    for (n, id) in ids.iter().enumerate() {
        clinic.record(&format!("{n}.toml"), &named(id));
    }
    let output = clinic.run(&[]);
    ends(&output, 1);
    let refused = clinic.cases().iter().filter(|c| c.status == Status::Failed).count();
    // White space around a text is no part of it.
    assert_eq!(refused, ids.len() - 1, "{}", told(&output));
    assert_eq!(clinic.case("space").status, Status::Complete);
}

#[test]
fn symbolic_links_in_the_output_are_not_followed() {
    let clinic = Clinic::new();
    clinic.record("a.toml", &named("case-1"));
    clinic.record("b.toml", &named("case-2"));
    clinic.record("c.toml", &named("case-3"));
    let elsewhere = clinic.folder.path().join("elsewhere");
    fs::create_dir_all(clinic.out().join("case-2")).unwrap();
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("precious"), "mine").unwrap();
    symlink(&elsewhere, clinic.out().join("case-1")).unwrap();
    symlink(elsewhere.join("precious"), clinic.out().join("case-2/case-2.grievance.md")).unwrap();
    let output = clinic.run(&[]);
    ends(&output, 1);
    assert_eq!(told(&output).matches("error[batch::output]").count(), 2, "{}", told(&output));
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 1);
    assert_eq!(fs::read_to_string(elsewhere.join("precious")).unwrap(), "mine");
    assert_eq!(clinic.case("case-3").status, Status::Complete);
    assert_eq!(clinic.case("case-1").outputs, []);
}

#[test]
fn links_in_place_of_the_programs_own_files_stop_the_run() {
    for name in
        [".appeal", "manifest.jsonl", ".appeal/lock", ".appeal/scratch", ".appeal/journal.jsonl"]
    {
        let clinic = Clinic::new();
        clinic.record("a.toml", &named("case-1"));
        let elsewhere = clinic.folder.path().join("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        fs::create_dir_all(clinic.out().join(name).parent().unwrap()).unwrap();
        symlink(&elsewhere, clinic.out().join(name)).unwrap();
        let output = clinic.run(&[]);
        ends(&output, 2);
        assert!(told(&output).contains("is a symbolic link"), "{name}: {}", told(&output));
        assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0, "{name}");
    }
}

#[test]
fn an_output_folder_that_is_a_file_is_the_outside_world() {
    let clinic = Clinic::new();
    clinic.record("a.toml", &named("case-1"));
    fs::write(clinic.out(), "a file").unwrap();
    let output = clinic.run(&[]);
    ends(&output, 2);
    assert!(told(&output).contains("a file, not a folder"), "{}", told(&output));
    assert_eq!(fs::read_to_string(clinic.out()).unwrap(), "a file");
}

#[test]
fn a_file_in_the_place_of_one_case_stops_that_case_only() {
    let clinic = Clinic::new();
    clinic.record("a.toml", &named("case-1"));
    clinic.record("b.toml", &named("case-2"));
    fs::create_dir(clinic.out()).unwrap();
    fs::write(clinic.out().join("case-1"), "in the way").unwrap();
    let output = clinic.run(&[]);
    ends(&output, 1);
    assert!(told(&output).contains("error[batch::output]"), "{}", told(&output));
    assert_eq!(fs::read_to_string(clinic.out().join("case-1")).unwrap(), "in the way");
    assert_eq!(clinic.case("case-2").status, Status::Complete);
}

#[test]
fn the_output_must_not_be_among_what_is_read() {
    let clinic = Clinic::new();
    clinic.record("a.toml", &named("case-1"));
    let intake = clinic.intake();
    for out in [intake.join("letters"), intake.clone(), intake.join("x/../letters")] {
        let output =
            super::appeal(&["batch", intake.to_str().unwrap(), "-o", out.to_str().unwrap()]);
        ends(&output, 2);
        assert!(told(&output).contains("would lie inside"), "{}", told(&output));
    }
    let output = super::appeal(&["batch", "no/such/folder", "-o", clinic.out().to_str().unwrap()]);
    ends(&output, 2);
    assert!(told(&output).contains("cannot read no/such/folder"), "{}", told(&output));
    assert!(!clinic.out().exists());
}

#[test]
fn what_a_file_is_called_does_not_reach_the_output() {
    let clinic = Clinic::new();
    let long = format!("{}.toml", "n".repeat(235));
    clinic.record("Ana Example HIV denial.toml", &named("case-1"));
    clinic.record(&long, &named("case-2"));
    clinic.record("con.toml", &named("case-3"));
    clinic.record("line\nend \u{1b}[31m.toml", &named("case-4"));
    let output = clinic.run(&[]);
    ends(&output, 0);
    let names: Vec<String> = files(&clinic.out()).into_keys().collect();
    assert!(names.iter().all(|n| !n.contains("HIV") && !n.contains("nnn")), "{names:?}");
    assert_eq!(clinic.cases().len(), 4);
    let told = format!("{}{}", said(&output), told(&output));
    assert!(!told.contains('\u{1b}'), "{told:?}");
}

#[test]
fn a_narrative_of_900_kilobytes_is_written_and_one_of_a_mebibyte_refused() {
    let clinic = Clinic::new();
    let words =
        "I called the plan again and was told that nobody could say when it would be decided.\n\n";
    let with = |id: &str, kilobytes: usize| {
        let narrative = words.repeat(kilobytes * 1000 / words.len());
        let text = named(id);
        let start = text.find("what_happened").unwrap();
        let end = text.find("harm ").unwrap();
        format!("{}what_happened = \"\"\"\n{narrative}\"\"\"\n{}", &text[..start], &text[end..])
    };
    clinic.record("a.toml", &with("case-1", 900));
    clinic.record("b.toml", &with("case-2", 1050));
    clinic.record("c.toml", &named("case-3"));
    let output = clinic.run(&["--format", "md"]);
    ends(&output, 1);
    assert_eq!(clinic.case("case-1").status, Status::Complete);
    assert_eq!(clinic.case("case-3").status, Status::Complete);
    assert!(told(&output).contains("b.toml: error[record::size]"), "{}", told(&output));
}

#[test]
fn bytes_that_are_no_text_and_files_that_cannot_be_read_stop_nothing_else() {
    let clinic = Clinic::new();
    fs::write(clinic.intake().join("a.toml"), [0; 5000]).unwrap();
    clinic.record("b.toml", &named("case-2").replace("Ana Example", "Ana\0Example"));
    fs::write(clinic.intake().join("c.toml"), [0xff, 0xfe, 0x41, 0]).unwrap();
    symlink("nowhere", clinic.intake().join("d.toml")).unwrap();
    fs::write(clinic.intake().join("e.toml"), "").unwrap();
    clinic.record("f.toml", &named("case-6"));
    let output = clinic.run(&[]);
    ends(&output, 1);
    let told = told(&output);
    for name in ["a.toml", "b.toml", "c.toml", "d.toml", "e.toml"] {
        assert!(told.contains(&format!("/{name}")), "{name} is not named:\n{told}");
    }
    assert!(told.contains("error[import::unreadable]"), "{told}");
    assert_eq!(clinic.cases().len(), 6);
    assert_eq!(clinic.case("case-6").status, Status::Complete);
}

#[test]
fn every_script_is_written_or_named_without_the_words_around_it() {
    let clinic = Clinic::new();
    let names = [
        "Ольга",
        "Ελένη",
        "Անահիտ",
        "שרה",
        "ليلى",
        "प्रिया",
        "ਗੁਰਪ੍ਰੀਤ",
        "สมชาย",
        "ບຸນມີ",
        "សុខា",
        "Thị Hương",
        "Łucja",
    ];
    for (n, name) in names.iter().enumerate() {
        clinic.record(&format!("{n}.toml"), &named(&format!("case-{n}")).replace("Ana", name));
    }
    let outside =
        [("cjk", "王小明", "U+738B"), ("ethiopic", "ሰላም", "U+1230"), ("cuneiform", "𒀀", "U+12000")];
    for (id, name, _) in outside {
        clinic.record(
            &format!("{id}.toml"),
            &named(id).replace("Ana Example", &format!("Secret {name}")),
        );
    }
    let output = clinic.run(&[]);
    ends(&output, 1);
    let told = told(&output);
    for (id, _, code) in outside {
        let place = format!("{id}.toml:8:22: error[batch::font]: no font has {code}: ");
        assert!(told.contains(&place), "{place}\n{told}");
        // The dates are not lost over a font.
        assert!(clinic.out().join(id).join("ruling.txt").is_file());
    }
    assert!(!told.contains("Secret"), "{told}");
    let complete = clinic.cases().iter().filter(|c| c.status == Status::Complete).count();
    assert_eq!(complete, names.len());
}

#[test]
fn a_fault_in_the_program_stops_one_record_only() {
    let clinic = Clinic::new();
    for n in 0..5 {
        clinic.record(&format!("{n}.toml"), &named(&format!("case-{n}")));
    }
    run_with(&clinic.intake(), &clinic.out(), &|id| assert!(id != "case-3", "planted"));
    let cases = cases(&clinic.out());
    assert_eq!(cases.len(), 5);
    for case in cases {
        let planted = case.id == "case-3";
        assert_eq!(
            case.status,
            if planted { Status::Failed } else { Status::Complete },
            "{case:?}"
        );
        assert_eq!(case.faults.iter().any(|f| f.code == "batch::panic"), planted);
    }
}

#[test]
fn records_that_change_under_the_run_are_noticed() {
    let clinic = Clinic::new();
    for n in 0..3 {
        clinic.record(&format!("{n}.toml"), &named(&format!("case-{n}")));
    }
    let late = clinic.intake().join("2.toml");
    // Between the first pass and the second, the last record becomes another's.
    let passes = Mutex::new(0);
    let open = || -> Box<dyn Iterator<Item = import::Entry> + Send> {
        let mut passes = passes.lock().unwrap();
        *passes += 1;
        if *passes == 2 {
            fs::write(&late, named("case-0")).unwrap();
        }
        import::entries(&clinic.intake())
    };
    run_from(&open, &clinic.out(), &|_| {});
    let changed: Vec<_> = cases(&clinic.out())
        .into_iter()
        .filter(|c| c.faults.iter().any(|f| f.code == "batch::moved"))
        .collect();
    assert_eq!(changed.len(), 1);
    assert!(changed[0].place.ends_with("2.toml"));
}

fn run_with(intake: &Path, out: &Path, first: &(dyn Fn(&str) + Sync)) {
    run_from(&|| import::entries(intake), out, first);
}

/// A run through the library, with something done before each record is looked at.
fn run_from(
    open: &(dyn Fn() -> Box<dyn Iterator<Item = import::Entry> + Send> + Sync),
    out: &Path,
    first: &(dyn Fn(&str) + Sync),
) {
    let law = Law::builtin().unwrap();
    let (templates, fonts) = (Templates::builtin().unwrap(), Fonts::builtin());
    let press = Press { templates: &templates, fonts: &fonts, pdf: None, draft: false };
    let made = Made { pdf: false, ..Made::of(Folders::default()).unwrap() };
    let as_of = NaiveDate::from_ymd_opt(2026, 11, 21);
    let order = Order {
        shop: Shop { law: &law, press, made: &made },
        open,
        day: &|loaded| {
            first(&loaded.record.case_id);
            as_of.unwrap()
        },
        as_of,
        out,
        jobs: 2,
        shard: None,
        keep: false,
        force: true,
    };
    batch::run(&order, &mut |_| {}).unwrap();
}
