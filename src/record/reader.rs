//! A reader that never stops at the first fault.
//!
//! It walks the tree of the parser with the table of keys in hand. What it can read it returns; what
//! it cannot it reports, and reads on.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{self, Key};
use super::misfits::{headed, lacking, needed, not_a_table, unknown_key};
use super::syntax::Fault;
use crate::diag::{Diagnostic, Span, nearest};

/// Most faults told one by one.
const MOST: usize = 500;
/// Most tables of one kind; no dispute has as many events.
const MANY: usize = 200;

/// Everything that is gathered while a record is read.
pub(super) struct Reader<'s> {
    pub(super) text: &'s str,
    pub(super) faults: Vec<Fault>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) spans: BTreeMap<String, Span>,
    /// What is missing, with its table; told only where no line was lost to the syntax.
    missing: Vec<(&'static str, Diagnostic)>,
    /// Faults that were found when there were already too many to tell.
    dropped: usize,
    /// Names that unknown keys and tables probably stand for.
    meant: Vec<&'static str>,
    /// Keys that were explained before their table is closed.
    pub(super) excused: Vec<Span>,
}

/// One table of the record, present or not.
pub(super) struct Table<'t, 's> {
    /// Its name in the table of keys.
    pub(super) def: &'static str,
    /// Its name with its place, as `event[1]`.
    pub(super) path: String,
    /// Its heading; none where the table is not there.
    pub(super) header: Option<Span>,
    entries: Option<&'t DeTable<'s>>,
}

impl Table<'_, '_> {
    pub(super) fn is_there(&self) -> bool {
        self.entries.is_some()
    }

    pub(super) fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }
}

/// A value with its key's entry in the table.
pub(super) struct Entry<'t, 's> {
    pub(super) key: &'static Key,
    /// The key as messages name it.
    pub(super) said: String,
    pub(super) value: &'t Spanned<DeValue<'s>>,
    pub(super) span: Span,
}

impl<'s> Reader<'s> {
    pub(super) fn new(text: &'s str, faults: Vec<Fault>) -> Self {
        Reader {
            text,
            faults,
            diagnostics: Vec::new(),
            spans: BTreeMap::new(),
            missing: Vec::new(),
            dropped: 0,
            meant: Vec::new(),
            excused: Vec::new(),
        }
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        if self.is_full() {
            self.dropped += 1;
        } else {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Counts a fault that is not told.
    pub(super) fn drop_one(&mut self) {
        self.dropped += 1;
    }

    /// Whether so much was reported that nobody reads on.
    pub(super) fn is_full(&self) -> bool {
        self.diagnostics.len() >= MOST
    }

    /// Returns what was reported, with what is missing if that can be told.
    pub(super) fn finish(
        mut self,
        tree: &DeTable<'s>,
    ) -> (Vec<Diagnostic>, BTreeMap<String, Span>) {
        let broken = self.faults.iter().any(|f| !f.told);
        let syntax = super::syntax::tell(&self.faults, self.text, tree);
        self.diagnostics.extend(syntax);
        if !broken {
            // A table that stands there under a misspelt name is not missing.
            let meant = self.meant;
            let missing = self.missing.into_iter().filter(|(table, _)| !meant.contains(table));
            self.diagnostics.extend(missing.map(|(_, told)| told));
        }
        if self.dropped > 0 {
            let more = crate::diag::count(self.dropped, "more fault");
            self.diagnostics.push(Diagnostic::error("record::more", format!("{more} found")));
        }
        crate::diag::sort(&mut self.diagnostics);
        (self.diagnostics, self.spans)
    }

    /// The parser's complaints that start in a stretch of the text.
    fn faults_in(&self, start: usize, end: usize) -> std::ops::Range<usize> {
        let from = self.faults.partition_point(|f| f.span.start < start);
        from..self.faults.partition_point(|f| f.span.start <= end).max(from)
    }

    /// Whether a complaint of the parser starts in a stretch of the text, its end not counted.
    pub(super) fn starts_fault(&self, start: usize, end: usize) -> bool {
        end > start && !self.faults_in(start, end - 1).is_empty()
    }

    /// Whether the parser complained inside a place, and nothing better was said since.
    pub(super) fn broken(&self, span: &Span) -> bool {
        let inside = self.faults_in(span.start, span.end);
        self.faults[inside].iter().any(|f| !f.told && f.span.end <= span.end)
    }

    /// Silences the parser's complaints inside a place, for a better explanation.
    pub(super) fn explained(&mut self, span: &Span) {
        let inside = self.faults_in(span.start, span.end);
        for fault in &mut self.faults[inside] {
            if fault.span.end <= span.end {
                fault.told = true;
            }
        }
    }

    /// The top of the file.
    pub(super) fn root<'t>(&self, tree: &'t DeTable<'s>) -> Table<'t, 's> {
        Table { def: "", path: String::new(), header: None, entries: Some(tree) }
    }

    /// Opens a table that stands once.
    pub(super) fn table<'t>(&mut self, outer: &Table<'t, 's>, def: &'static str) -> Table<'t, 's> {
        let name = def.rsplit('.').next().unwrap_or(def);
        let path = outer.path_of(name);
        let absent = |path| Table { def, path, header: None, entries: None };
        let Some((key, value)) = outer.entries.and_then(|t| t.get_key_value(name)) else {
            return absent(path);
        };
        let span = value.span();
        if let Some(entries) = value.get_ref().as_table() {
            self.spans.insert(path.clone(), span.clone());
            return Table { def, path, header: Some(span), entries: Some(entries) };
        }
        let list = value.get_ref().as_array().filter(|l| l.iter().all(|v| v.get_ref().is_table()));
        if let Some(list) = list {
            let heading = list.first().map_or_else(|| key.span(), Spanned::span);
            self.report(
                Diagnostic::error(
                    "record::kind",
                    format!("[{def}] stands once, in one pair of brackets"),
                )
                .at(heading.clone(), "two pairs of brackets")
                .fix(heading.clone(), format!("[{def}]")),
            );
            let entries = list.first().and_then(|v| v.get_ref().as_table());
            return Table { def, path, header: Some(heading), entries };
        }
        if !self.broken(&span) {
            self.report(not_a_table(def, value.get_ref(), span, "[", "]"));
        }
        absent(path)
    }

