//! `appeal templates gallery`: every letter in every case, for a lawyer to approve.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::bail;
use appeal::diag::{count, visible};
use appeal::gallery::{self, Approvals, Count, FOLDER, Gallery, Judged, Save, State};
use appeal::letter::Templates;
use appeal::packet;
use appeal::samples::Sample;
use clap::{ArgGroup, Args, ValueHint};

use super::super::args::Rules;
use super::super::out::{self, Exit};

/// The name of the page.
const PAGE: &str = "gallery.html";

/// Write a page of every letter in every case, for a lawyer to read and approve
///
/// The page needs no network and no script. Each letter stands there as it reads in each case, and says
/// whether it is approved, has changed since, or was never approved; a changed one shows what was removed
/// and what was added. Without RECORDS the cases that ship are shown.
///
/// Approvals are kept in DIR/approved of the folder that --templates names, with the text that was
/// approved: approve invented cases, not a client's. --approve takes a letter (letters/grievance.md) in
/// every case shown, a case, one letter of one case (CASE/STAGE), or all. A letter loses its approval in a
/// case as soon as a word of it changes.
///
/// Exits with 1 if a letter cannot be written; with --check also if one is not approved or has changed.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("instead").args(["approve", "check"]))]
pub(crate) struct GalleryArgs {
    /// Records to show instead of the cases that ship, or folders of them
    #[arg(value_name = "RECORDS", value_hint = ValueHint::AnyPath)]
    records: Vec<PathBuf>,

    /// Where to write gallery.html
    #[arg(short, long, value_name = "DIR", default_value = ".", conflicts_with = "instead", value_hint = ValueHint::DirPath)]
    output: PathBuf,

    /// Replace a gallery that is there
    #[arg(long, conflicts_with = "instead")]
    force: bool,

    /// Approve a letter, a case, one letter of one case, or `all`, as they read now
    #[arg(long, value_name = "NAME", requires = "templates")]
    approve: Vec<String>,

    /// Who approves
    #[arg(long, value_name = "WHO", requires = "approve")]
    by: Option<String>,

    /// Only list the letters that are not approved or have changed since
    #[arg(long)]
    check: bool,

    /// Use a folder of templates, which win over the built-in ones by name; approvals are in its `approved`
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    templates: Option<PathBuf>,

    #[command(flatten)]
    rules: Rules,
}

pub(crate) fn gallery(args: &GalleryArgs) -> anyhow::Result<Exit> {
    let law = args.rules.law()?;
    let (templates, approvals, source) = match &args.templates {
        Some(dir) => (Templates::with_dir(dir)?, Approvals::load(dir)?, dir.display().to_string()),
        None => (Templates::builtin()?, Approvals::shipped()?, "those that ship".to_owned()),
    };
    let samples = super::samples(&args.records)?;
    apart(&samples)?;
    let today = args.rules.today();
    let shown = gallery::read(&samples, &law, &templates, |sample| {
        // A letter changes with the day it is dated with. So that only a change of its words costs it the approval,
        // a record of somebody's own is read on the day that its approved letters are.
        args.rules.as_of.or_else(|| approvals.day(&sample.name)).unwrap_or(today)
    });
    let gallery = Gallery::of(shown, &approvals, today, &source);
    match &args.templates {
        Some(dir) if !args.approve.is_empty() => approve(args, approvals, &gallery, dir),
        Some(_) | None if args.check => check(&gallery),
        Some(_) | None => write(args, &gallery),
    }
}

/// Refuses records that cannot be told apart by name, because approvals are kept by it.
fn apart(samples: &[Sample]) -> anyhow::Result<()> {
    let mut names = BTreeSet::new();
    match samples.iter().find(|s| !names.insert(&s.name)) {
        Some(twice) => bail!("several records have the case_id {}; give each its own", twice.name),
        None => Ok(()),
    }
}

fn write(args: &GalleryArgs, gallery: &Gallery) -> anyhow::Result<Exit> {
    let path = args.output.join(PAGE);
    let page = gallery::page(gallery);
    packet::write(&[(path.clone(), page.as_bytes())], args.force).map_err(|error| {
        let hint = if matches!(error, packet::SaveError::Exists(_)) {
            "; --force replaces it"
        } else {
            ""
        };
        anyhow::Error::new(error).context(format!("the gallery was not written{hint}"))
    })?;
    out::result(&format!("{}\n{}", path.display(), summary(gallery.count())))?;
    tell(gallery);
    let Count { faulty, .. } = gallery.count();
    Ok(if faulty + gallery.stuck.len() > 0 { Exit::Faults } else { Exit::Done })
}

fn check(gallery: &Gallery) -> anyhow::Result<Exit> {
    let mut text = String::new();
    for Judged { reading, state } in &gallery.readings {
        let what = match state {
            State::Approved(_) | State::Faulty(_) => continue,
            State::Changed(approved, _) => {
                format!("changed since it was approved on {}", approved.on)
            }
            State::Edited(approved) => {
                format!("the text approved on {} is gone or was changed", approved.on)
            }
            State::Never => "never approved".to_owned(),
        };
        text.push_str(&format!("{}: {}: {what}\n", reading.template, reading.name));
    }
    text.push_str(&summary(gallery.count()));
    out::result(&text)?;
    tell(gallery);
    Ok(if gallery.is_open() { Exit::Faults } else { Exit::Done })
}

fn approve(
    args: &GalleryArgs,
    approvals: Approvals,
    gallery: &Gallery,
    dir: &Path,
) -> anyhow::Result<Exit> {
    let by = args.by.as_deref();
    let save: Save = approvals.approve(&args.approve, &gallery.readings, gallery.as_of, by)?;
    for (name, why) in &save.refused {
        out::error(&format!("not approved: {name} cannot be written: {}", visible(why)));
    }
    let files = save.files(dir);
    let files: Vec<(PathBuf, &[u8])> =
        files.iter().map(|(path, text)| (path.clone(), text.as_bytes())).collect();
    if !save.now.is_empty() {
        packet::write(&files, true)?;
        let names: String =
            save.now.iter().map(|a| format!("{}: {}\n", a.template, a.name)).collect();
        let by = by.map(|by| format!(" by {}", visible(by))).unwrap_or_default();
        out::result(&format!(
            "{names}Approved {} on {}{by}, kept in {}.\n",
            count(save.now.len(), "letter"),
            gallery.as_of,
            dir.join(FOLDER).display()
        ))?;
    }
    Ok(if save.refused.is_empty() { Exit::Done } else { Exit::Faults })
}

fn summary(count: Count) -> String {
    let Count { approved, changed, never, faulty } = count;
    let mut text = format!(
        "{}: {approved} approved, {changed} changed since, {never} never approved",
        appeal::diag::count(count.all(), "letter")
    );
    if faulty > 0 {
        text.push_str(&format!(", {faulty} that cannot be written"));
    }
    text.push_str(".\n");
    text
}

/// Says what could not be shown, on standard error.
fn tell(gallery: &Gallery) {
    for Judged { reading, state } in &gallery.readings {
        if let State::Faulty(why) = state {
            out::error(&format!("{} cannot be written: {}", reading.name, visible(why)));
        }
    }
    for stuck in &gallery.stuck {
        out::error(&format!("{}: {}", visible(&stuck.file), visible(&stuck.why)));
    }
}
