//! Finds periods and dates that are typed in a template.
//!
//! ## Why it is bad
//!
//! Periods change. A letter that types "30 days" goes on saying it after the statute does not, and in cases to
//! which another period applies. A typed date is right for one case.
//!
//! ## Example
//!
//! ```text
//! You have to answer within 30 days, that is by January 1, 2027.
//! ```
//!
//! ## Use instead
//!
//! ```text
//! {% if answer_due %}Please answer within {{ answer_due.period }} ({{ answer_due.cite }}), that is by
//! {{ answer_due.date | long_date }}.{% endif %}
//! ```

use super::{Finds, From, Rule, Scene};
use crate::calendar::MONTHS;
use crate::diag::{Diagnostic, Severity, Span};

pub(super) const RULE: Rule = Rule {
    name: "typed-time",
    code: "lint::typed-time",
    severity: Severity::Error,
    source: include_str!("typed_time.rs"),
    from: From::Templates,
    look,
};

fn look(scene: &Scene<'_>, finds: &mut Finds) {
    for (i, file) in scene.looked_at() {
        for span in scene.finder.find(&file.words).periods {
            let fault = Diagnostic::error(RULE.code, "a period is typed in the template")
                .at(span, "a period comes from the ruling")
                .help("print `.period` of the deadline: {{ answer_due.period }}, {{ file_by.period }}");
            finds.add(i, fault);
        }
        for span in dates(&file.words) {
            let fault = Diagnostic::error(RULE.code, "a date is typed in the template")
                .at(span, "a date comes from the record or the ruling")
                .help("print the value: {{ denial.notice_date | long_date }}, {{ answer_due.date | long_date }}");
            finds.add(i, fault);
        }
    }
}

/// Finds "January 1, 2026", "1 January", "2026-01-01" and "1/1/2026".
fn dates(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let lower = text.to_ascii_lowercase();
    for month in MONTHS {
        for (at, _) in lower.match_indices(month) {
            // "You may 3 times" names no month.
            let alone = !text[..at].ends_with(char::is_alphanumeric)
                && text[at..].starts_with(|c: char| c.is_ascii_uppercase());
            let after = &text[at + month.len()..];
            let Some(rest) = after.strip_prefix(' ').filter(|_| alone) else { continue };
            let day = digits(rest);
            if day > 0 {
                let year = rest[day..].strip_prefix(", ").map_or(0, |y| digits(y) + 2);
                let year = if year == 6 { year } else { 0 };
                found.push(at..at + month.len() + 1 + day + year);
            }
        }
    }
    let starts = text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(i, _)| i);
    for at in starts {
        if text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '/') {
            continue;
        }
        for sign in ['-', '/'] {
            let lengths: Vec<&str> = text[at..]
                .split(|c: char| !c.is_ascii_digit() && c != sign)
                .next()
                .unwrap_or_default()
                .split(sign)
                .collect();
            let is_date = match lengths.as_slice() {
                [a, b, c] => match (a.len(), b.len(), c.len()) {
                    (4, 1..=2, 1..=2) => true,
                    (1..=2, 1..=2, 4) => sign == '/',
                    _ => false,
                },
                _ => false,
            };
            if is_date {
                found.push(at..at + lengths.iter().map(|l| l.len()).sum::<usize>() + 2);
            }
        }
    }
    found
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::dates;

    #[test]
    fn dates_are_found_and_numbers_are_not() {
        let found =
            |text: &str| dates(text).into_iter().map(|s| text[s].to_owned()).collect::<Vec<_>>();
        for date in ["January 1, 2026", "May 12", "2026-01-01", "1/31/2026"] {
            assert_eq!(found(&format!("é by {date}, or later")), [date]);
        }
        for text in [
            "You may 3 times",
            "1-888-466-2219",
            "page 3/4",
            "Mayfield 3",
            "in March.",
            "P.O. Box 12",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
