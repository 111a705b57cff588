//! Reads a map of columns, and tells every fault of it at once.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::rule::rule;
use super::{DateForm, Encoding, Group, Map, Settings, plain};
use crate::diag::{Diagnostic, Source, Span, has_errors, nearest, sort};
use crate::record::keys::{self, TABLES, TableDef};

/// Largest map, in bytes.
const LARGEST: usize = 1024 * 1024;
/// Most numbered columns of one kind.
const MOST: i64 = 50;
/// Most columns that a map names.
const COLUMNS: usize = 20_000;

/// Keys at the top of a map that are no keys of a record.
const SETTINGS: [&str; 7] =
    ["map", "encoding", "separator", "sheet", "heading_row", "date", "blank"];

/// A map that cannot be used, and why.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the map {} has faults", .source_text.name)]
pub struct MapError {
    /// The text of the map.
    pub source_text: Source,
    /// Every fault found.
    pub faults: Vec<Diagnostic>,
}

/// Gathers what is wrong with a map.
pub(super) struct Faults<'t> {
    pub(super) text: &'t str,
    pub(super) found: Vec<Diagnostic>,
}

impl Faults<'_> {
    /// Reports a fault at a place.
    pub(super) fn tell(&mut self, message: impl Into<String>, at: Span, label: impl Into<String>) {
        self.found.push(fault(message).at(at, label));
    }

    /// Reports a key that is not known here.
    pub(super) fn unknown(&mut self, place: &str, typed: &str, at: Span, known: &[&str]) {
        let told = fault(format!("unknown key `{}`{place}", short(typed)));
        self.found.push(match nearest(typed, known.iter().copied()) {
            Some(near) => told.at(at.clone(), format!("did you mean `{near}`?")).fix(at, near),
            None => told.at(at, "not a key here").help(format!("known here: {}", known.join(", "))),
        });
    }

    /// Returns a text; reports what is none, or an empty one.
    pub(super) fn string(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        match value.get_ref().as_str() {
            Some(text) if !text.is_empty() => Some(text.to_owned()),
            _ => {
                self.tell(format!("`{name}` must be a text"), value.span(), "expected \"…\"");
                None
            }
        }
    }

    /// Returns a whole number between two bounds; reports what is none.
    pub(super) fn number(
        &mut self,
        name: &str,
        value: &Spanned<DeValue<'_>>,
        bounds: (i64, i64),
    ) -> Option<usize> {
        let number = value.get_ref().as_integer().and_then(|n| n.as_str().parse::<i64>().ok());
        let (least, most) = bounds;
        match number {
            Some(n) if (least..=most).contains(&n) => usize::try_from(n).ok(),
            _ => {
                let label = format!("expected a whole number from {least} to {most}");
                self.tell(format!("`{name}` is out of range"), value.span(), label);
                None
            }
        }
    }

    /// Returns a form of dates; reports what is none.
    pub(super) fn date(&mut self, value: &Spanned<DeValue<'_>>) -> Option<DateForm> {
        let text = self.string("date", value)?;
        match DateForm::parse(&text) {
            Ok(form) => Some(form),
            Err(why) => {
                self.found.push(
                    fault("this is no way to write a date").at(value.span(), why).help(
                        "write it as MM/DD/YYYY, DD.MM.YYYY, MMM D, YYYY or MM/DD/YYYY hh:mm AM",
                    ),
                );
                None
            }
        }
    }
}

fn fault(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("import::map", message)
}

/// A key may be long; what is said of it must not be.
pub(super) fn short(typed: &str) -> String {
    typed.chars().take(40).collect()
}

impl Map {
    /// Reads a map from its text.
    ///
    /// # Errors
    ///
    /// Fails with every fault of the map at once.
    pub fn read(bytes: &[u8], name: &str) -> Result<Map, Box<MapError>> {
        let refuse = |text: &str, faults: Vec<Diagnostic>| {
            Box::new(MapError { source_text: Source::new(name, text), faults })
        };
        if bytes.len() > LARGEST {
            return Err(refuse("", vec![fault("the map has more than 1 MiB")]));
        }
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Err(refuse("", vec![fault("the map is not UTF-8 text")]));
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (tree, errors) = DeTable::parse_recoverable(text);
        let mut faults = Faults { text, found: Vec::new() };
        for error in errors.iter().take(20) {
            let at = error.span().unwrap_or(text.len()..text.len());
            faults.tell("the map is not TOML", at, error.message());
        }
        let map = if faults.found.is_empty() {
            map(&mut faults, tree.get_ref(), name)
        } else {
            // What follows from a broken line would only confuse.
            None
        };
        let mut found = faults.found;
        sort(&mut found);
        match map {
            Some(map) if !has_errors(&found) => Ok(map),
            _ => Err(refuse(text, found)),
        }
    }
}

