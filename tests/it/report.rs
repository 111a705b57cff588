//! The pattern report: its counts are right, and no small group can be had from them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use appeal::report::{self, Case, Duty, LEAST, Report, Row, Table};
use appeal::samples::shipped;
use chrono::NaiveDate;
use proptest::prelude::*;

use crate::support::appeal;

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

/// Cases of one forum, stage and plan: `n` of them.
fn some(n: usize, forum: &str, stage: &str, plan: &str) -> Vec<Case> {
    let case = |k| Case {
        id: format!("{forum}-{stage}-{plan}-{k}"),
        forum: forum.to_owned(),
        stage: stage.to_owned(),
        plan: Some(plan.to_owned()),
        ..Case::default()
    };
    (0..n).map(case).collect()
}

fn table<'r>(report: &'r Report, id: &str) -> &'r Table {
    report.tables.iter().find(|t| t.id == id).unwrap_or_else(|| panic!("no table {id}"))
}

/// The rows of a table in short: `dmhc 40`, `  dmhc-imr 40`, `fewer than 11 (2 groups) 17`.
fn rows(report: &Report, id: &str) -> Vec<String> {
    let short = |r: &Row| {
        let indent = if r.within.is_some() { "  " } else { "" };
        format!("{indent}{} {}", r.name(), r.number())
    };
    table(report, id).rows.iter().map(short).collect()
}

#[test]
fn a_small_group_takes_the_next_smallest_with_it() {
    let mut cases = some(40, "a", "a1", "P");
    cases.extend(some(15, "b", "b1", "P"));
    cases.extend(some(3, "c", "c1", "Q"));
    let report = report::report(cases, day());
    assert_eq!(report.cases, Some(58));
    // Without b, 58 - 40 - 15 would say that c has 3.
    assert_eq!(rows(&report, "forum"), ["a 40", "  a1 40", "fewer than 11 (2 groups) 18"]);
    assert_eq!(rows(&report, "plan"), ["fewer than 11 (2 groups) 58"]);
}

#[test]
fn a_stage_does_not_give_away_another_of_the_same_forum() {
    let mut cases = some(40, "a", "a1", "P");
    cases.extend(some(5, "a", "a2", "P"));
    cases.extend(some(30, "b", "b1", "P"));
    let report = report::report(cases, day());
    let want = ["a 45", "  fewer than 11 (2 groups) 45", "b 30", "  b1 30"];
    assert_eq!(rows(&report, "forum"), want);
}

#[test]
fn groups_that_must_all_be_alike_are_not_counted() {
    let ones = |n: usize, each: usize| {
        let cases = (0..n).flat_map(|k| some(each, &format!("f{k}"), "s", "P"));
        report::report(cases, day())
    };
    assert_eq!(rows(&ones(11, 1), "forum"), ["fewer than 11 –"]);
    assert_eq!(rows(&ones(3, 10), "forum"), ["fewer than 11 –"]);
    assert_eq!(rows(&ones(3, 9), "forum"), ["fewer than 11 (3 groups) 27"]);
}

#[test]
fn few_cases_are_not_counted_at_all() {
    let report = report::report(some(10, "a", "s", "P"), day());
    assert_eq!((report.cases, report.tables.len()), (None, 0));
    let shown = format!("{}{}", report::markdown(&report, true), report::csv(&report));
    assert!(!shown.contains("10") && !shown.contains("| P"), "{shown}");
    assert_eq!(report::report(some(11, "a", "s", "P"), day()).cases, Some(11));
}

#[test]
fn a_case_counts_once_and_two_spellings_are_one_plan() {
    let mut cases = some(12, "a", "s", "Example Health Plan, Inc.");
    cases.extend(cases.clone());
    let mut others = some(12, "a", "t", "EXAMPLE HEALTH PLAN INC");
    others.iter_mut().for_each(|c| c.grounds = vec!["network".to_owned(); 2]);
    cases.extend(others);
    let report = report::report(cases, day());
    assert_eq!(report.cases, Some(24));
    assert_eq!(rows(&report, "plan"), ["EXAMPLE HEALTH PLAN INC 24"]);
    assert_eq!(rows(&report, "ground"), ["network 12"]);
}

