//! Writes every letter of every sample with the templates, and keeps what the rules ask about them.

use std::collections::{BTreeMap, BTreeSet};

use super::files::{self, Files};
use super::rules::{MISSING_VALUE, TYPED_LAW, UNHELD_CITATION, UNRENDERED};
use super::{Finds, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::letter::scan::{self, Piece, PieceKind};
use crate::letter::{self, Error, Input, Place, Source, Spot, Templates};
use crate::ruling::Stage;
use crate::samples::{Asked, Sample};

/// A part that every letter needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Ask,
    Facts,
    Requests,
    AnswerBy,
    NextStep,
    Signature,
    Enclosures,
}

/// What was written.
#[derive(Debug, Default)]
pub(super) struct Runs {
    /// Whether every letter was written.
    pub(super) is_whole: bool,
    pub(super) letters: Vec<Written>,
    /// Spots that no letter passed.
    pub(super) missed: Vec<Spot>,
}

/// One letter.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) sample: String,
    /// Its template.
    pub(super) file: usize,
    pub(super) text: Text,
    /// The sheet beside it, and its template.
    pub(super) sheet: Option<(usize, Text)>,
    /// The parts that it has; none where it is not built on `base.md`.
    pub(super) parts: BTreeSet<Part>,
    /// The parts that the built-in letter has here, and this one has not.
    pub(super) lost: BTreeSet<Part>,
    /// Whether the law gives a time in which this letter has to be answered.
    is_timed: bool,
    /// Whether it goes to the plan, and a step follows if the plan refuses.
    has_next: bool,
}

/// The words of ours in a letter, and what made each line.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) words: String,
    pub(super) lines: Vec<Vec<Source>>,
}

impl Written {
    /// Whether the letter has to have a part.
    pub(super) fn wants(&self, part: Part) -> bool {
        match part {
            Part::AnswerBy => self.is_timed,
            Part::NextStep => self.has_next,
            Part::Ask | Part::Facts | Part::Requests | Part::Signature | Part::Enclosures => true,
        }
    }
}

impl Part {
    pub(super) const ALL: [Part; 7] = [
        Part::Ask,
        Part::Facts,
        Part::Requests,
        Part::AnswerBy,
        Part::NextStep,
        Part::Signature,
        Part::Enclosures,
    ];

    /// The block of `base.md` that holds it.
    pub(super) fn block(self) -> &'static str {
        match self {
            Part::Ask => "ask",
            Part::Facts => "facts",
            Part::Requests | Part::AnswerBy => "requests",
            Part::NextStep => "next_step",
            Part::Signature => "signature",
            Part::Enclosures => "enclosures",
        }
    }

    /// What a person calls it.
    pub(super) fn said(self) -> &'static str {
        match self {
            Part::Ask => "sentence that says what is asked for",
            Part::Facts => "facts",
            Part::Requests => "numbered requests",
            Part::AnswerBy => "time in which an answer is due, although the law gives one",
            Part::NextStep => "step that follows a refusal",
            Part::Signature => "place to sign",
            Part::Enclosures => "list of what is enclosed",
        }
    }

    pub(super) fn advice(self) -> &'static str {
        match self {
            Part::Ask => {
                "open with the ask: {% block ask %}…{% endblock %}; `parts/ask-plan.md` is one to start from"
            }
            Part::Facts => {
                "tell the facts in {% block facts %}…{% endblock %}; `parts/facts.md` tells those of the record"
            }
            Part::Requests => {
                "number the requests in {% block requests %}…{% endblock %}; `parts/requests-plan.md` is one to start from"
            }
            Part::AnswerBy => "include `parts/clock.md` in one of the requests",
            Part::NextStep => {
                "say what follows in {% block next_step %}…{% endblock %}; `parts/next-step.md` knows it"
            }
            Part::Signature => {
                "leave {% block signature %} as it is, or include `parts/signature.md` in it"
            }
            Part::Enclosures => {
                "leave {% block enclosures %} as it is, or include `parts/enclosures.md` in it"
            }
        }
    }
}

