//! Any text as a template.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

#[allow(dead_code)]
#[path = "../../tests/it/support/bodies.rs"]
mod bodies;

static HOUSE: LazyLock<bodies::House> = LazyLock::new(bodies::House::new);
const RECORD: &str = include_str!("../../fixtures/cases/second-opinion-not-asked/record.toml");

fuzz_target!(|text: &str| {
    let folder = tempfile::tempdir().expect("a folder");
    bodies::any_template(&HOUSE, text, folder.path(), RECORD);
});
