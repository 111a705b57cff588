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

/// The mutant of a name.
fn named(law: &Law, name: &str) -> Mutant {
    let mutant = all(law).into_iter().find(|m| m.name() == name);
    mutant.unwrap_or_else(|| panic!("no mutant {name}"))
}

#[test]
fn one_day_more_for_a_grievance_is_noticed() {
    let mut law = law();
    let name = "us-ca-dmhc deadline grievance.file: period 180 days -> 181 days";
    let mutant = named(&law, name);
    let found = Judge::new(&law).tries(&mut law, &mutant);
    assert!(matches!(found, Some(Killer::Typed(_))), "{found:?}");
}

#[test]
fn the_law_as_it_stands_is_not_found_out() {
    let mut law = law();
    let judge = Judge::new(&law);
    // The law is as it was after each try.
    let mutant = named(&law, "us-fehb deadline opm.file: period 90 days -> 91 days");
    assert!(judge.tries(&mut law, &mutant).is_some());
    let router = law.router().expect("a router").pack.id.clone();
    assert_eq!(judge.finds(&law, &router, None), None);
}

#[test]
fn three_days_and_72_hours_cannot_be_told_apart_where_only_the_day_counts() {
    let mut law = law();
    let name = "us-ca-dmhc event grievance-day-3: period 3 days -> 72 hours";
    let mutant = named(&law, name);
    assert_eq!(Judge::new(&law).tries(&mut law, &mutant), None);
    assert_eq!(survivors::listed().get(name), Some(&survivors::Why::Equivalent));
}

/// One mutant in 120; the whole is `mutation_every_number_of_the_law_is_held`.
#[test]
fn a_thin_sample_of_the_numbers_of_the_law_is_held() {
    let law = law();
    let judge = Judge::new(&law);
    let sample: Vec<Mutant> = all(&law).into_iter().step_by(120).collect();
    assert!(sample.len() > 20, "only {} mutants", sample.len());
    let listed = survivors::listed();
    let found = judge.tries_all(&sample);
    let survived = sample.iter().zip(&found).filter(|(_, f)| f.is_none()).map(|(m, _)| m.name());
    let unexplained: Vec<String> = survived.filter(|name| !listed.contains_key(name)).collect();
    assert!(unexplained.is_empty(), "nothing notices: {unexplained:#?}");
}

#[test]
fn no_two_mutants_have_one_name() {
    let names: Vec<String> = all(&law()).iter().map(Mutant::name).collect();
    let unlike: std::collections::BTreeSet<&String> = names.iter().collect();
    assert_eq!(names.len(), unlike.len());
}
