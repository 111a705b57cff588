//! Any bytes as a record.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

#[allow(dead_code)]
#[path = "../../tests/it/support/bodies.rs"]
mod bodies;

static HOUSE: LazyLock<bodies::House> = LazyLock::new(bodies::House::new);

fuzz_target!(|bytes: &[u8]| bodies::any_bytes(&HOUSE, bytes));
