//! Letters as PDF, and the pages of a PDF as pictures: drawn from the very bytes that are downloaded.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use serde::Serialize;

use super::fault::Fault;
use super::stock::{Stock, lock};
use super::view::{Ask, Scene};
use crate::packet::{self, Press};
use crate::pdf::Engine;

/// Pixels of a point of the page.
const SCALE: f32 = 1.75;
/// How many answers are kept.
const KEPT: usize = 24;
/// How many PDFs, so that a page that is a save behind still gets the pictures that it was told of.
const RECENT: usize = 64;

/// One PDF.
#[derive(Debug)]
pub(super) struct Print {
    /// Names it in requests.
    id: u64,
    title: String,
    sheet: bool,
    /// Name of the file, without ending.
    pub(super) stem: String,
    pub(super) bytes: Vec<u8>,
    /// Its pages as PNG, each drawn when it is first asked for.
    drawn: Vec<OnceLock<Option<Vec<u8>>>>,
}

/// The answer about pages.
#[derive(Debug, Default, Serialize)]
pub(super) struct Printed {
    version: u64,
    prints: Vec<Listed>,
    fault: Option<Fault>,
}

#[derive(Debug, Serialize)]
struct Listed {
    id: u64,
    title: String,
    sheet: bool,
    file: String,
    pages: usize,
}

/// What was printed of late.
#[derive(Debug, Default)]
pub(super) struct Prints {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    next: u64,
    /// The question and its answer, the newest first.
    answers: VecDeque<(Ask, Vec<Arc<Print>>)>,
    /// What was printed last, the newest first.
    recent: VecDeque<Arc<Print>>,
}

impl Prints {
    /// Prints the letter asked for. Where that fails, what was printed for the same question before is
    /// listed again.
    pub(super) fn print(&self, stock: &Stock, ask: &Ask) -> Printed {
        let (papers, fault) = match papers(stock, ask) {
            Ok(papers) => (Some(papers), None),
            Err(fault) => (None, Some(*fault)),
        };
        let mut kept = lock(&self.kept);
        let before = kept.answers.iter().position(|(a, _)| a == ask);
        let before =
            before.and_then(|n| kept.answers.remove(n)).map(|(_, p)| p).unwrap_or_default();
        let prints = match papers {
            Some(papers) => papers.into_iter().map(|p| kept.put(p, &before)).collect(),
            None => before,
        };
        let listed = prints.iter().map(|p| p.listed()).collect();
        kept.answers.push_front((ask.clone(), prints));
        kept.answers.truncate(KEPT);
        Printed { version: stock.version, prints: listed, fault }
    }

    /// Returns a print by its id, while it is kept.
    pub(super) fn get(&self, id: u64) -> Option<Arc<Print>> {
        let kept = lock(&self.kept);
        let answered = kept.answers.iter().flat_map(|(_, prints)| prints);
        answered.chain(&kept.recent).find(|p| p.id == id).cloned()
    }
}

fn papers(stock: &Stock, ask: &Ask) -> Result<Vec<packet::Paper>, Box<Fault>> {
    let scene = Scene::of(stock, ask)?;
    let letters = scene.posed.letters();
    let Some(asked) = scene.chosen.and_then(|n| letters.get(n)) else { return Ok(Vec::new()) };
    let press = Press {
        templates: &stock.templates,
        fonts: &stock.fonts,
        pdf: Some(Engine::default()),
        draft: true,
    };
    let stages = std::slice::from_ref(&asked.stage.id);
    packet::papers(&asked.case.record, asked.dispute, stages, &press)
        .map_err(|e| Box::new(Fault::of_pages(&e, stock.folder())))
}

impl Kept {
    /// Keeps a paper; one with the same bytes as before keeps its pictures too.
    fn put(&mut self, paper: packet::Paper, before: &[Arc<Print>]) -> Arc<Print> {
        let (bytes, count) = paper.pdf.map(|p| (p.bytes, p.count)).unwrap_or_default();
        if let Some(same) = before.iter().find(|p| p.bytes == bytes && p.stem == paper.stem) {
            return Arc::clone(same);
        }
        self.next += 1;
        let print = Arc::new(Print {
            id: self.next,
            title: paper.title,
            sheet: paper.sheet,
            stem: paper.stem,
            bytes,
            drawn: std::iter::repeat_with(OnceLock::new).take(count).collect(),
        });
        self.recent.push_front(Arc::clone(&print));
        self.recent.truncate(RECENT);
        print
    }
}

impl Print {
    fn listed(&self) -> Listed {
        Listed {
            id: self.id,
            title: self.title.clone(),
            sheet: self.sheet,
            file: format!("{}.pdf", self.stem),
            pages: self.drawn.len(),
        }
    }

    /// Returns a page, from 0, as PNG; none where there is no such page, or it cannot be drawn.
    pub(super) fn page(&self, index: usize) -> Option<&[u8]> {
        self.drawn.get(index)?.get_or_init(|| draw(&self.bytes, index)).as_deref()
    }
}

/// Draws a page of a PDF.
fn draw(bytes: &[u8], index: usize) -> Option<Vec<u8>> {
    let pdf = Pdf::new(bytes.to_vec()).ok()?;
    let pages = pdf.pages();
    let page = pages.get(index)?;
    let settings = PixmapSettings { x_scale: SCALE, y_scale: SCALE, bg_color: WHITE };
    let drawn = render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &settings,
    );
    drawn.into_png().ok()
}
