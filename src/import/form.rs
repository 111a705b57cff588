//! Which form a source has: by its name, or by how it begins.

use std::path::Path;

use crate::diag::Diagnostic;

/// How much of a source is looked at to tell its form.
pub(super) const FRONT: u64 = 64 * 1024;

/// A form in which records are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One record, as the program's own files hold it.
    Toml,
    /// One record a line, as a JSON object.
    Jsonl,
    /// One record a row, as text.
    Csv,
    /// One record a row, as a spreadsheet keeps it.
    Xlsx,
}

impl Form {
    /// Tells the form of a file that a person named; what is not known otherwise is TOML.
    pub(super) fn of_name(path: &Path) -> Result<Self, Box<Diagnostic>> {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        match extension.as_str() {
            "xls" | "xlsb" | "ods" | "numbers" => {
                let told = format!("a .{extension} file cannot be read");
                Err(Box::new(
                    Diagnostic::error("import::form", told)
                        .help("save it as .xlsx, or as \"CSV UTF-8\""),
                ))
            }
            _ => Ok(Form::known(&extension).unwrap_or(Form::Toml)),
        }
    }

    /// Tells whether a folder's file holds records, and in which form; a spreadsheet of a form that
    /// cannot be read is told to be one.
    pub(super) fn holds_records(path: &Path) -> bool {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        Form::known(&extension).is_some() || Form::of_name(path).is_err()
    }

    fn known(extension: &str) -> Option<Self> {
        match extension {
            "toml" => Some(Form::Toml),
            "jsonl" | "ndjson" => Some(Form::Jsonl),
            "csv" | "tsv" => Some(Form::Csv),
            "xlsx" | "xlsm" => Some(Form::Xlsx),
            _ => None,
        }
    }

    /// Tells the form of something without a name by how it begins. Where there is a map, what looks
    /// like no other form is a table.
    pub(super) fn of_content(front: &[u8], mapped: bool) -> Self {
        if front.starts_with(b"PK\x03\x04") {
            return Form::Xlsx;
        }
        let text = String::from_utf8_lossy(front);
        let text = text.trim_start_matches('\u{feff}');
        let lines = text.lines().map(str::trim);
        let first = lines.into_iter().find(|l| !l.is_empty() && !l.starts_with('#'));
        let first = first.unwrap_or_default();
        let key = first.split('=').next().unwrap_or_default().trim_end();
        let bare = |k: &str| {
            !k.is_empty() && k.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.-".contains(&b))
        };
        if first.starts_with('{') {
            Form::Jsonl
        } else if first.starts_with('[') || (first.contains('=') && bare(key)) || !mapped {
            Form::Toml
        } else {
            Form::Csv
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_told_by_name_or_by_how_it_begins() {
        let named = |name: &str| Form::of_name(Path::new(name)).ok();
        assert_eq!(named("a.CSV"), Some(Form::Csv));
        assert_eq!(named("a.tsv"), Some(Form::Csv));
        assert_eq!(named("a.xlsx"), Some(Form::Xlsx));
        assert_eq!(named("a.jsonl"), Some(Form::Jsonl));
        assert_eq!(named("a"), Some(Form::Toml));
        assert_eq!(named("a.xls"), None);
        let begun = |text: &str| Form::of_content(text.as_bytes(), true);
        assert_eq!(begun("\u{feff}# note\n\nschema = 1"), Form::Toml);
        assert_eq!(begun("[member]\n"), Form::Toml);
        assert_eq!(begun(" {\"schema\": 1}"), Form::Jsonl);
        assert_eq!(begun("Matter ID,Name\n"), Form::Csv);
        assert_eq!(begun("PK\u{3}\u{4}"), Form::Xlsx);
        assert_eq!(Form::of_content(b"Matter ID,Name\n", false), Form::Toml);
    }
}
