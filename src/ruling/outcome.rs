//! From the row that applied to a complete ruling: recipients, law, warnings, what comes next.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::clock::Clocks;
use super::decide::need;
use super::timeline::happened;
use super::{
    Ahead, Authority, Deadline, Need, Next, Recipient, Right, Ruling, Stage, Status, TraceLine,
    Warning,
};
use crate::facts::{DateName, Fact, Facts, Known};
use crate::law::{Contact, Family, Law, Pack, Part, Row, StageRule, Surface, Truth, gate};

/// What the rows that only add have added.
#[derive(Debug, Default)]
pub(super) struct Added {
    also: Vec<String>,
    open: Vec<String>,
    marks: Vec<String>,
    expedited: bool,
    authorities: Vec<String>,
    warns: BTreeMap<String, String>,
    needs: Vec<String>,
}

impl Added {
    pub(super) fn take(&mut self, row: &Row) {
        self.also.extend(row.also.iter().cloned());
        self.open.extend(row.open.iter().cloned());
        self.marks.extend(row.marks.iter().cloned());
        self.expedited |= row.expedited;
        self.authorities.extend(row.authorities.iter().cloned());
        self.warns.extend(row.warns.clone());
        self.needs.extend(row.needs.iter().cloned());
    }
}

/// A ruling that only asks: a row of the pack turns on a fact nobody knows.
const ASKING: &str = "The next step turns on facts that the record does not hold. They are listed \
                      below, with how to find them.";

/// Everything that the search through the rows has found.
pub(super) struct Findings<'a> {
    pub(super) law: &'a Law,
    pub(super) pack: &'a Pack,
    pub(super) facts: &'a Facts,
    pub(super) as_of: NaiveDate,
    pub(super) clocks: Clocks<'a>,
    /// The row of the pack that applied; none where it turns on a fact that is not known.
    pub(super) row: Option<&'a Row>,
    /// The row of the router that led to the pack.
    pub(super) route: Option<&'a Row>,
    pub(super) added: Added,
    pub(super) needs: Vec<Need>,
    pub(super) trace: Vec<TraceLine>,
}

pub(super) fn build(findings: Findings<'_>) -> Ruling {
    let Findings { law, pack, facts, as_of, clocks, row, route, mut added, mut needs, trace } =
        findings;
    if let Some(row) = row {
        added.take(row);
    }
    if let Some(route) = route {
        added.authorities.extend(route.authorities.iter().cloned());
        added.warns.extend(route.warns.clone());
        added.needs.extend(route.needs.iter().cloned());
    }
    let mut stage = row.and_then(|r| r.stage.clone()).unwrap_or_else(|| "needs-facts".to_owned());
    // A dispute that need not wait is not sent back to wait.
    if stage == "wait" && !added.also.is_empty() {
        stage = added.also.remove(0);
    }
    added.also.retain(|s| *s != stage);
    unique(&mut added.also);
    let rule = pack.stage.get(&stage);
    let shown = rule.or_else(|| pack.stage.get(row.and_then(|r| r.about.as_ref())?));
    added.open.retain(|s| *s != stage && !added.also.contains(s));
    unique(&mut added.open);
    let also = stages(law, pack, &added.also);
    let open = stages(law, pack, &added.open);
    let next = next(law, pack, facts, &clocks, &stage, row, shown);
    let mut lettered = vec![stage.clone()];
    lettered.extend(added.also.iter().chain(&added.open).cloned());
    let rights = rights(law, pack, facts, &clocks, &lettered, as_of);
    needs.extend(added.needs.iter().filter_map(|n| named(n)));
    needs.extend(clocks.asks().iter().filter_map(|n| named(n)));
    let mut known = Vec::new();
    needs.retain(|n| {
        !known.contains(&n.fact) && {
            known.push(n.fact.clone());
            true
        }
    });
    let warnings = warnings(pack, facts, as_of, &added);
    unique(&mut added.marks);
    let deadlines = clocks.into_deadlines();
    let ahead = ahead(pack, as_of, &deadlines, &next);
    let authorities = authorities(law, &added, rule, &lettered, pack, &deadlines, &rights);
    Ruling {
        as_of,
        track: pack.pack.id.clone(),
        regulator: pack.pack.regulator.clone().unwrap_or_else(|| "unknown".to_owned()),
        side: pack.pack.side.clone(),
        contract: pack.pack.contract.clone(),
        forum: forum(law, shown),
        called: rule.map_or_else(|| title(&stage, shown), called),
        title: title(&stage, shown),
        letter: rule.and_then(|r| r.letter.clone()),
        stage,
        also,
        open,
        expedited: added.expedited,
        late: row.is_some_and(|r| r.late),
        marks: added.marks,
        says: row.map_or_else(|| ASKING.to_owned(), |r| r.says.clone()),
        recipient: recipient(law, shown),
        deadlines,
        rights,
        authorities,
        warnings,
        ahead,
        needs,
        next,
        happened: happened(facts, as_of),
        trace,
        law_reviewed: pack.pack.reviewed,
    }
}

