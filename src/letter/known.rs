//! The filters, tests and functions that a template may call: the engine's own and ours.

use super::filters::{TOOLS, ToolKind};

/// The engine's own filters.
#[rustfmt::skip]
const FILTERS: &[&str] = &[
    "abs", "capitalize", "default", "escape", "escape_html", "escape_xml", "first", "float", "get",
    "group_by", "indent", "int", "join", "keys", "last", "length", "lower", "newlines_to_br", "nth",
    "pairs", "pluralize", "replace", "reverse", "round", "safe", "sort", "split", "str", "title", "trim",
    "trim_end", "trim_start", "truncate", "unique", "upper", "values", "wordcount",
];

/// The engine's own functions.
const FUNCTIONS: &[&str] = &["range", "super", "throw"];

/// The engine's tests: `value is name`.
#[rustfmt::skip]
pub const TESTS: &[&str] = &[
    "array", "bool", "containing", "defined", "divisible_by", "ending_with", "even", "float", "integer",
    "iterable", "map", "none", "number", "odd", "starting_with", "string", "undefined",
];

/// Returns the names of all filters, ours first.
#[must_use]
pub fn filters() -> Vec<&'static str> {
    of(ToolKind::Filter).chain(FILTERS.iter().copied()).collect()
}

/// Returns the names of all functions, ours first.
#[must_use]
pub fn functions() -> Vec<&'static str> {
    of(ToolKind::Function).chain(FUNCTIONS.iter().copied()).collect()
}

fn of(kind: ToolKind) -> impl Iterator<Item = &'static str> {
    TOOLS.iter().filter(move |t| t.kind == kind).map(|t| t.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::Templates;

    #[test]
    fn the_engine_knows_each_of_them() {
        let refused = |text: String| {
            let template = ("letters/x.md".to_owned(), text);
            Templates::with_files(vec![template]).err().map(|e| e.to_string())
        };
        for name in filters() {
            assert_eq!(refused(format!("{{{{ \"a\" | {name} }}}}")), None);
        }
        for name in TESTS {
            assert_eq!(refused(format!("{{% if 1 is {name} %}}{{% endif %}}")), None);
        }
        for name in functions().into_iter().filter(|n| *n != "super") {
            assert_eq!(refused(format!("{{{{ {name}() }}}}")), None);
        }
        assert!(refused("{{ 1 | lower_case }}".to_owned()).is_some());
    }
}
