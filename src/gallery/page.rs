//! The gallery as one HTML page: read on a screen, by ear, or on paper, without script or network.

use std::fmt::Write as _;

use super::approvals::{Approved, Judged, State};
use super::front::header;
use super::html::{self, Tally};
use super::reading::Reading;
use super::{Count, Gallery};
use crate::calendar::long_date;
use crate::diag::{count, markup, visible};

/// How it looks.
const STYLE: &str = include_str!("gallery.css");

/// Returns a gallery as a page that stands on its own.
#[must_use]
pub fn page(gallery: &Gallery) -> String {
    let count = gallery.count();
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <link rel=\"icon\" href=\"data:,\">\n\
         <title>Letters to approve, as of {}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        long_date(gallery.as_of),
    );
    header(&mut out, gallery, count);
    let groups: Vec<&[Judged]> =
        gallery.readings.chunk_by(|a, b| a.reading.template == b.reading.template).collect();
    contents(&mut out, &groups);
    out.push_str("<main>\n");
    beside(&mut out, gallery);
    for group in groups {
        section(&mut out, group);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn contents(out: &mut String, groups: &[&[Judged]]) {
    out.push_str("<nav aria-labelledby=\"letters\">\n<h2 id=\"letters\">Letters</h2>\n<ul>\n");
    for group in groups {
        let Some(first) = group.first() else { continue };
        let template = markup(&first.reading.template);
        let _ = writeln!(
            out,
            "<li class=\"{}\"><a href=\"#{template}\">{} <code>{template}</code></a> <span class=\"n\">{}</span></li>",
            classes(group),
            markup(&title(group)),
            words(Count::of(*group)),
        );
    }
    out.push_str("</ul>\n</nav>\n");
}

/// What is no letter, but must be known: records without one, letters without a case, approvals of nothing.
fn beside(out: &mut String, gallery: &Gallery) {
    let mut list = |id: &str, title: &str, says: &str, lines: Vec<String>| {
        if lines.is_empty() {
            return;
        }
        let _ = writeln!(
            out,
            "<section class=\"beside\" aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title}</h2>\n<p>{says}</p>\n<ul>\n{}\
             </ul>\n</section>",
            lines.iter().map(|l| format!("<li>{l}</li>\n")).collect::<String>()
        );
    };
    let stuck = gallery.stuck.iter().map(|s| {
        format!("<code>{}</code>: {}", markup(&visible(&s.file)), markup(&visible(&s.why)))
    });
    list("stuck", "Records without letters", "Each of these should have one.", stuck.collect());
    let unread = gallery.unread.iter().map(|name| format!("<code>{}</code>", markup(name)));
    list(
        "unread",
        "Letters that no case reads",
        "Nobody can approve what they cannot read: add a record that leads to each.",
        unread.collect(),
    );
    let gone =
        gallery.gone.iter().map(|a| format!("<code>{}</code>, {}", markup(&a.name), said(a)));
    list(
        "gone",
        "Approved, and not among these",
        "These letters were approved and are not shown here: their case or stage is gone, or was not asked for.",
        gone.collect(),
    );
}

fn section(out: &mut String, group: &[Judged]) {
    let Some(first) = group.first() else { return };
    let template = markup(&first.reading.template);
    let _ = writeln!(
        out,
        "<section class=\"{}\" aria-labelledby=\"{template}\">\n<h2 id=\"{template}\">{} <code>{template}</code></h2>\n\
         <p class=\"n\">{}</p>",
        classes(group),
        markup(&title(group)),
        words(Count::of(group)),
    );
    group.iter().for_each(|judged| entry(out, judged));
    out.push_str("</section>\n");
}

fn entry(out: &mut String, judged: &Judged) {
    let Judged { reading, state } = judged;
    let name = markup(&reading.name);
    // What a person has to look at is open from the start.
    let open = match state {
        State::Changed(..) | State::Edited(_) | State::Faulty(_) => " open",
        State::Approved(_) | State::Never => "",
    };
    let _ = writeln!(
        out,
        "<details class=\"entry {}\" id=\"{name}\"{open}>\n<summary><h3>{}</h3> <span class=\"state\">{}</span></summary>",
        class(state),
        markup(&reading.case),
        label(state),
    );
    about(out, reading);
    body(out, reading, state);
    out.push_str("</details>\n");
}

fn about(out: &mut String, reading: &Reading) {
    let when = reading.when.map_or("for the member, not to be sent".to_owned(), |w| w.to_string());
    let _ = writeln!(
        out,
        "<p class=\"about\">{}: {when}. Dated {}. <code>--approve {}</code></p>",
        markup(&reading.title),
        long_date(reading.as_of),
        markup(&reading.name),
    );
    if !reading.why.is_empty() {
        let _ = writeln!(
            out,
            "<p class=\"about\">Why this letter: {}.</p>",
            markup(reading.why.trim_end_matches('.'))
        );
    }
}

fn body(out: &mut String, reading: &Reading, state: &State) {
    let text = reading.text.as_deref().unwrap_or_default();
    match state {
        State::Approved(approved) => {
            let _ = writeln!(out, "<p class=\"verdict\">{}.</p>", capital(&said(approved)));
            letter(out, |out| html::plain(text, out));
        }
        State::Never => letter(out, |out| html::plain(text, out)),
        State::Edited(approved) => {
            let _ = writeln!(
                out,
                "<p class=\"verdict\">{}, but the text that was kept of it is gone or was changed, so the approval \
                 counts no more and no differences can be shown.</p>",
                capital(&said(approved))
            );
            letter(out, |out| html::plain(text, out));
        }
        State::Changed(approved, was) => {
            let mut shown = String::new();
            let tally = html::changed(&reading.name, was, text, &mut shown);
            let _ = writeln!(
                out,
                "<p class=\"verdict\">{}. Since then: {}.</p>",
                capital(&said(approved)),
                changes(tally)
            );
            places(out, &reading.name, tally.places);
            letter(out, |out| out.push_str(&shown));
        }
        State::Faulty(why) => {
            let _ = writeln!(out, "<p class=\"verdict\">{}</p>", markup(&visible(why)));
        }
    }
}

fn letter(out: &mut String, write: impl FnOnce(&mut String)) {
    out.push_str("<article>\n");
    write(out);
    out.push_str("</article>\n");
}

/// Links to the places that changed; a letter is long, and a change may be one word.
fn places(out: &mut String, name: &str, places: usize) {
    if places == 0 {
        return;
    }
    let name = markup(name);
    let links: Vec<String> =
        (1..=places).map(|n| format!("<a href=\"#{name}:{n}\">{n}</a>")).collect();
    let _ = writeln!(out, "<p class=\"places\">Go to change {}</p>", links.join(" "));
}

fn changes(tally: Tally) -> String {
    let each = [(tally.added, "added"), (tally.removed, "removed")];
    let words: Vec<String> = each
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{} {what}", count(*n, "word")))
        .collect();
    if words.is_empty() {
        return "the same words, set otherwise (spaces, numbers of a list, weight)".to_owned();
    }
    words.join(", ")
}

/// When it was approved and by whom, ready for HTML.
fn said(approved: &Approved) -> String {
    let by =
        approved.by.as_deref().map_or(String::new(), |by| format!(" by {}", markup(&visible(by))));
    format!("approved on {}{by}", long_date(approved.on))
}

fn class(state: &State) -> &'static str {
    match state {
        State::Approved(_) => "approved",
        State::Changed(..) | State::Edited(_) => "changed",
        State::Never => "never",
        State::Faulty(_) => "faulty",
    }
}

