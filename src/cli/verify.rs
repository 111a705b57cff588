//! `appeal verify`: whether a folder is what its manifest says.

use std::path::PathBuf;

use appeal::batch::manifest::Manifest;
use appeal::batch::{self, Folders, Found, Made, Shop};
use appeal::diag::{self, visible};
use appeal::packet::Press;
use clap::{Args, ValueHint};

use super::args::{LawDir, Stock};
use super::batch::say_where_panics_are;
use super::out::{self, Exit};

/// Check a folder that `appeal batch` has written
///
/// Every file is compared with its sum in the manifest, and missing and extra files are named. Then every
/// letter is made again from the record that is kept beside it, as of the same day, and compared byte for
/// byte. Where the run went by another version of the program, or by other law, templates or fonts, only
/// the sums are compared, and that is said.
///
/// Name the same folders of law, templates and fonts as for the run. Exits with 1 if anything is not as
/// it was written.
#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    /// The folder
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    folder: PathBuf,

    #[command(flatten)]
    law: LawDir,

    #[command(flatten)]
    stock: Stock,
}

pub(crate) fn verify(args: &VerifyArgs) -> anyhow::Result<Exit> {
    let head = Manifest::open(&args.folder)?.head;
    let law = args.law.law()?;
    let templates = args.stock.templates()?;
    let fonts = args.stock.fonts()?;
    let folders = Folders {
        law: args.law.dir.as_deref(),
        templates: args.stock.templates.as_deref(),
        fonts: args.stock.font_dir.as_deref(),
    };
    let made = Made {
        markdown: head.made.markdown,
        pdf: head.made.pdf,
        engine: head.made.engine,
        explained: head.made.explained,
        draft: head.made.draft,
        ..Made::of(folders)?
    };
    let press = Press {
        templates: &templates,
        fonts: &fonts,
        pdf: made.pdf.then_some(made.engine),
        draft: made.draft,
    };
    let shop = Shop { law: &law, press, made: &made };
    say_where_panics_are();
    let mut wrong = 0_usize;
    let mut told = Ok(());
    let checked = batch::verify(&args.folder, &shop, &mut |found| {
        wrong += 1;
        let line = out::result(&format!("{}\n", visible(&said(&found))));
        if told.is_ok() {
            told = line;
        }
    })?;
    told?;
    let mut text = format!(
        "{} and {} checked, {} made again",
        diag::count(checked.records, "record"),
        diag::count(checked.files, "file"),
        diag::count(checked.made_again, "case")
    );
    if checked.earlier > 0 {
        text.push_str(&format!("; {} of earlier runs", diag::count(checked.earlier, "file")));
    }
    let end = match wrong {
        0 => "all as it was written".to_owned(),
        n => format!("{} not as it was written", diag::count(n, "thing")),
    };
    out::result(&format!("{text}: {end}.\n"))?;
    Ok(if wrong > 0 { Exit::Faults } else { Exit::Done })
}

fn said(found: &Found) -> String {
    match found {
        Found::MadeOtherwise(what) => format!(
            "made with another {}: the sums are compared, and nothing is made again",
            what.join(", ")
        ),
        Found::NotBuiltIn(engine) => format!(
            "made with the PDF engine {}, which is not built into this program: the sums are compared, and nothing is made again",
            engine.name()
        ),
        Found::MadeEarlier(id) => {
            format!("{id}: kept from an earlier run with other law or program; not made again")
        }
        Found::Stopped => "a later run into this folder was stopped; run it again".to_owned(),
        Found::Missing(path) => format!("{path}: missing"),
        Found::Changed(path) => format!("{path}: changed since it was written"),
        Found::Differs(path) => format!("{path}: the kept record now makes something else"),
        Found::Extra(path) => format!("{path}: not in the manifest"),
        Found::Unreadable(path, why) => format!("{path}: cannot be read: {why}"),
    }
}