fn map(faults: &mut Faults<'_>, tree: &DeTable<'_>, name: &str) -> Option<Map> {
    match tree.get("map") {
        Some(value) => {
            let number = value.get_ref().as_integer().map(|n| n.as_str());
            if number != Some("1") {
                faults.tell("there is no such form of a map", value.span(), "expected 1");
                return None;
            }
        }
        None => {
            let told = fault("the file does not say that it is a map")
                .at(0..0, "expected map = 1")
                .fix_titled("start the file with", 0..0, "map = 1\n");
            faults.found.push(told);
        }
    }
    let settings = settings(faults, tree);
    let mut groups: Vec<Group> = Vec::new();
    let known: Vec<&str> = SETTINGS
        .into_iter()
        .chain(keys::of("").map(|k| k.name))
        .chain(TABLES.iter().map(|t| t.name).filter(|n| !n.is_empty() && !n.contains('.')))
        .collect();
    let root = keys::table("")?;
    let mut top = Vec::new();
    let mut entries: Vec<_> = tree.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in entries {
        let typed = key.get_ref().as_ref();
        if SETTINGS.contains(&typed) {
            continue;
        }
        if let Some(found) = keys::find("", typed) {
            if typed == "schema" {
                faults.tell("`schema` is written by itself", key.span(), "leave this out");
                continue;
            }
            top.extend(rule(faults, found, value, None));
        } else if let Some(table) = keys::table(typed).filter(|t| !t.name.contains('.')) {
            tables(faults, table, value, &mut groups);
        } else {
            faults.unknown("", typed, key.span(), &known);
        }
    }
    groups.insert(0, Group { table: root, rules: top });
    complete(faults, &groups);
    // In the order of a record, so that the records can be compared.
    let order = |group: &Group| TABLES.iter().position(|t| t.name == group.table.name);
    groups.sort_by_key(order);
    for rule in groups.iter().flat_map(|g| &g.rules) {
        let form = rule.date.as_ref().or(settings.date.as_ref());
        if rule.key.path() == "member.birth_date" && form.is_some_and(DateForm::short_year) {
            faults.tell(
                "a birth date needs a year of four digits",
                rule.span.clone(),
                "1926 and 2026 would look the same",
            );
        }
    }
    if groups.iter().flat_map(|g| &g.rules).flat_map(|r| r.columns()).count() > COLUMNS {
        faults.found.push(fault(format!("the map names more than {COLUMNS} columns")));
    }
    Some(Map { name: name.to_owned(), path: None, settings, groups })
}

/// Reports what every record needs and no row would have.
///
/// A map without any rule only says how to read the table; that is enough to propose a map from it.
fn complete(faults: &mut Faults<'_>, groups: &[Group]) {
    if groups.iter().all(|g| g.rules.is_empty()) {
        return;
    }
    for key in keys::KEYS.iter().filter(|k| k.required && k.name != "schema") {
        let mut of = groups.iter().filter(|g| g.table.name == key.table).peekable();
        let always = keys::table(key.table).is_some_and(|t| !t.many) || key.table == "service";
        let lacks = |g: &Group| !g.rules.iter().any(|r| r.key == key);
        if (of.peek().is_none() && always) || of.any(lacks) {
            let told = fault(format!("the map has no column for `{}`", key.path()));
            let mut said = key.means.trim_end_matches('.').to_owned();
            if !key.help.is_empty() {
                said.push_str(". ");
                said.push_str(key.help.trim_end_matches('.'));
            }
            let told = told.help(said);
            faults.found.push(match key.unknown {
                true => told.help(format!(
                    "where the table does not tell, write {} = {{ value = \"unknown\" }}",
                    key.name
                )),
                false => told,
            });
        }
    }
}