/// Writes every letter of every sample. What goes wrong is found under the rule it breaks.
pub(super) fn runs(scene: &Scene<'_>, samples: &[Sample], finds: &mut Finds) -> Runs {
    let own = scene.files.own();
    let loaded = match own.is_empty() {
        true => Templates::builtin(),
        false => Templates::with_files(own.clone()),
    };
    let mut press = match loaded.and_then(|templates| Press::new(scene, templates, &own)) {
        Ok(press) => press,
        Err(error) => {
            // What cannot be loaded was told already, unless no rule knows it.
            if !finds.has_errors() {
                scene.refused(&error, finds);
            }
            return Runs::default();
        }
    };
    let mut is_whole = true;
    for sample in samples {
        let Some(day) = sample.as_of else { continue };
        let Ok(posed) = sample.pose(scene.law, day) else { continue };
        for asked in posed.letters() {
            if !press.print(&sample.name, &asked, finds) {
                is_whole = false;
            }
        }
    }
    let spots = press.templates.spots().unwrap_or_default().iter().enumerate();
    let missed = spots.filter(|(i, _)| !press.hit.contains(i)).map(|(_, s)| s.clone()).collect();
    Runs { is_whole, letters: press.letters, missed }
}

/// Everything that letters are written with.
struct Press<'a> {
    scene: &'a Scene<'a>,
    templates: Templates,
    /// The same, with marks around the blocks of whatever all build upon.
    framed: Templates,
    /// The built-in ones, with the same marks; none where no others are looked at.
    builtin: Option<Templates>,
    /// The same, with a blank for every value that is not there; made when first needed.
    probed: Option<Templates>,
    hit: BTreeSet<usize>,
    letters: Vec<Written>,
    told: BTreeSet<(usize, usize, &'static str)>,
}

