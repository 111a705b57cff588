//! Text and words, and what is wrong with them.

use toml::de::DeValue;

use super::keys::{self, Kind};
use super::reader::{Entry, Reader, Table};
use super::text;
use super::values::{leave_out, quoted};
use crate::diag::{Diagnostic, Span, nearest};

impl<'s> Reader<'s> {
    /// Reads a line or a narrative.
    pub(super) fn text(&mut self, table: &Table<'_, 's>, name: &str) -> Option<String> {
        let entry = self.entry(table, name)?;
        let raw = self.string(&entry, true)?;
        self.clean(&entry, raw)
    }

    /// Reads a text that must be there; empty where it is not, which is reported elsewhere.
    pub(super) fn needed_text(&mut self, table: &Table<'_, 's>, name: &str) -> String {
        self.text(table, name).unwrap_or_default()
    }

    /// Reads a list of lines.
    pub(super) fn lines(&mut self, table: &Table<'_, 's>, name: &str) -> Vec<String> {
        let mut lines = Vec::new();
        for item in self.items(table, name) {
            if let Some(raw) = self.string(&item, false)
                && let Some(line) = self.clean(&item, raw)
            {
                lines.push(line);
            }
        }
        lines
    }

    /// Reads one word of a list; none for `unknown`.
    pub(super) fn word(&mut self, table: &Table<'_, 's>, name: &str) -> Option<String> {
        let entry = self.entry(table, name)?;
        let typed = self.string(&entry, true)?;
        let word = self.known_word(&entry, &typed)?;
        (word != "unknown").then(|| word.to_owned())
    }

    /// Reads a word that must be there; `unknown` stays as it is.
    pub(super) fn needed_word(&mut self, table: &Table<'_, 's>, name: &str) -> String {
        let read = |r: &mut Self| {
            let entry = r.entry(table, name)?;
            let typed = r.string(&entry, true)?;
            r.known_word(&entry, &typed)
        };
        read(self).unwrap_or_default().to_owned()
    }

    /// Reads a list of words; empty for `["unknown"]`.
    pub(super) fn words(&mut self, table: &Table<'_, 's>, name: &str) -> Vec<String> {
        let items = self.items(table, name);
        let several = items.len() > 1;
        let mut words: Vec<String> = Vec::new();
        for item in items {
            let Some(typed) = self.string(&item, false) else { continue };
            let Some(word) = self.known_word(&item, &typed) else { continue };
            if word == "unknown" {
                if several {
                    self.report(
                        Diagnostic::error(
                            "record::word",
                            format!("`{}` is both known and unknown", item.said),
                        )
                        .at(item.span, "`unknown` stands alone"),
                    );
                }
            } else if !words.iter().any(|w| w == word) {
                words.push(word.to_owned());
            }
        }
        words
    }

    /// Returns a text as the file means it, before it is looked at.
    fn string(&mut self, entry: &Entry<'_, 's>, line: bool) -> Option<String> {
        let raw = self.text.get(entry.span.clone()).unwrap_or_default();
        if let DeValue::String(value) = entry.value.get_ref()
            && !self.is_bare(&entry.span)
        {
            return (!self.broken(&entry.span)).then(|| value.to_string());
        }
        let nested = matches!(entry.value.get_ref(), DeValue::Array(_) | DeValue::Table(_));
        if self.is_bare(&entry.span) && !nested {
            return Some(self.bare(entry, line));
        }
        if self.broken(&entry.span) {
            return None;
        }
        let told = self.wrong_kind(entry);
        let worded = matches!(entry.key.kind, Kind::Word(_) | Kind::Words(_));
        self.report(if nested || worded {
            told
        } else {
            told.fix(entry.span.clone(), quoted(raw))
        });
        None
    }

    /// Reads a text without quotation marks, or with those of a word processor.
    fn bare(&mut self, entry: &Entry<'_, 's>, line: bool) -> String {
        let span = if line { self.whole_line(&entry.span) } else { entry.span.clone() };
        let typed = self.text.get(span.clone()).unwrap_or_default();
        let meant = typed.trim_matches(['“', '”', '„', '«', '»', '‘', '’', '"']).trim().to_owned();
        self.explained(&span);
        let told = if typed.starts_with(['“', '”', '„', '«', '‘', '’']) {
            Diagnostic::error(
                "record::syntax",
                format!("`{}` has curly quotation marks", entry.said),
            )
            .at(span.clone(), "these are not \"…\"")
            .help("a word processor makes them; write the record in a plain text editor")
        } else {
            Diagnostic::error("record::syntax", format!("`{}` has no quotation marks", entry.said))
                .at(span.clone(), "text stands in quotation marks")
        };
        // What is wrong with the word or the text itself comes with a change that adds the marks.
        let worded = matches!(entry.key.kind, Kind::Word(_) | Kind::Words(_));
        let right = !worded
            || (entry.key.unknown && meant == "unknown")
            || entry.key.words().contains(&meant.as_str());
        if right && (worded || !text::placeholder(&meant)) {
            self.report(told.fix(span, quoted(&meant)));
        }
        meant
    }

