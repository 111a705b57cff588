//! The templates: those built in, and a folder that goes before them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use include_dir::{Dir, DirEntry, include_dir};
use tera::Tera;

use super::context::Context;
use super::error::Error;
use super::follow::{self, Run};
use super::weave::{Spot, Woven};
use super::{escape, filters, folder, locate};

static BUILTIN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");
const PREFIX: &str = "builtin/";
/// Built-in templates that are each parsed with no more than they name. Whoever renders others besides
/// writes letters of many kinds, and all templates are parsed.
const FEW: usize = 2;

/// A parsed set of templates.
///
/// A template is named by its path, as `letters/grievance.md`. The built-in one of that name is also
/// `builtin/letters/grievance.md`, so that a replacement can extend what it replaces. White space at the end of a
/// file is dropped, so that one line can be included within another.
///
/// Of the built-in templates only those are parsed that are needed: most of the time between the start of the
/// program and a single letter would go into the others.
#[derive(Clone, Debug)]
pub struct Templates {
    set: Arc<Set>,
}

#[derive(Debug)]
struct Set {
    /// Those built in and those of a folder; none for the built-in ones alone.
    tera: Option<Tera>,
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
    /// Returns the templates built into the program.
    ///
    /// # Errors
    ///
    /// None: each is parsed when it is first needed.
    pub fn builtin() -> Result<Templates, Error> {
        static BUILTIN: LazyLock<Arc<Set>> = LazyLock::new(|| {
            Arc::new(Set { tera: None, own: Vec::new(), followed: OnceLock::new() })
        });
        Ok(Templates { set: Arc::clone(&BUILTIN) })
    }

    /// Returns the built-in templates with those of a folder before them.
    ///
    /// # Errors
    ///
    /// When the folder or a file cannot be read or is too big, or a template does not parse.
    pub fn with_dir(dir: &Path) -> Result<Templates, Error> {
        let read = |entry: folder::Entry| Ok((entry.read()?, entry.name));
        let files = folder::list(dir)?.into_iter().map(read).collect::<Result<Vec<_>, Error>>()?;
        Self::with_files(files.into_iter().map(|(text, name)| (name, text)).collect())
    }

    /// Returns the built-in templates with others before them, each by its name and text.
    ///
    /// # Errors
    ///
    /// When a template does not parse, or names a filter, partial or block that is not there.
    pub fn with_files(files: Vec<(String, String)>) -> Result<Templates, Error> {
        let trimmed = |(name, text): (String, String)| (name, text.trim_end().to_owned());
        let files: Vec<(String, String)> = files.into_iter().map(trimmed).collect();
        let mut tera = Tera::clone(&*whole()?);
        let known: Vec<String> = tera.get_template_names().map(str::to_owned).collect();
        let texts = files.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        tera.add_raw_templates(texts).map_err(|e| locate::located(e, &files, &known))?;
        let tera = Some(tera);
        Ok(Templates { set: Arc::new(Set { tera, own: files, followed: OnceLock::new() }) })
    }

    /// Returns what is wrong with one template on its own, whatever it is built upon.
    #[must_use]
    pub fn refusal(name: &str, text: &str) -> Option<Error> {
        let mut tera = engine().ok()?;
        let error = tera.add_raw_template(name, text.trim_end()).err()?;
        matches!(error.kind(), tera::ErrorKind::SyntaxError(_)).then(|| error.into())
    }

    /// Returns every name, built in or not, in order.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        static BUILTIN: LazyLock<Vec<String>> =
            LazyLock::new(|| sources().map(|(name, _)| format!("{PREFIX}{name}")).collect());
        let mut names: Vec<&str> = match &self.set.tera {
            Some(tera) => tera.get_template_names().collect(),
            None => BUILTIN.iter().map(String::as_str).collect(),
        };
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
        Ok(match &self.set.tera {
            Some(tera) => tera.render(name, &context)?,
            None => shipped(name)?.render(name, &context)?,
        })
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

/// Returns an engine that holds a built-in template and all that it names.
fn shipped(name: &str) -> Result<Arc<Tera>, Error> {
    static PARSED: Mutex<Vec<(String, Arc<Tera>)>> = Mutex::new(Vec::new());
    let mut parsed = PARSED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, tera)) = parsed.iter().find(|(known, _)| known == name) {
        return Ok(Arc::clone(tera));
    }
    if parsed.len() < FEW
        && let Some(tera) = alone(name)
    {
        let tera = Arc::new(tera);
        parsed.push((name.to_owned(), Arc::clone(&tera)));
        return Ok(tera);
    }
    drop(parsed);
    whole()
}

/// Parses a built-in template and those that it names, and that they name; none where that is not all it
/// needs, or there is no such template.
fn alone(name: &str) -> Option<Tera> {
    let sources: BTreeMap<&str, &str> = sources().collect();
    let mut needed = BTreeSet::new();
    let mut open = vec![name];
    while let Some(name) = open.pop() {
        let Some((&name, text)) = sources.get_key_value(name.trim_start_matches(PREFIX)) else {
            continue;
        };
        if needed.insert(name) {
            // Whatever stands in quotes may be a name; what is none is passed over above.
            open.extend(text.split('"').skip(1).step_by(2));
        }
    }
    let mut tera = engine().ok()?;
    let texts = needed.into_iter().map(|name| (format!("{PREFIX}{name}"), sources[name]));
    tera.add_raw_templates(texts).ok()?;
    Some(tera)
}

/// Returns all built-in templates, parsed once.
fn whole() -> Result<Arc<Tera>, Error> {
    static PARSED: OnceLock<Arc<Tera>> = OnceLock::new();
    if let Some(tera) = PARSED.get() {
        return Ok(Arc::clone(tera));
    }
    let mut tera = engine()?;
    tera.add_raw_templates(sources().map(|(name, text)| (format!("{PREFIX}{name}"), text)))?;
    Ok(Arc::clone(PARSED.get_or_init(|| Arc::new(tera))))
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
