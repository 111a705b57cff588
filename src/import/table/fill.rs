//! Fills a record from the cells of one row.

use std::collections::{BTreeMap, BTreeSet};

use super::super::draft::{Draft, Origin, Reworded};
use super::super::map::{Group, Map, Rule, Takes, plain};
use super::Cell;
use super::cell::{Reading, Value};
use super::heading::{Columns, column_name};
use crate::diag::{Diagnostic, Source, Span, count};
use crate::record::Loaded;
use crate::record::keys::Kind;

/// Longest part of a heading that is shown.
const HEADING: usize = 60;

const TRANSLATE: &str =
    "or let the map translate it: values = { \"as in the cell\" = \"as above\" }";

/// Reads the record of a row.
pub(super) fn fill(
    map: &Map,
    columns: &Columns,
    place: &str,
    number: u64,
    cells: &[Cell],
) -> Loaded {
    if cells.len() != columns.headings.len() {
        let told = Diagnostic::error(
            "import::ragged",
            format!(
                "the row has {}, and the heading row has {}",
                count(cells.len(), "cell"),
                columns.headings.len()
            ),
        )
        .help("a cell that holds the separator itself must stand in quotation marks");
        return Loaded::refused(Source::new(place, ""), told);
    }
    let mut draft = Draft::default();
    let spans = cells
        .iter()
        .enumerate()
        .map(|(n, cell)| {
            if !columns.mapped[n] {
                draft.skip();
                return 0..0;
            }
            let heading: String = columns.headings[n].chars().take(HEADING).collect();
            draft.show(&format!("{}{number} {heading}", column_name(n)), &cell.shown())
        })
        .collect();
    let mut row = Row {
        map,
        columns,
        cells,
        spans,
        draft,
        heads: Vec::new(),
        failed: BTreeSet::new(),
        meant: BTreeMap::new(),
    };
    row.write();
    let Row { draft, heads, failed, meant, spans, .. } = row;
    let known = Known { map, columns, spans, heads, failed, meant };
    draft.read(place, |told| known.reword(told))
}

/// A row on its way.
struct Row<'a> {
    map: &'a Map,
    columns: &'a Columns,
    cells: &'a [Cell],
    /// Where each cell is shown.
    spans: Vec<Span>,
    draft: Draft,
    /// Where the heading of each group stands in the TOML.
    heads: Vec<(usize, usize)>,
    /// Keys whose cells were refused: their group, and their name.
    failed: BTreeSet<(usize, &'static str)>,
    /// Cells that the map translates, by the place in the TOML of a text that is nearly one of them.
    meant: BTreeMap<usize, String>,
}

impl Row<'_> {
    fn write(&mut self) {
        self.draft.line("schema = 1", Vec::new());
        let mut services = 0;
        for (g, group) in self.map.groups.iter().enumerate() {
            let first_service = group.table.name == "service" && services == 0;
            services += usize::from(group.table.name == "service");
            if !first_service && !self.is_there(g, group) {
                continue;
            }
            if !group.table.name.is_empty() {
                let name = group.table.name;
                let head =
                    if group.table.many { format!("[[{name}]]") } else { format!("[{name}]") };
                self.draft.line("", Vec::new());
                self.heads.push((self.draft.toml_len(), g));
                let at = self.columns.rules[g].iter().flatten().flatten().next();
                let at = at.map(|n| self.spans[*n].clone());
                self.draft.line(&head, at.into_iter().collect());
            }
            for (r, rule) in group.rules.iter().enumerate() {
                self.key(g, r, rule);
            }
        }
    }

    /// Whether a row has a table at all. One that may stand several times, and one whose mere presence
    /// says something, is there only when a column says something of it.
    fn is_there(&self, g: usize, group: &Group) -> bool {
        let told = group.table.many
            || matches!(group.table.name, "representative" | "condition.certification");
        let mut cells = self.columns.rules[g].iter().flatten().flatten().peekable();
        !told || cells.peek().is_none() || cells.any(|n| !self.is_blank(*n))
    }

    fn is_blank(&self, n: usize) -> bool {
        match &self.cells[n] {
            Cell::Empty => true,
            Cell::Text(text) => self.map.settings.blank.contains(&plain(text)),
            Cell::Number(_) | Cell::Bool(_) | Cell::Day(..) | Cell::Refused(..) => false,
        }
    }

    fn key(&mut self, g: usize, r: usize, rule: &Rule) {
        let name = rule.key.name;
        if let Takes::Constant(value) = &rule.takes {
            let span = self.draft.show(&format!("(map) {}", rule.key.path()), value);
            self.draft.key(name, vec![span.clone()]);
            self.draft.raw(value, vec![span]);
            self.draft.sign("\n");
            return;
        }
        let form = rule.date.as_ref().or(self.map.settings.date.as_ref());
        let reading = Reading { rule, form };
        let mut values = Vec::new();
        let columns = self.columns;
        for item in &columns.rules[g][r] {
            match self.item(&reading, item) {
                Ok(found) => values.extend(found),
                Err(told) => {
                    self.failed.insert((g, name));
                    self.draft.report(*told);
                }
            }
        }
        let at: Vec<Span> =
            columns.rules[g][r].iter().flatten().map(|n| self.spans[*n].clone()).collect();
        if self.failed.contains(&(g, name)) {
            return;
        }
        if values.is_empty() {
            if let Some(empty) = &rule.empty {
                self.draft.key(name, at.clone());
                self.draft.raw(empty, at);
                self.draft.sign("\n");
            }
            return;
        }
        self.draft.key(name, at);
        let list = matches!(rule.key.kind, Kind::Lines | Kind::Dates | Kind::Words(_));
        self.draft.sign(if list { "[" } else { "" });
        for (n, (value, sheet)) in values.into_iter().enumerate() {
            self.draft.sign(if n > 0 { ", " } else { "" });
            match value {
                Value::Raw(raw) => self.draft.raw(&raw, sheet),
                Value::Text { text, verbatim } => {
                    if let Some(meant) = reading.meant(&text).filter(|_| verbatim) {
                        self.meant.insert(self.draft.toml_len(), meant.to_owned());
                    }
                    let origin = if verbatim { Origin::Verbatim } else { Origin::Made };
                    self.draft.text(&text, sheet, origin);
                }
            }
        }
        self.draft.sign(if list { "]\n" } else { "\n" });
    }

    /// Reads one entry of a value: the cells it is put together from.
    fn item(
        &self,
        reading: &Reading<'_>,
        item: &[usize],
    ) -> Result<Vec<(Value, Vec<Span>)>, Box<Diagnostic>> {
        let mut parts = Vec::new();
        for n in item.iter().filter(|n| !self.is_blank(**n)) {
            let at = &self.spans[*n];
            parts.push((reading.cell(&self.cells[*n], at)?, at.clone()));
        }
        let spans: Vec<Span> = parts.iter().map(|(_, at)| at.clone()).collect();
        let Some(first) = spans.first().cloned() else { return Ok(Vec::new()) };
        let text = parts.iter().map(|(t, _)| t.as_str()).collect::<Vec<_>>().join(" ");
        let whole = spans.len() == 1;
        let verbatim = whole && item.iter().all(|n| !matches!(self.cells[*n], Cell::Bool(_)));
        let Some(sign) = reading.rule.split.as_deref().filter(|_| whole) else {
            let values = reading.value(&text, &first, verbatim);
            return Ok(values?.into_iter().map(|v| (v, spans.clone())).collect());
        };
        let mut found = Vec::new();
        let mut start = 0;
        let mut shown = first.start;
        for piece in text.split(sign) {
            let trimmed = piece.trim();
            let lead = piece.len() - piece.trim_start().len();
            let from = shown + super::super::draft::shown_len(&piece[..lead]);
            let at = from..from + super::super::draft::shown_len(trimmed);
            if !trimmed.is_empty() && !self.map.settings.blank.contains(&plain(trimmed)) {
                let values = reading.value(trimmed, &at, true);
                found.extend(values?.into_iter().map(|v| (v, vec![at.clone()])));
            }
            let end = start + piece.len() + sign.len();
            shown += super::super::draft::shown_len(text.get(start..end).unwrap_or(piece));
            start = end;
        }
        Ok(found)
    }
}

