//! Faults in what a person wrote, gathered and shown together with the place and the remedy.
//!
//! Records, packs of law and templates all report through [`Diagnostic`]. Nothing here prints:
//! [`render`] returns the text, and the caller says whether it may be coloured.

mod fold;
mod markup;
mod near;
mod render;
mod visible;

use std::fmt;
use std::ops::Range;

pub use fold::fold;
pub use markup::markup;
pub use near::nearest;
pub use render::{brief, render, summary};
pub use visible::visible;

/// Bytes of a source.
pub type Span = Range<usize>;

/// A text that a person wrote, and what it is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The path, or whatever else names it.
    pub name: String,
    /// The whole text.
    pub text: String,
}

impl Source {
    /// Names a text.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Source { name: name.into(), text: text.into() }
    }

    /// Returns line and column, both from 1, columns in characters; past the end, those of the end.
    #[must_use]
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let before = &self.text[..visible::floor(&self.text, offset)];
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        (line, before[start..].chars().count() + 1)
    }
}

/// How much a fault matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is written while it stands.
    Error,
    /// Something is probably wrong.
    Warning,
    /// Good to know.
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        })
    }
}

/// What to say about one place of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is the matter there; may be empty.
    pub text: String,
    /// Whether this is the fault itself rather than something that explains it.
    pub primary: bool,
}

/// A replacement that would remove the fault. Several in one diagnostic are alternatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What it becomes.
    pub text: String,
    /// The words before it: `change it to`.
    pub title: String,
}

/// One fault.
///
/// The message is lowercase, has no final period, and never quotes what a text field says: it may
/// end up in a log. Advice is only in `help`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// A stable name, as `record::date`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Vec<String>,
    /// Ready-made changes.
    pub fixes: Vec<Fix>,
    /// Places whose digits are never shown, in this diagnostic or in any other.
    pub conceal: Vec<Span>,
}

impl Diagnostic {
    /// Reports something that must be put right.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// Reports something that is probably wrong.
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// Reports something that is good to know.
    #[must_use]
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic {
            severity,
            code,
            message: message.into(),
            labels: Vec::new(),
            help: Vec::new(),
            fixes: Vec::new(),
            conceal: Vec::new(),
        }
    }

    /// Points at the fault.
    #[must_use]
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into(), primary: true });
        self
    }

    /// Points at something that explains the fault.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into(), primary: false });
        self
    }

    /// Adds advice.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Offers a change.
    #[must_use]
    pub fn fix(self, span: Span, text: impl Into<String>) -> Self {
        self.fix_titled("change it to", span, text)
    }

    /// Offers a change under its own title.
    #[must_use]
    pub fn fix_titled(
        mut self,
        title: impl Into<String>,
        span: Span,
        text: impl Into<String>,
    ) -> Self {
        self.fixes.push(Fix { span, text: text.into(), title: title.into() });
        self
    }

    /// Keeps the digits of a place from ever being shown.
    #[must_use]
    pub fn conceal(mut self, span: Span) -> Self {
        self.conceal.push(span);
        self
    }

    /// Returns where the fault starts; none where it concerns the source as a whole.
    #[must_use]
    pub fn start(&self) -> Option<usize> {
        let primary = self.labels.iter().filter(|l| l.primary).map(|l| l.span.start).min();
        primary.or_else(|| self.labels.iter().map(|l| l.span.start).min())
    }
}

/// Puts diagnostics in the order of the source; those without a place come last.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        let place = |d: &Diagnostic| (d.start().unwrap_or(usize::MAX), d.severity, d.code);
        place(a).cmp(&place(b)).then_with(|| a.message.cmp(&b.message))
    });
}

/// Returns whether any of them is an error.
#[must_use]
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}

/// Writes a number with its noun: `1 error`, `2 errors`.
#[must_use]
pub fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("{n} {noun}") } else { format!("{n} {noun}s") }
}