    /// Looks at a text: its characters, its lines, and whether it says anything.
    fn clean(&mut self, entry: &Entry<'_, 's>, typed: String) -> Option<String> {
        let (said, span) = (&entry.said, entry.span.clone());
        let raw = self.text.get(span.clone()).unwrap_or_default();
        let told = |code, message: String| Diagnostic::error(code, message);
        // What stands in the file itself was named where it stands.
        let escaped = if text::ordinary(&typed) {
            None
        } else {
            let lines = typed.replace("\r\n", "\n");
            lines.chars().find(|c| text::refused(*c).is_some() && !raw.contains(*c))
        };
        if let Some(c) = escaped {
            let what = text::refused(c).unwrap_or_default();
            let code = u32::from(c);
            self.report(
                told("record::character", format!("`{said}` holds U+{code:04X}, {what}"))
                    .at(span.clone(), format!("U+{code:04X} is written here as an escape")),
            );
        }
        let value = text::normal(&typed);
        let advice = leave_out(entry.key);
        if value.is_empty() {
            self.report(
                told("record::empty", format!("`{said}` is empty"))
                    .at(span, "nothing here")
                    .help(advice),
            );
            return None;
        }
        if text::placeholder(&value) {
            self.report(
                told("record::placeholder", format!("`{said}` does not say anything"))
                    .at(span, "a placeholder")
                    .help(advice),
            );
            return None;
        }
        if value.contains('\n') && entry.key.kind != Kind::Narrative {
            let help = if entry.key.kind == Kind::Lines {
                "write each line as its own text: [\"…\", \"…\"]"
            } else {
                "write it on one line"
            };
            self.report(
                told("record::lines", format!("`{said}` is one line, not several"))
                    .at(span.clone(), "")
                    .help(help),
            );
        }
        self.social_security(entry, &value);
        Some(value)
    }

    /// Reports numbers that no letter may carry, and keeps them off every screen.
    fn social_security(&mut self, entry: &Entry<'_, 's>, value: &str) {
        let raw = self.text.get(entry.span.clone()).unwrap_or_default();
        let shift = |s: Span| entry.span.start + s.start..entry.span.start + s.end;
        let mut found: Vec<Span> =
            text::social_security_numbers(raw).into_iter().map(shift).collect();
        // Written with escapes, it stands nowhere in the file as it is.
        if found.is_empty() && !text::social_security_numbers(value).is_empty() {
            found.push(entry.span.clone());
        }
        let Some(first) = found.first().cloned() else { return };
        let told = Diagnostic::error(
            "record::ssn",
            format!("`{}` holds what looks like a Social Security number", entry.said),
        );
        let told = told
            .at(first, "take this out")
            .help("no letter needs it; use the member number on the card, or leave it out");
        self.report(found.into_iter().fold(told, Diagnostic::conceal));
    }

    fn known_word(&mut self, entry: &Entry<'_, 's>, typed: &str) -> Option<&'static str> {
        let words = entry.key.words();
        let unknown = ["unknown"];
        let all: Vec<&'static str> = words
            .iter()
            .copied()
            .chain(unknown.into_iter().filter(|_| entry.key.unknown))
            .collect();
        if let Some(word) = all.iter().copied().find(|w| *w == typed) {
            return Some(word);
        }
        let advice = leave_out(entry.key);
        if self.is_full() {
            self.drop_one();
            return None;
        }
        if typed.trim().is_empty() {
            self.report(
                Diagnostic::error("record::empty", format!("`{}` is empty", entry.said))
                    .at(entry.span.clone(), "nothing here")
                    .help(advice),
            );
            return None;
        }
        let told = Diagnostic::error("record::word", format!("unknown word for `{}`", entry.said));
        let meant = keys::instead(typed, &all).or_else(|| nearest(typed, all.iter().copied()));
        let told = if text::placeholder(typed) && meant.is_none() {
            told.at(entry.span.clone(), "a placeholder").help(advice)
        } else if let Some(meant) = meant {
            told.at(entry.span.clone(), format!("did you mean `{meant}`?"))
                .fix(entry.span.clone(), quoted(meant))
        } else {
            let told = told.at(entry.span.clone(), "not one of its words");
            match keys::elsewhere(typed) {
                Some(key) if entry.key.path() == "event.kind" => {
                    told.help(format!("its date belongs in `{key}`"))
                }
                Some(_) | None => told,
            }
        };
        self.report(told.help(format!("`{}` is one of: {}", entry.said, all.join(", "))));
        None
    }
}
