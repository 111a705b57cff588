//! The names that templates may use: all of them, and what each means.
//!
//! Everything here comes from the record and the ruling. Dates are ISO texts for the filters
//! `long_date` and `clock`; words of the vocabulary (`service.kind`, `ground`) are plain and can be
//! compared; what a person typed is marked as the record's and is only for printing. A text, date or
//! word that is not there is empty, which a template must test or give to `or_blank`: printing an
//! empty value is an error. What is a group of fields, a truth or a number is none when not there.

mod case;
mod evidence;
mod history;
mod law;
mod people;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::error::Error;
use super::mark::{self, Piece, Text};
use super::{Input, filters};

pub use case::{Certification, Condition, Denial, Service};
pub use evidence::{Criterion, Enclosure, Statement, Treatment};
pub use history::{Happened, Path};
pub use law::{Authority, Deadline, Need, Next, Right};
pub use people::{Coverage, Member, Recipient, Representative, Signer, Voice};

/// Everything a template can name.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Context {
    /// The letter itself: its stage, date and marks.
    pub letter: LetterWords,
    /// The member (enrollee, insured).
    pub member: Member,
    /// Who writes for the member; none when the member does.
    pub representative: Option<Representative>,
    /// Who signs, and how.
    pub signer: Signer,
    /// The pronouns and verbs that fit the signer: "I have", "Ana Example has".
    pub voice: Voice,
    /// The plan or insurer, from the member's papers.
    pub coverage: Coverage,
    /// Whom the letter goes to.
    pub recipient: Recipient,
    /// The services this letter covers, at least one.
    pub services: Vec<Service>,
    /// The first of them.
    pub service: Service,
    /// The member's health, as far as the letter needs it.
    pub condition: Condition,
    /// What the plan decided.
    pub denial: Denial,
    /// Every event of the record, oldest first.
    pub history: Vec<Happened>,
    /// The grievance or appeal inside the plan, summed up.
    pub grievance: Path,
    /// The independent medical review, summed up.
    pub imr: Path,
    /// The complaint to the agency, summed up.
    pub complaint: Path,
    /// The plan's own criteria, one by one.
    pub criteria: Vec<Criterion>,
    /// What was tried before.
    pub treatments: Vec<Treatment>,
    /// The exhibits, each with its letter.
    pub exhibits: Vec<Enclosure>,
    /// The member's own words.
    pub statement: Statement,
    /// Every deadline that a letter may print, by id.
    pub deadlines: BTreeMap<String, Deadline>,
    /// The member's own time to take this stage.
    pub file_by: Option<Deadline>,
    /// Every clock on the member's own time to take this stage, earliest first.
    pub filings: Vec<Deadline>,
    /// The member's own time to ask that a service already approved go on meanwhile.
    pub keep_by: Option<Deadline>,
    /// When the plan must acknowledge this letter in writing.
    pub ack_due: Option<Deadline>,
    /// When the plan must decide on this letter, the earliest duty if there are several.
    pub answer_due: Option<Deadline>,
    /// Every duty of the plan to decide at this stage, earliest first.
    pub answers: Vec<Deadline>,
    /// Duties of the plan that are overdue on every reading.
    pub overdue: Vec<Deadline>,
    /// Rights that meet the plan's reason, and those on how the plan must handle the case; those of
    /// topic `regulator` only where the letter goes to an outside body.
    pub rights: Vec<Right>,
    /// What reviewers go by.
    pub standards: Vec<Right>,
    /// Rights that back a numbered request, by the last part of their id, with `_` for
    /// `-`, as `claim_file`.
    pub backing: BTreeMap<String, Right>,
    /// The authorities of the ruling, by id; print them with `cite(id="…")`.
    pub authorities: BTreeMap<String, Authority>,
    /// The stages that come next.
    pub next: Vec<Next>,
    /// Facts still to be found, for the member's sheet; never for a letter.
    pub needs: Vec<Need>,
}

/// The letter itself.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct LetterWords {
    /// The stage's id.
    pub stage: String,
    /// The stage's title.
    pub title: String,
    /// What the letter is called within a sentence: "an appeal", "a request for reconsideration".
    pub called: String,
    /// The day the letter is dated.
    pub date: String,
    /// Whether the expedited path applies.
    pub expedited: bool,
    /// Whether every reading of the law makes the stage late.
    pub late: bool,
    /// Days late, counted from the last reading; none unless late and the count is sure.
    pub days_late: Option<i64>,
    /// Other marks: `experimental`, `extension`, `combined`, `federal-window`, `cancellation` …
    pub marks: Vec<String>,
    /// Whether a clinician's judgment is in dispute, or may be.
    pub clinical: bool,
    /// Whether the member's health bears on it: not only money, membership or manners.
    pub health: bool,
    /// Whether a service was given already, or a claim made for it.
    pub given: bool,
    /// Every reason against the services of this letter, each once.
    pub grounds: Vec<String>,
    /// The day everything was granted, where that has not been carried out.
    pub granted_on: String,
    /// What the contract is called: `Evidence of Coverage`, `policy`, `Summary Plan Description`, or the
    /// pack's own word.
    pub contract: String,
    /// Whether the coverage itself is ended, taken back or not renewed.
    pub coverage_ends: bool,
    /// Id of the track, as `us-ca-dmhc`.
    pub track: String,
    /// The regulator's word, or `unknown`.
    pub regulator: String,
    /// What to call the other side: `plan`, `insurer`, or the pack's own word.
    pub side: String,
    /// Who decides the stage: `plan`, or the id of an outside body.
    pub forum: String,
    /// The letters that go the same day, without this one: "a complaint to the …".
    pub companions: Vec<String>,
    /// Whether the letter is to be sent as it is.
    #[serde(rename = "final")]
    pub final_: bool,
}

