//! What outside programs say of every paper that the fixtures make.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use appeal::law::Law;
use appeal::layout::Fonts;
use appeal::letter::Templates;
use appeal::packet::{self, Paper, Press, Stamp};
use appeal::pdf::Engine;
use appeal::record;
use chrono::NaiveDate;

/// Every paper of every folder under fixtures/cases, as of the day its expectation names.
pub(crate) fn papers() -> Vec<(String, Paper)> {
    let law = Law::builtin().unwrap_or_else(|e| panic!("{e}"));
    let templates = Templates::builtin().unwrap();
    let fonts = Fonts::builtin();
    let press =
        Press { templates: &templates, fonts: &fonts, pdf: Some(Engine::Krilla), draft: true };
    let mut folders: Vec<PathBuf> = fs::read_dir("fixtures/cases")
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_dir())
        .collect();
    folders.sort();
    let mut papers = Vec::new();
    for folder in folders {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let expected = fs::read_to_string(folder.join("expected.toml")).unwrap();
        let as_of: NaiveDate = expected
            .lines()
            .find_map(|line| line.strip_prefix("as_of = "))
            .and_then(|day| day.split_whitespace().next()?.parse().ok())
            .unwrap_or_else(|| panic!("{name}: expected.toml names no day"));
        let bytes = fs::read(folder.join("record.toml")).unwrap();
        let (case, faults) = record::read(&bytes, &name).check(as_of);
        let case = case.unwrap_or_else(|| panic!("{name}: {faults:?}"));
        for dispute in packet::rule(&case, &law, as_of).unwrap() {
            let stages: Vec<String> = std::iter::once(dispute.ruling.first())
                .chain(dispute.ruling.also.iter().cloned())
                .filter(|s| s.letter.is_some())
                .map(|s| s.id)
                .collect();
            for paper in packet::papers(&case.record, &dispute, &stages, &press).unwrap() {
                papers.push((name.clone(), paper));
            }
        }
    }
    assert!(!papers.is_empty(), "no papers under fixtures/cases");
    papers
}

#[test]
#[ignore = "needs poppler-utils, qpdf, and the PyPI packages outloud and pdfua"]
fn every_paper_of_the_fixtures_passes_every_outside_program() {
    let papers = papers();
    let next = AtomicUsize::new(0);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    // A panic in one of them is one of the whole.
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((name, paper)) = papers.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let pdf = paper.pdf.as_ref().expect("a PDF was asked for");
                    let bytes = pdf.bytes.len();
                    assert!(bytes < 60_000 * pdf.count.max(2), "{name}: {bytes} bytes");
                    crate::pdf::outside_checks(&pdf.bytes, Stamp::above(&paper.markdown));
                }
            });
        }
    });
}