#[test]
fn what_a_record_says_is_neither_markup_nor_a_formula() {
    let plan = "=HYPERLINK(\"x\")|<b>*Plan*</b> & Co.\u{1}";
    let report = report::report(some(20, "a", "s", plan), day());
    let markdown = report::markdown(&report, false);
    assert!(
        markdown.contains("=HYPERLINK(\"x\")\\|&lt;b>\\*Plan\\*&lt;/b> &amp; Co. |"),
        "{markdown}"
    );
    let csv = report::csv(&report);
    assert!(csv.contains("plan,\"'=HYPERLINK(\"\"x\"\")"), "{csv}");
    let chart = report::chart(table(&report, "plan"));
    assert!(chart.contains("&lt;b&gt;*Plan*&lt;/b&gt; &amp; Co.: 20"), "{chart}");
    assert!(!chart.contains("<b>") && !chart.contains('\u{1}'), "{chart}");
}

#[test]
fn a_chart_says_in_words_what_it_shows() {
    let mut cases = some(40, "a", "a1", "P");
    cases.extend(some(20, "b", "b1", "P"));
    let chart = report::chart(table(&report::report(cases, day()), "forum"));
    assert!(chart.contains("role=\"img\" aria-labelledby=\"forum-title forum-desc\""));
    assert!(chart.contains("<title id=\"forum-title\">Who decides, and at which stage</title>"));
    assert!(chart.contains("<desc id=\"forum-desc\">a: 40; a, a1: 40; b: 20; b, b1: 20</desc>"));
}

/// A case from a few small numbers, small ones far more often, so that groups differ in size.
fn case() -> impl Strategy<Value = Case> {
    let skewed = |n: usize| (0..n * n).prop_map(|x| x.isqrt());
    let few = prop::collection::vec(skewed(5), 0..3);
    (skewed(6), skewed(4), skewed(7), few.clone(), few, 0..3_usize).prop_map(
        |(forum, stage, plan, grounds, missed, met)| Case {
            id: String::new(),
            track: "t".to_owned(),
            forum: format!("f{forum}"),
            stage: format!("f{forum}s{stage}"),
            plan: Some(format!("p{plan}")),
            grounds: grounds.iter().map(|g| format!("g{g}")).collect(),
            missed: missed
                .iter()
                .map(|m| Duty { rule: format!("m{m}"), says: String::new() })
                .collect(),
            met,
            ..Case::default()
        },
    )
}

fn tally(words: impl IntoIterator<Item = String>) -> BTreeMap<String, usize> {
    let mut tally = BTreeMap::new();
    words.into_iter().for_each(|w| *tally.entry(w).or_default() += 1);
    tally
}

/// Checks what stands in some rows against what is true, as somebody would who knows their sum.
fn holds(shown: &[&Row], truth: &BTreeMap<String, usize>, sum: usize) -> Result<(), TestCaseError> {
    let mut hidden = truth.clone();
    let mut least = sum;
    let mut left = sum;
    for row in shown {
        let Some(label) = &row.label else { continue };
        prop_assert_eq!(row.count, hidden.remove(label), "{} is wrong", label);
        let count = row.count.unwrap();
        prop_assert!(count >= LEAST, "{} is shown with {}", label, count);
        least = least.min(count);
        left -= count;
    }
    let folded: Vec<&&Row> = shown.iter().filter(|r| r.label.is_none()).collect();
    if hidden.is_empty() {
        prop_assert!(folded.is_empty() && left == 0);
        return Ok(());
    }
    prop_assert_eq!(folded.len(), 1);
    let n = hidden.len();
    if let Some(count) = folded[0].count {
        prop_assert_eq!(count, hidden.values().sum::<usize>());
        prop_assert_eq!(folded[0].folded, Some(n));
    } else {
        // Nothing at all is said of them; then nothing else of the table may be.
        prop_assert_eq!(folded[0].folded, None);
        prop_assert_eq!(shown.len(), 1);
        return Ok(());
    }
    prop_assert!(n >= 2, "one group is left over: {:?} has {}", hidden, left);
    prop_assert!(left >= LEAST, "{} are left over for {:?}", left, hidden);
    // Each hidden group has at least one case and no more than the smallest that is shown.
    let (low, high) = (left.saturating_sub((n - 1) * least).max(1), (left - (n - 1)).min(least));
    prop_assert!(low < high, "{:?} can only be {} to {}", hidden, low, high);
    Ok(())
}

