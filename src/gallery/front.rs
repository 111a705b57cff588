//! What stands at the head of the page: how things are, how to use it, what to show.

use std::fmt::Write as _;

use super::{Count, Gallery};
use crate::calendar::long_date;
use crate::diag::{markup, visible};

/// A filter: its id, which is also the class of what it shows, and its words.
type Filter = (&'static str, &'static str, fn(Count) -> usize);

const FILTERS: [Filter; 5] = [
    ("all", "All", Count::all),
    ("changed", "Changed since approved", |c| c.changed),
    ("never", "Never approved", |c| c.never),
    ("approved", "Approved", |c| c.approved),
    ("faulty", "Cannot be written", |c| c.faulty),
];

/// Writes the head of the page.
pub(super) fn header(out: &mut String, gallery: &Gallery, all: Count) {
    let _ = writeln!(
        out,
        "<header>\n<h1>Letters to approve</h1>\n\
         <p class=\"lead\">{}</p>\n<p>Templates: {}. Made on <time datetime=\"{}\">{}</time>.</p>",
        markup(&verdict(all)),
        markup(&visible(&gallery.source)),
        gallery.as_of,
        long_date(gallery.as_of),
    );
    out.push_str(
        "<details class=\"how\">\n<summary>How to use this page</summary>\n\
         <p>Each line below is one letter in one case. Open it to read the letter; the people in it are invented, \
         unless the records are your own. A letter that has changed since it was approved shows what was \
         <del>removed</del> and what was <ins>added</ins>.</p>\n\
         <p>An approval is of the words you read here. When any word of a letter in a case changes, through a template, \
         the law on file or the record, that case loses its approval and no other does. Words that no case here reads \
         are approved by nobody: <code>appeal templates coverage</code> names them.</p>\n\
         <p>To approve a letter in all its cases: <code>appeal templates gallery --templates DIR --approve \
         letters/grievance.md --by \"Your Name\"</code>; in one case: <code>--approve CASE/STAGE</code>, as each letter \
         says below. Give the same records and law as for this page.</p>\n\
         <p>Printing prints the letters that are open.</p>\n</details>\n",
    );
    filters(out, all);
    out.push_str("</header>\n");
}

/// What is true of all letters together, in one or two sentences.
fn verdict(all: Count) -> String {
    let Count { approved, changed, never, faulty } = all;
    let mut says = match (approved, changed, all.all()) {
        (_, _, 0) => "No letter is shown.".to_owned(),
        (0, 0, _) => "Nobody has approved any of these letters.".to_owned(),
        (a, _, n) if a == n => format!("All {n} are approved as they read now."),
        (a, _, n) => format!("{a} of {n} are approved as they read now."),
    };
    if changed > 0 {
        let _ = write!(says, " {changed} changed since they were approved.");
    }
    if never > 0 && approved + changed > 0 {
        let _ = write!(says, " {never} were never approved.");
    }
    if faulty > 0 {
        let _ = write!(says, " {faulty} cannot be written.");
    }
    says
}

/// Radio buttons that the style sheet reads; a browser too old for that shows everything.
fn filters(out: &mut String, count: Count) {
    out.push_str("<fieldset class=\"filters\">\n<legend>Show</legend>\n");
    for (id, words, of) in FILTERS {
        let n = of(count);
        if n == 0 && id != "all" {
            continue;
        }
        let checked = if id == "all" { " checked" } else { "" };
        let _ = writeln!(
            out,
            "<label><input type=\"radio\" name=\"show\" id=\"show-{id}\" autocomplete=\"off\"{checked}> {words} \
             <span class=\"n\">{n}</span></label>"
        );
    }
    out.push_str("</fieldset>\n");
}
