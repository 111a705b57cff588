//! Any text in any free place of the record with every key; the first byte picks the place.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

#[allow(dead_code)]
#[path = "../../tests/it/support/bodies.rs"]
mod bodies;

static HOUSE: LazyLock<bodies::House> = LazyLock::new(bodies::House::new);
const RECORD: &str = include_str!("../../fixtures/full.toml");

fuzz_target!(|given: (u8, &str)| {
    let places = bodies::free_places(RECORD);
    let (path, key) = &places[usize::from(given.0) % places.len()];
    bodies::comes_out_as_typed(&HOUSE, RECORD, path, key, given.1);
});