fn label(state: &State) -> &'static str {
    match state {
        State::Approved(_) => "approved",
        State::Changed(..) => "changed since approved",
        State::Edited(_) => "approval cannot be relied on",
        State::Never => "never approved",
        State::Faulty(_) => "cannot be written",
    }
}

/// Every class that stands in a group, for the filters.
fn classes(group: &[Judged]) -> String {
    let all = ["approved", "changed", "never", "faulty"];
    let has = |c: &&str| group.iter().any(|j| class(&j.state) == *c);
    all.into_iter().filter(has).map(|c| format!("has-{c}")).collect::<Vec<_>>().join(" ")
}

/// Counts in words, as `14 cases: 2 changed, 12 never approved`.
fn words(count: Count) -> String {
    let Count { approved, changed, never, faulty } = count;
    let cases = crate::diag::count(count.all(), "case");
    let each = [
        (changed, "changed since approved"),
        (never, "never approved"),
        (approved, "approved"),
        (faulty, "cannot be written"),
    ];
    let parts: Vec<&(usize, &str)> = each.iter().filter(|(n, _)| *n > 0).collect();
    match parts.as_slice() {
        [(_, words)] => format!("{cases}, {words}"),
        parts => {
            let parts: Vec<String> = parts.iter().map(|(n, w)| format!("{n} {w}")).collect();
            format!("{cases}: {}", parts.join(", "))
        }
    }
}

/// What a letter is called: its stage's title, or each of several.
fn title(group: &[Judged]) -> String {
    let mut titles: Vec<&str> = group.iter().map(|j| j.reading.title.as_str()).collect();
    titles.sort_unstable();
    titles.dedup();
    match titles.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first, more @ ..] if more.len() > 2 => format!("{first}, and {} more", more.len()),
        all => all.join(" / "),
    }
}

fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |c| c.to_uppercase().chain(rest).collect())
}
