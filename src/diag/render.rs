//! Diagnostics as text: a window on the source, the label, the advice, the change.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};

use super::visible::{Window, visible};
use super::{Diagnostic, Severity, Source, Span, count};

/// Most diagnostics shown in full; a file that is no record at all would fill the screen for hours.
const MOST: usize = 60;

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
    let concealed = concealed(&sorted);
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
        title.element(origin(d, source, &name))
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
        let Some(window) = Window::of(&source.text, &fix.span, concealed) else { continue };
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
    if let Some(window) = Window::of(&source.text, &(start..end), concealed) {
        return vec![(window, d.labels.iter().collect())];
    }
    d.labels
        .iter()
        .filter_map(|label| {
            let line = label.span.start..label.span.start;
            Some((Window::of(&source.text, &line, concealed)?, vec![label]))
        })
        .collect()
}

/// Where a diagnostic stands whose lines cannot be shown.
fn origin<'a>(d: &Diagnostic, source: &Source, name: &str) -> Origin<'a> {
    let origin = Origin::path(name.to_owned());
    match d.start() {
        Some(at) => {
            let (line, column) = source.position(at);
            origin.line(line).char_column(column)
        }
        None => origin,
    }
}

/// Every place whose digits are not shown, in order and without overlap.
fn concealed(diagnostics: &[Diagnostic]) -> Vec<Span> {
    let mut spans: Vec<Span> = diagnostics.iter().flat_map(|d| d.conceal.iter().cloned()).collect();
    spans.sort_by_key(|s| (s.start, s.end));
    spans.dedup_by(|later, first| {
        let overlaps = later.start <= first.end;
        if overlaps {
            first.end = first.end.max(later.end);
        }
        overlaps
    });
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Source {
        Source::new("a.toml", "one = 1\ntwo = \u{1b}[31m\n")
    }

    #[test]
    fn a_window_a_label_the_advice_and_the_change() {
        let fault = Diagnostic::error("test::one", "one is wrong")
            .at(6..7, "too small")
            .also(8..11, "because of this")
            .help("count again")
            .fix(6..7, "2");
        let expected = "\
error[test::one]: one is wrong
 --> a.toml:1:7
  |
1 | one = 1
  |       ^ too small
2 | two = ␛[31m
  | --- because of this
  |
  = help: count again
help: change it to
  |
1 - one = 1
1 + one = 2
  |

found 1 error in a.toml
";
        assert_eq!(render(std::slice::from_ref(&fault), &source(), false), expected);
        assert_eq!(brief(&[fault], &source()), "a.toml:1:7: error[test::one]: one is wrong\n");
    }

    #[test]
    fn nothing_is_rendered_for_nothing() {
        assert_eq!(render(&[], &source(), true), "");
    }

    #[test]
    fn counts_have_the_right_plurals() {
        let error = Diagnostic::error("test::one", "e");
        let warning = Diagnostic::warning("test::two", "w");
        let note = Diagnostic::note("test::three", "n");
        let all = [error.clone(), warning.clone(), error, note, warning];
        assert_eq!(summary(&all, &source()), "found 2 errors, 2 warnings and 1 note in a.toml");
        assert_eq!(summary(&all[1..2], &source()), "found 1 warning in a.toml");
    }

    #[test]
    fn places_outside_the_source_and_messages_with_escapes_are_harmless() {
        let fault = Diagnostic::error("test::one", "bad \u{1b}[2J\nname")
            .at(90..99, "\u{202e}")
            .fix(Span { start: 500, end: 400 }, "\u{7}");
        let text = render(&[fault], &Source::new("a\u{1b}.toml", "é"), false);
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
    }

    #[test]
    fn colour_is_only_on_demand() {
        let fault = [Diagnostic::error("test::one", "one").at(0..3, "here")];
        assert!(!render(&fault, &source(), false).contains('\u{1b}'));
        assert!(render(&fault, &source(), true).contains("\u{1b}["));
    }
}
