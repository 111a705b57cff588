//! Everything that one case makes: a ruling for each stage its services take, and the papers of each.

mod choose;
mod save;
mod stamp;

use chrono::NaiveDate;

use crate::law::Law;
use crate::layout::{self, Fonts, Style};
use crate::letter::{self, Blank, Input, Templates};
use crate::pdf::{self, Engine, Meta};
use crate::record::{Case, Record};
use crate::ruling::{self, Conflict, Ruling};

pub use choose::{Choice, asks, blanks, choose, due, json, text, written};
pub use save::{SaveError, Staged, files, make, put, save, stage, write};
pub use stamp::Stamp;

/// One or more services of a case that take the same stage, and what the law says of them.
#[derive(Clone, Debug)]
pub struct Dispute {
    /// Indexes into the record's services.
    pub services: Vec<usize>,
    /// The ruling for all of them.
    pub ruling: Ruling,
}

/// Rules on every service of a case; those that take the same stage are put together.
///
/// # Errors
///
/// Fails when the law on file cannot rule on the case.
pub fn rule(case: &Case, law: &Law, as_of: NaiveDate) -> Result<Vec<Dispute>, Conflict> {
    let mut disputes: Vec<Dispute> = Vec::new();
    for (index, facts) in case.facts.iter().enumerate() {
        let ruling = ruling::decide(facts, law, as_of)?;
        match disputes.iter_mut().find(|d| d.ruling.goes_with(&ruling)) {
            Some(dispute) => {
                dispute.services.push(index);
                dispute.ruling.take_in(ruling);
            }
            None => disputes.push(Dispute { services: vec![index], ruling }),
        }
    }
    Ok(disputes)
}

/// One paper, ready to be saved.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Stage it is for, or the name of a sheet.
    pub stage: String,
    /// Whether it is the member's own sheet, not to be sent.
    pub sheet: bool,
    /// Name of its files, without ending.
    pub stem: String,
    /// Title of the paper.
    pub title: String,
    /// The text, with its stamp as the last line.
    pub markdown: String,
    /// The pages; none when only Markdown was asked for.
    pub pdf: Option<Pages>,
    /// What the letter wants and the record lacks.
    pub blanks: Vec<Blank>,
}

/// A paper as PDF.
#[derive(Clone, Debug)]
pub struct Pages {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub count: usize,
}

/// What papers are made with.
#[derive(Clone, Copy, Debug)]
pub struct Press<'a> {
    /// Templates of the letters.
    pub templates: &'a Templates,
    /// Fonts of the pages.
    pub fonts: &'a Fonts,
    /// What makes a PDF besides the Markdown; none where none is asked for.
    pub pdf: Option<Engine>,
    /// Whether blanks are marked as a draft.
    pub draft: bool,
}

/// Why a paper could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The letter could not be written.
    #[error(transparent)]
    Letter(#[from] letter::Error),
    /// The pages could not be laid out.
    #[error(transparent)]
    Layout(#[from] layout::Error),
    /// The PDF could not be set.
    #[error(transparent)]
    Pdf(#[from] pdf::Error),
}

/// Makes the papers of some stages of a dispute: each stage's letter, and the member's sheet where
/// one goes with it.
///
/// # Errors
///
/// Fails when a template, a character without a font, or the PDF engine stops it; nothing is saved.
pub fn papers(
    record: &Record,
    dispute: &Dispute,
    stages: &[String],
    press: &Press<'_>,
) -> Result<Vec<Paper>, Error> {
    let mut papers = Vec::new();
    for stage in stages {
        let input = Input {
            record,
            services: &dispute.services,
            ruling: &dispute.ruling,
            stage,
            final_: !press.draft,
        };
        let letter = letter::write(&input, press.templates)?;
        let draft = press.draft && !letter.blanks.is_empty();
        let as_of = dispute.ruling.as_of;
        let stamp = Stamp::of(record, &dispute.ruling.track, as_of);
        let page = Page {
            title: letter.title,
            author: letter.author,
            running_head: letter.running_head,
            draft,
            as_of,
            stamp: stamp.to_string(),
        };
        let markdown = letter.markdown.to_string();
        papers.push(Paper {
            stage: stage.clone(),
            sheet: false,
            stem: stem(record, stage, draft),
            pdf: page.set_if(&markdown, press)?,
            title: page.title,
            markdown: stamp.below(&markdown),
            blanks: letter.blanks,
        });
        if let Some(sheet) = letter.sheet {
            let page = Page {
                title: sheet.title,
                author: String::new(),
                running_head: "For you to keep; do not send".to_owned(),
                draft: false,
                as_of,
                stamp: stamp.to_string(),
            };
            let markdown = sheet.markdown.to_string();
            papers.push(Paper {
                stage: sheet.name.clone(),
                sheet: true,
                stem: stem(record, &sheet.name, false),
                pdf: page.set_if(&markdown, press)?,
                title: page.title,
                markdown: stamp.below(&markdown),
                blanks: Vec::new(),
            });
        }
    }
    Ok(papers)
}

/// Makes a paper that no record asks for, from Markdown written elsewhere.
///
/// # Errors
///
/// Fails when a character has no font, or the PDF engine stops.
pub fn sheet(
    name: &str,
    title: &str,
    markdown: String,
    as_of: NaiveDate,
    fonts: &Fonts,
) -> Result<Paper, Error> {
    let page = Page {
        title: title.to_owned(),
        author: String::new(),
        running_head: title.to_owned(),
        draft: false,
        as_of,
        stamp: String::new(),
    };
    let pdf = page.set(&markdown, fonts, Engine::default())?;
    Ok(Paper {
        stage: name.to_owned(),
        sheet: true,
        stem: name.to_owned(),
        title: page.title,
        markdown,
        pdf: Some(pdf),
        blanks: Vec::new(),
    })
}

fn stem(record: &Record, stage: &str, draft: bool) -> String {
    let draft = if draft { ".draft" } else { "" };
    format!("{}.{stage}{draft}", record.case_id)
}

struct Page {
    title: String,
    author: String,
    running_head: String,
    draft: bool,
    as_of: NaiveDate,
    stamp: String,
}

impl Page {
    fn set_if(&self, markdown: &str, press: &Press<'_>) -> Result<Option<Pages>, Error> {
        press.pdf.map(|engine| self.set(markdown, press.fonts, engine)).transpose()
    }

    fn set(&self, markdown: &str, fonts: &Fonts, engine: Engine) -> Result<Pages, Error> {
        let style = Style {
            title: self.title.clone(),
            running_head: self.running_head.clone(),
            draft: self.draft,
            fonts: fonts.clone(),
        };
        let pages = layout::pages(markdown, &style)?;
        let meta = Meta {
            title: self.title.clone(),
            author: self.author.clone(),
            subject: self.stamp.clone(),
            language: "en-US".to_owned(),
            created: self.as_of,
        };
        let bytes = pdf::set(&pages, &meta, engine)?;
        Ok(Pages { bytes, count: pages.pages.len() })
    }
}
