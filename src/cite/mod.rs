//! Reads any letter and accepts no law in it but what is on file for its track and day.
//!
//! Every citation is found in the forms people write it, and every length of time that claims to be law;
//! each is held, or a diagnostic says what is wrong and what is right. Words that the letter gives as
//! another's (a quotation after "the notice says:") are found and counted, but not judged: a letter may
//! repeat a plan's mistake to answer it.

mod claim;
mod codes;
mod find;
mod held;
mod judge;
mod number;
mod period;
mod pin;
mod token;

use chrono::NaiveDate;

use crate::diag::{self, Diagnostic, Source, Span};
use crate::law::Law;
use held::Held;

/// Largest letter that is read, in bytes.
pub const LARGEST: usize = 4 << 20;

/// What was found in a letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Every citation, one for each section and subdivision, in the order of the letter.
    pub citations: Vec<Found>,
    /// Every length of time that claims to be law, in the order of the letter.
    pub periods: Vec<Found>,
    /// What is refused, and why.
    pub faults: Vec<Diagnostic>,
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it stands, in bytes.
    pub span: Span,
    /// What it was read as: `Health & Safety Code § 1374.30(k)`, `30 days`.
    pub reading: String,
    /// Whether it is held.
    pub verdict: Verdict,
}

/// What a text speaks of, judged or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Where each citation stands, in the order of the text.
    pub citations: Vec<Span>,
    /// Where each length of time stands, whether it claims to be law or not.
    pub periods: Vec<Span>,
}

/// Finds every citation and every length of time in a text.
///
/// Made for one law, it can be asked about many texts.
#[derive(Debug)]
pub struct Finder {
    names: codes::Names,
}

impl Finder {
    /// Learns the names that the law on file gives to its codes.
    #[must_use]
    pub fn new(law: &Law) -> Finder {
        Finder { names: codes::Names::of(law) }
    }

    /// Finds what a text speaks of.
    #[must_use]
    pub fn find(&self, text: &str) -> Mentions {
        let all = token::tokens(text);
        let cited = find::citations(&all, &self.names);
        let taken = |at: usize| cited.iter().any(|c| (c.tokens.0..c.tokens.1).contains(&at));
        let periods = period::periods(&all, taken);
        let mut citations: Vec<Span> = cited.iter().map(|c| c.span.clone()).collect();
        citations.dedup();
        Mentions { citations, periods: periods.into_iter().map(|p| p.span).collect() }
    }
}

/// What was decided about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The law on file holds it.
    Held,
    /// It does not.
    Refused,
    /// It stands in another's words, and was not judged.
    Quoted,
}

impl Verdict {
    /// Returns the word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Held => "held",
            Verdict::Refused => "refused",
            Verdict::Quoted => "quoted",
        }
    }
}

/// Why a letter could not be judged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No pack has the id of the track.
    #[error("no track `{track}` is on file{}", .near.as_ref().map(|n| format!("; did you mean `{n}`?")).unwrap_or_default())]
    NoTrack {
        /// What was asked for.
        track: String,
        /// What may have been meant.
        near: Option<String>,
    },
    /// The day lies before everything that the track speaks of.
    #[error("the law on file for `{track}` begins on {oldest}")]
    TooOld {
        /// The track.
        track: String,
        /// Its first day.
        oldest: NaiveDate,
    },
}

impl Report {
    /// Returns how many things of a list were decided so.
    #[must_use]
    pub fn count(list: &[Found], verdict: Verdict) -> usize {
        list.iter().filter(|f| f.verdict == verdict).count()
    }

    /// Decides one thing, and keeps what is wrong with it.
    fn take(&mut self, fault: Option<Diagnostic>, quoted: bool) -> Verdict {
        if quoted {
            return Verdict::Quoted;
        }
        let verdict = if fault.is_some() { Verdict::Refused } else { Verdict::Held };
        self.faults.extend(fault);
        verdict
    }
}

/// The law of one track on the day that governs, ready to judge letters.
#[derive(Debug)]
pub struct Checker<'a> {
    law: &'a Law,
    track: String,
    on: NaiveDate,
    names: codes::Names,
    held: Held,
}

impl<'a> Checker<'a> {
    /// Gathers what the law holds for a track on a day.
    ///
    /// # Errors
    ///
    /// Fails when no pack has the id of the track, or the day is older than the pack.
    pub fn new(law: &'a Law, track: &str, on: NaiveDate) -> Result<Checker<'a>, Error> {
        let Some(pack) = law.pack(track).filter(|p| !p.pack.router) else {
            let ids: Vec<&str> = law.packs().map(|p| p.pack.id.as_str()).collect();
            let near = diag::nearest(track, ids).map(str::to_owned);
            return Err(Error::NoTrack { track: track.to_owned(), near });
        };
        if on < pack.pack.oldest {
            return Err(Error::TooOld { track: track.to_owned(), oldest: pack.pack.oldest });
        }
        let names = codes::Names::of(law);
        let held = Held::of(law, &names, pack, on);
        Ok(Checker { law, track: track.to_owned(), on, names, held })
    }

    /// Judges every citation of a letter, and every period that claims to be law.
    #[must_use]
    pub fn check(&self, letter: &Source) -> Report {
        let all = token::tokens(&letter.text);
        let cited = find::citations(&all, &self.names);
        let sentences = claim::sentences(&all, &cited);
        let judge =
            judge::Judge { law: self.law, held: &self.held, track: &self.track, on: self.on };
        let mut report = Report::default();
        let mut places = Vec::new();
        for one in &cited {
            let sentence = claim::around(&sentences, one.tokens.0);
            let quoted = claim::is_anothers(&all, one.tokens.0, sentence, one.quoted);
            let judged = judge.citation(one);
            let (span, reading) = (one.span.clone(), judged.reading);
            let verdict = report.take(judged.fault, quoted);
            report.citations.push(Found { span, reading, verdict });
            places.push(judged.place);
        }
        let scene =
            number::Scene { all: &all, cited: &cited, places: &places, sentences: &sentences };
        scene.judge(&judge, &mut report);
        diag::sort(&mut report.faults);
        report
    }
}