impl Context {
    /// Gathers the names for one letter.
    pub(super) fn of(input: &Input<'_>) -> Context {
        let (record, ruling) = (input.record, input.ruling);
        let others = ruling.also.iter().chain(&ruling.open);
        let other = others.into_iter().find(|s| s.id == input.stage && s.id != ruling.stage);
        let first = ruling.first();
        let stage = other.unwrap_or(&first);
        let recipient = &stage.recipient;
        let services = case::services(input);
        let grounds = case::grounds(&services);
        let is_granted = ruling.marks.iter().any(|m| m == "not-carried-out");
        let granted = history::granted(&record.events).filter(|_| is_granted);
        let law = law::of(ruling, input.stage, recipient.plan);
        // Beside a letter that is merely open nothing is known to go.
        let is_open = ruling.open.iter().any(|s| s.id == input.stage);
        let companions = std::iter::once(ruling.first())
            .chain(ruling.also.iter().cloned())
            .filter(|s| s.letter.is_some() && s.id != input.stage && !is_open)
            .map(|s| s.called)
            .collect();
        Context {
            letter: LetterWords {
                stage: input.stage.to_owned(),
                title: stage.title.clone(),
                called: stage.called.clone(),
                date: ruling.as_of.to_string(),
                expedited: ruling.expedited,
                // The mark is the first stage's: a complaint beside a late appeal is not late itself.
                late: ruling.late && input.stage == ruling.stage,
                days_late: law.days_late,
                marks: ruling.marks.clone(),
                clinical: case::is_clinical(&grounds, &record.denial.outcome),
                health: case::is_about_health(&grounds),
                given: case::is_given(&services),
                grounds,
                granted_on: granted.map(|e| e.date).unwrap_or_default(),
                contract: people::contract(ruling, &record.coverage),
                coverage_ends: case::ends_coverage(&services, &record.denial.outcome),
                track: ruling.track.clone(),
                regulator: ruling.regulator.clone(),
                side: ruling.side.clone(),
                forum: stage.forum.clone(),
                companions,
                final_: input.final_,
            },
            member: people::member(&record.member),
            representative: record
                .representative
                .as_ref()
                .map(|r| people::representative(r, &record.exhibits)),
            signer: people::signer(record),
            voice: people::voice(record, &ruling.side, recipient.plan),
            coverage: people::coverage(&record.coverage),
            recipient: people::recipient(recipient, &record.coverage),
            service: services.first().cloned().unwrap_or_default(),
            services,
            condition: case::condition(&record.condition),
            denial: case::denial(&record.denial),
            history: history::history(&record.events),
            grievance: history::path(&record.events, "grievance"),
            imr: history::path(&record.events, "imr"),
            complaint: history::path(&record.events, "complaint"),
            criteria: evidence::criteria(&record.criteria),
            treatments: evidence::treatments(&record.treatments),
            exhibits: evidence::exhibits(&record.exhibits),
            statement: evidence::statement(&record.statement),
            deadlines: law.deadlines,
            file_by: law.file_by,
            filings: law.filings,
            keep_by: law.keep_by,
            ack_due: law.ack_due,
            answer_due: law.answers.first().cloned(),
            answers: law.answers,
            overdue: law.overdue,
            rights: law.rights,
            standards: law.standards,
            backing: law.backing,
            authorities: law.authorities,
            next: law.next,
            needs: law.needs,
        }
    }

    /// Whether the member needs the sheet on how to find the regulator.
    pub(super) fn wants_sheet(&self) -> bool {
        self.letter.regulator == "unknown" && !self.needs.is_empty()
    }

    /// Who signs, in plain words.
    pub(super) fn author(&self) -> String {
        self.signer.name.plain()
    }

    /// The line at the head of the pages that follow the first.
    pub(super) fn running_head(&self) -> String {
        let or_blank = |text: String| if text.is_empty() { "_____".to_owned() } else { text };
        // One line on every page: what is very long is cut there, never in the letter.
        let name = or_blank(cut(&self.member.name.plain(), 4, 40));
        let id = or_blank(cut(&self.member.member_id.plain(), 1, 30));
        format!("{name}, ID {id}, {}", self.said_date())
    }

    fn said_date(&self) -> String {
        self.letter.date.parse().map_or_else(|_| String::new(), |d| filters::say_date(d, false))
    }

    /// Returns every word of the record in this context, in one text.
    ///
    /// # Errors
    ///
    /// When a text of the record holds a character for private use.
    pub(super) fn record_text(&self) -> Result<String, Error> {
        let value = serde_json::to_value(self)
            .map_err(|e| Error::Template { message: e.to_string(), place: None })?;
        let mut all = String::new();
        let mut fault = None;
        gather(&value, &mut |text| {
            fault = fault.or_else(|| Text::spoiled_by(text));
            for piece in mark::pieces(text) {
                if let Piece::Record(words) = piece {
                    all.push_str(words);
                    all.push('\n');
                }
            }
        });
        fault.map_or(Ok(all), |character| Err(Error::PrivateUse { character }))
    }
}

/// The first words of a text, and no more than so many characters; an ellipsis says that there is more.
fn cut(text: &str, words: usize, characters: usize) -> String {
    let first: Vec<&str> = text.split_whitespace().take(words).collect();
    let first = first.join(" ");
    let short: String = first.chars().take(characters).collect();
    let whole = short.len() == text.trim().len();
    if whole { short } else { format!("{}…", short.trim_end()) }
}

fn gather(value: &serde_json::Value, each: &mut impl FnMut(&str)) {
    use serde_json::Value;
    match value {
        Value::String(text) => each(text),
        Value::Array(values) => values.iter().for_each(|v| gather(v, each)),
        Value::Object(map) => map.values().for_each(|v| gather(v, each)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
