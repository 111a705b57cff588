//! Diagnostics as text: a window on the source, the label, the advice, the change.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};

use super::visible::{Window, visible};
use super::{Diagnostic, Severity, Source, Span, count};

/// Most diagnostics shown in full; a file that is no record at all would fill the screen for hours.
const MOST: usize = 60;
/// Widest stretch of source shown for one diagnostic.
const WIDEST: usize = 20_000;

/// Renders every diagnostic in the order of the source, and a last line that counts them.
///
/// Returns nothing for no diagnostics. Escapes and control characters of the source come out as
/// visible signs.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], source: &Source, color: bool) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }.term_width(100);
    let mut sorted = diagnostics.to_vec();
    super::sort(&mut sorted);
    let concealed: Vec<Span> = sorted.iter().flat_map(|d| d.conceal.clone()).collect();
    let mut out = String::new();
    for diagnostic in sorted.iter().take(MOST) {
        out.push_str(&one(diagnostic, source, &concealed, &renderer));
        out.push_str("\n\n");
    }
    if sorted.len() > MOST {
        out.push_str(&format!("and {} more\n\n", sorted.len() - MOST));
    }
    out.push_str(&summary(&sorted, source));
    out.push('\n');
    out
}

/// Renders one line for each diagnostic, without quoting the source: for logs of many records.
#[must_use]
pub fn brief(diagnostics: &[Diagnostic], source: &Source) -> String {
    let mut sorted = diagnostics.to_vec();
    super::sort(&mut sorted);
    let line = |d: &Diagnostic| {
        let place = match d.start() {
            Some(at) => {
                let (line, column) = source.position(at);
                format!(":{line}:{column}")
            }
            None => String::new(),
        };
        let (name, message) = (visible(&source.name), visible(&d.message));
        format!("{name}{place}: {}[{}]: {message}\n", d.severity, d.code)
    };
    sorted.iter().map(line).collect()
}

/// Counts diagnostics in words: `2 errors and 1 warning in case.toml`.
#[must_use]
pub fn summary(diagnostics: &[Diagnostic], source: &Source) -> String {
    let of = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .map(|s| (of(s), s.to_string()))
        .filter(|(n, _)| *n > 0)
        .map(|(n, noun)| count(n, &noun))
        .collect();
    let listed = match counts.as_slice() {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    };
    format!("found {listed} in {}", visible(&source.name))
}

fn one(d: &Diagnostic, source: &Source, concealed: &[Span], renderer: &Renderer) -> String {
    let name = visible(&source.name);
    let level = match d.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(visible(&d.message)).id(d.code);
    let labels = windows(d, source, concealed);
    let mut group: Group<'_> = if labels.is_empty() {
        title.element(Origin::path(name.clone()))
    } else {
        title.elements(labels.into_iter().map(|(window, labels)| {
            let (line, text) = (window.line, window.text.clone());
            Snippet::source(text).line_start(line).path(name.clone()).annotations(
                labels.into_iter().map(move |label| {
                    let kind = if label.primary {
                        AnnotationKind::Primary
                    } else {
                        AnnotationKind::Context
                    };
                    let text = visible(&label.text);
                    let said = kind.span(window.place(&label.span));
                    if text.is_empty() { said } else { said.label(text) }
                }),
            )
        }))
    };
    for help in &d.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    let mut report = vec![group];
    for fix in &d.fixes {
        let window = Window::of(&source.text, &fix.span, concealed);
        if window.text.len() > WIDEST {
            continue;
        }
        let patch = Patch::new(window.place(&fix.span), shown(&fix.text));
        report.push(
            Level::HELP.secondary_title(visible(&fix.title)).element(
                Snippet::source(window.text.clone())
                    .line_start(window.line)
                    .path(name.clone())
                    .patch(patch),
            ),
        );
    }
    renderer.render(&report)
}

/// A replacement keeps its line ends.
fn shown(text: &str) -> String {
    text.split('\n').map(visible).collect::<Vec<_>>().join("\n")
}

/// Puts the labels of a diagnostic into one window, or one each where they lie far apart.
fn windows<'d>(
    d: &'d Diagnostic,
    source: &Source,
    concealed: &[Span],
) -> Vec<(Window, Vec<&'d super::Label>)> {
    let Some(start) = d.labels.iter().map(|l| l.span.start).min() else { return Vec::new() };
    let end = d.labels.iter().map(|l| l.span.end).max().unwrap_or(start);
    if end.saturating_sub(start) <= WIDEST {
        let window = Window::of(&source.text, &(start..end), concealed);
        if window.text.len() <= 2 * WIDEST {
            return vec![(window, d.labels.iter().collect())];
        }
    }
    d.labels
        .iter()
        .map(|label| {
            (
                Window::of(&source.text, &(label.span.start..label.span.start), concealed),
                vec![label],
            )
        })
        .filter(|(window, _)| window.text.len() <= 2 * WIDEST)
        .collect()
}
