//! What the page shows of one case: the ruling, the stages, the letter; or what is wrong.

use chrono::NaiveDate;
use serde::Serialize;

use super::cases::Case;
use super::fault::Fault;
use super::html::html;
use super::stock::Stock;
use crate::calendar::weekday_date;
use crate::diag;
use crate::letter::{self, Letter};
use crate::packet;
use crate::record::Loaded;
use crate::samples::{Asked, Posed, Unposed};

/// What a page asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ask {
    /// Id of a case.
    pub(super) case: String,
    /// Which of its letters, by [`keys`]; the first when empty or not among them.
    pub(super) letter: String,
    /// The day; the case's own when none.
    pub(super) as_of: Option<NaiveDate>,
}

/// A case with its ruling, and the letter asked for.
pub(super) struct Scene {
    pub(super) posed: Posed,
    /// Index of the letter; none where none is to be written.
    pub(super) chosen: Option<usize>,
}

impl Scene {
    /// Rules on the case asked for.
    pub(super) fn of(stock: &Stock, ask: &Ask) -> Result<Scene, Box<Fault>> {
        let none = "the case is no longer among those on file";
        let case = stock.case(&ask.case);
        let case = case.ok_or_else(|| Box::new(Fault::new("There is no such case", none)))?;
        let loaded = case.loaded();
        let posed = Posed::of(&loaded, &stock.law, day(stock, case, &loaded, ask));
        let posed = posed.map_err(|e| match e {
            Unposed::Faults(faults) => Box::new(Fault::of_record(&faults, &loaded)),
            Unposed::Conflict(conflict) => Box::new(Fault::of_conflict(&conflict)),
        })?;
        let keys = keys(&posed.letters());
        let first = (!keys.is_empty()).then_some(0);
        let chosen = keys.iter().position(|k| *k == ask.letter).or(first);
        Ok(Scene { posed, chosen })
    }
}

/// The day a case is looked at.
fn day(stock: &Stock, case: &Case, loaded: &Loaded, ask: &Ask) -> NaiveDate {
    let order = &stock.order;
    let own =
        || case.day().unwrap_or_else(|| (order.today)(loaded.record.coverage.issued_in.as_deref()));
    ask.as_of.or(order.as_of).unwrap_or_else(own)
}

/// Names letters by their stages; a second one of the same stage has a number.
fn keys(letters: &[Asked<'_>]) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for asked in letters {
        let id = &asked.stage.id;
        let before = keys.iter().filter(|k| *k == id || k.starts_with(&format!("{id}."))).count();
        keys.push(if before == 0 { id.clone() } else { format!("{id}.{}", before + 1) });
    }
    keys
}

/// The answer.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct View {
    version: u64,
    name: String,
    why: String,
    as_of: Option<NaiveDate>,
    /// None where the case cannot be ruled on.
    #[serde(flatten)]
    pub(super) good: Good,
    /// Whether what is shown is older than what was asked for.
    stale: bool,
    faults: Vec<Fault>,
    /// Remarks on the record that stop nothing.
    remarks: String,
}

/// What stays on the page while something is faulty.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Good {
    rulings: Vec<Told>,
    /// The rulings as `appeal explain` says them.
    text: String,
    letters: Vec<Choice>,
    /// The letter that is shown.
    pub(super) letter: String,
    papers: Vec<Paper>,
    blanks: Vec<[String; 2]>,
}

/// The head of a ruling.
#[derive(Clone, Debug, Serialize)]
struct Told {
    stage: String,
    title: String,
    says: String,
    track: String,
    expedited: bool,
    late: bool,
    to: String,
    /// Where it stands, the day in words, what happens.
    dates: Vec<[String; 3]>,
}

/// A letter that can be picked.
#[derive(Clone, Debug, Serialize)]
struct Choice {
    key: String,
    title: String,
    when: String,
}