    /// Opens every table of a kind that may stand several times.
    pub(super) fn tables<'t>(
        &mut self,
        outer: &Table<'t, 's>,
        def: &'static str,
    ) -> Vec<Table<'t, 's>> {
        let Some((key, value)) = outer.entries.and_then(|t| t.get_key_value(def)) else {
            return Vec::new();
        };
        let mut opened = Vec::new();
        if let Some(list) = value.get_ref().as_array() {
            if list.len() > MANY {
                let first = list.get(MANY).map_or_else(|| key.span(), Spanned::span);
                self.report(
                    Diagnostic::error("record::many", format!("there are too many [[{def}]]"))
                        .at(first, format!("{}; at most {MANY} are read", list.len())),
                );
            }
            for item in list.iter().take(MANY) {
                let path = format!("{def}[{}]", opened.len());
                if let Some(entries) = item.get_ref().as_table() {
                    self.spans.insert(path.clone(), item.span());
                    let header = Some(item.span());
                    opened.push(Table { def, path, header, entries: Some(entries) });
                } else if !self.broken(&item.span()) {
                    self.report(not_a_table(def, item.get_ref(), item.span(), "[[", "]]"));
                }
            }
        } else if let Some(entries) = value.get_ref().as_table() {
            let heading = value.span();
            let written = self.text.get(heading.clone()).unwrap_or_default();
            let told = Diagnostic::error(
                "record::kind",
                format!("{def} needs two pairs of brackets, because there can be several"),
            )
            .at(heading.clone(), "one pair of brackets");
            let told = if written.starts_with('[') {
                told.fix(heading.clone(), format!("[[{def}]]"))
            } else {
                told
            };
            // The parser's own complaint about a second `[event]` is the same fault.
            self.explained(&key.span());
            self.report(told);
            let path = format!("{def}[0]");
            self.spans.insert(path.clone(), heading.clone());
            opened.push(Table { def, path, header: Some(heading), entries: Some(entries) });
        } else if !self.broken(&value.span()) {
            self.report(not_a_table(def, value.get_ref(), value.span(), "[[", "]]"));
        }
        opened
    }

    /// Gives a table another place, before its keys are read.
    pub(super) fn move_to(&mut self, table: &mut Table<'_, 's>, path: String) {
        self.spans.remove(&table.path);
        table.path = path;
        let inside = format!("{}.", table.path);
        self.spans.retain(|p, _| !p.starts_with(&inside));
        if let Some(header) = &table.header {
            self.spans.insert(table.path.clone(), header.clone());
        }
    }

    /// Reports that no service stands in the record.
    pub(super) fn lack_service(&mut self) {
        let told = Diagnostic::error("record::missing", "the record names no service")
            .help("write [[service]] and below it its kind, for example kind = \"imaging\"")
            .help("one [[service]] for each service in dispute");
        self.missing.push(("service", told));
    }

    /// Finds the value of a key, and notes where it stands.
    pub(super) fn entry<'t>(&mut self, table: &Table<'t, 's>, name: &str) -> Option<Entry<'t, 's>> {
        let key = keys::find(table.def, name);
        debug_assert!(key.is_some(), "not in the table of keys: {}.{name}", table.def);
        let value = table.entries?.get(name)?;
        let key = key?;
        let span = value.span();
        self.spans.insert(table.path_of(name), span.clone());
        Some(Entry { key, said: key.path(), value, span })
    }

    /// Reports what a table holds beyond its keys, and what it lacks.
    ///
    /// `inner` are the tables that stand inside it.
    pub(super) fn close(&mut self, table: &Table<'_, 's>, inner: &[&'static str]) {
        let there = |name: &str| table.entries.is_some_and(|t| t.contains_key(name));
        let mut missing: Vec<&'static Key> =
            keys::of(table.def).filter(|k| needed(k) && !there(k.name)).collect();
        let known: Vec<&'static str> =
            keys::of(table.def).map(|k| k.name).chain(inner.iter().copied()).collect();
        let mut strange: Vec<(Span, &str, bool)> = table
            .entries
            .iter()
            .flat_map(|t| t.iter())
            .filter(|(k, _)| !known.contains(&k.get_ref().as_ref()))
            .map(|(k, v)| (k.span(), k.get_ref().as_ref(), v.get_ref().is_table() || headed(v)))
            .collect();
        strange.sort_by_key(|(span, ..)| span.start);
        let adrift = self.faults.iter().any(Fault::loses_heading);
        for (span, typed, is_table) in strange {
            if self.is_full() {
                self.dropped += 1;
                continue;
            }
            if self.excused.contains(&span) || self.broken(&span) || adrift {
                continue;
            }
            let again = |n: &str| keys::table(n).is_some_and(|t| t.many);
            let absent = known.iter().copied().filter(|n| !there(n) || again(n));
            let meant = nearest(typed, absent);
            missing.retain(|k| Some(k.name) != meant);
            if table.def.is_empty() {
                self.meant.extend(meant);
            }
            self.report(unknown_key(table, &span, typed, is_table, meant, &known));
        }
        if missing.is_empty() {
            return;
        }
        let absent = if table.is_there() { "" } else { table.def };
        self.missing.extend(lacking(table, &missing).into_iter().map(|told| (absent, told)));
    }
}