proptest! {
    #[test]
    fn no_folded_count_can_be_had_by_subtraction(cases in prop::collection::vec(case(), 0..160)) {
        let cases: Vec<Case> = cases
            .into_iter()
            .enumerate()
            .map(|(n, c)| Case { id: n.to_string(), ..c })
            .collect();
        let report = report::report(cases.clone(), day());
        if cases.len() < LEAST {
            prop_assert_eq!(report.cases, None);
            return Ok(());
        }
        prop_assert_eq!(report.cases, Some(cases.len()));
        let own = |id: &str| -> Vec<&Row> {
            let table = report.tables.iter().find(|t| t.id == id);
            table.into_iter().flat_map(|t| &t.rows).filter(|r| r.within.is_none()).collect()
        };
        let forums = tally(cases.iter().map(|c| c.forum.clone()));
        holds(&own("forum"), &forums, cases.len())?;
        holds(&own("plan"), &tally(cases.iter().filter_map(|c| c.plan.clone())), cases.len())?;
        let distinct = |words: Vec<String>| words.into_iter().collect::<BTreeSet<_>>();
        let grounds = tally(cases.iter().flat_map(|c| distinct(c.grounds.clone())));
        holds(&own("ground"), &grounds, grounds.values().sum())?;
        let missed = tally(cases.iter().flat_map(|c| {
            distinct(c.missed.iter().map(|m| m.rule.clone()).collect())
        }));
        holds(&own("missed"), &missed, missed.values().sum())?;
        // The stages, within each forum that is shown; those of the others are not there at all.
        let parts: Vec<&Row> =
            table(&report, "forum").rows.iter().filter(|r| r.within.is_some()).collect();
        let shown: BTreeSet<&String> = own("forum").iter().filter_map(|r| r.label.as_ref()).collect();
        for part in &parts {
            prop_assert!(shown.contains(part.within.as_ref().unwrap()));
        }
        for forum in shown {
            let of: Vec<&Row> =
                parts.iter().filter(|r| r.within.as_ref() == Some(forum)).copied().collect();
            let stages = cases.iter().filter(|c| c.forum == *forum).map(|c| c.stage.clone());
            holds(&of, &tally(stages), forums[forum])?;
        }
        for row in &table(&report, "dates").rows {
            prop_assert!(row.count.is_none_or(|n| n >= LEAST));
        }
        // The order of the cases is nothing.
        let mut turned = cases;
        turned.reverse();
        prop_assert_eq!(report::report(turned, day()), report);
    }
}

/// A folder with every case of fixtures/cases, each under an id of its own.
fn every_case() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (n, entry) in fs::read_dir("fixtures/cases").unwrap().enumerate() {
        let record = entry.unwrap().path().join("record.toml");
        let Ok(text) = fs::read_to_string(&record) else { continue };
        let renamed: Vec<String> = text
            .lines()
            .map(|l| {
                if l.starts_with("case_id") { format!("case_id = \"N-{n}\"") } else { l.to_owned() }
            })
            .collect();
        fs::write(folder.path().join(format!("{n}.toml")), renamed.join("\n")).unwrap();
    }
    folder
}

#[test]
fn the_report_of_every_case_counts_them_and_names_nobody() {
    let folder = every_case();
    let source = folder.path().to_str().unwrap();
    let out = folder.path().join("report");
    let arguments = ["report", source, "--as-of", "2026-12-12", "-o", out.to_str().unwrap()];
    let output = appeal(&arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}");
    let mut names: Vec<String> = fs::read_dir(&out)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let want = [
        "dates.svg",
        "forum.svg",
        "ground.svg",
        "missed.svg",
        "plan.svg",
        "report.csv",
        "report.md",
    ];
    assert_eq!(names, want);
    let read = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    let shown: String = names.iter().map(|n| read(n)).collect();
    let head = format!("# Patterns in {} cases as of December 12, 2026\n", shipped().len());
    assert!(read("report.md").starts_with(&head));
    for word in ["N-1", "Example", "555-", "Dr."] {
        assert!(!shown.contains(word), "{word} is in the report");
    }
    for name in names.iter().filter(|n| n.ends_with(".svg")) {
        assert!(read("report.md").contains(&format!("]({name})")));
    }
    // Nothing is replaced unasked, and the same cases give the same bytes.
    assert_eq!(appeal(&arguments).status.code(), Some(2));
    let again = appeal(&["report", source, "--as-of", "2026-12-12", "--format", "csv"]);
    assert_eq!(String::from_utf8(again.stdout).unwrap(), read("report.csv"));
}

#[test]
fn a_record_that_cannot_be_counted_is_named_and_the_rest_are_counted() {
    let folder = every_case();
    fs::write(folder.path().join("bad.toml"), "schema = 1\n").unwrap();
    let output = appeal(&["report", folder.path().to_str().unwrap(), "--as-of", "2026-12-12"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("bad.toml"));
    let head = format!("# Patterns in {} cases", shipped().len());
    assert!(String::from_utf8_lossy(&output.stdout).contains(&head));
}
