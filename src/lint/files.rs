//! The templates to look at, and those they are built upon.

use std::path::Path;

use super::tree::{self, Tree};
use super::words;
use crate::diag::{Diagnostic, Source};
use crate::letter::{self, Place, Templates, folder};

/// How a built-in template is called when one of the same name stands before it.
const BUILTIN: &str = "builtin/";

/// One template.
#[derive(Clone, Debug)]
pub(super) struct File {
    /// As the engine knows it: `letters/grievance.md`, or `builtin/letters/grievance.md`.
    pub(super) name: String,
    /// What it is called in a message, and its text.
    pub(super) source: Source,
    /// Whether it is looked at, rather than only built upon.
    pub(super) is_looked_at: bool,
    /// Why it is no template at all.
    pub(super) fault: Option<Diagnostic>,
    /// Its parts; none where there is a fault.
    pub(super) tree: Tree,
    /// The words it prints, at their places; see [`words::of`].
    pub(super) words: String,
}

/// All of them: those of a folder first, then the built-in ones, each in order.
#[derive(Clone, Debug)]
pub(super) struct Files {
    pub(super) all: Vec<File>,
}

impl Files {
    /// Takes the built-in templates, to look at them.
    pub(super) fn builtin() -> Files {
        Files { all: shipped(true).collect() }
    }

    /// Takes the templates of a folder, to look at them.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read, or holds too much.
    pub(super) fn with_dir(dir: &Path) -> Result<Files, letter::Error> {
        let mut all = Vec::new();
        for entry in folder::list(dir)? {
            let shown = entry.path.display().to_string();
            let (text, fault) = match entry.read() {
                Ok(text) => (text, None),
                Err(error) => unreadable(&entry.path, &error),
            };
            all.push(File::new(entry.name, Source::new(shown, text), true, fault));
        }
        all.extend(shipped(false));
        Ok(Files { all })
    }

    /// The template that a name stands for.
    pub(super) fn resolve(&self, name: &str) -> Option<usize> {
        let at = |name: &str| self.all.iter().position(|f| f.name == name);
        at(name).or_else(|| at(&format!("{BUILTIN}{name}")))
    }

    /// A template and those it extends, itself first.
    pub(super) fn lineage(&self, file: usize) -> Vec<usize> {
        let mut lineage = vec![file];
        let mut last = file;
        while let Some(parent) = &self.all[last].tree.parent
            && let Some(next) = self.resolve(&parent.text)
            && !lineage.contains(&next)
        {
            lineage.push(next);
            last = next;
        }
        lineage
    }

    /// The templates that a letter or sheet is made from directly: those in use of each name.
    pub(super) fn roots(&self) -> Vec<usize> {
        let is_root = |name: &str| name.starts_with("letters/") || name.starts_with("sheets/");
        (0..self.all.len())
            .filter(|&i| {
                let name = self.all[i].name.as_str();
                let plain = name.strip_prefix(BUILTIN).unwrap_or(name);
                is_root(plain) && self.resolve(plain) == Some(i)
            })
            .collect()
    }

    /// The names and texts of the templates that are no built-in ones.
    pub(super) fn own(&self) -> Vec<(String, String)> {
        let own = self.all.iter().filter(|f| !f.name.starts_with(BUILTIN));
        own.map(|f| (f.name.clone(), f.source.text.trim_end().to_owned())).collect()
    }

    /// Every name that can be included, without those that only say `builtin/`.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|f| f.name.strip_prefix(BUILTIN).unwrap_or(&f.name))
    }
}

impl File {
    fn new(name: String, source: Source, is_looked_at: bool, fault: Option<Diagnostic>) -> File {
        let fault = fault.or_else(|| broken(&name, &source));
        let mut file =
            File { name, source, is_looked_at, fault, tree: Tree::default(), words: String::new() };
        if file.fault.is_none() {
            file.tree = tree::tree(&file.source.text);
            file.words = words::of(&file.source.text);
        }
        file
    }
}