fn stages(law: &Law, pack: &Pack, ids: &[String]) -> Vec<Stage> {
    ids.iter()
        .filter_map(|id| {
            let rule = pack.stage.get(id)?;
            Some(Stage {
                id: id.clone(),
                title: rule.title.clone(),
                called: called(rule),
                forum: forum(law, Some(rule)),
                letter: rule.letter.clone(),
                recipient: recipient(law, Some(rule)),
            })
        })
        .collect()
}

fn unique(words: &mut Vec<String>) {
    let mut seen: Vec<String> = Vec::new();
    words.retain(|w| {
        !seen.contains(w) && {
            seen.push(w.clone());
            true
        }
    });
}

fn called(rule: &StageRule) -> String {
    rule.called.clone().unwrap_or_else(|| rule.title.clone())
}

fn title(stage: &str, shown: Option<&StageRule>) -> String {
    match stage {
        "wait" => "Wait for the answer".to_owned(),
        "needs-facts" => "More facts are needed".to_owned(),
        "no-letter" => "No letter is needed".to_owned(),
        _ => shown.map_or_else(|| stage.to_owned(), |s| s.title.clone()),
    }
}

fn forum(law: &Law, rule: Option<&StageRule>) -> String {
    match rule {
        Some(rule) if rule.recipient == "plan" => "plan".to_owned(),
        Some(rule) => law.contact(&rule.recipient).map_or_else(String::new, |c| c.forum.clone()),
        None => "unknown".to_owned(),
    }
}

/// The word of caution beside a contact that nobody has confirmed; none where an agency's page, or one
/// that repeats it, was read.
fn caution(contact: &Contact) -> Option<&'static str> {
    (!may_print(contact)).then_some("unverified: check it")
}

/// Whether a letter may print a contact: the federal column of the gate.
fn may_print(contact: &Contact) -> bool {
    gate(contact.mark, Family::Federal, Surface::Letter).allows(Part::Number)
}

fn recipient(law: &Law, rule: Option<&StageRule>) -> Recipient {
    let Some(rule) = rule else { return Recipient::default() };
    match law.contact(&rule.recipient) {
        None => Recipient { plan: true, form: rule.form.clone(), ..Recipient::default() },
        Some(contact) => Recipient {
            plan: false,
            name: contact.name.clone(),
            address: contact.address.clone(),
            phone: contact.phone.clone(),
            tty: contact.tty.clone(),
            fax: contact.fax.clone(),
            url: contact.url.clone(),
            form: rule.form.clone(),
            note: contact.note.clone(),
            caution: caution(contact),
        },
    }
}

fn next(
    law: &Law,
    pack: &Pack,
    facts: &Facts,
    clocks: &Clocks<'_>,
    stage: &str,
    row: Option<&Row>,
    shown: Option<&StageRule>,
) -> Vec<Next> {
    let until = row.filter(|_| stage == "wait").and_then(|r| r.until.as_ref());
    let steps = shown.map_or(&[][..], |s| &s.next);
    steps
        .iter()
        .filter(|n| !matches!(n.cond.holds(facts, clocks), Truth::No(_)))
        .map(|n| {
            let rule = pack.stage.get(&n.stage);
            let contact = rule.and_then(|r| law.contact(&r.recipient));
            Next {
                called: rule.map_or_else(|| n.stage.clone(), called),
                stage: n.stage.clone(),
                title: rule.map_or_else(|| n.stage.clone(), |r| r.title.clone()),
                opens: until
                    .filter(|_| !n.always)
                    .or(n.opens.as_ref())
                    .and_then(|e| clocks.over(e)),
                when: n.says.clone(),
                body: contact.map(|c| c.name.clone()),
                phone: contact.and_then(|c| c.phone.clone()),
                caution: contact.and_then(caution),
                printable: contact.is_none_or(may_print),
            }
        })
        .collect()
}

