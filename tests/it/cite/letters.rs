//! Our own letters: all hold, and an independent count finds nothing that was passed over.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use appeal::cite::{Report, Verdict};
use appeal::packet::Stamp;

use super::{check, law, told};

/// Every paper of every case, with its stamp.
fn papers() -> Vec<(PathBuf, String, Stamp)> {
    let mut all = Vec::new();
    for folder in fs::read_dir("fixtures/cases").unwrap() {
        let folder = folder.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|e| e == "md") {
                let text = fs::read_to_string(&path).unwrap();
                let stamp = Stamp::read(&text).unwrap_or_else(|| panic!("{path:?} has no stamp"));
                all.push((path, text, stamp));
            }
        }
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(all.len() > 140, "only {} papers", all.len());
    all
}

#[test]
fn every_letter_we_write_holds() {
    let law = law();
    let (mut wrong, mut citations, mut periods) = (String::new(), 0, 0);
    for (path, text, stamp) in papers() {
        let report = check(&law, &text, &stamp.track, stamp.on);
        citations += Report::count(&report.citations, Verdict::Held);
        periods += Report::count(&report.periods, Verdict::Held);
        if !report.faults.is_empty() {
            let _ = writeln!(wrong, "{} ({stamp}):\n{}", path.display(), told(&text, &report));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(citations > 1000 && periods > 200, "only {citations} citations, {periods} periods");
}

/// Counts without the finder: each place where a letter holds what the register prints of an authority.
#[test]
fn no_citation_of_our_letters_is_passed_over() {
    let law = law();
    let registry = law.registry();
    let printed: Vec<String> = registry.iter().filter_map(|(id, _)| registry.letter(id)).collect();
    let mut places = 0;
    for (path, text, stamp) in papers() {
        let report = check(&law, &text, &stamp.track, stamp.on);
        for citation in &printed {
            for part in citation.split(", applied by ") {
                for (at, _) in text.match_indices(part) {
                    places += 1;
                    let seen = report
                        .citations
                        .iter()
                        .any(|f| f.span.start <= at + part.len() && at < f.span.end);
                    assert!(seen, "{}: `{part}` at byte {at} is not seen", path.display());
                }
            }
        }
    }
    assert!(places > 1000, "only {places}");
}

/// Counts without the finder: each number with its unit that stands in a sentence with a section.
#[test]
fn no_period_of_our_letters_is_passed_over() {
    let law = law();
    let mut seen = 0;
    for (path, text, stamp) in papers() {
        let report = check(&law, &text, &stamp.track, stamp.on);
        for line in text.lines().filter(|l| !l.starts_with('>')) {
            let from = line.as_ptr() as usize - text.as_ptr() as usize;
            for unit in ["days", "hours", "months"] {
                for (at, _) in line.match_indices(&format!(" {unit}")) {
                    // "30 days (… section …": what follows at once cites law for it.
                    let after = &line[at + 1 + unit.len()..];
                    if !after.starts_with(" (") || !after[..after.len().min(60)].contains("section")
                    {
                        continue;
                    }
                    seen += 1;
                    let end = from + at + 1 + unit.len();
                    assert!(
                        report.periods.iter().any(|f| f.span.end == end),
                        "{}: {line}",
                        path.display()
                    );
                }
            }
        }
    }
    assert!(seen > 50, "only {seen}");
}
