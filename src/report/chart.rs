//! A table as a chart of bars, in SVG that says in words what it shows.

use std::fmt::Write as _;

use super::{Row, Table};
use crate::diag::markup;

const WIDTH: usize = 760;
/// Where the bars begin; the labels stand before it.
const BARS: usize = 340;
/// Room for the number behind a bar.
const NUMBER: usize = 60;
const ROW: usize = 28;
const TOP: usize = 52;
/// How many characters of a label fit before the bars.
const LABEL: usize = 40;

/// Returns a table as a chart: a bar for each row that has a number, as long as the number is large.
#[must_use]
pub fn chart(table: &Table) -> String {
    let most = table.rows.iter().filter_map(|r| r.count).max().unwrap_or_default().max(1);
    let height = TOP + table.rows.len() * ROW + 16;
    let told: Vec<String> = table.rows.iter().map(tell).collect();
    let id = table.id;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" \
         width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"system-ui, 'Segoe UI', 'Noto Sans', sans-serif\" font-size=\"14\">\n\
         <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>\n\
         <text x=\"16\" y=\"30\" font-size=\"17\" font-weight=\"600\" fill=\"#1c1f23\">{}</text>\n",
        markup(table.title),
        markup(&told.join("; ")),
        markup(table.title),
    );
    let _ = writeln!(
        out,
        "<line x1=\"{BARS}\" y1=\"{}\" x2=\"{BARS}\" y2=\"{}\" stroke=\"#555d66\"/>",
        TOP - 4,
        height - 12
    );
    for (n, row) in table.rows.iter().enumerate() {
        bar(&mut out, row, TOP + n * ROW, most);
    }
    out.push_str("</svg>\n");
    out
}

fn bar(out: &mut String, row: &Row, top: usize, most: usize) {
    let base = top + 16;
    // A part is set in, and its bar is paler than its group's.
    let (indent, fill) = match (&row.within, &row.label) {
        (Some(_), _) => (32, "#9cc0e4"),
        (None, Some(_)) => (16, "#0b57a4"),
        (None, None) => (16, "#7a828b"),
    };
    let room = LABEL - (indent - 16) / 8;
    let _ = writeln!(
        out,
        "<text x=\"{indent}\" y=\"{base}\" fill=\"#1c1f23\">{}</text>",
        markup(&short(&row.name(), room))
    );
    let length = row.count.map_or(0, |n| (n * (WIDTH - BARS - NUMBER)).div_ceil(most));
    if length > 0 {
        let _ = writeln!(
            out,
            "<rect x=\"{BARS}\" y=\"{}\" width=\"{length}\" height=\"18\" fill=\"{fill}\"/>",
            top + 2
        );
    }
    let _ = writeln!(
        out,
        "<text x=\"{}\" y=\"{base}\" fill=\"#1c1f23\">{}</text>",
        BARS + length + 8,
        row.number()
    );
}

fn tell(row: &Row) -> String {
    let number = row.count.map_or_else(|| "not shown".to_owned(), |n| n.to_string());
    match &row.within {
        Some(group) => format!("{group}, {}: {number}", row.name()),
        None => format!("{}: {number}", row.name()),
    }
}

fn short(text: &str, room: usize) -> String {
    if text.chars().count() <= room {
        return text.to_owned();
    }
    let cut: String = text.chars().take(room - 1).collect();
    format!("{}…", cut.trim_end())
}
