//! `appeal templates list`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use appeal::diag::{self, fold};
use appeal::law::Law;
use appeal::letter::{Entry, Standing, Templates};
use clap::{Args, ValueHint};
use serde_json::json;

use super::super::args::LawDir;
use super::super::out::{self, Exit};
use super::Format;

/// List every template: what it is for, which file wins and why, and what uses it
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// Use a folder of templates, which win over the built-in ones by name
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    templates: Option<PathBuf>,

    /// Text for a person, or JSON for a program
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,

    #[command(flatten)]
    law: LawDir,
}

/// The stages of the packs, by the template of their letter; each with the packs that have it.
type Stages = BTreeMap<String, BTreeMap<String, Vec<String>>>;

pub(super) fn list(args: &ListArgs) -> anyhow::Result<Exit> {
    let templates = match &args.templates {
        Some(dir) => Templates::with_dir(dir)?,
        None => Templates::builtin()?,
    };
    let stages = stages(&args.law.law()?);
    let entries = templates.catalog();
    match args.format {
        Format::Text => {
            let text: Vec<String> =
                entries.iter().map(|e| told(e, &entries, &stages, args)).collect();
            out::result(&text.join("\n"))?;
        }
        Format::Json => {
            let all: Vec<_> = entries
                .iter()
                .map(|e| {
                    let mut entry = json!(e);
                    entry["stages"] = json!(stages.get(&e.name));
                    entry
                })
                .collect();
            out::result(&format!("{}\n", serde_json::to_string_pretty(&all)?))?;
        }
    }
    Ok(Exit::Done)
}

fn stages(law: &Law) -> Stages {
    let mut stages = Stages::new();
    for pack in law.packs() {
        for (id, stage) in &pack.stage {
            if let Some(letter) = &stage.letter {
                let name = Templates::letter_name(letter);
                let packs = stages.entry(name).or_default().entry(id.clone()).or_default();
                packs.push(pack.pack.id.clone());
            }
        }
    }
    stages
}

fn told(entry: &Entry, all: &[Entry], stages: &Stages, args: &ListArgs) -> String {
    let mut text = format!("{}\n", entry.name);
    let mut say = |words: &str| text.push_str(&format!("{}\n", fold("  ", 4, words)));
    if !entry.about.is_empty() {
        say(&entry.about);
    }
    let folder = args.templates.as_ref().map(|d| d.join(&entry.name).display().to_string());
    let file = folder.unwrap_or_default();
    match entry.standing {
        Standing::BuiltIn => say("File: built in."),
        Standing::Extends => {
            say(&format!("File: {file}, which extends builtin/{}.", entry.name));
        }
        Standing::Replaces => say(&format!("File: {file}, in place of the built-in one.")),
        Standing::New => say(&format!("File: {file}, which is new.")),
    }
    if let Some(stages) = stages.get(&entry.name) {
        let each: Vec<String> =
            stages.iter().map(|(id, packs)| format!("{id} ({})", packs.join(", "))).collect();
        say(&format!("Letter of: {}.", each.join("; ")));
    }
    if !entry.used_by.is_empty() {
        say(&format!("Used by: {}.", entry.used_by.join(", ")));
    }
    if entry.standing == Standing::New
        && entry.used_by.is_empty()
        && !stages.contains_key(&entry.name)
    {
        let names = all.iter().filter(|e| e.name != entry.name).map(|e| e.name.as_str());
        let near = diag::nearest(&entry.name, names);
        let hint = near.map(|n| format!(" Did you mean {n}?")).unwrap_or_default();
        say(&format!("Nothing uses it.{hint}"));
    }
    text
}