impl<'a> Press<'a> {
    fn new(
        scene: &'a Scene<'a>,
        templates: Templates,
        own: &[(String, String)],
    ) -> Result<Press<'a>, Error> {
        let framed = Templates::with_files(rewritten(&scene.files, |_| true, framed))?;
        let builtin = match own.is_empty() {
            true => None,
            false => {
                let is_builtin = |name: &str| name.starts_with("builtin/");
                Some(Templates::with_files(rewritten(&scene.files, is_builtin, self::framed))?)
            }
        };
        Ok(Press {
            scene,
            templates,
            framed,
            builtin,
            probed: None,
            hit: BTreeSet::new(),
            letters: Vec::new(),
            told: BTreeSet::new(),
        })
    }

    /// Writes one letter; whether that went well.
    fn print(&mut self, sample: &str, asked: &Asked<'_>, finds: &mut Finds) -> bool {
        match self.written(sample, asked) {
            Ok(written) => {
                self.letters.push(written);
                true
            }
            Err(error) => {
                self.failed(sample, &asked.input(), &error, finds);
                false
            }
        }
    }

    fn written(&mut self, sample: &str, asked: &Asked<'_>) -> Result<Written, Error> {
        let input = &asked.input();
        let mut traced = letter::trace(input, &self.templates)?;
        let (words, sheet) = letter::own_words(input, &self.templates)?;
        let file = self.file(&letter::letter_file(input)?);
        let framed = letter::write(input, &self.framed)?;
        let times = times(input);
        let parts = parts(framed.markdown.as_str(), &times);
        let mut lost = BTreeSet::new();
        if let Some(builtin) = &self.builtin
            && let Ok(theirs) = letter::write(input, builtin)
        {
            lost = self::parts(theirs.markdown.as_str(), &times);
            lost.retain(|p| !parts.contains(p));
        }
        self.hit.append(&mut traced.hit);
        let sheet_name = traced.letter.sheet.as_ref().map(|s| format!("sheets/{}.md", s.name));
        let sheet = sheet
            .zip(sheet_name)
            .map(|(words, name)| (self.file(&name), Text { words, lines: traced.sheet_lines }));
        Ok(Written {
            sample: sample.to_owned(),
            file,
            text: Text { words, lines: traced.lines },
            sheet,
            parts,
            lost,
            is_timed: !times.is_empty(),
            has_next: has_next(input, &asked.stage),
        })
    }

    fn file(&self, name: &str) -> usize {
        self.scene.files.resolve(name).unwrap_or(0)
    }

    /// Says why a letter was not written, once for each place.
    fn failed(&mut self, sample: &str, input: &Input<'_>, error: &Error, finds: &mut Finds) {
        let seen = format!("it shows in the case `{sample}`, stage `{}`", input.stage);
        let faults = if let Error::Hole { .. } = error {
            self.holes(input)
        } else if let Error::Template { message, place: Some(place) } = error {
            self.scene.stopped(message, place).into_iter().collect()
        } else {
            Vec::new()
        };
        let faults = if faults.is_empty() { self.whole(input, error) } else { faults };
        // A slip that was told already is the cause.
        let line = |file: usize, fault: &Diagnostic| {
            let source = &self.scene.files.all[file].source;
            fault.start().map(|at| source.position(at).0)
        };
        let is_told = |file: usize, fault: &Diagnostic, finds: &Finds| {
            let told = finds.by_file.get(file).into_iter().flatten();
            let mut errors =
                told.filter(|d| d.severity == Severity::Error && d.code != MISSING_VALUE.code);
            errors.any(|d| line(file, d) == line(file, fault))
        };
        let is_typed = matches!(error, Error::UnregisteredCitation { .. })
            && finds.by_file.iter().flatten().any(|d| d.code == TYPED_LAW.code);
        let faults: Vec<_> = faults
            .into_iter()
            .filter(|(file, fault)| !is_typed && !is_told(*file, fault, finds))
            .collect();
        for (file, fault) in faults {
            if self.told.insert((file, fault.start().unwrap_or_default(), fault.code)) {
                finds.add(file, fault.help(seen.clone()));
            }
        }
    }

    /// Finds the values that are not there, by printing a blank for each.
    fn holes(&mut self, input: &Input<'_>) -> Vec<(usize, Diagnostic)> {
        if self.probed.is_none() {
            let texts = rewritten(&self.scene.files, |_| true, |f, p, _| probe(f, p));
            self.probed = Templates::with_files(texts).ok();
        }
        let Some(Ok(letter)) = self.probed.as_ref().map(|t| letter::write(input, t)) else {
            return Vec::new();
        };
        let found = letter.blanks.iter().filter_map(|blank| {
            let (file, at) = blank.key.strip_prefix(PROBE)?.split_once('.')?;
            let (file, at): (usize, usize) = (file.parse().ok()?, at.parse().ok()?);
            let text = &self.scene.files.all.get(file)?.source.text;
            let whole = scan::pieces(text).into_iter().find(|p| p.start == at)?.whole.len();
            let span = at..at + whole;
            let fault = Diagnostic::error(MISSING_VALUE.code, "a value is printed that some case does not have")
                .at(span, "nothing to print")
                .help("add `| or_blank(key=\"…\", label=\"…\")`, or put the sentence into an `{% if … %}`");
            Some((file, fault))
        });
        found.collect()
    }

    /// What is said of a letter as a whole.
    fn whole(&self, input: &Input<'_>, error: &Error) -> Vec<(usize, Diagnostic)> {
        let Ok(name) = letter::letter_file(input) else { return Vec::new() };
        let file = self.file(&name);
        let text = &self.scene.files.all[file].source.text;
        let line = 0..text.find('\n').unwrap_or(text.len());
        let fault = if let Error::UnregisteredCitation { citation, .. } = error {
            let message = "this letter prints law that its ruling does not hold";
            Diagnostic::error(UNHELD_CITATION.code, message)
                .at(line, format!("it says: {citation}"))
                .help(format!("law comes from the ruling; see `--explain {}`", TYPED_LAW.name))
        } else {
            Diagnostic::error(UNRENDERED.code, files::said(&error.to_string()))
                .at(line, "this letter cannot be written")
        };
        vec![(file, fault)]
    }
}

impl Scene<'_> {
    /// What is said where the engine stopped.
    fn stopped(&self, message: &str, place: &Place) -> Option<(usize, Diagnostic)> {
        let file = self.files.all.iter().position(|f| f.name == place.file)?;
        let text = &self.files.all[file].source.text;
        let at = files::offset(text, place);
        let length =
            text[at..].find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(0).max(1);
        let length = text[at..].char_indices().nth(length).map_or(text.len() - at, |(i, _)| i);
        let code =
            if message.contains("authority") { UNHELD_CITATION.code } else { UNRENDERED.code };
        let fault = Diagnostic::error(code, files::said(message))
            .at(at..at + length, "the letter stops here");
        Some((file, fault))
    }

    /// What is said where the templates cannot be taken together.
    fn refused(&self, error: &Error, finds: &mut Finds) {
        let first = self.files.all.iter().position(|f| f.is_looked_at).unwrap_or(0);
        let fault = if let Error::Template { message, place: Some(place) } = error {
            self.stopped(message, place)
        } else {
            None
        };
        let (file, fault) = fault.unwrap_or_else(|| {
            let message = files::said(error.to_string().lines().next().unwrap_or_default());
            (first, Diagnostic::error(UNRENDERED.code, message))
        });
        finds.add(file, fault);
    }
}