fn rights(
    law: &Law,
    pack: &Pack,
    facts: &Facts,
    clocks: &Clocks<'_>,
    lettered: &[String],
    as_of: NaiveDate,
) -> Vec<Right> {
    let registry = law.registry();
    pack.right
        .iter()
        .filter(|r| r.stages.is_empty() || r.stages.iter().any(|s| lettered.contains(s)))
        .filter(|r| r.from.is_none_or(|from| from <= as_of))
        .filter(|r| r.cond.holds(facts, clocks) == Truth::Yes)
        .map(|r| Right {
            id: r.id.clone(),
            topic: r.topic.word().to_owned(),
            says: r.says.clone(),
            stages: r.stages.clone(),
            cite: r.authorities.iter().find_map(|id| registry.letter(id)),
            authorities: r.authorities.clone(),
        })
        .collect()
}

/// A fact or date to ask for, by its name in a pack.
fn named(name: &str) -> Option<Need> {
    if let Some(fact) = Fact::find(name) {
        return Some(need(fact));
    }
    let date = DateName::find(name)?;
    Some(Need {
        fact: name.to_owned(),
        how: format!("Find out {}, and add it to the record.", date.means()),
    })
}

fn warnings(pack: &Pack, facts: &Facts, as_of: NaiveDate, added: &Added) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = added
        .warns
        .iter()
        .map(|(code, message)| Warning { code: code.clone(), message: message.clone() })
        .collect();
    for fact in Fact::ALL {
        if let Known::Contradicted(sources) = facts.get(*fact) {
            let told: Vec<String> =
                sources.iter().map(|(word, source)| format!("{source} says {word}")).collect();
            warnings.push(Warning {
                code: "contradiction".to_owned(),
                message: format!(
                    "The record disagrees about {}: {}.",
                    fact.def().means,
                    told.join("; ")
                ),
            });
        }
    }
    let year = Days::new(365);
    if pack.pack.reviewed.checked_add_days(year).is_some_and(|until| as_of > until) {
        warnings.push(Warning {
            code: "law-not-reviewed".to_owned(),
            message: format!(
                "The law for this letter was last reviewed on {}, more than a year before {as_of}. Have it checked before you rely on it.",
                pack.pack.reviewed
            ),
        });
    }
    for change in pack.pack.change.iter().filter(|c| c.from <= as_of) {
        warnings.push(Warning {
            code: "law-changed".to_owned(),
            message: format!("The law may have changed on {}: {}", change.from, change.says),
        });
    }
    warnings
}

/// The changes that start before the case is over, as far as its dates tell.
fn ahead(pack: &Pack, as_of: NaiveDate, deadlines: &[Deadline], next: &[Next]) -> Vec<Ahead> {
    let running = |d: &&Deadline| !matches!(d.status, Status::Met | Status::Late | Status::Overdue);
    let dates = deadlines
        .iter()
        .filter(running)
        .flat_map(|d| [d.file_by, d.arguable_until, d.due, d.if_today].into_iter().flatten());
    let last = dates.chain(next.iter().filter_map(|n| n.opens)).max();
    let coming = pack.pack.change.iter().filter(|c| c.from > as_of && Some(c.from) <= last);
    coming.map(|c| Ahead { from: c.from, says: c.says.clone() }).collect()
}

fn authorities(
    law: &Law,
    added: &Added,
    rule: Option<&StageRule>,
    lettered: &[String],
    pack: &Pack,
    deadlines: &[Deadline],
    rights: &[Right],
) -> Vec<Authority> {
    let mut ids: Vec<String> = added.authorities.clone();
    ids.extend(rule.iter().flat_map(|r| r.authorities.iter().cloned()));
    for stage in lettered.iter().filter_map(|s| pack.stage.get(s)) {
        ids.extend(stage.authorities.iter().cloned());
    }
    ids.extend(rights.iter().flat_map(|r| r.authorities.iter().cloned()));
    ids.extend(deadlines.iter().flat_map(|d| d.authorities.iter().cloned()));
    unique(&mut ids);
    let registry = law.registry();
    ids.iter()
        .filter_map(|id| {
            let authority = registry.get(id)?;
            Some(Authority {
                id: id.clone(),
                citation: registry.citation(id)?,
                letter: registry.letter(id),
                says: authority.says.clone(),
                confidence: registry.confidence(id)?,
                url: authority.url.clone(),
                checked: authority.checked,
            })
        })
        .collect()
}