/// What is known of a row once it is written, to say what the reader of records finds.
struct Known<'a> {
    map: &'a Map,
    columns: &'a Columns,
    spans: Vec<Span>,
    heads: Vec<(usize, usize)>,
    failed: BTreeSet<(usize, &'static str)>,
    /// Cells that the map translates, by the place in the TOML of a text that is nearly one of them.
    meant: BTreeMap<usize, String>,
}

impl Known<'_> {
    /// Says in the words of the table what is said of the TOML.
    fn reword(&self, mut told: Diagnostic) -> Option<Reworded> {
        match told.code {
            "record::missing" => self.missing(told),
            "record::word" => {
                let at = told.labels.first().map(|l| l.span.start);
                told.help.push(match at.and_then(|at| self.meant.get(&at)) {
                    Some(meant) => format!("did you mean `{meant}`, which the map translates?"),
                    None => TRANSLATE.to_owned(),
                });
                Some(told.into())
            }
            "record::lines" => {
                told.help = vec!["say in the map where to split it: split = \"\\n\"".to_owned()];
                if !self.splits(&told) {
                    told.help = vec!["write it on one line".to_owned()];
                }
                Some(told.into())
            }
            _ => Some(told.into()),
        }
    }

    /// Whether what is said concerns a list.
    fn splits(&self, told: &Diagnostic) -> bool {
        self.map.groups.iter().flat_map(|g| &g.rules).any(|r| {
            r.key.kind == Kind::Lines && told.message.contains(&format!("`{}`", r.key.path()))
        })
    }

    /// Points at the empty cell of a key that is missing.
    fn missing(&self, mut told: Diagnostic) -> Option<Reworded> {
        let path = told.message.split('`').nth(1).unwrap_or_default().to_owned();
        let head = told.labels.first().map(|l| l.span.start);
        let group = match head {
            Some(head) => self.heads.iter().find(|(at, _)| *at == head).map(|(_, g)| *g),
            None => self.map.groups.iter().position(|g| g.table.name.is_empty()),
        };
        let Some(g) = group else { return Some(told.into()) };
        let rules = &self.map.groups[g].rules;
        let Some(r) = rules.iter().position(|r| r.key.path() == path) else {
            return Some(told.into());
        };
        if self.failed.contains(&(g, rules[r].key.name)) {
            return None;
        }
        let at: Vec<Span> =
            self.columns.rules[g][r].iter().flatten().map(|n| self.spans[*n].clone()).collect();
        told.labels.clear();
        told = told.at(0..0, "nothing here");
        for help in &mut told.help {
            if help.starts_with("write ") && help.ends_with(" = \"unknown\" when nobody knows") {
                *help = "write unknown in the cell when nobody knows".to_owned();
            }
        }
        Some(Reworded { told, at: Some(at) })
    }
}
