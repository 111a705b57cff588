//! The docket as one HTML page: read on a screen, by ear, or on paper, without script or network.

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::words::{asks, away, foot, heading, lacks, notes, says};
use super::{Docket, Kind, Line};
use crate::calendar::{long_date, weekday_date as long};
use crate::diag::markup;
use crate::diag::visible;

/// How it looks: one column of rows on a telephone, a table on anything wider, ink only on paper.
const STYLE: &str = include_str!("docket.css");

/// A part of the page: its id, its heading, and the dates that belong there.
type Part = (&'static str, &'static str, fn(&Line) -> bool);

/// What calls for something comes first, what has passed and calls for nothing last.
const PARTS: [Part; 7] = [
    ("passed", "Passed", |l| l.days < 0 && l.kind.is_the_members()),
    ("missed", "Missed by others", |l| l.kind == Kind::Overdue),
    ("today", "Today", |l| l.days == 0),
    ("week", "In the next 7 days", |l| (1..=7).contains(&l.days)),
    ("month", "In the next 30 days", |l| (8..=30).contains(&l.days)),
    ("later", "Later", |l| l.days > 30),
    ("behind", "Passed, and held against nobody", |l| {
        l.days < 0 && matches!(l.kind, Kind::Due | Kind::Opens)
    }),
];

/// Returns a docket as a page that stands on its own.
#[must_use]
pub fn html(docket: &Docket) -> String {
    let as_of = long(docket.as_of);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'; img-src data:\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <link rel=\"icon\" href=\"data:,\">\n\
         <title>Docket as of {}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>Docket</h1>\n<p class=\"as-of\">As of <time datetime=\"{}\">{as_of}</time>: {}</p>\n",
        long_date(docket.as_of),
        docket.as_of,
        heading(docket),
    );
    contents(&mut out, docket);
    out.push_str("</header>\n<main>\n");
    without_date(&mut out, docket);
    for (id, title, takes) in PARTS {
        let lines: Vec<&Line> = docket.lines.iter().filter(|l| takes(l)).collect();
        if !lines.is_empty() {
            table(&mut out, id, title, &lines);
        }
    }
    out.push_str("</main>\n<footer>\n");
    for told in foot(docket) {
        let _ = writeln!(out, "<p>{}</p>", code(&told));
    }
    out.push_str("</footer>\n</body>\n</html>\n");
    out
}

/// Links to the parts that there are, each with its number of lines.
fn contents(out: &mut String, docket: &Docket) {
    let mut links = vec![
        ("missing", "Facts missing", docket.needs.len()),
        ("unread", "To look at", docket.unread.len()),
    ];
    links.extend(
        PARTS.map(|(id, title, takes)| {
            (id, title, docket.lines.iter().filter(|l| takes(l)).count())
        }),
    );
    links.retain(|(_, _, n)| *n > 0);
    if links.is_empty() {
        out.push_str("<p>There is no open date.</p>\n");
        return;
    }
    out.push_str("<nav aria-label=\"Parts of this page\">\n<ul>\n");
    for (id, title, n) in links {
        let _ =
            writeln!(out, "<li><a href=\"#{id}\">{title} <span class=\"n\">{n}</span></a></li>");
    }
    out.push_str("</ul>\n</nav>\n");
}

fn without_date(out: &mut String, docket: &Docket) {
    if !docket.needs.is_empty() {
        section(out, "missing", "Facts missing, and dates with them", docket.needs.len());
        head(out, "missing", &["Case", "What", "Owner"]);
        for needs in &docket.needs {
            let owner = Some(needs.owner.as_deref().unwrap_or_default());
            undated(out, &needs.case_id, &capital(&asks(needs)), owner);
        }
        out.push_str("</tbody>\n</table>\n</section>\n");
    }
    if let Some(lacks) = lacks(docket) {
        section(out, "unread", "Records to look at", docket.unread.len());
        let _ = writeln!(out, "<p>{}</p>", code(&lacks));
        head(out, "unread", &["Record", "What"]);
        for unread in &docket.unread {
            undated(out, &visible(&unread.place), &capital(&visible(&unread.why)), None);
        }
        out.push_str("</tbody>\n</table>\n</section>\n");
    }
}

fn undated(out: &mut String, name: &str, what: &str, owner: Option<&str>) {
    let owner = owner.map(|o| format!("<td role=\"cell\" class=\"owner\">{}</td>", markup(o)));
    let _ = writeln!(
        out,
        "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">{}</th><td role=\"cell\">{}</td>{}</tr>",
        markup(name),
        code(what),
        owner.unwrap_or_default()
    );
}

fn section(out: &mut String, id: &str, title: &str, n: usize) {
    let _ = writeln!(
        out,
        "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title} <span class=\"n\">{n}</span></h2>"
    );
}

/// Begins a table that stays one for a screen reader where a narrow screen shows its rows as blocks.
fn head(out: &mut String, id: &str, heads: &[&str]) {
    let class = match heads {
        ["Date", ..] => "dated",
        ["Record", ..] => "undated records",
        _ => "undated",
    };
    let _ = write!(
        out,
        "<table role=\"table\" class=\"{class}\" aria-labelledby=\"{id}\">\n\
         <thead role=\"rowgroup\"><tr role=\"row\">"
    );
    for head in heads {
        let _ = write!(out, "<th role=\"columnheader\" scope=\"col\">{head}</th>");
    }
    out.push_str("</tr></thead>\n<tbody role=\"rowgroup\">\n");
}

fn table(out: &mut String, id: &str, title: &str, lines: &[&Line]) {
    section(out, id, title, lines.len());
    head(out, id, &["Date", "Case", "What", "Owner"]);
    for line in lines {
        row(out, line);
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
}

fn row(out: &mut String, line: &Line) {
    let notes = notes(line);
    let notes = match notes.as_slice() {
        [] => String::new(),
        notes => {
            format!(" <span class=\"note\">{}</span>", markup(&capital(&notes.join("; "))))
        }
    };
    let _ = writeln!(
        out,
        "<tr role=\"row\" class=\"{}\"><td role=\"cell\" class=\"date\"><time datetime=\"{}\">{}</time> \
         <span class=\"away\">{}</span></td><th role=\"rowheader\" scope=\"row\">{}</th>\
         <td role=\"cell\" class=\"what\">{}{notes}</td><td role=\"cell\" class=\"owner\">{}</td></tr>",
        class(line),
        line.date,
        short(line.date),
        away(line.days),
        markup(&line.case_id),
        markup(&capital(&says(line))),
        markup(line.owner.as_deref().unwrap_or_default()),
    );
}

/// How a row is set off: the member's own days stand out, and others' stand back.
fn class(line: &Line) -> &'static str {
    match line.kind {
        Kind::FileBy | Kind::LastWorkingDay if line.days <= 7 => "own near",
        Kind::FileBy | Kind::LastWorkingDay => "own",
        Kind::Opens if line.days == 0 => "own",
        Kind::ArguableUntil | Kind::Opens | Kind::Overdue | Kind::Due => "other",
    }
}

fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |c| c.to_uppercase().chain(rest).collect())
}

fn short(date: NaiveDate) -> String {
    date.format("%a %b %-d, %Y").to_string()
}

/// Marks what stands between backquotes as something to type.
fn code(text: &str) -> String {
    let mut out = String::new();
    for (n, piece) in text.split('`').enumerate() {
        let piece = markup(piece);
        let _ =
            if n % 2 == 1 { write!(out, "<code>{piece}</code>") } else { write!(out, "{piece}") };
    }
    out
}
