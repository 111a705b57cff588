//! A text into a [`Record`], with every fault on the way.

use std::collections::BTreeMap;

use toml::de::DeTable;

use super::keys::{SCHEMA, TABLES};
use super::reader::{Reader, Table};
use super::tables::{
    clinic, condition, coverage, criterion, denial, event, exhibit, member, representative,
    service, statement, treatment,
};
use super::{Loaded, Record, Service, bytes, syntax, text};
use crate::diag::{Diagnostic, Source, Span};

/// Reads a record from its text.
///
/// What could be read is in the record even where faults were found; only
/// [`Loaded::check`] says whether it can be relied on.
#[must_use]
pub fn load(text: &str, name: &str) -> Loaded {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > bytes::LARGEST {
        return Loaded::refused(Source::new(name, ""), bytes::too_big(text.len()));
    }
    let (tree, faults) = syntax::parse(text);
    let mut reader = Reader::new(text, faults);
    characters(&mut reader);
    let root = reader.root(&tree);
    let newer = schema(&mut reader, &root, &tree);
    let record = if newer { Record::default() } else { record(&mut reader, &root) };
    let (diagnostics, spans): (Vec<Diagnostic>, BTreeMap<String, Span>) = reader.finish(&tree);
    Loaded { source: Source::new(name, text), record, diagnostics, spans, toml: None }
}

/// Names every character that no record may hold, where it stands.
fn characters(reader: &mut Reader<'_>) {
    const MOST: usize = 10;
    let text = reader.text;
    if text::ordinary(text) {
        return;
    }
    let end_of_line = |at: usize| text[at..].starts_with("\r\n");
    let found: Vec<(usize, char)> = text
        .char_indices()
        .filter(|(at, c)| text::refused(*c).is_some() && !end_of_line(*at))
        .collect();
    for &(at, c) in found.iter().take(MOST) {
        let span = at..at + c.len_utf8();
        let what = text::refused(c).unwrap_or_default();
        let code = u32::from(c);
        reader.report(
            Diagnostic::error(
                "record::character",
                format!("the record holds U+{code:04X}, {what}"),
            )
            .at(span, format!("U+{code:04X}"))
            .help("delete it; copying from a web page or a PDF often brings such characters along"),
        );
    }
    if found.len() > MOST {
        reader.report(Diagnostic::error(
            "record::character",
            format!("the record holds {} more such characters", found.len() - MOST),
        ));
    }
    for (at, c) in found {
        reader.explained(&(at..at + c.len_utf8()));
    }
}

/// Checks the schema number; returns whether it is a newer one, so that nothing else can be said.
fn schema<'s>(reader: &mut Reader<'s>, root: &Table<'_, 's>, tree: &DeTable<'s>) -> bool {
    let Some(entry) = reader.entry(root, "schema") else {
        let below = tree
            .values()
            .filter_map(|v| v.get_ref().as_table())
            .find_map(|t| t.get_key_value("schema"));
        let told = match below {
            Some((key, _)) => {
                reader.excused.push(key.span());
                Diagnostic::error(
                    "record::schema",
                    "`schema` stands below a heading, and belongs above all of them",
                )
                .at(key.span(), "move this line to the top of the file")
            }
            None => Diagnostic::error(
                "record::schema",
                "the record does not say which schema it follows",
            )
            .at(0..0, format!("expected schema = {SCHEMA}"))
            .fix_titled("start the file with", 0..0, format!("schema = {SCHEMA}\n")),
        };
        reader.report(told);
        return false;
    };
    let first = tree.keys().map(|k| k.span().start).min();
    let own = tree.get_key_value("schema").map(|(k, _)| k.span());
    if let Some(own) = own.filter(|own| first.is_some_and(|f| f < own.start)) {
        reader.report(
            Diagnostic::warning("record::schema", "`schema` is not the first key")
                .at(own, "move this line to the top of the file"),
        );
    }
    let number = entry.value.get_ref().as_integer().and_then(|n| n.as_str().parse::<i64>().ok());
    match number {
        Some(SCHEMA) => false,
        Some(newer) if newer > SCHEMA => {
            reader.report(
                Diagnostic::error("record::schema", format!("the record follows schema {newer}"))
                    .at(entry.span, format!("this program reads schema {SCHEMA}"))
                    .help("use a newer version of the program"),
            );
            true
        }
        Some(_) | None => {
            if !reader.broken(&entry.span) {
                reader.report(
                    Diagnostic::error("record::schema", "there is no such schema")
                        .at(entry.span.clone(), format!("expected {SCHEMA}"))
                        .fix(entry.span, SCHEMA.to_string()),
                );
            }
            false
        }
    }
}

fn record<'s>(r: &mut Reader<'s>, root: &Table<'_, 's>) -> Record {
    let case_id = case_id(r, root);
    let member = member(r, root);
    let representative = representative(r, root);
    let coverage = coverage(r, root);
    let services: Vec<Service> = r.tables(root, "service").iter().map(|t| service(r, t)).collect();
    let condition = condition(r, root);
    let denial = denial(r, root);
    let mut events = Vec::new();
    for mut t in r.tables(root, "event") {
        // An event without a date is left out, and the places of those after it move up.
        r.move_to(&mut t, format!("event[{}]", events.len()));
        events.extend(event(r, &t));
    }
    let criteria = r.tables(root, "criterion").iter().map(|t| criterion(r, t)).collect();
    let treatments = r.tables(root, "treatment").iter().map(|t| treatment(r, t)).collect();
    let exhibits = r.tables(root, "exhibit").iter().map(|t| exhibit(r, t)).collect();
    let statement = statement(r, root);
    let clinic = clinic(r, root);
    let inner: Vec<&'static str> =
        TABLES.iter().map(|t| t.name).filter(|n| !n.is_empty() && !n.contains('.')).collect();
    r.close(root, &inner);
    if services.is_empty() {
        r.lack_service();
    }
    Record {
        case_id,
        member,
        representative,
        coverage,
        services,
        condition,
        denial,
        events,
        criteria,
        treatments,
        exhibits,
        statement,
        clinic,
    }
}

fn case_id<'s>(r: &mut Reader<'s>, root: &Table<'_, 's>) -> String {
    let Some(id) = r.text(root, "case_id") else { return String::new() };
    let span = r.spans.get("case_id").cloned().unwrap_or_default();
    let told = |what: &str| Diagnostic::error("record::case_id", what);
    let strange = id.chars().find(|c| !c.is_ascii_alphanumeric() && *c != '-' && *c != '_');
    if strange.is_some() {
        let plain: String = id
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' })
            .collect();
        let told = told("`case_id` becomes a file name and holds a character that one cannot have")
            .at(span.clone(), "letters, digits, - and _ only");
        let usable = plain.len() <= 64 && plain.chars().any(|c| c.is_ascii_alphanumeric());
        r.report(if usable { told.fix(span, format!("\"{plain}\"")) } else { told });
    } else if id.len() > 64 {
        r.report(
            told("`case_id` is too long").at(span, format!("{} characters; at most 64", id.len())),
        );
    } else if reserved(&id) {
        r.report(
            told("`case_id` is a name that Windows keeps for itself")
                .at(span, "no file can have this name")
                .help("add a number or a year"),
        );
    }
    id
}

/// Names of devices, which Windows refuses as file names whatever follows the dot.
fn reserved(id: &str) -> bool {
    let id = id.to_ascii_lowercase();
    let numbered = |stem: &str| {
        id.strip_prefix(stem).is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()))
    };
    matches!(id.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}
