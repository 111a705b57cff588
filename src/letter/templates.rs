//! The templates: those built in, and a folder that goes before them.

use std::fs;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use include_dir::{Dir, DirEntry, include_dir};
use tera::Tera;

use super::context::Context;
use super::error::Error;
use super::follow::{self, Run};
use super::weave::{Spot, Woven};
use super::{escape, filters, locate, mark};

static BUILTIN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");
const PREFIX: &str = "builtin/";
const MAX_BYTES: u64 = 256 * 1024;
const MAX_FILES: usize = 500;
const MAX_DEPTH: usize = 8;

/// A parsed set of templates.
///
/// A template is named by its path, as `letters/grievance.md`. The built-in one of that name is also
/// `builtin/letters/grievance.md`, so that a replacement can extend what it replaces. White space at the end of a
/// file is dropped, so that one line can be included within another.
#[derive(Clone, Debug)]
pub struct Templates {
    set: Arc<Set>,
}

#[derive(Debug)]
struct Set {
    tera: Tera,
    /// Name and text of what a folder added.
    own: Vec<(String, String)>,
    /// The same templates, marked; made when first asked for.
    followed: OnceLock<Followed>,
}

/// The templates with marks in them, and an engine that knows the marks.
#[derive(Debug)]
pub(super) struct Followed {
    pub(super) woven: Woven,
    tera: Tera,
}

impl Templates {
    /// Returns the templates built into the program, parsed once.
    ///
    /// # Errors
    ///
    /// When one of them does not parse, which a test excludes.
    pub fn builtin() -> Result<Templates, Error> {
        static PARSED: OnceLock<Arc<Set>> = OnceLock::new();
        if let Some(set) = PARSED.get() {
            return Ok(Templates { set: Arc::clone(set) });
        }
        let mut tera = engine()?;
        tera.add_raw_templates(sources().map(|(name, text)| (format!("{PREFIX}{name}"), text)))?;
        let set = Arc::new(Set { tera, own: Vec::new(), followed: OnceLock::new() });
        Ok(Templates { set: Arc::clone(PARSED.get_or_init(|| set)) })
    }

    /// Returns the built-in templates with those of a folder before them.
    ///
    /// # Errors
    ///
    /// When the folder or a file cannot be read or is too big, or a template does not parse.
    pub fn with_dir(folder: &Path) -> Result<Templates, Error> {
        let mut files = Vec::new();
        collect(folder, folder, 0, &mut files)?;
        files.sort();
        let mut tera = Self::builtin()?.set.tera.clone();
        let known: Vec<String> = tera.get_template_names().map(str::to_owned).collect();
        let texts = files.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        tera.add_raw_templates(texts).map_err(|e| locate::located(e, &files, &known))?;
        Ok(Templates { set: Arc::new(Set { tera, own: files, followed: OnceLock::new() }) })
    }