fn settings(faults: &mut Faults<'_>, tree: &DeTable<'_>) -> Settings {
    let mut settings = Settings::default();
    if let Some(value) = tree.get("encoding")
        && let Some(typed) = faults.string("encoding", value)
    {
        settings.encoding = Encoding::find(&typed);
        if settings.encoding.is_none() {
            let label = format!("expected {}", Encoding::NAMES.join(" or "));
            faults.tell("there is no such encoding here", value.span(), label);
        }
    }
    if let Some(value) = tree.get("separator") {
        settings.separator = match value.get_ref().as_str() {
            Some(sign @ ("," | ";" | "\t" | "|")) => sign.bytes().next(),
            _ => {
                let label = "expected \",\" \";\" \"|\" or \"\\t\"";
                faults.tell("`separator` is one sign between cells", value.span(), label);
                None
            }
        };
    }
    settings.sheet = tree.get("sheet").and_then(|v| faults.string("sheet", v));
    settings.heading_row = tree
        .get("heading_row")
        .and_then(|v| faults.number("heading_row", v, (1, 1_000_000)))
        .and_then(|n| u64::try_from(n).ok());
    settings.date = tree.get("date").and_then(|v| faults.date(v));
    if let Some(value) = tree.get("blank") {
        match value.get_ref().as_array() {
            Some(list) => {
                for item in list {
                    settings.blank.extend(faults.string("blank", item).map(|t| plain(&t)));
                }
            }
            None => faults.tell("`blank` is a list of texts", value.span(), "expected [\"…\"]"),
        }
    }
    settings
}

/// Reads every table of a kind; numbered ones become as many as they are numbered.
fn tables(
    faults: &mut Faults<'_>,
    table: &'static TableDef,
    value: &Spanned<DeValue<'_>>,
    groups: &mut Vec<Group>,
) {
    let (open, close) = if table.many { ("[[", "]]") } else { ("[", "]") };
    let single = value.get_ref().as_table().filter(|_| !table.many);
    let several = value.get_ref().as_array().filter(|_| table.many);
    if let Some(entries) = single {
        group(faults, table, entries, groups);
    } else if let Some(list) = several.filter(|l| l.iter().all(|v| v.get_ref().is_table())) {
        for entries in list.iter().filter_map(|v| v.get_ref().as_table()) {
            group(faults, table, entries, groups);
        }
    } else {
        faults.tell(
            format!("`{}` stands in {open}{}{close}", table.name, table.name),
            value.span(),
            "written otherwise",
        );
    }
}

fn group(
    faults: &mut Faults<'_>,
    table: &'static TableDef,
    entries: &DeTable<'_>,
    groups: &mut Vec<Group>,
) {
    let inner: Vec<&'static TableDef> = TABLES
        .iter()
        .filter(|t| t.name.rsplit_once('.').is_some_and(|(outer, _)| outer == table.name))
        .collect();
    let last = |t: &TableDef| t.name.rsplit('.').next().unwrap_or(t.name);
    let times = match entries.get("repeat") {
        Some(value) if table.many => faults.number("repeat", value, (1, MOST)),
        _ => None,
    };
    let mut known: Vec<&str> = keys::of(table.name).map(|k| k.name).collect();
    known.extend(inner.iter().map(|t| last(t)));
    if table.many {
        known.push("repeat");
    }
    let mut sorted: Vec<_> = entries.iter().collect();
    sorted.sort_by_key(|(key, _)| key.span().start);
    for turn in 1..=times.unwrap_or(1) {
        let number = times.map(|_| turn);
        let mut rules = Vec::new();
        // Faults of numbered columns are the same every time.
        let before = faults.found.len();
        for (key, value) in &sorted {
            let typed = key.get_ref().as_ref();
            if typed == "repeat" && table.many {
                continue;
            }
            if let Some(found) = keys::find(table.name, typed) {
                rules.extend(rule(faults, found, value, number));
            } else if let Some(inside) = inner.iter().find(|t| last(t) == typed) {
                tables(faults, inside, value, groups);
            } else {
                faults.unknown(&format!(" in [{}]", table.name), typed, key.span(), &known);
            }
        }
        if turn > 1 {
            faults.found.truncate(before);
        }
        rules.sort_by_key(|r| keys::of(table.name).position(|k| k.name == r.key.name));
        groups.push(Group { table, rules });
    }
}
