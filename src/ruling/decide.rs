//! The decision tables: which pack governs, and which row of it applies.

use chrono::NaiveDate;

use super::clock::Clocks;
use super::outcome::{Added, Findings, build};
use super::{Need, Ruling, TraceLine};
use crate::facts::{DateName, Fact, Facts};
use crate::law::{IfUnknown, Law, Pack, Row, Truth};

/// Why the law as loaded gives no ruling.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// The notice is older than the law on file.
    #[error(
        "the denial of {date} is older than the law on file for {pack}, which starts on {oldest}"
    )]
    TooOld {
        /// Title of the pack.
        pack: String,
        /// The date in the record.
        date: NaiveDate,
        /// The oldest date that the pack speaks of.
        oldest: NaiveDate,
    },
    /// No row of a table applies.
    #[error("no row of {0} speaks of these facts; please report this record's facts")]
    NoRow(String),
    /// A pack is missing.
    #[error("the law on file has no pack `{0}`")]
    NoPack(String),
}

/// What a search through the rows of a pack found.
enum Found<'a> {
    Row(&'a Row),
    Unknown(Vec<Fact>),
    Nothing,
}

/// Decides what follows from the facts on a day.
///
/// # Errors
///
/// Fails when the law on file says nothing or is too young for the denial; never because of a missing
/// fact, which makes a ruling that asks for it.
pub fn decide(facts: &Facts, law: &Law, as_of: NaiveDate) -> Result<Ruling, Conflict> {
    let router = law.router().ok_or_else(|| Conflict::NoPack("router".to_owned()))?;
    let mut trace = Vec::new();
    let mut needs = Vec::new();
    let routes = Clocks::new(law, router, facts, as_of);
    let mut added = Added::default();
    let (track, route) = match search(router, facts, &routes, &mut trace, &mut added, &mut needs) {
        Found::Row(row) => (row.track.as_deref(), Some(row)),
        Found::Unknown(missing) => {
            needs.extend(missing.into_iter().map(need));
            // Whoever looks one of them up looks up the others on the same page.
            let asked = router.pack.unknown_asks.iter().filter_map(|f| Fact::find(f));
            needs.extend(asked.filter(|f| facts.word(*f).is_none()).map(need));
            if let Some(row) = &router.pack.unknown_row {
                trace.push(TraceLine {
                    rule: format!("{}{row}", router.pack.rows),
                    applied: true,
                    because: "a fact that decides the forum is unknown or contradicted".to_owned(),
                });
            }
            (router.pack.when_unknown.as_deref(), None)
        }
        Found::Nothing => return Err(Conflict::NoRow(router.pack.name.clone())),
    };
    let track = track.ok_or_else(|| Conflict::NoRow(router.pack.name.clone()))?;
    let taker = route.and_then(|row| taker(law, row, facts, &routes));
    let pack = match taker {
        Some(pack) => pack,
        None => law.pack(track).ok_or_else(|| Conflict::NoPack(track.to_owned()))?,
    };
    if taker.is_some() {
        let because = format!("this case is taken by: {}", pack.pack.name);
        trace.push(TraceLine { rule: pack.pack.id.clone(), applied: true, because });
    }
    not_too_old(facts, pack)?;
    let clocks = Clocks::new(law, pack, facts, as_of);
    let row = match search(pack, facts, &clocks, &mut trace, &mut added, &mut needs) {
        Found::Row(row) => Some(row),
        Found::Unknown(missing) => {
            needs.extend(missing.into_iter().map(need));
            None
        }
        Found::Nothing => return Err(Conflict::NoRow(pack.pack.name.clone())),
    };
    Ok(build(Findings { law, pack, facts, as_of, clocks, row, route, added, needs, trace }))
}

/// The pack that takes this case of a row from the row's own track.
fn taker<'a>(law: &'a Law, row: &Row, facts: &Facts, routes: &Clocks<'_>) -> Option<&'a Pack> {
    let mut takers = law.takers(&row.id);
    let (id, _) = takers.find(|(_, route)| route.cond.holds(facts, routes) == Truth::Yes)?;
    law.pack(id)
}

fn search<'a>(
    pack: &'a Pack,
    facts: &Facts,
    clocks: &Clocks<'_>,
    trace: &mut Vec<TraceLine>,
    added: &mut Added,
    needs: &mut Vec<Need>,
) -> Found<'a> {
    for row in &pack.row {
        let rule = format!("{}{}", pack.pack.rows, row.id);
        match row.cond.holds(facts, clocks) {
            Truth::Yes => {
                trace.push(TraceLine { rule, applied: true, because: row.says.clone() });
                if !row.adds {
                    return Found::Row(row);
                }
                added.take(row);
            }
            Truth::No(why) => trace.push(TraceLine { rule, applied: false, because: why }),
            Truth::Unknown(missing) => {
                let names: Vec<&str> = missing.iter().map(|f| f.name()).collect();
                let because = format!("not known: {}", names.join(", "));
                trace.push(TraceLine { rule, applied: false, because });
                match row.if_unknown.unwrap_or(pack.pack.if_unknown) {
                    IfUnknown::Ask => return Found::Unknown(missing),
                    IfUnknown::Skip => {}
                    IfUnknown::Mention => needs.extend(missing.into_iter().map(need)),
                }
            }
        }
    }
    Found::Nothing
}

fn not_too_old(facts: &Facts, pack: &Pack) -> Result<(), Conflict> {
    let dates = [DateName::NoticeDated, DateName::NoticeReceived, DateName::Incident];
    let first = dates.into_iter().filter_map(|d| Some(facts.dates(d).first()?.date)).min();
    match first {
        Some(date) if date < pack.pack.oldest => {
            Err(Conflict::TooOld { pack: pack.pack.name.clone(), date, oldest: pack.pack.oldest })
        }
        _ => Ok(()),
    }
}

pub(super) fn need(fact: Fact) -> Need {
    Need { fact: fact.name().to_owned(), how: fact.def().ask.to_owned() }
}
