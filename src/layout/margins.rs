//! What stands in the margins: the running head, the draft mark and the page number.

use parley::Alignment;

use super::{
    HEIGHT, MARGIN, Style, WIDTH,
    blocks::Inline,
    flow::face,
    pages::{Artifact, Line, Owner, Page, Rect, Rule},
    text::{Face, Setter},
};

pub(super) const DRAFT: &str = "DRAFT: not complete";
const SIZE: f32 = 9.0;
const GRAY: u8 = 70;
const HEAD_BASELINE: f32 = 46.0;
const FOOT_BASELINE: f32 = HEIGHT - 40.0;

pub(super) fn furnish(pages: &mut [Page], style: &Style, setter: &mut Setter) {
    let count = pages.len();
    let width = WIDTH - 2.0 * MARGIN;
    let draft = style.draft.then(|| {
        let face = Face { bold: true, gray: 0, align: Alignment::Right, ..small() };
        one_line(DRAFT, face, width, HEAD_BASELINE, Artifact::Header, setter)
    });
    let room = width - if style.draft { 130.0 } else { 0.0 };
    let face = Face { align: Alignment::Left, ..small() };
    let head = one_line(&style.running_head, face, room, HEAD_BASELINE, Artifact::Header, setter);
    for (index, page) in pages.iter_mut().enumerate() {
        if index > 0 && !style.running_head.is_empty() {
            page.lines.extend(head.clone());
            let area = Rect { x: MARGIN, y: HEAD_BASELINE + 6.0, width, height: 0.5 };
            page.rules.push(Rule { area, gray: 150 });
        }
        page.lines.extend(draft.clone().flatten());
        let number = format!("Page {} of {count}", index + 1);
        let face = Face { align: Alignment::Center, ..small() };
        let foot = one_line(&number, face, width, FOOT_BASELINE, Artifact::Footer, setter);
        page.lines.extend(foot);
    }
}

fn small() -> Face {
    Face { gray: GRAY, ..face(SIZE) }
}

/// Sets one line; of a text too long for it, as many words as fit.
fn one_line(
    text: &str,
    face: Face,
    width: f32,
    baseline: f32,
    artifact: Artifact,
    setter: &mut Setter,
) -> Option<Line> {
    let inline = Inline::plain(text);
    let mut shaped = setter.shape(&inline, face);
    let lines = setter.lines(&mut shaped, &inline, width, &[Owner::Artifact(artifact)]);
    let mut line = lines.into_iter().next()?.line;
    line.baseline = baseline;
    for run in &mut line.runs {
        run.x += MARGIN;
    }
    Some(line)
}