    /// Returns every name, built in or not, in order.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.set.tera.get_template_names().collect();
        names.sort_unstable();
        names
    }

    /// Returns the name and source of every built-in template, in order.
    #[must_use]
    pub fn sources() -> Vec<(&'static str, &'static str)> {
        let mut all: Vec<_> = sources().collect();
        all.sort_unstable();
        all
    }

    /// Returns a text that ships beside the templates and is none, by its path.
    #[must_use]
    pub fn beside(path: &Path) -> Option<&'static str> {
        BUILTIN.get_file(path)?.contents_utf8()
    }

    /// Returns the name and source of every template that a folder added, in order.
    #[must_use]
    pub fn own(&self) -> &[(String, String)] {
        &self.set.own
    }

    /// Returns the source of a template by the name that [`Templates::names`] gives.
    #[must_use]
    pub fn source(&self, name: &str) -> Option<&str> {
        let own = self.set.own.iter().find(|(n, _)| n == name);
        own.map(|(_, text)| text.as_str()).or_else(|| {
            let name = name.strip_prefix(PREFIX)?;
            Some(BUILTIN.get_file(name)?.contents_utf8()?.trim_end())
        })
    }

    /// Returns the template of a letter that a pack names, by its id or by its path.
    #[must_use]
    pub fn letter_name(letter: &str) -> String {
        super::path("letters", letter)
    }

    /// Returns every spot that a render can pass through, by template and place within it.
    ///
    /// # Errors
    ///
    /// When a template is nested so deeply that no marks can be added to it.
    pub fn spots(&self) -> Result<&[Spot], Error> {
        Ok(&self.followed()?.woven.spots)
    }

    /// Renders a template with all marks still in the text.
    pub(super) fn render(&self, name: &str, context: &Context) -> Result<String, Error> {
        let context = tera::Context::from_serialize(context)?;
        Ok(self.set.tera.render(name, &context)?)
    }

    /// As [`Templates::render`], with the marks of a followed render as well.
    pub(super) fn render_followed(
        &self,
        name: &str,
        context: &Context,
    ) -> Result<(String, Run), Error> {
        let followed = self.followed()?;
        let context = tera::Context::from_serialize(context)?;
        Ok(follow::run(|| followed.tera.render(name, &context))?)
    }

    pub(super) fn followed(&self) -> Result<&Followed, Error> {
        if let Some(followed) = self.set.followed.get() {
            return Ok(followed);
        }
        let mut woven = Woven::default();
        for name in self.names() {
            woven.add(name, self.source(name).unwrap_or_default());
        }
        let mut tera = engine()?;
        follow::register(&mut tera);
        tera.add_raw_templates(woven.files.iter().zip(&woven.texts))?;
        Ok(self.set.followed.get_or_init(|| Followed { woven, tera }))
    }
}

fn engine() -> Result<Tera, Error> {
    let mut tera = Tera::default();
    tera.set_fallback_prefixes([PREFIX])?;
    tera.set_escape_fn(escape::for_engine);
    tera.autoescape_on([".md"]);
    filters::register(&mut tera);
    Ok(tera)
}

fn sources() -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut folders = vec![&BUILTIN];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in folder.entries() {
            match entry {
                DirEntry::Dir(inner) => folders.push(inner),
                DirEntry::File(file) => {
                    if let (Some(name), Some(text)) = (file.path().to_str(), file.contents_utf8())
                        && name.ends_with(".md")
                    {
                        files.push((name, text.trim_end()));
                    }
                }
            }
        }
    }
    files.into_iter()
}

/// Reads every `.md` below a folder. Links are not followed.
fn collect(
    root: &Path,
    folder: &Path,
    depth: usize,
    files: &mut Vec<(String, String)>,
) -> Result<(), Error> {
    let fault = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::Read { path, source }
    };
    let refused = |path: &Path, why| Err(Error::Refused { path: path.to_owned(), why });
    for entry in fs::read_dir(folder).map_err(fault(folder))? {
        let entry = entry.map_err(fault(folder))?;
        let path = entry.path();
        let kind = entry.file_type().map_err(fault(&path))?;
        if kind.is_dir() {
            if depth >= MAX_DEPTH {
                return refused(&path, "the folders are too deep");
            }
            collect(root, &path, depth + 1, files)?;
            continue;
        }
        let is_template = path.extension().is_some_and(|e| e == "md");
        if !kind.is_file() || !is_template {
            continue;
        }
        if files.len() >= MAX_FILES {
            return refused(&path, "there are too many templates");
        }
        if entry.metadata().map_err(fault(&path))?.len() > MAX_BYTES {
            return refused(&path, "the template is too big");
        }
        let text = fs::read_to_string(&path).map_err(fault(&path))?;
        if text.chars().any(mark::is_private) {
            return refused(&path, "the template holds a character for private use");
        }
        let Some(name) = path.strip_prefix(root).ok().and_then(Path::to_str) else {
            return refused(&path, "the name is not readable text");
        };
        files.push((name.replace('\\', "/"), text.trim_end().to_owned()));
    }
    Ok(())
}
