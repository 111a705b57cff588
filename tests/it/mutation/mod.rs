//! Mutation of the law: one number of one pack is changed, and an expected ruling or a case must notice.
//!
//! A number that can be changed without a test failing is a number that nobody checked. `mutants`, `order`
//! and `beside` say what is changed; `judge` rules again; `survivors` holds the reasons of those that
//! nothing can find out.

mod beside;
mod judge;
mod mutants;
mod order;
mod report;
mod survivors;

use std::time::Instant;

use appeal::law::Law;

use judge::{Judge, Killer};
use mutants::{Mutant, mutants};

/// Killed of a thousand, at the least.
const HELD: usize = 980;

fn law() -> Law {
    Law::builtin().unwrap_or_else(|e| panic!("{e}"))
}

fn all(law: &Law) -> Vec<Mutant> {
    law.packs().flat_map(|pack| mutants(pack, law.calendars())).collect()
}

#[test]
#[ignore = "minutes, and only when optimised"]
fn mutation_every_number_of_the_law_is_held() {
    let law = law();
    let judge = Judge::new(&law);
    let mutants = all(&law);
    let start = Instant::now();
    let found = judge.tries_all(&mutants);
    let table = report::table(&mutants, &found);
    let (trials, seconds) = (judge.trials(), start.elapsed().as_secs());
    #[expect(clippy::print_stdout, reason = "the table is what the test is run for")]
    {
        println!("{table}\n{trials} sets of facts, {seconds} seconds");
    }
    let differences = survivors::differences(&mutants, &found);
    assert!(differences.is_empty(), "{table}\n{differences}");
    let total = report::total(&mutants, &found);
    assert!(total.per_mille() >= HELD, "too many survive:\n{table}");
}