/// A letter or a sheet, as it reads.
#[derive(Clone, Debug, Serialize)]
struct Paper {
    title: String,
    sheet: bool,
    html: String,
}

/// Makes the answer. `last` is what the same question was answered with before.
pub(super) fn view(stock: &Stock, ask: &Ask, last: Option<Good>) -> View {
    let mut view = View {
        version: stock.version,
        faults: stock.faults().cloned().collect(),
        ..View::default()
    };
    if let Some(case) = stock.case(&ask.case) {
        let loaded = case.loaded();
        let day = day(stock, case, &loaded, ask);
        view.name.clone_from(&case.name);
        view.why.clone_from(&case.why);
        view.as_of = Some(day);
        let (_, remarks) = loaded.check(day);
        if !diag::has_errors(&remarks) {
            view.remarks = diag::render(&remarks, &loaded.source, false);
        }
    }
    let scene = match Scene::of(stock, ask) {
        Ok(scene) => scene,
        Err(fault) => return view.with(*fault, last),
    };
    let posed = &scene.posed;
    let letters = posed.letters();
    let keys = keys(&letters);
    let mut good = Good {
        rulings: told(posed),
        text: packet::text(&posed.case.record, &posed.disputes),
        letter: scene.chosen.and_then(|n| keys.get(n)).cloned().unwrap_or_default(),
        ..Good::default()
    };
    good.letters = letters.iter().zip(keys).map(|(asked, key)| choice(asked, key)).collect();
    if let Some(asked) = scene.chosen.and_then(|n| letters.get(n)) {
        match letter::write(&asked.input(), &stock.templates) {
            Ok(letter) => good.take(&letter),
            Err(error) => {
                // The ruling is right; only the words are those of before.
                let fault = Fault::of_letter(&error, stock.folder());
                let last = last.unwrap_or_default();
                (good.papers, good.blanks) = (last.papers, last.blanks);
                return view.with(fault, Some(good));
            }
        }
    }
    view.stale = !view.faults.is_empty();
    view.good = good;
    view
}

impl View {
    fn with(mut self, fault: Fault, last: Option<Good>) -> View {
        self.stale = true;
        self.good = last.unwrap_or_default();
        self.faults.push(fault);
        self
    }

    /// Returns whether nothing stands in the way.
    pub(super) fn is_good(&self) -> bool {
        self.faults.is_empty()
    }
}

impl Good {
    fn take(&mut self, letter: &Letter) {
        self.papers.push(Paper {
            title: letter.title.clone(),
            sheet: false,
            html: html(letter.markdown.as_str()),
        });
        if let Some(sheet) = &letter.sheet {
            self.papers.push(Paper {
                title: sheet.title.clone(),
                sheet: true,
                html: html(sheet.markdown.as_str()),
            });
        }
        self.blanks = letter.blanks.iter().map(|b| [b.key.clone(), b.label.clone()]).collect();
    }
}

fn choice(asked: &Asked<'_>, key: String) -> Choice {
    Choice { key, title: asked.stage.title.clone(), when: asked.when.to_string() }
}

fn told(posed: &Posed) -> Vec<Told> {
    let told = |dispute: &packet::Dispute| {
        let ruling = &dispute.ruling;
        let dates = ruling.timeline().into_iter().map(|entry| {
            let day = entry.date.map(weekday_date).unwrap_or_default();
            [entry.place.word().to_owned(), day, entry.says]
        });
        let plan = posed.case.record.coverage.plan.clone().unwrap_or_else(|| "the plan".to_owned());
        Told {
            stage: ruling.stage.clone(),
            title: ruling.title.clone(),
            says: ruling.says.clone(),
            track: ruling.track.clone(),
            expedited: ruling.expedited,
            late: ruling.late,
            to: if ruling.recipient.plan { plan } else { ruling.recipient.name.clone() },
            dates: dates.collect(),
        }
    };
    posed.disputes.iter().map(told).collect()
}
