//! Letters from hand-built records and rulings: what each must hold, and what none may.

use appeal::letter::{Input, Letter, Templates, write};
use appeal::record::Record;
use appeal::ruling::Ruling;

mod fixtures;

use fixtures::{full, grievance};

fn letter(record: &Record, ruling: &Ruling) -> Letter {
    letter_at(record, ruling, &ruling.stage)
}

#[track_caller]
fn letter_at(record: &Record, ruling: &Ruling, stage: &str) -> Letter {
    let services: Vec<usize> = (0..record.services.len()).collect();
    let input = Input { record, services: &services, ruling, stage, final_: true };
    let templates = Templates::builtin().unwrap();
    write(&input, &templates).unwrap_or_else(|e| panic!("{e}\n{e:#?}"))
}

#[test]
fn first() {
    let l = letter(&full(), &grievance());
    std::fs::write("/tmp/l.md", l.markdown.as_str()).unwrap();
    assert_eq!(l.blanks, []);
}