fn shipped(is_looked_at: bool) -> impl Iterator<Item = File> {
    Templates::sources().into_iter().map(move |(name, text)| {
        let name = format!("{BUILTIN}{name}");
        let source = Source::new(name.clone(), text);
        if is_looked_at {
            return File::new(name, source, true, None);
        }
        let (tree, words) = (tree::tree(text), String::new());
        File { name, source, is_looked_at, fault: None, tree, words }
    })
}

/// What is said of a file that cannot be read as text, and as much of it as is text.
fn unreadable(path: &Path, error: &letter::Error) -> (String, Option<Diagnostic>) {
    let code = super::rules::UNREADABLE.code;
    if let letter::Error::Read { source, .. } = error
        && source.kind() == std::io::ErrorKind::InvalidData
        && let Ok(bytes) = std::fs::read(path)
        && let Err(error) = String::from_utf8(bytes)
    {
        let valid = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
        let fault = Diagnostic::error(code, "the file is not text in UTF-8")
            .at(valid..valid + 1, "from here on it cannot be read")
            .help("open it in an editor and save it again as UTF-8; a copy from a word processor is often in another form");
        return (text, Some(fault));
    }
    let why = if let letter::Error::Refused { why, .. } = error {
        (*why).to_owned()
    } else if let Some(source) = std::error::Error::source(error) {
        format!("the file cannot be read: {source}")
    } else {
        error.to_string()
    };
    (String::new(), Some(Diagnostic::error(code, why)))
}

/// What the engine says of a template on its own.
fn broken(name: &str, source: &Source) -> Option<Diagnostic> {
    let letter::Error::Template { message, place } = Templates::refusal(name, &source.text)? else {
        return None;
    };
    let rule = super::rules::BROKEN.code;
    let mut fault = Diagnostic::error(rule, said(&message));
    if let Some(place) = &place {
        let at = offset(&source.text, place);
        let length = source.text[at..].chars().next().map_or(0, char::len_utf8);
        fault = fault.at(at..at + length, "the template cannot be read beyond this place");
    }
    for advice in advice(&message) {
        fault = fault.help(advice);
    }
    Some(fault)
}

/// The engine's message in the house style.
pub(super) fn said(message: &str) -> String {
    let message = message.trim_end_matches('.');
    let mut chars = message.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            format!("{}{}", first.to_lowercase(), &message[first.len_utf8()..])
        }
        _ => message.to_owned(),
    }
}

/// What may help with a refusal of the engine.
fn advice(message: &str) -> Vec<&'static str> {
    let table = [
        (
            "end of input",
            "something is opened and not closed: every `{% if … %}` needs an `{% endif %}`, every `{% for … %}` an `{% endfor %}`, every `{% block … %}` an `{% endblock %}`",
        ),
        ("missing its closing", "put the closing quotation mark"),
        ("Closing comment tag", "end the comment with `#}`"),
        (
            "would be ignored",
            "a letter that extends another may hold nothing but blocks; put these words into one of them",
        ),
        (
            "Unknown tag",
            "`appeal templates vars` lists names; tags are if, for, set, block, include, extends",
        ),
        ("nesting is too deep", "move a part of it into a file under `parts/` and include that"),
    ];
    table.into_iter().filter(|(sign, _)| message.contains(sign)).map(|(_, help)| help).collect()
}

/// The byte of a place that the engine names.
pub(super) fn offset(text: &str, place: &Place) -> usize {
    let mut at = 0;
    for _ in 1..place.line {
        match text[at..].find('\n') {
            Some(end) => at += end + 1,
            None => return text.len(),
        }
    }
    let line = text[at..].split('\n').next().unwrap_or_default();
    let columns = place.column.saturating_sub(1);
    at + line.char_indices().nth(columns).map_or(line.len(), |(i, _)| i)
}
