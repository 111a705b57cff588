//! What outside programs say of every paper that the fixtures make.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use appeal::law::Law;
use appeal::layout::Fonts;
use appeal::letter::Templates;
use appeal::packet::{self, Paper, Press, Stamp};
use appeal::pdf::Engine;
use appeal::samples::{self, When};

/// Every paper that a shipped case sends, as of the day its expectation names.
pub(crate) fn papers() -> Vec<(String, Paper)> {
    let law = Law::builtin().unwrap_or_else(|e| panic!("{e}"));
    let templates = Templates::builtin().unwrap();
    let fonts = Fonts::builtin();
    let press =
        Press { templates: &templates, fonts: &fonts, pdf: Some(Engine::Krilla), draft: true };
    let mut papers = Vec::new();
    for sample in samples::shipped() {
        let as_of = sample.as_of.expect("a shipped case has its day");
        let posed = sample.pose(&law, as_of).unwrap_or_else(|e| panic!("{}: {e:?}", sample.name));
        for letter in posed.letters().iter().filter(|l| l.when != When::Open) {
            let stages = [letter.stage.id.clone()];
            let made = packet::papers(&posed.case.record, letter.dispute, &stages, &press).unwrap();
            papers.extend(made.into_iter().map(|paper| (sample.name.clone(), paper)));
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