/// Begins the key of a blank that a probe prints.
const PROBE: &str = "lint.";

/// Before and after the words of a block.
const FRAME: [&str; 2] = ["@@block ", "@@end "];

/// Templates with each of their tags and values rewritten.
fn rewritten(
    files: &Files,
    wanted: impl Fn(&str) -> bool,
    change: impl Fn(usize, &Piece<'_>, bool) -> Option<String>,
) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (i, file) in files.all.iter().enumerate().filter(|(_, f)| wanted(&f.name)) {
        let mut text = String::with_capacity(file.source.text.len());
        for piece in scan::pieces(&file.source.text) {
            match change(i, &piece, file.tree.parent.is_none()) {
                Some(other) => text.push_str(&other),
                None => text.push_str(piece.whole),
            }
        }
        all.push((file.name.clone(), text));
    }
    all
}

/// Puts marks around the blocks of a template that extends no other.
fn framed(_: usize, piece: &Piece<'_>, is_base: bool) -> Option<String> {
    if piece.kind != PieceKind::Tag || !is_base {
        return None;
    }
    let [open, close] = FRAME;
    match piece.name() {
        "block" => Some(format!("\n\n{open}{}@@\n\n{}", piece.rest(), piece.whole)),
        "endblock" => Some(format!("{}\n\n{close}@@\n\n", piece.whole)),
        _ => None,
    }
}

/// Prints a blank for a value that is not there.
fn probe(file: usize, piece: &Piece<'_>) -> Option<String> {
    let is_value = piece.kind == PieceKind::Print
        && !piece.inner.contains("super")
        && !piece.inner.trim_start().starts_with('<');
    is_value.then(|| {
        let before = if piece.trims_before { "-" } else { "" };
        let after = if piece.trims_after { "-" } else { "" };
        let key = format!("{PROBE}{file}.{}", piece.start);
        format!("{{{{{before} ({}) | or_blank(key=\"{key}\", label=\"…\") {after}}}}}", piece.inner)
    })
}

/// How the law says when this letter has to be answered, in the words that a letter prints.
fn times(input: &Input<'_>) -> Vec<String> {
    let all = input.ruling.deadlines.iter();
    let due = all.filter(|d| d.stage == input.stage && d.actor == "plan" && d.act == "decide");
    due.filter(|d| d.printable && !d.advisory && !d.period.is_empty())
        .map(|d| d.period.clone())
        .collect()
}

/// Whether something follows a letter to the plan that does not go out the same day.
fn has_next(input: &Input<'_>, stage: &Stage) -> bool {
    let ruling = input.ruling;
    let is_sent = |id: &str| {
        ruling.stage == id || ruling.also.iter().any(|s| s.id == id && s.letter.is_some())
    };
    stage.recipient.plan && ruling.next.iter().any(|n| !is_sent(&n.stage))
}

/// The parts that a letter with marks around its blocks has.
fn parts(markdown: &str, times: &[String]) -> BTreeSet<Part> {
    let mut blocks: BTreeMap<&str, bool> = BTreeMap::new();
    let mut open: Vec<&str> = Vec::new();
    for line in markdown.lines() {
        if let Some(name) = line.trim_start_matches("# ").strip_prefix(FRAME[0]) {
            let name = name.trim_end_matches('@').trim();
            blocks.entry(name).or_default();
            open.push(name);
        } else if line.starts_with(FRAME[1]) {
            open.pop();
        } else if line.chars().any(char::is_alphanumeric) && !line.starts_with('#') {
            for name in &open {
                blocks.insert(name, true);
            }
        }
    }
    if blocks.is_empty() {
        return BTreeSet::new();
    }
    let is_filled = |part: Part| blocks.get(part.block()).copied().unwrap_or(false);
    let has = |part: &Part| match part {
        Part::AnswerBy => times.iter().any(|t| markdown.contains(t.as_str())),
        Part::Ask
        | Part::Facts
        | Part::Requests
        | Part::NextStep
        | Part::Signature
        | Part::Enclosures => is_filled(*part),
    };
    Part::ALL.into_iter().filter(has).collect()
}
