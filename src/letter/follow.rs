//! Follows a render: which spots it passed through, and what made each line.
//!
//! The marked templates call the functions here; they note in this thread what is passed, and print
//! marks that [`unmark`] takes out again before anything else reads the text.

use std::cell::RefCell;
use std::collections::BTreeSet;

use tera::{Kwargs, State, Tera, Value};

use super::weave::{BACK, BARE, HIT, HOLD, INTO, MARK, Origin, RELEASE, Woven};

/// A line of a template.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Source {
    /// The template, as `letters/grievance.md` or `builtin/letters/grievance.md`.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
}

/// Before a mark's digits.
const OPEN: char = '\u{E005}';
/// After them.
const CLOSE: char = '\u{E006}';
/// The digit nought of sixteen.
const NOUGHT: u32 = 0xE010;

thread_local! {
    static RUN: RefCell<Run> = RefCell::new(Run::default());
}

/// What one render passed through.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// Every printed mark: its origin, and the include it stands within.
    entries: Vec<(usize, Option<usize>)>,
    /// Every include passed: its origin, and the one it stands within.
    includes: Vec<(usize, Option<usize>)>,
    within: Option<usize>,
    held: usize,
    pub(super) hit: BTreeSet<usize>,
}

/// Registers the functions; must come before the first template.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function(MARK, mark);
    tera.register_function(HIT, |kwargs: Kwargs, _: &State| hit(&kwargs, |_| {}));
    tera.register_function(INTO, into);
    tera.register_function(BACK, |_: Kwargs, _: &State| {
        quiet(|run| run.within = run.within.and_then(|i| run.includes.get(i)?.1))
    });
    tera.register_function(HOLD, |_: Kwargs, _: &State| quiet(|run| run.held += 1));
    tera.register_function(RELEASE, |_: Kwargs, _: &State| {
        quiet(|run| run.held = run.held.saturating_sub(1))
    });
    tera.register_filter(BARE, |value: &Value, _: Kwargs, _: &State| match value.as_str() {
        Some(text) if value.is_safe() => Value::safe_string(&unmark(text).text),
        Some(_) | None => value.clone(),
    });
}

/// Renders, and returns what was passed beside the outcome.
pub(super) fn run<T, E>(render: impl FnOnce() -> Result<T, E>) -> Result<(T, Run), E> {
    RUN.take();
    let outcome = render();
    let run = RUN.take();
    Ok((outcome?, run))
}

fn quiet(note: impl FnOnce(&mut Run)) -> Value {
    RUN.with_borrow_mut(note);
    Value::safe_string("")
}

fn hit(kwargs: &Kwargs, note: impl FnOnce(&mut Run)) -> Result<Value, tera::Error> {
    let spot = kwargs.get::<usize>("s")?;
    Ok(quiet(|run| {
        run.hit.extend(spot);
        note(run);
    }))
}

fn into(kwargs: Kwargs, _: &State) -> Result<Value, tera::Error> {
    let origin = kwargs.must_get::<usize>("n")?;
    hit(&kwargs, |run| {
        run.includes.push((origin, run.within));
        run.within = Some(run.includes.len() - 1);
    })
}

fn mark(kwargs: Kwargs, _: &State) -> Result<Value, tera::Error> {
    let origin = kwargs.must_get::<usize>("n")?;
    let mut number = None;
    hit(&kwargs, |run| {
        if run.held == 0 {
            number = Some(run.entries.len());
            run.entries.push((origin, run.within));
        }
    })?;
    Ok(Value::safe_string(&number.map(written).unwrap_or_default()))
}

fn written(number: usize) -> String {
    let digits = format!("{number:x}");
    let digits = digits.chars().filter_map(|c| char::from_u32(NOUGHT + c.to_digit(16)?));
    std::iter::once(OPEN).chain(digits).chain(std::iter::once(CLOSE)).collect()
}

/// A text without its marks, and where they stood: byte in the text, number of the mark.
pub(super) struct Unmarked {
    pub(super) text: String,
    marks: Vec<(usize, usize)>,
}

/// Takes the marks out.
pub(super) fn unmark(marked: &str) -> Unmarked {
    let mut text = String::with_capacity(marked.len());
    let mut marks = Vec::new();
    let mut number: Option<usize> = None;
    for c in marked.chars() {
        match (c, number) {
            (OPEN, _) => number = Some(0),
            (CLOSE, Some(n)) => {
                marks.push((text.len(), n));
                number = None;
            }
            (_, Some(n)) => {
                let digit = u32::from(c).saturating_sub(NOUGHT) as usize;
                number = Some(n.saturating_mul(16).saturating_add(digit));
            }
            (_, None) => text.push(c),
        }
    }
    Unmarked { text, marks }
}

impl Unmarked {
    /// Returns, for each line of the text, the template lines that made it, innermost include first.
    pub(super) fn lines(&self, run: &Run, woven: &Woven) -> Vec<Vec<Source>> {
        let mut lines: Vec<Vec<(usize, Source)>> = vec![Vec::new(); self.text.lines().count()];
        let (mut at, mut counted) = (0, 0);
        let ends = self.marks.iter().skip(1).map(|m| m.0).chain(std::iter::once(self.text.len()));
        for (&(start, number), end) in self.marks.iter().zip(ends) {
            at += self.text[counted..start].matches('\n').count();
            counted = start;
            let Some(&(origin, within)) = run.entries.get(number) else { continue };
            let Some(&origin) = woven.origins.get(origin) else { continue };
            for (i, words) in self.text[start..end].split('\n').enumerate() {
                if words.trim().is_empty() {
                    continue;
                }
                if let Some(line) = lines.get_mut(at + i) {
                    let down = if origin.is_literal { i } else { 0 };
                    add(line, Origin { line: origin.line + down, ..origin }, within, run, woven);
                }
            }
        }
        lines.into_iter().map(ordered).collect()
    }
}

/// Adds a line of a template and the includes that lead to it, each with its depth.
fn add(
    line: &mut Vec<(usize, Source)>,
    origin: Origin,
    within: Option<usize>,
    run: &Run,
    woven: &Woven,
) {
    let mut chain = vec![origin];
    let mut include = within;
    while let Some(&(origin, outer)) = include.and_then(|i| run.includes.get(i)) {
        chain.extend(woven.origins.get(origin));
        include = outer;
    }
    let depth = chain.len();
    for (i, origin) in chain.into_iter().enumerate() {
        let file = woven.files.get(origin.file).cloned().unwrap_or_default();
        line.push((depth - i, Source { file, line: origin.line }));
    }
}

fn ordered(mut line: Vec<(usize, Source)>) -> Vec<Source> {
    line.sort_by_key(|(depth, _)| usize::MAX - depth);
    let mut sources: Vec<Source> = Vec::new();
    for (_, source) in line {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    sources
}
