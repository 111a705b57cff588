//! The filters, tests and functions that a template may call: the engine's own and ours.

/// Filters: `value | name`.
pub const FILTERS: &[&str] = &[
    // Ours.
    "clock", "list", "long_date", "long_dates", "narrative", "or_blank", "plural", "quote", "words",
    // The engine's.
    "abs", "capitalize", "default", "escape", "escape_html", "escape_xml", "first", "float", "get",
    "group_by", "indent", "int", "join", "keys", "last", "length", "lower", "newlines_to_br", "nth",
    "pairs", "pluralize", "replace", "reverse", "round", "safe", "sort", "split", "str", "title", "trim",
    "trim_end", "trim_start", "truncate", "unique", "upper", "values", "wordcount",
];

/// Tests: `value is name`.
pub const TESTS: &[&str] = &[
    "array", "bool", "containing", "defined", "divisible_by", "ending_with", "even", "float", "integer",
    "iterable", "map", "none", "number", "odd", "starting_with", "string", "undefined",
];

/// Functions: `name(key=value)`.
pub const FUNCTIONS: &[&str] = &["cite", "range", "super", "throw"];

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
        for name in FILTERS {
            assert_eq!(refused(format!("{{{{ \"a\" | {name} }}}}")), None);
        }
        for name in TESTS {
            assert_eq!(refused(format!("{{% if 1 is {name} %}}{{% endif %}}")), None);
        }
        for name in FUNCTIONS.iter().filter(|n| **n != "super") {
            assert_eq!(refused(format!("{{{{ {name}() }}}}")), None);
        }
        assert!(refused("{{ 1 | lower_case }}".to_owned()).is_some());
    }
}
