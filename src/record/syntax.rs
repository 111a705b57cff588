//! Faults of the TOML itself, in words for people who have never heard of TOML.

use toml::de::{DeTable, DeValue};

use crate::diag::{Diagnostic, Span};

/// Most faults of the syntax told one by one: a file that is no record has thousands.
const MOST: usize = 25;

/// One complaint of the parser.
pub(super) struct Fault {
    pub(super) span: Span,
    message: String,
    /// A better explanation was given, or none is needed.
    pub(super) told: bool,
}

impl Fault {
    /// Whether a heading was lost, so that the keys below it stand in the wrong table.
    pub(super) fn loses_heading(&self) -> bool {
        !self.told
            && (self.message.starts_with("unclosed table")
                || self.message.starts_with("unclosed array table"))
    }
}

/// Parses a text as far as it goes; the complaints come in the order of the text.
pub(super) fn parse(text: &str) -> (DeTable<'_>, Vec<Fault>) {
    let (tree, errors) = DeTable::parse_recoverable(text);
    let mut faults: Vec<Fault> = errors
        .into_iter()
        .map(|e| Fault {
            span: e.span().unwrap_or(text.len()..text.len()),
            message: e.message().to_owned(),
            told: false,
        })
        .collect();
    faults.sort_by_key(|f| f.span.start);
    (tree.into_inner(), faults)
}

/// Tells every fault that nothing else explained.
pub(super) fn tell(faults: &[Fault], text: &str, tree: &DeTable<'_>) -> Vec<Diagnostic> {
    let mut open: Vec<&Fault> = faults.iter().filter(|f| !f.told).collect();
    // One path of Windows has a backslash for every folder; one is enough.
    open.dedup_by(|later, first| {
        later.message == first.message
            && later.message.starts_with("missing escaped value")
            && text
                .get(first.span.start..later.span.start)
                .is_some_and(|between| !between.contains('\n'))
    });
    let mut told: Vec<Diagnostic> =
        open.iter().take(MOST).map(|f| explain(f, text, tree)).collect();
    if open.len() > MOST {
        let more = open.len() - MOST;
        let places = if more == 1 { "place is" } else { "places are" };
        told.push(Diagnostic::error("record::syntax", format!("{more} more {places} not TOML")));
    }
    told
}

fn explain(fault: &Fault, text: &str, tree: &DeTable<'_>) -> Diagnostic {
    let (span, message) = (fault.span.clone(), fault.message.as_str());
    let (what, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    let error = |said: &str| Diagnostic::error("record::syntax", said);
    match what {
        "duplicate key" => duplicate(span, text, tree),
        "invalid basic string" | "invalid literal string"
            if expected == "`\"`" || expected == "`'`" =>
        {
            error("a text has no closing quotation mark")
                .at(span, "the text still runs here")
                .help("a text over several lines needs three quotation marks: \"\"\"…\"\"\"")
        }
        "invalid multi-line basic string" | "invalid multi-line literal string" => {
            let told = error("a text over several lines has no closing quotation marks")
                .at(span.clone(), "the file ends, and the text still runs");
            let opened = text.get(..span.start).and_then(|t| t.rfind("\"\"\"").max(t.rfind("'''")));
            match opened {
                Some(at) => told.also(at..at + 3, "starts here"),
                None => told,
            }
            .help("close it with the same three quotation marks that open it")
        }
        "key with no value" => error("a line is neither a key with its value nor a heading")
            .at(span, "expected `=`")
            .help("write key = \"value\", and a text over several lines as \"\"\"…\"\"\""),
        "string values must be quoted" => {
            if span.is_empty() {
                error("a key has no value")
                    .at(span, "nothing after `=`")
                    .help("leave the line out when there is nothing to say")
            } else {
                error("a text has no quotation marks")
                    .at(span, "needs quotation marks")
                    .help("write \"…\" around a text")
            }
        }
        "missing escaped value" => error("a backslash in a text has a meaning of its own")
            .at(span, "not one that TOML knows")
            .help("write the text in single quotation marks, '…', or write two backslashes"),
        "unexpected key or value" => error("more stands on this line than one value")
            .at(span, "expected the end of the line")
            .help("put the whole text in one pair of quotation marks"),
        "missing comma between array elements" => {
            error("two entries of a list have no comma between them").at(span, "comma before this")
        }
        "unclosed table" | "unclosed array table" => {
            error("a heading has no closing bracket").at(span, "expected `]`")
        }
        "unclosed array" => error("a list has no closing bracket").at(span, "expected `]`"),
        "unclosed inline table" => {
            error("a table in braces is not closed").at(span, "expected `}`")
        }
        "invalid unquoted key" => error("a key holds a character that keys cannot have")
            .at(span, "letters, digits, - and _ only"),
        _ if what.contains("recursion") => {
            error("lists or tables are nested too deep").at(span, "here")
        }
        _ => {
            let said = if what.is_empty() { "this is not TOML" } else { what };
            let label =
                if expected.is_empty() { String::new() } else { format!("expected {expected}") };
            error(&said.to_lowercase()).at(span, label)
        }
    }
}

fn duplicate(span: Span, text: &str, tree: &DeTable<'_>) -> Diagnostic {
    let name = text.get(span.clone()).unwrap_or_default();
    let mut told = Diagnostic::error("record::duplicate", format!("`{name}` stands twice"))
        .at(span.clone(), "second time");
    let heading = || {
        let before = text.get(..span.start)?;
        let at = before.find(&format!("\n[{name}]")).map(|at| at + 2);
        at.or_else(|| before.starts_with(&format!("[{name}]")).then_some(1))
            .map(|at| at..at + name.len())
    };
    if let Some(first) = earlier(tree, name, span.start).or_else(heading) {
        told = told.also(first, "first time");
    }
    if super::keys::table(name).is_some_and(|t| t.many) {
        told.help(format!("each {name} starts with [[{name}]], in two pairs of brackets"))
    } else {
        told.help("keep the one that is right; a key or a heading stands once")
    }
}

/// Returns the last place before `at` where the tree has a key of this name.
fn earlier(tree: &DeTable<'_>, name: &str, at: usize) -> Option<Span> {
    let mut best: Option<Span> = None;
    let mut todo: Vec<&DeTable<'_>> = vec![tree];
    while let Some(table) = todo.pop() {
        for (key, value) in table {
            let span = key.span();
            let nearer = best.as_ref().is_none_or(|b| b.start < span.start);
            if key.get_ref() == name && span.start < at && nearer {
                best = Some(span);
            }
            match value.get_ref() {
                DeValue::Table(inner) => todo.push(inner),
                DeValue::Array(list) => {
                    todo.extend(list.iter().filter_map(|v| v.get_ref().as_table()))
                }
                DeValue::String(_)
                | DeValue::Integer(_)
                | DeValue::Float(_)
                | DeValue::Boolean(_)
                | DeValue::Datetime(_) => {}
            }
        }
    }
    best
}
